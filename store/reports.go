package store

import (
	"fmt"
	"strings"

	"rejoin"
)

// Period chooses what a report is about: a domain, one of its apps or, if AppID is empty, all, and the time from a moment to before another.
type Period struct {
	DomainID, AppID string
	From, To        rejoin.Millis
}

func (p Period) args() []any { return []any{p.DomainID, p.From, p.To, p.AppID} }

// inPeriod is the condition that a column of issues i lies in the period; its arguments are $1 to $4.
func inPeriod(column string) string {
	return `i.domain_id = $1 AND ` + column + ` >= $2 AND ` + column + ` < $3 AND ($4 = '' OR i.app_id = $4)`
}

// Served is when a conversation reached a step, and by whose hand.
type Served struct {
	CreatedAt rejoin.Millis
	At        rejoin.Millis // zero: not yet
	By        string        // an agent's id; empty if nobody's
}

func scanServed(s scanner) (v Served, err error) {
	err = s.Scan(&v.CreatedAt, &v.At, &v.By)
	return v, err
}

// Begun returns the conversations that began in the period, with their first response.
func (tx *Tx) Begun(p Period) ([]Served, error) {
	return all(tx, scanServed, `SELECT i.created_at, i.first_response_at, i.first_response_by FROM issues i WHERE `+inPeriod(`i.created_at`), p.args()...)
}

// ResolvedIn returns the conversations that were resolved in the period and still are.
func (tx *Tx) ResolvedIn(p Period) ([]Served, error) {
	return all(tx, scanServed, `SELECT i.created_at, i.resolved_at, i.resolved_by FROM issues i WHERE i.resolved_at > 0 AND `+inPeriod(`i.resolved_at`), p.args()...)
}

// Stars is how often a rating was given to what an agent has resolved.
type Stars struct {
	Rating int // 1 to 5; 0 for a comment alone
	By     string
	Count  int64
}

// RatedIn counts the newest ratings of the conversations that were rated in the period.
func (tx *Tx) RatedIn(p Period) ([]Stars, error) {
	return all(tx, func(s scanner) (v Stars, err error) {
		err = s.Scan(&v.Rating, &v.By, &v.Count)
		return v, err
	}, `SELECT i.rating, i.resolved_by, COUNT(*) FROM issues i WHERE i.rated_at > 0 AND `+inPeriod(`i.rated_at`)+` GROUP BY i.rating, i.resolved_by`, p.args()...)
}

// Journey counts the unread spans that began in the period, by how far each has come. Every step is a part of the one before.
type Journey struct{ Replied, Unread, Mailed, Opened, Returned, Answered, Resolved int64 }

const (
	spans  = ` FROM follow_ups f JOIN issues i ON i.id = f.issue_id WHERE f.domain_id = $1 AND f.created_at >= $2 AND f.created_at < $3 AND ($4 = '' OR i.app_id = $4)`
	opened = `f.sent_at > 0 AND f.opened_at > 0`
)

// Journey returns the journey of the period.
func (tx *Tx) Journey(p Period) (Journey, error) {
	return one(tx, "period", func(s scanner) (j Journey, err error) {
		err = s.Scan(&j.Replied, &j.Unread, &j.Mailed, &j.Opened, &j.Returned, &j.Answered, &j.Resolved)
		return j, err
	}, `SELECT COUNT(*),
		COUNT(CASE WHEN f.sent_at > 0 OR f.state <> 'cancelled' AND NOT (f.state = 'waiting' AND f.reason IN ('window', 'online')) THEN 1 END),
		COUNT(CASE WHEN f.sent_at > 0 THEN 1 END),
		COUNT(CASE WHEN `+opened+` THEN 1 END),
		COUNT(CASE WHEN `+opened+` AND (f.returned_at > 0 OR f.replied_at > 0) THEN 1 END),
		COUNT(CASE WHEN `+opened+` AND f.replied_at > 0 THEN 1 END),
		COUNT(CASE WHEN `+opened+` AND f.replied_at > 0 AND i.resolved_at > 0 THEN 1 END)`+spans, p.args()...)
}

// Outcome is how often the spans of a period stand somewhere for a reason.
type Outcome struct {
	State  rejoin.FollowUpState
	Reason rejoin.Reason
	Count  int64
}

// Outcomes counts the spans that began in the period, the most frequent first.
func (tx *Tx) Outcomes(p Period) ([]Outcome, error) {
	return all(tx, func(s scanner) (o Outcome, err error) {
		err = s.Scan(&o.State, &o.Reason, &o.Count)
		return o, err
	}, `SELECT f.state, f.reason, COUNT(*)`+spans+` GROUP BY f.state, f.reason ORDER BY COUNT(*) DESC, f.state, f.reason`, p.args()...)
}

