package restapi

import (
	"encoding/json"
	"errors"

	"rejoin"
	"rejoin/core"
	"rejoin/store"
	"rejoin/web"
)

// Webhook is a program that is told what happens to issues.
type Webhook struct {
	ID           string             `json:"id"`
	Title        string             `json:"title"`
	URL          string             `json:"url"`   // keys that only read see its server alone
	Event        string             `json:"event"` // create_issue or update_issue
	All          []rejoin.Condition `json:"all"`
	Any          []rejoin.Condition `json:"any"`
	Secret       string             `json:"secret,omitempty"` // that signs what is sent; answered once, when the webhook is made
	Paused       bool               `json:"paused"`
	PausedAt     rejoin.Millis      `json:"paused_at,omitempty"`
	PausedBy     string             `json:"paused_by,omitempty"`     // empty if it has switched itself off
	PauseReason  string             `json:"pause_reason,omitempty"`  // gone or failing, if it has
	FailingSince rejoin.Millis      `json:"failing_since,omitempty"` // since when nothing arrives
	LastAttempt  rejoin.Millis      `json:"last_attempt_at,omitempty"`
	LastWords    string             `json:"last_words,omitempty"` // what came of the newest attempt
	Waiting      int64              `json:"waiting"`              // deliveries; counted up to 10,000
	CreatedBy    string             `json:"created_by"`
	CreatedAt    rejoin.Millis      `json:"created_at"`
	UpdatedAt    rejoin.Millis      `json:"updated_at"`
}

// WebhookList is all webhooks of the domain.
type WebhookList struct {
	Webhooks []Webhook `json:"webhooks"`
}

// Delivery is one event for one webhook.
type Delivery struct {
	ID        string        `json:"id"`    // the event_id
	State     string        `json:"state"` // waiting, delivered, failed or dropped
	Event     string        `json:"event"`
	What      []string      `json:"what"` // the keys of its updates
	IssueID   int64         `json:"issue_id"`
	Attempts  int64         `json:"attempts"`
	NextAt    rejoin.Millis `json:"next_attempt_at,omitempty"`
	Status    int           `json:"status,omitempty"`  // of the newest answer
	Problem   string        `json:"problem,omitempty"` // of the newest attempt
	CreatedAt rejoin.Millis `json:"created_at"`
	DoneAt    rejoin.Millis `json:"done_at,omitempty"`
}

// DeliveryList is a page of a webhook's log, newest first.
type DeliveryList struct {
	Deliveries []Delivery `json:"deliveries"`
	NextKey    string     `json:"next-key,omitempty"` // of the next page; absent at the end
}

// DeliveryDetail is a delivery with what is sent and what came of it.
type DeliveryDetail struct {
	Delivery
	Body json.RawMessage `json:"body"` // what is sent
	Log  []Attempt       `json:"log"`  // newest first, the last 20
}

// Attempt is one try to deliver.
type Attempt struct {
	At      rejoin.Millis `json:"at"`
	TookMs  int64         `json:"took_ms"`
	Status  int           `json:"status,omitempty"`
	Answer  string        `json:"answer,omitempty"` // the first 2,000 characters
	Problem string        `json:"problem,omitempty"`
}

// Replayed says how many deliveries are on their way again.
type Replayed struct {
	Replayed int64 `json:"replayed"`
}

// DeletedWebhook says which webhook is gone.
type DeletedWebhook struct {
	ID string `json:"id"`
}

// webhooks is the programs that are told what happens to issues.
type webhooks struct{ *API }

