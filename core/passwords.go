package core

import (
	"context"
	"encoding/json"
	"time"

	"rejoin"
)

// jobPasswordReset looks whose address somebody has given who forgot a password. Key: the id that the link gets.
const jobPasswordReset rejoin.JobKind = "password_reset"

// So many e-mails that set a password an agent gets within an hour at most.
const maxResets = 3

// ForgotPassword mails a link that sets a new password, if there is an agent with the address. Nothing that the caller sees depends on it: whose
// address it is is looked up afterwards.
func (s *Agents) ForgotPassword(ctx context.Context, email string) error {
	email, err := rejoin.CheckEmail(email)
	if err != nil {
		return err
	}
	payload, err := json.Marshal(forgot{Email: email})
	if err != nil {
		return err
	}
	return s.write(ctx, func(u *unit) error {
		u.jobs = true
		return u.PutJob(rejoin.Job{Kind: jobPasswordReset, Key: newID("rst"), Payload: string(payload), RunAt: u.now})
	})
}

// forgot is the payload of such a job.
type forgot struct {
	Email string `json:"email"`
}

// BeginReset makes the link and plans its e-mail. It is the handler of a job; the job's key is the link's id, so that running twice makes one.
func (s *Agents) BeginReset(ctx context.Context, j rejoin.Job) error {
	var asked forgot
	if err := json.Unmarshal([]byte(j.Payload), &asked); err != nil {
		return err
	}
	return s.write(ctx, func(u *unit) error {
		a, err := u.AgentByEmail(asked.Email)
		if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && !a.Active() {
			return nil
		}
		if err != nil {
			return err
		}
		n, err := u.CountResets(a.ID, u.now.Add(-time.Hour))
		if err != nil || n >= maxResets {
			return err
		}
		_, err = u.addAgentToken(rejoin.AgentToken{ID: j.Key, Kind: rejoin.PasswordToken, DomainID: a.DomainID, Email: a.Email, Role: a.Role, AgentID: a.ID, CreatedAt: u.now})
		return err
	})
}

// SetNewPassword sets the password of the agent who got the link with the token. All their sessions end, and every other such link is useless. It signs
// nobody in: there may be a second factor.
func (s *Agents) SetNewPassword(ctx context.Context, token, password string) error {
	link, err := s.Look(ctx, token)
	if err != nil {
		return err
	}
	if err := checkPassword("password", password); err != nil {
		return err
	}
	hash, err := s.passwords.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.write(ctx, func(u *unit) error {
		a, err := u.LockAgent(link.AgentID)
		if rejoin.CodeOf(err) == rejoin.NotFound {
			return rejoin.Errorf(rejoin.NotFound, "This link sets no password.") // it is an invitation
		}
		if err != nil {
			return err
		}
		if _, err := u.lockMailed(token, rejoin.PasswordToken); err != nil {
			return err
		}
		a.PasswordHash = hash
		if err := u.SaveAgent(a); err != nil {
			return err
		}
		if err := u.SpendResets(a.ID, u.now); err != nil {
			return err
		}
		if err := u.endOthers(a, ""); err != nil {
			return err
		}
		return u.audit(a, rejoin.PasswordReset, a.Name)
	})
}

// ChangePassword sets the agent's password. Their other sessions end.
func (s *Agents) ChangePassword(ctx context.Context, a rejoin.Agent, token, old, password string) (p AgentProfile, err error) {
	was, err := s.proven(ctx, a, "old", old)
	if err != nil {
		return p, err
	}
	if err := checkPassword("new", password); err != nil {
		return p, err
	}
	hash, err := s.passwords.hash(ctx, password)
	if err != nil {
		return p, err
	}
	err = s.write(ctx, func(u *unit) error {
		now, err := u.lockProven(a, was)
		if err != nil {
			return err
		}
		now.PasswordHash = hash
		if err := u.SaveAgent(now); err != nil {
			return err
		}
		if err := u.SpendResets(a.ID, u.now); err != nil {
			return err
		}
		if err := u.endOthers(now, token); err != nil {
			return err
		}
		if err := u.audit(now, rejoin.PasswordChanged, now.Name); err != nil {
			return err
		}
		p, err = u.agentProfile(a.ID, token)
		return err
	})
	return p, err
}
