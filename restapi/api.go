// Package restapi is the door of the company's programs: the REST API below /v1/{domain}/, in the shapes of reference §7, for who holds an API key.
//
// Each route stands with its description in the list of its file; the OpenAPI document is made of these lists. Who may do what is decided in package core.
package restapi

import (
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// Config is what the door works with. All fields are needed but TrustedProxies.
type Config struct {
	Core           *core.Core
	Clock          rejoin.Clock
	Log            *slog.Logger
	PublicURL      string // where programs reach us, without a slash at the end
	TrustedProxies []netip.Prefix
}

// API is the door of programs. Safe for concurrent use.
type API struct {
	Config
	frame   *web.Frame
	windows *windows
	wrong   *web.Limiter // by address of the network: requests without a valid key
}

// New makes the door.
func New(c Config) *API {
	return &API{Config: c, frame: web.NewFrame(c.Log), windows: newWindows(c.Clock), wrong: web.NewLimiter(time.Second, 60, c.Clock)}
}

// call is one request of a program.
type call struct {
	params
	w       http.ResponseWriter
	r       *http.Request
	agent   rejoin.Agent // the program
	slashed bool         // the path ended with a slash; only the list of apps cares (reference §9, decision 7)
}

// handler does what a route is for and returns the answer, to be sent as JSON: [created] with status 201, nil if it has answered itself, all else with 200.
type handler func(call) (any, error)

// created is an answer with status 201.
type created struct{ body any }

// route is one address of the API, without a slash at the end: both spellings lead there.
type route struct {
	web.Operation
	handle handler
}

// routes is the whole API.
func (a *API) routes() []route {
	return slices.Concat(issues{a}.routes(), writing{a}.routes(), a.restRoutes(), privacy{a}.routes(), webhooks{a}.routes())
}

// Operations describes every address of the API. What asks needs a key that reads; what changes something, and what says so, one that writes.
func Operations() (list []web.Operation) {
	for _, r := range (&API{}).routes() {
		if r.Needs == "" {
			r.Needs = "read"
			if !strings.HasPrefix(r.Pattern, "GET ") {
				r.Needs = "write"
			}
		}
		list = append(list, r.Operation)
	}
	return list
}

// Register adds the door's routes. [Tidy] has to stand before the mux.
func (a *API) Register(mux *http.ServeMux) {
	api := http.NewServeMux()
	for _, r := range a.routes() {
		api.Handle(r.Pattern, a.handle(r))
	}
	mux.Handle("/v1/", web.Secure("default-src 'none'; frame-ancestors 'none'", a.frame.Known(api, "There is no such address in the REST API. Addresses look like /v1/{domain}/issues.")))
}

// slashedKey marks requests whose path ended with a slash.
type slashedKey struct{}

// handle makes an HTTP handler of a route.
func (a *API) handle(route route) http.Handler {
	return a.frame.Handle(func(w http.ResponseWriter, r *http.Request) error {
		agent, err := a.authenticate(w, r)
		if err == nil && (!utf8.ValidString(r.URL.Path) || strings.ContainsRune(r.URL.Path, 0)) {
			err = rejoin.Errorf(rejoin.NotFound, "There is nothing with this name: it is not valid UTF-8 text without zero bytes.")
		}
		if err != nil {
			return err
		}
		c := call{w: w, r: r, agent: agent, slashed: r.Context().Value(slashedKey{}) != nil}
		defer func() { c.close() }() // of a request that is refused, too: its files may be on the disk
		if c.params, err = readParams(w, r); err != nil {
			return err
		}
		answer, err := route.handle(c)
		if err != nil || answer == nil {
			return err
		}
		if made, ok := answer.(created); ok {
			return web.WriteJSON(w, http.StatusCreated, made.body)
		}
		return web.WriteJSON(w, http.StatusOK, answer)
	})
}

// Tidy stands before all doors and lets programs write the slashes of this one's addresses as they like: twice where a base address ends with one, and at
// the end. A redirect, which is what a mux would answer, loses what they send.
func Tidy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.EscapedPath()
		clean := path
		for strings.Contains(clean, "//") {
			clean = strings.ReplaceAll(clean, "//", "/")
		}
		slashed := strings.HasSuffix(clean, "/")
		clean = strings.TrimSuffix(clean, "/")
		if clean != path && strings.HasPrefix(clean, "/v1/") {
			r = withPath(r, clean, slashed)
		}
		next.ServeHTTP(w, r)
	})
}
