package rejointest_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"rejoin"
	"rejoin/agentapi"
	"rejoin/chatapi"
	"rejoin/identity"
	"rejoin/mail/mailbox"
	"rejoin/rejointest"
	"rejoin/store"
)

// folder holds what the tests of this binary share.
var folder string

// program builds the program once for all tests.
var program = sync.OnceValues(func() (string, error) {
	path := filepath.Join(folder, "rejoin")
	return path, rejointest.Build(context.Background(), path)
})

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "rejoin-program-"); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(folder) // a leftover file is no reason to fail
	os.Exit(code)
}

// lab is an installation of the real program under load. Clients wait at its gate while no server runs.
type lab struct {
	*testing.T
	rejointest.Installation
	ctx   context.Context
	box   *mailbox.Mailbox
	http  *http.Client
	agent *rejointest.Client
	me    agentapi.Me
	app   agentapi.App

	mu      sync.Mutex
	changed chan struct{} // closed and renewed with every change of what is below
	url     string        // of the running server; empty while there is none
	starts  int
	acks    []ack
	read    map[string]int64 // issue id → the highest acknowledged read cursor
}

// ack is a message that the server has acknowledged.
type ack struct {
	sender                  string // of those who send one message after the other: a visitor, or an agent's window
	issueID, clientID, body string
	byAgent                 bool
	seq                     int64
}

// patience is how long a test as a whole waits; nothing takes that long unless it is broken.
const patience = 3 * time.Minute

func newLab(t *testing.T, database string) *lab {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	box, err := mailbox.Start("127.0.0.1:0", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	ctx, cancel := context.WithTimeoutCause(t.Context(), patience, errors.New("the test's patience has ended"))
	t.Cleanup(cancel)
	transport := &http.Transport{MaxIdleConnsPerHost: 100}
	t.Cleanup(transport.CloseIdleConnections)
	l := &lab{T: t, ctx: ctx, box: box, http: &http.Client{Transport: transport}, changed: make(chan struct{}), read: map[string]int64{},
		Installation: rejointest.Installation{Program: path, Database: database, SMTP: box.URL(), Flags: []string{"--trusted-proxies", "127.0.0.1"}}}
	l.must(l.Setup(ctx))
	return l
}

func (l *lab) must(err error) {
	l.Helper()
	if err != nil {
		l.Fatal(err)
	}
}

// start starts a server, which is killed at the end if it still runs, and opens the gate.
func (l *lab) start() *rejointest.Process {
	l.Helper()
	p, err := l.Start(l.ctx)
	l.must(err)
	l.Cleanup(p.Kill)
	l.change(func() { l.url, l.starts = p.URL, l.starts+1 })
	return p
}

// configure signs the agent in and sets the shortest window and the widest limits.
func (l *lab) configure(url string) {
	l.Helper()
	var err error
	l.agent, l.me, err = rejointest.SignIn(l.ctx, l.http, url)
	l.must(err)
	l.app, err = l.agent.App(l.ctx, url)
	l.must(err)
	f := &l.app.WebChat.FollowUp
	f.Enabled, f.Window, f.OnlineWindow, f.MinInterval, f.IssueDailyCap, f.AddressDailyCap, f.TypedDailyCap = true, 10, 0, 0, 100, 1000, 1000
	l.must(l.agent.SetWebChat(l.ctx, url, l.app))
}

// kill ends the server and closes the gate.
func (l *lab) kill(p *rejointest.Process) {
	p.Kill()
	l.change(func() { l.url = "" })
}

func (l *lab) change(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f()
	close(l.changed)
	l.changed = make(chan struct{})
}

// until waits for a condition about what mu guards.
func (l *lab) until(ok func() bool) error {
	for {
		l.mu.Lock()
		done, changed := ok(), l.changed
		l.mu.Unlock()
		if done {
			return nil
		}
		select {
		case <-changed:
		case <-l.ctx.Done():
			return context.Cause(l.ctx)
		}
	}
}

// insist repeats a request until a server answers it. Lost connections and limits are waited out at the gate: the next server knows
// nothing of the limits of this one. Any other answer is final.
func (l *lab) insist(do func(url string) error) error {
	after := 0
	for {
		var url string
		if err := l.until(func() bool { url = l.url; return url != "" && l.starts > after }); err != nil {
			return err
		}
		l.mu.Lock()
		after = l.starts
		l.mu.Unlock()
		err := do(url)
		var answer *rejointest.StatusError
		if err == nil || errors.As(err, &answer) && answer.Status != http.StatusTooManyRequests {
			return err
		}
	}
}

func (l *lab) acknowledge(a ack) {
	l.change(func() { l.acks = append(l.acks, a) })
}

// acked waits until n messages are acknowledged in all.
func (l *lab) acked(n int) {
	l.Helper()
	l.must(l.until(func() bool { return len(l.acks) >= n }))
}

func (l *lab) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.acks)
}

