package store

import (
	"slices"
	"strings"

	"rejoin"
)

const factColumns = `act, n, at, domain_id, app_id, issue_id, user_id, kind, seq, value, detail`

// factsOf are the columns of facts f.
var factsOf = `f.` + strings.ReplaceAll(factColumns, `, `, `, f.`)

func scanFact(s scanner) (f rejoin.Fact, err error) {
	err = s.Scan(&f.Act, &f.N, &f.At, &f.DomainID, &f.AppID, &f.IssueID, &f.UserID, &f.Kind, &f.Seq, &f.Value, &f.Detail)
	return f, err
}

// AddFact keeps what has become different.
func (tx *Tx) AddFact(f rejoin.Fact) error {
	_, err := tx.exec(`INSERT INTO facts (`+factColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		f.Act, f.N, f.At, f.DomainID, f.AppID, f.IssueID, f.UserID, f.Kind, f.Seq, f.Value, f.Detail)
	return err
}

// DropPresences forgets who was where before a moment.
func (tx *Tx) DropPresences(before rejoin.Millis) error {
	_, err := tx.exec(`DELETE FROM facts WHERE kind = 'presence' AND at < $1`, before)
	return err
}

// SetFirstResponse keeps when, and by whom, an issue was first answered, unless it is known.
func (tx *Tx) SetFirstResponse(issueID string, at rejoin.Millis, agentID string) error {
	_, err := tx.exec(`UPDATE issues SET first_response_at = $2, first_response_by = $3 WHERE id = $1 AND first_response_at = 0`, issueID, at, agentID)
	return err
}

// ForgetFirstResponse is for an issue of which all answers were taken back.
func (tx *Tx) ForgetFirstResponse(issueID string) error {
	_, err := tx.exec(`UPDATE issues SET first_response_at = 0, first_response_by = '' WHERE id = $1`, issueID)
	return err
}

// SetResolved keeps when, and by whom, an issue was resolved; zero for one that is not.
func (tx *Tx) SetResolved(issueID string, at rejoin.Millis, agentID string) error {
	if at == 0 {
		agentID = ""
	}
	_, err := tx.exec(`UPDATE issues SET resolved_at = $2, resolved_by = $3 WHERE id = $1`, issueID, at, agentID)
	return err
}

// PastIssue is a conversation whose follow-ups can be decided again.
type PastIssue struct {
	ID      string
	AppID   string
	UserID  string
	Private bool
	Number  int64
	Title   string
	User    string // the name, else the address; may be empty
}

// Past chooses the conversations of a domain that changed since a moment and in which the company wrote.
type Past struct {
	DomainID string
	Since    rejoin.Millis
	Limit    int
}

// pastIssues is a subquery for the conversations that p chooses; its arguments are $1 to $3. The history of older ones is not whole.
const pastIssues = `SELECT i.id, i.app_id, i.user_id, i.full_privacy, i.number, i.title FROM issues i JOIN domains d ON d.id = i.domain_id
	WHERE i.domain_id = $1 AND i.updated_at >= $2 AND i.last_out_seq > 0 AND i.number >= d.whole_from ORDER BY i.updated_at DESC, i.id DESC LIMIT $3`

func (p Past) args() []any { return []any{p.DomainID, p.Since, p.Limit} }

// PastIssues returns the conversations, the one that changed last first, at most p.Limit.
func (tx *Tx) PastIssues(p Past) ([]PastIssue, error) {
	return all(tx, func(s scanner) (i PastIssue, err error) {
		err = s.Scan(&i.ID, &i.AppID, &i.UserID, &i.Private, &i.Number, &i.Title, &i.User)
		return i, err
	}, `SELECT p.id, p.app_id, p.user_id, p.full_privacy, p.number, p.title, CASE WHEN u.name = '' THEN u.email ELSE u.name END
		FROM (`+pastIssues+`) p JOIN users u ON u.id = p.user_id`, p.args()...)
}

// CountPast returns how many conversations of the app changed since the moment, with something that the company wrote: those whose history is
// whole, and the others.
func (tx *Tx) CountPast(p Past, appID string) (whole, older int64, err error) {
	err = tx.each(`SELECT COUNT(CASE WHEN i.number >= d.whole_from THEN 1 END), COUNT(CASE WHEN i.number < d.whole_from THEN 1 END)
		FROM issues i JOIN domains d ON d.id = i.domain_id
		WHERE i.domain_id = $1 AND i.updated_at >= $2 AND i.last_out_seq > 0 AND i.app_id = $3`, []any{p.DomainID, p.Since, appID},
		func(s scanner) error { return s.Scan(&whole, &older) })
	return whole, older, err
}

