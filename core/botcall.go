package core

import (
	"context"
	"errors"
	"fmt"

	"rejoin"
	"rejoin/bot"
	"rejoin/outbound"
)

const (
	jobBotCall      rejoin.JobKind = "bot_call" // key: issue id
	maxCallAttempts                = 5          // then the request has failed: nobody waits for one that takes us down each time, or whose answer cannot be kept
)

// botCall is an external request that a run waits for. It is the same call, with the same id, however often it is made.
type botCall struct {
	n, calls int64
	step     string
	prepared bot.Prepared
	wrong    string // why it cannot be made
}

// id tells the customer's program repeats apart (reference §4.2).
func (c botCall) id(issueID string) string { return fmt.Sprintf("%s-%d-%d", issueID, c.n, c.calls) }

// of reports whether the run still waits for this call.
func (c botCall) of(r rejoin.BotRun) bool {
	return r.State == rejoin.RunCalling && r.N == c.n && r.Calls == c.calls && r.Step == c.step
}

// Call makes the external request that a bot waits for, outside of any transaction, and lets the bot go on. It is the handler of a job: after a crash the
// call is made again, with the same id.
func (b *Bots) Call(ctx context.Context, j rejoin.Job) error {
	call, ok, err := b.pending(ctx, j.Key)
	if err != nil || !ok {
		return err
	}
	found, why := bot.Found{}, call.wrong
	if j.Attempt > maxCallAttempts {
		why = "It was begun several times, and could not be finished."
	}
	if why == "" {
		found, _, why = b.reach(ctx, call.prepared, call.id(j.Key))
		if ctx.Err() != nil {
			return ctx.Err() // we are stopping: the job comes back
		}
	}
	return b.write(ctx, func(u *unit) error {
		issue, err := u.LockIssue(j.Key)
		if err != nil {
			return err
		}
		t, ok, err := u.talkIn(&issue)
		if err != nil || !ok || !call.of(t.run) {
			return err
		}
		if err := t.called(found, why); err != nil {
			return err
		}
		return u.save(&issue)
	})
}

// pending is the call that the issue's bot waits for, if it does.
func (b *Bots) pending(ctx context.Context, issueID string) (c botCall, ok bool, err error) {
	err = b.read(ctx, func(u *unit) error {
		issue, err := u.Issue(issueID)
		if err != nil {
			return err
		}
		t, live, err := u.talkIn(&issue)
		if err != nil || !live || t.run.State != rejoin.RunCalling {
			return err
		}
		ok, c = true, botCall{n: t.run.N, calls: t.run.Calls, step: t.run.Step}
		world, err := t.world()
		if err != nil {
			return err
		}
		for _, step := range t.script.Steps {
			if step.ID == t.run.Step && step.Request != nil {
				var bad error
				c.prepared, bad = bot.Prepare(*step.Request, func(name string) (string, bool) { return bot.Raw(t.run, world, name) })
				if bad != nil {
					c.wrong = bad.Error()
				}
			}
		}
		return nil
	})
	return c, ok, err
}

// reach calls a customer's program. Why it has failed is one sentence; empty if it has not.
func (b *Bots) reach(ctx context.Context, p bot.Prepared, id string) (found bot.Found, answer outbound.Response, why string) {
	header := p.Header.Clone()
	header.Set("X-Hs-Request-Id", id)
	header.Set("X-Rejoin-Request-Id", id)
	answer, err := b.Outbound.Do(ctx, outbound.Request{Method: p.Method, URL: p.URL, Header: header, Body: p.Body})
	if err != nil {
		var known *outbound.Error
		if errors.As(err, &known) {
			return found, answer, known.Text
		}
		return found, answer, "The program cannot be reached."
	}
	if why = answer.Problem(); why != "" {
		return found, answer, why
	}
	if found, err = bot.Read(answer.Body); err != nil {
		return found, answer, err.Error()
	}
	return found, answer, ""
}

// called goes on with what the call has brought. A failure is told in the timeline also where the script knows a way.
func (t *talk) called(found bot.Found, why string) error {
	step := t.run.Step
	run, e := bot.Called(t.script, t.run, found, why)
	t.run = run
	if e.Kind == bot.Fail {
		return t.fail("An external request has failed. " + why)
	}
	if why != "" {
		if err := t.announce(t.actor(), "The external request of the step "+step+" has failed. "+why); err != nil {
			return err
		}
	}
	return t.advance()
}
