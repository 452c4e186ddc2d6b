package core

import (
	"context"

	"rejoin"
)

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
			if err := u.readUpTo(&issue, seq); err != nil {
				return err
			}
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
