package core

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"rejoin"
	"rejoin/identity"
)

// Keys is the keys with which programs of the company use the REST API, for administrators who are people.
type Keys struct{ *env }

// KeyPage is the domain's keys.
type KeyPage struct {
	Keys      []rejoin.APIKey // the valid ones first, newest first, then those revoked within 90 days
	Made      string          // the key that was just made: it is told once; else empty
	Base      string          // where the API is
	PerMinute int             // requests that each key may make
}

const (
	keyPrefix    = "rk_"
	keyIDPrefix  = "key_"      // of the id of a key, which is its program's as an author
	keyUsedEvery = time.Minute // how exact a key says when it was last used
	keepRevoked  = 90 * day    // so long a revoked key is shown
	maxKeyName   = 60
	minAPILimit  = 60
	maxAPILimit  = 60_000
)

// Page returns the keys of the agent's domain.
func (s *Keys) Page(ctx context.Context, a rejoin.Agent) (p KeyPage, err error) {
	if err := keeper(a); err != nil {
		return p, err
	}
	err = s.read(ctx, func(u *unit) error {
		p, err = u.keyPage(a)
		return err
	})
	return p, err
}

// keeper is the guard of use cases about keys: a program makes no other programs.
func keeper(a rejoin.Agent) error {
	if a.Program {
		return rejoin.Errorf(rejoin.Forbidden, "API keys are kept by people. Sign in to the dashboard.")
	}
	return administer(a)
}

func (u *unit) keyPage(a rejoin.Agent) (p KeyPage, err error) {
	domain, err := u.Domain(a.DomainID)
	if err != nil {
		return p, err
	}
	p.Base = u.env.Config.PublicURL + "/v1/" + domain.Name
	perMinute, err := u.APILimit(a.DomainID)
	if err != nil {
		return p, err
	}
	p.PerMinute = int(perMinute)
	p.Keys, err = u.APIKeys(a.DomainID, u.now.Add(-keepRevoked))
	return p, err
}

// change does something to the domain's keys and returns the page after it.
func (s *Keys) change(ctx context.Context, a rejoin.Agent, do func(*unit, KeyPage) error) (p KeyPage, err error) {
	if err := keeper(a); err != nil {
		return p, err
	}
	err = s.write(ctx, func(u *unit) error {
		if err := u.LockText("keys " + a.DomainID); err != nil {
			return err
		}
		if p, err = u.keyPage(a); err != nil {
			return err
		}
		if err := do(u, p); err != nil {
			return err
		}
		p, err = u.keyPage(a)
		return err
	})
	return p, err
}

// Make makes a key. The page holds it this once.
func (s *Keys) Make(ctx context.Context, a rejoin.Agent, name string, access rejoin.KeyAccess) (KeyPage, error) {
	name, err := checkKey(name, access)
	if err != nil {
		return KeyPage{}, err
	}
	token := keyPrefix + identity.NewToken()
	p, err := s.change(ctx, a, func(u *unit, p KeyPage) error {
		valid := 0
		for _, k := range p.Keys {
			if k.RevokedAt > 0 {
				continue
			}
			if valid++; k.Name == name {
				return &rejoin.Error{Code: rejoin.Conflict, Field: "name", Text: "There is a key of this name already. Name each after the program that uses it."}
			}
		}
		if valid >= rejoin.MaxAPIKeys {
			return rejoin.Errorf(rejoin.Limited, "A domain has at most %d keys. Revoke one that is no longer used.", rejoin.MaxAPIKeys)
		}
		if err := u.AddAPIKey(rejoin.APIKey{ID: newID("key"), DomainID: a.DomainID, Name: name, Access: access, Hash: identity.Hash(token),
			Hint: token[len(token)-4:], CreatedBy: a.Name, CreatedAt: u.now}); err != nil {
			return err
		}
		return u.audit(a, rejoin.APIKeyMade, name, "Access: "+accessWords(access))
	})
	if err == nil {
		p.Made = token
	}
	return p, err
}

