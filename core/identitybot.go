package core

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"rejoin"
	"rejoin/texts"
)

// Bots is Identity Bot, which asks a user whom nobody knows for name and e-mail, once each, with messages of its own, and the bots that a domain has built.
type Bots struct{ *env }

const (
	jobBot rejoin.JobKind = "identity_bot" // key: issue id
	botID                 = rejoin.IdentityBotID
)

// Run takes the bot's next step in an issue. It is the handler of a job: a repeat finds the question asked and does nothing.
func (b *Bots) Run(ctx context.Context, j rejoin.Job) error {
	return b.write(ctx, func(u *unit) error {
		issue, err := u.LockIssue(j.Key)
		if err != nil {
			return err
		}
		app, err := u.App(issue.AppID)
		if err != nil {
			return err
		}
		t, ok, err := u.talkIn(&issue)
		if err != nil || issue.Bot.Asking != rejoin.NoQuestion || ok && t.run.State != rejoin.RunWaiting {
			return err // one bot asks at a time: the job comes back when the other one is done
		}
		if !mayAsk(issue, app) || issue.Bot.Done {
			if !ok {
				return nil
			}
			if err := t.advance(); err != nil {
				return err
			}
			return u.save(&issue)
		}
		user, err := u.User(issue.UserID)
		if err != nil {
			return err
		}
		return u.botStep(&issue, app, user, missing(app.Settings.IdentityBot, user), "")
	})
}

// mayAsk reports whether Identity Bot works in the issue at all.
func mayAsk(i rejoin.Issue, app rejoin.App) bool {
	return app.Settings.WebChat.IdentityBot && !i.FullPrivacy && i.State.Open()
}

// missing is what Identity Bot has to ask the user for next: what is not known and was not left unanswered.
func missing(s rejoin.IdentityBot, user rejoin.User) rejoin.Question {
	switch {
	case s.Name && user.Name == "" && !slices.Contains(user.Skipped, rejoin.AskName):
		return rejoin.AskName
	case s.Email && user.Email == "" && !slices.Contains(user.Skipped, rejoin.AskEmail):
		return rejoin.AskEmail
	}
	return rejoin.NoQuestion
}

// identityAsks reports whether Identity Bot is asking in the issue, or will as soon as its job runs.
func (u *unit) identityAsks(i rejoin.Issue) (bool, error) {
	if q := i.Bot.Asking; q == rejoin.AskName || q == rejoin.AskEmail {
		return i.State.Open(), nil
	}
	app, err := u.App(i.AppID)
	if err != nil || i.Bot.Done || !mayAsk(i, app) {
		return false, err
	}
	user, err := u.User(i.UserID)
	return missing(app.Settings.IdentityBot, user) != rejoin.NoQuestion, err
}

// botStep asks the question, or says thanks where there is none, and lets another bot that waits begin. Without a clientID it asks each question once.
func (u *unit) botStep(i *rejoin.Issue, app rejoin.App, user rejoin.User, q rejoin.Question, clientID string) error {
	say := IdentityWords(app.Settings.IdentityBot, user.Language)
	i.Bot.Asking = q
	text := say.Thanks
	switch q {
	case rejoin.AskName:
		text = say.AskName
	case rejoin.AskEmail:
		text = say.AskEmail
	default:
		i.Bot.Done = true
		if i.Bot.AskedSeq == 0 || user.Email == "" { // everything was known, or there is nothing to thank for: the bot says nothing
			if err := u.resumeBot(i); err != nil {
				return err
			}
			return u.save(i)
		}
	}
	if clientID == "" {
		clientID = "ask-" + string(q) + "-" + i.ID + "-" + user.ID
	}
	m, added, err := u.add(i, rejoin.Message{ClientID: clientID, Origin: rejoin.FromBot, AuthorID: botID, AuthorName: say.Nickname,
		Body: text, Ask: q, Input: inputFor(app.Settings.IdentityBot, q)})
	if err != nil {
		return err
	}
	if !added { // it was asked before: nobody waits for it
		i.Bot.Asking, i.Bot.Done = rejoin.NoQuestion, true
		if err := u.resumeBot(i); err != nil {
			return err
		}
		return u.save(i)
	}
	if q != rejoin.NoQuestion {
		i.Bot.AskedSeq = m.Seq
	}
	// The bot's questions are no reply: they restart a clock that runs, and start none. Otherwise whoever types a stranger's address
	// and leaves would make us write to that stranger.
	if err := u.rearm(i, factsChanged); err != nil {
		return err
	}
	if i.Bot.Done {
		if err := u.resumeBot(i); err != nil {
			return err
		}
	}
	return u.save(i)
}

