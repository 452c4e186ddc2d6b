package rejoin_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"rejoin"
)

func TestFilterCheck(t *testing.T) {
	many := slices.Repeat([]string{"a"}, 101)
	compare := func(op rejoin.FieldOp, values ...string) rejoin.IssueFilter {
		return rejoin.IssueFilter{Fields: []rejoin.FieldFilter{{Key: "size", Op: op, Value: values}}}
	}
	for name, c := range map[string]struct {
		filter rejoin.IssueFilter
		field  string // that is wrong; empty if none
	}{
		"nothing":             {rejoin.IssueFilter{}, ""},
		"many":                {rejoin.IssueFilter{TagsAny: many[:100], Assignees: many[:100], Text: strings.Repeat("ä", 200)}, ""},
		"too many tags":       {rejoin.IssueFilter{TagsNone: many}, "tags_none"},
		"too many people":     {rejoin.IssueFilter{Assignees: many}, "assignees"},
		"an empty app":        {rejoin.IssueFilter{Apps: []string{""}}, "apps"},
		"a long language":     {rejoin.IssueFilter{Languages: []string{strings.Repeat("x", 256)}}, "languages"},
		"junk":                {rejoin.IssueFilter{TagsAll: []string{"\xff"}}, "tags_all"},
		"NUL":                 {rejoin.IssueFilter{States: []rejoin.IssueState{"\x00"}}, "states"},
		"no stars":            {rejoin.IssueFilter{Ratings: []int{0}}, "ratings"},
		"before time":         {rejoin.IssueFilter{CreatedFrom: -1}, "dates"},
		"after time":          {rejoin.IssueFilter{UpdatedTo: 1 << 60}, "dates"},
		"a year and a day":    {rejoin.IssueFilter{UpdatedDays: 366}, "days"},
		"a long text":         {rejoin.IssueFilter{Text: strings.Repeat("ä", 201)}, "text"},
		"set":                 {compare(rejoin.FieldSet), ""},
		"set to something":    {compare(rejoin.FieldSet, "x"), "fields"},
		"is":                  {compare(rejoin.FieldIs, "x"), ""},
		"is two things":       {compare(rejoin.FieldIs, "x", "y"), "fields"},
		"one of two":          {compare(rejoin.FieldOneOf, "x", "y"), ""},
		"one of none":         {compare(rejoin.FieldOneOf), "fields"},
		"above":               {compare(rejoin.FieldAbove, "-1.5e3"), ""},
		"above a word":        {compare(rejoin.FieldAbove, "x"), "fields"},
		"compared by nothing": {compare("", "x"), "fields"},
		"no key":              {rejoin.IssueFilter{Fields: []rejoin.FieldFilter{{Key: "a b", Op: rejoin.FieldSet}}}, "fields"},
		"too many values":     {rejoin.IssueFilter{Fields: slices.Repeat([]rejoin.FieldFilter{{Key: "a", Op: rejoin.FieldOneOf, Value: many[:51]}}, 2)}, "fields"},
		"too many fields":     {rejoin.IssueFilter{Fields: slices.Repeat([]rejoin.FieldFilter{{Key: "a", Op: rejoin.FieldSet}}, 21)}, "fields"},
	} {
		_, err := c.filter.Check()
		var e *rejoin.Error
		switch {
		case c.field == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.field != "" && (!errors.As(err, &e) || e.Field != c.field || e.Text == ""):
			t.Errorf("%s: %v, want a fault of %s", name, err, c.field)
		}
	}
	f, err := rejoin.IssueFilter{Text: "  boots "}.Check()
	if err != nil || f.Text != "boots" {
		t.Errorf("the text is %q, %v", f.Text, err)
	}
}

func TestCheckSmartView(t *testing.T) {
	v, err := rejoin.CheckSmartView(rejoin.SmartView{Name: " Late\t\x00 ones "})
	if err != nil || v.Name != "Late ones" {
		t.Errorf("the name is %q, %v", v.Name, err)
	}
	for _, name := range []string{"", " \n", strings.Repeat("x", 61)} {
		if _, err := rejoin.CheckSmartView(rejoin.SmartView{Name: name}); err == nil {
			t.Errorf("%q is a name", name)
		}
	}
	if _, err := rejoin.CheckSmartView(rejoin.SmartView{Name: "x", Filter: rejoin.IssueFilter{Ratings: []int{9}}}); err == nil {
		t.Error("a wrong filter is kept")
	}
}
