package core_test

import (
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/store/storetest"
)

// No address that we accept, of a page or of a person, keeps an e-mail from going out.
func TestEveryAddressIsMailed(t *testing.T) {
	for name, c := range map[string]struct{ start, custom, email, button string }{
		"braces in the start page":  {start: rejointest.Shop + "/search?f={red}|blue", button: rejointest.Shop + "/search?f=%7Bred%7D%7Cblue#rejoin="},
		"letters in the start page": {start: rejointest.Shop + "/größe", button: rejointest.Shop + "/gr%C3%B6%C3%9Fe#rejoin="},
		"a start page too long":     {start: rejointest.Shop + "/" + strings.Repeat("ö", rejoin.MaxURL/4), button: "/c/"},
		"letters in the custom URL": {custom: rejointest.Shop + "/hilfe/größe#top", button: rejointest.Shop + "/hilfe/gr%C3%B6%C3%9Fe#rejoin="},
		"a host with two hyphens":   {email: "ada@ab--cd.example", button: rejointest.Shop},
		"a local part with letters": {email: "größe@example.org", button: rejointest.Shop},
	} {
		t.Run(name, func(t *testing.T) {
			s := rejointest.New(t, storetest.SQLite(t))
			if c.custom != "" {
				s.SetFollowUp(func(f *rejoin.FollowUpSettings) { f.Destination, f.CustomURL = rejoin.CustomURL, c.custom })
			}
			if c.start == "" {
				c.start = rejointest.Shop + "/"
			}
			if c.email == "" {
				c.email = "ada@example.org"
			}
			begin(t, s, c.start, c.email)
			s.Advance(time.Hour)
			mails := s.Mails()
			if len(mails) != 1 || !strings.Contains(mails[0].Text, c.button) {
				t.Fatalf("%d e-mails, want one that leads to %s: %+v", len(mails), c.button, mails)
			}
		})
	}
}

// begin starts a conversation on a page, gives name and address, and lets an agent answer.
func begin(t *testing.T, s *rejointest.Server, page, email string) {
	t.Helper()
	token := identity.NewToken()
	up, err := s.Core.Messages.Start(t.Context(), token, s.Made.Platform.ID, core.UserSend{ClientID: s.NewClientID(), Body: "Hi"}, core.Beginning{Meta: rejoin.Meta{Page: rejoin.MetaPage{URL: page}}})
	if err != nil {
		t.Fatal(err)
	}
	s.Settle()
	for _, answer := range []string{"Ada", email} {
		in := core.UserSend{ClientID: s.NewClientID(), Body: answer, Answers: s.Load(up.Issue.ID).Issue.Bot.AskedSeq}
		if _, err := s.Core.Messages.SendAsUser(t.Context(), token, up.Issue.ID, in); err != nil {
			t.Fatal(err)
		}
		s.Settle()
	}
	if err := s.Core.Messages.SendAsAgent(t.Context(), s.Maya, up.Issue.ID, s.NewClientID(), "An answer"); err != nil {
		t.Fatal(err)
	}
}

func TestSettingsWhileTheFeatureIsOff(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		s.SetFollowUp(func(f *rejoin.FollowUpSettings) { f.Enabled = true })
		if err := s.Core.Setup.SetFeature(t.Context(), s.Made.Domain.Name, rejoin.FollowUpEmail, false); err != nil {
			t.Fatal(err)
		}
		s.Settle()
		p, err := s.Core.Apps.Page(t.Context(), s.Maya, s.Made.App.ID)
		if err != nil {
			t.Fatal(err)
		}
		in, origins := p.App.Settings.WebChat, p.Platform.AllowedOrigins
		save := func() (armed bool, err error) {
			_, err = s.Core.Apps.SetWebChat(t.Context(), s.Maya, s.Made.App.ID, in, origins)
			_ = s.Store.Read(t.Context(), func(tx *store.Tx) error {
				_, missing := tx.Job("policy", s.Made.App.ID)
				armed = missing == nil
				return nil
			})
			s.Settle()
			return armed, err
		}
		in.Color = "#112233"
		if armed, err := save(); err != nil || armed {
			t.Errorf("another colour: %v; decided again: %v, want no", err, armed)
		}
		in.FollowUp.Enabled = false
		if armed, err := save(); err != nil || !armed {
			t.Errorf("follow-ups off: %v; decided again: %v, want yes", err, armed)
		}
		in.FollowUp.Enabled = true
		if _, err := save(); rejoin.CodeOf(err) != rejoin.Forbidden {
			t.Errorf("follow-ups on: %v, want forbidden", err)
		}
		in.FollowUp.Enabled, origins = false, append(origins, "https://other.example")
		if armed, err := save(); err != nil || !armed {
			t.Errorf("another origin: %v; decided again: %v, want yes", err, armed)
		}
	})
}
