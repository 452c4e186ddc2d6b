package identity_test

import (
	"bytes"
	"encoding/base32"
	"image/png"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoin/identity"
)

// rfcSecret is the one of RFC 6238, appendix B, for SHA-1.
var rfcSecret = base32.StdEncoding.EncodeToString([]byte("12345678901234567890"))

// The test vectors of RFC 6238, appendix B: the last six of their eight digits.
func TestTOTPVectors(t *testing.T) {
	for at, code := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		step, ok := identity.MatchTOTP(rfcSecret, code, time.Unix(at, 0), 0)
		if !ok || step != at/30 {
			t.Errorf("at %d: step %d, %v", at, step, ok)
		}
	}
}

func TestTOTPWindow(t *testing.T) {
	const code, at = "050471", int64(1111111111) // of the step that begins at 1111111110
	start := at / 30 * 30
	for offset, want := range map[int64]bool{-31: false, -30: true, 0: true, 29: true, 30: true, 59: true, 60: false} {
		if _, ok := identity.MatchTOTP(rfcSecret, code, time.Unix(start+offset, 0), 0); ok != want {
			t.Errorf("%d seconds after its step begins: %v", offset, ok)
		}
	}
	step, _ := identity.MatchTOTP(rfcSecret, code, time.Unix(at, 0), 0)
	if _, ok := identity.MatchTOTP(rfcSecret, code, time.Unix(at, 0), step); ok {
		t.Error("a code serves twice")
	}
	for _, bad := range []string{"", "050472", "50471", "0050471", "050471 ", "aaaaaa"} {
		if _, ok := identity.MatchTOTP(rfcSecret, bad, time.Unix(at, 0), 0); ok {
			t.Errorf("%q passes", bad)
		}
	}
	if _, ok := identity.MatchTOTP("not base32!", code, time.Unix(at, 0), 0); ok {
		t.Error("a broken secret passes")
	}
}

func TestNewTOTP(t *testing.T) {
	secret, link, qr, err := identity.NewTOTP("Rejoin acme", "maya@example.com")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil || len(raw) != 20 {
		t.Errorf("secret of %d bytes, %v", len(raw), err)
	}
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Query().Get("secret") != secret || u.Query().Get("issuer") != "Rejoin acme" || !strings.Contains(u.Path, "maya@example.com") {
		t.Errorf("link %s, %v", link, err)
	}
	if image, err := png.Decode(bytes.NewReader(qr)); err != nil || image.Bounds().Dx() < 200 {
		t.Errorf("QR: %v", err)
	}
	if other, _, _, _ := identity.NewTOTP("Rejoin acme", "maya@example.com"); other == secret {
		t.Error("two secrets are the same")
	}
}

func TestRecoveryCodes(t *testing.T) {
	codes := identity.NewRecoveryCodes(10)
	form := regexp.MustCompile(`^[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}$`)
	for _, c := range codes {
		if !form.MatchString(c) || identity.IsTOTP(identity.PlainCode(c)) {
			t.Errorf("code %q", c)
		}
		if identity.PlainCode(" "+strings.ToUpper(c)) != strings.ReplaceAll(c, "-", "") {
			t.Errorf("%q is not read as people write it", c)
		}
	}
	slices.Sort(codes)
	if len(slices.Compact(codes)) != 10 {
		t.Error("codes repeat")
	}
}
