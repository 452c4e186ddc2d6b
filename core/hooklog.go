package core

import (
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"rejoin"
	"rejoin/store"
	"rejoin/webhook"
)

// DeliverySearch chooses deliveries of a webhook's log.
type DeliverySearch struct {
	State  rejoin.DeliveryState // empty for all
	Number int64                // of the issue; zero for all
	Cursor string               // from an earlier page; empty for the newest
}

// DeliveryPage is a page of the log, newest first.
type DeliveryPage struct {
	Deliveries []rejoin.Delivery
	Next       string // cursor of the next page; empty at the end
}

// Page returns a page of the webhook's deliveries.
func (s *Webhooks) Page(ctx context.Context, a rejoin.Agent, id string, in DeliverySearch) (p DeliveryPage, err error) {
	if err := mayLook(a); err != nil {
		return p, err
	}
	if in.State != "" && !slices.Contains(rejoin.DeliveryStates[:], in.State) {
		return p, rejoin.InvalidField("state", "Deliveries are waiting, delivered, failed or dropped.")
	}
	at, before, err := readCursor(in.Cursor)
	if err != nil {
		return p, err
	}
	err = s.read(ctx, func(u *unit) error {
		if _, err := u.seenWebhook(a, id); err != nil {
			return err
		}
		p = DeliveryPage{}
		p.Deliveries, err = u.Deliveries(store.DeliveryLog{WebhookID: id, State: in.State, Number: in.Number, At: at, ID: before, Limit: pageSize})
		if len(p.Deliveries) == pageSize {
			last := p.Deliveries[pageSize-1]
			p.Next = strconv.FormatInt(int64(last.CreatedAt), 10) + "." + last.ID
		}
		return err
	})
	return p, err
}

// seenWebhook returns a webhook of the agent's domain.
func (u *unit) seenWebhook(a rejoin.Agent, id string) (rejoin.Webhook, error) {
	missing := rejoin.Errorf(rejoin.NotFound, "There is no such webhook.")
	if !storable(id) {
		return rejoin.Webhook{}, missing
	}
	w, err := u.Webhook(id)
	if err == nil && w.DomainID != a.DomainID {
		return rejoin.Webhook{}, missing
	}
	return w, err
}

// DeliveryDetail is a delivery with what is sent and what came of it.
type DeliveryDetail struct {
	Delivery rejoin.Delivery
	URL      string
	Headers  map[string]string // that go along; signatures are cut
	Body     string            // JSON; the addresses of files in it work from now for a day
	Log      []rejoin.DeliveryAttempt
}

// Delivery returns one of the webhook's deliveries.
func (s *Webhooks) Delivery(ctx context.Context, a rejoin.Agent, id, deliveryID string) (d DeliveryDetail, err error) {
	if err := mayLook(a); err != nil {
		return d, err
	}
	var body string
	err = s.read(ctx, func(u *unit) error {
		w, err := u.seenWebhook(a, id)
		if err != nil {
			return err
		}
		if d.Delivery, err = u.webhooksDelivery(id, deliveryID); err != nil {
			return err
		}
		if body, err = u.DeliveryBody(deliveryID); err != nil {
			return err
		}
		d.URL = w.URL
		d.Log, err = u.Attempts(deliveryID, keptAttempts)
		return err
	})
	if err != nil {
		return d, err
	}
	return s.whole(d, []byte(body))
}

func (u *unit) webhooksDelivery(webhookID, id string) (rejoin.Delivery, error) {
	missing := rejoin.Errorf(rejoin.NotFound, "There is no such delivery.")
	if !storable(id) {
		return rejoin.Delivery{}, missing
	}
	d, err := u.Tx.Delivery(id)
	if err == nil && d.WebhookID != webhookID {
		return rejoin.Delivery{}, missing
	}
	return d, err
}

// whole adds body and headers as they are sent.
func (s *Webhooks) whole(d DeliveryDetail, stored []byte) (DeliveryDetail, error) {
	body, err := s.addressed(string(stored))
	d.Body, d.Headers = string(body), map[string]string{}
	for name, values := range webhook.Sign(d.Delivery.ID, max(d.Delivery.FirstAt, d.Delivery.CreatedAt), body, []string{"shown"}) {
		d.Headers[name] = values[0]
	}
	d.Headers[webhook.HeaderSignature], d.Headers[webhook.HeaderHelpshift] = "v1,…", "…"
	return d, err
}

// maxReplay is how many deliveries are put on their way again at once.
const maxReplay = 10_000

// Replay puts deliveries of a webhook on their way again, with the ids they had: the one with the id, or those that were made in a period. It returns how many.
func (s *Webhooks) Replay(ctx context.Context, a rejoin.Agent, id string, in store.Replay) (count int64, err error) {
	if err := administer(a); err != nil {
		return 0, err
	}
	if in.ID == "" && (in.From < 0 || in.To <= in.From) {
		return 0, rejoin.InvalidField("to", "Give a delivery, or a period: from, and to after it.")
	}
	in.WebhookID = id
	_, err = s.change(ctx, a, func(u *unit) error {
		w, err := u.agentsWebhook(a, id)
		if err != nil {
			return err
		}
		if w.Pause.Since > 0 {
			return rejoin.Errorf(rejoin.Conflict, "The webhook is paused. Let it go on first.")
		}
		if in.ID != "" {
			if _, err := u.webhooksDelivery(id, in.ID); err != nil {
				return err
			}
		}
		if count, err = u.CountReplay(in); err != nil || count == 0 {
			return err
		}
		if count > maxReplay {
			return rejoin.InvalidField("from", "These are %d deliveries; at most %d are sent again at once. Choose a shorter period.", count, maxReplay)
		}
		if err := u.Tx.Replay(in, u.now); err != nil {
			return err
		}
		if err := u.pumpBy(id, u.now); err != nil {
			return err
		}
		return u.audit(a, rejoin.WebhookReplayed, w.Title, "Deliveries: "+strconv.FormatInt(count, 10))
	})
	return count, err
}

