package rejointest

import (
	"context"
	"io"
	"io/fs"
	"log/slog"
	"strconv"
	"testing"
	"testing/fstest"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/files"
	"rejoin/identity"
	"rejoin/mail"
	"rejoin/mail/mailbox"
	"rejoin/outbound"
	"rejoin/serve"
	"rejoin/store"
)

// Shop is the origin of the customer's page.
const Shop = "https://shop.example.com"

// Server is a node with one app. Its jobs run when the test says so: see Advance and Settle.
type Server struct {
	*serve.Server
	T        testing.TB
	Store    *store.Store
	Clock    *Clock
	Mailbox  *mailbox.Mailbox
	Made     core.Made
	Maya     rejoin.Agent // the administrator
	clientID int
}

// Option changes how a server is made.
type Option func(*serve.Config)

// WithMailer makes the server deliver by another hand. It gets the one that speaks SMTP to the mailbox.
func WithMailer(wrap func(core.Mailer) core.Mailer) Option {
	return func(c *serve.Config) { c.Mailer = wrap(c.Mailer) }
}

// New starts a server on a migrated, empty store, with one app whose follow-ups are on: 10 minutes, no limits worth mentioning.
func New(t testing.TB, st *store.Store, options ...Option) *Server {
	t.Helper()
	box, err := mailbox.Start("127.0.0.1:0", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	s := node(t, st, NewClock(), box, options...)
	s.Made, err = s.Core.Setup.Create(t.Context(), core.First{Domain: "acme", App: "Acme", Origins: []string{Shop},
		Name: "Maya", Email: "maya@example.com", Password: "correct horse"})
	if err != nil {
		t.Fatal(err)
	}
	s.Maya = s.Made.Admin
	s.SetFollowUp(func(f *rejoin.FollowUpSettings) {
		f.Enabled, f.MinInterval, f.IssueDailyCap, f.AddressDailyCap, f.TypedDailyCap = true, 0, 100, 1000, 1000
	})
	return s
}

// Another is a second node on the same database, clock and mailbox.
func (s *Server) Another(options ...Option) *Server {
	s.T.Helper()
	o := node(s.T, s.Store, s.Clock, s.Mailbox, options...)
	o.Made, o.Maya = s.Made, s.Maya
	return o
}

func node(t testing.TB, st *store.Store, clock *Clock, box *mailbox.Mailbox, options ...Option) *Server {
	t.Helper()
	sender, err := mail.NewSender(box.URL(), mail.SenderOptions{})
	if err != nil {
		t.Fatal(err)
	}
	kept, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() })
	cfg := serve.Config{PublicURL: "https://chat.example.com", MailFrom: "chat@example.com", Store: st, Mailer: sender, Files: kept, Clock: clock,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Dist: Dist(), PasswordMemory: 64,
		Outbound: outbound.New(nil, true)}
	for _, o := range options {
		o(&cfg)
	}
	return &Server{Server: serve.New(cfg), T: t, Store: st, Clock: clock, Mailbox: box}
}

// Dist stands in for the built browser programs, so that tests of the server need no Node.
func Dist() fs.FS {
	return fstest.MapFS{
		"sdk/webchat.js":            {Data: []byte("// the SDK\n")},
		"widget/manifest.json":      {Data: []byte(`{"widget/main.tsx":{"file":"assets/main-abc.js","css":["assets/main-abc.css"],"isEntry":true,"src":"widget/main.tsx"}}`)},
		"widget/assets/main-abc.js": {Data: []byte("// the panel\n")}, "widget/assets/main-abc.css": {Data: []byte("body{}\n")},
		"dashboard/index.html": {Data: []byte("<!doctype html><title>Rejoin</title>\n")},
	}
}

// SetFollowUp changes the app's follow-up settings.
func (s *Server) SetFollowUp(change func(*rejoin.FollowUpSettings)) {
	s.T.Helper()
	page, err := s.Core.Apps.Page(s.T.Context(), s.Maya, s.Made.App.ID)
	if err != nil {
		s.T.Fatal(err)
	}
	web := page.App.Settings.WebChat
	change(&web.FollowUp)
	if _, err := s.Core.Apps.SetWebChat(s.T.Context(), s.Maya, s.Made.App.ID, web, page.Platform.AllowedOrigins); err != nil {
		s.T.Fatal(err)
	}
	s.Settle()
}

// Settle runs what is due now.
func (s *Server) Settle() {
	s.T.Helper()
	if _, err := s.Runner.RunDue(s.T.Context()); err != nil {
		s.T.Fatal(err)
	}
}

