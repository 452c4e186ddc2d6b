package core

import (
	"context"
	"slices"
	"strings"

	"rejoin"
	"rejoin/identity"
)

// ProgramChat is the chat as a program leads it in the names of users, whom it knows by identifiers of its own (reference §7.3): for clients that are neither
// page nor app, such as text messages. An identifier is the company's own id of the user, or, if it looks like one, their address. Since a program of the
// company names them, they count as logged in.
type ProgramChat struct{ *env }

// ChatUser names a user in a platform.
type ChatUser struct {
	Platform   string // its id
	Identifier string
}

func (c ChatUser) person() (person, error) {
	raw := strings.TrimSpace(c.Identifier)
	p := person{verdict: ClaimVerified}
	if email, err := rejoin.CheckEmail(raw); err == nil {
		p.email = email
		return p, nil
	}
	id, ok := identity.CleanUserID(raw)
	if p.userID = id; !ok || id == "" {
		return p, rejoin.InvalidField("identifier", "The identifier is your own id of the user, of at most 750 characters.")
	}
	return p, nil
}

// platformNamed is a platform of the agent's domain.
func (u *unit) platformNamed(a rejoin.Agent, id string) (rejoin.Platform, error) {
	p, err := u.Platform(id)
	if err == nil && p.DomainID != a.DomainID || rejoin.CodeOf(err) == rejoin.NotFound {
		return rejoin.Platform{}, rejoin.InvalidField("platform-id", "There is no such platform. GET /apps lists the platform_ids.")
	}
	return p, err
}

// Issues returns the user's conversations, the newest first, in one of the states; all if there are none. Somebody unknown has none.
func (s *ProgramChat) Issues(ctx context.Context, a rejoin.Agent, who ChatUser, states []rejoin.IssueState) (list []rejoin.Issue, err error) {
	p, err := who.person()
	if err != nil {
		return nil, err
	}
	if err := looking(a); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(u *unit) error {
		platform, err := u.platformNamed(a, who.Platform)
		if err != nil {
			return err
		}
		list = nil
		user, err := u.find(platform.AppID, p)
		if rejoin.CodeOf(err) == rejoin.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		list, err = u.UserIssues(user.ID)
		list = slices.DeleteFunc(list, func(i rejoin.Issue) bool { return len(states) > 0 && !slices.Contains(states, i.State) })
		slices.SortFunc(list, func(a, b rejoin.Issue) int { return int(b.Number - a.Number) })
		return err
	})
	return list, err
}

// Start begins a conversation with the user's first message. It makes the user if there is none.
func (s *ProgramChat) Start(ctx context.Context, a rejoin.Agent, who ChatUser, o Once, body string) (i rejoin.Issue, err error) {
	if err := answering(a); err != nil {
		return i, err
	}
	p, err := who.person()
	if err != nil {
		return i, err
	}
	if body, err = rejoin.CheckBody(body); err != nil {
		return i, about("message-body", err)
	}
	err = s.write(ctx, func(u *unit) error {
		id, err := once(u, a, o, func() (string, error) {
			platform, err := u.platformNamed(a, who.Platform)
			if err != nil {
				return "", err
			}
			user, err := u.know(platform, p)
			if err != nil {
				return "", err
			}
			up, err := u.start(a.ID, user, platform, UserSend{ClientID: newID("api"), Body: body}, Beginning{})
			return up.Issue.ID, err
		})
		if err != nil {
			return err
		}
		i, err = u.Issue(id)
		return err
	})
	return i, err
}

// usersIssue locks an issue that is the named user's.
func (u *unit) usersIssue(a rejoin.Agent, issue string, p person) (rejoin.Issue, error) {
	i, err := u.programsIssue(a, issue)
	if err != nil {
		return i, err
	}
	return i, u.ownedBy(i, p)
}

// ownedBy refuses an issue of another user than the named one.
func (u *unit) ownedBy(i rejoin.Issue, p person) error {
	user, err := u.find(i.AppID, p)
	if err == nil && user.ID != i.UserID {
		err = rejoin.Errorf(rejoin.NotFound, "This user has no such issue.")
	}
	return err
}

// Say adds a message of the user.
func (s *ProgramChat) Say(ctx context.Context, a rejoin.Agent, issue, identifier string, o Once, body string) (m rejoin.Message, err error) {
	if err := answering(a); err != nil {
		return m, err
	}
	p, err := ChatUser{Identifier: identifier}.person()
	if err != nil {
		return m, err
	}
	if body, err = rejoin.CheckBody(body); err != nil {
		return m, about("message-body", err)
	}
	err = s.write(ctx, func(u *unit) error {
		said, err := once(u, a, o, func() (begun, error) {
			i, err := u.usersIssue(a, issue, p)
			if err != nil {
				return begun{}, err
			}
			clientID := newID("api")
			session := rejoin.UserSession{TokenHash: a.ID, UserID: i.UserID, PlatformID: i.PlatformID, Confirmed: true}
			if _, err = u.sendAsUser(session, i, UserSend{ClientID: clientID, Body: body}); err != nil {
				return begun{}, err
			}
			sent, err := u.MessageByClientID(i.UserID, clientID)
			return begun{i.ID, sent.ID}, err
		})
		if err != nil {
			return err
		}
		m, err = u.MessageByID(said.IssueID, said.MessageID)
		return err
	})
	return m, err
}

// maxChatMessages is how many messages one answer holds.
const maxChatMessages = 500

// Messages returns what was written in the user's issue after the moment, in order, at most 500.
func (s *ProgramChat) Messages(ctx context.Context, a rejoin.Agent, issue, identifier string, after rejoin.Millis) (i rejoin.Issue, list []rejoin.Message, err error) {
	p, err := ChatUser{Identifier: identifier}.person()
	if err != nil {
		return i, nil, err
	}
	if err := looking(a); err != nil {
		return i, nil, err
	}
	err = s.read(ctx, func(u *unit) error {
		if i, err = u.issueAt(a, issue); err != nil {
			return err
		}
		if err := u.ownedBy(i, p); err != nil {
			return err
		}
		list, err = u.MessagesSince(i.ID, after, maxChatMessages)
		return err
	})
	return i, list, err
}
