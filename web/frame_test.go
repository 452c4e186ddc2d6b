package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/web"
)

// logged is a log that the test can read. Safe for concurrent use.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func newLog() (*logged, *slog.Logger) {
	l := &logged{}
	return l, slog.New(slog.NewTextHandler(l, nil))
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// serve starts a real server and returns its URL.
func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv.URL
}

type answer struct {
	Status int
	Header http.Header
	Body   string
}

// do sends a request; header is a list of names and values. Nothing is unpacked.
func do(t *testing.T, method, url, body string, header ...string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(data)}
}

func want(t *testing.T, got answer, status int, body string) {
	t.Helper()
	if diff := cmp.Diff(fmt.Sprint(status, " ", body), fmt.Sprint(got.Status, " ", got.Body)); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
}

func TestHandleAnswersErrors(t *testing.T) {
	internal := `{"error":"Something went wrong on our side. Please try again.","code":"internal"}`
	cases := map[string]struct {
		err    error
		status int
		body   string
	}{
		"invalid":  {rejoin.InvalidField("email", "Bad."), 400, `{"error":"Bad.","code":"invalid","field":"email"}`},
		"session":  {rejoin.Errorf(rejoin.Unauthenticated, "Sign in."), 401, `{"error":"Sign in.","code":"unauthenticated"}`},
		"may not":  {rejoin.Errorf(rejoin.Forbidden, "No."), 403, `{"error":"No.","code":"forbidden"}`},
		"nowhere":  {fmt.Errorf("wrapped: %w", rejoin.Errorf(rejoin.NotFound, "None.")), 404, `{"error":"None.","code":"not_found"}`},
		"conflict": {rejoin.Errorf(rejoin.Conflict, "Twice."), 409, `{"error":"Twice.","code":"conflict"}`},
		"limited":  {rejoin.Errorf(rejoin.Limited, "Slow."), 429, `{"error":"Slow.","code":"limited"}`},
		"secret":   {errors.New("password is hunter2"), 500, internal},
		"unknown":  {rejoin.Errorf("new", "?"), 500, internal},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			out, log := newLog()
			url := serve(t, web.AccessLog(quiet(), web.NewFrame(log).Handle(func(http.ResponseWriter, *http.Request) error { return tc.err })))
			got := do(t, "GET", url, "")
			want(t, got, tc.status, tc.body)
			if c := got.Header.Get("Cache-Control"); c != "no-store" {
				t.Errorf("Cache-Control = %q", c)
			}
			lines := strings.Count(out.String(), "\n")
			if wanted := tc.status / 500; lines != wanted {
				t.Errorf("%d lines are logged, want %d:\n%s", lines, wanted, out)
			}
			if lines > 0 && !strings.Contains(out.String(), got.Header.Get("X-Request-Id")) {
				t.Errorf("the line misses the request id:\n%s", out)
			}
			if after := got.Header.Get("Retry-After"); (after == "60") != (tc.status == 429) {
				t.Errorf("Retry-After = %q", after)
			}
		})
	}
}

func TestHandleContainsPanics(t *testing.T) {
	out, log := newLog()
	frame := web.NewFrame(log)
	mux := http.NewServeMux()
	mux.Handle("GET /now", frame.Handle(func(http.ResponseWriter, *http.Request) error { panic("boom") }))
	mux.Handle("GET /late", frame.Handle(func(w http.ResponseWriter, _ *http.Request) error {
		_, _ = io.WriteString(w, "begun")
		panic("boom")
	}))
	url := serve(t, mux)
	want(t, do(t, "GET", url+"/now", ""), 500, `{"error":"Something went wrong on our side. Please try again.","code":"internal"}`)
	want(t, do(t, "GET", url+"/late", ""), 200, "begun")
	if n := strings.Count(out.String(), "boom"); n != 2 {
		t.Errorf("%d panics are logged, want 2:\n%s", n, out)
	}
}

func TestHandleKeepsQuietWhenTheClientLeft(t *testing.T) {
	out, log := newLog()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := httptest.NewRequestWithContext(ctx, "GET", "/", nil)
	web.NewFrame(log).Handle(func(_ http.ResponseWriter, r *http.Request) error { return r.Context().Err() }).
		ServeHTTP(httptest.NewRecorder(), r)
	if out.String() != "" {
		t.Errorf("logged: %s", out)
	}
}

func TestAccessLogHidesPaths(t *testing.T) {
	out, log := newLog()
	mux := http.NewServeMux()
	mux.Handle("GET /return/{token}", web.NewFrame(quiet()).Handle(func(w http.ResponseWriter, r *http.Request) error {
		if web.RequestID(r.Context()) == "" {
			t.Error("the request has no id")
		}
		return web.WriteJSON(w, http.StatusAccepted, "hello")
	}))
	url := serve(t, web.AccessLog(log, mux))
	got := do(t, "GET", url+"/return/SECRET?also=SECRET", "", "X-Request-Id", "FORGED")
	do(t, "GET", url+"/SECRET", "")
	do(t, "SECRET", url+"/SECRET", "")
	s := out.String()
	if strings.Contains(s, "SECRET") || strings.Contains(s, "FORGED") {
		t.Errorf("the log has what it must not:\n%s", s)
	}
	for _, part := range []string{"id=" + got.Header.Get("X-Request-Id"), `route="GET /return/{token}"`, "status=202", "bytes=7", "status=404", "route=none", "method=other"} {
		if !strings.Contains(s, part) {
			t.Errorf("the log misses %s:\n%s", part, s)
		}
	}
}

func TestRetryAfterComesFromTheError(t *testing.T) {
	clk := &clock{now: 1_000_000}
	l := web.NewLimiter(90*time.Second, 1, clk)
	url := serve(t, web.NewFrame(quiet()).Handle(func(w http.ResponseWriter, _ *http.Request) error {
		if err := l.Allow("k"); err != nil {
			return fmt.Errorf("sign-in: %w", err)
		}
		return web.WriteJSON(w, 200, "ok")
	}))
	want(t, do(t, "GET", url, ""), 200, `"ok"`)
	clk.now += 1500
	got := do(t, "GET", url, "")
	want(t, got, 429, `{"error":"That was too often. Please wait a moment and try again.","code":"limited"}`)
	if s := got.Header.Get("Retry-After"); s != "89" {
		t.Errorf("Retry-After = %q, want 89", s)
	}
}
