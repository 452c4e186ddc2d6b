package agentapi_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"rejoin"
	"rejoin/agentapi"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/store"
)

func TestTwoAgentsSeeEachOther(t *testing.T) {
	o := sqlite(t)
	maya, arthur := o.maya(), o.hire("Arthur", rejoin.AgentRole)
	id := o.write("Hello")
	a, b := maya.sit(), arthur.sit()
	a.watch(id, 0, 0)
	if first := b.watch(id, 0, 0); len(first.Messages) != 1 || len(first.Events) != 1 {
		t.Fatalf("watching from the beginning: %+v", first)
	}
	cid := o.NewClientID()
	sent := threadAt(maya.post("/issues/"+id+"/messages", body(agentapi.Send{ClientID: cid, Body: "Hi!", After: 1, AfterEvent: 1})))
	if m := sent.Messages; len(m) != 1 || m[0].ClientID != cid || m[0].AuthorName != "Maya" {
		t.Errorf("the sender's answer: %+v", m)
	}
	for name, d := range map[string]*desk{"maya": a, "arthur": b} {
		th := d.thread()
		if m := th.Messages; len(m) != 1 || m[0].Body != "Hi!" || (m[0].ClientID == cid) != (name == "maya") {
			t.Errorf("%s sees %+v", name, m)
		}
		if row := d.row(id); row.Version != th.Issue.Version || row.Preview != "Hi!" || row.State != rejoin.AgentReplied {
			t.Errorf("%s's inbox has %+v", name, row)
		}
	}
	arthur.post("/issues/"+id+"/assign", body2("agent_id", arthur.ID)).fine()
	th := a.thread()
	if len(th.Messages) != 0 || th.Events[len(th.Events)-1].Data.Assignee != "Arthur" || th.Issue.AssigneeID != arthur.ID {
		t.Errorf("after the assignment: %+v", th)
	}
	maya.post("/issues/"+id+"/state", `{"state":"resolved"}`).fine()
	if th := b.until(func(f agentapi.Frame) bool { return f.Type == "thread" && f.Thread.Issue.State == rejoin.Resolved }).Thread; len(th.Messages) != 0 {
		t.Errorf("old messages came again: %+v", th.Messages)
	}
}

