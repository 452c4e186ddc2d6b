package identity

import (
	"encoding/base64"
	"encoding/hex"
	"os"
	"strings"
	"testing"
)

// The secrets of testdata/vectors.sh.
const (
	testSecret = "5f2a8c1be07d4493a6c58e21f90b37d4c1e65a8870f243bd9e1c06a7d84f3b52"
	olderKey   = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
)

// vectors reads a file that testdata/vectors.sh made: lines of fields, with tabs between them.
func vectors(t testing.TB, name string, fields int) (list [][]string) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		v := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(v) != fields {
			t.Fatalf("%s: %d fields in %q", name, len(v), line)
		}
		list = append(list, v)
	}
	if len(list) == 0 {
		t.Fatalf("%s is empty", name)
	}
	return list
}

func TestVerifyVectors(t *testing.T) {
	for _, v := range vectors(t, "hmac.tsv", 4) {
		secret, id, email, token := v[0], v[1], v[2], v[3]
		if got := Sign(secret, SignedMessage(id, email, false)); got != token {
			t.Errorf("%.20s %.20s %s: signed %s, want %s", secret, id, email, got, token)
		}
		raw := strings.TrimSuffix(token, "=")
		for _, secrets := range [][]string{{secret}, {"another", secret}, {secret, "another", ""}} {
			if !Verify(secrets, id, email, false, token) || !Verify(secrets, id, email, false, raw) {
				t.Errorf("%.20s %.20s %s: refused", secret, id, email)
			}
		}
		b, _ := base64.StdEncoding.DecodeString(token)
		for _, bad := range []string{"", " " + token, token + " ", token + "\n", raw + "\n", raw[:20] + "\n" + raw[20:], raw[:20] + "\r\n" + raw[20:], token + "=", raw + "==",
			raw[:42], raw + "A", raw[:42] + next(raw[42]), hex.EncodeToString(b), "\x00" + token, token + token, flip(token)} {
			if Verify([]string{secret}, id, email, false, bad) {
				t.Errorf("%q verifies", bad)
			}
		}
		if url := base64.URLEncoding.EncodeToString(b); url != token && Verify([]string{secret}, id, email, false, url) {
			t.Errorf("the URL alphabet verifies: %q", url)
		}
		for _, secrets := range [][]string{nil, {}, {""}, {"another"}, {secret + "\n"}, {strings.ToUpper(secret)}} {
			if Verify(secrets, id, email, false, token) {
				t.Errorf("%q verifies a token of %q", secrets, secret)
			}
		}
		if Verify([]string{secret}, id+"x", email, false, token) || Verify([]string{secret}, id, email+"x", false, token) {
			t.Errorf("%s verifies for somebody else", token)
		}
	}
}

// next spells the same 32 bytes with stray bits at the end.
func next(c byte) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	return string(alphabet[strings.IndexByte(alphabet, c)+1])
}

// flip changes the first byte.
func flip(token string) string {
	if token[0] == 'A' {
		return "B" + token[1:]
	}
	return "A" + token[1:]
}

func TestFullPrivacySignsTheUserIDAlone(t *testing.T) {
	secrets := []string{testSecret}
	onlyID, both := Sign(testSecret, "17"), Sign(testSecret, "17ada@example.org")
	for _, c := range []struct {
		id, email, token string
		privacy, want    bool
	}{
		{"17", "ada@example.org", onlyID, true, true},
		{"17", "", onlyID, true, true},
		{"17", "ada@example.org", both, true, false},
		{"17", "ada@example.org", onlyID, false, false},
		{"17", "ada@example.org", both, false, true},
	} {
		if got := Verify(secrets, c.id, c.email, c.privacy, c.token); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// A server that signs for everybody has signed the empty message for whoever is not logged in; that must open nothing.
func TestNobodyNeverVerifies(t *testing.T) {
	nobody := Sign(testSecret, "")
	if Verify([]string{testSecret}, "", "", false, nobody) || Verify([]string{testSecret}, "", "ada@example.org", true, nobody) {
		t.Error("a signature of nothing verifies")
	}
	if Verify([]string{""}, "17", "", false, Sign("", "17")) {
		t.Error("the empty secret verifies")
	}
}

// The price of signing as the reference does: one signature fits every way to divide the message. Callers must not rely on more.
func TestOneSignatureFitsEveryDivision(t *testing.T) {
	token := Sign(testSecret, SignedMessage("77", "x@shop.example", false))
	if secrets := []string{testSecret}; !Verify(secrets, "7", "7x@shop.example", false, token) || !Verify(secrets, "", "77x@shop.example", false, token) {
		t.Error("the division counts now; correct what SignedMessage says")
	}
}

func TestNewSecret(t *testing.T) {
	a, b := NewSecret(), NewSecret()
	if raw, err := hex.DecodeString(a); err != nil || len(raw) != 32 || a == b {
		t.Errorf("%q, %q", a, b)
	}
}

func FuzzVerify(f *testing.F) {
	for _, v := range vectors(f, "hmac.tsv", 4) {
		f.Add(v[0], v[1], v[2], false, v[3])
		f.Add(v[0], v[1], v[2], true, strings.TrimSuffix(v[3], "="))
	}
	for _, v := range vectors(f, "explain.tsv", 2) {
		f.Add(testSecret, "17", "Ada@Example.org", false, v[1])
	}
	f.Fuzz(func(t *testing.T, secret, id, email string, privacy bool, token string) {
		want := Sign(secret, SignedMessage(id, email, privacy))
		valid := Verify([]string{secret}, id, email, privacy, token)
		if valid && token != want && token+"=" != want {
			t.Errorf("%q verifies, only %q should", token, want)
		}
		if signable := secret != "" && SignedMessage(id, email, privacy) != ""; Verify([]string{secret}, id, email, privacy, want) != signable {
			t.Errorf("what we sign for %q %q under %q does not verify", id, email, secret)
		}
		found := Explain([]Secret{{secret, true}}, id, email, privacy, token)
		if (found == FindingValid) != valid || found == FindingValidOld {
			t.Errorf("%q: valid is %v, but the finding %s", token, valid, found)
		}
	})
}
