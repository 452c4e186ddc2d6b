// Package core holds every use case of the product: authorise, act, append to the timeline, put the jobs that react, all in one
// transaction; then tell whoever listens.
//
// An exported method is one use case and opens its transaction. An unexported function takes the open [unit], so that use cases
// compose. Nothing here knows HTTP.
package core

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"rejoin"
	"rejoin/files"
	"rejoin/live"
	"rejoin/mail"
	"rejoin/outbound"
	"rejoin/sso"
	"rejoin/store"
)

// Config is what the core must know about the installation.
type Config struct {
	PublicURL string // where browsers reach us, without a slash at the end
	MailFrom  string // the address e-mails come from
	NodeID    string // this process; new for every start

	PasswordMemory uint32 // KiB that hashing a password takes; zero for 64 MiB. Only tests take less.
}

// Mailer hands one e-mail over; *mail.Sender does it by SMTP. The tests of crashes stand between the steps here.
type Mailer interface {
	Deliver(ctx context.Context, m mail.Message, beforeDot func(context.Context) error) mail.Result
}

// Deps is what the core works with. All fields are needed but SSO.
type Deps struct {
	Config Config
	Store  *store.Store
	Clock  rejoin.Clock
	Hub    *live.Hub
	Mailer Mailer
	Log    *slog.Logger
	Files  *files.Store
	SSO    *sso.Provider // nil where nobody signs in by single sign-on
	Wake   func()        // wakes the job runner after a commit that put a job

	Outbound *outbound.Client // calls programs of customers; nil where no job runs
}

// Core is the use cases, by noun. It is safe for concurrent use.
type Core struct {
	Agents       *Agents
	Apps         *Apps
	Archive      *Archive
	Attachments  *Attachments
	Audit        *Audit
	Bots         *Bots
	Browsers     *Browsers
	Catalogue    *Catalogue
	ChatLinks    *ChatLinks
	Directory    *Directory
	Endings      *Endings
	FollowUps    *FollowUps
	Hours        *Hours
	Identities   *Identities
	Inbox        *Inbox
	Issues       *Issues
	Keys         *Keys
	Labels       *Labels
	Mails        *Mails
	Members      *Members
	Messages     *Messages
	Platforms    *Platforms
	Presence     *Presence
	Privacy      *Privacy
	ProgramChat  *ProgramChat
	Programs     *Programs
	Queues       *Queues
	Replies      *Replies
	Reports      *Reports
	Returns      *Returns
	Rules        *Rules
	Setup        *Setup
	Simulator    *Simulator
	Upkeep       *Upkeep
	Verification *Verification
	Webhooks     *Webhooks
	Wishes       *Wishes
}

// New wires the use cases.
func New(d Deps) *Core {
	e := &env{Deps: d}
	passwords := newHasher(d.Config.PasswordMemory)
	return &Core{
		Agents:       &Agents{env: e, passwords: passwords},
		Apps:         &Apps{e},
		Archive:      &Archive{e},
		Attachments:  &Attachments{env: e, users: make(chan struct{}, 1), agents: make(chan struct{}, 1)},
		Audit:        &Audit{e},
		Bots:         &Bots{e},
		Browsers:     &Browsers{e},
		Catalogue:    &Catalogue{e},
		ChatLinks:    &ChatLinks{e},
		Directory:    &Directory{e},
		Endings:      &Endings{e},
		FollowUps:    &FollowUps{e},
		Hours:        &Hours{e},
		Identities:   &Identities{e},
		Inbox:        &Inbox{e},
		Issues:       &Issues{e},
		Keys:         &Keys{e},
		Labels:       &Labels{e},
		Mails:        &Mails{e},
		Members:      &Members{e},
		Messages:     &Messages{e},
		Platforms:    &Platforms{e},
		Presence:     &Presence{e},
		Privacy:      &Privacy{e},
		ProgramChat:  &ProgramChat{e},
		Programs:     &Programs{e},
		Queues:       &Queues{e},
		Replies:      &Replies{e},
		Reports:      &Reports{e},
		Returns:      &Returns{e},
		Rules:        &Rules{e},
		Setup:        &Setup{env: e, passwords: passwords},
		Simulator:    &Simulator{env: e, turn: make(chan struct{}, 1)},
		Upkeep:       &Upkeep{e},
		Verification: &Verification{e},
		Webhooks:     &Webhooks{env: e, files: &Attachments{env: e}},
		Wishes:       &Wishes{e},
	}
}

// env is what all use cases share.
type env struct{ Deps }

