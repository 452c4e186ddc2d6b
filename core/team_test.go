package core_test

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/rejointest"
)

// hire adds an agent with the role, who is called like the address.
func hire(s *rejointest.Server, name string, role rejoin.Role) rejoin.Agent {
	s.T.Helper()
	a, err := s.Core.Setup.AddAgent(s.T.Context(), s.Made.Domain.ID, role, name, strings.ToLower(name)+"@example.com", "correct horse")
	if err != nil {
		s.T.Fatal(err)
	}
	return a
}

// enter signs somebody in and returns the session's token.
func enter(s *rejointest.Server, email, password, code string) (string, error) {
	token, _, err := s.Core.Agents.SignIn(s.T.Context(), core.SignIn{Email: email, Password: password, Code: code, Device: "Firefox on Linux"})
	return token, err
}

// must signs in who may.
func must(s *rejointest.Server, email, password string) string {
	s.T.Helper()
	token, err := enter(s, email, password, "")
	if err != nil {
		s.T.Fatal(err)
	}
	return token
}

// in reports whether the session goes on.
func in(s *rejointest.Server, token string) bool {
	s.T.Helper()
	_, err := s.Core.Agents.BySession(s.T.Context(), token)
	if err != nil && rejoin.CodeOf(err) != rejoin.Unauthenticated {
		s.T.Fatal(err)
	}
	return err == nil
}

// member is one of the team, as Maya sees them.
func member(s *rejointest.Server, id string) (m core.Member) {
	s.T.Helper()
	p, err := s.Core.Members.Page(s.T.Context(), s.Maya)
	n := slices.IndexFunc(p.Members, func(m core.Member) bool { return m.ID == id })
	if err != nil || n < 0 {
		s.T.Fatalf("%s is not in the team: %v", id, err)
	}
	return p.Members[n]
}

// acts is what the audit log says, newest first, details behind the target.
func acts(s *rejointest.Server, f rejoin.AuditFilter) (lines []string) {
	s.T.Helper()
	p, err := s.Core.Audit.Page(s.T.Context(), s.Maya, f, "")
	if err != nil {
		s.T.Fatal(err)
	}
	for _, e := range p.Entries {
		lines = append(lines, strings.Join(append([]string{e.AgentName, string(e.Act), e.Target}, e.Details...), " | "))
	}
	return lines
}

func TestTeam(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, members := t.Context(), s.Core.Members
		jonas := hire(s, "Jonas", rejoin.AgentRole)
		token := must(s, jonas.Email, "correct horse")
		v := s.Visit("Hello")
		if err := s.Core.Issues.Assign(ctx, s.Maya, v.Issue.ID, jonas.ID, nil); err != nil {
			t.Fatal(err)
		}
		p, err := members.Set(ctx, s.Maya, jonas.ID, core.MemberChange{Name: " Jonas  Berg ", Nickname: "Joe", Role: rejoin.Supervisor})
		if err != nil || len(p.Members) != 2 {
			t.Fatalf("%+v, %v", p, err)
		}
		m := member(s, jonas.ID)
		if m.Name != "Jonas Berg" || m.Nickname != "Joe" || m.Role != rejoin.Supervisor || m.OpenIssues != 1 || m.SeenAt != s.Clock.Now() || !m.Available {
			t.Errorf("member %+v", m)
		}
		if a, err := s.Core.Agents.BySession(ctx, token); err != nil || a.Role != rejoin.Supervisor || a.PublicName() != "Joe" {
			t.Errorf("the session is %+v, %v", a, err)
		}
		if _, err := members.Deactivate(ctx, s.Maya, jonas.ID); err != nil {
			t.Fatal(err)
		}
		if in(s, token) {
			t.Error("the session of somebody deactivated goes on")
		}
		if _, err := enter(s, jonas.Email, "correct horse", ""); rejoin.CodeOf(err) != rejoin.Unauthenticated {
			t.Errorf("somebody deactivated signs in: %v", err)
		}
		if team, err := s.Core.Agents.Team(ctx, s.Maya); err != nil || len(team.Agents) != 1 {
			t.Errorf("who can be assigned: %+v, %v", team.Agents, err)
		}
		if m := member(s, jonas.ID); m.DeactivatedAt != s.Clock.Now() || m.OpenIssues != 1 {
			t.Errorf("deactivated: %+v", m)
		}
		if _, err := members.Reactivate(ctx, s.Maya, jonas.ID); err != nil {
			t.Fatal(err)
		}
		must(s, jonas.Email, "correct horse")
		want := []string{"Maya | agent_reactivated | Jonas Berg", "Maya | agent_deactivated | Jonas Berg",
			"Maya | agent_changed | Jonas Berg | Name: Jonas → Jonas Berg | Nickname: none → Joe | Role: agent → supervisor"}
		if d := cmp.Diff(want, acts(s, rejoin.AuditFilter{})[:3]); d != "" {
			t.Errorf("-want +got:\n%s", d)
		}
	})
}

