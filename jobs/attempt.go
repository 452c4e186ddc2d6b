package jobs

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"strings"
	"time"

	"github.com/google/uuid"

	"rejoin"
)

// Permanent marks an error after which no retry makes sense: the job is buried at once. Permanent(nil) is nil.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return permanent{err}
}

type permanent struct{ error }

func (p permanent) Unwrap() error { return p.error }

// attempt runs one claimed job and writes down how it went. If that fails, the job comes back after its lease.
func (r *Runner) attempt(ctx context.Context, j rejoin.Job) {
	ctx = context.WithoutCancel(ctx) // a job in hand is finished
	h := r.handlers[j.Kind]
	err := r.run(ctx, h, j)
	var hopeless permanent
	switch {
	case err == nil:
		err = r.store.FinishJob(ctx, j)
	case errors.As(err, &hopeless) || j.Attempt >= h.MaxAttempts:
		r.log.Error("job given up", "kind", j.Kind, "key", j.Key, "attempt", j.Attempt, "error", err)
		err = r.store.BuryJob(ctx, j, r.clock.Now(), "dead_"+uuid.Must(uuid.NewV7()).String(), reason(err))
	default:
		pause := backoff(j.Attempt)
		r.log.Warn("job failed", "kind", j.Kind, "key", j.Key, "attempt", j.Attempt, "retry_in", pause, "error", err)
		err = r.store.RetryJob(ctx, j, r.clock.Now().Add(pause), reason(err))
	}
	if err != nil {
		r.log.Error("write down the outcome of a job", "kind", j.Kind, "key", j.Key, "error", err)
	}
}

// run calls the handler, within the lease.
func (r *Runner) run(ctx context.Context, h Handler, j rejoin.Job) (err error) {
	if j.Attempt > h.MaxAttempts {
		return errors.New("the last attempt never ended: it took longer than its lease, or took the process down")
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stop := r.clock.AfterFunc(h.Lease, cancel)
	defer stop()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return h.Run(ctx, j)
}

// reason returns the text of err as a database takes it: bounded, and without the bytes PostgreSQL refuses.
func reason(err error) string {
	const limit = 4000
	text := err.Error()
	return strings.ReplaceAll(strings.ToValidUTF8(text[:min(len(text), limit)], ""), "\x00", "")
}

const (
	minBackoff = time.Second
	maxBackoff = time.Hour
)

// backoff returns the pause after the given attempt, the first of which is 1: it doubles from a second up to an hour, and half
// of it is left to chance, so that what failed together does not come back together.
func backoff(attempt int64) time.Duration {
	full := maxBackoff
	if shift := attempt - 1; shift < 12 { // 2^12 s are more than an hour
		full = min(minBackoff<<shift, maxBackoff)
	}
	return max(minBackoff, full/2+rand.N(full/2))
}
