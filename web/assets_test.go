package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"rejoin/web"
)

func serveAssets(t *testing.T) string {
	t.Helper()
	script := strings.Repeat("let a = 1;\n", 100)
	h, err := web.NewFrame(quiet()).Assets(fstest.MapFS{
		"assets/main-Ab_3-x9Z.js": {Data: []byte(script)},
		"main-document.css":       {Data: []byte("a{}")},
		"index.html":              {Data: []byte("<!doctype html>")},
		".gitkeep":                {Data: []byte("x")},
		".vite/manifest.json":     {Data: []byte("{}")},
		"logo.svg":                {Data: []byte("<svg/>")},
		"thing.zzz":               {Data: []byte("?")},
	}, "/assets/")
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/assets/", h)
	return serve(t, mux) + "/assets/"
}

func TestAssets(t *testing.T) {
	url := serveAssets(t)
	for name, w := range map[string]struct{ kind, cache string }{
		"assets/main-Ab_3-x9Z.js": {"text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		"main-document.css":       {"text/css; charset=utf-8", "no-cache"},
		"index.html":              {"text/html; charset=utf-8", "no-cache"},
		"logo.svg":                {"image/svg+xml", "no-cache"},
		"thing.zzz":               {"application/octet-stream", "no-cache"},
	} {
		got := do(t, "GET", url+name, "")
		if kind, cache := got.Header.Get("Content-Type"), got.Header.Get("Cache-Control"); got.Status != 200 || kind != w.kind || cache != w.cache {
			t.Errorf("%s: %d %q %q", name, got.Status, kind, cache)
		}
	}
	for _, name := range []string{"", "assets", "assets/", ".gitkeep", ".vite/manifest.json", "none.js", "..%2fassets_test.go", "index.html/"} {
		want(t, do(t, "GET", url+name, ""), 404, `{"error":"There is no such file.","code":"not_found"}`)
	}
	want(t, do(t, "POST", url+"index.html", ""), 405, `{"error":"Files can only be read: use GET.","code":"invalid"}`)
}

func TestAssetsCompress(t *testing.T) {
	url := serveAssets(t) + "assets/main-Ab_3-x9Z.js"
	plain := do(t, "GET", url, "")
	for accept, packed := range map[string]bool{"gzip, deflate, br": true, "br;q=1.0, GZIP;q=0.5": true, "gzip;q=0": false, "": false, "br": false} {
		got := do(t, "GET", url, "", "Accept-Encoding", accept)
		if got.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: Vary = %q", accept, got.Header.Get("Vary"))
		}
		if (got.Header.Get("Content-Encoding") == "gzip") != packed {
			t.Errorf("%q: Content-Encoding = %q", accept, got.Header.Get("Content-Encoding"))
			continue
		}
		if !packed {
			continue
		}
		z, err := gzip.NewReader(strings.NewReader(got.Body))
		if err != nil {
			t.Fatal(err)
		}
		if body, err := io.ReadAll(z); err != nil || !bytes.Equal(body, []byte(plain.Body)) {
			t.Errorf("%q: the body does not unpack to the file: %v", accept, err)
		}
	}
	if got := do(t, "GET", serveAssets(t)+"logo.svg", "", "Accept-Encoding", "gzip"); got.Header.Get("Content-Encoding") != "" {
		t.Error("a file that gains nothing is packed")
	}
}

func TestAssetsRevalidate(t *testing.T) {
	url := serveAssets(t) + "index.html"
	tag := do(t, "GET", url, "").Header.Get("ETag")
	want(t, do(t, "GET", url, "", "If-None-Match", `"x", W/`+tag), 304, "")
	want(t, do(t, "GET", url, "", "If-None-Match", `"x"`), 200, "<!doctype html>")
	head := do(t, "HEAD", url, "")
	want(t, head, 200, "")
	if n := head.Header.Get("Content-Length"); n != "15" {
		t.Errorf("Content-Length of HEAD = %q", n)
	}
}
