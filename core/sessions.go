package core

import (
	"time"

	"rejoin"
	"rejoin/identity"
)

// sessionLife is how long a browser is remembered after its last activity.
const sessionLife = 7 * day

// visitor returns the session behind a bearer token.
func (u *unit) visitor(token string) (rejoin.UserSession, error) {
	ended := rejoin.Errorf(rejoin.Unauthenticated, "This session has ended. Please reload the page.")
	if !identity.WellFormed(token) {
		return rejoin.UserSession{}, ended
	}
	s, err := u.UserSession(identity.Hash(token))
	if rejoin.CodeOf(err) == rejoin.NotFound {
		return s, ended
	}
	if err == nil && (s.RevokedAt > 0 || s.ExpiresAt <= u.now) {
		return s, ended
	}
	return s, err
}

// activeVisitor is visitor for use cases that change something: it also prolongs the session.
func (u *unit) activeVisitor(token string) (rejoin.UserSession, error) {
	s, err := u.visitor(token)
	if err == nil {
		err = u.prolong(s)
	}
	return s, err
}

// prolong moves the session's end, at most once an hour.
func (u *unit) prolong(s rejoin.UserSession) error {
	if u.now.Sub(s.SeenAt) <= time.Hour {
		return nil
	}
	return u.TouchSession(s.TokenHash, u.now, u.now.Add(sessionLife))
}

// maxOpenIssues is how many open conversations one user may have.
const maxOpenIssues = 50

// reach returns an error unless the session opens the issue. Strangers are not told that it exists.
func reach(s rejoin.UserSession, i rejoin.Issue) error {
	if s.UserID != i.UserID || s.IssueID != "" && s.IssueID != i.ID {
		return rejoin.Errorf(rejoin.NotFound, "There is no such conversation.")
	}
	return nil
}

// visitorsIssue locks the issue for a use case of the visitor.
func (u *unit) visitorsIssue(token, issueID string) (rejoin.UserSession, rejoin.Issue, error) {
	s, err := u.visitor(token)
	if err != nil {
		return s, rejoin.Issue{}, err
	}
	i, err := u.LockIssue(issueID)
	if err != nil {
		return s, i, err
	}
	if err := reach(s, i); err != nil {
		return s, i, err
	}
	return s, i, u.prolong(s)
}

// agentsIssue locks the issue for a use case of the agent.
func (u *unit) agentsIssue(a rejoin.Agent, issueID string) (rejoin.Issue, error) {
	if err := answering(a); err != nil {
		return rejoin.Issue{}, err
	}
	i, err := u.LockIssue(issueID)
	if err == nil && i.DomainID != a.DomainID {
		return rejoin.Issue{}, rejoin.Errorf(rejoin.NotFound, "There is no such conversation.")
	}
	return i, err
}
