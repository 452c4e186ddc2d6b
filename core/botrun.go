package core

import (
	"context"
	"encoding/json"
	"errors"

	"rejoin"
	"rejoin/bot"
	"rejoin/texts"
)

const (
	maxBotTries = 2  // times that a question is put again before people take over
	maxBotChain = 5  // bots that hand over to each other without anybody being asked
	maxBotRuns  = 25 // bots that begin in an issue, one after the other, while its user says nothing: external requests part transactions
)

// talk is a custom or feedback bot at work in an issue, within one transaction.
type talk struct {
	*unit
	i       *rejoin.Issue
	bot     rejoin.Bot
	script  rejoin.Script
	run     rejoin.BotRun
	scene   scene
	effects int
	chain   int // bots that have handed over in this transaction
}

// startBot begins a bot's work in the issue. The caller saves the issue.
func (u *unit) startBot(i *rejoin.Issue, id string, by rejoin.Actor) error {
	if !i.State.Open() {
		return rejoin.Errorf(rejoin.Conflict, "This conversation is %s. Bots work in open ones only.", i.State)
	}
	return u.beginBot(i, id, rejoin.CustomBot, by, 0)
}

func (u *unit) beginBot(i *rejoin.Issue, id string, kind rejoin.BotKind, by rejoin.Actor, chain int) error {
	b, err := u.startableBot(i.DomainID, id, kind)
	if err != nil {
		return err
	}
	version, err := u.BotVersion(b.ID, b.Version)
	if err != nil {
		return err
	}
	if err := u.stopBot(i, by); err != nil {
		return err
	}
	last, _, err := u.NewestBotRun(i.ID)
	if err != nil {
		return err
	}
	t := &talk{unit: u, i: i, bot: b, script: version.Script, chain: chain, run: rejoin.BotRun{IssueID: i.ID, N: last.N + 1, BotID: b.ID, Version: b.Version,
		State: rejoin.RunWaiting, StartedBy: by, StartedAt: u.now}}
	if err := t.announce(by, ""); err != nil {
		return err
	}
	asks, err := u.identityAsks(*i)
	if err != nil {
		return err
	}
	if !asks || kind != rejoin.CustomBot {
		return t.advance()
	}
	if err := u.put(jobBot, i.ID, u.now); err != nil { // the bot waits until Identity Bot is through
		return err
	}
	return t.keep()
}

// startableBot returns a bot that conversations can begin with.
func (u *unit) startableBot(domainID, id string, kind rejoin.BotKind) (rejoin.Bot, error) {
	b, err := u.Bot(id)
	switch {
	case rejoin.CodeOf(err) == rejoin.NotFound || err == nil && b.DomainID != domainID:
		return b, rejoin.InvalidField("bot_id", "There is no such bot.")
	case err != nil:
		return b, err
	case b.Kind != kind:
		return b, rejoin.InvalidField("bot_id", "The bot %s is for other conversations: custom bots work in open ones, feedback bots after they were resolved.", b.Name)
	case !b.Usable():
		return b, rejoin.InvalidField("bot_id", "The bot %s is archived, or was never published.", b.Name)
	}
	return b, nil
}

// talkIn returns the bot that is at work in the issue, if there is one.
func (u *unit) talkIn(i *rejoin.Issue) (t *talk, ok bool, err error) {
	run, ok, err := u.LiveBotRun(i.ID)
	if err != nil || !ok {
		return nil, false, err
	}
	t = &talk{unit: u, i: i, run: run}
	if t.bot, err = u.Bot(run.BotID); err != nil {
		return nil, false, err
	}
	version, err := u.BotVersion(run.BotID, run.Version)
	if unreadable(err) { // without a script the bot hands over to people at its next step, and nobody is kept from taking over
		return t, true, nil
	}
	t.script = version.Script
	return t, err == nil, err
}

// unreadable reports whether what was to be read is not there, or not in a form that we know.
func unreadable(err error) bool {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	return rejoin.CodeOf(err) == rejoin.NotFound || errors.As(err, &syntax) || errors.As(err, &kind)
}

