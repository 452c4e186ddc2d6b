package core

import (
	"cmp"
	"context"
	"slices"
	"time"

	"rejoin"
	"rejoin/store"
)

// Reports is what supervisors look at.
type Reports struct{ *env }

// maxReportDays is the longest period of a report.
const maxReportDays = 366

// Span chooses a period of an app, or of all apps of the domain.
type Span struct {
	AppID string // empty for all
	From  rejoin.Millis
	To    rejoin.Millis // exclusive
	Zone  string        // IANA name; days and hours are this zone's
}

// Report is what happened in a period. docs/reports.md says what each figure means.
type Report struct {
	Span
	Begun         int // conversations
	Unanswered    int // of these, without an answer so far
	Journey       store.Journey
	FirstResponse Timing
	Resolution    Timing
	Ratings       [6]int64     // by stars; at 0 comments without stars
	Volume        [7][24]int64 // conversations that began, Monday first
	Days          []ReportDay
	Agents        []AgentReport // by name
	Outcomes      []store.Outcome
}

// ReportDay is a day in the asker's zone.
type ReportDay struct {
	Day                    string // 2026-11-23
	Begun, Resolved, Mails int
}

// Timing is how long something took.
type Timing struct {
	Count       int
	Median, P90 time.Duration // nearest rank; zero if Count is
	Buckets     []int         // how many took at most so long as the bound of the same place in TimingBounds, and at last all the others
}

// TimingBounds are the upper bounds of a Timing's buckets.
var TimingBounds = [...]time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour, day, 3 * day}

// AgentReport is an agent's part.
type AgentReport struct {
	store.Wrote
	FirstResponse Timing // of conversations that began in the period and that the agent was the first to answer
	Resolved      int
	Ratings       [6]int64 // of conversations that the agent has resolved
}

// Report makes the report of a period.
func (s *Reports) Report(ctx context.Context, a rejoin.Agent, span Span) (r Report, err error) {
	if err := supervise(a); err != nil {
		return r, err
	}
	zone, err := span.check()
	if err != nil {
		return r, err
	}
	err = s.read(ctx, func(u *unit) error {
		p, err := u.period(a, span)
		if err != nil {
			return err
		}
		r, err = u.makeReport(p, zone)
		r.Span = span
		return err
	})
	return r, err
}

func (s Span) check() (*time.Location, error) {
	switch {
	case s.From <= 0 || s.To <= s.From:
		return nil, rejoin.InvalidField("from", "Give a period: from and to as Unix milliseconds, from before to.")
	case s.To.Sub(s.From) > maxReportDays*day+2*time.Hour: // days of 25 hours
		return nil, rejoin.InvalidField("from", "A report covers at most %d days. Choose a shorter period.", maxReportDays)
	}
	return checkZone(s.Zone)
}

// Location is the zone; UTC if there is none of that name.
func (s Span) Location() *time.Location {
	zone, err := checkZone(s.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}

func (u *unit) period(a rejoin.Agent, s Span) (p store.Period, err error) {
	if s.AppID != "" {
		app, err := u.App(s.AppID)
		if err != nil {
			return p, err
		}
		if app.DomainID != a.DomainID {
			return p, rejoin.Errorf(rejoin.NotFound, "There is no such app.")
		}
	}
	return store.Period{DomainID: a.DomainID, AppID: s.AppID, From: s.From, To: s.To}, nil
}

// reporting is a report on its way.
type reporting struct {
	Report
	days   days
	agents map[string]*AgentReport
}

func (u *unit) makeReport(p store.Period, zone *time.Location) (Report, error) {
	r := reporting{days: newDays(p.From, p.To, zone), agents: map[string]*AgentReport{}}
	for _, name := range r.days.names {
		r.Days = append(r.Days, ReportDay{Day: name})
	}
	wrote, err := u.WroteIn(p)
	if err != nil {
		return r.Report, err
	}
	r.Report.Agents = make([]AgentReport, len(wrote))
	for n, w := range wrote {
		r.Report.Agents[n].Wrote = w
		r.agents[w.AgentID] = &r.Report.Agents[n]
	}
	for _, load := range []func(*unit, store.Period) error{r.begun, r.resolved, r.rated, r.mailed} {
		if err := load(u, p); err != nil {
			return r.Report, err
		}
	}
	if r.Journey, err = u.Journey(p); err != nil {
		return r.Report, err
	}
	r.Outcomes, err = u.Outcomes(p)
	return r.Report, err
}

func (r *reporting) begun(u *unit, p store.Period) error {
	list, err := u.Begun(p)
	if err != nil {
		return err
	}
	var all []time.Duration
	byAgent := map[string][]time.Duration{}
	for _, v := range list {
		at := v.CreatedAt.Time().In(r.days.zone)
		r.Volume[(int(at.Weekday())+6)%7][at.Hour()]++
		r.Days[r.days.of(v.CreatedAt)].Begun++
		if v.At == 0 {
			r.Unanswered++
			continue
		}
		all = append(all, v.At.Sub(v.CreatedAt))
		byAgent[v.By] = append(byAgent[v.By], v.At.Sub(v.CreatedAt))
	}
	r.Begun, r.FirstResponse = len(list), timingOf(all)
	for id, times := range byAgent {
		if a := r.agents[id]; a != nil {
			a.FirstResponse = timingOf(times)
		}
	}
	return nil
}

func (r *reporting) resolved(u *unit, p store.Period) error {
	list, err := u.ResolvedIn(p)
	if err != nil {
		return err
	}
	times := make([]time.Duration, len(list))
	for n, v := range list {
		times[n] = v.At.Sub(v.CreatedAt)
		r.Days[r.days.of(v.At)].Resolved++
		if a := r.agents[v.By]; a != nil {
			a.Resolved++
		}
	}
	r.Resolution = timingOf(times)
	return nil
}

func (r *reporting) rated(u *unit, p store.Period) error {
	list, err := u.RatedIn(p)
	for _, v := range list {
		r.Ratings[v.Rating] += v.Count
		if a := r.agents[v.By]; a != nil {
			a.Ratings[v.Rating] += v.Count
		}
	}
	return err
}

func (r *reporting) mailed(u *unit, p store.Period) error {
	list, err := u.MailedIn(p)
	for _, at := range list {
		r.Days[r.days.of(at)].Mails++
	}
	return err
}

func timingOf(times []time.Duration) Timing {
	t := Timing{Count: len(times), Buckets: make([]int, len(TimingBounds)+1)}
	if len(times) == 0 {
		return t
	}
	slices.Sort(times)
	t.Median, t.P90 = times[(len(times)+1)/2-1], times[(len(times)*9+9)/10-1]
	for _, d := range times {
		n, _ := slices.BinarySearchFunc(TimingBounds[:], d, cmp.Compare[time.Duration])
		t.Buckets[n]++
	}
	return t
}
