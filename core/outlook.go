package core

import (
	"context"
	"time"

	"rejoin"
	"rejoin/followup"
)

// Outlook is what would become of a message that an agent sent now.
type Outlook struct {
	followup.Decision
	After   time.Duration // of a wait: how long from now; zero if it waits until something changes
	Address string
	Bounced bool // the newest e-mail to the address was refused for good
	CanAsk  bool // there is no address, and Identity Bot can ask for one
}

// outlook asks for the decision as it would be one moment after a message sent now.
func (u *unit) outlook(i rejoin.Issue, s situation) (o Outlook, err error) {
	if s.span.Count == 0 { // else they are loaded
		if s.facts.IssueMails, s.facts.AddressMails, err = u.mailsOf(i, s.facts.Address); err != nil {
			return o, err
		}
	}
	if state, err := i.AfterAgentMessage(); err == nil {
		s.facts.State = state
	}
	if s.followUp.ID == "" || s.followUp.State == rejoin.FollowUpHandingOver || s.span.Count == 0 { // it would begin a span of its own
		f := &s.facts
		f.Unread, f.Since, f.Held, f.SendNow, f.Refusals, f.RetryAt = 0, u.now, false, false, 0, 0
	}
	s.facts.Unread++
	s.facts.Newest = u.now
	o.Decision, o.Address = s.decide(u.now), s.facts.Address
	if o.Action == followup.Wait && o.Until > 0 {
		o.After = o.Until.Sub(u.now)
	}
	o.CanAsk = o.Address == "" && s.User.Email == "" && canAsk(i, s.App)
	if o.Address != "" {
		o.Bounced, err = u.Bounced(i.DomainID, o.Address)
	}
	return o, err
}

// canAsk reports whether Identity Bot may ask a question now: it does not repeat one that nobody has had time to answer.
func canAsk(i rejoin.Issue, app rejoin.App) bool {
	return mayAsk(i, app) && !justAsked(i) && i.Bot.Asking != rejoin.AskAnswer
}

// justAsked reports whether the bot's question is the newest message.
func justAsked(i rejoin.Issue) bool {
	return i.Bot.Asking != rejoin.NoQuestion && i.Bot.AskedSeq == i.LastSeq
}

// Ask lets Identity Bot ask the user for what is missing, name or address, also if it has asked before. A question that was just asked stands.
func (b *Bots) Ask(ctx context.Context, a rejoin.Agent, issueID string) error {
	return b.write(ctx, func(u *unit) error {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil || justAsked(issue) {
			return err
		}
		app, err := u.App(issue.AppID)
		if err != nil {
			return err
		}
		user, err := u.User(issue.UserID)
		if err != nil {
			return err
		}
		switch {
		case !app.Settings.WebChat.IdentityBot:
			return rejoin.Errorf(rejoin.Conflict, "Identity Bot is switched off for this app. Ask in your own words.")
		case issue.FullPrivacy:
			return rejoin.Errorf(rejoin.Conflict, "In this conversation nobody is asked for name or address.")
		case !issue.State.Open():
			return rejoin.Errorf(rejoin.Conflict, "This conversation is %s. Reopen it before you ask.", issue.State)
		case issue.Bot.Asking == rejoin.AskAnswer:
			return rejoin.Errorf(rejoin.Conflict, "A bot is asking a question. Stop it first.")
		case user.Name != "" && user.Email != "":
			return rejoin.Errorf(rejoin.Conflict, "Name and address are known. There is nothing to ask for.")
		}
		t, live, err := u.talkIn(&issue)
		if err != nil {
			return err
		}
		if live && t.run.State != rejoin.RunWaiting {
			return rejoin.Errorf(rejoin.Conflict, "The bot %s is at work. Stop it first.", t.bot.Name)
		}
		issue.Bot.Done = false
		user.Skipped = nil // the agent asks, whatever the bot would
		return u.botStep(&issue, app, user, missing(rejoin.IdentityBot{Name: true, Email: true}, user), newID("ask"))
	})
}
