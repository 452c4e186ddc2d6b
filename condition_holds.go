package rejoin

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Limits of one condition.
const (
	maxConditionValues = 100
	maxConditionValue  = 255 // characters
	maxConditionFor    = Seconds(90 * 24 * 60 * 60)
)

// subjectRules says which operators fit a subject, and what its values are.
type subjectRules struct {
	ops    []Op
	values []string // all there are; nil for any
	key    bool     // it needs a key
}

var (
	choiceOps = []Op{OpIs, OpIsNot, OpOneOf, OpNoneOf}
	pickOps   = []Op{OpIs, OpIsNot, OpOneOf, OpNoneOf, OpSet, OpNotSet}
	textOps   = []Op{OpIs, OpIsNot, OpOneOf, OpNoneOf, OpContains, OpContainsNot, OpStarts, OpStartsNot, OpEnds, OpEndsNot, OpSet, OpNotSet}
	valueOps  = append(slices.Clone(textOps), OpAbove, OpBelow)
	eitherOps = []Op{OpIs, OpIsNot}
)

var subjects = map[Subject]subjectRules{
	OnPlatform:     {ops: choiceOps, values: plain(PlatformKinds[:])},
	OnApp:          {ops: choiceOps},
	OnLanguage:     {ops: pickOps},
	OnTags:         {ops: pickOps},
	OnTitle:        {ops: textOps},
	OnFirstMessage: {ops: textOps},
	OnLastMessage:  {ops: textOps},
	OnField:        {ops: valueOps, key: true},
	OnMeta:         {ops: valueOps, key: true},
	OnHours:        {ops: eitherOps, values: []string{hoursOpen, hoursClosed}},
	OnState:        {ops: choiceOps, values: plain([]IssueState{New, NewForAgent, AgentReplied, WaitingForAgent, Resolved, Rejected})},
	OnAssignee:     {ops: pickOps},
	OnQueue:        {ops: pickOps},
	OnAddress:      {ops: textOps},
	OnLoggedIn:     {ops: eitherOps, values: []string{"true", "false"}},
	OnFollowUp: {ops: pickOps, values: plain([]FollowUpState{FollowUpWaiting, FollowUpSending, FollowUpHandingOver, FollowUpSent, FollowUpUnknown,
		FollowUpFailed, FollowUpCancelled, FollowUpSkipped})},
	OnAnswer: {ops: valueOps, key: true},
}

// The values of [OnHours].
const (
	hoursOpen   = "open"
	hoursClosed = "closed"
)

// Check says what is wrong with the condition: which operators fit its subject, how many values it takes, how long it may wait. The error names the field
// as JSON does. That a tag, an agent or a field exists is not looked at.
func (c Condition) Check() error {
	if c.Subject.Timed() {
		return c.checkTimed()
	}
	rules, ok := subjects[c.Subject]
	if !ok {
		return InvalidField("subject", "There is no condition about %q.", Preview(string(c.Subject), 40))
	}
	if !slices.Contains(rules.ops, c.Op) {
		return InvalidField("op", "A condition about %s compares by %s.", c.Subject.words(), strings.Join(plain(rules.ops), ", "))
	}
	if c.For != 0 {
		return InvalidField("for", "A condition about %s measures no time.", c.Subject.words())
	}
	if c.Key == "" && rules.key || c.Key != "" && !rules.key || !filterable(c.Key, maxConditionValue) {
		return InvalidField("key", "Choose what the condition about %s looks at.", c.Subject.words())
	}
	return c.checkValues(rules)
}

func (c Condition) checkTimed() error {
	switch {
	case c.Op != OpFor:
		return InvalidField("op", "A condition about %s says for how long.", c.Subject.words())
	case c.Key != "" || len(c.Values) > 0:
		return InvalidField("values", "A condition about %s takes a time and nothing else.", c.Subject.words())
	case c.For < 1 || c.For > maxConditionFor:
		return InvalidField("for", "Choose a time from 1 second to 90 days.")
	}
	return nil
}

