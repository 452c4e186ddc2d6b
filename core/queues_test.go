package core_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/rejointest"
)

// queue makes a queue and returns its id.
func queue(s *rejointest.Server, q rejoin.Queue) string {
	s.T.Helper()
	list, err := s.Core.Queues.Set(s.T.Context(), s.Maya, "", q)
	if err != nil {
		s.T.Fatal(err)
	}
	s.Settle()
	return list[slices.IndexFunc(list, func(o core.QueueState) bool { return o.Name == strings.TrimSpace(q.Name) })].ID
}

// state is the queue as everybody sees it.
func state(s *rejointest.Server, id string) core.QueueState {
	s.T.Helper()
	list, err := s.Core.Queues.List(s.T.Context(), s.Maya)
	n := slices.IndexFunc(list, func(o core.QueueState) bool { return o.ID == id })
	if err != nil || n < 0 {
		s.T.Fatalf("no queue %s: %v", id, err)
	}
	return list[n]
}

// into begins conversations that wait one after the other, and moves them to the queue, the newest first.
func into(s *rejointest.Server, queueID string, n int) (list []*rejointest.Visitor) {
	s.T.Helper()
	for i := range n {
		s.Advance(time.Second)
		list = append(list, s.Visit(fmt.Sprint("Question ", i)))
	}
	for _, v := range slices.Backward(list) {
		if err := s.Core.Issues.Move(s.T.Context(), s.Maya, v.Issue.ID, queueID, nil); err != nil {
			s.T.Fatal(err)
		}
	}
	s.Settle()
	return list
}

// holders are the names of those who have the issues; - is nobody.
func holders(s *rejointest.Server, list []*rejointest.Visitor) string {
	s.T.Helper()
	names := make([]string, len(list))
	for n, v := range list {
		if names[n] = s.Load(v.Issue.ID).Assignee; names[n] == "" {
			names[n] = "-"
		}
	}
	return strings.Join(names, " ")
}

func available(s *rejointest.Server, a rejoin.Agent, yes bool) {
	s.T.Helper()
	if _, err := s.Core.Agents.SetAvailable(s.T.Context(), a, yes); err != nil {
		s.T.Fatal(err)
	}
	s.Settle()
}

func assign(s *rejointest.Server, v *rejointest.Visitor, agentID string) {
	s.T.Helper()
	if err := s.Core.Issues.Assign(s.T.Context(), s.Maya, v.Issue.ID, agentID, nil); err != nil {
		s.T.Fatal(err)
	}
	s.Settle()
}

// happened are the events of the kinds, as one line each.
func happened(s *rejointest.Server, v *rejointest.Visitor, kinds ...rejoin.EventKind) (lines []string) {
	s.T.Helper()
	for _, e := range s.Load(v.Issue.ID).Events {
		if slices.Contains(kinds, e.Kind) {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s: %s%s%s", e.Kind, e.Actor.Name, e.Data.Queue, e.Data.Assignee, e.Data.State)))
		}
	}
	return lines
}

