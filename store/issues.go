package store

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rejoin"
)

const issueColumns = `i.id, i.domain_id, i.app_id, i.platform_id, i.user_id, i.number, i.title, i.state, i.state_changed_at, i.assignee_id,
	i.start_url, i.meta, i.bot, i.last_seq, i.user_read_seq, i.agent_read_seq, i.last_out_seq, i.mailed_seq, i.event_count, i.version,
	i.preview, i.preview_origin, i.closing, i.rating, i.comment, i.rated_at, i.full_privacy, i.tags, i.fields, i.created_at, i.updated_at`

func issueFields(i *rejoin.Issue) []any {
	return []any{&i.ID, &i.DomainID, &i.AppID, &i.PlatformID, &i.UserID, &i.Number, &i.Title, &i.State, &i.StateChangedAt, &i.AssigneeID,
		&i.StartURL, fromJSON(&i.Meta), fromJSON(&i.Bot), &i.LastSeq, &i.UserReadSeq, &i.AgentReadSeq, &i.LastOutSeq, &i.MailedSeq, &i.EventCount, &i.Version,
		&i.Preview, &i.PreviewOrigin, &i.Ending.Closing, &i.Ending.Rating, &i.Ending.Comment, &i.Ending.RatedAt, &i.FullPrivacy,
		fromJSON(&i.Tags), fromJSON(&i.Fields), &i.CreatedAt, &i.UpdatedAt}
}

func scanIssue(s scanner) (i rejoin.Issue, err error) {
	err = s.Scan(issueFields(&i)...)
	return i, err
}

// AddIssue stores a new issue.
func (tx *Tx) AddIssue(i rejoin.Issue) error {
	meta, err := toJSON(i.Meta)
	if err != nil {
		return err
	}
	bot, err := toJSON(i.Bot)
	if err != nil {
		return err
	}
	tags, err := toJSON(slices.Concat([]string{}, i.Tags))
	if err != nil {
		return err
	}
	fields, err := toJSON(i.Fields)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO issues (`+strings.ReplaceAll(issueColumns, "i.", "")+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28,
		$29, $30, $31)`,
		i.ID, i.DomainID, i.AppID, i.PlatformID, i.UserID, i.Number, i.Title, i.State, i.StateChangedAt, i.AssigneeID,
		i.StartURL, meta, bot, i.LastSeq, i.UserReadSeq, i.AgentReadSeq, i.LastOutSeq, i.MailedSeq, i.EventCount, i.Version,
		i.Preview, i.PreviewOrigin, i.Ending.Closing, i.Ending.Rating, i.Ending.Comment, i.Ending.RatedAt, i.FullPrivacy,
		tags, fields, i.CreatedAt, i.UpdatedAt)
	return err
}

// Issue returns the issue with the id.
func (tx *Tx) Issue(id string) (rejoin.Issue, error) {
	return one(tx, "conversation", scanIssue, `SELECT `+issueColumns+` FROM issues i WHERE i.id = $1`, id)
}

// LockIssue returns the issue and keeps others from changing it until the transaction ends.
func (tx *Tx) LockIssue(id string) (rejoin.Issue, error) {
	return one(tx, "conversation", scanIssue, `SELECT `+issueColumns+` FROM issues i WHERE i.id = $1`+tx.forUpdate(), id)
}

