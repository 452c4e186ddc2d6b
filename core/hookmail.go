package core

import (
	"context"
	"errors"
	"strings"

	"rejoin"
	"rejoin/mail"
)

// jobWebhookMail tells an administrator that a webhook has switched itself off. Key: webhook id, a space, agent id.
const jobWebhookMail rejoin.JobKind = "webhook_mail"

// tellAdmins puts the e-mails about a webhook that has just switched itself off.
func (u *unit) tellAdmins(w rejoin.Webhook) error {
	if err := u.SetMailed(w.ID, ""); err != nil {
		return err
	}
	agents, err := u.Tx.Agents(w.DomainID)
	for _, a := range agents {
		if err == nil && a.Active() && a.Role == rejoin.Administrator {
			err = u.put(jobWebhookMail, w.ID+" "+a.ID, u.now)
		}
	}
	return err
}

// SendMail mails one administrator. It is the handler of a job. Nobody gets the e-mail twice: that they did is noted before the final dot.
func (s *Webhooks) SendMail(ctx context.Context, j rejoin.Job) error {
	id, agentID, _ := strings.Cut(j.Key, " ")
	var message mail.Message
	err := s.read(ctx, func(u *unit) error {
		w, to, err := u.wantsMail(id, agentID)
		if err != nil {
			return err
		}
		domain, err := u.Domain(w.DomainID)
		if err != nil {
			return err
		}
		d := mail.AgentData{FromAddress: s.Config.MailFrom, To: to.Email, ID: strings.ReplaceAll(j.Key, " ", ".") + "." + s.Clock.Now().Time().Format("20060102150405"),
			Date: s.Clock.Now().Time(), Domain: domain.Name, URL: s.Config.PublicURL + "/settings/webhooks"}
		message, err = mail.WebhookOff(d, w.Title, serverOf(w.URL), w.Pause.Reason == rejoin.PauseGone, w.Health.LastWords)
		return err
	})
	if errors.Is(err, errNotNow) {
		return nil
	}
	if err != nil {
		return err
	}
	r := s.Mailer.Deliver(ctx, message, func(ctx context.Context) error { return s.noteMail(ctx, id, agentID) })
	switch r.Outcome {
	case mail.Accepted:
		return nil
	case mail.Aborted:
		if errors.Is(r.Err, errNotNow) {
			return nil
		}
	case mail.Unknown, mail.Permanent:
		s.Log.Warn("an e-mail about a webhook may not have arrived", "webhook", id, "error", r.Err)
		return nil
	}
	return r.Err
}

// wantsMail returns errNotNow if the administrator is to get no e-mail: the webhook goes on, they are none any more, or they have got it.
func (u *unit) wantsMail(id, agentID string) (w rejoin.Webhook, to rejoin.Agent, err error) {
	w, err = u.Webhook(id)
	if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && w.Pause.Reason == "" {
		return w, to, errNotNow
	}
	if err != nil {
		return w, to, err
	}
	if to, err = u.Agent(agentID); err != nil {
		return w, to, err
	}
	mailed, err := u.Mailed(id)
	if err == nil && (strings.Contains(mailed, agentID) || !to.Active() || to.Role != rejoin.Administrator) {
		err = errNotNow
	}
	return w, to, err
}

// noteMail notes, immediately before the final dot, that the administrator gets the e-mail.
func (s *Webhooks) noteMail(ctx context.Context, id, agentID string) error {
	return s.write(ctx, func(u *unit) error {
		_, _, err := u.LockWebhook(id)
		if rejoin.CodeOf(err) == rejoin.NotFound {
			return errNotNow
		}
		if err != nil {
			return err
		}
		if _, _, err := u.wantsMail(id, agentID); err != nil {
			return err
		}
		mailed, err := u.Mailed(id)
		if err != nil {
			return err
		}
		return u.SetMailed(id, strings.TrimSpace(mailed+" "+agentID))
	})
}
