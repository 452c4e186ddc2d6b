package chatapi_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"html"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/identity"
	"rejoin/rejointest"
	"rejoin/serve"
)

const hostile = `</script><script>alert(1)</script><!--`

func greet(d *door, text string) {
	d.T.Helper()
	p, err := d.Core.Apps.Page(d.T.Context(), d.Maya, d.Made.App.ID)
	if err != nil {
		d.T.Fatal(err)
	}
	web := p.App.Settings.WebChat
	web.Greeting = text
	if _, err := d.Core.Apps.SetWebChat(d.T.Context(), d.Maya, d.Made.App.ID, web, p.Platform.AllowedOrigins); err != nil {
		d.T.Fatal(err)
	}
}

func TestPanelPages(t *testing.T) {
	d := sqlite(t)
	greet(d, hostile)
	host := strings.TrimPrefix(d.http.URL, "http://")
	for path, ancestors := range map[string]string{"/frame/": rejointest.Shop, "/c/": "'none'"} {
		r := d.do(page(path + d.Made.Platform.ID))
		safePage(t, r, 200)
		_, theme, _ := strings.Cut(r.body, "<style>")
		theme, _, _ = strings.Cut(theme, "</style>")
		sum := sha256.Sum256([]byte(theme))
		want := "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; connect-src 'self' ws://" + host + " wss://" + host +
			"; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors " + ancestors
		if got := r.header.Get("Content-Security-Policy"); got != want {
			t.Errorf("%s: policy\n%s, want\n%s", path, got, want)
		}
		if strings.Contains(r.body, "<script>") || strings.Count(r.body, "</script>") != 2 {
			t.Errorf("%s: the greeting has become markup:\n%s", path, r.body)
		}
		_, data, _ := strings.Cut(r.body, `<script id="rejoin-page" type="application/json">`)
		data, _, _ = strings.Cut(data, "</script>")
		var got map[string]any
		if err := json.Unmarshal([]byte(data), &got); err != nil {
			t.Fatalf("%v in %s", err, data)
		}
		origins, _ := got["origins"].([]any)
		if got["platform_id"] != d.Made.Platform.ID || got["hosted"] != (path == "/c/") || got["greeting"] != hostile || got["app_name"] != "Acme" ||
			len(origins) != 1 || origins[0] != rejointest.Shop {
			t.Errorf("%s: the page says %v", path, got)
		}
		for _, tag := range []string{`<script type="module" src="/assets/widget/assets/main-abc.js">`, `<link rel="stylesheet" href="/assets/widget/assets/main-abc.css">`} {
			if !strings.Contains(r.body, tag) {
				t.Errorf("%s lacks %s:\n%s", path, tag, r.body)
			}
		}
		if noindex := r.header.Get("X-Robots-Tag") == "noindex"; noindex != (path == "/c/") {
			t.Errorf("%s: noindex is %v", path, noindex)
		}
		for _, unknown := range []string{"nobody", "a%00b", "%ff", strings.Repeat("x", 200)} {
			safePage(t, d.do(page(path+unknown)), 404)
		}
	}
	if r := d.do(page("/assets/widget/assets/main-abc.js")); r.status != 200 {
		t.Errorf("the panel's program answers %d", r.status)
	}
}

// TestStrangeHostHasNoSayInThePolicy sends a Host header that would add a directive.
func TestStrangeHostHasNoSayInThePolicy(t *testing.T) {
	d := sqlite(t)
	for _, host := range []string{"evil;script-src", "a,b", "a'b"} {
		if got := d.raw("GET /c/" + d.Made.Platform.ID + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"); strings.Contains(got, host) {
			t.Errorf("the Host %q is in the answer:\n%s", host, got)
		}
	}
}

func TestSDK(t *testing.T) {
	d := sqlite(t)
	for _, path := range []string{"/webchat.js", "/webChat.js", "/latest/webChat.js"} {
		r := d.do(page(path))
		if r.status != 200 || r.body != "// the SDK\n" || r.header.Get("Cache-Control") != "public, max-age=300" ||
			r.header.Get("Cross-Origin-Resource-Policy") != "cross-origin" || !strings.HasPrefix(r.header.Get("Content-Type"), "text/javascript") {
			t.Errorf("%s: %d %v %s", path, r.status, r.header, r.body)
		}
		again := page(path)
		again.header = map[string]string{"If-None-Match": r.header.Get("ETag")}
		if r := d.do(again); r.status != 304 || r.body != "" {
			t.Errorf("%s: answer %d to its own ETag", path, r.status)
		}
	}
}

