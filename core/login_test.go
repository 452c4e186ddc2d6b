package core_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
	"rejoin/store"
)

// opened are the conversations that the token opens.
func opened(s *rejointest.Server, token string) []string {
	s.T.Helper()
	w, err := s.Core.Messages.Whose(s.T.Context(), token)
	if err != nil && rejoin.CodeOf(err) != rejoin.Unauthenticated {
		s.T.Fatal(err)
	}
	return w.IDs
}

func TestAnonymousToLoggedIn(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.VisitKnown("Hello", "Ada", "typed@example.org")
		over := second(t, s, v, "An old matter")
		s.End(over, rejoin.Rejected)
		s.Reply(v, "An answer.")
		s.Advance(11 * time.Minute)
		link := linkToken(t, s.MailsTo("typed@example.org")[0].Text)
		guest := identity.NewToken()
		if out, err := s.Core.Returns.Redeem(t.Context(), core.Redeem{PlatformID: s.Made.Platform.ID, Token: link, Session: guest}); err != nil || out.Result != rejoin.ReturnSame {
			t.Fatalf("%+v, %v", out, err)
		}
		s.Reply(v, "Another answer.")
		unsure := core.UserSend{ClientID: "not-acknowledged", Body: "Anybody?"}
		if err := v.Send(unsure); err != nil {
			t.Fatal(err)
		}

		in := core.Identify{PlatformID: s.Made.Platform.ID, Claim: s.Signed("77", "ada@example.org"), Bearer: v.Token, Session: identity.NewToken()}
		for range 3 { // the answer may be lost
			out, err := s.Core.Identities.Identify(t.Context(), in)
			if err != nil || !out.Known || out.Kept || out.User.ExternalID != "77" {
				t.Fatalf("logging in: %+v, %v", out, err)
			}
		}
		s.Settle()
		th := s.Load(v.Issue.ID)
		if th.User.ExternalID != "77" || th.User.Email != "ada@example.org" || th.User.Name != "" || th.Issue.UserID != th.User.ID {
			t.Errorf("the conversation belongs to %+v", th.User)
		}
		if n := count(th, rejoin.EventLoggedIn); n != 1 {
			t.Errorf("the timeline tells of the login %d times", n)
		}
		if f := th.FollowUp; f.State != rejoin.FollowUpWaiting || f.Address != "ada@example.org" {
			t.Errorf("the follow-up is %s to %q, want waiting for the new address", f.State, f.Address)
		}
		if d := cmp.Diff([]string{v.Issue.ID}, opened(s, in.Session)); d != "" {
			t.Errorf("the login opens (-want +got):\n%s", d)
		}
		if got := opened(s, v.Token); got != nil {
			t.Errorf("the anonymous session still opens %v", got)
		}
		if got := opened(s, guest); got != nil {
			t.Errorf("the link's session still opens %v", got)
		}
		if got := s.Load(over.Issue.ID).User; got.LoggedIn() {
			t.Errorf("the closed conversation belongs to %+v", got)
		}
		out, err := s.Core.Returns.Redeem(t.Context(), core.Redeem{PlatformID: s.Made.Platform.ID, Token: link, Session: identity.NewToken()})
		if err != nil || out.Result != rejoin.ReturnLoginRequired {
			t.Errorf("the earlier link: %+v, %v", out, err)
		}
		last := th.Issue.LastSeq
		up, err := s.Core.Messages.SendAsUser(t.Context(), in.Session, v.Issue.ID, unsure)
		if err != nil || up.Issue.LastSeq != last || up.Messages[0].ClientID != unsure.ClientID {
			t.Errorf("repeating what was not acknowledged: %+v, %v", up, err)
		}
		s.Advance(11 * time.Minute)
		if old, now := len(s.MailsTo("typed@example.org")), len(s.MailsTo("ada@example.org")); old != 1 || now != 1 {
			t.Errorf("%d e-mails to the old address, %d to the new one; want one each", old, now)
		}
	})
}

