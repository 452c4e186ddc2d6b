package store

import (
	"errors"

	"rejoin"
)

const ruleColumns = `id, domain_id, name, kind, enabled, all_of, any_of, actions, again, place, created_at, updated_at`

// inRuleOrder is the order in which automations are tried.
const inRuleOrder = ` ORDER BY CASE kind WHEN 'new_issue' THEN 1 WHEN 'update' THEN 2 ELSE 3 END, place, id`

func scanRule(s scanner) (r rejoin.Rule, err error) {
	err = s.Scan(&r.ID, &r.DomainID, &r.Name, &r.Trigger, &r.On, fromJSON(&r.All), fromJSON(&r.Any), fromJSON(&r.Actions), &r.Repeat, &r.Place,
		&r.CreatedAt, &r.UpdatedAt)
	return r, err
}

// PutRule stores a new automation, or another version of one.
func (tx *Tx) PutRule(r rejoin.Rule) error {
	all, e1 := toJSON(listed(r.All))
	any, e2 := toJSON(listed(r.Any))
	actions, e3 := toJSON(listed(r.Actions))
	if err := errors.Join(e1, e2, e3); err != nil {
		return err
	}
	_, err := tx.exec(`INSERT INTO rules (`+ruleColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, enabled = excluded.enabled, all_of = excluded.all_of,
			any_of = excluded.any_of, actions = excluded.actions, again = excluded.again, place = excluded.place, updated_at = excluded.updated_at`,
		r.ID, r.DomainID, r.Name, r.Trigger, r.On, all, any, actions, r.Repeat, r.Place, r.CreatedAt, r.UpdatedAt)
	return err
}

// listed is the list, never nil.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// PlaceRule gives an automation another place in the order.
func (tx *Tx) PlaceRule(id string, place int64) error {
	_, err := tx.exec(`UPDATE rules SET place = $2 WHERE id = $1`, id, place)
	return err
}

// DeleteRule forgets an automation. What it did stays.
func (tx *Tx) DeleteRule(id string) error {
	_, err := tx.exec(`DELETE FROM rules WHERE id = $1`, id)
	return err
}

// Rules returns the domain's automations in their order.
func (tx *Tx) Rules(domainID string) ([]rejoin.Rule, error) {
	return all(tx, scanRule, `SELECT `+ruleColumns+` FROM rules WHERE domain_id = $1`+inRuleOrder, domainID)
}

// EnabledRules returns those of the domain that are switched on, in their order.
func (tx *Tx) EnabledRules(domainID string) ([]rejoin.Rule, error) {
	return all(tx, scanRule, `SELECT `+ruleColumns+` FROM rules WHERE domain_id = $1 AND enabled`+inRuleOrder, domainID)
}

// Triggers returns what the domain's automations that are switched on wait for, and the events of its webhooks. It stands on the path of every message.
func (tx *Tx) Triggers(domainID string) ([]rejoin.Trigger, error) {
	return all(tx, func(s scanner) (t rejoin.Trigger, err error) {
		err = s.Scan(&t)
		return t, err
	}, `SELECT kind FROM rules WHERE domain_id = $1 AND enabled UNION SELECT event FROM webhooks WHERE domain_id = $1`, domainID)
}

// RuleRun is one run of an automation in an issue.
type RuleRun struct {
	ID      string // sorts by time
	IssueID string
	RuleID  string // empty for the note that automations pause in the issue
	At      rejoin.Millis
	Anchor  rejoin.Millis // of a timed one: since when it was so
	Seq     int64         // newest message of the issue when the run was over
	N       int64         // newest event then
}

const ruleRunColumns = `id, issue_id, rule_id, at, anchor, seq, n`

func scanRuleRun(s scanner) (r RuleRun, err error) {
	err = s.Scan(&r.ID, &r.IssueID, &r.RuleID, &r.At, &r.Anchor, &r.Seq, &r.N)
	return r, err
}

// AddRuleRun keeps a run.
func (tx *Tx) AddRuleRun(r RuleRun) error {
	_, err := tx.exec(`INSERT INTO rule_runs (`+ruleRunColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`, r.ID, r.IssueID, r.RuleID, r.At, r.Anchor, r.Seq, r.N)
	return err
}

// NewestRuns returns the newest run of each automation in the issue.
func (tx *Tx) NewestRuns(issueID string) ([]RuleRun, error) {
	return all(tx, scanRuleRun, `SELECT `+ruleRunColumns+` FROM rule_runs WHERE id IN (SELECT MAX(id) FROM rule_runs WHERE issue_id = $1 GROUP BY rule_id)`, issueID)
}

// CountRuns returns how many automations ran in the issue after since.
func (tx *Tx) CountRuns(issueID string, since rejoin.Millis) (int64, error) {
	return one(tx, "conversation", scanInt, `SELECT COUNT(*) FROM rule_runs WHERE issue_id = $1 AND at > $2 AND rule_id <> ''`, issueID, since)
}

// RuleUse is how often an automation ran, and when last.
type RuleUse struct {
	RuleID string
	Runs   int64
	Last   rejoin.Millis // zero if never
}

// RuleUses returns how often each of the domain's automations ran after since.
func (tx *Tx) RuleUses(domainID string, since rejoin.Millis) ([]RuleUse, error) {
	return all(tx, func(s scanner) (r RuleUse, err error) {
		err = s.Scan(&r.RuleID, &r.Runs, &r.Last)
		return r, err
	}, `SELECT r.id, (SELECT COUNT(*) FROM rule_runs x WHERE x.rule_id = r.id AND x.at > $2),
		COALESCE((SELECT MAX(x.at) FROM rule_runs x WHERE x.rule_id = r.id), 0) FROM rules r WHERE r.domain_id = $1`, domainID, since)
}

// RuleCursor is how far automations have looked at an issue; zero is not at all.
type RuleCursor struct{ Seq, N int64 }

// RuleCursor returns it.
func (tx *Tx) RuleCursor(issueID string) (RuleCursor, error) {
	c, _, err := first(all(tx, func(s scanner) (c RuleCursor, err error) {
		err = s.Scan(&c.Seq, &c.N)
		return c, err
	}, `SELECT seq, n FROM rule_cursors WHERE issue_id = $1`, issueID))
	return c, err
}

// SetRuleCursor moves it.
func (tx *Tx) SetRuleCursor(issueID string, c RuleCursor) error {
	_, err := tx.exec(`INSERT INTO rule_cursors (issue_id, seq, n) VALUES ($1, $2, $3)
		ON CONFLICT (issue_id) DO UPDATE SET seq = excluded.seq, n = excluded.n`, issueID, c.Seq, c.N)
	return err
}

// Byline is who wrote a message, and when.
type Byline struct {
	Seq       int64
	Origin    rejoin.Origin
	AuthorID  string
	CreatedAt rejoin.Millis
}

// Bylines returns those of the issue's messages after seq, newest first, at most limit.
func (tx *Tx) Bylines(issueID string, seq int64, limit int) ([]Byline, error) {
	return all(tx, func(s scanner) (b Byline, err error) {
		err = s.Scan(&b.Seq, &b.Origin, &b.AuthorID, &b.CreatedAt)
		return b, err
	}, `SELECT seq, origin, author_id, created_at FROM messages WHERE issue_id = $1 AND seq > $2 ORDER BY seq DESC LIMIT $3`, issueID, seq, limit)
}

// Said is what conditions ask about an issue's messages, those that were taken back left out.
type Said struct {
	First         string        // the text of the user's first message
	Last          string        // of their newest
	UserSeq       int64         // seq of that; zero if there is none
	CompanySeq    int64         // of the newest of an agent or a bot, the one called besides left out; zero if there is none
	CompanyAt     rejoin.Millis // and when it was written
	UnreadSince   rejoin.Millis // when the oldest outbound message that is not read was written; zero if there is none
	FirstResponse rejoin.Millis // when an agent answered first; zero if none has
}

// Said returns it. Besides is the author of a bot's messages that no user has to reply to.
func (tx *Tx) Said(i rejoin.Issue, besides string) (Said, error) {
	const standing = ` FROM messages WHERE issue_id = $1 AND deleted_at = 0 AND `
	const company = standing + `(origin = 'agent' OR origin = 'bot' AND author_id <> $3) ORDER BY seq DESC LIMIT 1`
	return one(tx, "conversation", func(s scanner) (f Said, err error) {
		err = s.Scan(&f.First, &f.Last, &f.UserSeq, &f.CompanySeq, &f.CompanyAt, &f.UnreadSince, &f.FirstResponse)
		return f, err
	}, `SELECT COALESCE((SELECT body`+standing+`origin = 'end-user' ORDER BY seq LIMIT 1), ''),
		COALESCE((SELECT body`+standing+`origin = 'end-user' ORDER BY seq DESC LIMIT 1), ''),
		COALESCE((SELECT seq`+standing+`origin = 'end-user' ORDER BY seq DESC LIMIT 1), 0),
		COALESCE((SELECT seq`+company+`), 0), COALESCE((SELECT created_at`+company+`), 0),
		COALESCE((SELECT created_at`+standing+`seq > $2 AND origin <> 'end-user' ORDER BY seq LIMIT 1), 0),
		first_response_at FROM issues WHERE id = $1`, i.ID, i.UserReadSeq, besides)
}

// CameOrWent returns when the user last came or went, as far as it is known; zero if it is not.
func (tx *Tx) CameOrWent(userID string) (rejoin.Millis, error) {
	at, _, err := first(all(tx, scanMillis, `SELECT at FROM facts WHERE user_id = $1 AND kind = 'presence' ORDER BY at DESC LIMIT 1`, userID))
	return at, err
}

// OpenIssues returns the ids of the domain's open issues.
func (tx *Tx) OpenIssues(domainID string) ([]string, error) {
	return all(tx, scanText, `SELECT id FROM issues WHERE domain_id = $1 AND state NOT IN ('resolved', 'rejected') ORDER BY id`, domainID)
}

// IssueByNumber returns the id of the domain's issue with the number.
func (tx *Tx) IssueByNumber(domainID string, number int64) (string, error) {
	return one(tx, "conversation", scanText, `SELECT id FROM issues WHERE domain_id = $1 AND number = $2`, domainID, number)
}

// BotRuns returns the issue's runs of bots, oldest first.
func (tx *Tx) BotRuns(issueID string) ([]rejoin.BotRun, error) {
	return all(tx, scanRun, `SELECT `+runColumns+` FROM bot_runs WHERE issue_id = $1 ORDER BY n`, issueID)
}
