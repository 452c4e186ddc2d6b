// Package rejointest starts whole servers for tests: a real store, a real SMTP conversation into a captured mailbox, and a clock that only the
// test moves.
package rejointest

import (
	"sync"
	"time"

	"rejoin"
)

// Clock stands still until the test moves it. Safe for concurrent use.
type Clock struct {
	mu     sync.Mutex
	now    rejoin.Millis
	timers map[*timer]struct{}
}

type timer struct {
	at rejoin.Millis
	f  func()
}

// NewClock returns a clock that shows a Monday morning.
func NewClock() *Clock {
	start := time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)
	return &Clock{now: rejoin.MillisOf(start), timers: map[*timer]struct{}{}}
}

func (c *Clock) Now() rejoin.Millis {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *Clock) AfterFunc(d time.Duration, f func()) func() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := &timer{at: c.now.Add(d), f: f}
	if d <= 0 {
		go f()
		return func() bool { return false }
	}
	c.timers[t] = struct{}{}
	return func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		_, waiting := c.timers[t]
		delete(c.timers, t)
		return waiting
	}
}

// Set moves the clock to a moment, also backwards, and starts what is due then.
func (c *Clock) Set(now rejoin.Millis) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
	for t := range c.timers {
		if t.at <= now {
			delete(c.timers, t)
			go t.f()
		}
	}
}

// Advance moves the clock by d.
func (c *Clock) Advance(d time.Duration) { c.Set(c.Now().Add(d)) }