// TestQueueGivesInTurn follows a queue through a day: in turn, by waiting time, to those who are there and have room.
func TestQueueGivesInTurn(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ann, ben, cid := hire(s, "Ann", rejoin.AgentRole), hire(s, "Ben", rejoin.AgentRole), hire(s, "Cid", rejoin.AgentRole)
		available(s, cid, false)
		q := queue(s, rejoin.Queue{Name: "Billing", Agents: []string{ann.ID, ben.ID, cid.ID}, AutoAssign: true, Limit: 2})
		list := into(s, q, 6)
		if got := holders(s, list); got != "Ann Ben Ann Ben - -" {
			t.Errorf("at first: %s", got)
		}
		if st := state(s, q); st.Waiting != 2 || st.Oldest != s.Load(list[4].Issue.ID).Issue.WaitingSince || st.Free != 0 {
			t.Errorf("the queue is %+v", st)
		}
		want := []string{"queued Maya: Billing", "assigned Queue: Billing: Ann", "state_changed Queue: Billing: new-for-agent"}
		if d := cmp.Diff(want, happened(s, list[0], rejoin.EventQueued, rejoin.EventAssigned, rejoin.EventStateChanged)); d != "" {
			t.Error(d)
		}
		available(s, cid, true)
		if got := holders(s, list); got != "Ann Ben Ann Ben Cid Cid" {
			t.Errorf("once Cid is there: %s", got)
		}
		more := into(s, q, 3)
		s.End(list[2], rejoin.Resolved)
		s.Settle()
		if got := holders(s, more); got != "Ann - -" {
			t.Errorf("once Ann has resolved one, who waits longest comes to her: %s", got)
		}
		assign(s, list[3], s.Maya.ID)
		if got := holders(s, more); got != "Ann Ben -" {
			t.Errorf("once Ben was relieved of one: %s", got)
		}
		list[2].Say("It is not solved") // Ann has it still, and so one too many
		if got := holders(s, append(more, list[2])); got != "Ann Ben - Ann" {
			t.Errorf("once the resolved one goes on: %s", got)
		}
		assign(s, list[4], "") // nobody but Cid has room: he gets the one that waits longest, which is this one
		if got := holders(s, append(more, list[4])); got != "Ann Ben - Cid" {
			t.Errorf("once Cid has put one back: %s", got)
		}
		if _, err := s.Core.Queues.Set(t.Context(), s.Maya, q, rejoin.Queue{Name: "Billing", Agents: []string{ann.ID, ben.ID, cid.ID}, AutoAssign: true}); err != nil {
			t.Fatal(err)
		}
		s.Settle()
		if got := holders(s, more); strings.Contains(got, "-") || state(s, q).Free != 3 {
			t.Errorf("without a limit: %s", got)
		}
	})
}

// TestQueueHasNobody follows what users read and where issues go when nobody can take them.
func TestQueueHasNobody(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ann, ben := hire(s, "Ann", rejoin.AgentRole), hire(s, "Ben", rejoin.AgentRole)
		away := rejoin.LocalText{Text: "Nobody is here.", In: map[string]string{"de": "Niemand ist da."}}
		night := queue(s, rejoin.Queue{Name: "Night", Message: &away})
		day := queue(s, rejoin.Queue{Name: "Day", Agents: []string{ann.ID, ben.ID}, AutoAssign: true, Limit: 1, FallbackID: night, Message: &rejoin.LocalText{Text: "All are busy."}})
		list := into(s, day, 3)
		said := func(v *rejointest.Visitor) (texts []string) {
			for _, m := range s.Load(v.Issue.ID).Messages {
				if m.Origin == rejoin.FromRule && m.AuthorName == s.Made.App.Name {
					texts = append(texts, m.Body)
				}
			}
			return texts
		}
		if got := holders(s, list); got != "Ann Ben -" || state(s, day).Waiting != 1 {
			t.Fatalf("at the limit: %s; what waits stays", got)
		}
		late := list[2]
		if got := said(late); !slices.Equal(got, []string{"All are busy."}) || len(said(list[1])) > 0 {
			t.Errorf("who waits reads %v", got)
		}
		available(s, ben, false)
		if got := s.Load(late.Issue.ID).Queue; got != "Day" {
			t.Errorf("with Ann there, it moves to %s", got)
		}
		available(s, ann, false)
		if th := s.Load(late.Issue.ID); th.Queue != "Night" || !slices.Equal(said(late), []string{"All are busy.", "Nobody is here."}) {
			t.Errorf("with nobody there, it is in %s and says %v", th.Queue, said(late))
		}
		want := []string{"queued Maya: Day", "queued Queue: Day: Night"}
		if d := cmp.Diff(want, happened(s, late, rejoin.EventQueued)); d != "" {
			t.Error(d)
		}
		assign(s, late, ann.ID)
		assign(s, late, "") // still the same stay
		if got := said(late); len(got) != 2 {
			t.Errorf("the same is said again: %v", got)
		}
		v := into(s, day, 1)[0] // nobody is there: through at once, with both messages
		if got := said(v); s.Load(v.Issue.ID).Queue != "Night" || !slices.Equal(got, []string{"All are busy.", "Nobody is here."}) {
			t.Errorf("through: %v", got)
		}
		available(s, ann, true)
		if got := holders(s, []*rejointest.Visitor{v, late}); got != "- -" {
			t.Errorf("what has moved on comes back: %s", got)
		}
	})
}

