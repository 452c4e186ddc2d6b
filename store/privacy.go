package store

import (
	"strings"

	"rejoin"
)

// Held is what is held on a user, in numbers.
type Held struct {
	Conversations, Messages, Notes int64
	Files, FileBytes               int64
	Emails                         int64 // that were sent, or may have been
	Browsers                       int64 // sessions that go on
	Suppressed                     bool
	ErasedAt                       rejoin.Millis
}

const theirIssues = `SELECT id FROM issues WHERE user_id = $1`

// Held counts what is held on a user.
func (tx *Tx) Held(u rejoin.User, now rejoin.Millis) (h Held, err error) {
	_, err = one(tx, "user", func(s scanner) (struct{}, error) {
		return struct{}{}, s.Scan(&h.Conversations, &h.Messages, &h.Notes, &h.Files, &h.FileBytes, &h.Emails, &h.ErasedAt)
	}, `SELECT (SELECT COUNT(*) FROM issues WHERE user_id = $1),
		(SELECT COUNT(*) FROM messages WHERE NOT redacted AND issue_id IN (`+theirIssues+`)),
		(SELECT COUNT(*) FROM notes WHERE body <> '' AND issue_id IN (`+theirIssues+`)),
		(SELECT COUNT(*) FROM attachments WHERE issue_id IN (`+theirIssues+`)),
		(SELECT COALESCE(SUM(size), 0) FROM attachments WHERE issue_id IN (`+theirIssues+`)),
		(SELECT COUNT(*) FROM follow_ups WHERE state IN ('sent', 'unknown') AND issue_id IN (`+theirIssues+`)),
		erased_at FROM users WHERE id = $1`, u.ID)
	if err != nil {
		return h, err
	}
	h.Browsers, err = one(tx, "user", scanInt, `SELECT COUNT(*) FROM user_sessions WHERE user_id = $1 AND revoked_at = 0 AND expires_at > $2`, u.ID, now)
	if err != nil || u.Email == "" {
		return h, err
	}
	wishes, err := tx.WishesOf(u.DomainID, u.Email)
	h.Suppressed = len(wishes) > 0
	return h, err
}

// IssueIDsOf returns the user's issues by id after the given one.
func (tx *Tx) IssueIDsOf(userID, after string, limit int) ([]string, error) {
	return all(tx, scanText, `SELECT id FROM issues WHERE user_id = $1 AND id > $2 ORDER BY id LIMIT $3`, userID, after, limit)
}

// FactsOf returns what was noted about the user's address and presence, in order.
func (tx *Tx) FactsOf(userID string) ([]rejoin.Fact, error) {
	return all(tx, scanFact, `SELECT `+factColumns+` FROM facts WHERE user_id = $1 AND kind IN ('address', 'presence') ORDER BY at, act, n`, userID)
}

// AllSessions returns the user's sessions, ended ones too, latest first, at most limit.
func (tx *Tx) AllSessions(userID string, limit int) ([]rejoin.UserSession, error) {
	return all(tx, scanSession, `SELECT `+sessionColumns+` FROM user_sessions WHERE user_id = $1 ORDER BY seen_at DESC, token_hash LIMIT $2`, userID, limit)
}

// FollowUpsOf returns all follow-ups of the issue, oldest first.
func (tx *Tx) FollowUpsOf(issueID string) ([]rejoin.FollowUp, error) {
	return all(tx, scanFollowUp, `SELECT `+followUpColumns+` FROM follow_ups WHERE issue_id = $1 ORDER BY n`, issueID)
}

// BotRunsOf returns all runs of bots in the issue, oldest first.
func (tx *Tx) BotRunsOf(issueID string) ([]rejoin.BotRun, error) {
	return all(tx, scanRun, `SELECT `+runColumns+` FROM bot_runs WHERE issue_id = $1 ORDER BY n`, issueID)
}

