// Package mailbox is a mail server that keeps what it gets: the demo's inbox, and the other end of every test that sends.
//
// It holds real SMTP conversations on loopback, stores each e-mail before it says yes, and shows them on a web page that
// treats every e-mail as hostile. Tests wait for e-mails with [Mailbox.Wait] and make the server misbehave with
// [Mailbox.SetFault].
package mailbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// Limits of the server. What is over them is refused with a 5xx answer, as any mail server does.
const (
	MaxSize  = 10 << 20 // bytes of one e-mail
	MaxKept  = 5000     // e-mails; the oldest make room
	maxRcpts = 50
)

// Mailbox is a running mail server and its store. It is safe for concurrent use; call Close to stop it.
type Mailbox struct {
	listener net.Listener
	server   *smtp.Server
	served   chan error
	closed   chan struct{}
	dir      string // empty: in memory only

	mu      sync.Mutex
	mails   []Mail // oldest first
	version int64  // grows with every change
	changed chan struct{}
	fault   Fault
}

// Start listens on addr (host:port of this machine; port 0 picks a free one). If dir is not empty, e-mails are kept there as
// .eml files, and those of earlier runs are shown again; the folder is made if it is missing.
func Start(addr, dir string) (*Mailbox, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("mailbox: %q is not host:port: %w", addr, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("mailbox: %q is not an address of this machine alone; use 127.0.0.1", host)
	}
	m := &Mailbox{dir: dir, changed: make(chan struct{}), closed: make(chan struct{}), served: make(chan error, 1)}
	if m.mails, err = load(dir); err != nil {
		return nil, err
	}
	if m.listener, err = net.Listen("tcp", addr); err != nil {
		return nil, fmt.Errorf("mailbox: %w", err)
	}
	m.server = smtp.NewServer(smtp.BackendFunc(m.newSession))
	m.server.Domain = "localhost"
	m.server.MaxMessageBytes = MaxSize
	m.server.MaxRecipients = maxRcpts
	m.server.ReadTimeout = 5 * time.Minute
	m.server.WriteTimeout = time.Minute
	m.server.EnableSMTPUTF8 = true
	m.server.ErrorLog = log.New(io.Discard, "", 0) // clients that hang up are no news here
	go func() { m.served <- m.server.Serve(m.listener) }()
	return m, nil
}

// Addr is the host:port of the mail server.
func (m *Mailbox) Addr() string { return m.listener.Addr().String() }

// URL is the mail server's address as mail.NewSender reads it.
func (m *Mailbox) URL() string { return "smtp://" + m.Addr() + "?starttls=never" }

// Close stops the mail server, ends its conversations and wakes whoever waits. Kept files stay. Call it once, and before the
// web server that shows Handler shuts down: open pages wait for news.
func (m *Mailbox) Close() error {
	close(m.closed)
	err := m.server.Close()
	_ = m.listener.Close() // again, for the server does not know it before its goroutine has begun
	return errors.Join(err, <-m.served)
}

// Messages returns what has arrived, oldest first.
func (m *Mailbox) Messages() []Mail {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.mails)
}

// Message returns the e-mail with the id.
func (m *Mailbox) Message(id string) (Mail, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, mail := range m.mails {
		if mail.ID == id {
			return mail, true
		}
	}
	return Mail{}, false
}

// Wait returns the e-mails once there are at least n, or ctx's error.
func (m *Mailbox) Wait(ctx context.Context, n int) ([]Mail, error) {
	return m.WaitFor(ctx, func(mails []Mail) bool { return len(mails) >= n })
}

// WaitFor returns the e-mails once ok is true of them, or ctx's error. It looks again whenever something changes.
func (m *Mailbox) WaitFor(ctx context.Context, ok func([]Mail) bool) ([]Mail, error) {
	for {
		m.mu.Lock()
		mails, changed := slices.Clone(m.mails), m.changed
		m.mu.Unlock()
		if ok(mails) {
			return mails, nil
		}
		select {
		case <-changed:
		case <-m.closed:
			return mails, errors.New("mailbox: closed")
		case <-ctx.Done():
			return mails, fmt.Errorf("mailbox: %d e-mails arrived, but not what was waited for: %w", len(mails), context.Cause(ctx))
		}
	}
}

// DeleteAll empties the mailbox, kept files included.
func (m *Mailbox) DeleteAll() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, mail := range m.mails {
		if err := remove(m.dir, mail.ID); err != nil {
			m.mails = m.mails[i:]
			m.tell()
			return err
		}
	}
	m.mails = nil
	m.tell()
	return nil
}

// add stores one e-mail.
func (m *Mailbox) add(from string, to []string, raw []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	last := ""
	if n := len(m.mails); n > 0 {
		last = m.mails[n-1].ID
	}
	mail := parse(newID(now, last), addTrace(from, to, raw))
	if err := save(m.dir, mail); err != nil {
		return err
	}
	m.mails = append(m.mails, mail)
	if n := len(m.mails) - MaxKept; n > 0 {
		for _, old := range m.mails[:n] {
			if err := remove(m.dir, old.ID); err != nil {
				return err
			}
		}
		m.mails = slices.Clone(m.mails[n:])
	}
	m.tell()
	return nil
}

// tell wakes whoever waits for a change. The caller holds mu.
func (m *Mailbox) tell() {
	m.version++
	close(m.changed)
	m.changed = make(chan struct{})
}
