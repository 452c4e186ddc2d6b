package rejoin

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

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

// Check returns the rule as we keep it, or the first thing that is wrong with it. The error names the field as JSON does, with its place in a list:
// all.0.values, actions.2.text.
func (r Rule) Check() (Rule, error) {
	r.Name = strings.Join(strings.Fields(strings.Map(dropControl, r.Name)), " ")
	if n := utf8.RuneCountInString(r.Name); n < 1 || n > 80 || !utf8.ValidString(r.Name) {
		return r, InvalidField("name", "An automation's name has 1 to 80 characters.")
	}
	switch r.Trigger {
	case OnNewIssue, OnUpdate, OnTime:
	default:
		return r, InvalidField("trigger", "Automations run on a new issue, on an update or on time.")
	}
	if r.Trigger == OnNewIssue {
		r.Repeat = false // an issue begins once
	}
	if len(r.All)+len(r.Any) > MaxConditions {
		return r, InvalidField("all", "An automation has at most %d conditions.", MaxConditions)
	}
	if err := r.checkConditions("all", r.All); err != nil {
		return r, err
	}
	if err := r.checkConditions("any", r.Any); err != nil {
		return r, err
	}
	timed := func(c Condition) bool { return c.Subject.Timed() }
	waits := slices.ContainsFunc(r.All, timed) || len(r.Any) > 0 && !slices.ContainsFunc(r.Any, func(c Condition) bool { return !timed(c) })
	if r.Trigger == OnTime && !waits {
		return r, InvalidField("all", "Say what the automation waits for: add a condition about time that must hold.")
	}
	if err := r.checkActions(); err != nil {
		return r, err
	}
	r.Actions = slices.Clone(r.Actions)
	for n, a := range r.Actions {
		r.Actions[n] = a.Only()
	}
	return r, nil
}

func (r Rule) checkConditions(list string, conditions []Condition) error {
	for n, c := range conditions {
		if err := c.Check(); err != nil {
			return within(err, list, n)
		}
		switch {
		case c.Subject == OnAnswer:
			return within(InvalidField("subject", "Only bots know a bot's answers. Let the bot set a field, and look at that."), list, n)
		case c.Subject.Timed() && r.Trigger != OnTime:
			return within(InvalidField("subject", "Conditions about time are for automations that run on time."), list, n)
		}
	}
	return nil
}

func (r Rule) checkActions() error {
	if n := len(r.Actions); n < 1 || n > MaxActions {
		return InvalidField("actions", "An automation does 1 to %d things.", MaxActions)
	}
	for n, a := range r.Actions {
		if err := a.Check(); err != nil {
			return within(err, "actions", n)
		}
	}
	return nil
}

// within puts the place in a list before the field that an error is about.
func within(err error, list string, n int) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	return &Error{Code: e.Code, Field: fmt.Sprintf("%s.%d.%s", list, n, e.Field), Text: e.Text, Err: e.Err}
}
