package chatapi

import "rejoin"

// This file is the chat API's vocabulary on the wire. ui/shared/wire.ts is generated from it. Times are Unix milliseconds.

// Platform is what a page may know before anybody writes: GET /chat/v1/platforms/{platform}.
// A POST with an Identity tells beforehand, too, whether the person would be taken for who the page says they are. Both take ?language=.
type Platform struct {
	ID       string   `json:"id"`
	AppName  string   `json:"app_name"`
	Color    string   `json:"color"` // of the launcher, as #rrggbb
	Text     string   `json:"text"`  // the colour that is seen on it
	Greeting string   `json:"greeting"`
	Launcher Launcher `json:"launcher"`
	Hide     bool     `json:"hide,omitempty"`   // no launcher: the chat is closed, or the identity is refused; if only out of hours, whoever has a conversation gets one
	Closed   *Closed  `json:"closed,omitempty"` // no new conversation can begin, in the language asked for
	Hours    *Hours   `json:"hours,omitempty"`
	Ask      *Ask     `json:"identity,omitempty"` // what is asked before the first message or after it; left out if nothing is
	Auth     string   `json:"auth,omitempty"`     // to a POST only: why the identity is refused, as userAuthFailure says it
	Known    bool     `json:"known,omitempty"`    // to a POST only: the person has written before
}

// Ask is how Identity Bot asks for name and address, in the language asked for. With when before, clients ask before the first message those whose name or
// address the page does not give, and send the answers along in NewIssue: a name or an address that does not fit is refused with the field. Nobody is asked
// under full privacy.
type Ask struct {
	When     rejoin.BotMoment `json:"when"`
	Name     bool             `json:"name"`
	Email    bool             `json:"email"`
	Skip     bool             `json:"skip"` // a question may be left unanswered
	Nickname string           `json:"nickname"`
	AskName  string           `json:"ask_name"`
	AskEmail string           `json:"ask_email"`
	Thanks   string           `json:"thanks"`
}

// Closed says that no new conversation can begin. Conversations that are open go on.
type Closed struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Hours is an app's business hours at this moment. They are left out where they change nothing for visitors: switched off, kept quiet, or hidden for another
// reason. At change_at ask for the platform again, and not more often than once a minute: clocks differ.
type Hours struct {
	Open     bool          `json:"open"`
	BackAt   rejoin.Millis `json:"back_at,omitempty"`   // not open: when people are back; left out if that is more than a year away
	ChangeAt rejoin.Millis `json:"change_at,omitempty"` // when it opens or closes next; left out if it does not within a year
}

// Launcher is the launcher's texts in the language asked for. In unread, {n} stands for the number.
type Launcher struct {
	Title  string `json:"title"`
	Open   string `json:"open"`
	Unread string `json:"unread"`
	Close  string `json:"close"`
}

// Identity is who the host page says the person is. An empty one is an anonymous person. What cannot be an identifier makes the person
// anonymous (reference §2.2 and §3.1).
type Identity struct {
	UserID        string `json:"user_id,omitempty"`
	Email         string `json:"email,omitempty"`
	Name          string `json:"name,omitempty"`
	AuthToken     string `json:"auth_token,omitempty"`     // HMAC, reference §3.2
	IdentityToken string `json:"identity_token,omitempty"` // JWT, reference §3.3; then auth_token counts for nothing
	FullPrivacy   bool   `json:"full_privacy,omitempty"`
}

// Identify is POST /chat/v1/identify: the bearer, if there is one, is the session that the browser holds; session is a fresh token.
type Identify struct {
	PlatformID     string   `json:"platform_id"`
	Session        string   `json:"session"`
	Identity       Identity `json:"identity"`
	ClearAnonymous bool     `json:"clear_anonymous,omitempty"` // forget the anonymous profile rather than taking its running conversation along
}

// Identified is the answer to Identify.
type Identified struct {
	Result   string  `json:"result"`           // verified, unverified (taken without a signature), anonymous or refused
	Reason   string  `json:"reason,omitempty"` // refused: "missing user auth token", "invalid user auth token", or what is wrong with a JWT (reference §3.3)
	Details  *Faults `json:"details,omitempty"`
	Kept     bool    `json:"kept,omitempty"`  // the bearer's session goes on
	Known    bool    `json:"known,omitempty"` // the person has a profile: session (or, if kept, the bearer) opens it
	User     User    `json:"user"`
	Revision string  `json:"revision,omitempty"` // changes with the person: other tabs compare it
}

