package core

import (
	"context"

	"rejoin"
	"rejoin/texts"
)

// Bots is Identity Bot: it asks a user whom nobody knows for name and e-mail, once each, with messages of its own.
type Bots struct{ *env }

const (
	jobBot rejoin.JobKind = "identity_bot" // key: issue id
	botID                 = "bot_identity"
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
		if !app.Settings.WebChat.IdentityBot || issue.FullPrivacy || !issue.State.Open() || issue.Bot.Done || issue.Bot.Asking != rejoin.NoQuestion {
			return nil
		}
		user, err := u.User(issue.UserID)
		if err != nil {
			return err
		}
		return u.botStep(&issue, user, "")
	})
}

// botStep asks for what is missing, or says thanks. Without a clientID it asks each question once.
func (u *unit) botStep(i *rejoin.Issue, user rejoin.User, clientID string) error {
	text, say := "", texts.Of(user.Language)
	switch {
	case user.Name == "":
		i.Bot.Asking, text = rejoin.AskName, say["bot.ask_name"]
	case user.Email == "":
		i.Bot.Asking, text = rejoin.AskEmail, say["bot.ask_email"]
	default:
		i.Bot.Done = true
		if i.Bot.AskedSeq == 0 {
			return u.save(i) // everything was known: the bot says nothing
		}
		text = say["bot.thanks"]
	}
	if clientID == "" {
		clientID = "ask-" + string(i.Bot.Asking) + "-" + i.ID + "-" + user.ID
	}
	m, added, err := u.add(i, rejoin.Message{ClientID: clientID, Origin: rejoin.FromBot, AuthorID: botID, AuthorName: say["bot.name"],
		Body: text, Ask: i.Bot.Asking})
	if err != nil || !added {
		return err
	}
	if i.Bot.Asking != rejoin.NoQuestion {
		i.Bot.AskedSeq = m.Seq
	}
	// The bot's questions are no reply: they restart a clock that runs, and start none. Otherwise whoever types a stranger's address
	// and leaves would make us write to that stranger.
	if err := u.rearm(i, factsChanged); err != nil {
		return err
	}
	return u.save(i)
}

// answer takes a user's message as the answer to the bot's open question, if it is meant as one: it names the question, or it is nothing but
// an address while one is asked for. A wrong answer is refused with the reason. The caller saves the issue.
//
// A link's session teaches us nothing about the user: it is a key to one conversation, not to an account.
func (u *unit) answer(i *rejoin.Issue, s rejoin.UserSession, in UserSend) error {
	if s.IssueID != "" {
		if in.Answers != 0 {
			return &rejoin.Error{Code: rejoin.Forbidden, Field: "answers", Text: "This can only be answered in the browser where the conversation began."}
		}
		return nil
	}
	if in.Answers == 0 {
		if i.Bot.Asking != rejoin.AskEmail {
			return nil
		}
		if _, err := rejoin.CheckEmail(in.Body); err != nil {
			return nil
		}
	} else if i.Bot.Asking == rejoin.NoQuestion || in.Answers != i.Bot.AskedSeq {
		return &rejoin.Error{Code: rejoin.Conflict, Field: "answers", Text: "This question is not open any more."}
	}
	user, err := u.LockUser(i.UserID)
	if err != nil {
		return err
	}
	if i.Bot.Asking == rejoin.AskName && user.Name != "" || i.Bot.Asking == rejoin.AskEmail && user.Email != "" {
		i.Bot.Asking = rejoin.NoQuestion // answered in another conversation meanwhile; what is known stays
		return u.put(jobBot, i.ID, u.now)
	}
	before := user
	data, err := learn(&user, i.Bot.Asking, in.Body)
	if err != nil {
		return err
	}
	if err := u.noteAddress(before, user); err != nil {
		return err
	}
	if err := u.SetProfile(user); err != nil {
		return err
	}
	i.Bot.Asking = rejoin.NoQuestion
	if err := u.readUpTo(i, in.Answers); err != nil { // who answers a question has read it
		return err
	}
	if err := u.event(i, rejoin.EventProfile, byUser(user), data); err != nil {
		return err
	}
	if err := u.rearm(i, factsChanged); err != nil {
		return err
	}
	if user.Email != "" { // the user's other conversations, too, may wait for the address
		if err := u.put(jobAddress, i.DomainID+" "+user.Email, u.now); err != nil {
			return err
		}
	}
	return u.put(jobBot, i.ID, u.now)
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