func checkKey(name string, access rejoin.KeyAccess) (string, error) {
	name, err := rejoin.CheckName("name", name)
	if err != nil {
		return name, err
	}
	if n := utf8.RuneCountInString(name); n > maxKeyName {
		return name, rejoin.InvalidField("name", "This name has %d characters; at most %d fit.", n, maxKeyName)
	}
	if access != rejoin.ReadOnly && access != rejoin.ReadAndWrite {
		return name, rejoin.InvalidField("access", "The access of a key is %s or %s.", rejoin.ReadOnly, rejoin.ReadAndWrite)
	}
	return name, nil
}

func accessWords(access rejoin.KeyAccess) string {
	if access == rejoin.ReadAndWrite {
		return "read and write"
	}
	return "read only"
}

// Revoke makes a key invalid at once and for good. Repeating it does nothing more.
func (s *Keys) Revoke(ctx context.Context, a rejoin.Agent, id string) (KeyPage, error) {
	return s.change(ctx, a, func(u *unit, p KeyPage) error {
		n := slices.IndexFunc(p.Keys, func(k rejoin.APIKey) bool { return k.ID == id })
		if n < 0 {
			return rejoin.Errorf(rejoin.NotFound, "There is no such key.")
		}
		if p.Keys[n].RevokedAt > 0 {
			return nil
		}
		if err := u.RevokeAPIKey(id, u.now); err != nil {
			return err
		}
		return u.audit(a, rejoin.APIKeyRevoked, p.Keys[n].Name)
	})
}

// SetLimit sets how many requests each key of the domain may make in a minute.
func (s *Keys) SetLimit(ctx context.Context, a rejoin.Agent, perMinute int) (KeyPage, error) {
	if perMinute < minAPILimit || perMinute > maxAPILimit {
		return KeyPage{}, rejoin.InvalidField("per_minute", "The limit is %d to %d requests a minute.", minAPILimit, maxAPILimit)
	}
	return s.change(ctx, a, func(u *unit, p KeyPage) error {
		if p.PerMinute == perMinute {
			return nil
		}
		if err := u.SetAPILimit(a.DomainID, perMinute); err != nil {
			return err
		}
		return u.audit(a, rejoin.APILimitChanged, "API", changes("Requests a minute", strconv.Itoa(p.PerMinute), strconv.Itoa(perMinute))...)
	})
}

// ByToken returns whose key the text is, if it is valid in the domain with the name, and how many requests it may make in a minute. Whatever is
// wrong with it, the error is the same Unauthenticated.
func (s *Keys) ByToken(ctx context.Context, domain, key string) (k rejoin.APIKey, perMinute int, err error) {
	if text, ok := strings.CutPrefix(key, keyPrefix); !ok || !identity.WellFormed(text) || !storable(domain) {
		return k, 0, noSuchKey()
	}
	err = s.read(ctx, func(u *unit) error {
		if k, err = u.APIKeyByHash(identity.Hash(key)); err != nil {
			return err
		}
		d, err := u.Domain(k.DomainID)
		if err != nil {
			return err
		}
		if k.RevokedAt > 0 || d.Name != domain {
			return noSuchKey()
		}
		limit, err := u.APILimit(d.ID)
		perMinute = int(limit)
		return err
	})
	if rejoin.CodeOf(err) == rejoin.NotFound {
		err = noSuchKey()
	}
	if err != nil {
		return rejoin.APIKey{}, 0, err
	}
	if s.Clock.Now().Sub(k.UsedAt) >= keyUsedEvery {
		err = s.write(ctx, func(u *unit) error {
			return u.TouchAPIKey(k.ID, u.now-u.now%rejoin.Millis(keyUsedEvery.Milliseconds()))
		})
	}
	return k, perMinute, err
}

func noSuchKey() error {
	return rejoin.Errorf(rejoin.Unauthenticated, "This is no valid API key of the domain. Send one as the user name of HTTP Basic authentication, with an empty password; administrators make them under Settings, API keys.")
}