func TestWhoMayChangeTheTeam(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, members := t.Context(), s.Core.Members
		noor, sue, gil := s.Colleague(), hire(s, "Sue", rejoin.Supervisor), s.Second().Admin
		if _, err := members.Invite(ctx, s.Maya, "new@example.com", rejoin.AgentRole); err != nil {
			t.Fatal(err)
		}
		p, err := members.Page(ctx, s.Maya)
		if err != nil {
			t.Fatal(err)
		}
		invitation := p.Invitations[0].ID
		change := core.MemberChange{Name: "X", Role: rejoin.AgentRole}
		for name, do := range map[string]func(rejoin.Agent) error{
			"set":        func(a rejoin.Agent) error { _, err := members.Set(ctx, a, s.Maya.ID, change); return err },
			"deactivate": func(a rejoin.Agent) error { _, err := members.Deactivate(ctx, a, noor.ID); return err },
			"reactivate": func(a rejoin.Agent) error { _, err := members.Reactivate(ctx, a, noor.ID); return err },
			"reset":      func(a rejoin.Agent) error { _, err := members.ResetTwoFactor(ctx, a, noor.ID); return err },
			"resend":     func(a rejoin.Agent) error { _, err := members.ResendInvitation(ctx, a, invitation); return err },
			"withdraw":   func(a rejoin.Agent) error { _, err := members.WithdrawInvitation(ctx, a, invitation); return err },
		} {
			for _, a := range []rejoin.Agent{noor, sue} {
				if err := do(a); rejoin.CodeOf(err) != rejoin.Forbidden {
					t.Errorf("%s by %s: %v", name, a.Role, err)
				}
			}
			if err := do(gil); rejoin.CodeOf(err) != rejoin.NotFound {
				t.Errorf("%s by another company: %v", name, err)
			}
		}
		if _, err := members.Invite(ctx, sue, "x@example.com", rejoin.AgentRole); rejoin.CodeOf(err) != rejoin.Forbidden {
			t.Errorf("a supervisor invites: %v", err)
		}
		for who, a := range map[string]rejoin.Agent{"an agent": noor, "a supervisor": sue} {
			p, err := members.Page(ctx, a)
			if err != nil || len(p.Members) != 3 || p.Invitations != nil || slices.ContainsFunc(p.Members, func(m core.Member) bool { return m.SeenAt > 0 || m.HasSecond || m.PasswordHash != "" }) {
				t.Errorf("%s sees %+v, %v", who, p, err)
			}
		}
		for what, in := range map[string]core.MemberChange{"name": {Role: rejoin.AgentRole}, "role": {Name: "X", Role: "owner"}, "nickname": {Name: "X", Nickname: strings.Repeat("n", 256), Role: rejoin.AgentRole}} {
			if _, err := members.Set(ctx, s.Maya, noor.ID, in); rejoin.CodeOf(err) != rejoin.Invalid || err.(*rejoin.Error).Field != what {
				t.Errorf("a bad %s: %v", what, err)
			}
		}
	})
}

