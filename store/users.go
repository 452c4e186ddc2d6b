package store

import (
	"fmt"
	"slices"
	"strings"

	"rejoin"
)

const userColumns = `id, domain_id, app_id, external_id, verified, attributes, name, email, email_source, language, time_zone, presence, presence_since, created_at, seen_at, skipped`

func userFields(u *rejoin.User) []any {
	return []any{&u.ID, &u.DomainID, &u.AppID, &u.ExternalID, &u.Verified, fromJSON(&u.Attributes), &u.Name, &u.Email, &u.EmailSource, &u.Language, &u.TimeZone, &u.Presence, &u.PresenceSince,
		&u.CreatedAt, &u.SeenAt, fromJSON(&u.Skipped)}
}

func scanUser(s scanner) (u rejoin.User, err error) {
	err = s.Scan(userFields(&u)...)
	return u, err
}

// AddUser stores a new user.
func (tx *Tx) AddUser(u rejoin.User) error {
	attributes, err := toJSON(u.Attributes)
	if err != nil {
		return err
	}
	skipped, err := toJSON(slices.Concat([]rejoin.Question{}, u.Skipped))
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO users (`+userColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		u.ID, u.DomainID, u.AppID, u.ExternalID, u.Verified, attributes, u.Name, u.Email, u.EmailSource, u.Language, u.TimeZone, u.Presence, u.PresenceSince, u.CreatedAt, u.SeenAt,
		skipped)
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
	attributes, err := toJSON(u.Attributes)
	if err != nil {
		return err
	}
	skipped, err := toJSON(slices.Concat([]rejoin.Question{}, u.Skipped))
	if err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE users SET name = $2, email = $3, email_source = $4, external_id = $5, verified = $6, attributes = $7, language = $8, skipped = $9 WHERE id = $1`,
		u.ID, u.Name, u.Email, u.EmailSource, u.ExternalID, u.Verified, attributes, u.Language, skipped)
	if err != nil {
		return err
	}
	return tx.indexPerson(u)
}

// SetPresence stores where the user is.
func (tx *Tx) SetPresence(userID string, p rejoin.Presence, since rejoin.Millis) error {
	_, err := tx.exec(`UPDATE users SET presence = $2, presence_since = $3 WHERE id = $1`, userID, p, since)
	return err
}

const sessionColumns = `token_hash, user_id, platform_id, issue_id, login, verified, by_jwt, device, confirmed, created_at, seen_at, expires_at, revoked_at`

func scanSession(s scanner) (v rejoin.UserSession, err error) {
	err = s.Scan(&v.TokenHash, &v.UserID, &v.PlatformID, &v.IssueID, &v.Login, &v.Verified, &v.ByJWT, &v.Device, &v.Confirmed, &v.CreatedAt, &v.SeenAt, &v.ExpiresAt, &v.RevokedAt)
	return v, err
}

