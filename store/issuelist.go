package store

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"rejoin"
)

// IssueListQuery chooses a page of a list that a program reads.
type IssueListQuery struct {
	DomainID string
	List     rejoin.IssueList // that was checked; Apps are ids
	Sort     InboxSort        // [ByUpdate] or [ByCreated]
	Upwards  bool             // oldest first
	AfterKey int64            // of the last issue that is known
	AfterID  string           // its id; empty for the beginning
	Offset   int              // issues that are passed over
	Limit    int
}

// IssueList returns the page.
func (tx *Tx) IssueList(q IssueListQuery) ([]InboxRow, error) {
	page, args := q.page()
	return all(tx, scanInboxRow, `SELECT `+inboxColumns+` FROM (`+page+`) AS page JOIN issues i ON i.id = page.id`+inboxJoins+
		` ORDER BY page.at `+q.direction()+`, page.id `+q.direction(), args...)
}

// CountIssueList returns how many issues the list has. It stops counting at the query's limit.
func (tx *Tx) CountIssueList(q IssueListQuery) (int64, error) {
	q.Offset, q.AfterID = 0, ""
	page, args := q.page()
	return one(tx, "domain", scanInt, `SELECT COUNT(*) FROM (`+page+`) AS page`, args...)
}

func (q IssueListQuery) direction() string {
	if q.Upwards {
		return `ASC`
	}
	return `DESC`
}

// page selects the id of each issue of the page, and the moment it is sorted by, as at. It reads no more than an index where there is one for it.
func (q IssueListQuery) page() (query string, args []any) {
	key, _, _ := q.Sort.key()
	c := q.conditions(key)
	order := func(at, id string, limit int) string {
		return ` ORDER BY ` + at + ` ` + q.direction() + `, ` + id + ` ` + q.direction() + ` LIMIT ` + strconv.Itoa(limit)
	}
	head, states := `SELECT i.id AS id, `+key+` AS at FROM issues i `, q.List.States
	if q.Sort != ByCreated || len(states) < 2 {
		c.states(states)
		return head + c.where() + order(key, `i.id`, q.Limit) + ` OFFSET ` + strconv.Itoa(q.Offset), c.args
	}
	// The index has an order within a state only: of each the first ones are taken.
	parts := make([]string, len(states))
	for n, s := range states {
		in := conditions{list: c.list, args: c.args}
		in.add(`i.state = ?`, s)
		parts[n] = fmt.Sprintf(`SELECT * FROM (%s) AS s%d`, head+in.where()+order(key, `i.id`, q.Offset+q.Limit), n)
		c.args = in.args
	}
	return `SELECT id, at FROM (` + strings.Join(parts, ` UNION ALL `) + `) AS every` + order(`at`, `id`, q.Limit) + ` OFFSET ` + strconv.Itoa(q.Offset), c.args
}

// states chooses by states. Where all are open, the index of open issues serves.
func (c *conditions) states(list []rejoin.IssueState) {
	c.in(`i.state`, texts(list))
	for _, s := range list {
		if !s.Open() {
			return
		}
	}
	if len(list) > 0 {
		c.add(isOpen)
	}
}

// conditions is everything but the states.
func (q IssueListQuery) conditions(key string) *conditions {
	c, l := &conditions{}, q.List
	c.add(`i.domain_id = ?`, q.DomainID)
	if q.AfterID != "" {
		beyond := `<`
		if q.Upwards {
			beyond = `>`
		}
		c.add(`(`+key+`, i.id) `+beyond+` (?, ?)`, q.AfterKey, q.AfterID)
	}
	c.since(`i.created_at`, l.Created)
	c.since(`i.updated_at`, l.Updated)
	c.known(l.IDs)
	c.in(`i.app_id`, texts(l.Apps))
	c.in(`i.queue_id`, queues(l.Queues))
	if len(l.Platforms) > 0 {
		c.add(`i.platform_id IN (SELECT p.id FROM platforms p WHERE p.domain_id = ? AND p.kind IN (`+marks(len(l.Platforms))+`))`,
			append([]any{q.DomainID}, texts(l.Platforms)...)...)
	}
	c.people(l, q.DomainID)
	c.tags(rejoin.IssueFilter{TagsAll: l.Tags.All, TagsAny: l.Tags.Any, TagsNone: l.Tags.None})
	c.exists(`SELECT 1 FROM issue_tags t WHERE t.issue_id = i.id`, l.Tags.Exists)
	c.spoken(l.Languages)
	c.noted(l.Notes)
	c.commented(l.Comment)
	c.compare(l.Rating, ratingCondition)
	for _, f := range l.Fields {
		c.compare(f, fieldCondition)
	}
	return c
}

func (c *conditions) since(column string, s rejoin.Since) {
	if s.From > 0 {
		c.add(column+` >= ?`, s.From)
	}
	if s.Until != 0 {
		c.add(column+` <= ?`, s.Until)
	}
}

