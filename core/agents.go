package core

import (
	"context"
	"errors"

	"github.com/alexedwards/argon2id"

	"rejoin"
	"rejoin/identity"
	"rejoin/live"
)

// Agents is signing in and out, and colleagues.
type Agents struct {
	*env
	hashing chan struct{} // argon2id takes 64 MiB each: few at a time
}

// AgentSessionLife is how long an agent stays signed in.
const AgentSessionLife = 14 * day

// The shortest and longest password, in bytes.
const (
	minPassword = 10
	maxPassword = 200
)

// nobodysHash makes signing in with an unknown address take as long as with a known one. Nobody has its password.
const nobodysHash = "$argon2id$v=19$m=65536,t=1,p=2$c29tZXNhbHRzb21lc2FsdA$Yk1wZ3Rva2VuaXNub3RhcGFzc3dvcmQhISEhISEhISE"

// SignIn checks address and password and returns the token of a new session.
func (s *Agents) SignIn(ctx context.Context, email, password string) (token string, a rejoin.Agent, err error) {
	wrong := rejoin.Errorf(rejoin.Unauthenticated, "The e-mail address or the password is wrong.")
	if len(password) > maxPassword || len(email) > rejoin.MaxEmail {
		return "", a, wrong
	}
	email, known := normalAddress(email)
	hash := nobodysHash
	err = s.read(ctx, func(u *unit) error {
		found, err := u.AgentByEmail(email)
		if rejoin.CodeOf(err) == rejoin.NotFound {
			known = false
			return nil
		}
		if err == nil {
			a, hash = found, found.PasswordHash
		}
		return err
	})
	if err != nil {
		return "", a, err
	}
	ok, err := s.compare(ctx, password, hash)
	if err != nil {
		return "", rejoin.Agent{}, err
	}
	if !ok || !known {
		return "", rejoin.Agent{}, wrong
	}
	token = identity.NewToken()
	err = s.write(ctx, func(u *unit) error {
		return u.AddAgentSession(rejoin.AgentSession{TokenHash: identity.Hash(token), AgentID: a.ID, CreatedAt: u.now, ExpiresAt: u.now.Add(AgentSessionLife)})
	})
	return token, a, err
}

func normalAddress(email string) (string, bool) {
	e, err := rejoin.CheckEmail(email)
	return e, err == nil
}

func (s *Agents) compare(ctx context.Context, password, hash string) (bool, error) {
	select {
	case s.hashing <- struct{}{}:
		defer func() { <-s.hashing }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	ok, err := argon2id.ComparePasswordAndHash(password, hash)
	if errors.Is(err, argon2id.ErrInvalidHash) {
		return false, nil
	}
	return ok, err
}

// BySession returns the agent who is signed in with the token.
func (s *Agents) BySession(ctx context.Context, token string) (a rejoin.Agent, err error) {
	ended := rejoin.Errorf(rejoin.Unauthenticated, "Please sign in.")
	if !identity.WellFormed(token) {
		return a, ended
	}
	err = s.read(ctx, func(u *unit) error {
		a, err = u.AgentBySession(identity.Hash(token), u.now)
		return err
	})
	if rejoin.CodeOf(err) == rejoin.NotFound {
		err = ended
	}
	return a, err
}

// AgentTopic is where it is announced that a session of the agent has ended.
func AgentTopic(id string) string { return "agent:" + id }

// SignOut ends the session. One that has ended already stays so.
func (s *Agents) SignOut(ctx context.Context, token string) error {
	return s.write(ctx, func(u *unit) error {
		hash := identity.Hash(token)
		a, err := u.AgentBySession(hash, u.now)
		if rejoin.CodeOf(err) == rejoin.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		u.signals = append(u.signals, live.Signal{Topic: AgentTopic(a.ID), Kind: live.Revoked, ActorID: a.ID})
		return u.EndAgentSession(hash)
	})
}

// Team is the agent's domain and colleagues.
type Team struct {
	Domain rejoin.Domain
	Agents []rejoin.Agent
}

// Team returns the agent's domain and everybody who can be assigned there.
func (s *Agents) Team(ctx context.Context, a rejoin.Agent) (t Team, err error) {
	err = s.read(ctx, func(u *unit) error {
		if t.Domain, err = u.Domain(a.DomainID); err != nil {
			return err
		}
		t.Agents, err = u.Tx.Agents(a.DomainID)
		return err
	})
	return t, err
}
