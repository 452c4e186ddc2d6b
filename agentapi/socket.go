package agentapi

import (
	"context"
	"sync"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/live"
	"rejoin/web"
)

// closeSignedOut is the close code of a socket whose session has ended: sign in again before you come back.
const closeSignedOut uint16 = 4401

const (
	checkEvery = time.Minute      // how long a session is trusted that was found good
	loadWithin = 10 * time.Second // what a socket loads
	maxJunk    = 5                // frames that are not understood, before the socket closes
)

func (a *API) socket(c call) (any, error) {
	if err := web.CheckSocketOrigin(c.r); err != nil {
		return nil, err
	}
	return nil, a.sockets.Upgrade(c.w, c.r, &line{api: a, token: a.token(c.r), agent: c.agent, checked: a.Clock.Now()})
}

// line is one agent's socket. Everything it does happens under mu, so that what it sends is in order and each cursor moves only over
// what was sent: nothing is lost or told twice.
type line struct {
	api   *API
	token string

	mu      sync.Mutex
	agent   rejoin.Agent
	out     *live.Socket
	sub     *live.Subscription
	checked rejoin.Millis     // when the session was last found good
	watched string            // the issue that the client looks at; empty for none
	cursor  core.ThreadCursor // what the client has of it
	version int64             // the issue's as it was sent last; zero if nothing was
	junk    int

	announced rejoin.Millis // when colleagues last heard that the agent looks at the watched issue
	later     func() bool   // calls the next announcement off; nil while nobody was told
	counts    countsNews
}

// Opened says welcome. It listens first: what changes after the welcome is not missed.
func (l *line) Opened(s *live.Socket) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.out = s
	l.sub = l.api.Hub.Subscribe(l.deliver, live.DomainTopic(l.agent.DomainID), core.AgentTopic(l.agent.ID))
	l.welcome()
	s.Ready()
}

// Closed ends the subscription.
func (l *line) Closed(*live.Socket, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.sub != nil {
		l.leave()
		l.sub.Close()
	}
	l.forgetCounts()
}

func (l *line) welcome() { l.send(Frame{Type: "welcome", ServerTime: l.api.Clock.Now()}) }

// send tells the client something. One that is gone already need not know.
func (l *line) send(f Frame) { _ = l.out.Send(f) }

// Frame takes what the client sends: Watch is all there is.
func (l *line) Frame(_ *live.Socket, data []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var in Watch
	if err := web.DecodeJSON(data, &in); err != nil {
		l.refuse(err)
		return
	}
	switch {
	case in.Type != "watch":
		l.refuse(rejoin.InvalidField("type", "The only frame to send is watch."))
	case in.Seq < 0 || in.EventN < 0 || in.Version < 0:
		l.refuse(rejoin.InvalidField("seq", "seq, event_n and version are not below zero."))
	default:
		ctx, cancel := context.WithTimeout(context.Background(), loadWithin)
		defer cancel()
		if l.signedIn(ctx) {
			l.watch(ctx, in)
		}
	}
}

// refuse tells the client that a frame was not understood. Who goes on is not one of our clients.
func (l *line) refuse(err error) {
	e, ok := err.(*rejoin.Error)
	if !ok {
		e = rejoin.Errorf(rejoin.Invalid, "The frame was not understood.")
	}
	if l.junk++; l.junk >= maxJunk {
		l.out.Fail(live.ClosePolicy, e.Code, e.Text)
		return
	}
	l.send(Frame{Type: "error", Code: e.Code, Text: e.Text})
}

