package core

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"rejoin"
	"rejoin/store"
)

// Catalogue is the list of conversations as programs read it.
type Catalogue struct{ *env }

// CatalogueQuery chooses a page of the list.
type CatalogueQuery struct {
	List     rejoin.IssueList
	ByUpdate bool   // sorted by the newest change instead of the beginning
	Upwards  bool   // oldest first
	Page     int64  // from 1; not looked at with a key
	Size     int64  // issues, 1 to [rejoin.MaxListPage]
	Key      string // from an earlier page with the same order; the page begins behind it
	CatalogueParts
}

// CatalogueParts is what comes along with issues.
type CatalogueParts struct{ Messages, Notes bool }

// CataloguePage is one page of the list.
type CataloguePage struct {
	Issues []CatalogueEntry
	Total  int64                 // of all pages, no more than [rejoin.MaxListed] are counted; -1 with a key
	Next   string                // key of the next page; empty at the end
	Apps   map[string]rejoin.App // of the domain, by id
	Emails map[string]string     // of its agents, by id
}

// CatalogueEntry is an issue with what programs read of it.
type CatalogueEntry struct {
	store.InboxRow
	Redacted bool             // it has a redacted message
	Messages []rejoin.Message // that were not taken back, or were redacted
	Notes    []store.WrittenNote
}

// maxPageBytes is how much the messages of one page take at most, and how much its notes.
const maxPageBytes = 32 << 20

// Issues returns a page of the domain's issues. Who goes upwards, or reads from a moment on, is told nothing that something older may still join: what
// others are writing just now comes with a later page (ADR 19).
func (s *Catalogue) Issues(ctx context.Context, a rejoin.Agent, in CatalogueQuery) (p CataloguePage, err error) {
	if err := looking(a); err != nil {
		return p, err
	}
	q, err := in.check(a)
	if err != nil {
		return p, err
	}
	if err := s.settled(ctx, &q); err != nil {
		return p, err
	}
	err = s.read(ctx, func(u *unit) error {
		p = CataloguePage{Total: -1}
		if err := u.resolveList(a, &q.List); err != nil {
			return err
		}
		rows, err := u.IssueList(q)
		if err != nil {
			return err
		}
		more := len(rows) == q.Limit
		if more {
			rows = rows[:q.Limit-1]
			last := rows[len(rows)-1].Issue
			p.Next = in.order() + strconv.FormatInt(q.Sort.KeyOf(last), 10) + "." + last.ID
		}
		if err := u.fillCatalogue(a, &p, rows, in.CatalogueParts); err != nil || in.Key != "" {
			return err
		}
		if p.Total = int64(q.Offset + len(rows)); !more && len(rows) > 0 || q.Offset == 0 && len(rows) == 0 {
			return nil
		}
		q.Limit = rejoin.MaxListed
		p.Total, err = u.CountIssueList(q)
		return err
	})
	return p, err
}

// Issue returns the domain's issue with the number or id, as a page of one.
func (s *Catalogue) Issue(ctx context.Context, a rejoin.Agent, ref string, parts CatalogueParts) (p CataloguePage, err error) {
	err = s.looks(ctx, a, func(u *unit) error {
		p = CataloguePage{Total: 1}
		id, err := u.issueID(a, ref)
		if err != nil {
			return err
		}
		row, err := u.InboxRowOf(id)
		if err != nil {
			return err
		}
		if row.Issue.DomainID != a.DomainID {
			return rejoin.Errorf(rejoin.NotFound, "There is no such conversation.")
		}
		return u.fillCatalogue(a, &p, []store.InboxRow{row}, parts)
	})
	return p, err
}

// order is what a key begins with, so that none is taken for that of another order.
func (in CatalogueQuery) order() string {
	order := "c"
	if in.ByUpdate {
		order = "u"
	}
	if in.Upwards {
		return order + "a."
	}
	return order + "d."
}

func (in CatalogueQuery) check(a rejoin.Agent) (q store.IssueListQuery, err error) {
	q = store.IssueListQuery{DomainID: a.DomainID, List: in.List, Sort: store.ByCreated, Upwards: in.Upwards, Limit: int(in.Size) + 1}
	if in.ByUpdate {
		q.Sort = store.ByUpdate
	}
	if err := in.List.Check(); err != nil {
		return q, err
	}
	if in.Size < 1 || in.Size > rejoin.MaxListPage {
		return q, rejoin.InvalidField("page-size", "page-size is a whole number from 1 to %d.", rejoin.MaxListPage)
	}
	if in.Key != "" {
		place, ok := strings.CutPrefix(in.Key, in.order())
		key, id, _ := strings.Cut(place, ".")
		if q.AfterKey, err = strconv.ParseInt(key, 10, 64); !ok || err != nil || id == "" || !storable(id) {
			return q, rejoin.InvalidField("next-key", "This next-key is not from a list in this order. Ask with the same sort-by and sort-order, or begin without one.")
		}
		q.AfterID = id
		return q, nil
	}
	if in.Page < 1 || in.Page > rejoin.MaxListed/in.Size {
		return q, rejoin.InvalidField("page", "page begins at 1, and page × page-size is at most %d. Further on, read with next-key, or move created_since or updated_since.", rejoin.MaxListed)
	}
	q.Offset = int((in.Page - 1) * in.Size)
	return q, nil
}

