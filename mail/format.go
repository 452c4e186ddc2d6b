package mail

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// What agents may write to give their messages form: **bold**, *italic*, `code`, [text](https://…), bare addresses, and lines that begin with "> ",
// "- " or "1. ". Nothing else is special and nothing is ever markup: the result is a tree of texts. The widget and the dashboard follow the same
// rules; ui/shared/format/cases.json holds all to them.

// The kinds of a [block] and of an [inline].
const (
	paragraph = "paragraph"
	quotation = "quote"
	bullets   = "bullets"
	numbers   = "numbers"

	plainText = "text"
	codeText  = "code"
	strong    = "strong"
	emphasis  = "em"
	link      = "link"
)

// block is some lines that belong together. The lines of a list are its items; numbers count up by one from Start.
type block struct {
	Kind  string
	Start int
	Lines [][]inline
}

// inline is a piece of a line. Only text and code have a Text, only links have a URL, the others have children.
type inline struct {
	Kind, Text, URL string
	Children        []inline
}

var (
	lineEnd  = regexp.MustCompile(`\r\n|\n|\r`)
	listItem = regexp.MustCompile(`^(-|[0-9]{1,3}\.) +([^ \x{2028}\x{2029}][^\x{2028}\x{2029}]*)$`)

	bareLink  = regexp.MustCompile(`(?i)^https?://[^` + spaces + `<>"'` + "`" + `]+`)
	namedLink = regexp.MustCompile(`^\[([^\[\]]+)\]\(((?:[^` + spaces + `()<>"]|\([^` + spaces + `()<>"]*\))+)\)`)
	safeLink  = regexp.MustCompile(`(?i)^(?:https?://[^/?#]|mailto:[^@]+@[^@]+$)`)
)

// spaces are the characters that no address has, for a class of a regular expression.
const spaces = ` \t\x{a0}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{3000}`

// blocksOf reads a text. An empty line ends a block, and so does a line of another kind.
func blocksOf(text string) (list []block) {
	open := false
	for _, line := range lineEnd.Split(text, -1) {
		if strings.Trim(line, " \t") == "" {
			open = false
			continue
		}
		b := blockOf(line)
		if last := len(list) - 1; open && goesOn(list[last], b) {
			list[last].Lines = append(list[last].Lines, b.Lines...)
			continue
		}
		list, open = append(list, b), true
	}
	return list
}

// blockOf is the block that one line makes.
func blockOf(line string) block {
	if line == ">" {
		return block{Kind: quotation, Lines: [][]inline{nil}}
	}
	if said, ok := strings.CutPrefix(line, "> "); ok {
		return block{Kind: quotation, Lines: [][]inline{inlinesOf(said, true)}}
	}
	item := listItem.FindStringSubmatch(line)
	if item == nil {
		return block{Kind: paragraph, Lines: [][]inline{inlinesOf(line, true)}}
	}
	b := block{Kind: bullets, Lines: [][]inline{inlinesOf(item[2], true)}}
	if n, err := strconv.Atoi(strings.TrimSuffix(item[1], ".")); err == nil {
		b.Kind, b.Start = numbers, n
	}
	return b
}

// goesOn reports whether the lines of next belong to open. A number that does not follow begins another list, so that what was written is what is
// read.
func goesOn(open, next block) bool {
	return open.Kind == next.Kind && (open.Kind != numbers || next.Start == open.Start+len(open.Lines))
}

// inlinesOf reads one line. Within a link there are no links.
func inlinesOf(line string, links bool) (out []inline) {
	from, at := 0, 0
	for at < len(line) {
		piece, end := inlineAt(line, at, links)
		if end == 0 {
			at += runAt(line, at)
			continue
		}
		if at > from {
			out = append(out, inline{Kind: plainText, Text: line[from:at]})
		}
		out = append(out, piece)
		from, at = end, end
	}
	if from < len(line) {
		out = append(out, inline{Kind: plainText, Text: line[from:]})
	}
	return out
}

// Leads reports whether a link may be followed: an address with user:password@ hides where it leads.
func (p inline) Leads() bool {
	u, err := url.Parse(p.URL)
	return p.Kind == link && err == nil && u.User == nil && (u.Host != "" || u.Opaque != "")
}

