package core_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
)

// whoIs is the user who begins a conversation on a page that names them so.
func whoIs(s *rejointest.Server, c core.Claim) rejoin.User {
	s.T.Helper()
	return s.Load(s.VisitAs(c, "Hello", core.Beginning{}).Issue.ID).User
}

func TestIdentification(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		s.SetVerification(false)
		long := strings.Repeat("ß", 750)
		for name, c := range map[string]struct {
			claim           core.Claim
			id, email, name string
		}{
			"id and address":        {core.Claim{UserID: "1", Email: "One@Example.org", Name: "Ada"}, "1", "one@example.org", "Ada"},
			"spaces inside":         {core.Claim{UserID: "number two"}, "number two", "", ""},
			"750 characters":        {core.Claim{UserID: long}, long, "", ""},
			"751 characters":        {core.Claim{UserID: long + "x", Email: "a@example.org"}, "", "", ""},
			"padded id":             {core.Claim{UserID: " 3", Email: "b@example.org"}, "", "", ""},
			"padded id, after":      {core.Claim{UserID: "3\t"}, "", "", ""},
			"address as id":         {core.Claim{UserID: "c@example.org"}, "", "", ""},
			"padded address":        {core.Claim{UserID: "4", Email: "d@example.org "}, "", "", ""},
			"invalid address":       {core.Claim{UserID: "5", Email: "e@nowhere", Name: "Eve"}, "", "", "Eve"},
			"empty texts":           {core.Claim{UserID: "", Email: ""}, "", "", ""},
			"address alone":         {core.Claim{UserID: "", Email: "f@example.org"}, "", "f@example.org", ""},
			"name alone":            {core.Claim{Name: "Grace"}, "", "", "Grace"},
			"long name":             {core.Claim{UserID: "6", Name: strings.Repeat("ß", 300)}, "6", "", strings.Repeat("ß", 255)},
			"name of nothing":       {core.Claim{UserID: "7", Name: " \x00\u202e"}, "7", "", ""},
			"full privacy":          {core.Claim{UserID: "8", Email: "h@example.org", Name: "Hal", FullPrivacy: true}, "8", "", ""},
			"full privacy, address": {core.Claim{Email: "i@example.org", Name: "Ida", FullPrivacy: true}, "", "", ""},
		} {
			u := whoIs(s, c.claim)
			if d := cmp.Diff([]string{c.id, c.email, c.name}, []string{u.ExternalID, u.Email, u.Name}); d != "" || u.LoggedIn() != (c.id+c.email != "") {
				t.Errorf("%s: logged in is %v (-want +got):\n%s", name, u.LoggedIn(), d)
			}
		}
	})
}

// Reference §3.1, in the order in which it happens.
func TestMatching(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		s.SetVerification(false)
		people := map[string]string{} // our name for them → id of the profile
		for n, c := range []struct{ id, email, who, kept string }{
			{"77", "ada@example.org", "ada", "ada@example.org"},
			{"77", "", "ada", "ada@example.org"},
			{"", "ADA@example.org", "ada", "ada@example.org"},
			{"77", "new@example.org", "ada", "new@example.org"},
			{"", "ada@example.org", "another", "ada@example.org"}, // the address left the profile
			{"", "bob@example.org", "bob", "bob@example.org"},
			{"88", "bob@example.org", "bob", "bob@example.org"},
			{"88", "", "bob", "bob@example.org"},
			{"99", "bob@example.org", "not bob", "bob@example.org"},
			{"77", "bob@example.org", "ada", "bob@example.org"}, // the id beats the address
			{"a7", "", "lower", ""},
			{"A7", "", "upper", ""},
		} {
			u := whoIs(s, core.Claim{UserID: c.id, Email: c.email})
			for who, id := range people {
				if (who == c.who) != (id == u.ID) {
					t.Errorf("login %d, %s %s, should be %s; is it %s? %v", n, c.id, c.email, c.who, who, id == u.ID)
				}
			}
			people[c.who] = u.ID
			if u.Email != c.kept || u.EmailSource == rejoin.VerifiedEmail {
				t.Errorf("login %d: the address is %q (%s), want %q", n, u.Email, u.EmailSource, c.kept)
			}
		}
		typed := s.VisitKnown("Hello", "Tess", "typed@example.org")
		if u := whoIs(s, core.Claim{Email: "typed@example.org"}); u.ID == s.Load(typed.Issue.ID).User.ID {
			t.Error("an address that somebody typed finds their profile")
		}
		other := s.Second()
		_, err := s.Core.Verification.Require(t.Context(), other.Admin, other.App.ID, false)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, known, err := s.Core.Identities.Glance(t.Context(), other.Platform.ID, core.Claim{UserID: "77"}); err != nil || known {
			t.Errorf("another app knows the user: %v, %v", known, err)
		}
		if v, _, known, err := s.Core.Identities.Glance(t.Context(), s.Made.Platform.ID, core.Claim{UserID: "77"}); err != nil || !known || v != core.ClaimUnverified {
			t.Errorf("the app itself says %s, %v, %v", v, known, err)
		}
	})
}

