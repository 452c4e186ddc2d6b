package core_test

import (
	"io"
	"log/slog"
	"sync"
	"testing"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/live"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/store/storetest"
)

// empty is the core of an installation without a domain.
func empty(t *testing.T, st *store.Store) *core.Core {
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	return core.New(core.Deps{Config: core.Config{PublicURL: "https://chat.example.com", NodeID: "node"}, Store: st, Clock: rejointest.NewClock(),
		Hub: live.NewHub(nil, log), Log: log, Wake: func() {}})
}

func TestFirstRun(t *testing.T) {
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		c, ctx := empty(t, st), t.Context()
		first := core.First{Domain: "acme", App: "Acme", Name: "Maya", Email: "maya@acme.example", Password: "long enough"}
		old, err := c.Setup.Open(ctx)
		if err != nil || old == "" {
			t.Fatalf("the first token: %q, %v", old, err)
		}
		token, err := c.Setup.Open(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for name, wrong := range map[string]string{"replaced": old, "guessed": identity.NewToken(), "malformed": "x", "none": ""} {
			if err := c.Setup.Check(ctx, wrong); rejoin.CodeOf(err) != rejoin.NotFound {
				t.Errorf("a %s token is checked: %v, want not found", name, err)
			}
			if _, _, err := c.Setup.Begin(ctx, wrong, "", first); rejoin.CodeOf(err) != rejoin.NotFound {
				t.Errorf("a %s token: %v, want not found", name, err)
			}
		}
		short := first
		short.Password = "short"
		if _, _, err := c.Setup.Begin(ctx, token, "", short); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("a short password: %v, want invalid", err)
		}
		if err := c.Setup.Check(ctx, token); err != nil {
			t.Errorf("a mistake costs the token: %v", err)
		}
		var all sync.WaitGroup
		worked := make(chan core.Made, 4)
		for range cap(worked) {
			all.Go(func() {
				if made, session, err := c.Setup.Begin(ctx, token, "Firefox on Linux", first); err == nil {
					if a, err := c.Agents.BySession(ctx, session); err != nil || a.ID != made.Admin.ID || a.Role != rejoin.Administrator {
						t.Errorf("the administrator is not signed in: %+v, %v", a, err)
					}
					worked <- made
				} else if rejoin.CodeOf(err) != rejoin.NotFound {
					t.Errorf("another one at once: %v, want not found", err)
				}
			})
		}
		all.Wait()
		if len(worked) != 1 {
			t.Fatalf("the token worked %d times, want once", len(worked))
		}
		if made := <-worked; made.Domain.Name != "acme" || made.App.Name != "Acme" || made.Platform.ID == "" {
			t.Errorf("made: %+v", made)
		}
		if token, err := c.Setup.Open(ctx); err != nil || token != "" {
			t.Errorf("a token for an installation that is set up: %q, %v", token, err)
		}
	})
}

// A domain that was made at the command line ends the first run too.
func TestFirstRunAfterSetup(t *testing.T) {
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		c, ctx := empty(t, st), t.Context()
		token, err := c.Setup.Open(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Setup.Create(ctx, core.First{Domain: "acme", App: "Acme", Name: "Maya", Email: "maya@acme.example", Password: "long enough"}); err != nil {
			t.Fatal(err)
		}
		if err := c.Setup.Check(ctx, token); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("the token still opens: %v", err)
		}
	})
}
