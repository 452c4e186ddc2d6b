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

// What one answer holds: so many messages of one conversation, so many of all together, and so many bytes of their bodies. As JSON, a body
// may be six times as long.
const (
	pageSize    = 50
	answerSize  = 200
	answerBytes = 256 << 10
)

// budget is what still fits into an answer.
type budget struct{ messages, bytes int }

func newBudget() budget { return budget{answerSize, answerBytes} }

// newest takes the newest of the messages that fit.
func (b *budget) newest(list []rejoin.Message) []rejoin.Message {
	n := len(list)
	for ; n > 0 && b.messages > 0 && len(list[n-1].Body) <= b.bytes; n-- {
		b.messages--
		b.bytes -= len(list[n-1].Body)
	}
	return list[n:]
}

// Update is a conversation's state and the messages a client lacks, as the user may see them.
type Update struct {
	Issue    rejoin.Issue
	Unread   int64 // outbound messages after the user's read cursor
	Messages []rejoin.Message
	Changed  []rejoin.Message // of those up to the client's cursor: edited or taken back since its version
	More     bool             // older messages exist before the first one here
	Dropped  []string         // of a beginning: tags and custom fields that were not taken, each with its reason
}

// update returns what lies after the cursor: everything if that is little, else the newest page.
func (u *unit) update(i rejoin.Issue, c Cursor) (Update, error) {
	b := newBudget()
	up, err := u.state(i)
	if err != nil {
		return up, err
	}
	if err := u.addMessages(&up, c, &b); err != nil {
		return up, err
	}
	return up, u.addChanged(&up, c)
}

// addChanged adds the messages that the client has in another form. One that does not say its version may have any.
func (u *unit) addChanged(up *Update, c Cursor) (err error) {
	if c.Seq > 0 && c.Version < up.Issue.ChangedVersion {
		up.Changed, err = u.ChangedMessages(up.Issue.ID, c.Seq, c.Version)
	}
	return err
}

// state returns the conversation without messages.
func (u *unit) state(i rejoin.Issue) (Update, error) {
	up := Update{Issue: i, Messages: []rejoin.Message{}}
	return up, u.countUnread(&up)
}

// addMessages adds the newest messages after the cursor that fit.
func (u *unit) addMessages(up *Update, c Cursor, b *budget) (err error) {
	i, list := up.Issue, up.Messages
	if i.LastSeq-c.Seq > pageSize {
		list, err = u.MessagesBefore(i.ID, i.LastSeq+1, pageSize)
		up.More = true
	} else if i.LastSeq > c.Seq {
		list, err = u.MessagesAfter(i.ID, c.Seq, pageSize)
	}
	up.Messages = b.newest(list)
	up.More = up.More || len(up.Messages) < len(list)
	return err
}

// updateWith returns the update after a send: the sent message, and what else the sender lacks if it says what it has.
func (u *unit) updateWith(i rejoin.Issue, sent rejoin.Message, after int64) (Update, error) {
	if after > 0 && after < sent.Seq-1 {
		return u.update(i, Cursor{Seq: after})
	}
	up := Update{Issue: i, Messages: []rejoin.Message{sent}}
	if err := u.addChanged(&up, Cursor{Seq: sent.Seq}); err != nil {
		return up, err
	}
	return up, u.countUnread(&up)
}

func (u *unit) countUnread(up *Update) (err error) {
	if up.Issue.UserReadSeq < up.Issue.LastOutSeq {
		up.Unread, err = u.UnreadCount(up.Issue.ID, up.Issue.UserReadSeq)
	}
	return err
}

// Whose is who a session belongs to and what it opens.
type Whose struct {
	Session rejoin.UserSession
	IDs     []string // every conversation the session opens, newest first
}

// UserID is whose session it is.
func (w Whose) UserID() string { return w.Session.UserID }

// Whose returns whose session the token is of.
func (m *Messages) Whose(ctx context.Context, token string) (w Whose, err error) {
	err = m.read(ctx, func(u *unit) error {
		w, _, err = u.whose(token)
		return err
	})
	return w, err
}

// Conversations is what a user's client begins with.
type Conversations struct {
	Whose
	User    rejoin.User // zero for a session that came by a link: whoever has the link learns no name and no address
	Updates []Update    // newest conversation first
}

// Resume returns the user's conversations as far as they have changed since the client's cursors: the newest one, and those of which the
// client has messages, with what lies after the cursor. Those that do not fit into the answer any more, and the others, come without
// messages, and More says so.
func (m *Messages) Resume(ctx context.Context, token string, cursors map[string]Cursor) (c Conversations, err error) {
	err = m.read(ctx, func(u *unit) error {
		issues, err := u.conversations(token, &c)
		if err != nil {
			return err
		}
		left := newBudget()
		for _, i := range issues {
			cursor, known := cursors[i.ID]
			if known && cursor.Version >= i.Version && cursor.Seq >= i.LastSeq {
				continue
			}
			up, err := u.resume(i, cursor, i.ID == c.IDs[0], &left)
			if err != nil {
				return err
			}
			c.Updates = append(c.Updates, up)
		}
		return nil
	})
	return c, err
}

// resume is update for one conversation of many.
func (u *unit) resume(i rejoin.Issue, c Cursor, newest bool, left *budget) (Update, error) {
	up, err := u.state(i)
	if err != nil {
		return up, err
	}
	if err := u.addChanged(&up, c); err != nil || i.LastSeq <= c.Seq {
		return up, err
	}
	if !newest && (c.Seq == 0 || left.messages == 0) {
		up.More = true
		return up, nil
	}
	if err := u.addMessages(&up, c, left); err != nil {
		return up, err
	}
	if !newest && int64(len(up.Messages)) < min(i.LastSeq-c.Seq, pageSize) {
		up.Messages, up.More, left.messages = []rejoin.Message{}, true, 0
	}
	return up, nil
}

