package core

import (
	"context"
	"strconv"
	"strings"

	"rejoin"
	"rejoin/store"
)

// Directory is what programs look up beside conversations: apps, agents and users of their domain.
type Directory struct{ *env }

// looking is the guard of use cases that only look.
func looking(a rejoin.Agent) error {
	if !a.Role.May(rejoin.Look) {
		return rejoin.Errorf(rejoin.Forbidden, "You may not see this.")
	}
	return nil
}

// looks runs f on a consistent snapshot for who may look.
func (e *env) looks(ctx context.Context, a rejoin.Agent, f func(*unit) error) error {
	if err := looking(a); err != nil {
		return err
	}
	return e.read(ctx, f)
}

// AppEntry is an app with the ways to reach it.
type AppEntry struct {
	App       rejoin.App
	Platforms []rejoin.Platform // the oldest first
}

// Apps returns the domain's apps by name.
func (s *Directory) Apps(ctx context.Context, a rejoin.Agent) (list []AppEntry, err error) {
	err = s.looks(ctx, a, func(u *unit) error {
		apps, err := u.Tx.Apps(a.DomainID)
		list = nil
		for _, app := range apps {
			if err != nil {
				return err
			}
			var entry AppEntry
			entry, err = u.appEntry(app)
			list = append(list, entry)
		}
		return err
	})
	return list, err
}

func (u *unit) appEntry(app rejoin.App) (AppEntry, error) {
	platforms, err := u.Tx.Platforms(app.ID)
	return AppEntry{app, platforms}, err
}

// App returns the domain's app with the id or publish id.
func (s *Directory) App(ctx context.Context, a rejoin.Agent, ref string) (entry AppEntry, err error) {
	err = s.looks(ctx, a, func(u *unit) error {
		app, err := u.appNamed(a, ref)
		if err != nil {
			return err
		}
		entry, err = u.appEntry(app)
		return err
	})
	return entry, err
}

// appNamed is the domain's app with the id or publish id.
func (u *unit) appNamed(a rejoin.Agent, ref string) (rejoin.App, error) {
	apps, err := u.Tx.Apps(a.DomainID)
	if err != nil {
		return rejoin.App{}, err
	}
	for _, app := range apps {
		if app.ID == ref || strconv.FormatInt(app.Number, 10) == ref {
			return app, nil
		}
	}
	return rejoin.App{}, rejoin.Errorf(rejoin.NotFound, "There is no such app. Name it by its id or publish_id: GET /apps lists them.")
}

// Agents returns the domain's agents by name; with gone, those too who no longer belong to the team. Their secrets are left out.
func (s *Directory) Agents(ctx context.Context, a rejoin.Agent, gone bool) (list []rejoin.Agent, err error) {
	err = s.looks(ctx, a, func(u *unit) error {
		all, err := u.Tx.Agents(a.DomainID)
		list = nil
		for _, agent := range all {
			if agent.Active() || gone {
				list = append(list, withoutSecrets(agent))
			}
		}
		return err
	})
	return list, err
}

func withoutSecrets(a rejoin.Agent) rejoin.Agent {
	a.PasswordHash, a.TwoFactor = "", rejoin.TwoFactor{}
	return a
}

// Agent returns one of the domain's agents, without secrets.
func (s *Directory) Agent(ctx context.Context, a rejoin.Agent, id string) (agent rejoin.Agent, err error) {
	err = s.looks(ctx, a, func(u *unit) error {
		agent, err = u.Agent(id)
		if err == nil && agent.DomainID != a.DomainID || rejoin.CodeOf(err) == rejoin.NotFound {
			err = rejoin.Errorf(rejoin.NotFound, "There is no such agent.")
		}
		return err
	})
	if err != nil {
		return rejoin.Agent{}, err
	}
	return withoutSecrets(agent), nil
}

// maxHits is as far as lists of programs are counted, and as far as their pages go (reference §7.2).
const maxHits = 50_000

// UserSearch chooses users. What is empty chooses everybody.
type UserSearch struct {
	App        string // id or publish id
	Email      string
	ExternalID string
	From, To   rejoin.Millis // when they came: from, and before
	After      int           // users before the page
	Limit      int
}

// UserList is a page of users, those who came first before the others.
type UserList struct {
	Users []rejoin.User
	Hits  int64 // of all pages, counted up to 50,000
}

// Users returns a page of the domain's users.
func (s *Directory) Users(ctx context.Context, a rejoin.Agent, in UserSearch) (p UserList, err error) {
	err = s.looks(ctx, a, func(u *unit) error {
		f := store.UserFilter{DomainID: a.DomainID, Email: strings.ToLower(strings.TrimSpace(in.Email)), ExternalID: in.ExternalID, From: in.From, To: in.To}
		if in.App != "" {
			app, err := u.appNamed(a, in.App)
			if err != nil {
				return err
			}
			f.AppID = app.ID
		}
		if p.Users, err = u.Tx.Users(f, in.After, in.Limit); err != nil {
			return err
		}
		p.Hits, err = u.CountUsers(f, maxHits)
		return err
	})
	return p, err
}

// UserEntry is a user with the other ways the company knows them by.
type UserEntry struct {
	User       rejoin.User
	Identities []rejoin.NamedIdentity
}

// User returns one of the domain's users.
func (s *Directory) User(ctx context.Context, a rejoin.Agent, id string) (entry UserEntry, err error) {
	err = s.looks(ctx, a, func(u *unit) error {
		entry, err = u.userEntry(a, id)
		return err
	})
	return entry, err
}

func (u *unit) userEntry(a rejoin.Agent, id string) (UserEntry, error) {
	user, err := u.User(id)
	if err == nil && user.DomainID != a.DomainID || rejoin.CodeOf(err) == rejoin.NotFound {
		return UserEntry{}, noUser()
	}
	if err != nil {
		return UserEntry{}, err
	}
	identities, err := u.Tx.Identities(id)
	return UserEntry{user, identities}, err
}

func noUser() error { return rejoin.Errorf(rejoin.NotFound, "There is no such user.") }
