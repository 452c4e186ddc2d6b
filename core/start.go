package core

import (
	"strings"

	"rejoin"
	"rejoin/identity"
	"rejoin/live"
)

// starter returns the user behind the token. A token nobody has used before becomes a session: of the person whom the page names, or of a new
// anonymous user. Since the browser makes it, a repeated first message finds the first one.
func (u *unit) starter(token string, p rejoin.Platform, b Beginning) (rejoin.User, error) {
	if !identity.WellFormed(token) {
		return rejoin.User{}, rejoin.Errorf(rejoin.Unauthenticated, "Send a bearer token of 32 random bytes in base64url.")
	}
	known, err := u.UserSession(identity.Hash(token))
	if err == nil {
		return u.knownStarter(token, known, p, b)
	}
	if rejoin.CodeOf(err) != rejoin.NotFound {
		return rejoin.User{}, err
	}
	_, who, err := u.judgedForGood(p.ID, b.Claim)
	switch {
	case err != nil:
		return rejoin.User{}, err
	case who.verdict == ClaimRefused:
		return rejoin.User{}, unconfirmed(who.reason)
	case who.taken():
		return u.namedStarter(token, p, b, who)
	}
	return u.anonymousStarter(token, p, b)
}

// isOpen refuses new conversations where there are none at the moment.
func (u *unit) isOpen(appID string) error {
	app, err := u.App(appID)
	if err == nil && takesNoNew(app.Settings, u.openNow(app)) {
		return rejoin.Errorf(rejoin.Forbidden, "The chat is closed at the moment. No new conversation can begin.")
	}
	return err
}

func unconfirmed(reason string) error {
	return &rejoin.Error{Code: rejoin.Forbidden, Field: "identity", Text: "We could not confirm who you are: " + reason + "."}
}

func (u *unit) knownStarter(token string, known rejoin.UserSession, p rejoin.Platform, b Beginning) (rejoin.User, error) {
	s, err := u.activeVisitor(token)
	if err != nil {
		return rejoin.User{}, err
	}
	switch {
	case s.IssueID != "":
		return rejoin.User{}, rejoin.Errorf(rejoin.Forbidden, "This link opens one conversation only. Start a new one with a new session.")
	case s.PlatformID != p.ID:
		return rejoin.User{}, rejoin.Errorf(rejoin.Forbidden, "This session belongs to another app.")
	}
	if !s.Login && !b.Claim.Empty() {
		switch _, _, who, err := u.judged(p.ID, b.Claim); {
		case err != nil:
			return rejoin.User{}, err
		case who.verdict == ClaimRefused:
			return rejoin.User{}, unconfirmed(who.reason)
		case who.taken():
			return rejoin.User{}, &rejoin.Error{Code: rejoin.Conflict, Field: "identity", Text: "This session is an anonymous person's. Identify first, or send a fresh token."}
		}
	}
	user, err := u.User(known.UserID)
	if err != nil {
		return user, err
	}
	return user, u.speaks(&user, b)
}

// speaks notes the language and the zone of the page that the user writes on.
func (u *unit) speaks(user *rejoin.User, b Beginning) error {
	language := b.language()
	if language == "" || language == user.Language {
		return nil
	}
	locked, err := u.LockUser(user.ID) // other conversations may learn something at the same time
	if err != nil {
		return err
	}
	locked.Language = language
	*user = locked
	return u.SetProfile(locked)
}

func (b Beginning) language() string {
	if b.Language != "" {
		return b.Language
	}
	return b.Meta.Language
}

func (u *unit) namedStarter(token string, p rejoin.Platform, b Beginning, who person) (rejoin.User, error) {
	user, _, stolen, err := u.recognise(p.AppID, who)
	if err != nil {
		return user, err
	}
	if stolen {
		return user, unconfirmed(InvalidToken)
	}
	if user, err = u.know(p, who); err != nil {
		return user, err
	}
	if zone := b.Meta.TimeZone; zone != "" && zone != user.TimeZone {
		if err := u.SetTimeZone(user.ID, zone); err != nil {
			return user, err
		}
		user.TimeZone = zone
	}
	if err := u.speaks(&user, b); err != nil {
		return user, err
	}
	return user, u.admitLogin(p, who, Identify{Session: token, Device: b.Device}, user)
}

