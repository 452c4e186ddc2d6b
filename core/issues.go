package core

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"rejoin"
	"rejoin/live"
	"rejoin/store"
)

// Issues is what agents do with conversations besides writing.
type Issues struct{ *env }

// View chooses which issues an inbox shows.
type View struct {
	Name   string // open, mine or all
	Unread bool   // only issues with messages no agent has seen
	Text   string // search; at most 200 characters
	Cursor string // from an earlier page; empty for the first
}

// Page is one page of an inbox.
type Page struct {
	Rows   []Row
	Next   string
	Counts store.InboxCounts
}

// Inbox returns a page of the agent's domain.
func (s *Issues) Inbox(ctx context.Context, a rejoin.Agent, v View) (p Page, err error) {
	f, err := v.filter(a)
	if err != nil {
		return p, err
	}
	err = s.read(ctx, func(u *unit) error {
		rows, err := u.Tx.Inbox(f)
		if err != nil {
			return err
		}
		if len(rows) == f.Limit {
			last := rows[len(rows)-1].Issue
			p.Next = strconv.FormatInt(int64(last.UpdatedAt), 10) + "." + last.ID
		}
		if p.Rows, err = u.withFollowUps(rows); err != nil {
			return err
		}
		p.Counts, err = u.InboxCounts(a.DomainID, a.ID)
		return err
	})
	return p, err
}

func (u *unit) withFollowUps(list []store.InboxRow) (rows []Row, err error) {
	ids := make([]string, len(list))
	for n, r := range list {
		ids[n] = r.Issue.ID
	}
	newest, err := u.NewestFollowUps(ids)
	for _, r := range list {
		row := Row{InboxRow: r}
		if f, ok := newest[r.Issue.ID]; ok {
			row.FollowUp = &f
		}
		rows = append(rows, row)
	}
	return rows, err
}

func (v View) filter(a rejoin.Agent) (store.InboxFilter, error) {
	f := store.InboxFilter{DomainID: a.DomainID, OnlyUnread: v.Unread, Text: strings.TrimSpace(v.Text), Limit: pageSize}
	switch v.Name {
	case "open", "":
		f.OnlyOpen = true
	case "mine":
		f.OnlyOpen, f.AssigneeID = true, a.ID
	case "all":
	default:
		return f, rejoin.InvalidField("view", "The views are open, mine and all.")
	}
	if !storable(f.Text) {
		return f, rejoin.InvalidField("q", "The text to search for is not valid UTF-8.")
	}
	if len([]rune(f.Text)) > 200 {
		return f, rejoin.InvalidField("q", "Search for at most 200 characters.")
	}
	if v.Cursor != "" {
		at, id, _ := strings.Cut(v.Cursor, ".")
		n, err := strconv.ParseInt(at, 10, 64)
		if err != nil || n <= 0 || id == "" || !storable(id) {
			return f, rejoin.InvalidField("cursor", "This cursor is not one of ours. Begin with the first page.")
		}
		f.BeforeAt, f.BeforeID = rejoin.Millis(n), id
	}
	return f, nil
}

// storable reports whether both engines can compare with the text: PostgreSQL knows no NUL.
func storable(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// Assign gives the issue to an agent of the domain, or to nobody if agentID is empty.
func (s *Issues) Assign(ctx context.Context, a rejoin.Agent, issueID, agentID string) error {
	return s.write(ctx, func(u *unit) error {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil || issue.AssigneeID == agentID {
			return err
		}
		var to rejoin.Agent
		if agentID != "" {
			to, err = u.Agent(agentID)
			if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && to.DomainID != a.DomainID {
				return rejoin.InvalidField("agent_id", "There is no such agent in your team.")
			}
			if err != nil {
				return err
			}
		}
		if err := u.event(&issue, rejoin.EventAssigned, byAgent(a), rejoin.EventData{Assignee: to.Name}); err != nil {
			return err
		}
		if err := u.setState(&issue, issue.AfterAssign(agentID), byAgent(a)); err != nil {
			return err
		}
		issue.AssigneeID, issue.UpdatedAt = agentID, u.now
		return u.save(&issue)
	})
}

// Close resolves or rejects the issue. A rejected issue is not followed up any more.
func (s *Issues) Close(ctx context.Context, a rejoin.Agent, issueID string, to rejoin.IssueState) error {
	return s.changeState(ctx, a, issueID, func(i rejoin.Issue) (rejoin.IssueState, error) { return i.AfterClose(to) })
}

// Reopen opens a resolved or rejected issue again.
func (s *Issues) Reopen(ctx context.Context, a rejoin.Agent, issueID string) error {
	return s.changeState(ctx, a, issueID, rejoin.Issue.AfterReopen)
}

func (s *Issues) changeState(ctx context.Context, a rejoin.Agent, issueID string, next func(rejoin.Issue) (rejoin.IssueState, error)) error {
	return s.write(ctx, func(u *unit) error {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil {
			return err
		}
		state, err := next(issue)
		if err != nil {
			return err
		}
		if err := u.setState(&issue, state, byAgent(a)); err != nil {
			return err
		}
		if err := u.beginEnding(&issue); err != nil {
			return err
		}
		issue.UpdatedAt = u.now
		if err := u.rearm(&issue, factsChanged); err != nil {
			return err
		}
		return u.save(&issue)
	})
}

// beginEnding is called when an agent has closed or reopened the issue. A rating that was given stays until there is another.
func (u *unit) beginEnding(i *rejoin.Issue) error {
	if i.State.Open() {
		i.Ending.Closing = rejoin.NotClosing
		return nil
	}
	app, err := u.App(i.AppID)
	if err == nil {
		i.Ending.Closing = closed(i.State, app.Settings.WebChat)
	}
	return err
}

// RevokeLinks switches off every return link of the issue and ends the sessions they have made.
func (s *Issues) RevokeLinks(ctx context.Context, a rejoin.Agent, issueID string) error {
	return s.write(ctx, func(u *unit) error {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil {
			return err
		}
		if err := u.revokeLinks(&issue, byAgent(a)); err != nil {
			return err
		}
		if err := u.audit(a, rejoin.LinksRevoked, "#"+strconv.FormatInt(issue.Number, 10)); err != nil {
			return err
		}
		return u.save(&issue)
	})
}

// revokeLinks is RevokeLinks inside a transaction. The caller saves the issue.
func (u *unit) revokeLinks(i *rejoin.Issue, by rejoin.Actor) error {
	if _, err := u.RevokeReturnLinks(i.ID, u.now); err != nil {
		return err
	}
	if err := u.RevokeIssueSessions(i.ID, i.UserID, u.now); err != nil {
		return err
	}
	u.signals = append(u.signals, live.Signal{Topic: live.IssueTopic(i.ID), Kind: live.Revoked, IssueID: i.ID})
	return u.event(i, rejoin.EventLinksRevoked, by, rejoin.EventData{})
}
