package chatapi_test

import (
	"context"
	"encoding/json"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/live"
	"rejoin/rejointest"
	"rejoin/serve"
	"rejoin/store/storetest"
)

func (d *door) presenceOf(v *rejointest.Visitor) rejoin.Presence {
	return d.Load(v.Issue.ID).User.Presence
}

func (d *door) waitFor(v *rejointest.Visitor, p rejoin.Presence) {
	d.T.Helper()
	eventually(d.T, func() bool { return d.presenceOf(v) == p })
}

// says reports presence by beacon, as a page does that is left.
func (d *door) says(token, tab string, p rejoin.Presence) {
	d.T.Helper()
	r := post("/presence", "", chatapi.PresenceIn{Token: token, Tab: tab, State: p})
	r.header = map[string]string{"Content-Type": "text/plain;charset=UTF-8", "Origin": "null"}
	decode[struct{}](d.T, d.do(r))
}

// TestWaysToLeave goes in every way there is.
func TestWaysToLeave(t *testing.T) {
	cases := []struct {
		name  string
		leave func(d *door, v *rejointest.Visitor, c *client)
		want  rejoin.Presence
	}{
		{"closes the panel", func(d *door, v *rejointest.Visitor, _ *client) { d.says(v.Token, tab, rejoin.PanelClosed) }, rejoin.PanelClosed},
		{"goes to another tab", func(d *door, v *rejointest.Visitor, _ *client) { d.says(v.Token, tab, rejoin.TabHidden) }, rejoin.TabHidden},
		{"closes the tab", func(d *door, v *rejointest.Visitor, c *client) {
			d.says(v.Token, tab, rejoin.PageClosed)
			c.bye()
		}, rejoin.PageClosed},
		{"closes the browser, which says nothing", func(_ *door, _ *rejointest.Visitor, c *client) { c.bye() }, rejoin.PageClosed},
		{"loses the connection", func(_ *door, _ *rejointest.Visitor, c *client) { c.conn.Close() }, rejoin.Offline},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(t *testing.T, d *door) {
				v := d.Visit("Hello")
				socket, _ := d.enter(hello(v.Token))
				d.waitFor(v, rejoin.Active)
				c.leave(d, v, socket)
				d.waitFor(v, c.want)
			})
		})
	}
}

// TestTabComesBackBeforeItIsMissed opens a new socket before the server knows that the old one is dead.
func TestTabComesBackBeforeItIsMissed(t *testing.T) {
	d := sqlite(t)
	v := d.Visit("Hello")
	old, _ := d.enter(hello(v.Token))
	fresh, _ := d.enter(hello(v.Token))
	old.conn.Close()
	// Another tab comes and goes: when that is known, so would be the loss of the first.
	h := hello(v.Token)
	h.Tab, h.State = "tab-000000000002", rejoin.TabHidden
	second, _ := d.enter(h)
	second.bye()
	eventually(t, func() bool { return !strings.Contains(d.rows(), h.Tab) })
	if got := d.presenceOf(v); got != rejoin.Active {
		t.Errorf("presence %s, want active", got)
	}
	fresh.conn.Close()
	d.waitFor(v, rejoin.Offline)
}

// TestReportsMeetTheEndOfTheirSocket loses the connection while the tab reports: whichever is stored last, the tab is gone for everybody after a while.
func TestReportsMeetTheEndOfTheirSocket(t *testing.T) {
	d := sqlite(t)
	v := d.Visit("Hello")
	for range 12 {
		socket, _ := d.enter(hello(v.Token))
		d.waitFor(v, rejoin.Active)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() { d.says(v.Token, tab, rejoin.Active) })
		}
		socket.conn.Close()
		all.Wait()
		eventually(t, func() bool {
			d.Advance(41 * time.Second) // a tab without a socket counts as there so long
			return d.presenceOf(v) == rejoin.Offline
		})
	}
}

// TestTabsOnTwoNodes reports to another node than the one that holds the socket.
func TestTabsOnTwoNodes(t *testing.T) {
	d := open(t, storetest.Open(t, storetest.Postgres(t)))
	other := openDoor(t, d.Another())
	other.ip = d.ip
	v := d.Visit("Hello")
	c, _ := d.enter(hello(v.Token))
	other.says(v.Token, tab, rejoin.TabHidden)
	d.waitFor(v, rejoin.TabHidden)
	c.conn.Close()
	d.waitFor(v, rejoin.Offline)
}

func poll(d *door, token string, cursors map[string]chatapi.Cursor) request {
	return post("/poll", token, chatapi.Poll{Tab: tab, State: rejoin.Active, Cursors: cursors})
}

func cursorOf(i chatapi.Issue) map[string]chatapi.Cursor {
	return map[string]chatapi.Cursor{i.ID: {Seq: i.LastSeq, Version: i.Version}}
}

// later polls in the background.
func (d *door) later(r request) <-chan response {
	out := make(chan response, 1)
	go func() { out <- d.do(r) }()
	return out
}

