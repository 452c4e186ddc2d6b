package texts

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
)

// read returns the texts in the file of a language, not those that Of would put in its place.
func read(t *testing.T, code string) Texts {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("languages", code+".json"))
	if err != nil {
		t.Fatal(err)
	}
	texts := Texts{}
	if err := json.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	return texts
}

// placeholder matches what is filled. The number sign stays with the number: mail programs that sort by subject know it so.
var placeholder = regexp.MustCompile(`#?\{\w+\}`)

func placeholders(text string) []string {
	return slices.Sorted(slices.Values(placeholder.FindAllString(text, -1)))
}

// markup matches what HTML would read as more than text, and characters that are not seen.
var markup = regexp.MustCompile(`[<>&]|[\p{Cc}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}\x{feff}\x{fffd}]`)

// unchanged are the keys whose text may be the English one: layouts, and words that languages share.
var unchanged = []string{"mail.via", "wishes.conversation", "bot.name", "bot.no", "mail.files", "mail.date"}

func TestEveryLanguage(t *testing.T) {
	english := read(t, "en")
	keys := slices.Sorted(maps.Keys(english))
	for _, code := range rejoin.Languages {
		t.Run(code, func(t *testing.T) {
			got := read(t, code)
			if diff := cmp.Diff(keys, slices.Sorted(maps.Keys(got))); diff != "" {
				t.Fatalf("keys (-English +%s):\n%s", code, diff)
			}
			for _, key := range keys {
				text := got[key]
				if text == "" || text != strings.TrimSpace(text) || markup.MatchString(text) {
					t.Errorf("%s is %q: want plain text", key, text)
				}
				if diff := cmp.Diff(placeholders(english[key]), placeholders(text)); diff != "" {
					t.Errorf("%s is %q: placeholders (-English +%s):\n%s", key, text, code, diff)
				}
				if strings.ContainsAny(placeholder.ReplaceAllString(text, ""), "{}") {
					t.Errorf("%s has a broken placeholder: %q", key, text)
				}
				if !strings.HasPrefix(code, "en") && text == english[key] && !slices.Contains(unchanged, key) {
					t.Errorf("%s is still English: %q", key, text)
				}
			}
			checkDate(t, code, got["mail.date"])
		})
	}
}

// nameInLayout matches the names of months and days that a Go layout can hold, which exist in English only.
var nameInLayout = regexp.MustCompile(`Jan|Mon|PM|pm`)

// checkDate expects a layout that says day, month, year, time and zone.
func checkDate(t *testing.T, code, layout string) {
	t.Helper()
	if code != "en" && code != "en-GB" && nameInLayout.MatchString(layout) {
		t.Errorf("the layout %q holds English names", layout)
	}
	zone := time.FixedZone("CET", 3600)
	for _, at := range []time.Time{time.Date(2026, time.November, 22, 20, 35, 0, 0, zone), time.Date(2027, time.February, 3, 4, 5, 0, 0, zone)} {
		written := at.Format(layout)
		if back, err := time.ParseInLocation(layout, written, zone); err != nil || !back.Equal(at) || !strings.Contains(written, "CET") {
			t.Errorf("%q writes %v as %q, which reads %v (%v)", layout, at, written, back, err)
		}
	}
}

func TestFilesAreLanguages(t *testing.T) {
	files, err := filepath.Glob("languages/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if code := strings.TrimSuffix(filepath.Base(file), ".json"); !slices.Contains(rejoin.Languages[:], code) {
			t.Errorf("%s is of no language that is offered", file)
		}
	}
}

func TestOf(t *testing.T) {
	for tag, code := range map[string]string{"de-AT": "de", "he": "iw", "zh-TW": "zh-Hant", "": "en", "tlh": "en", "iw": "iw", "pt-BR": "pt-br"} {
		if diff := cmp.Diff(read(t, code), Of(tag)); diff != "" {
			t.Errorf("%q does not give %s:\n%s", tag, code, diff)
		}
	}
}

func TestSay(t *testing.T) {
	texts := Texts{"via": "{agent} via {app}", "plain": "{} {app"}
	for _, c := range []struct {
		key   string
		pairs []string
		want  string
	}{
		{"via", []string{"agent", "Maya", "app", "Acme"}, "Maya via Acme"},
		{"via", []string{"agent", "{app}", "app", "{agent}{app}"}, "{app} via {agent}{app}"},
		{"via", []string{"agent", "{", "app", "app}"}, "{ via app}"},
		{"via", []string{"agent", "<b>$1 %s \\1", "app", "\x00\xff"}, "<b>$1 %s \\1 via \x00\xff"},
		{"via", []string{"agent", ""}, " via {app}"},
		{"via", nil, "{agent} via {app}"},
		{"plain", []string{"app", "Acme"}, "{} {app"},
		{"none", []string{"app", "Acme"}, ""},
	} {
		given := slices.Clone(c.pairs)
		if got := texts.Say(c.key, c.pairs...); got != c.want {
			t.Errorf("Say(%q, %q) = %q, want %q", c.key, c.pairs, got, c.want)
		}
		if diff := cmp.Diff(given, c.pairs); diff != "" {
			t.Errorf("Say has changed its pairs:\n%s", diff)
		}
	}
}

func FuzzSay(f *testing.F) {
	f.Add("{agent}", "{app}")
	f.Add("{", "agent}")
	f.Fuzz(func(t *testing.T, agent, app string) {
		texts := Texts{"via": "[{agent}|{app}]"}
		if got, want := texts.Say("via", "agent", agent, "app", app), "["+agent+"|"+app+"]"; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	})
}
