package files

import (
	"path"
	"strings"
	"unicode"
)

const (
	// MaxName is how many characters a name has at most after [CleanName].
	MaxName = 120
	// longestExtension is how much of a name's end is worth keeping as its extension, with the dot.
	longestExtension = 16
)

// CleanName makes the name of a stranger's file fit to be shown, and to be put into a Content-Disposition by mime.FormatMediaType: its last path
// element, of at most [MaxName] characters with the extension kept; without characters that control, reorder or hide; without dots at its beginning or
// end; never empty. A clean name stays as it is.
func CleanName(name string) string {
	name = strings.ToValidUTF8(name, "_")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(visible, name)
	// Many spaces would push the extension out of sight.
	name = trimName(strings.Join(strings.Fields(name), " "))
	if runes := []rune(name); len(runes) > MaxName {
		extension := []rune(path.Ext(name))
		if len(extension) > longestExtension {
			extension = nil
		}
		name = trimName(trimName(string(runes[:MaxName-len(extension)])) + string(extension))
	}
	if name == "" {
		return "file"
	}
	return name
}

func trimName(name string) string { return strings.Trim(name, " .") }

// visible drops what cannot be seen but changes how the rest is: controls, direction overrides, separators. Joiners stay, words in some scripts need them.
func visible(r rune) rune {
	const zeroWidthNonJoiner, zeroWidthJoiner = '\u200c', '\u200d'
	switch {
	case r == zeroWidthNonJoiner, r == zeroWidthJoiner:
		return r
	case unicode.IsSpace(r):
		return ' '
	case unicode.In(r, unicode.C, unicode.Zl, unicode.Zp):
		return -1
	}
	return r
}
