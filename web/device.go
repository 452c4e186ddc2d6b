package web

import (
	"strings"
	"unicode"

	"github.com/mileusna/useragent"
)

// Device names the browser of a User-Agent header for people: Firefox on Linux. It is empty for what does not say, and may be a lie.
func Device(agent string) string {
	ua := useragent.Parse(agent[:min(len(agent), 500)])
	name, os := plain(ua.Name), plain(ua.OS)
	if name == "" || os == "" {
		return name + os
	}
	return name + " on " + os
}

// plain is a short text on one line, of letters that do not hide or turn around what stands beside them.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII || unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s[:min(len(s), 40)])
}
