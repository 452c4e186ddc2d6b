package core_test

import (
	"fmt"
	"strings"
	"testing"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
	"rejoin/store"
)

// What a conversation takes no more of is named, and of a flood of it only the beginning.
func TestGivenBeyondTheLimit(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		begin := func(tags, fields int) core.Update {
			t.Helper()
			b := core.Beginning{Fields: map[string]core.GivenField{}}
			for n := range tags {
				b.Tags = append(b.Tags, "vip")
				if n >= 100 {
					b.Tags[n] = fmt.Sprint("tag ", n)
				}
			}
			for n := range fields {
				b.Fields[fmt.Sprintf("key%06d", n)] = core.GivenField{Type: rejoin.Checkbox, Value: true}
			}
			up, err := s.Core.Messages.Start(t.Context(), identity.NewToken(), s.Made.Platform.ID, core.UserSend{ClientID: s.NewClientID(), Body: "Hello"}, b)
			if err != nil {
				t.Fatal(err)
			}
			return up
		}
		if _, err := s.Core.Labels.AddTag(t.Context(), s.Maya, "vip"); err != nil {
			t.Fatal(err)
		}
		for n := range rejoin.MaxFields {
			f := rejoin.CustomField{Key: fmt.Sprintf("key%06d", n), Label: "Label", Type: rejoin.Checkbox}
			if _, err := s.Core.Labels.AddField(t.Context(), s.Maya, f); err != nil {
				t.Fatal(err)
			}
		}
		up := begin(102, 101)
		want := []string{`tag "tag 100": at most 100 tags are taken`, `tag "tag 101": at most 100 tags are taken`, `field "key000100": at most 100 fields are taken`}
		if strings.Join(up.Dropped, "\n") != strings.Join(want, "\n") || len(up.Issue.Fields) != 100 || len(up.Issue.Tags) != 1 {
			t.Errorf("dropped %q and kept %d fields and %d tags, want dropped %q", up.Dropped, len(up.Issue.Fields), len(up.Issue.Tags), want)
		}
		up = begin(50_000, 50_000)
		if n := len(up.Dropped); n != 202 || up.Dropped[100] != "49800 more tags: at most 100 are taken" || up.Dropped[201] != "49800 more fields: at most 100 are taken" {
			t.Errorf("a flood: %d lines, the last ones %q", n, up.Dropped[max(0, n-1):])
		}
	})
}

