package rejoin

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCustomField(t *testing.T) {
	for _, c := range []struct {
		field CustomField
		want  string // the field that is wrong
	}{
		{CustomField{Key: "plan_2-a", Label: " The  plan ", Type: SingleLine, Options: []string{"x"}}, ""},
		{CustomField{Key: strings.Repeat("k", 64), Label: "ß", Type: Dropdown, Options: []string{"free", "paid"}}, ""},
		{CustomField{Key: "", Label: "x", Type: Date}, "key"},
		{CustomField{Key: strings.Repeat("k", 65), Label: "x", Type: Date}, "key"},
		{CustomField{Key: "a b", Label: "x", Type: Date}, "key"},
		{CustomField{Key: "a\n", Label: "x", Type: Date}, "key"},
		{CustomField{Key: "a", Label: " \x00", Type: Date}, "label"},
		{CustomField{Key: "a", Label: strings.Repeat("ß", 101), Type: Date}, "label"},
		{CustomField{Key: "a", Label: "x"}, "type"},
		{CustomField{Key: "a", Label: "x", Type: "text"}, "type"},
		{CustomField{Key: "a", Label: "x", Type: Dropdown}, "options"},
		{CustomField{Key: "a", Label: "x", Type: Dropdown, Options: make([]string, 501)}, "options"},
		{CustomField{Key: "a", Label: "x", Type: Dropdown, Options: []string{"a", "a"}}, "options"},
		{CustomField{Key: "a", Label: "x", Type: Dropdown, Options: []string{" a"}}, "options"},
		{CustomField{Key: "a", Label: "x", Type: Dropdown, Options: []string{"a\nb"}}, "options"},
		{CustomField{Key: "a", Label: "x", Type: Dropdown, Options: []string{"a", ""}}, "options"},
	} {
		got, err := CheckCustomField(c.field)
		field := ""
		if e, ok := err.(*Error); ok {
			field = e.Field
		}
		if field != c.want {
			t.Errorf("%+v: %v, want %q to be wrong", c.field, err, c.want)
		}
		if err == nil && (strings.Contains(got.Label, "  ") || got.Type != Dropdown && got.Options != nil) {
			t.Errorf("it is kept as %+v", got)
		}
	}
}

// Values as pages and programs give them.
func TestFieldValues(t *testing.T) {
	for typ, values := range map[FieldType]map[string]string{ // JSON → what is kept, "-" if it is refused
		SingleLine: {`"Ada"`: "Ada", `""`: "", `"a\nb"`: "-", `"a\u0000"`: "-", `7`: "-", `null`: "-", `true`: "-", `["a"]`: "-",
			`"` + strings.Repeat("ß", 255) + `"`: strings.Repeat("ß", 255), `"` + strings.Repeat("ß", 256) + `"`: "-"},
		MultiLine: {`"a\nb"`: "a\nb", `"a\u0000"`: "-", `7`: "-",
			`"` + strings.Repeat("x", 100_000) + `"`: strings.Repeat("x", 100_000), `"` + strings.Repeat("x", 100_001) + `"`: "-"},
		Number: {`"12.5"`: "12.5", `"-3"`: "-3", `"1e3"`: "1e3", `"0"`: "0", `12.5`: "-", `""`: "-", `" 1"`: "-", `"1 "`: "-", `"0x10"`: "-", `"1_000"`: "-", `"1,5"`: "-",
			`"NaN"`: "-", `"Infinity"`: "-", `"1e400"`: "-", `"` + strings.Repeat("1", 41) + `"`: "-"},
		Dropdown: {`"free"`: "free", `"Free"`: "-", `"free "`: "-", `""`: "-", `0`: "-"},
		Date:     {`1772442000000`: "1772442000000", `0`: "0", `-1`: "-1", `1.5`: "-", `"1772442000000"`: "-", `1e20`: "-", `true`: "-", `null`: "-"},
		Checkbox: {`true`: "true", `false`: "false", `"true"`: "-", `1`: "-", `null`: "-"},
	} {
		f := CustomField{Key: "k", Type: typ, Options: []string{"free", "paid"}}
		for text, want := range values {
			var v any
			if err := json.Unmarshal([]byte(text), &v); err != nil {
				t.Fatal(err)
			}
			got, err := f.Take(typ, v)
			if (err != nil) != (want == "-") || err == nil && (got != FieldValue{typ, want}) {
				t.Errorf("%s %.40s: %.40v, %v; want %.40s", typ, text, got, err, want)
			}
			if err != nil && len(err.(*Error).Text) < 20 {
				t.Errorf("%s %.40s: the hint is %q", typ, text, err.(*Error).Text)
			}
		}
		if _, err := f.Take("other", "x"); CodeOf(err) != Invalid {
			t.Errorf("%s given as another type: %v", typ, err)
		}
	}
	got := []string{FieldValue{Date, "1772442000000"}.Words(), FieldValue{Date, "-1"}.Words(), FieldValue{SingleLine, "1772442000000"}.Words(), FieldValue{Checkbox, "true"}.Words()}
	if d := cmp.Diff([]string{"2026-03-02", "1969-12-31", "1772442000000", "true"}, got); d != "" {
		t.Errorf("in words (-want +got):\n%s", d)
	}
}

func TestTagNames(t *testing.T) {
	for in, want := range map[string]string{"vip": "vip", " a \t b\n": "a b", "a\x00b": "ab", strings.Repeat("ß", 100): strings.Repeat("ß", 100)} {
		if got, err := CheckTagName(in); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", " \n", "\x00", strings.Repeat("ß", 101)} {
		if got, err := CheckTagName(in); CodeOf(err) != Invalid {
			t.Errorf("%q passes as %q", in, got)
		}
	}
}
