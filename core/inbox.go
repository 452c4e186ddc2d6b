package core

import (
	"context"
	"strconv"
	"strings"

	"rejoin"
	"rejoin/store"
)

// Inbox is the list of conversations that agents work through.
type Inbox struct{ *env }

// InboxQuery chooses which issues an inbox shows.
type InboxQuery struct {
	View   string             // a [store.InboxView] or the id of a Smart View; empty for open
	Filter rejoin.IssueFilter // narrows the view
	Sort   string             // a [store.InboxSort]; empty for the newest change first
	Cursor string             // from an earlier page; empty for the first
	Limit  int                // 1 to 200 issues; zero for 50, -1 to count only
}

// Page is one page of an inbox.
type Page struct {
	Rows  []Row
	Hits  []string // with text, for each row: where it was found, if that was a message or a note
	Next  string   // cursor of the next page; empty at the end
	Total int64    // how many the query chooses; see [maxCount]
}

const (
	maxCount = 10_000 // no more are counted
	maxPage  = 200
)

// Page returns a page of the agent's domain.
func (s *Inbox) Page(ctx context.Context, a rejoin.Agent, in InboxQuery) (p Page, err error) {
	q, err := in.check(a)
	if err != nil {
		return p, err
	}
	err = s.read(ctx, func(u *unit) error {
		p = Page{}
		q, err := u.inView(a, in.View, q)
		if err != nil {
			return err
		}
		count := q
		count.Limit = maxCount
		if p.Total, err = u.CountInbox(count); err != nil || q.Limit < 0 {
			return err
		}
		rows, err := u.Tx.Inbox(q)
		if err != nil {
			return err
		}
		if len(rows) == q.Limit {
			last := rows[len(rows)-1].Issue
			p.Next = strconv.FormatInt(q.Sort.KeyOf(last), 10) + "." + last.ID
		}
		if p.Rows, err = u.withFollowUps(rows); err != nil {
			return err
		}
		p.Hits, err = u.hits(rows, q.Filters)
		return err
	})
	return p, err
}

// check makes what the store needs, but for the view.
func (in InboxQuery) check(a rejoin.Agent) (q store.InboxQuery, err error) {
	q = store.InboxQuery{DomainID: a.DomainID, AgentID: a.ID, Sort: store.InboxSort(in.Sort), Limit: in.Limit}
	switch q.Sort {
	case "", store.ByUpdate, store.ByCreated, store.ByWaiting:
	default:
		return q, rejoin.InvalidField("sort", "Issues are sorted by updated, created or waiting.")
	}
	switch {
	case in.Limit == 0:
		q.Limit = pageSize
	case in.Limit < -1 || in.Limit > maxPage:
		return q, rejoin.InvalidField("limit", "A page has 1 to %d issues; -1 only counts.", maxPage)
	}
	if in.Cursor != "" {
		key, id, _ := strings.Cut(in.Cursor, ".")
		n, err := strconv.ParseInt(key, 10, 64)
		if err != nil || n <= 0 || id == "" || !storable(id) {
			return q, rejoin.InvalidField("cursor", "This cursor is not one of ours. Begin with the first page.")
		}
		q.AfterKey, q.AfterID = n, id
	}
	if in.Filter, err = in.Filter.Check(); err != nil {
		return q, err
	}
	q.Filters = []rejoin.IssueFilter{in.Filter}
	return q, nil
}

// inView completes the query with a fixed view, or with the filter of a Smart View.
func (u *unit) inView(a rejoin.Agent, view string, q store.InboxQuery) (store.InboxQuery, error) {
	q.Now = u.now
	switch v := store.InboxView(view); v {
	case "":
		q.View = store.ViewOpen
		return q, nil
	case store.ViewAll, store.ViewOpen, store.ViewMine, store.ViewUnassigned, store.ViewWaiting, store.ViewLeft, store.ViewResolved, store.ViewUnread:
		q.View = v
		return q, nil
	}
	if !storable(view) {
		return q, rejoin.InvalidField("view", "There is no such view.")
	}
	smart, err := u.seenView(a, view)
	if rejoin.CodeOf(err) == rejoin.NotFound {
		return q, rejoin.InvalidField("view", "There is no such view. It may have been deleted.")
	}
	q.View, q.Filters = store.ViewAll, append([]rejoin.IssueFilter{smart.Filter}, q.Filters...)
	return q, err
}

