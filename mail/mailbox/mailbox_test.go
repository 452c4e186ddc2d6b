package mailbox_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/smtp"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin/mail/mailbox"
)

func start(t *testing.T, dir string) *mailbox.Mailbox {
	t.Helper()
	box, err := mailbox.Start("127.0.0.1:0", dir)
	if err != nil {
		t.Fatal(err)
	}
	return box
}

func stop(t *testing.T, box *mailbox.Mailbox) {
	t.Helper()
	if err := box.Close(); err != nil {
		t.Error(err)
	}
}

// send speaks SMTP with the standard library, so that the mailbox is tested against another hand's client.
func send(box *mailbox.Mailbox, to, raw string) error {
	return smtp.SendMail(box.Addr(), nil, "chat@acme.example", []string{to}, []byte(raw))
}

const plain = "From: Maya via Acme <chat@acme.example>\r\nTo: ada@example.org\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n" +
	"Date: Sun, 22 Nov 2026 19:35:00 +0000\r\nMessage-ID: <1@acme.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello\r\n..dot\r\n"

func TestKeepsAndReloads(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "mail[box]")
	box := start(t, dir)
	for i := range 3 {
		if err := send(box, fmt.Sprintf("user%d@example.org", i), plain); err != nil {
			t.Fatal(err)
		}
	}
	before, err := box.Wait(t.Context(), 3)
	if err != nil {
		t.Fatal(err)
	}
	m := before[2]
	if m.From != "chat@acme.example" || m.To != "user2@example.org" || m.Subject != "Grüße" || m.MessageID != "1@acme.example" ||
		m.FromHeader != "Maya via Acme <chat@acme.example>" || !strings.HasPrefix(m.Text, "Hello") || m.Date.Hour() != 19 || m.HTML != "" || m.Problem != "" {
		t.Errorf("arrived as %+v", m)
	}
	stop(t, box)
	if err := os.WriteFile(filepath.Join(dir, "notes.eml"), []byte("not ours"), 0o600); err != nil {
		t.Fatal(err)
	}

	box = start(t, dir)
	defer stop(t, box)
	if diff := cmp.Diff(before, box.Messages()); diff != "" {
		t.Errorf("a restart changed the mailbox (-before +after):\n%s", diff)
	}
	if err := box.DeleteAll(); err != nil {
		t.Fatal(err)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "[0-9]*")); len(files)+len(box.Messages()) > 0 {
		t.Errorf("still there after DeleteAll: %v", files)
	}
}

func TestStartRefuses(t *testing.T) {
	box := start(t, "")
	defer stop(t, box)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range [][2]string{{box.Addr(), ""}, {"0.0.0.0:0", ""}, {":0", ""}, {"nonsense", ""}, {"127.0.0.1:0", file}} {
		if other, err := mailbox.Start(c[0], c[1]); err == nil {
			stop(t, other)
			t.Errorf("Start(%q, %q) worked", c[0], c[1])
		}
	}
}

func TestWaitEnds(t *testing.T) {
	box := start(t, "")
	ctx, cancel := context.WithCancelCause(t.Context())
	enough := errors.New("enough")
	cancel(enough)
	if _, err := box.Wait(ctx, 1); !errors.Is(err, enough) {
		t.Errorf("got %v", err)
	}
	ended := make(chan error)
	go func() { _, err := box.Wait(t.Context(), 1); ended <- err }()
	stop(t, box)
	if err := <-ended; err == nil {
		t.Error("Wait did not end with the mailbox")
	}
}

func TestTooLarge(t *testing.T) {
	box := start(t, "")
	defer stop(t, box)
	err := send(box, "ada@example.org", plain+strings.Repeat(strings.Repeat("x", 98)+"\r\n", mailbox.MaxSize/100+1))
	if err == nil || !strings.HasPrefix(err.Error(), "552") || len(box.Messages()) != 0 {
		t.Errorf("got %v and %d e-mails", err, len(box.Messages()))
	}
}

func TestFaults(t *testing.T) {
	box := start(t, "")
	defer stop(t, box)
	var steps []mailbox.Step
	box.SetFault(func(s mailbox.Step) error { steps = append(steps, s); return nil })
	if err := send(box, "ada@example.org", plain); err != nil {
		t.Fatal(err)
	}
	want := []mailbox.Step{mailbox.StepHello, mailbox.StepMail, mailbox.StepRcpt, mailbox.StepData, mailbox.StepDot, mailbox.StepStored}
	if diff := cmp.Diff(want, steps); diff != "" {
		t.Error(diff)
	}
	box.SetFault(func(s mailbox.Step) error { return mailbox.Reply(451, "later") })
	if err := send(box, "ada@example.org", plain); err == nil || !strings.Contains(err.Error(), "later") {
		t.Errorf("got %v", err)
	}
	box.SetFault(nil)
	if err := send(box, "ada@example.org", plain); err != nil || len(box.Messages()) != 2 {
		t.Errorf("got %v and %d e-mails", err, len(box.Messages()))
	}
}

