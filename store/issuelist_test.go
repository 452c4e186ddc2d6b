package store_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rejoin"
	"rejoin/store"
	"rejoin/store/storetest"
)

// listed is an issue with everything that lists are chosen by.
type listed struct {
	issue    rejoin.Issue
	user     rejoin.User
	assignee string // address
	notes    []string
}

// dice makes issues and lists that have something to do with each other.
type dice struct{ *rand.Rand }

func one[T any](d dice, list ...T) T { return list[d.IntN(len(list))] }

func some[T any](d dice, most int, list ...T) (out []T) {
	for range d.IntN(most + 1) {
		out = append(out, one(d, list...))
	}
	return out
}

var (
	listTags   = []string{"vip", "late", "it's \"odd\"%"}
	listCodes  = []string{"en", "en-GB", "de", "EN-us", "e%"}
	listTexts  = []string{"refund", "REF", "100%", "_", `\`, "paid twice", "x"}
	listStates = []rejoin.IssueState{rejoin.New, rejoin.NewForAgent, rejoin.Resolved, rejoin.Rejected, "pending-reassignment"}
	listFields = [...]struct {
		key string
		t   rejoin.FieldType
	}{{"size", rejoin.Number}, {"due", rejoin.Date}, {"kind", rejoin.Dropdown}, {"text", rejoin.SingleLine}, {"gift", rejoin.Checkbox}}
)

func (d dice) fieldValue(t rejoin.FieldType) string {
	switch t {
	case rejoin.Number:
		return one(d, "-3", "0", "2.5", "2.50", "10")
	case rejoin.Date:
		return one(d, "0", "86400000", "1700000000123")
	case rejoin.Checkbox:
		return one(d, "true", "false")
	case rejoin.Dropdown:
		return one(d, "5", "red", "blue")
	}
	return one(d, "Refund, please", "", "100% sure", "a_b")
}

func (d dice) listed(n int) listed {
	l := listed{issue: rejoin.Issue{ID: fmt.Sprintf("iss_%02d", n), DomainID: one(d, "dom", "dom", "dom", "other"), AppID: one(d, "app", "app2"), PlatformID: one(d, "plt", "ios"),
		UserID: fmt.Sprintf("usr_%d", n), Number: int64(n), State: one(d, listStates[:4]...), Tags: slices.Compact(slices.Sorted(slices.Values(some(d, 3, listTags...)))),
		QueueID: one(d, "", "que_a", "que_b"), CreatedAt: rejoin.Millis(1 + d.IntN(20)), Fields: rejoin.FieldValues{}},
		user: rejoin.User{Language: one(d, "", "en", "en-gb", "de", "deu"), Email: one(d, "", "ada@example.org", "bo@example.org")}, notes: some(d, 2, "Please refund, 100%", "nothing", `C:\x_y`)}
	l.issue.UpdatedAt = l.issue.CreatedAt + rejoin.Millis(d.IntN(10))
	if n := d.IntN(4); n > 0 {
		l.issue.AssigneeID, l.assignee = fmt.Sprintf("agt_%d", n), fmt.Sprintf("agent%d@example.com", n)
	}
	l.issue.Ending.Rating = one(d, 0, 0, 1, 3, 5)
	if l.issue.Ending.Rating > 0 {
		l.issue.Ending.Comment = one(d, "", "Paid twice, refund late", "100%")
	}
	for _, f := range listFields {
		if d.IntN(3) > 0 {
			l.issue.Fields[f.key] = rejoin.FieldValue{Type: f.t, Value: d.fieldValue(f.t)}
		}
	}
	l.user.ID, l.user.DomainID, l.user.AppID = l.issue.UserID, l.issue.DomainID, l.issue.AppID
	if d.IntN(2) == 0 {
		l.user.ExternalID = fmt.Sprintf("shop-%d", n)
	}
	return l
}

func (d dice) choice(list []string) (c rejoin.Choice) {
	if d.IntN(3) > 0 {
		return c
	}
	c = rejoin.Choice{All: some(d, 2, list...), Any: some(d, 3, list...), None: some(d, 2, list...)}
	if d.IntN(3) == 0 {
		yes := d.IntN(2) == 0
		c.Exists = &yes
	}
	return c
}

func (d dice) comparison(key string, t rejoin.FieldType) rejoin.FieldFilter {
	f := rejoin.FieldFilter{Key: key, Op: one(d, rejoin.FieldIs, rejoin.FieldIsNot, rejoin.FieldOneOf, rejoin.FieldSet, rejoin.FieldNotSet), Value: []string{d.fieldValue(t)}}
	if t == rejoin.SingleLine {
		f.Op, f.Value = one(d, rejoin.FieldContains, rejoin.FieldContainsNot), append(some(d, 2, listTexts...), "e")
	} else if (t == rejoin.Number || t == rejoin.Date) && d.IntN(2) == 0 {
		f.Op = one(d, rejoin.FieldAbove, rejoin.FieldBelow)
	}
	if f.Op == rejoin.FieldOneOf {
		f.Value = append(f.Value, d.fieldValue(t))
	}
	if f.Op == rejoin.FieldSet || f.Op == rejoin.FieldNotSet {
		f.Value = nil
	}
	return f
}

func (d dice) comparisons(make func() rejoin.FieldFilter) (c rejoin.Comparisons) {
	list := func() (out []rejoin.FieldFilter) {
		for range 1 + d.IntN(2) {
			out = append(out, make())
		}
		return out
	}
	if d.IntN(3) == 0 {
		c.All = list()
	}
	for range d.IntN(3) {
		c.Any = append(c.Any, list())
	}
	if d.IntN(3) == 0 {
		c.None = [][]rejoin.FieldFilter{list()}
	}
	return c
}

func (d dice) list() (l rejoin.IssueList) {
	seldom := func(f func()) {
		if d.IntN(8) == 0 {
			f()
		}
	}
	seldom(func() { l.IDs = some(d, 30, "1", "2", "3", "5", "8", "13", "21", "iss_04", "iss_09", "iss_40") })
	seldom(func() { l.States = slices.Compact(slices.Sorted(slices.Values(some(d, 3, listStates...)))) })
	seldom(func() { l.Apps = []string{one(d, "app", "app2", "none")} })
	seldom(func() { l.Platforms = []rejoin.PlatformKind{one(d, rejoin.Web, rejoin.IOS, rejoin.Android)} })
	seldom(func() { l.Queues = some(d, 2, "que_a", rejoin.NoQueue) })
	seldom(func() { l.Users = some(d, 40, "usr_1", "usr_2", "usr_3", "shop-1", "shop-5", "shop-8", "shop-13", "") })
	seldom(func() { l.AuthorEmails = some(d, 2, "ada@example.org", "bo@example.org") })
	seldom(func() {
		l.AssigneeEmails = some(d, 2, "agent1@example.com", "agent2@example.com", rejoin.AssignedToNobody)
	})
	seldom(func() {
		l.Created = rejoin.Since{From: rejoin.Millis(d.IntN(12)), Until: rejoin.Millis(10 + d.IntN(12))}
	})
	seldom(func() { l.Updated = rejoin.Since{From: rejoin.Millis(d.IntN(20))} })
	l.Tags, l.Languages, l.Notes, l.Comment = d.choice(listTags), d.choice(listCodes), d.choice(listTexts), d.choice(listTexts)
	seldom(func() {
		l.Rating = d.comparisons(func() rejoin.FieldFilter {
			f := d.comparison("", rejoin.Number)
			for n := range f.Value {
				f.Value[n] = strconv.Itoa(1 + d.IntN(5))
			}
			return f
		})
	})
	for _, f := range listFields {
		if d.IntN(5) == 0 {
			l.Fields = append(l.Fields, d.comparisons(func() rejoin.FieldFilter { return d.comparison(f.key, f.t) }))
		}
	}
	return l
}

// chosen is in plain words what the database is asked.
func chosen(l rejoin.IssueList, x listed) bool {
	i := x.issue
	contains := func(texts ...string) func(string) bool {
		return func(part string) bool {
			return slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(part)) })
		}
	}
	speaks := func(code string) bool {
		has, code := strings.ToLower(x.user.Language), strings.ToLower(code)
		return has == code || strings.HasPrefix(has, code+"-")
	}
	anyOf := func(list []string, values ...string) bool {
		return len(list) == 0 || slices.ContainsFunc(values, func(v string) bool { return v != "" && slices.Contains(list, v) })
	}
	within := func(s rejoin.Since, at rejoin.Millis) bool { return at >= s.From && (s.Until == 0 || at <= s.Until) }
	queue, assignee := cmp.Or(i.QueueID, rejoin.NoQueue), cmp.Or(x.assignee, rejoin.AssignedToNobody)
	kind := map[string]rejoin.PlatformKind{"plt": rejoin.Web, "ios": rejoin.IOS}[i.PlatformID]
	ok := i.DomainID == "dom" && anyOf(l.IDs, i.ID, strconv.FormatInt(i.Number, 10)) && (len(l.States) == 0 || slices.Contains(l.States, i.State)) &&
		anyOf(l.Apps, i.AppID) && (len(l.Platforms) == 0 || slices.Contains(l.Platforms, kind)) && anyOf(l.Queues, queue) &&
		anyOf(l.Users, i.UserID, x.user.ExternalID) && anyOf(l.AuthorEmails, x.user.Email) && anyOf(l.AssigneeEmails, assignee) &&
		within(l.Created, i.CreatedAt) && within(l.Updated, i.UpdatedAt) &&
		picked(l.Tags, len(i.Tags) > 0, func(s string) bool { return slices.Contains(i.Tags, s) }) && picked(l.Languages, x.user.Language != "", speaks) &&
		picked(l.Notes, len(x.notes) > 0, contains(x.notes...)) && picked(l.Comment, i.Ending.Comment != "", func(s string) bool {
		return i.Ending.Comment != "" && contains(i.Ending.Comment)(s)
	})
	rating := ""
	if i.Ending.Rating > 0 {
		rating = strconv.Itoa(i.Ending.Rating)
	}
	ok = ok && compared(l.Rating, func(rejoin.FieldFilter) string { return rating })
	for _, c := range l.Fields {
		ok = ok && compared(c, func(f rejoin.FieldFilter) string { return i.Fields[f.Key].Value })
	}
	return ok
}

func picked(c rejoin.Choice, exists bool, has func(string) bool) bool {
	hasNot := func(s string) bool { return !has(s) }
	return !slices.ContainsFunc(c.All, hasNot) && (len(c.Any) == 0 || slices.ContainsFunc(c.Any, has)) && !slices.ContainsFunc(c.None, has) &&
		(c.Exists == nil || *c.Exists == exists)
}

// compared compares values; the empty text is none.
func compared(c rejoin.Comparisons, value func(rejoin.FieldFilter) string) bool {
	fails := func(f rejoin.FieldFilter) bool { return !holds(f, value(f)) }
	all := func(list []rejoin.FieldFilter) bool { return !slices.ContainsFunc(list, fails) }
	return all(c.All) && (len(c.Any) == 0 || slices.ContainsFunc(c.Any, all)) && !slices.ContainsFunc(c.None, all)
}

func holds(f rejoin.FieldFilter, value string) bool {
	n, err := strconv.ParseFloat(value, 64)
	is := func(v string) bool {
		m, wrong := strconv.ParseFloat(v, 64)
		return value != "" && (v == value || err == nil && wrong == nil && m == n)
	}
	switch f.Op {
	case rejoin.FieldIs, rejoin.FieldOneOf:
		return slices.ContainsFunc(f.Value, is)
	case rejoin.FieldIsNot:
		return !slices.ContainsFunc(f.Value, is)
	case rejoin.FieldContains, rejoin.FieldContainsNot:
		found := slices.ContainsFunc(f.Value, func(v string) bool { return strings.Contains(strings.ToLower(value), strings.ToLower(v)) })
		return found == (f.Op == rejoin.FieldContains)
	case rejoin.FieldSet, rejoin.FieldNotSet:
		return (f.Op == rejoin.FieldSet) == (value != "")
	}
	m, _ := strconv.ParseFloat(f.Value[0], 64)
	return err == nil && (f.Op == rejoin.FieldAbove && n > m || f.Op == rejoin.FieldBelow && n < m)
}

// TestIssueList asks the databases for many lists, and compares what they choose, in which order and on which pages, with a plain evaluation.
func TestIssueList(t *testing.T) {
	d := dice{rand.New(rand.NewPCG(7, 19))}
	var issues []listed
	for n := 1; n <= 60; n++ {
		issues = append(issues, d.listed(n))
	}
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if err := s.Write(t.Context(), func(tx *store.Tx) error { return addListed(tx, issues) }); err != nil {
			t.Fatal(err)
		}
		d := dice{rand.New(rand.NewPCG(11, 23))}
		var found int
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			for range 150 {
				q := store.IssueListQuery{DomainID: "dom", List: d.list(), Sort: one(d, store.ByCreated, store.ByUpdate), Upwards: d.IntN(2) == 0}
				want := wantedOf(issues, q)
				found += len(want)
				if err := checkPages(t, tx, d, q, want); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || found < 300 {
			t.Errorf("%d issues were chosen: %v", found, err)
		}
	})
}

func wantedOf(issues []listed, q store.IssueListQuery) (ids []string) {
	var list []rejoin.Issue
	for _, x := range issues {
		if chosen(q.List, x) {
			list = append(list, x.issue)
		}
	}
	slices.SortFunc(list, func(a, b rejoin.Issue) int {
		order := cmp.Or(cmp.Compare(q.Sort.KeyOf(a), q.Sort.KeyOf(b)), cmp.Compare(a.ID, b.ID))
		if !q.Upwards {
			return -order
		}
		return order
	})
	for _, i := range list {
		ids = append(ids, i.ID)
	}
	return ids
}

// checkPages reads the list by pages, by offset or by key.
func checkPages(t *testing.T, tx *store.Tx, d dice, q store.IssueListQuery, want []string) error {
	q.Limit = one(d, 3, 7, 100)
	byKey := d.IntN(2) == 0
	var got []string
	for {
		rows, err := tx.IssueList(q)
		if err != nil {
			return err
		}
		for _, r := range rows {
			got = append(got, r.Issue.ID)
		}
		if len(rows) < q.Limit {
			break
		}
		last := rows[len(rows)-1].Issue
		if q.Offset += q.Limit; byKey {
			q.Offset, q.AfterKey, q.AfterID = 0, q.Sort.KeyOf(last), last.ID
		}
	}
	if q.Limit = 1000; !slices.Equal(got, want) {
		t.Errorf("%+v:\ngot  %v\nwant %v", q, got, want)
	}
	q.AfterID = ""
	if n, err := tx.CountIssueList(q); err != nil || n != int64(len(want)) {
		t.Errorf("%+v: counted %d, want %d, %v", q.List, n, len(want), err)
	}
	return nil
}

func addListed(tx *store.Tx, issues []listed) error {
	if err := addTitles(tx, nil); err != nil {
		return err
	}
	if err := tx.AddDomain(rejoin.Domain{ID: "other", Name: "other"}); err != nil {
		return err
	}
	if err := tx.AddApp(rejoin.App{ID: "app2", DomainID: "dom", Number: 2, Name: "Two", Settings: rejoin.DefaultAppSettings()}); err != nil {
		return err
	}
	if err := tx.AddPlatform(rejoin.Platform{ID: "ios", DomainID: "dom", AppID: "app", Kind: rejoin.IOS}); err != nil {
		return err
	}
	for n := 1; n < 4; n++ {
		if err := tx.AddAgent(rejoin.Agent{ID: fmt.Sprintf("agt_%d", n), DomainID: "dom", Email: fmt.Sprintf("agent%d@example.com", n), Role: rejoin.AgentRole}); err != nil {
			return err
		}
	}
	for _, x := range issues {
		if err := tx.AddUser(x.user); err != nil {
			return err
		}
		if err := tx.AddIssue(x.issue); err != nil {
			return err
		}
		for n, body := range x.notes {
			id := fmt.Sprint(x.issue.ID, " ", n)
			if _, err := tx.AddNote(rejoin.Note{ID: id, IssueID: x.issue.ID, N: int64(n + 1), AuthorID: "agt_1", ClientID: id, Body: body}); err != nil {
				return err
			}
		}
	}
	return nil
}