// TestMoveToQueue follows one issue by hand.
func TestMoveToQueue(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, issues, sue, rita := t.Context(), s.Core.Issues, hire(s, "Sue", rejoin.AgentRole), s.Second().Admin
		sales, support := queue(s, rejoin.Queue{Name: "Sales"}), queue(s, rejoin.Queue{Name: "Support"})
		v, none := s.VisitKnown("Hello", "Ada", "ada@example.org"), ""
		move := func(to string, from *string) error { return issues.Move(ctx, sue, v.Issue.ID, to, from) }
		is := func(queue, assignee string, state rejoin.IssueState) {
			t.Helper()
			if th := s.Load(v.Issue.ID); th.Queue != queue || th.Assignee != assignee || th.Issue.State != state {
				t.Errorf("in %q of %q and %s, want %q, %q, %s", th.Queue, th.Assignee, th.Issue.State, queue, assignee, state)
			}
		}
		assign(s, v, sue.ID)
		s.Reply(v, "How can I help?")
		if err := move(sales, &none); err != nil {
			t.Fatal(err)
		}
		is("Sales", "", rejoin.New)
		if err := move(support, &none); rejoin.CodeOf(err) != rejoin.Conflict || !strings.Contains(err.Error(), "Sue has moved this conversation to Sales") {
			t.Errorf("who saw it in none: %v", err)
		}
		assign(s, v, s.Maya.ID)
		is("Sales", "Maya", rejoin.NewForAgent)
		if err := move("", &sales); err != nil {
			t.Fatal(err)
		}
		is("", "Maya", rejoin.NewForAgent)
		if err := move(support, &sales); rejoin.CodeOf(err) != rejoin.Conflict || !strings.Contains(err.Error(), "out of its queue") {
			t.Errorf("who saw it in Sales: %v", err)
		}
		s.End(v, rejoin.Resolved)
		edit := core.BulkEdit{ClientID: s.NewClientID(), IssueIDs: []string{v.Issue.ID}, QueueID: &support}
		if r, err := s.Core.Inbox.Bulk(ctx, sue, edit); err != nil || r.Changed != 1 {
			t.Fatalf("%+v, %v", r, err)
		}
		is("Support", "Maya", rejoin.Resolved)
		for _, id := range []string{"que_none", queueOf(s, rita)} {
			if err := move(id, nil); rejoin.CodeOf(err) != rejoin.Invalid {
				t.Errorf("into a queue that is not there: %v", err)
			}
		}
		if err := issues.Move(ctx, rita, v.Issue.ID, "", nil); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("another company moves it: %v", err)
		}
		found := func(queues ...string) int64 {
			p, err := s.Core.Inbox.Page(ctx, sue, core.InboxQuery{View: "all", Filter: rejoin.IssueFilter{Queues: queues}, Limit: -1})
			if err != nil {
				t.Fatal(err)
			}
			return p.Total
		}
		if found(support) != 1 || found(sales, rejoin.NoQueue) != 0 {
			t.Error("the inbox does not find it by its queue")
		}
		if _, err := s.Core.Queues.Archive(ctx, s.Maya, support, true); err != nil {
			t.Fatal(err)
		}
		s.Settle()
		is("", "Maya", rejoin.Resolved)
		if err := move(support, nil); rejoin.CodeOf(err) != rejoin.Invalid || found(rejoin.NoQueue) != 1 {
			t.Errorf("into an archived queue: %v", err)
		}
	})
}

