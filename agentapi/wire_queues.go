package agentapi

import "rejoin"

// Queue is where issues wait for an agent: GET /agent/v1/queues, for everybody who answers.
type Queue struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	Agents     []string          `json:"agents"`
	AutoAssign bool              `json:"auto_assign"`
	Limit      int               `json:"limit"` // open issues at which an agent gets no more by itself; 0 for no limit
	Message    *rejoin.LocalText `json:"message,omitempty"`
	FallbackID string            `json:"fallback_id,omitempty"`
	Archived   bool              `json:"archived,omitempty"`
	Waiting    int64             `json:"waiting"`          // open issues in it that nobody has, at most 10,000 counted
	Oldest     rejoin.Millis     `json:"oldest,omitempty"` // since when the user of the first of them waits
	Free       int               `json:"free"`             // agents of it who could take one now
}

// Queues is the domain's queues by name.
type Queues struct {
	Queues []Queue `json:"queues"`
}

// SetQueue is POST /agent/v1/queues and PUT /agent/v1/queues/{queue}, for administrators. POST /agent/v1/queues/{queue}/archive takes SetArchived: its issues
// leave it. All answer Queues.
type SetQueue struct {
	Name       string            `json:"name"`
	Agents     []string          `json:"agents"`
	AutoAssign bool              `json:"auto_assign"`
	Limit      int               `json:"limit"`
	Message    *rejoin.LocalText `json:"message,omitempty"`
	FallbackID string            `json:"fallback_id,omitempty"`
}

// MoveToQueue is POST /agent/v1/issues/{issue}/queue. An open issue that comes into a queue has no agent any more and is new
// again (reference §4.4). An empty queue_id takes the issue out of its queue and leaves it to its agent. From is the queue that the agent saw; another one
// by now is a conflict. Answers Thread.
type MoveToQueue struct {
	QueueID string  `json:"queue_id"`
	From    *string `json:"from,omitempty"`
}

// Hours is GET /agent/v1/apps/{app}/hours, for administrators, and the answer to SetHours and TryHours.
type Hours struct {
	Hours    rejoin.BusinessHours `json:"hours"`
	Zones    []string             `json:"zones,omitempty"`     // to GET: IANA names to choose from
	Open     bool                 `json:"open"`                // right now
	ChangeAt rejoin.Millis        `json:"change_at,omitempty"` // when that changes next; zero if it does not within a year
	Advice   []Advice             `json:"advice"`
}

// SetHours is PUT /agent/v1/apps/{app}/hours, for administrators. What is left out stays as it is.
type SetHours struct {
	Hours rejoin.BusinessHours `json:"hours"`
}

// TryHours is POST /agent/v1/apps/{app}/hours/try, for administrators: how it would be with settings that are not stored. What is left out is taken as it is
// stored. Of web_chat nothing is checked.
type TryHours struct {
	Hours   *rejoin.BusinessHours   `json:"hours,omitempty"`
	WebChat *rejoin.WebChatSettings `json:"web_chat,omitempty"`
}

// Advice is what follows from an app's settings together (reference §1.2), in the words of this app: its hours, its window, its destination.
type Advice struct {
	Kind string `json:"kind"` // good, look or bad
	Text string `json:"text"`
}

func wireOfQueues() []any {
	return []any{Queues{}, SetQueue{}, MoveToQueue{}, Hours{}, SetHours{}, TryHours{}}
}
