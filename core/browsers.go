package core

import (
	"context"
	"slices"
	"strings"

	"rejoin"
	"rejoin/live"
)

// Browsers is where users are known: their sessions, for agents to see and to end.
type Browsers struct{ *env }

// SessionID names a session without its token: the beginning of the token's hash.
func SessionID(s rejoin.UserSession) string { return s.TokenHash[:16] }

// List returns the user's sessions that go on, latest seen first, at most 100.
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
	if !storable(userID) {
		return rejoin.User{}, rejoin.Errorf(rejoin.NotFound, "There is no such user.")
	}
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
		if id == "all" {
			err = u.revokeAll(userID)
		} else {
			err = u.revokeOne(userID, id)
		}
		if err != nil {
			return err
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

func (u *unit) revokeOne(userID, id string) error {
	sessions, err := u.UserSessions(userID, u.now)
	if err != nil {
		return err
	}
	n := slices.IndexFunc(sessions, func(s rejoin.UserSession) bool { return SessionID(s) == id })
	if n < 0 {
		return rejoin.Errorf(rejoin.NotFound, "There is no such session. It may have ended.")
	}
	if issueID := sessions[n].IssueID; issueID != "" {
		u.tellRevoked(issueID)
	}
	return u.RevokeSession(sessions[n].TokenHash, u.now)
}

// revokeAll ends also the sessions that [Browsers.List] has no room for.
func (u *unit) revokeAll(userID string) error {
	issues, err := u.LinkedIssues(userID, u.now)
	if err != nil {
		return err
	}
	for _, id := range issues {
		u.tellRevoked(id)
	}
	return u.RevokeUserSessions(userID, u.now)
}

// tellRevoked closes the sockets that sessions made by the issue's links have opened.
func (u *unit) tellRevoked(issueID string) {
	u.signals = append(u.signals, live.Signal{Topic: live.IssueTopic(issueID), Kind: live.Revoked, IssueID: issueID})
}
