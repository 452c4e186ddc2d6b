package core

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rejoin"
	"rejoin/bot"
	"rejoin/texts"
)

// reply is a message of the user that may answer a bot's open question.
type reply struct {
	talk  *talk
	run   rejoin.BotRun // after the answer
	taken bot.Taken
	fits  bool
	named bool // the message says that it is the answer
}

// reply looks whether the message that is about to be stored answers the open question of a custom or feedback bot; nil if there is none. The body
// becomes the words of what was chosen. What names the question and does not fit is refused, and so is whatever else is written to a feedback bot.
func (u *unit) reply(i *rejoin.Issue, s rejoin.UserSession, in *UserSend) (*reply, error) {
	if i.Bot.Asking != rejoin.AskAnswer {
		return nil, nil
	}
	if in.Answers != 0 && in.Answers != i.Bot.AskedSeq {
		return nil, notOpen()
	}
	t, ok, err := u.talkIn(i)
	if err != nil || !ok {
		return nil, err
	}
	world, err := t.world()
	if err != nil {
		return nil, err
	}
	names, err := u.fileNames(in.Attachments)
	if err != nil {
		return nil, err
	}
	r := &reply{talk: t, named: in.Answers != 0}
	r.run, r.taken, err = bot.Answer(t.script, t.run, bot.Given{Body: in.Body, Files: names, Skip: in.Skip}, world)
	r.fits = err == nil
	gone := len(t.script.Steps) == 0 // no answer can fit: people take over
	if err != nil && !gone && (r.named || t.bot.Kind == rejoin.FeedbackBot) {
		return nil, err
	}
	if r.fits && r.named && r.taken.Body != "" {
		in.Body = r.taken.Body
	}
	return r, nil
}

// wordSkip gives a message that leaves a question unanswered its words.
func (u *unit) wordSkip(i rejoin.Issue, in *UserSend) error {
	if !in.Skip {
		return nil
	}
	user, err := u.User(i.UserID)
	in.Body = texts.Of(user.Language)["bot.skip"]
	return err
}

func notOpen() error {
	return &rejoin.Error{Code: rejoin.Conflict, Field: "answers", Text: "This question is not open any more."}
}

// fileNames is what uploaded files are called. Whose they are is looked at when the message takes them.
func (u *unit) fileNames(ids []string) (names []string, err error) {
	for _, id := range ids {
		if !storable(id) {
			continue
		}
		a, err := u.Attachment(id)
		if rejoin.CodeOf(err) == rejoin.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		names = append(names, a.Name)
	}
	return names, nil
}

// replied goes on with the bot after the message was stored. The caller saves the issue.
func (u *unit) replied(i *rejoin.Issue, s rejoin.UserSession, r *reply) error {
	t := r.talk
	if !r.fits {
		return t.again()
	}
	if r.named && s.Confirmed { // who answers a question has read it
		if err := u.readUpTo(i, i.Bot.AskedSeq); err != nil {
			return err
		}
		if err := u.rearm(i, factsChanged); err != nil {
			return err
		}
	}
	i.Bot.Asking, t.run = rejoin.NoQuestion, r.run
	if err := t.learn(s, r.taken); err != nil {
		return err
	}
	return t.advance()
}

// again puts the open question again, a few times; then people take over.
func (t *talk) again() error {
	t.run.Tries++
	if t.run.Tries > maxBotTries {
		if err := t.promise(); err != nil {
			return err
		}
		return t.end(rejoin.RunHanded, "The answers did not fit the question.", t.actor())
	}
	t.run.State = rejoin.RunWaiting // the step asks once more
	world, err := t.world()
	if err != nil {
		return err
	}
	run, e := bot.Next(t.script, t.run, world)
	t.run = run
	if e.Kind != bot.Ask {
		if err := t.do(e); err != nil {
			return err
		}
		return t.advance()
	}
	if err := t.say(texts.Of(t.scene.User.Language)["bot.again"]+"\n\n"+e.Text, e.Input, e.Echo); err != nil {
		return err
	}
	return t.keep()
}

