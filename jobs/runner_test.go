package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/jobs"
	"rejoin/store"
	"rejoin/store/storetest"
)

var quiet = slog.New(slog.DiscardHandler)

// clock stands still until it is told to go.
type clock struct {
	mu     sync.Mutex
	now    rejoin.Millis
	timers map[*timer]bool
}

type timer struct {
	at rejoin.Millis
	f  func()
}

func newClock() *clock { return &clock{now: 1_000_000, timers: map[*timer]bool{}} }

func (c *clock) Now() rejoin.Millis {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) AfterFunc(d time.Duration, f func()) func() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := &timer{c.now.Add(d), f}
	c.timers[t] = true
	return func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		waiting := c.timers[t]
		delete(c.timers, t)
		return waiting
	}
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	for t := range c.timers {
		if t.at <= c.now {
			delete(c.timers, t)
			go t.f()
		}
	}
}

// log remembers what ran.
type log struct {
	mu  sync.Mutex
	ran []string
	// more is told after each run
	more chan struct{}
}

func newLog() *log { return &log{more: make(chan struct{}, 10_000)} }

func (l *log) add(j rejoin.Job) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ran = append(l.ran, fmt.Sprint(j.Key, " ", j.Attempt))
	l.more <- struct{}{}
}

func (l *log) want(t *testing.T, want ...string) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	if diff := cmp.Diff(want, l.ran); diff != "" {
		t.Errorf("ran (-want +got)\n%s", diff)
	}
	l.ran = nil
}

func put(t testing.TB, s *store.Store, list ...rejoin.Job) {
	t.Helper()
	err := s.Write(context.Background(), func(tx *store.Tx) error {
		for _, j := range list {
			if err := tx.PutJob(j); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func runDue(t *testing.T, r *jobs.Runner) {
	t.Helper()
	if _, err := r.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func dead(t *testing.T, s *store.Store) (list []store.DeadJob) {
	t.Helper()
	err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = tx.DeadJobs(10)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestFailedJobIsRetriedThenBuried(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c, l := newClock(), newLog()
		r := jobs.New(s, c, quiet, []jobs.Handler{{Kind: "k", MaxAttempts: 3, Run: func(_ context.Context, j rejoin.Job) error {
			l.add(j)
			if j.Attempt == 2 {
				panic("oh")
			}
			return fmt.Errorf("broken at attempt %d\x00\xff", j.Attempt)
		}}}, 1)
		put(t, s, rejoin.Job{Kind: "k", Key: "a", Payload: "p", RunAt: c.Now()})
		runDue(t, r)
		l.want(t, "a 1") // the retry is not due yet
		for range 3 {
			c.forward(time.Hour)
			runDue(t, r)
		}
		l.want(t, "a 2", "a 3")
		got := dead(t, s)
		if len(got) != 1 || got[0].Error != "broken at attempt 3" || got[0].Attempt != 3 || got[0].DiedAt == 0 || !strings.HasPrefix(got[0].ID, "dead_") {
			t.Errorf("dead jobs: %+v", got)
		}
	})
}

func TestPermanentErrorBuriesAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := newClock()
		cause := errors.New("no such thing")
		r := jobs.New(s, c, quiet, []jobs.Handler{{Kind: "k", Run: func(context.Context, rejoin.Job) error {
			return fmt.Errorf("here: %w", jobs.Permanent(cause))
		}}}, 1)
		put(t, s, rejoin.Job{Kind: "k", Key: "a", RunAt: c.Now()})
		runDue(t, r)
		if got := dead(t, s); len(got) != 1 || got[0].Error != "here: no such thing" {
			t.Errorf("dead jobs: %+v", got)
		}
		if jobs.Permanent(nil) != nil || !errors.Is(jobs.Permanent(cause), cause) {
			t.Error("Permanent hides its cause")
		}
	})
}

func TestJobPutAgainByItsHandlerStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c, l := newClock(), newLog()
		r := jobs.New(s, c, quiet, []jobs.Handler{{Kind: "tick", Run: func(_ context.Context, j rejoin.Job) error {
			l.add(j)
			put(t, s, rejoin.Job{Kind: "tick", Key: j.Key, RunAt: c.Now().Add(time.Minute)})
			return nil
		}}}, 1)
		put(t, s, rejoin.Job{Kind: "tick", Key: "a", RunAt: c.Now()})
		for range 3 {
			runDue(t, r)
			c.forward(time.Minute)
		}
		l.want(t, "a 1", "a 1", "a 1")
	})
}

func TestJobOfADeadWorkerComesBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c, l := newClock(), newLog()
		r := jobs.New(s, c, quiet, []jobs.Handler{{Kind: "k", MaxAttempts: 2, Run: func(_ context.Context, j rejoin.Job) error {
			l.add(j)
			return nil
		}}}, 1)
		die := func() {
			_, err := s.ClaimJobs(t.Context(), c.Now(), time.Minute, []rejoin.JobKind{"k"}, 1, fmt.Sprint("dead", c.Now()))
			if err != nil {
				t.Fatal(err)
			}
		}
		put(t, s, rejoin.Job{Kind: "k", Key: "a", RunAt: c.Now()})
		die()
		runDue(t, r)
		l.want(t)
		c.forward(time.Minute)
		runDue(t, r)
		l.want(t, "a 2")
		// One that kills every worker that touches it is given up.
		put(t, s, rejoin.Job{Kind: "k", Key: "killer", RunAt: c.Now()})
		for range 2 {
			die()
			c.forward(time.Minute)
		}
		runDue(t, r)
		l.want(t)
		if got := dead(t, s); len(got) != 1 || got[0].Key != "killer" {
			t.Errorf("dead jobs: %+v", got)
		}
	})
}

func TestUnknownKindsAreLeftAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c, l := newClock(), newLog()
		run := func(_ context.Context, j rejoin.Job) error { l.add(j); return nil }
		r := jobs.New(s, c, quiet, []jobs.Handler{{Kind: "k", Run: run}, {Kind: "long", Run: run, Lease: time.Hour}}, 1)
		put(t, s, rejoin.Job{Kind: "newer", Key: "x", RunAt: 1}, rejoin.Job{Kind: "k", Key: "b", RunAt: 3}, rejoin.Job{Kind: "long", Key: "a", RunAt: 2})
		runDue(t, r)
		l.want(t, "a 1", "b 1")
	})
}

func TestRunnerWakesForTimersAndNews(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c, l := newClock(), newLog()
		r := jobs.New(s, c, quiet, []jobs.Handler{{Kind: "k", Run: func(_ context.Context, j rejoin.Job) error {
			l.add(j)
			return nil
		}}}, 2)
		stop := start(t, r)
		put(t, s, rejoin.Job{Kind: "k", Key: "now", RunAt: c.Now()})
		r.Wake()
		<-l.more
		put(t, s, rejoin.Job{Kind: "k", Key: "later", RunAt: c.Now().Add(time.Second)})
		c.forward(time.Second)
		r.Wake()
		<-l.more
		stop()
		l.want(t, "now 1", "later 1")
	})
}

// start runs r until the returned function is called, which waits for its end.
func start(t testing.TB, r *jobs.Runner) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- r.Run(ctx) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// A kind that is slow and bounded leaves the other workers to the rest.
func TestBoundedKindLeavesWorkersToOthers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c, l := newClock(), newLog()
		begun, goOn := make(chan struct{}, 9), make(chan struct{})
		r := jobs.New(s, c, quiet, []jobs.Handler{
			{Kind: "slow", AtOnce: 2, Run: func(context.Context, rejoin.Job) error { begun <- struct{}{}; <-goOn; return nil }},
			{Kind: "quick", Run: func(_ context.Context, j rejoin.Job) error { l.add(j); return nil }}}, 4)
		for _, key := range []string{"a", "b", "c", "d", "e"} {
			put(t, s, rejoin.Job{Kind: "slow", Key: key, RunAt: 1})
		}
		stop := start(t, r)
		<-begun
		<-begun
		for n := range 3 {
			put(t, s, rejoin.Job{Kind: "quick", Key: fmt.Sprint(n), RunAt: 2})
			r.Wake()
			<-l.more
		}
		if len(begun) > 0 {
			t.Error("more than two run at once")
		}
		for range 3 { // each end makes room for another
			goOn <- struct{}{}
			<-begun
		}
		close(goOn)
		stop()
		l.want(t, "0 1", "1 1", "2 1")
	})
}

func TestRunWaitsForJobsInHand(t *testing.T) {
	s, c := storetest.SQLite(t), newClock()
	begun, goOn := make(chan struct{}), make(chan struct{})
	r := jobs.New(s, c, quiet, []jobs.Handler{{Kind: "k", Run: func(ctx context.Context, _ rejoin.Job) error {
		close(begun)
		<-goOn
		return ctx.Err()
	}}}, 2)
	put(t, s, rejoin.Job{Kind: "k", Key: "a", RunAt: c.Now()})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- r.Run(ctx) }()
	<-begun
	cancel()
	select {
	case <-ended:
		t.Error("Run left a job alone")
	default:
	}
	close(goOn)
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, ok, err := s.NextJobAt(t.Context(), []rejoin.JobKind{"k"}); ok || err != nil {
		t.Errorf("the job in hand was not finished: %v", err)
	}
}

func TestHandlersContextEndsWithItsLease(t *testing.T) {
	s, c := storetest.SQLite(t), newClock()
	r := jobs.New(s, c, quiet, []jobs.Handler{{Kind: "k", Lease: time.Minute, Run: func(ctx context.Context, _ rejoin.Job) error {
		c.forward(time.Minute)
		<-ctx.Done()
		return nil
	}}}, 1)
	put(t, s, rejoin.Job{Kind: "k", Key: "a", RunAt: c.Now()})
	runDue(t, r)
}

func TestPromise_TwoRunnersDoEachJobOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		const n = 500
		l := newLog()
		var want []string
		var list []rejoin.Job
		for i := range n {
			list = append(list, rejoin.Job{Kind: "k", Key: fmt.Sprintf("%03d", i), RunAt: 1})
			want = append(want, fmt.Sprintf("%03d 1", i))
		}
		put(t, s, list...)
		var stops []func()
		for range 2 {
			node := s
			if s.Engine() == "postgres" {
				node = storetest.Open(t, s.URL())
			}
			r := jobs.New(node, rejoin.SystemClock{}, quiet, []jobs.Handler{{Kind: "k", Run: func(_ context.Context, j rejoin.Job) error {
				l.add(j)
				return nil
			}}}, 4)
			stops = append(stops, start(t, r))
		}
		for range n {
			<-l.more
		}
		for _, stop := range stops {
			stop()
		}
		slices.Sort(l.ran)
		l.want(t, want...)
	})
}

func TestNewRefusesTwoHandlersOfAKind(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("two handlers of a kind were taken")
		}
	}()
	jobs.New(nil, newClock(), quiet, []jobs.Handler{{Kind: "k"}, {Kind: "k"}}, 1)
}
