package core_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
	"rejoin/store"
)

// thisMonth is a period around the clock of the tests, which begins on Monday, 2 March 2026, 09:00 UTC.
func thisMonth(s *rejointest.Server) core.Span {
	return core.Span{From: s.Clock.Now().Add(-10 * 24 * time.Hour), To: s.Clock.Now().Add(20 * 24 * time.Hour), Zone: "Asia/Kolkata"}
}

// The whole way of one conversation, another that is read, and one without an answer: every figure by hand.
func TestReport(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, noor, span := t.Context(), s.Colleague(), thisMonth(s)
		a := s.VisitKnown("Where is my parcel?", "Ada", "ada@example.org")
		s.Advance(3 * time.Minute)
		s.Reply(a, "On its way.")
		s.Advance(11 * time.Minute) // it stays unread and is mailed
		guest := identity.NewToken()
		out, err := s.Core.Returns.Redeem(ctx, core.Redeem{PlatformID: s.Made.Platform.ID, Token: linkToken(t, s.Mails()[0].Text), Session: guest})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Core.Returns.Confirm(ctx, guest, out.IssueID, out.VisitID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Core.Messages.SendAsUser(ctx, guest, a.Issue.ID, core.UserSend{ClientID: s.NewClientID(), Body: "Thank you!"}); err != nil {
			t.Fatal(err)
		}
		s.Advance(46 * time.Minute)
		s.End(a, rejoin.Resolved)
		if _, err := s.Core.Endings.Resolve(ctx, a.Token, a.Issue.ID, core.Answer{ClientID: s.NewClientID(), Accepted: true}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Core.Endings.Rate(ctx, a.Token, a.Issue.ID, core.Rating{Stars: 4}); err != nil {
			t.Fatal(err)
		}
		b := s.VisitKnown("Hello", "Bo", "bo@example.org")
		s.Advance(10 * time.Second)
		if err := s.Core.Messages.SendAsAgent(ctx, noor, b.Issue.ID, s.NewClientID(), "Hi!"); err != nil {
			t.Fatal(err)
		}
		b.Read(b.Last())
		s.Visit("Anybody there?")
		r, err := s.Core.Reports.Report(ctx, s.Maya, span)
		if err != nil {
			t.Fatal(err)
		}
		checkReport(t, r)
	})
}

func checkReport(t *testing.T, r core.Report) {
	t.Helper()
	if r.Begun != 3 || r.Unanswered != 1 {
		t.Errorf("%d begun, %d unanswered, want 3 and 1", r.Begun, r.Unanswered)
	}
	if d := cmp.Diff(store.Journey{Replied: 2, Unread: 1, Mailed: 1, Opened: 1, Returned: 1, Answered: 1, Resolved: 1}, r.Journey); d != "" {
		t.Errorf("journey (-want +got):\n%s", d)
	}
	first := core.Timing{Count: 2, Median: 10 * time.Second, P90: 3 * time.Minute, Buckets: []int{1, 1, 0, 0, 0, 0, 0, 0}}
	if d := cmp.Diff(first, r.FirstResponse); d != "" {
		t.Errorf("first response (-want +got):\n%s", d)
	}
	if r.Resolution.Count != 1 || r.Resolution.Median != time.Hour || r.Resolution.Buckets[3] != 1 {
		t.Errorf("resolution %+v, want one of an hour", r.Resolution)
	}
	if r.Ratings != [6]int64{4: 1} {
		t.Errorf("ratings %v, want four stars once", r.Ratings)
	}
	if r.Volume[0][14] != 1 || r.Volume[0][15] != 2 { // 09:00 and 10:00 UTC, Monday, in Kolkata: half an hour later, five hours on
		t.Errorf("volume on Monday %v", r.Volume[0])
	}
	for _, d := range r.Days {
		want := core.ReportDay{Day: d.Day}
		if d.Day == "2026-03-02" {
			want = core.ReportDay{Day: d.Day, Begun: 3, Resolved: 1, Mails: 1}
		}
		if d != want {
			t.Errorf("day %+v, want %+v", d, want)
		}
	}
	if len(r.Days) != 31 {
		t.Errorf("%d days, want 31: the period begins and ends at noon", len(r.Days))
	}
	if len(r.Agents) != 2 || r.Agents[0].Name != "Maya" || r.Agents[0].Messages != 1 || r.Agents[0].Resolved != 1 || r.Agents[0].Ratings[4] != 1 ||
		r.Agents[1].Issues != 1 || r.Agents[1].FirstResponse.Median != 10*time.Second {
		t.Errorf("agents %+v", r.Agents)
	}
	outcomes := []store.Outcome{{State: rejoin.FollowUpCancelled, Reason: rejoin.ReasonRead, Count: 1}, {State: rejoin.FollowUpSent, Reason: rejoin.ReasonDue, Count: 1}}
	if d := cmp.Diff(outcomes, r.Outcomes); d != "" {
		t.Errorf("outcomes (-want +got):\n%s", d)
	}
}