func (u *unit) withFollowUps(list []store.InboxRow) (rows []Row, err error) {
	newest, err := u.NewestFollowUps(idsOf(list))
	for _, r := range list {
		row := Row{InboxRow: r}
		if f, ok := newest[r.Issue.ID]; ok {
			row.FollowUp = &f
		}
		rows = append(rows, row)
	}
	return rows, err
}

// hits says for each issue where the filters' words are.
func (u *unit) hits(rows []store.InboxRow, filters []rejoin.IssueFilter) (list []string, err error) {
	var text []string
	for _, f := range filters {
		if f.Text != "" {
			text = append(text, f.Text)
		}
	}
	if len(text) == 0 {
		return nil, nil
	}
	hits, err := u.Hits(idsOf(rows), strings.Join(text, " "))
	for _, r := range rows {
		list = append(list, hits[r.Issue.ID])
	}
	return list, err
}

func idsOf(rows []store.InboxRow) []string {
	ids := make([]string, len(rows))
	for n, r := range rows {
		ids[n] = r.Issue.ID
	}
	return ids
}

// InboxCounts is how many issues each view holds; no more than 10,000 are counted.
type InboxCounts struct {
	Open, Mine, Unassigned, Waiting, Left, Unread int64
	Smart                                         map[string]int64 // by id of the Smart View
}

// Counts counts the views that the agent sees.
func (s *Inbox) Counts(ctx context.Context, a rejoin.Agent) (n InboxCounts, err error) {
	err = s.read(ctx, func(u *unit) error {
		n = InboxCounts{Smart: map[string]int64{}}
		q := store.InboxQuery{DomainID: a.DomainID, AgentID: a.ID, Now: u.now, Limit: maxCount}
		for view, count := range map[store.InboxView]*int64{store.ViewOpen: &n.Open, store.ViewMine: &n.Mine, store.ViewUnassigned: &n.Unassigned,
			store.ViewWaiting: &n.Waiting, store.ViewLeft: &n.Left, store.ViewUnread: &n.Unread} {
			q.View = view
			if *count, err = u.CountInbox(q); err != nil {
				return err
			}
		}
		views, err := u.Tx.SmartViews(a.DomainID, a.ID)
		if err != nil {
			return err
		}
		q.View = store.ViewAll
		for _, v := range views {
			q.Filters = []rejoin.IssueFilter{v.Filter}
			if n.Smart[v.ID], err = u.CountInbox(q); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// InboxOptions is what there is to filter by.
type InboxOptions struct {
	Apps      []rejoin.App
	Languages []string
	Queues    []rejoin.Queue       // not archived
	Tags      []string             // not archived
	Fields    []rejoin.CustomField // archived ones too
}

// Options returns what there is to filter by in the agent's domain.
func (s *Inbox) Options(ctx context.Context, a rejoin.Agent) (o InboxOptions, err error) {
	err = s.read(ctx, func(u *unit) error {
		o = InboxOptions{}
		if o.Apps, err = u.Tx.Apps(a.DomainID); err != nil {
			return err
		}
		if o.Languages, err = u.UserLanguages(a.DomainID); err != nil {
			return err
		}
		if o.Fields, err = u.CustomFields(a.DomainID); err != nil {
			return err
		}
		queues, err := u.Tx.Queues(a.DomainID)
		if err != nil {
			return err
		}
		for _, q := range queues {
			if q.ArchivedAt == 0 {
				o.Queues = append(o.Queues, q)
			}
		}
		tags, err := u.Tx.Tags(a.DomainID)
		for _, t := range tags {
			if t.ArchivedAt == 0 {
				o.Tags = append(o.Tags, t.Name)
			}
		}
		return err
	})
	return o, err
}