// inputFor is what clients need to know of a question: that it may be left unanswered.
func inputFor(s rejoin.IdentityBot, q rejoin.Question) *rejoin.Input {
	switch {
	case q == rejoin.NoQuestion || !s.Skip:
		return nil
	case q == rejoin.AskEmail:
		return &rejoin.Input{Type: rejoin.InputEmail, Skip: true}
	}
	return &rejoin.Input{Type: rejoin.InputText, Skip: true}
}

// BotWords is what Identity Bot says in one language.
type BotWords struct{ Nickname, AskName, AskEmail, Thanks string }

// IdentityWords is what Identity Bot says in a language: the app's words, and our own where it has none.
func IdentityWords(s rejoin.IdentityBot, language string) BotWords {
	own := texts.Of(language)
	word := func(t *rejoin.LocalText, key string) string {
		if t == nil {
			return own[key]
		}
		return cmp.Or(strings.TrimSpace(t.Of(language)), own[key])
	}
	askName := "bot.ask_name"
	if s.When == rejoin.BeforeFirstMessage {
		askName = "bot.ask_name_first" // there is no message yet to give thanks for
	}
	return BotWords{Nickname: word(s.Nickname, "bot.name"), AskName: word(s.AskName, askName), AskEmail: word(s.AskEmail, "bot.ask_email"),
		Thanks: word(s.Thanks, "bot.thanks")}
}

// answer takes a user's message as the answer to the bot's open question, if it is meant as one: it names the question, or it is nothing but
// an address while one is asked for. A wrong answer is refused with the reason. The caller saves the issue.
//
// A link's session teaches us nothing about the user: it is a key to one conversation, not to an account.
func (u *unit) answer(i *rejoin.Issue, s rejoin.UserSession, in UserSend) error {
	if i.Bot.Asking != rejoin.AskName && i.Bot.Asking != rejoin.AskEmail {
		if in.Answers != 0 {
			return notOpen()
		}
		return nil
	}
	if s.IssueID != "" {
		if in.Answers != 0 {
			return &rejoin.Error{Code: rejoin.Forbidden, Field: "answers", Text: "This can only be answered in the browser where the conversation began."}
		}
		return u.passOver(i) // nor may another bot wait for an answer that cannot come
	}
	if in.Answers == 0 {
		if _, err := rejoin.CheckEmail(in.Body); err != nil || i.Bot.Asking != rejoin.AskEmail {
			return u.passOver(i)
		}
	} else if in.Answers != i.Bot.AskedSeq {
		return notOpen()
	}
	user, err := u.LockUser(i.UserID)
	if err != nil {
		return err
	}
	if i.Bot.Asking == rejoin.AskName && user.Name != "" || i.Bot.Asking == rejoin.AskEmail && user.Email != "" {
		i.Bot.Asking = rejoin.NoQuestion // answered in another conversation meanwhile; what is known stays
		return u.put(jobBot, i.ID, u.now)
	}
	if err := u.readUpTo(i, in.Answers); err != nil { // who answers a question has read it
		return err
	}
	if in.Skip {
		err = u.skip(i, user)
	} else {
		err = u.learned(i, user, i.Bot.Asking, in.Body)
	}
	if err != nil {
		return err
	}
	i.Bot.Asking = rejoin.NoQuestion
	return u.put(jobBot, i.ID, u.now)
}

