package chatapi_test

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
)

// The page of a link into the chat starts the panel by a script of its own, tells nothing of the link, and counts only who runs it.
func TestChatLinkPage(t *testing.T) {
	d := sqlite(t)
	program := rejoin.APIKey{ID: "key_1", DomainID: d.Made.Domain.ID, Name: "Till", Access: rejoin.ReadAndWrite}.Agent()
	made, err := d.Core.ChatLinks.Make(t.Context(), program, core.NewChatLink{App: "1", Whom: core.Whom{UserID: "77"}, FirstMessage: hostile, For: time.Hour, MaxViews: 1})
	if err != nil {
		t.Fatal(err)
	}
	path, token, _ := strings.Cut(strings.TrimPrefix(made.URL, "https://chat.example.com"), "#")
	for range 2 { // scanners look, too
		r := d.do(page(path))
		safePage(t, r, 200)
		_, script, _ := strings.Cut(r.body, "<script>")
		script, _, _ = strings.Cut(script, "</script>")
		sum := sha256.Sum256([]byte(script))
		if policy := r.header.Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'self' 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"';") ||
			!strings.HasSuffix(policy, "frame-ancestors 'none'") {
			t.Errorf("policy %s for the script\n%s", policy, script)
		}
		if strings.Contains(r.body, "alert") || strings.Contains(r.body, `type="module" src=`) || !strings.Contains(r.body, `" data-entry>`) {
			t.Errorf("the page:\n%s", r.body)
		}
	}
	open := func(token string) request {
		return request{method: "POST", path: path, body: map[string]string{"token": token}}
	}
	foreign := open(token)
	foreign.header = map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
	if r := d.do(foreign); r.status != 403 {
		t.Errorf("from another site: %d %s", r.status, r.body)
	}
	for _, wrong := range []string{"", "x", identity.NewToken()} {
		if r := d.do(open(wrong)); r.status != 404 {
			t.Errorf("the token %q: %d %s", wrong, r.status, r.body)
		}
	}
	if r := d.do(open(token)); r.status != 200 || !strings.HasPrefix(r.body, `{"userId":"77","initialUserMessage":"`) || r.header.Get("Cache-Control") != "no-store" {
		t.Errorf("the first view: %d %s", r.status, r.body)
	}
	if r := d.do(open(token)); r.status != 404 {
		t.Errorf("the second view of one: %d %s", r.status, r.body)
	}
	for where, want := range map[string]string{path + "?lost=1": "/c/" + d.Made.Platform.ID + "?language=en", "/q/nobody": ""} {
		r := d.do(page(where))
		safePage(t, r, 404)
		if !strings.Contains(r.body, "This link has expired") || want != "" && !strings.Contains(r.body, `href="`+want+`"`) {
			t.Errorf("%s:\n%s", where, r.body)
		}
	}
}
