package core_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
	"rejoin/store"
)

// Many senders at once, of both sides: seq is 1, 2, 3… without gaps, and every acknowledged message is there.
func TestPromise_DurableAndOrdered(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.VisitKnown("Hello", "Ada", "ada@example.org")
		before := v.Last()
		const senders, each = 8, 10
		var wg sync.WaitGroup
		for n := range senders {
			wg.Go(func() {
				for k := range each {
					body, id := fmt.Sprintf("%d-%d", n, k), fmt.Sprintf("client-%d-%d", n, k)
					var err error
					if n%2 == 0 {
						err = s.Core.Messages.SendAsAgent(t.Context(), s.Maya, v.Issue.ID, id, body)
					} else {
						_, err = s.Core.Messages.SendAsUser(t.Context(), v.Token, v.Issue.ID, core.UserSend{ClientID: id, Body: body})
					}
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		found, last := map[string]int{}, map[string]int{}
		err := s.Store.Read(t.Context(), func(tx *store.Tx) error {
			list, err := tx.MessagesAfter(v.Issue.ID, 0, 1000)
			for i, m := range list {
				if m.Seq != int64(i+1) {
					t.Fatalf("message %d has seq %d", i+1, m.Seq)
				}
				found[m.Body]++
				if n, k, ok := strings.Cut(m.Body, "-"); ok && m.Seq > before {
					var number int
					fmt.Sscan(k, &number)
					if number < last[n] {
						t.Errorf("sender %s: message %d after %d", n, number, last[n])
					}
					last[n] = number
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for n := range senders {
			for k := range each {
				if body := fmt.Sprintf("%d-%d", n, k); found[body] != 1 {
					t.Errorf("message %s is there %d times", body, found[body])
				}
			}
		}
	})
}

func TestPromise_IdempotentSends(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, token := t.Context(), identity.NewToken()
		first := core.UserSend{ClientID: "first-message", Body: "Hello"}
		a, err := s.Core.Messages.Start(ctx, token, s.Made.Platform.ID, first, core.Beginning{})
		if err != nil {
			t.Fatal(err)
		}
		b, err := s.Core.Messages.Start(ctx, token, s.Made.Platform.ID, first, core.Beginning{})
		if err != nil || b.Issue.ID != a.Issue.ID || b.Messages[0].ID != a.Messages[0].ID {
			t.Errorf("the repeated first message made %v of %v, %v", b.Issue.ID, a.Issue.ID, err)
		}
		for range 3 {
			up, err := s.Core.Messages.SendAsUser(ctx, token, a.Issue.ID, core.UserSend{ClientID: "second-message", Body: "Anybody there?"})
			if err != nil || up.Messages[0].Seq != 2 {
				t.Errorf("repeat: %+v, %v", up.Messages, err)
			}
			if err := s.Core.Messages.SendAsAgent(ctx, s.Maya, a.Issue.ID, "agents-message", "Yes."); err != nil {
				t.Error(err)
			}
		}
		_, err = s.Core.Messages.SendAsUser(ctx, token, a.Issue.ID, core.UserSend{ClientID: "second-message", Body: "Something else"})
		if rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("another text under a used client_id: %v, want conflict", err)
		}
		if n := s.Load(a.Issue.ID).Issue.LastSeq; n != 3 {
			t.Errorf("%d messages, want 3", n)
		}
		if err := s.Core.Issues.Close(ctx, s.Maya, a.Issue.ID, rejoin.Rejected, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Core.Messages.SendAsUser(ctx, token, a.Issue.ID, core.UserSend{ClientID: "second-message", Body: "Anybody there?"}); err != nil {
			t.Errorf("a repeat after the issue was closed: %v, want the first result", err)
		}
	})
}

func TestPromise_ReadCursor(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.VisitKnown("Hello", "Ada", "ada@example.org")
		s.Reply(v, "First answer.")
		seen := v.Last()
		s.Reply(v, "Second answer, while the report is on its way.")
		v.Read(seen) // reported before the second was on screen
		if th := s.Load(v.Issue.ID); th.Issue.UserReadSeq != seen || th.FollowUp.State != rejoin.FollowUpWaiting || th.FollowUp.FromSeq != seen+1 {
			t.Errorf("cursor %d, follow-up %+v: the second answer must stay unread", th.Issue.UserReadSeq, th.FollowUp)
		}
		v.Read(1) // an old report arrives late
		if got := s.Load(v.Issue.ID).Issue.UserReadSeq; got != seen {
			t.Errorf("the cursor went back to %d", got)
		}
		for _, seq := range []int64{0, -1, v.Last() + 1} {
			if _, err := s.Core.Messages.ReadAsUser(t.Context(), v.Token, v.Issue.ID, seq); rejoin.CodeOf(err) != rejoin.Invalid {
				t.Errorf("reading up to %d: %v, want invalid", seq, err)
			}
		}
		v.Read(v.Last())
		s.Advance(time.Hour)
		if n := len(s.Mails()); n != 0 {
			t.Errorf("%d e-mails about messages that were read", n)
		}
	})
}

// A link opens one conversation and nothing else; it expires, wears out, and can be revoked; only hashes are stored.
func TestPromise_LinkIsAKeyToOneConversation(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.VisitKnown("Hello", "Ada", "ada@example.org")
		s.Reply(v, "An answer.")
		s.Advance(time.Hour)
		token := linkToken(t, s.Mails()[0].Text)
		redeem := func(in core.Redeem) core.Redeemed {
			t.Helper()
			out, err := s.Core.Returns.Redeem(t.Context(), in)
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		come := func() (string, core.Redeemed) {
			guest := identity.NewToken()
			return guest, redeem(core.Redeem{PlatformID: s.Made.Platform.ID, Token: token, Session: guest})
		}

		other, err := s.Core.Messages.Start(t.Context(), v.Token, s.Made.Platform.ID, core.UserSend{ClientID: "another-one", Body: "Another matter"}, core.Beginning{})
		if err != nil {
			t.Fatal(err)
		}
		guest, out := come()
		if out.Result != rejoin.ReturnSame || out.Own {
			t.Fatalf("the link gives %+v", out)
		}
		if _, err := s.Core.Messages.After(t.Context(), guest, other.Issue.ID, core.Cursor{}); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("the link's session reads the user's other conversation: %v", err)
		}
		if err := s.Core.Presence.Report(t.Context(), guest, "scanners-tab", rejoin.Active); err != nil || s.Load(v.Issue.ID).User.PresenceSince != s.Load(v.Issue.ID).Issue.CreatedAt {
			t.Errorf("a program with the link makes the user present: %v", err)
		}
		if c, err := s.Core.Messages.List(t.Context(), guest); err != nil || len(c.Updates) != 1 {
			t.Errorf("the link's session lists %d conversations, %v", len(c.Updates), err)
		}
		if _, err := s.Core.Messages.Start(t.Context(), guest, s.Made.Platform.ID, core.UserSend{ClientID: "yet-another", Body: "Mine"}, core.Beginning{}); rejoin.CodeOf(err) != rejoin.Forbidden {
			t.Errorf("the link's session starts a conversation as the user: %v", err)
		}
		if out := redeem(core.Redeem{PlatformID: s.Made.Platform.ID, Token: token, Session: identity.NewToken(), Bearer: v.Token}); !out.Own {
			t.Error("the user's own browser is given a second session")
		}
		if out := redeem(core.Redeem{PlatformID: "acme_platform_other", Token: token, Session: identity.NewToken()}); out.Result != rejoin.ReturnUnknown {
			t.Errorf("on another platform the link is %q", out.Result)
		}
		if out := redeem(core.Redeem{PlatformID: s.Made.Platform.ID, Token: identity.NewToken(), Session: identity.NewToken()}); out.Result != rejoin.ReturnUnknown {
			t.Errorf("a guessed link is %q", out.Result)
		}

		if err := s.Core.Issues.RevokeLinks(t.Context(), s.Maya, v.Issue.ID); err != nil {
			t.Fatal(err)
		}
		if _, out := come(); out.Result != rejoin.ReturnRevoked {
			t.Errorf("a revoked link is %q", out.Result)
		}
		if _, err := s.Core.Messages.After(t.Context(), guest, v.Issue.ID, core.Cursor{}); rejoin.CodeOf(err) != rejoin.Unauthenticated {
			t.Errorf("the session of a revoked link still reads: %v", err)
		}

		s.Reply(v, "One more answer.")
		s.Advance(time.Hour)
		token = linkToken(t, s.Mails()[1].Text)
		for range 50 {
			if _, out := come(); out.Result != rejoin.ReturnSame {
				t.Fatalf("the link wears out early: %q", out.Result)
			}
		}
		if _, out := come(); out.Result != rejoin.ReturnExpired {
			t.Errorf("the 51st use gives %q", out.Result)
		}
		s.Reply(v, "And a last one.")
		s.Advance(time.Hour)
		token = linkToken(t, s.Mails()[2].Text)
		s.Clock.Advance(31 * 24 * time.Hour)
		if _, out := come(); out.Result != rejoin.ReturnExpired {
			t.Errorf("after 31 days the link is %q", out.Result)
		}
	})
}