// person is a visitor with their conversations.
type person struct {
	*rejointest.Client
	l      *lab
	issues []string
	last   map[string]int64 // issue id → the newest seq the person knows
}

func (l *lab) person() *person {
	return &person{Client: rejointest.NewVisitor(l.http), l: l, last: map[string]int64{}}
}

// begin begins a conversation.
func (p *person) begin() (chatapi.Update, error) {
	clientID, body := identity.NewToken(), "hello "+identity.NewToken()
	var up chatapi.Update
	err := p.l.insist(func(url string) (err error) {
		up, err = p.Begin(p.l.ctx, url, p.l.app.PlatformID, clientID, body)
		return err
	})
	if err == nil {
		p.issues = append(p.issues, up.Issue.ID)
		p.note(up, clientID, body)
	}
	return up, err
}

// note keeps what the server has acknowledged.
func (p *person) note(up chatapi.Update, clientID, body string) {
	for _, m := range up.Messages {
		if m.ClientID == clientID {
			p.l.acknowledge(ack{sender: p.Token, issueID: up.Issue.ID, clientID: clientID, body: body, seq: m.Seq})
		}
	}
	p.last[up.Issue.ID] = max(p.last[up.Issue.ID], up.Issue.LastSeq)
}

// say sends a message; answers is the bot's question that it answers, or zero.
func (p *person) say(issueID, body string, answers int64) error {
	clientID := identity.NewToken()
	return p.l.insist(func(url string) error {
		up, err := p.Say(p.l.ctx, url, issueID, chatapi.Send{ClientID: clientID, Body: body, Answers: answers})
		if err == nil {
			p.note(up, clientID, body)
		}
		return err
	})
}

// report reports the read cursor.
func (p *person) report(issueID string, seq int64) error {
	return p.l.insist(func(url string) error {
		_, err := p.Read(p.l.ctx, url, issueID, seq)
		if err == nil {
			p.l.change(func() { p.l.read[issueID] = max(p.l.read[issueID], seq) })
		}
		return err
	})
}

// introduce begins a conversation and answers what Identity Bot asks, so that it has an address.
func (p *person) introduce(email string) error {
	up, err := p.begin()
	if err != nil {
		return err
	}
	for _, q := range []struct {
		asks   rejoin.Question
		answer string
	}{{rejoin.AskName, "Vera"}, {rejoin.AskEmail, email}} {
		asked, err := p.wait(up.Issue.ID, func(i chatapi.Issue) bool { return i.Asking == q.asks })
		if err != nil {
			return err
		}
		if err := p.say(up.Issue.ID, q.answer, asked.AskedSeq); err != nil {
			return err
		}
	}
	thanked, err := p.wait(up.Issue.ID, func(i chatapi.Issue) bool { return i.LastSeq >= 6 })
	if err != nil {
		return err
	}
	return p.report(up.Issue.ID, thanked.LastSeq)
}

