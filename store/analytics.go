package store

import (
	"fmt"

	"rejoin"
)

// AnalyticsFilter chooses issues of a domain for a page of analytics.
type AnalyticsFilter struct {
	DomainID  string
	AppID     string // empty for all
	IssueID   string // empty for all
	From, To  rejoin.Millis
	ByCreated bool          // the period and the order go by when issues began, not by when they changed last
	AfterAt   rejoin.Millis // the last issue of the page before; AfterID is empty for the first page
	AfterID   string
	Limit     int
}

// AnalyticsRow is an issue with what stands beside it in other tables.
type AnalyticsRow struct {
	rejoin.Issue
	AppName    string
	Platform   rejoin.PlatformKind
	Email      string
	ExternalID string
	Language   string
}

// AnalyticsIssues returns a page of issues in order.
func (tx *Tx) AnalyticsIssues(f AnalyticsFilter) ([]AnalyticsRow, error) {
	column := `i.updated_at`
	if f.ByCreated {
		column = `i.created_at`
	}
	c := &conditions{}
	c.add(`i.domain_id = ? AND `+column+` >= ? AND `+column+` < ?`, f.DomainID, f.From, f.To)
	if f.AppID != "" {
		c.add(`i.app_id = ?`, f.AppID)
	}
	if f.IssueID != "" {
		c.add(`i.id = ?`, f.IssueID)
	}
	if f.AfterID != "" {
		c.add(`(`+column+`, i.id) > (?, ?)`, f.AfterAt, f.AfterID)
	}
	c.args = append(c.args, f.Limit)
	return all(tx, func(s scanner) (r AnalyticsRow, err error) {
		r.Issue, err = scanIssue(also{s, []any{&r.AppName, &r.Platform, &r.Email, &r.ExternalID, &r.Language}})
		return r, err
	}, `SELECT `+issueColumns+`, a.name, p.kind, u.email, u.external_id, u.language FROM issues i JOIN apps a ON a.id = i.app_id
		JOIN platforms p ON p.id = i.platform_id JOIN users u ON u.id = i.user_id `+c.where()+
		` ORDER BY `+column+`, i.id LIMIT `+fmt.Sprintf(`$%d`, len(c.args)), c.args...)
}

// idsAtOnce is how many ids one query names.
const idsAtOnce = 500

// inChunks asks for the rows of many issues, so many at once; query has a ? for the ids.
func inChunks[T any](tx *Tx, ids []string, scan func(scanner) (T, error), query string) (list []T, err error) {
	for len(ids) > 0 && err == nil {
		n := min(len(ids), idsAtOnce)
		var part []T
		c := &conditions{}
		c.in(`issue_id`, texts(ids[:n]))
		part, err = all(tx, scan, fmt.Sprintf(query, c.list[0]), c.args...)
		list, ids = append(list, part...), ids[n:]
	}
	return list, err
}

// Utterance is a message as analytics count it.
type Utterance struct {
	IssueID  string
	Origin   rejoin.Origin
	AuthorID string
	At       rejoin.Millis
}

// Utterances returns the messages of the issues that were not taken back, each issue's in order.
func (tx *Tx) Utterances(issueIDs []string) ([]Utterance, error) {
	return inChunks(tx, issueIDs, func(s scanner) (m Utterance, err error) {
		err = s.Scan(&m.IssueID, &m.Origin, &m.AuthorID, &m.At)
		return m, err
	}, `SELECT issue_id, origin, author_id, created_at FROM messages WHERE %s AND deleted_at = 0 ORDER BY issue_id, seq`)
}

// Turns returns the events of the issues that say where they went: assignments, states, queues and answers to the resolution question; each issue's in order.
func (tx *Tx) Turns(issueIDs []string) ([]rejoin.Event, error) {
	return inChunks(tx, issueIDs, scanEvent, `SELECT issue_id, n, kind, actor, data, created_at FROM events
		WHERE %s AND kind IN ('assigned', 'state_changed', 'queued', 'resolution') ORDER BY issue_id, n`)
}