// PastFacts returns all facts about the conversations and about everybody to whom they have belonged, and the domain's wishes; in no order.
func (tx *Tx) PastFacts(p Past) ([]rejoin.Fact, error) {
	facts, err := tx.messageFacts(p)
	if err != nil {
		return nil, err
	}
	ofIssues, err := all(tx, scanFact, `SELECT `+factsOf+` FROM (`+pastIssues+`) p
		JOIN facts f ON f.issue_id = p.id AND f.issue_id <> '' WHERE f.kind NOT IN ('wished', 'unwished')`, p.args()...)
	if err != nil {
		return nil, err
	}
	ofUsers, err := all(tx, scanFact, `SELECT `+factsOf+` FROM (SELECT p.user_id FROM (`+pastIssues+`) p
		UNION SELECT o.value FROM (`+pastIssues+`) q JOIN facts o ON o.issue_id = q.id AND o.issue_id <> '' AND o.kind = 'moved'
		UNION SELECT o.user_id FROM (`+pastIssues+`) q JOIN facts o ON o.issue_id = q.id AND o.issue_id <> '' AND o.kind = 'moved') w
		JOIN facts f ON f.user_id = w.user_id AND f.kind IN ('address', 'presence')`, p.args()...)
	if err != nil {
		return nil, err
	}
	wishes, err := all(tx, scanFact, `SELECT `+factColumns+` FROM facts WHERE domain_id = $1 AND kind IN ('wished', 'unwished')`, p.DomainID)
	return slices.Concat(facts, ofIssues, ofUsers, wishes), err
}

// postpones is true of messages that bots and automations have written.
const postpones = `m.origin NOT IN ('end-user', 'agent') AND m.deleted_at = 0`

// Postponed tells of a follow-up's messages who wrote the newest one, and how many bots and automations have written after the span began.
func (tx *Tx) Postponed(f rejoin.FollowUp) (newest rejoin.Origin, n int, err error) {
	_, err = one(tx, "conversation", func(s scanner) (struct{}, error) { return struct{}{}, s.Scan(&newest, &n) },
		`SELECT COALESCE(MAX(CASE WHEN m.seq = $3 THEN m.origin END), ''), COALESCE(SUM(CASE WHEN m.created_at > $4 AND `+postpones+` THEN 1 ELSE 0 END), 0)
		FROM messages m WHERE m.issue_id = $1 AND m.seq >= $2 AND m.seq <= $3`, f.IssueID, f.FromSeq, f.ToSeq, f.CreatedAt)
	return newest, n, err
}

// messageFacts makes facts of the conversations' outbound messages.
func (tx *Tx) messageFacts(p Past) (facts []rejoin.Fact, err error) {
	err = tx.each(`SELECT m.id, m.created_at, m.issue_id, m.seq, m.origin, CASE WHEN m.author_id = $4 THEN m.author_id ELSE '' END, m.deleted_at FROM (`+pastIssues+`) p
		JOIN messages m ON m.issue_id = p.id WHERE m.origin <> 'end-user'`, append(p.args(), rejoin.IdentityBotID), func(s scanner) error {
		f, gone := rejoin.Fact{Kind: rejoin.FactWritten, N: 1}, rejoin.Millis(0)
		if err := s.Scan(&f.Act, &f.At, &f.IssueID, &f.Seq, &f.Value, &f.Detail, &gone); err != nil {
			return err
		}
		facts = append(facts, f)
		if gone > 0 {
			facts = append(facts, rejoin.Fact{Act: lastAct, N: 1, At: gone, IssueID: f.IssueID, Kind: rejoin.FactTakenBack, Seq: f.Seq})
		}
		return nil
	})
	return facts, err
}

// lastAct comes after every other act of the same moment.
const lastAct = "act_~"

// PastMail is a follow-up that went out, or may have gone out.
type PastMail struct {
	rejoin.FollowUp
	Postponed int // how often bots and automations have put it off
}

// PastMails returns what was, or may have been, mailed about the conversations since the moment from, by the time.
func (tx *Tx) PastMails(p Past, from rejoin.Millis) ([]PastMail, error) {
	scan := func(s scanner) (m PastMail, err error) {
		err = s.Scan(append(followUpFields(&m.FollowUp), &m.Postponed)...)
		return m, err
	}
	return all(tx, scan, `SELECT `+followUpsOf(`f.`)+`, (SELECT COUNT(*) FROM messages m WHERE m.issue_id = f.issue_id AND m.seq >= f.from_seq AND m.seq <= f.to_seq
		AND m.created_at > f.created_at AND `+postpones+`) FROM (`+pastIssues+`) p JOIN follow_ups f ON f.issue_id = p.id
		WHERE f.sent_at >= $4 AND f.sent_at > 0 ORDER BY f.sent_at, f.id`, append(p.args(), from)...)
}
