// Package identity proves who somebody is: it makes and hashes the tokens of sessions and links, and checks what the host site's server
// signed with the app's secret, either one signature ([Verify]) or a login token with several identities ([ParseJWT]). It is pure: no store,
// no clock.
//
// A token of ours is 32 random bytes in unpadded base64url, 43 characters. Whoever receives one stores only [Hash] of it.
package identity

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
)

const size = 32

// NewToken returns a fresh token.
func NewToken() string {
	var b [size]byte
	rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// WellFormed reports whether s can be a token.
func WellFormed(s string) bool {
	if len(s) != base64.RawURLEncoding.EncodedLen(size) {
		return false
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	return err == nil && len(b) == size
}

// Hash is what is stored instead of a token. Looking a hash up needs no constant time: whoever can guess a hash's beginning
// still knows nothing of the token.
func Hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
