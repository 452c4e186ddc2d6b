package core_test

import (
	"encoding/base32"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"rejoin"
	"rejoin/core"
	"rejoin/rejointest"
)

// authenticator is a person's phone.
type authenticator struct {
	s      *rejointest.Server
	secret string
}

// code is what it shows now, or would have shown some steps away from now.
func (p authenticator) code(steps int64) string {
	p.s.T.Helper()
	at := p.s.Clock.Now().Time().Unix()/30 + steps
	code, err := hotp.GenerateCodeCustom(p.secret, uint64(at), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		p.s.T.Fatal(err)
	}
	return code
}

// setUp switches the agent's second factor on. The code that it took is spent.
func setUp(s *rejointest.Server, a rejoin.Agent, token string) (authenticator, []string) {
	s.T.Helper()
	setup, err := s.Core.Agents.BeginTwoFactor(s.T.Context(), a, "correct horse")
	if err != nil {
		s.T.Fatal(err)
	}
	phone := authenticator{s, setup.Secret}
	codes, err := s.Core.Agents.ConfirmTwoFactor(s.T.Context(), a, token, phone.code(0))
	if err != nil || len(codes) != 10 {
		s.T.Fatalf("%d recovery codes, %v", len(codes), err)
	}
	return phone, codes
}

func TestTwoFactorSetup(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, agents := t.Context(), s.Core.Agents
		noor := s.Colleague()
		here, there := must(s, noor.Email, "correct horse"), must(s, noor.Email, "correct horse")
		if _, err := agents.ConfirmTwoFactor(ctx, noor, here, "123456"); rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("nothing to confirm: %v", err)
		}
		if _, err := agents.BeginTwoFactor(ctx, noor, "wrong horse"); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("with a wrong password: %v", err)
		}
		setup, err := agents.BeginTwoFactor(ctx, noor, "correct horse")
		if err != nil {
			t.Fatal(err)
		}
		if u, err := url.Parse(setup.URL); err != nil || u.Query().Get("secret") != setup.Secret || len(setup.QR) == 0 {
			t.Errorf("setup %+v, %v", setup, err)
		}
		if raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(setup.Secret); err != nil || len(raw) < 16 {
			t.Errorf("the secret has %d bytes, %v", len(raw), err)
		}
		must(s, noor.Email, "correct horse") // it is not asked for yet
		if _, err := agents.ConfirmTwoFactor(ctx, noor, here, "12345"); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("with a wrong code: %v", err)
		}
		phone := authenticator{s, setup.Secret}
		if _, err := agents.ConfirmTwoFactor(ctx, noor, here, phone.code(0)); err != nil {
			t.Fatal(err)
		}
		if !in(s, here) || in(s, there) || !member(s, noor.ID).HasSecond {
			t.Error("switching it on ends the other sessions, and no more")
		}
		if _, err := agents.BeginTwoFactor(ctx, noor, "correct horse"); rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("again: %v", err)
		}
	})
}

func TestSigningInWithACode(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		noor := s.Colleague()
		phone, codes := setUp(s, noor, must(s, noor.Email, "correct horse"))
		try := func(what, password, code string, want rejoin.Code, field string) {
			t.Helper()
			token, err := enter(s, noor.Email, password, code)
			if rejoin.CodeOf(err) != want || (err == nil) != (token != "") || err != nil && err.(*rejoin.Error).Field != field {
				t.Errorf("%s: %v, want %q about %q", what, err, want, field)
			}
		}
		const bad = rejoin.Unauthenticated
		try("without a code", "correct horse", "", bad, "code")
		try("a wrong password with a right code", "wrong horse", phone.code(1), bad, "")
		try("the code that set it up", "correct horse", phone.code(0), bad, "code")
		try("the next one", "correct horse", phone.code(1)[:3]+" "+phone.code(1)[3:], "", "")
		try("the same again", "correct horse", phone.code(1), bad, "code")
		try("an earlier one", "correct horse", phone.code(-1), bad, "code")
		s.Clock.Advance(time.Minute)
		try("one of two steps ago", "correct horse", phone.code(-2), bad, "code")
		try("the one of now", "correct horse", phone.code(0), "", "")
		try("a recovery code", "correct horse", " "+codes[3]+" ", "", "")
		try("the same recovery code", "correct horse", codes[3], bad, "code")
		try("a code of nobody", "correct horse", "aaaa-bbbb-cccc", bad, "code")
		p, err := s.Core.Agents.Profile(t.Context(), noor, "")
		if err != nil || len(p.Agent.TwoFactor.Recovery) != 9 {
			t.Errorf("%d recovery codes are left, %v", len(p.Agent.TwoFactor.Recovery), err)
		}
	})
}

