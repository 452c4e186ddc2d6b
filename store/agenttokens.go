package store

import "rejoin"

const agentTokenColumns = `id, token_hash, kind, domain_id, email, role, agent_id, created_by, created_by_name, mail, created_at, asked_at, expires_at, used_at`

func scanAgentToken(s scanner) (t rejoin.AgentToken, err error) {
	err = s.Scan(&t.ID, &t.TokenHash, &t.Kind, &t.DomainID, &t.Email, &t.Role, &t.AgentID, &t.CreatedBy, &t.CreatedByName, &t.Mail,
		&t.CreatedAt, &t.AskedAt, &t.ExpiresAt, &t.UsedAt)
	return t, err
}

// AddAgentToken stores an invitation or a password reset. Added is false if it, or another open invitation of the address to the domain,
// is there already.
func (tx *Tx) AddAgentToken(t rejoin.AgentToken) (added bool, err error) {
	n, err := tx.exec(`INSERT INTO agent_tokens (`+agentTokenColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING`,
		t.ID, t.TokenHash, t.Kind, t.DomainID, t.Email, t.Role, t.AgentID, t.CreatedBy, t.CreatedByName, t.Mail, t.CreatedAt, t.AskedAt, t.ExpiresAt, t.UsedAt)
	return n > 0, err
}

// SaveAgentToken stores what may change of it: hash, state of the e-mail, and times.
func (tx *Tx) SaveAgentToken(t rejoin.AgentToken) error {
	_, err := tx.exec(`UPDATE agent_tokens SET token_hash = $2, mail = $3, asked_at = $4, expires_at = $5, used_at = $6 WHERE id = $1`,
		t.ID, t.TokenHash, t.Mail, t.AskedAt, t.ExpiresAt, t.UsedAt)
	return err
}

// LockAgentToken returns the one with the id and keeps others from changing it until the transaction ends.
func (tx *Tx) LockAgentToken(id string) (rejoin.AgentToken, error) {
	return one(tx, "link", scanAgentToken, `SELECT `+agentTokenColumns+` FROM agent_tokens WHERE id = $1`+tx.forUpdate(), id)
}

// AgentTokenByID returns the one with the id.
func (tx *Tx) AgentTokenByID(id string) (rejoin.AgentToken, error) {
	return one(tx, "link", scanAgentToken, `SELECT `+agentTokenColumns+` FROM agent_tokens WHERE id = $1`, id)
}

// AgentToken returns the one with the token's hash.
func (tx *Tx) AgentToken(tokenHash string) (rejoin.AgentToken, error) {
	return one(tx, "link", scanAgentToken, `SELECT `+agentTokenColumns+` FROM agent_tokens WHERE token_hash = $1 AND token_hash <> ''`, tokenHash)
}

// Invitations returns the domain's invitations that nobody has accepted, newest first.
func (tx *Tx) Invitations(domainID string) ([]rejoin.AgentToken, error) {
	return all(tx, scanAgentToken, `SELECT `+agentTokenColumns+` FROM agent_tokens WHERE domain_id = $1 AND kind = 'invitation' AND used_at = 0
		ORDER BY created_at DESC, id DESC`, domainID)
}

// InvitationsOf returns the invitations of an address that can still be accepted, newest first.
func (tx *Tx) InvitationsOf(email string, now rejoin.Millis) ([]rejoin.AgentToken, error) {
	return all(tx, scanAgentToken, `SELECT `+agentTokenColumns+` FROM agent_tokens WHERE email = $1 AND kind = 'invitation' AND used_at = 0 AND expires_at > $2
		ORDER BY created_at DESC, id DESC`, email, now)
}

// CountResets counts the password resets that were asked for an agent since a moment.
func (tx *Tx) CountResets(agentID string, since rejoin.Millis) (int64, error) {
	return one(tx, "number", scanInt, `SELECT count(*) FROM agent_tokens WHERE agent_id = $1 AND kind = 'reset' AND created_at >= $2`, agentID, since)
}

// DropAgentToken forgets an invitation.
func (tx *Tx) DropAgentToken(id string) error {
	_, err := tx.exec(`DELETE FROM agent_tokens WHERE id = $1`, id)
	return err
}

// SpendResets makes the links useless that would set the agent's password.
func (tx *Tx) SpendResets(agentID string, now rejoin.Millis) error {
	_, err := tx.exec(`UPDATE agent_tokens SET used_at = $2 WHERE agent_id = $1 AND kind = 'reset' AND used_at = 0`, agentID, now)
	return err
}

// DropAgentTokens forgets what ended before a moment.
func (tx *Tx) DropAgentTokens(before rejoin.Millis) error {
	_, err := tx.exec(`DELETE FROM agent_tokens WHERE expires_at < $1`, before)
	return err
}