// stopBot ends the work of the bot in the issue, if there is one: somebody has taken over. The caller saves the issue.
func (u *unit) stopBot(i *rejoin.Issue, by rejoin.Actor) error {
	t, ok, err := u.talkIn(i)
	if err != nil || !ok {
		return err
	}
	return t.end(rejoin.RunStopped, "", by)
}

// resumeBot goes on with a bot that has waited for the Identity Bot. The caller saves the issue.
func (u *unit) resumeBot(i *rejoin.Issue) error {
	t, ok, err := u.talkIn(i)
	if err != nil || !ok || t.run.State != rejoin.RunWaiting {
		return err
	}
	return t.advance()
}

// advance does what comes next until the bot asks, calls or ends.
func (t *talk) advance() error {
	for t.run.State == rejoin.RunWaiting {
		if t.effects++; t.effects > bot.MaxEffects {
			return t.fail("It wanted to do too much at once.")
		}
		world, err := t.world()
		if err != nil {
			return err
		}
		run, e := bot.Next(t.script, t.run, world)
		t.run = run
		if err := t.do(e); err != nil {
			return err
		}
	}
	return t.keep()
}

// world is the issue as the script finds it now.
func (t *talk) world() (w bot.World, err error) {
	if t.scene, err = t.unit.scene(*t.i); err != nil {
		return w, err
	}
	say := texts.Of(t.scene.User.Language)
	return bot.World{Language: t.scene.User.Language, Yes: say["bot.yes"], No: say["bot.no"],
		Value: func(name string) (string, bool) { return t.scene.placeholder(*t.i, name) },
		View:  func(rejoin.BotRun) rejoin.View { return t.scene.View }}, nil
}

// do does what the script wants.
func (t *talk) do(e bot.Effect) error {
	switch e.Kind {
	case bot.Say:
		return t.say(e.Text, nil, e.Echo)
	case bot.Ask:
		return t.say(e.Text, e.Input, e.Echo)
	case bot.Act:
		return t.act(e.Action)
	case bot.Call:
		return t.put(jobBotCall, t.i.ID, t.now)
	case bot.HandOver:
		return t.handOver(e.Step)
	case bot.Fail:
		return t.fail(t.run.Error)
	}
	return t.end(rejoin.RunDone, "", t.actor())
}

func (t *talk) actor() rejoin.Actor {
	return rejoin.Actor{Kind: rejoin.ByBot, ID: t.bot.ID, Name: t.bot.Name}
}

// say writes a message in the bot's name, which asks for something if there is an input. Echo says that the text may hold words of the user.
func (t *talk) say(text string, input *rejoin.Input, echo bool) error {
	if text == "" {
		return nil // all of it came from answers that are empty
	}
	name := t.script.Nickname.Of(t.scene.User.Language)
	if name == "" {
		name = t.scene.App.Name
	}
	m := rejoin.Message{ClientID: newID("bot"), Origin: rejoin.FromBot, AuthorID: t.bot.ID, AuthorName: name, Body: text, Input: input}
	if input != nil {
		m.Ask = rejoin.AskAnswer
	}
	if echo {
		m.Kind = rejoin.Echo
	}
	m, _, err := t.unit.say(t.i, m)
	if err == nil && input != nil {
		t.i.Bot.Asking, t.i.Bot.AskedSeq = rejoin.AskAnswer, m.Seq
	}
	return err
}

// act does an action. What cannot be done is told in the timeline, and the bot goes on; closing the issue ends its work.
func (t *talk) act(a rejoin.Action) error {
	closes := a.Kind == rejoin.DoResolve || a.Kind == rejoin.DoReject
	if closes {
		if err := t.end(rejoin.RunDone, "", t.actor()); err != nil {
			return err
		}
	}
	if a.Kind == rejoin.DoSetField {
		value, err := t.fieldValue(a.Field, a.Value)
		if err != nil {
			return err
		}
		a.Value = value
	}
	return t.excuse(t.perform(t.i, a, t.actor()), failing(a))
}

// excuse tells in the timeline what could not be done, if people may read why. The script goes on.
func (t *talk) excuse(err error, what string) error {
	var refused *rejoin.Error
	if errors.As(err, &refused) {
		return t.event(t.i, rejoin.EventBot, t.actor(), rejoin.EventData{Bot: &rejoin.BotNote{ID: t.bot.ID, Name: t.bot.Name, Version: t.run.Version,
			State: t.run.State, Text: what + " " + refused.Text}})
	}
	return err
}

