package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/serve"
	"rejoin/store"
)

// teller tells stories of the past.
type teller struct {
	ctx         context.Context
	server      *serve.Server
	clock       *pastClock
	demo        *demo
	mailer      *pastMailer
	platform    string
	secret      string // with which the shop signs who its customers are
	maya, jonas rejoin.Agent

	story story
	token string // of the visitor's browser
	issue rejoin.Issue
	sends int
}

// prepare makes the tags and the fields that the shop's pages give along, and learns the app's secret.
func (t *teller) prepare(s *store.Store, appID string) error {
	for _, name := range []string{"shipping", "returns", "wholesale"} {
		if _, err := t.server.Core.Labels.AddTag(t.ctx, t.maya, name); err != nil {
			return err
		}
	}
	for _, f := range []rejoin.CustomField{
		{Key: "order_number", Label: "Order number", Type: rejoin.SingleLine},
		{Key: "gift", Label: "Gift", Type: rejoin.Checkbox},
		{Key: "delivery_date", Label: "Delivery date", Type: rejoin.Date},
	} {
		if _, err := t.server.Core.Labels.AddField(t.ctx, t.maya, f); err != nil {
			return err
		}
	}
	return s.Read(t.ctx, func(tx *store.Tx) error {
		list, err := tx.Secrets(appID)
		if err == nil && len(list) == 0 {
			err = errors.New("the app has no secret")
		}
		for _, secret := range list {
			t.secret = secret.Value
		}
		return err
	})
}

// beginning is what the page of the story tells along with the first message.
func (t *teller) beginning() core.Beginning {
	s := t.story
	b := core.Beginning{Meta: s.meta, Language: "en"} // the stories are told in English
	b.Meta.Page.URL = t.demo.urls.Shop + s.path
	for _, o := range orders() {
		if s.path != "/orders/"+o.Number {
			continue
		}
		who := customerOf(o.Customer)
		b.Claim = core.Claim{UserID: who.ID, Email: who.Email, Name: who.Name, AuthToken: identity.Sign(t.secret, who.ID+who.Email)}
		b.Tags, b.Fields = o.tags(), map[string]core.GivenField{}
		for key, f := range o.fields() {
			if at, ok := f.Value.(int64); ok {
				f.Value = float64(at) // as JSON has it
			}
			b.Fields[key] = core.GivenField{Type: f.Type, Value: f.Value}
		}
	}
	return b
}

// tell lets one conversation happen, step after step.
func (t *teller) tell(s story) error {
	t.story, t.token, t.sends, t.mailer.quiet = s, identity.NewToken(), 0, s.quiet
	b := t.beginning()
	up, err := t.server.Core.Messages.Start(t.ctx, t.token, t.platform, core.UserSend{ClientID: t.clientID(), Body: s.opening}, b)
	if err != nil {
		return err
	}
	t.issue = up.Issue
	steps := s.steps
	if b.Claim.Empty() {
		steps = append(introduction, steps...)
	}
	for _, step := range steps {
		if _, err := t.server.Runner.RunDue(t.ctx); err != nil {
			return err
		}
		t.clock.pass(step.after)
		if err := step.do(t); err != nil {
			return err
		}
	}
	_, err = t.server.Runner.RunDue(t.ctx)
	return err
}

func (t *teller) clientID() string {
	t.sends++
	return fmt.Sprintf("%s-%04d", t.token[:32], t.sends)
}

// step is something that happens some time after the step before.
type step struct {
	after time.Duration
	do    func(*teller) error
}

// introduction is how Identity Bot gets to know the visitor.
var introduction = []step{
	{8 * time.Second, (*teller).tellName},
	{11 * time.Second, (*teller).tellEmail},
	{3 * time.Second, (*teller).read},
}

func (t *teller) tellName() error  { return t.answer(t.story.visitor) }
func (t *teller) tellEmail() error { return t.answer(t.story.email) }

// answer answers the open question.
func (t *teller) answer(body string) error {
	up, err := t.server.Core.Messages.After(t.ctx, t.token, t.issue.ID, core.Cursor{})
	if err != nil {
		return err
	}
	_, err = t.server.Core.Messages.SendAsUser(t.ctx, t.token, t.issue.ID, core.UserSend{ClientID: t.clientID(), Body: body, Answers: up.Issue.Bot.AskedSeq})
	return err
}