func count(th core.Thread, kind rejoin.EventKind) (n int) {
	for _, e := range th.Events {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

func TestFirstMessageRepeatedAfterLogin(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		start := func(token, clientID string, c core.Claim) (rejoin.Issue, error) {
			up, err := s.Core.Messages.Start(t.Context(), token, s.Made.Platform.ID, core.UserSend{ClientID: clientID, Body: "Hello"}, core.Beginning{Claim: c})
			s.Settle()
			return up.Issue, err
		}
		claim, anonymous := s.Signed("77", ""), identity.NewToken()
		first, err := start(anonymous, "first-message", core.Claim{})
		if err != nil {
			t.Fatal(err)
		}
		_, token := s.Identify(claim, anonymous)
		if again, err := start(token, "first-message", claim); err != nil || again.ID != first.ID {
			t.Errorf("the repeat is %s, want %s: %v", again.ID, first.ID, err)
		}
		// A browser that lost its session sends the first message twice before anybody knows that both are one person.
		anonymous = identity.NewToken()
		if _, err := start(anonymous, "second-message", core.Claim{}); err != nil {
			t.Fatal(err)
		}
		if _, err := start(token, "second-message", claim); err != nil {
			t.Fatal(err)
		}
		if out, _ := s.Identify(claim, anonymous); !out.Known {
			t.Errorf("logging in with two messages of one client_id: %+v", out)
		}
	})
}

func TestClearAnonymous(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		login := func(c core.Claim, bearer string) (core.Identified, string) {
			in := core.Identify{PlatformID: s.Made.Platform.ID, Claim: c, Bearer: bearer, Session: identity.NewToken(), ClearAnonymous: true}
			out, err := s.Core.Identities.Identify(t.Context(), in)
			if err != nil {
				t.Fatal(err)
			}
			return out, in.Session
		}
		v := s.Visit("Hello")
		if out, _ := login(s.Signed("1", ""), v.Token); out.Known {
			t.Errorf("somebody new: %+v", out)
		}
		w := s.Visit("Hello")
		if out, token := login(core.Claim{JWT: s.JWT("uid", "2")}, w.Token); !out.Known || len(opened(s, token)) != 0 {
			t.Errorf("a login opens %v", opened(s, token))
		}
		for _, a := range []*rejointest.Visitor{v, w} {
			if got := opened(s, a.Token); got != nil {
				t.Errorf("the anonymous session opens %v", got)
			}
			if s.Load(a.Issue.ID).User.LoggedIn() {
				t.Error("the anonymous conversation was taken along")
			}
		}
	})
}

// What a login teaches is decided upon: a conversation that had no address has one now.
func TestLoginTeachesAddresses(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.VisitAs(s.Signed("77", ""), "Hello", core.Beginning{})
		s.Reply(v, "An answer.")
		if d := s.Load(v.Issue.ID).Decision; d.Reason != rejoin.ReasonNoAddress {
			t.Fatalf("without an address: %+v", d)
		}
		if out, _ := s.Identify(s.Signed("77", "ada@example.org"), v.Token); !out.Kept {
			t.Fatalf("%+v", out)
		}
		s.Advance(11 * time.Minute)
		mails := s.MailsTo("ada@example.org")
		if len(mails) != 1 {
			t.Fatalf("%d e-mails to the address of the login, want one", len(mails))
		}
		s.Reply(v, "Another answer.")
		s.Identify(s.Signed("77", "new@example.org"), v.Token)
		s.Advance(11 * time.Minute)
		if old, fresh := len(s.MailsTo("ada@example.org")), len(s.MailsTo("new@example.org")); old != 1 || fresh != 1 {
			t.Errorf("after a change: %d e-mails to the old address and %d to the new one, want one each", old, fresh)
		}
	})
}

// ways are the people who may come by a link.
type ways struct {
	*rejointest.Server
	quiet, named *rejointest.Visitor // who began the two conversations
	links        map[*rejointest.Visitor]string
}

func newWays(t *testing.T, s *rejointest.Server) *ways {
	w := &ways{Server: s, quiet: s.VisitKnown("Hello", "Ada", "quiet@example.org"), links: map[*rejointest.Visitor]string{}}
	w.named = s.VisitAs(s.Signed("77", "named@example.org"), "Hello", core.Beginning{})
	for v, address := range map[*rejointest.Visitor]string{w.quiet: "quiet@example.org", w.named: "named@example.org"} {
		s.Reply(v, "An answer.")
		s.Advance(11 * time.Minute)
		w.links[v] = linkToken(t, s.MailsTo(address)[0].Text)
	}
	return w
}

// uses is how often a link was used.
func (w *ways) uses(link string) (n int64) {
	w.T.Helper()
	err := w.Store.Read(w.T.Context(), func(tx *store.Tx) error {
		l, err := tx.ReturnLink(identity.Hash(link))
		n = int64(l.Uses)
		return err
	})
	if err != nil {
		w.T.Fatal(err)
	}
	return n
}