// known chooses by number or id.
func (c *conditions) known(list []string) {
	var numbers, ids []any
	for _, s := range list {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			numbers = append(numbers, n)
		} else {
			ids = append(ids, s)
		}
	}
	c.either([]way{{`i.number IN (` + marks(len(numbers)) + `)`, numbers}, {`i.id IN (` + marks(len(ids)) + `)`, ids}})
}

// way is a condition that is looked at if it has arguments.
type way struct {
	condition string
	args      []any
}

// either adds that one of the conditions holds.
func (c *conditions) either(ways []way) {
	var list []string
	var args []any
	for _, w := range ways {
		if len(w.args) > 0 {
			list, args = append(list, w.condition), append(args, w.args...)
		}
	}
	if len(list) > 0 {
		c.add(`(`+strings.Join(list, ` OR `)+`)`, args...)
	}
}

// people chooses by who writes and who answers.
func (c *conditions) people(l rejoin.IssueList, domainID string) {
	if n := len(l.Users); n > 0 {
		list := append([]any{domainID}, texts(l.Users)...)
		c.add(`i.user_id IN (SELECT u.id FROM users u WHERE u.domain_id = ? AND u.id IN (`+marks(n)+`) UNION ALL SELECT u.id FROM apps p
			JOIN users u ON u.app_id = p.id WHERE p.domain_id = ? AND u.external_id <> '' AND u.external_id IN (`+marks(n)+`))`, append(list, list...)...)
	}
	if n := len(l.AuthorEmails); n > 0 {
		c.add(`i.user_id IN (SELECT u.id FROM users u WHERE u.domain_id = ? AND u.email <> '' AND u.email IN (`+marks(n)+`))`,
			append([]any{domainID}, texts(l.AuthorEmails)...)...)
	}
	var agents, nobody []any
	for _, s := range l.AssigneeEmails {
		if s == rejoin.AssignedToNobody {
			nobody = []any{""}
		} else {
			agents = append(agents, s)
		}
	}
	assigned := way{condition: `i.assignee_id IN (SELECT a.id FROM agents a WHERE a.domain_id = ? AND a.email IN (` + marks(len(agents)) + `))`}
	if len(agents) > 0 {
		assigned.args = append([]any{domainID}, agents...)
	}
	c.either([]way{assigned, {`i.assignee_id = ?`, nobody}})
}

// exists adds that there is something, or nothing.
func (c *conditions) exists(query string, wanted *bool, args ...any) {
	switch {
	case wanted == nil:
	case *wanted:
		c.add(`EXISTS (`+query+`)`, args...)
	default:
		c.add(`NOT EXISTS (`+query+`)`, args...)
	}
}

func (c *conditions) spoken(l rejoin.Choice) {
	for _, code := range l.All {
		c.languages([]string{code})
	}
	c.languages(l.Any)
	if len(l.None) > 0 {
		in := conditions{args: c.args}
		in.languages(l.None)
		c.args = in.args
		c.list = append(c.list, `NOT `+in.list[0])
	}
	c.exists(`SELECT 1 FROM users u WHERE u.id = i.user_id AND u.language <> ''`, l.Exists)
}

func (c *conditions) noted(l rejoin.Choice) {
	found := func(head string, list []string) {
		if len(list) > 0 {
			contained, args := containing(`n.body`, list)
			c.add(head+contained+`)`, args...)
		}
	}
	for _, text := range l.All {
		found(`i.id IN (SELECT n.issue_id FROM notes n WHERE `, []string{text})
	}
	found(`i.id IN (SELECT n.issue_id FROM notes n WHERE `, l.Any)
	found(`NOT EXISTS (SELECT 1 FROM notes n WHERE n.issue_id = i.id AND `, l.None)
	c.exists(`SELECT 1 FROM notes n WHERE n.issue_id = i.id`, l.Exists)
}

func (c *conditions) commented(l rejoin.Choice) {
	found := func(head string, list []string) {
		if len(list) > 0 {
			contained, args := containing(`i.comment`, list)
			c.add(head+contained, args...)
		}
	}
	for _, text := range l.All {
		found(`i.comment <> '' AND `, []string{text})
	}
	found(`i.comment <> '' AND `, l.Any)
	found(`NOT `, l.None)
	if l.Exists != nil && *l.Exists {
		c.add(`i.comment <> ''`)
	} else if l.Exists != nil {
		c.add(`i.comment = ''`)
	}
}

// compare adds comparisons, each of which becomes a condition.
func (c *conditions) compare(l rejoin.Comparisons, condition func(rejoin.FieldFilter) (string, []any)) {
	together := func(list []rejoin.FieldFilter) (string, []any) {
		parts, args := make([]string, len(list)), []any{}
		for n, f := range list {
			part, more := condition(f)
			parts[n], args = part, append(args, more...)
		}
		return `(` + strings.Join(parts, ` AND `) + `)`, args
	}
	if len(l.All) > 0 {
		all, args := together(l.All)
		c.add(all, args...)
	}
	var ways []string
	var args []any
	for _, list := range l.Any {
		part, more := together(list)
		ways, args = append(ways, part), append(args, more...)
	}
	if len(ways) > 0 {
		c.add(`(`+strings.Join(ways, ` OR `)+`)`, args...)
	}
	for _, list := range l.None {
		part, args := together(list)
		c.add(`NOT `+part, args...)
	}
}

