package rejoin

import "encoding/json"

// EventKind names what happened to an issue. Messages are their own record and need no event in the timeline.
type EventKind string

const (
	EventCreated      EventKind = "created"
	EventAssigned     EventKind = "assigned"
	EventStateChanged EventKind = "state_changed"
	EventProfile      EventKind = "profile"    // name or address learned
	EventFollowUp     EventKind = "follow_up"  // a step of a follow-up
	EventSuppressed   EventKind = "suppressed" // the user wants no more e-mail
	EventLinksRevoked EventKind = "links_revoked"
	EventLoggedIn     EventKind = "logged_in"  // an anonymous user's conversation goes on with the person who has logged in
	EventResolution   EventKind = "resolution" // the user has answered whether it helped
	EventFeedback     EventKind = "feedback"   // the user has rated the conversation
	EventNote         EventKind = "note"       // an agent has noted something for the team
	EventTagsChanged  EventKind = "tags_changed"
	EventFieldChanged EventKind = "field_changed"
	EventQueued       EventKind = "queued"   // into another queue, or out of all
	EventBot          EventKind = "bot"      // a bot has begun, ended, failed…
	EventRule         EventKind = "rule"     // an automation has run
	EventRedacted     EventKind = "redacted" // a message's text and files were taken away for good
	EventErased       EventKind = "erased"   // the user's data was, and with it all that was written here
)

// Visible reports whether the issue itself looks different to who reads it, so that programs have to read it again.
func (k EventKind) Visible() bool {
	switch k {
	case EventFollowUp, EventSuppressed, EventLinksRevoked, EventBot, EventRule:
		return false
	}
	return true
}

// ActorKind says who caused an event.
type ActorKind string

const (
	ByUser   ActorKind = "end-user"
	ByAgent  ActorKind = "agent"
	ByBot    ActorKind = "bot"
	BySystem ActorKind = "system"
	ByRule   ActorKind = "automation"
	ByAPI    ActorKind = "api" // a program of the company with an API key
)

// Actor is who caused an event.
type Actor struct {
	Kind ActorKind `json:"kind"`
	ID   string    `json:"id"`
	Name string    `json:"name"`
}

// Event is one entry of an issue's timeline. N is 1, 2, 3… per issue without gaps.
type Event struct {
	IssueID   string
	N         int64
	Kind      EventKind
	Actor     Actor
	Data      EventData
	CreatedAt Millis
}

// EventData is what an event says besides its kind; each kind fills its own fields.
type EventData struct {
	State    IssueState    `json:"state,omitempty"`     // state_changed: the new state
	Assignee string        `json:"assignee,omitempty"`  // assigned: the agent's name; empty means nobody
	Name     string        `json:"name,omitempty"`      // profile
	Email    string        `json:"email,omitempty"`     // profile, suppressed
	Kind     string        `json:"kind,omitempty"`      // suppressed: the SuppressionKind
	FollowUp *FollowUpStep `json:"follow_up,omitempty"` // follow_up
	Accepted bool          `json:"accepted,omitempty"`  // resolution: it helped
	Rating   int           `json:"rating,omitempty"`    // feedback: 1 to 5
	Comment  string        `json:"comment,omitempty"`   // feedback
	Note     string        `json:"note,omitempty"`      // note: its text
	NoteID   string        `json:"note_id,omitempty"`   // note
	Added    []string      `json:"added,omitempty"`     // tags_changed
	Removed  []string      `json:"removed,omitempty"`   // tags_changed
	Key      string        `json:"key,omitempty"`       // field_changed
	Label    string        `json:"label,omitempty"`     // field_changed: the field's label
	Queue    string        `json:"queue,omitempty"`     // queued: its name; empty means out of all
	Bot      *BotNote      `json:"bot,omitempty"`       // bot
	Rule     *RuleNote     `json:"rule,omitempty"`      // rule
	Value    string        `json:"value,omitempty"`     // field_changed: the beginning of what it holds now, as people read it; empty if it was unset
}

// FollowUpStep is a follow-up as one event of the timeline sees it.
type FollowUpStep struct {
	ID       string `json:"id"`
	Step     string `json:"step"` // a FollowUpState, or restarted, held, released, opened, returned, replied
	Reason   Reason `json:"reason,omitempty"`
	FromSeq  int64  `json:"from_seq"`
	ToSeq    int64  `json:"to_seq"`
	DueAt    Millis `json:"due_at,omitempty"`
	Address  string `json:"address,omitempty"`
	Response string `json:"response,omitempty"`

	Cause     Origin `json:"cause,omitempty"`     // restarted: who wrote the newest message
	Postponed int    `json:"postponed,omitempty"` // restarted: how often bots and automations have put this span off so far
}

// JSON returns d as stored.
func (d EventData) JSON() []byte {
	b, err := json.Marshal(d)
	if err != nil {
		panic(err) // a struct of strings and numbers cannot fail
	}
	return b
}
