package restapi

import (
	"rejoin"
	"rejoin/webhook"
)

// IssueList is a page of issues. With next-key there are neither page nor totals: nobody counts again.
type IssueList struct {
	Issues     []Issue `json:"issues"`
	Page       int64   `json:"page,omitempty"`
	PageSize   int64   `json:"page-size"`
	TotalHits  *int64  `json:"total-hits,omitempty"`  // of all pages; no more than 50,000 are counted
	TotalPages *int64  `json:"total-pages,omitempty"` // as far as hits are counted
	NextKey    string  `json:"next-key,omitempty"`    // give it back as next-key for what follows; absent at the end
}

// Issue is one conversation.
type Issue struct {
	ID           int64               `json:"id"` // the issue's number
	Domain       string              `json:"domain"`
	AppID        string              `json:"app_id"`
	AppPublishID string              `json:"app_publish_id"`
	PlatformType rejoin.PlatformKind `json:"platform_type"` // web, ios or android
	Title        string              `json:"title"`
	Tags         []string            `json:"tags"`
	Language     string              `json:"language"` // the user's, BCP 47; may be empty
	AuthorName   string              `json:"author_name"`
	AuthorEmail  string              `json:"author_email"`
	HSUserID     string              `json:"hs_user_id"`    // the user's id
	AssigneeID   string              `json:"assignee_id"`   // unassigned for nobody
	AssigneeName *string             `json:"assignee_name"` // null for nobody
	Queue        *webhook.Ref        `json:"queue"`         // null for none
	CreatedAt    rejoin.Millis       `json:"created_at"`
	UpdatedAt    rejoin.Millis       `json:"updated_at"`
	Redacted     bool                `json:"redacted"` // a message was redacted
	StateData    webhook.StateData   `json:"state_data"`
	Messages     []IssueMessage      `json:"messages,omitzero"`
	IssueExtras                      // what is asked for
}

// IssueExtras is what an issue holds if a program asks for it.
type IssueExtras struct {
	Meta            map[string]any              `json:"meta,omitzero"`
	CustomFields    map[string]webhook.APIField `json:"custom_fields,omitzero"`
	FeedbackRating  int                         `json:"feedback_rating,omitempty"`  // 1 to 5; absent if there is none
	FeedbackComment string                      `json:"feedback_comment,omitempty"` // absent if there is none
	PrivateNotes    []webhook.Note              `json:"private_notes,omitzero"`
}

// IssueMessage is a message of an issue.
type IssueMessage struct {
	webhook.Message
	Redacted bool `json:"redacted,omitempty"` // its text and its files were taken away for good
}
