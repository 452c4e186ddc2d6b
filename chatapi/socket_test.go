package chatapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/live"
)

func TestSocketJunk(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		v := d.Visit("Hello")
		cases := []struct {
			name  string
			send  func(*client)
			code  rejoin.Code
			close uint16
		}{
			{"binary", func(c *client) { c.frame(0x2, []byte{0, 1, 2, 0xff}) }, rejoin.Invalid, live.CloseUnsupported},
			{"not UTF-8", func(c *client) { c.frame(0x1, []byte{0xff, 0xfe}) }, rejoin.Invalid, live.CloseNotText},
			{"too long", func(c *client) { c.send(strings.Repeat(" ", 33<<10)) }, rejoin.Invalid, live.CloseTooBig},
			{"not JSON", func(c *client) { c.send("hello") }, rejoin.Invalid, live.ClosePolicy},
			{"no hello", func(c *client) { c.send(`{"type":"typing"}`) }, rejoin.Invalid, live.ClosePolicy},
			{"unknown field", func(c *client) { c.send(`{"type":"hello","admin":true}`) }, rejoin.Invalid, live.ClosePolicy},
			{"no token", func(c *client) { c.send(`{"type":"hello"}`) }, rejoin.Unauthenticated, 4401},
			{"junk token", func(c *client) { c.send(hello("junk")) }, rejoin.Unauthenticated, 4401},
			{"no tab", func(c *client) { c.send(chatapi.Hello{Type: "hello", Token: v.Token, State: rejoin.Active}) }, rejoin.Invalid, live.ClosePolicy},
			{"no state", func(c *client) { c.send(chatapi.Hello{Type: "hello", Token: v.Token, Tab: tab}) }, rejoin.Invalid, live.ClosePolicy},
			{"negative cursor", func(c *client) {
				h := hello(v.Token)
				h.Cursors = map[string]chatapi.Cursor{v.Issue.ID: {Version: -1}}
				c.send(h)
			}, rejoin.Invalid, live.ClosePolicy},
		}
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				d.unchanged(func() {
					client := d.dial()
					client.t = t
					c.send(client)
					client.wantError(c.code, c.close)
				})
			})
		}
	})
}

func TestSocketAfterHello(t *testing.T) {
	d := sqlite(t)
	v, other := d.Visit("Hello"), d.Visit("Hi")
	for name, frame := range map[string]any{
		"typing":         `{"type":"typing","issue_id":"x"}`,
		"another person": hello(other.Token),
		"another tab":    chatapi.Hello{Type: "hello", Token: v.Token, Tab: "tab-000000000002", State: rejoin.Active},
	} {
		c, _ := d.enter(hello(v.Token))
		c.send(frame)
		f := c.want("error")
		if _, code := c.next(); f.Text == "" || code != live.ClosePolicy {
			t.Errorf("%s: error %+v, closed with %d", name, f, code)
		}
	}
	c, _ := d.enter(hello(v.Token))
	c.send(hello(v.Token)) // fresh cursors are welcome: here none
	if w := c.want("welcome"); len(w.Updates) != 1 {
		t.Errorf("the second welcome has %d updates, want 1", len(w.Updates))
	}
}

func TestSocketOfAnotherSite(t *testing.T) {
	d := sqlite(t)
	if _, resp := d.handshake("Origin: https://evil.example.com\r\n"); resp.StatusCode != http.StatusForbidden {
		t.Errorf("answer %d, want 403", resp.StatusCode)
	}
	if _, resp := d.handshake("Origin: " + d.http.URL + "\r\n"); resp.StatusCode != http.StatusSwitchingProtocols {
		t.Errorf("answer %d to our own page", resp.StatusCode)
	}
}

func TestSilentSocketEnds(t *testing.T) {
	d := sqlite(t)
	c := d.dial()
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.wantError(rejoin.Unauthenticated, live.ClosePolicy)
	}()
	eventually(t, func() bool {
		d.Clock.Advance(time.Second)
		select {
		case <-done:
			return true
		default:
			return false
		}
	})
}

