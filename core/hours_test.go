package core_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
)

// setHours changes the app's hours: by default Monday to Friday from nine to five, by UTC.
func setHours(s *rejointest.Server, change func(*rejoin.BusinessHours)) core.HoursPage {
	s.T.Helper()
	p, err := s.Core.Hours.Page(s.T.Context(), s.Maya, s.Made.App.ID)
	if err != nil {
		s.T.Fatal(err)
	}
	p.Hours.On = true
	change(&p.Hours)
	if p, err = s.Core.Hours.Set(s.T.Context(), s.Maya, s.Made.App.ID, p.Hours); err != nil {
		s.T.Fatal(err)
	}
	return p
}

func TestHoursAreSet(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		app, ctx := s.Made.App.ID, t.Context()
		if p, err := s.Core.Hours.Page(ctx, s.Maya, app); err != nil || p.Hours.On || !p.Now.Open || p.Now.ChangeAt != 0 {
			t.Errorf("before they are set: %+v, %v", p, err)
		}
		p := setHours(s, func(h *rejoin.BusinessHours) {
			h.Zone, h.Outside = "America/New_York", rejoin.OutsideHide
			h.Week[1] = []rejoin.Span{{From: 0, To: 300}, {From: 540, To: 1440}}
			h.Holidays = []rejoin.Holiday{{Date: "2026-07-03", Name: " Independence Day ", Hours: []rejoin.Span{}}}
		})
		if want := (core.HoursNow{Open: true, ChangeAt: s.Clock.Now().Add(time.Hour)}); p.Now != want { // nine in London is four in New York
			t.Errorf("now: %+v, want %+v", p.Now, want)
		}
		stored, err := s.Core.Hours.Page(ctx, s.Maya, app)
		if err != nil || stored.Hours.Holidays[0].Name != "Independence Day" {
			t.Errorf("stored: %+v, %v", stored, err)
		}
		if d := cmp.Diff(p, stored); d != "" {
			t.Errorf("what is stored is not what was answered (-answered +stored):\n%s", d)
		}
		setHours(s, func(*rejoin.BusinessHours) {}) // says nothing
		audit, err := s.Core.Audit.Page(ctx, s.Maya, rejoin.AuditFilter{Act: rejoin.SettingsChanged}, "")
		want := []string{"Business hours: off → on", "Time zone: UTC → America/New_York", "Outside of the hours: announce → hide",
			"Monday: 09:00–17:00 → 00:00–05:00, 09:00–24:00", "Holiday added: 2026-07-03 Independence Day (closed)"}
		if err != nil || len(audit.Entries) < 2 || audit.Entries[0].Target != "Acme: Business hours" || cmp.Diff(want, audit.Entries[0].Details) != "" ||
			audit.Entries[1].Target == "Acme: Business hours" {
			t.Errorf("the audit log: %+v, %v", audit.Entries, err)
		}
	})
}

func TestHoursAreForAdministrators(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		other, agent, bad := s.Second(), s.Colleague(), rejoin.DefaultHours()
		bad.Zone = "Local"
		for name, c := range map[string]struct {
			a     rejoin.Agent
			app   string
			hours rejoin.BusinessHours
			want  rejoin.Code
		}{
			"an agent":        {agent, s.Made.App.ID, rejoin.DefaultHours(), rejoin.Forbidden},
			"another's app":   {s.Maya, other.App.ID, rejoin.DefaultHours(), rejoin.NotFound},
			"bad hours":       {s.Maya, s.Made.App.ID, bad, rejoin.Invalid},
			"no such app":     {s.Maya, "app_x", rejoin.DefaultHours(), rejoin.NotFound},
			"an agent, badly": {agent, s.Made.App.ID, bad, rejoin.Forbidden},
		} {
			if _, err := s.Core.Hours.Set(t.Context(), c.a, c.app, c.hours); rejoin.CodeOf(err) != c.want {
				t.Errorf("%s sets: %v, want %s", name, err, c.want)
			}
			if _, err := s.Core.Hours.Try(t.Context(), c.a, c.app, core.Draft{Hours: &c.hours}); rejoin.CodeOf(err) != c.want {
				t.Errorf("%s tries: %v, want %s", name, err, c.want)
			}
		}
	})
}

