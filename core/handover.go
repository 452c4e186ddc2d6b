package core

import (
	"context"
	"errors"
	"time"

	"rejoin"
	"rejoin/followup"
	"rejoin/identity"
	"rejoin/mail"
	"rejoin/texts"
)

// The life of a return link unless it is revoked.
const (
	linkLife = 30 * day
	linkUses = 50
)

// errNotNow stops an SMTP dialogue before its final dot: the decision is no longer to send.
var errNotNow = errors.New("the e-mail is not wanted any more")

// plan is one attempt at one e-mail.
type plan struct {
	issue    rejoin.Issue
	followUp rejoin.FollowUp
	message  mail.Message
}

// Run looks at the issue's follow-up when it is due and sends the e-mail if that is still the decision. It is the handler of a job and bears
// running twice at any point: each step is fenced by the follow-up's state and attempt.
//
//	waiting → sending         committed before the SMTP dialogue begins
//	sending → handing_over    committed immediately before the final dot, after deciding once more
//	handing_over → sent       after the server's yes; unknown if its answer is lost
func (s *FollowUps) Run(ctx context.Context, j rejoin.Job) error {
	p, err := s.begin(ctx, j.Key)
	if err != nil || p == nil {
		return err
	}
	r := s.Mailer.Deliver(ctx, p.message, func(ctx context.Context) error { return s.handOver(ctx, p) })
	if r.Outcome == mail.Aborted {
		if errors.Is(r.Err, errNotNow) {
			return nil
		}
		return r.Err
	}
	// The outcome is written down even if the process is asked to stop meanwhile.
	return s.settle(context.WithoutCancel(ctx), p, r)
}

// begin decides and, if the e-mail goes out, commits that an attempt has begun. It returns nil if there is nothing to send.
func (s *FollowUps) begin(ctx context.Context, issueID string) (p *plan, err error) {
	err = s.write(ctx, func(u *unit) error {
		p = nil
		issue, err := u.LockIssue(issueID)
		if err != nil {
			return err
		}
		sit, err := u.situation(issue)
		if err != nil || sit.followUp.ID == "" {
			return err
		}
		if sit.followUp.State == rejoin.FollowUpHandingOver {
			return u.loseAnswer(&issue, sit.followUp)
		}
		d := sit.decide(u.now)
		if d.Action == followup.Send {
			p, err = u.beginAttempt(&issue, sit, d.Reason)
			return err
		}
		if err := u.apply(&issue, sit.followUp, sit, d); err != nil {
			return err
		}
		return u.save(&issue)
	})
	return p, err
}

func (u *unit) beginAttempt(i *rejoin.Issue, s situation, why rejoin.Reason) (*plan, error) {
	f := s.followUp
	f.Reason = why
	f.FromSeq, f.ToSeq = s.span.From, s.span.To
	f.State, f.Address, f.DueAt, f.UpdatedAt = rejoin.FollowUpSending, s.facts.Address, 0, u.now
	f.Attempt++
	f.MessageID = mail.MessageID(f.ID, u.env.Config.MailFrom)
	token, wishes := identity.NewToken(), identity.NewToken()
	if err := u.keepTokens(f, token, wishes); err != nil {
		return nil, err
	}
	data, err := u.letterOf(*i, f, s, token, wishes)
	if err != nil {
		return nil, err
	}
	msg, err := mail.FollowUp(data)
	if err != nil {
		u.env.Log.Error("an e-mail could not be written", "follow_up", f.ID, "error", err)
		f.State, f.Reason, f.MessageID = rejoin.FollowUpFailed, rejoin.ReasonUnwritable, ""
		return nil, u.giveUp(i, f)
	}
	if err := u.SaveFollowUp(f); err != nil {
		return nil, err
	}
	return &plan{issue: *i, followUp: f, message: msg}, u.save(i)
}