// takeTyped keeps what the user has answered before the first message, as answers to Identity Bot. Whom the host site names is asked in the conversation, if
// at all, and nobody is under full privacy.
func (u *unit) takeTyped(i *rejoin.Issue, in Typed) error {
	if in.Name == "" && in.Email == "" && len(in.Skipped) == 0 {
		return nil
	}
	app, err := u.App(i.AppID)
	if err != nil || !mayAsk(*i, app) {
		return err
	}
	s := app.Settings.IdentityBot
	for _, t := range [...]struct {
		q     rejoin.Question
		text  string
		field string
		asks  bool
	}{{rejoin.AskName, in.Name, "name", s.Name}, {rejoin.AskEmail, in.Email, "email", s.Email}} {
		user, err := u.LockUser(i.UserID)
		if err != nil || user.LoggedIn() {
			return err
		}
		switch known := t.q == rejoin.AskName && user.Name != "" || t.q == rejoin.AskEmail && user.Email != ""; {
		case !t.asks || known:
		case t.text != "":
			err = u.learned(i, user, t.q, t.text)
		case s.Skip && slices.Contains(in.Skipped, t.q) && !slices.Contains(user.Skipped, t.q):
			user.Skipped = append(user.Skipped, t.q)
			err = u.SetProfile(user)
		}
		var refused *rejoin.Error
		if errors.As(err, &refused) {
			return &rejoin.Error{Code: refused.Code, Field: t.field, Text: refused.Text}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// passOver counts what the user writes instead of an answer while another bot waits: whoever does so twice does not want to say, and the other bot begins.
func (u *unit) passOver(i *rejoin.Issue) error {
	t, ok, err := u.talkIn(i)
	if err != nil || !ok || t.run.State != rejoin.RunWaiting {
		return err
	}
	if t.run.Tries++; t.run.Tries < maxBotTries {
		return t.keep()
	}
	i.Bot.Asking, i.Bot.Done, t.run.Tries = rejoin.NoQuestion, true, 0
	return t.advance()
}

// skip remembers that the user, who is locked, leaves the open question unanswered: it is not asked again.
func (u *unit) skip(i *rejoin.Issue, user rejoin.User) error {
	app, err := u.App(i.AppID)
	if err != nil {
		return err
	}
	if !app.Settings.IdentityBot.Skip {
		return rejoin.InvalidField("body", "This question needs an answer.")
	}
	if !slices.Contains(user.Skipped, i.Bot.Asking) {
		user.Skipped = append(user.Skipped, i.Bot.Asking)
	}
	return u.SetProfile(user)
}

// learned keeps an answer in the profile of the user, who is locked. The caller saves the issue.
func (u *unit) learned(i *rejoin.Issue, user rejoin.User, q rejoin.Question, body string) error {
	before := user
	data, err := learn(&user, q, body)
	if err != nil {
		return err
	}
	if err := u.noteAddress(before, user); err != nil {
		return err
	}
	if err := u.SetProfile(user); err != nil {
		return err
	}
	if err := u.event(i, rejoin.EventProfile, byUser(user), data); err != nil {
		return err
	}
	if err := u.rearm(i, factsChanged); err != nil || user.Email == "" {
		return err
	}
	return u.put(jobAddress, i.DomainID+" "+user.Email, u.now) // the user's other conversations, too, may wait for the address
}

// learn keeps an answer in the profile. An address that a visitor typed unlocks nothing.
func learn(user *rejoin.User, q rejoin.Question, body string) (data rejoin.EventData, err error) {
	if q == rejoin.AskName {
		user.Name, err = rejoin.CheckName("body", body)
		return rejoin.EventData{Name: user.Name}, err
	}
	email, err := rejoin.CheckEmail(body)
	if err != nil {
		e := err.(*rejoin.Error)
		return data, &rejoin.Error{Code: e.Code, Field: "body", Text: e.Text}
	}
	user.Email, user.EmailSource = email, rejoin.TypedEmail
	return rejoin.EventData{Email: email}, nil
}