// TestSocketResumes comes back with cursors and gets what it lacks, nothing else.
func TestSocketResumes(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		v := d.VisitKnown("Hello", "Ada", "ada@example.org")
		c, w := d.enter(hello(v.Token))
		if len(w.Updates) != 1 || w.User.Email != "ada@example.org" {
			t.Fatalf("welcome %+v", w)
		}
		first := w.Updates[0]
		if n := int64(len(first.Messages)); n != first.Issue.LastSeq {
			t.Errorf("%d messages, want all %d", n, first.Issue.LastSeq)
		}
		d.Reply(v, "While you are here")
		f := c.want("update")
		for len(f.Messages) == 0 {
			f = c.want("update")
		}
		if f.Messages[0].Seq != first.Issue.LastSeq+1 || f.Messages[0].AuthorName != "Maya" || f.Issue.Unread != 1 {
			t.Errorf("update %+v", f)
		}
		d.Reply(v, "While you look")
		d.Reply(v, "at something else")
		h := hello(v.Token)
		h.Tab = "tab-000000000002"
		h.Cursors = map[string]chatapi.Cursor{v.Issue.ID: {Seq: f.Issue.LastSeq, Version: f.Issue.Version}, "iss_unknown": {Seq: 3}}
		_, w = d.enter(h)
		if len(w.Updates) != 1 || len(w.Updates[0].Messages) != 2 || w.Updates[0].Messages[0].Body != "While you look" {
			t.Errorf("the second welcome is %+v", w)
		}
		last := w.Updates[0].Issue
		h.Cursors = map[string]chatapi.Cursor{v.Issue.ID: {Seq: last.LastSeq, Version: last.Version}}
		if _, w = d.enter(h); len(w.Updates) != 0 {
			t.Errorf("nothing is new, but the welcome is %+v", w)
		}
	})
}

