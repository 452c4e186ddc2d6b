// Package jobs runs durable work: rows of a table, put in the transaction of the data they are about, so that what must
// happen survives any crash.
//
// A job is due when its RunAt has come. Claiming it pushes RunAt forward by a lease, so that the job of a dead worker
// comes back by itself. A job that is done is removed; one that failed is pushed by a backoff; after its last attempt it
// is buried, for people to see. Kind and key name a job: putting it again replaces it, which is how a timer restarts, also
// from within its own handler.
//
// Every job runs at least once, and by one worker at a time unless a handler outlives its lease. A handler must therefore
// bear running twice. A kind that waits for programs of others is bounded by AtOnce, so that they cannot take all workers.
//
//	runner := jobs.New(store, clock, log, []jobs.Handler{{Kind: "greet", Run: greet}}, 16)
//	go runner.Run(ctx)
//	… commit a transaction that put a job, then:
//	runner.Wake()
package jobs

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"rejoin"
)

// Store is the table of jobs. See rejoin/store for what each method promises.
type Store interface {
	ClaimJobs(ctx context.Context, now rejoin.Millis, lease time.Duration, kinds []rejoin.JobKind, limit int, claim string) ([]rejoin.Job, error)
	FinishJob(ctx context.Context, j rejoin.Job) error
	RetryJob(ctx context.Context, j rejoin.Job, runAt rejoin.Millis, errText string) error
	BuryJob(ctx context.Context, j rejoin.Job, now rejoin.Millis, id, errText string) error
	NextJobAt(ctx context.Context, kinds []rejoin.JobKind) (at rejoin.Millis, ok bool, err error)
}

// Handler knows one kind of job.
type Handler struct {
	Kind rejoin.JobKind
	// Run does the job. Its context ends with the lease, and not when the runner is told to stop. An error means that
	// the job is tried again later, unless it is Permanent; a panic counts as an error.
	Run         func(ctx context.Context, j rejoin.Job) error
	MaxAttempts int64         // then the job is buried; 0 means 10
	Lease       time.Duration // how long an attempt may take; 0 means a minute
	AtOnce      int           // how many of the kind run at once in this process; 0 means as many as there are workers
}

// Runner runs jobs. It is safe for concurrent use.
type Runner struct {
	store    Store
	clock    rejoin.Clock
	log      *slog.Logger
	handlers map[rejoin.JobKind]Handler
	leases   []*lease
	workers  int
	wake     chan struct{}
}

// lease groups the kinds that are claimed together. A kind with a bound of its own is alone.
type lease struct {
	length time.Duration
	kinds  []rejoin.JobKind
	most   int // jobs at once; 0 for no bound
	inHand atomic.Int64
}

// room returns how many of limit jobs may be claimed now.
func (l *lease) room(limit int) int {
	if l.most == 0 {
		return limit
	}
	return min(limit, l.most-int(l.inHand.Load()))
}

const (
	// maxSleep bounds how long the runner trusts what it knows. Another node's jobs are announced, but an announcement
	// can be lost together with the connection it came by.
	maxSleep = time.Minute
	// minSleep is the pause when something is due but could not be claimed, because another node is at it.
	minSleep = 10 * time.Millisecond
	// afterError is the pause after the store failed.
	afterError = time.Second
)

// New makes a runner with the given number of workers. It panics if two handlers have the same kind.
func New(store Store, clock rejoin.Clock, log *slog.Logger, handlers []Handler, workers int) *Runner {
	r := &Runner{store: store, clock: clock, log: log, handlers: map[rejoin.JobKind]Handler{},
		workers: workers, wake: make(chan struct{}, 1)}
	for _, h := range handlers {
		if _, taken := r.handlers[h.Kind]; taken {
			panic(fmt.Sprintf("jobs: two handlers for %q", h.Kind))
		}
		if h.MaxAttempts == 0 {
			h.MaxAttempts = 10
		}
		if h.Lease == 0 {
			h.Lease = time.Minute
		}
		r.handlers[h.Kind] = h
		i := slices.IndexFunc(r.leases, func(l *lease) bool { return l.length == h.Lease && l.most == 0 && h.AtOnce == 0 })
		if i < 0 {
			i, r.leases = len(r.leases), append(r.leases, &lease{length: h.Lease, most: h.AtOnce})
		}
		r.leases[i].kinds = append(r.leases[i].kinds, h.Kind)
	}
	return r
}

// Wake makes the runner look at the table now. Call it after a commit that put a job, and when another node says that it
// did. It never blocks, and costs next to nothing while the runner is busy.
func (r *Runner) Wake() {
	select {
	case r.wake <- struct{}{}:
	default: // it will look anyway
	}
}