func (a webhooks) routes() []route {
	form := func(required bool) []web.Parameter {
		return []web.Parameter{
			{Name: "title", Required: required, Says: "1 to 80 characters.", Example: "Warehouse"},
			{Name: "url", Required: required, Says: "Where events are posted, over https.", Example: "https://hooks.example.com/rejoin"},
			{Name: "event", Required: required, Says: "What is told.", Values: []string{"create_issue", "update_issue"}, Example: "update_issue"},
			{Name: "all", Kind: web.List, Says: "Conditions that the issue must meet, as JSON.", Example: `[{"subject":"tags","op":"is","values":["vip"]}]`},
			{Name: "any", Kind: web.List, Says: "Conditions of which it must meet one, as JSON; at most 10 in both lists."},
		}
	}
	change := append(form(false), web.Parameter{Name: "paused", Kind: web.Flag, Says: "True: nothing is sent, what happens waits for up to 30 days. False: it goes on with what has waited."})
	return []route{
		{web.Operation{Pattern: "GET /v1/{domain}/webhooks", Name: "listWebhooks", Group: "Webhooks", Out: WebhookList{}, Says: "The domain's webhooks by title."}, a.list},
		{web.Operation{Pattern: "POST /v1/{domain}/webhooks", Name: "makeWebhook", Group: "Webhooks", Status: 201, Form: form(true), Out: Webhook{},
			Says: "Makes a webhook, at most 20. What happens from now on is told. The answer has the secret that signs it, this once."}, a.add},
		{web.Operation{Pattern: "GET /v1/{domain}/webhooks/{webhook}", Name: "getWebhook", Group: "Webhooks", Out: Webhook{}, Says: "One webhook, and how it is doing."}, a.one},
		{web.Operation{Pattern: "PUT /v1/{domain}/webhooks/{webhook}", Name: "setWebhook", Group: "Webhooks", Form: change, Out: Webhook{},
			Says: "Changes what is given of a webhook, pauses it, or lets it go on."}, a.change},
		{web.Operation{Pattern: "DELETE /v1/{domain}/webhooks/{webhook}", Name: "deleteWebhook", Group: "Webhooks", Out: DeletedWebhook{},
			Says: "Deletes a webhook with its log. What waits is not sent."}, a.remove},
		{web.Operation{Pattern: "GET /v1/{domain}/webhooks/{webhook}/deliveries", Name: "listDeliveries", Group: "Webhooks", Out: DeliveryList{},
			Says: "The webhook's log of 30 days, newest first, 50 on a page.", Query: []web.Parameter{
				{Name: "state", Says: "Only those.", Values: []string{"waiting", "delivered", "failed", "dropped"}},
				{Name: "issue-id", Kind: web.Number, Says: "Only those about the issue with the number."},
				{Name: "next-key", Says: "From the page before."},
			}}, a.deliveries},
		{web.Operation{Pattern: "GET /v1/{domain}/webhooks/{webhook}/deliveries/{delivery}", Name: "getDelivery", Group: "Webhooks", Out: DeliveryDetail{},
			Says: "One delivery with what is sent and what the program has answered."}, a.delivery},
		{web.Operation{Pattern: "POST /v1/{domain}/webhooks/{webhook}/replay", Name: "replayDeliveries", Group: "Webhooks", Out: Replayed{},
			Says: "Sends deliveries again, with the ids they had and in their order: one, or at most 10,000 of a period.", Form: []web.Parameter{
				{Name: "delivery-id", Says: "One delivery."},
				{Name: "from", Kind: web.Number, Says: "Those made from then on, in milliseconds."},
				{Name: "to", Kind: web.Number, Says: "And before then."},
				{Name: "failed", Kind: web.Flag, Says: "Only what was given up or dropped."},
			}}, a.replay},
	}
}

func (a webhooks) list(c call) (any, error) {
	list, err := a.Core.Webhooks.List(c.r.Context(), c.agent)
	return WebhookList{mapped(list, webhookOf)}, err
}

func (a webhooks) one(c call) (any, error) {
	w, err := a.Core.Webhooks.One(c.r.Context(), c.agent, c.r.PathValue("webhook"))
	return webhookOf(w), err
}

func (a webhooks) add(c call) (any, error) {
	o, err := c.once(uploads{})
	if err != nil {
		return nil, err
	}
	in, err := c.webhook(rejoin.Webhook{})
	if err != nil {
		return nil, err
	}
	w, err := a.Core.Webhooks.Make(c.r.Context(), c.agent, o, in)
	return created{webhookOf(w)}, err
}

// webhook writes the parameters that are given over a webhook.
func (c call) webhook(w rejoin.Webhook) (rejoin.Webhook, error) {
	const like = `[{"subject":"tags","op":"is","values":["vip"]}]`
	if c.given("title") {
		w.Title = c.text("title")
	}
	if c.given("url") {
		w.URL = c.text("url")
	}
	if c.given("event") {
		w.Event = rejoin.WebhookEvent(c.text("event"))
	}
	if c.given("all") {
		w.All = nil
		if err := c.decode("all", &w.All, like); err != nil {
			return w, err
		}
	}
	if c.given("any") {
		w.Any = nil
		if err := c.decode("any", &w.Any, like); err != nil {
			return w, err
		}
	}
	return w, nil
}

