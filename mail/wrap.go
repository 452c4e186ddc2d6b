package mail

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// indent wraps s at [lineWidth] and puts prefix before each line that is not empty.
func indent(prefix, s string) string {
	var b strings.Builder
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		wrapLine(&b, prefix, line)
	}
	return b.String()
}

func wrapLine(b *strings.Builder, prefix, line string) {
	room := lineWidth - cells(prefix)
	col := 0
	for word := range strings.FieldsFuncSeq(line, spaceToBreak) {
		gap := 1
		for _, piece := range pieces(word, room) {
			w := cells(piece)
			switch {
			case col == 0:
				b.WriteString(prefix)
			case col+gap+w > room:
				b.WriteString("\n" + prefix)
				col = 0
			case gap > 0:
				b.WriteByte(' ')
				col++
			}
			b.WriteString(piece)
			col += w
			gap = 0
		}
	}
}

// spaceToBreak reports whether a line may end at r, which is not so for the spaces before French punctuation.
func spaceToBreak(r rune) bool {
	return unicode.IsSpace(r) && r != '\u00a0' && r != '\u2007' && r != '\u202f'
}

// cells is how wide s is in a font of fixed width: two for an ideograph, none for an accent.
func cells(s string) (n int) {
	for _, r := range s {
		switch kind := width.LookupRune(r).Kind(); {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case kind == width.EastAsianWide, kind == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// pieces splits a word where a line may end inside it, for the languages that put no spaces between words. A link stays whole. In Thai and its
// neighbours, which have spaces between clauses, only what is wider than a line is split: where their words end takes a dictionary.
func pieces(word string, room int) (list []string) {
	links := httpLink.FindAllStringIndex(word, -1)
	long := cells(word) > room
	start, before := 0, rune(0)
	for i, r := range word {
		for len(links) > 0 && i >= links[0][1] {
			links = links[1:]
		}
		inLink := len(links) > 0 && i > links[0][0]
		if i > 0 && !inLink && mayBreak(before, r, long) {
			list = append(list, word[start:i])
			start = i
		}
		before = r
	}
	return append(list, word[start:])
}

// mayBreak reports whether a line may end between two characters of a word.
func mayBreak(before, after rune, long bool) bool {
	if unicode.In(after, unicode.M, unicode.Cf, unicode.Pe, unicode.Pf) || strings.ContainsRune(neverFirst, after) {
		return false
	}
	if unicode.In(before, unicode.Ps, unicode.Pi, unicode.Cf) || strings.ContainsRune(neverLast, before) {
		return false
	}
	return ideographic(before) || ideographic(after) || long && spaceless(before) && spaceless(after)
}

const (
	neverFirst = "、。，．・：；？！‥…ー～々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％,.;:?!%" + "ะาำๅๆฯ" + "ະາຳໆ"
	neverLast  = "#$＃＄￥￡" + "เแโใไ" + "ເແໂໃໄ"
)

func ideographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff60
}

// spaceless reports whether r is of a script that puts no spaces between words.
func spaceless(r rune) bool {
	return unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