func TestWatchedIssueLosesAndRepeatsNothing(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		arthur := o.hire("Arthur", rejoin.AgentRole)
		id := o.write("Message 1")
		d := arthur.sit()
		d.watch(id, 0, 0)
		const writers, each = 4, 12
		ids := make([]string, writers*each)
		for i := range ids {
			ids[i] = o.NewClientID()
		}
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() {
				for i := range each {
					if err := o.Core.Messages.SendAsAgent(t.Context(), o.Maya, id, ids[w*each+i], fmt.Sprintf("%d.%d", w, i)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		seq, event, version := int64(1), int64(1), int64(0)
		for seq < writers*each+1 {
			th := d.thread()
			if th.Issue.Version < version {
				t.Errorf("version %d after %d", th.Issue.Version, version)
			}
			version = th.Issue.Version
			for _, m := range th.Messages {
				if seq++; m.Seq != seq {
					t.Fatalf("message %d came, want %d", m.Seq, seq)
				}
			}
			for _, e := range th.Events {
				if event++; e.N != event {
					t.Fatalf("event %d came, want %d", e.N, event)
				}
			}
		}
		all.Wait()
	})
}

func TestWatch(t *testing.T) {
	o := sqlite(t)
	arthur := o.hire("Arthur", rejoin.AgentRole)
	first, second := o.write("First"), o.write("Second")
	d := arthur.sit()
	if th := d.watch(first, 1, 1); len(th.Messages) != 0 || len(th.Events) != 0 || th.Issue.ID != first {
		t.Errorf("watching from where it stands: %+v", th)
	}
	if th := d.watch(second, 999, 999); th.Issue.ID != second || len(th.Messages) != 0 {
		t.Errorf("watching from the future: %+v", th)
	}
	o.sendAs(first, "Not watched")
	if row := d.row(first); row.Preview != "Not watched" {
		t.Errorf("the row is %+v", row)
	}
	o.sendAs(second, "Watched")
	if th := d.thread(); th.Issue.ID != second || len(th.Messages) != 1 || th.Messages[0].Body != "Watched" {
		t.Errorf("the frame is %+v", th)
	}
	d.row(second)
	d.say(`{"type":"watch","issue_id":"","seq":0,"event_n":0}`)
	d.ping()
	o.sendAs(second, "Not watched any more")
	if f := d.next(); f.Type != "inbox" || f.Row.Preview != "Not watched any more" {
		t.Errorf("the frame is %+v, want a row only", f)
	}
}

// sendAs writes as Maya, without the other jobs of the server.
func (o *office) sendAs(id, text string) {
	o.t.Helper()
	if err := o.Core.Messages.SendAsAgent(o.t.Context(), o.Maya, id, o.NewClientID(), text); err != nil {
		o.t.Fatal(err)
	}
}

func TestTypingIsSeenByTheOthers(t *testing.T) {
	o := sqlite(t)
	maya, arthur := o.maya(), o.hire("Arthur", rejoin.AgentRole)
	v := o.VisitKnown("Hello", "Ada", "ada@example.org")
	other := o.write("Another")
	a := maya.sit()
	a.watch(v.Issue.ID, 99, 99)
	arthur.post("/issues/"+other+"/typing", `{}`).fine()
	maya.post("/issues/"+v.Issue.ID+"/typing", `{}`).fine()
	arthur.post("/issues/"+v.Issue.ID+"/typing", `{}`).fine()
	if f := a.next(); f.Type != "viewing" || f.IssueID != v.Issue.ID || f.Colleague.Name != "Arthur" || !f.Colleague.Typing {
		t.Errorf("the frame is %+v, want that Arthur types", f)
	}
	if err := o.Core.Messages.TypingAsUser(t.Context(), v.Token, v.Issue.ID); err != nil {
		t.Fatal(err)
	}
	if f := a.next(); f.Type != "typing" || f.Name != "Ada" || f.Origin != rejoin.FromUser {
		t.Errorf("the frame is %+v, want that Ada types", f)
	}
}

func TestSocketsOfOtherDomains(t *testing.T) {
	o := sqlite(t)
	rita, rival := o.stranger()
	id := o.write("Not for Rita")
	d := rita.sit()
	d.say(body(agentapi.Watch{Type: "watch", IssueID: id}))
	if f := d.next(); f.Type != "error" || f.Code != rejoin.NotFound || f.Text == "" {
		t.Errorf("watching another domain's issue: %+v", f)
	}
	o.sendAs(id, "Still not for Rita")
	up, err := o.Core.Messages.Start(t.Context(), identity.NewToken(), rival.Platform.ID, core.UserSend{ClientID: o.NewClientID(), Body: "For Rita"}, core.Beginning{})
	if err != nil {
		t.Fatal(err)
	}
	if f := d.next(); f.Type != "inbox" || f.Row.ID != up.Issue.ID {
		t.Errorf("the frame is %+v, want her own domain's", f)
	}
}

func TestJunkOnTheSocket(t *testing.T) {
	o := sqlite(t)
	d := o.maya().sit()
	for i, junk := range []string{`hello`, `{"type":"dance"}`, `{"type":"watch","issue_id":"x","seq":-1,"event_n":0}`, `{"type":"watch","colour":1}`, `[]`} {
		d.say(junk)
		if f := d.next(); f.Type != "error" || f.Code != rejoin.Invalid || f.Text == "" {
			t.Errorf("%d: %s is answered by %+v", i, junk, f)
		}
	}
	if code := d.ends(); code != 1008 {
		t.Errorf("closed with %d, want 1008", code)
	}
}

func TestSigningOutEndsTheSessionsSockets(t *testing.T) {
	o := sqlite(t)
	out, stay := o.maya(), o.maya()
	a, b, other := out.sit(), out.sit(), stay.sit()
	out.post("/sign-out", `{}`).fine()
	for _, d := range []*desk{a, b} {
		if code := d.ends(); code != 4401 {
			t.Errorf("closed with %d, want 4401", code)
		}
	}
	id := o.write("Hello")
	other.row(id)
}

func TestEndedSessionIsNoticedWithinAMinute(t *testing.T) {
	o := sqlite(t)
	p := o.maya()
	d := p.sit()
	d.row(o.write("Hello"))
	err := o.Store.Write(t.Context(), func(tx *store.Tx) error { return tx.EndAgentSession(identity.Hash(p.token)) })
	if err != nil {
		t.Fatal(err)
	}
	for range 4 {
		o.Clock.Advance(15 * time.Second)
		d.ping() // the line is alive
	}
	o.write("Secret")
	if code := d.ends(); code != 4401 {
		t.Fatalf("closed with %d, want 4401", code)
	}
	for len(d.frames) > 0 {
		if f := <-d.frames; f.Type == "inbox" {
			t.Errorf("%+v was sent after the end", f.Row)
		}
	}
}

func TestResync(t *testing.T) {
	o := sqlite(t)
	d := o.maya().sit()
	id := o.write("Hello")
	d.watch(id, 0, 0)
	o.Hub.ResyncAll()
	d.until(func(f agentapi.Frame) bool { return f.Type == "welcome" && f.ServerTime == o.Clock.Now() })
	if th := d.thread(); th.Issue.ID != id || len(th.Messages) != 0 {
		t.Errorf("after the resync: %+v", th)
	}
}

func TestDrain(t *testing.T) {
	o := sqlite(t)
	api := agentapi.New(agentapi.Config{Core: o.Core, Hub: o.Hub, Clock: o.Clock, Log: slog.New(slog.DiscardHandler), Dist: emptyDist(), Secure: true})
	mux := http.NewServeMux()
	api.Register(mux)
	ts := httptest.NewServer(mux)
	t.Cleanup(ts.Close)
	maya := o.maya()
	d := dial(t, maya, ts.URL)
	api.Drain(t.Context())
	if f := d.next(); f.Type != "reconnect" || f.AfterMs <= 0 {
		t.Errorf("the frame is %+v, want reconnect", f)
	}
	if code := d.ends(); code != 1001 {
		t.Errorf("closed with %d, want 1001", code)
	}
	o.url = ts.URL
	got := o.try(access{pattern: "GET /agent/v1/socket"}, maya)
	if got.status != 429 || got.header.Get("Retry-After") != "1" {
		t.Errorf("a new socket while draining: %d, Retry-After %q", got.status, got.header.Get("Retry-After"))
	}
}