// Run runs jobs until ctx is done, then waits for those in hand and returns nil. It claims no more than it has idle workers, so
// that another node can take the rest.
func (r *Runner) Run(ctx context.Context) error {
	var inHand sync.WaitGroup
	defer inHand.Wait()
	idle := make(chan struct{}, r.workers)
	for range r.workers {
		idle <- struct{}{}
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-idle:
		}
		free := 1 + drain(idle)
		claimed, err := r.claim(ctx, free)
		for _, j := range claimed {
			inHand.Go(func() {
				r.attempt(ctx, j)
				r.leave(j)
				idle <- struct{}{}
			})
		}
		for range free - len(claimed) {
			idle <- struct{}{}
		}
		if err != nil && ctx.Err() == nil {
			r.log.Error("claim jobs", "error", err)
			r.sleep(ctx, afterError)
			continue
		}
		if len(claimed) == 0 {
			r.sleep(ctx, r.untilNext(ctx))
		}
	}
}

// drain takes what is there and returns how much that was.
func drain(idle chan struct{}) (n int) {
	for {
		select {
		case <-idle:
			n++
		default:
			return n
		}
	}
}

// RunDue runs everything that is due by the clock, and what becomes due by that, one job after the other in this goroutine,
// and returns how many attempts it made. It is for tests with a clock of their own.
func (r *Runner) RunDue(ctx context.Context) (int, error) {
	for n := 0; ; {
		claimed, err := r.claim(ctx, 1)
		if err != nil || len(claimed) == 0 {
			return n, err
		}
		for _, j := range claimed {
			r.attempt(ctx, j)
			r.leave(j)
			n++
		}
	}
}

// claim takes up to limit due jobs, beginning with the kinds that have waited longest. It looks before it writes: a wake-up
// mostly announces a job of the future.
func (r *Runner) claim(ctx context.Context, limit int) (claimed []rejoin.Job, err error) {
	now := r.clock.Now()
	due, err := r.due(ctx, now)
	if err != nil {
		return nil, err
	}
	for _, l := range due {
		jobs, err := r.store.ClaimJobs(ctx, now, l.length, l.kinds, l.room(limit-len(claimed)), uuid.NewString())
		l.inHand.Add(int64(len(jobs)))
		claimed = append(claimed, jobs...)
		if err != nil || len(claimed) == limit {
			return claimed, err
		}
	}
	return claimed, nil
}

// due returns the groups of kinds of which something is due, the oldest first.
func (r *Runner) due(ctx context.Context, now rejoin.Millis) ([]*lease, error) {
	var list []*lease
	since := map[*lease]rejoin.Millis{}
	for _, l := range r.leases {
		if l.room(1) == 0 {
			continue
		}
		at, ok, err := r.store.NextJobAt(ctx, l.kinds)
		if err != nil {
			return nil, err
		}
		if ok && at <= now {
			list, since[l] = append(list, l), at
		}
	}
	slices.SortFunc(list, func(a, b *lease) int { return cmp.Compare(since[a], since[b]) })
	return list, nil
}

// leave notes that a claimed job is in hand no more. Where the kind is bounded, another one may have waited for that.
func (r *Runner) leave(j rejoin.Job) {
	n := slices.IndexFunc(r.leases, func(l *lease) bool { return slices.Contains(l.kinds, j.Kind) })
	if r.leases[n].inHand.Add(-1); r.leases[n].most > 0 {
		r.Wake()
	}
}

// untilNext returns how long there is nothing to do, as far as the table tells now.
func (r *Runner) untilNext(ctx context.Context) time.Duration {
	var kinds []rejoin.JobKind
	for _, l := range r.leases {
		if l.room(1) > 0 { // the end of a job wakes where there is none
			kinds = append(kinds, l.kinds...)
		}
	}
	if len(kinds) == 0 {
		return maxSleep
	}
	at, ok, err := r.store.NextJobAt(ctx, kinds)
	switch {
	case err != nil && ctx.Err() == nil:
		r.log.Error("look for the next job", "error", err)
		return afterError
	case !ok:
		return maxSleep
	}
	if d := at.Sub(r.clock.Now()); d > 0 {
		return min(d, maxSleep)
	}
	return minSleep
}

// sleep returns after d, on Wake, or when ctx is done.
func (r *Runner) sleep(ctx context.Context, d time.Duration) {
	stop := r.clock.AfterFunc(d, r.Wake)
	defer stop()
	select {
	case <-r.wake:
	case <-ctx.Done():
	}
}