// TestPromise_NothingLostOnSockets writes from many sides at once. Every socket sees every message once, in order.
func TestPromise_NothingLostOnSockets(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		const writers, each = 8, 25
		v := d.Visit("Hello")
		sockets := []*client{}
		for i := range 3 {
			h := hello(v.Token)
			h.Tab = fmt.Sprintf("tab-%012d", i)
			c, _ := d.enter(h)
			sockets = append(sockets, c)
		}
		begun := v.Last()
		var all sync.WaitGroup
		for i := range writers {
			all.Go(func() {
				for n := range each {
					err := d.Core.Messages.SendAsAgent(t.Context(), d.Maya, v.Issue.ID, fmt.Sprintf("client-%d-%d", i, n), fmt.Sprintf("%d.%d", i, n))
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		for i, c := range sockets {
			all.Go(func() {
				for seq := begun; seq < begun+writers*each; {
					f, closed := c.next()
					if closed != 0 || f.Type != "update" {
						t.Errorf("socket %d: %+v, closed with %d", i, f, closed)
						return
					}
					for _, m := range f.Messages {
						if m.Seq != seq+1 {
							t.Errorf("socket %d: message %d after %d", i, m.Seq, seq)
							return
						}
						seq = m.Seq
					}
				}
			})
		}
		all.Wait()
	})
}

// TestSocketHearsOfNewConversations begins one in another tab.
func TestSocketHearsOfNewConversations(t *testing.T) {
	d := sqlite(t)
	v := d.Visit("Hello")
	c, _ := d.enter(hello(v.Token))
	second := decode[chatapi.Update](t, d.do(post("/issues", v.Token, d.newIssue("Another thing"))))
	until(c, func(f chatapi.Frame) bool { return f.Issue.ID == second.Issue.ID && len(f.Messages) == 1 })
	if err := d.Core.Messages.SendAsAgent(t.Context(), d.Maya, second.Issue.ID, d.NewClientID(), "Yes?"); err != nil {
		t.Fatal(err)
	}
	until(c, func(f chatapi.Frame) bool {
		return f.Issue.ID == second.Issue.ID && len(f.Messages) == 1 && f.Messages[0].Body == "Yes?" && f.Messages[0].ClientID == ""
	})
}

// until reads updates until ok.
func until(c *client, ok func(chatapi.Frame) bool) {
	c.t.Helper()
	for !ok(c.want("update")) {
	}
}

func TestTypingIsTheCompanys(t *testing.T) {
	d := sqlite(t)
	v := d.Visit("Hello")
	c, _ := d.enter(hello(v.Token))
	decode[struct{}](t, d.do(post("/issues/"+v.Issue.ID+"/typing", v.Token, struct{}{})))
	if err := d.Core.Messages.TypingAsAgent(t.Context(), d.Maya, v.Issue.ID, false); err != nil {
		t.Fatal(err)
	}
	if f := c.want("typing"); f.Name != "Maya" || f.IssueID != v.Issue.ID {
		t.Errorf("typing %+v, want Maya first and only", f)
	}
}

// TestRevokedSocket ends the sockets that came by a link, and no others.
func TestRevokedSocket(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		v, key, _ := d.mailed()
		token, out := d.guest(key)
		own, _ := d.enter(hello(v.Token))
		h := hello(token)
		h.Tab = "tab-of-the-link"
		guest, w := d.enter(h)
		if len(w.Updates) != 1 || w.Updates[0].Issue.ID != out.IssueID {
			t.Fatalf("welcome %+v", w)
		}
		listed := decode[chatapi.Conversations](t, d.do(get("/issues", token)))
		if nobody := (chatapi.User{}); *w.User != nobody || listed.User != nobody || len(listed.Issues) != 1 {
			t.Errorf("the link shows %+v and %+v, want nobody's name and address", *w.User, listed)
		}
		// The link opens one conversation: of others it hears nothing.
		second := decode[chatapi.Update](t, d.do(post("/issues", v.Token, d.newIssue("A secret"))))
		until(own, func(f chatapi.Frame) bool { return f.Issue.ID == second.Issue.ID })
		if err := d.Core.Issues.RevokeLinks(t.Context(), d.Maya, v.Issue.ID); err != nil {
			t.Fatal(err)
		}
		for {
			f, closed := guest.next()
			if f.Type == "error" {
				if f.Code != rejoin.Unauthenticated {
					t.Errorf("error %+v", f)
				}
				if _, closed = guest.next(); closed != 4401 {
					t.Errorf("closed with %d, want 4401", closed)
				}
				break
			}
			if closed != 0 || f.Issue == nil || f.Issue.ID != out.IssueID {
				t.Fatalf("the link's socket got %+v, closed with %d", f, closed)
			}
		}
		d.Reply(v, "Still here?")
		until(own, func(f chatapi.Frame) bool { return len(f.Messages) == 1 && f.Messages[0].Body == "Still here?" })
	})
}

// TestSocketAfterLostSignals resumes when the bus may have lost something.
func TestSocketAfterLostSignals(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		v := d.Visit("Hello")
		c, _ := d.enter(hello(v.Token))
		elsewhere := d.Another() // its signals do not reach us: nobody runs its hub
		if err := elsewhere.Core.Messages.SendAsAgent(t.Context(), d.Maya, v.Issue.ID, d.NewClientID(), "From another node"); err != nil {
			t.Fatal(err)
		}
		d.Hub.ResyncAll()
		until(c, func(f chatapi.Frame) bool { return len(f.Messages) == 1 && f.Messages[0].Body == "From another node" })
	})
}

