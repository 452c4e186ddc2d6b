// Package agentapi is the door of agents: the dashboard's pages, its API below /agent/v1/ and its socket. wire.go is what they speak;
// who may do what is decided in package core.
package agentapi

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/live"
	"rejoin/web"
)

// Config is what the door works with. All fields are needed but TrustedProxies.
type Config struct {
	Core           *core.Core
	Hub            *live.Hub
	Clock          rejoin.Clock
	Log            *slog.Logger
	Dist           fs.FS // the built browser programs; the dashboard is in its folder dashboard
	TrustedProxies []netip.Prefix
	Secure         bool // cookies only over https
	Demo           bool
}

// API is the door of agents: the dashboard. Safe for concurrent use.
type API struct {
	Config
	frame   *web.Frame
	sockets *live.Sockets
	signIns signInLimits
	calls   *web.Limiter // by agent
	uploads *web.Limiter // by agent
}

// signInLimits keep guessers of passwords slow. Who guesses from one place does not lock the agent out at another.
type signInLimits struct{ byIP, byBoth, byAddress *web.Limiter }

// New makes the door.
func New(c Config) *API {
	return &API{
		Config: c,
		frame:  web.NewFrame(c.Log),
		// A thread with fifty of the longest messages has to fit.
		sockets: live.NewSockets(live.SocketConfig{Clock: c.Clock, Log: c.Log, MaxFrame: 4 << 10, MaxWaiting: 4 << 20, FramesPerSecond: 20}),
		signIns: signInLimits{
			byIP:      web.NewLimiter(10*time.Second, 10, c.Clock),
			byBoth:    web.NewLimiter(30*time.Second, 5, c.Clock),
			byAddress: web.NewLimiter(5*time.Second, 50, c.Clock),
		},
		calls:   web.NewLimiter(50*time.Millisecond, 400, c.Clock),
		uploads: web.NewLimiter(time.Second, 100, c.Clock),
	}
}

// The largest bodies, in bytes.
const (
	maxMessage  = 160 << 10 // 10,000 characters, each escaped as a pair of surrogates
	maxSettings = 64 << 10
	maxFields   = 1 << 20 // five hundred options
	maxSmall    = 8 << 10
)

// call is one request. agent is who is signed in; zero where anybody may come.
type call struct {
	w     http.ResponseWriter
	r     *http.Request
	agent rejoin.Agent
}

// handler does what a route is for and returns the answer, to be sent as JSON; nil if it has answered itself.
type handler func(call) (any, error)

// route is one address of the API.
type route struct {
	pattern string
	open    bool // for everybody; else for those who are signed in
	handle  handler
}

