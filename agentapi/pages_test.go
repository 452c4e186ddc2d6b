package agentapi_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"rejoin/rejointest"
	"rejoin/serve"
	"rejoin/store/storetest"
)

func withDist(files fs.FS) rejointest.Option { return func(c *serve.Config) { c.Dist = files } }

func TestPages(t *testing.T) {
	o := open(t, storetest.SQLite(t), withDist(fstest.MapFS{
		"dashboard/index.html":                    {Data: []byte("<!doctype html><title>Rejoin</title>")},
		"dashboard/icon.svg":                      {Data: []byte("<svg/>")},
		"dashboard/assets/index-AbCd1234.js":      {Data: []byte("go()")},
		"dashboard/assets/index-AbCd1234.css.map": {Data: []byte("{}")},
	}))
	nobody := person{o: o}
	for path, want := range map[string]int{
		"/": 200, "/sign-in": 200, "/inbox": 200, "/inbox/iss_1": 200, "/inbox/": 200, "/settings": 200, "/settings/apps/app_1/web-chat": 200, "/inbox/a%2fb": 200,
		"/reports": 200, "/reports/mails": 200, "/welcome": 200, "/new-password": 200, "/profile": 200, "/settings/team": 200, "/sign-in/now": 404, "/welcome/home": 404, "/inboxes": 404, "/nowhere": 404, "/favicon.ico": 404, "/index.html": 404, "/agent": 404,
		"/assets/dashboard/icon.svg": 200, "/assets/dashboard/assets/index-AbCd1234.js": 200, "/assets/dashboard/nothing.js": 404,
	} {
		got := nobody.do("GET", path, "")
		if got.status != want {
			t.Errorf("%s: %d, want %d", path, got.status, want)
		}
		isIndex := strings.Contains(got.body, "<title>Rejoin</title>")
		if isAsset := strings.HasPrefix(path, "/assets/"); isIndex != (want == 200 && !isAsset) {
			t.Errorf("%s: the dashboard's page is %v: %s", path, isIndex, got.body)
		}
		if got.header.Get("X-Content-Type-Options") != "nosniff" || got.header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: headers %v", path, got.header)
		}
	}
	index := nobody.do("GET", "/inbox", "")
	host := strings.TrimPrefix(o.url, "http://")
	want := "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self' wss://" + host +
		"; frame-src 'self' blob: data:; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	if got := index.header.Get("Content-Security-Policy"); got != want {
		t.Errorf("the policy is\n%s\nwant\n%s", got, want)
	}
	if got := index.header.Get("Cache-Control"); got != "no-cache" || index.header.Get("ETag") == "" {
		t.Errorf("the page is cached as %q, ETag %q", got, index.header.Get("ETag"))
	}
	if got := nobody.do("GET", "/settings", "", "If-None-Match", index.header.Get("ETag")); got.status != 304 {
		t.Errorf("again: %d, want 304", got.status)
	}
	if got := nobody.do("GET", "/assets/dashboard/assets/index-AbCd1234.js", "").header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Errorf("a hashed file is cached as %q", got)
	}
	if got := nobody.do("POST", "/inbox", "{}"); got.status != 405 || got.header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST to a page: %d", got.status)
	}
}

func TestStrangeHostsStayOutOfThePolicy(t *testing.T) {
	o := sqlite(t)
	got := person{o: o}.do("GET", "/", "", "Host", "a;script-src*")
	if policy := got.header.Get("Content-Security-Policy"); strings.Contains(policy, "script-src*") {
		t.Errorf("the policy is %q", policy)
	}
}

func TestMissingBuild(t *testing.T) {
	o := open(t, storetest.SQLite(t), withDist(fstest.MapFS{"sdk/webchat.js": {Data: []byte("//")}, "widget/manifest.json": {Data: []byte("{}")}}))
	for _, path := range []string{"/", "/inbox", "/assets/dashboard/index.html"} {
		if got := (person{o: o}).do("GET", path, ""); got.status != 503 || !strings.Contains(got.body, "The dashboard is not built.") {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
	o.maya().get("/me").fine()
}
