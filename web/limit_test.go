package web_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"rejoin"
	"rejoin/web"
)

// clock is a time that only the test moves.
type clock struct{ now rejoin.Millis }

func (c *clock) Now() rejoin.Millis { return c.now }

func (c *clock) AfterFunc(time.Duration, func()) func() bool { panic("a limiter needs no timers") }

func TestLimiterTakesSeveral(t *testing.T) {
	clk := &clock{now: 1_000_000}
	l := web.NewLimiter(10*time.Second, 30, clk)
	for n, c := range []struct {
		take int
		wait time.Duration // zero: it is allowed
	}{{25, 0}, {25, 200 * time.Second}, {5, 0}, {1, 10 * time.Second}} {
		err := l.Take("a", c.take)
		var limited interface{ RetryAfter() time.Duration }
		if errors.As(err, &limited) != (c.wait > 0) || c.wait > 0 && limited.RetryAfter() != c.wait {
			t.Errorf("%d: taking %d: %v, want to wait %s", n, c.take, err, c.wait)
		}
	}
}

func TestLimiter(t *testing.T) {
	clk := &clock{now: 1_000_000}
	l := web.NewLimiter(10*time.Second, 3, clk)
	allowed := func(key string) bool {
		err := l.Allow(key)
		if err != nil && rejoin.CodeOf(err) != rejoin.Limited {
			t.Errorf("Allow = %v", err)
		}
		return err == nil
	}
	for i := range 5 {
		if got, want := allowed("a"), i < 3; got != want {
			t.Errorf("call %d: allowed %v, want %v", i, got, want)
		}
	}
	if !allowed("b") {
		t.Error("keys must not share an allowance")
	}
	clk.now += 9_999
	var wait interface{ RetryAfter() time.Duration }
	if err := l.Allow("a"); !errors.As(err, &wait) || wait.RetryAfter() > 10*time.Millisecond {
		t.Errorf("Allow just before its time = %v", err)
	}
	clk.now++
	if !allowed("a") || allowed("a") {
		t.Error("after ten seconds one more, and only one, is allowed")
	}
}

func TestLimiterForgetsIdleKeysAndHoldsAgainstMany(t *testing.T) {
	clk := &clock{now: 1_000_000}
	l := web.NewLimiter(time.Second, 1, clk)
	for i := range 100_000 {
		if err := l.Allow(fmt.Sprint(i)); err != nil {
			t.Fatalf("key %d: %v", i, err)
		}
	}
	if l.Allow("one more") == nil {
		t.Error("memory must be bounded")
	}
	clk.now += 1000
	if err := l.Allow("one more"); err != nil {
		t.Errorf("idle keys were not forgotten: %v", err)
	}
}

func TestClientIP(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	cases := map[string]struct {
		remote    string
		forwarded []string
		want      string
	}{
		"direct":                   {"1.2.3.4:5", nil, "1.2.3.4"},
		"a stranger's claim":       {"1.2.3.4:5", []string{"9.9.9.9"}, "1.2.3.4"},
		"behind a proxy":           {"10.0.0.1:5", []string{"9.9.9.9"}, "9.9.9.9"},
		"claims before the proxy":  {"10.0.0.1:5", []string{"6.6.6.6, 9.9.9.9"}, "9.9.9.9"},
		"two proxies, two headers": {"10.0.0.1:5", []string{"6.6.6.6, 9.9.9.9", "10.0.0.2"}, "9.9.9.9"},
		"only proxies":             {"10.0.0.1:5", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
		"junk behind a proxy":      {"10.0.0.1:5", []string{"9.9.9.9, <script>"}, "10.0.0.1"},
		"a proxy without it":       {"10.0.0.1:5", nil, "10.0.0.1"},
		"mapped":                   {"[::ffff:10.0.0.1]:5", []string{"::ffff:9.9.9.9"}, "9.9.9.9"},
		"IPv6 with zone":           {"[fe80::1%eth0]:5", nil, "fe80::1"},
		"IPv6 behind a proxy":      {"[fd00::1]:5", []string{"2001:db8::1"}, "2001:db8::1"},
		"no address":               {"pipe", []string{"9.9.9.9"}, "invalid IP"},
	}
	for name, tc := range cases {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr, r.Header = tc.remote, http.Header{"X-Forwarded-For": tc.forwarded}
		if got := web.ClientIP(r, trusted).String(); got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
}

func TestIPKey(t *testing.T) {
	for addr, want := range map[string]string{
		"1.2.3.4": "1.2.3.4", "::ffff:1.2.3.4": "1.2.3.4", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
	} {
		if got := web.IPKey(netip.MustParseAddr(addr)); got != want {
			t.Errorf("%s: %s, want %s", addr, got, want)
		}
	}
}
