package core_test

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"io"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
)

// upload sends a file of the visitor's up.
func upload(s *rejointest.Server, token, name, content string) rejoin.Attachment {
	s.T.Helper()
	a, err := s.Core.Attachments.AddAsUser(s.T.Context(), token, s.Made.Platform.ID, core.Upload{ClientID: s.NewClientID(), Name: name, Body: strings.NewReader(content)})
	if err != nil {
		s.T.Fatal(err)
	}
	return a
}

// names are the files of a message in order.
func names(m rejoin.Message) (list []string) {
	for _, f := range m.Files {
		list = append(list, f.Name)
	}
	return list
}

func picture(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// fetch opens the file behind an address as a browser would, after something was changed in it.
func fetch(s *rejointest.Server, address string, change func(q url.Values, id *string)) (core.File, string, error) {
	s.T.Helper()
	u, err := url.Parse(address)
	if err != nil {
		s.T.Fatal(err)
	}
	q, id := u.Query(), path.Base(path.Dir(u.Path))
	if change != nil {
		change(q, &id)
	}
	f, err := s.Core.Attachments.Open(s.T.Context(), id, q.Get("size"), q.Get("until"), q.Get("sig"))
	if err != nil {
		return f, "", err
	}
	defer f.Body.Close()
	b, err := io.ReadAll(f.Body)
	if err != nil {
		s.T.Fatal(err)
	}
	return f, string(b), nil
}

func TestAttachments(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.Visit("Hello")
		in := core.Upload{ClientID: "one-file-once", Name: "../Bill <1>.txt", Body: strings.NewReader("first")}
		first, err := s.Core.Attachments.AddAsUser(t.Context(), v.Token, s.Made.Platform.ID, in)
		if err != nil || first.Size != 5 || first.Name != "Bill <1>.txt" {
			t.Fatalf("%+v, %v", first, err)
		}
		in.Body = strings.NewReader("another")
		again, err := s.Core.Attachments.AddAsUser(t.Context(), v.Token, s.Made.Platform.ID, in)
		if d := cmp.Diff(first, again); d != "" || err != nil {
			t.Errorf("a repeated upload (-first +second): %v\n%s", err, d)
		}
		b, c := upload(s, v.Token, "b.txt", "b"), upload(s, v.Token, "a.txt", "a")
		send := core.UserSend{ClientID: "with-three-files", Attachments: []string{c.ID, first.ID, b.ID}}
		for range 2 {
			up, err := s.Core.Messages.SendAsUser(t.Context(), v.Token, v.Issue.ID, send)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]string{"a.txt", first.Name, "b.txt"}, names(up.Messages[0])); d != "" {
				t.Errorf("the files (-want +got):\n%s", d)
			}
		}
		th := s.Load(v.Issue.ID)
		if got := names(th.Messages[len(th.Messages)-1]); len(got) != 3 || got[0] != "a.txt" || th.Issue.Preview != "a.txt, "+first.Name+", b.txt" {
			t.Errorf("agents see %q, and before they look %q", got, th.Issue.Preview)
		}
		quiet := identity.NewToken() // a file before the first message
		file := upload(s, quiet, "start.txt", "x")
		up, err := s.Core.Messages.Start(t.Context(), quiet, s.Made.Platform.ID, core.UserSend{ClientID: "a-file-begins", Attachments: []string{file.ID}}, core.Beginning{})
		if err != nil || up.Issue.Title != "start.txt" || up.Issue.Preview != "start.txt" || s.Load(up.Issue.ID).Issue.Title != "start.txt" {
			t.Errorf("a file begins the conversation: %+v, %v", up.Issue, err)
		}
		agents, err := s.Core.Attachments.AddAsAgent(t.Context(), s.Maya, core.Upload{ClientID: "agents-file", Name: "answer.pdf", Body: strings.NewReader("%PDF-1.7")})
		if err != nil {
			t.Fatal(err)
		}
		w := s.VisitKnown("Hello", "Ada", "ada@example.org")
		for range 2 {
			if err := s.Core.Messages.SendAsAgent(t.Context(), s.Maya, w.Issue.ID, "message-of-an-agent", "", agents.ID); err != nil {
				t.Fatal(err)
			}
		}
		s.Advance(11 * time.Minute)
		if mails := s.MailsTo("ada@example.org"); len(mails) != 1 || !strings.Contains(mails[0].Text, "answer.pdf") || !strings.Contains(mails[0].HTML, "answer.pdf") {
			t.Errorf("%d e-mails, want one that names the file", len(mails))
		}
	})
}

