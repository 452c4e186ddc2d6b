package rejointest

import (
	"rejoin"
	"rejoin/core"
)

// Use makes the app's platform of the kind the one that visitors come from, and adds it if the app has none.
func (s *Server) Use(kind rejoin.PlatformKind) {
	s.T.Helper()
	list, err := s.Core.Platforms.List(s.T.Context(), s.Maya, s.Made.App.ID)
	if err != nil {
		s.T.Fatal(err)
	}
	p, ok := platformOf(list, kind)
	if !ok {
		if list, err = s.Core.Platforms.Create(s.T.Context(), s.Maya, s.Made.App.ID, kind); err != nil {
			s.T.Fatal(err)
		}
		p, _ = platformOf(list, kind)
	}
	s.Made.Platform = p
}

func platformOf(list []core.AppPlatform, kind rejoin.PlatformKind) (rejoin.Platform, bool) {
	for _, p := range list {
		if p.Kind == kind {
			return p.Platform, true
		}
	}
	return rejoin.Platform{}, false
}

// Newest is the conversation that has changed last, as somebody's whose browser we do not have.
func (s *Server) Newest() *Visitor {
	s.T.Helper()
	page, err := s.Core.Inbox.Page(s.T.Context(), s.Maya, core.InboxQuery{Limit: 1})
	if err != nil || len(page.Rows) == 0 {
		s.T.Fatalf("there is no conversation: %v", err)
	}
	return &Visitor{s: s, Issue: page.Rows[0].Issue}
}
