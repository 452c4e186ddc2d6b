// Package serve is the whole server, wired by hand from top to bottom. The program and the tests start the same thing.
package serve

import (
	"context"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"rejoin"
	"rejoin/agentapi"
	"rejoin/apidocs"
	"rejoin/chatapi"
	"rejoin/core"
	"rejoin/files"
	"rejoin/jobs"
	"rejoin/live"
	"rejoin/outbound"
	"rejoin/restapi"
	"rejoin/sso"
	"rejoin/store"
	"rejoin/web"
)

// Config is what a server must be told. All fields are needed but those that say otherwise.
type Config struct {
	PublicURL      string // where browsers reach us, without a slash at the end
	MailFrom       string
	Store          *store.Store // migrated; the caller closes it after Run
	Mailer         core.Mailer
	Files          *files.Store // of attachments; the caller closes it after Run
	Clock          rejoin.Clock
	Log            *slog.Logger
	Dist           fs.FS            // the built browser programs
	TrustedProxies []netip.Prefix   // whose X-Forwarded-For is believed; may be empty
	Workers        int              // jobs at once; 0 means 48: more than those that wait for customers' programs can take
	Grace          time.Duration    // for requests and jobs in hand at the end; 0 means 20 s
	SSO            *sso.Provider    // single sign-on of agents; nil means that there is none
	Outbound       *outbound.Client // calls programs of customers; nil calls only those at public addresses
	Demo           bool             // says so on the sign-in page
	PasswordMemory uint32           // KiB that hashing a password takes; 0 means 64 MiB
}

// Server is one node.
type Server struct {
	Core   *core.Core
	Hub    *live.Hub
	Runner *jobs.Runner
	cfg    Config
	chat   *chatapi.API
	agents *agentapi.API
	http   http.Handler
}

// New wires a server. Nothing runs yet.
func New(cfg Config) *Server {
	if cfg.Workers == 0 {
		cfg.Workers = 48
	}
	if cfg.Outbound == nil {
		cfg.Outbound = outbound.New(nil, false)
	}
	if cfg.Grace == 0 {
		cfg.Grace = 20 * time.Second
	}
	s := &Server{cfg: cfg}
	var bus live.Bus // a nil interface where there is one process
	if cfg.Store.Engine() == "postgres" {
		bus = live.NewPostgresBus(cfg.Store.URL(), "rejoin", cfg.Log)
	}
	s.Hub = live.NewHub(bus, cfg.Log)
	s.Core = core.New(core.Deps{
		Config: core.Config{PublicURL: cfg.PublicURL, MailFrom: cfg.MailFrom, NodeID: uuid.NewString(), PasswordMemory: cfg.PasswordMemory},
		Store:  cfg.Store, Clock: cfg.Clock, Hub: s.Hub, Mailer: cfg.Mailer, Files: cfg.Files, Log: cfg.Log, SSO: cfg.SSO, Outbound: cfg.Outbound,
		Wake: func() { s.Runner.Wake(); s.Hub.WakeOthers() },
	})
	s.Runner = jobs.New(cfg.Store, cfg.Clock, cfg.Log, s.Core.Handlers(), cfg.Workers)
	s.agents = agentapi.New(agentapi.Config{Core: s.Core, Hub: s.Hub, Clock: cfg.Clock, Log: cfg.Log, Dist: cfg.Dist, TrustedProxies: cfg.TrustedProxies,
		Secure: strings.HasPrefix(cfg.PublicURL, "https://"), Demo: cfg.Demo})
	s.chat = chatapi.New(chatapi.Config{Core: s.Core, Hub: s.Hub, Clock: cfg.Clock, Log: cfg.Log, Dist: cfg.Dist, TrustedProxies: cfg.TrustedProxies,
		Preview: s.agents.PanelPreview})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", s.health)
	s.chat.Register(mux)
	s.agents.Register(mux)
	apidocs.Register(mux, apidocs.Config{PublicURL: cfg.PublicURL, Log: cfg.Log})
	restapi.New(restapi.Config{Core: s.Core, Clock: cfg.Clock, Log: cfg.Log, PublicURL: cfg.PublicURL, TrustedProxies: cfg.TrustedProxies}).Register(mux)
	s.http = web.AccessLog(cfg.Log, restapi.Tidy(mux))
	return s
}

// Handler is every door.
func (s *Server) Handler() http.Handler { return s.http }

// health answers 200 while the store answers.
func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	if err := s.cfg.Store.Read(r.Context(), func(*store.Tx) error { return nil }); err != nil {
		http.Error(w, "the store does not answer", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}

// Run serves on ln until ctx ends. Then, in this order: stop accepting, tell sockets to come back, finish requests, finish jobs in hand, say
// goodbye to the other nodes.
func (s *Server) Run(ctx context.Context, ln net.Listener) error {
	if err := s.Core.Presence.Begin(ctx); err != nil {
		return err
	}
	if err := s.Core.Upkeep.Begin(ctx); err != nil {
		return err
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var all sync.WaitGroup
	all.Go(func() { _ = s.Hub.Run(background, s.Runner.Wake) })
	all.Go(func() { _ = s.Runner.Run(background) })
	all.Go(func() { s.beat(background) })
	err := web.Serve(ctx, ln, s.http, s.cfg.Grace, s.drain, s.cfg.Log)
	stop()
	all.Wait()
	if e := s.Core.Presence.End(context.WithoutCancel(ctx)); err == nil {
		err = e
	}
	return err
}

func (s *Server) drain(ctx context.Context) {
	s.Core.Webhooks.Stop()
	var both sync.WaitGroup
	both.Go(func() { s.chat.Drain(ctx) })
	both.Go(func() { s.agents.Drain(ctx) })
	both.Wait()
}

// beat shows the other nodes that this one runs, until ctx ends.
func (s *Server) beat(ctx context.Context) {
	for {
		timer := make(chan struct{})
		stop := s.cfg.Clock.AfterFunc(core.BeatEvery, func() { close(timer) })
		select {
		case <-ctx.Done():
			stop()
			return
		case <-timer:
		}
		if err := s.Core.Presence.Beat(ctx); err != nil && ctx.Err() == nil {
			s.cfg.Log.Error("beat", "error", err)
		}
	}
}
