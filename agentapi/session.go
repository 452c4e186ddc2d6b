package agentapi

import (
	"net/http"
	"strings"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

const cookie = "rejoin"

// token returns what the browser's cookie holds.
func (a *API) token(r *http.Request) string { return web.Session(r, cookie, a.Secure) }

func (a *API) signIn(c call) (any, error) {
	ip := web.IPKey(web.ClientIP(c.r, a.TrustedProxies))
	if err := a.signIns.byIP.Allow(ip); err != nil {
		return nil, err
	}
	var in SignIn
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	if address := strings.ToLower(strings.TrimSpace(in.Email)); len(address) <= rejoin.MaxEmail { // no agent has a longer one
		if err := a.signIns.byBoth.Allow(ip + " " + address); err != nil {
			return nil, err
		}
		if err := a.signIns.byAddress.Allow(address); err != nil {
			return nil, err
		}
	}
	token, agent, err := a.Core.Agents.SignIn(c.r.Context(), core.SignIn{Email: in.Email, Password: in.Password, Code: in.Code, Device: web.Device(c.r.UserAgent())})
	if err != nil {
		return nil, err
	}
	return a.begun(c, token, agent)
}

// begun gives the browser the cookie of its new session, and answers Me.
func (a *API) begun(c call, token string, agent rejoin.Agent) (any, error) {
	c.agent = agent
	me, err := a.me(c)
	if err != nil {
		return nil, err
	}
	web.SetSession(c.w, cookie, token, core.AgentSessionLife, a.Secure)
	return me, nil
}

// signOut also serves those whose session has ended already.
func (a *API) signOut(c call) (any, error) {
	if err := readNothing(c); err != nil {
		return nil, err
	}
	if token := a.token(c.r); token != "" {
		if err := a.Core.Agents.SignOut(c.r.Context(), token); err != nil {
			return nil, err
		}
	}
	web.ClearSession(c.w, cookie, a.Secure)
	return struct{}{}, nil
}

func (a *API) me(c call) (any, error) {
	team, err := a.Core.Agents.Team(c.r.Context(), c.agent)
	if err != nil {
		return nil, err
	}
	me := Me{Agent: agentOf(c.agent), Domain: team.Domain.Name, Features: listOf(team.Domain.Features), Demo: a.Demo}
	me.Agents, me.Apps = mapped(team.Agents, agentOf), mapped(team.Apps, namedApp)
	return me, nil
}

// readNothing takes the body {} of a request that needs no words.
func readNothing(c call) error { return web.ReadJSON(c.w, c.r, &struct{}{}, maxSmall) }