// keepTokens stores the hashes of the tokens that the e-mail will carry, in place of those of an attempt that came to nothing.
func (u *unit) keepTokens(f rejoin.FollowUp, token, wishes string) error {
	if err := u.DropUnsentTokens(f.ID); err != nil {
		return err
	}
	err := u.AddReturnLink(rejoin.ReturnLink{TokenHash: identity.Hash(token), IssueID: f.IssueID, FollowUpID: f.ID,
		CreatedAt: u.now, ExpiresAt: u.now.Add(linkLife), MaxUses: linkUses})
	if err != nil {
		return err
	}
	return u.AddMailToken(rejoin.MailToken{TokenHash: identity.Hash(wishes), FollowUpID: f.ID, IssueID: f.IssueID, Address: f.Address, CreatedAt: u.now})
}

// handOver commits that the e-mail is being handed over, unless the decision has changed since the attempt began.
func (s *FollowUps) handOver(ctx context.Context, p *plan) error {
	var refused bool
	err := s.write(ctx, func(u *unit) error {
		refused = false
		issue, err := u.LockIssue(p.issue.ID)
		if err != nil {
			return err
		}
		// All e-mails to one address are counted one after the other, whichever conversations they are about.
		if err := u.LockText(issue.DomainID + " " + p.followUp.Address); err != nil {
			return err
		}
		sit, err := u.situation(issue)
		if err != nil {
			return err
		}
		f := sit.followUp
		if f.ID != p.followUp.ID || f.State != rejoin.FollowUpSending || f.Attempt != p.followUp.Attempt {
			refused = true
			return nil
		}
		if sit.span.To != f.ToSeq || sit.facts.Address != f.Address { // this e-mail is out of date: another one is due
			refused = true
			if err := u.rearm(&issue, factsChanged); err != nil {
				return err
			}
			return u.save(&issue)
		}
		if d := sit.decide(u.now); d.Action != followup.Send {
			refused = true
			if err := u.apply(&issue, f, sit, d); err != nil {
				return err
			}
			return u.save(&issue)
		}
		f.State, f.SentAt, f.UpdatedAt = rejoin.FollowUpHandingOver, u.now, u.now
		if err := u.SaveFollowUp(f); err != nil {
			return err
		}
		return u.save(&issue)
	})
	if err == nil && refused {
		err = errNotNow
	}
	return err
}

// settle writes down how an attempt ended.
func (s *FollowUps) settle(ctx context.Context, p *plan, r mail.Result) error {
	return s.write(ctx, func(u *unit) error {
		issue, err := u.LockIssue(p.issue.ID)
		if err != nil {
			return err
		}
		f, err := u.FollowUp(p.followUp.ID)
		if err != nil {
			return err
		}
		late := f.State == rejoin.FollowUpUnknown && r.Outcome == mail.Accepted // somebody gave the answer up too early
		ours := f.State == rejoin.FollowUpSending || f.State == rejoin.FollowUpHandingOver
		if f.Attempt != p.followUp.Attempt || !ours && !late {
			return nil
		}
		f.Response, f.UpdatedAt = r.Response, u.now
		if r.Err != nil { // what we and the network say is for the operator; agents see what the mail server said
			s.Log.Warn("an e-mail was not accepted", "follow_up", f.ID, "outcome", r.Outcome, "error", r.Err)
		}
		switch r.Outcome {
		case mail.Accepted:
			f.State = rejoin.FollowUpSent
		case mail.Temporary:
			f.State, f.Reason, f.SentAt = rejoin.FollowUpWaiting, rejoin.ReasonRetry, 0
			f.Refusals++
			f.RetryAt = u.now.Add(followup.RetryDelay(f.Refusals))
		case mail.Permanent:
			f.State, f.Reason, f.SentAt = rejoin.FollowUpFailed, rejoin.ReasonRefused, 0
		default:
			f.State, f.Reason = rejoin.FollowUpUnknown, rejoin.ReasonLostAnswer
		}
		return u.settled(&issue, f)
	})
}