// come opens a conversation's link and checks that only a good result makes a session and counts.
func (w *ways) come(v *rejointest.Visitor, bearer string, loggedIn bool) (core.Redeemed, string) {
	w.T.Helper()
	before, fresh := w.uses(w.links[v]), identity.NewToken()
	out, err := w.Core.Returns.Redeem(w.T.Context(), core.Redeem{PlatformID: w.Made.Platform.ID, Token: w.links[v], Session: fresh, Bearer: bearer, LoggedIn: loggedIn})
	if err != nil {
		w.T.Fatal(err)
	}
	good := out.Result == rejoin.ReturnSame
	if made, counted := len(opened(w.Server, fresh)) > 0, w.uses(w.links[v]) > before; made != (good && !out.Own) || counted != good {
		w.T.Errorf("%+v: a session was made is %v, the use counts is %v", out, made, counted)
	}
	if !good && (out.IssueID != "" || out.VisitID != "" || out.Own) {
		w.T.Errorf("a mismatch tells %+v", out)
	}
	return out, fresh
}

func TestWayBackCases(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		w := newWays(t, s)
		_, elsewhere := s.Identify(s.Signed("77", "named@example.org"), "")
		_, ended := s.Identify(s.Signed("77", "named@example.org"), "")
		if err := s.Core.Identities.Logout(t.Context(), ended); err != nil {
			t.Fatal(err)
		}
		other, stranger := s.VisitAs(s.Signed("88", ""), "Hello", core.Beginning{}).Token, s.Visit("Hello").Token
		_, guest := w.come(w.quiet, "", false)
		type row struct {
			name     string
			began    *rejointest.Visitor
			bearer   string
			loggedIn bool
			result   rejoin.ReturnResult
			own      bool
			state    string
		}
		const anonymous, loggedIn = "anonymous", "logged-in"
		rows := []row{
			{"anonymous, the same browser", w.quiet, w.quiet.Token, false, rejoin.ReturnSame, true, ""},
			{"anonymous, another browser", w.quiet, "", false, rejoin.ReturnSame, false, ""},
			{"anonymous, another anonymous person's browser", w.quiet, stranger, false, rejoin.ReturnSame, false, ""},
			{"anonymous, by a link before", w.quiet, guest, false, rejoin.ReturnSame, true, ""},
			{"anonymous, logged in now", w.quiet, w.named.Token, true, rejoin.ReturnLogoutRequired, false, anonymous},
			{"anonymous, a login is held", w.quiet, other, false, rejoin.ReturnLogoutRequired, false, anonymous},
			{"anonymous, logged in without a session", w.quiet, "", true, rejoin.ReturnLogoutRequired, false, anonymous},
			{"anonymous, logged in after a link", w.quiet, guest, true, rejoin.ReturnLogoutRequired, false, anonymous},
			{"logged in, the same browser", w.named, w.named.Token, true, rejoin.ReturnSame, true, ""},
			{"logged in, another browser", w.named, elsewhere, true, rejoin.ReturnSame, true, ""},
			{"logged in, logged out now", w.named, "", false, rejoin.ReturnLoginRequired, false, loggedIn},
			{"logged in, a login that has ended", w.named, ended, false, rejoin.ReturnLoginRequired, false, loggedIn},
			{"logged in, anonymous now", w.named, stranger, false, rejoin.ReturnLoginRequired, false, loggedIn},
			{"logged in, by a link of another conversation", w.named, guest, false, rejoin.ReturnLoginRequired, false, loggedIn},
			{"logged in, somebody else now", w.named, other, true, rejoin.ReturnOtherUser, false, loggedIn},
			{"logged in, the page's token is missing or wrong", w.named, "", true, rejoin.ReturnOtherUser, false, loggedIn},
		}
		for _, followed := range []bool{true, false} {
			s.SetFollowUp(func(f *rejoin.FollowUpSettings) { f.Enabled = followed })
			for _, r := range rows {
				out, _ := w.come(r.began, r.bearer, r.loggedIn)
				want := core.Redeemed{Result: r.result, Own: r.own, IssueID: out.IssueID, VisitID: out.VisitID}
				if r.state != "" {
					want.PageURL = rejointest.Shop + "/boots"
				}
				if followed {
					want.OriginalState = r.state
				}
				if d := cmp.Diff(want, out); d != "" || r.result == rejoin.ReturnSame && out.IssueID != r.began.Issue.ID {
					t.Errorf("%s, follow-ups on %v (-want +got):\n%s", r.name, followed, d)
				}
			}
		}
	})
}

