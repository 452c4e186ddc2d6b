package live_test

import (
	"sync"
	"time"

	"rejoin"
)

// clock is a time that only the test moves.
type clock struct {
	mu     sync.Mutex
	now    rejoin.Millis
	timers []*timer
}

type timer struct {
	at rejoin.Millis
	f  func()
}

func newClock() *clock { return &clock{now: 1_700_000_000_000} }

func (c *clock) Now() rejoin.Millis {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) AfterFunc(d time.Duration, f func()) func() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.timers = append(c.timers, &timer{c.now.Add(d), f})
	return func() bool { panic("nobody stops a timer here") }
}

// Advance moves the time in steps of a second and runs what is due, in this goroutine.
func (c *clock) Advance(d time.Duration) {
	for ; d > 0; d -= time.Second {
		c.mu.Lock()
		c.now = c.now.Add(min(d, time.Second))
		var due []*timer
		rest := c.timers[:0]
		for _, t := range c.timers {
			if t.at <= c.now {
				due = append(due, t)
			} else {
				rest = append(rest, t)
			}
		}
		c.timers = rest
		c.mu.Unlock()
		for _, t := range due {
			t.f()
		}
	}
}
