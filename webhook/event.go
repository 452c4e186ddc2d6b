package webhook

import (
	"bytes"
	"encoding/json"
	"slices"

	"rejoin"
)

// Event is what a webhook posts: the envelope (reference §8).
type Event struct {
	EventID        string              `json:"event_id"` // a UUID, the same at each attempt: how a receiver knows repeats
	EventType      rejoin.WebhookEvent `json:"event_type"`
	EventTimestamp rejoin.Millis       `json:"event_timestamp"` // when it happened
	Domain         string              `json:"domain"`
	AppID          string              `json:"app_id"`
	Webhook        Hook                `json:"webhook"`
	Data           Data                `json:"data"`
}

// Hook names the webhook that an event is for.
type Hook struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Data is the issue as it stands when it is told, and what happened to it.
type Data struct {
	ID                int64            `json:"id"` // the number people say
	Domain            string           `json:"domain"`
	CreatedAt         rejoin.Millis    `json:"created_at"`
	AuthorName        string           `json:"author_name"`
	AuthorEmail       string           `json:"author_email"`
	Queue             *Ref             `json:"queue"`
	Assignee          *Ref             `json:"assignee"`
	CustomIssueFields map[string]Field `json:"custom_issue_fields"`
	Cut               bool             `json:"cut,omitempty"` // fields are not whole, to keep the request below its limit

	*Created
	Updates *Updates `json:"updates,omitempty"` // update_issue
}

// Created is what create_issue says besides.
type Created struct {
	Title        string         `json:"title"`
	AssigneeName *string        `json:"assignee_name"`
	Messages     []Message      `json:"messages"` // those it began with; what followed comes as updates
	Meta         map[string]any `json:"meta"`
	StateData    StateData      `json:"state_data"`
}

// Updates is what has changed, and nothing else.
type Updates struct {
	Messages          []Message        `json:"messages,omitempty"` // new ones
	StateData         *StateData       `json:"state_data,omitempty"`
	Tags              []string         `json:"tags,omitzero"` // all that it carries now
	Assignee          RefChange        `json:"assignee,omitzero"`
	Queue             RefChange        `json:"queue,omitzero"`
	CustomIssueFields map[string]Field `json:"custom_issue_fields,omitzero"` // all that it has now
	Notes             []Note           `json:"notes,omitempty"`
	Feedback          *Feedback        `json:"feedback,omitempty"`
	FollowUp          *FollowUp        `json:"follow_up,omitempty"`
}

// FollowUp is what became of an unread span, and of the e-mail about it (reference §9, decision 4). The address is not in it.
type FollowUp struct {
	ID         string        `json:"id"`
	State      string        `json:"state"` // sent, unknown, failed, skipped, opened, returned or replied
	Reason     rejoin.Reason `json:"reason,omitempty"`
	FromSeq    int64         `json:"from_seq"`
	ToSeq      int64         `json:"to_seq"`
	MessageIDs []string      `json:"message_ids"`
	DueAt      rejoin.Millis `json:"due_at,omitempty"`
	SentAt     rejoin.Millis `json:"sent_at,omitempty"`
	OpenedAt   rejoin.Millis `json:"opened_at,omitempty"`
	ReturnedAt rejoin.Millis `json:"returned_at,omitempty"`
	RepliedAt  rejoin.Millis `json:"replied_at,omitempty"`
}

// Keys are the names of what has changed, in the order of the type.
func (u *Updates) Keys() (list []string) {
	if u == nil {
		return nil
	}
	for _, k := range [...]struct {
		name  string
		there bool
	}{
		{"messages", len(u.Messages) > 0}, {"state_data", u.StateData != nil}, {"tags", u.Tags != nil}, {"assignee", u.Assignee.Changed},
		{"queue", u.Queue.Changed}, {"custom_issue_fields", u.CustomIssueFields != nil}, {"notes", len(u.Notes) > 0},
		{"feedback", u.Feedback != nil}, {"follow_up", u.FollowUp != nil},
	} {
		if k.there {
			list = append(list, k.name)
		}
	}
	return list
}

// messages are all that the event tells of.
func (e *Event) messages() []Message {
	if e.Data.Created != nil {
		return e.Data.Created.Messages
	}
	if e.Data.Updates != nil {
		return e.Data.Updates.Messages
	}
	return nil
}

// Address gives every file the address that url returns for what stands in the place of its address.
func (e *Event) Address(url func(stored string) string) {
	messages := e.messages()
	for n, m := range messages {
		for k := range m.Attachments {
			m.Attachments[k].URL = url(m.Attachments[k].URL)
		}
		if len(m.Attachments) > 0 {
			messages[n].Attachment = &m.Attachments[0]
		}
	}
}

// Redact takes the texts and files out of the messages with the ids, and the title that may have been made of one, and reports whether there are some.
func (e *Event) Redact(ids []string, text string) (found bool) {
	messages := e.messages()
	for n, m := range messages {
		if slices.Contains(ids, m.ID) {
			messages[n].Body, messages[n].Attachment, messages[n].Attachments, found = text, nil, nil, true
		}
	}
	if found && e.Data.Created != nil {
		e.Data.Title = ""
	}
	return found
}

// Encode is the event as it is stored and sent: without escapes that JSON does not ask for.
func (e *Event) Encode() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(e)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// Decode reads what Encode wrote. Numbers keep all their digits.
func Decode(body []byte) (e Event, err error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	err = d.Decode(&e)
	return e, err
}

// MaxBody is the longest body of an event, in bytes.
const MaxBody = 900 << 10

// Fit returns the event's JSON, and shortens the custom issue fields as much as it must to stay below [MaxBody].
func (e *Event) Fit() ([]byte, error) {
	for _, most := range [...]int{20_000, 2000, 200, 0} {
		body, err := e.Encode()
		if err != nil || len(body) <= MaxBody {
			return body, err
		}
		e.Data.Cut = true
		e.Data.CustomIssueFields = shortened(e.Data.CustomIssueFields, most)
		if e.Data.Updates != nil && e.Data.Updates.CustomIssueFields != nil {
			e.Data.Updates.CustomIssueFields = e.Data.CustomIssueFields
		}
	}
	return e.Encode()
}

func shortened(fields map[string]Field, most int) map[string]Field {
	out := map[string]Field{}
	for key, f := range fields {
		if s, ok := f.Val.(string); ok {
			if r := []rune(s); len(r) > most {
				f.Val = string(r[:most])
			}
		}
		out[key] = f
	}
	return out
}
