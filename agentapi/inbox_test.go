package agentapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/agentapi"
	"rejoin/core"
	"rejoin/identity"
)

// write begins a conversation without waiting for the bot.
func (o *office) write(text string) string {
	o.t.Helper()
	up, err := o.Core.Messages.Start(o.t.Context(), identity.NewToken(), o.Made.Platform.ID, core.UserSend{ClientID: o.NewClientID(), Body: text}, core.Beginning{})
	if err != nil {
		o.t.Fatal(err)
	}
	return up.Issue.ID
}

func (p person) inbox(q agentapi.InboxQuery) agentapi.Inbox {
	p.o.t.Helper()
	return as[agentapi.Inbox](p.post("/issues/query", body(q)))
}

func ids(in agentapi.Inbox) (list []string) {
	for _, r := range in.Issues {
		list = append(list, r.ID)
	}
	return list
}

func TestInboxPagesWhileIssuesChange(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		maya := o.maya()
		var all []string
		for i := range 130 {
			if i%10 == 0 {
				o.Clock.Advance(time.Millisecond) // ten share each moment
			}
			all = append(all, o.write(fmt.Sprintf("Question %d", i)))
		}
		o.Clock.Advance(time.Second)
		moved := []string{all[125], all[60], all[5]} // from the first page, the second and the third
		var seen []string
		last, cursor := rejoin.Millis(1<<62), ""
		for page := 0; ; page++ {
			in := maya.inbox(agentapi.InboxQuery{View: "all", Cursor: cursor})
			for _, r := range in.Issues {
				if r.UpdatedAt > last {
					t.Errorf("%s of %d comes after one of %d", r.ID, r.UpdatedAt, last)
				}
				last = r.UpdatedAt
			}
			seen = append(seen, ids(in)...)
			if page < len(moved) {
				if err := o.Core.Messages.SendAsAgent(t.Context(), o.Maya, moved[page], o.NewClientID(), "We look into it."); err != nil {
					t.Fatal(err)
				}
			}
			if cursor = in.Next; cursor == "" {
				break
			}
		}
		sorted := slices.Sorted(slices.Values(seen))
		if n := len(slices.Compact(slices.Clone(sorted))); n != len(seen) {
			t.Errorf("%d of %d rows are repeats", len(seen)-n, len(seen))
		}
		for _, id := range all {
			if !slices.Contains(seen, id) && !slices.Contains(moved, id) {
				t.Errorf("%s was never shown", id)
			}
		}
		top := ids(maya.inbox(agentapi.InboxQuery{View: "all"}))[:3]
		slices.Sort(top)
		slices.Sort(moved)
		if !slices.Equal(top, moved) {
			t.Errorf("at the top is %v, want what has changed: %v", top, moved)
		}
	})
}