// SaveIssue stores everything about the issue that can change.
func (tx *Tx) SaveIssue(i rejoin.Issue) error {
	bot, err := toJSON(i.Bot)
	if err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE issues SET state = $2, state_changed_at = $3, assignee_id = $4, bot = $5, last_seq = $6, user_read_seq = $7,
		agent_read_seq = $8, last_out_seq = $9, mailed_seq = $10, event_count = $11, version = $12, preview = $13, preview_origin = $14, updated_at = $15,
		user_id = $16, closing = $17, rating = $18, comment = $19, rated_at = $20 WHERE id = $1`, i.ID, i.State, i.StateChangedAt, i.AssigneeID, bot, i.LastSeq, i.UserReadSeq,
		i.AgentReadSeq, i.LastOutSeq, i.MailedSeq, i.EventCount, i.Version, i.Preview, i.PreviewOrigin, i.UpdatedAt,
		i.UserID, i.Ending.Closing, i.Ending.Rating, i.Ending.Comment, i.Ending.RatedAt)
	return err
}

// SetTitle stores the issue's title.
func (tx *Tx) SetTitle(id, title string) error {
	_, err := tx.exec(`UPDATE issues SET title = $2 WHERE id = $1`, id, title)
	return err
}

// UserIssues returns the user's issues, newest first, at most 50.
func (tx *Tx) UserIssues(userID string) ([]rejoin.Issue, error) {
	return all(tx, scanIssue, `SELECT `+issueColumns+` FROM issues i WHERE i.user_id = $1 ORDER BY i.created_at DESC, i.id DESC LIMIT 50`, userID)
}

// InboxFilter chooses issues of a domain. Zero values choose everything.
type InboxFilter struct {
	DomainID   string
	OnlyOpen   bool
	AssigneeID string // only issues of this agent
	OnlyUnread bool   // only issues with messages no agent has seen
	Text       string // in a message, the title, the user's name or address, or the number; see [spellings] for upper and lower case
	BeforeAt   rejoin.Millis
	BeforeID   string
	Limit      int
}

// InboxRow is an issue with what an inbox shows beside it.
type InboxRow struct {
	Issue    rejoin.Issue
	User     rejoin.User
	Assignee string // the assignee's name
}

const inboxFrom = ` FROM issues i JOIN users u ON u.id = i.user_id LEFT JOIN agents a ON a.id = i.assignee_id `

var inboxColumns = issueColumns + `, ` + prefixed("u.", userColumns) + `, COALESCE(a.name, '')`

func prefixed(p, columns string) string {
	return p + strings.ReplaceAll(columns, ", ", ", "+p)
}

func scanInboxRow(s scanner) (r InboxRow, err error) {
	err = s.Scan(append(append(issueFields(&r.Issue), userFields(&r.User)...), &r.Assignee)...)
	return r, err
}

// Inbox returns issues by their newest change, newest first.
func (tx *Tx) Inbox(f InboxFilter) ([]InboxRow, error) {
	where, args := f.where()
	if f.BeforeAt > 0 {
		args = append(args, f.BeforeAt, f.BeforeID)
		where += fmt.Sprintf(` AND (i.updated_at, i.id) < ($%d, $%d)`, len(args)-1, len(args))
	}
	args = append(args, f.Limit)
	return all(tx, scanInboxRow, `SELECT `+inboxColumns+inboxFrom+where+
		fmt.Sprintf(` ORDER BY i.updated_at DESC, i.id DESC LIMIT $%d`, len(args)), args...)
}

// NewestFollowUps returns the newest follow-up of each of the issues that has one, by issue.
func (tx *Tx) NewestFollowUps(issueIDs []string) (map[string]rejoin.FollowUp, error) {
	newest := map[string]rejoin.FollowUp{}
	if len(issueIDs) == 0 {
		return newest, nil
	}
	marks, args := make([]string, len(issueIDs)), make([]any, len(issueIDs))
	for n, id := range issueIDs {
		marks[n], args[n] = fmt.Sprintf("$%d", n+1), id
	}
	list, err := all(tx, scanFollowUp, `SELECT `+followUpColumns+` FROM follow_ups WHERE issue_id IN (`+strings.Join(marks, ", ")+`)
		AND n = (SELECT MAX(g.n) FROM follow_ups g WHERE g.issue_id = follow_ups.issue_id)`, args...)
	for _, f := range list {
		newest[f.IssueID] = f
	}
	return newest, err
}

// InboxRowOf returns one issue as the inbox shows it.
func (tx *Tx) InboxRowOf(issueID string) (InboxRow, error) {
	return one(tx, "conversation", scanInboxRow, `SELECT `+inboxColumns+inboxFrom+`WHERE i.id = $1`, issueID)
}

func (f InboxFilter) where() (string, []any) {
	args := []any{f.DomainID}
	where := `WHERE i.domain_id = $1`
	if f.OnlyOpen {
		where += ` AND i.state NOT IN ('resolved', 'rejected')`
	}
	if f.AssigneeID != "" {
		args = append(args, f.AssigneeID)
		where += fmt.Sprintf(` AND i.assignee_id = $%d`, len(args))
	}
	if f.OnlyUnread {
		where += ` AND i.agent_read_seq < i.last_seq`
	}
	if f.Text != "" {
		first := len(args) + 1
		for _, s := range spellings(f.Text) {
			args = append(args, likePattern(s))
		}
		last := len(args)
		like := func(column string) string {
			var ways []string
			for n := first; n <= last; n++ {
				ways = append(ways, fmt.Sprintf(`LOWER(%s) LIKE $%d ESCAPE '\'`, column, n))
			}
			return strings.Join(ways, ` OR `)
		}
		args = append(args, strings.TrimPrefix(f.Text, "#"))
		where += ` AND (` + like(`i.title`) + ` OR ` + like(`u.name`) + ` OR ` + like(`u.email`) + fmt.Sprintf(` OR CAST(i.number AS TEXT) = $%d`, len(args)) +
			` OR EXISTS (SELECT 1 FROM messages m WHERE m.issue_id = i.id AND (` + like(`m.body`) + `)))`
	}
	return where, args
}

// spellings are the ways in which text may stand in a column once the database has folded it. SQLite folds the letters of ASCII only, and so
// does PostgreSQL in the locale C: other letters are looked for in lower case, as typed, in upper case and with capitals at the beginnings of
// words. Text in ASCII has one spelling.
func spellings(text string) (list []string) {
	before := ' '
	title := strings.Map(func(r rune) rune {
		inWord := unicode.IsLetter(before)
		before = r
		if inWord {
			return unicode.ToLower(r)
		}
		return unicode.ToTitle(r)
	}, text)
	for _, s := range []string{strings.ToLower(text), text, strings.ToUpper(text), title} {
		s = strings.Map(func(r rune) rune {
			if r < utf8.RuneSelf {
				return unicode.ToLower(r)
			}
			return r
		}, s)
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

func likePattern(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}

// InboxCounts is how many issues the views of an agent hold.
type InboxCounts struct{ Open, Mine, Unread int64 }

// InboxCounts counts the open issues of the domain.
func (tx *Tx) InboxCounts(domainID, agentID string) (InboxCounts, error) {
	return one(tx, "domain", func(s scanner) (c InboxCounts, err error) {
		err = s.Scan(&c.Open, &c.Mine, &c.Unread)
		return c, err
	}, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN assignee_id = $2 THEN 1 ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN agent_read_seq < last_seq THEN 1 ELSE 0 END), 0)
		FROM issues WHERE domain_id = $1 AND state NOT IN ('resolved', 'rejected')`, domainID, agentID)
}