func (a webhooks) change(c call) (any, error) {
	id := c.r.PathValue("webhook")
	was, err := a.Core.Webhooks.One(c.r.Context(), c.agent, id)
	if err != nil {
		return nil, err
	}
	in, err := c.webhook(was.Webhook)
	if err != nil {
		return nil, err
	}
	paused, err := c.flag("paused", was.Webhook.Pause.Since > 0)
	if err != nil {
		return nil, err
	}
	if c.given("title") || c.given("url") || c.given("event") || c.given("all") || c.given("any") {
		if _, err := a.Core.Webhooks.Set(c.r.Context(), c.agent, id, in); err != nil {
			return nil, err
		}
	}
	if _, err := a.Core.Webhooks.SetPaused(c.r.Context(), c.agent, id, paused, false); err != nil {
		return nil, err
	}
	return a.one(c)
}

func (a webhooks) remove(c call) (any, error) {
	id := c.r.PathValue("webhook")
	_, err := a.Core.Webhooks.Delete(c.r.Context(), c.agent, id)
	return DeletedWebhook{id}, err
}

func (a webhooks) deliveries(c call) (any, error) {
	number, err := c.number("issue-id", 0, 1, 1<<53)
	if err != nil {
		return nil, err
	}
	p, err := a.Core.Webhooks.Page(c.r.Context(), c.agent, c.r.PathValue("webhook"), core.DeliverySearch{State: rejoin.DeliveryState(c.text("state")), Number: number,
		Cursor: c.text("next-key")})
	return DeliveryList{mapped(p.Deliveries, deliveryOf), p.Next}, pageError(err)
}

// pageError gives a bad cursor the name that programs know it by.
func pageError(err error) error {
	if e, ok := errors.AsType[*rejoin.Error](err); ok && e.Field == "cursor" {
		return about("next-key", err)
	}
	return err
}

func (a webhooks) delivery(c call) (any, error) {
	d, err := a.Core.Webhooks.Delivery(c.r.Context(), c.agent, c.r.PathValue("webhook"), c.r.PathValue("delivery"))
	if err != nil {
		return nil, err
	}
	return DeliveryDetail{deliveryOf(d.Delivery), json.RawMessage(d.Body), mapped(d.Log, func(t rejoin.DeliveryAttempt) Attempt { return Attempt(t) })}, nil
}

func (a webhooks) replay(c call) (any, error) {
	from, err := c.millis("from")
	if err != nil {
		return nil, err
	}
	to, err := c.millis("to")
	if err != nil {
		return nil, err
	}
	failed, err := c.flag("failed", false)
	if err != nil {
		return nil, err
	}
	n, err := a.Core.Webhooks.Replay(c.r.Context(), c.agent, c.r.PathValue("webhook"), store.Replay{ID: c.text("delivery-id"), From: from, To: to, Failed: failed})
	return Replayed{n}, err
}

func webhookOf(s core.WebhookState) Webhook {
	w := s.Webhook
	out := Webhook{ID: w.ID, Title: w.Title, URL: w.URL, Event: string(w.Event), All: append([]rejoin.Condition{}, w.All...), Any: append([]rejoin.Condition{}, w.Any...),
		Paused: w.Pause.Since > 0, PausedAt: w.Pause.Since, PausedBy: w.Pause.By, PauseReason: string(w.Pause.Reason), FailingSince: w.Health.FailingSince,
		LastAttempt: w.Health.LastAt, LastWords: w.Health.LastWords, Waiting: s.Counts.Waiting, CreatedBy: w.CreatedBy, CreatedAt: w.CreatedAt, UpdatedAt: w.UpdatedAt}
	for _, secret := range s.Secrets {
		if secret.Value != "" {
			out.Secret = secret.Value
		}
	}
	return out
}

func deliveryOf(d rejoin.Delivery) Delivery {
	return Delivery{ID: d.ID, State: string(d.State), Event: string(d.Event), What: append([]string{}, d.What...), IssueID: d.Number, Attempts: d.Attempts,
		NextAt: d.NextAt, Status: d.Status, Problem: d.Problem, CreatedAt: d.CreatedAt, DoneAt: d.DoneAt}
}