// List returns the user's conversations without their messages, newest first.
func (m *Messages) List(ctx context.Context, token string) (c Conversations, err error) {
	err = m.read(ctx, func(u *unit) error {
		issues, err := u.conversations(token, &c)
		if err != nil {
			return err
		}
		for _, i := range issues {
			up, err := u.state(i)
			if err != nil {
				return err
			}
			c.Updates = append(c.Updates, up)
		}
		return nil
	})
	return c, err
}

func (u *unit) conversations(token string, c *Conversations) (issues []rejoin.Issue, err error) {
	if c.Whose, issues, err = u.whose(token); err == nil && c.Session.IssueID == "" {
		c.User, err = u.User(c.UserID())
	}
	return issues, err
}

func (u *unit) whose(token string) (w Whose, issues []rejoin.Issue, err error) {
	if w.Session, err = u.visitor(token); err != nil {
		return w, nil, err
	}
	if w.Session.IssueID == "" {
		issues, err = u.UserIssues(w.UserID())
	} else {
		issues = make([]rejoin.Issue, 1)
		issues[0], err = u.Issue(w.Session.IssueID)
	}
	for _, i := range issues {
		w.IDs = append(w.IDs, i.ID)
	}
	return w, issues, err
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

// Before returns the page of messages before seq, at most limit of them and fewer if they are long.
func (m *Messages) Before(ctx context.Context, token, issueID string, seq int64, limit int) (up Update, err error) {
	err = m.read(ctx, func(u *unit) error {
		i, err := u.seenByVisitor(token, issueID)
		if err != nil {
			return err
		}
		up = Update{Issue: i}
		if err := u.addChanged(&up, Cursor{Seq: i.LastSeq}); err != nil { // the answer tells the version, hence all that goes with it
			return err
		}
		list, err := u.MessagesBefore(i.ID, seq, min(max(limit, 1), pageSize))
		if err != nil {
			return err
		}
		b := newBudget()
		up.Messages = b.newest(list)
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
	Changed  []rejoin.Message // of those up to the client's cursor: edited or taken back since its version
	Events   []rejoin.Event
	More     bool // older messages exist before the first one here
	Decision followup.Decision
	Policy   followup.Policy
	Outlook  Outlook

	Form           []rejoin.CustomField // those of the issue's platform that are in use, and those the issue has set
	Identities     []rejoin.NamedIdentity
	VerificationOn bool
	Bot            *RunningBot // at work in it; nil for none
}

// RunningBot is a bot at work in an issue.
type RunningBot struct {
	ID    string
	Name  string
	State rejoin.BotRunState
}

// ThreadCursor is what an agent's client has of an issue.
type ThreadCursor struct {
	Seq     int64 // newest message; zero asks for the newest page
	Event   int64 // newest event
	Version int64 // of the issue; zero if the client does not say
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
	up, err := u.update(t.Issue, Cursor{Seq: c.Seq, Version: c.Version})
	if err != nil {
		return t, err
	}
	t.Messages, t.Changed, t.More = up.Messages, up.Changed, up.More
	if err := u.namePrograms(t.Messages, t.Changed); err != nil {
		return t, err
	}
	if t.Events, err = u.EventsAfter(issueID, c.Event, maxEvents); err != nil {
		return t, err
	}
	s, err := u.situation(t.Issue)
	if err != nil {
		return t, err
	}
	t.Decision, t.Policy, t.VerificationOn = s.decide(u.now), s.policy, s.App.Settings.Identity.Required
	if t.Outlook, err = u.outlook(t.Issue, s); err != nil {
		return t, err
	}
	if t.Form, err = u.form(t.Issue); err != nil {
		return t, err
	}
	if at, ok, err := u.talkIn(&t.Issue); err != nil {
		return t, err
	} else if ok {
		t.Bot = &RunningBot{ID: at.bot.ID, Name: at.bot.Name, State: at.run.State}
	}
	if t.User.LoggedIn() {
		t.Identities, err = u.Tx.Identities(t.User.ID)
	}
	return t, err
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

// Older is what lies before what an agent's client has of an issue.
type Older struct {
	Messages []rejoin.Message
	Events   []rejoin.Event
	More     bool // older messages exist before the first one here
}

// Older returns the page before the cursor, which is the oldest message and the oldest event that the client has. No events are before
// event zero.
func (s *Issues) Older(ctx context.Context, a rejoin.Agent, issueID string, c ThreadCursor) (o Older, err error) {
	err = s.read(ctx, func(u *unit) error {
		i, err := u.Issue(issueID)
		if err != nil {
			return err
		}
		if i.DomainID != a.DomainID {
			return rejoin.Errorf(rejoin.NotFound, "There is no such conversation.")
		}
		list, err := u.MessagesBefore(issueID, c.Seq, pageSize)
		if err != nil {
			return err
		}
		b := newBudget()
		o.Messages = b.newest(list)
		o.More = len(o.Messages) > 0 && o.Messages[0].Seq > 1
		if err := u.namePrograms(o.Messages); err != nil {
			return err
		}
		o.Events, err = u.EventsBefore(issueID, c.Event, maxEvents)
		return err
	})
	return o, err
}