// Resolving and reopening, and an answer that is taken back, leave no figure behind.
func TestReportForgets(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		span := thisMonth(s)
		v := s.VisitKnown("Hello", "Ada", "ada@example.org")
		s.Reply(v, "A mistake.")
		th := s.Load(v.Issue.ID)
		if err := s.Core.Messages.TakeBack(t.Context(), s.Maya, v.Issue.ID, th.Messages[len(th.Messages)-1].ID); err != nil {
			t.Fatal(err)
		}
		s.End(v, rejoin.Resolved)
		if err := s.Core.Issues.Reopen(t.Context(), s.Maya, v.Issue.ID, ""); err != nil {
			t.Fatal(err)
		}
		r, err := s.Core.Reports.Report(t.Context(), s.Maya, span)
		if err != nil || r.Unanswered != 1 || r.FirstResponse.Count+r.Resolution.Count != 0 || r.Agents[0].Messages+int64(r.Agents[0].Resolved) != 0 {
			t.Errorf("%+v, %v", r, err)
		}
		span.From, span.To = span.From.Add(-24*time.Hour), span.From
		if r, err := s.Core.Reports.Report(t.Context(), s.Maya, span); err != nil || r.Begun+int(r.Journey.Replied) != 0 {
			t.Errorf("the time before holds %+v, %v", r, err)
		}
	})
}

func TestReportRefuses(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, good, other := t.Context(), thisMonth(s), s.Second()
		for name, c := range map[string]struct {
			change func(*core.Span)
			a      rejoin.Agent
			want   rejoin.Code
		}{
			"an agent":           {func(*core.Span) {}, s.Colleague(), rejoin.Forbidden},
			"no time":            {func(p *core.Span) { p.From, p.To = 0, 0 }, s.Maya, rejoin.Invalid},
			"time backwards":     {func(p *core.Span) { p.From, p.To = p.To, p.From }, s.Maya, rejoin.Invalid},
			"more than a year":   {func(p *core.Span) { p.From = p.To.Add(-368 * 24 * time.Hour) }, s.Maya, rejoin.Invalid},
			"an unknown zone":    {func(p *core.Span) { p.Zone = "Nowhere/Land" }, s.Maya, rejoin.Invalid},
			"a path as the zone": {func(p *core.Span) { p.Zone = "../../etc/passwd" }, s.Maya, rejoin.Invalid},
			"another's app":      {func(p *core.Span) { p.AppID = other.App.ID }, s.Maya, rejoin.NotFound},
			"an unknown app":     {func(p *core.Span) { p.AppID = "app_none" }, s.Maya, rejoin.NotFound},
		} {
			span := good
			c.change(&span)
			_, err := s.Core.Reports.Report(ctx, c.a, span)
			if rejoin.CodeOf(err) != c.want {
				t.Errorf("%s: the report says %v, want %s", name, err, c.want)
			}
			if _, err := s.Core.Mails.Search(ctx, c.a, core.MailSearch{Span: span}); rejoin.CodeOf(err) != c.want {
				t.Errorf("%s: the list says %v, want %s", name, err, c.want)
			}
		}
		for name, in := range map[string]core.MailSearch{"state": {Group: "lost"}, "cursor": {Cursor: "1"}, "text": {Text: "a\x00"}, "limit": {Limit: 10001}} {
			in.Span = good
			if _, err := s.Core.Mails.Search(ctx, s.Maya, in); rejoin.CodeOf(err) != rejoin.Invalid {
				t.Errorf("a bad %s: %v, want invalid", name, err)
			}
		}
	})
}

func TestMailSearch(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		span := thisMonth(s)
		mailed := s.VisitKnown("First", "Ada", "ada_1@example.org")
		s.Reply(mailed, "An answer.")
		s.Advance(time.Hour)
		nobody := s.Visit("Second")
		s.Reply(nobody, "An answer.")
		s.Advance(time.Minute)
		read := s.VisitKnown("Third", "Bo", "bo@example.org")
		s.Reply(read, "An answer.")
		read.Read(read.Last())
		for name, c := range map[string]struct {
			in   core.MailSearch
			want []string
		}{
			"everything":           {core.MailSearch{}, []string{read.Issue.ID, nobody.Issue.ID, mailed.Issue.ID}},
			"mailed":               {core.MailSearch{Group: "mailed"}, []string{mailed.Issue.ID}},
			"skipped":              {core.MailSearch{Group: "skipped"}, []string{nobody.Issue.ID}},
			"by reason":            {core.MailSearch{Reason: rejoin.ReasonRead}, []string{read.Issue.ID}},
			"by address":           {core.MailSearch{Text: " ADA_1@ "}, []string{mailed.Issue.ID}},
			"no pattern":           {core.MailSearch{Text: "ada%"}, nil},
			"_ is no joker":        {core.MailSearch{Text: "a_a"}, nil},
			"by number":            {core.MailSearch{Text: "#2"}, []string{nobody.Issue.ID}},
			"of an app":            {core.MailSearch{Span: core.Span{AppID: s.Made.App.ID}, Group: "cancelled"}, []string{read.Issue.ID}},
			"state against reason": {core.MailSearch{Group: "mailed", Reason: rejoin.ReasonRead}, nil},
		} {
			in := c.in
			app := in.AppID
			in.Span = span
			in.AppID = app
			var got []string
			for in.Limit = 1; ; {
				p, err := s.Core.Mails.Search(context.Background(), s.Maya, in)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				for _, r := range p.Rows {
					got = append(got, r.FollowUp.IssueID)
				}
				if in.Cursor = p.Next; p.Next == "" {
					break
				}
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("%s (-want +got):\n%s", name, d)
			}
		}
	})
}
