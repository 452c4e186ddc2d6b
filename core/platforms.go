package core

import (
	"context"
	"slices"

	"rejoin"
)

// Platforms is how an app is reached: its web chat, and apps for telephones (reference §2.8b).
type Platforms struct{ *env }

// AppPlatform is a platform as administrators see it.
type AppPlatform struct {
	rejoin.Platform
	HostedURL string
	Issues    int64 // at most maxCountedIssues
}

const maxCountedIssues = 10_000

// List returns the app's platforms in the order of [rejoin.PlatformKinds], for administrators.
func (s *Platforms) List(ctx context.Context, a rejoin.Agent, appID string) (list []AppPlatform, err error) {
	if err := administer(a); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(u *unit) error {
		if _, err := u.agentsApp(a, appID); err != nil {
			return err
		}
		list, err = u.appPlatforms(appID)
		return err
	})
	return list, err
}

func (u *unit) appPlatforms(appID string) (list []AppPlatform, err error) {
	platforms, err := u.Tx.Platforms(appID)
	if err != nil {
		return nil, err
	}
	for _, kind := range rejoin.PlatformKinds {
		for _, p := range platforms {
			if p.Kind != kind {
				continue
			}
			n, err := u.PlatformIssues(p.ID, maxCountedIssues)
			if err != nil {
				return nil, err
			}
			list = append(list, AppPlatform{Platform: p, HostedURL: u.env.hostedURL(p), Issues: n})
		}
	}
	return list, nil
}

// Create adds iOS or Android to the app, for administrators. An app has at most one of each.
func (s *Platforms) Create(ctx context.Context, a rejoin.Agent, appID string, kind rejoin.PlatformKind) (list []AppPlatform, err error) {
	if err := administer(a); err != nil {
		return nil, err
	}
	if !kind.InApp() {
		return nil, rejoin.InvalidField("kind", "A platform that can be added is ios or android. Every app has its web platform from the beginning.")
	}
	err = s.write(ctx, func(u *unit) error {
		app, err := u.agentsApp(a, appID)
		if err != nil {
			return err
		}
		if err := u.lockApp(appID); err != nil {
			return err
		}
		there, err := u.Tx.Platforms(appID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(there, func(p rejoin.Platform) bool { return p.Kind == kind }) {
			return &rejoin.Error{Code: rejoin.Conflict, Field: "kind", Text: "This app has " + kind.Name() + " already. Its id is in the list."}
		}
		d, err := u.Domain(a.DomainID)
		if err != nil {
			return err
		}
		p := rejoin.Platform{ID: newPlatformID(d.Name, u.now), DomainID: d.ID, AppID: appID, Kind: kind, AllowedOrigins: rejoin.Origins{}, CreatedAt: u.now}
		if err := u.AddPlatform(p); err != nil {
			return err
		}
		if err := u.audit(a, rejoin.PlatformMade, app.Name+": "+kind.Name()); err != nil {
			return err
		}
		list, err = u.appPlatforms(appID)
		return err
	})
	return list, err
}

// SetOff switches one of the app's platforms off, or on again, for administrators. While it is off no new conversations begin there. The web
// platform has a switch of its own, ShowWidget.
func (s *Platforms) SetOff(ctx context.Context, a rejoin.Agent, appID, platformID string, off bool) (list []AppPlatform, err error) {
	if err := administer(a); err != nil {
		return nil, err
	}
	err = s.write(ctx, func(u *unit) error {
		app, err := u.agentsApp(a, appID)
		if err != nil {
			return err
		}
		if err := u.lockApp(appID); err != nil {
			return err
		}
		p, err := u.Platform(platformID)
		if err == nil && p.AppID != appID {
			err = rejoin.Errorf(rejoin.NotFound, "There is no such platform.")
		}
		if err != nil {
			return err
		}
		if off && !p.Kind.InApp() {
			return rejoin.InvalidField("off", "Web Chat is switched off in Configure Web Chat, by Show Web Chat Widget.")
		}
		if p.Off != off {
			if err := u.switchPlatform(a, app, p, off); err != nil {
				return err
			}
		}
		list, err = u.appPlatforms(appID)
		return err
	})
	return list, err
}

// meets refuses new conversations where the platform is switched off, and notes that an app is in use.
func (u *unit) meets(p rejoin.Platform) error {
	if p.Off {
		return rejoin.Errorf(rejoin.Forbidden, "The chat is closed at the moment. No new conversation can begin.")
	}
	if !p.Kind.InApp() || u.now.Sub(p.SeenAt) < rejoin.SeenEvery {
		return nil
	}
	return u.SeePlatform(p.ID, "", u.now, u.now.Add(1-rejoin.SeenEvery))
}

func (u *unit) switchPlatform(a rejoin.Agent, app rejoin.App, p rejoin.Platform, off bool) error {
	if err := u.SetPlatformOff(p.ID, off); err != nil {
		return err
	}
	act := rejoin.PlatformOn
	if off {
		act = rejoin.PlatformOff
	}
	return u.audit(a, act, app.Name+": "+p.Kind.Name())
}
