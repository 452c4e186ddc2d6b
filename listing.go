package rejoin

import "slices"

// IssueList is what a program asks for when it lists issues (reference §7.3). What is empty chooses everything; all that is set must match.
type IssueList struct {
	IDs            []string // issues' ids or numbers
	States         []IssueState
	Apps           []string // ids, or the numbers by which programs know apps
	Platforms      []PlatformKind
	Queues         []string // ids, or [NoQueue]
	Users          []string // our ids, or those of the host site
	AuthorEmails   []string // of the users; lower case
	AssigneeEmails []string // of agents, lower case, or [AssignedToNobody]
	Tags           Choice
	Languages      Choice // of the user, BCP 47; en also matches en-GB
	Notes          Choice // texts that one private note contains, upper and lower case of ASCII alike
	Comment        Choice // texts that the comment of the rating contains, likewise
	Rating         Comparisons
	Fields         []Comparisons // custom issue fields, by type; all must match
	Created        Since
	Updated        Since
}

// Choice chooses by something that an issue has several of, or one, or none. What is empty says nothing.
type Choice struct {
	All, Any, None []string
	Exists         *bool // that there is one at all, or none; nil says nothing
}

// Comparisons are such of one type. A list matches where all of it does; empty lists say nothing.
type Comparisons struct {
	Type FieldType     // that the fields must have; not looked at for ratings
	All  []FieldFilter // each must match
	Any  [][]FieldFilter
	None [][]FieldFilter
}

// Since is from one moment to another, both included; zero says nothing.
type Since struct{ From, Until Millis }

// Limits of a list. The first is the reference's (§7.2).
const (
	MaxListed       = 50_000 // page × page size: further on programs read by key
	MaxListPage     = 1000   // issues
	maxListEntries  = 1000   // of a list of ids or addresses
	maxChoice       = 100    // texts, and comparisons
	maxChoiceLength = 255    // characters
)

// FieldsNamed lists the fields that are compared, each once, with the type that the program says they have.
func (l IssueList) FieldsNamed() map[string]FieldType {
	named := map[string]FieldType{}
	for _, c := range l.Fields {
		for _, list := range slices.Concat([][]FieldFilter{c.All}, c.Any, c.None) {
			for _, f := range list {
				named[f.Key] = c.Type
			}
		}
	}
	return named
}

// Check returns the first thing that is wrong with the list, or nil. Its field is named as programs write it.
func (l IssueList) Check() error {
	for _, list := range [...]struct {
		name    string
		entries []string
	}{{"ids", l.IDs}, {"state", plain(l.States)}, {"app-ids", l.Apps}, {"platform-types", plain(l.Platforms)}, {"queue_ids", l.Queues}, {"end-user-ids", l.Users},
		{"author_emails", l.AuthorEmails}, {"assignee_emails", l.AssigneeEmails}} {
		if len(list.entries) > maxListEntries {
			return InvalidField(list.name, "%s takes at most %d entries.", list.name, maxListEntries)
		}
		if err := checkEntries(list.name, list.entries); err != nil {
			return err
		}
	}
	for _, choice := range [...]struct {
		name string
		Choice
	}{{"tags", l.Tags}, {"languages", l.Languages}, {"notes", l.Notes}, {"feedback-comment", l.Comment}} {
		if err := choice.check(choice.name); err != nil {
			return err
		}
	}
	if err := checkComparisons("feedback-rating", []Comparisons{l.Rating}); err != nil {
		return err
	}
	return checkComparisons("custom_fields", l.Fields)
}

func (c Choice) check(name string) error {
	entries := slices.Concat(c.All, c.Any, c.None)
	if len(entries) > maxChoice {
		return InvalidField(name, "%s takes at most %d texts.", name, maxChoice)
	}
	return checkEntries(name, entries)
}

func checkEntries(name string, entries []string) error {
	for _, s := range entries {
		if s == "" || !filterable(s, maxChoiceLength) {
			return InvalidField(name, "An entry of %s has 1 to %d characters.", name, maxChoiceLength)
		}
	}
	return nil
}

func checkComparisons(name string, list []Comparisons) error {
	values := 0
	for _, c := range list {
		for _, f := range slices.Concat(slices.Concat([][]FieldFilter{c.All}, c.Any, c.None)...) {
			if name == "custom_fields" && !fieldKey.MatchString(f.Key) {
				return InvalidField(name, "There is no custom issue field with the key %q.", Preview(f.Key, 64))
			}
			if err := checkEntries(name, f.Value); err != nil {
				return err
			}
			values += max(1, len(f.Value))
		}
	}
	if values > maxChoice {
		return InvalidField(name, "%s takes at most %d comparisons.", name, maxChoice)
	}
	return nil
}
