package agentapi

import "rejoin"

// Webhook tells a program of the company what happens to issues (reference §8): GET /agent/v1/webhooks, for administrators.
type Webhook struct {
	ID        string             `json:"id"`
	Title     string             `json:"title"`
	URL       string             `json:"url"`
	Event     string             `json:"event"` // create_issue or update_issue
	All       []rejoin.Condition `json:"all,omitempty"`
	Any       []rejoin.Condition `json:"any,omitempty"`
	Secrets   []WebhookSecret    `json:"secrets"` // one, or two while the receiver changes from one to the other
	Paused    *WebhookPause      `json:"paused,omitempty"`
	Waiting   int64              `json:"waiting"`              // deliveries on their way, at most 10,000 counted
	Failing   rejoin.Millis      `json:"failing,omitempty"`    // since when nothing has arrived any more; zero if the newest attempt was a success
	LastAt    rejoin.Millis      `json:"last_at,omitempty"`    // of the newest attempt
	LastWords string             `json:"last_words,omitempty"` // what came of it, in one sentence
	Delivered int64              `json:"delivered"`            // within 24 hours
	Failed    int64              `json:"failed"`               // attempts within 24 hours
	CreatedBy string             `json:"created_by"`
	CreatedAt rejoin.Millis      `json:"created_at"`
}

// WebhookSecret is a key that signs what is sent, as Standard Webhooks has it: whsec_ and base64. Its value is told by its own request, which is audited.
type WebhookSecret struct {
	ID        string        `json:"id"`
	CreatedAt rejoin.Millis `json:"created_at"`
}

// WebhookPause says why nothing is sent at present. What happens meanwhile waits, for at most 30 days.
type WebhookPause struct {
	By     string        `json:"by"`               // the agent's name; empty if it was switched off by itself
	Reason string        `json:"reason,omitempty"` // gone: the program answered 410; failing: nothing arrived for a day
	Since  rejoin.Millis `json:"since"`
}

// Webhooks is all of them by title.
type Webhooks struct {
	Webhooks []Webhook `json:"webhooks"`
}

// SetWebhook is POST /agent/v1/webhooks and PUT /agent/v1/webhooks/{webhook}; both answer Webhooks. DELETE /agent/v1/webhooks/{webhook} drops it with
// its log. POST …/pause takes SetPaused.
type SetWebhook struct {
	Title string             `json:"title"`
	URL   string             `json:"url"`
	Event string             `json:"event"`
	All   []rejoin.Condition `json:"all,omitempty"`
	Any   []rejoin.Condition `json:"any,omitempty"`
}

// SetPaused is POST /agent/v1/webhooks/{webhook}/pause. Going on sends what has waited, in its order. Answers Webhooks.
type SetPaused struct {
	Paused bool `json:"paused"`
	Drop   bool `json:"drop,omitempty"` // when going on: what has waited is not sent, but kept in the log
}

// SecretValue is the answer to GET /agent/v1/webhooks/{webhook}/secrets/{secret}. POST …/secrets makes a second one, DELETE …/secrets/{secret} drops one of two; both
// answer Webhooks.
type SecretValue struct {
	Value string `json:"value"`
}

// TryWebhook is POST /agent/v1/webhooks/try: one delivery now, of an example or of a real issue, to an address that need not be stored. It is not logged.
type TryWebhook struct {
	URL       string `json:"url"`
	Event     string `json:"event"`
	WebhookID string `json:"webhook_id,omitempty"` // whose secrets sign it
	Number    int64  `json:"number,omitempty"`     // of the issue; zero for an example
}

// Delivery is one event for one webhook: GET /agent/v1/webhooks/{webhook}/deliveries?cursor=…&state=…&number=…, newest first.
type Delivery struct {
	ID        string        `json:"id"`             // the event_id, and the header webhook-id
	State     string        `json:"state"`          // waiting, delivered, failed (given up), dropped
	Event     string        `json:"event"`          // create_issue or update_issue
	What      []string      `json:"what,omitempty"` // update_issue: the keys of its updates
	IssueID   string        `json:"issue_id"`
	Number    int64         `json:"number"` // of the issue
	Attempts  int           `json:"attempts"`
	NextAt    rejoin.Millis `json:"next_at,omitempty"` // waiting: not before
	Status    int           `json:"status,omitempty"`  // of the newest answer; zero if there was none
	Problem   string        `json:"problem,omitempty"` // of the newest attempt, in one sentence
	CreatedAt rejoin.Millis `json:"created_at"`
	DoneAt    rejoin.Millis `json:"done_at,omitempty"`
}

// Deliveries is a page of the log.
type Deliveries struct {
	Deliveries []Delivery `json:"deliveries"`
	Next       string     `json:"next,omitempty"` // cursor of the next page
}

// DeliveryDetail is GET /agent/v1/webhooks/{webhook}/deliveries/{delivery}, and the answer to TryWebhook.
type DeliveryDetail struct {
	Delivery Delivery          `json:"delivery"`
	URL      string            `json:"url"`
	Headers  map[string]string `json:"headers"` // that go along; the signature is cut
	Body     string            `json:"body"`    // JSON
	Log      []Attempt         `json:"log"`     // newest first, the last 20
}

// Attempt is one try to deliver.
type Attempt struct {
	At      rejoin.Millis `json:"at"`
	TookMs  int64         `json:"took_ms"`
	Status  int           `json:"status,omitempty"`
	Answer  string        `json:"answer,omitempty"` // the first 2,000 characters of the body
	Problem string        `json:"problem,omitempty"`
}

// Replay is POST /agent/v1/webhooks/{webhook}/replay: deliveries are sent again with the ids they had, in their order. One, or all that were made in a period, at
// most 10,000.
type Replay struct {
	DeliveryID string        `json:"delivery_id,omitempty"`
	From       rejoin.Millis `json:"from,omitempty"`
	To         rejoin.Millis `json:"to,omitempty"`     // exclusive
	Failed     bool          `json:"failed,omitempty"` // only what was given up or dropped
}

// Replayed says how many are on their way again.
type Replayed struct {
	Count int64 `json:"count"`
}

func wireOfWebhooks() []any {
	return []any{Webhooks{}, SetWebhook{}, SetPaused{}, SecretValue{}, TryWebhook{}, Deliveries{}, DeliveryDetail{}, Replay{}, Replayed{}}
}
