package core

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/alexedwards/argon2id"

	"rejoin"
	"rejoin/identity"
	"rejoin/live"
)

// Agents is signing in and out, what agents set for themselves, and colleagues.
type Agents struct {
	*env
	passwords *hasher
}

// administer is the guard of use cases for administrators.
func administer(a rejoin.Agent) error {
	if !a.Role.May(rejoin.Administer) {
		return rejoin.Errorf(rejoin.Forbidden, "Only administrators may see and change settings.")
	}
	return nil
}

// answering is the guard of use cases that change conversations.
func answering(a rejoin.Agent) error {
	if !a.Role.May(rejoin.Answer) {
		return rejoin.Errorf(rejoin.Forbidden, "This API key is read-only. Use one with read and write access.")
	}
	return nil
}

// supervise is the guard of use cases for supervisors and administrators.
func supervise(a rejoin.Agent) error {
	if !a.Role.May(rejoin.Supervise) {
		return rejoin.Errorf(rejoin.Forbidden, "Only supervisors and administrators may do this.")
	}
	return nil
}

// AgentSessionLife is how long an agent stays signed in.
const AgentSessionLife = 14 * day

// seenEvery is how exact an agent's session says when it was last used.
const seenEvery = time.Minute

func pleaseSignIn() error { return rejoin.Errorf(rejoin.Unauthenticated, "Please sign in.") }

// BySession returns the agent who is signed in with the token.
func (s *Agents) BySession(ctx context.Context, token string) (a rejoin.Agent, err error) {
	if !identity.WellFormed(token) {
		return a, pleaseSignIn()
	}
	var session rejoin.AgentSession
	hash := identity.Hash(token)
	err = s.read(ctx, func(u *unit) error {
		a, session, err = u.signedIn(hash)
		return err
	})
	if err != nil {
		return rejoin.Agent{}, err
	}
	if s.Clock.Now().Sub(session.SeenAt) >= seenEvery {
		err = s.write(ctx, func(u *unit) error { return u.TouchAgentSession(hash, u.now) })
	}
	return a, err
}

// signedIn returns the session with the token's hash and whose it is. Those who were deactivated are not signed in.
func (u *unit) signedIn(hash string) (a rejoin.Agent, session rejoin.AgentSession, err error) {
	if session, err = u.AgentSession(hash, u.now); err == nil {
		a, err = u.Agent(session.AgentID)
	}
	if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && !a.Active() {
		return rejoin.Agent{}, session, pleaseSignIn()
	}
	return a, session, err
}

// AgentTopic is where it is announced that a session of the agent has ended, or what they may do has changed.
func AgentTopic(id string) string { return "agent:" + id }

// tellAgent makes the agent's sockets check again whether they are signed in, and as what.
func (u *unit) tellAgent(id string) {
	u.signals = append(u.signals, live.Signal{Topic: AgentTopic(id), Kind: live.Revoked, ActorID: id})
}

// tellTeam makes the dashboards of the domain ask again who its people are.
func (u *unit) tellTeam(domainID string) {
	u.signals = append(u.signals, live.Signal{Topic: live.DomainTopic(domainID), Kind: live.TeamChanged})
}

// SignOut ends the session. One that has ended already stays so.
func (s *Agents) SignOut(ctx context.Context, token string) error {
	return s.write(ctx, func(u *unit) error {
		hash := identity.Hash(token)
		session, err := u.AgentSession(hash, u.now)
		if rejoin.CodeOf(err) == rejoin.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		u.tellAgent(session.AgentID)
		return u.EndAgentSession(hash)
	})
}

// Team is the agent's domain, its apps and colleagues.
type Team struct {
	Domain rejoin.Domain
	Agents []rejoin.Agent
	Apps   []rejoin.App
}

// Team returns the agent's domain and everybody who can be assigned there.
func (s *Agents) Team(ctx context.Context, a rejoin.Agent) (t Team, err error) {
	err = s.read(ctx, func(u *unit) error {
		if t.Domain, err = u.Domain(a.DomainID); err != nil {
			return err
		}
		if t.Apps, err = u.Tx.Apps(a.DomainID); err != nil {
			return err
		}
		list, err := u.Tx.Agents(a.DomainID)
		t.Agents = nil
		for _, colleague := range list {
			if colleague.Active() {
				t.Agents = append(t.Agents, colleague)
			}
		}
		return err
	})
	return t, err
}

// The shortest and longest password, in bytes.
const (
	minPassword = 10
	maxPassword = 200
)

func checkPassword(field, password string) error {
	if len(password) < minPassword || len(password) > maxPassword {
		return rejoin.InvalidField(field, "A password has %d to %d characters.", minPassword, maxPassword)
	}
	return nil
}

// hasher makes and compares the hashes of passwords. Argon2id takes 64 MiB each: as few at a time as there are turns.
type hasher struct {
	turns  chan struct{}
	params argon2id.Params
	nobody string // a hash that makes signing in with an unknown address take as long as with a known one; nobody has its password
}

// newHasher makes a hasher that takes so many KiB for each password; zero means 64 MiB.
func newHasher(memory uint32) *hasher {
	h := &hasher{turns: make(chan struct{}, 2), params: *argon2id.DefaultParams}
	if memory > 0 {
		h.params.Memory, h.params.Parallelism = memory, 1
	}
	h.nobody = fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$c29tZXNhbHRzb21lc2FsdA$Yk1wZ3Rva2VuaXNub3RhcGFzc3dvcmQhISEhISEhISE",
		h.params.Memory, h.params.Iterations, h.params.Parallelism)
	return h
}

// compare reports whether the password is the one of the hash.
func (h *hasher) compare(ctx context.Context, password, hash string) (ok bool, err error) {
	err = h.turn(ctx, func() (err error) {
		ok, err = argon2id.ComparePasswordAndHash(password, hash)
		return err
	})
	if errors.Is(err, argon2id.ErrInvalidHash) {
		return false, nil
	}
	return ok, err
}

// hash makes a password's hash.
func (h *hasher) hash(ctx context.Context, password string) (hash string, err error) {
	err = h.turn(ctx, func() (err error) {
		hash, err = argon2id.CreateHash(password, &h.params)
		return err
	})
	return hash, err
}

// turn runs f when few others hash.
func (h *hasher) turn(ctx context.Context, f func() error) error {
	select {
	case h.turns <- struct{}{}:
		defer func() { <-h.turns }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return f()
}
