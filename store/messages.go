package store

import (
	"slices"

	"rejoin"
)

const messageColumns = `id, issue_id, seq, client_id, origin, author_id, author_name, body, ask, kind, files, created_at,
	edited_at, edited_by, deleted_at, changed_version, redacted, input`

func scanMessage(s scanner) (m rejoin.Message, err error) {
	var files int
	err = s.Scan(&m.ID, &m.IssueID, &m.Seq, &m.ClientID, &m.Origin, &m.AuthorID, &m.AuthorName, &m.Body, &m.Ask, &m.Kind, &files, &m.CreatedAt,
		&m.Change.EditedAt, &m.Change.EditedBy, &m.Change.DeletedAt, &m.Change.Version, &m.Change.Redacted, fromJSON(&m.Input))
	if files > 0 {
		m.Files = make([]rejoin.Attachment, files) // withFiles fills them
	}
	return m, err
}

// AddMessage stores a message. It reports false, and stores nothing, if its author has used its client_id before.
func (tx *Tx) AddMessage(m rejoin.Message) (bool, error) {
	var input any // NULL for nearly all
	if m.Input != nil {
		text, err := toJSON(m.Input)
		if err != nil {
			return false, err
		}
		input = text
	}
	n, err := tx.exec(`INSERT INTO messages (`+messageColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, '', 0, 0, FALSE, $13)
		ON CONFLICT (author_id, client_id) DO NOTHING`,
		m.ID, m.IssueID, m.Seq, m.ClientID, m.Origin, m.AuthorID, m.AuthorName, m.Body, m.Ask, m.Kind, len(m.Files), m.CreatedAt, input)
	if err != nil || n == 0 {
		return false, err
	}
	return true, tx.IndexMessage(m)
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

// Outbound returns the issue's outbound messages from one seq to another, both included, in order, without those that were taken back.
func (tx *Tx) Outbound(issueID string, from, to int64) ([]rejoin.Message, error) {
	return tx.withFiles(all(tx, scanMessage, `SELECT `+messageColumns+` FROM messages
		WHERE issue_id = $1 AND seq >= $2 AND seq <= $3 AND origin <> 'end-user' AND deleted_at = 0 ORDER BY seq`, issueID, from, to))
}

// OutboundSpan tells of the outbound messages after seq that were not taken back: how many, the first and last seq, and when the last was written.
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
		FROM messages WHERE issue_id = $1 AND seq > $2 AND origin <> 'end-user' AND deleted_at = 0`, issueID, seq)
}

// UnreadCount returns how many outbound messages that were not taken back lie after the read cursor.
func (tx *Tx) UnreadCount(issueID string, readSeq int64) (int64, error) {
	return one(tx, "conversation", scanInt, `SELECT COUNT(*) FROM messages WHERE issue_id = $1 AND seq > $2 AND origin <> 'end-user' AND deleted_at = 0`,
		issueID, readSeq)
}

// MessageByID returns the issue's message with the id.
func (tx *Tx) MessageByID(issueID, id string) (rejoin.Message, error) {
	m, err := one(tx, "message", scanMessage, `SELECT `+messageColumns+` FROM messages WHERE id = $1 AND issue_id = $2`, id, issueID)
	if err != nil {
		return m, err
	}
	list, err := tx.withFiles([]rejoin.Message{m}, nil)
	return list[0], err
}

// IssueOfMessage returns the id of the domain's issue that the message belongs to.
func (tx *Tx) IssueOfMessage(domainID, id string) (string, error) {
	return one(tx, "message", scanText, `SELECT m.issue_id FROM messages m JOIN issues i ON i.id = m.issue_id WHERE m.id = $1 AND i.domain_id = $2`, id, domainID)
}

