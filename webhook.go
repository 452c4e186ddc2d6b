package rejoin

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Webhook tells a program of the company what happens to issues (reference §8).
type Webhook struct {
	ID        string
	DomainID  string
	Title     string // 1 to 80 characters, unique in the domain
	URL       string
	Event     WebhookEvent
	All       []Condition   // that the issue must meet when it is told
	Any       []Condition   // one of which it must meet, where there are some
	Pause     WebhookPause  // zero while it delivers
	Health    WebhookHealth // how deliveries have gone
	CreatedBy string        // the agent's name
	CreatedAt Millis        // what happened before is not told
	UpdatedAt Millis
}

// WebhookEvent is what a webhook tells of.
type WebhookEvent string

const (
	CreateIssue WebhookEvent = "create_issue" // a new issue
	UpdateIssue WebhookEvent = "update_issue" // whatever happens to one
)

// WebhookPause says since when nothing is sent, and why. What happens meanwhile waits.
type WebhookPause struct {
	Since  Millis
	By     string // the agent's name; empty if it was switched off by itself
	Reason PauseReason
}

// PauseReason is why a webhook was switched off by itself.
type PauseReason string

const (
	PauseGone    PauseReason = "gone"    // the program has answered 410: it wants nothing any more
	PauseFailing PauseReason = "failing" // nothing arrived for a day
)

// WebhookHealth is how the newest attempts to deliver have gone.
type WebhookHealth struct {
	FailingSince Millis // when the first of the attempts was that have failed in a row; zero if the newest was a success
	Streak       int64  // how many have failed in a row
	RetryAt      Millis // nothing is sent before, while many fail in a row
	LastAt       Millis // of the newest attempt
	LastWords    string // what came of it, in one sentence
}

// Limits of webhooks.
const (
	MaxWebhooks          = 20 // of a domain
	MaxWebhookConditions = 10 // of one
)

// WebhookSecret is a key that signs what a webhook sends (Standard Webhooks): whsec_ and the base64 of its bytes. A webhook has one, or two while the receiver
// changes from one to the other.
type WebhookSecret struct {
	ID        string
	WebhookID string
	Value     string
	CreatedAt Millis
}

// Delivery is one event for one webhook.
type Delivery struct {
	ID        string // a UUID: the event_id, the same at each attempt
	WebhookID string
	DomainID  string
	IssueID   string
	Number    int64 // of the issue
	N         int64 // its place among the issue's deliveries: they go out in this order
	Event     WebhookEvent
	What      []string // update_issue: the keys of its updates
	State     DeliveryState
	Attempts  int64  // since it was put on its way
	FirstAt   Millis // of the first of them; zero before
	NextAt    Millis // waiting: not before
	Status    int    // of the newest answer; zero if there was none
	Problem   string // of the newest attempt, in one sentence; empty after a success
	CreatedAt Millis
	DoneAt    Millis // zero while it waits
}

// DeliveryState is where a delivery stands.
type DeliveryState string

const (
	DeliveryWaiting   DeliveryState = "waiting"
	DeliveryDelivered DeliveryState = "delivered" // the program has answered with 2xx
	DeliveryFailed    DeliveryState = "failed"    // given up after a day
	DeliveryDropped   DeliveryState = "dropped"   // never sent: somebody wanted so, or it has waited too long
)

// DeliveryStates lists every state.
var DeliveryStates = [...]DeliveryState{DeliveryWaiting, DeliveryDelivered, DeliveryFailed, DeliveryDropped}

// DeliveryAttempt is one try to deliver.
type DeliveryAttempt struct {
	At      Millis
	TookMs  int64
	Status  int    // of the answer; zero if there was none
	Answer  string // the beginning of the answer's body
	Problem string // in one sentence; empty for a success
}

// Check returns the webhook as we keep it, or the first thing that is wrong with it. Whether its address may be called, and whether what its conditions name
// exists, is not looked at.
func (w Webhook) Check() (Webhook, error) {
	w.Title = strings.Join(strings.Fields(strings.Map(dropControl, w.Title)), " ")
	if n := utf8.RuneCountInString(w.Title); n < 1 || n > 80 || !utf8.ValidString(w.Title) {
		return w, InvalidField("title", "A webhook's title has 1 to 80 characters.")
	}
	w.URL = strings.TrimSpace(w.URL)
	if len(w.URL) > MaxURL || !utf8.ValidString(w.URL) || hasControl(w.URL) {
		return w, InvalidField("url", "Give a whole address of at most %d characters, such as https://api.example.com/hooks.", MaxURL)
	}
	if w.Event != CreateIssue && w.Event != UpdateIssue {
		return w, InvalidField("event", "The event is create_issue or update_issue.")
	}
	if len(w.All)+len(w.Any) > MaxWebhookConditions {
		return w, InvalidField("all", "A webhook has at most %d conditions.", MaxWebhookConditions)
	}
	like := Rule{Trigger: OnUpdate} // the same conditions make sense
	if err := like.checkConditions("all", w.All); err != nil {
		return w, err
	}
	return w, like.checkConditions("any", w.Any)
}

// Meets reports whether the issue of the view is one that the webhook tells of.
func (w Webhook) Meets(v View) bool {
	holds := func(c Condition) bool { return c.Holds(v) }
	return !slices.ContainsFunc(w.All, func(c Condition) bool { return !c.Holds(v) }) && (len(w.Any) == 0 || slices.ContainsFunc(w.Any, holds))
}
