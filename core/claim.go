package core

import (
	"errors"

	"rejoin"
	"rejoin/identity"
)

// Claim is who the host page says the person is (reference §3). A zero claim is an anonymous person.
type Claim struct {
	UserID      string
	Email       string
	Name        string
	AuthToken   string // HMAC, reference §3.2
	JWT         string // reference §3.3; then AuthToken counts for nothing
	FullPrivacy bool   // name and address are not used
}

// Empty reports whether the page names nobody.
func (c Claim) Empty() bool { return c.UserID == "" && c.Email == "" && c.JWT == "" }

// Verdict is what becomes of a claim.
type Verdict string

const (
	ClaimVerified   Verdict = "verified"   // signed by the host's server
	ClaimUnverified Verdict = "unverified" // not signed, and the app does not ask for it
	ClaimAnonymous  Verdict = "anonymous"  // nobody is named, or not in a way that can be
	ClaimRefused    Verdict = "refused"    // the signature is missing or wrong
)

// The reasons of userAuthFailure (reference §2.4).
const (
	MissingToken = "missing user auth token"
	InvalidToken = "invalid user auth token"
)

// person is a claim that was judged.
type person struct {
	verdict    Verdict
	reason     string             // refused: one of the two above, or what is wrong with a JWT (reference §3.3)
	fault      *identity.JWTError // refused: more about a JWT; may be nil
	userID     string
	email      string
	name       string
	byJWT      bool
	signed     string // what the HMAC was made of; empty if there is none
	identities []rejoin.NamedIdentity
}

// mark tells persons apart without naming them.
func (p person) mark(appID string) string {
	switch {
	case !p.taken():
		return ""
	case p.userID != "":
		return identity.Hash(appID + " id " + p.userID)[:16]
	}
	return identity.Hash(appID + " email " + p.email)[:16]
}

func (p person) taken() bool { return p.verdict == ClaimVerified || p.verdict == ClaimUnverified }

// judge says what becomes of the claim at the app. Refused claims teach nothing.
func (u *unit) judge(app rejoin.App, c Claim) (person, error) {
	if c.Empty() {
		return person{verdict: ClaimAnonymous}, nil
	}
	secrets, err := u.secrets(app.ID)
	if err != nil {
		return person{}, err
	}
	if c.JWT != "" {
		return u.judgeJWT(secrets, c), nil
	}
	userID, ok := identity.CleanUserID(c.UserID)
	email, fine := identity.CleanLoginEmail(c.Email)
	if c.FullPrivacy {
		email, fine, c.Name = "", true, ""
	}
	if !ok || !fine || userID == "" && email == "" {
		return person{verdict: ClaimAnonymous}, nil
	}
	p := person{verdict: ClaimUnverified, userID: userID, email: email, name: userName(c.Name)}
	switch {
	case identity.Verify(secrets, c.UserID, c.Email, c.FullPrivacy, c.AuthToken):
		p.verdict, p.signed = ClaimVerified, identity.SignedMessage(c.UserID, c.Email, c.FullPrivacy)
	case app.Settings.Identity.Required && c.AuthToken == "":
		return person{verdict: ClaimRefused, reason: MissingToken}, nil
	case app.Settings.Identity.Required:
		return person{verdict: ClaimRefused, reason: InvalidToken}, nil
	}
	return p, nil
}

// judgeJWT reads a JWT: its signature is asked for whether or not the app asks for those of other logins. What the page says beside it must be the same.
func (u *unit) judgeJWT(secrets []string, c Claim) person {
	claims, err := identity.ParseJWT(secrets, c.JWT, u.now.Time())
	if fault, ok := errors.AsType[*identity.JWTError](err); ok {
		return person{verdict: ClaimRefused, reason: string(fault.Reason), fault: fault}
	}
	refused := func(reason string) person { return person{verdict: ClaimRefused, reason: reason} }
	userID, ok := identity.CleanUserID(claims.First("uid"))
	email, fine := identity.CleanLoginEmail(claims.First("email"))
	said, sane := identity.CleanLoginEmail(c.Email)
	switch {
	case !ok || !fine || userID == "" && email == "":
		return refused("USERID_AND_EMAIL_MISSING")
	case c.UserID != "" && c.UserID != userID:
		return refused("CONFIG_JWT_USER_ID_MISMATCH")
	case c.Email != "" && (!sane || said != email):
		return refused("CONFIG_JWT_EMAIL_MISMATCH")
	}
	p := person{verdict: ClaimVerified, userID: userID, email: email, name: userName(c.Name), byJWT: true, identities: named(claims.Identities)}
	if c.FullPrivacy {
		p.name, p.email, p.identities = "", "", nil
		if userID == "" {
			return person{verdict: ClaimAnonymous}
		}
	}
	return p
}

// named is the identities beside those that name the profile itself.
func named(list []identity.NamedIdentity) (out []rejoin.NamedIdentity) {
	for _, n := range list {
		if n.Identifier != "uid" && n.Identifier != "email" {
			out = append(out, rejoin.NamedIdentity{Identifier: n.Identifier, Value: n.Value, Metadata: n.Metadata})
		}
	}
	return out
}

// userName cuts the name that a page gives (reference §2.2); one that is none is as good as missing.
func userName(raw string) string {
	if r := []rune(raw); len(r) > rejoin.MaxUserName {
		raw = string(r[:rejoin.MaxUserName])
	}
	name, err := rejoin.CheckName("name", raw)
	if err != nil {
		return ""
	}
	return name
}

func (u *unit) secrets(appID string) (values []string, err error) {
	list, err := u.Secrets(appID)
	for _, s := range list {
		values = append(values, s.Value)
	}
	return values, err
}
