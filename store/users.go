package store

import "rejoin"

const userColumns = `id, domain_id, app_id, name, email, email_source, language, time_zone, presence, presence_since, created_at, seen_at`

func userFields(u *rejoin.User) []any {
	return []any{&u.ID, &u.DomainID, &u.AppID, &u.Name, &u.Email, &u.EmailSource, &u.Language, &u.TimeZone, &u.Presence, &u.PresenceSince,
		&u.CreatedAt, &u.SeenAt}
}

func scanUser(s scanner) (u rejoin.User, err error) {
	err = s.Scan(userFields(&u)...)
	return u, err
}

// AddUser stores a new user.
func (tx *Tx) AddUser(u rejoin.User) error {
	_, err := tx.exec(`INSERT INTO users (`+userColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		u.ID, u.DomainID, u.AppID, u.Name, u.Email, u.EmailSource, u.Language, u.TimeZone, u.Presence, u.PresenceSince, u.CreatedAt, u.SeenAt)
	return err
}

// User returns the user with the id.
func (tx *Tx) User(id string) (rejoin.User, error) {
	return one(tx, "user", scanUser, `SELECT `+userColumns+` FROM users WHERE id = $1`, id)
}

// LockUser returns the user and keeps others from changing them until the transaction ends.
func (tx *Tx) LockUser(id string) (rejoin.User, error) {
	return one(tx, "user", scanUser, `SELECT `+userColumns+` FROM users WHERE id = $1`+tx.forUpdate(), id)
}

// SetProfile stores what was learned about the user.
func (tx *Tx) SetProfile(u rejoin.User) error {
	_, err := tx.exec(`UPDATE users SET name = $2, email = $3, email_source = $4 WHERE id = $1`, u.ID, u.Name, u.Email, u.EmailSource)
	return err
}

// SetPresence stores where the user is.
func (tx *Tx) SetPresence(userID string, p rejoin.Presence, since rejoin.Millis) error {
	_, err := tx.exec(`UPDATE users SET presence = $2, presence_since = $3 WHERE id = $1`, userID, p, since)
	return err
}

const sessionColumns = `token_hash, user_id, platform_id, issue_id, confirmed, created_at, seen_at, expires_at, revoked_at`

func scanSession(s scanner) (v rejoin.UserSession, err error) {
	err = s.Scan(&v.TokenHash, &v.UserID, &v.PlatformID, &v.IssueID, &v.Confirmed, &v.CreatedAt, &v.SeenAt, &v.ExpiresAt, &v.RevokedAt)
	return v, err
}

// AddUserSession stores a session. It reports false, and changes nothing, if the token was used before.
func (tx *Tx) AddUserSession(s rejoin.UserSession) (bool, error) {
	n, err := tx.exec(`INSERT INTO user_sessions (`+sessionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (token_hash) DO NOTHING`,
		s.TokenHash, s.UserID, s.PlatformID, s.IssueID, s.Confirmed, s.CreatedAt, s.SeenAt, s.ExpiresAt, s.RevokedAt)
	return n == 1, err
}

// UserSession returns the session with the token's hash, ended or not.
func (tx *Tx) UserSession(tokenHash string) (rejoin.UserSession, error) {
	return one(tx, "session", scanSession, `SELECT `+sessionColumns+` FROM user_sessions WHERE token_hash = $1`, tokenHash)
}

// TouchSession moves the session's end and notes that it was seen.
func (tx *Tx) TouchSession(tokenHash string, seen, expires rejoin.Millis) error {
	_, err := tx.exec(`UPDATE user_sessions SET seen_at = $2, expires_at = $3 WHERE token_hash = $1`, tokenHash, seen, expires)
	return err
}

// ConfirmSession notes that a person is behind a session made by a link.
func (tx *Tx) ConfirmSession(tokenHash string) error {
	_, err := tx.exec(`UPDATE user_sessions SET confirmed = TRUE WHERE token_hash = $1`, tokenHash)
	return err
}

// RevokeIssueSessions ends the sessions that return links of the issue have made.
func (tx *Tx) RevokeIssueSessions(issueID, userID string, now rejoin.Millis) error {
	_, err := tx.exec(`UPDATE user_sessions SET revoked_at = $3 WHERE user_id = $2 AND issue_id = $1 AND revoked_at = 0`, issueID, userID, now)
	return err
}
