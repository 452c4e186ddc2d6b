package rejoin

// FollowUp is the story of one unread span: outbound messages from_seq to to_seq that the user has not read, and the e-mail
// about them. At most one e-mail goes out per span (promise 5).
type FollowUp struct {
	ID         string
	IssueID    string
	N          int64 // 1, 2, 3… per issue: the clock may jump, this does not
	DomainID   string
	FromSeq    int64
	ToSeq      int64
	State      FollowUpState
	Reason     Reason
	DueAt      Millis // when it is decided next; zero if nothing is planned
	Address    string // where the e-mail went, or would go
	HeldBy     string // the agent who pressed "hold"; empty if not held
	SendNowBy  string // the agent who pressed "send now"
	MessageID  string // RFC 5322 §3.6.4, without the angle brackets; set once sending begins
	Attempt    int64  // hand-overs begun; also the fence that lets only the newest attempt go on
	Refusals   int64  // temporary refusals so far
	RetryAt    Millis // not before this, after a temporary refusal
	Response   string // the mail server's last answer
	SentAt     Millis
	OpenedAt   Millis
	ReturnedAt Millis
	RepliedAt  Millis
	CreatedAt  Millis
	UpdatedAt  Millis
}

// FollowUpState is where a follow-up stands.
type FollowUpState string

const (
	FollowUpWaiting     FollowUpState = "waiting"      // the clock runs, or something is waited for
	FollowUpSending     FollowUpState = "sending"      // an SMTP dialogue has begun or will be tried again; nothing is handed over
	FollowUpHandingOver FollowUpState = "handing_over" // the final dot is about to be sent
	FollowUpSent        FollowUpState = "sent"         // the mail server took it
	FollowUpUnknown     FollowUpState = "unknown"      // the connection was lost between dot and answer; never sent again blindly
	FollowUpFailed      FollowUpState = "failed"       // refused for good, or tried too often
	FollowUpCancelled   FollowUpState = "cancelled"    // no longer needed
	FollowUpSkipped     FollowUpState = "skipped"      // not possible or not allowed; looked at again when that changes
)

// Live reports whether the follow-up can still lead to an e-mail.
func (s FollowUpState) Live() bool {
	return s == FollowUpWaiting || s == FollowUpSending || s == FollowUpHandingOver || s == FollowUpSkipped
}

// Mailed reports whether an e-mail went out or may have gone out.
func (s FollowUpState) Mailed() bool { return s == FollowUpSent || s == FollowUpUnknown }

// Reason says why the follow-up decision is what it is. Each is explained in words on the agent's screen.
type Reason string

const (
	// The e-mail is sent because…
	ReasonDue          Reason = "due"           // the window ended
	ReasonMaxPostponed Reason = "max_postponed" // newer messages have postponed it long enough
	ReasonSendNow      Reason = "send_now"      // an agent asked for it

	// It waits because…
	ReasonWindow      Reason = "window"       // the window runs
	ReasonOnline      Reason = "online"       // the user is online: the second window runs
	ReasonHeld        Reason = "held"         // an agent holds it
	ReasonMinInterval Reason = "min_interval" // the last e-mail of this issue was too recent
	ReasonIssueCap    Reason = "issue_cap"    // this issue has had its e-mails for the day
	ReasonAddressCap  Reason = "address_cap"  // the address has had its e-mails for the day
	ReasonTypedCap    Reason = "typed_cap"    // the same, for an address that a visitor typed
	ReasonRetry       Reason = "retry"        // the mail server asked to try again later

	// It is not sent because…
	ReasonRead         Reason = "read"           // everything was read
	ReasonTakenBack    Reason = "taken_back"     // what was not read was taken back
	ReasonFeatureOff   Reason = "feature_off"    // the operator has not switched the feature on for the domain
	ReasonDisabled     Reason = "disabled"       // the app's toggle is off
	ReasonNoAddress    Reason = "no_address"     // nobody knows the user's address
	ReasonMuted        Reason = "muted"          // the user muted this conversation
	ReasonUnsubscribed Reason = "unsubscribed"   // the address wants no follow-ups from this app
	ReasonNotMe        Reason = "not_me"         // the owner of the address says it is not the user
	ReasonRejected     Reason = "rejected"       // the issue was rejected
	ReasonRefused      Reason = "refused"        // the mail server refused for good
	ReasonTooManyTries Reason = "too_many_tries" // temporary refusals did not end
	ReasonUnwritable   Reason = "unwritable"     // no e-mail could be made of it
	ReasonLostAnswer   Reason = "lost_answer"    // the server's answer is not known
	ReasonImported     Reason = "imported"       // the domain has come from another installation meanwhile
)

// ReturnLink brings a user back into one conversation. The e-mail holds the token, we keep its SHA-256.
type ReturnLink struct {
	TokenHash  string
	IssueID    string
	FollowUpID string
	CreatedAt  Millis
	ExpiresAt  Millis
	Uses       int64
	MaxUses    int64
	RevokedAt  Millis
}

// ReturnResult is the answer to someone who comes by a return link.
type ReturnResult string

const (
	ReturnSame    ReturnResult = "same"    // the conversation opens
	ReturnExpired ReturnResult = "expired" // too old, or used too often
	ReturnRevoked ReturnResult = "revoked" // the company, or the owner of the address, has switched it off
	ReturnUnknown ReturnResult = "unknown" // no such link
	ReturnClosed  ReturnResult = "closed"  // the conversation was rejected

	// The three mismatches between who began the conversation and who has opened the link (reference §1.3).
	ReturnLoginRequired  ReturnResult = "login_required"  // begun logged in, opened by nobody the site knows
	ReturnOtherUser      ReturnResult = "other_user"      // begun logged in, opened by somebody else
	ReturnLogoutRequired ReturnResult = "logout_required" // begun anonymously, opened by somebody who is logged in
)

// SuppressionKind says how far a wish not to be mailed reaches.
type SuppressionKind string

const (
	Mute        SuppressionKind = "mute"        // this conversation only
	Unsubscribe SuppressionKind = "unsubscribe" // this address, all conversations of the app
	NotMe       SuppressionKind = "not_me"      // this address in the whole domain; also revokes the conversation's links
)

// Suppression is somebody's wish not to be mailed.
type Suppression struct {
	ID        string
	DomainID  string
	AppID     string
	IssueID   string // set for Mute
	Address   string
	Kind      SuppressionKind
	CreatedAt Millis
}

// MailToken lets the reader of one e-mail mute, unsubscribe or object. It grants nothing else; we keep its SHA-256.
type MailToken struct {
	TokenHash  string
	FollowUpID string
	IssueID    string
	Address    string
	CreatedAt  Millis
}
