package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"

	"rejoin"
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
		"REJOIN_DATABASE and REJOIN_SMTP may be in files: REJOIN_DATABASE_FILE, REJOIN_SMTP_FILE.", ""); err != nil {
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
	ln, err := web.Listen(c.Listen)
	if err != nil {
		return err
	}
	c.PublicURL, c.Listen = c.base(ln.Addr().String()), ln.Addr().String()
	server := serve.New(serve.Config{PublicURL: c.PublicURL, MailFrom: c.MailFrom, Store: ready, Mailer: ok.sender, Clock: rejoin.SystemClock{},
		Log: log, Dist: dist(log), TrustedProxies: ok.proxies})
	log.Info("rejoin serves", append([]any{"version", version()}, c.masked()...)...)
	defer context.AfterFunc(ctx, func() { log.Info("stopping; a second signal stops at once") })()
	return asked(ctx, server.Run(ctx, ln))
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
