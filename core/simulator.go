package core

import (
	"cmp"
	"context"
	"slices"
	"time"

	"rejoin"
	"rejoin/followup"
	"rejoin/store"
)

// Simulator lives through the last weeks again with other follow-up settings, before they are saved.
type Simulator struct {
	*env
	turn chan struct{} // one at a time: it reads much
}

// Limits of a simulation.
const (
	maxSimulatedDays   = 92
	maxSimulatedIssues = 20000
	maxDifferences     = 200
	// Conversations in which the company last wrote longer ago than this before the period are not looked at. The longest window, extra time
	// and postponement have ended by then.
	simulationLead = 14 * day
)

// Trial is what to simulate.
type Trial struct {
	AppID    string
	FollowUp rejoin.FollowUpSettings
	Days     int // up to now; 1 to 92
	Zone     string
}

// Simulated compares what was mailed about an app's conversations with what would have been.
type Simulated struct {
	From, To      rejoin.Millis
	Conversations int // that were looked at: the company wrote in them
	Older         int // that were not: they began before histories were kept
	Left          int // that were not: there are too many
	Mailed        int // e-mails that went out or may have gone out
	Would         int // e-mails that would have gone out
	Days          []SimulatedDay

	// Conversations that would have got more e-mails, fewer, or as many at other times or about other messages; and the newest of all these.
	More, Fewer, Moved int
	Differences        []Difference
}

// SimulatedDay is a day in the asker's zone.
type SimulatedDay struct {
	Day           string // 2026-11-23
	Mailed, Would int
}

// Difference is a conversation about which other e-mails would have gone out.
type Difference struct {
	Issue  store.PastIssue
	Mailed []followup.PastMail
	Would  []followup.PastMail
}

// Try simulates the settings. It stores nothing and mails nothing.
func (s *Simulator) Try(ctx context.Context, a rejoin.Agent, t Trial) (out Simulated, err error) {
	if err := administer(a); err != nil {
		return out, err
	}
	if t.Days < 1 || t.Days > maxSimulatedDays {
		return out, rejoin.InvalidField("days", "The simulator looks at 1 to %d days.", maxSimulatedDays)
	}
	zone, err := checkZone(t.Zone)
	if err != nil {
		return out, err
	}
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return out, ctx.Err()
	}
	var past pastOf
	if err := s.read(ctx, func(u *unit) error {
		past, err = u.past(a, t, zone)
		return err
	}); err != nil {
		return out, err
	}
	return past.compare(t.AppID, followup.Simulate(past.history, past.rules, past.to), zone), nil
}

// pastOf is what a simulation is made of.
type pastOf struct {
	from, to     rejoin.Millis
	issues       []store.PastIssue
	history      followup.History
	rules        map[string]followup.Rule
	mailed       []store.PastMail
	whole, older int64 // of the app's conversations
}

func (u *unit) past(a rejoin.Agent, t Trial, zone *time.Location) (p pastOf, err error) {
	page, err := u.appPage(a, t.AppID)
	if err != nil {
		return p, err
	}
	if err := t.FollowUp.Check(page.Platform.AllowedOrigins); err != nil {
		return p, err
	}
	if p.rules, err = u.simulatedRules(page.Domain, t); err != nil {
		return p, err
	}
	p.to = u.now
	p.from = startOfDay(u.now, zone, 1-t.Days)
	return p, u.loadPast(&p, t.AppID, store.Past{DomainID: a.DomainID, Since: p.from.Add(-simulationLead), Limit: maxSimulatedIssues})
}

// simulatedRules are the rules of all apps of the domain: limits to an address hold across them.
func (u *unit) simulatedRules(d rejoin.Domain, t Trial) (map[string]followup.Rule, error) {
	apps, err := u.Tx.Apps(d.ID)
	rules := map[string]followup.Rule{}
	for _, app := range apps {
		web := app.Settings.WebChat
		if app.ID == t.AppID {
			web.FollowUp = t.FollowUp
		}
		rules[app.ID] = followup.Rule{Policy: followup.PolicyOf(d, web.FollowUp), SignedOnly: app.Settings.Identity.Required, NoPresence: !web.PresenceDetection}
	}
	return rules, err
}

func (u *unit) loadPast(p *pastOf, appID string, which store.Past) (err error) {
	if p.issues, err = u.PastIssues(which); err != nil {
		return err
	}
	for _, i := range p.issues {
		p.history.Issues = append(p.history.Issues, followup.PastIssue{ID: i.ID, AppID: i.AppID, UserID: i.UserID, Private: i.Private})
	}
	if p.history.Facts, err = u.PastFacts(which); err != nil {
		return err
	}
	if p.mailed, err = u.PastMails(which, p.from); err != nil {
		return err
	}
	p.whole, p.older, err = u.CountPast(which, appID)
	return err
}

// compare sets what was mailed against what would have been.
func (p pastOf) compare(appID string, would []followup.PastMail, zone *time.Location) Simulated {
	out := Simulated{From: p.from, To: p.to, Older: int(p.older)}
	byIssue := map[string]*Difference{}
	for _, i := range p.issues {
		if i.AppID == appID {
			byIssue[i.ID] = &Difference{Issue: i}
			out.Conversations++
		}
	}
	out.Left = int(p.whole) - out.Conversations
	days := newDays(p.from, p.to, zone)
	perDay := make([]SimulatedDay, len(days.names))
	for n, name := range days.names {
		perDay[n].Day = name
	}
	for _, f := range p.mailed {
		if d := byIssue[f.IssueID]; d != nil {
			d.Mailed = append(d.Mailed, followup.PastMail{IssueID: f.IssueID, At: f.SentAt, FromSeq: f.FromSeq, ToSeq: f.ToSeq, Address: f.Address, Reason: f.Reason, Postponed: f.Postponed})
			out.Mailed++
			perDay[days.of(f.SentAt)].Mailed++
		}
	}
	for _, m := range would {
		if d := byIssue[m.IssueID]; d != nil && m.At >= p.from {
			d.Would = append(d.Would, m)
			out.Would++
			perDay[days.of(m.At)].Would++
		}
	}
	out.Days = perDay
	for _, d := range byIssue {
		out.count(*d)
	}
	slices.SortFunc(out.Differences, func(a, b Difference) int { return cmp.Compare(b.Issue.Number, a.Issue.Number) })
	out.Differences = out.Differences[:min(len(out.Differences), maxDifferences)]
	return out
}

func (s *Simulated) count(d Difference) {
	switch more := len(d.Would) - len(d.Mailed); {
	case more > 0:
		s.More++
	case more < 0:
		s.Fewer++
	case slices.EqualFunc(d.Mailed, d.Would, alike):
		return
	default:
		s.Moved++
	}
	s.Differences = append(s.Differences, d)
}

// alike reports whether two e-mails hold the same messages and went out within the same minute: the engine needs a moment for each.
func alike(a, b followup.PastMail) bool {
	return a.FromSeq == b.FromSeq && a.ToSeq == b.ToSeq && a.At.Sub(b.At).Abs() <= time.Minute
}
