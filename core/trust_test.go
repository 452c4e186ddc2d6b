package core_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
	"rejoin/store/storetest"
)

// What was said without a signature is worth nothing once signatures are asked for.
func TestUnsignedPastIsNotTrusted(t *testing.T) {
	t.Run("a signed address does not find a profile that only asserted it", func(t *testing.T) {
		s := rejointest.New(t, storetest.SQLite(t))
		s.SetVerification(false)
		mallory := s.VisitAs(core.Claim{UserID: "mallory", Email: "victim@example.org"}, "A trap", core.Beginning{})
		s.SetVerification(true)
		victim := s.VisitAs(s.Signed("", "victim@example.org"), "Private", core.Beginning{})
		if s.Load(victim.Issue.ID).Issue.UserID == s.Load(mallory.Issue.ID).Issue.UserID {
			t.Error("the victim was led into the other's profile")
		}
	})
	t.Run("an asserted address gets no e-mail", func(t *testing.T) {
		s := rejointest.New(t, storetest.SQLite(t))
		v := s.VisitAs(s.Signed("victim", ""), "Private", core.Beginning{}) // the site signs ids alone
		s.SetVerification(false)
		s.Identify(core.Claim{UserID: "victim", Email: "attacker@example.net"}, "")
		s.SetVerification(true)
		s.Identify(s.Signed("victim", ""), "")
		s.Reply(v, "Your card ends in 4242.")
		s.Advance(11 * time.Minute)
		if n := len(s.MailsTo("attacker@example.net")); n != 0 {
			t.Errorf("%d e-mails went to the address nobody has signed", n)
		}
	})
}

// An anonymous session belongs to one person after it, however many tabs log in with it.
func TestOneLoginTakesTheConversation(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		for round := range 4 {
			v := s.Visit("Hello")
			tokens := [2]string{identity.NewToken(), identity.NewToken()}
			var both sync.WaitGroup
			for n, token := range tokens {
				claim := s.Signed(fmt.Sprintf("person-%d-%d", round, n), "")
				both.Go(func() {
					in := core.Identify{PlatformID: s.Made.Platform.ID, Claim: claim, Bearer: v.Token, Session: token}
					if _, err := s.Core.Identities.Identify(context.Background(), in); err != nil {
						t.Error(err)
					}
				})
			}
			both.Wait()
			th := s.Load(v.Issue.ID)
			if n := count(th, rejoin.EventLoggedIn); n != 1 {
				t.Errorf("the conversation was taken %d times", n)
			}
			if n := len(opened(s, tokens[0])) + len(opened(s, tokens[1])); n != 1 {
				t.Errorf("%d people see the conversation", n)
			}
		}
	})
}

// Two administrators who save different settings of one app at once both succeed.
func TestSettingsAreNotLost(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		for round := range 8 {
			s.SetVerification(false)
			page, err := s.Core.Apps.Page(t.Context(), s.Maya, s.Made.App.ID)
			if err != nil {
				t.Fatal(err)
			}
			web := page.App.Settings.WebChat
			web.Greeting = fmt.Sprint("Hello ", round)
			var both sync.WaitGroup
			both.Go(func() {
				if _, err := s.Core.Apps.SetWebChat(context.Background(), s.Maya, s.Made.App.ID, web, page.Platform.AllowedOrigins); err != nil {
					t.Error(err)
				}
			})
			both.Go(func() {
				if _, err := s.Core.Verification.Require(context.Background(), s.Maya, s.Made.App.ID, true); err != nil {
					t.Error(err)
				}
			})
			both.Wait()
			after, err := s.Core.Apps.Page(t.Context(), s.Maya, s.Made.App.ID)
			if err != nil {
				t.Fatal(err)
			}
			if got := after.App.Settings; !got.Identity.Required || got.WebChat.Greeting != web.Greeting {
				t.Fatalf("round %d: required %v, greeting %q", round, got.Identity.Required, got.WebChat.Greeting)
			}
		}
	})
}