func (u *unit) anonymousStarter(token string, p rejoin.Platform, b Beginning) (rejoin.User, error) {
	presence, err := u.firstPresence(p.AppID)
	if err != nil {
		return rejoin.User{}, err
	}
	user := rejoin.User{ID: newID("usr"), DomainID: p.DomainID, AppID: p.AppID, Language: b.language(), TimeZone: b.Meta.TimeZone,
		Presence: presence, PresenceSince: u.now, CreatedAt: u.now, SeenAt: u.now}
	if !b.FullPrivacy && !b.Claim.FullPrivacy {
		user.Name = userName(b.Claim.Name) // it names nobody, and spares the question
	}
	if err := u.AddUser(user); err != nil {
		return user, err
	}
	fresh, err := u.AddUserSession(rejoin.UserSession{TokenHash: identity.Hash(token), UserID: user.ID, PlatformID: p.ID, Confirmed: true, Device: b.Device,
		CreatedAt: u.now, SeenAt: u.now, ExpiresAt: u.now.Add(sessionLife)})
	if err == nil && !fresh {
		err = errAgain
	}
	return user, err
}

func (u *unit) start(token string, user rejoin.User, p rejoin.Platform, in UserSend, b Beginning) (Update, error) {
	open, err := u.UserIssueIDs(user.ID, maxOpenIssues)
	if err != nil {
		return Update{}, err
	}
	if len(open) >= maxOpenIssues {
		return Update{}, rejoin.Errorf(rejoin.Limited, "You have %d open conversations. Please write in one of them.", maxOpenIssues)
	}
	issue, dropped, err := u.newIssue(user, p, b)
	if err != nil {
		return Update{}, err
	}
	issue.Title = rejoin.Preview(in.Body, 80)
	if err := u.AddIssue(issue); err != nil {
		return Update{}, err
	}
	if err := u.event(&issue, rejoin.EventCreated, byUser(user), rejoin.EventData{}); err != nil {
		return Update{}, err
	}
	msg, added, err := u.addWithFiles(&issue, rejoin.Message{ClientID: in.ClientID, Origin: rejoin.FromUser, AuthorID: user.ID, Body: in.Body},
		identity.Hash(token), in.Attachments)
	if err != nil {
		return Update{}, err
	}
	if !added {
		return Update{}, errAgain
	}
	if issue.Title == "" {
		issue.Title = rejoin.Preview(previewOf(msg), 80)
		if err := u.SetTitle(issue.ID, issue.Title); err != nil {
			return Update{}, err
		}
	}
	if err := u.takeTyped(&issue, b.Typed); err != nil {
		return Update{}, err
	}
	if err := u.put(jobBot, issue.ID, u.now); err != nil {
		return Update{}, err
	}
	u.signals = append(u.signals, live.Signal{Topic: live.UserTopic(user.ID), Kind: live.Changed, IssueID: issue.ID})
	return Update{Issue: issue, Messages: []rejoin.Message{msg}, Dropped: dropped}, u.save(&issue)
}

// newIssue is the issue before its first message, with what the page gives along; dropped says what of that was not taken.
func (u *unit) newIssue(user rejoin.User, p rejoin.Platform, b Beginning) (i rejoin.Issue, dropped []string, err error) {
	tags, dropped, err := u.takeTags(p.DomainID, b.Tags)
	if err != nil {
		return i, nil, err
	}
	values, bad, err := u.takeFields(p.DomainID, b.Fields)
	if err != nil {
		return i, nil, err
	}
	number, err := u.NextIssueNumber(p.DomainID)
	if err != nil {
		return i, nil, err
	}
	i = rejoin.Issue{ID: newID("iss"), DomainID: p.DomainID, AppID: p.AppID, PlatformID: p.ID, UserID: user.ID, Number: number,
		State: rejoin.New, StateChangedAt: u.now, FullPrivacy: b.FullPrivacy || b.Claim.FullPrivacy, Tags: tags, Fields: values, Meta: b.Meta,
		CreatedAt: u.now, UpdatedAt: u.now, WaitingSince: u.now}
	if p.Kind.InApp() && strings.HasPrefix(i.Meta.Page.URL, u.env.hostedURL(p)) {
		i.Meta.Page = rejoin.MetaPage{} // our own page around the chat, not one of the app's
	}
	if p.AllowedOrigins.Allow(b.Meta.Page.URL) {
		i.StartURL = b.Meta.Page.URL
	}
	return i, append(dropped, bad...), nil
}
