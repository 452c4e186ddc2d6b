package store

import "rejoin"

const chatLinkColumns = `token_hash, domain_id, app_id, platform_id, opening, created_by, created_at, expires_at, views, max_views`

func scanChatLink(s scanner) (l rejoin.ChatLink, err error) {
	err = s.Scan(&l.TokenHash, &l.DomainID, &l.AppID, &l.PlatformID, fromJSON(&l.Opening), &l.CreatedBy, &l.CreatedAt, &l.ExpiresAt, &l.Views, &l.MaxViews)
	return l, err
}

// AddChatLink stores a link into the chat.
func (tx *Tx) AddChatLink(l rejoin.ChatLink) error {
	opening, err := toJSON(l.Opening)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO chat_links (`+chatLinkColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		l.TokenHash, l.DomainID, l.AppID, l.PlatformID, opening, l.CreatedBy, l.CreatedAt, l.ExpiresAt, l.Views, l.MaxViews)
	return err
}

// ViewChatLink counts a view of the link with the token's hash and returns it. NotFound means that there is none of that platform that still opens.
func (tx *Tx) ViewChatLink(tokenHash, platformID string, now rejoin.Millis) (rejoin.ChatLink, error) {
	n, err := tx.exec(`UPDATE chat_links SET views = views + 1 WHERE token_hash = $1 AND platform_id = $2 AND expires_at > $3 AND (max_views = 0 OR views < max_views)`,
		tokenHash, platformID, now)
	if err == nil && n == 0 {
		err = rejoin.Errorf(rejoin.NotFound, "There is no such link.")
	}
	if err != nil {
		return rejoin.ChatLink{}, err
	}
	return one(tx, "link", scanChatLink, `SELECT `+chatLinkColumns+` FROM chat_links WHERE token_hash = $1`, tokenHash)
}

// DropChatLinks forgets the links that have expired before the moment.
func (tx *Tx) DropChatLinks(before rejoin.Millis) error {
	_, err := tx.exec(`DELETE FROM chat_links WHERE expires_at < $1`, before)
	return err
}

// UserByIdentity returns the newest of the app's users whom the host site is known to know so.
func (tx *Tx) UserByIdentity(appID string, n rejoin.NamedIdentity) (rejoin.User, error) {
	return one(tx, "user", scanUser, `SELECT `+prefixed("u.", userColumns)+` FROM user_identities n JOIN users u ON u.id = n.user_id
		WHERE n.identifier = $2 AND n.value = $3 AND u.app_id = $1 ORDER BY u.created_at DESC, u.id DESC LIMIT 1`, appID, n.Identifier, n.Value)
}

// ActiveIssue returns the newest of the user's conversations that go on, and whether there is one.
func (tx *Tx) ActiveIssue(userID string) (rejoin.Issue, bool, error) {
	return first(all(tx, scanIssue, `SELECT `+issueColumns+` FROM issues i
		WHERE i.user_id = $1 AND i.state NOT IN ('resolved', 'rejected') ORDER BY i.created_at DESC, i.number DESC LIMIT 1`, userID))
}
