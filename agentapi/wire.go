package agentapi

import (
	"slices"

	"rejoin"
)

// This file is the agent API's vocabulary on the wire. ui/shared/wire.ts is generated from it. Times are Unix milliseconds.

// SignIn is POST /agent/v1/sign-in. It sets the session cookie. Agents with a second factor get the code unauthenticated with the field code until
// they give one, of the authenticator or for recovery.
type SignIn struct {
	Email    string `json:"email"`
	Password string `json:"password"`
	Code     string `json:"code,omitempty"`
}

// Me is GET /agent/v1/me, and the answer to SignIn.
type Me struct {
	Agent    Agent            `json:"agent"`
	Domain   string           `json:"domain"`
	Features []rejoin.Feature `json:"features"`
	Agents   []Agent          `json:"agents"` // everybody who can be assigned
	Apps     []NamedApp       `json:"apps"`
	Demo     bool             `json:"demo,omitempty"`
}

// Agent is a colleague.
type Agent struct {
	ID        string      `json:"id"`
	Name      string      `json:"name"`
	Nickname  string      `json:"nickname,omitempty"` // what users read instead of the name
	Email     string      `json:"email"`
	Role      rejoin.Role `json:"role"`
	Available bool        `json:"available"`
}

// Row is one line of the inbox. A higher version is newer.
type Row struct {
	ID            string              `json:"id"`
	Number        int64               `json:"number"`
	Version       int64               `json:"version"`
	AppID         string              `json:"app_id"`
	Title         string              `json:"title"`
	State         rejoin.IssueState   `json:"state"`
	AssigneeID    string              `json:"assignee_id,omitempty"`
	AssigneeName  string              `json:"assignee_name,omitempty"`
	QueueID       string              `json:"queue_id,omitempty"`
	QueueName     string              `json:"queue_name,omitempty"`
	Platform      rejoin.PlatformKind `json:"platform"`
	User          User                `json:"user"`
	Preview       string              `json:"preview"`
	PreviewOrigin rejoin.Origin       `json:"preview_origin"`
	Unread        int64               `json:"unread"` // messages no agent has seen
	Closing       rejoin.Closing      `json:"closing,omitempty"`
	Rating        int                 `json:"rating,omitempty"` // 1 to 5
	Tags          []string            `json:"tags,omitempty"`
	FollowUp      *FollowUp           `json:"follow_up,omitempty"`
	CreatedAt     rejoin.Millis       `json:"created_at"`
	UpdatedAt     rejoin.Millis       `json:"updated_at"`
	WaitingSince  rejoin.Millis       `json:"waiting_since,omitempty"` // since when the user waits for an answer
}

// User is the person who writes.
type User struct {
	ID            string             `json:"id"`
	Name          string             `json:"name"`
	Email         string             `json:"email"`
	EmailSource   rejoin.EmailSource `json:"email_source"`
	Language      string             `json:"language"`
	TimeZone      string             `json:"timezone"`
	Presence      rejoin.Presence    `json:"presence"`
	PresenceSince rejoin.Millis      `json:"presence_since"`
	ExternalID    string             `json:"external_id,omitempty"` // userId of the host site
	LoggedIn      bool               `json:"logged_in"`
	Verified      bool               `json:"verified"` // the latest login was signed by the host's server
}

// FollowUp is the newest follow-up of an issue.
type FollowUp struct {
	ID         string               `json:"id"`
	State      rejoin.FollowUpState `json:"state"`
	Reason     rejoin.Reason        `json:"reason"`
	FromSeq    int64                `json:"from_seq"`
	ToSeq      int64                `json:"to_seq"`
	DueAt      rejoin.Millis        `json:"due_at,omitempty"`
	Address    string               `json:"address,omitempty"`
	Held       bool                 `json:"held,omitempty"`
	Response   string               `json:"response,omitempty"`
	SentAt     rejoin.Millis        `json:"sent_at,omitempty"`
	OpenedAt   rejoin.Millis        `json:"opened_at,omitempty"`
	ReturnedAt rejoin.Millis        `json:"returned_at,omitempty"`
	RepliedAt  rejoin.Millis        `json:"replied_at,omitempty"`
}

// Decision is what the follow-up decision says right now.
type Decision struct {
	Action string        `json:"action"` // send, wait or skip
	Reason rejoin.Reason `json:"reason"`
	Until  rejoin.Millis `json:"until,omitempty"` // wait: until then; zero means until something changes
}