// Advance lets d pass, stopping at every moment at which a job is due.
func (s *Server) Advance(d time.Duration) {
	s.T.Helper()
	end := s.Clock.Now().Add(d)
	for {
		s.Settle()
		at, ok, err := s.Store.NextJobAt(s.T.Context(), s.Kinds())
		if err != nil {
			s.T.Fatal(err)
		}
		if !ok || at > end {
			break
		}
		s.Clock.Set(max(at, s.Clock.Now()))
	}
	s.Clock.Set(end)
	s.Settle()
}

// Kinds are the kinds of jobs the server knows.
func (s *Server) Kinds() (kinds []rejoin.JobKind) {
	for _, h := range s.Core.Handlers() {
		kinds = append(kinds, h.Kind)
	}
	return kinds
}

// Visitor is somebody with a browser.
type Visitor struct {
	s     *Server
	Token string
	Issue rejoin.Issue // the conversation as it was last seen
}

// NewClientID is fresh for each call.
func (s *Server) NewClientID() string {
	s.clientID++
	return "client-" + strconv.Itoa(s.clientID) + "-" + identity.NewToken()[:8]
}

// Visit begins a conversation from the shop's page.
func (s *Server) Visit(text string) *Visitor {
	s.T.Helper()
	v := &Visitor{s: s, Token: identity.NewToken()}
	up, err := s.Core.Messages.Start(s.T.Context(), v.Token, s.Made.Platform.ID, core.UserSend{ClientID: s.NewClientID(), Body: text},
		core.Beginning{Meta: rejoin.Meta{TimeZone: "Europe/Berlin", Page: rejoin.MetaPage{URL: Shop + "/boots"}}})
	if err != nil {
		s.T.Fatal(err)
	}
	v.Issue = up.Issue
	s.Settle()
	return v
}

// VisitKnown begins a conversation, answers Identity Bot and reads everything.
func (s *Server) VisitKnown(text, name, email string) *Visitor {
	s.T.Helper()
	v := s.Visit(text)
	v.Answer(name)
	v.Answer(email)
	v.Read(v.Last())
	return v
}

// Answer answers the bot's open question.
func (v *Visitor) Answer(text string) {
	v.s.T.Helper()
	v.refresh()
	if err := v.Send(core.UserSend{ClientID: v.s.NewClientID(), Body: text, Answers: v.Issue.Bot.AskedSeq}); err != nil {
		v.s.T.Fatal(err)
	}
}

// Say writes a message.
func (v *Visitor) Say(text string) {
	v.s.T.Helper()
	if err := v.Send(core.UserSend{ClientID: v.s.NewClientID(), Body: text}); err != nil {
		v.s.T.Fatal(err)
	}
}

// Send sends and lets the server react.
func (v *Visitor) Send(in core.UserSend) error {
	_, err := v.s.Core.Messages.SendAsUser(v.s.T.Context(), v.Token, v.Issue.ID, in)
	v.s.Settle()
	return err
}

// Read reports the read cursor.
func (v *Visitor) Read(seq int64) {
	v.s.T.Helper()
	if _, err := v.s.Core.Messages.ReadAsUser(v.s.T.Context(), v.Token, v.Issue.ID, seq); err != nil {
		v.s.T.Fatal(err)
	}
	v.s.Settle()
}

// Last is the seq of the newest message.
func (v *Visitor) Last() int64 {
	v.refresh()
	return v.Issue.LastSeq
}

func (v *Visitor) refresh() {
	v.s.T.Helper()
	v.Issue = v.s.Load(v.Issue.ID).Issue
}

// Reply writes as Maya.
func (s *Server) Reply(v *Visitor, text string) {
	s.T.Helper()
	if err := s.Core.Messages.SendAsAgent(s.T.Context(), s.Maya, v.Issue.ID, s.NewClientID(), text); err != nil {
		s.T.Fatal(err)
	}
	s.Settle()
}

// Load is the issue as agents see it.
func (s *Server) Load(issueID string) core.Thread {
	s.T.Helper()
	t, err := s.Core.Issues.Thread(context.Background(), s.Maya, issueID, core.ThreadCursor{})
	if err != nil {
		s.T.Fatal(err)
	}
	return t
}

// Mails are the e-mails that have arrived.
func (s *Server) Mails() []mailbox.Mail { return s.Mailbox.Messages() }

// MailsTo are the e-mails that have arrived for an address.
func (s *Server) MailsTo(address string) (list []mailbox.Mail) {
	for _, m := range s.Mailbox.Messages() {
		if m.To == address {
			list = append(list, m)
		}
	}
	return list
}
