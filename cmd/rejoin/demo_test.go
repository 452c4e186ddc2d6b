package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/rejointest"
	"rejoin/store"
)

func startDemo(t *testing.T, dir string, more ...string) (*process, addresses) {
	t.Helper()
	p := startIn(t, dir, false, nil, append([]string{"demo", "--json", "--listen", "127.0.0.1:0", "--shop-listen", "127.0.0.1:0",
		"--mailbox-listen", "127.0.0.1:0", "--smtp-listen", "127.0.0.1:0", "--conversations", "0"}, more...)...)
	var a addresses
	p.line(func(l string) bool { return json.Unmarshal([]byte(l), &a) == nil && a.Server != "" })
	return p, a
}

func TestDemo(t *testing.T) {
	dir := t.TempDir()
	p, a := startDemo(t, dir, "--conversations", "90")
	if body, _ := get(t, a.Server+"/healthz"); body != "ok\n" {
		t.Errorf("healthz answers %q", body)
	}
	if !strings.HasPrefix(a.Server, "http://127.0.0.1:") || !strings.HasPrefix(a.Shop, "http://localhost:") {
		t.Errorf("server %s and shop %s are not on two sites", a.Server, a.Shop)
	}
	for _, page := range []string{"/", "/contact", "/products/tent", "/account", "/examples/"} {
		body, resp := get(t, a.Shop+page)
		if resp.StatusCode != 200 || !strings.Contains(body, a.Platform) || !strings.Contains(body, `src="/chat.js"`) {
			t.Errorf("%s (%d) does not carry the chat:\n%s", page, resp.StatusCode, body)
		}
		if csp := resp.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-src "+a.Server) || strings.Contains(csp, "unsafe") {
			t.Errorf("%s has the policy %s", page, csp)
		}
	}
	if body, _ := get(t, a.Shop+"/chat.js"); !strings.Contains(body, a.Server+"/webchat.js") {
		t.Errorf("the snippet is:\n%s", body)
	}
	if _, resp := get(t, a.Shop+"/products/boat"); resp.StatusCode != 404 {
		t.Errorf("an unknown product answers %d", resp.StatusCode)
	}
	if body, _ := get(t, a.Mailbox+"/"); !strings.Contains(body, "Harbor") {
		t.Error("the mailbox does not show the e-mails of the past")
	}
	rejoinIn(t, dir, nil, "demo", "--listen", "127.0.0.1:0").want(t, 1, "serves", filepath.Join("data", "demo"))
	p.stop(syscall.SIGTERM)

	before := issues(t, dir)
	if want := len(stories()) + 90; len(before) != want {
		t.Errorf("%d conversations, want %d", len(before), want)
	}
	p, b := startDemo(t, dir)
	if a.Platform != b.Platform {
		t.Errorf("the second start has platform %s, the first had %s", b.Platform, a.Platform)
	}
	p.stop(syscall.SIGINT)
	if after := issues(t, dir); len(after) != len(before) {
		t.Errorf("%d conversations after the second start, %d before", len(after), len(before))
	}
	carriedOver(t, dir)
}

// TestDemoAccounts signs in and out at the shop, whose server tells the chat's server who is there.
func TestDemoAccounts(t *testing.T) {
	p, a := startDemo(t, t.TempDir())
	defer p.stop(syscall.SIGTERM)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	ask := func(path string, form url.Values) (string, *http.Response) {
		t.Helper()
		resp, err := browser.Get(a.Shop + path)
		if form != nil {
			resp, err = browser.PostForm(a.Shop+path, form)
		}
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(body), resp
	}
	if body, _ := ask("/account/me", nil); body != "{}\n" {
		t.Errorf("somebody is signed in: %s", body)
	}
	if body, _ := ask("/orders/HP-2041", nil); !strings.Contains(body, "Sign in to see this order") || strings.Contains(body, "Driftwood") {
		t.Errorf("a stranger sees an order:\n%s", body)
	}

	var nora login
	body, _ := ask("/account/sign-in", url.Values{"customer": {"cust-1042"}, "back": {"/account/me"}})
	if err := json.Unmarshal([]byte(body), &nora); err != nil || nora.UserName != "Nora Castellan" {
		t.Fatalf("Nora is %+v, %v", nora, err)
	}
	visitor := rejointest.NewVisitor(http.DefaultClient)
	var out chatapi.Identified
	err = visitor.Do(t.Context(), http.MethodPost, a.Server+"/chat/v1/identify", chatapi.Identify{PlatformID: a.Platform, Session: visitor.Token,
		Identity: chatapi.Identity{UserID: nora.UserID, Email: nora.UserEmail, AuthToken: nora.UserAuthToken}}, &out)
	if err != nil || out.Result != "verified" || !out.Known {
		t.Errorf("the chat's server says %+v, %v", out, err)
	}
	var token struct{ Token string }
	body, _ = ask("/account/jwt", nil)
	if err := json.Unmarshal([]byte(body), &token); err != nil || strings.Count(token.Token, ".") != 2 {
		t.Errorf("the login token is %s, %v", body, err)
	}
	for _, words := range []string{`"tags":["shipping"]`, `"order_number":{"type":"singleline","value":"HP-2041"}`, nora.UserAuthToken[:20]} {
		if body, _ := ask("/orders/HP-2041", nil); !strings.Contains(body, words) {
			t.Errorf("the order's page does not tell %s:\n%s", words, body)
		}
	}

	for _, elsewhere := range []string{"https://example.com/", "//example.com", "/\\example.com", ""} {
		if _, resp := ask("/account/sign-out", url.Values{"back": {elsewhere}}); resp.Request.URL.String() != a.Shop+"/" {
			t.Errorf("signing out leads from %q to %s", elsewhere, resp.Request.URL)
		}
	}
	if body, _ := ask("/account/jwt", nil); body != `{"token":""}`+"\n" {
		t.Errorf("a token for nobody: %s", body)
	}
}

