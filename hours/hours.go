// Package hours tells when an app's people are there. It is pure: what it says follows from the hours and the moment alone.
//
// The minutes of a span are those of a clock on the wall in the zone. Hence an hour that the clocks skip in spring does not happen: a span that begins within
// it begins at its end, and one that lies within it whole is left out. An hour that comes twice in autumn counts both times. A date that a zone has skipped
// does not exist.
package hours

import (
	"time"

	"rejoin"
)

// Horizon is how far ahead changes are looked for: a year, and a holiday beyond.
const Horizon = 370 * 24 * time.Hour

// Open reports whether people are there at t. Hours that are switched off are always open.
func Open(h rejoin.BusinessHours, t time.Time) bool {
	return !h.On || newClock(h).open(t)
}

// Next returns the first moment after t at which it opens or closes, and false if there is none within [Horizon].
func Next(h rejoin.BusinessHours, t time.Time) (time.Time, bool) {
	if !h.On {
		return time.Time{}, false
	}
	c, end := newClock(h), t.Add(Horizon)
	for at, was := t, c.open(t); ; {
		if at = c.edge(at); at.After(end) {
			return time.Time{}, false
		}
		if c.open(at) != was {
			return at, true
		}
	}
}

// NextOpen returns the first moment from t on at which people are there, and false if there is none within [Horizon]. It is t if they are.
func NextOpen(h rejoin.BusinessHours, t time.Time) (time.Time, bool) {
	if Open(h, t) {
		return t, true
	}
	return Next(h, t)
}

// Zone is the zone of the hours; UTC where its name is not known.
func Zone(h rejoin.BusinessHours) *time.Location {
	zone, err := h.Location()
	if err != nil {
		return time.UTC
	}
	return zone
}

// clock reads the hours by a clock in their zone.
type clock struct {
	zone     *time.Location
	week     [7][]rejoin.Span
	holidays map[string][]rejoin.Span // by date
}

func newClock(h rejoin.BusinessHours) clock {
	c := clock{zone: Zone(h), week: h.Week, holidays: map[string][]rejoin.Span{}}
	for _, d := range h.Holidays {
		c.holidays[d.Date] = d.Hours
	}
	return c
}

// spans are those of the day that t is on.
func (c clock) spans(t time.Time) []rejoin.Span {
	if len(c.holidays) > 0 {
		if spans, ok := c.holidays[t.Format(time.DateOnly)]; ok {
			return spans
		}
	}
	return c.week[t.Weekday()]
}

func (c clock) open(t time.Time) bool {
	t = t.In(c.zone)
	minute := t.Hour()*60 + t.Minute()
	for _, s := range c.spans(t) {
		if s.From <= minute && minute < s.To {
			return true
		}
	}
	return false
}

// edge returns the first moment after t at which it could open or close: where a span begins or ends, where the day ends, or where the clocks change.
func (c clock) edge(t time.Time) time.Time {
	t = t.In(c.zone)
	hour, minute, second := t.Clock()
	now := hour*60 + minute
	next := 24 * 60
	for _, s := range c.spans(t) {
		for _, at := range [2]int{s.From, s.To} {
			if at > now {
				next = min(next, at)
			}
		}
	}
	at := t.Add(time.Duration(next-now)*time.Minute - time.Duration(second)*time.Second - time.Duration(t.Nanosecond()))
	if _, changes := t.ZoneBounds(); !changes.IsZero() && changes.Before(at) {
		return changes
	}
	return at
}
