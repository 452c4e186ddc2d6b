package store

import "rejoin"

// fillInbox makes what was stored before the inbox could search findable.
func (tx *Tx) fillInbox() error {
	if err := inPages(tx, tx.issuesToFill, tx.indexIssue); err != nil {
		return err
	}
	return inPages(tx, tx.messagesToFill, tx.IndexMessage)
}

// inPages calls do for all that next returns, which is asked for what comes after the newest that was done.
func inPages[T any](tx *Tx, next func(after T) ([]T, error), do func(T) error) error {
	var last T
	for {
		page, err := next(last)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, v := range page {
			if err := do(v); err != nil {
				return err
			}
			last = v
		}
	}
}

func (tx *Tx) issuesToFill(after rejoin.Issue) ([]rejoin.Issue, error) {
	return all(tx, func(s scanner) (i rejoin.Issue, err error) {
		err = s.Scan(&i.ID, &i.UserID, &i.Title, fromJSON(&i.Tags), fromJSON(&i.Fields))
		return i, err
	}, `SELECT id, user_id, title, tags, fields FROM issues WHERE id > $1 ORDER BY id LIMIT 500`, after.ID)
}

func (tx *Tx) messagesToFill(after rejoin.Message) ([]rejoin.Message, error) {
	return all(tx, func(s scanner) (m rejoin.Message, err error) {
		err = s.Scan(&m.IssueID, &m.Seq, &m.Origin, &m.Body)
		return m, err
	}, `SELECT issue_id, seq, origin, body FROM messages WHERE (issue_id, seq) > ($1, $2) ORDER BY issue_id, seq LIMIT 500`, after.IssueID, after.Seq)
}
