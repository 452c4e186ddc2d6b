package restapi_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"

	"rejoin/restapi"
	"rejoin/store/storetest"
)

func TestKeyIn(t *testing.T) {
	key := "rk_" + strings.Repeat("A-_z", 10) + "abc"
	b := base64.StdEncoding.EncodeToString
	for name, header := range map[string]string{
		"key and no password":      "Basic " + b([]byte(key+":")),
		"without the colon":        "Basic " + b([]byte(key)),
		"two quotes as password":   "Basic " + b([]byte(key+`:""`)),
		"as both":                  "Basic " + b([]byte(key+":"+key)),
		"a password of its own":    "Basic " + b([]byte(key+":x")),
		"as the password":          "Basic " + b([]byte(":"+key)),
		"lower case":               "basic " + b([]byte(key+":")),
		"without padding":          "Basic " + strings.TrimRight(b([]byte(key+":")), "="),
		"URL's alphabet":           "Basic " + base64.URLEncoding.EncodeToString([]byte(key+":")),
		"encoded twice":            "Basic " + b([]byte(b([]byte(key+":")))),
		"encoded as the name":      "Basic " + b([]byte(b([]byte(key+":"))+":")),
		"without the scheme":       b([]byte(key + ":")),
		"not encoded":              "Basic " + key,
		"not encoded, with colon":  "Basic " + key + ":",
		"alone":                    key,
		"a bearer's":               "Bearer " + key,
		"a bearer's, encoded":      "Bearer " + b([]byte(key)),
		"with space around":        "  Basic   " + b([]byte(key+":")) + " ",
		"with quotes around a key": `Basic "` + key + `"`,
	} {
		if got := restapi.KeyIn(header); got != key {
			t.Errorf("%s: %q", name, got)
		}
	}
	for _, header := range []string{"", "Basic", "Basic ", "Basic !!!", "Basic " + b([]byte("another:key")), "Digest " + key[:10]} {
		if got := restapi.KeyIn(header); got != "" {
			t.Errorf("%q has the key %q", header, got)
		}
	}
}

// Every address takes both spellings of its path, and never answers with a redirect; without a valid key of the domain there is nothing behind any.
func TestDoor(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	names := map[string]bool{}
	for _, r := range restapi.Routes() {
		method, path, _ := strings.Cut(r.Pattern, " ")
		if names[r.Name] || r.Name == "" {
			t.Errorf("%s: the name %q is taken", r.Pattern, r.Name)
		}
		names[r.Name] = true
		path = strings.NewReplacer("{domain}", "acme", "{issue}", "999", "{", "", "}", "").Replace(path)
		for _, path := range []string{path, path + "/", strings.Replace(path, "/v1/", "//v1//", 1)} {
			for _, key := range []string{"rk_none", d.foreign} {
				if got := d.do(ask{method: method, path: path, key: key}); got.status != http.StatusUnauthorized || got.header.Get("WWW-Authenticate") == "" {
					t.Errorf("%s %s with a wrong key: %d %s", method, path, got.status, got.body)
				}
			}
			d.Clock.Advance(10 * time.Second) // for the limit of those who guess
		}
	}
	d.refuses(t, []refused{
		{"no such address", ask{method: "GET", path: "/nowhere"}, 404, "", "no such address"},
		{"no such method", ask{method: "PATCH", path: "/issues"}, 405, "", "does not take PATCH"},
	})
}