// ratingCondition is what is said of the rating. What is not rated is neither above nor below.
func ratingCondition(f rejoin.FieldFilter) (string, []any) {
	values := make([]any, len(f.Value))
	for n, v := range f.Value {
		values[n], _ = strconv.ParseInt(v, 10, 64) // was checked
	}
	switch f.Op {
	case rejoin.FieldIs, rejoin.FieldOneOf:
		return `(i.rating > 0 AND i.rating IN (` + marks(len(values)) + `))`, values
	case rejoin.FieldIsNot:
		return `i.rating NOT IN (` + marks(len(values)) + `)`, values
	case rejoin.FieldAbove:
		return `(i.rating > 0 AND i.rating > ?)`, values
	case rejoin.FieldBelow:
		return `(i.rating > 0 AND i.rating < ?)`, values
	case rejoin.FieldNotSet:
		return `i.rating = 0`, nil
	}
	return `i.rating > 0`, nil
}

// ErrTooMuch is returned instead of more than was asked for.
var ErrTooMuch = errors.New("store: there is more than was asked for")

// atOnce is how many issues one query names.
const atOnce = 500

// eachOf calls f with the issues' ids, some at a time.
func eachOf(issueIDs []string, f func(c *conditions) error) error {
	for from := 0; from < len(issueIDs); from += atOnce {
		c := &conditions{}
		c.in(`issue_id`, texts(issueIDs[from:min(len(issueIDs), from+atOnce)]))
		if err := f(c); err != nil {
			return err
		}
	}
	return nil
}

// rowBytes is about what a message or a note takes besides its text.
const rowBytes = 256

// MessagesOf returns all messages of the issues, with their files, by issue and in order. With more bytes than most it returns [ErrTooMuch].
func (tx *Tx) MessagesOf(issueIDs []string, most int) (map[string][]rejoin.Message, error) {
	found, filed, bytes := map[string][]rejoin.Message{}, []string{}, 0
	err := eachOf(issueIDs, func(c *conditions) error {
		return tx.each(`SELECT `+messageColumns+` FROM messages `+c.where()+` ORDER BY issue_id, seq`, c.args, func(s scanner) error {
			m, err := scanMessage(s)
			if bytes += len(m.Body) + rowBytes; err == nil && bytes > most {
				return ErrTooMuch
			}
			if len(m.Files) > 0 && (len(filed) == 0 || filed[len(filed)-1] != m.IssueID) {
				filed = append(filed, m.IssueID)
			}
			found[m.IssueID] = append(found[m.IssueID], m)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return found, tx.addFiles(found, filed)
}

// addFiles fills in the files of the issues' messages.
func (tx *Tx) addFiles(found map[string][]rejoin.Message, issueIDs []string) error {
	type place struct {
		issueID string
		seq     int64
	}
	files := map[place][]rejoin.Attachment{}
	err := eachOf(issueIDs, func(c *conditions) error {
		return tx.each(`SELECT `+attachmentColumns+` FROM attachments `+c.where()+` ORDER BY issue_id, seq, place`, c.args, func(s scanner) error {
			f, err := scanAttachment(s)
			files[place{f.IssueID, f.Seq}] = append(files[place{f.IssueID, f.Seq}], f)
			return err
		})
	})
	for _, id := range issueIDs {
		for n, m := range found[id] {
			found[id][n].Files = files[place{id, m.Seq}]
		}
	}
	return err
}

// WrittenNote is a private note with the name that its author had then.
type WrittenNote struct {
	rejoin.Note
	Author string
}

// NotesOf returns all private notes of the issues, by issue and in order. With more bytes than most it returns [ErrTooMuch].
func (tx *Tx) NotesOf(issueIDs []string, most int) (map[string][]WrittenNote, error) {
	found, bytes := map[string][]WrittenNote{}, 0
	err := eachOf(issueIDs, func(c *conditions) error {
		return tx.each(`SELECT `+prefixed("n.", noteColumns)+`, e.actor FROM (SELECT `+noteColumns+` FROM notes `+c.where()+`) AS n
			JOIN events e ON e.issue_id = n.issue_id AND e.n = n.n ORDER BY n.issue_id, n.n`, c.args, func(s scanner) error {
			var by rejoin.Actor
			n, err := scanNote(also{s, []any{fromJSON(&by)}})
			if bytes += len(n.Body) + rowBytes; err == nil && bytes > most {
				return ErrTooMuch
			}
			found[n.IssueID] = append(found[n.IssueID], WrittenNote{n, by.Name})
			return err
		})
	})
	return found, err
}

// RedactedOf tells which of the issues have a redacted message.
func (tx *Tx) RedactedOf(issueIDs []string) (map[string]bool, error) {
	found := map[string]bool{}
	err := eachOf(issueIDs, func(c *conditions) error {
		c.add(`redacted`)
		return tx.each(`SELECT issue_id FROM messages `+c.where(), c.args, func(s scanner) error {
			id, err := scanText(s)
			found[id] = true
			return err
		})
	})
	return found, err
}
