package core

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
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
		if fault := mismatch(claims, user); fault != nil {
			r = Refusal{Reason: string(identity.JWTInvalidPayload), Fault: fault}
			return nil
		}
		fits, err := u.addIdentities(user.ID, named(claims.Identities))
		if err == nil && !fits {
			r = Refusal{Reason: string(identity.JWTInvalidPayload), Fault: &identity.JWTError{Invalid: []string{"identities"}}}
		}
		return err
	})
	return r, err
}

// mismatch is what is wrong with a token that does not name this user by uid or by the address that the host site knows, or names somebody else by one
// of them; nil if nothing is.
func mismatch(c identity.Claims, user rejoin.User) *identity.JWTError {
	uid, email := c.First("uid"), c.First("email")
	switch {
	case uid != "" && uid != user.ExternalID || email != "" && email != user.Email:
		return &identity.JWTError{Identities: []string{"uid", "email"}}
	case uid == "" && (email == "" || !user.EmailSource.Told()):
		return &identity.JWTError{Missing: []string{"identities"}}
	}
	return nil
}

// addIdentities adds the ways the host site knows the user by, whom the caller has locked. If there would be more than [maxIdentities], it adds none of
// them and reports false.
func (u *unit) addIdentities(userID string, list []rejoin.NamedIdentity) (fits bool, err error) {
	count, err := u.CountIdentities(userID)
	fresh := int64(0)
	for _, n := range list {
		if err != nil {
			return false, err
		}
		var known bool
		if known, err = u.KnowsIdentity(userID, n); !known {
			fresh++
		}
	}
	if err != nil || fresh > 0 && count+fresh > maxIdentities {
		return false, err
	}
	for _, n := range list {
		if err := u.AddIdentity(userID, n, u.now); err != nil {
			return false, err
		}
	}
	return true, nil
}

// SetData stores what the host site tells of the user: scope is global (updateGlobalUserData) or app (updateAppUserData). Keys that are given
// replace; the others stay. Without keys it changes nothing.
func (s *Identities) SetData(ctx context.Context, token, scope string, data map[string]any) (r Refusal, err error) {
	if scope != "global" && scope != "app" {
		return r, rejoin.InvalidField("scope", "The scope is global or app.")
	}
	if r.Reason = checkData(data); r.Reason != "" {
		return r, nil
	}
	err = s.write(ctx, func(u *unit) error {
		session, refusal, err := u.byJWT(token)
		if r = refusal; err != nil || r.Reason != "" || len(data) == 0 {
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
	if len(data) > maxKeys {
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
