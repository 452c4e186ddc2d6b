package core

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"rejoin"
	"rejoin/identity"
)

// Refusal is why the host page's data was not taken, by the names of reference §3.3. An empty reason is success.
type Refusal struct {
	Reason string
	Fault  *identity.JWTError // more about a JWT; may be nil
}

// The limits of what a page tells of a user in one go (reference §3.3).
const (
	maxKeys       = 100
	maxKeyChars   = 1000
	maxIdentities = 100
)

// byJWT returns the user behind a session that an identity token has made.
func (u *unit) byJWT(token string) (rejoin.UserSession, Refusal, error) {
	s, err := u.activeVisitor(token)
	if err == nil && !s.ByJWT {
		return s, Refusal{Reason: string(identity.JWTFeatureDisabled)}, nil
	}
	return s, Refusal{}, err
}

// AddIdentities adds further ways the host site knows the user by: what a JWT of its server names.
func (s *Identities) AddIdentities(ctx context.Context, token, jwt string) (r Refusal, err error) {
	err = s.write(ctx, func(u *unit) error {
		session, refusal, err := u.byJWT(token)
		if r = refusal; err != nil || r.Reason != "" {
			return err
		}
		user, err := u.LockUser(session.UserID)
		if err != nil {
			return err
		}
		secrets, err := u.secrets(user.AppID)
		if err != nil {
			return err
		}
		claims, err := identity.ParseJWT(secrets, jwt, u.now.Time())
		if fault, ok := errors.AsType[*identity.JWTError](err); ok {
			r = Refusal{Reason: string(fault.Reason), Fault: fault}
			return nil
		}
		if !same(claims, user) {
			r = Refusal{Reason: string(identity.JWTInvalidPayload), Fault: &identity.JWTError{Identities: []string{"uid", "email"}}}
			return nil
		}
		known, err := u.Tx.Identities(user.ID)
		if err != nil {
			return err
		}
		given := named(claims.Identities)
		if countNew(known, given)+len(known) > maxIdentities {
			r = Refusal{Reason: string(identity.JWTInvalidPayload), Fault: &identity.JWTError{Invalid: []string{"identities"}}}
			return nil
		}
		for _, n := range given {
			if err := u.AddIdentity(user.ID, n, u.now); err != nil {
				return err
			}
		}
		return nil
	})
	return r, err
}

// countNew tells how many of the given identities are not known yet.
func countNew(known, given []rejoin.NamedIdentity) (n int) {
	for _, g := range given {
		if !slices.ContainsFunc(known, func(k rejoin.NamedIdentity) bool { return k.Identifier == g.Identifier && k.Value == g.Value }) {
			n++
		}
	}
	return n
}

// same reports whether a token that names a uid or an address names this user by it.
func same(c identity.Claims, user rejoin.User) bool {
	uid, email := c.First("uid"), c.First("email")
	return (uid == "" || uid == user.ExternalID) && (email == "" || email == user.Email)
}

// SetData stores what the host site tells of the user: scope is global (updateGlobalUserData) or app (updateAppUserData). Keys that are given
// replace; the others stay.
func (s *Identities) SetData(ctx context.Context, token, scope string, data map[string]any) (r Refusal, err error) {
	if scope != "global" && scope != "app" {
		return r, rejoin.InvalidField("scope", "The scope is global or app.")
	}
	if r.Reason = checkData(data); r.Reason != "" {
		return r, nil
	}
	err = s.write(ctx, func(u *unit) error {
		session, refusal, err := u.byJWT(token)
		if r = refusal; err != nil || r.Reason != "" {
			return err
		}
		user, err := u.LockUser(session.UserID)
		if err != nil {
			return err
		}
		into := &user.Attributes.Global
		if scope == "app" {
			into = &user.Attributes.App
		}
		merged := maps.Clone(*into)
		if merged == nil {
			merged = map[string]any{}
		}
		maps.Copy(merged, data)
		if len(merged) > maxKeys {
			r.Reason = "MAX_KEY_VALUES_LIMIT_EXCEEDED"
			return nil
		}
		*into = merged
		return u.SetProfile(user)
	})
	return r, err
}

// checkData returns the name of what is wrong with a page's data, or "".
func checkData(data map[string]any) string {
	if len(data) == 0 || len(data) > maxKeys {
		return "MAX_KEY_VALUES_LIMIT_EXCEEDED"
	}
	for key, v := range data {
		text, isText := v.(string)
		if !isText {
			b, err := json.Marshal(v)
			if err != nil {
				return "MAX_KEY_VALUES_CHAR_LIMIT_EXCEEDED"
			}
			text = string(b)
		}
		if utf8.RuneCountInString(key) > maxKeyChars || utf8.RuneCountInString(text) > maxKeyChars ||
			!storable(key+text) || strings.Contains(text, `\u0000`) {
			return "MAX_KEY_VALUES_CHAR_LIMIT_EXCEEDED"
		}
	}
	return ""
}