// TestWelcomeIsBounded comes with nothing, and then with old cursors, to far more than one answer holds.
func TestWelcomeIsBounded(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		v := d.Visit("Hello")
		ids := []string{v.Issue.ID}
		for n := range 2 {
			d.Clock.Advance(time.Second)
			up := decode[chatapi.Update](t, d.do(post("/issues", v.Token, d.newIssue(fmt.Sprintf("Another thing %d", n)))))
			ids = append(ids, up.Issue.ID)
		}
		for _, id := range ids {
			for range 20 {
				if err := d.Core.Messages.SendAsAgent(t.Context(), d.Maya, id, d.NewClientID(), strings.Repeat("😀", rejoin.MaxBody)); err != nil {
					t.Fatal(err)
				}
			}
		}
		check := func(w chatapi.Frame) {
			t.Helper()
			if len(w.Updates) != 3 || w.Updates[0].Issue.ID != ids[2] {
				t.Fatalf("%d updates, want three and the newest first", len(w.Updates))
			}
			newest := w.Updates[0]
			if n := len(newest.Messages); n < 2 || n > 10 || newest.Messages[n-1].Seq != newest.Issue.LastSeq || !newest.More {
				t.Errorf("the newest has %d messages, more %v; want the few newest ones", n, newest.More)
			}
			for _, up := range w.Updates[1:] {
				if len(up.Messages) != 0 || !up.More || up.Issue.LastSeq < 20 || up.Issue.Unread == 0 {
					t.Errorf("%d messages, more %v, of %+v; want only where it stands", len(up.Messages), up.More, up.Issue)
				}
			}
		}
		_, w := d.enter(hello(v.Token))
		check(w)
		h := hello(v.Token)
		h.Cursors = map[string]chatapi.Cursor{ids[0]: {Seq: 1}, ids[1]: {Seq: 1}, ids[2]: {Seq: 1}}
		c, w := d.enter(h)
		check(w)
		last := w.Updates[1].Issue.LastSeq // what comes now is one message, and the client sees by its seq that others are missing
		if err := d.Core.Messages.SendAsAgent(t.Context(), d.Maya, ids[1], d.NewClientID(), "Short"); err != nil {
			t.Fatal(err)
		}
		until(c, func(f chatapi.Frame) bool { return len(f.Messages) == 1 && f.Messages[0].Seq == last+1 })
		h.Cursors = map[string]chatapi.Cursor{ids[0]: {Seq: last - 2}, ids[1]: {Seq: last}, ids[2]: {Seq: last - 1}}
		if _, w = d.enter(h); len(w.Updates) != 3 || len(w.Updates[1].Messages) != 1 || w.Updates[1].More {
			t.Errorf("a client that lacks little got %+v", w.Updates[1].Issue)
		}
	})
}

// TestHelloLimit says hello again and again.
func TestHelloLimit(t *testing.T) {
	d := sqlite(t)
	v := d.Visit("Hello")
	c := d.dial()
	for range 10 {
		c.send(hello(v.Token))
		c.want("welcome")
	}
	c.send(hello(v.Token))
	c.wantError(rejoin.Limited, live.ClosePolicy)
	d.Clock.Advance(time.Second)
	d.enter(hello(v.Token))
}

// TestSocketCatchesUp gets far more at once than one page holds.
func TestSocketCatchesUp(t *testing.T) {
	d := sqlite(t)
	v := d.Visit("Hello")
	c, w := d.enter(hello(v.Token))
	elsewhere := d.Another()
	for n := range 130 {
		if err := elsewhere.Core.Messages.SendAsAgent(t.Context(), d.Maya, v.Issue.ID, fmt.Sprintf("client-%d", n), "x"); err != nil {
			t.Fatal(err)
		}
	}
	d.Hub.ResyncAll()
	f := c.want("update")
	for i, m := range f.Messages {
		if want := w.Updates[0].Issue.LastSeq + 1 + int64(i); m.Seq != want {
			t.Fatalf("message %d is %d, want %d", i, m.Seq, want)
		}
	}
	if len(f.Messages) != 130 {
		t.Errorf("%d messages, want 130", len(f.Messages))
	}
}
