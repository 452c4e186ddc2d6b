package core_test

import (
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/followup"
	"rejoin/mail/mailbox"
	"rejoin/rejointest"
)

// The outlook says what then happens.
func TestOutlookKeepsItsWord(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		s.SetFollowUp(func(f *rejoin.FollowUpSettings) { f.MinInterval = 3600 })
		v := s.VisitKnown("Hello", "Ada", "ada@example.org")
		for n, want := range []struct {
			reason rejoin.Reason
			after  time.Duration
		}{
			{rejoin.ReasonWindow, 10 * time.Minute},
			{rejoin.ReasonMinInterval, time.Hour - 2*time.Minute}, // it was mailed a moment ago
		} {
			o := s.Load(v.Issue.ID).Outlook
			if o.Action != followup.Wait || o.Reason != want.reason || o.After != want.after || o.Address != "ada@example.org" || o.Bounced || o.CanAsk {
				t.Errorf("outlook %d: %+v, want %+v", n, o, want)
			}
			s.Reply(v, "An answer.")
			s.Advance(o.After - time.Second)
			if got := len(s.Mails()); got != n {
				t.Errorf("%d e-mails a second before, want %d", got, n)
			}
			s.Advance(time.Second)
			if got := len(s.Mails()); got != n+1 {
				t.Errorf("%d e-mails at the moment, want %d", got, n+1)
			}
			s.Advance(2 * time.Minute)
		}
	})
}

func TestOutlookExplains(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, known := t.Context(), s.VisitKnown("Hello", "Ada", "ada@example.org")
		held := s.VisitKnown("Hello", "Bo", "bo@example.org")
		s.Reply(held, "An answer.")
		if err := s.Core.FollowUps.Hold(ctx, s.Maya, held.Issue.ID); err != nil {
			t.Fatal(err)
		}
		if o := s.Load(held.Issue.ID).Outlook; o.Action != followup.Wait || o.Reason != rejoin.ReasonHeld || o.After != 0 {
			t.Errorf("held: %+v", o)
		}
		silent := s.Visit("Hello")
		if o := s.Load(silent.Issue.ID).Outlook; o.Reason != rejoin.ReasonNoAddress || o.CanAsk || o.Action != followup.Skip {
			t.Errorf("the bot has just asked: %+v", o)
		}
		silent.Say("Is anybody there?")
		if o := s.Load(silent.Issue.ID).Outlook; !o.CanAsk {
			t.Errorf("the bot's question is behind: %+v", o)
		}
		private := s.VisitAs(core.Claim{}, "Hello", core.Beginning{FullPrivacy: true})
		if o := s.Load(private.Issue.ID).Outlook; o.Reason != rejoin.ReasonNoAddress || o.CanAsk {
			t.Errorf("full privacy: %+v", o)
		}
		s.Mailbox.SetFault(func(at mailbox.Step) error {
			if at == mailbox.StepRcpt {
				return mailbox.Reply(550, "no such mailbox")
			}
			return nil
		})
		s.Reply(known, "An answer.")
		s.Advance(time.Hour)
		s.Mailbox.SetFault(nil)
		if o := s.Load(known.Issue.ID).Outlook; !o.Bounced {
			t.Errorf("after a refusal: %+v, want bounced", o)
		}
		s.Reply(known, "Another answer.")
		s.Advance(time.Hour)
		if o := s.Load(known.Issue.ID).Outlook; o.Bounced {
			t.Errorf("after an e-mail that arrived: %+v", o)
		}
	})
}

func TestAsk(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, v := t.Context(), s.Visit("Hello")
		v.Answer("Ada")
		asked := v.Last()
		ask := func(a rejoin.Agent) rejoin.Code { return rejoin.CodeOf(s.Core.Bots.Ask(ctx, a, v.Issue.ID)) }
		if got := ask(s.Maya); got != "" || v.Last() != asked {
			t.Errorf("asked a moment ago: %q, %d messages, want %d", got, v.Last(), asked)
		}
		v.Say("Why do you ask?")
		if got := ask(s.Second().Admin); got != rejoin.NotFound {
			t.Errorf("another company: %q", got)
		}
		for range 2 {
			if got := ask(s.Maya); got != "" || v.Last() != asked+2 || v.Issue.Bot.AskedSeq != asked+2 || newest(s, v.Issue.ID).Ask != rejoin.AskEmail {
				t.Fatalf("asked again: %q, %+v", got, newest(s, v.Issue.ID))
			}
		}
		v.Answer("ada@example.org")
		if u := s.Load(v.Issue.ID).User; u.Email != "ada@example.org" {
			t.Errorf("the user is %+v", u)
		}
		if got := ask(s.Maya); got != rejoin.Conflict {
			t.Errorf("all is known: %q", got)
		}
		s.Advance(time.Hour)
		if n := len(s.Mails()); n != 0 {
			t.Errorf("%d e-mails although nobody replied", n)
		}
		s.End(v, rejoin.Resolved)
		if got := ask(s.Maya); got != rejoin.Conflict {
			t.Errorf("resolved: %q", got)
		}
	})
}
