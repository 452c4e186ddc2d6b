package agentapi

import (
	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// people is what agents see of who users are, and what administrators set about it.
type people struct{ *API }

func (a people) verification(c call) (any, error) {
	id, err := c.appID()
	if err != nil {
		return nil, err
	}
	return verificationOf(a.Core.Verification.Page(c.r.Context(), c.agent, id))
}

func verificationOf(p core.VerificationPage, err error) (any, error) {
	return Verification{Required: p.Required, Secrets: mapped(p.Secrets, func(s rejoin.Secret) Secret {
		return Secret{ID: s.ID, Hint: s.Value, CreatedAt: s.CreatedAt, CreatedBy: s.CreatedBy}
	})}, err
}

func (a people) setVerification(c call) (any, error) {
	id, err := c.appID()
	if err != nil {
		return nil, err
	}
	var in SetVerification
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	return verificationOf(a.Core.Verification.Require(c.r.Context(), c.agent, id, in.Required))
}

func (a people) makeSecret(c call) (any, error) {
	id, err := c.appID()
	if err != nil {
		return nil, err
	}
	if err := readNothing(c); err != nil {
		return nil, err
	}
	return verificationOf(a.Core.Verification.MakeSecret(c.r.Context(), c.agent, id))
}

// secretID returns the app and the secret that the path names.
func (c call) secretID() (app, secret string, err error) {
	if app, err = c.appID(); err != nil {
		return "", "", err
	}
	if secret = c.r.PathValue("secret"); !isID(secret) {
		err = rejoin.Errorf(rejoin.NotFound, "There is no such secret.")
	}
	return app, secret, err
}

func (a people) reveal(c call) (any, error) {
	app, secret, err := c.secretID()
	if err != nil {
		return nil, err
	}
	if err := readNothing(c); err != nil {
		return nil, err
	}
	value, err := a.Core.Verification.Reveal(c.r.Context(), c.agent, app, secret)
	c.w.Header().Set("Cache-Control", "no-store")
	return Revealed{Value: value}, err
}

func (a people) deleteSecret(c call) (any, error) {
	app, secret, err := c.secretID()
	if err != nil {
		return nil, err
	}
	return verificationOf(a.Core.Verification.DeleteSecret(c.r.Context(), c.agent, app, secret))
}

func (a people) testIdentity(c call) (any, error) {
	id, err := c.appID()
	if err != nil {
		return nil, err
	}
	var in TestIdentity
	if err := web.ReadJSON(c.w, c.r, &in, maxSettings); err != nil {
		return nil, err
	}
	t, err := a.Core.Verification.Test(c.r.Context(), c.agent, id, core.Claim{UserID: in.UserID, Email: in.Email, AuthToken: in.Token, FullPrivacy: in.FullPrivacy})
	return Tested(t), err
}

// userID returns which user the path names.
func (c call) userID() (string, error) {
	id := c.r.PathValue("user")
	if !isID(id) {
		return "", rejoin.Errorf(rejoin.NotFound, "There is no such user.")
	}
	return id, nil
}

func (a people) sessions(c call) (any, error) {
	id, err := c.userID()
	if err != nil {
		return nil, err
	}
	return sessionsOf(a.Core.Browsers.List(c.r.Context(), c.agent, id))
}

func (a people) revokeSession(c call) (any, error) {
	id, err := c.userID()
	if err != nil {
		return nil, err
	}
	if err := readNothing(c); err != nil {
		return nil, err
	}
	return sessionsOf(a.Core.Browsers.Revoke(c.r.Context(), c.agent, id, c.r.PathValue("session")))
}

func sessionsOf(list []rejoin.UserSession, err error) (any, error) {
	return UserSessions{Sessions: mapped(list, func(s rejoin.UserSession) UserSession {
		kind := "anonymous"
		switch {
		case s.IssueID != "":
			kind = "link"
		case s.Login:
			kind = "login"
		}
		return UserSession{ID: core.SessionID(s), Kind: kind, Verified: s.Verified, Device: s.Device, CreatedAt: s.CreatedAt, SeenAt: s.SeenAt, ExpiresAt: s.ExpiresAt}
	})}, err
}

// attachmentOf is a file with its addresses for a day.
func (a *API) attachmentOf(f rejoin.Attachment) Attachment {
	at := a.Core.Attachments.Addresses(f)
	return Attachment{ID: f.ID, Name: f.Name, Type: f.Type, Size: f.Size, URL: at.Full, PreviewURL: at.Small, Width: f.Width, Height: f.Height}
}

// upload takes a file as the body, whatever its Content-Type says: what it is, its bytes tell.
func (a *API) upload(c call) (any, error) {
	if err := a.uploads.Allow(c.agent.ID); err != nil {
		return nil, err
	}
	q := c.r.URL.Query()
	f, err := a.Core.Attachments.AddAsAgent(c.r.Context(), c.agent,
		core.Upload{ClientID: q.Get("client_id"), Name: q.Get("name"), Body: web.Upload(c.w, c.r, core.MaxFile)})
	if err != nil {
		return nil, err
	}
	return a.attachmentOf(f), nil
}
