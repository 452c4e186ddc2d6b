package rejoin

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// IssueFilter chooses issues of a domain. What is empty chooses everything; a list matches any of its entries; all that is set must match.
// It is what a Smart View keeps, as JSON.
type IssueFilter struct {
	States      []IssueState    `json:"states,omitempty"`
	Assignees   []string        `json:"assignees,omitempty"` // agents' ids, me or nobody
	Queues      []string        `json:"queues,omitempty"`    // queues' ids or none
	Apps        []string        `json:"apps,omitempty"`
	Platforms   []PlatformKind  `json:"platforms,omitempty"`
	Languages   []string        `json:"languages,omitempty"` // of the user, BCP 47; en also matches en-GB
	TagsAny     []string        `json:"tags_any,omitempty"`
	TagsAll     []string        `json:"tags_all,omitempty"`
	TagsNone    []string        `json:"tags_none,omitempty"`
	Fields      []FieldFilter   `json:"fields,omitempty"`
	FollowUps   []FollowUpState `json:"follow_ups,omitempty"` // state of the newest follow-up
	Ratings     []int           `json:"ratings,omitempty"`    // 1 to 5
	Unread      bool            `json:"unread,omitempty"`     // with messages no agent has seen
	Left        bool            `json:"left,omitempty"`       // the user is gone and has not read everything
	CreatedFrom Millis          `json:"created_from,omitempty"`
	CreatedTo   Millis          `json:"created_to,omitempty"` // exclusive
	UpdatedFrom Millis          `json:"updated_from,omitempty"`
	UpdatedTo   Millis          `json:"updated_to,omitempty"`   // exclusive
	CreatedDays int             `json:"created_days,omitempty"` // made within so many days before now, 1 to 365
	UpdatedDays int             `json:"updated_days,omitempty"`
	Text        string          `json:"text,omitempty"` // words that all begin words of the messages, notes, title, name, address; or the number
}

// Who may stand in IssueFilter.Assignees besides agents' ids.
const (
	AssignedToMe     = "me"
	AssignedToNobody = "nobody"
)

// NoQueue may stand in IssueFilter.Queues: issues that are in no queue.
const NoQueue = "none"

// FieldFilter compares a custom issue field (reference §7.4).
type FieldFilter struct {
	Key   string   `json:"key"`
	Op    FieldOp  `json:"op"`
	Value []string `json:"value,omitempty"` // one for most, several for one_of; none for set and not_set; dates in Unix milliseconds
}

// FieldOp is how a field is compared.
type FieldOp string

const (
	FieldIs       FieldOp = "is"
	FieldIsNot    FieldOp = "is_not" // also where the field is not set
	FieldOneOf    FieldOp = "one_of"
	FieldContains FieldOp = "contains" // text, upper and lower case of ASCII alike
	FieldAbove    FieldOp = "above"    // numbers and dates
	FieldBelow    FieldOp = "below"    // numbers and dates
	FieldSet      FieldOp = "set"
	FieldNotSet   FieldOp = "not_set"

	FieldContainsNot FieldOp = "contains_not" // also where the field is not set; for programs only
)

// SmartView is a saved filter. Shared ones have no owner.
type SmartView struct {
	ID        string
	DomainID  string
	OwnerID   string // the agent who alone sees it; empty if the whole team does
	Name      string // 1 to 60 characters
	Filter    IssueFilter
	CreatedAt Millis
}

// Limits of a filter.
const (
	maxFilterList   = 100 // entries
	maxFilterEntry  = 255 // characters
	maxFilterFields = 20  // comparisons
	maxFilterText   = 200 // characters
	maxFilterDays   = 365
)

