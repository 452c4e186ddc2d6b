package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strings"
	"time"
)

// secure returns the connection on which the SMTP client begins, encrypted as the sender's address asks.
//
// STARTTLS is spoken here and not by the client, because the final dot needs the connection on top of TLS in hand.
func (s *Sender) secure(ctx context.Context, raw net.Conn) (net.Conn, error) {
	if s.implicit {
		return s.handshake(ctx, raw)
	}
	if s.start == startTLSNever {
		return raw, nil
	}
	_ = raw.SetDeadline(time.Now().Add(s.opts.CommandTimeout))
	offered, err := s.askStartTLS(raw)
	if err != nil {
		return nil, err
	}
	_ = raw.SetDeadline(time.Time{})
	if offered {
		conn, err := s.handshake(ctx, raw)
		if err != nil {
			return nil, err
		}
		return &greeted{Conn: conn, greeting: strings.NewReader(pastGreeting)}, nil
	}
	if s.start == startTLSAlways {
		return nil, errors.New("the server does not offer STARTTLS, and without it nothing is sent")
	}
	return &greeted{Conn: raw, greeting: strings.NewReader(pastGreeting)}, nil
}

func (s *Sender) handshake(ctx context.Context, raw net.Conn) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, s.opts.CommandTimeout)
	defer cancel()
	conn := tls.Client(raw, s.tlsConfig())
	if err := conn.HandshakeContext(ctx); err != nil {
		return nil, fmt.Errorf("TLS: %w", err)
	}
	return conn, nil
}

// askStartTLS greets the server and asks for TLS if it is offered. It reports whether the server is ready for the handshake.
func (s *Sender) askStartTLS(raw net.Conn) (bool, error) {
	text := textproto.NewConn(raw)
	text.R.Reset(io.LimitReader(raw, 64<<10))
	if _, _, err := text.ReadResponse(220); err != nil {
		return false, err
	}
	lines, err := command(text, 250, "EHLO "+s.opts.Hello)
	if err != nil {
		if code, _, ok := answer(err); ok && (code == 500 || code == 502) {
			return false, nil // an old server; the client will try HELO
		}
		return false, err
	}
	for _, line := range strings.Split(lines, "\n") {
		if strings.EqualFold(strings.TrimSpace(line), "STARTTLS") {
			_, err = command(text, 220, "STARTTLS")
			if err == nil && text.R.Buffered() > 0 {
				err = errors.New("the server sent something between STARTTLS and TLS")
			}
			return err == nil, err
		}
	}
	return false, nil
}

func command(text *textproto.Conn, want int, line string) (string, error) {
	if err := text.PrintfLine("%s", line); err != nil {
		return "", err
	}
	_, msg, err := text.ReadResponse(want)
	return msg, err
}

// pastGreeting stands in for the greeting that the server has given already.
const pastGreeting = "220 greeted before\r\n"

// greeted is a connection whose server has greeted already: the SMTP client reads the greeting again.
type greeted struct {
	net.Conn
	greeting *strings.Reader
}

func (g *greeted) Read(b []byte) (int, error) {
	if g.greeting.Len() > 0 {
		return g.greeting.Read(b)
	}
	return g.Conn.Read(b)
}
