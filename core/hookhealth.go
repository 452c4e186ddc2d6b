package core

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"rejoin"
)

// attempted draws the consequences of an attempt, and reports whether the turn is over.
func (u *unit) attempted(w rejoin.Webhook, d rejoin.Delivery, a rejoin.DeliveryAttempt) (stop bool, err error) {
	d.Attempts++
	d.Status, d.Problem = a.Status, a.Problem
	if d.FirstAt == 0 {
		d.FirstAt = u.now
	}
	if err := u.AddAttempt(d, a, keptAttempts); err != nil {
		return false, err
	}
	if d.State == rejoin.DeliveryWaiting { // nobody has dropped it meanwhile
		if a.Problem == "" {
			d.State, d.DoneAt = rejoin.DeliveryDelivered, u.now
		} else {
			d.NextAt = u.now.Add(hookPause(d.Attempts))
		}
	}
	before := w
	w.Health.LastAt, w.Health.LastWords = u.now, a.Problem
	if a.Problem == "" {
		w.Health.FailingSince, w.Health.Streak, w.Health.RetryAt, w.Health.LastWords = 0, 0, 0, fmt.Sprintf("Delivered: the program has answered with %d.", a.Status)
		if before.Health.Streak >= manyFailures {
			err = u.Hasten(w.ID, u.now)
		}
	} else {
		if w, err = u.failed(w, a); err != nil {
			return false, err
		}
		if w.Pause.Since == 0 && d.State == rejoin.DeliveryWaiting && u.now.Sub(d.FirstAt) >= giveUpAfter {
			d.State, d.DoneAt = rejoin.DeliveryFailed, u.now
		}
		if w.Pause.Since > 0 && before.Pause.Since == 0 {
			err = u.tellAdmins(w)
		}
	}
	if err != nil {
		return false, err
	}
	if err := u.SaveDelivery(d, u.now); err != nil {
		return false, err
	}
	probed := before.Health.Streak >= manyFailures // the next turn is a whole one again, or waits
	return probed || w.Pause.Since > 0 || w.Health.RetryAt > u.now, u.SaveWebhookState(w)
}

// failed is the webhook after an attempt that was no success. Its streak is long only where many issues wait: what a program can never take of a few must not
// keep others waiting.
func (u *unit) failed(w rejoin.Webhook, a rejoin.DeliveryAttempt) (rejoin.Webhook, error) {
	h := &w.Health
	if h.FailingSince == 0 {
		h.FailingSince = u.now
	}
	if h.RetryAt <= u.now { // what was on its way together counts once
		h.Streak++
	}
	if h.Streak == manyFailures {
		others, err := u.Retrying(w.ID, u.now, manyFailures)
		if err != nil {
			return w, err
		}
		if others < manyFailures-1 {
			h.Streak--
		}
	}
	if h.Streak >= manyFailures && h.RetryAt <= u.now {
		h.RetryAt = u.now.Add(hookPause(h.Streak - manyFailures + 1))
	}
	switch {
	case w.Pause.Since > 0:
	case a.Status == http.StatusGone:
		w.Pause = rejoin.WebhookPause{Since: u.now, Reason: rejoin.PauseGone}
	case u.now.Sub(h.FailingSince) >= giveUpAfter:
		w.Pause = rejoin.WebhookPause{Since: u.now, Reason: rejoin.PauseFailing}
	}
	return w, nil
}

// hookPause is how long to wait after so many failures: it doubles up to its limit, and half of it is left to chance.
func hookPause(failures int64) time.Duration {
	full := maxHookPause
	if shift := failures - 1; shift < 8 { // 5 s times 2^8 are more than a quarter of an hour
		full = min(minHookPause<<shift, maxHookPause)
	}
	return full/2 + rand.N(full/2)
}
