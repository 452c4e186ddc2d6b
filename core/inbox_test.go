package core_test

import (
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/store/storetest"
)

// TestWaitingSince follows since when a visitor waits for an answer.
func TestWaitingSince(t *testing.T) {
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		s := rejointest.New(t, st)
		v := s.VisitKnown("Where is my parcel?", "Ada", "ada@example.org")
		waits := func(since rejoin.Millis) {
			t.Helper()
			r, err := s.Core.Issues.Row(t.Context(), s.Maya, v.Issue.ID)
			if err != nil || r.Issue.WaitingSince != since {
				t.Errorf("waits since %d, want %d (%v)", r.Issue.WaitingSince, since, err)
			}
		}
		waits(v.Issue.CreatedAt)
		s.Advance(time.Minute)
		if err := s.Core.Issues.Assign(t.Context(), s.Maya, v.Issue.ID, s.Maya.ID, nil); err != nil {
			t.Fatal(err)
		}
		v.Say("Hello?")
		waits(v.Issue.CreatedAt)
		s.Reply(v, "On its way.")
		waits(0)
		s.Advance(time.Minute)
		asked := s.Clock.Now()
		v.Say("Really?")
		s.Advance(time.Minute)
		v.Say("Truly?")
		waits(asked)
		s.End(v, rejoin.Resolved)
		waits(0)
		s.Advance(time.Minute)
		if err := s.Core.Issues.Reopen(t.Context(), s.Maya, v.Issue.ID, ""); err != nil {
			t.Fatal(err)
		}
		waits(s.Clock.Now())
	})
}

// TestSearchFollowsPeople looks for a conversation by the name of who has taken it over.
func TestSearchFollowsPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		s := rejointest.New(t, st)
		v := s.Visit("Where is my parcel?")
		found := func(text string) int64 {
			t.Helper()
			p, err := s.Core.Inbox.Page(t.Context(), s.Maya, core.InboxQuery{View: "all", Filter: rejoin.IssueFilter{Text: text}, Limit: -1})
			if err != nil {
				t.Fatal(err)
			}
			return p.Total
		}
		if found("lovelace") != 0 {
			t.Error("found before anybody knows the name")
		}
		c := s.Signed("ada-1", "ada@example.org")
		c.Name = "Ada Lovelace"
		s.Identify(c, v.Token)
		if found("lovelace parcel") != 1 || found("ada@example.org") != 1 {
			t.Error("not found by who has logged in")
		}
	})
}