// caughtUp polls until there is nothing new, and returns the cursors and the poll that waits.
func (d *door) caughtUp(token string) map[string]chatapi.Cursor {
	d.T.Helper()
	p := decode[chatapi.Polled](d.T, d.do(poll(d, token, nil)))
	if len(p.Frames) != 1 || p.Frames[0].Type != "welcome" {
		d.T.Fatalf("the first poll answers %+v", p)
	}
	return cursorOf(p.Frames[0].Updates[0].Issue)
}

func TestPoll(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		v := d.Visit("Hello")
		cursors := d.caughtUp(v.Token)
		d.Reply(v, "At once")
		p := decode[chatapi.Polled](t, d.do(poll(d, v.Token, cursors)))
		if len(p.Frames) != 1 || p.Frames[0].Type != "update" || len(p.Frames[0].Messages) != 1 || p.Frames[0].Messages[0].Body != "At once" {
			t.Fatalf("the poll answers %+v", p)
		}
		answer := d.later(poll(d, v.Token, cursorOf(*p.Frames[0].Issue)))
		d.Reply(v, "A moment later")
		p = decode[chatapi.Polled](t, <-answer)
		if len(p.Frames) != 1 || p.Frames[0].Messages[0].Body != "A moment later" {
			t.Fatalf("the poll answers %+v", p)
		}
		// Typing is heard as long as somebody listens.
		answer = d.later(poll(d, v.Token, cursorOf(*p.Frames[0].Issue)))
		var r response
		eventually(t, func() bool {
			if err := d.Core.Messages.TypingAsAgent(t.Context(), d.Maya, v.Issue.ID, false); err != nil {
				t.Fatal(err)
			}
			select {
			case r = <-answer:
				return true
			default:
				return false
			}
		})
		if p = decode[chatapi.Polled](t, r); len(p.Frames) != 1 || p.Frames[0].Type != "typing" || p.Frames[0].Name != "Maya" {
			t.Errorf("the poll answers %+v", p)
		}
	})
}

// TestPollEnds waits its time and then answers with nothing; a tab that polls no more is offline.
func TestPollEnds(t *testing.T) {
	d := sqlite(t)
	v := d.Visit("Hello")
	cursors := d.caughtUp(v.Token)
	answer := d.later(poll(d, v.Token, cursors))
	var r response
	eventually(t, func() bool {
		d.Clock.Advance(time.Second)
		select {
		case r = <-answer:
			return true
		default:
			return false
		}
	})
	if p := decode[chatapi.Polled](t, r); len(p.Frames) != 0 {
		t.Errorf("the poll answers %+v", p)
	}
	if got := d.presenceOf(v); got != rejoin.Active {
		t.Errorf("presence %s after a poll, want active", got)
	}
	d.Clock.Advance(41 * time.Second)
	d.waitFor(v, rejoin.Offline)
}

func TestPollOfARevokedSession(t *testing.T) {
	d := sqlite(t)
	v, key, _ := d.mailed()
	token, _ := d.guest(key)
	cursors := d.caughtUp(token)
	answer := d.later(poll(d, token, cursors))
	if err := d.Core.Issues.RevokeLinks(t.Context(), d.Maya, v.Issue.ID); err != nil {
		t.Fatal(err)
	}
	d.failure(<-answer, 401, rejoin.Unauthenticated, "")
}

// TestDrain stops a server that has a socket and a poll.
func TestDrain(t *testing.T) {
	st := storetest.SQLite(t)
	s := rejointest.New(t, st, func(c *serve.Config) { c.Grace = 20 * time.Second })
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d := &door{Server: s, http: &httptest.Server{URL: "http://" + ln.Addr().String()}}
	v := d.Visit("Hello")
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx, ln) }()

	c, w := d.enter(hello(v.Token))
	waits := post("/poll", v.Token, chatapi.Poll{Tab: "tab-that-polls", State: rejoin.Active, Cursors: cursorOf(w.Updates[0].Issue)})
	answer := d.later(waits)
	eventually(t, func() bool { return strings.Contains(d.rows(), "tab-that-polls") })
	stop()
	if f := c.want("reconnect"); f.AfterMs <= 0 {
		t.Errorf("reconnect %+v", f)
	}
	if _, code := c.next(); code != live.CloseGoingAway {
		t.Errorf("closed with %d", code)
	}
	c.bye()
	r := <-answer
	var p chatapi.Polled
	if err := json.Unmarshal([]byte(r.body), &p); err != nil || len(p.Frames) == 0 {
		t.Fatalf("the poll answers %d %s", r.status, r.body)
	}
	// It may have been answered with news just before.
	if f := p.Frames[0]; f.Type != "reconnect" && f.Type != "update" {
		t.Errorf("the poll answers %s", r.body)
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if got := d.presenceOf(v); got.Online() {
		t.Errorf("presence %s after the server's end", got)
	}
}
