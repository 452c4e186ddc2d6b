package identity

import (
	"bytes"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"image/png"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

// The second factor of agents is a time-based one-time password (RFC 6238) in the form that every authenticator knows: SHA-1, six digits,
// a new code every 30 seconds.
const (
	totpPeriod = 30 // seconds
	totpDigits = 6
	qrSize     = 240 // pixels
)

// NewTOTP is a fresh secret for an authenticator. Issuer and account are what it shows; neither may hold a colon.
func NewTOTP(issuer, account string) (secret, url string, qr []byte, err error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: account})
	if err != nil {
		return "", "", nil, err
	}
	image, err := key.Image(qrSize, qrSize)
	if err != nil {
		return "", "", nil, err
	}
	var b bytes.Buffer
	err = png.Encode(&b, image)
	return key.Secret(), key.URL(), b.Bytes(), err
}

// MatchTOTP looks for the time step that the code belongs to: the one at the moment, the one before, for whoever types slowly, or the one after, for
// clocks that run fast. Steps up to after have been used already and match no more: who stores the returned step and gives it as after the next
// time takes no code twice.
func MatchTOTP(secret, code string, at time.Time, after int64) (step int64, ok bool) {
	now := at.Unix() / totpPeriod
	for s := now - 1; s <= now+1; s++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(s), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, false
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && s > after {
			return s, true
		}
	}
	return 0, false
}

// NewRecoveryCodes are codes for whoever has lost their authenticator, each of 60 random bits, as people write them down. What is stored is
// [Hash] of [PlainCode].
func NewRecoveryCodes(n int) []string {
	list := make([]string, n)
	for i := range list {
		var b [8]byte
		rand.Read(b[:]) // never fails
		text := strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:]))
		list[i] = text[:4] + "-" + text[4:8] + "-" + text[8:12]
	}
	return list
}

// PlainCode is a code without what people put between its characters, in lower case.
func PlainCode(code string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "-", "", "\u00a0", "", "\t", "").Replace(code))
}

// IsTOTP reports whether a plain code has the form of an authenticator's; others can only be recovery codes.
func IsTOTP(code string) bool {
	return len(code) == totpDigits && strings.Trim(code, "0123456789") == ""
}
