package rejoin

// Rule is an automation: if all its conditions hold, and one of Any where there are some, its actions are done, in order (reference §4.3).
type Rule struct {
	ID        string
	DomainID  string
	Name      string // 1 to 80 characters, unique in the domain
	Trigger   Trigger
	On        bool
	All       []Condition
	Any       []Condition
	Actions   []Action
	Repeat    bool  // may run more than once in an issue: at each update, or each time what it waits for happens anew
	Place     int64 // in the order in which rules are tried
	CreatedAt Millis
	UpdatedAt Millis
}

// Trigger says when a rule is tried.
type Trigger string

const (
	OnNewIssue Trigger = "new_issue" // once, when an issue begins
	OnUpdate   Trigger = "update"    // when people or bots have changed an issue or written in it
	OnTime     Trigger = "time"      // when its timed conditions come true, in open issues
)

// Limits of automations.
const (
	MaxRules      = 100 // in a domain
	MaxConditions = 20  // of one rule or branch
	MaxActions    = 20  // of one rule
	MaxRuleRuns   = 50  // in one issue in 24 hours: the last brake on what goes in circles
)

// RuleNote is a run of a rule as one event of the timeline tells it.
type RuleNote struct {
	ID     string   `json:"id"`
	Name   string   `json:"name"`
	Done   []string `json:"done,omitempty"`   // what was done, a sentence each
	Failed []string `json:"failed,omitempty"` // what could not be done, and why
}