// loseAnswer writes down that an e-mail was handed over and nobody knows the answer.
func (u *unit) loseAnswer(i *rejoin.Issue, f rejoin.FollowUp) error {
	f.State, f.Reason, f.UpdatedAt = rejoin.FollowUpUnknown, rejoin.ReasonLostAnswer, u.now
	return u.settled(i, f)
}

// settled stores the follow-up after an attempt and looks at what came meanwhile.
func (u *unit) settled(i *rejoin.Issue, f rejoin.FollowUp) error {
	if f.State != rejoin.FollowUpWaiting {
		f.DueAt = 0
	} else {
		f.DueAt = f.RetryAt
	}
	if f.State.Mailed() {
		i.MailedSeq = max(i.MailedSeq, f.ToSeq)
	}
	if err := u.SaveFollowUp(f); err != nil {
		return err
	}
	if err := u.followUpEvent(i, f, string(f.State), bySystem); err != nil {
		return err
	}
	why := factsChanged
	if i.LastOutSeq > f.ToSeq {
		why = newMessage
	}
	if err := u.rearm(i, why); err != nil {
		return err
	}
	return u.save(i)
}

// giveUp ends a follow-up whose e-mail cannot be made.
func (u *unit) giveUp(i *rejoin.Issue, f rejoin.FollowUp) error {
	if err := u.DropUnsentTokens(f.ID); err != nil {
		return err
	}
	return u.settled(i, f)
}

// letterOf gathers what the e-mail of an attempt says: what the company's side wrote, and nothing that the visitor did.
func (u *unit) letterOf(i rejoin.Issue, f rejoin.FollowUp, s situation, token, wishes string) (data mail.FollowUpData, err error) {
	list, err := u.Outbound(i.ID, f.FromSeq, f.ToSeq)
	if err != nil {
		return data, err
	}
	earlier, err := u.MailedFollowUps(i.ID)
	if err != nil {
		return data, err
	}
	platform, err := u.Platform(i.PlatformID)
	if err != nil {
		return data, err
	}
	data = u.env.letter(s.App, s.User, u.now)
	data.IssueNumber, data.IssueID, data.FollowUpID, data.To = i.Number, i.ID, f.ID, f.Address
	for _, e := range earlier {
		data.Earlier = append(data.Earlier, e.MessageID)
	}
	names, err := u.mailNames(list, s.App.Settings.WebChat)
	if err != nil {
		return data, err
	}
	for _, m := range list {
		quote := mail.Quote{Author: names[m.AuthorID], Body: m.Body, Form: m.Origin == rejoin.FromAgent, At: m.CreatedAt.Time()}
		if m.Kind == rejoin.Echo && s.facts.Source == rejoin.TypedEmail {
			quote.Body = data.Texts["mail.more"] // whoever typed a stranger's address does not write to them through us
		}
		for _, file := range m.Files {
			quote.Files = append(quote.Files, file.Name)
		}
		data.Messages = append(data.Messages, quote)
		data.AgentName = names[m.AuthorID]
	}
	data.ReturnURL = u.env.destination(s.App.Settings.WebChat.FollowUp, platform, i.StartURL, s.User) + "#rejoin=" + token
	data.ManageURL = u.env.Config.PublicURL + "/m/" + wishes
	data.UnsubscribeURL = data.ManageURL + "/one-click"
	return data, nil
}

// letter begins an e-mail of the app to the user.
func (e *env) letter(a rejoin.App, to rejoin.User, now rejoin.Millis) mail.FollowUpData {
	zone, err := time.LoadLocation(to.TimeZone)
	if err != nil || to.TimeZone == "" {
		zone = time.UTC
	}
	back := time.Time{}
	if at := hoursAt(a.Settings.Hours, now).BackAt; at > 0 {
		back = at.Time()
	}
	return mail.FollowUpData{AppName: a.Name, BackAt: back, FromAddress: e.Config.MailFrom, Date: now.Time(), Location: zone,
		LinkDays: int(linkLife / day), Color: a.Settings.WebChat.Color, LoginNeeded: to.LoggedIn(),
		Texts: texts.Of(to.Language), Language: rejoin.MatchLanguage(to.Language)}
}
