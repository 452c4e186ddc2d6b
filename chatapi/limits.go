package chatapi

import (
	"net/http"
	"time"

	"rejoin"
	"rejoin/identity"
	"rejoin/web"
)

// limits is how often strangers may do what. An office, and sometimes a whole country's mobile network, shares one address: limits per
// address are generous, limits per session are not.
type limits struct {
	// per address
	calls    *web.Limiter // everything
	start    *web.Limiter // new conversations
	redeem   *web.Limiter // return links
	sockets  *web.Limiter
	wishes   *web.Limiter
	upload   *web.Limiter
	megabyte *web.Limiter // of uploads
	identify *web.Limiter
	// per session
	send     *web.Limiter
	read     *web.Limiter // read reports and lists
	typing   *web.Limiter
	presence *web.Limiter
	poll     *web.Limiter
	hello    *web.Limiter // each notes presence and loads what is new
}

func newLimits(clock rejoin.Clock) limits {
	per := func(every time.Duration, burst int) *web.Limiter { return web.NewLimiter(every, burst, clock) }
	return limits{
		calls:    per(10*time.Millisecond, 1000),
		start:    per(20*time.Second, 10),
		redeem:   per(5*time.Second, 30),
		sockets:  per(100*time.Millisecond, 300),
		wishes:   per(2*time.Second, 30),
		upload:   per(3*time.Second, 60),
		megabyte: per(10*time.Second, 300),
		identify: per(100*time.Millisecond, 300),

		send:     per(500*time.Millisecond, 30),
		read:     per(200*time.Millisecond, 60),
		typing:   per(time.Second, 10),
		presence: per(time.Second, 30),
		poll:     per(time.Second, 20),
		hello:    per(time.Second, 10),
	}
}

func (a *API) ipKey(r *http.Request) string { return web.IPKey(web.ClientIP(r, a.TrustedProxies)) }

// allow takes one from the session's allowance.
func allow(l *web.Limiter, token string) error { return l.Allow(identity.Hash(token)) }
