package store

import (
	"rejoin"
)

const followUpColumns = `id, issue_id, n, domain_id, from_seq, to_seq, state, reason, due_at, address, held_by, send_now_by, message_id, attempt, refusals, retry_at,
	response, sent_at, opened_at, returned_at, replied_at, created_at, updated_at`

func followUpFields(f *rejoin.FollowUp) []any {
	return []any{&f.ID, &f.IssueID, &f.N, &f.DomainID, &f.FromSeq, &f.ToSeq, &f.State, &f.Reason, &f.DueAt, &f.Address, &f.HeldBy, &f.SendNowBy, &f.MessageID, &f.Attempt, &f.Refusals, &f.RetryAt,
		&f.Response, &f.SentAt, &f.OpenedAt, &f.ReturnedAt, &f.RepliedAt, &f.CreatedAt, &f.UpdatedAt}
}

func scanFollowUp(s scanner) (f rejoin.FollowUp, err error) {
	err = s.Scan(followUpFields(&f)...)
	return f, err
}

// AddFollowUp stores a new follow-up.
func (tx *Tx) AddFollowUp(f rejoin.FollowUp) error {
	_, err := tx.exec(`INSERT INTO follow_ups (`+followUpColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`,
		f.ID, f.IssueID, f.N, f.DomainID, f.FromSeq, f.ToSeq, f.State, f.Reason, f.DueAt, f.Address, f.HeldBy, f.SendNowBy, f.MessageID, f.Attempt, f.Refusals, f.RetryAt,
		f.Response, f.SentAt, f.OpenedAt, f.ReturnedAt, f.RepliedAt, f.CreatedAt, f.UpdatedAt)
	return err
}

// SaveFollowUp stores everything about the follow-up that can change.
func (tx *Tx) SaveFollowUp(f rejoin.FollowUp) error {
	_, err := tx.exec(`UPDATE follow_ups SET from_seq = $2, to_seq = $3, state = $4, reason = $5, due_at = $6, address = $7, held_by = $8,
		send_now_by = $9, message_id = $10, attempt = $11, refusals = $12, retry_at = $13, response = $14, sent_at = $15, opened_at = $16,
		returned_at = $17, replied_at = $18, updated_at = $19 WHERE id = $1`,
		f.ID, f.FromSeq, f.ToSeq, f.State, f.Reason, f.DueAt, f.Address, f.HeldBy,
		f.SendNowBy, f.MessageID, f.Attempt, f.Refusals, f.RetryAt, f.Response, f.SentAt, f.OpenedAt, f.ReturnedAt, f.RepliedAt, f.UpdatedAt)
	return err
}

// FollowUp returns the follow-up with the id.
func (tx *Tx) FollowUp(id string) (rejoin.FollowUp, error) {
	return one(tx, "follow-up", scanFollowUp, `SELECT `+followUpColumns+` FROM follow_ups WHERE id = $1`, id)
}

// NewestFollowUp returns the issue's newest follow-up and whether there is one.
func (tx *Tx) NewestFollowUp(issueID string) (rejoin.FollowUp, bool, error) {
	list, err := all(tx, scanFollowUp, `SELECT `+followUpColumns+` FROM follow_ups WHERE issue_id = $1 ORDER BY n DESC LIMIT 1`, issueID)
	if err != nil || len(list) == 0 {
		return rejoin.FollowUp{}, false, err
	}
	return list[0], true, nil
}

// MailedFollowUps returns the issue's follow-ups that were or may have been mailed, oldest first.
func (tx *Tx) MailedFollowUps(issueID string) ([]rejoin.FollowUp, error) {
	return all(tx, scanFollowUp, `SELECT `+followUpColumns+` FROM follow_ups
		WHERE issue_id = $1 AND state IN ('sent', 'unknown') ORDER BY n`, issueID)
}

// LiveFollowUpIssues returns the issues of an app whose newest follow-up can still lead to an e-mail, by id after the given one.
func (tx *Tx) LiveFollowUpIssues(appID, after string, limit int) ([]string, error) {
	return all(tx, scanText, `SELECT DISTINCT i.id FROM issues i JOIN follow_ups f ON f.issue_id = i.id
		WHERE i.app_id = $1 AND i.id > $2 AND f.state IN ('waiting', 'skipped', 'sending') ORDER BY i.id LIMIT $3`, appID, after, limit)
}

// LiveAddressIssues returns the issues of a domain's users with this address whose follow-up can still lead to an e-mail.
func (tx *Tx) LiveAddressIssues(domainID, address string, limit int) ([]string, error) {
	return all(tx, scanText, `SELECT DISTINCT i.id FROM issues i JOIN users u ON u.id = i.user_id JOIN follow_ups f ON f.issue_id = i.id
		WHERE i.domain_id = $1 AND u.email = $2 AND f.state IN ('waiting', 'skipped', 'sending') ORDER BY i.id LIMIT $3`, domainID, address, limit)
}

func scanText(s scanner) (v string, err error) {
	err = s.Scan(&v)
	return v, err
}

func scanMillis(s scanner) (v rejoin.Millis, err error) {
	err = s.Scan(&v)
	return v, err
}

// IssueMails returns when e-mails about the issue went out or may have gone out: those after since and the newest ever, ascending.
func (tx *Tx) IssueMails(issueID string, since rejoin.Millis) ([]rejoin.Millis, error) {
	return all(tx, scanMillis, `SELECT sent_at FROM follow_ups f WHERE f.issue_id = $1 AND f.sent_at > 0 AND (f.sent_at > $2 OR f.sent_at =
		(SELECT MAX(g.sent_at) FROM follow_ups g WHERE g.issue_id = $1)) ORDER BY sent_at`, issueID, since)
}

// AddressMails returns when e-mails went out or may have gone out to the address after since, ascending.
func (tx *Tx) AddressMails(domainID, address string, since rejoin.Millis) ([]rejoin.Millis, error) {
	return all(tx, scanMillis, `SELECT sent_at FROM follow_ups WHERE domain_id = $1 AND address = $2 AND sent_at > $3 ORDER BY sent_at`, domainID, address, since)
}

// Bounced reports whether the newest e-mail to the address, of those whose outcome is known, was refused for good.
func (tx *Tx) Bounced(domainID, address string) (bool, error) {
	state, _, err := first(all(tx, scanText, `SELECT state FROM follow_ups WHERE domain_id = $1 AND address = $2
		AND (state = 'sent' OR state = 'failed' AND reason = 'refused') ORDER BY created_at DESC, id DESC LIMIT 1`, domainID, address))
	return state == string(rejoin.FollowUpFailed), err
}

// LockText makes others that lock the same text wait until the transaction ends.
func (tx *Tx) LockText(text string) error {
	if tx.dialect.textLock == "" {
		return nil
	}
	_, err := tx.exec(tx.dialect.textLock, text)
	return err
}

// PolicyFacts is what the follow-up decision needs about an issue's surroundings.
type PolicyFacts struct {
	Domain     rejoin.Domain
	App        rejoin.App
	User       rejoin.User
	Suppressed rejoin.SuppressionKind
}

// PolicyFacts loads them in one go: it stands on the path of every reply.
func (tx *Tx) PolicyFacts(i rejoin.Issue) (PolicyFacts, error) {
	return one(tx, "conversation", func(s scanner) (p PolicyFacts, err error) {
		p.App.Settings = rejoin.DefaultAppSettings()
		p.Domain.ID, p.App.ID = i.DomainID, i.AppID
		err = s.Scan(append(userFields(&p.User), &p.Domain.Name, fromJSON(&p.Domain.Features), &p.App.Name, fromJSON(&p.App.Settings), &p.Suppressed)...)
		return p, err
	}, `SELECT `+prefixed("u.", userColumns)+`, d.name, d.features, a.name, a.settings, COALESCE((SELECT s.kind FROM suppressions s
		WHERE s.domain_id = d.id AND (s.kind = 'mute' AND s.issue_id = $2 OR s.address = u.email
			AND (s.kind = 'not_me' OR s.kind = 'unsubscribe' AND s.app_id = a.id))
		ORDER BY s.kind LIMIT 1), '')
		FROM users u JOIN domains d ON d.id = u.domain_id JOIN apps a ON a.id = $3 WHERE u.id = $1`, i.UserID, i.ID, i.AppID)
}