// watch follows another issue, or the same one from other cursors. The answer is where it stands now, even if nothing but the read
// cursors or the visitor's presence is newer than what the client has: no frame told it about those.
func (l *line) watch(ctx context.Context, in Watch) {
	before := l.watched
	if before != in.IssueID {
		l.leave()
	}
	if in.IssueID == "" {
		return
	}
	if !isID(in.IssueID) {
		l.refuse(noIssue())
		return
	}
	l.sub.Add(live.IssueTopic(in.IssueID))
	l.watched, l.cursor = in.IssueID, watching(in)
	l.version = 0
	err := l.sendThread(ctx)
	if rejoin.CodeOf(err) == rejoin.NotFound {
		l.leave()
		l.refuse(err)
		return
	}
	l.must(err)
	if err == nil && before != in.IssueID {
		l.arrive()
	}
}

// must ends the socket where the client would otherwise miss something: it comes back and asks for the rest.
func (l *line) must(err error) {
	if err != nil {
		l.api.Log.Error("an agent's socket", "error", err)
		l.out.Fail(live.CloseInternal, "internal", "Something went wrong on our side. Please reconnect.")
	}
}

// deliver tells the client what has changed.
func (l *line) deliver() {
	l.mu.Lock()
	defer l.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), loadWithin)
	defer cancel()
	for _, s := range l.sub.Take() {
		if s.Topic == core.AgentTopic(l.agent.ID) {
			l.checked = 0
		}
		if !l.signedIn(ctx) {
			return
		}
		if err := l.tell(ctx, s); err != nil {
			l.must(err)
			return
		}
		if s.Kind == live.Changed {
			l.countsChanged()
		}
	}
}

// tell translates one signal.
func (l *line) tell(ctx context.Context, s live.Signal) error {
	switch {
	case s.Kind == live.Resync:
		l.welcome() // the client asks for everything again
		l.version = 0
		if l.watched != "" {
			l.announce(true)
			return l.sendThread(ctx)
		}
	case s.IssueID == l.watched && s.Topic == live.AgentsTopic(s.IssueID):
		l.meet(s)
	case s.Kind == live.Typing && s.IssueID == l.watched && s.Origin == rejoin.FromUser:
		l.send(Frame{Type: "typing", IssueID: s.IssueID, Name: s.Name, Origin: s.Origin})
	case s.Kind == live.TeamChanged:
		l.send(Frame{Type: "team"})
	case s.Kind == live.Changed && s.IssueID == "": // the views that the team shares: only counts tell of them
	case s.Kind == live.Changed && s.IssueID == l.watched:
		return l.sendThread(ctx)
	case s.Kind == live.Changed:
		r, err := l.api.Core.Issues.Row(ctx, l.agent, s.IssueID)
		if err == nil {
			row := rowOf(r)
			l.send(Frame{Type: "inbox", Row: &row})
		}
		return err
	}
	return nil
}

// sendThread sends what lies after the cursor in the watched issue, and its row, and moves the cursor over it. A change is announced on
// two topics; what was sent already is not sent again.
func (l *line) sendThread(ctx context.Context) error {
	t, err := l.api.Core.Issues.Thread(ctx, l.agent, l.watched, l.cursor)
	if err != nil || t.Issue.Version == l.version {
		return err
	}
	thread := l.api.threadOf(t, l.agent)
	l.send(Frame{Type: "thread", Thread: &thread})
	l.send(Frame{Type: "inbox", Row: &thread.Issue})
	l.version = t.Issue.Version
	l.cursor = core.ThreadCursor{Seq: t.Issue.LastSeq, Event: t.Issue.EventCount, Version: t.Issue.Version}
	return nil
}

// signedIn reports whether the session still holds, and closes the socket if not. It asks at most once in checkEvery.
func (l *line) signedIn(ctx context.Context) bool {
	now := l.api.Clock.Now()
	if now.Sub(l.checked) < checkEvery {
		return true
	}
	agent, err := l.api.Core.Agents.BySession(ctx, l.token)
	if rejoin.CodeOf(err) == rejoin.Unauthenticated {
		l.out.Fail(closeSignedOut, rejoin.Unauthenticated, "You are signed out. Please sign in again.")
		l.sub.Close()
		return false
	}
	if err != nil {
		l.must(err)
		return false
	}
	l.agent, l.checked = agent, now
	return true
}
