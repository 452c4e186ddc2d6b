package core_test

import (
	"slices"
	"strings"
	"testing"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
)

// setBots changes the app's bots.
func setBots(s *rejointest.Server, change func(*core.AppBots)) {
	s.T.Helper()
	b, err := s.Core.Bots.OfApp(s.T.Context(), s.Maya, s.Made.App.ID)
	if err != nil {
		s.T.Fatal(err)
	}
	change(&b)
	if _, err := s.Core.Bots.SetOfApp(s.T.Context(), s.Maya, s.Made.App.ID, b); err != nil {
		s.T.Fatal(err)
	}
}

// TestIdentityBotSettings is about what Identity Bot asks, in which words, and that a skipped question is never asked again.
func TestIdentityBotSettings(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx := t.Context()
		asked := func(v *rejointest.Visitor) rejoin.Question { return s.Load(v.Issue.ID).Issue.Bot.Asking }
		v := s.Visit("Hi")
		if err := answer(s, v, ""); rejoin.CodeOf(err) != rejoin.Invalid || asked(v) != rejoin.AskName {
			t.Errorf("skipping where it is not allowed: %v", err)
		}
		setBots(s, func(b *core.AppBots) {
			words := rejoin.LocalText{Text: "Who are you?", In: map[string]string{"de": "Wer sind Sie?"}}
			b.IdentityBot.Skip, b.IdentityBot.AskName = true, &words
		})
		v = s.Visit("Hi")
		last := s.Load(v.Issue.ID).Messages[1]
		if last.Body != "Who are you?" || last.Input == nil || !last.Input.Skip || last.Ask != rejoin.AskName {
			t.Errorf("the question is %+v", last)
		}
		if err := answer(s, v, ""); err != nil || asked(v) != rejoin.AskEmail {
			t.Fatalf("after the name was skipped it asks for %q, %v", asked(v), err)
		}
		if err := answer(s, v, ""); err != nil || asked(v) != rejoin.NoQuestion {
			t.Fatalf("after both were skipped it asks for %q, %v", asked(v), err)
		}
		if got := said(s, v); got[len(got)-1] != "> I would rather not answer this." {
			t.Errorf("they said %q", got)
		}
		up, err := s.Core.Messages.Start(ctx, v.Token, s.Made.Platform.ID, core.UserSend{ClientID: s.NewClientID(), Body: "Again"}, core.Beginning{})
		s.Settle()
		if err != nil || len(s.Load(up.Issue.ID).Messages) != 1 {
			t.Errorf("it asks again: %q, %v", said(s, &rejointest.Visitor{Issue: up.Issue}), err)
		}
		if err := s.Core.Bots.Ask(ctx, s.Maya, v.Issue.ID); err != nil || asked(v) != rejoin.AskName {
			t.Errorf("the agent cannot ask all the same: %v", err)
		}
		setBots(s, func(b *core.AppBots) { b.IdentityBot.Name = false })
		if v = s.Visit("Hi"); asked(v) != rejoin.AskEmail {
			t.Errorf("it asks for %q", asked(v))
		}
		_, err = s.Core.Bots.SetOfApp(ctx, s.Maya, s.Made.App.ID, core.AppBots{IdentityBot: rejoin.IdentityBot{When: "never"}})
		if rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("a moment that does not exist: %v", err)
		}
	})
}

// TestAskedBeforehand is about what the panel has asked before the first message.
func TestAskedBeforehand(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		setBots(s, func(b *core.AppBots) { b.IdentityBot.When, b.IdentityBot.Skip = rejoin.BeforeFirstMessage, true })
		begin := func(b core.Beginning) (core.Update, error) {
			up, err := s.Core.Messages.Start(t.Context(), identity.NewToken(), s.Made.Platform.ID, core.UserSend{ClientID: s.NewClientID(), Body: "Hi"}, b)
			s.Settle()
			return up, err
		}
		for _, row := range []struct {
			what        string
			in          core.Beginning
			name, email string
			asks        rejoin.Question
		}{
			{"all", core.Beginning{Typed: core.Typed{Name: " Ada  L ", Email: "Ada@Example.org"}}, "Ada L", "ada@example.org", ""},
			{"the name", core.Beginning{Typed: core.Typed{Name: "Ada"}}, "Ada", "", rejoin.AskEmail},
			{"a skip", core.Beginning{Typed: core.Typed{Name: "Ada", Skipped: []rejoin.Question{rejoin.AskEmail, "x"}}}, "Ada", "", ""},
			{"nothing", core.Beginning{}, "", "", rejoin.AskName},
			{"private", core.Beginning{FullPrivacy: true, Typed: core.Typed{Name: "Ada", Email: "ada@example.org"}}, "", "", ""},
			{"logged in", core.Beginning{Claim: s.Signed("77", ""), Typed: core.Typed{Name: "Ada", Email: "boss@example.org"}}, "", "", rejoin.AskName},
		} {
			up, err := begin(row.in)
			if err != nil {
				t.Fatalf("%s: %v", row.what, err)
			}
			th := s.Load(up.Issue.ID)
			if th.User.Name != row.name || th.User.Email != row.email || th.Issue.Bot.Asking != row.asks || row.email != "" && th.User.EmailSource != rejoin.TypedEmail {
				t.Errorf("%s: the user is %q, %q (%s), asked for %q", row.what, th.User.Name, th.User.Email, th.User.EmailSource, th.Issue.Bot.Asking)
			}
		}
		for _, bad := range []struct {
			in    core.Typed
			field string
		}{{core.Typed{Email: "nonsense"}, "email"}, {core.Typed{Name: strings.Repeat("x", 300)}, "name"}} {
			_, err := begin(core.Beginning{Typed: bad.in})
			if e, ok := err.(*rejoin.Error); !ok || e.Code != rejoin.Invalid || e.Field != bad.field {
				t.Errorf("%+v: %v", bad.in, err)
			}
		}
	})
}

// TestBotsTakeTurns: a custom bot waits until Identity Bot is through, but not for ever.
func TestBotsTakeTurns(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		p := publish(botOffice(s), "Order help", rejoin.CustomBot, orderHelp()...)
		v := s.Visit("Hi")
		start(s, v, p.ID)
		if got := said(s, v); len(got) != 2 {
			t.Errorf("two bots ask at once: %q", got)
		}
		v.Answer("Ada")
		v.Answer("ada@example.org")
		if got := said(s, v); got[len(got)-1] != "Robin: What is it about?" || !slices.Contains(got, "Robin: Hello Ada!") {
			t.Errorf("they said %q", got)
		}
		v = s.Visit("Hi")
		start(s, v, p.ID)
		v.Say("I have a question")
		v.Say("Is anybody there?")
		if got := said(s, v); got[len(got)-1] != "Robin: What is it about?" {
			t.Errorf("who does not answer Identity Bot hears no other: %q", got)
		}
	})
}