// SetEvent replaces what an event says and who caused it.
func (tx *Tx) SetEvent(e rejoin.Event) error {
	actor, err := toJSON(e.Actor)
	if err != nil {
		return err
	}
	data, err := toJSON(e.Data)
	if err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE events SET actor = $3, data = $4 WHERE issue_id = $1 AND n = $2`, e.IssueID, e.N, actor, data)
	return err
}

// EraseIssue takes away what people wrote in the issue and what tells who its user is, apart from its events, from what SaveIssue stores and from
// addresses. Files are no message's any more, and to be dropped. The version is the one that the issue is going to have.
func (tx *Tx) EraseIssue(id string, version int64, now rejoin.Millis) error {
	for _, s := range []struct {
		text string
		args []any
	}{
		{`UPDATE messages SET body = '', input = NULL, files = 0, redacted = TRUE, changed_version = $2, edited_by = '', deleted_at = CASE WHEN deleted_at = 0 THEN $3 ELSE deleted_at END
			WHERE issue_id = $1 AND NOT redacted`, []any{id, version, now}},
		{`UPDATE attachments SET issue_id = '', seq = 0, size = 0, client_id = id, name = '' WHERE issue_id = $1`, []any{id}},
		{`UPDATE notes SET body = '' WHERE issue_id = $1`, []any{id}},
		{`UPDATE issues SET title = '', start_url = '', meta = '{}', fields = '{}', changed_version = $2 WHERE id = $1`, []any{id, version}},
		{`DELETE FROM issue_fields WHERE issue_id = $1`, []any{id}},
		{`DELETE FROM search WHERE issue_id = $1`, []any{id}},
		{`UPDATE bot_runs SET answers = '{}', lists = '{}', error = '' WHERE issue_id = $1`, []any{id}},
		{`UPDATE follow_ups SET response = '' WHERE issue_id = $1`, []any{id}},
		{`DELETE FROM mail_tokens WHERE issue_id = $1`, []any{id}},
		{`DELETE FROM suppressions WHERE issue_id = $1`, []any{id}},
		{`UPDATE return_links SET revoked_at = $2 WHERE issue_id = $1 AND revoked_at = 0`, []any{id, now}},
		{`DELETE FROM jobs WHERE kind = 'rule_webhook' AND key LIKE $1`, []any{id + " %"}},
		{`DELETE FROM dead_jobs WHERE key = $1 OR key LIKE $2`, []any{id, id + " %"}},
	} {
		if _, err := tx.exec(s.text, s.args...); err != nil {
			return err
		}
	}
	return nil
}

// FilesOf returns the ids of all files of the issue.
func (tx *Tx) FilesOf(issueID string) ([]string, error) {
	return all(tx, scanText, `SELECT id FROM attachments WHERE issue_id = $1 ORDER BY seq, place`, issueID)
}

// CondemnUnsentOf makes the files incomplete that the user has uploaded and not sent, and returns their ids.
func (tx *Tx) CondemnUnsentOf(userID string) ([]string, error) {
	return all(tx, scanText, `UPDATE attachments SET size = 0, client_id = id, name = '' WHERE issue_id = ''
		AND owner IN (SELECT token_hash FROM user_sessions WHERE user_id = $1) RETURNING id`, userID)
}

// AddressesOf returns every address that the user is known by, or was.
func (tx *Tx) AddressesOf(userID string) ([]string, error) {
	return all(tx, scanText, `SELECT email FROM users WHERE id = $1 AND email <> ''
		UNION SELECT value FROM facts WHERE user_id = $1 AND kind = 'address' AND value <> ''
		UNION SELECT address FROM follow_ups WHERE issue_id IN (`+theirIssues+`) AND address <> '' ORDER BY 1`, userID)
}

// WishesOf returns the wishes not to mail the address.
func (tx *Tx) WishesOf(domainID, address string) ([]rejoin.Suppression, error) {
	return all(tx, func(s scanner) (w rejoin.Suppression, err error) {
		err = s.Scan(&w.ID, &w.DomainID, &w.AppID, &w.IssueID, &w.Address, &w.Kind, &w.CreatedAt)
		return w, err
	}, `SELECT id, domain_id, app_id, issue_id, address, kind, created_at FROM suppressions WHERE domain_id = $1 AND address = $2 ORDER BY id`, domainID, address)
}

// AddressIsOthers reports whether another user of the domain has the address.
func (tx *Tx) AddressIsOthers(u rejoin.User, address string) (bool, error) {
	n, err := one(tx, "count", scanInt, `SELECT COUNT(*) FROM users WHERE domain_id = $1 AND email = $2 AND id <> $3`, u.DomainID, address, u.ID)
	return n > 0, err
}

// EraseAddress puts another text where the address stands in the user's follow-ups and facts.
func (tx *Tx) EraseAddress(u rejoin.User, address, instead string) error {
	if _, err := tx.exec(`UPDATE follow_ups SET address = $3 WHERE address = $2 AND issue_id IN (`+theirIssues+`)`, u.ID, address, instead); err != nil {
		return err
	}
	if _, err := tx.exec(`UPDATE facts SET value = $3 WHERE user_id = $1 AND kind = 'address' AND value = $2`, u.ID, address, instead); err != nil {
		return err
	}
	_, err := tx.exec(`DELETE FROM dead_jobs WHERE key = $1`, u.DomainID+" "+address)
	return err
}

// EraseWishes puts another text where the address stands in the domain's wishes, and in what was noted about them.
func (tx *Tx) EraseWishes(domainID, address, instead string) error {
	if _, err := tx.exec(`DELETE FROM suppressions WHERE domain_id = $1 AND address = $2 AND EXISTS (SELECT 1 FROM suppressions o WHERE o.domain_id = $1
		AND o.address = $3 AND o.kind = suppressions.kind AND o.app_id = suppressions.app_id AND o.issue_id = suppressions.issue_id)`, domainID, address, instead); err != nil {
		return err
	}
	if _, err := tx.exec(`UPDATE suppressions SET address = $3 WHERE domain_id = $1 AND address = $2`, domainID, address, instead); err != nil {
		return err
	}
	_, err := tx.exec(`UPDATE facts SET value = $3 WHERE domain_id = $1 AND kind IN ('wished', 'unwished') AND value = $2`, domainID, address, instead)
	return err
}

// EraseUser takes away what tells who the user is. Their sessions have been revoked, and their addresses erased.
func (tx *Tx) EraseUser(u rejoin.User, now rejoin.Millis) error {
	for _, s := range []struct {
		text string
		args []any
	}{
		{`DELETE FROM chat_links WHERE domain_id = $1 AND ($2 <> '' AND LOWER(opening ->> 'userEmail') = $2 OR $3 <> '' AND opening ->> 'userId' = $3
			OR opening -> 'metadata' -> 'custom' ->> 'phone_number' IN (SELECT n.value FROM user_identities n WHERE n.user_id = $4 AND n.identifier = 'phone_number'))`,
			[]any{u.DomainID, strings.ToLower(u.Email), u.ExternalID, u.ID}},
		{`DELETE FROM user_identities WHERE user_id = $1`, []any{u.ID}},
		{`UPDATE user_sessions SET device = '' WHERE user_id = $1`, []any{u.ID}},
		{`DELETE FROM tabs WHERE user_id = $1`, []any{u.ID}},
		{`UPDATE users SET name = '', email = '', email_source = '', external_id = '', verified = FALSE, attributes = '{}', skipped = '[]', language = '', time_zone = '',
			erased_at = $2 WHERE id = $1`, []any{u.ID, now}},
	} {
		if _, err := tx.exec(s.text, s.args...); err != nil {
			return err
		}
	}
	return nil
}
