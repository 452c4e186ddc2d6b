package core

import (
	"context"
	"time"

	"rejoin"
	"rejoin/identity"
)

// SignIn is what somebody gives to sign in.
type SignIn struct {
	Email    string
	Password string
	Code     string // of the second factor: of the authenticator, or a recovery code; empty if it was not asked for yet
	Device   string // for people: Firefox on Linux
}

// SignIn checks address, password and second factor and returns the token of a new session. Agents with a second factor who have given none
// yet get Unauthenticated with the field code.
func (s *Agents) SignIn(ctx context.Context, in SignIn) (token string, a rejoin.Agent, err error) {
	wrong := rejoin.Errorf(rejoin.Unauthenticated, "The e-mail address or the password is wrong.")
	if len(in.Password) > maxPassword || len(in.Email) > rejoin.MaxEmail {
		return "", a, wrong
	}
	found, hash, err := s.candidate(ctx, in.Email)
	if err != nil {
		return "", a, err
	}
	ok, err := s.passwords.compare(ctx, in.Password, hash)
	if err != nil {
		return "", a, err
	}
	if !ok || found == "" {
		return "", a, wrong
	}
	var refused error
	err = s.write(ctx, func(u *unit) error {
		token, refused = "", nil
		if a, err = u.LockAgent(found); err != nil {
			return err
		}
		if !a.Active() || a.PasswordHash != hash { // it has changed since it was looked at
			refused = wrong
			return nil
		}
		if refused, err = u.askSecond(&a, in.Code); err != nil || refused != nil {
			return err
		}
		token, err = u.beginSession(a, in.Device)
		return err
	})
	if err == nil {
		err = refused
	}
	if err != nil {
		return "", rejoin.Agent{}, err
	}
	return token, a, nil
}

// candidate returns who has the address, and the hash to compare the password with. Without such an agent, or one with a password, the id is empty and
// the hash is nobody's.
func (s *Agents) candidate(ctx context.Context, email string) (id, hash string, err error) {
	email, err = rejoin.CheckEmail(email)
	if err != nil {
		return "", s.passwords.nobody, nil
	}
	err = s.read(ctx, func(u *unit) error {
		id, hash = "", s.passwords.nobody
		a, err := u.AgentByEmail(email)
		if rejoin.CodeOf(err) == rejoin.NotFound {
			return nil
		}
		if err == nil && a.Active() && a.PasswordHash != "" {
			id, hash = a.ID, a.PasswordHash
		}
		return err
	})
	return id, hash, err
}

// beginSession signs a browser in and returns its token.
func (u *unit) beginSession(a rejoin.Agent, device string) (token string, err error) {
	token = identity.NewToken()
	return token, u.AddAgentSession(rejoin.AgentSession{TokenHash: identity.Hash(token), AgentID: a.ID, Device: rejoin.Preview(device, 100),
		CreatedAt: u.now, SeenAt: u.now, ExpiresAt: u.now.Add(AgentSessionLife)})
}

// So many wrong codes in a row, each with the right password, make codes wait. Strangers cannot lock anybody out: they lack the password.
const (
	maxWrongCodes = 10
	wrongCodeWait = 15 * time.Minute
)

// askSecond asks for the second factor at a sign-in, if the agent has one. The caller commits what it notes, whatever refused says.
func (u *unit) askSecond(a *rejoin.Agent, code string) (refused, err error) {
	if !a.TwoFactor.On {
		return nil, nil
	}
	if code == "" {
		return &rejoin.Error{Code: rejoin.Unauthenticated, Field: "code", Text: "Enter the code that your authenticator shows, or a recovery code."}, nil
	}
	return u.second(a, code, rejoin.Unauthenticated)
}

// second looks at a code of the locked agent's second factor and notes that it is used. If it is wrong, refused says so with the code given; the
// caller commits all the same, so that wrong codes are counted.
func (u *unit) second(a *rejoin.Agent, code string, as rejoin.Code) (refused, err error) {
	f := &a.TwoFactor
	if u.now < f.WaitTill {
		minutes := int(f.WaitTill.Sub(u.now)/time.Minute) + 1
		limited := rejoin.Errorf(rejoin.Limited, "There were too many wrong codes. Try again in %d minutes.", minutes)
		limited.Field = "code"
		return limited, nil
	}
	if useCode(f, code, u.now) {
		f.Wrong, f.WaitTill = 0, 0
		return nil, u.SaveAgent(*a)
	}
	if f.Wrong++; f.Wrong >= maxWrongCodes {
		f.Wrong, f.WaitTill = 0, u.now.Add(wrongCodeWait)
	}
	return &rejoin.Error{Code: as, Field: "code", Text: "This code is wrong, or was used already. Wait for the next one, or use a recovery code."}, u.SaveAgent(*a)
}

// useCode reports whether the code is right, and takes it from what can still be used.
func useCode(f *rejoin.TwoFactor, code string, now rejoin.Millis) bool {
	code = identity.PlainCode(code)
	if identity.IsTOTP(code) {
		step, ok := identity.MatchTOTP(f.Secret, code, now.Time(), f.LastStep)
		if ok {
			f.LastStep = step
		}
		return ok
	}
	hash := identity.Hash(code)
	for n, left := range f.Recovery {
		if left == hash {
			f.Recovery = append(append([]string{}, f.Recovery[:n]...), f.Recovery[n+1:]...)
			return true
		}
	}
	return false
}
