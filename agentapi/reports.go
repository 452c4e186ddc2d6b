package agentapi

import (
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/followup"
	"rejoin/store"
	"rejoin/web"
)

// reports is what supervisors look at, and the simulator.
type reports struct{ *API }

// reportRoutes are what supervisors look at.
func (a *API) reportRoutes() []route {
	return []route{
		{"GET /agent/v1/reports", rejoin.Supervise, reports{a}.report},
		{"GET /agent/v1/reports.csv", rejoin.Supervise, reports{a}.reportFile},
		{"GET /agent/v1/mails", rejoin.Supervise, reports{a}.mails},
		{"GET /agent/v1/mails.csv", rejoin.Supervise, reports{a}.mailsFile},
		{"POST /agent/v1/apps/{app}/simulate", rejoin.Administer, reports{a}.simulate},
	}
}

func (a reports) report(c call) (any, error) {
	r, err := a.reportOf(c)
	if err != nil {
		return nil, err
	}
	return reportOf(r), nil
}

func (a reports) reportOf(c call) (r core.Report, err error) {
	span, err := a.span(c)
	if err != nil {
		return r, err
	}
	return a.Core.Reports.Report(c.r.Context(), c.agent, span)
}

// usualPeriod is what is reported about if no time is given.
const usualPeriod = 28 * 24 * time.Hour

// span reads which app and which time is asked about.
func (a reports) span(c call) (s core.Span, err error) {
	q := c.r.URL.Query()
	if s.AppID = q.Get("app"); s.AppID != "" && !isID(s.AppID) {
		return s, rejoin.Errorf(rejoin.NotFound, "There is no such app.")
	}
	from, err := c.number("from", 0)
	if err != nil {
		return s, err
	}
	to, err := c.number("to", 0)
	if from == 0 && to == 0 {
		to = int64(a.Clock.Now())
		from = to - usualPeriod.Milliseconds()
	}
	s.From, s.To, s.Zone = rejoin.Millis(from), rejoin.Millis(to), q.Get("zone")
	return s, err
}

func (a reports) mails(c call) (any, error) {
	in, err := a.mailSearch(c)
	if err != nil {
		return nil, err
	}
	in.Cursor = c.r.URL.Query().Get("cursor")
	p, err := a.Core.Mails.Search(c.r.Context(), c.agent, in)
	if err != nil {
		return nil, err
	}
	return Mails{Mails: mapped(p.Rows, mailRowOf), Next: p.Next}, nil
}

func (a reports) mailSearch(c call) (in core.MailSearch, err error) {
	span, err := a.span(c)
	q := c.r.URL.Query()
	return core.MailSearch{Span: span, Group: q.Get("state"), Reason: rejoin.Reason(q.Get("reason")), Text: q.Get("q")}, err
}

func (a reports) simulate(c call) (any, error) {
	id, err := c.appID()
	if err != nil {
		return nil, err
	}
	var in TryFollowUp
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	out, err := a.Core.Simulator.Try(c.r.Context(), c.agent, core.Trial{AppID: id, FollowUp: in.FollowUp, Days: in.Days, Zone: in.Zone})
	if err != nil {
		return nil, err
	}
	return simulationOf(out), nil
}

func reportOf(r core.Report) Report {
	out := Report{From: r.From, To: r.To, Begun: r.Begun, Unanswered: r.Unanswered, Journey: Journey(r.Journey), FirstResponse: timingOf(r.FirstResponse),
		Resolution: timingOf(r.Resolution), Bounds: mapped(core.TimingBounds[:], inSeconds), Ratings: listOf(r.Ratings[1:]), Days: mapped(r.Days, reportDayOf),
		Agents: mapped(r.Agents, agentReportOf), Outcomes: mapped(r.Outcomes, func(o store.Outcome) Outcome { return Outcome(o) })}
	for _, hours := range r.Volume {
		out.Volume = append(out.Volume, listOf(hours[:]))
	}
	return out
}

func reportDayOf(d core.ReportDay) ReportDay { return ReportDay(d) }

func agentReportOf(a core.AgentReport) AgentReport {
	return AgentReport{ID: a.AgentID, Name: a.Name, Messages: a.Messages, Conversations: a.Issues, FirstResponse: timingOf(a.FirstResponse),
		Resolved: a.Resolved, Ratings: listOf(a.Ratings[1:])}
}

func timingOf(t core.Timing) Timing {
	return Timing{Count: t.Count, Median: inSeconds(t.Median), P90: inSeconds(t.P90), Buckets: listOf(t.Buckets)}
}

func inSeconds(d time.Duration) int64 { return int64(d.Round(time.Second).Seconds()) }

func mailRowOf(r store.SpanRow) MailRow {
	return MailRow{IssueID: r.FollowUp.IssueID, Number: r.Number, Title: r.Title, AppID: r.AppID, UserName: r.User, UserEmail: r.Email,
		FollowUp: *followUpOf(&r.FollowUp), CreatedAt: r.FollowUp.CreatedAt, UpdatedAt: r.FollowUp.UpdatedAt}
}

func simulationOf(s core.Simulated) Simulation {
	return Simulation{From: s.From, To: s.To, Conversations: s.Conversations, Older: s.Older, Left: s.Left, Mailed: s.Mailed, Would: s.Would,
		Days: mapped(s.Days, func(d core.SimulatedDay) SimulatedDay { return SimulatedDay(d) }), More: s.More, Fewer: s.Fewer, Moved: s.Moved,
		Differences: mapped(s.Differences, differenceOf)}
}

func differenceOf(d core.Difference) Difference {
	return Difference{IssueID: d.Issue.ID, Number: d.Issue.Number, Title: d.Issue.Title, User: d.Issue.User,
		Mailed: mapped(d.Mailed, pastMailOf), Would: mapped(d.Would, pastMailOf)}
}

func pastMailOf(m followup.PastMail) PastMail {
	return PastMail{At: m.At, FromSeq: m.FromSeq, ToSeq: m.ToSeq, Reason: m.Reason, Postponed: m.Postponed}
}
