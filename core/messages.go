package core

import (
	"context"
	"errors"

	"rejoin"
	"rejoin/identity"
	"rejoin/live"
)

// Messages is writing, reading and typing.
type Messages struct{ *env }

// UserSend is a message of a user.
type UserSend struct {
	ClientID string
	Body     string
	Answers  int64 // seq of the bot's question that this answers; zero if it is no answer
	After    int64 // the newest seq the sender has; zero asks for nothing but the sent message
}

// Start begins a conversation with its first message. The token may be new: then an anonymous user comes with it. Repeating
// the call with the same token and ClientID returns the same conversation.
func (m *Messages) Start(ctx context.Context, token, platformID string, in UserSend, meta rejoin.Meta) (up Update, err error) {
	if in, err = checkSend(in); err != nil {
		return up, err
	}
	for range startTries {
		err = m.write(ctx, func(u *unit) error {
			up, err = u.startOnce(token, platformID, in, meta)
			return err
		})
		if !errors.Is(err, errAgain) {
			return up, err
		}
	}
	return up, rejoin.Errorf(rejoin.Conflict, "The same first message is being sent several times at once. Please repeat the request.")
}

// errAgain says that a transaction met its own repetition: the next try finds what that one has stored.
var errAgain = errors.New("sent twice at once")

const startTries = 3

func (u *unit) startOnce(token, platformID string, in UserSend, meta rejoin.Meta) (Update, error) {
	platform, err := u.Platform(platformID)
	if err != nil {
		return Update{}, err
	}
	user, err := u.starter(token, platform, meta)
	if err != nil {
		return Update{}, err
	}
	first, err := u.MessageByClientID(user.ID, in.ClientID)
	switch {
	case err == nil:
		return u.repeated(first, in, first.IssueID)
	case rejoin.CodeOf(err) != rejoin.NotFound:
		return Update{}, err
	}
	return u.start(user, platform, in, meta)
}

// starter returns the user behind the token. A token nobody has used before becomes the session of a new anonymous user: since the
// browser makes it, a repeated first message finds the first one.
func (u *unit) starter(token string, p rejoin.Platform, meta rejoin.Meta) (rejoin.User, error) {
	if !identity.WellFormed(token) {
		return rejoin.User{}, rejoin.Errorf(rejoin.Unauthenticated, "Send a bearer token of 32 random bytes in base64url.")
	}
	hash := identity.Hash(token)
	known, err := u.UserSession(hash)
	if err == nil {
		s, err := u.activeVisitor(token)
		if err != nil {
			return rejoin.User{}, err
		}
		if s.IssueID != "" {
			return rejoin.User{}, rejoin.Errorf(rejoin.Forbidden, "This link opens one conversation only. Start a new one with a new session.")
		}
		if s.PlatformID != p.ID {
			return rejoin.User{}, rejoin.Errorf(rejoin.Forbidden, "This session belongs to another app.")
		}
		return u.User(known.UserID)
	}
	if rejoin.CodeOf(err) != rejoin.NotFound {
		return rejoin.User{}, err
	}
	user := rejoin.User{ID: newID("usr"), DomainID: p.DomainID, AppID: p.AppID, Language: meta.Language, TimeZone: meta.TimeZone,
		Presence: rejoin.PageClosed, PresenceSince: u.now, CreatedAt: u.now, SeenAt: u.now}
	if err := u.AddUser(user); err != nil {
		return user, err
	}
	fresh, err := u.AddUserSession(rejoin.UserSession{TokenHash: hash, UserID: user.ID, PlatformID: p.ID, Confirmed: true,
		CreatedAt: u.now, SeenAt: u.now, ExpiresAt: u.now.Add(sessionLife)})
	if err == nil && !fresh {
		err = errAgain
	}
	return user, err
}

