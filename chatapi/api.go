package chatapi

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"sync/atomic"

	"rejoin"
	"rejoin/core"
	"rejoin/live"
	"rejoin/web"
)

// Config is what the door works with. All fields are needed but TrustedProxies and Preview.
type Config struct {
	Core           *core.Core
	Hub            *live.Hub
	Clock          rejoin.Clock
	Log            *slog.Logger
	Dist           fs.FS // the built browser programs
	TrustedProxies []netip.Prefix

	// Preview returns what an administrator who asks may see in the preview of the panel, or an error.
	Preview func(r *http.Request, platform string) (core.Front, error)
}

// API is the door of users: the widget, the hosted page, apps.
type API struct {
	Config
	frame    *web.Frame
	limits   limits
	programs programs
	views
	pages    pages
	sockets  *live.Sockets
	tabs     *tabs
	draining atomic.Bool
}

// maxHello is the longest frame of a client in bytes: a hello with the cursors of many conversations.
const maxHello = 32 << 10

// maxWaiting is how many bytes may wait for a slow client. The longest frame has to fit: a welcome whose messages need escapes throughout.
const maxWaiting = 2 << 20

// New makes the door. It reads the built programs once; where they are missing, the log says so and their addresses answer 503.
func New(c Config) *API {
	frame := web.NewFrame(c.Log)
	return &API{
		Config:   c,
		frame:    frame,
		limits:   newLimits(c.Clock),
		programs: readPrograms(frame, c.Dist, c.Log),
		views:    views{c.Core.Attachments},
		pages:    readPages(),
		sockets:  live.NewSockets(live.SocketConfig{MaxFrame: maxHello, MaxWaiting: maxWaiting, Clock: c.Clock, Log: c.Log}),
		tabs:     newTabs(c.Clock, c.Core.Presence, c.Log),
	}
}

// Register adds the door's routes.
func (a *API) Register(mux *http.ServeMux) {
	api := http.NewServeMux()
	for _, r := range a.routes() {
		api.Handle(r.pattern, a.handle(r))
	}
	door := web.Secure("default-src 'none'; frame-ancestors 'none'", a.frame.Known(api, "There is no such address in the chat API."))
	mux.Handle("/chat/v1", door)
	mux.Handle("/chat/v1/", door)
	a.registerPrograms(mux)
	files{a}.register(mux)
	a.registerPages(mux)
	links{a}.register(mux)
	wishes{a}.register(mux)
}

// Drain tells the sockets and the polls to come back later, and closes the sockets. When it has returned, nothing of the door runs in
// the background.
func (a *API) Drain(ctx context.Context) {
	a.draining.Store(true)
	a.tabs.stop()
	a.Hub.EndWaits()
	a.sockets.Drain(ctx, reconnect())
}

// reconnect is the frame that says that the server restarts.
func reconnect() Frame { return Frame{Type: "reconnect", AfterMs: 1000} }
