package core

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"rejoin"
	"rejoin/live"
)

// Issues is what agents do with conversations besides writing.
type Issues struct{ *env }

// storable reports whether both engines can compare with the text: PostgreSQL knows no NUL.
func storable(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// RevokeLinks switches off every return link of the issue and ends the sessions they have made.
func (s *Issues) RevokeLinks(ctx context.Context, a rejoin.Agent, issueID string) error {
	return s.write(ctx, func(u *unit) error {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil {
			return err
		}
		if err := u.revokeLinks(&issue, byAgent(a)); err != nil {
			return err
		}
		if err := u.audit(a, rejoin.LinksRevoked, "#"+strconv.FormatInt(issue.Number, 10)); err != nil {
			return err
		}
		return u.save(&issue)
	})
}

// revokeLinks is RevokeLinks inside a transaction. The caller saves the issue.
func (u *unit) revokeLinks(i *rejoin.Issue, by rejoin.Actor) error {
	if _, err := u.RevokeReturnLinks(i.ID, u.now); err != nil {
		return err
	}
	if err := u.RevokeIssueSessions(i.ID, i.UserID, u.now); err != nil {
		return err
	}
	u.signals = append(u.signals, live.Signal{Topic: live.IssueTopic(i.ID), Kind: live.Revoked, IssueID: i.ID})
	return u.event(i, rejoin.EventLinksRevoked, by, rejoin.EventData{})
}
