package mail

import (
	"math"
	"net/url"
	"regexp"
	"strings"
)

// lineWidth is how many cells a line of the text part has at most, links and long words excepted. See [cells].
const lineWidth = 72

// span is a piece of a line: plain text, or a link if URL is set.
type span struct{ Text, URL string }

// httpLink matches up to what can end a link in running text, the punctuation of Chinese and Japanese included: no space follows it there.
var httpLink = regexp.MustCompile(`(?i)\bhttps?://[^\s<>"'` + "`" + `\p{C}\x{3000}-\x{303f}\x{ff00}-\x{ff0f}\x{ff1a}-\x{ff20}]+`)

// linkify splits a line into plain text and http(s) links. Punctuation that closes a sentence is not part of a link.
func linkify(line string) []span {
	var out []span
	for {
		loc := httpLink.FindStringIndex(line)
		if loc == nil {
			break
		}
		link := trimLink(line[loc[0]:loc[1]])
		end := loc[0] + len(link)
		if u, err := url.Parse(link); err != nil || u.Host == "" || u.User != nil {
			out = append(out, span{Text: line[:end]}) // user:password@host hides where a link leads
		} else {
			out = append(out, span{Text: line[:loc[0]]}, span{Text: link, URL: u.String()})
		}
		line = line[end:]
	}
	return append(out, span{Text: line})
}

func trimLink(link string) string {
	for {
		short := strings.TrimRight(link, ".,;:!?*_…")
		if last := strings.TrimSuffix(short, ")"); last != short && strings.Count(short, ")") > strings.Count(short, "(") {
			short = last
		}
		if last := strings.TrimSuffix(short, "]"); last != short && !strings.Contains(short, "[") {
			short = last
		}
		if short == link {
			return link
		}
		link = short
	}
}

// cleanBody returns the text of a message with "\n" as the only control character.
func cleanBody(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ", "\u2028", "\n", "\u2029", "\n").Replace(s)
	s = strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return dropControl(r)
	}, s)
	return strings.Trim(s, "\n ")
}

// cutText returns at most n characters of s, cut between words where one ends near, and whether something is missing.
func cutText(s string, n int) (string, bool) {
	r := []rune(s)
	if len(r) <= n {
		return s, false
	}
	s = string(r[:n])
	if i := strings.LastIndexAny(s, " \n"); i > len(s)*4/5 {
		s = s[:i]
	}
	return strings.TrimRight(s, " \n"), true
}

// luminance is the relative luminance of a colour, 0 to 1 (WCAG 2.2).
func luminance(r, g, b uint8) float64 {
	lin := func(c uint8) float64 {
		v := float64(c) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(r) + 0.7152*lin(g) + 0.0722*lin(b)
}
