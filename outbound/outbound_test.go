package outbound

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"
)

// hostile is a program that answers in every way it should not.
func hostile(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // whoever has not read it does not hear that the caller is gone
	switch r.URL.Path {
	case "/echo":
		w.Header().Set("X-Seen", r.Method+" "+r.Header.Get("Content-Type")+" "+r.Header.Get("User-Agent"))
		_, _ = w.Write(body)
	case "/redirect":
		http.Redirect(w, r, "/echo", http.StatusFound)
	case "/error":
		http.Error(w, "no", http.StatusTeapot)
	case "/hang":
		<-r.Context().Done()
	case "/drip": // a byte now and then, without an end
		for r.Context().Err() == nil {
			if _, err := w.Write([]byte("x")); err != nil {
				return
			}
			w.(http.Flusher).Flush()
		}
	case "/size":
		n, _ := strconv.Atoi(r.URL.Query().Get("n"))
		_, _ = w.Write(bytes.Repeat([]byte("x"), n))
	case "/headers":
		w.Header().Set("X-Long", strings.Repeat("x", 64<<10))
	case "/broken":
		conn, _, _ := w.(http.Hijacker).Hijack()
		conn.Close()
	case "/switch": // to another protocol, in which nothing comes
		conn, _, _ := w.(http.Hijacker).Hijack()
		_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")
	case "/short":
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write([]byte("x"))
	}
}

func TestDo(t *testing.T) {
	site := httptest.NewTLSServer(http.HandlerFunc(hostile))
	defer site.Close()
	c := New(nil, true)
	c.timeout = 300 * time.Millisecond
	c.roots = x509.NewCertPool()
	c.roots.AddCert(site.Certificate())
	header := http.Header{"Content-Type": {"text/plain"}}
	for _, row := range []struct{ path, want string }{
		{"/echo", ""},
		{"/redirect", "redirect (302)"},
		{"/error", "status 418"},
		{"/hang", "not answered within"},
		{"/drip", "not answered within|more than 100 KB"},
		{"/size?n=102400", ""},
		{"/size?n=102401", "more than 100 KB"},
		{"/headers", "cannot be reached"},
		{"/broken", "cannot be reached"},
		{"/short", "cannot be reached"},
		{"/switch", "status 101"},
	} {
		got, err := c.Do(t.Context(), Request{Method: "POST", URL: site.URL + row.path, Header: header, Body: []byte("hello")})
		text := got.Problem()
		if err != nil {
			var own *Error
			if !errors.As(err, &own) || own.Refused {
				t.Errorf("%s: the error is %T, refused", row.path, err)
			}
			text = err.Error()
		}
		ok := text == "" && row.want == ""
		for _, want := range strings.Split(row.want, "|") {
			ok = ok || want != "" && strings.Contains(text, want)
		}
		if !ok {
			t.Errorf("%s: %q, want %q", row.path, text, row.want)
		}
		if row.path == "/echo" && (string(got.Body) != "hello" || got.Header.Get("X-Seen") != "POST text/plain Rejoin") {
			t.Errorf("the program has seen %q, %q", got.Header.Get("X-Seen"), got.Body)
		}
	}
	for path, want := range map[string]int{"/size?n=102401": 1 << 10, "/short": 1, "/drip": -1} {
		got, err := c.Do(t.Context(), Request{Method: "POST", URL: site.URL + path, Limits: Limits{MaxResponse: 1 << 10, Cut: true, Timeout: 300 * time.Millisecond}})
		if err != nil || got.Status != http.StatusOK || want >= 0 && len(got.Body) != want || len(got.Body) > 1<<10 {
			t.Errorf("%s, cut: %d, %d bytes, %v", path, got.Status, len(got.Body), err)
		}
	}
	if header.Get("User-Agent") != "" {
		t.Error("the caller's headers have changed")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Do(ctx, Request{Method: "GET", URL: site.URL + "/hang"}); err == nil || !strings.Contains(err.Error(), "broken off") {
		t.Errorf("a call that is broken off: %v", err)
	}
	if _, err := New(nil, true).Do(t.Context(), Request{Method: "GET", URL: site.URL + "/echo"}); err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("a certificate nobody knows: %v", err)
	}
}

