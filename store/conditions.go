package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rejoin"
)

// conditions is a WHERE that grows.
type conditions struct {
	list []string
	args []any
}

// add adds a condition, in which each ? stands for one of the arguments.
func (c *conditions) add(condition string, args ...any) {
	var b strings.Builder
	for n, part := range strings.Split(condition, "?") {
		if n > 0 {
			c.args = append(c.args, args[n-1])
			fmt.Fprintf(&b, "$%d", len(c.args))
		}
		b.WriteString(part)
	}
	c.list = append(c.list, b.String())
}

// in adds that the expression is one of the list, which may say nothing by being empty.
func (c *conditions) in(expression string, list []any) {
	if len(list) > 0 {
		c.add(expression+` IN (`+marks(len(list))+`)`, list...)
	}
}

func (c *conditions) where() string {
	if len(c.list) == 0 {
		return ``
	}
	return `WHERE ` + strings.Join(c.list, ` AND `)
}

// marks is so many ? with commas between them.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// texts makes arguments of a list.
func texts[T ~string | ~int](list []T) []any {
	out := make([]any, len(list))
	for n, v := range list {
		out[n] = v
	}
	return out
}

// chosen is which issues the query chooses.
func (tx *Tx) chosen(q InboxQuery) *conditions {
	c := &conditions{}
	c.add(`i.domain_id = ?`, q.DomainID)
	switch q.View {
	case ViewOpen:
		c.add(isOpen)
	case ViewMine:
		c.add(isOpen+` AND i.assignee_id = ?`, q.AgentID)
	case ViewUnassigned:
		c.add(isOpen+` AND i.assignee_id = ?`, "")
	case ViewWaiting:
		c.add(isOpen + ` AND i.waiting_since > 0`)
	case ViewLeft:
		c.add(isLeft)
	case ViewUnread:
		c.add(isOpen + ` AND ` + isUnread)
	case ViewResolved:
		c.add(`i.state IN ('resolved', 'rejected')`)
	}
	for _, f := range q.Filters {
		c.filter(f, q)
		if f.Text != "" {
			c.text(tx, f.Text, q.DomainID)
		}
	}
	return c
}

func (c *conditions) filter(f rejoin.IssueFilter, q InboxQuery) {
	c.in(`i.state`, texts(f.States))
	c.in(`i.assignee_id`, assignees(f.Assignees, q.AgentID))
	c.in(`i.queue_id`, queues(f.Queues))
	c.in(`i.app_id`, texts(f.Apps))
	if len(f.Platforms) > 0 {
		c.add(`i.platform_id IN (SELECT p.id FROM platforms p WHERE p.domain_id = ? AND p.kind IN (`+marks(len(f.Platforms))+`))`,
			append([]any{q.DomainID}, texts(f.Platforms)...)...)
	}
	c.languages(f.Languages)
	c.tags(f)
	for _, field := range f.Fields {
		c.field(field)
	}
	c.in(`(SELECT f.state FROM follow_ups f WHERE f.issue_id = i.id ORDER BY f.n DESC LIMIT 1)`, texts(f.FollowUps))
	c.in(`i.rating`, texts(f.Ratings))
	if f.Unread {
		c.add(isUnread)
	}
	if f.Left {
		c.add(isLeft)
	}
	c.within(`i.created_at`, f.CreatedFrom, f.CreatedTo, f.CreatedDays, q.Now)
	c.within(`i.updated_at`, f.UpdatedFrom, f.UpdatedTo, f.UpdatedDays, q.Now)
}

func assignees(list []string, me string) []any {
	out := texts(list)
	for n, v := range list {
		switch v {
		case rejoin.AssignedToMe:
			out[n] = me
		case rejoin.AssignedToNobody:
			out[n] = ""
		}
	}
	return out
}

func queues(list []string) []any {
	out := texts(list)
	for n, v := range list {
		if v == rejoin.NoQueue {
			out[n] = ""
		}
	}
	return out
}

func (c *conditions) within(column string, from, to rejoin.Millis, days int, now rejoin.Millis) {
	if from > 0 {
		c.add(column+` >= ?`, from)
	}
	if to > 0 {
		c.add(column+` < ?`, to)
	}
	if days > 0 {
		c.add(column+` >= ?`, now.Add(-time.Duration(days)*24*time.Hour))
	}
}

func (c *conditions) languages(list []string) {
	if len(list) == 0 {
		return
	}
	var ways []string
	var args []any
	for _, code := range list {
		ways = append(ways, `LOWER(u.language) = ? OR LOWER(u.language) LIKE ? ESCAPE '\'`)
		code = strings.ToLower(code)
		args = append(args, code, likeEscape(code)+"-%")
	}
	c.add(`i.user_id IN (SELECT u.id FROM users u WHERE u.id = i.user_id AND (`+strings.Join(ways, ` OR `)+`))`, args...)
}

