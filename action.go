package rejoin

// Action is one thing that an automation or a bot does to an issue.
type Action struct {
	Kind    ActionKind `json:"kind"`
	AgentID string     `json:"agent_id,omitempty"` // assign; empty for nobody
	QueueID string     `json:"queue_id,omitempty"` // queue; empty takes the issue out of its queue
	BotID   string     `json:"bot_id,omitempty"`   // start_bot
	Tags    []string   `json:"tags,omitempty"`     // add_tags, remove_tags
	Field   string     `json:"field,omitempty"`    // set_field: the key of a custom issue field
	Value   string     `json:"value,omitempty"`    // set_field: as an issue keeps it, with placeholders; empty empties the field
	Text    *LocalText `json:"text,omitempty"`     // message: what the user reads, with placeholders
	Note    string     `json:"note,omitempty"`     // note: for the team, with placeholders
	URL     string     `json:"url,omitempty"`      // webhook: where the issue is posted
}

// ActionKind names an action.
type ActionKind string

const (
	DoAssign       ActionKind = "assign"
	DoQueue        ActionKind = "queue"
	DoAddTags      ActionKind = "add_tags"
	DoRemoveTags   ActionKind = "remove_tags"
	DoSetField     ActionKind = "set_field"
	DoResolve      ActionKind = "resolve"
	DoReject       ActionKind = "reject"
	DoReopen       ActionKind = "reopen"
	DoMessage      ActionKind = "message"
	DoNote         ActionKind = "note"
	DoStartBot     ActionKind = "start_bot"
	DoSendFollowUp ActionKind = "send_follow_up" // at once
	DoHoldFollowUp ActionKind = "hold_follow_up"
	DoWebhook      ActionKind = "webhook"
)
