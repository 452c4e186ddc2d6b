package core_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
)

// second begins another conversation of the same user.
func second(t *testing.T, s *rejointest.Server, v *rejointest.Visitor, text string) *rejointest.Visitor {
	t.Helper()
	up, err := s.Core.Messages.Start(t.Context(), v.Token, s.Made.Platform.ID, core.UserSend{ClientID: s.NewClientID(), Body: text}, core.Beginning{})
	if err != nil {
		t.Fatal(err)
	}
	o := *v
	o.Issue = up.Issue
	s.Settle()
	return &o
}

func TestAddressLearnedInAnotherConversation(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		a := s.Visit("First matter")
		s.Reply(a, "An answer to the first.")
		b := second(t, s, a, "Second matter")
		b.Answer("Ada")
		b.Answer("ada@example.org")
		s.Advance(time.Hour)
		if got := s.Load(a.Issue.ID).FollowUp.State; got != rejoin.FollowUpSent {
			t.Errorf("the first conversation's follow-up is %q, want sent", got)
		}
	})
}

// Whoever has the link of one conversation must not redirect the e-mails of another.
func TestLinkTeachesNothingAboutTheUser(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		a := s.Visit("First matter")
		a.Answer("Ada")
		b := second(t, s, a, "Second matter") // both ask for the address now
		b.Answer("ada@example.org")
		s.Reply(a, "An answer.")
		s.Advance(time.Hour)
		guest := identity.NewToken()
		out, err := s.Core.Returns.Redeem(t.Context(), core.Redeem{PlatformID: s.Made.Platform.ID, Token: linkToken(t, s.Mails()[0].Text), Session: guest})
		if err != nil || out.IssueID != a.Issue.ID {
			t.Fatalf("%+v, %v", out, err)
		}
		for _, in := range []core.UserSend{{Body: "mallory@evil.example"}, {Body: "mallory@evil.example", Answers: s.Load(a.Issue.ID).Issue.Bot.AskedSeq}} {
			in.ClientID = s.NewClientID()
			_, err := s.Core.Messages.SendAsUser(t.Context(), guest, a.Issue.ID, in)
			if in.Answers != 0 && rejoin.CodeOf(err) != rejoin.Forbidden {
				t.Errorf("answering the bot by a link: %v, want forbidden", err)
			}
		}
		if got := s.Load(b.Issue.ID).User.Email; got != "ada@example.org" {
			t.Errorf("the user's address is %q now", got)
		}
	})
}

// Typing a stranger's address and leaving makes us write to nobody: only a reply does.
func TestTheBotAloneMailsNobody(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.Visit("Hello")
		v.Answer("Ada")
		v.Answer("victim@example.org")
		s.Advance(24 * time.Hour)
		if n := len(s.Mails()); n != 0 {
			t.Errorf("%d e-mails although nobody replied", n)
		}
		s.Reply(v, "A reply.")
		s.Advance(time.Hour)
		if mails := s.Mails(); len(mails) != 1 || !strings.Contains(mails[0].Text, "A reply.") {
			t.Errorf("%d e-mails after a reply, want one", len(mails))
		}
	})
}

func TestLeavingMattersAlsoWhenResolved(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		s.SetFollowUp(func(f *rejoin.FollowUpSettings) { f.OnlineWindow = 24 * 3600 })
		v := s.VisitKnown("Hello", "Ada", "ada@example.org")
		report := func(p rejoin.Presence) {
			t.Helper()
			if err := s.Core.Presence.Report(t.Context(), v.Token, "tab-number-1", p); err != nil {
				t.Fatal(err)
			}
			s.Settle()
		}
		report(rejoin.TabHidden)
		s.Reply(v, "Done.")
		if err := s.Core.Issues.Close(t.Context(), s.Maya, v.Issue.ID, rejoin.Resolved, ""); err != nil {
			t.Fatal(err)
		}
		s.Advance(time.Hour)
		if n := len(s.Mails()); n != 0 {
			t.Fatalf("%d e-mails while the second window runs", n)
		}
		report(rejoin.PageClosed)
		if n := len(s.Mails()); n != 1 {
			t.Errorf("%d e-mails after leaving, want one", n)
		}
	})
}

// The same first message at once from several connections is one conversation.
func TestStartTwiceAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		known := s.Visit("Hello").Token
		for _, token := range []string{identity.NewToken(), known} {
			ids := make([]string, 4)
			var wg sync.WaitGroup
			for n := range ids {
				wg.Go(func() {
					up, err := s.Core.Messages.Start(t.Context(), token, s.Made.Platform.ID, core.UserSend{ClientID: "the-same-one", Body: "At once"}, core.Beginning{})
					if err != nil {
						t.Error(err)
					}
					ids[n] = up.Issue.ID
				})
			}
			wg.Wait()
			for _, id := range ids {
				if id != ids[0] {
					t.Fatalf("several conversations: %v", ids)
				}
			}
			if got := s.Load(ids[0]).Issue.LastSeq; got < 1 {
				t.Errorf("the conversation has %d messages", got)
			}
		}
	})
}

// Two tabs that close at the same moment leave nobody behind.
func TestTwoTabsCloseAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.Visit("Hello")
		tabs := []string{"tab-number-1", "tab-number-2", "tab-number-3"}
		for _, state := range []rejoin.Presence{rejoin.Active, rejoin.PageClosed} {
			var wg sync.WaitGroup
			for _, tab := range tabs {
				wg.Go(func() {
					if err := s.Core.Presence.Report(t.Context(), v.Token, tab, state); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if got := s.Load(v.Issue.ID).User.Presence; got != state {
				t.Errorf("the user is %q, want %q", got, state)
			}
		}
	})
}

// Six conversations of one address come due at once on two nodes: the address's limit holds.
func TestAddressCapHoldsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		s.SetFollowUp(func(f *rejoin.FollowUpSettings) { f.TypedDailyCap = 1 })
		other := s.Another()
		for range 6 {
			s.Reply(s.VisitKnown("Hello", "Ada", "ada@example.org"), "An answer.")
		}
		s.Clock.Advance(11 * time.Minute)
		var wg sync.WaitGroup
		for _, node := range []*rejointest.Server{s, other, s, other} {
			wg.Go(func() {
				if _, err := node.Runner.RunDue(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := len(s.Mails()); n != 1 {
			t.Errorf("%d e-mails to the address, want 1", n)
		}
	})
}

// An e-mail that cannot be written ends as failed, with the reason, instead of being tried in silence.
func TestUnwritableEmailIsExplained(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.VisitKnown("Hello", "Ada", "ada@"+strings.Repeat("a", 63)+".xn--a")
		s.Reply(v, "An answer.")
		s.Advance(time.Hour)
		f := s.Load(v.Issue.ID).FollowUp
		if f.State != rejoin.FollowUpSent && (f.State != rejoin.FollowUpFailed || f.Reason == rejoin.ReasonWindow) {
			t.Errorf("the follow-up is %s (%s)", f.State, f.Reason)
		}
	})
}
