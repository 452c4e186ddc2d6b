package core

import (
	"context"
	"errors"
	"time"

	"rejoin"
	"rejoin/identity"
	"rejoin/mail"
)

// jobAgentMail mails an invitation or a password reset. Key: the id of the link.
const jobAgentMail rejoin.JobKind = "agent_mail"

// agentMailAttempts is how often an e-mail to an agent is tried.
const agentMailAttempts = 10

// agentLetter is one attempt at an e-mail to an agent.
type agentLetter struct {
	link    rejoin.AgentToken
	message mail.Message
}

// SendMail mails a link. It is the handler of a job. Each attempt makes a token of its own, and only the newest works. What was sent is not sent again;
// where the server's answer was lost it counts as sent: whoever misses it can ask for another.
func (s *Agents) SendMail(ctx context.Context, j rejoin.Job) error {
	l, err := s.writeMail(ctx, j.Key)
	if err != nil || l == nil {
		return err
	}
	r := s.Mailer.Deliver(ctx, l.message, func(ctx context.Context) error { return s.stillWanted(ctx, l.link) })
	ctx = context.WithoutCancel(ctx)
	switch r.Outcome {
	case mail.Aborted:
		if errors.Is(r.Err, errNotNow) {
			return nil
		}
		return r.Err
	case mail.Accepted:
		return s.mailed(ctx, l.link, rejoin.MailSent)
	case mail.Unknown:
		s.Log.Warn("nobody knows whether an e-mail to an agent arrived", "link", l.link.ID, "error", r.Err)
		return s.mailed(ctx, l.link, rejoin.MailSent)
	case mail.Permanent:
		s.Log.Warn("an e-mail to an agent was not accepted", "link", l.link.ID, "error", r.Err)
		return s.mailed(ctx, l.link, rejoin.MailFailed)
	}
	if j.Attempt >= agentMailAttempts {
		r.Err = errors.Join(r.Err, s.mailed(ctx, l.link, rejoin.MailFailed))
	}
	return r.Err
}

// writeMail commits a fresh token and composes the e-mail that carries it; nil if there is nothing to send.
func (s *Agents) writeMail(ctx context.Context, id string) (l *agentLetter, err error) {
	token := identity.NewToken()
	var domain rejoin.Domain
	err = s.write(ctx, func(u *unit) error {
		l = nil
		t, err := u.LockAgentToken(id)
		if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && (t.UsedAt > 0 || t.Mail != rejoin.MailQueued) {
			return nil
		}
		if err != nil {
			return err
		}
		if domain, err = u.Domain(t.DomainID); err != nil {
			return err
		}
		t.TokenHash, t.ExpiresAt = identity.Hash(token), u.now.Add(t.Kind.Life())
		l = &agentLetter{link: t}
		return u.SaveAgentToken(t)
	})
	if err != nil || l == nil {
		return nil, err
	}
	if l.message, err = s.agentLetter(l.link, domain, token); err != nil {
		s.Log.Error("an e-mail to an agent could not be written", "link", id, "error", err)
		return nil, s.mailed(ctx, l.link, rejoin.MailFailed)
	}
	return l, nil
}

func (s *Agents) agentLetter(t rejoin.AgentToken, domain rejoin.Domain, token string) (mail.Message, error) {
	d := mail.AgentData{FromAddress: s.Config.MailFrom, To: t.Email, ID: t.ID + "." + t.TokenHash[:8], Date: s.Clock.Now().Time(), Domain: domain.Name}
	if t.Kind == rejoin.Invitation {
		d.URL = s.Config.PublicURL + "/welcome#" + token
		return mail.Invitation(d, t.CreatedByName, roleWords(t.Role), int(t.Kind.Life()/day))
	}
	d.URL = s.Config.PublicURL + "/new-password#" + token
	return mail.PasswordReset(d, int(t.Kind.Life()/time.Minute))
}

func roleWords(r rejoin.Role) string {
	switch r {
	case rejoin.Administrator:
		return "an administrator"
	case rejoin.Supervisor:
		return "a supervisor"
	}
	return "an agent"
}

// stillWanted stops an e-mail before its final dot if its link has become worth nothing.
func (s *Agents) stillWanted(ctx context.Context, l rejoin.AgentToken) error {
	return s.read(ctx, func(u *unit) error {
		t, err := u.AgentToken(l.TokenHash)
		if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && t.UsedAt > 0 {
			return errNotNow
		}
		return err
	})
}

// mailed writes down how an attempt ended, unless another one has begun.
func (s *Agents) mailed(ctx context.Context, l rejoin.AgentToken, state rejoin.MailState) error {
	return s.write(ctx, func(u *unit) error {
		t, err := u.LockAgentToken(l.ID)
		if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && t.TokenHash != l.TokenHash {
			return nil
		}
		if err != nil {
			return err
		}
		t.Mail = state
		u.tellTeam(t.DomainID)
		return u.SaveAgentToken(t)
	})
}
