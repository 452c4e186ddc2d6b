package chatapi_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
	"rejoin/serve"
	"rejoin/store"
	"rejoin/store/storetest"
)

// door is a whole server and a client of its chat API.
type door struct {
	*rejointest.Server
	http *httptest.Server
	ip   string // of the client; the test is a trusted proxy
}

func open(t *testing.T, st *store.Store, options ...rejointest.Option) *door {
	t.Helper()
	proxy := func(c *serve.Config) { c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} }
	return openDoor(t, rejointest.New(t, st, append(options, proxy)...))
}

func openDoor(t *testing.T, s *rejointest.Server) *door {
	d := &door{Server: s, http: httptest.NewServer(s.Handler()), ip: "192.0.2.1"}
	t.Cleanup(d.http.Close)
	return d
}

// each runs f on every engine.
func each(t *testing.T, f func(t *testing.T, d *door)) {
	storetest.Each(t, func(t *testing.T, st *store.Store) { f(t, open(t, st)) })
}

func sqlite(t *testing.T, options ...rejointest.Option) *door {
	return open(t, storetest.SQLite(t), options...)
}

// request is a request and what is unusual about it.
type request struct {
	method, path, token string
	body                any // a string is sent as it is
	header              map[string]string
}

type response struct {
	status int
	header http.Header
	body   string
}

func (d *door) do(r request) response {
	d.T.Helper()
	return d.doCtx(d.T.Context(), r)
}

func (d *door) doCtx(ctx context.Context, r request) response {
	d.T.Helper()
	req, err := http.NewRequestWithContext(ctx, r.method, d.http.URL+r.path, bytes.NewReader(encode(d.T, r.body)))
	if err != nil {
		d.T.Fatal(err)
	}
	if r.method == http.MethodPost {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	}
	req.Header.Set("X-Forwarded-For", d.ip)
	for k, v := range r.header {
		req.Header.Set(k, v)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		d.T.Error(err)
		return response{}
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		d.T.Error(err)
	}
	return response{resp.StatusCode, resp.Header, string(body)}
}

func encode(t testing.TB, body any) []byte {
	t.Helper()
	switch b := body.(type) {
	case nil:
		return nil
	case string:
		return []byte(b)
	}
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// decode reads a good answer.
func decode[T any](t testing.TB, r response) (v T) {
	t.Helper()
	if r.status != http.StatusOK {
		t.Fatalf("answer %d: %s", r.status, r.body)
	}
	if got := r.header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control is %q, want no-store", got)
	}
	d := json.NewDecoder(strings.NewReader(r.body))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v in %s", err, r.body)
	}
	return v
}

// failure checks a bad answer.
func (d *door) failure(r response, status int, code rejoin.Code, field string) {
	d.T.Helper()
	var f chatapi.Failure
	if err := json.Unmarshal([]byte(r.body), &f); err != nil {
		d.T.Errorf("answer %d is not JSON: %.200s", r.status, r.body)
		return
	}
	if r.status != status || f.Code != code || f.Field != field {
		d.T.Errorf("answer %d %s %q, want %d %s %q (%s)", r.status, f.Code, f.Field, status, code, field, f.Error)
	}
	if len(f.Error) < 10 || !strings.HasSuffix(f.Error, ".") && !strings.HasSuffix(f.Error, "…") {
		d.T.Errorf("%q is not a sentence", f.Error)
	}
}

func post(path, token string, body any) request {
	return request{method: http.MethodPost, path: "/chat/v1" + path, token: token, body: body}
}

func get(path, token string) request {
	return request{method: http.MethodGet, path: "/chat/v1" + path, token: token}
}

func (d *door) newIssue(body string) chatapi.NewIssue {
	return chatapi.NewIssue{PlatformID: d.Made.Platform.ID, ClientID: d.NewClientID(), Body: body}
}

// otherApp makes another app with its own platform.
func (d *door) otherApp() core.Made {
	d.T.Helper()
	m, err := d.Core.Setup.Create(d.T.Context(), core.First{Domain: "other", App: "Other", Origins: []string{"https://other.example.com"},
		Name: "Otto", Email: "otto@example.com", Password: "correct horse"})
	if err != nil {
		d.T.Fatal(err)
	}
	return m
}

// mailed makes a conversation about which an e-mail went out, and returns the tokens in the e-mail.
func (d *door) mailed() (v *rejointest.Visitor, link, wish string) {
	d.T.Helper()
	v = d.VisitKnown("Do you have these boots in 43?", "Ada", "ada@example.org")
	d.Reply(v, "We do.")
	d.Advance(11 * time.Minute)
	mails := d.Mails()
	if len(mails) == 0 {
		d.T.Fatal("no e-mail came")
	}
	text := mails[len(mails)-1].Text
	return v, found(d.T, `#rejoin=([A-Za-z0-9_-]{43})`, text), found(d.T, `/m/([A-Za-z0-9_-]{43})`, text)
}

func found(t testing.TB, pattern, text string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no %s in\n%s", pattern, text)
	}
	return m[1]
}

// guest redeems a link in a browser that knows nothing.
func (d *door) guest(link string) (session string, out chatapi.Redeemed) {
	d.T.Helper()
	session = identity.NewToken()
	out = decode[chatapi.Redeemed](d.T, d.do(post("/return", "", chatapi.Redeem{PlatformID: d.Made.Platform.ID, Token: link, Session: session})))
	if out.Result != rejoin.ReturnSame {
		d.T.Fatalf("the link answers %s", out.Result)
	}
	return session, out
}

// rows is everything that is stored, in words.
func (d *door) rows() string {
	d.T.Helper()
	driver, url, list := "pgx", d.Store.URL(), `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`
	if d.Store.Engine() == "sqlite" {
		driver, url, list = "sqlite", strings.TrimPrefix(url, "sqlite:"), `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1`
	}
	db, err := sql.Open(driver, url)
	if err != nil {
		d.T.Fatal(err)
	}
	defer db.Close()
	var out strings.Builder
	for _, table := range query(d.T, db, list) {
		rows := query(d.T, db, "SELECT * FROM "+table)
		slices.Sort(rows)
		fmt.Fprintf(&out, "%s\n%s\n", table, strings.Join(rows, "\n"))
	}
	return out.String()
}

func query(t testing.TB, db *sql.DB, text string) (list []string) {
	t.Helper()
	rows, err := db.Query(text)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		row := make([]string, len(columns))
		for i, v := range values {
			row[i] = v.String
		}
		list = append(list, strings.Join(row, " | "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// unchanged checks that f leaves no trace.
func (d *door) unchanged(f func()) {
	d.T.Helper()
	before := d.rows()
	f()
	if after := d.rows(); after != before {
		d.T.Errorf("it left a trace:\nbefore %s\nafter %s", before, after)
	}
}

// eventually waits until ok, as long as go test lets it.
func eventually(t testing.TB, ok func() bool) {
	t.Helper()
	for !ok() {
		if t.Context().Err() != nil {
			t.Fatal("the test has ended")
		}
		time.Sleep(time.Millisecond)
	}
}