func TestInboxViewsAndCounts(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		maya, arthur := o.maya(), o.hire("Arthur", rejoin.AgentRole)
		rita, _ := o.stranger()
		a, b, c := o.write("First"), o.write("Second"), o.write("Third")
		maya.post("/issues/"+a+"/assign", body2("agent_id", maya.ID)).fine()
		maya.post("/issues/"+b+"/assign", body2("agent_id", arthur.ID)).fine()
		maya.post("/issues/"+b+"/read", `{"seq":1}`).fine()
		maya.post("/issues/"+c+"/state", `{"state":"resolved"}`).fine()
		for _, w := range []struct {
			who   person
			query agentapi.InboxQuery
			want  []string
		}{
			{maya, agentapi.InboxQuery{}, []string{a, b}},
			{maya, agentapi.InboxQuery{View: "open"}, []string{a, b}},
			{maya, agentapi.InboxQuery{View: "mine"}, []string{a}},
			{arthur, agentapi.InboxQuery{View: "mine"}, []string{b}},
			{maya, agentapi.InboxQuery{View: "unassigned"}, nil},
			{maya, agentapi.InboxQuery{View: "waiting", Sort: "waiting"}, []string{a, b}},
			{maya, agentapi.InboxQuery{View: "resolved"}, []string{c}},
			{maya, agentapi.InboxQuery{View: "all"}, []string{a, b, c}},
			{maya, agentapi.InboxQuery{View: "unread"}, []string{a}},
			{maya, agentapi.InboxQuery{View: "all", Filter: rejoin.IssueFilter{Assignees: []string{"me", arthur.ID}}}, []string{a, b}},
			{arthur, agentapi.InboxQuery{View: "mine", Filter: rejoin.IssueFilter{Unread: true}}, nil},
			{rita, agentapi.InboxQuery{View: "all"}, nil},
		} {
			in := w.who.inbox(w.query)
			got := ids(in)
			slices.Sort(got)
			slices.Sort(w.want)
			if !slices.Equal(got, w.want) || int(in.Total) != len(w.want) || in.Issues == nil || in.Hits != nil {
				t.Errorf("%s %+v: %v of %d, want %v", w.who.Name, w.query, got, in.Total, w.want)
			}
		}
		if in := maya.inbox(agentapi.InboxQuery{View: "all", Limit: -1}); len(in.Issues) != 0 || in.Total != 3 {
			t.Errorf("only counted: %+v", in)
		}
		if in := maya.inbox(agentapi.InboxQuery{View: "all", Limit: 2}); len(in.Issues) != 2 || in.Next == "" {
			t.Errorf("a short page: %+v", in)
		}
		for who, want := range map[*person]agentapi.Counts{
			&maya:   {Open: 2, Mine: 1, Waiting: 2, Unread: 1, Smart: map[string]int64{}},
			&arthur: {Open: 2, Mine: 1, Waiting: 2, Unread: 1, Smart: map[string]int64{}},
			&rita:   {Smart: map[string]int64{}},
		} {
			if diff := cmp.Diff(want, as[agentapi.Counts](who.get("/issues/counts"))); diff != "" {
				t.Errorf("counts of %s (-want +got):\n%s", who.Name, diff)
			}
		}
	})
}

func TestInboxSearch(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		maya := o.maya()
		percent, plain := o.write("I want 100% off"), o.write("I want 100 off")
		lost := o.write(strings.Repeat("Well. ", 40) + "The file a_b is lost")
		known := o.VisitKnown("My name is known", "Ada Lovelace", "ada@example.org").Issue
		if err := o.Core.Messages.SendAsAgent(t.Context(), o.Maya, known.ID, o.NewClientID(), "Hello Ada, is it lost too?"); err != nil {
			t.Fatal(err)
		}
		for q, want := range map[string][]string{
			"100%":                           {percent, plain},
			"want of":                        {percent, plain},
			"a_b":                            {lost},
			"LOST":                           {lost, known.ID},
			"lovelace lost":                  {known.ID},
			"ada@example.org":                {known.ID},
			fmt.Sprintf("#%d", known.Number): {known.ID},
			"' OR 8=8 --":                    nil,
			"%":                              nil,
		} {
			in := maya.inbox(agentapi.InboxQuery{View: "all", Filter: rejoin.IssueFilter{Text: q}})
			got := ids(in)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) || len(in.Hits) != len(got) {
				t.Errorf("%q finds %v with %d hits, want %v", q, got, len(in.Hits), want)
			}
		}
		in := maya.inbox(agentapi.InboxQuery{View: "all", Filter: rejoin.IssueFilter{Text: "lost"}})
		if in.Issues[0].ID != known.ID || in.Hits[0] != "Hello Ada, is it lost too?" || !strings.HasSuffix(in.Hits[1], "The file a_b is lost") || in.Hits[1][:3] != "…" {
			t.Errorf("hits: %q", in.Hits)
		}
	})
}