func (c Condition) checkValues(rules subjectRules) error {
	few, many := 1, 1
	switch c.Op {
	case OpOneOf, OpNoneOf:
		many = maxConditionValues
	case OpSet, OpNotSet:
		few, many = 0, 0
	}
	if n := len(c.Values); n < few || n > many {
		if many == 0 {
			return InvalidField("values", "The comparison %q takes no value.", c.Op)
		}
		return InvalidField("values", "Give the condition about %s something to compare with: %d to %d values.", c.Subject.words(), few, many)
	}
	for _, s := range c.Values {
		if strings.TrimSpace(s) == "" || !filterable(s, maxConditionValue) {
			return InvalidField("values", "A value of a condition has 1 to %d characters.", maxConditionValue)
		}
		if rules.values != nil && !slices.Contains(rules.values, s) {
			return InvalidField("values", "A condition about %s compares with %s; %q is none of them.", c.Subject.words(), strings.Join(rules.values, ", "), Preview(s, 40))
		}
		if (c.Op == OpAbove || c.Op == OpBelow) && !c.comparable(s) {
			return InvalidField("values", "Above and below compare with a number or a date.")
		}
	}
	return nil
}

// comparable reports whether something can be above or below the value.
func (c Condition) comparable(value string) bool {
	if c.isVersion() {
		_, ok := versionOf(value)
		return ok
	}
	_, err := time.Parse(time.DateOnly, value)
	_, ok := number(value)
	return ok || err == nil
}

// Holds reports whether the condition is so at the moment of the view. What is missing is set to nothing: only is_not, none_of, the other negations and
// not_set hold then.
func (c Condition) Holds(v View) bool {
	if c.Subject.Timed() {
		at, ok := c.HoldsAt(v)
		return ok && at <= v.Now
	}
	found, set := c.found(v)
	switch c.Op {
	case OpIs, OpOneOf:
		return set && c.one(found, c.sameIn(v))
	case OpIsNot, OpNoneOf:
		return !set || !c.one(found, c.sameIn(v))
	case OpContains:
		return set && c.one(found, strings.Contains)
	case OpContainsNot:
		return !set || !c.one(found, strings.Contains)
	case OpStarts:
		return set && c.one(found, strings.HasPrefix)
	case OpStartsNot:
		return !set || !c.one(found, strings.HasPrefix)
	case OpEnds:
		return set && c.one(found, strings.HasSuffix)
	case OpEndsNot:
		return !set || !c.one(found, strings.HasSuffix)
	case OpAbove, OpBelow:
		return set && c.one(found, c.beyond)
	case OpSet:
		return set
	case OpNotSet:
		return !set
	}
	return false
}

// HoldsAt returns since when, or from when on, the condition holds if nothing changes but the time: for timed subjects the moment when they began plus
// [Condition.For]. It reports false for one that does not come true by the time alone.
func (c Condition) HoldsAt(v View) (Millis, bool) {
	if !c.Subject.Timed() {
		return v.Now, c.Holds(v)
	}
	since, ok := v.Since[c.Subject]
	return since.Add(c.For.Duration()), ok
}

// found returns what the view has where the condition looks; several entries are tags. It reports false if there is nothing.
func (c Condition) found(v View) (list []string, set bool) {
	one := ""
	switch c.Subject {
	case OnTags:
		return v.Tags, len(v.Tags) > 0
	case OnField:
		one = v.Fields[c.Key].Words()
	case OnMeta:
		one = v.Meta[c.Key]
	case OnAnswer:
		one = v.Answers[c.Key]
	case OnHours:
		if one = hoursClosed; v.Open {
			one = hoursOpen
		}
	case OnLoggedIn:
		one = strconv.FormatBool(v.LoggedIn)
	default:
		one = v.plain(c.Subject)
	}
	return []string{one}, strings.TrimSpace(one) != ""
}

