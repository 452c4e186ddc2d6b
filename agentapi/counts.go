package agentapi

import (
	"time"

	"rejoin"
)

// countsEvery is how often a socket is told at most that counts have changed.
const countsEvery = 2 * time.Second

// countsNews is when a socket was told of changed counts, and is told again. The line's mu guards it.
type countsNews struct {
	told rejoin.Millis
	stop func() bool // ends the wait for the next time; nil if none is planned
}

// countsChanged tells the client to ask for the counts again: now, or once countsEvery has passed since the last time.
func (l *line) countsChanged() {
	if l.counts.stop != nil {
		return
	}
	now := l.api.Clock.Now()
	if wait := countsEvery - now.Sub(l.counts.told); wait > 0 {
		l.counts.stop = l.api.Clock.AfterFunc(wait, func() {
			l.mu.Lock()
			defer l.mu.Unlock()
			if l.counts.stop != nil {
				l.counts.stop = nil
				l.tellCounts()
			}
		})
		return
	}
	l.tellCounts()
}

func (l *line) tellCounts() {
	l.counts.told = l.api.Clock.Now()
	l.send(Frame{Type: "counts"})
}

// forgetCounts ends what waits, as the socket closes.
func (l *line) forgetCounts() {
	if l.counts.stop != nil {
		l.counts.stop()
		l.counts.stop = nil
	}
}