func TestTheLastAdministratorStays(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, members := t.Context(), s.Core.Members
		down := core.MemberChange{Name: "Maya", Role: rejoin.AgentRole}
		noor := s.Colleague()
		if _, err := members.Set(ctx, s.Maya, s.Maya.ID, down); rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("the last one steps down: %v", err)
		}
		if _, err := members.Deactivate(ctx, s.Maya, s.Maya.ID); rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("the last one leaves: %v", err)
		}
		second := hire(s, "Ben", rejoin.Administrator)
		if _, err := members.Deactivate(ctx, s.Maya, second.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := members.Set(ctx, s.Maya, s.Maya.ID, down); rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("somebody deactivated counts as an administrator: %v", err)
		}
		if _, err := members.Reactivate(ctx, second, second.ID); rejoin.CodeOf(err) != rejoin.Unauthenticated {
			t.Errorf("somebody deactivated reactivates themselves: %v", err)
		}
		if _, err := members.Set(ctx, s.Maya, noor.ID, core.MemberChange{Name: "Noor", Role: rejoin.Administrator}); err != nil {
			t.Fatal(err)
		}
		if _, err := members.Set(ctx, s.Maya, s.Maya.ID, down); err != nil {
			t.Errorf("one of two steps down: %v", err)
		}
		if _, err := members.Set(ctx, s.Maya, noor.ID, down); rejoin.CodeOf(err) != rejoin.Forbidden {
			t.Errorf("who was an administrator when the request began: %v", err)
		}
	})
}

// Two administrators take each other's role at the same moment: one of them stays.
func TestAdministratorsDemoteEachOther(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		for n := range 8 {
			ben := hire(s, "Ben"+strings.Repeat("n", n), rejoin.Administrator)
			var both sync.WaitGroup
			errs := make([]error, 2)
			both.Go(func() {
				_, errs[0] = s.Core.Members.Set(t.Context(), s.Maya, ben.ID, core.MemberChange{Name: ben.Name, Role: rejoin.AgentRole})
			})
			both.Go(func() {
				_, errs[1] = s.Core.Members.Set(t.Context(), ben, s.Maya.ID, core.MemberChange{Name: "Maya", Role: rejoin.AgentRole})
			})
			both.Wait()
			if codes := []rejoin.Code{rejoin.CodeOf(errs[0]), rejoin.CodeOf(errs[1])}; !slices.Contains(codes, rejoin.Forbidden) || !slices.Contains(errs, nil) {
				t.Fatalf("%v and %v: want one to be done and one forbidden", errs[0], errs[1])
			}
			if errs[1] == nil { // Maya lost: Ben gives it back
				if _, err := s.Core.Members.Set(t.Context(), ben, s.Maya.ID, core.MemberChange{Name: "Maya", Role: rejoin.Administrator}); err != nil {
					t.Fatal(err)
				}
				if _, err := s.Core.Members.Set(t.Context(), s.Maya, ben.ID, core.MemberChange{Name: ben.Name, Role: rejoin.AgentRole}); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

func TestAgentsOwnProfile(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, agents := t.Context(), s.Core.Agents
		noor := s.Colleague()
		here := must(s, noor.Email, "correct horse")
		s.Clock.Advance(30 * time.Second)
		there, third := must(s, noor.Email, "correct horse"), must(s, noor.Email, "correct horse")
		p, err := agents.SetProfile(ctx, noor, here, "Noor Haddad", " Nora ")
		if err != nil || p.Agent.Name != "Noor Haddad" || p.Agent.Nickname != "Nora" || len(p.Sessions) != 3 || p.Sessions[2].Device != "Firefox on Linux" {
			t.Fatalf("profile %+v, %v", p, err)
		}
		if core.AgentSessionID(p.Sessions[2]) != p.Current || strings.Contains(here, p.Current) {
			t.Errorf("the current session is %s", p.Current)
		}
		other := core.AgentSessionID(p.Sessions[0])
		if p, err = agents.EndSession(ctx, noor, here, other); err != nil || len(p.Sessions) != 2 || in(s, there) == in(s, third) {
			t.Errorf("after one was ended: %+v, %v", p.Sessions, err)
		}
		if _, err = agents.EndSession(ctx, s.Maya, here, p.Current); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("a colleague ends the session: %v", err)
		}
		if p, err = agents.EndSession(ctx, noor, here, "all"); err != nil || len(p.Sessions) != 1 || !in(s, here) {
			t.Errorf("after all others were ended: %+v, %v", p.Sessions, err)
		}
		s.Clock.Advance(time.Minute)
		if !in(s, here) {
			t.Fatal("signed out")
		}
		if p, err = agents.Profile(ctx, noor, here); err != nil || p.Sessions[0].SeenAt != s.Clock.Now() {
			t.Errorf("seen at %+v, %v", p.Sessions, err)
		}
		now, err := agents.SetAvailable(ctx, noor, false)
		if err != nil || now.Available || member(s, noor.ID).Available {
			t.Errorf("away: %+v, %v", now, err)
		}
		if p, err = agents.SetProfile(ctx, noor, here, "Noor Haddad", ""); err != nil || p.Agent.PublicName() != "Noor Haddad" {
			t.Errorf("without a nickname: %+v, %v", p.Agent, err)
		}
	})
}

