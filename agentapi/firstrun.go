package agentapi

import (
	"rejoin/core"
	"rejoin/web"
)

// firstRun is the setting up of an installation that has no domain yet.
type firstRun struct{ *API }

// allow keeps guessers of tokens slow.
func (a firstRun) allow(c call) error {
	return a.signIns.byIP.Allow(web.IPKey(web.ClientIP(c.r, a.TrustedProxies)))
}

func (a firstRun) check(c call) (any, error) {
	if err := a.allow(c); err != nil {
		return nil, err
	}
	var in CheckSetup
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	return struct{}{}, a.Core.Setup.Check(c.r.Context(), in.Token)
}

// begin sets up, and signs the new administrator in.
func (a firstRun) begin(c call) (any, error) {
	if err := a.allow(c); err != nil {
		return nil, err
	}
	var in Setup
	if err := web.ReadJSON(c.w, c.r, &in, maxSettings); err != nil {
		return nil, err
	}
	made, token, err := a.Core.Setup.Begin(c.r.Context(), in.Token, web.Device(c.r.UserAgent()), core.First{Domain: in.Domain, App: in.App, Origins: in.AllowedOrigins,
		Name: in.Name, Email: in.Email, Password: in.Password})
	if err != nil {
		return nil, err
	}
	return a.begun(c, token, made.Admin)
}
