package core

import (
	"context"

	"rejoin"
	"rejoin/identity"
)

// The first run: an installation without a domain prints an address with a token, and whoever opens it makes the domain, its first app and
// themselves. The token is worth something only until then.

const setupKey = "setup" // name of the key that holds the token's SHA-256

// Open makes a new token for the first run, in place of an earlier one. It returns "" if the installation has a domain.
func (s *Setup) Open(ctx context.Context) (token string, err error) {
	fresh := identity.NewToken()
	err = s.write(ctx, func(u *unit) error {
		token = ""
		list, err := u.Domains()
		if err != nil || len(list) > 0 {
			return err
		}
		token = fresh
		return u.PutKey(setupKey, identity.Hash(fresh))
	})
	return token, err
}

func setupClosed() error {
	return rejoin.Errorf(rejoin.NotFound, "This address for setting up is not valid, or has been used. The newest one is in the server's log, where it was started last.")
}

// Check returns an error unless the token opens the first run.
func (s *Setup) Check(ctx context.Context, token string) error {
	if !identity.WellFormed(token) {
		return setupClosed()
	}
	return s.read(ctx, func(u *unit) error {
		list, err := u.Domains()
		if err != nil {
			return err
		}
		known, err := u.KeyIs(setupKey, identity.Hash(token))
		if err == nil && (!known || len(list) > 0) {
			err = setupClosed()
		}
		return err
	})
}

// Begin is [Setup.Create] for whoever holds the token of the first run. It also signs the administrator in: session is the token.
func (s *Setup) Begin(ctx context.Context, token, device string, in First) (m Made, session string, err error) {
	if err := s.Check(ctx, token); err != nil { // before a password is hashed for a stranger
		return m, "", err
	}
	in, origins, admin, err := s.check(ctx, in)
	if err != nil {
		return m, "", err
	}
	session = identity.NewToken()
	err = s.write(ctx, func(u *unit) error {
		first, err := u.DropKey(setupKey, identity.Hash(token))
		if err != nil {
			return err
		}
		list, err := u.Domains()
		if err != nil {
			return err
		}
		if !first || len(list) > 0 {
			return setupClosed()
		}
		if m, err = u.found(in, origins, admin); err != nil {
			return err
		}
		return u.AddAgentSession(rejoin.AgentSession{TokenHash: identity.Hash(session), AgentID: m.Admin.ID, Device: device, CreatedAt: u.now, SeenAt: u.now, ExpiresAt: u.now.Add(AgentSessionLife)})
	})
	return m, session, err
}
