package core

import (
	"context"
	"strconv"
	"strings"
	"time"

	"rejoin"
	"rejoin/store"
)

// AnalyticsSearch chooses a page of issues for a program that counts them elsewhere.
type AnalyticsSearch struct {
	App       string // id or publish id; empty for all
	Issue     string // number or id; empty for all
	From, To  rejoin.Millis
	ByCreated bool   // go by when issues began, not by when they changed last
	Next      string // from the page before; empty for the first
	Limit     int
}

// The limits of a page of analytics (reference §7.3).
const (
	maxAnalytics     = 2000
	maxAnalyticsSpan = 180 * day
)

// AnalyticsPage is a page of issues in order.
type AnalyticsPage struct {
	Rows  []IssueAnalytics
	Next  string        // of the next page; empty if this is the last
	Until rejoin.Millis // the end of what the pages cover: the end of the period, or the moment as far as which everything has happened
}

// IssueAnalytics is what can be counted of an issue. What has not happened is zero.
type IssueAnalytics struct {
	store.AnalyticsRow
	Queue, InitialQueue QueueName

	FirstAssignedAt       rejoin.Millis
	FirstRespondedAt      rejoin.Millis // by anybody but Identity Bot
	FirstHumanResponseAt  rejoin.Millis
	FirstHumanResponderID string
	LastResolvedAt        rejoin.Millis

	Inbound, ByAgents, ByCustomBots, ByOthers int // messages; others are automations, programs and Identity Bot
	Responses                                 int // of agents to what the user had written
	ResponseTime                              time.Duration
	Accepted, Declined                        int // answers to the resolution question
	Reopens                                   int
}

// QueueName names a queue; the id is empty if it has another name by now.
type QueueName struct{ ID, Name string }

// Analytics returns a page of issues with what can be counted of them.
func (s *Directory) Analytics(ctx context.Context, a rejoin.Agent, in AnalyticsSearch) (p AnalyticsPage, err error) {
	f := store.AnalyticsFilter{DomainID: a.DomainID, From: in.From, To: in.To, ByCreated: in.ByCreated, Limit: in.Limit}
	if f.AfterAt, f.AfterID, err = analyticsCursor(in.Next); err != nil {
		return p, err
	}
	switch {
	case in.From <= 0 || in.To <= in.From:
		return p, rejoin.InvalidField("to", "The period ends after it begins: to is later than from.")
	case in.To.Sub(in.From) > maxAnalyticsSpan+2*time.Hour: // days of 25 hours
		return p, rejoin.InvalidField("from", "A period has at most %d days. Ask for several.", int(maxAnalyticsSpan/day))
	case in.Limit < 1 || in.Limit > maxAnalytics:
		return p, rejoin.InvalidField("limit", "A page has 1 to %d issues.", maxAnalytics)
	}
	horizon, err := s.Store.Horizon(ctx, s.Clock) // what is being committed beyond it may still come in between
	if err != nil {
		return p, err
	}
	f.To = max(f.From, min(f.To, horizon))
	f.From = max(f.From, f.AfterAt)
	err = s.looks(ctx, a, func(u *unit) error {
		if err := u.nameAnalytics(a, in, &f); err != nil {
			return err
		}
		p, err = u.analytics(f)
		p.Until = f.To
		return err
	})
	return p, err
}

// analyticsCursor is where a page begins; its id is empty for the first.
func analyticsCursor(next string) (rejoin.Millis, string, error) {
	if next == "" {
		return 0, "", nil
	}
	at, id, _ := strings.Cut(next, ".")
	n, err := strconv.ParseInt(at, 10, 64)
	if err != nil || n <= 0 || id == "" || !storable(id) {
		return 0, "", rejoin.InvalidField("next_key", "This next_key is not one of ours. Begin without one.")
	}
	return rejoin.Millis(n), id, nil
}

// nameAnalytics finds the app and the issue that the search names.
func (u *unit) nameAnalytics(a rejoin.Agent, in AnalyticsSearch, f *store.AnalyticsFilter) error {
	if in.App != "" {
		app, err := u.appNamed(a, in.App)
		if err != nil {
			return err
		}
		f.AppID = app.ID
	}
	if in.Issue == "" {
		return nil
	}
	issue, err := u.issueAt(a, in.Issue)
	f.IssueID = issue.ID
	return err
}

