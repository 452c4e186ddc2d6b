package core

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"rejoin"
	"rejoin/outbound"
	"rejoin/store"
	"rejoin/webhook"
)

// jobWebhookPump delivers what waits for a webhook. Key: webhook id.
const jobWebhookPump rejoin.JobKind = "webhook_pump"

// How a webhook's deliveries are paced. A turn ends in time for the lease: after it, other webhooks come first.
const (
	pumpTurn     = 20 * time.Second
	pumpLease    = time.Minute
	pumpAtOnce   = 4   // requests at once to one program
	pumpMost     = 500 // deliveries of a turn
	pumpBatch    = 64
	pumpsAtOnce  = 16 // programs that a process talks to at once
	hookTimeout  = 15 * time.Second
	maxHookBody  = 1 << 20
	maxAnswer    = 64 << 10
	keptAnswer   = 2000 // characters in the log
	keptAttempts = 20
	giveUpAfter  = day              // of a delivery's first attempt, and of nothing arriving at all
	manyFailures = 5                // in a row: then the whole webhook is tried one request at a time
	minHookPause = 5 * time.Second  // after a first failure
	maxHookPause = 15 * time.Minute // after many
)

// pump is one turn of delivering for one webhook. Only the one that holds the webhook delivers; what it writes down is fenced by that.
type pump struct {
	*Webhooks
	hook    rejoin.Webhook
	secrets []string
	holder  string
	until   rejoin.Millis // no more is begun after

	mu      sync.Mutex
	batch   []rejoin.Delivery
	inHand  map[string]bool // issues of which something is on its way
	taken   int
	stopped bool
	err     error // the first that is ours
}

// Pump delivers what is due for a webhook. It is the handler of a job that is put with each delivery: one that finds another pump at work leaves it to that one,
// and comes back when its lease has ended. After a crash a delivery may be made again, with the same id.
func (s *Webhooks) Pump(ctx context.Context, j rejoin.Job) error {
	p := &pump{Webhooks: s, holder: uuid.NewString(), inHand: map[string]bool{}}
	if ok, err := p.begin(ctx, j.Key); err != nil || !ok {
		return err
	}
	var all sync.WaitGroup
	n := pumpAtOnce
	if p.hook.Health.Streak >= manyFailures {
		n = 1
	}
	for range n {
		all.Go(func() { p.work(ctx) })
	}
	all.Wait()
	return errors.Join(p.err, p.end(context.WithoutCancel(ctx)))
}

// begin takes hold of the webhook, if there is something to do.
func (p *pump) begin(ctx context.Context, id string) (ok bool, err error) {
	err = p.write(ctx, func(u *unit) error {
		ok, p.secrets = false, nil
		w, hold, err := u.LockWebhook(id)
		if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && w.Pause.Since > 0 {
			return nil
		}
		if err != nil {
			return err
		}
		if later := max(hold.Until, w.Health.RetryAt); later > u.now {
			return u.pumpBy(id, later)
		}
		secrets, err := u.WebhookSecrets(id)
		if err != nil {
			return err
		}
		for _, s := range secrets {
			p.secrets = append(p.secrets, s.Value)
		}
		p.hook, p.until, ok = w, u.now.Add(pumpTurn), true
		return u.HoldWebhook(id, store.WebhookHold{Holder: p.holder, Until: u.now.Add(pumpLease)})
	})
	return ok, err
}

// work delivers until there is nothing to take.
func (p *pump) work(ctx context.Context) {
	for {
		d, ok, err := p.next(ctx)
		if err == nil && ok {
			err = p.deliver(ctx, d)
		}
		p.mu.Lock()
		delete(p.inHand, d.IssueID)
		if err != nil && p.err == nil {
			p.err = err
		}
		p.stopped = p.stopped || err != nil
		p.mu.Unlock()
		if err != nil || !ok {
			return
		}
	}
}

// next takes a delivery of an issue of which nothing is on its way.
func (p *pump) next(ctx context.Context) (d rejoin.Delivery, ok bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.Clock.Now()
	if p.stopped || p.closing.Load() || now >= p.until || p.taken >= pumpMost || ctx.Err() != nil {
		return d, false, nil
	}
	if len(p.batch) == 0 {
		err := p.read(ctx, func(u *unit) (err error) {
			p.batch, err = u.DueDeliveries(p.hook.ID, now, pumpBatch)
			return err
		})
		if err != nil {
			return d, false, err
		}
	}
	for len(p.batch) > 0 && !ok {
		d, ok = p.batch[0], !p.inHand[p.batch[0].IssueID]
		p.batch = p.batch[1:]
	}
	if !ok {
		return rejoin.Delivery{}, false, nil
	}
	p.inHand[d.IssueID] = true
	p.taken++
	return d, true, nil
}

// deliver makes one attempt and writes down what came of it.
func (p *pump) deliver(ctx context.Context, d rejoin.Delivery) error {
	var body string
	err := p.read(ctx, func(u *unit) (err error) {
		body, err = u.DeliveryBody(d.ID)
		return err
	})
	if rejoin.CodeOf(err) == rejoin.NotFound {
		return nil // forgotten meanwhile
	}
	if err != nil {
		return err
	}
	whole, err := p.addressed(body)
	if err != nil {
		return err
	}
	a := p.attempt(ctx, p.hook.URL, d.ID, whole, p.secrets)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return p.record(context.WithoutCancel(ctx), d.ID, a)
}

