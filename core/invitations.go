package core

import (
	"context"
	"time"

	"rejoin"
	"rejoin/identity"
)

const (
	maxInvitations = 100         // open ones of a domain
	resendEvery    = time.Minute // between two e-mails of one invitation
)

// Invite mails an invitation to an address.
func (s *Members) Invite(ctx context.Context, a rejoin.Agent, email string, role rejoin.Role) (p TeamPage, err error) {
	if err := administer(a); err != nil {
		return p, err
	}
	if email, err = rejoin.CheckEmail(email); err != nil {
		return p, err
	}
	if err := checkRole(role); err != nil {
		return p, err
	}
	return s.change(ctx, a, func(u *unit) error {
		if err := u.mayInvite(a, email); err != nil {
			return err
		}
		t := rejoin.AgentToken{ID: newID("inv"), Kind: rejoin.Invitation, DomainID: a.DomainID, Email: email, Role: role,
			CreatedBy: a.ID, CreatedByName: a.Name, CreatedAt: u.now}
		added, err := u.addAgentToken(t)
		if err != nil {
			return err
		}
		if !added {
			return taken("%s is invited already. You can send the invitation again.", email)
		}
		return u.audit(a, rejoin.AgentInvited, email, "Role: "+string(role))
	})
}

func taken(format string, args ...any) error {
	err := rejoin.Errorf(rejoin.Conflict, format, args...)
	err.Field = "email"
	return err
}

// mayInvite says why an address cannot be invited.
func (u *unit) mayInvite(a rejoin.Agent, email string) error {
	there, err := u.AgentByEmail(email)
	switch {
	case rejoin.CodeOf(err) == rejoin.NotFound:
	case err != nil:
		return err
	case there.DomainID != a.DomainID:
		return taken("%s belongs to an agent of another domain on this installation. Invite another address.", email)
	case !there.Active():
		return taken("%s belongs to %s, who was deactivated. You can reactivate them.", email, there.Name)
	default:
		return taken("%s is in your team already: %s.", email, there.Name)
	}
	list, err := u.Tx.Invitations(a.DomainID)
	if err == nil && len(list) >= maxInvitations {
		return rejoin.Errorf(rejoin.Limited, "At most %d invitations can be open. Withdraw those that nobody will accept.", maxInvitations)
	}
	return err
}

// addAgentToken stores a link and plans its e-mail. Added is false if it, or another open invitation of the address, is there already.
func (u *unit) addAgentToken(t rejoin.AgentToken) (added bool, err error) {
	t.Mail, t.AskedAt, t.ExpiresAt = rejoin.MailQueued, u.now, u.now.Add(t.Kind.Life())
	if added, err = u.AddAgentToken(t); err != nil || !added {
		return false, err
	}
	return true, u.put(jobAgentMail, t.ID, u.now)
}

// invitation locks an open invitation of the administrator's domain.
func (u *unit) invitation(a rejoin.Agent, id string) (rejoin.AgentToken, error) {
	t, err := u.LockAgentToken(id)
	if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && (t.DomainID != a.DomainID || t.Kind != rejoin.Invitation || t.UsedAt > 0) {
		return rejoin.AgentToken{}, rejoin.Errorf(rejoin.NotFound, "There is no such invitation. It may have been accepted or withdrawn.")
	}
	return t, err
}

// ResendInvitation mails an invitation anew, also one that has expired. The link of the earlier e-mail is worth nothing then.
func (s *Members) ResendInvitation(ctx context.Context, a rejoin.Agent, id string) (TeamPage, error) {
	return s.change(ctx, a, func(u *unit) error {
		t, err := u.invitation(a, id)
		if err != nil {
			return err
		}
		if u.now.Sub(t.AskedAt) < resendEvery {
			return rejoin.Errorf(rejoin.Limited, "The invitation was sent a moment ago. Wait a minute before you send it again.")
		}
		t.Mail, t.AskedAt, t.ExpiresAt = rejoin.MailQueued, u.now, u.now.Add(t.Kind.Life())
		if err := u.SaveAgentToken(t); err != nil {
			return err
		}
		if err := u.put(jobAgentMail, t.ID, u.now); err != nil {
			return err
		}
		return u.audit(a, rejoin.InvitationResent, t.Email)
	})
}