// routes is the whole API.
func (a *API) routes() []route {
	return []route{
		{"POST /agent/v1/sign-in", true, a.signIn},
		{"POST /agent/v1/sign-out", true, a.signOut},
		{"GET /agent/v1/me", false, a.me},
		{"GET /agent/v1/socket", false, a.socket},
		{"GET /agent/v1/issues", false, a.inbox},
		{"GET /agent/v1/issues/{issue}", false, a.issue},
		{"GET /agent/v1/issues/{issue}/messages", false, a.older},
		{"POST /agent/v1/issues/{issue}/messages", false, a.send},
		{"POST /agent/v1/issues/{issue}/read", false, a.read},
		{"POST /agent/v1/issues/{issue}/typing", false, a.typing},
		{"POST /agent/v1/issues/{issue}/assign", false, a.assign},
		{"POST /agent/v1/issues/{issue}/state", false, a.setState},
		{"POST /agent/v1/issues/{issue}/follow-up", false, a.setFollowUp},
		{"POST /agent/v1/issues/{issue}/links/revoke", false, a.revokeLinks},
		{"GET /agent/v1/apps", false, settings{a}.apps},
		{"GET /agent/v1/apps/{app}", false, settings{a}.app},
		{"PUT /agent/v1/apps/{app}/web-chat", false, settings{a}.setWebChat},
		{"POST /agent/v1/apps/{app}/web-chat/preview", false, settings{a}.preview},
		{"GET /agent/v1/jobs/dead", false, settings{a}.deadJobs},
		{"GET /agent/v1/apps/{app}/identity", false, people{a}.verification},
		{"PUT /agent/v1/apps/{app}/identity", false, people{a}.setVerification},
		{"POST /agent/v1/apps/{app}/identity/test", false, people{a}.testIdentity},
		{"POST /agent/v1/apps/{app}/identity/secrets", false, people{a}.makeSecret},
		{"POST /agent/v1/apps/{app}/identity/secrets/{secret}/reveal", false, people{a}.reveal},
		{"DELETE /agent/v1/apps/{app}/identity/secrets/{secret}", false, people{a}.deleteSecret},
		{"GET /agent/v1/users/{user}/sessions", false, people{a}.sessions},
		{"POST /agent/v1/users/{user}/sessions/{session}/revoke", false, people{a}.revokeSession},
		{"GET /agent/v1/audit", false, people{a}.audit},
		{"POST /agent/v1/attachments", false, a.upload},
		{"GET /agent/v1/tags", false, labels{a}.tags},
		{"POST /agent/v1/tags", false, labels{a}.addTag},
		{"POST /agent/v1/tags/{tag}/archive", false, labels{a}.archiveTag},
		{"GET /agent/v1/fields", false, labels{a}.fields},
		{"POST /agent/v1/fields", false, labels{a}.addField},
		{"POST /agent/v1/fields/{field}/archive", false, labels{a}.archiveField},
	}
}

// Register adds the door's routes.
func (a *API) Register(mux *http.ServeMux) {
	api := http.NewServeMux()
	for _, r := range a.routes() {
		api.Handle(r.pattern, a.handle(r))
	}
	mux.Handle("/agent/v1/", web.Secure("default-src 'none'; frame-ancestors 'none'", a.frame.RequireSameOrigin(a.known(api))))
	a.registerPages(mux)
}

// handle makes an HTTP handler of a route.
func (a *API) handle(route route) http.Handler {
	return a.frame.Handle(func(w http.ResponseWriter, r *http.Request) error {
		c := call{w: w, r: r}
		if !route.open {
			var err error
			if c.agent, err = a.Core.Agents.BySession(r.Context(), a.token(r)); err != nil {
				return err
			}
			if err := a.calls.Allow(c.agent.ID); err != nil {
				return err
			}
		}
		answer, err := route.handle(c)
		if err != nil || answer == nil {
			return err
		}
		return web.WriteJSON(w, http.StatusOK, answer)
	})
}

// known answers as JSON what no route is for.
func (a *API) known(api *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := api.Handler(r); pattern != "" {
			api.ServeHTTP(w, r)
			return
		}
		for _, method := range [...]string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
			if _, pattern := api.Handler(&http.Request{Method: method, URL: r.URL, Host: r.Host}); pattern != "" {
				w.Header().Add("Allow", method)
			}
		}
		if allow := w.Header().Values("Allow"); len(allow) > 0 {
			failure := web.Failure{Error: "This address does not take " + method(r) + " requests. The Allow header says what it takes.", Code: rejoin.Invalid}
			_ = web.WriteJSON(w, http.StatusMethodNotAllowed, failure) // the client may be gone
			return
		}
		a.frame.Fail(w, r, rejoin.Errorf(rejoin.NotFound, "There is no such address in the agent API."))
	})
}

// method is the request's method, cut if a stranger has made a novel of it.
func method(r *http.Request) string { return rejoin.Preview(r.Method, 20) }

// Drain tells the sockets to come back later and closes them.
func (a *API) Drain(ctx context.Context) {
	a.sockets.Drain(ctx, Frame{Type: "reconnect", AfterMs: 1000})
}