// The audit log can be asked for one agent, one act, and a time.
func TestAuditFilter(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ben := hire(s, "Ben", rejoin.Administrator)
		start := s.Clock.Now()
		for _, name := range []string{"one", "two"} {
			s.Clock.Advance(time.Hour)
			if _, err := s.Core.Labels.AddTag(t.Context(), ben, name); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Core.Members.Deactivate(t.Context(), s.Maya, ben.ID); err != nil {
			t.Fatal(err)
		}
		one, two, gone := "Ben | tag_made | one", "Ben | tag_made | two", "Maya | agent_deactivated | Ben"
		for name, c := range map[string]struct {
			f    rejoin.AuditFilter
			want []string
		}{
			"agent":      {rejoin.AuditFilter{AgentID: ben.ID}, []string{two, one}},
			"act":        {rejoin.AuditFilter{Act: rejoin.AgentDeactivated}, []string{gone}},
			"both":       {rejoin.AuditFilter{Act: rejoin.AgentDeactivated, AgentID: ben.ID}, nil},
			"from":       {rejoin.AuditFilter{From: start.Add(2 * time.Hour)}, []string{gone, two}},
			"to":         {rejoin.AuditFilter{AgentID: ben.ID, To: start.Add(2 * time.Hour)}, []string{one}},
			"nobody":     {rejoin.AuditFilter{AgentID: "x\x00"}, nil},
			"no such id": {rejoin.AuditFilter{AgentID: "agt_0"}, nil},
		} {
			if d := cmp.Diff(c.want, acts(s, c.f)); d != "" {
				t.Errorf("%s (-want +got):\n%s", name, d)
			}
		}
	})
}

// linkIn is the newest link to the page in the e-mails to the address: its token.
func linkIn(s *rejointest.Server, address, page string) string {
	s.T.Helper()
	s.Settle()
	list := s.MailsTo(address)
	if len(list) == 0 {
		s.T.Fatalf("no e-mail to %s", address)
	}
	found := regexp.MustCompile(`https://chat\.example\.com/` + page + `#([\w-]{43})\s`).FindStringSubmatch(list[len(list)-1].Text)
	if found == nil {
		s.T.Fatalf("no link to %s in %s", page, list[len(list)-1].Text)
	}
	return found[1]
}
