package core_test

import (
	"net/http"
	"strings"
	"testing"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
	"rejoin/store"
)

// byLink is a session as the link of an e-mail makes it, in a conversation that goes on in its user's browser, too.
func byLink(s *rejointest.Server, v *rejointest.Visitor) (token string) {
	s.T.Helper()
	token = identity.NewToken()
	err := s.Store.Write(s.T.Context(), func(tx *store.Tx) error {
		_, err := tx.AddUserSession(rejoin.UserSession{TokenHash: identity.Hash(token), UserID: v.Issue.UserID, PlatformID: v.Issue.PlatformID, IssueID: v.Issue.ID,
			Confirmed: true, CreatedAt: s.Clock.Now(), SeenAt: s.Clock.Now(), ExpiresAt: s.Clock.Now() + 1e9})
		return err
	})
	if err != nil {
		s.T.Fatal(err)
	}
	return token
}

// TestNobodyIsLeftWaiting is about conversations in which a bot could wait for something that never comes, or never end.
func TestNobodyIsLeftWaiting(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, p := t.Context(), newProgram(t)
		b := publish(botOffice(s), "Plain", rejoin.CustomBot, lookUp(p.URL, "")...)
		ends := func(what string, v *rejointest.Visitor, want string) {
			t.Helper()
			if got := said(s, v); got[len(got)-1] != want {
				t.Errorf("%s: they said %q, the timeline says %q", what, got, notes(s, v))
			}
		}
		const promise = "Acme: Thank you. A colleague will take over from here."

		v := s.Visit("Hi")
		start(s, v, b.ID)
		for range 2 {
			if _, err := s.Core.Messages.SendAsUser(ctx, byLink(s, v), v.Issue.ID, core.UserSend{ClientID: s.NewClientID(), Body: "I am back"}); err != nil {
				t.Fatal(err)
			}
		}
		ends("somebody who came by a link, and cannot answer Identity Bot", v, "Robin: Which order?")

		p.answer = func(w http.ResponseWriter, _ *http.Request) {
			if err := s.Core.Bots.Ask(ctx, s.Maya, v.Issue.ID); rejoin.CodeOf(err) != rejoin.Conflict {
				t.Errorf("two bots at once: %v", err)
			}
			_, _ = w.Write([]byte(`{"a\u0000b":"x","items":["One","Two"]}`)) // PostgreSQL keeps no such name
		}
		v.Say("7")
		ends("an odd answer of the program", v, "Robin: Which item?")

		err := s.Store.Write(ctx, func(tx *store.Tx) error {
			run, _, err := tx.LiveBotRun(v.Issue.ID)
			if err == nil {
				run.State = rejoin.RunStopped
				err = tx.PutBotRun(run)
			}
			if run.State, run.N, run.Version = rejoin.RunAsking, run.N+1, 99; err == nil {
				err = tx.PutBotRun(run)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := answer(s, v, "One"); err != nil {
			t.Fatal(err)
		}
		ends("a version that cannot be read", v, promise)

		v = s.VisitKnown("Hi", "Ada", "ada@example.org")
		start(s, v, b.ID)
		p.answer = func(w http.ResponseWriter, _ *http.Request) {
			if err := s.Core.Bots.Call(ctx, rejoin.Job{Key: v.Issue.ID, Attempt: 6}); err != nil {
				t.Error(err)
			}
			_, _ = w.Write([]byte(`{}`))
		}
		v.Say("7")
		ends("a request that never comes to an end", v, "Robin: Thank you. A colleague will take over from here.")
	})
}

// TestBotsAndLogin: who logs in while a bot is at work is asked by Identity Bot afterwards, once.
func TestBotsAndLogin(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		b := publish(s, "Well", rejoin.CustomBot, rejoin.Step{ID: "q", Kind: rejoin.StepQuestion, Input: rejoin.InputText, Text: text("Well?")})
		v := s.Visit("Hi")
		start(s, v, b.ID)
		v.Say("I have a question")
		v.Say("Is anybody there?")
		_, v.Token = s.Identify(s.Signed("77", ""), v.Token)
		s.Settle()
		if err := answer(s, v, "Well."); err != nil {
			t.Fatal(err)
		}
		got := said(s, v)
		wantLines(t, "they said", got[len(got)-3:], "Robin: Well?", "> Well.", "Assistant: Thank you for writing. What is your name?")
	})
}

// TestAnswersSentAgain: what is sent again is no answer to the question that came after it.
func TestAnswersSentAgain(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		b := publish(s, "How was it", rejoin.FeedbackBot, rejoin.Step{ID: "stars", Kind: rejoin.StepRating, Text: text("How was it?")},
			rejoin.Step{ID: "day", Kind: rejoin.StepQuestion, Input: rejoin.InputDate, Text: text("When did you write?")})
		setBots(s, func(a *core.AppBots) { a.FeedbackBotID = b.ID })
		v := s.VisitKnown("Hi", "Ada", "ada@example.org")
		s.End(v, rejoin.Resolved)
		if _, err := s.Core.Endings.Resolve(t.Context(), v.Token, v.Issue.ID, core.Answer{ClientID: s.NewClientID(), Accepted: true}); err != nil {
			t.Fatal(err)
		}
		in := core.UserSend{ClientID: s.NewClientID(), Body: "4"}
		for range 2 {
			if _, err := s.Core.Messages.SendAsUser(t.Context(), v.Token, v.Issue.ID, in); err != nil {
				t.Errorf("sent again: %v", err)
			}
		}
		if got := said(s, v); got[len(got)-1] != "Robin: When did you write?" {
			t.Errorf("they said %q", got)
		}
	})
}

// TestBotsThatHandOverForEver: two bots that send the conversation to and fro stop, also where an external request lies in between.
func TestBotsThatHandOverForEver(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		p := newProgram(t)
		p.says(200, `{}`)
		call := rejoin.Step{ID: "call", Kind: rejoin.StepRequest, Name: "x", Request: &rejoin.Request{Method: "GET", URL: p.URL}}
		a := publish(s, "A", rejoin.CustomBot, call)
		b := publish(s, "B", rejoin.CustomBot, call, rejoin.Step{ID: "a", Kind: rejoin.StepHandOver, BotID: a.ID})
		republish(s, a, call, rejoin.Step{ID: "b", Kind: rejoin.StepHandOver, BotID: b.ID})
		v := s.VisitKnown("Hi", "Ada", "ada@example.org")
		start(s, v, a.ID)
		if told := notes(s, v); len(p.asked) > 30 || !strings.Contains(told[len(told)-1], "Too many bots") {
			t.Errorf("the program was asked %d times; the timeline says %q", len(p.asked), told[len(told)-1])
		}
	})
}
