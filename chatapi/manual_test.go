package chatapi_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/core"
	"rejoin/docs/openapi"
)

// TestManual runs the commands of docs/chat-api.md in their order, as somebody would who reads it, and holds all that is sent and answered to the
// description in OpenAPI.
func TestManual(t *testing.T) {
	page, err := os.ReadFile("../docs/chat-api.md")
	if err != nil {
		t.Fatal(err)
	}
	d := sqlite(t)
	d.Use(rejoin.IOS)
	api := newDescribed(t)
	server := httptest.NewServer(api.watch(d.Handler()))
	t.Cleanup(server.Close)
	shell := newShell(t, fmt.Sprintf("SERVER=%s PLATFORM=%s SECRET='%s'", server.URL, d.Made.Platform.ID, d.Secret()))
	for block := range blocks(string(page)) {
		d.between(block, shell)
		if out, ok := shell.run(block); !ok {
			t.Fatalf("this failed:\n%s\n%s", block, out)
		}
		d.Settle()
	}
	for _, op := range chatapi.Operations() {
		if n := api.seen[op.Pattern]; n == 0 && !strings.Contains("index describe glance addIdentities setUserData socket", op.Name) {
			t.Errorf("the manual has no command for %s", op.Pattern)
		}
	}
}

// blocks yields the commands of the manual.
func blocks(page string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, part := range strings.Split(page, "\n```sh\n")[1:] {
			if block, _, _ := strings.Cut(part, "\n```\n"); !yield(block + "\n") {
				return
			}
		}
	}
}

// between is what agents and time do before a block of the manual.
func (d *door) between(block string, shell *shell) {
	d.T.Helper()
	switch {
	case strings.Contains(block, "/resolution"):
		list, err := d.Core.Inbox.Page(d.T.Context(), d.Maya, core.InboxQuery{})
		if err != nil || len(list.Rows) != 1 {
			d.T.Fatal(list, err)
		}
		if err := d.Core.Issues.Close(d.T.Context(), d.Maya, list.Rows[0].Issue.ID, rejoin.Resolved, ""); err != nil {
			d.T.Fatal(err)
		}
	case strings.Contains(block, "LINK_TOKEN="):
		shell.set("LINK", d.linkOfSomebody())
	}
}

// linkOfSomebody is the link of a follow-up e-mail to an anonymous user.
func (d *door) linkOfSomebody() string {
	d.T.Helper()
	v := d.VisitKnown("Is it cheaper in blue?", "Ada", "ada@example.org")
	d.Reply(v, "Yes, a little.")
	d.Advance(time.Hour)
	mails := d.MailsTo("ada@example.org")
	if len(mails) != 1 {
		d.T.Fatalf("%d e-mails", len(mails))
	}
	return found(d.T, `(https://\S+#rejoin=[A-Za-z0-9_-]{43})`, mails[0].Text)
}

// shell is one bash that keeps its variables from block to block.
type shell struct {
	t   *testing.T
	in  io.Writer
	out *bufio.Reader
}

func newShell(t *testing.T, variables string) *shell {
	t.Helper()
	for _, name := range [...]string{"bash", "curl", "openssl"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Fatalf("%s is missing. \"make test\" installs it on Debian; elsewhere install it with your package manager.", name)
		}
	}
	cmd := exec.CommandContext(t.Context(), "bash")
	cmd.Dir = t.TempDir()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	s := &shell{t, in, bufio.NewReader(out)}
	s.run("export no_proxy=127.0.0.1 LC_ALL=C.UTF-8\n" + variables + "\n")
	return s
}

func (s *shell) set(name, value string) { s.run(name + "='" + value + "'\n") }

// run runs the commands and returns what they print, and whether each of them worked.
func (s *shell) run(block string) (string, bool) {
	s.t.Helper()
	const end = "--the end of the block--"
	if _, err := fmt.Fprintf(s.in, "FAILED=\ntrap 'FAILED=yes' ERR\nset -o pipefail\n%strap - ERR\necho; echo %s$FAILED\n", block, end); err != nil {
		s.t.Fatal(err)
	}
	var printed strings.Builder
	for {
		line, err := s.out.ReadString('\n')
		if failed, ok := strings.CutPrefix(line, end); ok {
			return printed.String(), strings.TrimSpace(failed) == ""
		}
		if err != nil {
			s.t.Fatalf("the shell has ended: %v\n%s", err, printed.String())
		}
		printed.WriteString(line)
	}
}

