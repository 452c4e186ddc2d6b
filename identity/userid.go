package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rejoin"
)

// The longest userId. Both limits count: databases index the bytes.
const (
	maxUserID      = 750 // characters
	maxUserIDBytes = 2000
)

// CleanUserID returns the userId that the host page gave, unchanged, and whether it can be used; one that cannot makes the visitor anonymous.
// Upper and lower case differ, spaces inside are fine; longer than 750 characters or 2,000 bytes of UTF-8, white space at an end, control characters, broken text or an
// e-mail address are not. "" is fine and means that none was given. Reference §2.2.
func CleanUserID(raw string) (string, bool) {
	if raw == "" {
		return "", true
	}
	if !tidy(raw) || len(raw) > maxUserIDBytes || utf8.RuneCountInString(raw) > maxUserID {
		return "", false
	}
	if _, err := rejoin.CheckEmail(raw); err == nil {
		return "", false
	}
	return raw, true
}

// CleanLoginEmail returns the address that the host page gave, in lower case, and whether it can be used; one that cannot makes the visitor
// anonymous. White space at an end spoils it: it is not trimmed. "" is fine and means that none was given. Reference §2.2.
func CleanLoginEmail(raw string) (string, bool) {
	if raw == "" {
		return "", true
	}
	if !tidy(raw) {
		return "", false
	}
	email, err := rejoin.CheckEmail(raw)
	return email, err == nil
}

// tidy reports whether s is whole text without control characters and without white space at its ends. U+FFFD is what broken text has become
// on its way through a JSON decoder; two different broken ids must not become one person.
func tidy(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsRune(s, utf8.RuneError) &&
		!strings.ContainsFunc(s, unicode.IsControl) && strings.TrimFunc(s, isBlank) == s
}

// isBlank adds to Unicode's white space the one more character that browsers trim.
func isBlank(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' }
