package rejoin

import "time"

// Millis is a moment as Unix milliseconds, UTC. Zero means "never" or "not yet".
type Millis int64

// MillisOf converts t, dropping what is finer than a millisecond.
func MillisOf(t time.Time) Millis { return Millis(t.UnixMilli()) }

// Time converts m to a time.Time in UTC.
func (m Millis) Time() time.Time { return time.UnixMilli(int64(m)).UTC() }

// Add returns the moment d after m.
func (m Millis) Add(d time.Duration) Millis { return m + Millis(d.Milliseconds()) }

// Sub returns how long before m the moment o was.
func (m Millis) Sub(o Millis) time.Duration { return time.Duration(m-o) * time.Millisecond }

// Clock tells the time and wakes sleepers. All code that decides by time takes one, so that tests own the time.
type Clock interface {
	Now() Millis
	// AfterFunc calls f in its own goroutine once d has passed. The returned function stops the timer and reports
	// whether it did so before f was called.
	AfterFunc(d time.Duration, f func()) (stop func() bool)
}

// SystemClock is the machine's clock.
type SystemClock struct{}

func (SystemClock) Now() Millis { return MillisOf(time.Now()) }

func (SystemClock) AfterFunc(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop }
