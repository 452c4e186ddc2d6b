package core_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/mail/mailbox"
	"rejoin/rejointest"
	"rejoin/store"
)

func invite(s *rejointest.Server, email string, role rejoin.Role) core.TeamPage {
	s.T.Helper()
	p, err := s.Core.Members.Invite(s.T.Context(), s.Maya, email, role)
	if err != nil {
		s.T.Fatal(err)
	}
	return p
}

func TestInvitation(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx := t.Context()
		p := invite(s, " Jonas@Example.com", rejoin.Supervisor)
		if len(p.Invitations) != 1 || p.Invitations[0].Mail != rejoin.MailQueued || p.Invitations[0].Email != "jonas@example.com" {
			t.Fatalf("invitations %+v", p.Invitations)
		}
		token := linkIn(s, "jonas@example.com", "welcome")
		s.T.Log(s.MailsTo("jonas@example.com")[0].Text)
		p, err := s.Core.Members.Page(ctx, s.Maya)
		if err != nil || p.Invitations[0].Mail != rejoin.MailSent || p.Invitations[0].ExpiresAt != s.Clock.Now().Add(7*24*time.Hour) {
			t.Errorf("after the e-mail: %+v, %v", p.Invitations, err)
		}
		look, err := s.Core.Agents.Look(ctx, token)
		if err != nil || look.Domain.Name != "acme" || look.Email != "jonas@example.com" || look.CreatedByName != "Maya" || look.Kind != rejoin.Invitation {
			t.Fatalf("look: %+v, %v", look, err)
		}
		for field, bad := range map[string]core.Accepting{"name": {Token: token, Name: " ", Password: "long enough"}, "password": {Token: token, Name: "Jonas", Password: "short"}} {
			if _, _, err := s.Core.Agents.Accept(ctx, bad); rejoin.CodeOf(err) != rejoin.Invalid || err.(*rejoin.Error).Field != field {
				t.Errorf("a bad %s: %v", field, err)
			}
		}
		session, a, err := s.Core.Agents.Accept(ctx, core.Accepting{Token: token, Name: "Jonas", Password: "long enough"})
		if err != nil || a.Role != rejoin.Supervisor || a.DomainID != s.Made.Domain.ID || !a.Available || !in(s, session) {
			t.Fatalf("accepted: %+v, %v", a, err)
		}
		must(s, "jonas@example.com", "long enough")
		if _, _, err := s.Core.Agents.Accept(ctx, core.Accepting{Token: token, Name: "Jonas", Password: "long enough"}); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("a second time: %v", err)
		}
		if p, err := s.Core.Members.Page(ctx, s.Maya); err != nil || len(p.Invitations) != 0 || len(p.Members) != 2 {
			t.Errorf("afterwards: %+v, %v", p, err)
		}
		if got := acts(s, rejoin.AuditFilter{})[:2]; got[0] != "Jonas | agent_joined | jonas@example.com | Role: supervisor | Invited by: Maya" || got[1] != "Maya | agent_invited | jonas@example.com | Role: supervisor" {
			t.Errorf("the log says %q", got)
		}
	})
}

