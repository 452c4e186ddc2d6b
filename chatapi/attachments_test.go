package chatapi_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/core"
	"rejoin/files"
	"rejoin/identity"
	"rejoin/serve"
)

// withFiles is a server whose files the test can count.
func withFiles(t *testing.T) (d *door, stored func() int) {
	t.Helper()
	dir := t.TempDir()
	kept, err := files.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() })
	return sqlite(t, func(c *serve.Config) { c.Files = kept }), func() (n int) {
		t.Helper()
		err := filepath.WalkDir(dir, func(_ string, e os.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				n++
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
}

func (d *door) uploadTo(platform, clientID, token, name, content string) request {
	q := url.Values{"platform": {platform}, "client_id": {clientID}, "name": {name}}
	return request{method: http.MethodPost, path: "/chat/v1/attachments?" + q.Encode(), token: token, body: content,
		header: map[string]string{"Content-Type": "application/octet-stream"}}
}

func (d *door) uploading(token, name, content string) request {
	return d.uploadTo(d.Made.Platform.ID, d.NewClientID(), token, name, content)
}

func (d *door) upload(token, name, content string) chatapi.Attachment {
	d.T.Helper()
	return decode[chatapi.Attachment](d.T, d.do(d.uploading(token, name, content)))
}

// drawn is a small picture.
func drawn(t testing.TB, kind string) string {
	t.Helper()
	img := image.NewPaletted(image.Rect(0, 0, 30, 20), color.Palette{color.Black, color.White})
	var out bytes.Buffer
	var err error
	switch kind {
	case "png":
		err = png.Encode(&out, img)
	case "jpeg":
		err = jpeg.Encode(&out, img, nil)
	case "gif":
		err = gif.Encode(&out, img, nil)
	case "webp":
		return decoded(t, "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func decoded(t testing.TB, text string) string {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestBadUploads(t *testing.T) {
	d, stored := withFiles(t)
	app, token, ended := d.Made.Platform.ID, identity.NewToken(), d.Visit("Hello")
	d.evict(d.userOf(ended.Issue.ID).ID)
	for _, c := range []struct {
		name   string
		r      request
		status int
		code   rejoin.Code
		field  string
	}{
		{"nobody", d.uploading("", "a.txt", "x"), 401, rejoin.Unauthenticated, ""},
		{"junk", d.uploading("junk", "a.txt", "x"), 401, rejoin.Unauthenticated, ""},
		{"a session that has ended", d.uploading(ended.Token, "a.txt", "x"), 401, rejoin.Unauthenticated, ""},
		{"no platform", d.uploadTo("", "0123456789", token, "a.txt", "x"), 400, rejoin.Invalid, "platform"},
		{"platform with a NUL", d.uploadTo("a\x00", "0123456789", token, "a.txt", "x"), 400, rejoin.Invalid, "platform"},
		{"wrong platform", d.uploadTo("nobody_platform_1", "0123456789", token, "a.txt", "x"), 404, rejoin.NotFound, ""},
		{"no client_id", d.uploadTo(app, "", token, "a.txt", "x"), 400, rejoin.Invalid, "client_id"},
		{"client_id with a NUL", d.uploadTo(app, "12345678\x00", token, "a.txt", "x"), 400, rejoin.Invalid, "client_id"},
		{"empty", d.uploading(token, "a.txt", ""), 400, rejoin.Invalid, "body"},
		{"one byte too large", d.uploading(token, "a.bin", strings.Repeat("\x00", core.MaxFile+1)), 400, rejoin.Invalid, "body"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := *d
			s := *d.Server
			d.Server, s.T = &s, t
			d.unchanged(func() { d.failure(d.do(c.r), c.status, c.code, c.field) })
			if n := stored(); n != 0 {
				t.Errorf("%d files are left", n)
			}
		})
	}
	if got := d.upload(token, "a.bin", strings.Repeat("\x00", core.MaxFile)); got.Size != core.MaxFile {
		t.Errorf("the largest file is %+v", got)
	}
	r := d.uploading(token, "a.txt", "x")
	r.header["Origin"] = "https://evil.example.com"
	d.failure(d.do(r), 403, rejoin.Forbidden, "")
}

// TestBrokenUploads lose the connection at the beginning, in what is looked at first, and after it.
func TestBrokenUploads(t *testing.T) {
	d, stored := withFiles(t)
	for _, sent := range []int{0, 10, 4096, 100_000} {
		d.unchanged(func() {
			conn, err := net.Dial("tcp", strings.TrimPrefix(d.http.URL, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			r := d.uploading(identity.NewToken(), "a.bin", "")
			fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\nContent-Length: 200000\r\n\r\n%s", r.path, r.token,
				strings.Repeat("x", sent))
			if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
				t.Fatal(err)
			}
			answer, err := io.ReadAll(conn)
			if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 400 ") || !strings.Contains(string(answer), "broke off") {
				t.Errorf("after %d bytes: %v\n%s", sent, err, answer)
			}
		})
		if n := stored(); n != 0 {
			t.Errorf("after %d bytes: %d files are left", sent, n)
		}
	}
}

// TestFilesOfMessages sends files with and without words, and those that are not one's own to send.
func TestFilesOfMessages(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		token := identity.NewToken()
		one := d.upload(token, "one.png", drawn(t, "png"))
		in := d.newIssue("")
		in.Attachments = []string{one.ID}
		up := decode[chatapi.Update](t, d.do(post("/issues", token, in)))
		if m := up.Messages[0]; m.Body != "" || len(m.Attachments) != 1 || m.Attachments[0].Name != "one.png" || m.Attachments[0].PreviewURL == "" {
			t.Errorf("the first message is %+v", m)
		}
		d.unchanged(func() {
			again := decode[chatapi.Update](t, d.do(post("/issues", token, in)))
			if again.Issue.ID != up.Issue.ID || len(again.Messages[0].Attachments) != 1 {
				t.Errorf("the repeat is %+v", again)
			}
		})
		r := d.uploadTo(d.Made.Platform.ID, "the-same-id", token, "two.txt", "two")
		two := decode[chatapi.Attachment](t, d.do(r))
		if again := decode[chatapi.Attachment](t, d.do(r)); again.ID != two.ID {
			t.Errorf("the repeat is %s, want %s", again.ID, two.ID)
		}
		other := d.Visit("Hello")
		theirs := d.upload(other.Token, "theirs.txt", "theirs")
		file, err := d.Core.Attachments.AddAsAgent(t.Context(), d.Maya, core.Upload{ClientID: d.NewClientID(), Name: "maya.txt", Body: strings.NewReader("Maya's")})
		if err != nil {
			t.Fatal(err)
		}
		path := "/issues/" + up.Issue.ID + "/messages"
		for name, list := range map[string][]string{
			"somebody else's": {theirs.ID}, "an agent's": {file.ID}, "one that was sent": {one.ID}, "twice the same": {two.ID, two.ID}, "none": {"fil_1"},
			"junk": {"a\x00b"}, "one good, one bad": {two.ID, theirs.ID}, "too many": strings.Split(strings.Repeat(two.ID+",", 10)+two.ID, ","),
		} {
			d.unchanged(func() {
				r := d.do(post(path, token, chatapi.Send{ClientID: d.NewClientID(), Body: "Look", Attachments: list}))
				if r.status != 400 {
					t.Errorf("%s: %d %s", name, r.status, r.body)
				}
				d.failure(r, 400, rejoin.Invalid, "attachments")
			})
		}
		sent := decode[chatapi.Update](t, d.do(post(path, token, chatapi.Send{ClientID: d.NewClientID(), Body: "Look", Attachments: []string{two.ID}})))
		if m := sent.Messages[0]; m.Body != "Look" || len(m.Attachments) != 1 || m.Attachments[0].ID != two.ID {
			t.Errorf("the message is %+v", m)
		}
	})
}