func (c *conditions) tags(f rejoin.IssueFilter) {
	const carried = `i.id IN (SELECT t.issue_id FROM issue_tags t WHERE t.tag IN (`
	if len(f.TagsAny) > 0 {
		c.add(carried+marks(len(f.TagsAny))+`))`, texts(f.TagsAny)...)
	}
	all, each := slices.Compact(slices.Sorted(slices.Values(f.TagsAll))), ``
	if len(all) > 1 { // one subquery for all of them: PostgreSQL plans a hundred for minutes
		each = ` GROUP BY t.issue_id HAVING COUNT(*) = ` + strconv.Itoa(len(all))
	}
	if len(all) > 0 {
		c.add(carried+marks(len(all))+`)`+each+`)`, texts(all)...)
	}
	if len(f.TagsNone) > 0 {
		c.add(`NOT EXISTS (SELECT 1 FROM issue_tags t WHERE t.issue_id = i.id AND t.tag IN (`+marks(len(f.TagsNone))+`))`, texts(f.TagsNone)...)
	}
}

func (c *conditions) field(f rejoin.FieldFilter) {
	condition, args := fieldCondition(f)
	c.add(condition, args...)
}

// fieldCondition is what is said of a field. Several texts are contained if one of them is.
func fieldCondition(f rejoin.FieldFilter) (condition string, args []any) {
	// With an offset PostgreSQL looks into each issue, by the key of the table, instead of planning a join for every field.
	set := func(condition string, args ...any) (string, []any) {
		return `EXISTS (SELECT 1 FROM issue_fields v WHERE v.issue_id = i.id AND v.key = ? AND ` + condition + ` LIMIT 1 OFFSET 0)`, append([]any{f.Key}, args...)
	}
	same, values := `v.value IN (`+marks(len(f.Value))+`)`, texts(f.Value)
	var numbers []any
	for _, v := range f.Value {
		if n := toThousandths(v); n != nil {
			numbers = append(numbers, n)
		}
	}
	if len(numbers) > 0 {
		same, values = same+` OR v.number IN (`+marks(len(numbers))+`)`, append(values, numbers...)
	}
	switch f.Op {
	case rejoin.FieldIs, rejoin.FieldIsNot, rejoin.FieldOneOf:
		condition, args = set(`(`+same+`)`, values...)
	case rejoin.FieldContains, rejoin.FieldContainsNot:
		contained, patterns := containing(`v.value`, f.Value)
		condition, args = set(contained, patterns...)
	case rejoin.FieldAbove:
		condition, args = set(`v.number > ?`, toThousandths(f.Value[0]))
	case rejoin.FieldBelow:
		condition, args = set(`v.number < ?`, toThousandths(f.Value[0]))
	default:
		condition, args = set(`v.value <> ''`)
	}
	if f.Op == rejoin.FieldIsNot || f.Op == rejoin.FieldNotSet || f.Op == rejoin.FieldContainsNot {
		condition = `NOT ` + condition
	}
	return condition, args
}

// containing says that the column contains one of the texts.
func containing(column string, list []string) (condition string, args []any) {
	ways := make([]string, len(list))
	for n, text := range list {
		ways[n] = `LOWER(` + column + `) LIKE LOWER(?) ESCAPE '\'`
		args = append(args, "%"+likeEscape(text)+"%")
	}
	return `(` + strings.Join(ways, ` OR `) + `)`, args
}

// text chooses what holds every word, or has the number.
func (c *conditions) text(tx *Tx, text, domainID string) {
	text = strings.TrimSpace(text)
	if n, err := strconv.ParseInt(strings.TrimPrefix(text, "#"), 10, 64); err == nil {
		const numbered = `SELECT k.id FROM issues k WHERE k.domain_id = ? AND k.number = ?`
		if strings.HasPrefix(text, "#") {
			c.add(`i.id IN (`+numbered+`)`, domainID, n)
			return
		}
		found, arg := tx.found(words(text))
		c.add(`i.id IN (`+numbered+` UNION ALL `+found+`)`, domainID, n, arg)
		return
	}
	list := words(text)
	if len(list) == 0 {
		c.add(`1 = 0`) // nothing but punctuation
		return
	}
	queries, args := make([]string, len(list)), make([]any, len(list))
	for n, w := range list {
		queries[n], args[n] = tx.found([]string{w})
	}
	c.add(`i.id IN (`+strings.Join(queries, ` INTERSECT `)+`)`, args...)
}

// found selects the issues in which one of the words begins a word. It is made first: PostgreSQL would rather look into each issue.
func (tx *Tx) found(words []string) (query, arg string) {
	matching, arg := tx.matching(words)
	return `SELECT f.issue_id FROM (WITH found AS MATERIALIZED (SELECT s.issue_id FROM search s WHERE ` + matching + `) SELECT issue_id FROM found) AS f`, arg
}

func likeEscape(text string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
}
