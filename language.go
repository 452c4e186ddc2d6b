package rejoin

import (
	"slices"
	"strings"
)

// Languages is every language of widget and e-mail, by the codes of reference §2.9.
var Languages = [...]string{"en", "de", "es", "fr", "it", "ru", "zh-Hans", "zh-Hant", "zh-HK", "zh-SG", "pt", "pt-br", "es-419", "en-GB", "ko", "ja",
	"tr", "nl", "cs", "hu", "id", "th", "sl", "vi", "ar", "pl", "no", "sv", "fi", "ro", "el", "da", "ms", "iw", "sk", "uk", "ca", "hr", "bn", "bg", "gu",
	"hi", "kn", "lv", "ml", "mr", "pa", "fa", "ta", "te"}

// MatchLanguage returns the code of [Languages] that suits a BCP 47 tag best; English if none does.
func MatchLanguage(tag string) string {
	tag = strings.ToLower(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-"))
	for t := tag; t != ""; t = parent(t) {
		if alias, ok := languageAliases[t]; ok {
			return alias
		}
		if i := slices.IndexFunc(Languages[:], func(l string) bool { return strings.EqualFold(l, t) }); i >= 0 {
			return Languages[i]
		}
	}
	return Languages[0]
}

// parent drops the last part of a tag: de-at-1996, de-at, de, nothing.
func parent(tag string) string {
	if i := strings.LastIndexByte(tag, '-'); i > 0 {
		return tag[:i]
	}
	return ""
}

// languageAliases are the tags that stand for another code than their own beginning.
var languageAliases = map[string]string{
	"he": "iw", "nb": "no", "nn": "no", "fil": "en", "in": "id",
	"zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-my": "zh-Hans", "zh-tw": "zh-Hant", "zh-mo": "zh-Hant", "zh-hant-hk": "zh-HK", "zh-hans-sg": "zh-SG",
	"en-au": "en-GB", "en-nz": "en-GB", "en-ie": "en-GB", "en-in": "en-GB", "en-za": "en-GB",
	"es-mx": "es-419", "es-ar": "es-419", "es-co": "es-419", "es-cl": "es-419", "es-pe": "es-419", "es-us": "es-419", "es-ve": "es-419", "es-ec": "es-419",
	"es-gt": "es-419", "es-cu": "es-419", "es-bo": "es-419", "es-do": "es-419", "es-hn": "es-419", "es-py": "es-419", "es-sv": "es-419", "es-ni": "es-419",
	"es-cr": "es-419", "es-pa": "es-419", "es-uy": "es-419", "es-pr": "es-419",
}

// RightToLeft reports whether the language, a code of [Languages], is written from right to left.
func RightToLeft(code string) bool { return code == "ar" || code == "fa" || code == "iw" }

// LanguageTag returns the BCP 47 tag of a code of [Languages]: what a lang attribute takes.
func LanguageTag(code string) string {
	switch code {
	case "iw":
		return "he"
	case "pt-br":
		return "pt-BR"
	case "no":
		return "nb"
	}
	return code
}