// runAt is how many characters like the one at this place follow each other. Where a run means nothing, it is passed as a whole.
func runAt(line string, at int) int {
	end := at + 1
	for end < len(line) && line[end] == line[at] {
		end++
	}
	return end - at
}

// inlineAt returns the piece that begins at this place, and where the text goes on after it; zero if none does.
func inlineAt(line string, at int, links bool) (inline, int) {
	switch c := line[at]; {
	case c == '`':
		return codeAt(line, at)
	case c == '*' && runAt(line, at) == 1:
		return emphasisAt(line, at, links)
	case c == '*':
		return strongAt(line, at, links)
	case c == '[' && links:
		return namedAt(line, at)
	case (c == 'h' || c == 'H') && links:
		return bareAt(line, at)
	}
	return inline{}, 0
}

func codeAt(line string, at int) (inline, int) {
	end := find(line, "`", at+1)
	if runAt(line, at) != 1 || end < 0 {
		return inline{}, 0
	}
	return inline{Kind: codeText, Text: line[at+1 : end]}, end + 1
}

// strongAt: bold ends at the next two stars with no space before them; of three in a row, the last two.
func strongAt(line string, at int, links bool) (inline, int) {
	if spaceAfter(line[at+2:]) || runAt(line, at) > 3 {
		return inline{}, 0
	}
	for end := find(line, "**", at+3); end >= 0; end = find(line, "**", end+1) {
		if spaceBefore(line[:end]) {
			continue
		}
		if strings.HasPrefix(line[end+2:], "*") {
			end++
		}
		return inline{Kind: strong, Children: inlinesOf(line[at+2:end], links)}, end + 2
	}
	return inline{}, 0
}

// emphasisAt: italics begin and end at a single star that is not within a word or a sum: 2*3*4 stays as it is.
func emphasisAt(line string, at int, links bool) (inline, int) {
	if spaceAfter(line[at+1:]) || at > 0 && wordly(line[at-1]) {
		return inline{}, 0
	}
	for end := find(line, "*", at+2); end >= 0; end = find(line, "*", end+1) {
		next := line[end+1:]
		if strings.HasPrefix(next, "*") || line[end-1] == '*' || spaceBefore(line[:end]) || next != "" && wordly(next[0]) {
			continue
		}
		return inline{Kind: emphasis, Children: inlinesOf(line[at+1:end], links)}, end + 1
	}
	return inline{}, 0
}

func namedAt(line string, at int) (inline, int) {
	m := namedLink.FindStringSubmatch(line[at:])
	if m == nil || !safeLink.MatchString(m[2]) {
		return inline{}, 0
	}
	return inline{Kind: link, URL: m[2], Children: inlinesOf(m[1], false)}, at + len(m[0])
}

func bareAt(line string, at int) (inline, int) {
	address := withoutEnd(bareLink.FindString(line[at:]))
	if !safeLink.MatchString(address) {
		return inline{}, 0
	}
	return inline{Kind: link, URL: address, Children: []inline{{Kind: plainText, Text: address}}}, at + len(address)
}

// withoutEnd drops what belongs to the sentence rather than to the address.
func withoutEnd(address string) string {
	unpaired := strings.Count(address, ")") - strings.Count(address, "(")
	for address != "" {
		last, size := utf8.DecodeLastRuneInString(address)
		switch {
		case last == ')' && unpaired > 0:
			unpaired--
		case !strings.ContainsRune(".,;:!?]}»”’*", last):
			return address
		}
		address = address[:len(address)-size]
	}
	return address
}

// find returns where mark is next, from a place on; below zero if it is nowhere.
func find(line, mark string, from int) int {
	if from > len(line) {
		return -1
	}
	n := strings.Index(line[from:], mark)
	if n < 0 {
		return n
	}
	return from + n
}

func wordly(c byte) bool { return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }

// spaceAfter reports whether the rest of a line begins with a space, or is empty.
func spaceAfter(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || isSpace(r)
}

// spaceBefore reports whether the beginning of a line ends with a space.
func spaceBefore(beginning string) bool {
	r, _ := utf8.DecodeLastRuneInString(beginning)
	return isSpace(r)
}

func isSpace(r rune) bool {
	return r == ' ' || r == '\t' || r == 0xa0 || r >= 0x2000 && r <= 0x200a || r == 0x2028 || r == 0x2029 || r == 0x202f || r == 0x3000
}
