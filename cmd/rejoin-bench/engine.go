package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver "pgx"

	"rejoin"
	"rejoin/mail/mailbox"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/store/storetest"
)

// servers are the database servers that were started; they end with this process.
type servers struct {
	postgres *url.URL
	made     int
}

// database makes an empty database.
func (s *servers) database(o options, engine string) (string, error) {
	s.made++
	if engine == "sqlite" {
		return filepath.Join(o.dir, fmt.Sprintf("rejoin%d.db", s.made)), nil
	}
	if engine != "postgres" {
		return "", fmt.Errorf("there is no engine %q; there are sqlite and postgres", engine)
	}
	var err error
	if s.postgres == nil {
		if s.postgres, err = storetest.Start(true); err != nil {
			return "", err
		}
	}
	db, err := sql.Open("pgx", s.postgres.String())
	if err != nil {
		return "", err
	}
	defer db.Close()
	name := fmt.Sprintf("bench%d", s.made)
	if _, err := db.Exec("CREATE DATABASE " + name); err != nil {
		return "", err
	}
	u := *s.postgres
	u.Path = "/" + name
	return u.String(), nil
}

// bench is one part on one engine.
type bench struct {
	options
	engine string
	part   part
	report *report

	install  rejointest.Installation
	box      *mailbox.Mailbox
	store    *store.Store // beside the server, for making and counting
	domain   rejoin.Domain
	app      rejoin.App
	platform rejoin.Platform
	process  *rejointest.Process
}

// open makes an installation. No server runs yet.
func (b *bench) open(ctx context.Context, s *servers) error {
	database, err := s.database(b.options, b.engine)
	if err != nil {
		return err
	}
	if b.box, err = mailbox.Start("127.0.0.1:0", ""); err != nil {
		return err
	}
	// The load speaks as a reverse proxy does, so that every visitor has an address of their own: limits per address and per session stay
	// as they are, and nothing that is measured touches them.
	b.install = rejointest.Installation{Program: b.program, Database: database, SMTP: b.box.URL(),
		Flags: []string{"--trusted-proxies", "127.0.0.1"}}
	if err := b.install.Setup(ctx); err != nil {
		return err
	}
	if b.store, err = store.Open(ctx, database); err != nil {
		return err
	}
	return b.store.Read(ctx, func(tx *store.Tx) error {
		if b.domain, err = tx.DomainByName("acme"); err != nil {
			return err
		}
		apps, err := tx.Apps(b.domain.ID)
		if err != nil || len(apps) != 1 {
			return errors.Join(err, fmt.Errorf("there are %d apps, not one", len(apps)))
		}
		b.app = apps[0]
		platforms, err := tx.Platforms(b.app.ID)
		if err != nil || len(platforms) != 1 {
			return errors.Join(err, fmt.Errorf("there are %d platforms, not one", len(platforms)))
		}
		b.platform = platforms[0]
		return nil
	})
}

// start starts the server.
func (b *bench) start(ctx context.Context) (err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	b.process, err = b.install.Start(ctx)
	return err
}

// close ends everything.
func (b *bench) close() error {
	if b.process != nil {
		b.process.Kill()
	}
	return errors.Join(b.store.Close(), b.box.Close())
}
