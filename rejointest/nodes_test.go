package rejointest_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoin"
	"rejoin/agentapi"
	"rejoin/chatapi"
	"rejoin/identity"
	"rejoin/mail/mailbox"
	"rejoin/rejointest"
	"rejoin/store/storetest"
)

// tellsAtOnce checks that an agent's socket on one server shows what a visitor sends to the other.
func (l *lab) tellsAtOnce(agents, visitors string, p *person) {
	l.Helper()
	s, err := l.agent.Dial(agents, "/agent/v1/socket")
	l.must(err)
	defer s.Close()
	l.must(s.Send(agentapi.Watch{Type: "watch", IssueID: p.issues[0]}))
	l.frame(s, func(f agentapi.Frame) bool { return f.Type == "thread" })
	clientID, body := identity.NewToken(), "across "+identity.NewToken()
	up, err := p.Say(l.ctx, visitors, p.issues[0], chatapi.Send{ClientID: clientID, Body: body})
	l.must(err)
	p.note(up, clientID, body)
	l.frame(s, func(f agentapi.Frame) bool {
		if f.Thread == nil {
			return false
		}
		for _, m := range f.Thread.Messages {
			if m.Body == body {
				return true
			}
		}
		return false
	})
}

// frame waits for a frame of a socket, the agents' or a visitor's: the fields that both have mean the same.
func (l *lab) frame(s *rejointest.Socket, ok func(agentapi.Frame) bool) {
	l.Helper()
	for {
		select {
		case got, open := <-s.Frames:
			if !open {
				l.Fatal("the socket was closed before it brought what was waited for")
			}
			var f agentapi.Frame
			l.must(json.Unmarshal(got.Data, &f))
			if ok(f) {
				return
			}
		case <-l.ctx.Done():
			l.Fatal(context.Cause(l.ctx))
		}
	}
}

// Two servers on one database do everything once, tell each other at once, and stand in for each other.
func TestPromise_TwoProcesses(t *testing.T) {
	l := newLab(t, storetest.Postgres(t))
	b := l.start()
	l.configure(b.URL)
	l.automate(b.URL)
	a := l.start()
	both := [2]string{a.URL, b.URL}
	known := l.known(8) // on A: their jobs are B's as well
	l.tellsAtOnce(a.URL, b.URL, known[0])

	crowd := &crowd{l: l, quit: make(chan struct{})}
	for i, p := range known {
		crowd.join(func() error { return l.mailEverything(both, i, p.issues[0], crowd) })
	}
	l.must(crowd.finish())
	l.armAndKill(a, b.URL, known[0].issues[0], crowd.number())
	_, err := l.box.WaitFor(l.ctx, func(mails []mailbox.Mail) bool { return len(mailCounts(mails)) == crowd.n })
	l.must(err)

	db := l.opened()
	l.settled(db, ids(known), nil)
	list := l.load(db, l.issueIDs())
	l.checkMessages(list)
	f := l.checkMails(list, l.box.Messages())
	for _, c := range list {
		if n := len(c.messages); n < 6 || c.messages[1].Ask != rejoin.AskName || c.messages[3].Ask != rejoin.AskEmail {
			t.Errorf("Identity Bot did not ask as it should in %s", c.issue.ID)
		}
	}
	if f.mailed != crowd.n {
		t.Errorf("%d of %d messages were mailed: %+v", f.mailed, crowd.n, f)
	}
	l.checkRules(db, l.issueIDs())
	l.noneGivenUp(db)
	t.Logf("two processes: %d messages, %d e-mails about %d agents' messages", len(l.acks), len(l.box.Messages()), f.mailed)
}

// armAndKill replies through a server and kills it as soon as another one knows.
func (l *lab) armAndKill(p *rejointest.Process, other, issueID, body string) {
	l.Helper()
	s, err := l.agent.Dial(other, "/agent/v1/socket")
	l.must(err)
	defer s.Close()
	l.must(s.Send(agentapi.Watch{Type: "watch", IssueID: issueID}))
	l.frame(s, func(f agentapi.Frame) bool { return f.Type == "thread" })
	l.change(func() { l.url = p.URL })
	l.must(l.reply("armed", issueID, body))
	l.frame(s, func(f agentapi.Frame) bool { return f.Thread != nil && f.Thread.Issue.Preview == body })
	l.kill(p)
}

// mailEverything replies through one server and asks both for the e-mail at once, a few times.
func (l *lab) mailEverything(both [2]string, turn int, issueID string, c *crowd) error {
	for n := range 5 {
		l.change(func() { l.url = both[(turn+n)%2] })
		if err := l.reply("only", issueID, c.number()); err != nil {
			return err
		}
		var all sync.WaitGroup
		var errs [2]error
		for i, url := range both {
			all.Go(func() {
				_, errs[i] = l.agent.Steer(l.ctx, url, issueID, "send_now")
				if rejointest.Refused(errs[i], http.StatusConflict) {
					errs[i] = nil
				}
			})
		}
		all.Wait()
		if err := errors.Join(errs[:]...); err != nil {
			return err
		}
	}
	return nil
}

// A server that is asked to stop under load finishes what it has begun: nothing acknowledged is lost, and sockets know when to come back.
func TestPromise_StopsGracefully(t *testing.T) {
	l := newLab(t, filepath.Join(t.TempDir(), "rejoin.db"))
	p := l.start()
	l.configure(p.URL)
	known := l.known(4)
	agents, err := l.agent.Dial(p.URL, "/agent/v1/socket")
	l.must(err)
	visitor, err := known[0].DialVisitor(p.URL)
	l.must(err)
	crowd := l.crowd(known)
	l.acked(l.count() + 100)

	reminded := make(chan struct{}, 2)
	for _, s := range []*rejointest.Socket{agents, visitor} {
		go func() {
			last := ""
			for f := range s.Frames {
				last = string(f.Data)
			}
			if strings.Contains(last, `"reconnect"`) {
				reminded <- struct{}{}
			}
		}()
	}
	stop, cancel := context.WithTimeout(l.ctx, 30*time.Second)
	defer cancel()
	code, err := p.Stop(stop)
	l.must(err)
	if code != 0 {
		t.Errorf("the server ended with code %d:\n%s", code, p.Log())
	}
	for range 2 {
		select {
		case <-reminded:
		case <-stop.Done():
			t.Fatal("a socket was not told to come back")
		}
	}
	acked := l.count()
	l.change(func() { l.url = "" })
	p = l.start() // who waits for an answer repeats the question
	l.must(crowd.stop())
	db := l.opened()
	list := l.load(db, l.issueIDs())
	l.checkMessages(list)
	t.Logf("%d messages were acknowledged before the stop, %d in all", acked, len(l.acks))
}
