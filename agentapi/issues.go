package agentapi

import (
	"math"
	"strconv"
	"strings"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// threads is what agents do with one conversation.
type threads struct{ *API }

func (a threads) issue(c call) (any, error) {
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

func (a threads) older(c call) (any, error) {
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

// change reads the body into in, unless there is none, does the change and answers with the thread after it.
func (a threads) change(c call, in any, limit int64, do func(issueID string) error) (any, error) {
	id, err := c.issueID()
	if err != nil {
		return nil, err
	}
	cursor, err := c.cursor()
	if err != nil {
		return nil, err
	}
	if in != nil {
		if err := web.ReadJSON(c.w, c.r, in, limit); err != nil {
			return nil, err
		}
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
	if s.Version < 0 {
		return query, notANumber("version")
	}
	if s.Version > 0 {
		query.Version = s.Version
	}
	return query, nil
}

func (a threads) thread(c call, id string, cursor core.ThreadCursor) (any, error) {
	t, err := a.Core.Issues.Thread(c.r.Context(), c.agent, id, cursor)
	if err != nil {
		return nil, err
	}
	return a.threadOf(t, c.agent), nil
}

func (a threads) send(c call) (any, error) {
	var in Send
	return a.change(c, &in, maxMessage, func(id string) error {
		if in.Seen < 0 {
			return notANumber("seen")
		}
		return a.Core.Messages.Answer(c.r.Context(), c.agent, id,
			core.AgentSend{ClientID: in.ClientID, Body: in.Body, Attachments: in.Attachments, Seen: in.Seen})
	})
}

func (a threads) read(c call) (any, error) {
	var in Read
	return a.change(c, &in, maxSmall, func(id string) error {
		return a.Core.Messages.ReadAsAgent(c.r.Context(), c.agent, id, in.Seq)
	})
}

func (a threads) typing(c call) (any, error) {
	var in Typing
	return a.change(c, &in, maxSmall, func(id string) error {
		return a.Core.Messages.TypingAsAgent(c.r.Context(), c.agent, id, in.Note)
	})
}

func (a threads) assign(c call) (any, error) {
	var in Assign
	return a.change(c, &in, maxSmall, func(id string) error {
		if in.AgentID != "" && !isID(in.AgentID) {
			return rejoin.InvalidField("agent_id", "There is no such agent in your team.")
		}
		return a.Core.Issues.Assign(c.r.Context(), c.agent, id, in.AgentID, in.From)
	})
}

func (a threads) setState(c call) (any, error) {
	var in SetState
	return a.change(c, &in, maxSmall, func(id string) error {
		switch state := rejoin.IssueState(in.State); state {
		case rejoin.Resolved, rejoin.Rejected:
			return a.Core.Issues.Close(c.r.Context(), c.agent, id, state, in.From)
		case "open":
			return a.Core.Issues.Reopen(c.r.Context(), c.agent, id, in.From)
		}
		return rejoin.InvalidField("state", "The states to set are resolved, rejected and open.")
	})
}

func (a threads) setFollowUp(c call) (any, error) {
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

func (a threads) revokeLinks(c call) (any, error) {
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
	if cursor.Event, err = c.number("after_event", 0); err != nil {
		return cursor, err
	}
	cursor.Version, err = c.number("version", 0)
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

// threadRoutes are about one conversation.
func (a *API) threadRoutes() []route {
	t := threads{a}
	return []route{
		{"GET /agent/v1/issues/{issue}", rejoin.Answer, t.issue},
		{"GET /agent/v1/issues/{issue}/messages", rejoin.Answer, t.older},
		{"POST /agent/v1/issues/{issue}/messages", rejoin.Answer, t.send},
		{"POST /agent/v1/issues/{issue}/read", rejoin.Answer, t.read},
		{"POST /agent/v1/issues/{issue}/typing", rejoin.Answer, t.typing},
		{"POST /agent/v1/issues/{issue}/assign", rejoin.Answer, t.assign},
		{"POST /agent/v1/issues/{issue}/state", rejoin.Answer, t.setState},
		{"POST /agent/v1/issues/{issue}/follow-up", rejoin.Answer, t.setFollowUp},
		{"POST /agent/v1/issues/{issue}/links/revoke", rejoin.Answer, t.revokeLinks},
		{"POST /agent/v1/attachments", rejoin.Answer, a.upload},
		{"PUT /agent/v1/issues/{issue}/messages/{message}", rejoin.Answer, t.edit},
		{"DELETE /agent/v1/issues/{issue}/messages/{message}", rejoin.Answer, t.takeBack},
		{"POST /agent/v1/issues/{issue}/notes", rejoin.Answer, t.note},
		{"POST /agent/v1/issues/{issue}/tags", rejoin.Answer, t.setTags},
		{"POST /agent/v1/issues/{issue}/fields", rejoin.Answer, t.setField},
		{"POST /agent/v1/issues/{issue}/ask", rejoin.Answer, t.ask},
		{"GET /agent/v1/issues/{issue}/previous", rejoin.Answer, t.previous},
		{"GET /agent/v1/replies", rejoin.Answer, replies{a}.list},
		{"POST /agent/v1/replies", rejoin.Answer, replies{a}.add},
		{"PUT /agent/v1/replies/{reply}", rejoin.Answer, replies{a}.change},
		{"DELETE /agent/v1/replies/{reply}", rejoin.Answer, replies{a}.delete},
	}
}
