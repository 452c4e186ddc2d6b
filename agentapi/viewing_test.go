package agentapi_test

import (
	"context"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"rejoin"
	"rejoin/agentapi"
	"rejoin/live"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/store/storetest"
)

func TestWhoElseIsHere(t *testing.T) {
	o := sqlite(t)
	maya, arthur, sue := o.maya(), o.hire("Arthur", rejoin.AgentRole), o.hire("Sue", rejoin.Supervisor)
	id, other := o.write("Hello"), o.write("Another")
	a, b, c := maya.sit(), arthur.sit(), sue.sit()
	c.watch(other, 99, 99)
	a.watch(id, 99, 99)
	b.watch(id, 99, 99)
	a.hears(o.Clock, agentapi.Colleague{AgentID: arthur.ID, Name: "Arthur"})
	b.hears(o.Clock, agentapi.Colleague{AgentID: maya.ID, Name: "Maya"})
	arthur.post("/issues/"+id+"/typing", `{"note":true}`).fine()
	a.hears(o.Clock, agentapi.Colleague{AgentID: arthur.ID, Name: "Arthur", Typing: true})
	o.Clock.Advance(25 * time.Second) // both say again that they are there
	b.hears(o.Clock, agentapi.Colleague{AgentID: maya.ID, Name: "Maya"})
	b.watch(other, 99, 99)
	a.hears(o.Clock, agentapi.Colleague{AgentID: arthur.ID, Name: "Arthur", Gone: true})
	c.hears(o.Clock, agentapi.Colleague{AgentID: arthur.ID, Name: "Arthur"})
	_ = b.conn.NetConn().Close()
	c.hears(o.Clock, agentapi.Colleague{AgentID: arthur.ID, Name: "Arthur", Gone: true})
}

// Who has two windows on an issue and closes one is still there.
func TestOneOfTwoWindows(t *testing.T) {
	o := sqlite(t)
	maya, arthur := o.maya(), o.hire("Arthur", rejoin.AgentRole)
	id := o.write("Hello")
	a, b, c := maya.sit(), arthur.sit(), arthur.sit()
	a.watch(id, 99, 99)
	b.watch(id, 99, 99)
	c.watch(id, 99, 99)
	c.say(`{"type":"watch","issue_id":"","seq":0,"event_n":0}`)
	a.hears(o.Clock, agentapi.Colleague{AgentID: arthur.ID, Name: "Arthur", Gone: true})
	a.hears(o.Clock, agentapi.Colleague{AgentID: arthur.ID, Name: "Arthur"})
}

// Colleagues hear of each other across nodes, also if a node begins to listen late.
func TestWhoElseIsHereOnAnotherNode(t *testing.T) {
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		if st.Engine() != "postgres" {
			t.Skip("one process needs no bus")
		}
		o := open(t, st)
		elsewhere := o.Another()
		ts := httptest.NewServer(elsewhere.Handler())
		t.Cleanup(ts.Close)
		arthur, id := o.hire("Arthur", rejoin.AgentRole), o.write("Hello")
		a, b := o.maya().sit(), dial(t, arthur, ts.URL)
		a.watch(id, 99, 99)
		b.watch(id, 99, 99)
		ctx, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		for _, hub := range []*live.Hub{o.Hub, elsewhere.Hub} {
			wg.Go(func() { _ = hub.Run(ctx, nil) })
		}
		t.Cleanup(func() { stop(); wg.Wait() })
		a.hears(o.Clock, agentapi.Colleague{AgentID: arthur.ID, Name: "Arthur"})
		b.hears(o.Clock, agentapi.Colleague{AgentID: o.Maya.ID, Name: "Maya"})
	})
}

// hears waits until the desk is told this of a colleague, while time passes.
func (d *desk) hears(clock *rejointest.Clock, want agentapi.Colleague) {
	d.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); {
		select {
		case f := <-d.frames:
			if f.Type == "viewing" && *f.Colleague == want {
				return
			}
		case <-time.After(50 * time.Millisecond):
			clock.Advance(2 * time.Second)
		}
	}
	d.t.Fatalf("it was not told of %+v", want)
}