// plain returns what the view has of a subject that is one text.
func (v View) plain(s Subject) string {
	switch s {
	case OnPlatform:
		return string(v.Platform)
	case OnApp:
		return v.AppID
	case OnLanguage:
		return v.Language
	case OnTitle:
		return v.Title
	case OnFirstMessage:
		return v.FirstMessage
	case OnLastMessage:
		return v.LastMessage
	case OnState:
		return string(v.State)
	case OnAssignee:
		return v.AssigneeID
	case OnQueue:
		return v.QueueID
	case OnAddress:
		return v.Address
	case OnFollowUp:
		return string(v.FollowUp)
	}
	return ""
}

// one reports whether a comparison holds between an entry found and a value, in lower case and without spaces around them.
func (c Condition) one(found []string, holds func(found, value string) bool) bool {
	for _, f := range found {
		for _, value := range c.Values {
			if holds(lower(f), lower(value)) {
				return true
			}
		}
	}
	return false
}

func lower(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// sameIn compares as same does: what a field of numbers has is a number, and what a field of texts has is none, such as 0123.
func (c Condition) sameIn(v View) func(found, value string) bool {
	numbers := c.Subject == OnField && v.Fields[c.Key].Type == Number
	return func(found, value string) bool { return c.same(found, value, numbers) }
}

// same compares two texts in lower case: languages by their beginning, dates by their day in UTC, numbers as numbers.
func (c Condition) same(found, value string, numbers bool) bool {
	if found == value {
		return true
	}
	switch c.Subject {
	case OnLanguage:
		return strings.HasPrefix(found, value+"-")
	case OnField, OnAnswer:
		if order, ok := compareDays(found, value); ok {
			return order == 0
		}
		order, ok := compareNumbers(found, value)
		return numbers && ok && order == 0
	}
	return false
}

// beyond reports whether what was found is above the value, or below it: dates by their day in UTC, versions number by number.
func (c Condition) beyond(found, value string) bool {
	order, ok := 0, false
	if c.isVersion() {
		order, ok = compareVersions(found, value)
	} else if order, ok = compareDays(found, value); !ok {
		order, ok = compareNumbers(found, value)
	}
	return ok && (c.Op == OpAbove && order > 0 || c.Op == OpBelow && order < 0)
}

// isVersion reports whether the condition looks at the version of a program, such as 126.0.6478.
func (c Condition) isVersion() bool {
	return c.Subject == OnMeta && strings.HasSuffix(c.Key, "version")
}

func number(s string) (float64, bool) {
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil && n == n
}

func compareNumbers(a, b string) (int, bool) {
	x, ok := number(a)
	y, both := number(b)
	switch {
	case x < y:
		return -1, ok && both
	case x > y:
		return 1, ok && both
	}
	return 0, ok && both
}

// compareDays compares what was found, a date as YYYY-MM-DD, with a date or a moment in Unix milliseconds.
func compareDays(found, value string) (int, bool) {
	if _, err := time.Parse(time.DateOnly, found); err != nil {
		return 0, false
	}
	if at, err := strconv.ParseInt(value, 10, 64); err == nil {
		value = Millis(at).Time().Format(time.DateOnly)
	}
	_, err := time.Parse(time.DateOnly, value)
	return strings.Compare(found, value), err == nil
}

// compareVersions compares versions such as 17.2 and 17.10.1 number by number.
func compareVersions(a, b string) (int, bool) {
	x, ok := versionOf(a)
	y, both := versionOf(b)
	return slices.Compare(x, y), ok && both
}

func versionOf(s string) ([]uint64, bool) {
	var list []uint64
	for part := range strings.SplitSeq(s, ".") {
		n, err := strconv.ParseUint(part, 10, 64)
		if err != nil {
			return nil, false
		}
		list = append(list, n)
	}
	for len(list) > 0 && list[len(list)-1] == 0 {
		list = list[:len(list)-1]
	}
	return list, true
}
