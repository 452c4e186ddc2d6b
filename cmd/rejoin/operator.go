package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"rejoin"
	"rejoin/core"
	"rejoin/files"
	"rejoin/live"
	"rejoin/store"
)

// operate returns the use cases for a command that works beside a running server, or without one. Nothing is served, and no e-mail is sent.
func operate(s *store.Store, c config) *core.Core { return operateWith(s, c, nil) }

// operateWith is operate for a command that works with attachments.
func operateWith(s *store.Store, c config, kept *files.Store) *core.Core {
	log := slog.New(slog.DiscardHandler)
	return core.New(core.Deps{Config: core.Config{PublicURL: c.PublicURL, MailFrom: c.MailFrom, NodeID: "command"}, Store: s,
		Clock: rejoin.SystemClock{}, Hub: live.NewHub(nil, log), Log: log, Files: kept, Wake: func() {}})
}

func runMigrate(ctx context.Context, p *program, args []string) (err error) {
	c, err := fromEnvironment(p.environ)
	if err != nil {
		return err
	}
	flags := newFlags("migrate")
	c.define(flags, "database")
	if err := p.parse(flags, args, "Brings the database to the schema that this program needs. It may run while servers run, and may be repeated.", ""); err != nil {
		return err
	}
	s, err := open(ctx, c.Database, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	from, to, err := s.Migrate(ctx)
	if err != nil {
		return err
	}
	if from == to {
		fmt.Fprintf(p.out, "The database has schema version %d, as it should.\n", to)
		return nil
	}
	fmt.Fprintf(p.out, "The database went from schema version %d to %d.\n", from, to)
	return nil
}

func runFeature(ctx context.Context, p *program, args []string) (err error) {
	c, err := fromEnvironment(p.environ)
	if err != nil {
		return err
	}
	flags := newFlags("feature")
	domain := flags.String("domain", "", "name of the domain")
	c.define(flags, "database")
	words, rest := leadingWords(args, 2)
	intro := "Switches a feature on or off for a domain; \"rejoin feature list\" shows them."
	if err := p.parse(flags, rest, intro, "enable|disable|list FEATURE"); err != nil {
		return err
	}
	words = append(words, flags.Args()...)
	if len(words) == 1 && words[0] == "list" {
		return p.listFeatures(ctx, c, *domain)
	}
	if len(words) != 2 || words[0] != "enable" && words[0] != "disable" || *domain == "" {
		return usagef("Write it like \"rejoin feature enable %s --domain NAME\". \"rejoin feature list\" shows what there is.", rejoin.Features[0])
	}
	s, err := openReady(ctx, c.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := operate(s, c).Setup.SetFeature(ctx, *domain, rejoin.Feature(words[1]), words[0] == "enable"); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "The feature %s is %sd for the domain %s.\n", words[1], words[0], *domain)
	return nil
}

// leadingWords splits off up to n words before the first flag, which the flag package would stop at.
func leadingWords(args []string, n int) (words, rest []string) {
	for len(words) < n && len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		words, args = append(words, args[0]), args[1:]
	}
	return words, args
}

func (p *program) listFeatures(ctx context.Context, c config, domain string) (err error) {
	if domain == "" {
		for _, f := range rejoin.Features {
			fmt.Fprintln(p.out, f)
		}
		return nil
	}
	s, err := openReady(ctx, c.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	d, err := operate(s, c).Setup.Domain(ctx, domain)
	if rejoin.CodeOf(err) == rejoin.NotFound {
		return rejoin.InvalidField("domain", "There is no domain %q.", domain)
	}
	if err != nil {
		return err
	}
	for _, f := range rejoin.Features {
		state := "off"
		if slices.Contains(d.Features, f) {
			state = "on"
		}
		fmt.Fprintf(p.out, "%-20s %s\n", f, state)
	}
	return nil
}
