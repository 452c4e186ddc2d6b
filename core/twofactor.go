package core

import (
	"context"

	"rejoin"
	"rejoin/identity"
)

// recoveryCodes is how many recovery codes there are at first.
const recoveryCodes = 10

// TwoFactorSetup is what an authenticator is set up with.
type TwoFactorSetup struct {
	Secret string // base32
	URL    string // otpauth://
	QR     []byte // PNG
}

// TwoFactorProof is what changing the second factor asks for.
type TwoFactorProof struct {
	Password string
	Code     string // of the authenticator, or a recovery code
}

// BeginTwoFactor makes a secret for the agent's authenticator. It is not asked for before [Agents.ConfirmTwoFactor].
func (s *Agents) BeginTwoFactor(ctx context.Context, a rejoin.Agent, password string) (setup TwoFactorSetup, err error) {
	hash, err := s.proven(ctx, a, "password", password)
	if err != nil {
		return setup, err
	}
	err = s.write(ctx, func(u *unit) error {
		now, err := u.lockProven(a, hash)
		if err != nil {
			return err
		}
		if now.TwoFactor.On {
			return rejoin.Errorf(rejoin.Conflict, "Two-factor sign-in is on already. Switch it off first.")
		}
		domain, err := u.Domain(a.DomainID)
		if err != nil {
			return err
		}
		if setup.Secret, setup.URL, setup.QR, err = identity.NewTOTP("Rejoin "+domain.Name, now.Email); err != nil {
			return err
		}
		now.TwoFactor = rejoin.TwoFactor{Secret: setup.Secret}
		return u.SaveAgent(now)
	})
	return setup, err
}

// ConfirmTwoFactor switches the second factor on once a code has shown that the authenticator knows the secret. The agent's other sessions end.
// The recovery codes that it returns are shown once.
func (s *Agents) ConfirmTwoFactor(ctx context.Context, a rejoin.Agent, token, code string) (codes []string, err error) {
	err = s.write(ctx, func(u *unit) error {
		now, err := u.lockActive(a)
		if err != nil {
			return err
		}
		f := &now.TwoFactor
		if f.On || f.Secret == "" {
			return rejoin.Errorf(rejoin.Conflict, "There is no authenticator waiting to be confirmed. Begin again.")
		}
		step, ok := identity.MatchTOTP(f.Secret, identity.PlainCode(code), u.now.Time(), 0)
		if !ok {
			return rejoin.InvalidField("code", "This code is wrong. Check that the clock of your device is right, and enter the code that it shows now.")
		}
		f.On, f.LastStep = true, step
		codes, f.Recovery = newRecoveryCodes()
		if err := u.SaveAgent(now); err != nil {
			return err
		}
		if err := u.endOthers(now, token); err != nil {
			return err
		}
		return u.audit(now, rejoin.TwoFactorOn, now.Name)
	})
	return codes, err
}

func newRecoveryCodes() (codes, hashes []string) {
	codes = identity.NewRecoveryCodes(recoveryCodes)
	for _, c := range codes {
		hashes = append(hashes, identity.Hash(identity.PlainCode(c)))
	}
	return codes, hashes
}

// EndTwoFactor switches the agent's second factor off. The agent's other sessions end.
func (s *Agents) EndTwoFactor(ctx context.Context, a rejoin.Agent, token string, p TwoFactorProof) (AgentProfile, error) {
	err := s.changeSecond(ctx, a, p, func(u *unit, now *rejoin.Agent) error {
		now.TwoFactor = rejoin.TwoFactor{}
		if err := u.endOthers(*now, token); err != nil {
			return err
		}
		return u.audit(*now, rejoin.TwoFactorOff, now.Name)
	})
	if err != nil {
		return AgentProfile{}, err
	}
	return s.Profile(ctx, a, token)
}

// RenewRecoveryCodes makes new recovery codes; the old ones are worth nothing any more.
func (s *Agents) RenewRecoveryCodes(ctx context.Context, a rejoin.Agent, p TwoFactorProof) (codes []string, err error) {
	err = s.changeSecond(ctx, a, p, func(u *unit, now *rejoin.Agent) error {
		codes, now.TwoFactor.Recovery = newRecoveryCodes()
		return u.audit(*now, rejoin.RecoveryCodesMade, now.Name)
	})
	return codes, err
}

// changeSecond changes the second factor of an agent who has proven both factors.
func (s *Agents) changeSecond(ctx context.Context, a rejoin.Agent, p TwoFactorProof, change func(*unit, *rejoin.Agent) error) error {
	hash, err := s.proven(ctx, a, "password", p.Password)
	if err != nil {
		return err
	}
	var refused error
	err = s.write(ctx, func(u *unit) error {
		refused = nil
		now, err := u.lockProven(a, hash)
		if err != nil {
			return err
		}
		if !now.TwoFactor.On {
			return rejoin.Errorf(rejoin.Conflict, "Two-factor sign-in is off already.")
		}
		if refused, err = u.second(&now, p.Code, rejoin.Invalid); err != nil || refused != nil {
			return err
		}
		if err := change(u, &now); err != nil {
			return err
		}
		return u.SaveAgent(now)
	})
	if err == nil {
		err = refused
	}
	return err
}

// proven returns the hash of the agent's password if the password is the right one. Otherwise the error is about the field.
func (s *Agents) proven(ctx context.Context, a rejoin.Agent, field, password string) (hash string, err error) {
	err = s.read(ctx, func(u *unit) error {
		now, err := u.Agent(a.ID)
		hash = now.PasswordHash
		return err
	})
	if err != nil {
		return "", err
	}
	if hash == "" {
		return "", rejoin.Errorf(rejoin.Conflict, "You sign in by single sign-on and have no password here. On the sign-in page, “Forgot your password?” sets one.")
	}
	if len(password) > maxPassword {
		return "", rejoin.InvalidField(field, "This is not your password.")
	}
	ok, err := s.passwords.compare(ctx, password, hash)
	if err == nil && !ok {
		err = rejoin.InvalidField(field, "This is not your password.")
	}
	return hash, err
}

// lockActive returns the agent as they are now, and keeps others from changing them.
func (u *unit) lockActive(a rejoin.Agent) (rejoin.Agent, error) {
	now, err := u.LockAgent(a.ID)
	if err == nil && !now.Active() {
		return rejoin.Agent{}, pleaseSignIn()
	}
	return now, err
}

// lockProven is lockActive for an agent whose password was proven against the hash.
func (u *unit) lockProven(a rejoin.Agent, hash string) (rejoin.Agent, error) {
	now, err := u.lockActive(a)
	if err == nil && now.PasswordHash != hash {
		return rejoin.Agent{}, rejoin.Errorf(rejoin.Conflict, "Your password has just been changed. Please try again with the new one.")
	}
	return now, err
}

// endOthers ends the agent's sessions but the one with the token.
func (u *unit) endOthers(a rejoin.Agent, token string) error {
	hash := ""
	if token != "" {
		hash = identity.Hash(token)
	}
	u.tellAgent(a.ID)
	_, err := u.EndAgentSessions(a.ID, hash)
	return err
}
