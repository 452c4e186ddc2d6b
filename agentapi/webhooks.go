package agentapi

import (
	"strconv"

	"rejoin"
	"rejoin/core"
	"rejoin/store"
	"rejoin/web"
)

// webhooks is the programs that are told what happens to issues.
type webhooks struct{ *API }

// routes are the webhooks, for administrators.
func (a webhooks) routes() []route {
	return []route{
		{"GET /agent/v1/webhooks", rejoin.Administer, a.list},
		{"POST /agent/v1/webhooks", rejoin.Administer, a.add},
		{"PUT /agent/v1/webhooks/{webhook}", rejoin.Administer, a.change},
		{"DELETE /agent/v1/webhooks/{webhook}", rejoin.Administer, a.remove},
		{"POST /agent/v1/webhooks/{webhook}/pause", rejoin.Administer, a.pause},
		{"POST /agent/v1/webhooks/{webhook}/secrets", rejoin.Administer, a.addSecret},
		{"GET /agent/v1/webhooks/{webhook}/secrets/{secret}", rejoin.Administer, a.reveal},
		{"DELETE /agent/v1/webhooks/{webhook}/secrets/{secret}", rejoin.Administer, a.dropSecret},
		{"POST /agent/v1/webhooks/try", rejoin.Administer, a.try},
		{"GET /agent/v1/webhooks/{webhook}/deliveries", rejoin.Administer, a.deliveries},
		{"GET /agent/v1/webhooks/{webhook}/deliveries/{delivery}", rejoin.Administer, a.delivery},
		{"POST /agent/v1/webhooks/{webhook}/replay", rejoin.Administer, a.replay},
	}
}

func (a webhooks) list(c call) (any, error) {
	return webhooksOf(a.Core.Webhooks.List(c.r.Context(), c.agent))
}

func (a webhooks) add(c call) (any, error) { return a.set(c, "") }

func (a webhooks) change(c call) (any, error) { return a.set(c, c.r.PathValue("webhook")) }

func (a webhooks) set(c call, id string) (any, error) {
	var in SetWebhook
	if err := web.ReadJSON(c.w, c.r, &in, maxSettings); err != nil {
		return nil, err
	}
	w := rejoin.Webhook{Title: in.Title, URL: in.URL, Event: rejoin.WebhookEvent(in.Event), All: in.All, Any: in.Any}
	if _, err := a.Core.Webhooks.Set(c.r.Context(), c.agent, id, w); err != nil {
		return nil, err
	}
	return a.list(c)
}

func (a webhooks) remove(c call) (any, error) {
	return webhooksOf(a.Core.Webhooks.Delete(c.r.Context(), c.agent, c.r.PathValue("webhook")))
}

func (a webhooks) pause(c call) (any, error) {
	var in SetPaused
	if err := web.ReadJSON(c.w, c.r, &in, maxSettings); err != nil {
		return nil, err
	}
	return webhooksOf(a.Core.Webhooks.SetPaused(c.r.Context(), c.agent, c.r.PathValue("webhook"), in.Paused, in.Drop))
}

func (a webhooks) addSecret(c call) (any, error) {
	return webhooksOf(a.Core.Webhooks.MakeSecret(c.r.Context(), c.agent, c.r.PathValue("webhook")))
}

func (a webhooks) reveal(c call) (any, error) {
	value, err := a.Core.Webhooks.Reveal(c.r.Context(), c.agent, c.r.PathValue("webhook"), c.r.PathValue("secret"))
	return SecretValue{Value: value}, err
}

func (a webhooks) dropSecret(c call) (any, error) {
	return webhooksOf(a.Core.Webhooks.DropSecret(c.r.Context(), c.agent, c.r.PathValue("webhook"), c.r.PathValue("secret")))
}

func (a webhooks) try(c call) (any, error) {
	if err := a.tests.Allow(c.agent.ID); err != nil {
		return nil, err
	}
	var in TryWebhook
	if err := web.ReadJSON(c.w, c.r, &in, maxSettings); err != nil {
		return nil, err
	}
	d, err := a.Core.Webhooks.Try(c.r.Context(), c.agent, core.HookTry{URL: in.URL, Event: rejoin.WebhookEvent(in.Event), WebhookID: in.WebhookID, Number: in.Number})
	return deliveryDetailOf(d), err
}

func (a webhooks) deliveries(c call) (any, error) {
	q := c.r.URL.Query()
	in := core.DeliverySearch{State: rejoin.DeliveryState(q.Get("state")), Cursor: q.Get("cursor")}
	if text := q.Get("number"); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 1 {
			return nil, rejoin.InvalidField("number", "Give the number of a conversation.")
		}
		in.Number = n
	}
	p, err := a.Core.Webhooks.Page(c.r.Context(), c.agent, c.r.PathValue("webhook"), in)
	return Deliveries{Deliveries: mapped(p.Deliveries, deliveryOf), Next: p.Next}, err
}

func (a webhooks) delivery(c call) (any, error) {
	d, err := a.Core.Webhooks.Delivery(c.r.Context(), c.agent, c.r.PathValue("webhook"), c.r.PathValue("delivery"))
	return deliveryDetailOf(d), err
}

func (a webhooks) replay(c call) (any, error) {
	var in Replay
	if err := web.ReadJSON(c.w, c.r, &in, maxSettings); err != nil {
		return nil, err
	}
	n, err := a.Core.Webhooks.Replay(c.r.Context(), c.agent, c.r.PathValue("webhook"), store.Replay{ID: in.DeliveryID, From: in.From, To: in.To, Failed: in.Failed})
	return Replayed{Count: n}, err
}

func webhooksOf(list []core.WebhookState, err error) (any, error) {
	return Webhooks{Webhooks: mapped(list, webhookOf)}, err
}

func webhookOf(s core.WebhookState) Webhook {
	w := s.Webhook
	out := Webhook{ID: w.ID, Title: w.Title, URL: w.URL, Event: string(w.Event), All: listOf(w.All), Any: listOf(w.Any), Secrets: mapped(s.Secrets, secretOf),
		Waiting: s.Counts.Waiting, Failing: w.Health.FailingSince, LastAt: w.Health.LastAt, LastWords: w.Health.LastWords, Delivered: s.Counts.Delivered,
		Failed: s.Counts.Failed, CreatedBy: w.CreatedBy, CreatedAt: w.CreatedAt}
	if w.Pause.Since > 0 {
		out.Paused = &WebhookPause{By: w.Pause.By, Reason: string(w.Pause.Reason), Since: w.Pause.Since}
	}
	return out
}

func secretOf(s rejoin.WebhookSecret) WebhookSecret {
	return WebhookSecret{ID: s.ID, CreatedAt: s.CreatedAt}
}

func deliveryOf(d rejoin.Delivery) Delivery {
	return Delivery{ID: d.ID, State: string(d.State), Event: string(d.Event), What: d.What, IssueID: d.IssueID, Number: d.Number, Attempts: int(d.Attempts),
		NextAt: d.NextAt, Status: d.Status, Problem: d.Problem, CreatedAt: d.CreatedAt, DoneAt: d.DoneAt}
}

func deliveryDetailOf(d core.DeliveryDetail) DeliveryDetail {
	return DeliveryDetail{Delivery: deliveryOf(d.Delivery), URL: d.URL, Headers: d.Headers, Body: d.Body,
		Log: mapped(d.Log, func(t rejoin.DeliveryAttempt) Attempt {
			return Attempt{At: t.At, TookMs: t.TookMs, Status: t.Status, Answer: t.Answer, Problem: t.Problem}
		})}
}
