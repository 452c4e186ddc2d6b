package core

import (
	"context"

	"rejoin"
)

// Members is the company's people, for administrators: roles, who belongs, and invitations.
type Members struct{ *env }

// Member is an agent as colleagues see them.
type Member struct {
	rejoin.Agent               // without password and second factor
	HasSecond    bool          // signs in with a second factor; for administrators
	SeenAt       rejoin.Millis // newest request of any session they are signed in with; for administrators
	OpenIssues   int64         // assigned to them
}

// TeamPage is the people of a domain, deactivated ones too, and for administrators the invitations that nobody has accepted.
type TeamPage struct {
	Members     []Member
	Invitations []rejoin.AgentToken
}

// Page returns the people of the agent's domain.
func (s *Members) Page(ctx context.Context, a rejoin.Agent) (p TeamPage, err error) {
	err = s.read(ctx, func(u *unit) error {
		p, err = u.teamPage(a)
		return err
	})
	return p, err
}

func (u *unit) teamPage(a rejoin.Agent) (p TeamPage, err error) {
	list, err := u.Tx.Agents(a.DomainID)
	if err != nil {
		return p, err
	}
	open, err := u.OpenIssuesOfAgents(a.DomainID)
	if err != nil {
		return p, err
	}
	for _, agent := range list {
		m := Member{Agent: agent, OpenIssues: open[agent.ID]}
		m.PasswordHash, m.TwoFactor = "", rejoin.TwoFactor{}
		p.Members = append(p.Members, m)
	}
	if administer(a) != nil {
		return p, nil
	}
	seen, err := u.AgentsSeen(a.DomainID)
	if err != nil {
		return p, err
	}
	for n, agent := range list {
		p.Members[n].HasSecond, p.Members[n].SeenAt = agent.TwoFactor.On, seen[agent.ID]
	}
	p.Invitations, err = u.Tx.Invitations(a.DomainID)
	return p, err
}

// change runs one change of the domain's people and returns them afterwards. Changes come one after the other, so that each sees who is an
// administrator.
func (s *Members) change(ctx context.Context, a rejoin.Agent, f func(*unit) error) (p TeamPage, err error) {
	if err := administer(a); err != nil {
		return p, err
	}
	err = s.write(ctx, func(u *unit) error {
		if err := u.lockTeam(a); err != nil {
			return err
		}
		if err := f(u); err != nil {
			return err
		}
		u.tellTeam(a.DomainID)
		p, err = u.teamPage(a)
		return err
	})
	return p, err
}

// lockTeam keeps other changes of the domain's people waiting, and makes sure that the administrator still is one.
func (u *unit) lockTeam(a rejoin.Agent) error {
	if err := u.LockText("team " + a.DomainID); err != nil {
		return err
	}
	now, err := u.Agent(a.ID)
	if err != nil {
		return err
	}
	if !now.Active() {
		return pleaseSignIn()
	}
	return administer(now)
}

// member locks an agent of the administrator's domain.
func (u *unit) member(a rejoin.Agent, id string) (rejoin.Agent, error) {
	m, err := u.LockAgent(id)
	if err == nil && m.DomainID != a.DomainID {
		return rejoin.Agent{}, rejoin.Errorf(rejoin.NotFound, "There is no such agent.")
	}
	return m, err
}

// keepAdministrator refuses what would leave the domain without an administrator.
func (u *unit) keepAdministrator(leaves rejoin.Agent) error {
	list, err := u.Tx.Agents(leaves.DomainID)
	if err != nil {
		return err
	}
	for _, a := range list {
		if a.ID != leaves.ID && a.Active() && a.MayAdminister() {
			return nil
		}
	}
	return rejoin.Errorf(rejoin.Conflict, "%s is the last administrator. Make somebody else an administrator first.", leaves.Name)
}

// MemberChange is what an administrator sets of a colleague.
type MemberChange struct {
	Name     string
	Nickname string // may be empty
	Role     rejoin.Role
}