// addressed is a stored body with addresses of files that work for a day from now.
func (s *Webhooks) addressed(body string) ([]byte, error) {
	e, err := webhook.Decode([]byte(body))
	if err != nil {
		return nil, err
	}
	e.Address(func(stored string) string {
		id, name, _ := strings.Cut(stored, " ")
		return s.Config.PublicURL + s.files.Addresses(rejoin.Attachment{ID: id, Name: name}).Full
	})
	return e.Encode()
}

// attempt posts once.
func (s *Webhooks) attempt(ctx context.Context, address, id string, body []byte, secrets []string) rejoin.DeliveryAttempt {
	a := rejoin.DeliveryAttempt{At: s.Clock.Now()}
	answer, err := s.Outbound.Do(ctx, outbound.Request{Method: http.MethodPost, URL: address, Body: body, Header: webhook.Sign(id, a.At, body, secrets),
		Limits: outbound.Limits{Timeout: hookTimeout, MaxRequest: maxHookBody, MaxResponse: maxAnswer, Cut: true}})
	a.TookMs = s.Clock.Now().Sub(a.At).Milliseconds()
	var known *outbound.Error
	switch {
	case errors.As(err, &known):
		a.Problem = known.Text
	case err != nil:
		a.Problem = "The program cannot be reached."
	default:
		a.Status, a.Answer, a.Problem = answer.Status, readable(answer.Body), answer.Problem()
	}
	return a
}

// readable is the beginning of an answer as a database and a screen take it.
func readable(body []byte) string {
	text := strings.ToValidUTF8(string(body[:min(len(body), utf8.UTFMax*keptAnswer)]), "")
	text = strings.ReplaceAll(text, "\x00", "")
	if r := []rune(text); len(r) > keptAnswer {
		text = string(r[:keptAnswer])
	}
	return text
}

// record writes an attempt down, unless the webhook is somebody else's by now: then they will make it again.
func (p *pump) record(ctx context.Context, id string, a rejoin.DeliveryAttempt) error {
	stop := false
	err := p.write(ctx, func(u *unit) error {
		stop = false
		w, hold, err := u.LockWebhook(p.hook.ID)
		if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && hold.Holder != p.holder {
			stop = true
			return nil
		}
		if err != nil {
			return err
		}
		d, err := u.Delivery(id)
		if rejoin.CodeOf(err) == rejoin.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		if err := u.LockDeliveries(d.IssueID); err != nil {
			return err
		}
		stop, err = u.attempted(w, d, a)
		return err
	})
	if stop {
		p.mu.Lock()
		p.stopped = true
		p.mu.Unlock()
	}
	return err
}

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
		w = u.failed(w, a)
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

// failed is the webhook after an attempt that was no success.
func (u *unit) failed(w rejoin.Webhook, a rejoin.DeliveryAttempt) rejoin.Webhook {
	h := &w.Health
	if h.FailingSince == 0 {
		h.FailingSince = u.now
	}
	if h.RetryAt <= u.now { // what was on its way together counts once
		h.Streak++
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
	return w
}

// hookPause is how long to wait after so many failures: it doubles up to its limit, and half of it is left to chance.
func hookPause(failures int64) time.Duration {
	full := maxHookPause
	if shift := failures - 1; shift < 8 { // 5 s times 2^8 are more than a quarter of an hour
		full = min(minHookPause<<shift, maxHookPause)
	}
	return full/2 + rand.N(full/2)
}

// pumpBy puts the job that delivers for the webhook by the moment.
func (u *unit) pumpBy(webhookID string, at rejoin.Millis) error {
	u.jobs = true
	return u.PutJobBy(rejoin.Job{Kind: jobWebhookPump, Key: webhookID, RunAt: at})
}

// resumeWebhooks lets deliver again, at once, what a process that has died had in hand.
func (u *unit) resumeWebhooks() error {
	held, err := u.ReleaseWebhooks()
	for _, id := range held {
		if err == nil {
			err = u.pumpBy(id, u.now)
		}
	}
	return err
}

// end lets go of the webhook and comes back when something is due.
func (p *pump) end(ctx context.Context) error {
	return p.write(ctx, func(u *unit) error {
		w, hold, err := u.LockWebhook(p.hook.ID)
		if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && hold.Holder != p.holder {
			return nil
		}
		if err != nil {
			return err
		}
		if err := u.HoldWebhook(w.ID, store.WebhookHold{}); err != nil || w.Pause.Since > 0 {
			return err
		}
		next, err := u.NextDelivery(w.ID)
		if err == nil && next == 0 { // what waits behind nothing, if somebody has dropped what was before it at the same time
			if err := u.Advance(w.ID, u.now); err != nil {
				return err
			}
			next, err = u.NextDelivery(w.ID)
		}
		if err != nil || next == 0 {
			return err
		}
		soonest := u.now
		if p.taken == 0 {
			soonest = u.now.Add(time.Second) // nothing could be taken
		}
		return u.pumpBy(w.ID, max(next, w.Health.RetryAt, soonest))
	})
}