func TestThreadAfterCursors(t *testing.T) {
	o := sqlite(t)
	maya := o.maya()
	id := o.write("Message 1")
	path := "/issues/" + id
	for i := 2; i <= 120; i++ {
		if err := o.Core.Messages.SendAsAgent(t.Context(), o.Maya, id, o.NewClientID(), fmt.Sprintf("Message %d", i)); err != nil {
			t.Fatal(err)
		}
	}
	whole := threadAt(maya.get(path))
	if len(whole.Messages) != 50 || whole.Messages[0].Seq != 71 || !whole.More {
		t.Errorf("newest page: %d messages from %d, more %v", len(whole.Messages), whole.Messages[0].Seq, whole.More)
	}
	want := int64(70)
	for want > 0 {
		older := as[agentapi.Older](maya.get(fmt.Sprintf("%s/messages?before=%d", path, want+1)))
		slices.Reverse(older.Messages)
		for _, m := range older.Messages {
			if m.Seq != want {
				t.Fatalf("seq %d, want %d", m.Seq, want)
			}
			want--
		}
		if older.More != (want > 0) {
			t.Errorf("before %d: more is %v", want+1, older.More)
		}
	}
	delta := threadAt(maya.get(path + "?after=118&after_event=1"))
	if len(delta.Messages) != 2 || delta.Messages[0].Seq != 119 || delta.More || len(delta.Events) == 0 || delta.Events[0].N != 2 {
		t.Errorf("delta: %+v", delta)
	}
	read := threadAt(maya.post(path+"/read?after=120&after_event=99", `{"seq":120}`))
	if len(read.Messages) != 0 || len(read.Events) != 0 || read.Detail.AgentReadSeq != 120 {
		t.Errorf("after reading: %+v", read)
	}
	sent := threadAt(maya.post(path+"/messages", body(agentapi.Send{ClientID: o.NewClientID(), Body: "Message 121", After: 119, AfterEvent: 1})))
	if len(sent.Messages) != 2 || sent.Messages[1].Body != "Message 121" {
		t.Errorf("after sending: %+v", sent.Messages)
	}
}

// TestTimelinePages goes back through more events than one answer holds.
func TestTimelinePages(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		maya := o.maya()
		id := o.write("Hello")
		for range 70 {
			for _, to := range []string{maya.ID, ""} {
				if err := o.Core.Issues.Assign(t.Context(), o.Maya, id, to, nil); err != nil {
					t.Fatal(err)
				}
			}
		}
		events := threadAt(maya.get("/issues/" + id)).Events
		if len(events) != 200 {
			t.Fatalf("%d events, want the newest 200", len(events))
		}
		path := "/issues/" + id + "/messages?before=1"
		if older := as[agentapi.Older](maya.get(path)); older.Events == nil || len(older.Events) != 0 {
			t.Errorf("without before_event: %v", older.Events)
		}
		older := as[agentapi.Older](maya.get(fmt.Sprintf("%s&before_event=%d", path, events[0].N))).Events
		for i, e := range append(older, events...) {
			if e.N != int64(i+1) {
				t.Fatalf("event %d is number %d", i+1, e.N)
			}
		}
	})
}

func TestInboxShowsNewestFollowUps(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		maya := o.maya()
		o.write("Nobody has answered")
		for _, name := range []string{"Ada", "Bob"} {
			v := o.VisitKnown("Hello", name, name+"@example.org")
			o.Reply(v, "First answer")
			v.Read(v.Last())
			o.Reply(v, "Second answer")
		}
		found := 0
		for _, r := range maya.inbox(agentapi.InboxQuery{View: "all"}).Issues {
			want := threadAt(maya.get("/issues/" + r.ID)).Issue.FollowUp
			if body(r.FollowUp) != body(want) {
				t.Errorf("%s: %+v, want %+v", r.Title, r.FollowUp, want)
			}
			if r.FollowUp != nil {
				found++
			}
		}
		if found != 2 {
			t.Errorf("%d follow-ups, want 2", found)
		}
	})
}

func TestRepeatedSendIsOneMessage(t *testing.T) {
	o := sqlite(t)
	maya := o.maya()
	path := "/issues/" + o.write("Hello") + "/messages"
	in := body2("client_id", "the-same-id", "body", "Hi!")
	maya.post(path, in).fine()
	if th := threadAt(maya.post(path, in)); len(th.Messages) != 2 || th.Messages[1].ClientID != "the-same-id" {
		t.Errorf("messages: %+v", th.Messages)
	}
	if got := maya.post(path, body2("client_id", "the-same-id", "body", "Another")); got.status != 409 || got.failure().Field != "client_id" {
		t.Errorf("another text: %d %s", got.status, got.body)
	}
}
