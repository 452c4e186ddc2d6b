package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"

	"rejoin"
)

// The headers that carry a signature: those of Standard Webhooks (https://www.standardwebhooks.com), and one that some receivers of the reference look at.
const (
	HeaderID        = "Webhook-Id"
	HeaderTimestamp = "Webhook-Timestamp"
	HeaderSignature = "Webhook-Signature"
	HeaderHelpshift = "X-Helpshift-Signature"
)

// secretPrefix is what every secret begins with; the rest is the base64 of its bytes.
const secretPrefix = "whsec_"

// Secret writes the bytes of a key, 24 to 64 of them, as secrets are written.
func Secret(key []byte) string { return secretPrefix + base64.StdEncoding.EncodeToString(key) }

// keyOf is the bytes of a secret. What is not in base64 counts as it is.
func keyOf(secret string) []byte {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretPrefix))
	if err != nil {
		return []byte(secret)
	}
	return key
}

// Sign returns the headers of a delivery that is sent at the moment: each secret signs, the oldest first. X-Helpshift-Signature is the hexadecimal HMAC-SHA256
// of the body with the text of the oldest secret.
func Sign(id string, at rejoin.Millis, body []byte, secrets []string) http.Header {
	stamp := strconv.FormatInt(at.Time().Unix(), 10)
	h := http.Header{"Content-Type": {"application/json"}, HeaderID: {id}, HeaderTimestamp: {stamp}}
	var list []string
	for _, s := range secrets {
		list = append(list, "v1,"+signature(id, stamp, body, s))
	}
	if len(secrets) > 0 {
		h.Set(HeaderSignature, strings.Join(list, " "))
		mac := hmac.New(sha256.New, []byte(secrets[0]))
		mac.Write(body)
		h.Set(HeaderHelpshift, hex.EncodeToString(mac.Sum(nil)))
	}
	return h
}

func signature(id, stamp string, body []byte, secret string) string {
	mac := hmac.New(sha256.New, keyOf(secret))
	mac.Write([]byte(id + "." + stamp + "."))
	mac.Write(body)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Tolerance is how far the clocks of sender and receiver may be apart.
const Tolerance = 5 * time.Minute

// Verify reports whether the headers of a request that came at the moment were signed with the secret, as receivers do it.
func Verify(h http.Header, at rejoin.Millis, body []byte, secret string) bool {
	stamp := h.Get(HeaderTimestamp)
	sent, err := strconv.ParseInt(stamp, 10, 64)
	if gap := at.Time().Sub(time.Unix(sent, 0)).Abs(); err != nil || gap > Tolerance {
		return false
	}
	want := "v1," + signature(h.Get(HeaderID), stamp, body, secret)
	for s := range strings.SplitSeq(h.Get(HeaderSignature), " ") {
		if subtle.ConstantTimeCompare([]byte(s), []byte(want)) == 1 {
			return true
		}
	}
	return false
}
