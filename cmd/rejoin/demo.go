package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/files"
	"rejoin/mail"
	"rejoin/mail/mailbox"
	"rejoin/outbound"
	"rejoin/serve"
	"rejoin/store"
	"rejoin/web"
)

// usualWindow is how long a message may stay unread in the demo, unless --window says otherwise. The past is told with it.
const usualWindow = 20 * time.Second

// demo is the server with everything around it that a visitor, a team and a mail provider would bring.
type demo struct {
	data                                          string
	listen, shopListen, mailboxListen, smtpListen string
	window                                        time.Duration
	conversations                                 int
	windowGiven, json                             bool
	log                                           *slog.Logger
	store                                         *store.Store
	files                                         *files.Store
	box                                           *mailbox.Mailbox
	serverLn, mailboxLn                           net.Listener
	shopLns                                       []net.Listener
	urls                                          addresses
}

// addresses is where everything is, and the line that --json prints.
type addresses struct {
	Server        string `json:"server"`
	Shop          string `json:"shop"`
	Mailbox       string `json:"mailbox"`
	SMTP          string `json:"smtp"`
	Platform      string `json:"platform"`
	AgentEmail    string `json:"agent_email"`
	AgentPassword string `json:"agent_password"`
	API           string `json:"api"`
	APIKey        string `json:"api_key"`
}

func runDemo(ctx context.Context, p *program, args []string) (err error) {
	c, err := fromEnvironment(p.environ)
	if err != nil {
		return err
	}
	c.LogLevel = "warn" // the addresses shall stay on the screen
	d := &demo{}
	flags := newFlags("demo")
	d.define(flags)
	c.define(flags, "log-level", "log-format")
	if err := p.parse(flags, args, "Runs everything on this machine: the server, a sample shop with the chat, a mailbox that receives the e-mails,\n"+
		"and sample data, which stays in a folder.", ""); err != nil {
		return err
	}
	if d.conversations < 0 || d.conversations > 100_000 {
		return errors.New("--conversations is 0 to 100000")
	}
	flags.Visit(func(f *flag.Flag) { d.windowGiven = d.windowGiven || f.Name == "window" })
	if d.log, err = c.logger(p.err); err != nil {
		return err
	}
	if err := writable(d.data); err != nil {
		return err
	}
	unlock, err := lockFile(d.database())
	if err != nil {
		return err
	}
	defer unlock()
	defer func() { err = errors.Join(err, d.close()) }()
	if err := d.open(); err != nil {
		return err
	}
	home, err := d.prepare(ctx)
	if err != nil {
		return asked(ctx, err)
	}
	d.print(p)
	return d.run(ctx, home)
}

func (d *demo) define(flags *flag.FlagSet) {
	flags.StringVar(&d.data, "data", "data/demo", "folder that keeps the data")
	flags.StringVar(&d.listen, "listen", "127.0.0.1:8080", "address of the server and the dashboard; port 0 takes a free one")
	flags.StringVar(&d.shopListen, "shop-listen", "127.0.0.1:8081", "address of the sample shop")
	flags.StringVar(&d.mailboxListen, "mailbox-listen", "127.0.0.1:8082", "address of the mailbox's page")
	flags.StringVar(&d.smtpListen, "smtp-listen", "127.0.0.1:8025", "address of the mailbox's mail server")
	flags.DurationVar(&d.window, "window", usualWindow, "how long a message may stay unread before its e-mail, at least 10s")
	flags.IntVar(&d.conversations, "conversations", 40, "how many sample conversations of the last weeks the first start makes, besides a few longer ones; 0 to 100000")
	flags.BoolVar(&d.json, "json", false, "print the addresses as one line of JSON")
}

func (d *demo) database() string { return filepath.Join(d.data, "rejoin.db") }

// open takes all ports, so that the addresses are known.
func (d *demo) open() (err error) {
	if d.serverLn, err = listen("listen", d.listen); err != nil {
		return err
	}
	if d.shopLns, err = listenLocal("shop-listen", d.shopListen); err != nil {
		return err
	}
	if d.mailboxLn, err = listen("mailbox-listen", d.mailboxListen); err != nil {
		return err
	}
	if d.box, err = mailbox.Start(d.smtpListen, filepath.Join(d.data, "mail")); err != nil {
		if ln, because := listen("smtp-listen", d.smtpListen); because != nil {
			return because
		} else {
			return errors.Join(err, ln.Close())
		}
	}
	d.urls = addresses{
		Server: localURL("", d.serverLn.Addr().String()), Shop: localURL("localhost", d.shopLns[0].Addr().String()),
		Mailbox: localURL("", d.mailboxLn.Addr().String()), SMTP: d.box.URL(), AgentEmail: maya.email, AgentPassword: maya.password,
	}
	d.urls.API = d.urls.Server + "/v1/" + demoDomain
	return nil
}

// listen opens addr; what is wrong with it names the flag.
func listen(flag, addr string) (net.Listener, error) {
	ln, err := web.Listen(addr)
	if err != nil {
		return nil, errors.New(strings.ReplaceAll(err.Error(), "--listen", "--"+flag))
	}
	return ln, nil
}

