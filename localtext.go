package rejoin

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// LocalText is a text that users read, in several languages.
type LocalText struct {
	Text string            `json:"text"`         // where there is no translation
	In   map[string]string `json:"in,omitempty"` // by code of the language
}

// Of returns the text in the language, a BCP 47 tag or a code of [Languages].
func (t LocalText) Of(language string) string {
	if language != "" && len(t.In) > 0 {
		if s := t.In[MatchLanguage(language)]; s != "" {
			return s
		}
	}
	return t.Text
}

// Check says what is wrong with the text, as the error of the field: each language is one of [Languages] and has at most so many characters, and the text
// without a language is there if any other is. An empty one is fine.
func (t LocalText) Check(field string, most int) error {
	if strings.TrimSpace(t.Text) == "" && len(t.In) > 0 {
		return InvalidField(field, "Write the text for all other languages too.")
	}
	for _, code := range append([]string{""}, slices.Sorted(maps.Keys(t.In))...) {
		s := t.Text
		if code != "" {
			s = t.In[code]
			if !slices.Contains(Languages[:], code) {
				return InvalidField(field, "There is no language %q.", Preview(code, 20))
			}
		}
		if n := utf8.RuneCountInString(s); n > most || !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
			return InvalidField(field, "A text has at most %d characters; one has %d.", most, n)
		}
	}
	return nil
}
