package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"

	"rejoin"
	"rejoin/files"
	"rejoin/outbound"
	"rejoin/serve"
	"rejoin/ui"
	"rejoin/web"
)

func runServe(ctx context.Context, p *program, args []string) (err error) {
	c, err := fromEnvironment(p.environ)
	if err != nil {
		return err
	}
	flags := newFlags("serve")
	c.define(flags)
	if err := p.parse(flags, args, "Runs the server. Settings come from flags or from the environment; the flag wins.\n"+
		"REJOIN_DATABASE, REJOIN_SMTP, REJOIN_FILES and REJOIN_OIDC_CLIENT_SECRET may be in files: REJOIN_DATABASE_FILE and so on.", ""); err != nil {
		return err
	}
	ok, err := c.check()
	if err != nil {
		return err
	}
	log, err := c.logger(p.err)
	if err != nil {
		return err
	}
	ready, err := openReady(ctx, c.Database)
	if err != nil {
		return err
	}
	unlock, err := lockFile(c.Database)
	if err != nil {
		return errors.Join(err, ready.Close())
	}
	defer func() { err = errors.Join(err, ready.Close(), unlock()) }() // the lock last: until then the file is in use
	kept, err := openFiles(ctx, c.Files)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	ln, err := web.Listen(c.Listen)
	if err != nil {
		return err
	}
	c.PublicURL, c.Listen = c.base(ln.Addr().String()), ln.Addr().String()
	server := serve.New(serve.Config{PublicURL: c.PublicURL, MailFrom: c.MailFrom, Store: ready, Mailer: ok.sender, Files: kept, Clock: rejoin.SystemClock{},
		Log: log, Dist: dist(log), TrustedProxies: ok.proxies, Outbound: outbound.New(ok.allow, false), SSO: c.provider()})
	log.Info("rejoin serves", append([]any{"version", version()}, c.masked()...)...)
	if err := firstRun(ctx, server, c.PublicURL, log); err != nil {
		return asked(ctx, err)
	}
	defer context.AfterFunc(ctx, func() { log.Info("stopping; a second signal stops at once") })()
	return asked(ctx, server.Run(ctx, ln))
}

// firstRun says where an installation without a domain is set up. Whoever reads the log runs the server: the address is for them.
func firstRun(ctx context.Context, server *serve.Server, publicURL string, log *slog.Logger) error {
	token, err := server.Core.Setup.Open(ctx)
	if err == nil && token != "" {
		log.Warn("nobody has set this server up yet: open the address in a browser", "address", publicURL+"/setup#"+token)
	}
	return err
}

// openFiles opens the place of attachments and makes sure that it can be written to.
func openFiles(ctx context.Context, place string) (*files.Store, error) {
	kept, err := files.Open(place)
	if err != nil {
		return nil, usagef("--files (REJOIN_FILES): %v", err)
	}
	if err := kept.Check(ctx); err != nil {
		return nil, errors.Join(usagef("--files (REJOIN_FILES): %v", err), kept.Close())
	}
	return kept, nil
}

// asked drops the error of a start that was interrupted because we were asked to stop.
func asked(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// dist is the browser programs in this binary. Without them the server answers programs but has no pages to show.
func dist(log *slog.Logger) fs.FS {
	built, err := fs.Sub(ui.Dist, "dist")
	if err != nil {
		panic(err) // "dist" is a valid path
	}
	if _, err := fs.Stat(built, "dashboard/index.html"); err != nil {
		log.Warn("this program was built without its pages; build it with \"make build\"")
	}
	return built
}