// A profile that nobody needs yet is not made; a JWT makes it at once.
func TestProfilesAreMadeLate(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		claim := s.Signed("77", "ada@example.org")
		out, token := s.Identify(claim, "")
		if out.Known || out.Kept || out.Verdict != core.ClaimVerified {
			t.Errorf("before the first message: %+v", out)
		}
		if _, err := s.Core.Messages.List(t.Context(), token); rejoin.CodeOf(err) != rejoin.Unauthenticated {
			t.Errorf("the session of nobody: %v", err)
		}
		u := whoIs(s, claim)
		if !u.Verified || u.EmailSource != rejoin.VerifiedEmail || u.ExternalID != "77" {
			t.Errorf("the first message makes %+v", u)
		}
		if out, token = s.Identify(claim, ""); !out.Known || out.User.ID != u.ID {
			t.Errorf("after the first message: %+v", out)
		}
		if again, _ := s.Identify(claim, token); !again.Kept || !again.Known {
			t.Errorf("the same page again: %+v", again)
		}
		byJWT, _ := s.Identify(core.Claim{JWT: s.JWT("uid", "99", "phone_number", "+4930123456")}, "")
		if !byJWT.Known || byJWT.User.ExternalID != "99" || !byJWT.User.Verified {
			t.Errorf("a login token makes %+v", byJWT)
		}
		if _, err := s.Core.Messages.Start(t.Context(), identity.NewToken(), s.Made.Platform.ID, core.UserSend{ClientID: "refused-one", Body: "Hello"},
			core.Beginning{Claim: core.Claim{UserID: "77"}}); rejoin.CodeOf(err) != rejoin.Forbidden {
			t.Errorf("a first message without a signature: %v, want forbidden", err)
		}
	})
}

// Several tabs of one person log in for the first time at once.
func TestFirstLoginsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		for name, claims := range map[string][]core.Claim{
			"the same": {s.Signed("1", "a@example.org"), s.Signed("1", "a@example.org")},
			"by id":    {s.Signed("2", ""), s.Signed("2", "b@example.org")},
			"by email": {s.Signed("", "c@example.org"), s.Signed("3", "c@example.org")},
			"by JWT":   {{JWT: s.JWT("uid", "4")}, {JWT: s.JWT("uid", "4", "email", "d@example.org")}},
		} {
			users := make([]string, 6)
			var wg sync.WaitGroup
			for n := range users {
				wg.Go(func() {
					up, err := s.Core.Messages.Start(t.Context(), identity.NewToken(), s.Made.Platform.ID,
						core.UserSend{ClientID: "tab-number-" + name[:2] + string(rune('0'+n)), Body: "Hello"}, core.Beginning{Claim: claims[n%2]})
					if err != nil {
						t.Errorf("%s: %v", name, err)
					}
					users[n] = up.Issue.UserID
				})
			}
			wg.Wait()
			for _, u := range users {
				if u != users[0] || u == "" {
					t.Fatalf("%s: several people: %q", name, users)
				}
			}
		}
	})
}

func TestLogout(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		anna := s.VisitAs(s.Signed("77", ""), "Hello", core.Beginning{})
		second := func() string { _, token := s.Identify(s.Signed("77", ""), ""); return token }
		quiet := s.Visit("Hello")
		for name, c := range map[string]struct {
			bearer string
			claim  core.Claim
			ends   bool
		}{
			"a page of somebody else":               {second(), s.Signed("88", ""), true},
			"a page of somebody else, who is known": {second(), s.Signed("77x", ""), true},
			"a page without anybody":                {second(), core.Claim{}, true},
			"a page with a wrong signature":         {second(), core.Claim{UserID: "77", AuthToken: "wrong"}, true},
			"a page of the same person":             {second(), s.Signed("77", ""), false},
			"anonymous, a page without anybody":     {quiet.Token, core.Claim{}, false},
			"anonymous, a wrong signature":          {quiet.Token, core.Claim{UserID: "77", AuthToken: "wrong"}, false},
		} {
			whoIs(s, s.Signed("77x", ""))
			out, _ := s.Identify(c.claim, c.bearer)
			_, err := s.Core.Messages.List(t.Context(), c.bearer)
			if ended := rejoin.CodeOf(err) == rejoin.Unauthenticated; ended != c.ends || out.Kept == c.ends && c.claim.UserID != "" && out.Verdict == core.ClaimVerified {
				t.Errorf("%s: the session ended is %v, want %v (%+v)", name, ended, c.ends, out)
			}
		}
		if _, err := s.Core.Messages.List(t.Context(), anna.Token); err != nil {
			t.Errorf("the person's other browser: %v", err)
		}
		for _, token := range []string{anna.Token, anna.Token, identity.NewToken(), "", "x"} {
			if err := s.Core.Identities.Logout(t.Context(), token); err != nil {
				t.Errorf("logging out: %v", err)
			}
		}
		if _, err := s.Core.Messages.List(t.Context(), anna.Token); rejoin.CodeOf(err) != rejoin.Unauthenticated {
			t.Errorf("after the logout: %v", err)
		}
	})
}