// described is the description of the API, and which of its operations were used.
type described struct {
	t    *testing.T
	doc  map[string]any
	seen map[string]int
}

func newDescribed(t *testing.T) *described {
	t.Helper()
	d := &described{t: t, seen: map[string]int{}}
	if err := json.Unmarshal([]byte(openapi.Chat), &d.doc); err != nil {
		t.Fatal(err)
	}
	return d
}

// watch holds every request and answer to the description.
func (d *described) watch(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent, err := io.ReadAll(r.Body)
		if err != nil {
			d.t.Error(err)
		}
		r.Body = io.NopCloser(bytes.NewReader(sent))
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, r)
		d.look(r, sent, answer)
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes()) // the client may be gone
	})
}

func (d *described) look(r *http.Request, sent []byte, answer *httptest.ResponseRecorder) {
	path := r.URL.Path
	for _, op := range chatapi.Operations() {
		method, pattern, _ := strings.Cut(op.Pattern, " ")
		if method != r.Method || !matches(pattern, path) {
			continue
		}
		d.seen[op.Pattern]++
		at := d.at("paths", pattern, strings.ToLower(method))
		if body := d.under(at, "requestBody", "content", "application/json", "schema"); body != nil {
			d.check(op.Pattern+" sends", body, sent)
		}
		response := d.under(at, "responses", fmt.Sprint(answer.Code))
		if response == nil {
			response = d.at("components", "responses", "Failure")
		}
		d.check(fmt.Sprint(op.Pattern, " answers ", answer.Code), d.under(response, "content", "application/json", "schema"), answer.Body.Bytes())
		return
	}
	d.t.Errorf("%s %s is not described", r.Method, path)
}

func matches(pattern, path string) bool {
	p, q := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(p) != len(q) {
		return false
	}
	for i := range p {
		if p[i] != q[i] && !strings.HasPrefix(p[i], "{") {
			return false
		}
	}
	return true
}

func (d *described) at(path ...string) map[string]any { return d.under(d.doc, path...) }

func (d *described) under(from map[string]any, path ...string) map[string]any {
	for _, name := range path {
		from, _ = from[name].(map[string]any)
	}
	return from
}

func (d *described) check(where string, schema map[string]any, body []byte) {
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		d.t.Errorf("%s: %v", where, err)
		return
	}
	d.fits(where, schema, value)
}

// fits holds a value to a schema: of JSON Schema it knows what the description uses.
func (d *described) fits(where string, schema map[string]any, value any) {
	if ref, ok := schema["$ref"].(string); ok {
		schema = d.at(strings.Split(strings.TrimPrefix(ref, "#/"), "/")...)
		if schema == nil {
			d.t.Errorf("%s: there is no %s", where, ref)
		}
	}
	kinds := map[string]bool{"": true}
	switch v := value.(type) {
	case map[string]any:
		kinds["object"] = true
		d.fitsObject(where, schema, v)
	case []any:
		kinds["array"] = true
		items, _ := schema["items"].(map[string]any)
		for i, item := range v {
			d.fits(fmt.Sprintf("%s[%d]", where, i), items, item)
		}
	case string:
		kinds["string"] = true
		if values, ok := schema["enum"].([]any); ok && !contains(values, v) {
			d.t.Errorf("%s: %q is not one of %v", where, v, values)
		}
	case float64:
		kinds["number"], kinds["integer"] = true, v == float64(int64(v))
	case bool:
		kinds["boolean"] = true
	}
	if kind, _ := schema["type"].(string); !kinds[kind] {
		d.t.Errorf("%s: %v is no %s", where, value, kind)
	}
}

func (d *described) fitsObject(where string, schema, value map[string]any) {
	properties, _ := schema["properties"].(map[string]any)
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if _, ok := value[name.(string)]; !ok {
			d.t.Errorf("%s: %s is missing", where, name)
		}
	}
	for name, v := range value {
		switch property, known := properties[name].(map[string]any); {
		case known:
			d.fits(where+"."+name, property, v)
		case properties != nil:
			d.t.Errorf("%s: %s is not described", where, name)
		default:
			if more, ok := schema["additionalProperties"].(map[string]any); ok {
				d.fits(where+"."+name, more, v)
			}
		}
	}
}

func contains(list []any, v string) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}
