package rejoin

import (
	"slices"
	"strings"
	"testing"
)

func TestLanguages(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "en", "EN-us": "en", "en-GB": "en-GB", "en-AU": "en-GB", "en_AU": "en-GB", "de": "de", "de-AT": "de", "de-CH-1996": "de",
		"zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-HK", "zh-Hant": "zh-Hant", "zh-Hant-TW": "zh-Hant", "zh-Hant-HK": "zh-HK",
		"zh-Hans-SG": "zh-SG", "zh-SG": "zh-SG", "zh-Hans-CN": "zh-Hans", "zh-MO": "zh-Hant", "zh-Hant-MO": "zh-Hant",
		"pt": "pt", "pt-PT": "pt", "pt-BR": "pt-br", "pt-br": "pt-br", "es": "es", "es-ES": "es", "es-MX": "es-419", "es-419": "es-419", "es-AR": "es-419",
		"nb-NO": "no", "nn": "no", "no": "no", "he": "iw", "he-IL": "iw", "iw": "iw", "id": "id", "in": "id", "fr-CA": "fr", "sr": "en", "tlh": "en",
		" de ": "de", "": "en", "-": "en", "--": "en", "x": "en", "german": "en", "de'; DROP": "en", strings.Repeat("a-", 1000): "en", "de-" + strings.Repeat("x-", 1000): "de", "\xff\x00": "en",
	} {
		if got := MatchLanguage(tag); got != want {
			t.Errorf("%.40q: %q, want %q", tag, got, want)
		}
	}
	seen := map[string]bool{}
	for _, code := range Languages {
		if MatchLanguage(code) != code || MatchLanguage(strings.ToUpper(code)) != code || MatchLanguage(LanguageTag(code)) != code {
			t.Errorf("%s is understood as %s, its tag %s as %s", code, MatchLanguage(code), LanguageTag(code), MatchLanguage(LanguageTag(code)))
		}
		if seen[code] {
			t.Errorf("%s is there twice", code)
		}
		seen[code] = true
	}
	for alias, code := range languageAliases {
		if !slices.Contains(Languages[:], code) || alias != strings.ToLower(alias) {
			t.Errorf("the alias %s stands for %s", alias, code)
		}
	}
	for _, code := range []string{"ar", "fa", "iw"} {
		if !RightToLeft(code) {
			t.Errorf("%s is written from the left", code)
		}
	}
	if RightToLeft("en") || RightToLeft(LanguageTag("zh-Hans")) {
		t.Error("English or Chinese is written from the right")
	}
}

func FuzzMatchLanguage(f *testing.F) {
	f.Add("zh-Hant-HK")
	f.Fuzz(func(t *testing.T, tag string) {
		if got := MatchLanguage(tag); !slices.Contains(Languages[:], got) {
			t.Errorf("%q: %q", tag, got)
		}
	})
}
