package files

import (
	"archive/zip"
	"bytes"
	"mime"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestSniff(t *testing.T) {
	pixel := pixels(1, 1)
	for name, c := range map[string]struct{ head, want string }{
		"png":  {string(asPNG(t, pixel)), "image/png!"},
		"jpeg": {string(asJPEG(t, pixel)), "image/jpeg!"},
		"gif":  {string(asGIF(t, pixel)), "image/gif!"},
		"webp": {string(solidWebP(1, 1)), "image/webp!"},

		"GIF, then HTML":        {"GIF89a/*<html><script>alert(1)</script>*/=1", "image/gif!"},
		"RIFF that is not WebP": {"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wave"},
		"bmp":                   {"BM\x00\x00", "image/bmp"},
		"ico":                   {"\x00\x00\x01\x00", "image/x-icon"},
		"tiff":                  {"II*\x00\x08\x00\x00\x00", "image/tiff"},
		"avif":                  {"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00", "image/avif"},
		"heic":                  {"\x00\x00\x00\x1cftypheic\x00\x00\x00\x00", "image/heic"},

		"html":                     {"<!DOCTYPE html><title>x</title>", "text/html"},
		"html after spaces":        {strings.Repeat(" \n\t", 400) + "<HTML onload=alert(1)>", "text/html"},
		"html after a comment":     {"<!-- GIF89a --><b>x</b>", "text/html"},
		"html after a BOM":         {"\xef\xbb\xbf<script>alert(1)</script>", "text/html"},
		"html in UTF-16":           {utf16LE("\ufeff<script>alert(1)</script>"), "text/html"},
		"html in the text":         {"Hello <img src=x onerror=alert(1)>", "text/html"},
		"html that ends a box":     {"<a>xftypisom<script>alert(1)</script>", "text/html"},
		"html with a signature":    {"<b>" + strings.Repeat("x", 25) + "OpusHead", "text/html"},
		"svg":                      {`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, "image/svg+xml"},
		"svg after a BOM":          {"\xef\xbb\xbf  <svg onload=alert(1)>", "image/svg+xml"},
		"svg after a declaration":  {"<?xml version=\"1.0\"?>\n<!-- x -->\n<svg/>", "image/svg+xml"},
		"svg with a prefix":        {"<?xml version=\"1.0\"?><s:svg xmlns:s=\"http://www.w3.org/2000/svg\"/>", "image/svg+xml"},
		"xml":                      {"<?xml version=\"1.0\"?><feed/>", "text/xml"},
		"xml with a doctype":       {"<!DOCTYPE feed>", "text/xml"},
		"xhtml":                    {"<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"/>", "application/xhtml+xml"},
		"script":                   {"alert(document.cookie)", "text/plain"},
		"text":                     {"a < b, I <3 you, <ada@example.org>\n#include <stdio.h>", "text/plain"},
		"text in UTF-16":           {utf16LE("\ufeffGrüße"), "text/plain"},
		"half a unit of UTF-16":    {"\xff\xfe<", "text/plain"},
		"nothing":                  {"", "text/plain"},
		"rtf":                      {"{\\rtf1 Hello}", "application/rtf"},
		"pdf":                      {"%PDF-1.7\n", "application/pdf"},
		"pdf after something":      {"<b>%PDF-1.7\n", "text/html"},
		"noise":                    {"\x00\x01\x02\x03", "application/octet-stream"},
		"mp4":                      {"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1", "video/mp4"},
		"quicktime":                {"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00", "video/quicktime"},
		"3gp":                      {"\x00\x00\x00\x14ftyp3gp5\x00\x00\x00\x00", "video/3gpp"},
		"m4a":                      {"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00mp42isom", "audio/mp4"},
		"webm":                     {"\x1aE\xdf\xa3", "video/webm"},
		"mp3":                      {"\xff\xfb\x90\x64\x00\x00", "audio/mpeg"},
		"mp3 with a tag":           {"ID3\x04\x00", "audio/mpeg"},
		"flac":                     {"fLaC\x00\x00\x00\x22", "audio/flac"},
		"opus":                     {"OggS\x00\x02" + strings.Repeat("\x00", 22) + "OpusHead", "audio/ogg"},
		"ogg":                      {"OggS\x00\x02" + strings.Repeat("\x00", 22) + "\x80theora", "application/ogg"},
		"zip":                      {zipped(t, "holiday.txt", "x"), "application/zip"},
		"docx":                     {zipped(t, "[Content_Types].xml", "<x/>", "_rels/.rels", "", "word/document.xml", ""), openXML + "wordprocessingml.document"},
		"xlsx":                     {zipped(t, "[Content_Types].xml", "<x/>", "xl/workbook.xml", ""), openXML + "spreadsheetml.sheet"},
		"pptx":                     {zipped(t, "[Content_Types].xml", "<x/>", "ppt/presentation.xml", ""), openXML + "presentationml.presentation"},
		"a folder named word":      {zipped(t, "word/list.txt", ""), "application/zip"},
		"odt":                      {zipped(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", ""), "application/vnd.oasis.opendocument.text"},
		"zip that calls itself":    {zipped(t, "mimetype", "text/html", "x", ""), "application/zip"},
		"old office":               {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"},
		"zip with a short header":  {"PK\x03\x04", "application/zip"},
		"zip with too long a name": {"PK\x03\x04" + strings.Repeat("\xff", 27), "application/zip"},
	} {
		got := Sniff([]byte(c.head))
		want := Kind{strings.TrimSuffix(c.want, "!"), strings.HasSuffix(c.want, "!")}
		if got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

func utf16LE(s string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(s)) {
		b.Write([]byte{byte(unit), byte(unit >> 8)})
	}
	return b.String()
}

// zipped makes an archive of names and contents.
func zipped(t *testing.T, files ...string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		method := zip.Deflate
		if files[i] == "mimetype" {
			method = zip.Store
		}
		header := &zip.FileHeader{Name: files[i], Method: method}
		header.UncompressedSize64, header.CompressedSize64 = uint64(len(files[i+1])), uint64(len(files[i+1]))
		create := w.CreateHeader
		if method == zip.Store {
			create = w.CreateRaw // as the format asks, without a descriptor that follows the content
		}
		f, err := create(header)
		if err == nil {
			_, err = f.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestCleanName(t *testing.T) {
	long := strings.Repeat("ß", 300)
	for in, want := range map[string]string{
		"invoice.pdf": "invoice.pdf", "Grüße aus Köln.JPG": "Grüße aus Köln.JPG", "見積書.xlsx": "見積書.xlsx", "می\u200cخواهم.txt": "می\u200cخواهم.txt", "👩\u200d💻.png": "👩\u200d💻.png",
		"": "file", ".": "file", "..": "file", "...": "file", "/": "file", " \t": "file", "\u202e": "file", "a/b/": "file",
		"../../etc/passwd": "passwd", `C:\Users\ada\report.docx`: "report.docx", "/etc/.htaccess": "htaccess", ". .hidden": "hidden",
		"a\r\nSet-Cookie: x=1.txt": "a Set-Cookie: x=1.txt", "a\x00b\x1b[31m.txt": "ab[31m.txt", "invoice\u202efdp.exe": "invoicefdp.exe", "\ufeffa\u2066b\u2069\u200b.txt": "ab.txt",
		"a.exe. .": "a.exe", "invoice.pdf" + strings.Repeat("\u3000 ", 90) + ".exe": "invoice.pdf .exe", "a\u2028b\u0085c.txt": "a b c.txt", "\xff\xfea.txt": "_a.txt",
		long + ".jpeg": long[:2*115] + ".jpeg", long: long[:2*120], "a." + long: "a." + long[:2*118], strings.Repeat("a", 117) + " . .jpeg": strings.Repeat("a", 115) + ".jpeg",
	} {
		if got := CleanName(in); got != want {
			t.Errorf("%.40q: %q, want %q", in, got, want)
		}
	}
}

func FuzzCleanName(f *testing.F) {
	for _, name := range []string{"invoice.pdf", "..\\a\u202e/\xff. .", strings.Repeat("a.", 100)} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got := CleanName(in)
		if got == "" || !utf8.ValidString(got) || utf8.RuneCountInString(got) > MaxName || strings.ContainsAny(got, "/\\\r\n\x00\u202e") || got[0] == '.' {
			t.Errorf("%q passes as %q", in, got)
		}
		if again := CleanName(got); again != got {
			t.Errorf("%q becomes %q and then %q", in, got, again)
		}
		if mime.FormatMediaType("attachment", map[string]string{"filename": got}) == "" {
			t.Errorf("%q does not fit into a header", got)
		}
	})
}
