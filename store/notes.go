package store

import "rejoin"

const noteColumns = `id, issue_id, n, author_id, client_id, body, created_at`

func scanNote(s scanner) (n rejoin.Note, err error) {
	err = s.Scan(&n.ID, &n.IssueID, &n.N, &n.AuthorID, &n.ClientID, &n.Body, &n.CreatedAt)
	return n, err
}

// AddNote stores a private note, so that it can be found. It reports false, and stores nothing, if its author has used its client_id before.
func (tx *Tx) AddNote(n rejoin.Note) (bool, error) {
	added, err := tx.exec(`INSERT INTO notes (`+noteColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (author_id, client_id) DO NOTHING`,
		n.ID, n.IssueID, n.N, n.AuthorID, n.ClientID, n.Body, n.CreatedAt)
	if err != nil || added == 0 {
		return false, err
	}
	return true, tx.IndexNote(n.IssueID, n.ID, n.Body)
}

// Note returns the issue's note with the id.
func (tx *Tx) Note(issueID, id string) (rejoin.Note, error) {
	return one(tx, "note", scanNote, `SELECT `+noteColumns+` FROM notes WHERE id = $1 AND issue_id = $2`, id, issueID)
}

// NoteByClientID returns what the agent has noted with the client_id.
func (tx *Tx) NoteByClientID(authorID, clientID string) (rejoin.Note, error) {
	return one(tx, "note", scanNote, `SELECT `+noteColumns+` FROM notes WHERE author_id = $1 AND client_id = $2`, authorID, clientID)
}
