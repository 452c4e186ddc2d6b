package core_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/rejointest"
	"rejoin/store/storetest"
)

// tell makes deliveries of a message, and sends none.
func tell(s *rejointest.Server, v *rejointest.Visitor, text string) {
	s.T.Helper()
	if err := s.Core.Messages.SendAsAgent(s.T.Context(), s.Maya, v.Issue.ID, s.NewClientID(), text); err != nil {
		s.T.Fatal(err)
	}
	if err := s.Core.Webhooks.Tell(s.T.Context(), rejoin.Job{Key: v.Issue.ID}); err != nil {
		s.T.Fatal(err)
	}
}

// hung is a receiver that answers what is marked when it is let go.
func hung(r *receiver, mark string) (reached chan string, release chan bool) {
	reached, release = make(chan string, 100), make(chan bool)
	r.answers(func(q receipt) int {
		reached <- q.path
		if strings.Contains(string(q.body), mark) {
			<-release
		}
		return http.StatusOK
	})
	return reached, release
}

// What administrators change while a turn is under way holds for what was found due before: the address, and that nothing is sent any more.
func TestWebhookChangesInATurn(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		r, ctx := receive(s), t.Context()
		var visitors []*rejointest.Visitor
		for range 9 {
			visitors = append(visitors, s.Visit("Hello"))
		}
		s.Advance(time.Second)
		id := hook(s, r, rejoin.UpdateIssue)
		for n, v := range visitors {
			s.Clock.Advance(time.Millisecond)
			tell(s, v, []string{"now", "later"}[n/8])
		}
		reached, release := hung(r, "now")
		done := make(chan error)
		go func() { done <- s.Core.Webhooks.Pump(ctx, rejoin.Job{Key: id}) }()
		for range 4 {
			<-reached
		}
		moved := one(t, s, id).Webhook
		moved.URL = r.URL + "/moved"
		if _, err := s.Core.Webhooks.Set(ctx, s.Maya, id, moved); err != nil {
			t.Fatal(err)
		}
		for range 4 {
			release <- true
		}
		for range 4 {
			if path := <-reached; path != "/moved" {
				t.Errorf("after the address has changed, %s is called", path)
			}
		}
		for _, paused := range []bool{true, false} {
			if _, err := s.Core.Webhooks.SetPaused(ctx, s.Maya, id, paused, !paused); err != nil {
				t.Fatal(err)
			}
		}
		close(release)
		if err := <-done; err != nil || len(reached) > 0 {
			t.Errorf("what was dropped is sent: %d, %v", len(reached), err)
		}
		if n := len(deliveries(t, s, id, rejoin.DeliveryDropped)); n < 5 {
			t.Errorf("%d were dropped", n)
		}
	})
}

// While one delivery hangs, what happens in other conversations is sent.
func TestWebhookHangingDelivery(t *testing.T) {
	t.Parallel()
	s := rejointest.New(t, storetest.SQLite(t))
	r, v, w := receive(s), s.Visit("One"), s.Visit("Two")
	s.Advance(time.Second)
	id := hook(s, r, rejoin.UpdateIssue)
	reached, release := hung(r, "hang")
	tell(s, v, "hang")
	done := make(chan error)
	go func() { done <- s.Core.Webhooks.Pump(t.Context(), rejoin.Job{Key: id}) }()
	<-reached
	tell(s, w, "other")
	arrived := false
	for n := 0; n < 100 && !arrived; n++ { // until those that wait have looked again
		if n < 20 {
			s.Clock.Advance(time.Second)
		}
		select {
		case <-reached:
			arrived = true
		case <-time.After(20 * time.Millisecond):
		}
	}
	if !arrived {
		t.Error("another conversation waits for the one that hangs")
	}
	close(release)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	expect(t, "in all", bodies(r.take()), "hang", "other")
}

// What the program can never take of one conversation keeps no other waiting, also where little else happens.
func TestWebhookPoison(t *testing.T) {
	t.Parallel()
	s := rejointest.New(t, storetest.SQLite(t))
	r, v, w := receive(s), s.Visit("One"), s.Visit("Two")
	s.Advance(time.Second)
	id := hook(s, r, rejoin.UpdateIssue)
	r.answers(func(q receipt) int {
		if strings.Contains(string(q.body), "poison") {
			return http.StatusInternalServerError
		}
		return http.StatusOK
	})
	say(s, v, "poison")
	s.Advance(3 * time.Hour)
	if n := len(r.take()); n < 10 {
		t.Fatalf("tried %d times", n)
	}
	say(s, w, "other")
	if got := bodies(r.take()); len(got) == 0 || got[len(got)-1] != "other" {
		t.Errorf("at once: %v; %+v", got, one(t, s, id).Webhook.Health)
	}
}
