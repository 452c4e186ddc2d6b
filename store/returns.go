package store

import "rejoin"

const linkColumns = `token_hash, issue_id, follow_up_id, created_at, expires_at, uses, max_uses, revoked_at`

func scanLink(s scanner) (l rejoin.ReturnLink, err error) {
	err = s.Scan(&l.TokenHash, &l.IssueID, &l.FollowUpID, &l.CreatedAt, &l.ExpiresAt, &l.Uses, &l.MaxUses, &l.RevokedAt)
	return l, err
}

// AddReturnLink stores a link.
func (tx *Tx) AddReturnLink(l rejoin.ReturnLink) error {
	_, err := tx.exec(`INSERT INTO return_links (`+linkColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		l.TokenHash, l.IssueID, l.FollowUpID, l.CreatedAt, l.ExpiresAt, l.Uses, l.MaxUses, l.RevokedAt)
	return err
}

// ReturnLink returns the link with the token's hash.
func (tx *Tx) ReturnLink(tokenHash string) (rejoin.ReturnLink, error) {
	return one(tx, "link", scanLink, `SELECT `+linkColumns+` FROM return_links WHERE token_hash = $1`, tokenHash)
}

// LockReturnLink returns the link with the token's hash and keeps others from using it until the transaction ends.
func (tx *Tx) LockReturnLink(tokenHash string) (rejoin.ReturnLink, error) {
	return one(tx, "link", scanLink, `SELECT `+linkColumns+` FROM return_links WHERE token_hash = $1`+tx.forUpdate(), tokenHash)
}

// UseReturnLink counts one use.
func (tx *Tx) UseReturnLink(tokenHash string) error {
	_, err := tx.exec(`UPDATE return_links SET uses = uses + 1 WHERE token_hash = $1`, tokenHash)
	return err
}

// RevokeReturnLinks switches off all links of an issue and returns how many were on.
func (tx *Tx) RevokeReturnLinks(issueID string, now rejoin.Millis) (int64, error) {
	return tx.exec(`UPDATE return_links SET revoked_at = $2 WHERE issue_id = $1 AND revoked_at = 0`, issueID, now)
}

// DropUnsentTokens forgets the link and the mail token of a follow-up whose e-mail was not delivered.
func (tx *Tx) DropUnsentTokens(followUpID string) error {
	if _, err := tx.exec(`DELETE FROM return_links WHERE follow_up_id = $1`, followUpID); err != nil {
		return err
	}
	_, err := tx.exec(`DELETE FROM mail_tokens WHERE follow_up_id = $1`, followUpID)
	return err
}

// DropEnded forgets what ended long ago: sessions and links that have expired before the moment, and work that was given up before it.
func (tx *Tx) DropEnded(before rejoin.Millis) error {
	for _, statement := range []string{
		`DELETE FROM user_sessions WHERE expires_at < $1`,
		`DELETE FROM return_links WHERE expires_at < $1`,
		`DELETE FROM dead_jobs WHERE died_at < $1`,
	} {
		if _, err := tx.exec(statement, before); err != nil {
			return err
		}
	}
	return nil
}

// AddMailToken stores what lets the reader of an e-mail object to more of them.
func (tx *Tx) AddMailToken(t rejoin.MailToken) error {
	_, err := tx.exec(`INSERT INTO mail_tokens (token_hash, follow_up_id, issue_id, address, created_at) VALUES ($1, $2, $3, $4, $5)`,
		t.TokenHash, t.FollowUpID, t.IssueID, t.Address, t.CreatedAt)
	return err
}

// MailToken returns the token with the hash.
func (tx *Tx) MailToken(tokenHash string) (rejoin.MailToken, error) {
	return one(tx, "page", func(s scanner) (t rejoin.MailToken, err error) {
		err = s.Scan(&t.TokenHash, &t.FollowUpID, &t.IssueID, &t.Address, &t.CreatedAt)
		return t, err
	}, `SELECT token_hash, follow_up_id, issue_id, address, created_at FROM mail_tokens WHERE token_hash = $1`, tokenHash)
}

// AddSuppression stores a wish not to be mailed. It reports false if it was known.
func (tx *Tx) AddSuppression(s rejoin.Suppression) (bool, error) {
	n, err := tx.exec(`INSERT INTO suppressions (id, domain_id, app_id, issue_id, address, kind, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (domain_id, kind, app_id, issue_id, address) DO NOTHING`, s.ID, s.DomainID, s.AppID, s.IssueID, s.Address, s.Kind, s.CreatedAt)
	return n == 1, err
}

// Suppressed reports whether the wish is stored.
func (tx *Tx) Suppressed(s rejoin.Suppression) (bool, error) {
	n, err := one(tx, "wish", scanInt, `SELECT COUNT(*) FROM suppressions WHERE domain_id = $1 AND kind = $2 AND app_id = $3 AND issue_id = $4 AND address = $5`,
		s.DomainID, s.Kind, s.AppID, s.IssueID, s.Address)
	return n > 0, err
}

// DropSuppression forgets a wish: the reader has taken it back.
func (tx *Tx) DropSuppression(s rejoin.Suppression) error {
	_, err := tx.exec(`DELETE FROM suppressions WHERE domain_id = $1 AND kind = $2 AND app_id = $3 AND issue_id = $4 AND address = $5`,
		s.DomainID, s.Kind, s.AppID, s.IssueID, s.Address)
	return err
}
