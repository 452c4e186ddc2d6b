package mailbox

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/emersion/go-smtp"
)

// Step is a point of an SMTP conversation at which a test can interfere.
type Step string

const (
	StepHello  Step = "hello"  // EHLO was received
	StepMail   Step = "mail"   // MAIL was received
	StepRcpt   Step = "rcpt"   // RCPT was received
	StepData   Step = "data"   // DATA was answered with "go ahead"; nothing was read. An answer reaches the client after its dot.
	StepDot    Step = "dot"    // the dot was received; nothing is stored
	StepStored Step = "stored" // the e-mail is stored; the client does not know
)

// Fault decides what happens at a step: nil goes on, [Reply] gives an answer, [ErrDrop] cuts the connection. It is called from
// the conversations' goroutines, and may block to hold one.
type Fault func(Step) error

// ErrDrop cuts the connection without an answer.
var ErrDrop = errors.New("mailbox: drop the connection")

// Reply answers with an SMTP code, for example Reply(451, "try again later").
func Reply(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 0, 0}, Message: text}
}

// SetFault makes the server misbehave from now on; nil makes it behave.
func (m *Mailbox) SetFault(f Fault) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fault = f
}

// session is one conversation. Its methods are called in turn.
type session struct {
	box  *Mailbox
	conn *smtp.Conn
	from string
	to   []string
}

func (m *Mailbox) newSession(c *smtp.Conn) (smtp.Session, error) {
	s := &session{box: m, conn: c}
	return s, s.at(StepHello)
}

// at lets the fault decide about a step.
func (s *session) at(step Step) error {
	s.box.mu.Lock()
	fault := s.box.fault
	s.box.mu.Unlock()
	if fault == nil {
		return nil
	}
	err := fault(step)
	if errors.Is(err, ErrDrop) {
		_ = s.conn.Conn().Close() // the answer that follows goes nowhere
	}
	return err
}

func (s *session) Reset() { s.from, s.to = "", nil }

func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return s.at(StepMail)
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if strings.ContainsAny(to, "\r\n<>") {
		return Reply(553, "this is not an address")
	}
	if err := s.at(StepRcpt); err != nil {
		return err
	}
	s.to = append(s.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	if err := s.at(StepData); err != nil {
		return err
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return err // cut before the dot, or too large: nothing is kept
	}
	if err := s.at(StepDot); err != nil {
		return err
	}
	if err := s.box.add(s.from, s.to, raw); err != nil {
		return Reply(451, fmt.Sprintf("the mailbox cannot keep this: %v", err))
	}
	return s.at(StepStored)
}
