package mail_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin/mail"
	"rejoin/mail/mailbox"
)

// letter has what is hard to transmit: lines that begin with dots, a lone dot, lone CR and LF.
var letter = mail.Message{
	From: "chat@acme.example", To: "ada@example.org", MessageID: "1@acme.example", Subject: "Hello",
	Raw: []byte("From: <chat@acme.example>\r\nTo: <ada@example.org>\r\nMessage-ID: <1@acme.example>\r\nSubject: Hello\r\n" +
		"\r\n.\r\n..two\r\n.hidden\r\nlone\n.\nline\r.\rends\r\nlast\r\n"),
}

const arrived = "\r\n.\r\n..two\r\n.hidden\r\nlone\r\n.\r\nline\r\n.\r\nends\r\nlast\r\n"

func newSender(t *testing.T, url string, opts mail.SenderOptions) *mail.Sender {
	t.Helper()
	s, err := mail.NewSender(url, opts)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func startMailbox(t *testing.T) *mailbox.Mailbox {
	t.Helper()
	box, err := mailbox.Start("127.0.0.1:0", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	return box
}

func TestDeliver(t *testing.T) {
	box := startMailbox(t)
	asked := 0
	r := newSender(t, box.URL(), mail.SenderOptions{Hello: "chat.acme.example"}).Deliver(t.Context(), letter, func(context.Context) error {
		asked++
		if n := len(box.Messages()); n != 0 {
			t.Errorf("%d e-mails arrived before the dot", n)
		}
		return nil
	})
	if r.Outcome != mail.Accepted || r.Err != nil || !strings.HasPrefix(r.Response, "250 ") || asked != 1 {
		t.Fatalf("got %+v, asked %d times", r, asked)
	}
	mails, err := box.Wait(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	got := mails[0]
	if got.From != letter.From || got.To != letter.To || got.MessageID != letter.MessageID || got.Subject != letter.Subject {
		t.Errorf("arrived as %+v", got)
	}
	_, body, _ := strings.Cut(string(got.Raw), "Hello\r\n")
	if diff := cmp.Diff(arrived, body); diff != "" {
		t.Errorf("the body changed on its way (-want +got):\n%s", diff)
	}
}

func TestDeliverAborts(t *testing.T) {
	box := startMailbox(t)
	s := newSender(t, box.URL(), mail.SenderOptions{})
	read := errors.New("everything was read meanwhile")
	long := letter
	long.Raw = append(long.Raw, strings.Repeat(strings.Repeat("a line ", 10)+"\r\n", 20000)...)
	for _, m := range []mail.Message{letter, long} {
		r := s.Deliver(t.Context(), m, func(context.Context) error { return read })
		if r.Outcome != mail.Aborted || !errors.Is(r.Err, read) {
			t.Errorf("got %+v, want aborted", r)
		}
	}
	// An e-mail sent afterwards is the only one: the server has handled the aborted conversations' ends or never saw a dot.
	if r := s.Deliver(t.Context(), letter, nil); r.Outcome != mail.Accepted {
		t.Fatal(r)
	}
	if n := len(box.Messages()); n != 1 {
		t.Errorf("%d e-mails arrived, want 1", n)
	}
}

func TestDeliverFaults(t *testing.T) {
	steps := []mailbox.Step{mailbox.StepHello, mailbox.StepMail, mailbox.StepRcpt, mailbox.StepData, mailbox.StepDot, mailbox.StepStored}
	outcomes := map[int]mail.Outcome{421: mail.Temporary, 451: mail.Temporary, 550: mail.Permanent, 552: mail.Permanent}
	for _, step := range steps {
		for code, want := range outcomes {
			box := startMailbox(t)
			box.SetFault(func(s mailbox.Step) error {
				if s == step {
					return mailbox.Reply(code, "because the test says so")
				}
				return nil
			})
			r := newSender(t, box.URL(), mail.SenderOptions{}).Deliver(t.Context(), letter, nil)
			if r.Outcome != want || r.Err == nil || !strings.Contains(r.Response, "because the test says so") {
				t.Errorf("%d at %s: got %+v, want %s", code, step, r, want)
			}
		}
	}
}

func TestDeliverDropped(t *testing.T) {
	// Dropped at StepData the client may or may not notice before its dot; TestDeliverScripted has the certain cases.
	for step, want := range map[mailbox.Step]mail.Outcome{
		mailbox.StepHello: mail.Temporary, mailbox.StepMail: mail.Temporary, mailbox.StepRcpt: mail.Temporary,
		mailbox.StepDot: mail.Unknown, mailbox.StepStored: mail.Unknown,
	} {
		box := startMailbox(t)
		box.SetFault(func(s mailbox.Step) error {
			if s == step {
				return mailbox.ErrDrop
			}
			return nil
		})
		r := newSender(t, box.URL(), mail.SenderOptions{}).Deliver(t.Context(), letter, nil)
		if r.Outcome != want || r.Err == nil {
			t.Errorf("dropped at %s: got %+v, want %s", step, r, want)
		}
		if n := len(box.Messages()); (n == 1) != (step == mailbox.StepStored) {
			t.Errorf("dropped at %s: %d e-mails are stored", step, n)
		}
	}
}

// script plays a mail server line by line. Lines "S: x" are said, "C: x" must be heard as the beginning of a line, "body"
// reads up to the dot, "text" reads up to the line that says last, "drop" closes, "hang" says nothing until the client has gone.
func script(t *testing.T, lines ...string) (url string, dropped <-chan struct{}) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	t.Cleanup(func() { l.Close(); <-done })
	gone := make(chan struct{})
	go func() {
		defer close(done)
		defer sync.OnceFunc(func() { close(gone) })()
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		play(t, conn, lines)
	}()
	return "smtp://" + l.Addr().String() + "?starttls=never", gone
}

func play(t *testing.T, conn net.Conn, lines []string) {
	r := bufio.NewReader(conn)
	until := func(end string) {
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				t.Errorf("the client left before %q", end)
				return
			}
			if line == end+"\r\n" {
				return
			}
		}
	}
	for _, line := range lines {
		switch {
		case line == "body":
			until(".")
		case line == "text":
			until("ends") // the last line comes with the dot, for its end belongs to it
		case line == "drop":
			return
		case line == "hang":
			_, _ = io.Copy(io.Discard, r)
		case strings.HasPrefix(line, "S: "):
			_, _ = io.WriteString(conn, line[3:]+"\r\n")
		default:
			got, _ := r.ReadString('\n')
			if !strings.HasPrefix(got, line[3:]) {
				t.Errorf("the client said %q, want %q", got, line)
			}
		}
	}
}