// Set changes a member. The last administrator stays one.
func (s *Members) Set(ctx context.Context, a rejoin.Agent, id string, in MemberChange) (p TeamPage, err error) {
	if err := administer(a); err != nil {
		return p, err
	}
	if in.Name, in.Nickname, err = checkNames(in.Name, in.Nickname); err != nil {
		return p, err
	}
	if err := checkRole(in.Role); err != nil {
		return p, err
	}
	return s.change(ctx, a, func(u *unit) error {
		m, err := u.member(a, id)
		if err != nil {
			return err
		}
		details := changes("Name", m.Name, in.Name, "Nickname", m.Nickname, in.Nickname, "Role", string(m.Role), string(in.Role))
		if len(details) == 0 {
			return nil
		}
		if m.Active() && m.MayAdminister() && in.Role != rejoin.Administrator {
			if err := u.keepAdministrator(m); err != nil {
				return err
			}
		}
		m.Name, m.Nickname, m.Role = in.Name, in.Nickname, in.Role
		if err := u.SaveAgent(m); err != nil {
			return err
		}
		u.tellAgent(m.ID)
		return u.audit(a, rejoin.AgentChanged, m.Name, details...)
	})
}

func checkRole(r rejoin.Role) error {
	if !r.May(rejoin.Answer) {
		return rejoin.InvalidField("role", "The role is administrator, supervisor or agent.")
	}
	return nil
}

// Deactivate ends that somebody belongs to the team: they cannot sign in, their sessions end, and links to set their password are useless. What
// they wrote, and what is assigned to them, stays.
func (s *Members) Deactivate(ctx context.Context, a rejoin.Agent, id string) (TeamPage, error) {
	return s.change(ctx, a, func(u *unit) error {
		m, err := u.member(a, id)
		if err != nil || !m.Active() {
			return err
		}
		if m.ID == a.ID {
			return rejoin.Errorf(rejoin.Conflict, "You cannot deactivate yourself. Ask another administrator to do it.")
		}
		if m.MayAdminister() {
			if err := u.keepAdministrator(m); err != nil {
				return err
			}
		}
		m.DeactivatedAt = u.now
		if err := u.SaveAgent(m); err != nil {
			return err
		}
		if err := u.SpendResets(m.ID, u.now); err != nil {
			return err
		}
		if err := u.endOthers(m, ""); err != nil {
			return err
		}
		if err := u.routeTo(m.ID); err != nil {
			return err
		}
		return u.audit(a, rejoin.AgentDeactivated, m.Name)
	})
}

// Reactivate lets somebody belong to the team again, with the role, password and second factor that they had.
func (s *Members) Reactivate(ctx context.Context, a rejoin.Agent, id string) (TeamPage, error) {
	return s.change(ctx, a, func(u *unit) error {
		m, err := u.member(a, id)
		if err != nil || m.Active() {
			return err
		}
		m.DeactivatedAt = 0
		if err := u.SaveAgent(m); err != nil {
			return err
		}
		if err := u.routeTo(m.ID); err != nil {
			return err
		}
		return u.audit(a, rejoin.AgentReactivated, m.Name)
	})
}

// ResetTwoFactor takes the second factor from somebody who has lost it. Their sessions end.
func (s *Members) ResetTwoFactor(ctx context.Context, a rejoin.Agent, id string) (TeamPage, error) {
	return s.change(ctx, a, func(u *unit) error {
		if id == a.ID { // a browser left open must not be enough
			return rejoin.Errorf(rejoin.Conflict, "Switch your own two-factor sign-in off in your profile, with your password and a code.")
		}
		m, err := u.member(a, id)
		if err != nil || m.TwoFactor.Secret == "" {
			return err
		}
		m.TwoFactor = rejoin.TwoFactor{}
		if err := u.SaveAgent(m); err != nil {
			return err
		}
		if err := u.endOthers(m, ""); err != nil {
			return err
		}
		return u.audit(a, rejoin.TwoFactorReset, m.Name)
	})
}
