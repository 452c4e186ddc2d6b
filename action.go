package rejoin

import (
	"slices"
	"strings"
)

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
	Echo    bool       `json:"-"`                  // message: Text holds words of the user; set when its placeholders are filled
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

// Limits of one action.
const (
	maxActionTags  = 20
	maxActionValue = 10_000 // characters
)

// Check says what is missing in the action, or wrong. The error names the field as JSON does. That an agent, a queue or a tag exists is not looked at, and
// neither is whether our server may call the address, or what the kind takes no notice of: see [Action.Only].
func (a Action) Check() error {
	switch a.Kind {
	case DoResolve, DoReject, DoReopen, DoSendFollowUp, DoHoldFollowUp:
		return nil
	case DoAssign:
		return checkNamed("agent_id", a.AgentID, "There is no such agent in your team.")
	case DoQueue:
		return checkNamed("queue_id", a.QueueID, "There is no such queue.")
	case DoStartBot:
		if a.BotID == "" {
			return InvalidField("bot_id", "Choose the bot to start.")
		}
		return checkNamed("bot_id", a.BotID, "There is no such bot.")
	case DoAddTags, DoRemoveTags:
		return a.checkTags()
	case DoSetField:
		return a.checkField()
	case DoMessage:
		if a.Text == nil || strings.TrimSpace(a.Text.Text) == "" {
			return InvalidField("text", "Write what the user reads.")
		}
		return a.Text.Check("text", MaxBody)
	case DoNote:
		if strings.TrimSpace(a.Note) == "" || !filterable(a.Note, MaxBody) {
			return InvalidField("note", "A note has 1 to %d characters.", MaxBody)
		}
		return nil
	case DoWebhook:
		if clean, ok := CleanURL(a.URL); !ok || clean != a.URL {
			return InvalidField("url", "Give a complete address without spaces, such as https://example.com/hooks/rejoin.")
		}
		return nil
	}
	return InvalidField("kind", "There is no action %q.", Preview(string(a.Kind), 40))
}

// maxID is more characters than an id of ours has.
const maxID = 100

// checkNamed refuses what can be no id.
func checkNamed(field, id, text string) error {
	if !filterable(id, maxID) {
		return InvalidField(field, "%s", text)
	}
	return nil
}

// Only is the action with what its kind takes, and nothing else.
func (a Action) Only() Action {
	out := Action{Kind: a.Kind}
	switch a.Kind {
	case DoAssign:
		out.AgentID = a.AgentID
	case DoQueue:
		out.QueueID = a.QueueID
	case DoStartBot:
		out.BotID = a.BotID
	case DoAddTags, DoRemoveTags:
		out.Tags = a.Tags
	case DoSetField:
		out.Field, out.Value = a.Field, a.Value
	case DoMessage:
		out.Text = a.Text
	case DoNote:
		out.Note = a.Note
	case DoWebhook:
		out.URL = a.URL
	}
	return out
}

func (a Action) checkTags() error {
	if n := len(a.Tags); n < 1 || n > maxActionTags {
		return InvalidField("tags", "Choose 1 to %d tags.", maxActionTags)
	}
	for n, name := range a.Tags {
		if kept, err := CheckTagName(name); err != nil || kept != name || slices.Contains(a.Tags[:n], name) {
			return InvalidField("tags", "%q is no tag, or is there twice.", Preview(name, 40))
		}
	}
	return nil
}

func (a Action) checkField() error {
	if !fieldKey.MatchString(a.Field) {
		return InvalidField("field", "Choose the field to set.")
	}
	if !filterable(a.Value, maxActionValue) {
		return InvalidField("value", "A value has at most %d characters.", maxActionValue)
	}
	return nil
}