// Wrong codes wait, and right ones with them; strangers without the password change nothing.
func TestGuessingCodes(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		noor := s.Colleague()
		phone, codes := setUp(s, noor, must(s, noor.Email, "correct horse"))
		for range 11 {
			if _, err := enter(s, noor.Email, "wrong horse", "000000"); rejoin.CodeOf(err) != rejoin.Unauthenticated {
				t.Fatal(err)
			}
		}
		s.Clock.Advance(time.Minute)
		for range 9 {
			if _, err := enter(s, noor.Email, "correct horse", "00000x"); rejoin.CodeOf(err) != rejoin.Unauthenticated {
				t.Fatal(err)
			}
		}
		if _, err := enter(s, noor.Email, "correct horse", phone.code(0)); err != nil {
			t.Fatalf("after nine wrong ones: %v", err)
		}
		for range 10 {
			if _, err := enter(s, noor.Email, "correct horse", "00000x"); rejoin.CodeOf(err) != rejoin.Unauthenticated {
				t.Fatal(err)
			}
		}
		s.Clock.Advance(14 * time.Minute)
		for _, right := range []string{phone.code(0), codes[0]} {
			if _, err := enter(s, noor.Email, "correct horse", right); rejoin.CodeOf(err) != rejoin.Limited {
				t.Errorf("a right code after ten wrong ones: %v", err)
			}
		}
		s.Clock.Advance(time.Minute)
		if _, err := enter(s, noor.Email, "correct horse", phone.code(0)); err != nil {
			t.Errorf("after the wait: %v", err)
		}
	})
}

// A code, of the authenticator or for recovery, is given at several places at the same moment: it lets one of them in.
func TestOneCodeAtTwoPlaces(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		noor := s.Colleague()
		phone, codes := setUp(s, noor, must(s, noor.Email, "correct horse"))
		s.Clock.Advance(time.Minute)
		for what, code := range map[string]string{"recovery": codes[0], "authenticator": phone.code(0)} {
			var all sync.WaitGroup
			errs := make([]error, 4)
			for n := range errs {
				all.Go(func() { _, errs[n] = enter(s, noor.Email, "correct horse", code) })
			}
			all.Wait()
			done := 0
			for _, err := range errs {
				if err == nil {
					done++
				} else if rejoin.CodeOf(err) != rejoin.Unauthenticated {
					t.Errorf("%s: %v", what, err)
				}
			}
			if done != 1 {
				t.Errorf("%s: %d were let in", what, done)
			}
		}
	})
}

func TestTwoFactorOff(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, agents := t.Context(), s.Core.Agents
		noor := s.Colleague()
		here := must(s, noor.Email, "correct horse")
		phone, codes := setUp(s, noor, here)
		for what, in := range map[string]core.TwoFactorProof{"password": {Password: "wrong horse", Code: phone.code(1)}, "code": {Password: "correct horse", Code: "000000"}} {
			_, err := agents.EndTwoFactor(ctx, noor, here, in)
			_, err2 := agents.RenewRecoveryCodes(ctx, noor, in)
			for _, err := range []error{err, err2} {
				if rejoin.CodeOf(err) != rejoin.Invalid || err.(*rejoin.Error).Field != what {
					t.Errorf("a wrong %s: %v", what, err)
				}
			}
		}
		fresh, err := agents.RenewRecoveryCodes(ctx, noor, core.TwoFactorProof{Password: "correct horse", Code: phone.code(1)})
		if err != nil || len(fresh) != 10 {
			t.Fatalf("%d new codes, %v", len(fresh), err)
		}
		if _, err := enter(s, noor.Email, "correct horse", codes[0]); rejoin.CodeOf(err) != rejoin.Unauthenticated {
			t.Errorf("an old recovery code: %v", err)
		}
		there, err := enter(s, noor.Email, "correct horse", fresh[0])
		if err != nil {
			t.Fatal(err)
		}
		p, err := agents.EndTwoFactor(ctx, noor, here, core.TwoFactorProof{Password: "correct horse", Code: fresh[1]})
		if err != nil || p.Agent.TwoFactor.On || p.Agent.TwoFactor.Secret != "" || in(s, there) || !in(s, here) {
			t.Errorf("off: %+v, %v", p.Agent, err)
		}
		must(s, noor.Email, "correct horse")
		if _, err := agents.EndTwoFactor(ctx, noor, here, core.TwoFactorProof{Password: "correct horse", Code: fresh[2]}); rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("off again: %v", err)
		}
	})
}

func TestTwoFactorReset(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		noor := s.Colleague()
		here := must(s, noor.Email, "correct horse")
		setUp(s, noor, here)
		if _, err := s.Core.Members.ResetTwoFactor(t.Context(), s.Maya, noor.ID); err != nil {
			t.Fatal(err)
		}
		if in(s, here) || member(s, noor.ID).HasSecond {
			t.Error("the sessions go on, or the second factor does")
		}
		must(s, noor.Email, "correct horse")
		if got := acts(s, rejoin.AuditFilter{})[0]; got != "Maya | two_factor_reset | Noor" {
			t.Errorf("the log says %q", got)
		}
	})
}
