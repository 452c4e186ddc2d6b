package store

import (
	"slices"

	"rejoin"
)

func scanEvent(s scanner) (e rejoin.Event, err error) {
	err = s.Scan(&e.IssueID, &e.N, &e.Kind, fromJSON(&e.Actor), fromJSON(&e.Data), &e.CreatedAt)
	return e, err
}

// AddEvent appends to the issue's timeline.
func (tx *Tx) AddEvent(e rejoin.Event) error {
	actor, err := toJSON(e.Actor)
	if err != nil {
		return err
	}
	data, err := toJSON(e.Data)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO events (issue_id, n, kind, actor, data, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		e.IssueID, e.N, e.Kind, actor, data, e.CreatedAt)
	return err
}

// EventsBefore returns the issue's newest events before n in order, at most limit.
func (tx *Tx) EventsBefore(issueID string, n int64, limit int) ([]rejoin.Event, error) {
	list, err := all(tx, scanEvent, `SELECT issue_id, n, kind, actor, data, created_at FROM events
		WHERE issue_id = $1 AND n < $2 ORDER BY n DESC LIMIT $3`, issueID, n, limit)
	slices.Reverse(list)
	return list, err
}

// EventsAfter returns the issue's events after n in order, at most limit of the newest.
func (tx *Tx) EventsAfter(issueID string, n int64, limit int) ([]rejoin.Event, error) {
	list, err := all(tx, scanEvent, `SELECT issue_id, n, kind, actor, data, created_at FROM events
		WHERE issue_id = $1 AND n > $2 ORDER BY n DESC LIMIT $3`, issueID, n, limit)
	slices.Reverse(list)
	return list, err
}

// NewestEvent returns the issue's newest event of a kind, and whether there is one.
func (tx *Tx) NewestEvent(issueID string, kind rejoin.EventKind) (rejoin.Event, bool, error) {
	return first(tx.NewestEvents(issueID, kind, 1))
}

// NewestEvents returns the issue's events of a kind, newest first, at most limit.
func (tx *Tx) NewestEvents(issueID string, kind rejoin.EventKind, limit int) ([]rejoin.Event, error) {
	return all(tx, scanEvent, `SELECT issue_id, n, kind, actor, data, created_at FROM events
		WHERE issue_id = $1 AND kind = $2 ORDER BY n DESC LIMIT $3`, issueID, kind, limit)
}
