package restapi

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"rejoin"
	"rejoin/web"
)

// authenticate returns the program that the request's key belongs to, and takes the request from its allowance.
func (a *API) authenticate(w http.ResponseWriter, r *http.Request) (rejoin.Agent, error) {
	key, perMinute, err := a.Core.Keys.ByToken(r.Context(), r.PathValue("domain"), keyIn(r.Header.Get("Authorization")))
	if err != nil {
		if rejoin.CodeOf(err) == rejoin.Unauthenticated {
			w.Header().Set("WWW-Authenticate", `Basic realm="REST API", charset="UTF-8"`)
			if limited := a.wrong.Allow(web.ClientIP(r, a.TrustedProxies).String()); limited != nil {
				err = limited
			}
		}
		return rejoin.Agent{}, err
	}
	if err := a.windows.take(w.Header(), key.ID, perMinute); err != nil {
		return rejoin.Agent{}, err
	}
	return key.Agent(), nil
}

// keyPrefix is what every key begins with.
const keyPrefix = "rk_"

// keyIn finds the key in an Authorization header. The documented spelling is HTTP Basic (RFC 7617) with the key as user name and no password; programs also
// write it without the colon, with two quotes or itself as the password, encoded twice or not at all, and as a bearer's token (reference §7.1).
func keyIn(header string) string {
	text := strings.TrimSpace(header)
	if scheme, rest, ok := strings.Cut(text, " "); ok && (strings.EqualFold(scheme, "Basic") || strings.EqualFold(scheme, "Bearer")) {
		text = strings.TrimSpace(rest)
	}
	for range 3 {
		text = strings.Trim(text, `"' `)
		if strings.HasPrefix(text, keyPrefix) {
			key, _, _ := strings.Cut(text, ":")
			return strings.TrimRight(key, `"' `)
		}
		if key, ok := strings.CutPrefix(text, ":"); ok && strings.HasPrefix(key, keyPrefix) { // as the password alone
			return key
		}
		text, _, _ = strings.Cut(text, ":") // encoded and given as a user name
		decoded, err := base64.RawStdEncoding.DecodeString(strings.NewReplacer("-", "+", "_", "/", "=", "").Replace(text))
		if err != nil {
			return ""
		}
		text = string(decoded)
	}
	return ""
}

// window is how much of its allowance a key has used in the current minute.
type window struct {
	ends rejoin.Millis
	used int
}

// windows counts the requests of each key by the minute, in this process.
type windows struct {
	clock rejoin.Clock

	mu   sync.Mutex
	keys map[string]window
}

func newWindows(clock rejoin.Clock) *windows {
	return &windows{clock: clock, keys: map[string]window{}}
}

// take takes a request from the key's allowance and says in the headers what is left of it, or that it is used up (reference §7.2).
func (ws *windows) take(h http.Header, key string, perMinute int) error {
	now := ws.clock.Now()
	ws.mu.Lock()
	win := ws.keys[key]
	if now >= win.ends || win.ends > now.Add(time.Minute) {
		win = window{ends: now - now%rejoin.Millis(time.Minute/time.Millisecond) + rejoin.Millis(time.Minute/time.Millisecond)}
	}
	win.used++
	ws.keys[key] = win
	ws.mu.Unlock()
	h.Set("X-Rate-Limit-Limit", strconv.Itoa(perMinute))
	h.Set("X-Rate-Limit-Remaining", strconv.Itoa(max(0, perMinute-win.used)))
	h.Set("X-Rate-Limit-Reset", strconv.FormatInt(int64(win.ends), 10))
	if win.used <= perMinute {
		return nil
	}
	return tooMany{win.ends.Time(), win.ends.Sub(now)}
}

// tooMany is the error of a key whose allowance is used up.
type tooMany struct {
	until time.Time
	wait  time.Duration
}

func (e tooMany) Error() string { return e.Unwrap().Error() }

func (e tooMany) Unwrap() error {
	return rejoin.Errorf(rejoin.Limited, "Too many requests: retry after %s UTC", e.until.UTC().Format("Mon, 02 Jan 2006 15:04:05"))
}

// RetryAfter is how long to wait.
func (e tooMany) RetryAfter() time.Duration { return e.wait }

func withPath(r *http.Request, path string, slashed bool) *http.Request {
	ctx := r.Context()
	if slashed {
		ctx = context.WithValue(ctx, slashedKey{}, true)
	}
	out := r.WithContext(ctx)
	u := *r.URL
	u.RawPath = path
	if plain, err := url.PathUnescape(path); err == nil {
		u.Path = plain
	}
	out.URL = &u
	return out
}

// link is an absolute address of this API.
func (c call) link(a *API, format string, args ...any) string {
	return a.PublicURL + "/v1/" + c.r.PathValue("domain") + fmt.Sprintf(format, args...)
}