// hostile tries to execute, to look like our page, and to break out of headers.
const hostile = "From: \"<script>alert(1)</script>\" <x@evil.example>\r\nTo: ada@example.org\r\nDelivered-To: someone@else.example\r\n" +
	"Subject: <img src=x onerror=alert(1)>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" +
	"<html><HEAD lang=x><meta http-equiv=refresh content='0;url=https://evil.example/'></HEAD><script>top.location='https://evil.example/'</script>" +
	"<img src=https://evil.example/pixel><a href=https://shop.example/>Go</a>\r\n"

func get(t *testing.T, box *mailbox.Mailbox, path string) (*http.Response, string) {
	t.Helper()
	w := httptest.NewRecorder()
	box.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return w.Result(), w.Body.String()
}

func TestPageShowsHostileMail(t *testing.T) {
	box := start(t, "")
	defer stop(t, box)
	if err := send(box, "ada@example.org", hostile); err != nil {
		t.Fatal(err)
	}
	id := box.Messages()[0].ID
	if to := box.Messages()[0].To; to != "ada@example.org" {
		t.Errorf("the e-mail's own Delivered-To counts: %q", to)
	}
	for _, path := range []string{"/", "/mail/" + id, "/mail/" + id + "?view=text", "/mail/" + id + "?view=phone", "/mail/" + id + "?view=headers", "/mail/" + id + "?view=raw"} {
		res, body := get(t, box, path)
		csp := res.Header.Get("Content-Security-Policy")
		if res.StatusCode != 200 || !strings.Contains(csp, "script-src 'self'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: status %d, policy %q", path, res.StatusCode, csp)
		}
		if strings.Contains(body, "<script>") || strings.Contains(body, "<img src=x") || strings.Contains(body, "evil.example/pixel>") {
			t.Errorf("%s shows it unescaped", path)
		}
	}
	res, body := get(t, box, "/mail/"+id+"/body")
	csp := res.Header.Get("Content-Security-Policy")
	if !strings.HasPrefix(csp, "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'") || strings.Contains(csp, "script") {
		t.Errorf("the e-mail itself has the policy %q", csp)
	}
	if !strings.Contains(body, `<HEAD lang=x><base target="_blank">`) {
		t.Error("links do not open a new tab")
	}
	res, _ = get(t, box, "/mail/"+id+"/raw")
	if got := res.Header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment") {
		t.Errorf("the file comes as %q", got)
	}
}

func TestPageRefuses(t *testing.T) {
	box := start(t, "")
	defer stop(t, box)
	if err := send(box, "ada@example.org", plain); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{"/mail/1": 404, "/mail/1/body": 404, "/mail/1/raw": 404, "/mail/..%2f..": 404, "/x": 404, "/delete": 405} {
		if res, _ := get(t, box, path); res.StatusCode != want {
			t.Errorf("GET %s: %d, want %d", path, res.StatusCode, want)
		}
	}
	srv := httptest.NewServer(box.Handler())
	defer srv.Close()
	for site, want := range map[string]int{"cross-site": 403, "same-origin": 303} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL+"/delete", strings.NewReader(url.Values{}.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Sec-Fetch-Site", site)
		res, err := srv.Client().Transport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if left := len(box.Messages()); res.StatusCode != want || left != map[int]int{403: 1, 303: 0}[want] {
			t.Errorf("%s: %d, %d e-mails left", site, res.StatusCode, left)
		}
		if site == "same-origin" { // the order of a map is not known: put back what was deleted
			if err := send(box, "ada@example.org", plain); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestPageHearsOfNews(t *testing.T) {
	box := start(t, "")
	defer stop(t, box)
	answer := make(chan string)
	go func() {
		_, body := get(t, box, "/changes?after=0")
		answer <- body
	}()
	if err := send(box, "ada@example.org", plain); err != nil {
		t.Fatal(err)
	}
	if got := <-answer; got != "{\"version\":1}\n" {
		t.Errorf("got %q", got)
	}
	if _, body := get(t, box, "/"); !strings.Contains(body, `data-version="1"`) || !strings.Contains(body, "Grüße") {
		t.Error("the page does not show the news")
	}
}
