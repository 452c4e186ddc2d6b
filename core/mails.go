package core

import (
	"context"
	"strconv"
	"strings"

	"rejoin"
	"rejoin/store"
)

// Mails is what was mailed, and why not, for supervisors.
type Mails struct{ *env }

// MailSearch chooses unread spans that began in a period. Zero values choose everything.
type MailSearch struct {
	Span
	Group  string // mailed, waiting, skipped, cancelled or failed; empty for all
	Reason rejoin.Reason
	Text   string // part of an address, or an issue's number; at most 200 characters
	Cursor string // from an earlier page; empty for the first
	Limit  int    // 1 to 10,000; zero for 50
}

// mailGroup is the states that mean one thing for people, or nil if there is no such group.
func mailGroup(name string) []rejoin.FollowUpState {
	switch name {
	case "mailed":
		return []rejoin.FollowUpState{rejoin.FollowUpSent, rejoin.FollowUpUnknown}
	case "waiting":
		return []rejoin.FollowUpState{rejoin.FollowUpWaiting, rejoin.FollowUpSending, rejoin.FollowUpHandingOver}
	case "skipped":
		return []rejoin.FollowUpState{rejoin.FollowUpSkipped}
	case "cancelled":
		return []rejoin.FollowUpState{rejoin.FollowUpCancelled}
	case "failed":
		return []rejoin.FollowUpState{rejoin.FollowUpFailed}
	}
	return nil
}

// MailPage is a page of the list, newest first.
type MailPage struct {
	Rows []store.SpanRow
	Next string
}

// maxMailRows is how many lines a page or a file has at most.
const maxMailRows = 10000

// Search returns a page of what was mailed, and why not.
func (s *Mails) Search(ctx context.Context, a rejoin.Agent, in MailSearch) (p MailPage, err error) {
	if err := supervise(a); err != nil {
		return p, err
	}
	f, err := in.filter()
	if err != nil {
		return p, err
	}
	err = s.read(ctx, func(u *unit) error {
		if f.Period, err = u.period(a, in.Span); err != nil {
			return err
		}
		if p.Rows, err = u.Spans(f); err != nil {
			return err
		}
		if len(p.Rows) == f.Limit {
			last := p.Rows[len(p.Rows)-1].FollowUp
			p.Next = strconv.FormatInt(int64(last.CreatedAt), 10) + "." + last.ID
		}
		return nil
	})
	return p, err
}

func (in MailSearch) filter() (f store.SpanFilter, err error) {
	if _, err := in.check(); err != nil {
		return f, err
	}
	states := mailGroup(in.Group)
	if in.Group != "" && states == nil {
		return f, rejoin.InvalidField("state", "The states are mailed, waiting, skipped, cancelled and failed.")
	}
	f = store.SpanFilter{States: states, Reason: in.Reason, Limit: in.Limit}
	if f.Limit == 0 {
		f.Limit = pageSize
	}
	if f.Limit < 1 || f.Limit > maxMailRows {
		return f, rejoin.InvalidField("limit", "A page has 1 to %d lines.", maxMailRows)
	}
	text := strings.ToLower(strings.TrimSpace(in.Text))
	if !storable(text) || !storable(string(in.Reason)) {
		return f, rejoin.InvalidField("q", "The text to search for is not valid UTF-8.")
	}
	if len([]rune(text)) > 200 {
		return f, rejoin.InvalidField("q", "Search for at most 200 characters.")
	}
	if n, err := strconv.ParseInt(strings.TrimPrefix(text, "#"), 10, 64); err == nil && n > 0 {
		f.Number = n
	} else {
		f.Address = text
	}
	if in.Cursor != "" {
		f.BeforeAt, f.BeforeID, err = readCursor(in.Cursor)
	}
	return f, err
}
