package web_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/web"
)

type input struct {
	Name   string          `json:"name"`
	Count  int64           `json:"count"`
	On     bool            `json:"on"`
	List   []string        `json:"list"`
	Nested struct{ A int } `json:"nested"`
}

func TestReadJSON(t *testing.T) {
	url := serve(t, web.NewFrame(quiet()).Handle(func(w http.ResponseWriter, r *http.Request) error {
		var in input
		if err := web.ReadJSON(w, r, &in, 500); err != nil {
			return err
		}
		return web.WriteJSON(w, http.StatusOK, in.Name)
	}))
	fail := func(field, text string) string {
		if field != "" {
			return `{"error":"` + text + `","code":"invalid","field":"` + field + `"}`
		}
		return `{"error":"` + text + `","code":"invalid"}`
	}
	cases := map[string]struct {
		kind, body string
		status     int
		want       string
	}{
		"good":               {"application/json", ` {"name":"Zoë","list":["{[{["]} `, 200, `"Zoë"`},
		"good with charset":  {"application/json; charset=UTF-8", `{"name":"x"}`, 200, `"x"`},
		"exactly the limit":  {"application/json", `{"name":"` + strings.Repeat("x", 489) + `"}`, 200, `"` + strings.Repeat("x", 489) + `"`},
		"one byte more":      {"application/json", `{"name":"` + strings.Repeat("x", 490) + `"}`, 413, fail("", "The body is too large; at most 500 bytes are taken.")},
		"form":               {"application/x-www-form-urlencoded", `name=x`, 415, fail("Content-Type", "Send the body as application/json.")},
		"text":               {"text/plain", `{"name":"x"}`, 415, fail("Content-Type", "Send the body as application/json.")},
		"no type":            {"", `{"name":"x"}`, 415, fail("Content-Type", "Send the body as application/json.")},
		"other charset":      {"application/json; charset=utf-16", `{}`, 415, fail("Content-Type", "Send the body as application/json.")},
		"empty":              {"application/json", ``, 400, fail("", "The body is empty. Send one JSON object.")},
		"null":               {"application/json", ` null`, 400, fail("", "The body is null. Send one JSON object.")},
		"list":               {"application/json", `[]`, 400, fail("", "The body must be an object, not array.")},
		"two values":         {"application/json", `{}{}`, 400, fail("", "The body has something after its JSON value. Send exactly one.")},
		"trailing junk":      {"application/json", `{} x`, 400, fail("", "The body has something after its JSON value. Send exactly one.")},
		"cut off":            {"application/json", `{"name":"x"`, 400, fail("", "The body is not valid JSON.")},
		"not JSON":           {"application/json", `{name:1}`, 400, fail("", "The body is not valid JSON (at byte 2).")},
		"unknown field":      {"application/json", `{"nam":"x"}`, 400, fail("nam", "There is no field of this name here. Remove it.")},
		"wrong type":         {"application/json", `{"name":7}`, 400, fail("name", "name must be a string, not number.")},
		"wrong nested type":  {"application/json", `{"nested":{"A":"x"}}`, 400, fail("nested.A", "nested.A must be a whole number, not string.")},
		"fraction":           {"application/json", `{"count":1.5}`, 400, fail("count", "count must be a whole number, not number 1.5.")},
		"number too large":   {"application/json", `{"count":9223372036854775808}`, 400, fail("count", "count must be a whole number, not number 9223372036854775808.")},
		"bool as text":       {"application/json", `{"on":"true"}`, 400, fail("on", "on must be true or false, not string.")},
		"list as text":       {"application/json", `{"list":"x"}`, 400, fail("list", "list must be a list, not string.")},
		"deep":               {"application/json", `{"list":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`, 400, fail("", "The body nests deeper than 32 levels.")},
		"invalid UTF-8":      {"application/json", "{\"name\":\"\xff\"}", 400, fail("", "The body is not valid UTF-8.")},
		"byte order mark":    {"application/json", "\ufeff{}", 400, fail("", "The body is not valid JSON (at byte 1).")},
		"binary":             {"application/json", "\x00\x01", 400, fail("", "The body is not valid JSON (at byte 1).")},
		"lone surrogate":     {"application/json", `{"name":"\ud800"}`, 200, "\"\ufffd\""},
		"long unknown field": {"application/json", `{"` + strings.Repeat("y", 400) + `":1}`, 400, fail(strings.Repeat("y", 63)+"…", "There is no field of this name here. Remove it.")},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			want(t, do(t, "POST", url, tc.body, "Content-Type", tc.kind), tc.status, tc.want)
		})
	}
}

func TestReadBeaconTakesText(t *testing.T) {
	for _, kind := range []string{"text/plain;charset=UTF-8", "application/json"} {
		r := httptest.NewRequest("POST", "/", strings.NewReader(`{"name":"x"}`))
		r.Header.Set("Content-Type", kind)
		var in input
		if err := web.ReadBeacon(httptest.NewRecorder(), r, &in, 100); err != nil || in.Name != "x" {
			t.Errorf("%s: %v, %v", kind, in, err)
		}
	}
}

// Whatever a stranger sends is either refused with a code and a sentence, or is JSON that reads back the same.
func FuzzDecodeJSON(f *testing.F) {
	for _, seed := range []string{`{}`, `{"name":"x","count":1,"on":true,"list":["a"],"nested":{"A":1}}`, `{"name":1}`, `{"x":1}`, `null`,
		`[[[[`, `{"name":"\ud800\u0000"}`, "\xff", `{}{}`, `{"count":1e400}`, `{"NAME":"x"}`, `{"name":null}`, `"\`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var in input
		if err := web.DecodeJSON(body, &in); err != nil {
			e, ok := err.(*rejoin.Error)
			if !ok || e.Code != rejoin.Invalid || e.Text == "" {
				t.Fatalf("%q: the error %v cannot be shown", body, err)
			}
			return
		}
		if !json.Valid(body) || !utf8.Valid(body) {
			t.Fatalf("%q was taken", body)
		}
		again, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		var back input
		if err := web.DecodeJSON(again, &back); err != nil {
			t.Fatalf("%q became %q: %v", body, again, err)
		}
		if in.List != nil && len(in.List) == 0 {
			back.List = in.List
		}
		if diff := cmp.Diff(in, back); diff != "" && !bytes.Contains(body, []byte(`\u`)) {
			t.Errorf("%q does not read back (-want +got):\n%s", body, diff)
		}
	})
}
