package mail

import (
	"fmt"
	"slices"
	"strings"

	"rejoin"
)

// sentences are the texts of an e-mail. A language without one of them cannot write it.
var sentences = [...]string{
	"mail.date", "mail.team", "mail.via", "mail.subject", "mail.wrote", "mail.wrote_many", "mail.teaser", "mail.away", "mail.back", "mail.earlier", "mail.more",
	"mail.files", "mail.continue", "mail.opens", "mail.key", "mail.login", "mail.why", "mail.wishes",
}

// Marks of the writing direction (Unicode Annex 9). They are characters, because mail programs drop markup that they do not know.
const (
	isolate     = "\u2068" // what follows has a direction of its own…
	isolateEnd  = "\u2069" // …up to here
	rightToLeft = "\u200f" // makes a line that begins with it run from right to left
)

// voice says things in one language.
type voice struct {
	Lang  string // BCP 47
	Dir   string // ltr or rtl
	Mark  string // begins a line of ours in plain text
	texts map[string]string
}

func newVoice(code string, texts map[string]string) (voice, error) {
	if !slices.Contains(rejoin.Languages[:], code) {
		return voice{}, fmt.Errorf("mail: %q is not a language that e-mails are written in", code)
	}
	for _, key := range sentences {
		if strings.TrimSpace(texts[key]) == "" {
			return voice{}, fmt.Errorf("mail: the language %s has no text for %s", code, key)
		}
	}
	v := voice{Lang: rejoin.LanguageTag(code), Dir: "ltr", texts: texts}
	if rejoin.RightToLeft(code) {
		v.Dir, v.Mark = "rtl", rightToLeft
	}
	return v, nil
}

// Say returns a text with its {placeholders} filled: pairs are placeholders and values in turn. What a value holds is not filled again.
func (v voice) Say(key string, pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(v.texts[key])
}

// Apart makes a value such as a name or a host keep its own order inside text that runs from right to left.
func (v voice) Apart(value string) string {
	if v.Mark == "" {
		return value
	}
	return isolate + value + isolateEnd
}