// Out of hours a chat that hides begins no conversation; those that run go on, and an e-mail's link opens its own at any hour.
func TestHiddenOutsideOfTheHours(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		setHours(s, func(h *rejoin.BusinessHours) { h.Outside = rejoin.OutsideHide })
		v := s.VisitKnown("Hello", "Ada", "ada@example.org")
		s.Advance(7*time.Hour + 55*time.Minute) // 16:55
		s.Reply(v, "An answer.")
		s.Advance(11 * time.Hour)
		start := func() error {
			_, err := s.Core.Messages.Start(t.Context(), identity.NewToken(), s.Made.Platform.ID, core.UserSend{ClientID: s.NewClientID(), Body: "Anybody?"}, core.Beginning{})
			return err
		}
		front := func() core.Front {
			f, err := s.Core.Apps.Front(t.Context(), s.Made.Platform.ID)
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
		back := rejoin.MillisOf(time.Date(2026, time.March, 3, 9, 0, 0, 0, time.UTC))
		if f := front(); !f.Closed || f.Hours != (core.HoursNow{BackAt: back, ChangeAt: back}) {
			t.Errorf("at night: closed %t, %+v", f.Closed, f.Hours)
		}
		if err := start(); rejoin.CodeOf(err) != rejoin.Forbidden {
			t.Errorf("a new conversation at night: %v, want forbidden", err)
		}
		if err := v.Send(core.UserSend{ClientID: s.NewClientID(), Body: "Still there?"}); err != nil {
			t.Errorf("in a running conversation: %v", err)
		}
		mails := s.MailsTo("ada@example.org")
		if len(mails) != 1 || !strings.Contains(strings.Join(strings.Fields(mails[0].Text), " "), "we are back on 3 March 2026, 10:00 CET.") {
			t.Fatalf("%d e-mails in the night, or the wrong words", len(mails))
		}
		token := mails[0].Text[strings.Index(mails[0].Text, "#rejoin=")+len("#rejoin="):]
		token, _, _ = strings.Cut(token, "\n")
		in := core.Redeem{PlatformID: s.Made.Platform.ID, Token: strings.TrimSpace(token), Session: identity.NewToken()}
		if out, err := s.Core.Returns.Redeem(t.Context(), in); err != nil || out.Result != rejoin.ReturnSame {
			t.Errorf("the link at night: %+v, %v", out, err)
		}
		if _, err := s.Core.Messages.SendAsUser(t.Context(), in.Session, v.Issue.ID, core.UserSend{ClientID: s.NewClientID(), Body: "I came by the link."}); err != nil {
			t.Errorf("writing after the link at night: %v", err)
		}
		s.Advance(6 * time.Hour) // past nine
		if err := start(); err != nil || front().Closed {
			t.Errorf("a new conversation in the morning: %v, closed %t", err, front().Closed)
		}
		s.Reply(v, "Good morning.")
		s.Advance(time.Hour)
		if mails := s.MailsTo("ada@example.org"); len(mails) != 2 || strings.Contains(mails[1].Text, "we are back") {
			t.Errorf("%d e-mails by the morning, or the wrong words", len(mails))
		}
	})
}

// A chat that only says when people are back takes what is written, at any hour.
func TestOpenOutsideOfTheHours(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		s.Advance(12 * time.Hour)
		for _, outside := range []rejoin.Outside{rejoin.OutsideAnnounce, rejoin.OutsideQuiet} {
			if p := setHours(s, func(h *rejoin.BusinessHours) { h.Outside = outside }); p.Now.Open {
				t.Fatalf("open at night: %+v", p)
			}
			s.Visit("Hello")
			if f, err := s.Core.Apps.Front(t.Context(), s.Made.Platform.ID); err != nil || f.Closed || f.Hours.Open {
				t.Errorf("%s: %+v, %v", outside, f, err)
			}
		}
	})
}