// queueOf is a new queue of another company.
func queueOf(s *rejointest.Server, admin rejoin.Agent) string {
	s.T.Helper()
	list, err := s.Core.Queues.Set(s.T.Context(), admin, "", rejoin.Queue{Name: "Theirs"})
	if err != nil {
		s.T.Fatal(err)
	}
	return list[0].ID
}

// TestQueueLimitHolds lets two nodes give the issues of three queues to the same agents at once.
func TestQueueLimitHolds(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		const limit, inEach = 3, 6
		team := []string{hire(s, "Ann", rejoin.AgentRole).ID, hire(s, "Ben", rejoin.AgentRole).ID, hire(s, "Cid", rejoin.AgentRole).ID}
		var queues []string
		for _, name := range []string{"One", "Two", "Three"} {
			id := queue(s, rejoin.Queue{Name: name, Agents: team})
			into(s, id, inEach)
			queues = append(queues, id)
		}
		nodes := []*core.Core{s.Core, s.Another().Core}
		for n, id := range queues {
			if _, err := s.Core.Queues.Set(t.Context(), s.Maya, id, rejoin.Queue{Name: fmt.Sprint("Queue ", n), Agents: team, AutoAssign: true, Limit: limit}); err != nil {
				t.Fatal(err)
			}
		}
		var wg sync.WaitGroup
		for _, id := range queues {
			for _, node := range nodes {
				wg.Go(func() {
					if err := node.Queues.Run(t.Context(), rejoin.Job{Key: id}); err != nil {
						t.Error(err)
					}
				})
			}
		}
		wg.Wait()
		s.Settle()
		for _, id := range team {
			if m := member(s, id); m.OpenIssues != limit {
				t.Errorf("%s has %d conversations, want %d", m.Name, m.OpenIssues, limit)
			}
		}
	})
}