// settled ends the list before what may still be joined by something older. It is called before the snapshot of the list is taken.
func (s *Catalogue) settled(ctx context.Context, q *store.IssueListQuery) error {
	created, updated := &q.List.Created, &q.List.Updated
	byUpdate := q.Sort == store.ByUpdate || updated.From > 0
	byCreation := q.Sort == store.ByCreated && q.Upwards || created.From > 0
	if !byUpdate && !byCreation {
		return nil
	}
	horizon, err := s.Store.Horizon(ctx, s.Clock)
	if err != nil {
		return err
	}
	end := func(since *rejoin.Since) {
		if since.Until == 0 || since.Until >= horizon {
			since.Until = horizon - 1
		}
	}
	if byUpdate {
		end(updated)
	}
	if byCreation {
		end(created)
	}
	return nil
}

// resolveList makes ids of the apps that a program names, and looks at whether the fields are as it says.
func (u *unit) resolveList(a rejoin.Agent, l *rejoin.IssueList) error {
	var apps []string
	for _, ref := range l.Apps {
		app, err := u.appNamed(a, ref)
		if rejoin.CodeOf(err) == rejoin.NotFound {
			apps = append(apps, ref) // chooses nothing
			continue
		}
		if err != nil {
			return err
		}
		apps = append(apps, app.ID)
	}
	l.Apps = apps
	named := l.FieldsNamed()
	if len(named) == 0 {
		return nil
	}
	fields, err := u.CustomFields(a.DomainID)
	if err != nil {
		return err
	}
	types := map[string]rejoin.FieldType{}
	for _, f := range fields {
		types[f.Key] = f.Type
	}
	for _, key := range sortedKeys(named) {
		switch types[key] {
		case named[key]:
		case "":
			return rejoin.InvalidField("custom_fields", "There is no custom issue field with the key %q. GET /custom-fields lists them.", key)
		default:
			return rejoin.InvalidField("custom_fields", "The field %q has the type %s: ask for it below %q.", key, types[key], types[key])
		}
	}
	return nil
}

// fillCatalogue loads what comes along with the issues: for all of them at once.
func (u *unit) fillCatalogue(a rejoin.Agent, p *CataloguePage, rows []store.InboxRow, parts CatalogueParts) (err error) {
	ids := idsOf(rows)
	var messages map[string][]rejoin.Message
	var notes map[string][]store.WrittenNote
	if parts.Messages {
		if messages, err = u.MessagesOf(ids, maxPageBytes); err != nil {
			return tooMuch(err, len(rows))
		}
	}
	if parts.Notes {
		if notes, err = u.NotesOf(ids, maxPageBytes); err != nil {
			return tooMuch(err, len(rows))
		}
	}
	p.Issues = make([]CatalogueEntry, len(rows))
	for n, r := range rows {
		e := CatalogueEntry{InboxRow: r, Notes: notes[r.Issue.ID]}
		if r.Issue.FullPrivacy { // as webhooks tell it
			e.User.Name, e.User.Email = "", ""
		}
		for _, m := range messages[r.Issue.ID] {
			if m.Standing() || m.Change.Redacted {
				e.Messages = append(e.Messages, m)
			}
		}
		p.Issues[n] = e
	}
	if err := u.markRedacted(ids, p.Issues); err != nil {
		return err
	}
	return u.catalogueNames(a, p)
}

// markRedacted notes which issues have a redacted message, also if messages do not come along.
func (u *unit) markRedacted(ids []string, list []CatalogueEntry) error {
	redacted, err := u.RedactedOf(ids)
	for n, e := range list {
		list[n].Redacted = redacted[e.Issue.ID]
	}
	return err
}

// catalogueNames loads the domain's apps and the addresses of its agents.
func (u *unit) catalogueNames(a rejoin.Agent, p *CataloguePage) error {
	p.Apps, p.Emails = map[string]rejoin.App{}, map[string]string{}
	apps, err := u.Tx.Apps(a.DomainID)
	if err != nil {
		return err
	}
	for _, app := range apps {
		p.Apps[app.ID] = app
	}
	agents, err := u.Tx.Agents(a.DomainID)
	for _, agent := range agents {
		p.Emails[agent.ID] = agent.Email
	}
	return err
}

func tooMuch(err error, issues int) error {
	if !errors.Is(err, store.ErrTooMuch) {
		return err
	}
	e := rejoin.InvalidField("page-size", "The messages or the notes of these %d issues have more than %d MB. Ask for a smaller page.", issues, maxPageBytes>>20)
	if issues == 1 {
		e = rejoin.InvalidField("excludes", `This conversation is too long for one answer. Ask for it with excludes=["messages"] or excludes=["private_notes"].`)
	}
	e.Err = fmt.Errorf("core: %w", err)
	return e
}