// Message is one entry of a conversation, as agents see it.
type Message struct {
	ID          string             `json:"id"`
	Seq         int64              `json:"seq"`
	ClientID    string             `json:"client_id,omitempty"` // only on the asking agent's own messages
	Origin      rejoin.Origin      `json:"origin"`
	AuthorID    string             `json:"author_id"`
	AuthorName  string             `json:"author_name"`
	Body        string             `json:"body"`
	Ask         rejoin.Question    `json:"ask,omitempty"`
	Input       *rejoin.Input      `json:"input,omitempty"` // of a bot's question
	Kind        rejoin.MessageKind `json:"kind,omitempty"`
	Attachments []Attachment       `json:"attachments,omitempty"`
	EditedAt    rejoin.Millis      `json:"edited_at,omitempty"`
	EditedBy    string             `json:"edited_by,omitempty"`  // the agent's name
	DeletedAt   rejoin.Millis      `json:"deleted_at,omitempty"` // then the body is empty and there are no files
	Redacted    bool               `json:"redacted,omitempty"`   // deleted by law or policy, not taken back by its author
	CreatedAt   rejoin.Millis      `json:"created_at"`
}

// Attachment is a file of a message, and the answer to POST /agent/v1/attachments?name=&client_id= with the bytes as the body. Its
// addresses expire after a day: load the message again for fresh ones.
type Attachment struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Type       string `json:"type"` // media type, by content
	Size       int64  `json:"size"` // bytes
	URL        string `json:"url"`
	PreviewURL string `json:"preview_url,omitempty"` // of a picture, scaled down
	Width      int    `json:"width,omitempty"`       // of the preview, in pixels
	Height     int    `json:"height,omitempty"`
}

// Event is one entry of the timeline.
type Event struct {
	N         int64            `json:"n"`
	Kind      rejoin.EventKind `json:"kind"`
	Actor     rejoin.Actor     `json:"actor"`
	Data      rejoin.EventData `json:"data"`
	CreatedAt rejoin.Millis    `json:"created_at"`
}

// Thread is GET /agent/v1/issues/{issue}?after=seq&after_event=n&version=, the answer to every POST about an issue, and the frame for a watched issue.
// Without after it holds the newest 50 messages; older ones come from GET /agent/v1/issues/{issue}/messages?before=seq.
// Of the events it holds the newest 200.
// The POSTs take after, after_event and version (the newest that the client has; it finds what was edited since) in the query too. Those that need no words have the body {}: /ask and /links/revoke. DELETE has no body.
type Thread struct {
	Type     string    `json:"type"` // "thread"
	Issue    Row       `json:"issue"`
	Detail   Detail    `json:"detail"`
	Messages []Message `json:"messages"`
	Changed  []Message `json:"changed,omitempty"` // messages the client has that were edited or taken back since its version
	Events   []Event   `json:"events"`
	More     bool      `json:"more,omitempty"` // older messages exist before the first one here
}

// Detail is what a thread shows beyond the inbox's row.
type Detail struct {
	StartURL       string                    `json:"start_url"`
	Meta           rejoin.Meta               `json:"meta"`
	LastSeq        int64                     `json:"last_seq"`
	UserReadSeq    int64                     `json:"user_read_seq"`
	AgentReadSeq   int64                     `json:"agent_read_seq"`
	Decision       Decision                  `json:"decision"`
	Window         int64                     `json:"window"` // seconds; the app's time for unread messages
	FollowUpsOn    bool                      `json:"follow_ups_on"`
	FullPrivacy    bool                      `json:"full_privacy,omitempty"`
	Comment        string                    `json:"comment,omitempty"` // that came with the rating
	Form           []FormField               `json:"form"`              // custom issue fields
	Outlook        Outlook                   `json:"outlook"`
	Attributes     map[string]map[string]any `json:"attributes,omitempty"` // what the host says of the user: global, app
	Identities     []NamedIdentity           `json:"identities,omitempty"`
	VerificationOn bool                      `json:"verification_on"`
	Bot            *RunningBot               `json:"bot,omitempty"` // that talks with the user right now
}

// RunningBot is a bot at work in an issue.
type RunningBot struct {
	ID    string             `json:"id"`
	Name  string             `json:"name"`
	State rejoin.BotRunState `json:"state"`
}