// TestQueueSettings is what administrators set, and what they are told.
func TestQueueSettings(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, queues, ann, rita := t.Context(), s.Core.Queues, hire(s, "Ann", rejoin.AgentRole), s.Second().Admin
		sales := queue(s, rejoin.Queue{Name: " Sales ", Agents: []string{ann.ID, ann.ID}})
		support := queue(s, rejoin.Queue{Name: "Support", FallbackID: sales})
		long := strings.Repeat("ä", 2001)
		for name, c := range map[string]struct {
			q    rejoin.Queue
			code rejoin.Code
			word string
		}{
			"no name":           {rejoin.Queue{Name: " "}, rejoin.Invalid, "name"},
			"a long name":       {rejoin.Queue{Name: strings.Repeat("x", 61)}, rejoin.Invalid, "name"},
			"a name twice":      {rejoin.Queue{Name: "sUPPORT"}, rejoin.Conflict, "name"},
			"a stranger":        {rejoin.Queue{Name: "X", Agents: []string{rita.ID}}, rejoin.Invalid, "agents"},
			"a limit too high":  {rejoin.Queue{Name: "X", Limit: 1001}, rejoin.Invalid, "limit"},
			"a long message":    {rejoin.Queue{Name: "X", Message: &rejoin.LocalText{Text: "x", In: map[string]string{"de": long}}}, rejoin.Invalid, "message"},
			"only translations": {rejoin.Queue{Name: "X", Message: &rejoin.LocalText{In: map[string]string{"de": "x"}}}, rejoin.Invalid, "message"},
			"no such language":  {rejoin.Queue{Name: "X", Message: &rejoin.LocalText{Text: "x", In: map[string]string{"xx": "x"}}}, rejoin.Invalid, "message"},
			"a circle":          {rejoin.Queue{Name: "X", FallbackID: support}, rejoin.Invalid, "fallback_id"},
			"itself":            {rejoin.Queue{Name: "X", FallbackID: sales}, rejoin.Invalid, "fallback_id"},
			"others' queue":     {rejoin.Queue{Name: "X", FallbackID: "que_none"}, rejoin.Invalid, "fallback_id"},
		} {
			_, err := queues.Set(ctx, s.Maya, sales, c.q)
			if e, ok := err.(*rejoin.Error); !ok || e.Code != c.code || e.Field != c.word {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := queues.Set(ctx, s.Maya, sales, rejoin.Queue{Name: "Sales", AutoAssign: true, Limit: 5, Message: &rejoin.LocalText{Text: " Soon. ", In: map[string]string{"de": " "}}}); err != nil {
			t.Fatal(err)
		}
		if q := state(s, sales); q.Message == nil || cmp.Diff(rejoin.LocalText{Text: "Soon."}, *q.Message) != "" || len(q.Agents) != 0 {
			t.Errorf("kept as %+v", q)
		}
		want := []string{"Maya | queue_changed | Sales | Assigns by itself: off → on | Limit: none → 5 | Message: none → Soon. (0 translations) | Agent removed: Ann",
			"Maya | queue_made | Support", "Maya | queue_made | Sales"}
		if d := cmp.Diff(want, acts(s, rejoin.AuditFilter{})[:3]); d != "" {
			t.Errorf("-want +got:\n%s", d)
		}
		for _, a := range []rejoin.Agent{ann, hire(s, "Sue", rejoin.Supervisor)} {
			_, set := queues.Set(ctx, a, sales, rejoin.Queue{Name: "Sales"})
			_, archive := queues.Archive(ctx, a, sales, true)
			if rejoin.CodeOf(set) != rejoin.Forbidden || rejoin.CodeOf(archive) != rejoin.Forbidden {
				t.Errorf("%s changes queues: %v, %v", a.Role, set, archive)
			}
		}
		if _, err := queues.Archive(ctx, rita, sales, true); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("another company archives it: %v", err)
		}
	})
}

// TestBotHoldsBack keeps a conversation that a bot is busy with from people, and from the queue's message.
func TestBotHoldsBack(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ann := hire(s, "Ann", rejoin.AgentRole)
		available(s, ann, false)
		q := queue(s, rejoin.Queue{Name: "Billing", Agents: []string{ann.ID}, AutoAssign: true, Message: &rejoin.LocalText{Text: "All are away."}})
		v := s.Visit("Hello")
		start(s, v, publish(s, "Bot", rejoin.CustomBot, rejoin.Step{ID: "q", Kind: rejoin.StepQuestion, Input: rejoin.InputText, Text: text("Well?")}).ID)
		if err := s.Core.Issues.Move(t.Context(), s.Maya, v.Issue.ID, q, nil); err != nil {
			t.Fatal(err)
		}
		s.Settle()
		before := v.Last()
		available(s, ann, true)
		if got := holders(s, []*rejointest.Visitor{v}); got != "-" {
			t.Errorf("while a bot asks, it is given to %s", got)
		}
		available(s, ann, false)
		if err := s.Core.Bots.StartOn(t.Context(), s.Maya, v.Issue.ID, ""); err != nil { // it is stopped
			t.Fatal(err)
		}
		if err := s.Core.Queues.Run(t.Context(), rejoin.Job{Key: q}); err != nil {
			t.Fatal(err)
		}
		if got := s.Load(v.Issue.ID).Messages; v.Last() != before+1 || got[len(got)-1].Body != "All are away." {
			t.Errorf("once the bot is done, there are %d messages, want one more than %d", v.Last(), before)
		}
		available(s, ann, true)
		if got := holders(s, []*rejointest.Visitor{v}); got != "Ann" {
			t.Errorf("in the end it belongs to %s", got)
		}
	})
}
