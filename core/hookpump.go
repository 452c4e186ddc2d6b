package core

import (
	"context"
	"errors"
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
	pumpTurn     = 10 * time.Second
	pumpLook     = time.Second // how often a turn looks for more while something is on its way
	pumpLease    = time.Minute
	pumpAtOnce   = 4 // requests at once to one program
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
	hook   rejoin.Webhook // as it was when the turn began
	holder string
	until  rejoin.Millis // no more is begun after

	mu      sync.Mutex
	changed *sync.Cond // something has come back, or it is time to look again
	batch   []rejoin.Delivery
	inHand  map[string]rejoin.Millis // issues of which something is on its way, since when
	taken   int
	stopped bool
	err     error // the first that is ours
}

// Pump delivers what is due for a webhook. It is the handler of a job that is put with each delivery: one that finds another pump at work leaves it to that one,
// and comes back when its lease has ended. After a crash a delivery may be made again, with the same id.
func (s *Webhooks) Pump(ctx context.Context, j rejoin.Job) error {
	p := &pump{Webhooks: s, holder: uuid.NewString(), inHand: map[string]rejoin.Millis{}}
	p.changed = sync.NewCond(&p.mu)
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
		ok = false
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
		p.changed.Broadcast()
		p.mu.Unlock()
		if err != nil || !ok {
			return
		}
	}
}

// next takes a delivery of an issue of which nothing is on its way. While something is, it waits for one: what hangs must not keep other issues waiting.
func (p *pump) next(ctx context.Context) (d rejoin.Delivery, ok bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		now := p.Clock.Now()
		if p.stopped || p.closing.Load() || p.over(now) || ctx.Err() != nil {
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
			_, busy := p.inHand[p.batch[0].IssueID]
			d, ok = p.batch[0], !busy
			p.batch = p.batch[1:]
		}
		if ok {
			p.inHand[d.IssueID] = now
			p.taken++
			return d, true, nil
		}
		if len(p.inHand) == 0 {
			return rejoin.Delivery{}, false, nil
		}
		stop := p.Clock.AfterFunc(pumpLook, p.changed.Broadcast)
		p.changed.Wait()
		stop()
	}
}

// over reports whether the turn is: when its time has come, or a little later where one delivery hangs that would keep the others from the next turn.
func (p *pump) over(now rejoin.Millis) bool {
	if now < p.until {
		return false
	}
	for _, since := range p.inHand {
		if now.Sub(since) >= pumpLook {
			return now >= p.until.Add(hookTimeout)
		}
	}
	return true
}

// deliver makes one attempt and writes down what came of it.
func (p *pump) deliver(ctx context.Context, d rejoin.Delivery) error {
	r, err := p.ready(ctx, d)
	if err != nil || r.body == "" {
		return err
	}
	whole, err := p.addressed(r.body)
	if err != nil {
		return err
	}
	a := p.attempt(ctx, r.url, d.ID, whole, r.secrets)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return p.record(context.WithoutCancel(ctx), d.ID, a)
}

// readied is what an attempt needs.
type readied struct {
	url     string
	secrets []string
	body    string // empty: there is no attempt to make
}

// ready looks again at what was taken: since it was found due it may have arrived, or have been dropped, and the webhook may have another address.
func (p *pump) ready(ctx context.Context, d rejoin.Delivery) (r readied, err error) {
	err = p.read(ctx, func(u *unit) error {
		r = readied{}
		w, err := u.Webhook(d.WebhookID)
		if err != nil || w.Pause.Since > 0 {
			return err
		}
		now, err := u.Tx.Delivery(d.ID)
		if err != nil || now.State != rejoin.DeliveryWaiting || now.Attempts != d.Attempts {
			return err
		}
		if r.secrets, err = u.secretsOf(w.ID); err != nil {
			return err
		}
		r.url = w.URL
		r.body, err = u.DeliveryBody(d.ID)
		return err
	})
	if rejoin.CodeOf(err) == rejoin.NotFound {
		return readied{}, nil // forgotten meanwhile
	}
	return r, err
}

// secretsOf is the values of the webhook's secrets, the oldest first.
func (u *unit) secretsOf(webhookID string) (values []string, err error) {
	list, err := u.WebhookSecrets(webhookID)
	for _, s := range list {
		values = append(values, s.Value)
	}
	return values, err
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
