package core

import (
	"context"

	"rejoin"
)

// maxApps is how many apps a domain has at most.
const maxApps = 100

// Create makes an app with its web platform and the first secret of its identity verification.
func (s *Apps) Create(ctx context.Context, a rejoin.Agent, name string, origins []string) (p AppPage, err error) {
	if err := administer(a); err != nil {
		return p, err
	}
	if name, err = rejoin.CheckName("name", name); err != nil {
		return p, err
	}
	allowed, err := rejoin.CheckOrigins(origins)
	if err != nil {
		return p, err
	}
	err = s.write(ctx, func(u *unit) error {
		domain, err := u.Domain(a.DomainID)
		if err != nil {
			return err
		}
		if err := u.nameIsFree(a.DomainID, "", name); err != nil {
			return err
		}
		app, _, err := u.makeApp(domain, name, allowed, a.Name)
		if err != nil {
			return err
		}
		if err := u.audit(a, rejoin.AppMade, name); err != nil {
			return err
		}
		p, err = u.appPage(a, app.ID)
		return err
	})
	return p, err
}

// nameIsFree refuses a name that another app of the domain has, and more apps than fit.
func (u *unit) nameIsFree(domainID, appID, name string) error {
	if err := u.LockText("apps " + domainID); err != nil {
		return err
	}
	list, err := u.Tx.Apps(domainID)
	if err != nil {
		return err
	}
	for _, other := range list {
		if other.ID != appID && other.Name == name {
			return &rejoin.Error{Code: rejoin.Conflict, Field: "name", Text: "There is an app of this name already. Choose another one, so that agents can tell them apart."}
		}
	}
	if appID == "" && len(list) >= maxApps {
		return rejoin.Errorf(rejoin.Limited, "A domain has at most %d apps. Rename one that is no longer needed.", maxApps)
	}
	return nil
}

// makeApp stores an app with what every app has. by is who made it, in words. The caller has locked the domain's apps, or the domain is new.
func (u *unit) makeApp(d rejoin.Domain, name string, origins rejoin.Origins, by string) (rejoin.App, rejoin.Platform, error) {
	app := rejoin.App{ID: newID("app"), DomainID: d.ID, Name: name, Settings: rejoin.DefaultAppSettings(), CreatedAt: u.now}
	platform := rejoin.Platform{ID: newPlatformID(d.Name, u.now), DomainID: d.ID, AppID: app.ID, Kind: rejoin.Web, AllowedOrigins: origins, CreatedAt: u.now}
	var err error
	if app.Number, err = u.NextAppNumber(d.ID); err != nil {
		return app, platform, err
	}
	if err := u.AddApp(app); err != nil {
		return app, platform, err
	}
	if _, err := u.makeSecret(app.ID, by); err != nil {
		return app, platform, err
	}
	return app, platform, u.AddPlatform(platform)
}

// Rename gives the app another name. Visitors see it in the chat and in e-mails that are written from now on.
func (s *Apps) Rename(ctx context.Context, a rejoin.Agent, appID, name string) (p AppPage, err error) {
	if err := administer(a); err != nil {
		return p, err
	}
	if name, err = rejoin.CheckName("name", name); err != nil {
		return p, err
	}
	err = s.write(ctx, func(u *unit) error {
		was, err := u.agentsApp(a, appID)
		if err != nil {
			return err
		}
		if err := u.nameIsFree(a.DomainID, appID, name); err != nil {
			return err
		}
		if err := u.RenameApp(appID, name, u.now); err != nil {
			return err
		}
		if was.Name != name {
			if err := u.audit(a, rejoin.AppRenamed, name, changes("Name", was.Name, name)...); err != nil {
				return err
			}
		}
		p, err = u.appPage(a, appID)
		return err
	})
	return p, err
}