// Check returns the filter as we keep it, or the first thing that is wrong with it. That an agent, an app or a tag exists is not looked at: what
// nobody has chooses nothing.
func (f IssueFilter) Check() (IssueFilter, error) {
	for _, list := range [...]struct {
		name    string
		entries []string
	}{{"states", plain(f.States)}, {"assignees", f.Assignees}, {"queues", f.Queues}, {"apps", f.Apps}, {"platforms", plain(f.Platforms)}, {"languages", f.Languages},
		{"tags_any", f.TagsAny}, {"tags_all", f.TagsAll}, {"tags_none", f.TagsNone}, {"follow_ups", plain(f.FollowUps)}} {
		if err := checkFilterList(list.name, list.entries); err != nil {
			return f, err
		}
	}
	if len(f.Fields) > maxFilterFields {
		return f, InvalidField("fields", "A filter compares at most %d fields.", maxFilterFields)
	}
	if len(f.Ratings) > maxFilterList || slices.ContainsFunc(f.Ratings, func(r int) bool { return r < 1 || r > 5 }) {
		return f, InvalidField("ratings", "A rating is 1 to 5 stars.")
	}
	values := 0
	for _, field := range f.Fields {
		if err := field.check(); err != nil {
			return f, err
		}
		if values += len(field.Value); values > maxFilterList {
			return f, InvalidField("fields", "A filter compares fields with at most %d values together.", maxFilterList)
		}
	}
	if err := f.checkDates(); err != nil {
		return f, err
	}
	f.Text = strings.TrimSpace(f.Text)
	if !filterable(f.Text, maxFilterText) {
		return f, InvalidField("text", "Search for at most %d characters.", maxFilterText)
	}
	return f, nil
}

func (f IssueFilter) checkDates() error {
	for _, at := range [...]Millis{f.CreatedFrom, f.CreatedTo, f.UpdatedFrom, f.UpdatedTo} {
		if at < 0 || at > maxDate {
			return InvalidField("dates", "A date is in Unix milliseconds, between the years 1970 and 9999.")
		}
	}
	for _, n := range [...]int{f.CreatedDays, f.UpdatedDays} {
		if n < 0 || n > maxFilterDays {
			return InvalidField("days", "Look back 1 to %d days.", maxFilterDays)
		}
	}
	return nil
}

// check says what is wrong with the comparison.
func (f FieldFilter) check() error {
	if !fieldKey.MatchString(f.Key) {
		return InvalidField("fields", "There is no field with the key %q.", Preview(f.Key, 64))
	}
	if err := checkFilterList("fields", f.Value); err != nil {
		return err
	}
	few, many := 1, 1
	switch f.Op {
	case FieldIs, FieldIsNot, FieldContains:
	case FieldOneOf:
		many = maxFilterList
	case FieldSet, FieldNotSet:
		few, many = 0, 0
	case FieldAbove, FieldBelow:
		if len(f.Value) == 1 {
			if _, err := strconv.ParseFloat(f.Value[0], 64); err != nil {
				return InvalidField("fields", "%s can only be compared with a number or a date.", f.Key)
			}
		}
	default:
		return InvalidField("fields", "Fields are compared by is, is_not, one_of, contains, above, below, set and not_set.")
	}
	if n := len(f.Value); n < few || n > many {
		return InvalidField("fields", "The comparison %q of %s takes %d to %d values.", f.Op, f.Key, few, many)
	}
	return nil
}

func checkFilterList(name string, list []string) error {
	if len(list) > maxFilterList {
		return InvalidField(name, "A filter takes at most %d %s.", maxFilterList, strings.ReplaceAll(name, "_", " "))
	}
	for _, s := range list {
		if s == "" || !filterable(s, maxFilterEntry) {
			return InvalidField(name, "An entry of %s has 1 to %d characters.", strings.ReplaceAll(name, "_", " "), maxFilterEntry)
		}
	}
	return nil
}

// filterable reports whether every database can compare with the text.
func filterable(s string, most int) bool {
	return utf8.ValidString(s) && !strings.ContainsRune(s, 0) && utf8.RuneCountInString(s) <= most
}

func plain[T ~string](list []T) []string {
	out := make([]string, len(list))
	for n, s := range list {
		out[n] = string(s)
	}
	return out
}

// CheckSmartView returns the view as we keep it, or the first thing that is wrong with it.
func CheckSmartView(v SmartView) (SmartView, error) {
	v.Name = strings.Join(strings.Fields(strings.Map(dropControl, v.Name)), " ")
	if n := utf8.RuneCountInString(v.Name); n < 1 || n > 60 || !utf8.ValidString(v.Name) {
		return v, InvalidField("name", "A view's name has 1 to 60 characters.")
	}
	var err error
	v.Filter, err = v.Filter.Check()
	return v, err
}
