// Package sso signs people in by single sign-on: OpenID Connect with the authorization code flow, PKCE (RFC 7636), state and nonce.
//
//	url, attempt, err := provider.Begin(ctx)  // keep attempt in the browser that goes to url
//	person, err := provider.Finish(ctx, attempt, state, code)  // what came back to the redirect address
//
// Who the person is to us, and whether they may come in, is for the caller to decide.
package sso

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Config is what the operator says of the provider. All fields are needed but Now.
type Config struct {
	Name         string // for people, on the button: Okta, Acme
	Issuer       string // the provider's address, as its ID tokens spell it
	ClientID     string
	ClientSecret string
	RedirectURL  string           // where the provider sends the browser back to
	Now          func() time.Time // nil means the machine's clock
}

// Provider is one OpenID provider. What it says of itself is asked for when it is first needed, so that a provider that is down keeps no
// server from starting. Safe for concurrent use.
type Provider struct {
	cfg  Config
	http *http.Client

	mu   sync.Mutex
	oidc *oidc.Provider // nil until the provider has answered
}

// New makes a provider. Nothing is asked yet.
func New(c Config) *Provider {
	return &Provider{cfg: c, http: &http.Client{Timeout: 10 * time.Second}}
}

// Name is the provider's name for people.
func (p *Provider) Name() string { return p.cfg.Name }

// The ways in which signing in comes to nothing. Errors wrap one of them.
var (
	ErrUnreachable = errors.New("sso: the provider does not answer as it should")
	ErrDenied      = errors.New("sso: the provider vouches for nobody")
	ErrOtherState  = errors.New("sso: this is not the browser that began, or not the answer it waits for")
)

// Attempt is what the browser keeps from Begin to Finish. It is good for one Finish.
type Attempt struct {
	State    string `json:"s"`
	Nonce    string `json:"n"`
	Verifier string `json:"v"` // PKCE
}

// Person is whom the provider vouches for.
type Person struct {
	Subject  string
	Email    string // as the provider spells it; may be empty
	Verified bool   // the provider says that the address is theirs
	Name     string // may be empty
}

// Begin returns where to send the browser.
func (p *Provider) Begin(ctx context.Context) (url string, a Attempt, err error) {
	known, err := p.discover(ctx)
	if err != nil {
		return "", a, err
	}
	a = Attempt{State: random(), Nonce: random(), Verifier: random()}
	return p.oauth(known).AuthCodeURL(a.State, oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier)), a, nil
}

// random is 32 random bytes in base64url: a verifier, which may as well be any other secret.
func random() string { return oauth2.GenerateVerifier() }

// Finish exchanges the code that came back for the person. The state must be the one of the attempt, which may be zero.
func (p *Provider) Finish(ctx context.Context, a Attempt, state, code string) (who Person, err error) {
	if a.State == "" || a.Nonce == "" || a.Verifier == "" || subtle.ConstantTimeCompare([]byte(a.State), []byte(state)) != 1 {
		return who, ErrOtherState
	}
	if code == "" {
		return who, ErrDenied
	}
	known, err := p.discover(ctx)
	if err != nil {
		return who, err
	}
	ctx = oidc.ClientContext(ctx, p.http)
	token, err := p.oauth(known).Exchange(ctx, code, oauth2.VerifierOption(a.Verifier))
	if err != nil {
		return who, failed(err)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return who, fmt.Errorf("%w: it sent no ID token", ErrUnreachable)
	}
	id, err := known.Verifier(&oidc.Config{ClientID: p.cfg.ClientID, Now: p.cfg.Now}).Verify(ctx, raw)
	if err != nil {
		return who, fmt.Errorf("%w: %w", ErrDenied, err)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(a.Nonce)) != 1 {
		return who, fmt.Errorf("%w: the nonce is another one", ErrOtherState)
	}
	return p.person(ctx, known, id, token)
}

// person reads the claims of the ID token; the address may be only where the provider answers about the user.
func (p *Provider) person(ctx context.Context, known *oidc.Provider, id *oidc.IDToken, token *oauth2.Token) (who Person, err error) {
	var c claims
	if err := id.Claims(&c); err != nil {
		return who, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	if c.Email == "" && known.UserInfoEndpoint() != "" {
		info, err := known.UserInfo(ctx, oauth2.StaticTokenSource(token))
		if err != nil {
			return who, failed(err)
		}
		if info.Subject != id.Subject { // OpenID Connect Core 1.0, section 5.3.2
			return who, fmt.Errorf("%w: it answered about somebody else", ErrDenied)
		}
		if err := info.Claims(&c); err != nil {
			return who, fmt.Errorf("%w: %w", ErrUnreachable, err)
		}
	}
	return Person{Subject: id.Subject, Email: c.Email, Verified: bool(c.Verified), Name: c.Name}, nil
}

// claims are the standard claims that we ask for.
type claims struct {
	Email    string `json:"email"`
	Verified flag   `json:"email_verified"`
	Name     string `json:"name"`
}

// flag is true or false, also as the text that some providers send.
type flag bool

// UnmarshalJSON implements json.Unmarshaler.
func (f *flag) UnmarshalJSON(b []byte) error {
	*f = flag(strings.Trim(string(b), `"`) == "true")
	return nil
}

// failed tells a provider that said no from one that did not answer.
func failed(err error) error {
	var no *oauth2.RetrieveError
	if errors.As(err, &no) && no.Response != nil && no.Response.StatusCode < http.StatusInternalServerError {
		return fmt.Errorf("%w: %w", ErrDenied, err)
	}
	return fmt.Errorf("%w: %w", ErrUnreachable, err)
}

// discover asks the provider about itself, until it has answered once.
func (p *Provider) discover(ctx context.Context) (*oidc.Provider, error) {
	if known := p.known(nil); known != nil {
		return known, nil
	}
	// The provider's keys are asked for later with this context's client, so the context must not end with the request.
	known, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.http), p.cfg.Issuer)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	return p.known(known), nil
}

// known keeps what the provider has told, if anything, and returns what is kept. The first answer stays.
func (p *Provider) known(told *oidc.Provider) *oidc.Provider {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.oidc == nil {
		p.oidc = told
	}
	return p.oidc
}

func (p *Provider) oauth(known *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{ClientID: p.cfg.ClientID, ClientSecret: p.cfg.ClientSecret, RedirectURL: p.cfg.RedirectURL, Endpoint: known.Endpoint(),
		Scopes: []string{oidc.ScopeOpenID, "email", "profile"}}
}