func (u *unit) start(user rejoin.User, p rejoin.Platform, in UserSend, meta rejoin.Meta) (Update, error) {
	open, err := u.UserIssueIDs(user.ID, maxOpenIssues)
	if err != nil {
		return Update{}, err
	}
	if len(open) >= maxOpenIssues {
		return Update{}, rejoin.Errorf(rejoin.Limited, "You have %d open conversations. Please write in one of them.", maxOpenIssues)
	}
	number, err := u.NextIssueNumber(p.DomainID)
	if err != nil {
		return Update{}, err
	}
	issue := rejoin.Issue{ID: newID("iss"), DomainID: p.DomainID, AppID: p.AppID, PlatformID: p.ID, UserID: user.ID, Number: number,
		Title: rejoin.Preview(in.Body, 80), State: rejoin.New, StateChangedAt: u.now, Meta: meta, CreatedAt: u.now, UpdatedAt: u.now}
	if p.AllowedOrigins.Allow(meta.Page.URL) {
		issue.StartURL = meta.Page.URL
	}
	if err := u.AddIssue(issue); err != nil {
		return Update{}, err
	}
	if err := u.event(&issue, rejoin.EventCreated, byUser(user), rejoin.EventData{}); err != nil {
		return Update{}, err
	}
	msg, added, err := u.add(&issue, rejoin.Message{ClientID: in.ClientID, Origin: rejoin.FromUser, AuthorID: user.ID, Body: in.Body})
	if err != nil {
		return Update{}, err
	}
	if !added {
		return Update{}, errAgain
	}
	if err := u.put(jobBot, issue.ID, u.now); err != nil {
		return Update{}, err
	}
	u.signals = append(u.signals, live.Signal{Topic: live.UserTopic(user.ID), Kind: live.Changed, IssueID: issue.ID})
	return Update{Issue: issue, Messages: []rejoin.Message{msg}}, u.save(&issue)
}

// SendAsUser adds a message of the user. Repeating it with the same ClientID returns the first result.
func (m *Messages) SendAsUser(ctx context.Context, token, issueID string, in UserSend) (up Update, err error) {
	if in, err = checkSend(in); err != nil {
		return up, err
	}
	err = m.write(ctx, func(u *unit) error {
		s, issue, err := u.visitorsIssue(token, issueID)
		if err != nil {
			return err
		}
		up, err = u.sendAsUser(s, issue, in)
		return err
	})
	return up, err
}

func (u *unit) sendAsUser(s rejoin.UserSession, issue rejoin.Issue, in UserSend) (Update, error) {
	msg, added, err := u.add(&issue, rejoin.Message{ClientID: in.ClientID, Origin: rejoin.FromUser, AuthorID: s.UserID, Body: in.Body})
	if err != nil {
		return Update{}, err
	}
	if !added {
		return u.repeated(msg, in, issue.ID)
	}
	state, err := issue.AfterUserMessage()
	if err != nil {
		return Update{}, err
	}
	by := rejoin.Actor{Kind: rejoin.ByUser, ID: s.UserID}
	if err := u.setState(&issue, state, by); err != nil {
		return Update{}, err
	}
	if err := u.answer(&issue, s, in); err != nil {
		return Update{}, err
	}
	if err := u.markReplied(&issue, by); err != nil {
		return Update{}, err
	}
	if err := u.save(&issue); err != nil {
		return Update{}, err
	}
	return u.updateWith(issue, msg, in.After)
}

// add appends a message to the issue, or reports false and returns the earlier message with the same author and ClientID. The caller saves
// the issue.
func (u *unit) add(i *rejoin.Issue, m rejoin.Message) (rejoin.Message, bool, error) {
	m.ID, m.IssueID, m.Seq, m.CreatedAt = newID("msg"), i.ID, i.LastSeq+1, u.now
	added, err := u.AddMessage(m)
	if err != nil {
		return m, false, err
	}
	if !added {
		m, err = u.MessageByClientID(m.AuthorID, m.ClientID)
		return m, false, err
	}
	i.LastSeq, i.UpdatedAt = m.Seq, u.now
	i.Preview, i.PreviewOrigin = rejoin.Preview(m.Body, 140), m.Origin
	if m.Origin.Outbound() {
		i.LastOutSeq = m.Seq
	}
	return m, true, nil
}

// repeated is the answer to a send whose client_id was used before.
func (u *unit) repeated(first rejoin.Message, in UserSend, issueID string) (Update, error) {
	if first.IssueID != issueID || first.Body != in.Body {
		return Update{}, reusedClientID()
	}
	issue, err := u.Issue(first.IssueID)
	if err != nil {
		return Update{}, err
	}
	return u.updateWith(issue, first, in.After)
}

func reusedClientID() error {
	return &rejoin.Error{Code: rejoin.Conflict, Field: "client_id", Text: "This client_id belongs to another message. Make a new one for each message."}
}

func checkSend(in UserSend) (UserSend, error) {
	var err error
	if in.ClientID, err = rejoin.CheckClientID(in.ClientID); err != nil {
		return in, err
	}
	in.Body, err = rejoin.CheckBody(in.Body)
	return in, err
}

