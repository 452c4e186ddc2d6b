package chatapi

import (
	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/web"
)

// people is who users are, and what they think of the help they got.
type people struct{ *API }

// maxIdentity is the largest body about who somebody is, in bytes: a JWT and what a page tells besides.
const maxIdentity = 160 << 10

// identify says who the person at the page is.
func (a people) identify(c call) (any, error) {
	var in Identify
	if err := web.ReadJSON(c.w, c.r, &in, maxIdentity); err != nil {
		return nil, err
	}
	if !isID(in.PlatformID) {
		return nil, rejoin.InvalidField("platform_id", "Name the app by the platform_id of its embed code.")
	}
	if err := a.limits.identify.Allow(a.ipKey(c.r)); err != nil {
		return nil, err
	}
	bearer, _ := c.bearer() // none is fine
	out, err := a.Core.Identities.Identify(c.r.Context(), core.Identify{PlatformID: in.PlatformID, Claim: claimOf(in.Identity), Bearer: bearer,
		Session: in.Session, Device: web.Device(c.r.UserAgent()), ClearAnonymous: in.ClearAnonymous})
	if err != nil {
		return nil, noApp(err)
	}
	return Identified{Result: string(out.Verdict), Reason: out.Reason, Details: faultsOf(out.Fault), Kept: out.Kept, Known: out.Known, User: userOf(out.User),
		Revision: out.Mark}, nil
}

func claimOf(in Identity) core.Claim {
	return core.Claim{UserID: in.UserID, Email: in.Email, Name: in.Name, AuthToken: in.AuthToken, JWT: in.IdentityToken, FullPrivacy: in.FullPrivacy}
}

func faultsOf(f *identity.JWTError) *Faults {
	if f == nil {
		return nil
	}
	return &Faults{MissingFields: f.Missing, InvalidFields: f.Invalid, InvalidIdentities: f.Identities}
}

// logout ends the session. The browser forgets the rest.
func (a people) logout(c call) (any, error) {
	token, err := c.session(a.limits.send)
	if err != nil {
		return nil, err
	}
	if err := web.ReadJSON(c.w, c.r, &empty{}, maxSmall); err != nil {
		return nil, err
	}
	return empty{}, a.Core.Identities.Logout(c.r.Context(), token)
}

// addIdentities adds further ways the host site knows the user by.
func (a people) addIdentities(c call) (any, error) {
	token, err := c.session(a.limits.send)
	if err != nil {
		return nil, err
	}
	var in AddIdentities
	if err := web.ReadJSON(c.w, c.r, &in, maxIdentity); err != nil {
		return nil, err
	}
	return outcome(a.Core.Identities.AddIdentities(c.r.Context(), token, in.IdentityToken))
}

// userData stores what the host site tells of the user.
func (a people) userData(c call) (any, error) {
	token, err := c.session(a.limits.send)
	if err != nil {
		return nil, err
	}
	var in UserData
	if err := web.ReadJSON(c.w, c.r, &in, maxIdentity); err != nil {
		return nil, err
	}
	return outcome(a.Core.Identities.SetData(c.r.Context(), token, in.Scope, in.Data))
}

func outcome(r core.Refusal, err error) (any, error) {
	out := Outcome{Reason: r.Reason, Details: faultsOf(r.Fault)}
	if r.Reason == string(identity.JWTInvalidToken) {
		out.Details = &Faults{InvalidIdentityTokens: []string{"identity_token"}}
	}
	return out, err
}

// resolution takes the answer to whether a resolved issue really is.
func (a people) resolution(c call) (any, error) {
	token, err := c.session(a.limits.send)
	if err != nil {
		return nil, err
	}
	var in Resolution
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	return a.answer(a.Core.Endings.Resolve(c.r.Context(), token, c.r.PathValue("issue"), core.Answer{ClientID: in.ClientID, Accepted: in.Accepted}))
}

// feedback takes a rating.
func (a people) feedback(c call) (any, error) {
	token, err := c.session(a.limits.send)
	if err != nil {
		return nil, err
	}
	var in Feedback
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall*4); err != nil {
		return nil, err
	}
	return a.answer(a.Core.Endings.Rate(c.r.Context(), token, c.r.PathValue("issue"), core.Rating{Stars: in.Rating, Comment: in.Comment}))
}
