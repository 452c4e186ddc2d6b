package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"

	"rejoin"
)

// hashedName matches the file names that the bundler makes from the content: assets/name-XXXXXXXX.js.
var hashedName = regexp.MustCompile(`(^|/)assets/[^/]+-[A-Za-z0-9_-]{8}\.[a-z0-9]+$`)

// asset is one file, ready to serve.
type asset struct {
	contentType, etag, cache string
	plain, packed            []byte // packed is nil if gzip gains nothing
}

// Assets serves the files of fsys below prefix, which ends in a slash. Files with a hash in their name are cached for good, others are asked for
// again each time (ETag). All are read and compressed now, once; files and folders whose names begin with a dot are left out. There are no
// listings and no index pages.
func (f *Frame) Assets(fsys fs.FS, prefix string) (http.Handler, error) {
	assets := map[string]asset{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name != "." && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		data, err := fs.ReadFile(fsys, name)
		assets[prefix+name] = newAsset(name, data)
		return err
	})
	if err != nil {
		return nil, err
	}
	return f.Handle(func(w http.ResponseWriter, r *http.Request) error {
		a, ok := assets[r.URL.Path]
		if !ok {
			return rejoin.Errorf(rejoin.NotFound, "There is no such file.")
		}
		return a.serve(w, r)
	}), nil
}

func newAsset(name string, data []byte) asset {
	sum := sha256.Sum256(data)
	a := asset{
		contentType: contentTypeOf(name),
		etag:        base64.RawURLEncoding.EncodeToString(sum[:12]),
		cache:       "no-cache",
		plain:       data,
	}
	if hashedName.MatchString(name) {
		a.cache = "public, max-age=31536000, immutable"
	}
	if packed := pack(data); len(packed) < len(data)*9/10 {
		a.packed = packed
	}
	return a
}

// contentTypeOf knows what we ship by itself: the machine's own table may be wrong.
func contentTypeOf(name string) string {
	known := map[string]string{
		".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
		".json": "application/json; charset=utf-8", ".map": "application/json; charset=utf-8", ".txt": "text/plain; charset=utf-8",
		".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".ico": "image/x-icon",
		".woff2": "font/woff2", ".mp3": "audio/mpeg", ".ts": "application/typescript; charset=utf-8", ".webmanifest": "application/manifest+json",
	}
	ext := strings.ToLower(path.Ext(name))
	if t, ok := known[ext]; ok {
		return t
	}
	if t := mime.TypeByExtension(ext); t != "" {
		return t
	}
	return "application/octet-stream"
}

func pack(data []byte) []byte {
	var buf bytes.Buffer
	z, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	_, _ = z.Write(data) // a buffer takes everything
	_ = z.Close()
	return buf.Bytes()
}

func (a asset) serve(w http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		return badRequest{rejoin.Errorf(rejoin.Invalid, "Files can only be read: use GET."), http.StatusMethodNotAllowed}
	}
	h, body, etag := w.Header(), a.plain, `"`+a.etag+`"`
	h.Set("Cache-Control", a.cache)
	h.Set("X-Content-Type-Options", "nosniff")
	if a.packed != nil {
		h.Set("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Get("Accept-Encoding")) {
			body, etag = a.packed, `"`+a.etag+`-gz"`
			h.Set("Content-Encoding", "gzip")
		}
	}
	h.Set("ETag", etag)
	if sameTag(r.Header.Get("If-None-Match"), etag) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Type", a.contentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // the client may be gone
	}
	return nil
}

func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), "gzip") {
			continue
		}
		q, found := strings.CutPrefix(strings.TrimSpace(params), "q=")
		weight, err := strconv.ParseFloat(q, 64)
		return !found || err == nil && weight > 0
	}
	return false
}

func sameTag(header, etag string) bool {
	for tag := range strings.SplitSeq(header, ",") {
		tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/")
		if tag == etag || tag == "*" {
			return true
		}
	}
	return false
}

// Content serves data at one address as [Frame.Assets] serves a file of that name.
func (f *Frame) Content(name string, data []byte) http.Handler {
	return f.Handle(newAsset(name, data).serve)
}
