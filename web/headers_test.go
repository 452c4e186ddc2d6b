package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin/web"
)

func hello(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("hello")) }

func TestSecure(t *testing.T) {
	got := do(t, "GET", serve(t, web.Secure("default-src 'self'", http.HandlerFunc(hello))), "")
	for name, value := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Content-Security-Policy": "default-src 'self'",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Server": "", "X-Powered-By": "",
	} {
		if got.Header.Get(name) != value {
			t.Errorf("%s = %q, want %q", name, got.Header.Get(name), value)
		}
	}
}

func TestRequireSameOrigin(t *testing.T) {
	url := serve(t, web.NewFrame(quiet()).RequireSameOrigin(http.HandlerFunc(hello)))
	refused := `{"error":"This request came from another site. Open the page here and try again.","code":"forbidden"}`
	want(t, do(t, "POST", url, ""), 200, "hello")
	want(t, do(t, "POST", url, "", "Origin", url), 200, "hello")
	want(t, do(t, "POST", url, "", "Sec-Fetch-Site", "same-origin"), 200, "hello")
	want(t, do(t, "GET", url, "", "Origin", "https://evil.example"), 200, "hello")
	want(t, do(t, "POST", url, "", "Origin", "https://evil.example"), 403, refused)
	want(t, do(t, "DELETE", url, "", "Sec-Fetch-Site", "cross-site"), 403, refused)
	want(t, do(t, "POST", url, "", "Sec-Fetch-Site", "same-site"), 403, refused)
}

func TestCheckSocketOrigin(t *testing.T) {
	for origin, ok := range map[string]bool{"": true, "http://chat.example": true, "http://CHAT.example": true,
		"http://chat.example:81": false, "http://evil.example": false, "null": false, "chat.example": false, "%": false} {
		r := httptest.NewRequest("GET", "http://chat.example/agent/v1/socket", nil)
		r.Header.Set("Origin", origin)
		if err := web.CheckSocketOrigin(r); (err == nil) != ok {
			t.Errorf("%q: %v", origin, err)
		}
	}
}

func TestCORS(t *testing.T) {
	allow := func(origin string) bool { return origin == "https://shop.example" }
	url := serve(t, web.CORS(allow, http.HandlerFunc(hello)))
	got := do(t, "GET", url, "", "Origin", "https://shop.example")
	want(t, got, 200, "hello")
	if o := got.Header.Get("Access-Control-Allow-Origin"); o != "https://shop.example" || got.Header.Get("Vary") != "Origin" {
		t.Errorf("allowed: %q, Vary %q", o, got.Header.Get("Vary"))
	}
	if c := got.Header.Get("Access-Control-Allow-Credentials"); c != "" {
		t.Errorf("credentials: %q", c)
	}
	got = do(t, "GET", url, "", "Origin", "https://evil.example")
	want(t, got, 200, "hello")
	if o := got.Header.Get("Access-Control-Allow-Origin"); o != "" {
		t.Errorf("evil is allowed: %q", o)
	}
	got = do(t, "OPTIONS", url, "", "Origin", "https://shop.example", "Access-Control-Request-Method", "GET")
	want(t, got, 204, "")
	if m := got.Header.Get("Access-Control-Allow-Methods"); m != "GET" {
		t.Errorf("methods: %q", m)
	}
}

func TestSessionCookies(t *testing.T) {
	w := httptest.NewRecorder()
	web.SetSession(w, "rejoin", "v", time.Hour, true)
	web.SetSession(w, "rejoin", "v", time.Hour, false)
	web.ClearSession(w, "rejoin", true)
	diff := cmp.Diff([]string{
		"__Host-rejoin=v; Path=/; Max-Age=3600; HttpOnly; Secure; SameSite=Lax",
		"rejoin=v; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax",
		"__Host-rejoin=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax",
	}, w.Header().Values("Set-Cookie"))
	if diff != "" {
		t.Errorf("cookies (-want +got):\n%s", diff)
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Cookie", "__Host-rejoin=v; rejoin=w")
	if s, p, none := web.Session(r, "rejoin", true), web.Session(r, "rejoin", false), web.Session(r, "x", true); s != "v" || p != "w" || none != "" {
		t.Errorf("sessions: %q %q %q", s, p, none)
	}
}
