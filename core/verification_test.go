package core_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
)

// glance is what would become of the claim: the verdict and the reason.
func glance(s *rejointest.Server, c core.Claim) string {
	s.T.Helper()
	v, reason, _, err := s.Core.Identities.Glance(s.T.Context(), s.Made.Platform.ID, c)
	if err != nil {
		s.T.Fatal(err)
	}
	return strings.TrimSpace(string(v) + " " + reason)
}

// turn makes a second secret and returns both, the old one first.
func turn(s *rejointest.Server) (old, fresh string) {
	s.T.Helper()
	old = s.Secret()
	s.Clock.Advance(time.Second)
	if _, err := s.Core.Verification.MakeSecret(s.T.Context(), s.Maya, s.Made.App.ID); err != nil {
		s.T.Fatal(err)
	}
	return old, s.Secret()
}

func TestVerification(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		old, fresh := turn(s)
		other := s.Second()
		foreign, err := s.Core.Verification.MakeSecret(t.Context(), other.Admin, other.App.ID)
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := s.Core.Verification.Reveal(t.Context(), other.Admin, other.App.ID, foreign.Secrets[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		const good, missing, invalid = "verified", "refused missing user auth token", "refused invalid user auth token"
		claim := func(id, email, token string) core.Claim {
			return core.Claim{UserID: id, Email: email, AuthToken: token}
		}
		sign := identity.Sign
		for name, c := range map[string]struct {
			claim core.Claim
			want  string
		}{
			"id":                             {claim("77", "", sign(fresh, "77")), good},
			"id and address":                 {claim("77", "ada@example.org", sign(fresh, "77ada@example.org")), good},
			"address":                        {claim("", "ada@example.org", sign(fresh, "ada@example.org")), good},
			"without padding":                {claim("77", "", strings.TrimRight(sign(fresh, "77"), "=")), good},
			"the older secret":               {claim("77", "", sign(old, "77")), good},
			"as the page writes it":          {claim("77", "Ada@Example.ORG", sign(fresh, "77Ada@Example.ORG")), good},
			"in another case":                {claim("77", "Ada@Example.ORG", sign(fresh, "77ada@example.org")), invalid},
			"another case of the id":         {claim("A7", "", sign(fresh, "a7")), invalid},
			"no token":                       {claim("77", "", ""), missing},
			"a space":                        {claim("77", "", " "+sign(fresh, "77")), invalid},
			"the id alone is signed":         {claim("77", "ada@example.org", sign(fresh, "77")), invalid},
			"somebody else's":                {claim("77", "", sign(fresh, "78")), invalid},
			"the empty text":                 {claim("77", "", sign(fresh, "")), invalid},
			"an empty secret":                {claim("77", "", sign("", "77")), invalid},
			"another app's secret":           {claim("77", "", sign(theirs, "77")), invalid},
			"full privacy":                   {core.Claim{UserID: "77", Email: "ada@example.org", FullPrivacy: true, AuthToken: sign(fresh, "77")}, good},
			"full privacy, both signed":      {core.Claim{UserID: "77", Email: "ada@example.org", FullPrivacy: true, AuthToken: sign(fresh, "77ada@example.org")}, invalid},
			"full privacy, address alone":    {core.Claim{Email: "ada@example.org", FullPrivacy: true, AuthToken: sign(fresh, "ada@example.org")}, "anonymous"},
			"nobody":                         {core.Claim{AuthToken: sign(fresh, "")}, "anonymous"},
			"a padded id, signed":            {claim(" 77", "", sign(fresh, " 77")), "anonymous"},
			"what is no name, with no token": {claim("ada@example.org", "", ""), "anonymous"},
		} {
			if got := glance(s, c.claim); got != c.want {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
		p, err := s.Core.Verification.Page(t.Context(), s.Maya, s.Made.App.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Core.Verification.DeleteSecret(t.Context(), s.Maya, s.Made.App.ID, p.Secrets[1].ID); err != nil {
			t.Fatal(err)
		}
		if got := glance(s, claim("77", "", sign(old, "77"))); got != invalid {
			t.Errorf("a deleted secret: %q", got)
		}
		if got := glance(s, claim("77", "", sign(fresh, "77"))); got != good {
			t.Errorf("the secret that is left: %q", got)
		}
		s.SetVerification(false)
		if got := glance(s, claim("77", "", "wrong")); got != "unverified" {
			t.Errorf("a wrong signature while none is asked for: %q", got)
		}
	})
}

func TestVerificationOfJWT(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		old, fresh := turn(s)
		now := s.Clock.Now()
		encode := base64.RawURLEncoding.EncodeToString
		token := rejointest.MakeJWT(fresh, now, "uid", "77", "email", "Ada@example.org")
		_, body, _ := strings.Cut(token, ".")
		payload, _, _ := strings.Cut(body, ".")
		for _, required := range []bool{true, false} { // a login token is always checked
			s.SetVerification(required)
			for name, c := range map[string]struct {
				claim core.Claim
				want  string
			}{
				"good":                    {core.Claim{JWT: token}, "verified"},
				"the older secret":        {core.Claim{JWT: rejointest.MakeJWT(old, now, "uid", "77")}, "verified"},
				"wrong secret":            {core.Claim{JWT: rejointest.MakeJWT(fresh+"x", now, "uid", "77")}, "refused IDENTITIES_INVALID_TOKEN"},
				"alg none":                {core.Claim{JWT: encode([]byte(`{"alg":"none"}`)) + "." + payload + "."}, "refused IDENTITIES_INVALID_TOKEN"},
				"24 hours old":            {core.Claim{JWT: rejointest.MakeJWT(fresh, now.Add(-24*time.Hour), "uid", "77")}, "verified"},
				"25 hours old":            {core.Claim{JWT: rejointest.MakeJWT(fresh, now.Add(-25*time.Hour), "uid", "77")}, "refused IDENTITIES_INVALID_TOKEN"},
				"no JWT":                  {core.Claim{JWT: "x"}, "refused JWT_IS_INVALID"},
				"nobody":                  {core.Claim{JWT: rejointest.MakeJWT(fresh, now, "steam_id", "5")}, "refused USERID_AND_EMAIL_MISSING"},
				"no address":              {core.Claim{JWT: rejointest.MakeJWT(fresh, now, "uid", "77", "email", "x")}, "refused IDENTITIES_INVALID_PAYLOAD"},
				"the page says the same":  {core.Claim{UserID: "77", Email: "ADA@example.org", JWT: token}, "verified"},
				"another id on the page":  {core.Claim{UserID: "78", JWT: token}, "refused CONFIG_JWT_USER_ID_MISMATCH"},
				"another address there":   {core.Claim{Email: "eve@example.org", JWT: token}, "refused CONFIG_JWT_EMAIL_MISMATCH"},
				"an id that is not there": {core.Claim{UserID: "77", JWT: rejointest.MakeJWT(fresh, now, "email", "ada@example.org")}, "refused CONFIG_JWT_USER_ID_MISMATCH"},
				"beside a wrong HMAC":     {core.Claim{UserID: "77", AuthToken: "wrong", JWT: token}, "verified"},
				"beside a good HMAC":      {core.Claim{UserID: "77", AuthToken: identity.Sign(fresh, "77"), JWT: "x"}, "refused JWT_IS_INVALID"},
				"full privacy":            {core.Claim{JWT: token, FullPrivacy: true}, "verified"},
				"full privacy, no uid":    {core.Claim{JWT: rejointest.MakeJWT(fresh, now, "email", "ada@example.org"), FullPrivacy: true}, "anonymous"},
			} {
				if got := glance(s, c.claim); got != c.want {
					t.Errorf("%s (required %v): %q, want %q", name, required, got, c.want)
				}
			}
		}
		other := s.Second()
		if v, reason, _, err := s.Core.Identities.Glance(t.Context(), other.Platform.ID, core.Claim{JWT: token}); err != nil || v != core.ClaimRefused || reason != "IDENTITIES_INVALID_TOKEN" {
			t.Errorf("at another app: %s %s, %v", v, reason, err)
		}
		s.Clock.Advance(25 * time.Hour)
		if got := glance(s, core.Claim{JWT: token}); got != "refused IDENTITIES_INVALID_TOKEN" {
			t.Errorf("a day later: %q", got)
		}
	})
}

// What is signed says nothing of where the id ends: a token must not open another division of it (reference §3.2).
func TestBorrowedSignature(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		type named struct{ id, email string }
		for name, c := range map[string]struct {
			owner, victim, claimed named // the victim may be unknown
			refused                bool
		}{
			"a shorter id":                   {named{"77", "x@a.example"}, named{"7", "seven@a.example"}, named{"7", "7x@a.example"}, true},
			"a shorter id nobody has":        {named{"88", "x@b.example"}, named{}, named{"8", "8x@b.example"}, true},
			"a longer id":                    {named{"9", "9x@c.example"}, named{"99", "ada@c.example"}, named{"99", "x@c.example"}, true},
			"a longer id nobody has":         {named{"5", "5x@d.example"}, named{}, named{"55", "x@d.example"}, true},
			"upper case":                     {named{"6A", "x@e.example"}, named{"6", ""}, named{"6", "Ax@e.example"}, true},
			"letters":                        {named{"ü4", "ö@f.example"}, named{"ü", "u@f.example"}, named{"ü", "4ö@f.example"}, true},
			"an address alone":               {named{"ad", "a@g.example"}, named{"1", "ada@g.example"}, named{"", "ada@g.example"}, true},
			"of an address alone":            {named{"", "eve@h.example"}, named{"ev", "other@h.example"}, named{"ev", "e@h.example"}, true},
			"a new address":                  {named{"21", "x@i.example"}, named{}, named{"21", "y@i.example"}, false},
			"a first address":                {named{"22", ""}, named{}, named{"22", "2x@i.example"}, false},
			"an address that another gave":   {named{"23", "x@j.example"}, named{"24", "y@j.example"}, named{"24", "x@j.example"}, false},
			"an id for who had only address": {named{"", "x@k.example"}, named{}, named{"25", "x@k.example"}, false},
		} {
			whoIs(s, s.Signed(c.owner.id, c.owner.email))
			var before rejoin.User
			if c.victim != (named{}) {
				before = whoIs(s, s.Signed(c.victim.id, c.victim.email))
			}
			claim := s.Signed(c.claimed.id, c.claimed.email)
			out, _ := s.Identify(claim, "")
			_, err := s.Core.Messages.Start(t.Context(), identity.NewToken(), s.Made.Platform.ID, core.UserSend{ClientID: s.NewClientID(), Body: "Hello"}, core.Beginning{Claim: claim})
			if got := out.Verdict == core.ClaimRefused; got != c.refused || (rejoin.CodeOf(err) == rejoin.Forbidden) != c.refused {
				t.Errorf("%s: %+v, %v; refused should be %v", name, out, err, c.refused)
			}
			if !c.refused || before.ID == "" {
				continue
			}
			if after, _ := s.Identify(s.Signed(c.victim.id, c.victim.email), ""); after.User.ID != before.ID || after.User.Email != before.Email {
				t.Errorf("%s: the victim is %+v, was %+v", name, after.User, before)
			}
		}
	})
}