// SaveChange stores the body and the Change of a message, and its version as the issue's ChangedVersion. One that was taken back loses its files: they are no message's any more, and to be dropped.
func (tx *Tx) SaveChange(m rejoin.Message) error {
	_, err := tx.exec(`UPDATE messages SET body = $2, edited_at = $3, edited_by = $4, deleted_at = $5, changed_version = $6, files = $7, redacted = $8 WHERE id = $1`,
		m.ID, m.Body, m.Change.EditedAt, m.Change.EditedBy, m.Change.DeletedAt, m.Change.Version, len(m.Files), m.Change.Redacted)
	if err != nil {
		return err
	}
	if _, err := tx.exec(`UPDATE issues SET changed_version = $2 WHERE id = $1`, m.IssueID, m.Change.Version); err != nil {
		return err
	}
	if err := tx.ReindexMessage(m.IssueID, m.Seq, m.Body); err != nil || m.Standing() {
		return err
	}
	_, err = tx.exec(`UPDATE attachments SET issue_id = '', seq = 0, size = 0, client_id = id WHERE issue_id = $1 AND seq = $2`, m.IssueID, m.Seq)
	return err
}

// ChangedMessages returns the issue's messages up to seq that were changed after it had the version, in the order of their seq.
func (tx *Tx) ChangedMessages(issueID string, upTo, version int64) ([]rejoin.Message, error) {
	return tx.withFiles(all(tx, scanMessage, `SELECT `+messageColumns+` FROM messages
		WHERE issue_id = $1 AND changed_version > $2 AND changed_version > 0 AND seq <= $3 ORDER BY seq`, issueID, version, upTo))
}

// AnswerAfter returns the newest message after seq that another agent has written and not taken back, and whether there is one.
func (tx *Tx) AnswerAfter(issueID, agentID string, seq int64) (rejoin.Message, bool, error) {
	return first(all(tx, scanMessage, `SELECT `+messageColumns+` FROM messages
		WHERE issue_id = $1 AND seq > $2 AND origin = 'agent' AND author_id <> $3 AND deleted_at = 0 ORDER BY seq DESC LIMIT 1`, issueID, seq, agentID))
}

// NewestStanding returns the issue's newest message that was not taken back, and whether there is one.
func (tx *Tx) NewestStanding(issueID string) (rejoin.Message, bool, error) {
	return first(tx.withFiles(all(tx, scanMessage, `SELECT `+messageColumns+` FROM messages
		WHERE issue_id = $1 AND deleted_at = 0 ORDER BY seq DESC LIMIT 1`, issueID)))
}

// LastWords is the seq of the newest message of the user, of the newest of an agent, and of the newest outbound one, without those that were taken
// back; zero if there is none.
type LastWords struct{ User, Agent, Outbound int64 }

// LastWords returns them.
func (tx *Tx) LastWords(issueID string) (LastWords, error) {
	return one(tx, "conversation", func(s scanner) (w LastWords, err error) {
		err = s.Scan(&w.User, &w.Agent, &w.Outbound)
		return w, err
	}, `SELECT COALESCE(MAX(CASE WHEN origin = 'end-user' THEN seq END), 0), COALESCE(MAX(CASE WHEN origin = 'agent' THEN seq END), 0),
		COALESCE(MAX(CASE WHEN origin <> 'end-user' THEN seq END), 0)
		FROM messages WHERE issue_id = $1 AND deleted_at = 0`, issueID)
}

// WaitingSince returns when the user wrote the first message after seq; zero if there is none.
func (tx *Tx) WaitingSince(issueID string, seq int64) (rejoin.Millis, error) {
	return one(tx, "conversation", scanMillis, `SELECT COALESCE(MIN(created_at), 0) FROM messages
		WHERE issue_id = $1 AND seq > $2 AND origin = 'end-user'`, issueID, seq)
}

// first returns the first of what was found, and whether there is one.
func first[T any](list []T, err error) (v T, ok bool, _ error) {
	if err != nil || len(list) == 0 {
		return v, false, err
	}
	return list[0], true, nil
}

// TakeOver makes what one user wrote in an issue another's, by whom it is found from now on. Sends that are repeated after that still find their first result. Should the other one
// have used a client_id too, theirs keeps it.
func (tx *Tx) TakeOver(issueID, from, to string) error {
	_, err := tx.exec(`UPDATE messages SET author_id = $3, client_id = CASE
		WHEN EXISTS (SELECT 1 FROM messages o WHERE o.author_id = $3 AND o.client_id = messages.client_id) THEN id ELSE client_id END
		WHERE issue_id = $1 AND author_id = $2`, issueID, from, to)
	if err != nil {
		return err
	}
	return tx.indexPersonOf(issueID, to)
}