// learn keeps an answer where the step says, besides the run: in the profile, in a field, as the rating. A link's session teaches us nothing about the
// user: it is a key to one conversation, not to an account.
func (t *talk) learn(s rejoin.UserSession, a bot.Taken) error {
	key, isField := strings.CutPrefix(a.Step.SaveTo, "field:")
	switch {
	case a.Step.Kind == rejoin.StepRating, t.bot.Kind == rejoin.FeedbackBot && a.Step.Input == rejoin.InputText && !isField:
		return t.rated(s, a)
	case a.Value == "" || a.Step.SaveTo == "":
		return nil
	case isField:
		value, err := t.fieldValue(key, a.Value)
		if err != nil {
			return err
		}
		return t.excuse(t.fill(t.i, key, value, t.actor()), "Could not set the field "+key+".")
	case s.IssueID != "" || t.i.FullPrivacy:
		return nil
	}
	return t.learnProfile(a)
}

// learnProfile keeps a name or an address that is not known yet. An address that a visitor typed unlocks nothing.
func (t *talk) learnProfile(a bot.Taken) error {
	user, err := t.LockUser(t.i.UserID)
	if err != nil {
		return err
	}
	q := rejoin.AskName
	if a.Step.SaveTo == bot.SaveEmail {
		q = rejoin.AskEmail
	}
	if user.LoggedIn() && q == rejoin.AskEmail || q == rejoin.AskName && user.Name != "" || q == rejoin.AskEmail && user.Email != "" {
		return nil
	}
	return t.excuse(t.learned(t.i, user, q, a.Value), "Could not keep the "+string(q)+".")
}

// rated keeps stars, or what a feedback bot was told, with the issue's ending.
func (t *talk) rated(s rejoin.UserSession, a bot.Taken) error {
	e := &t.i.Ending
	switch {
	case a.Step.Kind == rejoin.StepRating && a.Stars > 0:
		e.Rating = a.Stars
	case a.Step.Kind == rejoin.StepQuestion && a.Value != "":
		e.Comment = string([]rune(a.Value)[:min(maxComment, len([]rune(a.Value)))])
	default:
		return nil
	}
	e.RatedAt = t.now
	data := rejoin.EventData{Rating: a.Stars}
	if a.Step.Kind == rejoin.StepQuestion {
		data.Comment = e.Comment
	}
	return t.event(t.i, rejoin.EventFeedback, rejoin.Actor{Kind: rejoin.ByUser, ID: s.UserID}, data)
}

// fieldValue is an answer in the form in which the field keeps it: a day as its first moment, yes as true, a choice by its words.
func (t *talk) fieldValue(key, value string) (string, error) {
	known, err := t.CustomFields(t.i.DomainID)
	if err != nil {
		return "", err
	}
	n := slices.IndexFunc(known, func(f rejoin.CustomField) bool { return f.Key == key })
	if n < 0 {
		return value, nil
	}
	switch f := known[n]; f.Type {
	case rejoin.Date:
		if day, err := time.Parse(time.DateOnly, value); err == nil {
			return dayValue(day), nil
		}
	case rejoin.Checkbox:
		switch strings.ToLower(value) {
		case "yes":
			return "true", nil
		case "no":
			return "false", nil
		}
	case rejoin.Dropdown:
		return t.offered(f, value), nil
	case rejoin.SingleLine:
		value = rejoin.Preview(t.wordsOf(value), 255)
	case rejoin.MultiLine:
		value = t.wordsOf(value)
	}
	return value, nil
}

// dayValue is a day as a field keeps it.
func dayValue(day time.Time) string { return strconv.FormatInt(day.UnixMilli(), 10) }

// offered is the option of a dropdown that an answer means: itself, or the words of the choice that has it as its id.
func (t *talk) offered(f rejoin.CustomField, value string) string {
	for _, text := range [...]string{value, t.wordsOf(value)} {
		if n := slices.IndexFunc(f.Options, func(o string) bool { return strings.EqualFold(o, text) }); n >= 0 {
			return f.Options[n]
		}
	}
	return value
}

// wordsOf is the answer to a choice in words, in the script's first language; anything else is itself.
func (t *talk) wordsOf(value string) string {
	for _, step := range t.script.Steps {
		for _, o := range step.Options {
			if o.ID == value && t.run.Answers[step.Name] == value {
				return o.Text.Text
			}
		}
	}
	return value
}