func TestWayBackAfterTheEnd(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		w := newWays(t, s)
		s.End(w.quiet, rejoin.Rejected)
		s.End(w.named, rejoin.Rejected)
		for _, r := range []struct {
			name   string
			v      *rejointest.Visitor
			bearer string
			want   rejoin.ReturnResult
		}{
			{"rejected", w.quiet, "", rejoin.ReturnClosed},
			{"rejected, own browser", w.quiet, w.quiet.Token, rejoin.ReturnSame},
			{"rejected, other user", w.quiet, w.named.Token, rejoin.ReturnLogoutRequired},
			{"rejected, logged out", w.named, "", rejoin.ReturnLoginRequired},
			{"rejected, logged in", w.named, w.named.Token, rejoin.ReturnSame},
		} {
			if out, _ := w.come(r.v, r.bearer, false); out.Result != r.want {
				t.Errorf("%s: %q, want %q", r.name, out.Result, r.want)
			}
		}
		err := s.Store.Write(t.Context(), func(tx *store.Tx) error {
			for range 50 {
				if err := tx.UseReturnLink(identity.Hash(w.links[w.quiet])); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, bearer := range []string{"", w.quiet.Token, w.named.Token} {
			if out, _ := w.come(w.quiet, bearer, false); out.Result != rejoin.ReturnExpired || out.PageURL != "" {
				t.Errorf("a link that was used up: %+v", out)
			}
		}
		if err := s.Core.Issues.RevokeLinks(t.Context(), s.Maya, w.named.Issue.ID); err != nil {
			t.Fatal(err)
		}
		for _, bearer := range []string{"", w.named.Token} {
			if out, _ := w.come(w.named, bearer, false); out.Result != rejoin.ReturnRevoked {
				t.Errorf("a revoked link: %+v", out)
			}
		}
	})
}

// A login comes while everybody writes: what was acknowledged is there, in the conversation that goes on with the person.
func TestLoginAmidTraffic(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx := t.Context()
		whoIs(s, s.Signed("77", "ada@example.org"))
		for round := range 3 {
			v := s.Visit("Hello")
			w := second(t, s, v, "Another matter")
			var acknowledged atomic.Int64
			var wg sync.WaitGroup
			token := identity.NewToken()
			say := func(issueID, clientID string) {
				for _, bearer := range []string{v.Token, token} { // a browser tries again as whom it is now
					_, err := s.Core.Messages.SendAsUser(ctx, bearer, issueID, core.UserSend{ClientID: clientID, Body: "x"})
					if err == nil {
						acknowledged.Add(1)
						return
					}
					if c := rejoin.CodeOf(err); c != rejoin.NotFound && c != rejoin.Unauthenticated {
						t.Errorf("writing: %v", err)
					}
				}
			}
			for n := range 4 {
				id := []string{v.Issue.ID, w.Issue.ID}[n%2]
				wg.Go(func() { say(id, fmt.Sprintf("message-%d-%d", round, n)) })
				wg.Go(func() {
					if err := s.Core.Messages.SendAsAgent(ctx, s.Maya, id, fmt.Sprintf("answer-%d-%d", round, n), "y"); err != nil {
						t.Errorf("answering: %v", err)
					}
				})
				wg.Go(func() {
					_ = s.Core.Presence.Report(ctx, v.Token, fmt.Sprint("tab-number-", n), rejoin.Active) // may have logged in already
				})
			}
			wg.Go(func() {
				in := core.Identify{PlatformID: s.Made.Platform.ID, Claim: s.Signed("77", "ada@example.org"), Bearer: v.Token, Session: token}
				if out, err := s.Core.Identities.Identify(ctx, in); err != nil || !out.Known {
					t.Errorf("logging in: %+v, %v", out, err)
				}
			})
			wg.Wait()
			s.Settle()
			var written int64
			for _, id := range []string{v.Issue.ID, w.Issue.ID} {
				th := s.Load(id)
				if th.User.ExternalID != "77" {
					t.Errorf("a conversation is of %+v", th.User)
				}
				for n, m := range th.Messages {
					if m.Seq != int64(n+1) || m.Origin == rejoin.FromUser && m.AuthorID != th.User.ID {
						t.Errorf("message %d is %+v", n+1, m)
					}
					if m.Body == "x" {
						written++
					}
				}
			}
			if written < acknowledged.Load() {
				t.Errorf("%d messages of %d acknowledged ones are there", written, acknowledged.Load())
			}
		}
	})
}