var upToData = []string{"S: 220 hi", "C: EHLO", "S: 250 hi", "C: MAIL FROM:<chat@acme.example>", "S: 250 ok", "C: RCPT TO:<ada@example.org>", "S: 250 ok", "C: DATA"}

func TestDeliverScripted(t *testing.T) {
	cases := []struct {
		name    string
		lines   []string
		outcome mail.Outcome
		answer  string
	}{
		{"greets with 4xx", []string{"S: 421 busy"}, mail.Temporary, "421 busy"},
		{"greets with 5xx", []string{"S: 554 go away"}, mail.Permanent, "554 go away"},
		{"greets with garbage", []string{"S: HTTP/1.1 400 Bad Request"}, mail.Temporary, ""},
		{"says nothing", []string{"hang"}, mail.Temporary, ""},
		{"hangs up at once", []string{"drop"}, mail.Temporary, ""},
		{"knows no EHLO", []string{"S: 220 hi", "C: EHLO", "S: 502 what", "C: HELO", "S: 250 hi", "C: MAIL", "S: 451 no"}, mail.Temporary, "451 no"},
		{"garbage to MAIL", []string{"S: 220 hi", "C: EHLO", "S: 250 hi", "C: MAIL", "S: banana"}, mail.Temporary, ""},
		{"3xx to MAIL", []string{"S: 220 hi", "C: EHLO", "S: 250 hi", "C: MAIL", "S: 354 go"}, mail.Temporary, "354 go"},
		{"4xx to DATA", append(upToData[:8:8], "S: 452 full"), mail.Temporary, "452 full"},
		{"5xx to DATA", append(upToData[:8:8], "S: 554 no"), mail.Permanent, "554 no"},
		{"hangs at DATA", append(upToData[:8:8], "hang"), mail.Temporary, ""},
		{"accepts", append(upToData[:8:8], "S: 354 go", "body", "S: 250 2.0.0 queued as 7", "C: QUIT"), mail.Accepted, "250 2.0.0 queued as 7"},
		{"accepts with another 2xx", append(upToData[:8:8], "S: 354 go", "body", "S: 252 well"), mail.Accepted, "252 well"},
		{"4xx to the dot", append(upToData[:8:8], "S: 354 go", "body", "S: 450-later", "S: 450 please"), mail.Temporary, "450 later please"},
		{"421 to the dot", append(upToData[:8:8], "S: 354 go", "body", "S: 421 4.3.2 closing"), mail.Temporary, "421 4.3.2 closing"},
		{"5xx to the dot", append(upToData[:8:8], "S: 354 go", "body", "S: 550 5.7.1 spam"), mail.Permanent, "550 5.7.1 spam"},
		{"drops after the dot", append(upToData[:8:8], "S: 354 go", "body", "drop"), mail.Unknown, ""},
		{"hangs after the dot", append(upToData[:8:8], "S: 354 go", "body", "hang"), mail.Unknown, ""},
		{"garbage to the dot", append(upToData[:8:8], "S: 354 go", "body", "S: thanks!"), mail.Unknown, ""},
		{"3xx to the dot", append(upToData[:8:8], "S: 354 go", "body", "S: 354 go"), mail.Unknown, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			url, _ := script(t, c.lines...)
			opts := mail.SenderOptions{Timeout: time.Minute}
			if strings.Contains(strings.Join(c.lines, " "), "hang") {
				opts.Timeout = 200 * time.Millisecond
			}
			r := newSender(t, url, opts).Deliver(t.Context(), letter, nil)
			if r.Outcome != c.outcome || r.Response != c.answer || (r.Err == nil) != (c.outcome == mail.Accepted) {
				t.Errorf("got %+v, want %s with answer %q", r, c.outcome, c.answer)
			}
		})
	}
}

