package core

import (
	"context"
	"strings"

	"rejoin"
	"rejoin/store"
)

// SpanEntry is a follow-up with the messages it is about.
type SpanEntry struct {
	FollowUp   rejoin.FollowUp
	MessageIDs []string // outbound, without those that were taken back
}

// OfIssue returns the follow-ups of an issue, named by number or id, the oldest first.
func (s *FollowUps) OfIssue(ctx context.Context, a rejoin.Agent, issue string) (list []SpanEntry, err error) {
	if err := looking(a); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(u *unit) error {
		i, err := u.issueAt(a, issue)
		if err != nil {
			return err
		}
		list, err = u.spanEntries(i.ID)
		return err
	})
	return list, err
}

func (u *unit) spanEntries(issueID string) ([]SpanEntry, error) {
	followUps, err := u.Tx.FollowUps(issueID)
	if err != nil || len(followUps) == 0 {
		return nil, err
	}
	messages, err := u.OutboundIDs(issueID, followUps[0].FromSeq)
	list := make([]SpanEntry, len(followUps))
	for n, f := range followUps {
		list[n] = SpanEntry{FollowUp: f, MessageIDs: []string{}}
		for _, m := range messages {
			if m.Seq >= f.FromSeq && m.Seq <= f.ToSeq {
				list[n].MessageIDs = append(list[n].MessageIDs, m.ID)
			}
		}
	}
	return list, err
}

