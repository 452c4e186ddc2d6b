package agentapi

import "rejoin"

// Rule is an automation: GET /agent/v1/rules and /agent/v1/rules/{rule}, for administrators.
type Rule struct {
	ID        string             `json:"id"`
	Name      string             `json:"name"`
	Trigger   rejoin.Trigger     `json:"trigger"`
	On        bool               `json:"on"`
	All       []rejoin.Condition `json:"all"`
	Any       []rejoin.Condition `json:"any"`
	Actions   []rejoin.Action    `json:"actions"`
	Repeat    bool               `json:"repeat"`
	Problem   string             `json:"problem,omitempty"` // something it names exists no more
	Runs      int64              `json:"runs"`              // in the last 30 days
	LastRunAt rejoin.Millis      `json:"last_run_at,omitempty"`
	UpdatedAt rejoin.Millis      `json:"updated_at"`
}

// Rules is the domain's automations in the order in which they are tried, by trigger.
type Rules struct {
	Rules []Rule `json:"rules"`
}

// SetRule is POST /agent/v1/rules and PUT /agent/v1/rules/{rule}. Both answer Rule. DELETE /agent/v1/rules/{rule} answers Rules.
type SetRule struct {
	Name    string             `json:"name"`
	Trigger rejoin.Trigger     `json:"trigger"`
	On      bool               `json:"on"`
	All     []rejoin.Condition `json:"all"`
	Any     []rejoin.Condition `json:"any"`
	Actions []rejoin.Action    `json:"actions"`
	Repeat  bool               `json:"repeat"`
}

// OrderRules is POST /agent/v1/rules/order: these first, in this order. Answers Rules.
type OrderRules struct {
	IDs []string `json:"ids"`
}

// TryRule is POST /agent/v1/rules/try: whether the rule would run in an issue right now, and why or why not. Nothing is done.
type TryRule struct {
	Rule   SetRule `json:"rule"`
	RuleID string  `json:"rule_id,omitempty"` // of one that exists: whether it has run there already counts
	Issue  string  `json:"issue"`             // its number, or its id
}

// TriedRule is the answer.
type TriedRule struct {
	IssueID string           `json:"issue_id"`
	Number  int64            `json:"number"`
	Title   string           `json:"title"`
	Runs    bool             `json:"runs"`
	Text    string           `json:"text"` // one sentence
	All     []TriedCondition `json:"all"`
	Any     []TriedCondition `json:"any"`
	At      rejoin.Millis    `json:"at,omitempty"` // when its timed conditions come true, if nothing else changes
}

// TriedCondition is what became of one condition, in the order of the rule's.
type TriedCondition struct {
	Holds bool          `json:"holds"`
	Found string        `json:"found"` // what the issue has there, in words
	At    rejoin.Millis `json:"at,omitempty"`
}

// RuleOptions is GET /agent/v1/rules/options: what conditions and actions can name, for administrators.
type RuleOptions struct {
	Apps      []NamedApp    `json:"apps"`
	Agents    []Agent       `json:"agents"`
	Queues    []NamedQueue  `json:"queues"`
	Bots      []NamedBot    `json:"bots"` // published custom bots
	Tags      []string      `json:"tags"`
	Fields    []CustomField `json:"fields"`
	Languages []string      `json:"languages"`
	Meta      []string      `json:"meta"` // paths, such as browser.name
}

// NamedQueue is a queue's id and name; NamedBot is a bot's.
type NamedQueue struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// NamedBot is a bot that can be started.
type NamedBot struct {
	ID   string         `json:"id"`
	Name string         `json:"name"`
	Kind rejoin.BotKind `json:"kind"`
}

func wireOfRules() []any {
	return []any{Rules{}, SetRule{}, OrderRules{}, TryRule{}, TriedRule{}, RuleOptions{}}
}
