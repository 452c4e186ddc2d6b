package mail

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Deliver hands m to the mail server in a conversation of its own.
//
// Once the whole e-mail has been written, and immediately before the final dot that makes the server responsible for it,
// Deliver calls beforeDot. If that returns an error, the connection is closed without the dot, the server forgets what it
// was given, and the outcome is [Aborted]. If it returns nil and the server is found to have hung up meanwhile, the dot is not
// sent and the outcome is [Temporary]. A nil beforeDot is allowed.
//
// The delivery ends when ctx does, or after SenderOptions.Timeout: with [Temporary] before the dot, with [Unknown] after it.
func (s *Sender) Deliver(ctx context.Context, m Message, beforeDot func(context.Context) error) Result {
	ctx, cancel := context.WithTimeout(ctx, s.opts.Timeout)
	defer cancel()
	raw, err := (&net.Dialer{}).DialContext(ctx, "tcp", s.addr)
	if err != nil {
		return refusal(ctx, "connect to "+s.addr, err)
	}
	defer raw.Close()
	defer context.AfterFunc(ctx, func() { raw.Close() })() // whoever waits on the connection wakes up

	conn, err := s.secure(ctx, raw)
	if err != nil {
		return refusal(ctx, "begin the conversation", err)
	}
	d := dialogue{ctx: ctx, raw: raw, conn: conn, client: smtp.NewClient(conn)}
	d.client.CommandTimeout = s.opts.CommandTimeout
	d.client.SubmissionTimeout = s.opts.Timeout // ctx ends sooner
	if step, err := d.introduce(s); err != nil {
		return refusal(ctx, step, err)
	}
	return d.deliver(m, beforeDot)
}

// dialogue is one SMTP conversation. Its client has nothing buffered whenever conn is used directly.
type dialogue struct {
	ctx    context.Context
	raw    net.Conn // TCP
	conn   net.Conn // what SMTP is spoken on: raw, or TLS on top of it
	client *smtp.Client
}

// introduce says hello and proves who we are. It returns the step that failed.
func (d dialogue) introduce(s *Sender) (step string, err error) {
	if err := d.client.Hello(s.opts.Hello); err != nil {
		return "EHLO", err
	}
	if s.user == "" {
		return "", nil
	}
	var auth sasl.Client
	switch {
	case d.client.SupportsAuth(sasl.Plain):
		auth = sasl.NewPlainClient("", s.user, s.password)
	case d.client.SupportsAuth(sasl.Login):
		auth = sasl.NewLoginClient(s.user, s.password)
	default:
		return "AUTH", errors.New("the server offers neither PLAIN nor LOGIN")
	}
	if err := d.client.Auth(auth); err != nil {
		// A wrong password is the installation's fault and not the e-mail's: once it is put right, the e-mail shall go.
		return "AUTH", fmt.Errorf("the server does not accept the user name and password: %s", err)
	}
	return "", nil
}

func (d dialogue) deliver(m Message, beforeDot func(context.Context) error) Result {
	if utf8Needed(m.From) || utf8Needed(m.To) {
		if ok, _ := d.client.Extension("SMTPUTF8"); !ok {
			d.quit()
			return Result{Outcome: Permanent, Err: fmt.Errorf("mail: the mail server takes no address like %q (no SMTPUTF8)", m.To)}
		}
	}
	opts := &smtp.MailOptions{UTF8: utf8Needed(m.From) || utf8Needed(m.To)}
	if err := d.client.Mail(m.From, opts); err != nil {
		return d.refused("MAIL", err)
	}
	if err := d.client.Rcpt(m.To, nil); err != nil {
		return d.refused("RCPT", err)
	}
	dot, err := d.client.Data()
	if err != nil {
		return d.refused("DATA", err)
	}
	if err := writeBody(d.conn, m.Raw); err != nil {
		return refusal(d.ctx, "send the e-mail", err)
	}
	if r, ok := d.ask(beforeDot); !ok {
		return r // closing the connection without the dot withdraws the e-mail (RFC 5321 §4.1.1.4)
	}
	// What is left is CRLF . CRLF: the end of the last line, and the dot.
	resp, err := dot.CloseWithResponse()
	if err != nil {
		return dotResult(d.ctx, "", err)
	}
	d.quit()
	return dotResult(d.ctx, resp.StatusText, nil)
}

// ask calls beforeDot and reports whether the dot may follow. Before the dot the server has nothing to say, so that whatever
// has come meanwhile, an end of the connection above all, means that it does not want the e-mail now.
func (d dialogue) ask(beforeDot func(context.Context) error) (Result, bool) {
	if beforeDot != nil {
		if err := beforeDot(d.ctx); err != nil {
			return Result{Outcome: Aborted, Err: err}, false
		}
	}
	err := d.ctx.Err()
	if err == nil {
		err = heard(d.raw)
	}
	if err != nil {
		return refusal(d.ctx, "wait for the final dot", err), false
	}
	return Result{}, true
}

func (d dialogue) refused(step string, err error) Result {
	r := refusal(d.ctx, step, err)
	if r.Response != "" {
		d.quit()
	}
	return r
}

// quit says goodbye. The outcome is settled by then, so that the answer is awaited shortly and not looked at.
func (d dialogue) quit() {
	d.client.CommandTimeout = time.Second
	_ = d.client.Quit()
}

// writeBody writes raw dot-stuffed (RFC 5321 §4.5.2) and without its last line end. All line ends become CRLF: a lone CR or LF
// is what lets one e-mail pose as two.
func writeBody(conn net.Conn, raw []byte) error {
	raw = bytes.TrimRight(raw, "\r\n")
	w := bufio.NewWriterSize(conn, 32<<10)
	lineStart := true
	for i, c := range raw {
		switch {
		case c == '\n' && i > 0 && raw[i-1] == '\r':
			continue // written with its CR
		case c == '\r', c == '\n':
			_, _ = w.WriteString("\r\n")
			lineStart = true
			continue
		case c == '.' && lineStart:
			_ = w.WriteByte('.')
		}
		_ = w.WriteByte(c) // Flush returns the first error
		lineStart = false
	}
	return w.Flush()
}

func utf8Needed(addr string) bool {
	for i := range len(addr) {
		if addr[i] >= 0x80 {
			return true
		}
	}
	return false
}
