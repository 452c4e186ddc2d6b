package live_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin/live"
)

func newHub() *live.Hub { return live.NewHub(nil, slog.New(slog.DiscardHandler)) }

func changed(topic, issue string) live.Signal {
	return live.Signal{Topic: topic, Kind: live.Changed, IssueID: issue}
}

func TestHubDeliversByTopic(t *testing.T) {
	h := newHub()
	one, two := h.Subscribe(nil, live.IssueTopic("1")), h.Subscribe(nil, live.IssueTopic("2"), live.DomainTopic("d"))
	defer one.Close()
	defer two.Close()

	h.Publish(changed(live.IssueTopic("1"), "1"), changed(live.DomainTopic("d"), "3"))
	wantSignals(t, one, changed(live.IssueTopic("1"), "1"))
	wantSignals(t, two, changed(live.DomainTopic("d"), "3"))
	wantSignals(t, one)

	one.Add(live.UserTopic("u"))
	one.Remove(live.IssueTopic("1"))
	h.Publish(changed(live.IssueTopic("1"), "1"), live.Signal{Topic: live.UserTopic("u"), Kind: live.Revoked})
	wantSignals(t, one, live.Signal{Topic: live.UserTopic("u"), Kind: live.Revoked})

	one.Close()
	one.Add(live.IssueTopic("1"))
	h.Publish(changed(live.IssueTopic("1"), "1"))
	h.ResyncAll()
	wantSignals(t, one)
	wantSignals(t, two, live.Signal{Kind: live.Resync})
}

func TestHubCoalesces(t *testing.T) {
	h := newHub()
	s := h.Subscribe(nil, "issue:1", "domain:d", "user:u", "user:v")
	defer s.Close()
	typing := live.Signal{Topic: "issue:1", Kind: live.Typing, IssueID: "1", ActorID: "a", Name: "Ann"}
	other := live.Signal{Topic: "issue:1", Kind: live.Typing, IssueID: "1", ActorID: "b", Name: "Bob"}
	renamed := typing
	renamed.Name = "Anna"
	userU, userV := live.Signal{Topic: "user:u", Kind: live.Changed}, live.Signal{Topic: "user:v", Kind: live.Changed}

	h.Publish(changed("issue:1", "1"), typing, changed("domain:d", "1"), other, renamed, userU, userV, userU)
	wantSignals(t, s, changed("domain:d", "1"), renamed, other, userU, userV)
}

func TestHubTurnsTooManySignalsIntoResync(t *testing.T) {
	h := newHub()
	s := h.Subscribe(nil, "domain:d")
	defer s.Close()
	for round := range 3 {
		for i := range 512 {
			h.Publish(changed("domain:d", fmt.Sprint(i)))
		}
		if n := len(s.Take()); n != 512 {
			t.Fatalf("round %d: %d signals wait, want 512", round, n)
		}
	}
	for i := range 2000 {
		h.Publish(changed("domain:d", fmt.Sprint(i)))
	}
	wantSignals(t, s, live.Signal{Kind: live.Resync})
	h.Publish(changed("domain:d", "1"))
	wantSignals(t, s, changed("domain:d", "1"))
}

// Every publish is seen by a Take that begins after it, and notify never runs twice at once.
func TestHubNotifiesWithoutBlockingThePublisher(t *testing.T) {
	h := newHub()
	var running, calls atomic.Int32
	gate, entered := make(chan struct{}), make(chan struct{}, 10)
	s := h.Subscribe(func() {
		if running.Add(1) > 1 {
			t.Error("notify runs twice at once")
		}
		calls.Add(1)
		entered <- struct{}{}
		<-gate
		running.Add(-1)
	}, "issue:1")
	defer s.Close()

	h.Publish(changed("issue:1", "1"))
	<-entered
	for range 100 {
		h.Publish(changed("issue:1", "1")) // returns although notify is stuck
	}
	gate <- struct{}{}
	<-entered // once more for the hundred
	close(gate)
	if n := calls.Load(); n != 2 {
		t.Errorf("notify was called %d times, want 2", n)
	}
}

func TestHubContainsPanicsOfNotify(t *testing.T) {
	h := newHub()
	calls := make(chan struct{}, 2)
	s := h.Subscribe(func() {
		calls <- struct{}{}
		panic("boom")
	}, "issue:1")
	defer s.Close()
	h.Publish(changed("issue:1", "1"))
	<-calls
	h.Publish(changed("issue:1", "1"))
	<-calls
}

func TestSubscriptionWait(t *testing.T) {
	h := newHub()
	s := h.Subscribe(nil, "issue:1")
	result := make(chan bool)
	wait := func(ctx context.Context) { go func() { result <- s.Wait(ctx) }() }

	wait(t.Context())
	h.Publish(changed("issue:1", "1"))
	if !<-result {
		t.Error("Wait did not see the signal")
	}
	if !s.Wait(t.Context()) {
		t.Error("Wait must return at once while something waits")
	}
	s.Take()

	ctx, cancel := context.WithCancel(t.Context())
	wait(ctx)
	cancel()
	if <-result {
		t.Error("Wait must return false when its context ends")
	}
	wait(t.Context())
	s.Close()
	if <-result {
		t.Error("Wait must return false after Close")
	}

	s = h.Subscribe(nil, "issue:1")
	defer s.Close()
	wait(t.Context())
	h.EndWaits()
	h.EndWaits()
	if <-result {
		t.Error("Wait must return false after EndWaits")
	}
}

func TestHubUnderConcurrentUse(t *testing.T) {
	h := newHub()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 200 {
				var s *live.Subscription
				ready := make(chan struct{})
				s = h.Subscribe(func() { <-ready; s.Take() }, "issue:1")
				close(ready)
				s.Add("issue:2")
				h.Publish(changed("issue:1", fmt.Sprint(i)), changed("issue:2", "2"))
				s.Remove("issue:1")
				s.Close()
			}
		})
	}
	wg.Wait()
}

func wantSignals(t *testing.T, s *live.Subscription, want ...live.Signal) {
	t.Helper()
	if diff := cmp.Diff(want, s.Take()); diff != "" {
		t.Errorf("signals (-want +got):\n%s", diff)
	}
}