// endless is a file of so many bytes, of nothing.
type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for n := range b {
		b[n] = 'x'
	}
	return len(b), nil
}

func TestAttachmentsRefused(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v, w := s.Visit("Hello"), s.Visit("Hello")
		add := func(token string, body io.Reader) error {
			_, err := s.Core.Attachments.AddAsUser(t.Context(), token, s.Made.Platform.ID, core.Upload{ClientID: s.NewClientID(), Name: "x", Body: body})
			return err
		}
		if err := s.Core.Identities.Logout(t.Context(), w.Token); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			err  error
			want rejoin.Code
		}{
			"25 MB and a byte": {add(v.Token, io.LimitReader(endless{}, core.MaxFile+1)), rejoin.Invalid},
			"nothing":          {add(v.Token, strings.NewReader("")), rejoin.Invalid},
			"broken off":       {add(v.Token, io.MultiReader(strings.NewReader("x"), brokenReader{})), rejoin.Invalid},
			"no token":         {add("x", strings.NewReader("x")), rejoin.Unauthenticated},
			"a session ended":  {add(w.Token, strings.NewReader("x")), rejoin.Unauthenticated},
		} {
			if rejoin.CodeOf(c.err) != c.want {
				t.Errorf("%s: %v, want %s", name, c.err, c.want)
			}
		}
		mine := upload(s, v.Token, "mine.txt", "mine")
		sent := upload(s, v.Token, "sent.txt", "sent")
		if err := v.Send(core.UserSend{ClientID: s.NewClientID(), Attachments: []string{sent.ID}}); err != nil {
			t.Fatal(err)
		}
		agents, err := s.Core.Attachments.AddAsAgent(t.Context(), s.Maya, core.Upload{ClientID: "agents-file", Name: "a.txt", Body: strings.NewReader("x")})
		if err != nil {
			t.Fatal(err)
		}
		before := v.Last()
		x := s.Visit("Hello")
		for name, c := range map[string]struct {
			v    *rejointest.Visitor
			ids  []string
			want rejoin.Code
		}{
			"somebody else's":      {x, []string{mine.ID}, rejoin.Invalid},
			"an agent's":           {v, []string{agents.ID}, rejoin.Invalid},
			"one sent before":      {v, []string{sent.ID}, rejoin.Invalid},
			"one twice":            {v, []string{mine.ID, mine.ID}, rejoin.Invalid},
			"none of ours":         {v, []string{"fil_x"}, rejoin.Invalid},
			"eleven":               {v, make([]string, 11), rejoin.Invalid},
			"into another's issue": {&rejointest.Visitor{Token: v.Token, Issue: x.Issue}, []string{mine.ID}, rejoin.NotFound},
		} {
			_, err := s.Core.Messages.SendAsUser(t.Context(), c.v.Token, c.v.Issue.ID, core.UserSend{ClientID: s.NewClientID(), Body: "x", Attachments: c.ids})
			if rejoin.CodeOf(err) != c.want {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
		if err := s.Core.Messages.SendAsAgent(t.Context(), s.Maya, v.Issue.ID, s.NewClientID(), "x", mine.ID); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("an agent sends a visitor's file: %v", err)
		}
		if got := v.Last(); got != before {
			t.Errorf("%d messages more after refusals", got-before)
		}
		if err := v.Send(core.UserSend{ClientID: s.NewClientID(), Attachments: []string{mine.ID}}); err != nil {
			t.Errorf("after all that the file's owner sends it: %v", err)
		}
		for range 30 {
			upload(s, x.Token, "x", "x")
		}
		if err := add(x.Token, strings.NewReader("x")); rejoin.CodeOf(err) != rejoin.Limited {
			t.Errorf("the 31st file that is not sent: %v, want limited", err)
		}
	})
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("the connection was lost") }

