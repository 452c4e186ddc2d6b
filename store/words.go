package store

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"rejoin"
)

// maxWord is how many characters of a word count.
const maxWord = 40

// words returns the words of the texts in the form in which they are kept and looked for, each once: letters and digits without marks and
// without upper case. Of scripts without spaces between words each character is one.
func words(texts ...string) []string {
	list := []string{}
	known := map[string]bool{}
	add := func(word []rune) {
		if w := string(word); len(word) > 0 && !known[w] {
			known[w] = true
			list = append(list, w)
		}
	}
	for _, text := range texts {
		var word []rune
		for _, r := range normal(text) {
			switch {
			case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
				add(word)
				add([]rune{r})
				word = word[:0]
			case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mc, r):
				if len(word) < maxWord {
					word = append(word, r)
				}
			case !unicode.Is(unicode.Mn, r):
				add(word)
				word = word[:0]
			}
		}
		add(word)
	}
	return list
}

// normal folds upper and lower case and takes compatible characters apart, so that marks stand alone.
func normal(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return strings.ToLower(text)
	}
	return norm.NFKD.String(cases.Fold().String(norm.NFKD.String(text)))
}

// How much an excerpt shows, in characters.
const (
	excerptLength = 140
	excerptBefore = 30
)

// excerpt is a piece of the text on one line, around the first word that one of the looked for begins.
func excerpt(text string, looked []string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	start := firstHit(runes, looked) - excerptBefore
	if start <= 0 || len(runes) <= excerptLength {
		return rejoin.Preview(string(runes), excerptLength)
	}
	for start > 0 && runes[start-1] != ' ' {
		start--
	}
	if start == 0 {
		return rejoin.Preview(string(runes), excerptLength)
	}
	return rejoin.Preview("…"+string(runes[start:]), excerptLength)
}

// firstHit is where the first word begins that one of the looked for begins; zero if there is none.
func firstHit(text []rune, looked []string) int {
	begin := -1
	for n := 0; n <= len(text); n++ {
		if n < len(text) && (unicode.IsLetter(text[n]) || unicode.IsDigit(text[n]) || unicode.IsMark(text[n])) {
			if begin < 0 {
				begin = n
			}
			continue
		}
		if begin >= 0 && begins(words(string(text[begin:n])), looked) {
			return begin
		}
		begin = -1
	}
	return 0
}

// begins reports whether one of the looked for begins one of the words.
func begins(words, looked []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		return slices.ContainsFunc(looked, func(l string) bool { return strings.HasPrefix(w, l) })
	})
}