// NamedIdentity is one of the user's identities that a JWT has named.
type NamedIdentity struct {
	Identifier string `json:"identifier"`
	Value      string `json:"value"`
}

// Older is GET /agent/v1/issues/{issue}/messages?before=seq&before_event=n: a page of older messages, in order of seq, and the events before
// the oldest one the client has. Without before_event there are no events.
type Older struct {
	Messages []Message `json:"messages"`
	Events   []Event   `json:"events"`
	More     bool      `json:"more,omitempty"`
}

// Send is one message: POST /agent/v1/issues/{issue}/messages.
type Send struct {
	ClientID    string   `json:"client_id"`
	Body        string   `json:"body"`
	Attachments []string `json:"attachments,omitempty"` // ids, at most 10; then the body may be empty
	Seen        int64    `json:"seen,omitempty"`        // newest seq the agent saw: a newer message of a colleague is a conflict; zero asks for no such check
	After       int64    `json:"after,omitempty"`
	AfterEvent  int64    `json:"after_event,omitempty"`
	Version     int64    `json:"version,omitempty"`
}

// Read reports how far the agent has read: POST /agent/v1/issues/{issue}/read.
type Read struct {
	Seq int64 `json:"seq"`
}

// Assign is POST /agent/v1/issues/{issue}/assign. An empty agent_id means nobody. From is who the agent saw there, if given: somebody else by
// now is a conflict, whose text says who.
type Assign struct {
	AgentID string  `json:"agent_id"`
	From    *string `json:"from,omitempty"`
}

// SetState is POST /agent/v1/issues/{issue}/state with resolved, rejected or open.
type SetState struct {
	State string            `json:"state"`
	From  rejoin.IssueState `json:"from,omitempty"` // what the agent saw; another one by now is a conflict
}

// SetFollowUp is POST /agent/v1/issues/{issue}/follow-up with send_now, hold or release.
type SetFollowUp struct {
	Action string `json:"action"`
}

// Verification is GET /agent/v1/apps/{app}/identity, for administrators: the page "User identity verification".
type Verification struct {
	Required bool     `json:"required"`
	Secrets  []Secret `json:"secrets"` // newest first; at most two
}

// Secret signs who users are. Its value is not here: POST /agent/v1/apps/{app}/identity/secrets/{secret}/reveal shows it, and notes who has looked.
type Secret struct {
	ID        string        `json:"id"`
	Hint      string        `json:"hint"` // the last four characters
	CreatedAt rejoin.Millis `json:"created_at"`
	CreatedBy string        `json:"created_by"`
}

// SetVerification is PUT /agent/v1/apps/{app}/identity. Switching it on ends the sessions of users who were logged in without a signature.
type SetVerification struct {
	Required bool `json:"required"`
}

// POST /agent/v1/apps/{app}/identity/secrets makes a secret; DELETE …/secrets/{secret} ends one. Both answer Verification.

// Revealed is the answer to POST …/secrets/{secret}/reveal.
type Revealed struct {
	Value string `json:"value"`
}

// TestIdentity is POST /agent/v1/apps/{app}/identity/test: an HMAC token, or a JWT, with what the page would send.
type TestIdentity struct {
	UserID      string `json:"user_id"`
	Email       string `json:"email"`
	FullPrivacy bool   `json:"full_privacy"`
	Token       string `json:"token"`
}

// Tested says whether the token would be taken, and why not.
type Tested struct {
	Valid   bool   `json:"valid"`
	Finding string `json:"finding"` // of package identity, or what is wrong with a JWT (reference §3.3)
	Text    string `json:"text"`    // one or two sentences for people
}

// AuditEntry is one act of an administrator: GET /agent/v1/audit?cursor=&agent=&act=&from=&to=, newest first, for administrators.
type AuditEntry struct {
	ID        string          `json:"id"`
	Act       rejoin.AuditAct `json:"act"`
	AgentID   string          `json:"agent_id"`
	AgentName string          `json:"agent_name"`
	Target    string          `json:"target"`            // what it was done to, in words
	Details   []string        `json:"details,omitempty"` // what changed, a line each: "Window: 10 minutes → 5 minutes"
	CreatedAt rejoin.Millis   `json:"created_at"`
}

// AuditLog is a page of it, 50 entries.
type AuditLog struct {
	Entries []AuditEntry `json:"entries"`
	Next    string       `json:"next,omitempty"`
}

