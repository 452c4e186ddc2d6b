package apidocs_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"rejoin/apidocs"
	"rejoin/docs/openapi"
)

func get(t *testing.T, mux *http.ServeMux, path string, status int) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	if w.Code != status {
		t.Fatalf("%s: %d %.300s, want %d", path, w.Code, w.Body, status)
	}
	return w
}

var (
	links = regexp.MustCompile(`href="#([^"]*)"`)
	ids   = regexp.MustCompile(` id="([^"]*)"`)
)

// TestPages opens every page, and follows each link within it.
func TestPages(t *testing.T) {
	mux := http.NewServeMux()
	apidocs.Register(mux, apidocs.Config{PublicURL: "https://chat.example.com", Log: slog.New(slog.DiscardHandler)})
	for path, shows := range map[string][]string{
		"/docs/api":       {"REST API", "/docs/api/rest", "/docs/api/agent", "/docs/api/chat"},
		"/docs/api/":      {"REST API"},
		"/docs/api/rest":  {"/v1/{domain}/issues", "curl -u &#34;$KEY:&#34;", "https://chat.example.com/v1/", `href="#t-Failure"`},
		"/docs/api/agent": {"/agent/v1/issues/query", "-b cookies.txt", "Permission: <code>administer</code>", "Thread"},
		"/docs/api/chat":  {"/chat/v1/identify", "Authorization: Bearer $TOKEN", "Takes credentials if there are any"},
	} {
		w := get(t, mux, path, http.StatusOK)
		html := w.Body.String()
		for _, s := range shows {
			if !strings.Contains(html, s) {
				t.Errorf("%s does not show %q", path, s)
			}
		}
		there := map[string]int{}
		for _, m := range ids.FindAllStringSubmatch(html, -1) {
			there[m[1]]++
		}
		for _, m := range links.FindAllStringSubmatch(html, -1) {
			if n := there[m[1]]; n != 1 {
				t.Errorf("%s leads to #%s, which is there %d times", path, m[1], n)
			}
		}
		if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(html, "<script") {
			t.Errorf("%s has the policy %q", path, csp)
		}
	}
	get(t, mux, "/docs/api/style.css", http.StatusOK)
	get(t, mux, "/docs/api/nothing", http.StatusNotFound)
	for path, text := range map[string]string{"/v1/openapi.json": openapi.Rest, "/agent/v1/openapi.json": openapi.Agent} {
		w := get(t, mux, path, http.StatusOK)
		if w.Body.String() != text || w.Header().Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s is not the document for everybody", path)
		}
	}
}