// MailedIn returns when e-mails went out, or may have gone out, in the period.
func (tx *Tx) MailedIn(p Period) ([]rejoin.Millis, error) {
	return all(tx, scanMillis, `SELECT f.sent_at FROM follow_ups f JOIN issues i ON i.id = f.issue_id
		WHERE f.domain_id = $1 AND f.sent_at > 0 AND f.sent_at >= $2 AND f.sent_at < $3 AND ($4 = '' OR i.app_id = $4)`, p.args()...)
}

// Wrote is what an agent wrote in a period.
type Wrote struct {
	AgentID, Name string
	Messages      int64
	Issues        int64 // in so many conversations
}

// WroteIn returns every agent of the domain, by name, with what they wrote in the period and did not take back.
func (tx *Tx) WroteIn(p Period) ([]Wrote, error) {
	return all(tx, func(s scanner) (w Wrote, err error) {
		err = s.Scan(&w.AgentID, &w.Name, &w.Messages, &w.Issues)
		return w, err
	}, `SELECT a.id, a.name, COUNT(m.seq), COUNT(DISTINCT m.issue_id) FROM agents a LEFT JOIN messages m
		ON m.author_id = a.id AND m.origin = 'agent' AND m.created_at >= $2 AND m.created_at < $3 AND (m.deleted_at = 0 OR m.redacted)
			AND ($4 = '' OR EXISTS (SELECT 1 FROM issues i WHERE i.id = m.issue_id AND i.app_id = $4))
		WHERE a.domain_id = $1 GROUP BY a.id, a.name ORDER BY a.name, a.id`, p.args()...)
}

// SpanFilter chooses unread spans that began in a period. Zero values choose everything.
type SpanFilter struct {
	Period
	States   []rejoin.FollowUpState
	Reason   rejoin.Reason
	Address  string // a part of it, in lower case
	Number   int64  // of the issue
	BeforeAt rejoin.Millis
	BeforeID string
	Limit    int
}

// SpanRow is an unread span with what a list shows beside it.
type SpanRow struct {
	FollowUp rejoin.FollowUp
	AppID    string
	Number   int64
	Title    string
	User     string // name; may be empty
	Email    string // that the user has now
}

// Spans returns unread spans, the newest first.
func (tx *Tx) Spans(f SpanFilter) ([]SpanRow, error) {
	where, args := f.where()
	return all(tx, func(s scanner) (r SpanRow, err error) {
		r.FollowUp, err = scanFollowUp(also{s, []any{&r.AppID, &r.Number, &r.Title, &r.User, &r.Email}})
		return r, err
	}, `SELECT `+followUpsOf(`f.`)+`, i.app_id, i.number, i.title, u.name, u.email FROM follow_ups f JOIN issues i ON i.id = f.issue_id
		JOIN users u ON u.id = i.user_id WHERE `+where+fmt.Sprintf(` ORDER BY f.created_at DESC, f.id DESC LIMIT $%d`, len(args)), args...)
}

func (f SpanFilter) where() (string, []any) {
	args := f.args()
	where := `f.domain_id = $1 AND f.created_at >= $2 AND f.created_at < $3 AND ($4 = '' OR i.app_id = $4)`
	add := func(condition string, values ...any) {
		marks := make([]any, len(values))
		for n, v := range values {
			args = append(args, v)
			marks[n] = len(args)
		}
		where += ` AND ` + fmt.Sprintf(condition, marks...)
	}
	if len(f.States) > 0 {
		marks, values := make([]string, len(f.States)), make([]any, len(f.States))
		for n, s := range f.States {
			marks[n], values[n] = `$%d`, s
		}
		add(`f.state IN (`+strings.Join(marks, `, `)+`)`, values...)
	}
	if f.Reason != "" {
		add(`f.reason = $%d`, f.Reason)
	}
	if f.Address != "" {
		pattern := `%` + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(f.Address) + `%`
		add(`(f.address LIKE $%d ESCAPE '\' OR u.email LIKE $%d ESCAPE '\')`, pattern, pattern)
	}
	if f.Number > 0 {
		add(`i.number = $%d`, f.Number)
	}
	if f.BeforeAt > 0 {
		add(`(f.created_at, f.id) < ($%d, $%d)`, f.BeforeAt, f.BeforeID)
	}
	return where, append(args, f.Limit)
}

// also scans more columns after those that a function knows of.
type also struct {
	scanner
	more []any
}

func (a also) Scan(dest ...any) error { return a.scanner.Scan(append(dest, a.more...)...) }

// followUpsOf are the columns of follow-ups under a table's name in the query.
func followUpsOf(table string) string {
	names := strings.FieldsFunc(followUpColumns, func(r rune) bool { return strings.ContainsRune(", \t\n", r) })
	return table + strings.Join(names, `, `+table)
}
