package identity

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
)

// Finding is what [Explain] says of a signature.
type Finding string

// What can be found. Only the first two verify.
const (
	FindingValid       Finding = "valid"        // signed with the newest secret
	FindingValidOld    Finding = "valid_old"    // signed with the older secret, which still counts: give your server the new one before the old one is deleted
	FindingNoSecret    Finding = "no_secret"    // the app has no secret yet: create one
	FindingNobody      Finding = "nobody"       // neither userId nor email to sign: anonymous visitors need no token
	FindingMissing     Finding = "missing"      // no token
	FindingSpaces      Finding = "spaces"       // right, but for white space around it
	FindingIsJWT       Finding = "is_jwt"       // three parts with dots between: this is a login token, not a signature
	FindingHex         Finding = "hex"          // the right bytes in hex, or the base64 of their hex: encode the raw 32 bytes
	FindingURLAlphabet Finding = "url_alphabet" // the right bytes in base64's URL alphabet: use + and /, not - and _
	FindingNotBase64   Finding = "not_base64"   // has characters or padding that standard base64 does not
	FindingWrongLength Finding = "wrong_length" // base64 of something else than 32 bytes: cut off, or not HMAC-SHA256
	FindingOnlyUserID  Finding = "only_user_id" // userId alone is signed, but an email is sent too
	FindingOnlyEmail   Finding = "only_email"   // email alone is signed, but a userId is sent too
	FindingWithEmail   Finding = "with_email"   // userId and email are signed, but under full privacy userId alone counts
	FindingSwapped     Finding = "swapped"      // email comes first: userId does
	FindingLowerCase   Finding = "lower_case"   // the lower-cased email is signed, but the page sends another case
	FindingHexKey      Finding = "hex_key"      // the secret was decoded from hex first: use its 64 characters as they are
	FindingWrong       Finding = "wrong"        // none of the above: another app's secret, another algorithm, or other data
)

// Secret is one of an app's secrets; during a rotation there are two.
type Secret struct {
	Value  string
	Newest bool
}

// Explain says what is the matter with token, for somebody who sets up signing and may see the secrets. [Verify] decides what is valid; for
// the hints time is not constant.
func Explain(secrets []Secret, userID, email string, fullPrivacy bool, token string) Finding {
	secrets = slices.DeleteFunc(slices.Clone(secrets), func(s Secret) bool { return s.Value == "" })
	switch trimmed := strings.TrimSpace(token); {
	case len(secrets) == 0:
		return FindingNoSecret
	case SignedMessage(userID, email, fullPrivacy) == "":
		return FindingNobody
	case trimmed == "":
		return FindingMissing
	case trimmed != token:
		if valid(secrets, userID, email, fullPrivacy, trimmed) != "" {
			return FindingSpaces
		}
		token = trimmed // the other mistake is the harder one to find
	}
	if found := valid(secrets, userID, email, fullPrivacy, token); found != "" {
		return found
	}
	return explainWrong(secrets, userID, email, fullPrivacy, token)
}

// valid returns FindingValid, FindingValidOld or "".
func valid(secrets []Secret, userID, email string, fullPrivacy bool, token string) (found Finding) {
	for _, s := range secrets {
		switch ok := Verify([]string{s.Value}, userID, email, fullPrivacy, token); {
		case ok && s.Newest:
			return FindingValid
		case ok:
			found = FindingValidOld
		}
	}
	return found
}

// explainWrong looks for the usual mistakes: first how the bytes are written, then what was signed with what.
func explainWrong(secrets []Secret, userID, email string, fullPrivacy bool, token string) Finding {
	given, spelling := readDigest(token)
	if given == nil {
		return spelling
	}
	message := SignedMessage(userID, email, fullPrivacy)
	mistakes := []struct {
		Finding
		message string
	}{
		{FindingOnlyUserID, userID}, {FindingOnlyEmail, email}, {FindingWithEmail, userID + email},
		{FindingSwapped, email + userID}, {FindingLowerCase, userID + strings.ToLower(email)},
	}
	for _, s := range secrets {
		key := []byte(s.Value)
		if spelling != "" && bytes.Equal(given, digest(key, message)) {
			return spelling
		}
		for _, m := range mistakes {
			if m.message != "" && m.message != message && bytes.Equal(given, digest(key, m.message)) {
				return m.Finding
			}
		}
		if raw, err := hex.DecodeString(s.Value); err == nil && bytes.Equal(given, digest(raw, message)) {
			return FindingHexKey
		}
	}
	return FindingWrong
}

// readDigest finds the 32 bytes in any spelling, with the finding if it is not standard base64. If there are none it returns nil and the finding.
func readDigest(token string) ([]byte, Finding) {
	if b, ok := decodeDigest(token); ok {
		return b, ""
	}
	if b, err := hex.DecodeString(token); err == nil && len(b) == size {
		return b, FindingHex
	}
	if strings.Count(token, ".") == 2 {
		return nil, FindingIsJWT
	}
	if strings.ContainsAny(token, "-_") && !strings.ContainsAny(token, "+/") {
		b, ok := decodeDigest(strings.NewReplacer("-", "+", "_", "/").Replace(token))
		if ok {
			return b, FindingURLAlphabet
		}
	}
	b, err := base64.StdEncoding.DecodeString(token)
	if err != nil {
		b, err = base64.RawStdEncoding.DecodeString(token)
	}
	if err != nil {
		return nil, FindingNotBase64
	}
	if d, err := hex.DecodeString(string(b)); err == nil && len(d) == size {
		return d, FindingHex
	}
	if len(b) != size {
		return nil, FindingWrongLength
	}
	return nil, FindingNotBase64 // line breaks inside, or stray bits at the end
}
