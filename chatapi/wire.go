package chatapi

import "rejoin"

// This file is the chat API's vocabulary on the wire. ui/shared/wire.ts is generated from it. Times are Unix milliseconds.

// Platform is what a page may know before anybody writes: GET /chat/v1/platforms/{platform}.
type Platform struct {
	ID       string `json:"id"`
	AppName  string `json:"app_name"`
	Color    string `json:"color"` // #rrggbb
	Greeting string `json:"greeting"`
}

// Message is one entry of a conversation, as the user may see it.
type Message struct {
	ID         string          `json:"id"`
	Seq        int64           `json:"seq"`
	ClientID   string          `json:"client_id,omitempty"` // only on the user's own messages
	Origin     rejoin.Origin   `json:"origin"`
	AuthorName string          `json:"author_name"`
	Body       string          `json:"body"`
	Ask        rejoin.Question `json:"ask,omitempty"` // what this bot message asks for
	CreatedAt  rejoin.Millis   `json:"created_at"`
}

// Issue is a conversation without its messages, as the user may see it. A higher version is newer.
type Issue struct {
	ID           string            `json:"id"`
	Number       int64             `json:"number"`
	Version      int64             `json:"version"`
	State        rejoin.IssueState `json:"state"`
	LastSeq      int64             `json:"last_seq"`
	ReadSeq      int64             `json:"read_seq"`       // the user's read cursor
	AgentReadSeq int64             `json:"agent_read_seq"` // how far the company has read
	Unread       int64             `json:"unread"`         // outbound messages after the read cursor
	Asking       rejoin.Question   `json:"asking,omitempty"`
	AskedSeq     int64             `json:"asked_seq,omitempty"`
	CreatedAt    rejoin.Millis     `json:"created_at"`
}

// Update tells a conversation's newest state and the messages after the client's cursor, in order. It is the answer to
// every POST about an issue, an entry of the welcome, and the frame sent when something changes.
type Update struct {
	Type     string    `json:"type"` // "update"
	Issue    Issue     `json:"issue"`
	Messages []Message `json:"messages"`
	More     bool      `json:"more,omitempty"` // older messages exist before the first one here
}

// An answer holds a bounded number of messages and bytes. In a welcome only the newest conversation comes with messages for a client that has
// none of it; one without messages whose last_seq is ahead of the client's is loaded by GET /chat/v1/issues/{issue}/messages.

// Cursor is what a client has of one issue.
type Cursor struct {
	Seq     int64 `json:"seq"`
	Version int64 `json:"version"`
}

// NewIssue starts a conversation: POST /chat/v1/issues. The bearer token may be a fresh one of 32 random bytes in base64url that the browser
// made: the first message makes the session.
type NewIssue struct {
	PlatformID string `json:"platform_id"`
	ClientID   string `json:"client_id"`
	Body       string `json:"body"`
	Meta       MetaIn `json:"meta"`
}

// MetaIn is what the browser tells about itself; the server adds what the User-Agent header says.
type MetaIn struct {
	Language string `json:"language"`
	TimeZone string `json:"timezone"`
	Screen   string `json:"screen"`
	URL      string `json:"url"`
	Title    string `json:"title"`
	Referrer string `json:"referrer"`
}

// Send is one message: POST /chat/v1/issues/{issue}/messages.
type Send struct {
	ClientID string `json:"client_id"`
	Body     string `json:"body"`
	Answers  int64  `json:"answers,omitempty"` // seq of the bot's question that this answers
	After    int64  `json:"after,omitempty"`   // answer with the messages after this seq
}

// Read reports the read cursor: POST /chat/v1/issues/{issue}/read.
type Read struct {
	Seq int64 `json:"seq"`
}

// Redeem comes with a return link: POST /chat/v1/return. The new session begins with the browser-made Session token
// unless the bearer already may see the conversation.
type Redeem struct {
	PlatformID string `json:"platform_id"`
	Token      string `json:"token"`
	Session    string `json:"session"` // a fresh token, as in NewIssue
}

// Redeemed is the answer to Redeem. Own is true if the bearer's session was good already and the fresh one was not taken.
type Redeemed struct {
	Result  rejoin.ReturnResult `json:"result"`
	IssueID string              `json:"issue_id,omitempty"`
	VisitID string              `json:"visit_id,omitempty"` // for POST /chat/v1/issues/{issue}/returned, once a person has made a gesture
	Own     bool                `json:"own,omitempty"`
}

// Returned confirms that a person, not a program, is at the page: POST /chat/v1/issues/{issue}/returned.
type Returned struct {
	VisitID string `json:"visit_id"`
}

// PresenceIn reports one tab's presence: POST /chat/v1/presence, also by beacon, hence the token in the body.
type PresenceIn struct {
	Token string          `json:"token"`
	Tab   string          `json:"tab"`
	State rejoin.Presence `json:"state"`
}

// Poll waits for changes where sockets are blocked: POST /chat/v1/poll. It answers at once if there are any, else within 25 seconds.
type Poll struct {
	Tab     string            `json:"tab"`
	State   rejoin.Presence   `json:"state"`
	Cursors map[string]Cursor `json:"cursors"` // by issue id
}

// Polled is the answer to Poll: the same frames that a socket carries.
type Polled struct {
	Frames []Frame `json:"frames"`
}

// Hello is a socket's first frame, sent by the client within 10 seconds.
type Hello struct {
	Type    string            `json:"type"` // "hello"
	Token   string            `json:"token"`
	Tab     string            `json:"tab"` // made by the client, one per open tab
	State   rejoin.Presence   `json:"state"`
	Cursors map[string]Cursor `json:"cursors"`
}

// Frame is what the server sends on a socket. Type says which fields are filled:
//
//	welcome    user, updates
//	update     issue, messages
//	typing     issue_id, name       the company is typing; forget it after six seconds
//	reconnect  after_ms             the server restarts: come back after this time
//	error      code, text           the socket closes next
type Frame struct {
	Type     string      `json:"type"`
	User     *User       `json:"user,omitempty"`
	Updates  []Update    `json:"updates,omitempty"`
	Issue    *Issue      `json:"issue,omitempty"`
	Messages []Message   `json:"messages,omitempty"`
	More     bool        `json:"more,omitempty"`
	IssueID  string      `json:"issue_id,omitempty"`
	Name     string      `json:"name,omitempty"`
	AfterMs  int64       `json:"after_ms,omitempty"`
	Code     rejoin.Code `json:"code,omitempty"`
	Text     string      `json:"text,omitempty"`
}

// User is what a user sees of their own profile. It is empty for a session that came by a link.
type User struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

// Conversations is the user's issues, newest first: GET /chat/v1/issues.
type Conversations struct {
	User   User    `json:"user"`
	Issues []Issue `json:"issues"`
}

// Wire lists the types that clients see, for the generator of ui/shared/chat.ts.
func Wire() []any {
	return []any{Platform{}, NewIssue{}, Send{}, Read{}, Redeem{}, Redeemed{}, Returned{}, PresenceIn{}, Poll{}, Polled{}, Hello{}, Frame{},
		Conversations{}, Failure{}}
}

// Failure is the body of every answer that is not a success.
type Failure struct {
	Error string      `json:"error"` // one sentence for people
	Code  rejoin.Code `json:"code"`
	Field string      `json:"field,omitempty"`
}
