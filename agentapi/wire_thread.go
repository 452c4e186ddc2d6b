package agentapi

import "rejoin"

// Note is a private note: POST /agent/v1/issues/{issue}/notes. Users never see it. It comes back as an event of kind note.
type Note struct {
	ClientID string `json:"client_id"`
	Body     string `json:"body"` // 1 to 10,000 characters
}

// EditMessage is PUT /agent/v1/issues/{issue}/messages/{message}, for the author, and supervisors, until the user has read or been mailed it.
// DELETE of the same address takes the message back. Was is the text the agent began with: another one by now is a conflict.
type EditMessage struct {
	Body string `json:"body"`
	Was  string `json:"was"`
}

// SetTags is POST /agent/v1/issues/{issue}/tags. Only tags that exist and are not archived can be added.
type SetTags struct {
	Add    []string `json:"add,omitempty"`
	Remove []string `json:"remove,omitempty"`
}

// SetField is POST /agent/v1/issues/{issue}/fields: one custom issue field. An empty value unsets it. Was is the value that the agent saw, as
// FormField.Value says it: another one by now is a conflict.
type SetField struct {
	Key   string `json:"key"`
	Value string `json:"value"` // a date in Unix milliseconds, a checkbox as true or false
	Was   string `json:"was"`
}

// FormField is a custom issue field that agents can fill in on this issue: those of its platform, in their order, and those already set.
type FormField struct {
	Key      string           `json:"key"`
	Label    string           `json:"label"`
	Type     rejoin.FieldType `json:"type"`
	Options  []string         `json:"options,omitempty"`
	Value    string           `json:"value"` // raw: a date in Unix milliseconds; empty if not set
	Archived bool             `json:"archived,omitempty"`
}

// Previous is an earlier issue of the same user.
type Previous struct {
	ID        string            `json:"id"`
	Number    int64             `json:"number"`
	Title     string            `json:"title"`
	State     rejoin.IssueState `json:"state"`
	Preview   string            `json:"preview"`
	Rating    int               `json:"rating,omitempty"`
	CreatedAt rejoin.Millis     `json:"created_at"`
	UpdatedAt rejoin.Millis     `json:"updated_at"`
}

// Previouses is GET /agent/v1/issues/{issue}/previous: the user's other issues, newest first, at most 50.
type Previouses struct {
	Issues []Previous `json:"issues"`
}

// Outlook says what will happen with what the agent is about to write: Decision as it would be one moment after a message sent now.
// It is part of Detail, so it changes with the facts.
type Outlook struct {
	Action  string        `json:"action"` // send, wait or skip
	Reason  rejoin.Reason `json:"reason"`
	Seconds int64         `json:"seconds,omitempty"` // with wait: after so long
	Address string        `json:"address,omitempty"`
	Bounced bool          `json:"bounced,omitempty"` // the newest e-mail to this address was refused for good
	CanAsk  bool          `json:"can_ask,omitempty"` // no address, and Identity Bot can ask for one: POST …/ask
}

// Typing is POST /agent/v1/issues/{issue}/typing: colleagues who look at the issue see it, and the user too unless it is a note.
type Typing struct {
	Note bool `json:"note,omitempty"`
}

// Ask is POST /agent/v1/issues/{issue}/ask with the body {}: Identity Bot asks for what is missing, name or address.

// SavedReply is a text to answer with: GET and POST /agent/v1/replies, PUT and DELETE /agent/v1/replies/{reply}. All answer SavedReplies. Everybody
// keeps their own; shared ones are kept by supervisors. Placeholders are {{user.name}}, {{user.email}}, {{agent.name}}, {{issue.number}},
// {{app.name}}, each with an optional fallback: {{user.name|there}}.
type SavedReply struct {
	ID     string `json:"id"`
	Title  string `json:"title"` // 1 to 80 characters
	Body   string `json:"body"`  // 1 to 10,000 characters
	Shared bool   `json:"shared"`
}

// SavedReplies is those an agent sees, by title.
type SavedReplies struct {
	Replies []SavedReply `json:"replies"`
}

// SetSavedReply makes or changes one.
type SetSavedReply struct {
	Title  string `json:"title"`
	Body   string `json:"body"`
	Shared bool   `json:"shared"`
}

// Colleague is somebody else who looks at the watched issue, or types in it: the frame viewing. Forget one that is not heard of for 45 seconds,
// and that they type after six.
type Colleague struct {
	AgentID string `json:"agent_id"`
	Name    string `json:"name"`
	Typing  bool   `json:"typing,omitempty"` // a reply or a note
	Gone    bool   `json:"gone,omitempty"`   // does not look any more
}

func wireOfThread() []any {
	return []any{Typing{}, Note{}, EditMessage{}, SetTags{}, SetField{}, Previouses{}, SavedReplies{}, SetSavedReply{}}
}