// unit is one open transaction with the moment it happens at and what is to be told once it is committed.
type unit struct {
	*store.Tx
	env     *env
	now     rejoin.Millis
	signals []live.Signal
	jobs    bool
	by      rejoin.Actor // who steers follow-ups here; the system if nobody does
	act     string       // of the facts noted here; see history.go
	noted   int64
	touches map[string]touch // issues that automations may want to look at; see rulerun.go
	ruling  bool             // automations are being tried: what happens here is theirs
	timing  bool             // timed ones too
	routes  map[string]bool  // queues that are to be looked at; see routing.go
}

// write runs f in one transaction, then publishes and wakes. f may run more than once.
func (e *env) write(ctx context.Context, f func(*unit) error) error {
	var u *unit
	err := e.Store.WriteAt(ctx, e.Clock, func(tx *store.Tx) error {
		u = &unit{Tx: tx, env: e, now: e.Clock.Now(), by: bySystem}
		if err := f(u); err != nil {
			return err
		}
		if err := u.putRoutes(); err != nil {
			return err
		}
		return u.putRules()
	})
	if err != nil {
		return err
	}
	e.Hub.Publish(u.signals...)
	if u.jobs {
		e.Wake()
	}
	return nil
}

// read runs f on a consistent snapshot.
func (e *env) read(ctx context.Context, f func(*unit) error) error {
	return e.Store.Read(ctx, func(tx *store.Tx) error {
		return f(&unit{Tx: tx, env: e, now: e.Clock.Now()})
	})
}

// put stores a job, replacing one of the same kind and key.
func (u *unit) put(kind rejoin.JobKind, key string, at rejoin.Millis) error {
	u.jobs = true
	return u.PutJob(rejoin.Job{Kind: kind, Key: key, RunAt: at})
}

// save stores a changed issue and tells those who watch it.
func (u *unit) save(i *rejoin.Issue) error {
	i.Version++
	u.touched(i)
	u.signals = append(u.signals,
		live.Signal{Topic: live.IssueTopic(i.ID), Kind: live.Changed, IssueID: i.ID},
		live.Signal{Topic: live.DomainTopic(i.DomainID), Kind: live.Changed, IssueID: i.ID})
	return u.SaveIssue(*i)
}

// event appends to the issue's timeline. The caller saves the issue afterwards.
func (u *unit) event(i *rejoin.Issue, kind rejoin.EventKind, by rejoin.Actor, data rejoin.EventData) error {
	i.EventCount++
	if kind.Visible() {
		i.UpdatedAt = u.now
	}
	u.news(i, by.Kind, kind)
	return u.AddEvent(rejoin.Event{IssueID: i.ID, N: i.EventCount, Kind: kind, Actor: by, Data: data, CreatedAt: u.now})
}

// setState moves the issue to another state, if it is another one.
func (u *unit) setState(i *rejoin.Issue, to rejoin.IssueState, by rejoin.Actor) error {
	if i.State == to {
		return nil
	}
	if err := u.noteState(i, to, by); err != nil {
		return err
	}
	goesOn := i.State.Open()
	i.State, i.StateChangedAt = to, u.now
	switch {
	case !to.Waits():
		i.WaitingSince = 0
	case i.WaitingSince == 0:
		i.WaitingSince = u.now
	}
	if err := u.reroute(*i, goesOn); err != nil {
		return err
	}
	return u.event(i, rejoin.EventStateChanged, by, rejoin.EventData{State: to})
}

// newID makes an id that sorts roughly by time.
func newID(prefix string) string {
	return prefix + "_" + uuid.Must(uuid.NewV7()).String()
}

// newPlatformID makes a public id in the form of Helpshift's documentation: domain_platform_yyyymmddhhmmssSSS-15 hexadecimal digits.
func newPlatformID(domain string, now rejoin.Millis) string {
	var b [8]byte
	rand.Read(b[:])
	stamp := now.Time().Format("20060102150405.000")
	return domain + "_platform_" + stamp[:14] + stamp[15:] + "-" + hex.EncodeToString(b[:])[:15]
}

func byAgent(a rejoin.Agent) rejoin.Actor {
	kind := rejoin.ByAgent
	if a.Program {
		kind = rejoin.ByAPI
	}
	return rejoin.Actor{Kind: kind, ID: a.ID, Name: a.Name}
}

func byUser(u rejoin.User) rejoin.Actor {
	return rejoin.Actor{Kind: rejoin.ByUser, ID: u.ID, Name: u.Name}
}

var bySystem = rejoin.Actor{Kind: rejoin.BySystem}

const day = 24 * time.Hour
