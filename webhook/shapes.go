// Package webhook is what programs of customers are told about issues, as JSON: the shapes that webhooks and the REST API share, the envelope of a
// webhook (reference §8), and the signature it carries. It is pure: nothing here is sent or stored.
//
//	m := webhook.MessageOf(issue.Title, message, webhook.UserAuthor(user), addressOf)
//	headers := webhook.Sign(id, at, body, secrets)
//
// Keys and types are the reference's; what we add beside them has keys of its own.
package webhook

import (
	"encoding/json"
	"html"
	"strconv"
	"strings"

	"rejoin"
)

// Ref names a thing for people and programs: a queue, or the agent an issue is assigned to. Null: in no queue, nobody's.
type Ref struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// RefChange is a Ref that has changed, null where there is none any more. The zero value, no change, is left out of what is marked omitzero.
type RefChange struct {
	Changed bool
	To      *Ref
}

// ChangedTo is a change to r, or to none.
func ChangedTo(r *Ref) RefChange { return RefChange{true, r} }

// MarshalJSON writes the Ref, or null.
func (c RefChange) MarshalJSON() ([]byte, error) { return json.Marshal(c.To) }

// UnmarshalJSON reads what MarshalJSON writes.
func (c *RefChange) UnmarshalJSON(b []byte) error {
	c.Changed = true
	return json.Unmarshal(b, &c.To)
}

// StateData is where an issue stands, and since when.
type StateData struct {
	ChangedAt rejoin.Millis     `json:"changed_at"`
	State     rejoin.IssueState `json:"state"`
}

// Author is who wrote a message or a note.
type Author struct {
	Emails []string `json:"emails"` // none, or one
	ID     string   `json:"id"`
	Name   string   `json:"name"`
}

// Attachment is a file of a message. Its address works without signing in, for a day.
type Attachment struct {
	ContentType string `json:"content_type"`
	FileName    string `json:"file_name"`
	Size        int64  `json:"size"` // bytes
	URL         string `json:"url"`
}

// Message is a message as programs read it.
type Message struct {
	Attachment  *Attachment   `json:"attachment,omitempty"`  // the first file
	Attachments []Attachment  `json:"attachments,omitempty"` // all files
	Author      Author        `json:"author"`
	Body        string        `json:"body"` // HTML: escaped, so that it can stand in a page
	CreatedAt   rejoin.Millis `json:"created_at"`
	ID          string        `json:"id"`
	Origin      string        `json:"origin"` // end-user, or helpshift for everybody who writes for the company
}

// Note is what an agent or a program has noted for the team.
type Note struct {
	Author    Author        `json:"author"`
	Body      string        `json:"body"` // plain text, escaped as HTML
	CreatedAt rejoin.Millis `json:"created_at"`
	ID        string        `json:"id"`
}

// Feedback is how the user has rated an issue.
type Feedback struct {
	Rating  int    `json:"rating"` // 1 to 5; zero for a comment alone
	Comment string `json:"comment,omitempty"`
}

// The origins of messages.
const (
	OfUser    = "end-user"
	OfCompany = "helpshift"
)

// OriginOf is which side has written.
func OriginOf(o rejoin.Origin) string {
	if o.Outbound() {
		return OfCompany
	}
	return OfUser
}

// MessageBody is a message's text as HTML: escaped, line ends as they are. The first message of an issue with a title begins with the title, unless that is
// only the beginning of the text, as it is where nobody has written one.
func MessageBody(title string, m rejoin.Message) string {
	body := html.EscapeString(m.Body)
	begins := strings.HasPrefix(strings.Join(strings.Fields(m.Body), " "), strings.TrimSuffix(title, "…"))
	if m.Seq != 1 || title == "" || body == "" || begins {
		return body
	}
	return "<strong>" + html.EscapeString(title) + "</strong><br/><br/>" + body
}

// MessageOf is the message of an issue with the title. URL is the absolute address of a file.
func MessageOf(title string, m rejoin.Message, by Author, url func(rejoin.Attachment) string) Message {
	out := Message{Author: by, Body: MessageBody(title, m), CreatedAt: m.CreatedAt, ID: m.ID, Origin: OriginOf(m.Origin)}
	for _, f := range m.Files {
		out.Attachments = append(out.Attachments, Attachment{ContentType: f.Type, FileName: f.Name, Size: f.Size, URL: url(f)})
	}
	if len(out.Attachments) > 0 {
		out.Attachment = &out.Attachments[0]
	}
	return out
}

// UserAuthor is the user as an author.
func UserAuthor(u rejoin.User) Author { return authorOf(u.ID, u.Name, u.Email) }

// CompanyAuthor is who wrote a message for the company. The address is an agent's, and empty for bots, automations and programs.
func CompanyAuthor(m rejoin.Message, email string) Author {
	return authorOf(m.AuthorID, m.AuthorName, email)
}

// NoteAuthor is who noted something.
func NoteAuthor(id, name, email string) Author { return authorOf(id, name, email) }

func authorOf(id, name, email string) Author {
	a := Author{ID: id, Name: name, Emails: []string{}}
	if email != "" {
		a.Emails = append(a.Emails, email)
	}
	return a
}

// Field is a custom issue field as webhooks tell it: a checkbox is true or false, a number a number, a date YYYY-MM-DD (reference §5).
type Field struct {
	Type rejoin.FieldType `json:"type"`
	Val  any              `json:"val"`
}

// FieldsOf is all of them by key, never nil.
func FieldsOf(values rejoin.FieldValues) map[string]Field {
	out := map[string]Field{}
	for key, v := range values {
		f := Field{Type: v.Type, Val: valueOf(v)}
		if v.Type == rejoin.Date {
			f.Val = v.Words()
		}
		out[key] = f
	}
	return out
}

// APIField is a custom issue field as the REST API answers it: like a webhook's, but a date is in milliseconds.
type APIField struct {
	Type  rejoin.FieldType `json:"type"`
	Value any              `json:"value"`
}

// APIFieldsOf is all of them by key, never nil.
func APIFieldsOf(values rejoin.FieldValues) map[string]APIField {
	out := map[string]APIField{}
	for key, v := range values {
		out[key] = APIField{Type: v.Type, Value: valueOf(v)}
	}
	return out
}

// valueOf is the value with the type that JSON has for it; a date in milliseconds. What cannot be read as its type stays a text.
func valueOf(v rejoin.FieldValue) any {
	switch v.Type {
	case rejoin.Checkbox:
		return v.Value == "true"
	case rejoin.Number:
		if json.Valid([]byte(v.Value)) { // as it was written: no digit is lost
			return json.Number(v.Value)
		}
		if n, err := strconv.ParseFloat(v.Value, 64); err == nil { // such as +5 or .5
			return n
		}
	case rejoin.Date:
		if n, err := strconv.ParseInt(v.Value, 10, 64); err == nil {
			return n
		}
	}
	return v.Value
}
