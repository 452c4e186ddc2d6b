package chatapi

import (
	"context"

	"rejoin"
	"rejoin/core"
	"rejoin/live"
	"rejoin/web"
)

// presence stores what a tab says about itself; also by beacon, which has no headers.
func (a *API) presence(c call) (any, error) {
	var in PresenceIn
	if err := web.ReadBeacon(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	if err := allow(a.limits.presence, in.Token); err != nil {
		return nil, err
	}
	ctx := c.r.Context()
	whose, err := a.Core.Messages.Whose(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	key := tabKey{whose.UserID(), in.Tab}
	if in.State == rejoin.PageClosed {
		a.tabs.goodbye(key)
	} else if a.tabs.hasLeft(key) {
		return empty{}, nil
	}
	return empty{}, a.tabs.heard(key, in.State, func() error {
		return a.Core.Presence.Report(ctx, in.Token, in.Tab, in.State)
	})
}

// enter is the beginning of a socket, or of a poll if c is nil: the tab is there, and what its session opens is listed.
func (a *API) enter(ctx context.Context, token, tab string, state rejoin.Presence, c *conn) (core.Whose, error) {
	whose, err := a.Core.Messages.Whose(ctx, token)
	if err != nil {
		return whose, err
	}
	key := tabKey{whose.UserID(), tab}
	a.tabs.hello(key)
	return whose, a.tabs.take(key, c, state, func() error {
		_, err := a.Core.Presence.Attach(ctx, token, tab, state)
		return err
	})
}

// topics is what a session listens to.
func topics(whose core.Whose) (out []string) {
	if whose.Session.IssueID == "" {
		out = append(out, live.UserTopic(whose.UserID())) // new conversations
	}
	for _, id := range whose.IDs {
		out = append(out, live.IssueTopic(id))
	}
	return out
}

// cursorsOf checks what a client says it has.
func cursorsOf(in map[string]Cursor) (map[string]core.Cursor, error) {
	out := make(map[string]core.Cursor, len(in))
	for id, c := range in {
		if !isID(id) || c.Seq < 0 || c.Version < 0 {
			return nil, rejoin.InvalidField("cursors", "Cursors are the seq and version you have of each conversation, by its id.")
		}
		out[id] = core.Cursor{Seq: c.Seq, Version: c.Version}
	}
	return out, nil
}

// isTyping reports whether the signal says that the company's side is typing. Users are not told of themselves.
func isTyping(s live.Signal) bool { return s.Kind == live.Typing && s.Origin == rejoin.FromAgent }

func typingFrame(s live.Signal) Frame { return Frame{Type: "typing", IssueID: s.IssueID, Name: s.Name} }