// TestDemoExamples looks at the manual's pages: each works under the shop's policy and talks to this demo.
func TestDemoExamples(t *testing.T) {
	p, a := startDemo(t, t.TempDir())
	defer p.stop(syscall.SIGTERM)
	index, _ := get(t, a.Shop+"/examples/")
	for _, name := range []string{"embed", "login", "login-jwt", "api", "helpshift"} {
		page, _ := get(t, a.Shop+"/examples/"+name+".html")
		program, resp := get(t, a.Shop+"/examples/"+name+".js")
		if !strings.Contains(index, "/examples/"+name+".html") || !strings.Contains(page, `<script src="`+name+`.js"></script>`) {
			t.Errorf("%s is not linked or has no program", name)
		}
		if strings.Contains(page, "style=") || strings.Contains(page, "onclick=") || strings.Contains(page, "<script>") {
			t.Errorf("%s has something inline", name)
		}
		if !strings.Contains(program, a.Platform) || !strings.Contains(program, a.Server) || strings.Contains(program, "acme") {
			t.Errorf("%s.js does not talk to the demo:\n%s", name, program)
		}
		if kind := resp.Header.Get("Content-Type"); !strings.Contains(kind, "javascript") {
			t.Errorf("%s.js is %s", name, kind)
		}
	}
	if _, resp := get(t, a.Shop+"/examples/nothing.html"); resp.StatusCode != 404 {
		t.Errorf("an unknown example answers %d", resp.StatusCode)
	}
}

// issues returns the conversations of a demo that is not running, none of which may wait to send an e-mail.
func issues(t *testing.T, dir string) (rows []store.InboxRow) {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(dir, "data", "demo", "rejoin.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Read(t.Context(), func(tx *store.Tx) error {
		maya, err := tx.AgentByEmail(maya.email)
		if err != nil {
			return err
		}
		rows, err = tx.Inbox(store.InboxQuery{DomainID: maya.DomainID, Limit: 500})
		for _, r := range rows {
			f, ok, err := tx.NewestFollowUp(r.Issue.ID)
			if err == nil && ok && f.State.Live() {
				t.Errorf("%q has a follow-up that is %s", r.Issue.Title, f.State)
			}
			if r.Issue.UpdatedAt > rejoin.MillisOf(time.Now()) {
				t.Errorf("%q happens in the future", r.Issue.Title)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestDemoAtOtherPorts starts a demo again where its shop has another address: it must be allowed to carry the chat.
func TestDemoAtOtherPorts(t *testing.T) {
	dir := t.TempDir()
	p, a := startDemo(t, dir, "--window", "15s")
	p.stop(syscall.SIGTERM)
	p, b := startDemo(t, dir, "--window", "30s")
	p.stop(syscall.SIGTERM)
	s, err := store.Open(t.Context(), filepath.Join(dir, "data", "demo", "rejoin.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Read(t.Context(), func(tx *store.Tx) error {
		platform, err := tx.Platform(b.Platform)
		if err != nil {
			return err
		}
		if o := platform.AllowedOrigins; !o.Allow(a.Shop) || !o.Allow(b.Shop) {
			t.Errorf("the allowed origins are %v", o)
		}
		app, err := tx.App(platform.AppID)
		if w := app.Settings.WebChat.FollowUp.Window; w != 30 {
			t.Errorf("the window is %d s", w)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
