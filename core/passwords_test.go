package core_test

import (
	"sync"
	"testing"
	"time"

	"rejoin"
	"rejoin/rejointest"
)

func forget(s *rejointest.Server, email string) {
	s.T.Helper()
	if err := s.Core.Agents.ForgotPassword(s.T.Context(), email); err != nil {
		s.T.Fatal(err)
	}
}

func TestForgottenPassword(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, agents := t.Context(), s.Core.Agents
		noor := s.Colleague()
		session := must(s, noor.Email, "correct horse")
		forget(s, " Noor@Example.com ")
		first := linkIn(s, noor.Email, "new-password")
		forget(s, noor.Email)
		token := linkIn(s, noor.Email, "new-password")
		if look, err := agents.Look(ctx, token); err != nil || look.Kind != rejoin.PasswordToken || look.Email != noor.Email {
			t.Fatalf("look: %+v, %v", look, err)
		}
		if err := agents.SetNewPassword(ctx, token, "short"); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("a short one: %v", err)
		}
		if err := agents.SetNewPassword(ctx, token, "battery staple"); err != nil {
			t.Fatal(err)
		}
		if in(s, session) {
			t.Error("the session goes on")
		}
		for name, again := range map[string]string{"the same link": token, "an earlier one": first} {
			if err := agents.SetNewPassword(ctx, again, "another one"); rejoin.CodeOf(err) != rejoin.NotFound {
				t.Errorf("%s serves again: %v", name, err)
			}
		}
		if _, err := enter(s, noor.Email, "correct horse", ""); rejoin.CodeOf(err) != rejoin.Unauthenticated {
			t.Errorf("the old password: %v", err)
		}
		must(s, noor.Email, "battery staple")
		if got := acts(s, rejoin.AuditFilter{})[0]; got != "Noor | password_reset | Noor" {
			t.Errorf("the log says %q", got)
		}
	})
}

func TestResetsThatCannotBe(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, agents := t.Context(), s.Core.Agents
		noor := s.Colleague()
		forget(s, noor.Email)
		late := linkIn(s, noor.Email, "new-password")
		s.Clock.Advance(time.Hour)
		if err := agents.SetNewPassword(ctx, late, "battery staple"); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("after an hour: %v", err)
		}
		forget(s, noor.Email)
		open := linkIn(s, noor.Email, "new-password")
		if _, err := s.Core.Members.Deactivate(ctx, s.Maya, noor.ID); err != nil {
			t.Fatal(err)
		}
		if err := agents.SetNewPassword(ctx, open, "battery staple"); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("by somebody deactivated: %v", err)
		}
		before := len(s.Mails())
		forget(s, noor.Email)
		forget(s, "nobody@example.com")
		s.Settle()
		if n := len(s.Mails()); n != before {
			t.Errorf("%d e-mails to nobody and to somebody deactivated", n-before)
		}
		invite(s, "jonas@example.com", rejoin.AgentRole)
		if err := agents.SetNewPassword(ctx, linkIn(s, "jonas@example.com", "welcome"), "battery staple"); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("with an invitation: %v", err)
		}
		if err := agents.ForgotPassword(ctx, "nobody"); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("no address: %v", err)
		}
	})
}

// Whether there is such an agent decides nothing before the answer: what is written for either is one and the same job.
func TestForgettingIsTheSameForEverybody(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		noor := s.Colleague()
		forget(s, noor.Email)
		forget(s, "nobody@example.com")
		list, err := s.Store.ClaimJobs(t.Context(), s.Clock.Now(), time.Minute, s.Kinds(), 10, "test")
		if err != nil || len(list) != 2 || list[0].Kind != "password_reset" || list[1].Kind != list[0].Kind {
			t.Errorf("jobs %+v, %v", list, err)
		}
	})
}

// Nobody can fill an agent's mailbox.
func TestResetsAreLimited(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		noor := s.Colleague()
		for range 10 {
			forget(s, noor.Email)
			s.Settle()
		}
		if n := len(s.MailsTo(noor.Email)); n != 3 {
			t.Errorf("%d e-mails within an hour, want 3", n)
		}
		s.Clock.Advance(time.Hour + time.Second)
		forget(s, noor.Email)
		s.Settle()
		if n := len(s.MailsTo(noor.Email)); n != 4 {
			t.Errorf("%d e-mails an hour later, want 4", n)
		}
	})
}

// One link is used at two places at the same moment: it serves one of them.
func TestTwoResetsWithOneLink(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		noor := s.Colleague()
		forget(s, noor.Email)
		token := linkIn(s, noor.Email, "new-password")
		var both sync.WaitGroup
		errs := make([]error, 2)
		for n, password := range []string{"battery staple", "another staple"} {
			both.Go(func() { errs[n] = s.Core.Agents.SetNewPassword(t.Context(), token, password) })
		}
		both.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("%v and %v", errs[0], errs[1])
		}
	})
}

func TestChangePassword(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, agents := t.Context(), s.Core.Agents
		noor := s.Colleague()
		here, there := must(s, noor.Email, "correct horse"), must(s, noor.Email, "correct horse")
		forget(s, noor.Email)
		link := linkIn(s, noor.Email, "new-password")
		for field, in := range map[string][2]string{"old": {"wrong horse", "battery staple"}, "new": {"correct horse", "short"}} {
			if _, err := agents.ChangePassword(ctx, noor, here, in[0], in[1]); rejoin.CodeOf(err) != rejoin.Invalid || err.(*rejoin.Error).Field != field {
				t.Errorf("a bad %s one: %v", field, err)
			}
		}
		p, err := agents.ChangePassword(ctx, noor, here, "correct horse", "battery staple")
		if err != nil || len(p.Sessions) != 1 || !in(s, here) || in(s, there) {
			t.Errorf("changed: %+v, %v", p.Sessions, err)
		}
		if _, err := agents.Look(ctx, link); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("a link that sets the password still works: %v", err)
		}
		must(s, noor.Email, "battery staple")
		if got := acts(s, rejoin.AuditFilter{})[0]; got != "Noor | password_changed | Noor" {
			t.Errorf("the log says %q", got)
		}
	})
}