// Steer does what an agent may do with the waiting e-mail of an issue, named by number or id: send_now, hold or release.
func (s *FollowUps) Steer(ctx context.Context, a rejoin.Agent, issue, action string) (list []SpanEntry, err error) {
	do, ok := map[string]func(context.Context, rejoin.Agent, string) error{"send_now": s.SendNow, "hold": s.Hold, "release": s.Release}[action]
	if !ok {
		return nil, rejoin.InvalidField("action", "The action is send_now, hold or release.")
	}
	if err := answering(a); err != nil {
		return nil, err
	}
	var id string
	err = s.read(ctx, func(u *unit) error {
		i, err := u.issueAt(a, issue)
		id = i.ID
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := do(ctx, a, id); err != nil {
		return nil, err
	}
	return s.OfIssue(ctx, a, id)
}

// Timeline returns the events of an issue, named by number or id, after the nth, the oldest first, and whether there are more.
func (s *Directory) Timeline(ctx context.Context, a rejoin.Agent, issue string, after int64, limit int) (list []rejoin.Event, more bool, err error) {
	err = s.looks(ctx, a, func(u *unit) error {
		i, err := u.issueAt(a, issue)
		if err != nil {
			return err
		}
		list, err = u.EventsFrom(i.ID, after, limit)
		more = len(list) > 0 && list[len(list)-1].N < i.EventCount
		return err
	})
	return list, more, err
}

// SuppressionSearch chooses wishes not to be mailed. What is empty chooses all.
type SuppressionSearch struct {
	Address string
	Kind    rejoin.SuppressionKind
	After   int // wishes before the page
	Limit   int
}

// SuppressionList is a page of wishes, the oldest first.
type SuppressionList struct {
	Rows []store.SuppressionRow
	Hits int64 // of all pages, counted up to 50,000
}

// Suppressions returns a page of the domain's wishes not to be mailed.
func (w *Wishes) Suppressions(ctx context.Context, a rejoin.Agent, in SuppressionSearch) (p SuppressionList, err error) {
	if err := looking(a); err != nil {
		return p, err
	}
	if in.Kind != "" && !isWish(in.Kind) {
		return p, noWish("kind")
	}
	err = w.read(ctx, func(u *unit) error {
		f := store.SuppressionFilter{DomainID: a.DomainID, Address: strings.ToLower(strings.TrimSpace(in.Address)), Kind: in.Kind}
		if p.Rows, err = u.Tx.Suppressions(f, in.After, in.Limit); err != nil {
			return err
		}
		p.Hits, err = u.CountSuppressions(f, maxHits)
		return err
	})
	return p, err
}

func isWish(k rejoin.SuppressionKind) bool {
	return k == rejoin.Mute || k == rejoin.Unsubscribe || k == rejoin.NotMe
}

func noWish(field string) error {
	return rejoin.InvalidField(field, "The kinds are mute (of one conversation), unsubscribe (of an app) and not_me (of the whole domain).")
}

// NewSuppression is a wish that a program knows of.
type NewSuppression struct {
	Kind    rejoin.SuppressionKind
	Address string // not of a mute
	App     string // of an unsubscribe: id or publish id
	Issue   string // of a mute: number or id
}

// Suppress stores a wish. One that is known stays as it is.
func (w *Wishes) Suppress(ctx context.Context, a rejoin.Agent, in NewSuppression) (row store.SuppressionRow, err error) {
	if err := supervising(a); err != nil {
		return row, err
	}
	if !isWish(in.Kind) {
		return row, noWish("kind")
	}
	if in.Kind != rejoin.Mute {
		if in.Address, err = rejoin.CheckEmail(in.Address); err != nil {
			return row, err
		}
	}
	err = w.write(ctx, func(u *unit) error {
		wish := rejoin.Suppression{DomainID: a.DomainID, Kind: in.Kind, Address: in.Address}
		var issue rejoin.Issue
		switch in.Kind {
		case rejoin.Mute:
			issue, err = u.mutedBy(a, in, &wish)
		case rejoin.Unsubscribe:
			var app rejoin.App
			app, err = u.appNamed(a, in.App)
			wish.AppID = app.ID
		}
		if err != nil {
			return err
		}
		if err := u.changeWish(a, wish, issue, true); err != nil {
			return err
		}
		row, err = u.wishRow(a, wish)
		return err
	})
	return row, err
}

// mutedBy locks the issue of a mute and completes the wish.
func (u *unit) mutedBy(a rejoin.Agent, in NewSuppression, wish *rejoin.Suppression) (rejoin.Issue, error) {
	found, err := u.issueAt(a, in.Issue)
	if err != nil {
		return found, err
	}
	issue, err := u.agentsIssue(a, found.ID)
	if err != nil {
		return issue, err
	}
	user, err := u.User(issue.UserID)
	wish.AppID, wish.IssueID, wish.Address = issue.AppID, issue.ID, user.Email
	return issue, err
}

// wishRow is the wish as it is stored.
func (u *unit) wishRow(a rejoin.Agent, wish rejoin.Suppression) (row store.SuppressionRow, err error) {
	list, err := u.Tx.Suppressions(store.SuppressionFilter{DomainID: a.DomainID, Address: wish.Address, Kind: wish.Kind}, 0, maxHits)
	for _, r := range list {
		if r.AppID == wish.AppID && r.IssueID == wish.IssueID {
			return r, nil
		}
	}
	return row, err
}

// changeWish stores a wish or takes it back, and lets what waits be decided anew. The issue of a mute is locked; for other wishes it is zero.
func (u *unit) changeWish(a rejoin.Agent, wish rejoin.Suppression, i rejoin.Issue, on bool) error {
	changed, err := u.setWish(wish, on)
	if err != nil || !changed {
		return err
	}
	if err := u.noteWish(wish, on); err != nil {
		return err
	}
	if i.ID != "" {
		if on {
			if err := u.event(&i, rejoin.EventSuppressed, byAgent(a), rejoin.EventData{Kind: string(wish.Kind), Email: wish.Address}); err != nil {
				return err
			}
		}
		if err := u.rearm(&i, factsChanged); err != nil {
			return err
		}
		if err := u.save(&i); err != nil {
			return err
		}
	}
	act := rejoin.SuppressionRemoved
	if on {
		act = rejoin.SuppressionMade
	}
	if err := u.audit(a, act, string(wish.Kind)+" "+maskAddress(wish.Address)); err != nil {
		return err
	}
	if wish.Address == "" { // of a conversation whose user has none
		return nil
	}
	return u.put(jobAddress, wish.DomainID+" "+wish.Address, u.now)
}

// Unsuppress forgets a wish: the company knows that its owner has taken it back.
func (w *Wishes) Unsuppress(ctx context.Context, a rejoin.Agent, id string) error {
	if err := supervising(a); err != nil {
		return err
	}
	return w.write(ctx, func(u *unit) error {
		rows, err := u.Tx.Suppressions(store.SuppressionFilter{DomainID: a.DomainID, ID: id}, 0, 1)
		if err == nil && len(rows) == 0 {
			err = rejoin.Errorf(rejoin.NotFound, "There is no such suppression.")
		}
		if err != nil {
			return err
		}
		var issue rejoin.Issue
		if wish := rows[0].Suppression; wish.IssueID != "" {
			if issue, err = u.agentsIssue(a, wish.IssueID); err != nil {
				return err
			}
		}
		return u.changeWish(a, rows[0].Suppression, issue, false)
	})
}
