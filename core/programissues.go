package core

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"rejoin"
	"rejoin/live"
)

// NewIssue is what a program begins a conversation with, in the name of the user.
type NewIssue struct {
	Once     Once
	Email    string
	Name     string // of the user; fills a profile that has none
	Body     string // the user's first message
	Title    string // empty for the beginning of the first message
	App      string // id or publish id; empty for the domain's first app
	Platform rejoin.PlatformKind
	Tags     []string
	Fields   map[string]GivenField
	Meta     map[string]any // decoded JSON with [json.Number]
	Files    []string       // ids of files that the program has uploaded
}

// maxTitle is the longest title, in characters.
const maxTitle = 255

func (in NewIssue) check() (_ NewIssue, err error) {
	if in.Email, err = rejoin.CheckEmail(in.Email); err != nil {
		return in, err
	}
	if in.Name != "" {
		if in.Name, err = rejoin.CheckName("author-name", in.Name); err != nil {
			return in, err
		}
	}
	if in.Title, err = checkTitle(in.Title); err != nil {
		return in, err
	}
	if len(in.Files) > rejoin.MaxAttachments {
		return in, rejoin.InvalidField("attachment", "A message takes %d files at most.", rejoin.MaxAttachments)
	}
	if in.Body, err = rejoin.CheckBody(in.Body); err != nil {
		return in, about("message-body", err)
	}
	in.Tags = unique(in.Tags)
	return in, nil
}

func checkTitle(raw string) (string, error) {
	title := line(raw, maxTitle+1)
	if utf8.RuneCountInString(title) > maxTitle {
		return "", rejoin.InvalidField("title", "A title has at most %d characters.", maxTitle)
	}
	return title, nil
}

// begun is what a repeated beginning returns.
type begun struct{ IssueID, MessageID string }

// Begin begins a conversation in the name of the user with the address, and returns its first message too. A user is known by an address that the host site
// has given; what somebody has only typed finds nobody. There is no session: the person gets to the conversation by a follow-up e-mail's link, or by logging in.
func (s *Programs) Begin(ctx context.Context, a rejoin.Agent, in NewIssue) (w WrittenIssue, first rejoin.Message, err error) {
	if err := answering(a); err != nil {
		return w, first, err
	}
	if in, err = in.check(); err != nil {
		return w, first, err
	}
	err = s.write(ctx, func(u *unit) error {
		made, err := once(u, a, in.Once, func() (begun, error) { return u.beginFor(a, in) })
		if err != nil {
			return err
		}
		i, err := u.Issue(made.IssueID)
		if err != nil {
			return err
		}
		if w, err = u.written(i); err != nil {
			return err
		}
		first, err = u.MessageByID(made.IssueID, made.MessageID)
		return err
	})
	return w, first, err
}

func (u *unit) beginFor(a rejoin.Agent, in NewIssue) (begun, error) {
	app, p, err := u.platformFor(a, in)
	if err != nil {
		return begun{}, err
	}
	meta, err := withMeta(rejoin.Meta{}, in.Meta)
	if err != nil {
		return begun{}, err
	}
	user, err := u.userByAddress(app, p, in, meta)
	if err != nil {
		return begun{}, err
	}
	issue, err := u.issueFor(user, p, in, meta)
	if err != nil {
		return begun{}, err
	}
	if err := u.event(&issue, rejoin.EventCreated, byAgent(a), rejoin.EventData{}); err != nil {
		return begun{}, err
	}
	msg, _, err := u.addWithFiles(&issue, rejoin.Message{ClientID: newID("api"), Origin: rejoin.FromUser, AuthorID: user.ID, Body: in.Body}, a.ID, in.Files)
	if err != nil {
		return begun{}, about("attachment", err)
	}
	if err := u.put(jobBot, issue.ID, u.now); err != nil {
		return begun{}, err
	}
	u.signals = append(u.signals, live.Signal{Topic: live.UserTopic(user.ID), Kind: live.Changed, IssueID: issue.ID})
	return begun{issue.ID, msg.ID}, u.save(&issue)
}

