package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"rejoin"
	"rejoin/store"
)

func startDemo(t *testing.T, dir string, more ...string) (*process, addresses) {
	t.Helper()
	p := startIn(t, dir, false, nil, append([]string{"demo", "--json", "--listen", "127.0.0.1:0", "--shop-listen", "127.0.0.1:0",
		"--mailbox-listen", "127.0.0.1:0", "--smtp-listen", "127.0.0.1:0"}, more...)...)
	var a addresses
	p.line(func(l string) bool { return json.Unmarshal([]byte(l), &a) == nil && a.Server != "" })
	return p, a
}

func TestDemo(t *testing.T) {
	dir := t.TempDir()
	p, a := startDemo(t, dir)
	if body, _ := get(t, a.Server+"/healthz"); body != "ok\n" {
		t.Errorf("healthz answers %q", body)
	}
	if !strings.HasPrefix(a.Server, "http://127.0.0.1:") || !strings.HasPrefix(a.Shop, "http://localhost:") {
		t.Errorf("server %s and shop %s are not on two sites", a.Server, a.Shop)
	}
	for _, page := range []string{"/", "/contact", "/products/tent"} {
		body, resp := get(t, a.Shop+page)
		if resp.StatusCode != 200 || !strings.Contains(body, a.Platform) || !strings.Contains(body, a.Server+"/webchat.js") {
			t.Errorf("%s (%d) does not carry the chat:\n%s", page, resp.StatusCode, body)
		}
		if csp := resp.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-src "+a.Server) {
			t.Errorf("%s does not allow the frame: %s", page, csp)
		}
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
	if len(before) != len(stories()) {
		t.Errorf("%d conversations, want %d", len(before), len(stories()))
	}
	p, b := startDemo(t, dir)
	if a.Platform != b.Platform {
		t.Errorf("the second start has platform %s, the first had %s", b.Platform, a.Platform)
	}
	p.stop(syscall.SIGINT)
	if after := issues(t, dir); len(after) != len(before) {
		t.Errorf("%d conversations after the second start, %d before", len(after), len(before))
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
		rows, err = tx.Inbox(store.InboxFilter{DomainID: maya.DomainID, Limit: 100})
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