// HookTry is a delivery that is made now, to see what the receiver says.
type HookTry struct {
	URL       string
	Event     rejoin.WebhookEvent
	WebhookID string // whose secrets sign it; empty for none
	Number    int64  // of the issue; zero for an example
}

// Try makes one delivery and returns what came of it. Nothing is stored.
func (s *Webhooks) Try(ctx context.Context, a rejoin.Agent, in HookTry) (d DeliveryDetail, err error) {
	if err := administer(a); err != nil {
		return d, err
	}
	w, err := rejoin.Webhook{Title: "Test", URL: in.URL, Event: in.Event}.Check()
	if err != nil {
		return d, err
	}
	if bad := s.checkHook(w.URL); bad != nil {
		return d, bad
	}
	var secrets []string
	var e webhook.Event
	err = s.read(ctx, func(u *unit) error {
		secrets = nil
		if in.WebhookID != "" {
			kept, err := u.seenWebhook(a, in.WebhookID)
			if err != nil {
				return err
			}
			w.ID, w.Title = kept.ID, kept.Title
			if secrets, err = u.secretsOf(in.WebhookID); err != nil {
				return err
			}
		}
		e, err = u.sampleEvent(a, w, in.Number)
		return err
	})
	if err != nil {
		return d, err
	}
	return s.tried(ctx, w, e, secrets)
}

func (s *Webhooks) tried(ctx context.Context, w rejoin.Webhook, e webhook.Event, secrets []string) (d DeliveryDetail, err error) {
	stored, err := e.Fit()
	if err != nil {
		return d, err
	}
	d.URL = w.URL
	d.Delivery = rejoin.Delivery{ID: e.EventID, WebhookID: w.ID, Number: e.Data.ID, Event: w.Event, What: e.Data.Updates.Keys(), State: rejoin.DeliveryDelivered,
		Attempts: 1, CreatedAt: e.EventTimestamp, FirstAt: e.EventTimestamp, DoneAt: e.EventTimestamp}
	if d, err = s.whole(d, stored); err != nil {
		return d, err
	}
	t := s.attempt(ctx, w.URL, e.EventID, []byte(d.Body), secrets)
	d.Log = []rejoin.DeliveryAttempt{t}
	d.Delivery.Status, d.Delivery.Problem = t.Status, t.Problem
	if t.Problem != "" {
		d.Delivery.State = rejoin.DeliveryFailed
	}
	if len(secrets) == 0 {
		delete(d.Headers, webhook.HeaderSignature)
		delete(d.Headers, webhook.HeaderHelpshift)
	}
	return d, nil
}

// sampleEvent is an event about an issue of the domain as it is now, or an example if the number is zero.
func (u *unit) sampleEvent(a rejoin.Agent, w rejoin.Webhook, number int64) (e webhook.Event, err error) {
	domain, err := u.Domain(a.DomainID)
	if err != nil {
		return e, err
	}
	if number == 0 {
		e = webhook.Example(w.Event, domain.Name, u.now)
	} else if e, err = u.eventOf(a, w, number); err != nil {
		return e, err
	}
	e.EventID, e.Webhook = uuid.Must(uuid.NewV7()).String(), webhook.Hook{ID: w.ID, Title: w.Title}
	return e, nil
}

// eventOf tells an issue as if it had just begun, or as if its newest message and its state had just changed.
func (u *unit) eventOf(a rejoin.Agent, w rejoin.Webhook, number int64) (e webhook.Event, err error) {
	i, err := u.namedIssue(a, strconv.FormatInt(number, 10))
	if err != nil {
		return e, err
	}
	k, err := u.hookScene(i)
	if err != nil {
		return e, err
	}
	e = webhook.Event{EventType: w.Event, EventTimestamp: u.now, Domain: k.domain.Name, AppID: i.AppID, Data: k.data(i)}
	from := int64(0)
	if w.Event == rejoin.UpdateIssue {
		from = i.LastSeq - 1
	}
	messages, err := u.MessagesAfter(i.ID, from, 1)
	if err != nil {
		return e, err
	}
	if w.Event == rejoin.CreateIssue {
		e.Data.Created = k.created(i, moment{messages: messages})
		return e, nil
	}
	e.Data.Updates = &webhook.Updates{Messages: k.messages(i, messages), StateData: &webhook.StateData{ChangedAt: i.StateChangedAt, State: i.State}}
	return e, nil
}

// redactDeliveries takes messages of an issue that were redacted out of what is stored for webhooks, sent or not.
func (u *unit) redactDeliveries(issueID string, messageIDs []string, text string) error {
	ids, err := u.DeliveriesOf(issueID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		body, err := u.DeliveryBody(id)
		if err != nil {
			return err
		}
		e, err := webhook.Decode([]byte(body))
		if err != nil {
			return err
		}
		if !e.Redact(messageIDs, text) {
			continue
		}
		cut, err := e.Encode()
		if err != nil {
			return err
		}
		if err := u.RedactDelivery(id, string(cut)); err != nil {
			return err
		}
	}
	return nil
}
