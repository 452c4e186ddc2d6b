package chatapi_test

import (
	"mime"
	"net/url"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/identity"
)

// TestPromise_NothingThatRunsIsShown uploads what browsers could run, under names and types of pictures, and pictures under those of pages.
func TestPromise_NothingThatRunsIsShown(t *testing.T) {
	d := sqlite(t)
	svg := `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`
	for _, c := range []struct {
		content, media string
		shown          bool
	}{
		{drawn(t, "png"), "image/png", true},
		{drawn(t, "jpeg"), "image/jpeg", true},
		{drawn(t, "gif"), "image/gif", true},
		{drawn(t, "webp"), "image/webp", true},
		{svg, "image/svg+xml", false},
		{`<?xml version="1.0"?>` + svg, "image/svg+xml", false},
		{"<!doctype html><script>alert(1)</script>", "text/html", false},
		{"   \n<html><body onload=alert(1)>", "text/html", false},
		{"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "application/pdf", false},
		{"alert(1)", "text/plain", false},
		{"PK\x03\x04" + strings.Repeat("\x00", 40), "application/zip", false},
		{drawn(t, "png")[:40] + "<script>alert(1)</script>", "image/png", false}, // cannot be drawn
		{"GIF89a/*" + strings.Repeat("x", 50) + "*/=1;alert(1)", "image/gif", false},
		{"\x00\x01\x02\x03", "application/octet-stream", false},
	} {
		for name, declared := range map[string]string{"a.png": "image/png", "a.svg": "image/svg+xml", "a.html": "text/html", "a.pdf": "application/pdf", "a": ""} {
			d.Clock.Advance(time.Minute)
			r := d.uploading(identity.NewToken(), name, c.content)
			r.header["Content-Type"] = declared
			f := decode[chatapi.Attachment](t, d.do(r))
			if f.Type != c.media || f.Name != name || f.Size != int64(len(c.content)) || (f.PreviewURL != "") != c.shown {
				t.Errorf("%.20q as %s is %+v", c.content, name, f)
			}
			got := d.do(page(f.URL))
			want, as := "attachment", "application/octet-stream"
			if c.shown {
				want, as = "inline", c.media
			}
			how, params, err := mime.ParseMediaType(got.header.Get("Content-Disposition"))
			if err != nil || how != want || params["filename"] != name || got.header.Get("Content-Type") != as || got.body != c.content || got.status != 200 {
				t.Errorf("%.20q as %s comes as %d %v", c.content, name, got.status, got.header)
			}
			guarded(t, got)
		}
	}
}

// guarded checks what keeps a file from doing anything on our site.
func guarded(t *testing.T, r response) {
	t.Helper()
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
		"Cross-Origin-Resource-Policy": "same-origin", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer", "Set-Cookie": ""} {
		if got := r.header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := r.header.Get("Cache-Control"); r.status == 200 && !strings.HasPrefix(got, "private, ") {
		t.Errorf("Cache-Control is %q", got)
	}
}

func TestNamesOfFiles(t *testing.T) {
	d := sqlite(t)
	for name, want := range map[string]string{
		`he said "hi".png`: `he said "hi".png`, "a\r\nSet-Cookie: x=1.png": "a Set-Cookie: x=1.png", "日本語 ü.png": "日本語 ü.png",
		`..\..\evil.png`: "evil.png", "../../etc/passwd": "passwd", "": "file", "a;b=c.png": "a;b=c.png", "100%41.png": "100%41.png",
		"x\u202egnp.exe": "xgnp.exe", "\xff\xfe.png": "_.png", "a?b#c.png": "a?b#c.png", "\x00": "file",
	} {
		d.Clock.Advance(time.Minute)
		f := d.upload(identity.NewToken(), name, drawn(t, "png"))
		got := d.do(page(f.URL))
		_, params, err := mime.ParseMediaType(got.header.Get("Content-Disposition"))
		if f.Name != want || err != nil || params["filename"] != want || len(params) != 1 || got.status != 200 {
			t.Errorf("%q is kept as %q and comes as %v, want %q (%v)", name, f.Name, got.header["Content-Disposition"], want, err)
		}
		guarded(t, got)
	}
}

func TestAddressesOfFiles(t *testing.T) {
	d := sqlite(t)
	v := d.Visit("Hello")
	f, text := d.upload(v.Token, "a.png", drawn(t, "png")), d.upload(v.Token, "a.txt", "Some words")
	path := "/issues/" + v.Issue.ID + "/messages"
	decode[chatapi.Update](t, d.do(post(path, v.Token, chatapi.Send{ClientID: d.NewClientID(), Attachments: []string{f.ID, text.ID}})))
	change := func(raw, key, value string) string {
		u, err := url.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		if q.Set(key, value); value == "" {
			q.Del(key)
		}
		u.RawQuery = q.Encode()
		return u.String()
	}
	if r := d.do(page(f.PreviewURL)); r.status != 200 || !strings.HasPrefix(r.header.Get("Content-Type"), "image/") || f.Width != 30 || f.Height != 20 {
		t.Errorf("the preview of %+v: %d %v", f, r.status, r.header)
	}
	sig := func(raw string) string { u, _ := url.Parse(raw); return u.Query().Get("sig") }
	for name, bad := range map[string]string{
		"another file":          strings.Replace(f.URL, f.ID, text.ID, 1),
		"another file's":        change(f.URL, "sig", sig(text.URL)),
		"no signature":          change(f.URL, "sig", ""),
		"a guess":               change(f.URL, "sig", identity.NewToken()),
		"a later end":           change(f.URL, "until", "99999999999"),
		"no end":                change(f.URL, "until", ""),
		"the other size":        change(f.URL, "size", "small"),
		"the full size":         change(f.PreviewURL, "size", ""),
		"a size that is none":   change(f.PreviewURL, "size", "big"),
		"the preview of a text": change(text.URL, "size", "small"),
		"no file":               strings.Replace(f.URL, f.ID, "fil_1", 1),
		"no id":                 strings.Replace(f.URL, f.ID, "a%00b", 1),
	} {
		r := d.do(page(bad))
		d.failure(r, 404, rejoin.NotFound, "")
		if t.Failed() {
			t.Fatalf("%s: %s", name, bad)
		}
	}
	d.Clock.Advance(24 * time.Hour)
	if r := d.do(page(f.URL)); r.status != 200 {
		t.Errorf("after a day: %d", r.status)
	}
	d.Clock.Advance(time.Hour)
	d.Clock.Advance(time.Second)
	d.failure(d.do(page(f.URL)), 404, rejoin.NotFound, "")
	up := decode[chatapi.Update](t, d.do(get(path, v.Token)))
	fresh := up.Messages[len(up.Messages)-1].Attachments
	if len(fresh) != 2 || fresh[0].ID != f.ID || fresh[0].URL == f.URL {
		t.Fatalf("the message has %+v", fresh)
	}
	if r := d.do(page(fresh[0].URL)); r.status != 200 {
		t.Errorf("a fresh address answers %d", r.status)
	}
}

func TestPartsOfFiles(t *testing.T) {
	d := sqlite(t)
	content := strings.Repeat("0123456789", 1000)
	f := d.upload(identity.NewToken(), "a.txt", content)
	ask := func(method, name, value string) response {
		return d.do(request{method: method, path: f.URL, header: map[string]string{name: value}})
	}
	for value, want := range map[string]string{"bytes=0-3": "0123", "bytes=9995-": "56789", "bytes=-2": "89", "bytes=5-5": "5"} {
		r := ask("GET", "Range", value)
		if r.status != 206 || r.body != want || !strings.HasPrefix(r.header.Get("Content-Range"), "bytes ") {
			t.Errorf("%s: %d %.20q", value, r.status, r.body)
		}
		guarded(t, r)
	}
	if r := ask("GET", "Range", "bytes=20000-"); r.status != 416 {
		t.Errorf("beyond its end: %d", r.status)
	}
	if r := ask("GET", "Range", "lines=1-2"); r.status == 206 {
		t.Errorf("in lines: %d", r.status)
	}
	head := ask("HEAD", "X", "")
	if head.status != 200 || head.body != "" || head.header.Get("Content-Length") != "10000" || !strings.HasPrefix(head.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("HEAD: %d %v", head.status, head.header)
	}
	if r := d.do(request{method: "POST", path: f.URL}); r.status != 405 {
		t.Errorf("POST: %d", r.status)
	}
}