// issueAt is an issue of the agent's domain by its number or its id, NotFound if there is none.
func (u *unit) issueAt(a rejoin.Agent, ref string) (rejoin.Issue, error) {
	i, err := u.namedIssue(a, ref)
	if rejoin.CodeOf(err) == rejoin.Invalid {
		err = rejoin.Errorf(rejoin.NotFound, "There is no such issue.")
	}
	return i, err
}

func (u *unit) analytics(f store.AnalyticsFilter) (p AnalyticsPage, err error) {
	rows, err := u.AnalyticsIssues(f)
	if err != nil {
		return p, err
	}
	ids, byID := make([]string, len(rows)), map[string]*IssueAnalytics{}
	p.Rows = make([]IssueAnalytics, len(rows))
	for n, r := range rows {
		if r.FullPrivacy {
			r.Email = ""
		}
		p.Rows[n].AnalyticsRow = r
		ids[n], byID[r.ID] = r.ID, &p.Rows[n]
	}
	if len(rows) == f.Limit {
		last := rows[len(rows)-1]
		at := last.UpdatedAt
		if f.ByCreated {
			at = last.CreatedAt
		}
		p.Next = strconv.FormatInt(int64(at), 10) + "." + last.ID
	}
	messages, err := u.Utterances(ids)
	if err != nil {
		return p, err
	}
	waiting := map[string]rejoin.Millis{} // since when the user waits for an agent
	for _, m := range messages {
		byID[m.IssueID].count(m, waiting)
	}
	events, err := u.Turns(ids)
	if err != nil {
		return p, err
	}
	return p, u.turns(f.DomainID, byID, events)
}

// count counts a message.
func (r *IssueAnalytics) count(m store.Utterance, waiting map[string]rejoin.Millis) {
	switch {
	case m.Origin == rejoin.FromUser:
		r.Inbound++
		if waiting[m.IssueID] == 0 {
			waiting[m.IssueID] = m.At
		}
		return
	case m.Origin == rejoin.FromAgent && !strings.HasPrefix(m.AuthorID, "key_"):
		r.ByAgents++
		if r.FirstHumanResponseAt == 0 {
			r.FirstHumanResponseAt, r.FirstHumanResponderID = m.At, m.AuthorID
		}
		if since := waiting[m.IssueID]; since > 0 {
			r.Responses++
			r.ResponseTime += m.At.Sub(since)
			waiting[m.IssueID] = 0
		}
	case m.Origin == rejoin.FromBot && m.AuthorID != botID:
		r.ByCustomBots++
	default:
		r.ByOthers++
		if m.AuthorID == botID {
			return
		}
	}
	if r.FirstRespondedAt == 0 {
		r.FirstRespondedAt = m.At
	}
}

// turns adds what the events tell.
func (u *unit) turns(domainID string, byID map[string]*IssueAnalytics, events []rejoin.Event) error {
	queues, err := u.Tx.Queues(domainID)
	if err != nil {
		return err
	}
	idOf, nameOf := map[string]string{}, map[string]string{}
	for _, q := range queues {
		idOf[q.Name], nameOf[q.ID] = q.ID, q.Name
	}
	closed := map[string]bool{}
	for _, e := range events {
		r := byID[e.IssueID]
		if e.Kind == rejoin.EventQueued && r.InitialQueue.Name == "" && e.Data.Queue != "" {
			r.InitialQueue = QueueName{idOf[e.Data.Queue], e.Data.Queue}
		}
		r.turn(e, closed)
	}
	for _, r := range byID {
		if r.QueueID != "" {
			r.Queue = QueueName{r.QueueID, nameOf[r.QueueID]}
		}
	}
	return nil
}

// turn counts an event.
func (r *IssueAnalytics) turn(e rejoin.Event, closed map[string]bool) {
	switch e.Kind {
	case rejoin.EventAssigned:
		if r.FirstAssignedAt == 0 && e.Data.Assignee != "" {
			r.FirstAssignedAt = e.CreatedAt
		}
	case rejoin.EventResolution:
		if e.Data.Accepted {
			r.Accepted++
		} else {
			r.Declined++
		}
	case rejoin.EventStateChanged:
		if e.Data.State == rejoin.Resolved {
			r.LastResolvedAt = e.CreatedAt
		}
		if closed[e.IssueID] && e.Data.State.Open() {
			r.Reopens++
		}
		closed[e.IssueID] = !e.Data.State.Open()
	}
}
