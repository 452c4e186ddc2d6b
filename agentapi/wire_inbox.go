package agentapi

import "rejoin"

// InboxQuery is POST /agent/v1/issues/query: a page of issues, 50 by default. View is open (the default), mine, unassigned, waiting, left, unread,
// all or resolved, or the id of a Smart View; the filter narrows it. A query that only counts has limit -1.
type InboxQuery struct {
	View   string             `json:"view,omitempty"`
	Filter rejoin.IssueFilter `json:"filter"`
	Sort   string             `json:"sort,omitempty"`   // updated (newest change first, the default), created, waiting (longest waiting first)
	Cursor string             `json:"cursor,omitempty"` // from an earlier page
	Limit  int                `json:"limit,omitempty"`  // 1 to 200
}

// Inbox is the answer. With text in the query, hits has an entry for each issue: the piece of the newest message or note around a word that was looked
// for, on one line; it is empty where only the title, the person or the number was found.
type Inbox struct {
	Issues []Row    `json:"issues"`
	Hits   []string `json:"hits,omitempty"`
	Next   string   `json:"next,omitempty"` // give it as cursor for the next page
	Total  int64    `json:"total"`          // how many the query chooses; counting stops at 10,000
}

// Counts is GET /agent/v1/issues/counts: how many issues each view holds, Smart Views by id. Counting stops at 10,000.
type Counts struct {
	Open       int64            `json:"open"`
	Mine       int64            `json:"mine"`
	Unassigned int64            `json:"unassigned"`
	Waiting    int64            `json:"waiting"` // new, new-for-agent or waiting-for-agent
	Left       int64            `json:"left"`    // left and unread
	Unread     int64            `json:"unread"`  // open issues with messages no agent has seen
	Smart      map[string]int64 `json:"smart"`   // by id of the view
}

// SmartView is a saved filter: GET and POST /agent/v1/views, PUT and DELETE /agent/v1/views/{view}. All answer SmartViews. Everybody keeps their
// own, at most 50; shared ones, at most 50 too, are kept by supervisors.
type SmartView struct {
	ID     string             `json:"id"`
	Name   string             `json:"name"`
	Shared bool               `json:"shared"`
	Filter rejoin.IssueFilter `json:"filter"`
}

// SmartViews is those an agent sees, the shared first, by name.
type SmartViews struct {
	Views []SmartView `json:"views"`
}

// SetSmartView makes or changes one.
type SetSmartView struct {
	Name   string             `json:"name"`
	Shared bool               `json:"shared"`
	Filter rejoin.IssueFilter `json:"filter"`
}

// BulkEdit is POST /agent/v1/issues/bulk: at most 500 issues, each in a transaction of its own. What is absent stays. Repeating it with the
// same client_id does nothing twice.
type BulkEdit struct {
	ClientID   string   `json:"client_id"`
	IssueIDs   []string `json:"issue_ids"`
	State      string   `json:"state,omitempty"`       // resolved, rejected or open
	AssigneeID *string  `json:"assignee_id,omitempty"` // empty means nobody
	QueueID    *string  `json:"queue_id,omitempty"`    // empty means out of all
	AddTags    []string `json:"add_tags,omitempty"`
	RemoveTags []string `json:"remove_tags,omitempty"`
}

// BulkResult says what became of each.
type BulkResult struct {
	Changed int           `json:"changed"`
	Failed  []BulkFailure `json:"failed"`
}

// BulkFailure is an issue that was not changed, and why.
type BulkFailure struct {
	IssueID string `json:"issue_id"`
	Number  int64  `json:"number,omitempty"`
	Text    string `json:"text"`
}

// InboxOptions is GET /agent/v1/issues/options: what there is to filter by.
type InboxOptions struct {
	Apps      []NamedApp    `json:"apps"`
	Languages []string      `json:"languages"` // that users of the domain have
	Queues    []NamedQueue  `json:"queues"`    // not archived
	Tags      []string      `json:"tags"`      // not archived
	Fields    []CustomField `json:"fields"`    // archived ones too
}

// NamedApp names an app.
type NamedApp struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func wireOfInbox() []any {
	return []any{InboxQuery{}, Inbox{}, Counts{}, SmartViews{}, SetSmartView{}, BulkEdit{}, BulkResult{}, InboxOptions{}}
}