func TestAddressesOfFiles(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.Visit("Hello")
		text, img := upload(s, v.Token, "größe 1.html", "<script>"), upload(s, v.Token, "p.png", picture(t))
		addresses := s.Core.Attachments.Addresses
		if out := addresses(text); out.Small != "" {
			t.Errorf("a text has a preview: %+v", out)
		}
		if f, body, err := fetch(s, addresses(text).Full, nil); err != nil || body != "<script>" || f.Inline {
			t.Errorf("a text comes as %q, in place %v: %v", body, f.Inline, err)
		}
		if f, body, err := fetch(s, addresses(img).Full, nil); err != nil || body != picture(t) || !f.Inline || f.Type != "image/png" {
			t.Errorf("an image comes as %s, in place %v: %v", f.Type, f.Inline, err)
		}
		if f, _, err := fetch(s, addresses(img).Small, nil); err != nil || !f.Inline || img.Width != 40 || img.Height != 30 {
			t.Errorf("its preview of %d×%d comes as %s: %v", img.Width, img.Height, f.Type, err)
		}
		for name, change := range map[string]func(q url.Values, id *string){
			"another file":    func(_ url.Values, id *string) { *id = text.ID },
			"another size":    func(q url.Values, _ *string) { q.Set("size", "small") },
			"a later end":     func(q url.Values, _ *string) { q.Set("until", "9999999999") },
			"no end":          func(q url.Values, _ *string) { q.Del("until") },
			"no signature":    func(q url.Values, _ *string) { q.Del("sig") },
			"a spoilt one":    func(q url.Values, _ *string) { q.Set("sig", spoilt(q.Get("sig"))) },
			"a file not ours": func(_ url.Values, id *string) { *id = "../x" },
		} {
			if _, _, err := fetch(s, addresses(img).Full, change); rejoin.CodeOf(err) != rejoin.NotFound {
				t.Errorf("%s: %v, want not_found", name, err)
			}
		}
		kept := addresses(img)
		if other := s.Another().Core.Attachments.Addresses(img); other != kept {
			t.Errorf("another node signs %+v, want %+v", other, kept)
		}
		s.Clock.Advance(24 * time.Hour)
		if _, _, err := fetch(s, kept.Full, nil); err != nil {
			t.Errorf("after 24 hours: %v", err)
		}
		s.Clock.Advance(61 * time.Minute)
		for _, a := range []string{kept.Full, kept.Small} {
			if _, _, err := fetch(s, a, nil); rejoin.CodeOf(err) != rejoin.NotFound {
				t.Errorf("after 25 hours: %v, want not_found", err)
			}
		}
		if _, _, err := fetch(s, addresses(img).Small, nil); err != nil {
			t.Errorf("a fresh address: %v", err)
		}
	})
}

func TestUnsentFilesAreDropped(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.Visit("Hello")
		forgotten, sent := upload(s, v.Token, "a.png", picture(t)), upload(s, v.Token, "b.txt", "b")
		if err := v.Send(core.UserSend{ClientID: s.NewClientID(), Attachments: []string{sent.ID}}); err != nil {
			t.Fatal(err)
		}
		upkeep := func() {
			t.Helper()
			if err := s.Core.Attachments.DropUnsent(t.Context(), rejoin.Job{}); err != nil {
				t.Fatal(err)
			}
		}
		open := func(a rejoin.Attachment) error {
			_, _, err := fetch(s, s.Core.Attachments.Addresses(a).Full, nil)
			return err
		}
		s.Clock.Advance(24 * time.Hour)
		upkeep()
		if err := open(forgotten); err != nil {
			t.Errorf("after a day: %v", err)
		}
		s.Clock.Advance(time.Millisecond)
		upkeep()
		upkeep()
		if err := open(forgotten); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("after more than a day: %v, want not_found", err)
		}
		if err := open(sent); err != nil {
			t.Errorf("a file that was sent: %v", err)
		}
		if err := v.Send(core.UserSend{ClientID: s.NewClientID(), Attachments: []string{forgotten.ID}}); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("sending the file that is gone: %v, want invalid", err)
		}
	})
}

// Files that wait in a browser go along with its anonymous person, and with nobody else.
func TestFilesAndLogins(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		send := func(token, file string, c core.Claim) error {
			_, err := s.Core.Messages.Start(t.Context(), token, s.Made.Platform.ID, core.UserSend{ClientID: s.NewClientID(), Attachments: []string{file}}, core.Beginning{Claim: c})
			return err
		}
		bob := s.Signed("88", "")
		whoIs(s, bob)
		v := s.Visit("Hello")
		file := upload(s, v.Token, "a.txt", "a")
		_, token := s.Identify(bob, v.Token)
		if err := send(token, file.ID, bob); err != nil {
			t.Errorf("an anonymous person's file after the login: %v", err)
		}
		ada := s.VisitAs(s.Signed("77", ""), "Hello", core.Beginning{})
		file = upload(s, ada.Token, "a.txt", "a")
		_, token = s.Identify(bob, ada.Token)
		if err := send(token, file.ID, bob); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("somebody else's file after their logout: %v, want invalid", err)
		}
	})
}

// spoilt returns the text with another first letter.
func spoilt(s string) string {
	if s[0] == 'x' {
		return "y" + s[1:]
	}
	return "x" + s[1:]
}
