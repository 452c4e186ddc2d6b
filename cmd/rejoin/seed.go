package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/mail"
	"rejoin/store"
)

// person is somebody who can sign in to the demo.
type person struct {
	name, email, password string
	role                  rejoin.Role
}

const demoDomain = "demo"

const shopAddress = "hello@harbor-pine.example"

var (
	maya  = person{"Maya Lindqvist", "maya@harbor-pine.example", "harbor-lights-maya", rejoin.Administrator}
	jonas = person{"Jonas Weber", "jonas@harbor-pine.example", "harbor-lights-jonas", rejoin.AgentRole}
)

// pastClock stands where the seeding puts it.
type pastClock struct {
	mu  sync.Mutex
	now rejoin.Millis
}

func (c *pastClock) Now() rejoin.Millis {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// AfterFunc never calls f: while the past is told nobody waits.
func (c *pastClock) AfterFunc(time.Duration, func()) func() bool { return func() bool { return true } }

func (c *pastClock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (c *pastClock) set(t rejoin.Millis) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// seedOnce makes the database with its sample data, if there is none. It is made beside its place and then moved there, so that an
// interrupted first start leaves nothing half done.
func (d *demo) seedOnce(ctx context.Context) error {
	if _, err := os.Stat(d.database()); !errors.Is(err, fs.ErrNotExist) {
		return nil // it is there, or opening it will say what is wrong
	}
	draft := filepath.Join(d.data, "draft.db")
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(draft + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := d.box.DeleteAll(); err != nil {
		return err
	}
	s, err := openNew(ctx, draft)
	if err != nil {
		return err
	}
	if err := errors.Join(d.seed(ctx, s), s.Close()); err != nil {
		return fmt.Errorf("the sample data cannot be made: %w", err)
	}
	return os.Rename(draft, d.database())
}

// seed tells the past through the same use cases and the same engine that run later.
func (d *demo) seed(ctx context.Context, s *store.Store) error {
	sender, err := mail.NewSender(d.box.URL(), mail.SenderOptions{})
	if err != nil {
		return err
	}
	present := rejoin.SystemClock{}.Now()
	clock := &pastClock{now: present.Add(-(archiveDays + 1) * day)}
	mailer := &pastMailer{sender: sender}
	server := d.server(s, clock, mailer)
	made, err := server.Core.Setup.Create(ctx, core.First{Domain: demoDomain, App: "Harbor & Pine", Origins: d.origins(), Name: maya.name,
		Email: maya.email, Password: maya.password})
	if err != nil {
		return err
	}
	colleague, err := server.Core.Setup.AddAgent(ctx, made.Domain.ID, jonas.role, jonas.name, jonas.email, jonas.password)
	if err != nil {
		return err
	}
	settings := made.App.Settings.WebChat
	settings.Greeting = "Hi! Maya and Jonas here. Ask us about tents, trails or your order. You can leave any time: our answer finds you."
	settings.Color = "#1f5f4a"
	settings.FollowUp = rejoin.FollowUpSettings{Enabled: true, Window: rejoin.Seconds(usualWindow / time.Second), IssueDailyCap: 100,
		AddressDailyCap: 500, TypedDailyCap: 500, Destination: rejoin.StartPage}
	if _, err := server.Core.Apps.SetWebChat(ctx, made.Admin, made.App.ID, settings, d.origins()); err != nil {
		return err
	}
	t := &teller{ctx: ctx, server: server, clock: clock, demo: d, mailer: mailer, platform: made.Platform.ID, maya: made.Admin, jonas: colleague}
	if err := t.prepare(s, made.App.ID); err != nil {
		return err
	}
	if err := addBot(ctx, server.Core, made.Admin); err != nil {
		return err
	}
	a := &archive{chance: newChance(11), store: s, platform: made.Platform, agents: []rejoin.Agent{made.Admin, colleague}}
	if err := a.fill(ctx, present, max(0, d.conversations-maxTold)); err != nil {
		return err
	}
	for _, story := range oldestFirst(append(stories(), crowd(present, min(d.conversations, maxTold))...)) {
		clock.set(present.Add(-story.ago))
		if err := t.tell(story); err != nil {
			return fmt.Errorf("%s: %w", story.visitor, err)
		}
	}
	return nil
}

// maxTold is how many conversations of the crowd happen one by one; more would take long.
const maxTold = 60

func (d *demo) origins() []string {
	return []string{d.urls.Shop, localURL("", d.shopLns[0].Addr().String())}
}

// fit makes sure that this start's shop may carry the chat, and sets the window if it was given.
func (d *demo) fit(ctx context.Context) (page core.AppPage, err error) {
	c := operate(d.store, config{PublicURL: d.urls.Server, MailFrom: shopAddress})
	var admin rejoin.Agent
	err = d.store.Read(ctx, func(tx *store.Tx) error {
		admin, err = tx.AgentByEmail(maya.email)
		return err
	})
	if err != nil {
		return page, fmt.Errorf("%s holds other data than the demo's (%w). Choose another folder with --data", d.data, err)
	}
	apps, err := c.Apps.List(ctx, admin)
	if err != nil || len(apps) == 0 {
		return page, errors.Join(errors.New("the demo's app is missing; choose another folder with --data"), err)
	}
	if page, err = c.Apps.Page(ctx, admin, apps[0].ID); err != nil {
		return page, err
	}
	if d.urls.APIKey, err = d.apiKey(ctx, c, admin); err != nil {
		return page, err
	}
	origins, settings := slices.Clone(page.Platform.AllowedOrigins), page.App.Settings.WebChat
	for _, o := range d.origins() {
		if !origins.Allow(o) {
			origins = append(origins, o)
		}
	}
	if d.windowGiven {
		settings.FollowUp.Window = rejoin.Seconds(d.window / time.Second)
	}
	if len(origins) == len(page.Platform.AllowedOrigins) && settings == page.App.Settings.WebChat {
		return page, nil
	}
	return c.Apps.SetWebChat(ctx, admin, page.App.ID, settings, origins)
}