// wait polls, as a browser without sockets does, until the conversation is as it should be.
func (p *person) wait(issueID string, ok func(chatapi.Issue) bool) (found chatapi.Issue, err error) {
	in := chatapi.Poll{Tab: "tab-" + p.Token[:16], State: rejoin.PanelClosed, Cursors: map[string]chatapi.Cursor{}}
	for {
		var out chatapi.Polled
		err := p.l.insist(func(url string) error { return p.Do(p.l.ctx, http.MethodPost, url+"/chat/v1/poll", in, &out) })
		if err != nil {
			return found, err
		}
		for _, f := range out.Frames {
			ups := f.Updates
			if f.Issue != nil {
				ups = append(ups, chatapi.Update{Issue: *f.Issue})
			}
			for _, up := range ups {
				in.Cursors[up.Issue.ID] = chatapi.Cursor{Seq: up.Issue.LastSeq, Version: up.Issue.Version}
				if up.Issue.ID == issueID && ok(up.Issue) {
					return up.Issue, nil
				}
			}
		}
	}
}

// reply sends an agent's message. The window is one of the agent's, in which nothing is sent before the last message is acknowledged.
func (l *lab) reply(window, issueID, body string) error {
	clientID := identity.NewToken()
	return l.insist(func(url string) error {
		t, err := l.agent.Reply(l.ctx, url, issueID, agentapi.Send{ClientID: clientID, Body: body})
		if err != nil {
			return err
		}
		for _, m := range t.Messages {
			if m.ClientID == clientID {
				l.acknowledge(ack{sender: window, issueID: issueID, clientID: clientID, body: body, byAgent: true, seq: m.Seq})
				return nil
			}
		}
		return errors.New("the answer to a reply does not hold it")
	})
}

// sendNow asks for the waiting e-mail. It is fine if none waits.
func (l *lab) sendNow(issueID string) error {
	err := l.insist(func(url string) error {
		_, err := l.agent.Steer(l.ctx, url, issueID, "send_now")
		return err
	})
	if rejointest.Refused(err, http.StatusConflict) {
		return nil
	}
	return err
}

// known begins n conversations of visitors whose address is known.
func (l *lab) known(n int) (list []*person) {
	l.Helper()
	for range n {
		list = append(list, l.person())
	}
	errs := make([]error, n)
	var all sync.WaitGroup
	for i, p := range list {
		all.Go(func() { errs[i] = p.introduce("vera" + p.Token[:8] + "@example.com") })
	}
	all.Wait()
	l.must(errors.Join(errs...))
	return list
}

// chat lets a visitor write and read at random until stop is closed. One who begins conversations stays unknown.
func (p *person) chat(stop <-chan struct{}, begins bool) error {
	for n := 0; ; n++ {
		select {
		case <-stop:
			return nil
		default:
		}
		if len(p.issues) == 0 || begins && n%15 == 0 && len(p.issues) < 20 {
			if _, err := p.begin(); err != nil {
				return err
			}
			continue
		}
		id := p.issues[rand.IntN(len(p.issues))]
		var err error
		if last := p.last[id]; rand.IntN(6) == 0 {
			err = p.report(id, 1+rand.Int64N(last))
		} else {
			err = p.say(id, "question "+identity.NewToken(), 0)
		}
		if err != nil {
			return err
		}
	}
}

// opened is a view into the database beside the servers.
func (l *lab) opened() *store.Store {
	l.Helper()
	s, err := store.Open(l.ctx, l.Database)
	l.must(err)
	l.Cleanup(func() { _ = s.Close() })
	return s
}

// conversation is everything that is stored about one.
type conversation struct {
	issue    rejoin.Issue
	messages []rejoin.Message
	newest   rejoin.FollowUp
	mailed   []rejoin.FollowUp
}

// load reads conversations.
func (l *lab) load(s *store.Store, ids []string) (list []conversation) {
	l.Helper()
	for _, id := range ids {
		var c conversation
		l.must(s.Read(l.ctx, func(tx *store.Tx) (err error) {
			if c.issue, err = tx.Issue(id); err != nil {
				return err
			}
			if c.messages, err = tx.MessagesAfter(id, 0, 1<<20); err != nil {
				return err
			}
			if c.newest, _, err = tx.NewestFollowUp(id); err != nil {
				return err
			}
			c.mailed, err = tx.MailedFollowUps(id)
			return err
		}))
		list = append(list, c)
	}
	return list
}

// issueIDs are those of which something is acknowledged.
func (l *lab) issueIDs() (ids []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, a := range l.acks {
		ids = append(ids, a.issueID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
