package core

import (
	"context"
	"strings"

	"rejoin"
	"rejoin/live"
)

// Browsers is where users are known: their sessions, for agents to see and to end.
type Browsers struct{ *env }

// SessionID names a session without its token: the beginning of the token's hash.
func SessionID(s rejoin.UserSession) string { return s.TokenHash[:16] }

// List returns the user's sessions that go on, latest seen first.
func (s *Browsers) List(ctx context.Context, a rejoin.Agent, userID string) (list []rejoin.UserSession, err error) {
	err = s.read(ctx, func(u *unit) error {
		if _, err := u.agentsUser(a, userID); err != nil {
			return err
		}
		list, err = u.UserSessions(userID, u.now)
		return err
	})
	return list, err
}

func (u *unit) agentsUser(a rejoin.Agent, userID string) (rejoin.User, error) {
	user, err := u.User(userID)
	if err == nil && user.DomainID != a.DomainID {
		return rejoin.User{}, rejoin.Errorf(rejoin.NotFound, "There is no such user.")
	}
	return user, err
}

// Revoke ends one session of the user, or every one for the id "all", and returns what is left. Open sockets close.
func (s *Browsers) Revoke(ctx context.Context, a rejoin.Agent, userID, id string) (list []rejoin.UserSession, err error) {
	err = s.write(ctx, func(u *unit) error {
		user, err := u.agentsUser(a, userID)
		if err != nil {
			return err
		}
		sessions, err := u.UserSessions(userID, u.now)
		if err != nil {
			return err
		}
		ended := 0
		for _, session := range sessions {
			if id != "all" && SessionID(session) != id {
				continue
			}
			ended++
			if err := u.RevokeSession(session.TokenHash, u.now); err != nil {
				return err
			}
			if session.IssueID != "" {
				u.signals = append(u.signals, live.Signal{Topic: live.IssueTopic(session.IssueID), Kind: live.Revoked, IssueID: session.IssueID})
			}
		}
		if ended == 0 && id != "all" {
			return rejoin.Errorf(rejoin.NotFound, "There is no such session. It may have ended.")
		}
		u.signals = append(u.signals, live.Signal{Topic: live.UserTopic(userID), Kind: live.Revoked})
		if err := u.audit(a, rejoin.SessionsRevoked, strings.Join(nonEmpty(user.Name, user.ExternalID, user.ID), ", ")); err != nil {
			return err
		}
		list, err = u.UserSessions(userID, u.now)
		return err
	})
	return list, err
}
