package archive

import "rejoin"

// Person is who a user is: data.json of the export of one user begins with it. Times are Unix milliseconds; what is not known is left out.
type Person struct {
	ID          string             `json:"id"`
	App         string             `json:"app"`
	Name        string             `json:"name,omitempty"`
	Email       string             `json:"email,omitempty"`
	EmailSource rejoin.EmailSource `json:"email_source,omitempty"` // typed by the person, asserted by the site, or verified by it
	ExternalID  string             `json:"external_id,omitempty"`  // what the site calls the user
	Language    string             `json:"language,omitempty"`
	TimeZone    string             `json:"timezone,omitempty"`
	Presence    rejoin.Presence    `json:"presence,omitempty"`
	CreatedAt   rejoin.Millis      `json:"created_at"`
	SeenAt      rejoin.Millis      `json:"seen_at"`
	ErasedAt    rejoin.Millis      `json:"erased_at,omitempty"`

	Attributes rejoin.Attributes `json:"attributes,omitzero"` // what the site has told
	Identities []Identity        `json:"identities,omitempty"`
	Browsers   []Browser         `json:"browsers,omitempty"`
	Addresses  []AddressKnown    `json:"addresses,omitempty"` // each that was known, and since when
	Presences  []PresenceSeen    `json:"presences,omitempty"` // of the last 120 days
	Refused    []MailRefused     `json:"refused,omitempty"`   // wishes not to be mailed
}

// Identity is another way the site knows the user by.
type Identity struct {
	Identifier string            `json:"identifier"`
	Value      string            `json:"value"`
	Metadata   map[string]string `json:"metadata,omitempty"`
}

// Browser is one in which the user is, or was, known.
type Browser struct {
	Device    string        `json:"device,omitempty"`
	CreatedAt rejoin.Millis `json:"created_at"`
	SeenAt    rejoin.Millis `json:"seen_at"`
	EndedAt   rejoin.Millis `json:"ended_at"` // or will end, if the user does not come back
}

// AddressKnown is an address and since when it was the user's.
type AddressKnown struct {
	Email  string             `json:"email"`
	Source rejoin.EmailSource `json:"source,omitempty"`
	Since  rejoin.Millis      `json:"since"`
}

// PresenceSeen is when the user came or went.
type PresenceSeen struct {
	At       rejoin.Millis   `json:"at"`
	Presence rejoin.Presence `json:"presence"`
}

// MailRefused is a wish not to be mailed.
type MailRefused struct {
	Kind  rejoin.SuppressionKind `json:"kind"`
	Since rejoin.Millis          `json:"since"`
}

// Conversation is everything that is kept of one issue.
type Conversation struct {
	ID        string             `json:"id"`
	Number    int64              `json:"number"`
	Title     string             `json:"title,omitempty"`
	State     rejoin.IssueState  `json:"state"`
	StartURL  string             `json:"start_url,omitempty"`
	Meta      rejoin.Meta        `json:"meta"`
	Tags      []string           `json:"tags,omitempty"`
	Fields    rejoin.FieldValues `json:"fields,omitempty"`
	Rating    int                `json:"rating,omitempty"`
	Comment   string             `json:"comment,omitempty"`
	CreatedAt rejoin.Millis      `json:"created_at"`
	UpdatedAt rejoin.Millis      `json:"updated_at"`
	Messages  []Message          `json:"messages"`
	Timeline  []Event            `json:"timeline"` // what happened, private notes among it
	Mails     []Mail             `json:"follow_ups,omitempty"`
	Answers   []BotAnswers       `json:"bot_answers,omitempty"`
}

// Message is one message. What was taken back has no text any more.
type Message struct {
	Seq       int64         `json:"seq"`
	Origin    rejoin.Origin `json:"origin"`
	Author    string        `json:"author,omitempty"` // not the user's, who is named above
	Body      string        `json:"body"`
	Files     []File        `json:"files,omitempty"`
	EditedAt  rejoin.Millis `json:"edited_at,omitempty"`
	DeletedAt rejoin.Millis `json:"deleted_at,omitempty"`
	CreatedAt rejoin.Millis `json:"created_at"`
}

// File is a file of a message. Path is where the zip file has it.
type File struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Size int64  `json:"size"`
	Path string `json:"path"`
}

// Event is one entry of the timeline.
type Event struct {
	Kind  rejoin.EventKind `json:"kind"`
	Actor string           `json:"actor,omitempty"`
	Data  rejoin.EventData `json:"data"`
	At    rejoin.Millis    `json:"at"`
}

// Mail is a follow-up e-mail, or why there was none.
type Mail struct {
	State      rejoin.FollowUpState `json:"state"`
	Reason     rejoin.Reason        `json:"reason,omitempty"`
	Address    string               `json:"address,omitempty"`
	CreatedAt  rejoin.Millis        `json:"created_at"`
	SentAt     rejoin.Millis        `json:"sent_at,omitempty"`
	OpenedAt   rejoin.Millis        `json:"opened_at,omitempty"`
	ReturnedAt rejoin.Millis        `json:"returned_at,omitempty"`
	RepliedAt  rejoin.Millis        `json:"replied_at,omitempty"`
}

// BotAnswers is what a bot was told, or found out.
type BotAnswers struct {
	StartedAt rejoin.Millis     `json:"started_at"`
	Answers   map[string]string `json:"answers"`
}
