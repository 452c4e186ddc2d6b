package web

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"rejoin"
)

// maxKeys bounds a limiter's memory, to about 10 MB.
const maxKeys = 100_000

// Limiter allows each key a burst, and then one more every so often. Safe for concurrent use.
type Limiter struct {
	every time.Duration
	burst int
	clock rejoin.Clock

	mu      sync.Mutex
	keys    map[string]*rate.Limiter
	swept   rejoin.Millis
	maxKeys int
}

// NewLimiter makes a limiter: burst at once, then one per every. Keys that have their whole burst again are forgotten.
func NewLimiter(every time.Duration, burst int, clock rejoin.Clock) *Limiter {
	return &Limiter{every: every, burst: burst, clock: clock, keys: map[string]*rate.Limiter{}, swept: clock.Now(), maxKeys: maxKeys}
}

// Allow takes one from key's allowance. The error is Limited and has a RetryAfter method, which [Frame.Handle] sends along.
func (l *Limiter) Allow(key string) error { return l.Take(key, 1) }

// Take takes n, at most the burst, from key's allowance, or none of them with an error like Allow's.
func (l *Limiter) Take(key string, n int) error {
	now := l.clock.Now().Time()
	bucket := l.bucket(key, now)
	if bucket == nil {
		return tooMany(l.every)
	}
	res := bucket.ReserveN(now, n)
	if wait := res.DelayFrom(now); wait > 0 {
		res.CancelAt(now)
		return tooMany(wait)
	}
	return nil
}

// bucket returns nil if there are too many keys: an attack from everywhere, and strangers wait.
func (l *Limiter) bucket(key string, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b := l.keys[key]; b != nil {
		return b
	}
	full := max(l.every*time.Duration(l.burst), time.Second)
	if rejoin.MillisOf(now).Sub(l.swept) >= full {
		l.swept = rejoin.MillisOf(now)
		for k, b := range l.keys {
			if b.TokensAt(now) >= float64(l.burst) {
				delete(l.keys, k)
			}
		}
	}
	if len(l.keys) >= l.maxKeys {
		return nil
	}
	b := rate.NewLimiter(rate.Every(l.every), l.burst)
	l.keys[key] = b
	return b
}

// limited is a Limited error that knows when to come back.
type limited struct {
	err  *rejoin.Error
	wait time.Duration
}

func (e limited) Error() string             { return e.err.Error() }
func (e limited) Unwrap() error             { return e.err }
func (e limited) RetryAfter() time.Duration { return e.wait }

func tooMany(wait time.Duration) error {
	return limited{rejoin.Errorf(rejoin.Limited, "That was too often. Please wait a moment and try again."), wait}
}

// ClientIP returns the address the request came from. X-Forwarded-For is believed as far as trusted proxies wrote it: the right-most
// address that is not one of them. The zero Addr means that the address is unknown.
func ClientIP(r *http.Request, trustedProxies []netip.Prefix) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	trusted := func(a netip.Addr) bool {
		return slices.ContainsFunc(trustedProxies, func(p netip.Prefix) bool { return p.Contains(a) })
	}
	addr := peer.Addr().Unmap().WithZone("")
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && trusted(addr); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		addr = hop.Unmap().WithZone("")
	}
	return addr
}

// IPKey is the limiter's key of an address: an IPv6 client owns at least a /64, so they count as one.
func IPKey(a netip.Addr) string {
	if a.Is6() && !a.Is4In6() {
		if p, err := a.WithZone("").Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.Unmap().String()
}
