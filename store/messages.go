package store

import (
	"slices"

	"rejoin"
)

const messageColumns = `id, issue_id, seq, client_id, origin, author_id, author_name, body, ask, kind, files, created_at`

func scanMessage(s scanner) (m rejoin.Message, err error) {
	var files int
	err = s.Scan(&m.ID, &m.IssueID, &m.Seq, &m.ClientID, &m.Origin, &m.AuthorID, &m.AuthorName, &m.Body, &m.Ask, &m.Kind, &files, &m.CreatedAt)
	if files > 0 {
		m.Files = make([]rejoin.Attachment, files) // withFiles fills them
	}
	return m, err
}

// AddMessage stores a message. It reports false, and stores nothing, if its author has used its client_id before.
func (tx *Tx) AddMessage(m rejoin.Message) (bool, error) {
	n, err := tx.exec(`INSERT INTO messages (`+messageColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (author_id, client_id) DO NOTHING`,
		m.ID, m.IssueID, m.Seq, m.ClientID, m.Origin, m.AuthorID, m.AuthorName, m.Body, m.Ask, m.Kind, len(m.Files), m.CreatedAt)
	return n == 1, err
}

// MessageByClientID returns what the author has sent with the client_id.
func (tx *Tx) MessageByClientID(authorID, clientID string) (rejoin.Message, error) {
	m, err := one(tx, "message", scanMessage, `SELECT `+messageColumns+` FROM messages WHERE author_id = $1 AND client_id = $2`, authorID, clientID)
	if err != nil {
		return m, err
	}
	list, err := tx.withFiles([]rejoin.Message{m}, nil)
	return list[0], err
}

// MessagesAfter returns the issue's messages after seq in order, at most limit.
func (tx *Tx) MessagesAfter(issueID string, seq int64, limit int) ([]rejoin.Message, error) {
	return tx.withFiles(all(tx, scanMessage, `SELECT `+messageColumns+` FROM messages WHERE issue_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`, issueID, seq, limit))
}

// MessagesBefore returns the newest messages before seq in order, at most limit.
func (tx *Tx) MessagesBefore(issueID string, seq int64, limit int) ([]rejoin.Message, error) {
	list, err := tx.withFiles(all(tx, scanMessage, `SELECT `+messageColumns+` FROM messages WHERE issue_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3`,
		issueID, seq, limit))
	slices.Reverse(list)
	return list, err
}

// Outbound returns the issue's outbound messages from one seq to another, both included, in order.
func (tx *Tx) Outbound(issueID string, from, to int64) ([]rejoin.Message, error) {
	return tx.withFiles(all(tx, scanMessage, `SELECT `+messageColumns+` FROM messages
		WHERE issue_id = $1 AND seq >= $2 AND seq <= $3 AND origin <> 'end-user' ORDER BY seq`, issueID, from, to))
}

// OutboundSpan tells of the outbound messages after seq: how many, the first and last seq, and when the last was written.
type OutboundSpan struct {
	Count    int
	From, To int64
	Newest   rejoin.Millis
}

// OutboundAfter returns the span of outbound messages after seq.
func (tx *Tx) OutboundAfter(issueID string, seq int64) (OutboundSpan, error) {
	return one(tx, "conversation", func(s scanner) (o OutboundSpan, err error) {
		err = s.Scan(&o.Count, &o.From, &o.To, &o.Newest)
		return o, err
	}, `SELECT COUNT(*), COALESCE(MIN(seq), 0), COALESCE(MAX(seq), 0), COALESCE(MAX(created_at), 0)
		FROM messages WHERE issue_id = $1 AND seq > $2 AND origin <> 'end-user'`, issueID, seq)
}

// UnreadCount returns how many outbound messages lie after the read cursor.
func (tx *Tx) UnreadCount(issueID string, readSeq int64) (int64, error) {
	return one(tx, "conversation", scanInt, `SELECT COUNT(*) FROM messages WHERE issue_id = $1 AND seq > $2 AND origin <> 'end-user'`, issueID, readSeq)
}

// TakeOver makes what one user wrote in an issue another's. Sends that are repeated after that still find their first result. Should the other one
// have used a client_id too, theirs keeps it.
func (tx *Tx) TakeOver(issueID, from, to string) error {
	_, err := tx.exec(`UPDATE messages SET author_id = $3, client_id = CASE
		WHEN EXISTS (SELECT 1 FROM messages o WHERE o.author_id = $3 AND o.client_id = messages.client_id) THEN id ELSE client_id END
		WHERE issue_id = $1 AND author_id = $2`, issueID, from, to)
	return err
}