// AddUserSession stores a session. It reports false, and changes nothing, if the token was used before.
func (tx *Tx) AddUserSession(s rejoin.UserSession) (bool, error) {
	n, err := tx.exec(`INSERT INTO user_sessions (`+sessionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (token_hash) DO NOTHING`,
		s.TokenHash, s.UserID, s.PlatformID, s.IssueID, s.Login, s.Verified, s.ByJWT, s.Device, s.Confirmed, s.CreatedAt, s.SeenAt, s.ExpiresAt, s.RevokedAt)
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

// UserByExternalID returns the app's user whom the host site knows by the id.
func (tx *Tx) UserByExternalID(appID, externalID string) (rejoin.User, error) {
	return one(tx, "user", scanUser, `SELECT `+userColumns+` FROM users WHERE app_id = $1 AND external_id = $2`, appID, externalID)
}

// UsersByExternalIDs returns those of the app's users whom the host site knows by one of the ids.
func (tx *Tx) UsersByExternalIDs(appID string, ids []string) ([]rejoin.User, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	marks, args := make([]string, len(ids)), []any{appID}
	for n, id := range ids {
		marks[n], args = fmt.Sprintf("$%d", n+2), append(args, id)
	}
	return all(tx, scanUser, `SELECT `+userColumns+` FROM users WHERE app_id = $1 AND external_id <> '' AND external_id IN (`+strings.Join(marks, ", ")+`)`, args...)
}

// UserByToldEmail returns the newest of the app's users whose address, told by the company, is this one; with signed, not those
// whose address a page has told without its server's signature. A typed address finds nobody.
func (tx *Tx) UserByToldEmail(appID, email string, signed bool) (rejoin.User, error) {
	return one(tx, "user", scanUser, `SELECT `+userColumns+` FROM users
		WHERE app_id = $1 AND email = $2 AND email_source IN ('asserted', 'verified', 'given') AND (email_source <> 'asserted' OR NOT $3)
		ORDER BY created_at DESC, id DESC`, appID, email, signed)
}

// SetSessionLogin notes how the session's user has logged in.
func (tx *Tx) SetSessionLogin(s rejoin.UserSession) error {
	_, err := tx.exec(`UPDATE user_sessions SET verified = $2, by_jwt = $3 WHERE token_hash = $1`, s.TokenHash, s.Verified, s.ByJWT)
	return err
}

// RevokeSession ends one session.
func (tx *Tx) RevokeSession(tokenHash string, now rejoin.Millis) error {
	_, err := tx.exec(`UPDATE user_sessions SET revoked_at = $2 WHERE token_hash = $1 AND revoked_at = 0`, tokenHash, now)
	return err
}

// RevokeUserSessions ends all sessions of a user.
func (tx *Tx) RevokeUserSessions(userID string, now rejoin.Millis) error {
	_, err := tx.exec(`UPDATE user_sessions SET revoked_at = $2 WHERE user_id = $1 AND revoked_at = 0`, userID, now)
	return err
}

// RevokeUnverified ends the sessions of an app's users who have logged in without a signature, and returns whose they were.
func (tx *Tx) RevokeUnverified(appID string, now rejoin.Millis) ([]string, error) {
	const theirs = ` WHERE login AND NOT verified AND revoked_at = 0 AND platform_id IN (SELECT id FROM platforms WHERE app_id = $1)`
	users, err := all(tx, scanText, `SELECT DISTINCT user_id FROM user_sessions`+theirs, appID)
	if err != nil {
		return nil, err
	}
	_, err = tx.exec(`UPDATE user_sessions SET revoked_at = $2`+theirs, appID, now)
	return users, err
}

// LinkedIssues returns the issues that the user's sessions made by return links, and going on, open.
func (tx *Tx) LinkedIssues(userID string, now rejoin.Millis) ([]string, error) {
	return all(tx, scanText, `SELECT DISTINCT issue_id FROM user_sessions
		WHERE user_id = $1 AND issue_id <> '' AND revoked_at = 0 AND expires_at > $2 ORDER BY issue_id`, userID, now)
}

// EndOldestSessions ends the user's logins that go on except the keep that were seen last, and returns how many those were. Call it before a login is
// added, with one less than the user may have: of several seen at the same moment any may go.
func (tx *Tx) EndOldestSessions(userID string, keep int, now rejoin.Millis) (int64, error) {
	return tx.exec(`UPDATE user_sessions SET revoked_at = $3 WHERE token_hash IN (SELECT token_hash FROM user_sessions
		WHERE user_id = $1 AND login AND revoked_at = 0 AND expires_at > $3
		ORDER BY seen_at DESC, created_at DESC, token_hash LIMIT 1000000 OFFSET $2)`, userID, keep, now)
}

// UserSessions returns the user's sessions that go on, latest seen first, at most 100.
func (tx *Tx) UserSessions(userID string, now rejoin.Millis) ([]rejoin.UserSession, error) {
	return all(tx, scanSession, `SELECT `+sessionColumns+` FROM user_sessions
		WHERE user_id = $1 AND revoked_at = 0 AND expires_at > $2 ORDER BY seen_at DESC, token_hash LIMIT 100`, userID, now)
}

// DropTabs forgets the user's open tabs: they report again as whoever holds them now.
func (tx *Tx) DropTabs(userID string) error {
	_, err := tx.exec(`DELETE FROM tabs WHERE user_id = $1`, userID)
	return err
}

// AddIdentity stores one more way the host site knows the user by. A known one is replaced.
func (tx *Tx) AddIdentity(userID string, n rejoin.NamedIdentity, now rejoin.Millis) error {
	metadata, err := toJSON(n.Metadata)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO user_identities (user_id, identifier, value, metadata, created_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (user_id, identifier, value) DO UPDATE SET metadata = excluded.metadata`, userID, n.Identifier, n.Value, metadata, now)
	return err
}

// Identities returns how the host site knows the user besides id and address, at most 100.
func (tx *Tx) Identities(userID string) ([]rejoin.NamedIdentity, error) {
	return all(tx, func(s scanner) (n rejoin.NamedIdentity, err error) {
		err = s.Scan(&n.Identifier, &n.Value, fromJSON(&n.Metadata))
		return n, err
	}, `SELECT identifier, value, metadata FROM user_identities WHERE user_id = $1 ORDER BY identifier, value LIMIT 100`, userID)
}

// KnowsIdentity reports whether the host site is known to know the user so.
func (tx *Tx) KnowsIdentity(userID string, n rejoin.NamedIdentity) (bool, error) {
	count, err := one(tx, "user", scanInt, `SELECT COUNT(*) FROM user_identities WHERE user_id = $1 AND identifier = $2 AND value = $3`, userID, n.Identifier, n.Value)
	return count > 0, err
}

// CountIdentities tells how many ways the host site knows the user by.
func (tx *Tx) CountIdentities(userID string) (int64, error) {
	return one(tx, "user", scanInt, `SELECT COUNT(*) FROM user_identities WHERE user_id = $1`, userID)
}

// SetTimeZone stores where the user's clock is.
func (tx *Tx) SetTimeZone(userID, zone string) error {
	_, err := tx.exec(`UPDATE users SET time_zone = $2 WHERE id = $1`, userID, zone)
	return err
}
