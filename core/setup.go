package core

import (
	"context"
	"slices"

	"rejoin"
)

// Setup is what the operator of an installation does at the command line. It asks nobody for permission.
type Setup struct {
	*env
	passwords *hasher
}

// First is the beginning of a domain.
type First struct {
	Domain   string
	App      string
	Origins  []string
	Name     string // of the administrator
	Email    string
	Password string
}

// Made is what Create has made.
type Made struct {
	Domain   rejoin.Domain
	App      rejoin.App
	Platform rejoin.Platform
	Admin    rejoin.Agent
}

// Create makes a domain with its first app, web platform and administrator, and switches follow-up e-mails on for it.
func (s *Setup) Create(ctx context.Context, in First) (m Made, err error) {
	in, origins, admin, err := s.check(ctx, in)
	if err != nil {
		return m, err
	}
	err = s.write(ctx, func(u *unit) error {
		m, err = u.found(in, origins, admin)
		return err
	})
	return m, err
}

// check returns the beginning in its kept form, or the first thing that is wrong with it.
func (s *Setup) check(ctx context.Context, in First) (_ First, origins rejoin.Origins, admin rejoin.Agent, err error) {
	if in.Domain, err = rejoin.CheckDomainName(in.Domain); err != nil {
		return in, nil, admin, err
	}
	if in.App, err = rejoin.CheckName("app", in.App); err != nil {
		return in, nil, admin, err
	}
	if origins, err = rejoin.CheckOrigins(in.Origins); err != nil {
		return in, nil, admin, err
	}
	admin, err = s.newAgent(ctx, rejoin.Administrator, in.Name, in.Email, in.Password)
	return in, origins, admin, err
}

// found stores the beginning of a domain; what is in it has been checked.
func (u *unit) found(in First, origins rejoin.Origins, admin rejoin.Agent) (m Made, err error) {
	m.Domain = rejoin.Domain{ID: newID("dom"), Name: in.Domain, Features: []rejoin.Feature{rejoin.FollowUpEmail}, CreatedAt: u.now}
	if err := u.AddDomain(m.Domain); err != nil {
		return m, err
	}
	if m.App, m.Platform, err = u.makeApp(m.Domain, in.App, origins, admin.Name); err != nil {
		return m, err
	}
	m.Admin = admin
	m.Admin.DomainID, m.Admin.CreatedAt = m.Domain.ID, u.now
	return m, u.AddAgent(m.Admin)
}

func (s *Setup) newAgent(ctx context.Context, role rejoin.Role, name, email, password string) (a rejoin.Agent, err error) {
	a = rejoin.Agent{ID: newID("agt"), Role: role, Available: true}
	if a.Name, err = rejoin.CheckName("name", name); err != nil {
		return a, err
	}
	if a.Email, err = rejoin.CheckEmail(email); err != nil {
		return a, err
	}
	if len(password) < minPassword || len(password) > maxPassword {
		return a, rejoin.InvalidField("password", "A password has %d to %d characters.", minPassword, maxPassword)
	}
	a.PasswordHash, err = s.passwords.hash(ctx, password)
	return a, err
}

// AddAgent adds a colleague to a domain.
func (s *Setup) AddAgent(ctx context.Context, domainID string, role rejoin.Role, name, email, password string) (a rejoin.Agent, err error) {
	if a, err = s.newAgent(ctx, role, name, email, password); err != nil {
		return a, err
	}
	err = s.write(ctx, func(u *unit) error {
		a.DomainID, a.CreatedAt = domainID, u.now
		return u.AddAgent(a)
	})
	return a, err
}

// Empty reports whether the installation has no domain yet.
func (s *Setup) Empty(ctx context.Context) (empty bool, err error) {
	err = s.read(ctx, func(u *unit) error {
		list, err := u.Domains()
		empty = len(list) == 0
		return err
	})
	return empty, err
}

// Domain returns the domain with the name.
func (s *Setup) Domain(ctx context.Context, name string) (d rejoin.Domain, err error) {
	err = s.read(ctx, func(u *unit) error {
		d, err = u.DomainByName(name)
		return err
	})
	return d, err
}

// SetFeature switches a feature on or off for a domain.
func (s *Setup) SetFeature(ctx context.Context, domain string, f rejoin.Feature, on bool) error {
	if !slices.Contains(rejoin.Features[:], f) {
		return rejoin.InvalidField("feature", "There is no feature %q. There is: %s.", f, rejoin.Features)
	}
	return s.write(ctx, func(u *unit) error {
		d, err := u.DomainByName(domain)
		if rejoin.CodeOf(err) == rejoin.NotFound {
			return rejoin.InvalidField("domain", "There is no domain %q.", domain)
		}
		if err != nil {
			return err
		}
		features := slices.DeleteFunc(slices.Clone(d.Features), func(o rejoin.Feature) bool { return o == f })
		if on {
			features = append(features, f)
		}
		if err := u.SetFeatures(d.ID, features); err != nil {
			return err
		}
		apps, err := u.Tx.Apps(d.ID)
		for _, a := range apps {
			if err == nil {
				err = u.put(jobPolicy, a.ID, u.now)
			}
		}
		return err
	})
}