func TestDeliverNoticesBeforeTheDot(t *testing.T) {
	for _, end := range []string{"drop", "S: 421 too slow"} {
		url, gone := script(t, append(upToData[:8:8], "S: 354 go", "text", end)...)
		r := newSender(t, url, mail.SenderOptions{}).Deliver(t.Context(), letter, func(ctx context.Context) error {
			select {
			case <-gone: // the server has hung up while the caller was deciding
			case <-ctx.Done():
			}
			return nil
		})
		if r.Outcome != mail.Temporary {
			t.Errorf("%s: got %+v, want temporary: the dot must not follow", end, r)
		}
	}
}

func TestDeliverEndsWithContext(t *testing.T) {
	for name, c := range map[string]struct {
		lines   []string
		outcome mail.Outcome
	}{
		"before the dot": {[]string{"hang"}, mail.Temporary},
		"after the dot":  {append(upToData[:8:8], "S: 354 go", "body", "hang"), mail.Unknown},
	} {
		url, _ := script(t, c.lines...)
		ctx, cancel := context.WithTimeoutCause(t.Context(), 100*time.Millisecond, errors.New("the server stops"))
		r := newSender(t, url, mail.SenderOptions{}).Deliver(ctx, letter, nil)
		cancel()
		if r.Outcome != c.outcome || !strings.Contains(r.Err.Error(), "the server stops") {
			t.Errorf("%s: got %+v, want %s", name, r, c.outcome)
		}
	}
	box := startMailbox(t)
	ctx, cancel := context.WithCancel(t.Context())
	r := newSender(t, box.URL(), mail.SenderOptions{}).Deliver(ctx, letter, func(context.Context) error { cancel(); return nil })
	if r.Outcome != mail.Temporary {
		t.Errorf("cancelled while deciding: got %+v", r)
	}
}

func TestDeliverUnreachable(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if r := newSender(t, "smtp://"+l.Addr().String(), mail.SenderOptions{}).Deliver(t.Context(), letter, nil); r.Outcome != mail.Temporary {
		t.Errorf("got %+v, want temporary", r)
	}
}

func TestDeliverInjection(t *testing.T) {
	box := startMailbox(t)
	m := letter
	m.To = "ada@example.org>\r\nRCPT TO:<eve@example.org"
	if r := newSender(t, box.URL(), mail.SenderOptions{}).Deliver(t.Context(), m, nil); r.Outcome == mail.Accepted || len(box.Messages()) > 0 {
		t.Errorf("got %+v", r)
	}
}

func TestNewSender(t *testing.T) {
	for _, url := range []string{"", "mail.example.com:25", "http://x", "smtp://", "smtp://h?starttls=maybe", "smtp://h?tls=1", "smtp://h/path", "smtp://h:x"} {
		if s, err := mail.NewSender(url, mail.SenderOptions{}); err == nil {
			t.Errorf("%q was accepted as %s", url, s)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("the password is in %v", err)
		}
	}
	if _, err := mail.NewSender("smtp://u:secret@h:x", mail.SenderOptions{}); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
	s := newSender(t, "smtps://u:secret@mail.example.com", mail.SenderOptions{})
	if got := s.String(); got != "smtps://u:xxxxx@mail.example.com" {
		t.Errorf("shown as %q", got)
	}
}
