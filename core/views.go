package core

import (
	"context"

	"rejoin"
	"rejoin/followup"
	"rejoin/store"
)

// Cursor is what a client has of an issue.
type Cursor struct {
	Seq     int64 // newest message
	Version int64 // of the issue
}

// pageSize is how many messages one answer holds.
const pageSize = 50

// Update is a conversation's state and the messages a client lacks, as the user may see them.
type Update struct {
	Issue    rejoin.Issue
	Unread   int64 // outbound messages after the user's read cursor
	Messages []rejoin.Message
	More     bool // older messages exist before the first one here
}

// update returns what lies after the cursor: everything if that is little, else the newest page.
func (u *unit) update(i rejoin.Issue, c Cursor) (up Update, err error) {
	up = Update{Issue: i, Messages: []rejoin.Message{}}
	if i.LastSeq-c.Seq > pageSize {
		up.Messages, err = u.MessagesBefore(i.ID, i.LastSeq+1, pageSize)
		up.More = true
	} else if i.LastSeq > c.Seq {
		up.Messages, err = u.MessagesAfter(i.ID, c.Seq, pageSize)
	}
	if err != nil {
		return up, err
	}
	return up, u.countUnread(&up)
}

// updateWith returns the update after a send: the sent message, and what else the sender lacks if it says what it has.
func (u *unit) updateWith(i rejoin.Issue, sent rejoin.Message, after int64) (Update, error) {
	if after > 0 && after < sent.Seq-1 {
		return u.update(i, Cursor{Seq: after})
	}
	up := Update{Issue: i, Messages: []rejoin.Message{sent}}
	return up, u.countUnread(&up)
}

func (u *unit) countUnread(up *Update) (err error) {
	if up.Issue.UserReadSeq < up.Issue.LastOutSeq {
		up.Unread, err = u.UnreadCount(up.Issue.ID, up.Issue.UserReadSeq)
	}
	return err
}

// Conversations is what a user's client begins with.
type Conversations struct {
	Session rejoin.UserSession
	User    rejoin.User
	IDs     []string // every conversation the session opens, newest first
	Updates []Update // newest conversation first
}

// Resume returns the user's conversations, each with what lies after the client's cursor. Conversations that have not changed since are
// left out.
func (m *Messages) Resume(ctx context.Context, token string, cursors map[string]Cursor) (c Conversations, err error) {
	err = m.read(ctx, func(u *unit) error {
		issues, err := u.conversations(token, &c)
		if err != nil {
			return err
		}
		for _, i := range issues {
			cursor, known := cursors[i.ID]
			if known && cursor.Version >= i.Version && cursor.Seq >= i.LastSeq {
				continue
			}
			up, err := u.update(i, cursor)
			if err != nil {
				return err
			}
			c.Updates = append(c.Updates, up)
		}
		return nil
	})
	return c, err
}

// List returns the user's conversations without their messages, newest first.
func (m *Messages) List(ctx context.Context, token string) (c Conversations, err error) {
	err = m.read(ctx, func(u *unit) error {
		issues, err := u.conversations(token, &c)
		if err != nil {
			return err
		}
		for _, i := range issues {
			up := Update{Issue: i}
			if err := u.countUnread(&up); err != nil {
				return err
			}
			c.Updates = append(c.Updates, up)
		}
		return nil
	})
	return c, err
}

func (u *unit) conversations(token string, c *Conversations) (issues []rejoin.Issue, err error) {
	if c.Session, err = u.visitor(token); err != nil {
		return nil, err
	}
	if c.User, err = u.User(c.Session.UserID); err != nil {
		return nil, err
	}
	if c.Session.IssueID == "" {
		issues, err = u.UserIssues(c.User.ID)
	} else {
		var i rejoin.Issue
		i, err = u.Issue(c.Session.IssueID)
		issues = []rejoin.Issue{i}
	}
	for _, i := range issues {
		c.IDs = append(c.IDs, i.ID)
	}
	return issues, err
}

// After returns one conversation with the messages after the cursor.
func (m *Messages) After(ctx context.Context, token, issueID string, c Cursor) (up Update, err error) {
	err = m.read(ctx, func(u *unit) error {
		i, err := u.seenByVisitor(token, issueID)
		if err != nil {
			return err
		}
		up, err = u.update(i, c)
		return err
	})
	return up, err
}