// WithdrawInvitation makes an invitation worth nothing.
func (s *Members) WithdrawInvitation(ctx context.Context, a rejoin.Agent, id string) (TeamPage, error) {
	return s.change(ctx, a, func(u *unit) error {
		t, err := u.invitation(a, id)
		if err != nil {
			return err
		}
		if err := u.DropAgentToken(id); err != nil {
			return err
		}
		return u.audit(a, rejoin.InvitationWithdrawn, t.Email)
	})
}

// Invited is what a link that was mailed is about.
type Invited struct {
	rejoin.AgentToken
	Domain rejoin.Domain
}

// Look returns what the link with the token is about. Looking uses nothing up.
func (s *Agents) Look(ctx context.Context, token string) (i Invited, err error) {
	err = s.read(ctx, func(u *unit) error {
		if i.AgentToken, err = u.mailedLink(token); err != nil {
			return err
		}
		i.Domain, err = u.Domain(i.DomainID)
		return err
	})
	return i, err
}

// mailedLink returns the open link with the token.
func (u *unit) mailedLink(token string) (t rejoin.AgentToken, err error) {
	gone := rejoin.Errorf(rejoin.NotFound, "This link has expired, or was used already. Ask for a new one.")
	if !identity.WellFormed(token) {
		return t, gone
	}
	t, err = u.AgentToken(identity.Hash(token))
	if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && !t.Open(u.now) {
		return rejoin.AgentToken{}, gone
	}
	return t, err
}

// lockMailed is mailedLink for whoever uses the link up: others wait, and find it used. Nobody locks an agent after it.
func (u *unit) lockMailed(token string, kind rejoin.AgentTokenKind) (rejoin.AgentToken, error) {
	t, err := u.mailedLink(token)
	if err != nil {
		return t, err
	}
	if t, err = u.LockAgentToken(t.ID); err != nil {
		return t, err
	}
	if !t.Open(u.now) || t.TokenHash != identity.Hash(token) || t.Kind != kind {
		return rejoin.AgentToken{}, rejoin.Errorf(rejoin.NotFound, "This link has expired, or was used already. Ask for a new one.")
	}
	return t, nil
}

// Accepting is what somebody gives who accepts an invitation.
type Accepting struct {
	Token    string
	Name     string
	Password string
	Device   string // for people: Firefox on Linux
}

// Accept makes the agent who was invited, and returns the token of their first session.
func (s *Agents) Accept(ctx context.Context, in Accepting) (token string, a rejoin.Agent, err error) {
	if _, err := s.Look(ctx, in.Token); err != nil { // strangers make us hash nothing
		return "", a, err
	}
	if in.Name, err = rejoin.CheckName("name", in.Name); err != nil {
		return "", a, err
	}
	if err := checkPassword("password", in.Password); err != nil {
		return "", a, err
	}
	hash, err := s.passwords.hash(ctx, in.Password)
	if err != nil {
		return "", a, err
	}
	err = s.write(ctx, func(u *unit) error {
		t, err := u.lockMailed(in.Token, rejoin.Invitation)
		if err != nil {
			return err
		}
		if a, err = u.join(t, in.Name, hash, ""); err != nil {
			return err
		}
		token, err = u.beginSession(a, in.Device)
		return err
	})
	return token, a, err
}

// join makes an agent of an invitation that is locked, and uses it up. How says how they came, for the audit log; it may be empty.
func (u *unit) join(t rejoin.AgentToken, name, passwordHash, how string) (rejoin.Agent, error) {
	a := rejoin.Agent{ID: newID("agt"), DomainID: t.DomainID, Email: t.Email, Name: name, Role: t.Role, Available: true, PasswordHash: passwordHash, CreatedAt: u.now}
	if err := u.AddAgent(a); err != nil {
		return a, err
	}
	t.UsedAt = u.now
	if err := u.SaveAgentToken(t); err != nil {
		return a, err
	}
	u.tellTeam(a.DomainID)
	details := []string{"Role: " + string(a.Role), "Invited by: " + t.CreatedByName}
	if how != "" {
		details = append(details, how)
	}
	return a, u.audit(a, rejoin.AgentJoined, a.Email, details...)
}
