package agentapi

import (
	"strconv"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// team is the company's people.
type team struct{ *API }

// teamRoutes are the company's people, and what they have done.
func (a *API) teamRoutes() []route {
	return []route{
		{"GET /agent/v1/users/{user}/sessions", rejoin.Answer, people{a}.sessions},
		{"POST /agent/v1/users/{user}/sessions/{session}/revoke", rejoin.Answer, people{a}.revokeSession},
		{"GET /agent/v1/audit", rejoin.Administer, team{a}.audit},
		{"GET /agent/v1/team", rejoin.Answer, team{a}.list},
		{"PUT /agent/v1/team/{agent}", rejoin.Administer, team{a}.set},
		{"POST /agent/v1/team/{agent}/deactivate", rejoin.Administer, team{a}.deactivate},
		{"POST /agent/v1/team/{agent}/reactivate", rejoin.Administer, team{a}.reactivate},
		{"POST /agent/v1/team/{agent}/reset-two-factor", rejoin.Administer, team{a}.resetTwoFactor},
		{"POST /agent/v1/invitations", rejoin.Administer, team{a}.invite},
		{"POST /agent/v1/invitations/{invitation}/resend", rejoin.Administer, team{a}.resend},
		{"DELETE /agent/v1/invitations/{invitation}", rejoin.Administer, team{a}.withdraw},
		{"POST /agent/v1/invitations/accept", anybody, links{a}.accept},
		{"POST /agent/v1/tokens/look", anybody, links{a}.look},
		{"POST /agent/v1/password/forgot", anybody, links{a}.forgot},
		{"POST /agent/v1/password/reset", anybody, links{a}.reset},
		{"GET /agent/v1/profile", rejoin.Answer, profile{a}.page},
		{"PUT /agent/v1/profile", rejoin.Answer, profile{a}.set},
		{"POST /agent/v1/profile/available", rejoin.Answer, profile{a}.setAvailable},
		{"POST /agent/v1/profile/password", rejoin.Answer, profile{a}.changePassword},
		{"POST /agent/v1/profile/sessions/{session}/revoke", rejoin.Answer, profile{a}.endSession},
		{"POST /agent/v1/profile/two-factor", rejoin.Answer, profile{a}.beginTwoFactor},
		{"POST /agent/v1/profile/two-factor/confirm", rejoin.Answer, profile{a}.confirmTwoFactor},
		{"POST /agent/v1/profile/two-factor/off", rejoin.Answer, profile{a}.endTwoFactor},
		{"POST /agent/v1/profile/two-factor/recovery", rejoin.Answer, profile{a}.renewCodes},
	}
}

func (a team) list(c call) (any, error) {
	return teamOf(a.Core.Members.Page(c.r.Context(), c.agent))
}

func teamOf(p core.TeamPage, err error) (any, error) {
	return Team{
		Members: mapped(p.Members, func(m core.Member) Member {
			return Member{ID: m.ID, Name: m.Name, Nickname: m.Nickname, Email: m.Email, Role: m.Role, Available: m.Available, TwoFactor: m.HasSecond,
				SeenAt: m.SeenAt, Deactivated: m.DeactivatedAt, OpenIssues: m.OpenIssues}
		}),
		Invitations: mapped(p.Invitations, func(t rejoin.AgentToken) Invitation {
			return Invitation{ID: t.ID, Email: t.Email, Role: t.Role, InvitedBy: t.CreatedByName, Mail: t.Mail, CreatedAt: t.CreatedAt, ExpiresAt: t.ExpiresAt}
		}),
	}, err
}

// agentID returns which agent the path names.
func (c call) agentID() (string, error) {
	id := c.r.PathValue("agent")
	if !isID(id) {
		return "", rejoin.Errorf(rejoin.NotFound, "There is no such agent.")
	}
	return id, nil
}

func (a team) set(c call) (any, error) {
	id, err := c.agentID()
	if err != nil {
		return nil, err
	}
	var in SetMember
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	return teamOf(a.Core.Members.Set(c.r.Context(), c.agent, id, core.MemberChange{Name: in.Name, Nickname: in.Nickname, Role: in.Role}))
}

// member runs an act that needs nothing but whom it is done to.
func (c call) member(act func(id string) (core.TeamPage, error)) (any, error) {
	id, err := c.agentID()
	if err != nil {
		return nil, err
	}
	if err := readNothing(c); err != nil {
		return nil, err
	}
	return teamOf(act(id))
}

func (a team) deactivate(c call) (any, error) {
	return c.member(func(id string) (core.TeamPage, error) { return a.Core.Members.Deactivate(c.r.Context(), c.agent, id) })
}

func (a team) reactivate(c call) (any, error) {
	return c.member(func(id string) (core.TeamPage, error) { return a.Core.Members.Reactivate(c.r.Context(), c.agent, id) })
}

func (a team) resetTwoFactor(c call) (any, error) {
	return c.member(func(id string) (core.TeamPage, error) {
		return a.Core.Members.ResetTwoFactor(c.r.Context(), c.agent, id)
	})
}

func (a team) invite(c call) (any, error) {
	var in Invite
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	if err := a.mayMail(c); err != nil {
		return nil, err
	}
	return teamOf(a.Core.Members.Invite(c.r.Context(), c.agent, in.Email, in.Role))
}

// mayMail takes one from what the domain may mail to people who are none of its agents.
func (a team) mayMail(c call) error {
	if !c.agent.MayAdminister() {
		return nil // nothing will be mailed
	}
	return a.people.invites.Allow(c.agent.DomainID)
}

// invitationID returns which invitation the path names.
func (c call) invitationID() (string, error) {
	id := c.r.PathValue("invitation")
	if !isID(id) {
		return "", rejoin.Errorf(rejoin.NotFound, "There is no such invitation.")
	}
	return id, nil
}

func (a team) resend(c call) (any, error) {
	id, err := c.invitationID()
	if err != nil {
		return nil, err
	}
	if err := readNothing(c); err != nil {
		return nil, err
	}
	if err := a.mayMail(c); err != nil {
		return nil, err
	}
	return teamOf(a.Core.Members.ResendInvitation(c.r.Context(), c.agent, id))
}

func (a team) withdraw(c call) (any, error) {
	id, err := c.invitationID()
	if err != nil {
		return nil, err
	}
	return teamOf(a.Core.Members.WithdrawInvitation(c.r.Context(), c.agent, id))
}

func (a team) audit(c call) (any, error) {
	q := c.r.URL.Query()
	f := rejoin.AuditFilter{AgentID: q.Get("agent"), Act: rejoin.AuditAct(q.Get("act"))}
	var err error
	if f.From, err = moment(q.Get("from"), "from"); err != nil {
		return nil, err
	}
	if f.To, err = moment(q.Get("to"), "to"); err != nil {
		return nil, err
	}
	p, err := a.Core.Audit.Page(c.r.Context(), c.agent, f, q.Get("cursor"))
	return AuditLog{Next: p.Next, Entries: mapped(p.Entries, func(e rejoin.AuditEntry) AuditEntry {
		return AuditEntry{ID: e.ID, Act: e.Act, AgentID: e.AgentID, AgentName: e.AgentName, Target: e.Target, Details: e.Details, CreatedAt: e.CreatedAt}
	})}, err
}

// moment reads Unix milliseconds from a query; empty is zero.
func moment(raw, field string) (rejoin.Millis, error) {
	if raw == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(raw, 10, 64)
	if err != nil || n < 0 {
		return 0, rejoin.InvalidField(field, "Give %s in Unix milliseconds.", field)
	}
	return rejoin.Millis(n), nil
}
