package agentapi

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/sso"
	"rejoin/web"
)

// entrance is how agents come in besides their password.
type entrance struct{ *API }

func (a entrance) options(c call) (any, error) {
	o, err := a.Core.Agents.Options(c.r.Context())
	return SignInOptions{SSO: o.SSO, FirstRun: o.FirstRun, Reset: true}, err
}

// SSOCallback is the path that the provider sends browsers back to; it must be registered there.
const SSOCallback = "/agent/v1/sso/callback"

// ssoCookie is what a browser keeps while it is at the provider. Like the session's it is not sent along by other sites' forms or frames, but it
// is with the provider's redirect, which is a plain navigation.
const (
	ssoCookie = "rejoin_sso"
	ssoLife   = 10 * time.Minute
	maxBack   = 500 // bytes of the path to come back to
)

// away is its value: the attempt that it may finish, and where to go then.
type away struct {
	Attempt sso.Attempt `json:"a"`
	Back    string      `json:"b"`
	Until   int64       `json:"u"` // Unix milliseconds
}

// start sends the browser to the provider. It is a page's address, so it answers what goes wrong with a page.
func (a entrance) start(c call) (any, error) {
	if err := a.people.links.Allow(a.ip(c)); err != nil {
		return nil, a.failed(c, &core.SSOError{Problem: rejoin.SSOLimited})
	}
	to, attempt, err := a.Core.Agents.BeginSSO(c.r.Context())
	if err != nil {
		return nil, a.failed(c, err)
	}
	raw, err := json.Marshal(away{Attempt: attempt, Back: localPath(c.r.URL.Query().Get("back")), Until: int64(a.Clock.Now().Add(ssoLife))})
	if err != nil {
		return nil, err
	}
	web.SetSession(c.w, ssoCookie, base64.RawURLEncoding.EncodeToString(raw), ssoLife, a.Secure)
	http.Redirect(c.w, c.r, to, http.StatusSeeOther)
	return nil, nil
}

// callback is where the provider sends the browser back to. What the browser kept is good for one try.
func (a entrance) callback(c call) (any, error) {
	if err := a.people.links.Allow(a.ip(c)); err != nil {
		return nil, a.failed(c, &core.SSOError{Problem: rejoin.SSOLimited})
	}
	var kept away
	raw, err := base64.RawURLEncoding.DecodeString(web.Session(c.r, ssoCookie, a.Secure))
	if err != nil || json.Unmarshal(raw, &kept) != nil || kept.Until <= int64(a.Clock.Now()) {
		return nil, a.failed(c, &core.SSOError{Problem: rejoin.SSOExpired})
	}
	q := c.r.URL.Query()
	token, _, err := a.Core.Agents.FinishSSO(c.r.Context(), core.SSOReturn{Attempt: kept.Attempt, State: q.Get("state"), Code: q.Get("code"), Device: web.Device(c.r.UserAgent())})
	if err != nil {
		return nil, a.failed(c, err)
	}
	web.ClearSession(c.w, ssoCookie, a.Secure)
	web.SetSession(c.w, cookie, token, core.AgentSessionLife, a.Secure)
	http.Redirect(c.w, c.r, localPath(kept.Back), http.StatusSeeOther)
	return nil, nil
}

// failed sends the browser to the sign-in page, which says what went wrong.
func (a entrance) failed(c call, err error) error {
	var e *core.SSOError
	if !errors.As(err, &e) {
		return err
	}
	if e.Err != nil { // what the provider said is for the operator
		a.Log.Warn("single sign-on came to nothing", "problem", e.Problem, "error", e.Err)
	}
	web.ClearSession(c.w, ssoCookie, a.Secure)
	http.Redirect(c.w, c.r, "/sign-in?problem="+url.QueryEscape(string(e.Problem)), http.StatusSeeOther)
	return nil
}

// localPath returns raw if it is a path of ours, with its query and fragment, and else the first page: nobody is sent to another site.
func localPath(raw string) string {
	u, err := url.Parse(raw)
	bad := err != nil || len(raw) > maxBack || !strings.HasPrefix(raw, "/") || strings.HasPrefix(raw, "//") ||
		strings.ContainsFunc(raw, func(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7f }) || u.Scheme != "" || u.Host != "" ||
		strings.HasPrefix(u.Path, "//") || strings.HasPrefix(u.Path, "/\\")
	if bad {
		return "/"
	}
	return raw
}

// ip is the limiters' key of the network address that the request came from.
func (a *API) ip(c call) string { return web.IPKey(web.ClientIP(c.r, a.TrustedProxies)) }
