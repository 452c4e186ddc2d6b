package store

import (
	"fmt"

	"rejoin"
)

// UserFilter chooses users of a domain. What is empty chooses everybody.
type UserFilter struct {
	DomainID   string
	AppID      string
	Email      string // in lower case, however we know it
	ExternalID string
	From, To   rejoin.Millis // created at or after, before; zero for no limit
}

func (f UserFilter) where() *conditions {
	c := &conditions{}
	c.add(`u.domain_id = ?`, f.DomainID)
	if f.AppID != "" {
		c.add(`u.app_id = ?`, f.AppID)
	}
	if f.Email != "" {
		c.add(`u.email <> '' AND u.email = ?`, f.Email)
	}
	if f.ExternalID != "" {
		c.add(`u.external_id <> '' AND u.external_id = ? AND u.app_id IN (SELECT id FROM apps WHERE domain_id = ?)`, f.ExternalID, f.DomainID)
	}
	if f.From > 0 {
		c.add(`u.created_at >= ?`, f.From)
	}
	if f.To > 0 {
		c.add(`u.created_at < ?`, f.To)
	}
	return c
}

// Users returns a part of the users in the order in which they came: after so many, at most limit.
func (tx *Tx) Users(f UserFilter, after, limit int) ([]rejoin.User, error) {
	c := f.where()
	c.args = append(c.args, limit, after)
	n := len(c.args)
	return all(tx, scanUser, `SELECT `+prefixed("u.", userColumns)+` FROM users u `+c.where()+
		fmt.Sprintf(` ORDER BY u.created_at, u.id LIMIT $%d OFFSET $%d`, n-1, n), c.args...)
}

// CountUsers counts them, and stops counting at most.
func (tx *Tx) CountUsers(f UserFilter, most int) (int64, error) {
	c := f.where()
	c.args = append(c.args, most)
	return one(tx, "count", scanInt, `SELECT COUNT(*) FROM (SELECT 1 FROM users u `+c.where()+fmt.Sprintf(` LIMIT $%d) AS x`, len(c.args)), c.args...)
}

// SuppressionFilter chooses wishes not to be mailed. What is empty chooses all.
type SuppressionFilter struct {
	DomainID string
	ID       string
	Address  string
	Kind     rejoin.SuppressionKind
}

// SuppressionRow is a wish with the number of the conversation that it is about, zero if about none.
type SuppressionRow struct {
	rejoin.Suppression
	Number int64
}

func (f SuppressionFilter) where() *conditions {
	c := &conditions{}
	c.add(`s.domain_id = ?`, f.DomainID)
	if f.ID != "" {
		c.add(`s.id = ?`, f.ID)
	}
	if f.Address != "" {
		c.add(`s.address = ?`, f.Address)
	}
	if f.Kind != "" {
		c.add(`s.kind = ?`, f.Kind)
	}
	return c
}

// Suppressions returns a part of the wishes in the order in which they came: after so many, at most limit.
func (tx *Tx) Suppressions(f SuppressionFilter, after, limit int) ([]SuppressionRow, error) {
	c := f.where()
	c.args = append(c.args, limit, after)
	n := len(c.args)
	return all(tx, func(s scanner) (r SuppressionRow, err error) {
		err = s.Scan(&r.ID, &r.DomainID, &r.AppID, &r.IssueID, &r.Address, &r.Kind, &r.CreatedAt, &r.Number)
		return r, err
	}, `SELECT s.id, s.domain_id, s.app_id, s.issue_id, s.address, s.kind, s.created_at, COALESCE(i.number, 0)
		FROM suppressions s LEFT JOIN issues i ON i.id = s.issue_id `+c.where()+fmt.Sprintf(` ORDER BY s.created_at, s.id LIMIT $%d OFFSET $%d`, n-1, n), c.args...)
}

// CountSuppressions counts them, and stops counting at most.
func (tx *Tx) CountSuppressions(f SuppressionFilter, most int) (int64, error) {
	c := f.where()
	c.args = append(c.args, most)
	return one(tx, "count", scanInt, `SELECT COUNT(*) FROM (SELECT 1 FROM suppressions s `+c.where()+fmt.Sprintf(` LIMIT $%d) AS x`, len(c.args)), c.args...)
}

// FollowUps returns the issue's follow-ups, the oldest first, at most 1,000 of the newest.
func (tx *Tx) FollowUps(issueID string) ([]rejoin.FollowUp, error) {
	return all(tx, scanFollowUp, `SELECT `+followUpColumns+` FROM (SELECT * FROM follow_ups WHERE issue_id = $1 ORDER BY n DESC LIMIT 1000) AS newest ORDER BY n`, issueID)
}

// OutboundID is where an outbound message stands in its issue, and its id.
type OutboundID struct {
	Seq int64
	ID  string
}

// OutboundIDs returns the issue's outbound messages from a seq on, in order, without those that were taken back.
func (tx *Tx) OutboundIDs(issueID string, from int64) ([]OutboundID, error) {
	return all(tx, func(s scanner) (o OutboundID, err error) {
		err = s.Scan(&o.Seq, &o.ID)
		return o, err
	}, `SELECT seq, id FROM messages WHERE issue_id = $1 AND seq >= $2 AND origin <> 'end-user' AND deleted_at = 0 ORDER BY seq`, issueID, from)
}

// EventsFrom returns the issue's events after n in order, the oldest first, at most limit.
func (tx *Tx) EventsFrom(issueID string, n int64, limit int) ([]rejoin.Event, error) {
	return all(tx, scanEvent, `SELECT issue_id, n, kind, actor, data, created_at FROM events WHERE issue_id = $1 AND n > $2 ORDER BY n LIMIT $3`, issueID, n, limit)
}

// MessagesSince returns the issue's messages written after the moment and not taken back, in order, at most limit.
func (tx *Tx) MessagesSince(issueID string, after rejoin.Millis, limit int) ([]rejoin.Message, error) {
	return tx.withFiles(all(tx, scanMessage, `SELECT `+messageColumns+` FROM messages
		WHERE issue_id = $1 AND created_at > $2 AND deleted_at = 0 ORDER BY seq LIMIT $3`, issueID, after, limit))
}
