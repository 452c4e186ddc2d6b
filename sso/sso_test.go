package sso_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/oauth2-proxy/mockoidc"

	"rejoin/sso"
)

const redirect = "https://chat.example.com/agent/v1/sso/callback"

// start runs an OpenID provider and returns how to use it.
func start(t *testing.T) (*mockoidc.MockOIDC, sso.Config) {
	t.Helper()
	m, err := mockoidc.Run()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Shutdown() })
	return m, sso.Config{Name: "Acme", Issuer: m.Issuer(), ClientID: m.ClientID, ClientSecret: m.ClientSecret, RedirectURL: redirect}
}

// visit is the browser at the provider: what it brings back.
func visit(t *testing.T, to string) (state, code string) {
	t.Helper()
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := c.Get(to)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	back, err := url.Parse(resp.Header.Get("Location"))
	if err != nil || back.Scheme+"://"+back.Host+back.Path != redirect {
		t.Fatalf("the provider answers %s and sends to %q", resp.Status, back)
	}
	return back.Query().Get("state"), back.Query().Get("code")
}

func user(email string, verified bool) *mockoidc.MockUser {
	return &mockoidc.MockUser{Subject: "7", Email: email, EmailVerified: verified}
}

func TestSignIn(t *testing.T) {
	m, cfg := start(t)
	p := sso.New(cfg)
	for _, verified := range []bool{true, false} {
		m.QueueUser(user("Jonas@example.com", verified))
		to, attempt, err := p.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		q, _ := url.Parse(to)
		for key, want := range map[string]string{"code_challenge_method": "S256", "response_type": "code", "nonce": attempt.Nonce, "state": attempt.State, "scope": "openid email profile"} {
			if got := q.Query().Get(key); got != want {
				t.Errorf("%s is %q, want %q", key, got, want)
			}
		}
		if q.Query().Get("code_challenge") == attempt.Verifier {
			t.Error("the verifier is on its way to the provider")
		}
		state, code := visit(t, to)
		who, err := p.Finish(t.Context(), attempt, state, code)
		if want := (sso.Person{Subject: "7", Email: "Jonas@example.com", Verified: verified}); err != nil || who != want {
			t.Errorf("%+v, %v, want %+v", who, err, want)
		}
		if _, err := p.Finish(t.Context(), attempt, state, code); !errors.Is(err, sso.ErrDenied) {
			t.Errorf("the same code again: %v", err)
		}
	}
}

func TestSignInThatCannotBe(t *testing.T) {
	_, cfg := start(t)
	otherSecret, later := cfg, cfg
	otherSecret.ClientSecret = "another"
	later.Now = func() time.Time { return time.Now().Add(time.Hour) }
	for name, c := range map[string]struct {
		cfg   sso.Config
		spoil func(a *sso.Attempt, state, code *string)
		want  error
	}{
		"another state":         {cfg, func(_ *sso.Attempt, state, _ *string) { *state = "x" + (*state)[1:] }, sso.ErrOtherState},
		"no state":              {cfg, func(_ *sso.Attempt, state, _ *string) { *state = "" }, sso.ErrOtherState},
		"a browser without any": {cfg, func(a *sso.Attempt, state, _ *string) { *a, *state = sso.Attempt{}, "" }, sso.ErrOtherState},
		"another nonce":         {cfg, func(a *sso.Attempt, _, _ *string) { a.Nonce += "x" }, sso.ErrOtherState},
		"another verifier":      {cfg, func(a *sso.Attempt, _, _ *string) { a.Verifier += "x" }, sso.ErrDenied},
		"no code":               {cfg, func(_ *sso.Attempt, _, code *string) { *code = "" }, sso.ErrDenied},
		"a made up code":        {cfg, func(_ *sso.Attempt, _, code *string) { *code = "abc" }, sso.ErrDenied},
		"another client secret": {otherSecret, func(*sso.Attempt, *string, *string) {}, sso.ErrDenied},
		"an ID token of before": {later, func(*sso.Attempt, *string, *string) {}, sso.ErrDenied},
	} {
		t.Run(name, func(t *testing.T) {
			p := sso.New(c.cfg)
			to, attempt, err := p.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			state, code := visit(t, to)
			c.spoil(&attempt, &state, &code)
			if who, err := p.Finish(t.Context(), attempt, state, code); !errors.Is(err, c.want) || who != (sso.Person{}) {
				t.Errorf("%+v, %v, want %v", who, err, c.want)
			}
		})
	}
}

// The provider need not be there when the server starts, nor stay.
func TestProviderThatIsDown(t *testing.T) {
	m, cfg := start(t)
	down := cfg
	down.Issuer = "http://127.0.0.1:1/oidc"
	if _, _, err := sso.New(down).Begin(t.Context()); !errors.Is(err, sso.ErrUnreachable) {
		t.Errorf("a provider that is not there: %v", err)
	}
	p := sso.New(cfg)
	m.QueueError(&mockoidc.ServerError{Code: http.StatusInternalServerError, Error: "server_error"})
	if _, _, err := p.Begin(t.Context()); !errors.Is(err, sso.ErrUnreachable) {
		t.Errorf("a provider with a fault: %v", err)
	}
	to, attempt, err := p.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	state, code := visit(t, to)
	m.QueueError(&mockoidc.ServerError{Code: http.StatusInternalServerError, Error: "server_error"})
	m.QueueError(&mockoidc.ServerError{Code: http.StatusInternalServerError, Error: "server_error"})
	if _, err := p.Finish(t.Context(), attempt, state, code); !errors.Is(err, sso.ErrUnreachable) {
		t.Errorf("a fault at the end: %v", err)
	}
}

// elsewhere is a user of whom only the user info endpoint says the address, as some providers do.
type elsewhere struct {
	mockoidc.MockUser
	about string
}

func (u *elsewhere) Claims(_ []string, c *mockoidc.IDTokenClaims) (jwt.Claims, error) { return c, nil }

func (u *elsewhere) Userinfo([]string) ([]byte, error) {
	return json.Marshal(map[string]string{"sub": u.about, "email": u.Email, "email_verified": "true", "name": "Jonas Berg"})
}

func TestAddressFromUserInfo(t *testing.T) {
	m, cfg := start(t)
	p := sso.New(cfg)
	for about, want := range map[string]error{"7": nil, "8": sso.ErrDenied} {
		m.QueueUser(&elsewhere{*user("jonas@example.com", true), about})
		to, attempt, err := p.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		state, code := visit(t, to)
		who, err := p.Finish(t.Context(), attempt, state, code)
		if !errors.Is(err, want) || err == nil && who != (sso.Person{Subject: "7", Email: "jonas@example.com", Verified: true, Name: "Jonas Berg"}) {
			t.Errorf("about %s: %+v, %v", about, who, err)
		}
	}
}
