package core

import (
	"context"
	"errors"
	"strings"

	"rejoin"
	"rejoin/identity"
	"rejoin/live"
)

// Verification is the page "User identity verification" of an app, for administrators.
type Verification struct{ *env }

// VerificationPage is what the page shows.
type VerificationPage struct {
	Required bool
	Secrets  []rejoin.Secret // newest first; their values are not there
}

// Page returns the app's verification. Values of secrets are shown by Reveal only.
func (s *Verification) Page(ctx context.Context, a rejoin.Agent, appID string) (p VerificationPage, err error) {
	if err := administer(a); err != nil {
		return p, err
	}
	err = s.read(ctx, func(u *unit) error {
		p, err = u.verificationPage(a, appID)
		return err
	})
	return p, err
}

func (u *unit) verificationPage(a rejoin.Agent, appID string) (p VerificationPage, err error) {
	app, err := u.agentsApp(a, appID)
	if err != nil {
		return p, err
	}
	p.Required = app.Settings.Identity.Required
	if p.Secrets, err = u.Secrets(appID); err != nil {
		return p, err
	}
	for n := range p.Secrets {
		v := p.Secrets[n].Value
		p.Secrets[n].Value = v[max(0, len(v)-4):]
	}
	return p, nil
}

// agentsApp returns an app of the agent's domain.
func (u *unit) agentsApp(a rejoin.Agent, appID string) (rejoin.App, error) {
	app, err := u.App(appID)
	if err == nil && app.DomainID != a.DomainID {
		return rejoin.App{}, rejoin.Errorf(rejoin.NotFound, "There is no such app.")
	}
	return app, err
}

// lockApp makes others who change the app's settings wait: each writes all of them.
func (u *unit) lockApp(appID string) error { return u.LockText("app " + appID) }

// change does something to an app's verification and returns the page after it.
func (s *Verification) change(ctx context.Context, a rejoin.Agent, appID string, do func(*unit, rejoin.App) error) (p VerificationPage, err error) {
	if err := administer(a); err != nil {
		return p, err
	}
	err = s.write(ctx, func(u *unit) error {
		if err := u.lockApp(appID); err != nil {
			return err
		}
		app, err := u.agentsApp(a, appID)
		if err != nil {
			return err
		}
		if err := do(u, app); err != nil {
			return err
		}
		p, err = u.verificationPage(a, appID)
		return err
	})
	return p, err
}

// Require switches verification on or off. Switching it on ends the sessions of users who were logged in without a signature.
func (s *Verification) Require(ctx context.Context, a rejoin.Agent, appID string, on bool) (VerificationPage, error) {
	return s.change(ctx, a, appID, func(u *unit, app rejoin.App) error {
		if app.Settings.Identity.Required == on {
			return nil
		}
		app.Settings.Identity.Required = on
		if err := u.SetAppSettings(app.ID, app.Settings, u.now); err != nil {
			return err
		}
		if err := u.put(jobPolicy, app.ID, u.now); err != nil { // addresses without a signature are mailed, or no longer
			return err
		}
		if !on {
			return u.audit(a, rejoin.VerificationOff, app.Name)
		}
		users, err := u.RevokeUnverified(app.ID, u.now)
		if err != nil {
			return err
		}
		for _, id := range users {
			u.signals = append(u.signals, live.Signal{Topic: live.UserTopic(id), Kind: live.Revoked})
		}
		return u.audit(a, rejoin.VerificationOn, app.Name)
	})
}

// MakeSecret makes another secret. Two are valid at once while the host changes from one to the other.
func (s *Verification) MakeSecret(ctx context.Context, a rejoin.Agent, appID string) (VerificationPage, error) {
	return s.change(ctx, a, appID, func(u *unit, app rejoin.App) error {
		list, err := u.Secrets(app.ID)
		if err != nil {
			return err
		}
		if len(list) >= rejoin.MaxSecrets {
			return rejoin.Errorf(rejoin.Conflict, "An app has at most %d secrets. Delete the old one first.", rejoin.MaxSecrets)
		}
		if _, err := u.makeSecret(app.ID, a.Name); err != nil {
			return err
		}
		return u.audit(a, rejoin.SecretMade, app.Name)
	})
}

func (u *unit) makeSecret(appID, by string) (rejoin.Secret, error) {
	secret := rejoin.Secret{ID: newID("sec"), AppID: appID, Value: identity.NewSecret(), CreatedBy: by, CreatedAt: u.now}
	return secret, u.AddSecret(secret)
}

