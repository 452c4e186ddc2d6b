package store

import "rejoin"

const replyColumns = `id, domain_id, owner_id, title, body, created_at, updated_at`

func scanReply(s scanner) (r rejoin.SavedReply, err error) {
	err = s.Scan(&r.ID, &r.DomainID, &r.OwnerID, &r.Title, &r.Body, &r.CreatedAt, &r.UpdatedAt)
	return r, err
}

// AddSavedReply stores a saved reply.
func (tx *Tx) AddSavedReply(r rejoin.SavedReply) error {
	_, err := tx.exec(`INSERT INTO saved_replies (`+replyColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		r.ID, r.DomainID, r.OwnerID, r.Title, r.Body, r.CreatedAt, r.UpdatedAt)
	return err
}

// SaveSavedReply stores what can change about a saved reply.
func (tx *Tx) SaveSavedReply(r rejoin.SavedReply) error {
	_, err := tx.exec(`UPDATE saved_replies SET owner_id = $2, title = $3, body = $4, updated_at = $5 WHERE id = $1`,
		r.ID, r.OwnerID, r.Title, r.Body, r.UpdatedAt)
	return err
}

// DeleteSavedReply forgets a saved reply.
func (tx *Tx) DeleteSavedReply(id string) error {
	_, err := tx.exec(`DELETE FROM saved_replies WHERE id = $1`, id)
	return err
}

// SavedReplies returns the domain's shared replies and the agent's own, by title.
func (tx *Tx) SavedReplies(domainID, agentID string) ([]rejoin.SavedReply, error) {
	return all(tx, scanReply, `SELECT `+replyColumns+` FROM saved_replies WHERE domain_id = $1 AND owner_id IN ('', $2) ORDER BY LOWER(title), id`,
		domainID, agentID)
}

// SavedReply returns the saved reply with the id.
func (tx *Tx) SavedReply(id string) (rejoin.SavedReply, error) {
	return one(tx, "saved reply", scanReply, `SELECT `+replyColumns+` FROM saved_replies WHERE id = $1`, id)
}
