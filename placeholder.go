package rejoin

import (
	"regexp"
	"slices"
	"strings"
)

// placeholder is {{name}} or {{name|fallback}}. Names hold letters, digits, dots, - and _; a fallback neither braces nor line breaks.
var placeholder = regexp.MustCompile(`\{\{\s*([\p{L}\p{N}._-]{1,200})\s*(?:\|([^{}\n]{0,500}))?\}\}`)

// Fill puts values in the place of the placeholders of a text that a bot or an automation says: {{user.name|there}}. Value returns what a name
// stands for, or false; what is false or empty becomes the fallback, and nothing without one. A value is text and is not expanded again.
// What only looks like a placeholder stays as it is.
func Fill(text string, value func(name string) (string, bool)) string {
	return FillWith(text, value, func(s string) string { return s })
}

// maxFilled is how many bytes all values in one text have together: a visitor's long answer, named often, must not become a text without bounds.
const maxFilled = 1 << 20

// FillWith is [Fill] for text of another kind, such as addresses: escape makes values and fallbacks fit it.
func FillWith(text string, value func(name string) (string, bool), escape func(string) string) string {
	if !strings.Contains(text, "{{") {
		return text
	}
	room := maxFilled
	return placeholder.ReplaceAllStringFunc(text, func(found string) string {
		m := placeholder.FindStringSubmatch(found)
		if v, ok := value(m[1]); ok && v != "" && len(v) <= room {
			room -= len(v)
			return escape(v)
		}
		return escape(strings.TrimSpace(m[2]))
	})
}

// Echoes reports whether the text, once its placeholders are filled, may hold words that the user has chosen, or a customer's program has brought.
func Echoes(text string) bool {
	return slices.ContainsFunc(Placeholders(text), func(name string) bool { return name != "app.name" && name != "issue.number" })
}

// Placeholders returns the names of the placeholders in a text, in order, with repeats.
func Placeholders(text string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	return names
}