// Faults says what is wrong with a JWT, reference §3.3.
type Faults struct {
	MissingFields         []string `json:"missingFields,omitempty"`
	InvalidFields         []string `json:"invalidFields,omitempty"`
	InvalidIdentities     []string `json:"invalidIdentities,omitempty"`
	InvalidIdentityTokens []string `json:"invalidIdentityTokens,omitempty"`
}

// AddIdentities is POST /chat/v1/user/identities, for a session made by a JWT.
type AddIdentities struct {
	IdentityToken string `json:"identity_token"`
}

// UserData is POST /chat/v1/user/data, for a session made by a JWT. Scope is global or app; the keys are those that a JWT may name (reference §3.3).
type UserData struct {
	Scope string         `json:"scope"`
	Data  map[string]any `json:"data"`
}

// Outcome is the answer to AddIdentities and UserData: an empty reason is success.
type Outcome struct {
	Reason  string  `json:"reason,omitempty"`
	Details *Faults `json:"details,omitempty"`
}

// Attachment is a file of a message, and the answer to POST /chat/v1/attachments?platform=&name=&client_id= with the bytes as the body.
// Its addresses expire after a day: load the message again for fresh ones.
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

// Resolution answers "Did we solve your question?": POST /chat/v1/issues/{issue}/resolution.
type Resolution struct {
	ClientID string `json:"client_id"`
	Accepted bool   `json:"accepted"`
}

// Feedback rates a conversation: POST /chat/v1/issues/{issue}/feedback. Rating is 1 to 5, or 0 for "not now".
type Feedback struct {
	Rating  int    `json:"rating"`
	Comment string `json:"comment"`
}

// Field is a custom issue field as a page sets it, reference §5.
type Field struct {
	Type  string `json:"type"` // singleline, multiline, number, dropdown, date or checkbox
	Value any    `json:"value"`
}

// Message is one entry of a conversation, as the user may see it.
type Message struct {
	ID          string             `json:"id"`
	Seq         int64              `json:"seq"`
	ClientID    string             `json:"client_id,omitempty"` // only on the user's own messages
	Origin      rejoin.Origin      `json:"origin"`
	AuthorName  string             `json:"author_name"`
	Body        string             `json:"body"`
	Ask         rejoin.Question    `json:"ask,omitempty"`   // what this bot message asks for: name, email or answer
	Input       *rejoin.Input      `json:"input,omitempty"` // of the ask "answer": what of
	Kind        rejoin.MessageKind `json:"kind,omitempty"`  // accepted: the user's yes to the resolution question; echo: a bot's text with words of the user, to be shown like any other
	Attachments []Attachment       `json:"attachments,omitempty"`
	EditedAt    rejoin.Millis      `json:"edited_at,omitempty"`
	DeletedAt   rejoin.Millis      `json:"deleted_at,omitempty"` // taken back: the body is empty and there are no files
	CreatedAt   rejoin.Millis      `json:"created_at"`
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
	Closing      rejoin.Closing    `json:"closing,omitempty"` // question, declined, feedback or ended; empty while open
	Rating       int               `json:"rating,omitempty"`  // 1 to 5
	FullPrivacy  bool              `json:"full_privacy,omitempty"`
	CreatedAt    rejoin.Millis     `json:"created_at"`
}

// Update tells a conversation's newest state and the messages after the client's cursor, in order. It is the answer to
// every POST about an issue, an entry of the welcome, and the frame sent when something changes.
type Update struct {
	Type     string    `json:"type"` // "update"
	Issue    Issue     `json:"issue"`
	Messages []Message `json:"messages"`
	Changed  []Message `json:"changed,omitempty"` // edited or taken back since the client's version, among those up to its cursor; ignore what you do not have
	More     bool      `json:"more,omitempty"`    // older messages exist before the first one here
	Dropped  []string  `json:"dropped,omitempty"` // answer to the first message: tags and custom fields that were not taken, each with its reason
}

// The answers to POSTs, which name no version, tell every message that was ever edited or taken back. The newer of two messages with the same id
// is the one with the later edited_at or deleted_at.

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
	PlatformID  string            `json:"platform_id"`
	ClientID    string            `json:"client_id"`
	Body        string            `json:"body"`
	Meta        MetaIn            `json:"meta"`
	Language    string            `json:"language,omitempty"` // that the panel speaks
	Identity    *Identity         `json:"identity,omitempty"` // where the page names the person and the session is not a login yet
	FullPrivacy bool              `json:"full_privacy,omitempty"`
	Tags        []string          `json:"tags,omitempty"`
	Fields      map[string]Field  `json:"fields,omitempty"`
	Attachments []string          `json:"attachments,omitempty"` // ids, at most 10
	Name        string            `json:"name,omitempty"`        // what the user has typed before the first message, where the Identity Bot asks before it
	Email       string            `json:"email,omitempty"`       // the same: an address that unlocks nothing
	Skipped     []rejoin.Question `json:"skipped,omitempty"`     // what they would not say there: name, email
}

