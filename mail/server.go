package mail

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"
)

// startTLS says whether a connection that begins in plain text is encrypted.
type startTLS string

const (
	startTLSAlways        startTLS = "always"        // or nothing is sent
	startTLSOpportunistic startTLS = "opportunistic" // if the server offers it
	startTLSNever         startTLS = "never"
)

// SenderOptions are the knobs of a [Sender]. The zero value is right for production.
type SenderOptions struct {
	Hello          string        // the name this installation gives itself in EHLO; empty means "localhost"
	Timeout        time.Duration // for a whole delivery; 0 means 60 s
	CommandTimeout time.Duration // for each answer but the one to the final dot; 0 means 20 s
	TLS            *tls.Config   // nil means the system's certificate authorities
}

// Sender hands e-mails to one mail server. It holds no connection between deliveries and is safe for concurrent use.
type Sender struct {
	addr     string // host:port
	host     string
	implicit bool // TLS from the first byte (smtps)
	start    startTLS
	user     string
	password string
	opts     SenderOptions
	masked   string
}

// NewSender reads the address of a mail server:
//
//	smtp://host[:port][?starttls=always|opportunistic|never]
//	smtp://user:password@host[:port]
//	smtps://user:password@host[:port]
//
// The port is 25 without a user and 587 with one; 465 for smtps. Without starttls, a connection with a user is encrypted or
// nothing is sent, and one without a user is encrypted if the server offers it.
func NewSender(rawURL string, opts SenderOptions) (*Sender, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, errors.New("mail: the mail server's address cannot be read; write it like smtp://user:password@mail.example.com:587")
	}
	s := &Sender{host: u.Hostname(), implicit: u.Scheme == "smtps", user: u.User.Username(), opts: opts, masked: u.Redacted()}
	s.password, _ = u.User.Password()
	switch {
	case u.Scheme != "smtp" && u.Scheme != "smtps":
		return nil, fmt.Errorf("mail: the mail server's address begins with smtp:// or smtps://, not %q", u.Scheme)
	case s.host == "":
		return nil, errors.New("mail: the mail server's address has no host")
	case strings.Trim(u.Path, "/") != "" || u.Fragment != "":
		return nil, errors.New("mail: the mail server's address has something after the host that we do not understand")
	case strings.ContainsAny(opts.Hello, " \t\r\n"):
		return nil, errors.New("mail: the name for EHLO holds a space")
	}
	if s.start, err = s.readStartTLS(u); err != nil {
		return nil, err
	}
	s.addr = net.JoinHostPort(s.host, s.port(u))
	s.setDefaults()
	return s, nil
}

// String is the server's address without its password, for logs.
func (s *Sender) String() string { return s.masked }

func (s *Sender) readStartTLS(u *url.URL) (startTLS, error) {
	for key := range u.Query() {
		if key != "starttls" {
			return "", fmt.Errorf("mail: the mail server's address has an unknown part %q; only starttls is known", key)
		}
	}
	switch mode := startTLS(u.Query().Get("starttls")); mode {
	case startTLSAlways, startTLSOpportunistic, startTLSNever:
		return mode, nil
	case "":
		if s.user != "" {
			return startTLSAlways, nil
		}
		return startTLSOpportunistic, nil
	}
	return "", errors.New("mail: starttls is always, opportunistic or never")
}

func (s *Sender) port(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case s.implicit:
		return "465"
	case s.user != "":
		return "587"
	}
	return "25"
}

func (s *Sender) setDefaults() {
	if s.opts.Hello == "" {
		s.opts.Hello = "localhost"
	}
	if s.opts.Timeout == 0 {
		s.opts.Timeout = 60 * time.Second
	}
	if s.opts.CommandTimeout == 0 {
		s.opts.CommandTimeout = 20 * time.Second
	}
}

func (s *Sender) tlsConfig() *tls.Config {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.opts.TLS != nil {
		c = s.opts.TLS.Clone()
	}
	if c.ServerName == "" {
		c.ServerName = s.host
	}
	return c
}
