package chatapi

import (
	"net/http"
	"strings"

	"rejoin"
	"rejoin/web"
)

// The longest bodies, in bytes. A message may be written in escapes throughout: ten thousand characters of twelve bytes.
const (
	maxMessage = 160 << 10
	maxIssue   = 1536 << 10 // a first message with a custom issue field of a hundred thousand characters
	maxSmall   = 8 << 10
	maxCursors = maxHello
)

// call is one request.
type call struct {
	w http.ResponseWriter
	r *http.Request
}

// handler does what a route is for and returns the answer, to be sent as JSON; nil if it has answered itself.
type handler func(call) (any, error)

// route is one address of the API. A foreign one may be called by pages of other sites.
type route struct {
	pattern string
	foreign bool
	handle  handler
}

// routes is the whole API.
func (a *API) routes() []route {
	return []route{
		{"GET /chat/v1", true, a.index},
		{"GET /chat/v1/openapi.json", true, a.describe},
		{"GET /chat/v1/platforms/{platform}", true, a.platform},
		{"POST /chat/v1/platforms/{platform}", true, a.platform},
		{"POST /chat/v1/identify", false, people{a}.identify},
		{"POST /chat/v1/logout", false, people{a}.logout},
		{"POST /chat/v1/user/identities", false, people{a}.addIdentities},
		{"POST /chat/v1/user/data", false, people{a}.userData},
		{"POST /chat/v1/attachments", false, files{a}.upload},
		{"POST /chat/v1/issues", false, a.start},
		{"GET /chat/v1/issues", false, a.list},
		{"GET /chat/v1/issues/{issue}/messages", false, a.messages},
		{"POST /chat/v1/issues/{issue}/messages", false, a.send},
		{"POST /chat/v1/issues/{issue}/read", false, a.read},
		{"POST /chat/v1/issues/{issue}/typing", false, a.typing},
		{"POST /chat/v1/issues/{issue}/returned", false, a.returned},
		{"POST /chat/v1/issues/{issue}/resolution", false, people{a}.resolution},
		{"POST /chat/v1/issues/{issue}/feedback", false, people{a}.feedback},
		{"POST /chat/v1/return", false, a.redeem},
		{"POST /chat/v1/presence", true, a.presence}, // a beacon may come without an origin; its token is in the body
		{"POST /chat/v1/poll", false, a.poll},
		{"GET /chat/v1/socket", true, a.socket}, // checks the origin itself
	}
}

// about tells what the API is.
type about struct {
	Name   string   `json:"name"`
	Docs   string   `json:"docs"`
	Routes []string `json:"routes"`
}

// index tells somebody who opens the API's address what it is.
func (a *API) index(call) (any, error) {
	out := about{Name: "Rejoin chat API", Docs: "Send JSON. The session is a bearer token of 32 random bytes in base64url that the client makes; it begins with POST /chat/v1/issues, for people whom the page names with POST /chat/v1/identify. Every address is described in /chat/v1/openapi.json."}
	for _, r := range a.routes() {
		out.Routes = append(out.Routes, r.pattern)
	}
	return out, nil
}

// handle makes an HTTP handler of a route.
func (a *API) handle(route route) http.Handler {
	h := a.frame.Handle(func(w http.ResponseWriter, r *http.Request) error {
		if err := a.limits.calls.Allow(a.ipKey(r)); err != nil {
			return err
		}
		for _, name := range [...]string{"platform", "issue"} {
			if v := r.PathValue(name); v != "" && !isID(v) {
				return noSuch(name)
			}
		}
		answer, err := route.handle(call{w, r})
		if err != nil || answer == nil {
			return err
		}
		return web.WriteJSON(w, http.StatusOK, answer)
	})
	if route.foreign {
		return h
	}
	return a.frame.RequireSameOrigin(h)
}

// bearer returns the session's token. It is taken from the Authorization header only: addresses end up in logs.
func (c call) bearer() (string, error) {
	scheme, token, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	if token = strings.TrimSpace(token); !strings.EqualFold(scheme, "Bearer") || token == "" {
		return "", rejoin.Errorf(rejoin.Unauthenticated, "Send the session's token in the header Authorization: Bearer …")
	}
	return token, nil
}

// isID reports whether s can be an id of ours: 1 to 100 letters, digits, '-' or '_'.
func isID(s string) bool {
	return s != "" && len(s) <= 100 && strings.Trim(strings.ToLower(s), "0123456789abcdefghijklmnopqrstuvwxyz-_") == ""
}

// noApp says what to check if what is missing is the app.
func noApp(err error) error {
	if rejoin.CodeOf(err) == rejoin.NotFound {
		return noSuch("platform")
	}
	return err
}

func noSuch(name string) error {
	if name == "platform" {
		return rejoin.Errorf(rejoin.NotFound, "There is no such app. Check the platformId in the embed code.")
	}
	return rejoin.Errorf(rejoin.NotFound, "There is no such conversation.")
}
