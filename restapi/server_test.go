package restapi_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"rejoin"
	"rejoin/core"
	"rejoin/docs/openapi"
	"rejoin/rejointest"
	"rejoin/restapi"
	"rejoin/store"
	"rejoin/store/storetest"
)

// desk is a whole server that programs reach by HTTP, with a key of each kind.
type desk struct {
	*rejointest.Server
	t        *testing.T
	url      string
	key      string // reads and writes
	readOnly string
	foreign  string // reads and writes in another domain
}

func open(t *testing.T, st *store.Store, options ...rejointest.Option) *desk {
	t.Helper()
	s := rejointest.New(t, st, options...)
	// Whatever the tests hear is held to the description, too.
	ts := httptest.NewServer(rejointest.Describe(t, openapi.Rest, restapi.Operations()).Watch(s.Handler()))
	t.Cleanup(ts.Close)
	d := &desk{Server: s, t: t, url: ts.URL}
	d.key = d.makeKey(s.Maya, "Warehouse", rejoin.ReadAndWrite)
	d.readOnly = d.makeKey(s.Maya, "Reports", rejoin.ReadOnly)
	rival, err := s.Core.Setup.Create(t.Context(), core.First{Domain: "rival", App: "Rival", Origins: []string{"https://rival.example"},
		Name: "Rita", Email: "rita@rival.example", Password: "correct horse"})
	if err != nil {
		t.Fatal(err)
	}
	d.foreign = d.makeKey(rival.Admin, "Rival", rejoin.ReadAndWrite)
	return d
}

// each runs f on every engine.
func each(t *testing.T, f func(t *testing.T, d *desk)) {
	storetest.Each(t, func(t *testing.T, st *store.Store) { f(t, open(t, st)) })
}

func (d *desk) makeKey(a rejoin.Agent, name string, access rejoin.KeyAccess) string {
	d.t.Helper()
	page, err := d.Core.Keys.Make(d.t.Context(), a, name, access)
	if err != nil {
		d.t.Fatal(err)
	}
	return page.Made
}

// ask is one request of a program. A path without /v1/ is one of the domain acme. The body is [url.Values] for a form, a *parts, a string for itself as JSON,
// or anything that becomes JSON.
type ask struct {
	method, path string
	body         any
	key          string // the reading and writing one if it is empty
	header       map[string]string
}

// parts is a body with files.
type parts struct {
	fields map[string]string
	files  map[string][2]string // by parameter: the file's name and what is in it
}

type reply struct {
	status int
	header http.Header
	body   []byte
}

func (d *desk) do(a ask) reply {
	d.t.Helper()
	if !strings.HasPrefix(strings.TrimLeft(a.path, "/"), "v1/") {
		a.path = "/v1/acme" + a.path
	}
	body, kind := encoded(d.t, a.body)
	r, err := http.NewRequestWithContext(d.t.Context(), a.method, d.url+a.path, body)
	if err != nil {
		d.t.Fatal(err)
	}
	if a.key == "" {
		a.key = d.key
	}
	r.SetBasicAuth(a.key, "")
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for name, value := range a.header {
		r.Header.Set(name, value)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Header, text}
}

func encoded(t *testing.T, body any) (io.Reader, string) {
	t.Helper()
	switch b := body.(type) {
	case nil:
		return http.NoBody, ""
	case url.Values:
		return strings.NewReader(b.Encode()), "application/x-www-form-urlencoded"
	case string:
		return strings.NewReader(b), "application/json"
	case *parts:
		var out bytes.Buffer
		w := multipart.NewWriter(&out)
		for name, value := range b.fields {
			_ = w.WriteField(name, value) // to memory
		}
		for name, file := range b.files {
			part, err := w.CreateFormFile(name, file[0])
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.WriteString(part, file[1]) // to memory
		}
		_ = w.Close() // to memory
		return &out, w.FormDataContentType()
	}
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(text), "application/json"
}

// get asks and decodes the answer, which must be 200.
func (d *desk) get(path string, out any) reply {
	d.t.Helper()
	return d.must(ask{method: http.MethodGet, path: path}, http.StatusOK, out)
}

// must asks and decodes the answer, which must have the status. A nil out is not decoded.
func (d *desk) must(a ask, status int, out any) reply {
	d.t.Helper()
	got := d.do(a)
	if got.status != status {
		d.t.Fatalf("%s %s: %d %s, want %d", a.method, a.path, got.status, got.body, status)
	}
	if out != nil {
		if err := json.Unmarshal(got.body, out); err != nil {
			d.t.Fatalf("%s %s: %v in %s", a.method, a.path, err, got.body)
		}
	}
	return got
}

// refused is a request that a careless program sends, and what it is told.
type refused struct {
	name   string
	ask    ask
	status int
	field  string // that the answer names
	says   string // a part of the sentence
}

func (d *desk) refuses(t *testing.T, table []refused) {
	t.Helper()
	for _, tc := range table {
		got := d.do(tc.ask)
		var body struct{ Error, Code, Field string }
		if err := json.Unmarshal(got.body, &body); err != nil || body.Error == "" || body.Code == "" {
			t.Errorf("%s: %d with the body %s", tc.name, got.status, got.body)
			continue
		}
		if got.status != tc.status || body.Field != tc.field || !strings.Contains(body.Error, tc.says) {
			t.Errorf("%s: %d %q about %q, want %d with %q about %q", tc.name, got.status, body.Error, body.Field, tc.status, tc.says, tc.field)
		}
	}
}

var update = flag.Bool("update", false, "write the golden files again")

// changing is what is different in each run.
var changing = []struct {
	what *regexp.Regexp
	as   string
}{
	{regexp.MustCompile(`http://127\.0\.0\.1:\d+`), "https://chat.example.com"},
	{regexp.MustCompile(`\b([a-z]+)_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`), "${1}_ID"},
	{regexp.MustCompile(`\b([a-z0-9-]+_(?:platform|app|webhook))_\d{17}-[0-9a-f]{15}\b`), "${1}_ID"},
	{regexp.MustCompile(`\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`), "UUID"},
	{regexp.MustCompile(`\b[A-Za-z0-9_-]{43,}\b`), "TOKEN"},
}

// golden compares a JSON body with testdata/<name>.json. Times are those of the test's clock.
func golden(t *testing.T, name string, body []byte) {
	t.Helper()
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, body, "", "  "); err != nil {
		t.Fatalf("%s is not JSON: %v\n%s", name, err, body)
	}
	text := pretty.String() + "\n"
	for _, c := range changing {
		text = c.what.ReplaceAllString(text, c.as)
	}
	file := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v: run the test with -update", err)
	}
	if string(want) != text {
		t.Errorf("%s is\n%s\nwant\n%s", name, text, want)
	}
}