func TestInvitationsThatCannotBe(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		gone := hire(s, "Gone", rejoin.AgentRole)
		if _, err := s.Core.Members.Deactivate(t.Context(), s.Maya, gone.ID); err != nil {
			t.Fatal(err)
		}
		gil := s.Second().Admin
		invite(s, "jonas@example.com", rejoin.AgentRole)
		for email, says := range map[string]string{s.Maya.Email: "in your team already", gone.Email: "was deactivated", gil.Email: "another domain", "JONAS@example.com": "invited already"} {
			_, err := s.Core.Members.Invite(t.Context(), s.Maya, email, rejoin.AgentRole)
			var e *rejoin.Error
			if !errors.As(err, &e) || e.Code != rejoin.Conflict || e.Field != "email" || !strings.Contains(e.Text, says) {
				t.Errorf("%s: %v, want it to say %q", email, err, says)
			}
		}
		if _, err := s.Core.Members.Invite(t.Context(), s.Maya, "nobody", rejoin.AgentRole); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("no address: %v", err)
		}
		if _, err := s.Core.Members.Invite(t.Context(), s.Maya, "x@example.com", ""); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("no role: %v", err)
		}
		// Both companies may invite somebody; who is accepted first has them.
		if _, err := s.Core.Members.Invite(t.Context(), gil, "jonas@example.com", rejoin.AgentRole); err != nil {
			t.Fatal(err)
		}
		s.Settle()
		if n := len(s.MailsTo("jonas@example.com")); n != 2 {
			t.Fatalf("%d e-mails, want 2", n)
		}
		theirs := linkIn(s, "jonas@example.com", "welcome")
		if _, _, err := s.Core.Agents.Accept(t.Context(), core.Accepting{Token: theirs, Name: "Jonas", Password: "long enough"}); err != nil {
			t.Fatal(err)
		}
		if p, err := s.Core.Members.Page(t.Context(), gil); err != nil || len(p.Members)+len(p.Invitations) != 2 {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

func TestInvitationAgain(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, members := t.Context(), s.Core.Members
		id := invite(s, "jonas@example.com", rejoin.AgentRole).Invitations[0].ID
		first := linkIn(s, "jonas@example.com", "welcome")
		if _, err := members.ResendInvitation(ctx, s.Maya, id); rejoin.CodeOf(err) != rejoin.Limited {
			t.Errorf("at once: %v", err)
		}
		s.Clock.Advance(8 * 24 * time.Hour)
		if _, err := s.Core.Agents.Look(ctx, first); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("an expired link: %v", err)
		}
		if _, err := members.ResendInvitation(ctx, s.Maya, id); err != nil {
			t.Fatal(err)
		}
		second := linkIn(s, "jonas@example.com", "welcome")
		if _, err := s.Core.Agents.Look(ctx, first); first == second || rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("the first link: %v", err)
		}
		if _, err := s.Core.Agents.Look(ctx, second); err != nil {
			t.Errorf("the second link: %v", err)
		}
		if p, err := members.WithdrawInvitation(ctx, s.Maya, id); err != nil || len(p.Invitations) != 0 {
			t.Errorf("withdrawn: %+v, %v", p, err)
		}
		if _, _, err := s.Core.Agents.Accept(ctx, core.Accepting{Token: second, Name: "Jonas", Password: "long enough"}); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("accepted: %v", err)
		}
		for _, junk := range []string{"", "x", identity.NewToken(), strings.Repeat("A", 43)} {
			if _, err := s.Core.Agents.Look(ctx, junk); rejoin.CodeOf(err) != rejoin.NotFound {
				t.Errorf("%q: %v", junk, err)
			}
		}
	})
}

// What is withdrawn before its e-mail goes out is not mailed.
func TestWithdrawnBeforeTheMail(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		id := invite(s, "jonas@example.com", rejoin.AgentRole).Invitations[0].ID
		if _, err := s.Core.Members.WithdrawInvitation(t.Context(), s.Maya, id); err != nil {
			t.Fatal(err)
		}
		s.Settle()
		if list := s.MailsTo("jonas@example.com"); len(list) != 0 {
			t.Errorf("%d e-mails", len(list))
		}
	})
}

// Two people open one invitation and accept at the same moment: one agent is made.
func TestTwoAcceptOneInvitation(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		invite(s, "jonas@example.com", rejoin.AgentRole)
		token := linkIn(s, "jonas@example.com", "welcome")
		var all sync.WaitGroup
		errs := make([]error, 4)
		for n := range errs {
			all.Go(func() {
				_, _, errs[n] = s.Core.Agents.Accept(t.Context(), core.Accepting{Token: token, Name: "Jonas", Password: "long enough"})
			})
		}
		all.Wait()
		done := 0
		for _, err := range errs {
			switch {
			case err == nil:
				done++
			case rejoin.CodeOf(err) != rejoin.NotFound:
				t.Errorf("%v", err)
			}
		}
		if done != 1 {
			t.Errorf("%d were accepted: %v", done, errs)
		}
	})
}

// The refused e-mail of an invitation is seen; what is down for a while is tried again.
func TestInvitationThatIsRefused(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		refuse := func(code int) {
			s.Mailbox.SetFault(func(at mailbox.Step) error {
				if at != mailbox.StepRcpt {
					return nil
				}
				return mailbox.Reply(code, "no")
			})
		}
		refuse(550)
		invite(s, "jonas@example.com", rejoin.AgentRole)
		s.Settle()
		if p, err := s.Core.Members.Page(t.Context(), s.Maya); err != nil || p.Invitations[0].Mail != rejoin.MailFailed {
			t.Errorf("refused: %+v, %v", p.Invitations, err)
		}
		refuse(451)
		invite(s, "ben@example.com", rejoin.AgentRole)
		s.Settle()
		s.Mailbox.SetFault(nil)
		s.Advance(time.Minute)
		linkIn(s, "ben@example.com", "welcome")
		err := s.Store.Read(t.Context(), func(tx *store.Tx) error {
			dead, err := tx.DeadJobs(10)
			if len(dead) != 0 {
				t.Errorf("given up: %+v", dead)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
