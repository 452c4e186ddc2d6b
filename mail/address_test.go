package mail

import (
	"strings"
	"testing"

	"github.com/jhillyerd/enmime/v2"

	"rejoin"
)

// Whatever a visitor may type as an address becomes an e-mail: one that did not would vanish.
func FuzzFollowUpAddress(f *testing.F) {
	for _, a := range []string{"ada@example.org", "ada@ab--cd.example", "ada@xn--zz.example", "ada@xn--.example", "jörg@müller.example", "größe@example.org",
		"ada@☃.example", "ada@a\u200db.example", "ada@אa1.example", "ada@xn--a.ö.example", "ada@a。b.example", "ada@ö--x.example", "=?utf-8?q?a?=@example.org",
		"a'b*c{d}|e`f^g@example.org", "用户@例子.广告", "\u0301a@\u0301a.example", "ada@\u0085.example", "ada@a\ufffdb.example"} {
		f.Add(a)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		address, err := rejoin.CheckEmail(raw)
		if err != nil {
			return
		}
		d := sample()
		d.To = address
		m, err := FollowUp(d)
		if err != nil {
			t.Fatalf("%q is accepted and cannot be written to: %v", address, err)
		}
		local, _, _ := strings.Cut(address, "@")
		if !strings.HasPrefix(m.To, local+"@") || utf8Needed(m.To[len(local):]) || strings.ContainsAny(m.To, "\r\n<> ") {
			t.Errorf("%q becomes the recipient %q", address, m.To)
		}
		read, err := enmime.ReadEnvelope(strings.NewReader(string(m.Raw)))
		if err != nil {
			t.Fatal(err)
		}
		if to := read.Root.Header.Get("To"); to != "<"+m.To+">" {
			t.Errorf("%q: To is %q", address, to)
		}
	})
}

// Whatever may be the page of a button can be mailed.
func FuzzFollowUpPage(f *testing.F) {
	for _, page := range []string{"https://shop/search?f={red}|blue", "https://shop/größe", "http://[::1]:80/[x]?y=[z]", "https://müller.example/^`\\\"<>", "https://shop/100%"} {
		f.Add(page)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		page, ok := rejoin.CleanURL(raw)
		if !ok {
			return
		}
		if _, err := checkURL("the page", page); err != nil || strings.Contains(page, "#") {
			t.Errorf("%q becomes %q: %v", raw, page, err)
		}
	})
}
