package store

import (
	"fmt"
	"strconv"
	"strings"

	"rejoin"
)

// InboxView is a fixed choice of issues, which filters narrow.
type InboxView string

// The views of an inbox.
const (
	ViewAll        InboxView = "all"
	ViewOpen       InboxView = "open"
	ViewMine       InboxView = "mine"       // open, assigned to who asks
	ViewUnassigned InboxView = "unassigned" // open
	ViewWaiting    InboxView = "waiting"    // the user waits for an answer
	ViewLeft       InboxView = "left"       // the user is gone and has not read everything
	ViewResolved   InboxView = "resolved"   // or rejected
	ViewUnread     InboxView = "unread"     // open, with messages no agent has seen
)

// Conditions of views. Those of indices in 0003_inbox.sql have to stand here as they stand there.
const (
	isOpen = `i.state NOT IN ('resolved', 'rejected')`
	isLeft = `i.user_read_seq < i.last_out_seq AND i.state <> 'rejected' AND
		(SELECT u.presence FROM users u WHERE u.id = i.user_id) NOT IN ('active', 'panel_closed', 'tab_hidden')`
	isUnread = `i.agent_read_seq < i.last_seq`
)

// InboxSort is an order of issues.
type InboxSort string

// The orders of an inbox.
const (
	ByUpdate  InboxSort = "updated" // newest change first
	ByCreated InboxSort = "created" // newest first
	ByWaiting InboxSort = "waiting" // longest waiting first, then those that do not wait
)

// waitingKey orders as in the index issues_waiting.
const waitingKey = `CASE WHEN i.waiting_since = 0 THEN 9007199254740991 ELSE i.waiting_since END`

// key is what the order sorts by, before the id, and in which direction.
func (s InboxSort) key() (expression, direction, beyond string) {
	switch s {
	case ByCreated:
		return `i.created_at`, `DESC`, `<`
	case ByWaiting:
		return waitingKey, `ASC`, `>`
	}
	return `i.updated_at`, `DESC`, `<`
}

// KeyOf is the issue's place in the order, for the next page.
func (s InboxSort) KeyOf(i rejoin.Issue) int64 {
	switch {
	case s == ByCreated:
		return int64(i.CreatedAt)
	case s != ByWaiting:
		return int64(i.UpdatedAt)
	case i.WaitingSince == 0:
		return 1<<53 - 1
	}
	return int64(i.WaitingSince)
}

// InboxQuery chooses issues.
type InboxQuery struct {
	DomainID string
	AgentID  string // who asks
	View     InboxView
	Filters  []rejoin.IssueFilter // that were checked; all must match
	Now      rejoin.Millis
	Sort     InboxSort
	AfterKey int64  // of the last row that is known
	AfterID  string // its id; empty for the first page
	Limit    int
}

// InboxRow is an issue with what an inbox shows beside it.
type InboxRow struct {
	Issue    rejoin.Issue
	User     rejoin.User
	Assignee string // the assignee's name
	Queue    string // the name of its queue; empty if in none
	Platform rejoin.PlatformKind
}

const inboxFrom = ` FROM issues i` + inboxJoins

const inboxJoins = ` JOIN users u ON u.id = i.user_id LEFT JOIN agents a ON a.id = i.assignee_id
	LEFT JOIN queues q ON q.id = i.queue_id JOIN platforms p ON p.id = i.platform_id `

var inboxColumns = issueColumns + `, ` + prefixed("u.", userColumns) + `, COALESCE(a.name, ''), COALESCE(q.name, ''), p.kind`

func prefixed(p, columns string) string {
	return p + strings.ReplaceAll(columns, ", ", ", "+p)
}

func scanInboxRow(s scanner) (r InboxRow, err error) {
	err = s.Scan(append(append(issueFields(&r.Issue), userFields(&r.User)...), &r.Assignee, &r.Queue, &r.Platform)...)
	return r, err
}

// Inbox returns issues in the order of the query.
func (tx *Tx) Inbox(q InboxQuery) ([]InboxRow, error) {
	c := tx.chosen(q)
	key, direction, beyond := q.Sort.key()
	if q.AfterID != "" {
		c.add(`(`+key+`, i.id) `+beyond+` (?, ?)`, q.AfterKey, q.AfterID)
	}
	return all(tx, scanInboxRow, `SELECT `+inboxColumns+inboxFrom+c.where()+fmt.Sprintf(` ORDER BY %s %s, i.id %s LIMIT %d`, key, direction, direction, q.Limit), c.args...)
}

// CountInbox returns how many issues the query chooses. It stops counting at the query's limit. The order leads SQLite to the view's index.
func (tx *Tx) CountInbox(q InboxQuery) (int64, error) {
	c := tx.chosen(q)
	return one(tx, "domain", scanInt, `SELECT COUNT(*) FROM (SELECT 1 AS one FROM issues i `+c.where()+`
		ORDER BY i.updated_at DESC, i.id DESC LIMIT `+strconv.Itoa(q.Limit)+`) AS chosen`, c.args...)
}

// NewestFollowUps returns the newest follow-up of each of the issues that has one, by issue.
func (tx *Tx) NewestFollowUps(issueIDs []string) (map[string]rejoin.FollowUp, error) {
	newest := map[string]rejoin.FollowUp{}
	if len(issueIDs) == 0 {
		return newest, nil
	}
	c := conditions{}
	c.in(`issue_id`, texts(issueIDs))
	list, err := all(tx, scanFollowUp, `SELECT `+followUpColumns+` FROM follow_ups `+c.where()+`
		AND n = (SELECT MAX(g.n) FROM follow_ups g WHERE g.issue_id = follow_ups.issue_id)`, c.args...)
	for _, f := range list {
		newest[f.IssueID] = f
	}
	return newest, err
}

// InboxRowOf returns one issue as the inbox shows it.
func (tx *Tx) InboxRowOf(issueID string) (InboxRow, error) {
	return one(tx, "conversation", scanInboxRow, `SELECT `+inboxColumns+inboxFrom+`WHERE i.id = $1`, issueID)
}

// UserLanguages returns the languages that the domain's users have.
func (tx *Tx) UserLanguages(domainID string) ([]string, error) {
	return all(tx, scanText, `SELECT DISTINCT language FROM users WHERE domain_id = $1 AND language <> '' ORDER BY language LIMIT 200`, domainID)
}
