package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"rejoin"
	"rejoin/store"
)

// timer is an armed follow-up with everything that it is about.
type timer struct {
	issueID, followUpID string
	due                 rejoin.Millis
}

// The follow-ups that come due while we look.
const (
	backlog    = 5000 // due before the server starts: the user has read meanwhile, which the decision finds out
	perSecond  = 300  // then these, at equal distances
	spreadOver = 10 * time.Second
	letters    = 1000 // and then these at once, which are mailed
	kind       = rejoin.JobKind("follow_up")
)

// measureTimers arms many timers, most of them far in the future, and looks at what comes due. The far ones are rows of the timer table
// only: nothing else of theirs is touched before they are due.
func measureTimers(ctx context.Context, b *bench) error {
	if err := b.followUpsOn(ctx); err != nil {
		return err
	}
	armed := b.armed
	if b.engine == "postgres" && !b.full {
		armed /= 5
	}
	begun := time.Now()
	if err := b.far(ctx, armed); err != nil {
		return err
	}
	rate := float64(armed) / time.Since(begun).Seconds()
	begun = time.Now()
	old, err := b.timers(ctx, backlog, true, func(int) rejoin.Millis { return now() - 1000 })
	if err != nil {
		return err
	}
	// The rest takes about as long to make, and then the server has time for the backlog.
	first := now().Add(time.Since(begun)*5/4 + 15*time.Second)
	last := first.Add(spreadOver)
	steady, err := b.timers(ctx, int(perSecond*spreadOver.Seconds()), true, func(i int) rejoin.Millis { return first + rejoin.Millis(i*1000/perSecond) })
	if err != nil {
		return err
	}
	mailed, err := b.timers(ctx, letters, false, func(int) rejoin.Millis { return last.Add(time.Second) })
	if err != nil {
		return err
	}
	begun = time.Now()
	if err := b.start(ctx); err != nil {
		return err
	}
	if err := get(ctx, b.process.URL+"/healthz"); err != nil {
		return err
	}
	b.add("timers armed", "%d, made at %.0f a second", armed, rate)
	b.add("from the start to the first answer with these", "%s", short(time.Since(begun)))
	if err := b.reportBacklog(ctx, old, first); err != nil {
		return err
	}
	if err := b.reportSteady(ctx, steady); err != nil {
		return err
	}
	return b.reportLetters(ctx, mailed)
}

// far arms timers that come due tomorrow and later.
func (b *bench) far(ctx context.Context, n int) error {
	base := now().Add(24 * time.Hour)
	return b.inBatches(ctx, n, func(tx *store.Tx, i int) error {
		// The order of their moments has nothing to do with the order of their keys.
		return tx.PutJob(rejoin.Job{Kind: kind, Key: newID("iss"), RunAt: base + rejoin.Millis(i*7919%n)*1000})
	})
}

// timers makes conversations whose follow-up is due at the given moment.
func (b *bench) timers(ctx context.Context, n int, read bool, due func(i int) rejoin.Millis) ([]timer, error) {
	list := make([]timer, n)
	err := b.inBatches(ctx, n, func(tx *store.Tx, i int) error {
		issue, err := b.conversation(tx, i)
		if err != nil {
			return err
		}
		if !read {
			issue.UserReadSeq = 1
			if err := tx.SaveIssue(issue); err != nil {
				return err
			}
		}
		at := now()
		t := timer{issueID: issue.ID, followUpID: newID("fup"), due: due(i)}
		list[i] = t
		// The message is older than the window, so that the decision is not to wait any longer.
		err = tx.AddFollowUp(rejoin.FollowUp{ID: t.followUpID, IssueID: issue.ID, N: 1, DomainID: b.domain.ID, FromSeq: 2, ToSeq: 2,
			State: rejoin.FollowUpWaiting, Reason: rejoin.ReasonWindow, DueAt: t.due, Address: fmt.Sprintf("vera%d@example.com", i),
			SendNowBy: "agt_bench", CreatedAt: at, UpdatedAt: at})
		if err != nil {
			return err
		}
		return tx.PutJob(rejoin.Job{Kind: kind, Key: issue.ID, RunAt: t.due})
	})
	return list, err
}

// decided waits until all timers have led to a final state, and returns when each did.
func (b *bench) decided(ctx context.Context, list []timer) (when []rejoin.Millis, err error) {
	deadline := time.Now().Add(2 * time.Minute)
	for from := 0; from < len(list); {
		err := b.store.Read(ctx, func(tx *store.Tx) error {
			for from < len(list) {
				f, err := tx.FollowUp(list[from].followUpID)
				if err != nil || !(f.State == rejoin.FollowUpCancelled || f.State == rejoin.FollowUpSent) {
					return err
				}
				when = append(when, f.UpdatedAt)
				from++
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if time.Now().After(deadline) {
			return nil, fmt.Errorf("%d of %d timers have led to nothing", len(list)-from, len(list))
		}
		if from < len(list) {
			if err := pause(ctx, 100*time.Millisecond); err != nil {
				return nil, err
			}
		}
	}
	return when, nil
}

func (b *bench) reportBacklog(ctx context.Context, list []timer, steady rejoin.Millis) error {
	when, err := b.decided(ctx, list)
	if err != nil {
		return err
	}
	from, to := slices.Min(when), slices.Max(when)
	if to > steady {
		b.add("note", "the backlog lasted until the timers of the next step and made those late")
	}
	b.add(fmt.Sprintf("%d due at once: decided per second", len(list)), "%.0f", float64(len(list))/max(to.Sub(from), time.Millisecond).Seconds())
	return nil
}

func (b *bench) reportSteady(ctx context.Context, list []timer) error {
	when, err := b.decided(ctx, list)
	if err != nil {
		return err
	}
	late := make([]time.Duration, len(list))
	for i, t := range list {
		late[i] = when[i].Sub(t.due)
	}
	b.add(fmt.Sprintf("%d due a second: how late they were decided", perSecond), "%s", spread(late))
	return nil
}

func (b *bench) reportLetters(ctx context.Context, list []timer) error {
	when, err := b.decided(ctx, list)
	if err != nil {
		return err
	}
	took := slices.Max(when).Sub(list[0].due)
	b.add(fmt.Sprintf("%d due at once: e-mails handed over per second", len(list)), "%.0f, all by SMTP with a connection of their own",
		float64(len(list))/took.Seconds())
	return nil
}
