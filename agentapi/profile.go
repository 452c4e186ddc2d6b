package agentapi

import (
	"encoding/base64"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// profile is what agents set for themselves.
type profile struct{ *API }

func (a profile) page(c call) (any, error) {
	return profileOf(a.Core.Agents.Profile(c.r.Context(), c.agent, a.token(c.r)))
}

func profileOf(p core.AgentProfile, err error) (any, error) {
	g := p.Agent
	out := Profile{Name: g.Name, Nickname: g.Nickname, Email: g.Email, HasPassword: g.PasswordHash != "", TwoFactor: g.TwoFactor.On}
	if g.TwoFactor.On {
		out.RecoveryCodes = len(g.TwoFactor.Recovery)
	}
	out.Sessions = mapped(p.Sessions, func(s rejoin.AgentSession) AgentSession {
		id := core.AgentSessionID(s)
		return AgentSession{ID: id, Device: s.Device, Current: id == p.Current, CreatedAt: s.CreatedAt, SeenAt: s.SeenAt}
	})
	return out, err
}

func (a profile) set(c call) (any, error) {
	var in SetProfile
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	return profileOf(a.Core.Agents.SetProfile(c.r.Context(), c.agent, a.token(c.r), in.Name, in.Nickname))
}

func (a profile) setAvailable(c call) (any, error) {
	var in SetAvailable
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	now, err := a.Core.Agents.SetAvailable(c.r.Context(), c.agent, in.Available)
	if err != nil {
		return nil, err
	}
	c.agent = now
	return a.me(c)
}

func (a profile) endSession(c call) (any, error) {
	if err := readNothing(c); err != nil {
		return nil, err
	}
	return profileOf(a.Core.Agents.EndSession(c.r.Context(), c.agent, a.token(c.r), c.r.PathValue("session")))
}

// prove reads a body that proves who somebody is, within the limit of such.
func (a profile) prove(c call, v any) error {
	if err := a.people.proofs.Allow(c.agent.ID); err != nil {
		return err
	}
	return web.ReadJSON(c.w, c.r, v, maxSmall)
}

func (a profile) changePassword(c call) (any, error) {
	var in ChangePassword
	if err := a.prove(c, &in); err != nil {
		return nil, err
	}
	return profileOf(a.Core.Agents.ChangePassword(c.r.Context(), c.agent, a.token(c.r), in.Old, in.New))
}

func (a profile) beginTwoFactor(c call) (any, error) {
	var in TwoFactorProof
	if err := a.prove(c, &in); err != nil {
		return nil, err
	}
	s, err := a.Core.Agents.BeginTwoFactor(c.r.Context(), c.agent, in.Password)
	return TwoFactorSetup{Secret: s.Secret, URL: s.URL, QR: "data:image/png;base64," + base64.StdEncoding.EncodeToString(s.QR)}, err
}

func (a profile) confirmTwoFactor(c call) (any, error) {
	var in TwoFactorProof
	if err := a.prove(c, &in); err != nil {
		return nil, err
	}
	codes, err := a.Core.Agents.ConfirmTwoFactor(c.r.Context(), c.agent, a.token(c.r), in.Code)
	return RecoveryCodes{Codes: listOf(codes)}, err
}

func (a profile) endTwoFactor(c call) (any, error) {
	var in TwoFactorProof
	if err := a.prove(c, &in); err != nil {
		return nil, err
	}
	return profileOf(a.Core.Agents.EndTwoFactor(c.r.Context(), c.agent, a.token(c.r), core.TwoFactorProof(in)))
}

func (a profile) renewCodes(c call) (any, error) {
	var in TwoFactorProof
	if err := a.prove(c, &in); err != nil {
		return nil, err
	}
	codes, err := a.Core.Agents.RenewRecoveryCodes(c.r.Context(), c.agent, core.TwoFactorProof(in))
	return RecoveryCodes{Codes: listOf(codes)}, err
}
