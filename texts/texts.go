// Package texts holds what the server itself says to visitors, in every language of [rejoin.Languages]: the launcher's labels, the words of
// Identity Bot, the follow-up e-mail, and the page behind its small print. The chat panel has its own texts, in ui/widget/strings.
package texts

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"rejoin"
)

//go:embed languages
var languages embed.FS

// Texts is the texts of one language by key.
type Texts map[string]string

// all is read once: the files are part of the program, and a test reads every one of them.
var all = sync.OnceValue(func() map[string]Texts {
	m := map[string]Texts{}
	for _, code := range rejoin.Languages {
		data, err := languages.ReadFile("languages/" + code + ".json")
		if err != nil {
			panic(err)
		}
		t := Texts{}
		if err := json.Unmarshal(data, &t); err != nil {
			panic(fmt.Errorf("texts: %s: %w", code, err))
		}
		m[code] = t
	}
	return m
})

// Of returns the texts of the language that suits a BCP 47 tag, or a code of [rejoin.Languages], best.
func Of(tag string) Texts { return all()[rejoin.MatchLanguage(tag)] }

// Say returns a text with its {placeholders} filled: pairs are names and values in turn. A value is plain text, and what it holds is not
// filled again. A key that does not exist gives nothing.
func (t Texts) Say(key string, pairs ...string) string {
	fill := slices.Clone(pairs)
	for n := 0; n+1 < len(fill); n += 2 {
		fill[n] = "{" + fill[n] + "}"
	}
	return strings.NewReplacer(fill...).Replace(t[key])
}
