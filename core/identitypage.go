package core

import (
	"context"

	"rejoin"
)

// AppBots is which bots an app has.
type AppBots struct {
	On            bool // Identity Bot
	IdentityBot   rejoin.IdentityBot
	FeedbackBotID string
	Words         map[string]BotWords // our own, by language, for what is left empty
}

// OfApp returns the app's bots, for administrators.
func (b *Bots) OfApp(ctx context.Context, a rejoin.Agent, appID string) (out AppBots, err error) {
	if err := administer(a); err != nil {
		return out, err
	}
	err = b.read(ctx, func(u *unit) error {
		page, err := u.appPage(a, appID)
		out = appBots(page.App.Settings)
		return err
	})
	return out, err
}

func appBots(s rejoin.AppSettings) AppBots {
	out := AppBots{On: s.WebChat.IdentityBot, IdentityBot: s.IdentityBot, FeedbackBotID: s.FeedbackBotID, Words: map[string]BotWords{}}
	for _, code := range rejoin.Languages {
		out.Words[code] = IdentityWords(rejoin.IdentityBot{When: s.IdentityBot.When}, code)
	}
	return out
}

// SetOfApp changes the app's bots.
func (b *Bots) SetOfApp(ctx context.Context, a rejoin.Agent, appID string, in AppBots) (out AppBots, err error) {
	if err := administer(a); err != nil {
		return out, err
	}
	if err := in.IdentityBot.Check(); err != nil {
		return out, err
	}
	err = b.write(ctx, func(u *unit) error {
		if err := u.lockApp(appID); err != nil {
			return err
		}
		page, err := u.appPage(a, appID)
		if err != nil {
			return err
		}
		was, now := page.App.Settings, page.App.Settings
		now.WebChat.IdentityBot, now.IdentityBot, now.FeedbackBotID = in.On, in.IdentityBot, in.FeedbackBotID
		names := map[string]string{"": ""}
		for _, id := range [...]string{was.FeedbackBotID, now.FeedbackBotID} {
			if names[id], err = u.feedbackName(a, id, id == was.FeedbackBotID); err != nil {
				return err
			}
		}
		if err := u.SetAppSettings(appID, now, u.now); err != nil {
			return err
		}
		out = appBots(now)
		return u.audit(a, rejoin.SettingsChanged, page.App.Name+": Bots", appBotChanges(was, now, names)...)
	})
	return out, err
}

// feedbackName is what the feedback bot is called. Only one that can begin is chosen; one that was chosen before may stay.
func (u *unit) feedbackName(a rejoin.Agent, id string, before bool) (string, error) {
	if id == "" {
		return "", nil
	}
	if before {
		one, err := u.ownBot(a, id, u.Bot)
		if rejoin.CodeOf(err) == rejoin.NotFound {
			err = nil
		}
		return one.Name, err
	}
	if !storable(id) {
		return "", rejoin.InvalidField("feedback_bot_id", "There is no such bot.")
	}
	one, err := u.startableBot(a.DomainID, id, rejoin.FeedbackBot)
	if err != nil && rejoin.CodeOf(err) != "" {
		err = rejoin.InvalidField("feedback_bot_id", "%s", textOf(err))
	}
	return one.Name, err
}

// appBotChanges says what has changed, for the audit log.
func appBotChanges(was, now rejoin.AppSettings, names map[string]string) []string {
	text := func(t *rejoin.LocalText) string {
		if t == nil {
			return ""
		}
		return t.Text
	}
	a, b := was.IdentityBot, now.IdentityBot
	return changes("Identity Bot", onOff(was.WebChat.IdentityBot), onOff(now.WebChat.IdentityBot),
		"Asks", string(a.When)+" the first message", string(b.When)+" the first message",
		"Asks for the name", onOff(a.Name), onOff(b.Name), "Asks for the address", onOff(a.Email), onOff(b.Email), "Questions may be skipped", onOff(a.Skip), onOff(b.Skip),
		"Its name", text(a.Nickname), text(b.Nickname), "Question for the name", text(a.AskName), text(b.AskName),
		"Question for the address", text(a.AskEmail), text(b.AskEmail), "Thanks", text(a.Thanks), text(b.Thanks),
		"Feedback bot", names[was.FeedbackBotID], names[now.FeedbackBotID])
}