// listenLocal opens addr, and if that is 127.0.0.1 also the same port of the other address that "localhost" may mean, if there is one: a
// browser that finds another program there would show that one.
func listenLocal(flag, addr string) ([]net.Listener, error) {
	for tries := 1; ; tries++ {
		first, err := listen(flag, addr)
		if err != nil {
			return nil, err
		}
		at := first.Addr().(*net.TCPAddr)
		if at.IP.String() != "127.0.0.1" || !hasIPv6Loopback() {
			return []net.Listener{first}, nil
		}
		second, err := listen(flag, net.JoinHostPort("::1", fmt.Sprint(at.Port)))
		if err == nil {
			return []net.Listener{first, second}, nil
		}
		first.Close()
		if !strings.HasSuffix(addr, ":0") || tries == 10 {
			return nil, err
		}
	}
}

func hasIPv6Loopback() bool {
	ln, err := net.Listen("tcp", "[::1]:0")
	if err == nil {
		ln.Close()
	}
	return err == nil
}

// prepare opens the database, fills it at the first start, and makes it fit the ports of this one.
func (d *demo) prepare(ctx context.Context) (home shopHome, err error) {
	if d.files, err = openFiles(ctx, filepath.Join(d.data, "files")); err != nil {
		return home, err
	}
	if err := d.seedOnce(ctx); err != nil {
		return home, err
	}
	if d.store, err = openNew(ctx, d.database()); err != nil {
		return home, err
	}
	page, err := d.fit(ctx)
	if err != nil {
		return home, err
	}
	d.urls.Platform, d.window = page.Platform.ID, page.App.Settings.WebChat.FollowUp.Window.Duration()
	return newShopHome(page, d.urls.Server, func(ctx context.Context) (string, error) { return d.secret(ctx, page.App.ID) })
}

// secret is the app's newest, with which the shop signs who its customers are; empty if there is none. It is read each time, so that the shop
// follows when somebody changes secrets in the dashboard.
func (d *demo) secret(ctx context.Context, appID string) (value string, err error) {
	err = d.store.Read(ctx, func(tx *store.Tx) error {
		list, err := tx.Secrets(appID)
		if len(list) > 0 {
			value = list[0].Value
		}
		return err
	})
	return value, err
}

func (d *demo) server(s *store.Store, clock rejoin.Clock, sender core.Mailer) *serve.Server {
	return serve.New(serve.Config{PublicURL: d.urls.Server, MailFrom: shopAddress, Store: s, Mailer: sender, Files: d.files, Clock: clock, Log: d.log,
		Dist: dist(d.log), Demo: true, Outbound: outbound.New(nil, true), Grace: 5 * time.Second})
}

// run serves until ctx ends. The mailbox and the shop outlive the server, which may still be sending.
func (d *demo) run(ctx context.Context, home shopHome) error {
	sender, err := mail.NewSender(d.box.URL(), mail.SenderOptions{})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	around, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var all sync.WaitGroup
	failed := make(chan error, 3) // one for each site
	site := func(ln net.Listener, h http.Handler, drain func(context.Context)) {
		all.Go(func() {
			if err := web.Serve(around, ln, h, 2*time.Second, drain, d.log); err != nil {
				failed <- err
				cancel()
			}
		})
	}
	for _, ln := range d.shopLns {
		site(ln, home.handler(), nil)
	}
	closed := make(chan error, 1)
	site(d.mailboxLn, d.box.Handler(), func(context.Context) { closed <- d.box.Close() })
	err = asked(ctx, d.server(d.store, rejoin.SystemClock{}, sender).Run(ctx, d.serverLn))
	stop()
	all.Wait()
	close(failed)
	for e := range failed {
		err = errors.Join(err, e)
	}
	select {
	case e := <-closed:
		d.box, err = nil, errors.Join(err, e)
	default: // the mailbox's page failed before; close does it
	}
	return err
}

// close ends what run did not get to, and the database.
func (d *demo) close() error {
	for _, ln := range append(d.shopLns, d.serverLn, d.mailboxLn) {
		if ln != nil {
			ln.Close() // it may be closed already
		}
	}
	var err error
	if d.box != nil {
		err = d.box.Close()
	}
	if d.store != nil {
		err = errors.Join(err, d.store.Close())
	}
	if d.files != nil {
		err = errors.Join(err, d.files.Close())
	}
	return err
}

func (d *demo) print(p *program) {
	if d.json {
		_ = json.NewEncoder(p.out).Encode(d.urls) // strings can be encoded, and who closed our output does not read it
		return
	}
	fmt.Fprint(p.out, "\nRejoin demo\n\n")
	for _, line := range [][2]string{
		{"Shop", d.urls.Shop}, {"Dashboard", d.urls.Server}, {"Mailbox", d.urls.Mailbox}, {"API", d.urls.API},
	} {
		fmt.Fprintf(p.out, "  %-10s  %s\n", line[0], line[1])
	}
	fmt.Fprintf(p.out, "\n  %-10s  %-26s %s\n  %-10s  %-26s %s\n", "Sign in", maya.email, maya.password, "or", jonas.email, jonas.password)
	fmt.Fprintf(p.out, "\n  %-10s  curl -u %s: '%s/issues?page-size=1'\n", "Programs", d.urls.APIKey, d.urls.API)
	fmt.Fprintf(p.out, "\nTry it: write in the shop's chat, leave your address and close the tab. Answer in the dashboard,\n"+
		"and look into the mailbox %v later. Data is in %s; Ctrl-C stops.\n\n", d.window, d.data)
}