// Ending all sessions ends also those that the list has no room for.
func TestManySessions(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.VisitAs(s.Signed("77", ""), "Hello", core.Beginning{})
		var tokens []string
		err := s.Store.Write(t.Context(), func(tx *store.Tx) error {
			tokens = nil
			for n := range 120 {
				token, at := identity.NewToken(), s.Clock.Now()+rejoin.Millis(n+1)
				tokens = append(tokens, token)
				if _, err := tx.AddUserSession(rejoin.UserSession{TokenHash: identity.Hash(token), UserID: v.Issue.UserID, PlatformID: s.Made.Platform.ID,
					Login: n != 0, Confirmed: true, CreatedAt: at, SeenAt: at, ExpiresAt: at + 1e9}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		err = s.Store.Write(t.Context(), func(tx *store.Tx) error {
			n, err := tx.EndOldestSessions(v.Issue.UserID, 99, s.Clock.Now())
			if err == nil && n != 21 { // the visit's and 20 of the 119 logins
				t.Errorf("%d sessions have ended, want 21", n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for n, want := range map[int]bool{0: true, 20: false, 21: true, 119: true} { // 0 is no login
			if got := opened(s, tokens[n]) != nil; got != want {
				t.Errorf("session %d goes on: %v, want %v", n, got, want)
			}
		}
		err = s.Store.Write(t.Context(), func(tx *store.Tx) error {
			for n := range 100 {
				if _, err := tx.AddUserSession(rejoin.UserSession{TokenHash: fmt.Sprintf("%064d", n), UserID: v.Issue.UserID, PlatformID: s.Made.Platform.ID,
					IssueID: v.Issue.ID, SeenAt: s.Clock.Now() + 1000, ExpiresAt: s.Clock.Now() + 1e9}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if left, err := s.Core.Browsers.Revoke(t.Context(), s.Maya, v.Issue.UserID, "all"); err != nil || len(left) != 0 {
			t.Errorf("after ending all %d are left: %v", len(left), err)
		}
		if opened(s, tokens[119]) != nil || opened(s, tokens[21]) != nil {
			t.Error("a session goes on after all were ended")
		}
	})
}

func TestRepeatWithOtherFiles(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.Visit("Hello")
		a, b := upload(s, v.Token, "a.txt", "a"), upload(s, v.Token, "b.txt", "b")
		c := upload(s, v.Token, "c.txt", "c")
		for _, step := range []struct {
			ids  []string
			want rejoin.Code
		}{
			{[]string{a.ID, b.ID}, ""}, {[]string{a.ID, b.ID}, ""}, {[]string{b.ID, a.ID}, rejoin.Conflict}, {[]string{a.ID}, rejoin.Conflict},
			{[]string{a.ID, b.ID, c.ID}, rejoin.Conflict}, {[]string{c.ID}, rejoin.Conflict}, {nil, rejoin.Conflict},
		} {
			err := v.Send(core.UserSend{ClientID: "the-same-id", Body: "Look", Attachments: step.ids})
			if rejoin.CodeOf(err) != step.want && (err != nil || step.want != "") {
				t.Errorf("%d files %q: %v, want %q", len(step.ids), step.ids, err, step.want)
			}
		}
		agents, err := s.Core.Attachments.AddAsAgent(t.Context(), s.Maya, core.Upload{ClientID: "agents-file", Name: "a.txt", Body: strings.NewReader("x")})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Core.Messages.SendAsAgent(t.Context(), s.Maya, v.Issue.ID, "agents-message", "Look", agents.ID); err != nil {
			t.Fatal(err)
		}
		if err := s.Core.Messages.SendAsAgent(t.Context(), s.Maya, v.Issue.ID, "agents-message", "Look"); rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("an agent's repeat without the file: %v, want conflict", err)
		}
	})
}

// A rating outlives what comes after it, until there is another.
func TestRatingStays(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		setEnding(s, false, true)
		v := s.Visit("Hello")
		rate := func(stars int, comment string) {
			t.Helper()
			for range 2 {
				if _, err := s.Core.Endings.Rate(t.Context(), v.Token, v.Issue.ID, core.Rating{Stars: stars, Comment: comment}); err != nil {
					t.Fatal(err)
				}
			}
		}
		want := func(closing rejoin.Closing, stars int, comment string, feedbacks int) {
			t.Helper()
			th := s.Load(v.Issue.ID)
			e := th.Issue.Ending
			if e.Closing != closing || e.Rating != stars || e.Comment != comment || (e.RatedAt != 0) != (feedbacks > 0) || count(th, rejoin.EventFeedback) != feedbacks {
				t.Errorf("%+v after %d events, want %q, %d stars, %q, %d events", e, count(th, rejoin.EventFeedback), closing, stars, comment, feedbacks)
			}
		}
		reopen := func() {
			t.Helper()
			if err := s.Core.Issues.Reopen(t.Context(), s.Maya, v.Issue.ID, ""); err != nil {
				t.Fatal(err)
			}
		}
		s.End(v, rejoin.Resolved)
		want(rejoin.AskRating, 0, "", 0)
		rate(4, "Good.")
		want(rejoin.Ended, 4, "Good.", 1)
		reopen()
		want(rejoin.NotClosing, 4, "Good.", 1)
		s.End(v, rejoin.Resolved)
		want(rejoin.AskRating, 4, "Good.", 1)
		rate(0, "") // not now
		want(rejoin.Ended, 4, "Good.", 1)
		reopen()
		s.End(v, rejoin.Resolved)
		rate(2, "")
		want(rejoin.Ended, 2, "", 2)
		reopen()
		s.End(v, rejoin.Resolved)
		rate(0, "No stars, but words.")
		want(rejoin.Ended, 0, "No stars, but words.", 3)
		reopen()
		setEnding(s, true, true)
		s.End(v, rejoin.Resolved)
		v.Say("Wait.") // reopens
		want(rejoin.NotClosing, 0, "No stars, but words.", 3)
	})
}
