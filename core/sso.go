package core

import (
	"context"
	"errors"
	"strings"

	"rejoin"
	"rejoin/sso"
)

// SignInOptions is how agents can sign in besides their password.
type SignInOptions struct {
	SSO      string // the provider's name; empty if there is none
	FirstRun bool   // nobody has set this installation up yet
}

// Options returns what the sign-in page offers.
func (s *Agents) Options(ctx context.Context) (o SignInOptions, err error) {
	if s.SSO != nil {
		o.SSO = s.SSO.Name()
	}
	err = s.read(ctx, func(u *unit) error {
		list, err := u.Domains()
		o.FirstRun = len(list) == 0
		return err
	})
	return o, err
}

// SSOError is single sign-on that came to nothing. Err is for the log only and may be nil.
type SSOError struct {
	Problem rejoin.SSOProblem
	Err     error
}

func (e *SSOError) Error() string {
	if e.Err != nil {
		return "single sign-on: " + string(e.Problem) + ": " + e.Err.Error()
	}
	return "single sign-on: " + string(e.Problem)
}

func (e *SSOError) Unwrap() error { return e.Err }

// ssoProblem says why the provider let nobody in.
func ssoProblem(err error) error {
	switch {
	case errors.Is(err, sso.ErrOtherState):
		return &SSOError{Problem: rejoin.SSOExpired, Err: err}
	case errors.Is(err, sso.ErrDenied):
		return &SSOError{Problem: rejoin.SSODenied, Err: err}
	}
	return &SSOError{Problem: rejoin.SSOUnreachable, Err: err}
}

// BeginSSO returns where to send the browser, and what it must keep until it comes back. What goes wrong is an [SSOError].
func (s *Agents) BeginSSO(ctx context.Context) (url string, a sso.Attempt, err error) {
	if s.SSO == nil {
		return "", a, &SSOError{Problem: rejoin.SSOOff}
	}
	if url, a, err = s.SSO.Begin(ctx); err != nil {
		return "", a, ssoProblem(err)
	}
	return url, a, nil
}

// SSOReturn is what the browser brings back from the provider, with what it kept.
type SSOReturn struct {
	Attempt sso.Attempt
	State   string
	Code    string // empty if the provider refused
	Device  string // for people: Firefox on Linux
}

// FinishSSO signs in whom the provider vouches for, by the address that it has verified: an agent who is active, or somebody who was invited and so
// accepts. Nobody else is made an agent. Our second factor is not asked for; that is the provider's. What goes wrong is an [SSOError].
func (s *Agents) FinishSSO(ctx context.Context, in SSOReturn) (token string, a rejoin.Agent, err error) {
	if s.SSO == nil {
		return "", a, &SSOError{Problem: rejoin.SSOOff}
	}
	who, err := s.SSO.Finish(ctx, in.Attempt, in.State, in.Code)
	if err != nil {
		return "", a, ssoProblem(err)
	}
	email, err := rejoin.CheckEmail(who.Email)
	if err != nil || !who.Verified {
		return "", a, &SSOError{Problem: rejoin.SSOUnverified, Err: err}
	}
	err = s.write(ctx, func(u *unit) error {
		if a, err = u.vouchedFor(email, who.Name); err != nil {
			return err
		}
		token, err = u.beginSession(a, in.Device)
		return err
	})
	return token, a, err
}

// vouchedFor returns the agent with the address, who may be made by an invitation.
func (u *unit) vouchedFor(email, name string) (rejoin.Agent, error) {
	a, err := u.AgentByEmail(email)
	if err == nil && !a.Active() {
		return rejoin.Agent{}, &SSOError{Problem: rejoin.SSODeactivated}
	}
	if rejoin.CodeOf(err) != rejoin.NotFound {
		return a, err
	}
	list, err := u.InvitationsOf(email, u.now)
	if err != nil {
		return rejoin.Agent{}, err
	}
	for _, open := range list {
		t, err := u.LockAgentToken(open.ID)
		if err != nil {
			return rejoin.Agent{}, err
		}
		if !t.Open(u.now) {
			continue
		}
		if name, err = rejoin.CheckName("name", name); err != nil {
			name, _, _ = strings.Cut(email, "@")
		}
		return u.join(t, name, "", "By single sign-on")
	}
	return rejoin.Agent{}, &SSOError{Problem: rejoin.SSOUnknown}
}
