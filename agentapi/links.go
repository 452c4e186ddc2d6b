package agentapi

import (
	"strings"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// links is what strangers may do who hold a link that was mailed, or want one. Their tokens come in bodies, never in addresses.
type links struct{ *API }

// read reads a body within the limits of strangers.
func (a links) read(c call, v any) error {
	if err := a.people.links.Allow(a.ip(c)); err != nil {
		return err
	}
	return web.ReadJSON(c.w, c.r, v, maxSmall)
}

func (a links) look(c call) (any, error) {
	var in LookToken
	if err := a.read(c, &in); err != nil {
		return nil, err
	}
	i, err := a.Core.Agents.Look(c.r.Context(), in.Token)
	return Invited{Kind: i.Kind, Domain: i.Domain.Name, Email: i.Email, InvitedBy: i.CreatedByName}, err
}

func (a links) accept(c call) (any, error) {
	var in Accept
	if err := a.read(c, &in); err != nil {
		return nil, err
	}
	token, agent, err := a.Core.Agents.Accept(c.r.Context(), core.Accepting{Token: in.Token, Name: in.Name, Password: in.Password, Device: web.Device(c.r.UserAgent())})
	if err != nil {
		return nil, err
	}
	return a.begun(c, token, agent)
}

func (a links) forgot(c call) (any, error) {
	if err := a.people.forgotIP.Allow(a.ip(c)); err != nil {
		return nil, err
	}
	var in ForgotPassword
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	if address := strings.ToLower(strings.TrimSpace(in.Email)); len(address) <= rejoin.MaxEmail {
		if err := a.people.forgot.Allow(address); err != nil {
			return nil, err
		}
	}
	return struct{}{}, a.Core.Agents.ForgotPassword(c.r.Context(), in.Email)
}

func (a links) reset(c call) (any, error) {
	var in NewPassword
	if err := a.read(c, &in); err != nil {
		return nil, err
	}
	return struct{}{}, a.Core.Agents.SetNewPassword(c.r.Context(), in.Token, in.Password)
}
