package live_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"rejoin/live"
	"rejoin/store/storetest"
)

// node is one process of a deployment.
type node struct {
	hub   *live.Hub
	woken chan struct{}
	stop  func()
}

// startNode runs a hub on a bus and waits until it listens.
func startNode(t *testing.T, url string) *node {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	n := &node{hub: live.NewHub(live.NewPostgresBus(url, "rejoin_live", log), log), woken: make(chan struct{}, 1000)}
	ctx, cancel := context.WithCancel(t.Context())
	first := n.hub.Subscribe(nil)
	defer first.Close()
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := n.hub.Run(ctx, func() { n.woken <- struct{}{} }); err != nil {
			t.Error(err)
		}
	})
	n.stop = sync.OnceFunc(func() { cancel(); wg.Wait() })
	t.Cleanup(n.stop)
	next(t, first, live.Signal{Kind: live.Resync})
	<-n.woken
	return n
}

// next waits for signals until the last of want has come, and compares. The limit only keeps a failure from hanging.
func next(t *testing.T, s *live.Subscription, want ...live.Signal) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	var got []live.Signal
	for len(got) < len(want) && s.Wait(ctx) {
		got = append(got, s.Take()...)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("signals (-want +got):\n%s", diff)
	}
}

func TestBusReachesOtherNodes(t *testing.T) {
	url := storetest.Postgres(t)
	a, b := startNode(t, url), startNode(t, url)
	onA, onB := a.hub.Subscribe(nil, "issue:1"), b.hub.Subscribe(nil, "issue:1")
	defer onA.Close()
	defer onB.Close()

	long := live.Signal{Topic: "issue:1", Kind: live.Typing, IssueID: "1", ActorID: "a", Name: strings.Repeat("ä\n", 500), Origin: "agent"}
	a.hub.Publish(changed("issue:1", "1"), long)
	cut := long
	cut.Name = "ä ä ä ä ä ä ä ä ä ä…"
	next(t, onB, changed("issue:1", "1"), cut)
	wantSignals(t, onA, changed("issue:1", "1"), long) // at once, uncut, and not a second time by the bus

	b.hub.WakeOthers()
	<-a.woken
	if len(b.woken) > 0 {
		t.Error("a node woke itself")
	}
	b.hub.Publish(changed("issue:1", "2"))
	next(t, onA, changed("issue:1", "2"))
}

func TestBusCarriesManySignalsInOrder(t *testing.T) {
	url := storetest.Postgres(t)
	a, b := startNode(t, url), startNode(t, url)
	s := b.hub.Subscribe(nil, "domain:d")
	defer s.Close()
	var want []live.Signal
	for i := range 500 {
		want = append(want, changed("domain:d", fmt.Sprintf("iss_%036d", i)))
	}
	a.hub.Publish(want...)
	next(t, s, want...)
}

// When the database drops all connections, both nodes come back, look again at everything, and hear each other.
func TestBusReconnects(t *testing.T) {
	url := storetest.Postgres(t)
	a, b := startNode(t, url), startNode(t, url)
	onB := b.hub.Subscribe(nil, "issue:1")
	defer onB.Close()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid()`)
	if err != nil {
		t.Fatal(err)
	}
	next(t, onB, live.Signal{Kind: live.Resync})
	<-b.woken
	a.hub.Publish(changed("issue:1", "1"))
	next(t, onB, changed("issue:1", "1"))
}

// What is published just before the end still leaves.
func TestBusSendsItsLast(t *testing.T) {
	url := storetest.Postgres(t)
	a, b := startNode(t, url), startNode(t, url)
	onB := b.hub.Subscribe(nil, "issue:1")
	defer onB.Close()
	a.hub.Publish(changed("issue:1", "1"))
	a.stop()
	next(t, onB, changed("issue:1", "1"))
}

// So does what waits when the node ends before it has connected at all.
func TestBusSendsItsLastWithoutAConnection(t *testing.T) {
	url, log := storetest.Postgres(t), slog.New(slog.DiscardHandler)
	a, b := live.NewHub(live.NewPostgresBus(url, "rejoin_live", log), log), startNode(t, url)
	onB := b.hub.Subscribe(nil, "issue:1")
	defer onB.Close()
	a.Publish(changed("issue:1", "1"))
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := a.Run(ended, nil); err != nil {
		t.Error(err)
	}
	next(t, onB, changed("issue:1", "1"))
}

// A bus that nobody can reach costs nobody any time, and what it had to drop becomes a Resync.
func TestBusThatIsAway(t *testing.T) {
	url := storetest.Postgres(t)
	log := slog.New(slog.DiscardHandler)
	bus := live.NewPostgresBus(url, "rejoin_live", log)
	a, b := live.NewHub(bus, log), startNode(t, url)
	onA, onB := a.Subscribe(nil, "issue:1"), b.hub.Subscribe(nil, "issue:1")
	defer onA.Close()
	defer onB.Close()
	for range 5000 { // more than may wait
		a.Publish(changed("issue:1", "1"))
	}
	wantSignals(t, onA, changed("issue:1", "1"))

	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() { _ = a.Run(ctx, nil) })
	next(t, onB, live.Signal{Kind: live.Resync})
	cancel()
	wg.Wait()
}

func TestBusRefusesWhatDoesNotFit(t *testing.T) {
	bus := live.NewPostgresBus("", "c", slog.New(slog.DiscardHandler))
	if bus.Publish(make([]byte, live.MaxPayload+1)) == nil || bus.Publish([]byte("two\nlines")) == nil {
		t.Error("a payload that cannot be sent was taken")
	}
}

// A cancelled Listen returns also while the database cannot be reached.
func TestBusStopsWhileAway(t *testing.T) {
	bus := live.NewPostgresBus("postgres://127.0.0.1:1/none", "c", slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- bus.Listen(ctx, func([]byte) {}, func() { t.Error("there was nothing to miss") }) }()
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
