package chatapi

import (
	"context"
	"errors"
	"net"
	"slices"
	"sync"

	"rejoin"
	"rejoin/core"
	"rejoin/live"
	"rejoin/web"
)

// closeEnded is the close code after which a client must not come back with the same token.
const closeEnded uint16 = 4401

// A frame for a client that has fallen behind is filled while it has fewer messages and fewer bytes of them than this. The client asks for
// what is still missing.
const (
	maxFill   = 200
	fillBytes = 64 << 10
)

// socket makes a WebSocket of the request. The session's token comes in the first frame.
func (a *API) socket(c call) (any, error) {
	if err := web.CheckSocketOrigin(c.r); err != nil {
		return nil, err
	}
	if err := a.limits.sockets.Allow(a.ipKey(c.r)); err != nil {
		return nil, err
	}
	return nil, a.sockets.Upgrade(c.w, c.r, &conn{api: a})
}

// conn is one client's socket. Loads are serial, each starts at the socket's own cursors, and what it finds is queued before the next
// begins: no message is lost and none is sent twice.
type conn struct {
	api *API

	mu      sync.Mutex
	closed  bool
	token   string
	key     tabKey // zero before the hello
	cursors map[string]core.Cursor
	sub     *live.Subscription
}

// Frame takes the hello. Later ones bring fresh cursors; anything else ends the socket.
func (c *conn) Frame(s *live.Socket, data []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.hello(s, data); err != nil {
		c.fail(s, err)
	}
}

func (c *conn) hello(s *live.Socket, data []byte) error {
	var in Hello
	if err := web.DecodeJSON(data, &in); err != nil {
		return err
	}
	if in.Type != "hello" {
		return rejoin.InvalidField("type", "Only hello is understood here. Everything else goes by POST.")
	}
	cursors, err := cursorsOf(in.Cursors)
	if err != nil {
		return err
	}
	if c.sub != nil && (in.Token != c.token || in.Tab != c.key.tab) {
		return rejoin.Errorf(rejoin.Conflict, "This socket belongs to another session or tab. Open a new one.")
	}
	ctx := context.Background() // the request has ended with the upgrade
	if err := allow(c.api.limits.hello, in.Token); err != nil {
		return err
	}
	whose, err := c.api.enter(ctx, in.Token, in.Tab, in.State, c)
	if err != nil {
		return err
	}
	c.token, c.key = in.Token, tabKey{whose.UserID(), in.Tab}
	c.cursors = make(map[string]core.Cursor, len(whose.IDs))
	for _, id := range whose.IDs {
		c.cursors[id] = cursors[id]
	}
	if c.sub == nil {
		c.sub = c.api.Hub.Subscribe(func() { c.changed(s) }, topics(whose)...)
	}
	conv, err := c.resume(ctx)
	if err != nil {
		return err
	}
	s.Ready()
	for _, up := range conv.Updates {
		c.advance(up)
	}
	return ignoreClosed(s.Send(c.api.welcome(conv)))
}

// resume loads what lies after the cursors. It listens to a conversation before it loads it for the last time.
func (c *conn) resume(ctx context.Context) (core.Conversations, error) {
	for {
		conv, err := c.api.Core.Messages.Resume(ctx, c.token, c.cursors)
		if err != nil || !c.watch(conv.IDs...) {
			return conv, err
		}
	}
}

// watch listens to the conversations, and reports whether there are new ones among them.
func (c *conn) watch(ids ...string) (added bool) {
	for _, id := range ids {
		if _, known := c.cursors[id]; !known {
			c.sub.Add(live.IssueTopic(id))
			c.cursors[id] = core.Cursor{}
			added = true
		}
	}
	return added
}

func (c *conn) advance(up core.Update) {
	c.cursors[up.Issue.ID] = core.Cursor{Seq: up.Issue.LastSeq, Version: up.Issue.Version}
}