// Typing somebody's address gives nothing of theirs, and nobody can be flooded that way.
func TestPromise_TypedAddressUnlocksNothing(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		s.SetFollowUp(func(f *rejoin.FollowUpSettings) { f.TypedDailyCap = 2 })
		ada := s.VisitKnown("My order is late", "Ada", "ada@example.org")
		mallory := s.VisitKnown("Hello", "Ada", "ada@example.org")
		c, err := s.Core.Messages.List(t.Context(), mallory.Token)
		if err != nil || len(c.Updates) != 1 || c.Updates[0].Issue.ID != mallory.Issue.ID {
			t.Errorf("whoever types the address sees %d conversations, %v", len(c.Updates), err)
		}
		if _, err := s.Core.Messages.After(t.Context(), mallory.Token, ada.Issue.ID, core.Cursor{}); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("reading the other's conversation: %v, want not_found", err)
		}
		for range 4 {
			v := s.VisitKnown("Hello", "X", "ada@example.org")
			s.Reply(v, "An answer.")
		}
		s.Advance(12 * time.Hour)
		if n := len(s.Mails()); n != 2 {
			t.Errorf("%d e-mails to a typed address in a day, want 2", n)
		}
	})
}

// Each step of a follow-up stands in the timeline with its reason.
func TestPromise_EverythingIsExplained(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.Visit("Hello")
		v.Answer("Ada")
		s.Reply(v, "Hi!")
		if d := s.Load(v.Issue.ID).Decision; d.Reason != rejoin.ReasonNoAddress {
			t.Errorf("without an address the decision says %q", d.Reason)
		}
		v.Answer("ada@example.org")
		if err := s.Core.FollowUps.Hold(t.Context(), s.Maya, v.Issue.ID); err != nil {
			t.Fatal(err)
		}
		s.Advance(time.Hour)
		if err := s.Core.FollowUps.Release(t.Context(), s.Maya, v.Issue.ID); err != nil {
			t.Fatal(err)
		}
		s.Settle()
		got := []string{}
		for _, e := range s.Load(v.Issue.ID).Events {
			if f := e.Data.FollowUp; f != nil {
				got = append(got, f.Step+":"+string(f.Reason))
			}
		}
		want := "skipped:no_address waiting:window restarted:window held:held released:due sent:due"
		if d := cmp.Diff(want, strings.Join(got, " ")); d != "" {
			t.Errorf("timeline (-want +got):\n%s", d)
		}
	})
}