// MetaIn is what the browser or the app tells about itself; the server adds what the User-Agent header says. What is too long is cut, and what
// cannot be right is left out: nothing of it is refused.
type MetaIn struct {
	Language string              `json:"language,omitempty"` // BCP 47
	TimeZone string              `json:"timezone,omitempty"` // IANA name
	Screen   string              `json:"screen,omitempty"`   // such as 1920×1080
	URL      string              `json:"url,omitempty"`      // of the page, with its title and where the visitor came from; apps leave them empty
	Title    string              `json:"title,omitempty"`
	Referrer string              `json:"referrer,omitempty"`
	Device   string              `json:"device,omitempty"`  // desktop, phone or tablet
	Country  string              `json:"country,omitempty"` // two letters, ISO 3166-1
	OS       rejoin.NameVersion  `json:"os,omitzero"`
	App      rejoin.MetaApp      `json:"app,omitzero"`
	Hardware rejoin.MetaHardware `json:"hardware,omitzero"`
	Custom   map[string]string   `json:"custom,omitempty"` // up to 30 texts of the app's own
}

// Send is one message: POST /chat/v1/issues/{issue}/messages.
type Send struct {
	ClientID    string   `json:"client_id"`
	Body        string   `json:"body"`
	Attachments []string `json:"attachments,omitempty"` // ids, at most 10; then the body may be empty
	Answers     int64    `json:"answers,omitempty"`     // seq of the bot's question that this answers; a choice is answered by its id, a date by YYYY-MM-DD, yes_no by yes or no, stars by 1 to 5
	Skip        bool     `json:"skip,omitempty"`        // the question named by answers is left unanswered; then the body is empty
	After       int64    `json:"after,omitempty"`       // answer with the messages after this seq
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
	Session    string `json:"session"`             // a fresh token, as in NewIssue
	LoggedIn   bool   `json:"logged_in,omitempty"` // the page names a person
}

// Redeemed is the answer to Redeem. Own is true if the bearer's session was good already and the fresh one was not taken.
type Redeemed struct {
	Result        rejoin.ReturnResult `json:"result"`
	IssueID       string              `json:"issue_id,omitempty"`
	VisitID       string              `json:"visit_id,omitempty"` // for POST /chat/v1/issues/{issue}/returned, once a person has made a gesture
	Own           bool                `json:"own,omitempty"`
	OriginalState string              `json:"original_state,omitempty"` // of a mismatch: anonymous or logged-in
	PageURL       string              `json:"page_url,omitempty"`
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
//	update     issue, messages, changed
//	typing     issue_id, name       the company is typing; forget it after six seconds
//	reconnect  after_ms             the server restarts: come back after this time
//	error      code, text           the socket closes next
type Frame struct {
	Type     string      `json:"type"`
	User     *User       `json:"user,omitempty"`
	Updates  []Update    `json:"updates,omitempty"`
	Issue    *Issue      `json:"issue,omitempty"`
	Messages []Message   `json:"messages,omitempty"`
	Changed  []Message   `json:"changed,omitempty"`
	More     bool        `json:"more,omitempty"`
	IssueID  string      `json:"issue_id,omitempty"`
	Name     string      `json:"name,omitempty"`
	AfterMs  int64       `json:"after_ms,omitempty"`
	Code     rejoin.Code `json:"code,omitempty"`
	Text     string      `json:"text,omitempty"`
}

// User is what a user sees of their own profile. It is empty for a session that came by a link.
type User struct {
	Name     string `json:"name"`
	Email    string `json:"email"`
	LoggedIn bool   `json:"logged_in,omitempty"`
}

// Conversations is the user's issues, newest first: GET /chat/v1/issues.
type Conversations struct {
	User   User    `json:"user"`
	Issues []Issue `json:"issues"`
}

// Wire lists the types that clients see, for the generator of ui/shared/chat.ts.
func Wire() []any {
	return []any{Platform{}, NewIssue{}, Send{}, Read{}, Redeem{}, Redeemed{}, Returned{}, PresenceIn{}, Poll{}, Polled{}, Hello{}, Frame{},
		Conversations{}, Failure{}, Identify{}, Identified{}, AddIdentities{}, UserData{}, Outcome{}, Resolution{}, Feedback{}}
}

// Failure is the body of every answer that is not a success.
type Failure struct {
	Error string      `json:"error"` // one sentence for people
	Code  rejoin.Code `json:"code"`
	Field string      `json:"field,omitempty"`
}