// TestTypesOfTheSDK are for those who write their pages in TypeScript.
func TestTypesOfTheSDK(t *testing.T) {
	built := fstest.MapFS{"sdk/webchat.js": {Data: []byte("// the SDK\n")}, "sdk/rejoin.d.ts": {Data: []byte("export {}\n")}}
	r := sqlite(t, func(c *serve.Config) { c.Dist = built }).do(page("/rejoin.d.ts"))
	if r.status != 200 || r.body != "export {}\n" {
		t.Errorf("answer %d %s", r.status, r.body)
	}
	for name, want := range map[string]string{"Content-Type": "application/typescript; charset=utf-8", "Access-Control-Allow-Origin": "*",
		"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "public, max-age=300", "X-Content-Type-Options": "nosniff"} {
		if got := r.header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	without := fstest.MapFS{"sdk/webchat.js": {Data: []byte("// the SDK\n")}}
	d := sqlite(t, func(c *serve.Config) { c.Dist = without })
	d.failure(d.do(page("/rejoin.d.ts")), 404, rejoin.NotFound, "")
}

func TestNotBuilt(t *testing.T) {
	var log strings.Builder
	d := sqlite(t, func(c *serve.Config) { c.Dist, c.Log = fs.FS(fstest.MapFS{}), logTo(&log) })
	if n := strings.Count(log.String(), "make ui"); n < 2 {
		t.Errorf("the log does not say what to do: %s", log.String())
	}
	safePage(t, d.do(page("/frame/"+d.Made.Platform.ID)), 503)
	for _, path := range []string{"/webchat.js", "/rejoin.d.ts", "/assets/widget/x.js"} {
		if r := d.do(page(path)); r.status != 503 {
			t.Errorf("%s answers %d", path, r.status)
		}
	}
}

func TestPlatformIsForAllowedOrigins(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		ask := func(platform, origin string) response {
			r := get("/platforms/"+platform, "")
			if origin != "" {
				r.header = map[string]string{"Origin": origin}
			}
			return d.do(r)
		}
		for _, origin := range []string{rejointest.Shop, "", d.http.URL} {
			r := ask(d.Made.Platform.ID, origin)
			var p chatapi.Platform
			if err := json.Unmarshal([]byte(r.body), &p); err != nil || r.status != 200 || p.AppName != "Acme" || r.header.Get("Cache-Control") != "public, max-age=60" {
				t.Errorf("%q: answer %d %v %s", origin, r.status, r.header, r.body)
			}
			if got := r.header.Get("Access-Control-Allow-Origin"); origin == rejointest.Shop && got != origin {
				t.Errorf("%q may not read it: %q", origin, got)
			}
		}
		for _, origin := range []string{"https://evil.example.com", "null", "http://shop.example.com", "https://shop.example.com.evil.example"} {
			r := ask(d.Made.Platform.ID, origin)
			d.failure(r, 403, rejoin.Forbidden, "")
			if !strings.Contains(html.UnescapeString(r.body), origin+" is not among the allowed origins") {
				t.Errorf("%s is told %s", origin, r.body)
			}
		}
		for _, unknown := range []string{"nobody", "a%00b", "%ff"} {
			d.failure(ask(unknown, rejointest.Shop), 404, rejoin.NotFound, "")
		}
	})
}

// TestLimits repeats what strangers can repeat.
func TestLimits(t *testing.T) {
	d := sqlite(t)
	v := d.Visit("Hello")
	issue := "/issues/" + v.Issue.ID
	cases := []struct {
		name string
		per  string // session or address
		r    func() request
	}{
		{"conversations", "address", func() request { return post("/issues", identity.NewToken(), d.newIssue("x")) }},
		{"messages", "session", func() request {
			return post(issue+"/messages", v.Token, chatapi.Send{ClientID: d.NewClientID(), Body: "x"})
		}},
		{"typing", "session", func() request { return post(issue+"/typing", v.Token, struct{}{}) }},
		{"reads", "session", func() request { return post(issue+"/read", v.Token, chatapi.Read{Seq: 1}) }},
		{"presence", "session", func() request {
			return post("/presence", "", chatapi.PresenceIn{Token: v.Token, Tab: tab, State: rejoin.Active})
		}},
		{"polls", "session", func() request { return poll(d, v.Token, nil) }},
		{"returns", "address", func() request {
			return post("/return", "", chatapi.Redeem{PlatformID: d.Made.Platform.ID, Token: identity.NewToken(), Session: identity.NewToken()})
		}},
		{"logins", "address", func() request {
			return post("/identify", "", chatapi.Identify{PlatformID: d.Made.Platform.ID, Session: identity.NewToken(), Identity: chatapi.Identity{UserID: "ada"}})
		}},
		{"glances", "address", func() request { return post("/platforms/"+d.Made.Platform.ID, "", chatapi.Identity{UserID: "ada"}) }},
		{"uploads", "address", func() request { return d.uploading(identity.NewToken(), "a.txt", "x") }},
		{"data", "session", func() request {
			return post("/user/data", v.Token, chatapi.UserData{Scope: "app", Data: map[string]any{"city": "Paris"}})
		}},
		{"identities", "session", func() request { return post("/user/identities", v.Token, chatapi.AddIdentities{IdentityToken: "x"}) }},
	}
	for _, c := range cases {
		d.ip = "192.0.2.1"
		n := 0
		for d.do(c.r()).status == 200 {
			if n++; n > 400 {
				t.Fatalf("%s: no end", c.name)
			}
		}
		r := d.do(c.r())
		d.failure(r, 429, rejoin.Limited, "")
		if n < 10 || r.header.Get("Retry-After") == "" {
			t.Errorf("%s: %d were allowed; Retry-After %q", c.name, n, r.header.Get("Retry-After"))
		}
		d.ip = "198.51.100.1"
		if got := d.do(c.r()).status; (got == 200) != (c.per == "address") {
			t.Errorf("%s: answer %d to another address, but the limit is per %s", c.name, got, c.per)
		}
		d.Clock.Advance(time.Minute)
		d.ip = "192.0.2.1"
		if got := d.do(c.r()).status; got != 200 {
			t.Errorf("%s: answer %d a minute later", c.name, got)
		}
	}
}

// raw sends bytes and returns the whole answer.
func (d *door) raw(text string) string {
	d.T.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(d.http.URL, "http://"))
	if err != nil {
		d.T.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, text); err != nil {
		d.T.Fatal(err)
	}
	answer, err := io.ReadAll(conn)
	if err != nil {
		d.T.Fatal(err)
	}
	return string(answer)
}

func logTo(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }
