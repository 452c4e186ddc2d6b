package identity

import (
	"errors"
	"math"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Limits of a login token.
const (
	maxJWT    = 16 << 10 // bytes
	maxJWTAge = 24 * time.Hour
	clockSkew = time.Minute       // by which the host site's clock may be ahead of ours
	maxTime   = 253_402_300_799.0 // seconds; the year 9999, and less than this year in milliseconds
)

// Claims is what a login token says.
type Claims struct {
	Identities []NamedIdentity // 1 to 30, in the token's order; uid and email at most once
	IssuedAt   time.Time
}

// First returns the value of the first identity of that name, or "".
func (c Claims) First(identifier string) string {
	for _, id := range c.Identities {
		if id.Identifier == identifier {
			return id.Value
		}
	}
	return ""
}

// ParseJWT reads a login token: a JWT (RFC 7519) of at most 16 KiB, signed with HS256 under any of the secrets, with the claims identities and
// iat, which is whole seconds, at most 24 hours ago and at most a minute ahead of now. The claims exp and nbf count if they are there.
// Every error is a [*JWTError]. Reference §3.3.
func ParseJWT(secrets []string, token string, now time.Time) (Claims, error) {
	raw, refused := openJWT(secrets, token)
	if refused != nil {
		return Claims{}, refused
	}
	list, ok := raw["identities"]
	if !ok {
		return Claims{}, refuse(JWTKeyAbsent, "The token has no claim identities. Please add the list of identities to what your server signs.")
	}
	problems := &JWTError{Reason: JWTInvalidPayload}
	c := Claims{Identities: readIdentities(list, problems), IssuedAt: readTime(raw, "iat", problems)}
	expires, notBefore := readTime(raw, "exp", problems), readTime(raw, "nbf", problems)
	if problems.Text != "" {
		return Claims{}, problems
	}
	if refused := checkTimes(now, c.IssuedAt, expires, notBefore); refused != nil {
		return Claims{}, refused
	}
	return c, nil
}

// openJWT checks the form, the algorithm and the signature, and returns the claims.
func openJWT(secrets []string, token string) (jwt.MapClaims, *JWTError) {
	var keys jwt.VerificationKeySet
	for _, s := range secrets {
		if s != "" {
			keys.Keys = append(keys.Keys, []byte(s))
		}
	}
	if len(keys.Keys) == 0 {
		return nil, refuse(JWTFeatureDisabled, "This app has no secret yet. Please create one, and sign with it.")
	}
	if refused := checkForm(token); refused != nil {
		return nil, refused
	}
	claims := jwt.MapClaims{}
	parser := jwt.NewParser(jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithStrictDecoding(), jwt.WithoutClaimsValidation())
	parsed, err := parser.ParseWithClaims(token, claims, func(t *jwt.Token) (any, error) {
		if _, ok := t.Header["crit"]; ok {
			return nil, errors.New("extensions we do not know, RFC 7515 §4.1.11")
		}
		return keys, nil
	})
	if err != nil {
		return nil, explainJWT(parsed, err)
	}
	return claims, nil
}

// checkForm refuses what the decoder would pass over in silence, such as line breaks, and what is too much to decode.
func checkForm(token string) *JWTError {
	switch {
	case len(token) > maxJWT:
		return refuse(JWTInvalidToken, "The token is longer than 16 KiB. Please send fewer identities or less metadata.")
	case strings.Count(token, ".") == 4:
		return refuse(JWTInvalidToken, "The token is encrypted (JWE). Please send a signed one, with the algorithm HS256.")
	case strings.Count(token, ".") != 2:
		return refuse(JWTNotOne, "A JWT has three parts with dots between them. Please send the whole token.")
	case strings.Trim(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") != "":
		return refuse(JWTNotOne, "The token has characters that no JWT has. Please send it alone, without spaces, quotes or padding.")
	}
	return nil
}

// explainJWT turns what the decoder says into a reason; parsed holds what it had read until then.
func explainJWT(parsed *jwt.Token, err error) *JWTError {
	switch unread := parsed == nil || parsed.Method == nil; {
	case unread && errors.Is(err, jwt.ErrTokenMalformed):
		return refuse(JWTNotOne, "The token's first two parts are not JSON in base64url. Please send it as your JWT library made it.")
	case unread || parsed.Method.Alg() != jwt.SigningMethodHS256.Alg():
		return refuse(JWTInvalidToken, "The token is not signed with HS256, the only algorithm we accept. Please set it in your JWT library.")
	case errors.Is(err, jwt.ErrTokenUnverifiable):
		return refuse(JWTInvalidToken, "The token's header has crit. Please leave it out.")
	}
	return refuse(JWTInvalidToken, "The signature does not fit. Please sign with this app's secret, its characters as they are, and send the whole token.")
}

// readTime reads a claim of seconds since 1970 and notes what is wrong in problems. Only iat has to be there, and in whole seconds. A missing
// time is zero.
func readTime(claims jwt.MapClaims, name string, problems *JWTError) time.Time {
	raw, ok := claims[name]
	if !ok {
		if name == "iat" {
			problems.note(&problems.Missing, name, "The token has no iat. Please add when it was made, in seconds since 1970.")
		}
		return time.Time{}
	}
	seconds, ok := raw.(float64)
	if !ok || seconds < 0 || seconds > maxTime || name == "iat" && seconds != math.Trunc(seconds) {
		problems.note(&problems.Invalid, name, "%s must be a number of whole seconds since 1970, not milliseconds, a fraction or text.", name)
		return time.Time{}
	}
	return time.UnixMilli(int64(seconds * 1000)).UTC()
}

func checkTimes(now, issued, expires, notBefore time.Time) *JWTError {
	switch {
	case now.Sub(issued) > maxJWTAge:
		return refuse(JWTInvalidToken, "The token is older than 24 hours. Please make a new one for each login.")
	case issued.Sub(now) > clockSkew:
		return refuse(JWTInvalidToken, "The token was made in the future. Please check your server's clock.")
	case !expires.IsZero() && !now.Before(expires):
		return refuse(JWTInvalidToken, "The token has expired (exp). Please make a new one for each login.")
	case notBefore.Sub(now) > clockSkew:
		return refuse(JWTInvalidToken, "The token is not valid yet (nbf). Please check your server's clock.")
	}
	return nil
}