// issueFor stores the issue before its first message.
func (u *unit) issueFor(user rejoin.User, p rejoin.Platform, in NewIssue, meta rejoin.Meta) (rejoin.Issue, error) {
	issue, _, err := u.newIssue(user, p, Beginning{Meta: meta})
	if err != nil {
		return issue, err
	}
	if err := u.usable(p.DomainID, in.Tags); err != nil {
		return issue, about("tags", err)
	}
	if len(in.Tags) > maxGiven {
		return issue, rejoin.InvalidField("tags", "A conversation carries at most %d tags.", maxGiven)
	}
	list, err := u.readFields(p.DomainID, in.Fields)
	if err != nil {
		return issue, err
	}
	issue.Tags, issue.Fields = in.Tags, rejoin.FieldValues{}
	for _, f := range list {
		if f.value != "" {
			issue.Fields[f.field.Key] = rejoin.FieldValue{Type: f.field.Type, Value: f.value}
		}
	}
	if issue.Title = in.Title; issue.Title == "" {
		issue.Title = rejoin.Preview(in.Body, 80)
	}
	return issue, u.AddIssue(issue)
}

// platformFor is where the conversation begins. That the chat is closed, or shown to nobody, keeps no program from beginning one.
func (u *unit) platformFor(a rejoin.Agent, in NewIssue) (app rejoin.App, p rejoin.Platform, err error) {
	if in.App == "" {
		app, err = u.firstApp(a.DomainID)
	} else if app, err = u.appNamed(a, in.App); rejoin.CodeOf(err) == rejoin.NotFound {
		err = rejoin.InvalidField("app-id", "There is no such app. Name it by its id or publish_id: GET /apps lists them.")
	}
	if err != nil {
		return app, p, err
	}
	kind := in.Platform
	if kind == "" {
		kind = rejoin.Web
	}
	list, err := u.Platforms(app.ID)
	if err != nil {
		return app, p, err
	}
	n := slices.IndexFunc(list, func(p rejoin.Platform) bool { return p.Kind == kind })
	switch {
	case !slices.Contains(rejoin.PlatformKinds[:], kind):
		return app, p, rejoin.InvalidField("platform-type", "platform-type is web, ios or android.")
	case n < 0:
		return app, p, rejoin.InvalidField("platform-type", "The app %s has no platform for %s.", app.Name, kind)
	case list[n].Off:
		return app, p, &rejoin.Error{Code: rejoin.Conflict, Field: "platform-type", Text: "This platform is switched off: no conversation begins there."}
	}
	return app, list[n], nil
}

// firstApp is the domain's oldest app.
func (u *unit) firstApp(domainID string) (rejoin.App, error) {
	list, err := u.Tx.Apps(domainID)
	if err != nil || len(list) == 0 {
		return rejoin.App{}, err
	}
	return slices.MinFunc(list, func(a, b rejoin.App) int { return int(a.Number - b.Number) }), nil
}

// userByAddress finds whom the host site knows by the address, or makes a profile of them: the company's own program vouches for it. Where the app asks for
// signatures, an address that a page has given without one is nobody's.
func (u *unit) userByAddress(app rejoin.App, p rejoin.Platform, in NewIssue, meta rejoin.Meta) (rejoin.User, error) {
	if err := u.lockLogins(app.ID, person{email: in.Email}); err != nil {
		return rejoin.User{}, err
	}
	user, err := u.UserByToldEmail(app.ID, in.Email, app.Settings.Identity.Required)
	if err == nil {
		return u.nameUser(user, in.Name)
	}
	if rejoin.CodeOf(err) != rejoin.NotFound {
		return user, err
	}
	presence, err := u.firstPresence(app.ID)
	if err != nil {
		return user, err
	}
	user = rejoin.User{ID: newID("usr"), DomainID: app.DomainID, AppID: app.ID, Name: in.Name, Email: in.Email, EmailSource: rejoin.GivenEmail,
		Language: meta.Language, TimeZone: meta.TimeZone, Presence: presence, PresenceSince: u.now, CreatedAt: u.now, SeenAt: u.now}
	if err := u.AddUser(user); err != nil {
		return user, err
	}
	return user, u.noteAddress(rejoin.User{}, user)
}

// nameUser fills in the name of a user who has none.
func (u *unit) nameUser(user rejoin.User, name string) (rejoin.User, error) {
	if strings.TrimSpace(user.Name) != "" || name == "" {
		return user, nil
	}
	user, err := u.LockUser(user.ID)
	if err != nil || user.Name != "" {
		return user, err
	}
	user.Name = name
	return user, u.SetProfile(user)
}