// DeleteSecret ends a secret: what it has signed is taken no longer. Sessions that began with it go on.
func (s *Verification) DeleteSecret(ctx context.Context, a rejoin.Agent, appID, secretID string) (VerificationPage, error) {
	return s.change(ctx, a, appID, func(u *unit, app rejoin.App) error {
		secret, err := u.secret(app, secretID)
		if err != nil {
			return err
		}
		if err := u.DropSecret(secret.ID); err != nil {
			return err
		}
		return u.audit(a, rejoin.SecretDeleted, app.Name+" …"+secret.Value[max(0, len(secret.Value)-4):])
	})
}

func (u *unit) secret(app rejoin.App, id string) (rejoin.Secret, error) {
	list, err := u.Secrets(app.ID)
	for _, s := range list {
		if s.ID == id {
			return s, nil
		}
	}
	if err == nil {
		err = rejoin.Errorf(rejoin.NotFound, "There is no such secret.")
	}
	return rejoin.Secret{}, err
}

// Reveal returns the value of a secret and notes who has looked.
func (s *Verification) Reveal(ctx context.Context, a rejoin.Agent, appID, secretID string) (value string, err error) {
	_, err = s.change(ctx, a, appID, func(u *unit, app rejoin.App) error {
		secret, err := u.secret(app, secretID)
		if err != nil {
			return err
		}
		value = secret.Value
		return u.audit(a, rejoin.SecretSeen, app.Name+" …"+value[max(0, len(value)-4):])
	})
	return value, err
}

// Tested says whether a token would be taken.
type Tested struct {
	Valid   bool
	Finding string // of package identity, or what is wrong with a JWT (reference §3.3)
	Text    string
}

// Test says whether a token of the host's server would be taken, and why not. It is an HMAC, or a JWT.
func (s *Verification) Test(ctx context.Context, a rejoin.Agent, appID string, c Claim) (t Tested, err error) {
	if err := administer(a); err != nil {
		return t, err
	}
	err = s.read(ctx, func(u *unit) error {
		app, err := u.agentsApp(a, appID)
		if err != nil {
			return err
		}
		list, err := u.Secrets(app.ID)
		if err != nil {
			return err
		}
		if strings.Count(c.AuthToken, ".") == 2 {
			t = u.testJWT(list, c)
			return nil
		}
		secrets := make([]identity.Secret, len(list))
		for n, secret := range list {
			secrets[n] = identity.Secret{Value: secret.Value, Newest: n == 0}
		}
		if t = unusable(c); t.Finding != "" {
			return nil
		}
		finding := identity.Explain(secrets, c.UserID, c.Email, c.FullPrivacy, c.AuthToken)
		t = Tested{Valid: finding == identity.FindingValid || finding == identity.FindingValidOld, Finding: string(finding), Text: findingTexts[finding]}
		return nil
	})
	return t, err
}

func (u *unit) testJWT(list []rejoin.Secret, c Claim) Tested {
	values := make([]string, len(list))
	for n, s := range list {
		values[n] = s.Value
	}
	claims, err := identity.ParseJWT(values, c.AuthToken, u.now.Time())
	if fault, ok := errors.AsType[*identity.JWTError](err); ok {
		return Tested{Finding: string(fault.Reason), Text: fault.Text}
	}
	c.JWT = c.AuthToken
	switch p := u.judgeJWT(values, c); p.verdict {
	case ClaimRefused:
		return Tested{Finding: p.reason, Text: jwtTexts[p.reason]}
	case ClaimAnonymous:
		return Tested{Finding: "anonymous", Text: "The token is signed well, but names no uid, and under full privacy the e-mail address is not used. The person stays anonymous."}
	}
	return Tested{Valid: true, Finding: string(identity.FindingValid),
		Text: "This login token is good. It names " + strings.Join(nonEmpty(claims.First("uid"), claims.First("email")), " and ") + ", and is good until 24 hours after it was made."}
}

// unusable says what is wrong with an id or an address that makes the person anonymous, however well it is signed.
func unusable(c Claim) (t Tested) {
	if _, ok := identity.CleanUserID(c.UserID); !ok {
		return Tested{Finding: "unusable_id", Text: "This user id cannot be used, so the person would be anonymous. " +
			"It has at most 750 characters, no spaces at its ends, and is not an e-mail address."}
	}
	if _, ok := identity.CleanLoginEmail(c.Email); !ok && !c.FullPrivacy {
		return Tested{Finding: "unusable_email", Text: "This e-mail address cannot be used, so the person would be anonymous. Check it, and leave no spaces around it."}
	}
	return t
}

func nonEmpty(list ...string) (out []string) {
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