// Before returns the page of messages before seq.
func (m *Messages) Before(ctx context.Context, token, issueID string, seq int64, limit int) (up Update, err error) {
	err = m.read(ctx, func(u *unit) error {
		i, err := u.seenByVisitor(token, issueID)
		if err != nil {
			return err
		}
		up = Update{Issue: i}
		if up.Messages, err = u.MessagesBefore(i.ID, seq, min(max(limit, 1), pageSize)); err != nil {
			return err
		}
		up.More = len(up.Messages) > 0 && up.Messages[0].Seq > 1
		return u.countUnread(&up)
	})
	return up, err
}

func (u *unit) seenByVisitor(token, issueID string) (rejoin.Issue, error) {
	s, err := u.visitor(token)
	if err != nil {
		return rejoin.Issue{}, err
	}
	i, err := u.Issue(issueID)
	if err != nil {
		return i, err
	}
	return i, reach(s, i)
}

// Row is an issue as the inbox shows it.
type Row struct {
	store.InboxRow
	FollowUp *rejoin.FollowUp // the newest one; nil if there is none
}

// Thread is an issue as its own page shows it.
type Thread struct {
	Row
	Messages []rejoin.Message
	Events   []rejoin.Event
	More     bool // older messages exist before the first one here
	Decision followup.Decision
	Policy   followup.Policy
}

// ThreadCursor is what an agent's client has of an issue.
type ThreadCursor struct {
	Seq   int64 // newest message; zero asks for the newest page
	Event int64 // newest event
}

const maxEvents = 200

// Thread returns the issue with what lies after the cursor.
func (s *Issues) Thread(ctx context.Context, a rejoin.Agent, issueID string, c ThreadCursor) (t Thread, err error) {
	err = s.read(ctx, func(u *unit) error {
		t, err = u.thread(a, issueID, c)
		return err
	})
	return t, err
}

func (u *unit) thread(a rejoin.Agent, issueID string, c ThreadCursor) (t Thread, err error) {
	if t.Row, err = u.row(a, issueID); err != nil {
		return t, err
	}
	up, err := u.update(t.Issue, Cursor{Seq: c.Seq})
	if err != nil {
		return t, err
	}
	t.Messages, t.More = up.Messages, up.More
	if t.Events, err = u.EventsAfter(issueID, c.Event, maxEvents); err != nil {
		return t, err
	}
	s, err := u.situation(t.Issue)
	if err != nil {
		return t, err
	}
	t.Decision, t.Policy = s.decide(u.now), s.policy
	return t, nil
}

// Row returns one issue as the inbox shows it.
func (s *Issues) Row(ctx context.Context, a rejoin.Agent, issueID string) (r Row, err error) {
	err = s.read(ctx, func(u *unit) error {
		r, err = u.row(a, issueID)
		return err
	})
	return r, err
}

func (u *unit) row(a rejoin.Agent, issueID string) (r Row, err error) {
	if r.InboxRow, err = u.InboxRowOf(issueID); err != nil {
		return r, err
	}
	if r.Issue.DomainID != a.DomainID {
		return Row{}, rejoin.Errorf(rejoin.NotFound, "There is no such conversation.")
	}
	return r, u.addFollowUp(&r)
}

func (u *unit) addFollowUp(r *Row) error {
	f, ok, err := u.NewestFollowUp(r.Issue.ID)
	if ok {
		r.FollowUp = &f
	}
	return err
}

// Older returns the page of messages before seq.
func (s *Issues) Older(ctx context.Context, a rejoin.Agent, issueID string, seq int64) (list []rejoin.Message, more bool, err error) {
	err = s.read(ctx, func(u *unit) error {
		i, err := u.Issue(issueID)
		if err != nil {
			return err
		}
		if i.DomainID != a.DomainID {
			return rejoin.Errorf(rejoin.NotFound, "There is no such conversation.")
		}
		list, err = u.MessagesBefore(issueID, seq, pageSize)
		return err
	})
	return list, len(list) > 0 && list[0].Seq > 1, err
}
