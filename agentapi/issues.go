package agentapi

import (
	"math"
	"strconv"
	"strings"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

func (a *API) inbox(c call) (any, error) {
	q := c.r.URL.Query()
	v := core.View{Name: q.Get("view"), Text: q.Get("q"), Cursor: q.Get("cursor")}
	switch q.Get("unread") {
	case "", "0":
	case "1":
		v.Unread = true
	default:
		return nil, rejoin.InvalidField("unread", "unread is 1 for issues with unread messages only, or 0.")
	}
	p, err := a.Core.Issues.Inbox(c.r.Context(), c.agent, v)
	if err != nil {
		return nil, err
	}
	return Inbox{Issues: mapped(p.Rows, rowOf), Next: p.Next, Counts: Counts(p.Counts)}, nil
}

func (a *API) issue(c call) (any, error) {
	id, err := c.issueID()
	if err != nil {
		return nil, err
	}
	cursor, err := c.cursor()
	if err != nil {
		return nil, err
	}
	return a.thread(c, id, cursor)
}

func (a *API) older(c call) (any, error) {
	id, err := c.issueID()
	if err != nil {
		return nil, err
	}
	var before core.ThreadCursor
	if before.Seq, err = c.number("before", math.MaxInt64); err != nil {
		return nil, err
	}
	if before.Event, err = c.number("before_event", 0); err != nil {
		return nil, err
	}
	o, err := a.Core.Issues.Older(c.r.Context(), c.agent, id, before)
	if err != nil {
		return nil, err
	}
	return Older{Messages: a.messagesOf(o.Messages, c.agent), Events: mapped(o.Events, eventOf), More: o.More}, nil
}

// change reads the body into in, does the change and answers with the thread after it.
func (a *API) change(c call, in any, limit int64, do func(issueID string) error) (any, error) {
	id, err := c.issueID()
	if err != nil {
		return nil, err
	}
	cursor, err := c.cursor()
	if err != nil {
		return nil, err
	}
	if err := web.ReadJSON(c.w, c.r, in, limit); err != nil {
		return nil, err
	}
	if send, ok := in.(*Send); ok {
		if cursor, err = send.cursor(cursor); err != nil {
			return nil, err
		}
	}
	if err := do(id); err != nil {
		return nil, err
	}
	return a.thread(c, id, cursor)
}

// cursor is what a Send says that the client has, instead of the query's.
func (s Send) cursor(query core.ThreadCursor) (core.ThreadCursor, error) {
	if s.After < 0 {
		return query, notANumber("after")
	}
	if s.AfterEvent < 0 {
		return query, notANumber("after_event")
	}
	if s.After > 0 {
		query.Seq = s.After
	}
	if s.AfterEvent > 0 {
		query.Event = s.AfterEvent
	}
	return query, nil
}

func (a *API) thread(c call, id string, cursor core.ThreadCursor) (any, error) {
	t, err := a.Core.Issues.Thread(c.r.Context(), c.agent, id, cursor)
	if err != nil {
		return nil, err
	}
	return a.threadOf(t, c.agent), nil
}

func (a *API) send(c call) (any, error) {
	var in Send
	return a.change(c, &in, maxMessage, func(id string) error {
		return a.Core.Messages.SendAsAgent(c.r.Context(), c.agent, id, in.ClientID, in.Body, in.Attachments...)
	})
}

func (a *API) read(c call) (any, error) {
	var in Read
	return a.change(c, &in, maxSmall, func(id string) error {
		return a.Core.Messages.ReadAsAgent(c.r.Context(), c.agent, id, in.Seq)
	})
}

func (a *API) typing(c call) (any, error) {
	return a.change(c, &struct{}{}, maxSmall, func(id string) error {
		return a.Core.Messages.TypingAsAgent(c.r.Context(), c.agent, id)
	})
}

func (a *API) assign(c call) (any, error) {
	var in Assign
	return a.change(c, &in, maxSmall, func(id string) error {
		if in.AgentID != "" && !isID(in.AgentID) {
			return rejoin.InvalidField("agent_id", "There is no such agent in your team.")
		}
		return a.Core.Issues.Assign(c.r.Context(), c.agent, id, in.AgentID)
	})
}

func (a *API) setState(c call) (any, error) {
	var in SetState
	return a.change(c, &in, maxSmall, func(id string) error {
		switch state := rejoin.IssueState(in.State); state {
		case rejoin.Resolved, rejoin.Rejected:
			return a.Core.Issues.Close(c.r.Context(), c.agent, id, state)
		case "open":
			return a.Core.Issues.Reopen(c.r.Context(), c.agent, id)
		}
		return rejoin.InvalidField("state", "The states to set are resolved, rejected and open.")
	})
}

func (a *API) setFollowUp(c call) (any, error) {
	var in SetFollowUp
	return a.change(c, &in, maxSmall, func(id string) error {
		switch in.Action {
		case "send_now":
			return a.Core.FollowUps.SendNow(c.r.Context(), c.agent, id)
		case "hold":
			return a.Core.FollowUps.Hold(c.r.Context(), c.agent, id)
		case "release":
			return a.Core.FollowUps.Release(c.r.Context(), c.agent, id)
		}
		return rejoin.InvalidField("action", "The actions are send_now, hold and release.")
	})
}

func (a *API) revokeLinks(c call) (any, error) {
	return a.change(c, &struct{}{}, maxSmall, func(id string) error {
		return a.Core.Issues.RevokeLinks(c.r.Context(), c.agent, id)
	})
}

// issueID returns which issue the path names. What cannot be an id names nothing.
func (c call) issueID() (string, error) {
	id := c.r.PathValue("issue")
	if !isID(id) {
		return "", noIssue()
	}
	return id, nil
}

func noIssue() error { return rejoin.Errorf(rejoin.NotFound, "There is no such conversation.") }

// isID reports whether the text can be an id of ours.
func isID(s string) bool {
	return s != "" && len(s) <= 100 && strings.Trim(strings.ToLower(s), "0123456789abcdefghijklmnopqrstuvwxyz_-") == ""
}

// cursor is what the query says that the client has.
func (c call) cursor() (cursor core.ThreadCursor, err error) {
	if cursor.Seq, err = c.number("after", 0); err != nil {
		return cursor, err
	}
	cursor.Event, err = c.number("after_event", 0)
	return cursor, err
}

// number returns a number of the query, or otherwise if it is not there.
func (c call) number(name string, otherwise int64) (int64, error) {
	raw := c.r.URL.Query().Get(name)
	if raw == "" {
		return otherwise, nil
	}
	n, err := strconv.ParseInt(raw, 10, 64)
	if err != nil || n < 0 {
		return 0, notANumber(name)
	}
	return n, nil
}

func notANumber(field string) error {
	return rejoin.InvalidField(field, "%s must be a whole number, not below zero.", field)
}
