// Package agentapi is the door of agents: the dashboard's pages, its API below /agent/v1/ and its socket. wire.go is what they speak;
// who may do what is decided in package core.
package agentapi

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
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
	tests   *web.Limiter // by agent: calls of customers' programs
	people  peopleLimits
}

// signInLimits keep guessers of passwords slow. Who guesses from one place does not lock the agent out at another.
type signInLimits struct{ byIP, byBoth, byAddress *web.Limiter }

// peopleLimits keep slow who tries the links of agents' e-mails or single sign-on, who asks for e-mails, and who guesses the password of an agent
// whose browser they have, or invites the whole world from it.
type peopleLimits struct {
	links    *web.Limiter // by address of the network
	forgotIP *web.Limiter // by address of the network
	forgot   *web.Limiter // by e-mail address
	proofs   *web.Limiter // by agent
	invites  *web.Limiter // by domain: each is an e-mail to an address that somebody has typed
}

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
		tests:   web.NewLimiter(6*time.Second, 10, c.Clock),
		people: peopleLimits{
			links:    web.NewLimiter(5*time.Second, 20, c.Clock),
			forgotIP: web.NewLimiter(time.Minute, 5, c.Clock),
			forgot:   web.NewLimiter(10*time.Minute, 3, c.Clock),
			proofs:   web.NewLimiter(30*time.Second, 10, c.Clock),
			invites:  web.NewLimiter(time.Minute, 100, c.Clock),
		},
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

// route is one address of the API. May states whom core lets do it; a test asks with every role.
type route struct {
	pattern string
	may     rejoin.Permission
	handle  handler
}

// anybody may come, signed in or not.
const anybody rejoin.Permission = "anybody"

// routes is the whole API.
func (a *API) routes() []route {
	return slices.Concat(a.sessionRoutes(), a.inboxRoutes(), queues{a}.routes(), a.botRoutes(), a.threadRoutes(), a.teamRoutes(), privacy{a}.routes(), a.settingRoutes(), rules{a}.routes(), webhooks{a}.routes(), a.platformRoutes(), keys{a}.routes(), a.reportRoutes(), a.hourRoutes())
}

func (a *API) sessionRoutes() []route {
	return []route{
		{"POST /agent/v1/sign-in", anybody, a.signIn},
		{"POST /agent/v1/sign-out", anybody, a.signOut},
		{"GET /agent/v1/sign-in/options", anybody, entrance{a}.options},
		{"GET /agent/v1/sso/start", anybody, entrance{a}.start},
		{"GET /agent/v1/sso/callback", anybody, entrance{a}.callback},
		{"GET /agent/v1/me", rejoin.Answer, a.me},
		{"GET /agent/v1/socket", rejoin.Answer, a.socket},
	}
}

// Register adds the door's routes.
func (a *API) Register(mux *http.ServeMux) {
	api := http.NewServeMux()
	for _, r := range a.routes() {
		api.Handle(r.pattern, a.handle(r))
	}
	mux.Handle("/agent/v1/", web.Secure("default-src 'none'; frame-ancestors 'none'", a.frame.RequireSameOrigin(a.frame.Known(api, "There is no such address in the agent API."))))
	a.registerPages(mux)
}

// handle makes an HTTP handler of a route.
func (a *API) handle(route route) http.Handler {
	return a.frame.Handle(func(w http.ResponseWriter, r *http.Request) error {
		c := call{w: w, r: r}
		if route.may != anybody {
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

// Drain tells the sockets to come back later and closes them.
func (a *API) Drain(ctx context.Context) {
	a.sockets.Drain(ctx, Frame{Type: "reconnect", AfterMs: 1000})
}