// UserSession is a browser in which the user is known: GET /agent/v1/users/{user}/sessions.
type UserSession struct {
	ID        string        `json:"id"`
	Kind      string        `json:"kind"` // anonymous, login or link
	Verified  bool          `json:"verified"`
	Device    string        `json:"device"` // for example Chrome on Windows; may be empty
	CreatedAt rejoin.Millis `json:"created_at"`
	SeenAt    rejoin.Millis `json:"seen_at"`
	ExpiresAt rejoin.Millis `json:"expires_at"`
}

// UserSessions is the answer to GET /agent/v1/users/{user}/sessions, latest seen first, and to
// POST /agent/v1/users/{user}/sessions/{session}/revoke; there, all stands for every session.
type UserSessions struct {
	Sessions []UserSession `json:"sessions"`
}

// Tag is a label that issues may carry: GET /agent/v1/tags, POST /agent/v1/tags with a name, POST /agent/v1/tags/{tag}/archive with archived.
type Tag struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Archived bool   `json:"archived"`
}

// Tags is the domain's tags by name. Everybody may see them, supervisors change them.
type Tags struct {
	Tags []Tag `json:"tags"`
}

// NewTag makes a tag.
type NewTag struct {
	Name string `json:"name"`
}

// SetArchived is the body of …/archive.
type SetArchived struct {
	Archived bool `json:"archived"`
}

// DeadJob is work that was given up: GET /agent/v1/jobs/dead, for administrators.
type DeadJob struct {
	Kind    rejoin.JobKind `json:"kind"`
	Key     string         `json:"key"`
	Attempt int64          `json:"attempt"`
	Error   string         `json:"error"`
	DiedAt  rejoin.Millis  `json:"died_at"`
}

// DeadJobs is the answer to GET /agent/v1/jobs/dead.
type DeadJobs struct {
	Jobs []DeadJob `json:"jobs"`
}

// Watch is the frame that an agent's socket sends to follow one issue; an empty issue_id stops it.
type Watch struct {
	Type    string `json:"type"` // "watch"
	IssueID string `json:"issue_id"`
	Seq     int64  `json:"seq"`     // the newest message the client has
	EventN  int64  `json:"event_n"` // the newest event the client has
	Version int64  `json:"version,omitempty"`
}

// Frame is what the server sends on an agent's socket. Type says which fields are filled:
//
//	welcome    server_time
//	inbox      row                  an issue of the domain has changed
//	thread     thread               the watched issue has changed
//	typing     issue_id, name, origin   the user types in the watched issue; forget it after six seconds
//	viewing    issue_id, colleague      a colleague looks at the watched issue, types in it, or does not any more
//	counts                              ask again for the counts: some view's may have changed, or there is another shared view; at most once in two seconds
//	team                                somebody's availability or name has changed: ask for Me again
//	reconnect  after_ms             the server restarts: come back after this time
//	error      code, text           what the client sent was not understood; the socket may close
type Frame struct {
	Type       string        `json:"type"`
	ServerTime rejoin.Millis `json:"server_time,omitempty"`
	Row        *Row          `json:"row,omitempty"`
	Thread     *Thread       `json:"thread,omitempty"`
	IssueID    string        `json:"issue_id,omitempty"`
	Name       string        `json:"name,omitempty"`
	Origin     rejoin.Origin `json:"origin,omitempty"`
	Colleague  *Colleague    `json:"colleague,omitempty"`
	AfterMs    int64         `json:"after_ms,omitempty"`
	Code       rejoin.Code   `json:"code,omitempty"`
	Text       string        `json:"text,omitempty"`
}

// Wire lists the types that the dashboard sees, for the generator of ui/shared/agent.ts.
func Wire() []any {
	return slices.Concat([]any{SignIn{}, Me{}, Thread{}, Older{}, Send{}, Read{}, Assign{}, SetState{}, SetFollowUp{}, DeadJobs{}, Watch{}, Frame{}, Verification{}, SetVerification{}, Revealed{}, TestIdentity{}, Tested{}, AuditLog{}, UserSessions{},
		Tags{}, NewTag{}, SetArchived{}}, wireOfInbox(), wireOfThread(), wireOfTeam(), wireOfSettings(), wireOfReports(),
		wireOfBots(), wireOfRules(), wireOfQueues(), wireOfPlatforms(), wireOfKeys(), wireOfWebhooks(), wireOfPrivacy())
}