// TestFullPrivacy takes no files of users.
func TestFullPrivacy(t *testing.T) {
	d := sqlite(t)
	token := identity.NewToken()
	f := d.upload(token, "a.txt", "x")
	in := d.newIssue("Hello")
	in.FullPrivacy, in.Attachments = true, []string{f.ID}
	d.failure(d.do(post("/issues", token, in)), 403, rejoin.Forbidden, "attachments")
	in.Attachments = nil
	up := decode[chatapi.Update](t, d.do(post("/issues", token, in)))
	if !up.Issue.FullPrivacy {
		t.Errorf("the issue is %+v", up.Issue)
	}
	path := "/issues/" + up.Issue.ID + "/messages"
	d.failure(d.do(post(path, token, chatapi.Send{ClientID: d.NewClientID(), Attachments: []string{f.ID}})), 403, rejoin.Forbidden, "attachments")
	d.Settle()
	after := decode[chatapi.Update](t, d.do(get(path, token)))
	if len(after.Messages) != 1 || after.Issue.Asking != "" {
		t.Errorf("the bot has spoken: %+v", after.Messages)
	}
}

// TestUnsentFiles go after a day, and no one collects more of them than a message needs.
func TestUnsentFiles(t *testing.T) {
	d, stored := withFiles(t)
	if err := d.Core.Upkeep.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	token := identity.NewToken()
	n := 0
	for ; n < 100; n++ {
		r := d.do(d.uploading(token, "a.txt", "x"))
		if r.status != 200 {
			d.failure(r, 429, rejoin.Limited, "")
			break
		}
	}
	if n < rejoin.MaxAttachments || n == 100 || stored() != n {
		t.Errorf("%d uploads were taken and %d are stored", n, stored())
	}
	d.Advance(49 * time.Hour)
	if got := stored(); got != 0 {
		t.Errorf("%d files are left after two days", got)
	}
}