// SendAsAgent adds a message of the agent. Repeating it returns the first result.
func (m *Messages) SendAsAgent(ctx context.Context, a rejoin.Agent, issueID, clientID, body string) error {
	in, err := checkSend(UserSend{ClientID: clientID, Body: body})
	if err != nil {
		return err
	}
	return m.write(ctx, func(u *unit) error {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil {
			return err
		}
		msg, added, err := u.add(&issue, rejoin.Message{ClientID: in.ClientID, Origin: rejoin.FromAgent, AuthorID: a.ID, AuthorName: a.Name, Body: in.Body})
		if err != nil {
			return err
		}
		if !added {
			if msg.IssueID != issueID || msg.Body != in.Body {
				return reusedClientID()
			}
			return nil
		}
		state, err := issue.AfterAgentMessage()
		if err != nil {
			return err
		}
		if err := u.setState(&issue, state, byAgent(a)); err != nil {
			return err
		}
		if issue.AgentReadSeq == msg.Seq-1 { // else something came that was on no agent's screen yet
			issue.AgentReadSeq = msg.Seq
		}
		if err := u.rearm(&issue, newMessage); err != nil {
			return err
		}
		return u.save(&issue)
	})
}

// ReadAsUser moves the user's read cursor to seq. It only grows (promise 3). A session that came by a link counts only once a
// person has confirmed it.
func (m *Messages) ReadAsUser(ctx context.Context, token, issueID string, seq int64) (up Update, err error) {
	err = m.write(ctx, func(u *unit) error {
		s, issue, err := u.visitorsIssue(token, issueID)
		if err != nil {
			return err
		}
		if err := checkCursor(issue, seq); err != nil {
			return err
		}
		if !s.Confirmed {
			return rejoin.Errorf(rejoin.Forbidden, "Nothing counts as read before somebody touches the page.")
		}
		if seq > issue.UserReadSeq {
			issue.UserReadSeq = seq
			if err := u.rearm(&issue, factsChanged); err != nil {
				return err
			}
			if err := u.save(&issue); err != nil {
				return err
			}
		}
		up, err = u.update(issue, Cursor{Seq: issue.LastSeq})
		return err
	})
	return up, err
}

// ReadAsAgent moves the company's read cursor to seq. It only grows.
func (m *Messages) ReadAsAgent(ctx context.Context, a rejoin.Agent, issueID string, seq int64) error {
	return m.write(ctx, func(u *unit) error {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil {
			return err
		}
		if err := checkCursor(issue, seq); err != nil {
			return err
		}
		if seq <= issue.AgentReadSeq {
			return nil
		}
		issue.AgentReadSeq = seq
		return u.save(&issue)
	})
}

func checkCursor(i rejoin.Issue, seq int64) error {
	if seq < 1 || seq > i.LastSeq {
		return rejoin.InvalidField("seq", "There is no message %d in this conversation; it has 1 to %d.", seq, i.LastSeq)
	}
	return nil
}

// TypingAsUser tells the agents that the user is typing. Nothing is stored.
func (m *Messages) TypingAsUser(ctx context.Context, token, issueID string) error {
	var issue rejoin.Issue
	var user rejoin.User
	err := m.read(ctx, func(u *unit) error {
		s, err := u.visitor(token)
		if err != nil {
			return err
		}
		if issue, err = u.Issue(issueID); err != nil {
			return err
		}
		if err = reach(s, issue); err != nil {
			return err
		}
		user, err = u.User(s.UserID)
		return err
	})
	if err == nil {
		m.typing(issue, user.ID, user.Name, rejoin.FromUser)
	}
	return err
}

// TypingAsAgent tells the user and the other agents that the agent is typing. Nothing is stored.
func (m *Messages) TypingAsAgent(ctx context.Context, a rejoin.Agent, issueID string) error {
	var issue rejoin.Issue
	err := m.read(ctx, func(u *unit) (err error) {
		issue, err = u.Issue(issueID)
		if err == nil && issue.DomainID != a.DomainID {
			err = rejoin.Errorf(rejoin.NotFound, "There is no such conversation.")
		}
		return err
	})
	if err == nil {
		m.typing(issue, a.ID, a.Name, rejoin.FromAgent)
	}
	return err
}

func (m *Messages) typing(i rejoin.Issue, actorID, name string, origin rejoin.Origin) {
	m.Hub.Publish(live.Signal{Topic: live.IssueTopic(i.ID), Kind: live.Typing, IssueID: i.ID, ActorID: actorID, Name: name, Origin: origin})
}
