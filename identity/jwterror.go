package identity

import "fmt"

// JWTReason is why a login token was refused, by the name that the host page receives. Reference §3.3.
type JWTReason string

// The reasons.
const (
	JWTNotOne          JWTReason = "JWT_IS_INVALID"              // not a JWT at all
	JWTInvalidToken    JWTReason = "IDENTITIES_INVALID_TOKEN"    // a JWT, but its size, algorithm, signature or age is wrong
	JWTKeyAbsent       JWTReason = "IDENTITIES_KEY_ABSENT"       // there is no claim identities
	JWTInvalidPayload  JWTReason = "IDENTITIES_INVALID_PAYLOAD"  // the claims are wrong; the lists of the error say where
	JWTFeatureDisabled JWTReason = "IDENTITIES_FEATURE_DISABLED" // the app has no secret
)

// JWTError is why [ParseJWT] refused a token. The lists are set with [JWTInvalidPayload] only.
type JWTError struct {
	Reason     JWTReason
	Missing    []string // fields that are not there, such as "iat" and "identities[0].value"
	Invalid    []string // fields of a wrong type or size, such as "iat" and "identities[0].metadata"
	Identities []string // the identifiers that are unknown, repeated, or whose value cannot be used, such as "uid"
	Text       string   // one sentence about the first mistake that says what to do, for whoever set signing up
}

// Error returns the reason and the sentence.
func (e *JWTError) Error() string { return string(e.Reason) + ": " + e.Text }

func refuse(reason JWTReason, text string) *JWTError { return &JWTError{Reason: reason, Text: text} }

// note puts name into one of e's lists.
func (e *JWTError) note(list *[]string, name, format string, args ...any) {
	*list = append(*list, name)
	if e.Text == "" {
		e.Text = fmt.Sprintf(format, args...)
	}
}