func TestVerificationSettings(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, app := t.Context(), s.Made.App.ID
		s.SetVerification(false)
		signed := s.Signed("1", "")
		quiet, unsigned, good := s.Visit("Hello"), s.VisitAs(core.Claim{UserID: "2"}, "Hello", core.Beginning{}), s.VisitAs(signed, "Hello", core.Beginning{})
		_, byJWT := s.Identify(core.Claim{JWT: s.JWT("uid", "3")}, "")
		_, same := s.Identify(core.Claim{UserID: "1"}, "") // the same person, not signed
		open := func(token string) bool {
			_, err := s.Core.Messages.List(ctx, token)
			return err == nil
		}
		check := func(when string, want ...bool) {
			t.Helper()
			for n, token := range []string{quiet.Token, unsigned.Token, good.Token, byJWT, same} {
				if open(token) != want[n] {
					t.Errorf("%s: session %d goes on is %v, want %v", when, n, !want[n], want[n])
				}
			}
		}
		check("before", true, true, true, true, true)
		s.SetVerification(false)
		check("off again", true, true, true, true, true)
		s.SetVerification(true)
		check("on", true, false, true, true, false)
		if out, _ := s.Identify(core.Claim{UserID: "2"}, unsigned.Token); out.Verdict != core.ClaimRefused || out.Known {
			t.Errorf("the unsigned page after that: %+v", out)
		}
		if _, err := s.Core.Verification.MakeSecret(ctx, s.Maya, app); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Core.Verification.MakeSecret(ctx, s.Maya, app); rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("a third secret: %v, want conflict", err)
		}
		p, err := s.Core.Verification.Page(ctx, s.Maya, app)
		if err != nil || !p.Required || len(p.Secrets) != 2 || len(p.Secrets[0].Value) != 4 || p.Secrets[0].CreatedBy != "Maya" {
			t.Fatalf("the page: %+v, %v", p, err)
		}
		value, err := s.Core.Verification.Reveal(ctx, s.Maya, app, p.Secrets[0].ID)
		if err != nil || !strings.HasSuffix(value, p.Secrets[0].Value) || len(value) != 64 {
			t.Errorf("the secret is %q, %v", value, err)
		}
		for _, secret := range p.Secrets {
			if _, err := s.Core.Verification.DeleteSecret(ctx, s.Maya, app, secret.ID); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Core.Verification.DeleteSecret(ctx, s.Maya, app, secret.ID); rejoin.CodeOf(err) != rejoin.NotFound {
				t.Errorf("deleting it again: %v", err)
			}
		}
		check("without secrets", true, false, true, true, false)
		if got := glance(s, signed); got != "refused invalid user auth token" {
			t.Errorf("without secrets a signature is %q", got)
		}
		if got := glance(s, core.Claim{JWT: rejointest.MakeJWT(value, s.Clock.Now(), "uid", "3")}); got != "refused IDENTITIES_FEATURE_DISABLED" {
			t.Errorf("without secrets a login token is %q", got)
		}
	})
}

// The page's test says the same as a login would, and why.
func TestVerificationTest(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		old, fresh := turn(s)
		for token, want := range map[string]string{
			identity.Sign(fresh, "77"): "valid", identity.Sign(old, "77"): "valid_old", identity.Sign("x", "77"): "wrong", "": "missing",
			s.JWT("uid", "77"): "valid", s.JWT("uid", "78"): "CONFIG_JWT_USER_ID_MISMATCH", s.JWT("steam_id", "1"): "USERID_AND_EMAIL_MISSING",
			rejointest.MakeJWT(fresh, s.Clock.Now().Add(-25*time.Hour), "uid", "77"): "IDENTITIES_INVALID_TOKEN",
		} {
			got, err := s.Core.Verification.Test(t.Context(), s.Maya, s.Made.App.ID, core.Claim{UserID: "77", AuthToken: token})
			if err != nil || got.Finding != want || got.Valid != strings.HasPrefix(want, "valid") || got.Text == "" {
				t.Errorf("%.20s: %+v, %v; want %s", token, got, err, want)
			}
		}
	})
}
