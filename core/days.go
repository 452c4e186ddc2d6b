package core

import (
	"time"

	"rejoin"
)

// checkZone loads the zone with an IANA name; an empty one is UTC.
func checkZone(name string) (*time.Location, error) {
	if len(name) <= 64 && name != "Local" {
		if zone, err := time.LoadLocation(name); err == nil {
			return zone, nil
		}
	}
	return nil, rejoin.InvalidField("zone", "Give the time zone by its IANA name, for example Europe/Berlin.")
}

// startOfDay is when the day of a moment began in the zone, or the day so many days later.
func startOfDay(at rejoin.Millis, zone *time.Location, later int) rejoin.Millis {
	y, m, d := at.Time().In(zone).Date()
	return rejoin.MillisOf(time.Date(y, m, d+later, 0, 0, 0, 0, zone))
}

// days are the days of a period in a zone. They may have 23 or 25 hours.
type days struct {
	names []string // 2026-11-23
	index map[string]int
	zone  *time.Location
}

// newDays are the days that the moments from one to before another lie in.
func newDays(from, to rejoin.Millis, zone *time.Location) days {
	d := days{index: map[string]int{}, zone: zone}
	y, m, day := from.Time().In(zone).Date()
	end := to.Time()
	for at := time.Date(y, m, day, 12, 0, 0, 0, time.UTC); len(d.names) == 0 || startOf(at, zone).Before(end); at = at.AddDate(0, 0, 1) {
		name := at.Format(time.DateOnly)
		d.index[name] = len(d.names)
		d.names = append(d.names, name)
	}
	return d
}

func startOf(day time.Time, zone *time.Location) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
}

// of is which day a moment lies in. One outside of the period counts to its last day.
func (d days) of(at rejoin.Millis) int {
	if n, ok := d.index[at.Time().In(d.zone).Format(time.DateOnly)]; ok {
		return n
	}
	return len(d.names) - 1
}