// read moves the visitor's cursor to the end.
func (t *teller) read() error {
	up, err := t.server.Core.Messages.After(t.ctx, t.token, t.issue.ID, core.Cursor{})
	if err != nil {
		return err
	}
	_, err = t.server.Core.Messages.ReadAsUser(t.ctx, t.token, t.issue.ID, up.Issue.LastSeq)
	return err
}

func (t *teller) leave(how rejoin.Presence) error {
	return t.server.Core.Presence.Report(t.ctx, t.token, "demo-tab", how)
}

// comeBack opens the link of the newest e-mail in another browser.
func (t *teller) comeBack() error {
	found := returnToken.FindStringSubmatch(t.mailer.newest.Text)
	if found == nil {
		return errors.New("the e-mail has no link")
	}
	session := identity.NewToken()
	r, err := t.server.Core.Returns.Redeem(t.ctx, core.Redeem{PlatformID: t.platform, Token: found[1], Session: session})
	if err != nil {
		return err
	}
	if r.Result != rejoin.ReturnSame {
		return fmt.Errorf("the link is %s", r.Result)
	}
	t.token = session
	_, err = t.server.Core.Returns.Confirm(t.ctx, session, t.issue.ID, r.VisitID)
	return err
}

var returnToken = regexp.MustCompile(`#rejoin=([\w-]+)`)

// The steps that stories are made of. Each happens some time after the one before.

func visitorSays(after time.Duration, body string) step {
	return step{after, func(t *teller) error {
		_, err := t.server.Core.Messages.SendAsUser(t.ctx, t.token, t.issue.ID, core.UserSend{ClientID: t.clientID(), Body: body})
		return err
	}}
}

func visitorReads(after time.Duration) step { return step{after, (*teller).read} }

func visitorLeaves(after time.Duration, how rejoin.Presence) step {
	return step{after, func(t *teller) error { return t.leave(how) }}
}

func visitorReturns(after time.Duration) step { return step{after, (*teller).comeBack} }

// mailGoesOut lets the window for unread messages pass.
func mailGoesOut() step {
	return step{0, func(t *teller) error {
		t.clock.pass(usualWindow + time.Second)
		return nil
	}}
}

func agentTakes(after time.Duration, who *person) step {
	return step{after, func(t *teller) error {
		return t.server.Core.Issues.Assign(t.ctx, t.agent(who), t.issue.ID, t.agent(who).ID, nil)
	}}
}

// agentSays lets the agent read to the end and write.
func agentSays(after time.Duration, who *person, body string) step {
	return step{after, func(t *teller) error {
		up, err := t.server.Core.Messages.After(t.ctx, t.token, t.issue.ID, core.Cursor{})
		if err != nil {
			return err
		}
		if err := t.server.Core.Messages.ReadAsAgent(t.ctx, t.agent(who), t.issue.ID, up.Issue.LastSeq); err != nil {
			return err
		}
		return t.server.Core.Messages.SendAsAgent(t.ctx, t.agent(who), t.issue.ID, t.clientID(), body)
	}}
}

// agentResolves lets the agent read to the end and close the conversation.
func agentResolves(after time.Duration, who *person) step {
	return step{after, func(t *teller) error {
		return t.server.Core.Issues.Close(t.ctx, t.agent(who), t.issue.ID, rejoin.Resolved, "")
	}}
}

func agentRejects(after time.Duration, who *person) step {
	return step{after, func(t *teller) error {
		return t.server.Core.Issues.Close(t.ctx, t.agent(who), t.issue.ID, rejoin.Rejected, "")
	}}
}

func agentTags(after time.Duration, who *person, tag string) step {
	return step{after, func(t *teller) error {
		return t.server.Core.Issues.Tag(t.ctx, t.agent(who), t.issue.ID, []string{tag}, nil)
	}}
}

// visitorRates lets the visitor say that it has helped, and how good it was.
func visitorRates(after time.Duration, stars int) step {
	return step{after, func(t *teller) error {
		if _, err := t.server.Core.Endings.Resolve(t.ctx, t.token, t.issue.ID, core.Answer{ClientID: t.clientID(), Accepted: true}); err != nil {
			return err
		}
		_, err := t.server.Core.Endings.Rate(t.ctx, t.token, t.issue.ID, core.Rating{Stars: stars})
		return err
	}}
}

func (t *teller) agent(who *person) rejoin.Agent {
	if who == &maya {
		return t.maya
	}
	return t.jonas
}
