package identity

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// NewSecret returns a fresh app secret: 32 random bytes in hex, so that it survives being copied into shells and env files.
// The key of a signature is these 64 characters as they are, not the bytes they spell.
func NewSecret() string {
	var b [size]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// SignedMessage is what the host site's server signs: userID and then email exactly as the page sends them, without a separator, a missing
// part skipped; under full privacy userID alone. Reference §3.2.
//
// Because nothing separates the parts, the message for "77" and "x@shop.example" is also the one for "7" and "7x@shop.example". Ids of one
// length, or a login token ([ParseJWT]), do not have this weakness.
func SignedMessage(userID, email string, fullPrivacy bool) string {
	if fullPrivacy {
		return userID
	}
	return userID + email
}

// Sign returns the padded base64 of HMAC-SHA256 (RFC 2104), keyed by secret's UTF-8 bytes.
func Sign(secret, message string) string {
	return base64.StdEncoding.EncodeToString(digest([]byte(secret), message))
}

// Verify reports whether token is the signature of [SignedMessage] under any of the secrets, in standard base64 with or without padding and
// nothing around it. An empty secret, an empty token and an empty message never verify. It takes the same time for every well-formed token.
func Verify(secrets []string, userID, email string, fullPrivacy bool, token string) bool {
	message := SignedMessage(userID, email, fullPrivacy)
	given, ok := decodeDigest(token)
	if !ok || message == "" {
		return false
	}
	valid := false
	for _, secret := range secrets {
		if secret != "" && hmac.Equal(given, digest([]byte(secret), message)) {
			valid = true // and go on: the time does not tell which secret it was
		}
	}
	return valid
}

func digest(key []byte, message string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(message))
	return h.Sum(nil)
}

// decodeDigest reads the only two spellings of 32 bytes that count. The decoder skips line breaks; the exact length leaves no room for them.
func decodeDigest(token string) ([]byte, bool) {
	unpadded := strings.TrimSuffix(token, "=")
	b, err := base64.RawStdEncoding.Strict().DecodeString(unpadded)
	return b, err == nil && len(b) == size && len(unpadded) == base64.RawStdEncoding.EncodedLen(size)
}
