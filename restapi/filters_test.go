package restapi_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/restapi"
)

func TestParseFilters(t *testing.T) {
	is := func(key string, op rejoin.FieldOp, values ...string) rejoin.FieldFilter {
		return rejoin.FieldFilter{Key: key, Op: op, Value: values}
	}
	type list = []rejoin.FieldFilter
	for text, want := range map[string][]rejoin.Comparisons{
		`{}`:   nil,
		`null`: nil,
		`{"checkbox":{"and":{"vip":"true"},"or":{"gift":false,"paid":{"is_set":true}}}}`: {{Type: rejoin.Checkbox, All: list{is("vip", rejoin.FieldIs, "true")},
			Any: []list{{is("gift", rejoin.FieldIs, "false")}, {is("paid", rejoin.FieldSet)}}}},
		`{"singleline":{"and":{"city":{"contains":["Bo","Ber"],"does_not_contain":["x"]}}},"multiline":{"or":{"story":{"is_set":"false"}}}}`: {
			{Type: rejoin.MultiLine, Any: []list{{is("story", rejoin.FieldNotSet)}}},
			{Type: rejoin.SingleLine, All: list{is("city", rejoin.FieldContains, "Bo", "Ber"), is("city", rejoin.FieldContainsNot, "x")}}},
		`{"number":{"or":{"n":{"is_greater_than":"3","is_smaller_than":7},"m":{"is":"1.5"}},"nor":{"k":{"is_not":2}}}}`: {{Type: rejoin.Number,
			Any:  []list{{is("m", rejoin.FieldIs, "1.5")}, {is("n", rejoin.FieldAbove, "3"), is("n", rejoin.FieldBelow, "7")}},
			None: []list{{is("k", rejoin.FieldIsNot, "2")}}}},
		`{"dropdown":{"and":{"size":{"is_one_of":["S","M"]},"b":{"is_none_of":["x"]},"c":{"is":"y"}}}}`: {{Type: rejoin.Dropdown,
			All: list{is("b", rejoin.FieldIsNot, "x"), is("c", rejoin.FieldIs, "y"), is("size", rejoin.FieldOneOf, "S", "M")}}},
		`{"date":{"and":{"due":{"is_after":"1700000000000","is_before":1700000000001,"is_not":"5"}}}}`: {{Type: rejoin.Date,
			All: list{is("due", rejoin.FieldAbove, "1700000000000"), is("due", rejoin.FieldBelow, "1700000000001"), is("due", rejoin.FieldIsNot, "5")}}},
	} {
		got, err := restapi.ParseFields(text)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", text, err, diff)
		}
	}
	for text, says := range map[string]string{
		`[]`: "JSON such as", `{"number":5}`: "JSON such as", `{"numbers":{"and":{}}}`: "none of them", `{"number":{"xor":{"n":{"is":1}}}}`: "none of them",
		`{"number":{"and":{"n":{}}}}`: "JSON such as", `{"number":{"and":{"n":{"is_greater_than":"many"}}}}`: "compared with a number",
		`{"number":{"and":{"n":{"contains":["1"]}}}}`: "compares a number by is,", `{"number":{"and":{"n":{"is":[1,2]}}}}`: "is takes a text",
		`{"number":{"and":{"n":{"is":null}}}}`: "is takes", `{"number":{"and":{"n":{"is":"NaN"}}}}`: "compared with a number", `{"date":{"and":{"d":{"is_after":"2026-01-01"}}}}`: "milliseconds",
		`{"checkbox":{"and":{"c":"maybe"}}}`: "true or false", `{"singleline":{"and":{"s":{"contains":[""]}}}}`: "must not be empty", `{"singleline":{"and":{"s":{"is_set":"perhaps"}}}}`: "true or false",
	} {
		_, err := restapi.ParseFields(text)
		e, ok := err.(*rejoin.Error)
		if !ok || e.Field != "custom_fields" || !strings.Contains(e.Text, says) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// FuzzFilters: whatever a program sends is refused with a sentence, or becomes comparisons that a database can be asked.
func FuzzFilters(f *testing.F) {
	for _, seed := range []string{`{"checkbox":{"and":{"vip":"true"}}}`, `{"number":{"or":{"n":{"is_greater_than":"3"}},"nor":{"k":{"is":[1]}}}}`,
		`{"singleline":{"and":{"city":{"contains":["Bo"],"is_set":true}}}}`, `{"date":{"and":{"due":{"is_after":"1e3"}}}}`, `{"dropdown":{"and":{"s":{"is_one_of":["S"]}}}}`,
		`{"and":[{"is_greater_than":"3"}],"or":[{"is":1},{"is_set":"true"}]}`, `{"and":["vip"],"or":"x","nor":[1],"exists":"true"}`, `{"and":{"a":{"b":{"c":null}}}}`, "{\"singleline\":{\"and\":{\"\\u0000\":{\"contains\":[\"\\u0000\"]}}}}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var l rejoin.IssueList
		var errs [3]error
		l.Fields, errs[0] = restapi.ParseFields(text)
		l.Rating, errs[1] = restapi.ParseRating(text)
		l.Tags, errs[2] = restapi.ParseChoice("tags", text)
		for _, err := range errs {
			if e, ok := err.(*rejoin.Error); err != nil && (!ok || e.Code != rejoin.Invalid || e.Field == "" || e.Text == "") {
				t.Fatalf("%q is refused with %v", text, err)
			}
		}
		if err := l.Check(); err != nil {
			return
		}
		for _, c := range append(l.Fields, l.Rating) {
			for _, list := range append(append([][]rejoin.FieldFilter{c.All}, c.Any...), c.None...) {
				for _, one := range list {
					if none := one.Op == rejoin.FieldSet || one.Op == rejoin.FieldNotSet; one.Op == "" || none == (len(one.Value) > 0) {
						t.Fatalf("%q became %+v", text, one)
					}
				}
			}
		}
	})
}
