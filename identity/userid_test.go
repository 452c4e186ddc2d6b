package identity

import (
	"strings"
	"testing"
)

func TestCleanUserID(t *testing.T) {
	for _, good := range []string{"", "17", "Ada", "ada", "Ada Lovelace 1815", "a\u00a0b", "ユーザー🙂", strings.Repeat("ß", 750), strings.Repeat("🙂", 500), "ada@", "@ada", "ada@nowhere", "\u202e7", "<b>", "null"} {
		if got, ok := CleanUserID(good); !ok || got != good {
			t.Errorf("%.20q: %.20q, %v", good, got, ok)
		}
	}
	for _, bad := range []string{" ", " 17", "17 ", "17\n", "\t17", "17\u00a0", "17\u2003", "\ufeff17", "17\ufeff", "1\x007", "1\n7", "1\x7f7", "1\u00857", "1\xff7", "\xff", "1\ufffd7",
		strings.Repeat("ß", 751), strings.Repeat("🙂", 501), "ada@example.org", "ADA@Example.ORG"} {
		if got, ok := CleanUserID(bad); ok || got != "" {
			t.Errorf("%.20q passes as %.20q", bad, got)
		}
	}
}

func TestCleanLoginEmail(t *testing.T) {
	for in, want := range map[string]string{"": "", "ada@example.org": "ada@example.org", "Ada.Lovelace+Chat@Example.ORG": "ada.lovelace+chat@example.org"} {
		if got, ok := CleanLoginEmail(in); !ok || got != want {
			t.Errorf("%q: %q, %v", in, got, ok)
		}
	}
	for _, bad := range []string{" ", " ada@example.org", "ada@example.org ", "ada@example.org\n", "\u00a0ada@example.org", "ada@example.org\ufeff", "ada", "ada@nowhere", "a b@example.org",
		"ada@example.org,bob@example.org", "Ada <ada@example.org>", "ada@ex\xffample.org", "ada@ex\ufffdample.org", "a\x00da@example.org", strings.Repeat("a", 250) + "@example.org"} {
		if got, ok := CleanLoginEmail(bad); ok || got != "" {
			t.Errorf("%q passes as %q", bad, got)
		}
	}
}

func FuzzCleanUserID(f *testing.F) {
	f.Add("17")
	f.Add(" ada@example.org")
	f.Fuzz(func(t *testing.T, in string) {
		if got, ok := CleanUserID(in); ok && (got != in || strings.TrimSpace(in) != in || strings.ContainsAny(in, "\x00\r\n")) {
			t.Errorf("%q passes as %q", in, got)
		}
		email, ok := CleanLoginEmail(in)
		if again, ok2 := CleanLoginEmail(email); ok && (!ok2 || again != email) {
			t.Errorf("%q becomes %q and then %q, %v", in, email, again, ok2)
		}
		if id, ok2 := CleanUserID(in); ok && ok2 && email != "" {
			t.Errorf("%q is an address and the id %q", in, id)
		}
	})
}
