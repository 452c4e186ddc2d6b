package files

import (
	"bytes"
	"encoding/binary"
	"mime"
	"net/http"
	"strings"
	"unicode/utf16"
)

// HeadSize is how many bytes from the beginning of a file [Sniff] wants; a shorter file is given whole.
const HeadSize = 4096

// Kind is what a file is, by its content.
type Kind struct {
	// Type is a media type without parameters, for showing and for the Content-Type of a download. It never makes a file safe to open in place: markup and
	// scripts bear their own type, or text/plain.
	Type string
	// Image reports that the file begins as an image that browsers show and that cannot bear script: PNG, JPEG, GIF or WebP. It may still be broken, or go on
	// as something else, so it is served with this Type and nosniff.
	Image bool
}

// Sniff tells from the first bytes of a file what it is: application/octet-stream where they say nothing. It takes no more than [HeadSize] of them into
// account. Text is text/plain unless markup is anywhere in it; a script has no other sign by which to know it.
func Sniff(head []byte) Kind {
	head = head[:min(len(head), HeadSize)]
	switch typ := mediaType(head); typ {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
		return Kind{Type: typ, Image: true}
	default:
		return Kind{Type: typ}
	}
}

func mediaType(head []byte) string {
	if typ := isoMedia(head); typ != "" {
		return typ
	}
	typ, _, err := mime.ParseMediaType(http.DetectContentType(head))
	switch {
	case err != nil:
		return unknown
	case typ == "application/zip":
		return zipType(head)
	case strings.HasPrefix(typ, "text/"):
		return textType(head)
	case typ != unknown && typ != "application/ogg":
		return typ
	}
	for _, s := range signatures {
		if len(head) >= s.at && bytes.HasPrefix(head[s.at:], []byte(s.bytes)) {
			return s.typ
		}
	}
	return typ
}

const unknown = "application/octet-stream"

// signatures are those of binary files that the WHATWG's MIME Sniffing, which net/http follows, does not have.
var signatures = []struct {
	at    int
	bytes string
	typ   string
}{
	{0, "fLaC", "audio/flac"},
	{0, "\xff\xfb", "audio/mpeg"}, {0, "\xff\xfa", "audio/mpeg"}, {0, "\xff\xf3", "audio/mpeg"}, {0, "\xff\xf2", "audio/mpeg"},
	{0, "\xff\xf1", "audio/aac"}, {0, "\xff\xf9", "audio/aac"},
	{28, "OpusHead", "audio/ogg"}, {28, "\x01vorbis", "audio/ogg"},
	{0, "7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"},
	{257, "ustar", "application/x-tar"},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"}, // the office formats of before 2007
	{0, "II*\x00", "image/tiff"}, {0, "MM\x00*", "image/tiff"},
}

// isoMedia tells the files apart that begin with a box "ftyp" (ISO/IEC 14496-12), or returns "".
func isoMedia(head []byte) string {
	if len(head) < 12 || head[0] != 0 || string(head[4:8]) != "ftyp" {
		return ""
	}
	switch brand := string(head[8:12]); brand {
	case "isom", "iso2", "iso4", "iso5", "iso6", "avc1", "M4V ", "mp41", "mp42":
		return "video/mp4"
	case "M4A ", "M4B ":
		return "audio/mp4"
	case "qt  ":
		return "video/quicktime"
	case "heic", "heix", "mif1", "heif":
		return "image/heic"
	case "avif", "avis":
		return "image/avif"
	default:
		if strings.HasPrefix(brand, "3gp") {
			return "video/3gpp"
		}
	}
	return ""
}

const openXML = "application/vnd.openxmlformats-officedocument."

// zipType looks for the office formats that are ZIP archives. What an archive calls itself is used only if it is a type known here.
func zipType(head []byte) string {
	const headerSize = 30
	var contentTypes bool
	for rest := head; ; {
		at := bytes.Index(rest, []byte("PK\x03\x04"))
		if at < 0 || len(rest)-at < headerSize {
			return "application/zip"
		}
		rest = rest[at:]
		size := int(binary.LittleEndian.Uint16(rest[26:]))
		rest = rest[headerSize:]
		name := rest[:min(size, len(rest))]
		switch {
		case string(name) == "mimetype":
			return selfNamed(rest[len(name):])
		case string(name) == "[Content_Types].xml":
			contentTypes = true
		case contentTypes && bytes.HasPrefix(name, []byte("word/")):
			return openXML + "wordprocessingml.document"
		case contentTypes && bytes.HasPrefix(name, []byte("xl/")):
			return openXML + "spreadsheetml.sheet"
		case contentTypes && bytes.HasPrefix(name, []byte("ppt/")):
			return openXML + "presentationml.presentation"
		}
	}
}

// selfNamed returns the type of an archive whose first file is its type.
func selfNamed(content []byte) string {
	for _, typ := range []string{"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet",
		"application/vnd.oasis.opendocument.presentation", "application/epub+zip"} {
		if bytes.HasPrefix(content, []byte(typ+"PK")) {
			return typ
		}
	}
	return "application/zip"
}

// textType tells markup from other text. Markup counts wherever it stands, since browsers have looked for it far from the beginning.
func textType(head []byte) string {
	text := strings.ToLower(decode(head))
	start := strings.TrimSpace(text)
	switch {
	case strings.HasPrefix(start, "{\\rtf"):
		return "application/rtf"
	case strings.Contains(text, "<svg"), strings.HasPrefix(start, "<?xml") && strings.Contains(text, ":svg"):
		return "image/svg+xml"
	case strings.HasPrefix(start, "<!doctype html"), strings.HasPrefix(start, "<!--"), !strings.HasPrefix(start, "<?xml") && hasTag(text):
		return "text/html"
	case strings.HasPrefix(start, "<?xml"):
		if strings.Contains(text, "http://www.w3.org/1999/xhtml") {
			return "application/xhtml+xml"
		}
		return "text/xml"
	case strings.HasPrefix(start, "<!doctype"):
		return "text/xml"
	}
	return "text/plain"
}

// hasTag reports whether text, in lower case, has something like a tag: "a < b", "<3", "<stdio.h>" and "<ada@example.org>" are none.
func hasTag(text string) bool {
	for {
		_, after, found := strings.Cut(text, "<")
		if !found {
			return false
		}
		text = strings.TrimPrefix(after, "/")
		name := len(text) - len(strings.TrimLeft(text, "abcdefghijklmnopqrstuvwxyz0123456789:-"))
		if name > 0 && 'a' <= text[0] && text[0] <= 'z' && name < len(text) && strings.IndexByte(" \t\r\n\f/>", text[name]) >= 0 {
			return true
		}
	}
}

// decode makes a string of text that may begin with a byte order mark.
func decode(text []byte) string {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(text, []byte("\xef\xbb\xbf")):
		return string(text[3:])
	case bytes.HasPrefix(text, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(text, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return string(text)
	}
	var units []uint16
	for rest := text[2:]; len(rest) >= 2; rest = rest[2:] {
		units = append(units, order.Uint16(rest))
	}
	return string(utf16.Decode(units))
}
