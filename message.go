package rejoin

import (
	"strings"
	"unicode/utf8"
)

// Origin says on whose behalf a message was written.
type Origin string

const (
	FromUser  Origin = "end-user"
	FromAgent Origin = "agent"
	FromBot   Origin = "bot"
	FromRule  Origin = "automation"
)

// Outbound reports whether the message goes to the user: only such messages can be followed up.
func (o Origin) Outbound() bool { return o != FromUser }

// MaxBody is the longest message, in characters.
const MaxBody = 10000

// Message is one entry of a conversation. Within an issue seq is 1, 2, 3… without gaps.
type Message struct {
	ID         string
	IssueID    string
	Seq        int64
	ClientID   string // made by the sender; a repeat returns the first result (promise 2)
	Origin     Origin
	AuthorID   string // user, agent, bot or rule
	AuthorName string // as it was when the message was written; empty for users, who have a profile
	Body       string // plain text
	Ask        Question
	Input      *Input // of a bot's question, besides name and address; nil for all else
	Kind       MessageKind
	Files      []Attachment // in the order in which their author gave them
	Change     Change
	CreatedAt  Millis
}

// Change is what became of a message after it was sent. It is zero for nearly all.
type Change struct {
	EditedAt  Millis // of the newest edit
	EditedBy  string // the name of the agent who has edited it or taken it back, as it was then
	DeletedAt Millis // when it was taken back: body and files are gone, its seq stays
	Version   int64  // of the issue after the newest change
	Redacted  bool   // it was taken back by law or policy rather than by its author, whether or not somebody had read it
}

// Standing reports whether the message was not taken back.
func (m Message) Standing() bool { return m.Change.DeletedAt == 0 }

// Note is what an agent has written for the team about an issue. Users never see it.
type Note struct {
	ID        string
	IssueID   string
	N         int64 // of the event in the timeline that shows it
	AuthorID  string
	ClientID  string // made by the sender; a repeat returns the first result
	Body      string // plain text, as long as a message
	CreatedAt Millis
}

// SavedReply is a text that agents answer with. Shared ones have no owner.
type SavedReply struct {
	ID        string
	DomainID  string
	OwnerID   string // the agent who alone sees it; empty if the whole team does
	Title     string // 1 to 80 characters
	Body      string // 1 to [MaxBody] characters, with placeholders such as {{user.name|there}}
	CreatedAt Millis
	UpdatedAt Millis
}

// MessageKind marks messages that stand for more than their text.
type MessageKind string

const (
	PlainMessage MessageKind = ""
	Accepted     MessageKind = "accepted" // the user's yes to the resolution question
	Echo         MessageKind = "echo"     // what a bot or an automation says in words of the user: not mailed to an address that nobody has verified
)

// MaxAttachments is how many files a message has at most.
const MaxAttachments = 10

// Attachment is a file that was uploaded to become part of a message.
type Attachment struct {
	ID          string
	DomainID    string
	Owner       string // who uploaded it: the hash of a session's token, or an agent's id
	ClientID    string // made by the uploader; a repeat returns the first result
	IssueID     string // empty until a message takes it
	Seq         int64
	Name        string // cleaned, for showing
	Type        string // media type, by content
	Size        int64  // bytes; zero while the file is incomplete: on its way in, or out
	Width       int    // of the preview, in pixels; zero if there is none
	Height      int
	PreviewType string // media type of the preview; empty if there is none
	CreatedAt   Millis
}

// CheckBody returns the text of a message as we keep it, or says what is wrong.
func CheckBody(raw string) (string, error) {
	if !utf8.ValidString(raw) {
		return "", InvalidField("body", "The text is not valid UTF-8.")
	}
	s := strings.Map(func(r rune) rune {
		if r == '\r' || r == 0 || r < 0x20 && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, raw)
	s = strings.TrimSpace(s)
	if s == "" {
		return "", InvalidField("body", "Write something first: a message has 1 to %d characters.", MaxBody)
	}
	if n := utf8.RuneCountInString(s); n > MaxBody {
		return "", InvalidField("body", "The message has %d characters; at most %d fit. Please split it.", n, MaxBody)
	}
	return s, nil
}

// CheckClientID accepts what senders may use to mark a send: 8 to 64 letters, digits, '-' or '_'.
func CheckClientID(id string) (string, error) {
	if len(id) < 8 || len(id) > 64 || strings.Trim(strings.ToLower(id), "0123456789abcdefghijklmnopqrstuvwxyz-_") != "" {
		return "", InvalidField("client_id", "Give a client_id of 8 to 64 letters, digits, - or _ that is new for each message.")
	}
	return id, nil
}

// Preview is the beginning of a text on one line, at most n characters.
func Preview(body string, n int) string {
	s := strings.Join(strings.Fields(body), " ")
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimSpace(string(r[:n-1])) + "…"
}