// handOver gives the conversation to another bot or to people.
func (t *talk) handOver(step rejoin.Step) error {
	if step.BotID == "" {
		if err := t.end(rejoin.RunHanded, "", t.actor()); err != nil || step.QueueID == "" {
			return err
		}
		return t.excuse(t.moveToQueue(t.i, step.QueueID, t.actor()), "Could not move to the queue.")
	}
	begun, err := t.BotRunsUnanswered(t.i.ID)
	if err != nil {
		return err
	}
	if t.chain >= maxBotChain || begun >= maxBotRuns {
		return t.fail("Too many bots hand over to each other without asking anything.")
	}
	next, err := t.startableBot(t.i.DomainID, step.BotID, rejoin.CustomBot)
	if err != nil {
		var refused *rejoin.Error
		if errors.As(err, &refused) {
			return t.fail(refused.Text)
		}
		return err
	}
	if err := t.end(rejoin.RunHanded, "To the bot "+next.Name+".", t.actor()); err != nil {
		return err
	}
	return t.beginBot(t.i, next.ID, rejoin.CustomBot, t.actor(), t.chain+1)
}

// fail hands over to people because the bot cannot go on: nobody waits in silence.
func (t *talk) fail(why string) error {
	t.run.Error = why
	if err := t.promise(); err != nil {
		return err
	}
	return t.end(rejoin.RunFailed, why, t.actor())
}

// promise tells the user that people take over. After an issue was resolved nobody waits for them.
func (t *talk) promise() error {
	if t.bot.Kind == rejoin.FeedbackBot {
		return nil
	}
	if _, err := t.world(); err != nil {
		return err
	}
	return t.say(texts.Of(t.scene.User.Language)["bot.handover"], nil, false)
}

// end writes down that the work is over, and why. What waits for it goes on: the issue's queue, or the end of the conversation.
func (t *talk) end(state rejoin.BotRunState, why string, by rejoin.Actor) error {
	t.run.State = state
	if t.i.Bot.Asking == rejoin.AskAnswer {
		t.i.Bot.Asking = rejoin.NoQuestion
	}
	if t.bot.Kind == rejoin.FeedbackBot && t.i.Ending.Closing == rejoin.AskRating {
		t.i.Ending.Closing = rejoin.Ended
	}
	if err := t.CancelJob(jobBotCall, t.i.ID); err != nil {
		return err
	}
	if err := t.keep(); err != nil {
		return err
	}
	if err := t.announce(by, why); err != nil {
		return err
	}
	asks, err := t.identityAsks(*t.i)
	if err == nil && asks && t.i.Bot.Asking == rejoin.NoQuestion { // it has let this bot go first
		err = t.put(jobBot, t.i.ID, t.now)
	}
	if err != nil {
		return err
	}
	return t.route(*t.i)
}

// keep stores the run.
func (t *talk) keep() error {
	t.run.UpdatedAt = t.now
	return t.PutBotRun(t.run)
}

// announce writes into the timeline where the run stands: one that waits has just begun.
func (t *talk) announce(by rejoin.Actor, why string) error {
	return t.event(t.i, rejoin.EventBot, by, rejoin.EventData{Bot: &rejoin.BotNote{ID: t.bot.ID, Name: t.bot.Name, Version: t.run.Version,
		State: t.run.State, Text: why}})
}

// StartOn lets a bot begin in an issue by hand, or with an empty id stops the one that is at work there.
func (b *Bots) StartOn(ctx context.Context, a rejoin.Agent, issueID, id string) error {
	return b.write(ctx, func(u *unit) error {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil {
			return err
		}
		switch {
		case !storable(id):
			return rejoin.InvalidField("bot_id", "There is no such bot.")
		case id == "":
			err = u.stopBot(&issue, byAgent(a))
		default:
			err = u.startBot(&issue, id, byAgent(a))
		}
		if err != nil {
			return err
		}
		return u.save(&issue)
	})
}