// changed is called when signals wait.
func (c *conn) changed(s *live.Socket) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	if err := c.react(context.Background(), s, c.sub.Take()); err != nil {
		c.fail(s, err)
	}
}

func (c *conn) react(ctx context.Context, s *live.Socket, signals []live.Signal) error {
	all := slices.ContainsFunc(signals, func(g live.Signal) bool { return g.Kind == live.Revoked || g.Kind == live.Resync })
	if all {
		conv, err := c.resume(ctx) // fails if the session has ended
		if err != nil {
			return err
		}
		for _, up := range conv.Updates {
			if err := c.deliver(ctx, s, up); err != nil {
				return err
			}
		}
	}
	for _, g := range signals {
		var err error
		switch {
		case isTyping(g):
			err = s.Send(typingFrame(g))
		case g.Kind == live.Changed && !all:
			err = c.load(ctx, s, g.IssueID)
		}
		if ignoreClosed(err) != nil {
			return err
		}
	}
	return nil
}

// load brings what is new in one conversation.
func (c *conn) load(ctx context.Context, s *live.Socket, issueID string) error {
	c.watch(issueID)
	up, err := c.api.Core.Messages.After(ctx, c.token, issueID, c.cursors[issueID])
	if rejoin.CodeOf(err) == rejoin.NotFound {
		c.sub.Remove(live.IssueTopic(issueID))
		delete(c.cursors, issueID)
		return nil
	}
	if err != nil {
		return err
	}
	return c.deliver(ctx, s, up)
}

func (c *conn) deliver(ctx context.Context, s *live.Socket, up core.Update) error {
	has := c.cursors[up.Issue.ID]
	if up.Issue.Version <= has.Version && up.Issue.LastSeq <= has.Seq {
		return nil
	}
	if err := c.fill(ctx, &up, has.Seq); err != nil {
		return err
	}
	c.advance(up)
	return ignoreClosed(s.Send(c.api.frameOf(up)))
}

// fill adds what one page does not hold to an update for a client that has fallen behind.
func (c *conn) fill(ctx context.Context, up *core.Update, has int64) error {
	for has > 0 && len(up.Messages) > 0 && len(up.Messages) < maxFill && size(up.Messages) < fillBytes && up.Messages[0].Seq > has+1 {
		page, err := c.api.Core.Messages.Before(ctx, c.token, up.Issue.ID, up.Messages[0].Seq, maxPage)
		if err != nil {
			return err
		}
		older := slices.DeleteFunc(page.Messages, func(m rejoin.Message) bool { return m.Seq <= has })
		up.Messages = append(older, up.Messages...)
	}
	return nil
}

// size is how many bytes the messages' bodies have.
func size(list []rejoin.Message) (bytes int) {
	for _, m := range list {
		bytes += len(m.Body)
	}
	return bytes
}

// fail tells the client why the socket ends.
func (c *conn) fail(s *live.Socket, err error) {
	var text string
	if e, ok := errors.AsType[*rejoin.Error](err); ok {
		text = e.Text
	}
	switch code := rejoin.CodeOf(err); code {
	case rejoin.Unauthenticated:
		s.Fail(closeEnded, code, text)
	case "":
		c.api.Log.Error("a socket failed", "error", err)
		s.Fail(live.CloseInternal, "internal", "Something went wrong on our side. Please reconnect.")
	default:
		s.Fail(live.ClosePolicy, code, text)
	}
}

// Closed ends what the socket held. A client that went without a goodbye is lost.
func (c *conn) Closed(_ *live.Socket, goodbye bool) {
	c.mu.Lock()
	c.closed = true
	if c.sub != nil {
		c.sub.Close()
	}
	key := c.key
	c.mu.Unlock()
	if key != (tabKey{}) {
		c.api.tabs.release(key, c, goodbye)
	}
}

// ignoreClosed drops the error of a socket that has ended: its Closed does what is to be done.
func ignoreClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}
