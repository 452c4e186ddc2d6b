package identity

import (
	"strings"
	"testing"
)

func TestTokens(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		token := NewToken()
		if !WellFormed(token) || seen[token] || strings.Contains(Hash(token), token) {
			t.Fatalf("token %q", token)
		}
		seen[token] = true
	}
	// echo -n hello | sha256sum
	if got := Hash("hello"); got != "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" {
		t.Errorf("hash of hello: %s", got)
	}
}

func FuzzWellFormed(f *testing.F) {
	f.Add(NewToken())
	f.Add("")
	f.Add(strings.Repeat("A", 43) + "\n")
	f.Fuzz(func(t *testing.T, s string) {
		if WellFormed(s) && (len(s) != 43 || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "") {
			t.Errorf("%q passes", s)
		}
	})
}
