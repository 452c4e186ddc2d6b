package restapi

import (
	"rejoin"
	"rejoin/webhook"
)

// CreatedIssue is an issue that a program has created.
type CreatedIssue struct {
	ID           string                      `json:"id"` // the issue's number, as text
	CreatedAt    rejoin.Millis               `json:"created_at"`
	Title        string                      `json:"title"`
	Tags         []string                    `json:"tags"`
	Meta         map[string]any              `json:"meta"`
	CustomFields map[string]webhook.APIField `json:"custom_fields"`
	Attachment   *webhook.Attachment         `json:"attachment,omitempty"`  // the first file
	Attachments  []webhook.Attachment        `json:"attachments,omitempty"` // all files
}

// UpdatedIssue is what has become of an issue.
type UpdatedIssue struct {
	Data UpdatedData `json:"updated-data"`
}

// UpdatedData is what was given, as it is now.
type UpdatedData struct {
	Title        string                      `json:"title,omitempty"`
	Tags         []string                    `json:"tags,omitzero"` // all of the issue
	CustomFields map[string]webhook.APIField `json:"custom_fields,omitzero"`
	Meta         map[string]any              `json:"meta,omitzero"`
	StateData    *webhook.StateData          `json:"state_data,omitempty"`
	AssigneeID   string                      `json:"assignee_id,omitempty"` // unassigned for nobody
	AssigneeName *string                     `json:"assignee_name,omitempty"`
	Queue        webhook.RefChange           `json:"queue,omitzero"` // null for none
}

// ManyUpdated is what has become of many issues.
type ManyUpdated struct {
	Updated int          `json:"updated"` // issues that are now as they should be
	Failed  []NotUpdated `json:"failed"`
}

// NotUpdated is an issue that was not changed.
type NotUpdated struct {
	ID    string      `json:"id"` // as the request named it
	Error string      `json:"error"`
	Code  rejoin.Code `json:"code"`
}

// AddedMessage is a message that a program has written.
type AddedMessage struct {
	Message WrittenMessage `json:"added-message"`
}

// WrittenMessage is a message with its kind, which is always Text.
type WrittenMessage struct {
	webhook.Message
	Type string `json:"type"`
}

// AddedNote is a private note that a program has written.
type AddedNote struct {
	Note webhook.Note `json:"added-note"`
}

// RedactionRequest names a message to redact.
type RedactionRequest struct {
	RedactionType string `json:"redaction_type"`           // message
	Property      string `json:"property"`                 // message_id
	Value         string `json:"value"`                    // the message's id
	AppPublishID  string `json:"app_publish_id,omitempty"` // taken, and not needed: ids of messages are unique
}

// Redactions is what was redacted.
type Redactions struct {
	Response []RedactionRequest `json:"response"` // as they were asked for
}