// TestRefused is about addresses that are never called: whoever listens there hears nothing.
func TestRefused(t *testing.T) {
	called := false
	site := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called = true }))
	defer site.Close()
	port := site.Listener.Addr().(*net.TCPAddr).Port
	on := func(host string) string { return "https://" + net.JoinHostPort(host, strconv.Itoa(port)) + "/" }
	t.Setenv("HTTPS_PROXY", site.URL)
	for _, url := range []string{
		"", "api.example.com", "ftp://example.com/", "https://user:pw@example.com/", "https:///x", "https://example.com:0/", "http://example.com/",
		on("127.0.0.1"), on("localhost"), on("::1"), on("::ffff:127.0.0.1"), on("0.0.0.0"), on("10.1.2.3"), on("169.254.169.254"), on("fd00:ec2::254"),
		site.URL, "https://0x7f.1/", "https://2130706433/",
	} {
		_, err := New(nil, false).Do(t.Context(), Request{Method: "GET", URL: url})
		if err == nil {
			t.Errorf("%s was called", url)
		}
		var e *Error
		if at := strings.HasSuffix(url, ":"+strconv.Itoa(port)+"/"); at && (!errors.As(err, &e) || !e.Refused) {
			t.Errorf("%s is not refused before anything is sent: %v", url, err)
		}
	}
	big := Request{Method: "POST", URL: on("127.0.0.1"), Body: make([]byte, MaxRequest)}
	if _, err := New(nil, true).Do(t.Context(), big); err == nil || !strings.Contains(err.Error(), "at most 20 KB") {
		t.Errorf("a long request: %v", err)
	}
	for _, bad := range []Request{{Method: "A B", URL: on("127.0.0.1")}, {Method: "GET", URL: on("127.0.0.1"), Header: http.Header{"A\nB": {"x"}}}} {
		if _, err := New(nil, true).Do(t.Context(), bad); err == nil {
			t.Errorf("%+v was sent", bad)
		}
	}
	if called {
		t.Error("somebody was called")
	}
	if got, err := New(nil, true).Do(t.Context(), Request{Method: "GET", URL: site.URL}); err != nil || got.Problem() != "" || !called {
		t.Errorf("on this machine, where that is allowed: %v", err)
	}
	called = false
	allowed := New([]netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, false)
	if _, err := allowed.Do(t.Context(), Request{Method: "GET", URL: site.URL}); err == nil || called {
		t.Errorf("an internal network without TLS: %v", err)
	}
	if _, err := allowed.Do(t.Context(), Request{Method: "GET", URL: on("127.0.0.1")}); err == nil || !strings.Contains(err.Error(), "TLS") {
		t.Errorf("an internal network that is allowed should be asked for its certificate: %v", err)
	}
}

func TestPublic(t *testing.T) {
	for text, want := range map[string]bool{
		"93.184.216.34": true, "2606:2800:220:1::1": true, "2002:5db8:d822::1": true, "64:ff9b::5db8:d822": true, "::ffff:93.184.216.34": true,
		"127.0.0.1": false, "127.9.9.9": false, "0.0.0.0": false, "0.1.2.3": false, "10.0.0.1": false, "172.16.0.1": false, "172.32.0.1": true,
		"192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false, "100.127.255.255": false, "100.128.0.1": true, "192.0.0.8": false,
		"192.0.2.1": false, "198.18.0.1": false, "198.51.100.1": false, "203.0.113.1": false, "224.0.0.1": false, "240.0.0.1": false, "255.255.255.255": false,
		"::": false, "::1": false, "::ffff:10.0.0.1": false, "::ffff:0:10.0.0.1": false, "::10.0.0.1": false, "fe80::1": false, "fe80::1%eth0": false, "fc00::1": false,
		"fd00:ec2::254": false, "ff02::1": false, "fec0::1": false, "2001:db8::1": false, "2001:0:1234::1": false, "3fff::1": false, "100::1": false,
		"2002:a00:1::1": false, "2002:7f00:1::": false, "64:ff9b::a00:1": false, "64:ff9b::a9fe:a9fe": false, "64:ff9b:1::1": false, "192.88.99.1": false,
	} {
		if got := Public(netip.MustParseAddr(text)); got != want {
			t.Errorf("Public(%s) = %v", text, got)
		}
	}
	if Public(netip.Addr{}) {
		t.Error("no address is public")
	}
}