// What goes along at a login: conversations that still ask something; not what the visitor has told of themselves, which may be another person's.
func TestWhatGoesAlongAtLogin(t *testing.T) {
	s := rejointest.New(t, storetest.SQLite(t))
	v := s.VisitKnown("Hello", "Ada", "typed@example.org")
	s.Reply(v, "Try this.")
	s.End(v, rejoin.Resolved)
	_, token := s.Identify(s.Signed("77", ""), v.Token)
	if n := len(opened(s, token)); n != 1 {
		t.Fatalf("the login opens %d conversations; the resolved one still asks whether it helped", n)
	}
	if _, err := s.Core.Endings.Resolve(t.Context(), token, v.Issue.ID, core.Answer{ClientID: s.NewClientID(), Accepted: true}); err != nil {
		t.Error(err)
	}

	guest := s.VisitKnown("And this?", "Bo", "bo@example.org")
	s.Identify(s.Signed("78", ""), guest.Token)
	s.Settle()
	th := s.Load(guest.Issue.ID)
	if th.User.Name != "" || th.User.Email != "" || th.Issue.Bot.Asking != rejoin.AskName {
		t.Errorf("the profile is %+v, and the bot asks for %q", th.User, th.Issue.Bot.Asking)
	}
	s.Reply(guest, "Private.")
	s.Advance(11 * time.Minute)
	if n := len(s.MailsTo("bo@example.org")); n != 0 {
		t.Errorf("%d e-mails went to whoever used the computer before", n)
	}
}

// A first message whose page names somebody never becomes an anonymous one.
func TestNamedFirstMessageOnAnAnonymousSession(t *testing.T) {
	s := rejointest.New(t, storetest.SQLite(t))
	v := s.Visit("Hello")
	for _, c := range []struct {
		claim core.Claim
		want  rejoin.Code
	}{{s.Signed("77", ""), rejoin.Conflict}, {core.Claim{UserID: "77", AuthToken: "wrong"}, rejoin.Forbidden}, {core.Claim{}, ""}} {
		_, err := s.Core.Messages.Start(t.Context(), v.Token, s.Made.Platform.ID, core.UserSend{ClientID: s.NewClientID(), Body: "Again"}, core.Beginning{Claim: c.claim})
		if rejoin.CodeOf(err) != c.want {
			t.Errorf("%+v: %v, want %q", c.claim, err, c.want)
		}
	}
}

// A file that was uploaded before the first message is still there after a login in between.
func TestUploadBeforeFirstMessageAndLogin(t *testing.T) {
	s := rejointest.New(t, storetest.SQLite(t))
	fresh := identity.NewToken()
	file := upload(s, fresh, "note.txt", "hello")
	s.Identify(s.Signed("77", ""), "") // somebody else's browser: takes nothing
	s.VisitAs(s.Signed("77", ""), "I write elsewhere", core.Beginning{})
	_, token := s.Identify(s.Signed("77", ""), fresh)
	_, err := s.Core.Messages.Start(t.Context(), token, s.Made.Platform.ID, core.UserSend{ClientID: s.NewClientID(), Attachments: []string{file.ID}}, core.Beginning{})
	if err != nil {
		t.Error(err)
	}
}

// The launcher, the login and the tester agree about who is refused.
func TestGlanceAndTesterAgreeWithTheLogin(t *testing.T) {
	s := rejointest.New(t, storetest.SQLite(t))
	s.VisitAs(s.Signed("7", "7x@shop.example"), "Hi", core.Beginning{})
	s.VisitAs(s.Signed("77", "other@shop.example"), "Hi", core.Beginning{})
	borrowed := s.Signed("77", "x@shop.example")
	verdict, _, _, err := s.Core.Identities.Glance(t.Context(), s.Made.Platform.ID, borrowed)
	if out, _ := s.Identify(borrowed, ""); err != nil || verdict != core.ClaimRefused || out.Verdict != core.ClaimRefused {
		t.Errorf("the glance says %s (%v), the login %s", verdict, err, out.Verdict)
	}
	tested, err := s.Core.Verification.Test(t.Context(), s.Maya, s.Made.App.ID, s.Signed("ada@example.org", ""))
	if out, _ := s.Identify(s.Signed("ada@example.org", ""), ""); err != nil || tested.Valid || out.Verdict != core.ClaimAnonymous {
		t.Errorf("the tester says %+v (%v), the login %s", tested, err, out.Verdict)
	}
}
