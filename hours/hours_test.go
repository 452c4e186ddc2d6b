package hours_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"rejoin"
	"rejoin/hours"
)

// at reads a moment on the clocks of a zone with its distance from UTC, which tells an hour that comes twice apart: 2026-03-29 01:59 +0100.
func at(t *testing.T, zone, moment string) time.Time {
	t.Helper()
	location, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	m, err := time.Parse("2006-01-02 15:04 -0700", moment)
	if err != nil {
		t.Fatal(err)
	}
	return m.In(location)
}

func hour(from, to float64) rejoin.Span { return rejoin.Span{From: int(from * 60), To: int(to * 60)} }

func every(zone string, spans ...rejoin.Span) rejoin.BusinessHours {
	h := rejoin.BusinessHours{On: true, Zone: zone, Outside: rejoin.OutsideAnnounce}
	for day := range h.Week {
		h.Week[day] = spans
	}
	return h
}

func TestChangesOfTheClock(t *testing.T) {
	workdays := rejoin.DefaultHours()
	workdays.On = true
	in := func(zone string) rejoin.BusinessHours { h := workdays; h.Zone = zone; return h }
	for _, tc := range []struct {
		name  string
		hours rejoin.BusinessHours
		from  string
		open  bool
		next  []string // the changes that follow, in turn
	}{
		{"a Friday", in("Europe/Berlin"), "2026-11-20 16:59 +0100", true, []string{"2026-11-20 17:00 +0100", "2026-11-23 09:00 +0100"}},
		{"spring, over the weekend", in("Europe/Berlin"), "2026-03-27 17:00 +0100", false, []string{"2026-03-30 09:00 +0200"}},
		{"spring, begins in the gap", every("Europe/Berlin", hour(2.5, 5)), "2026-03-28 23:00 +0100", false, []string{"2026-03-29 03:00 +0200", "2026-03-29 05:00 +0200"}},
		{"spring, ends in the gap", every("Europe/Berlin", hour(1, 2.5)), "2026-03-28 23:00 +0100", false, []string{"2026-03-29 01:00 +0100", "2026-03-29 03:00 +0200"}},
		{"spring, all in the gap", every("Europe/Berlin", hour(2.25, 2.75)), "2026-03-28 23:00 +0100", false, []string{"2026-03-30 02:15 +0200"}},
		{"autumn, the doubled hour", every("Europe/Berlin", hour(2, 3)), "2026-10-25 00:00 +0200", false, []string{"2026-10-25 02:00 +0200", "2026-10-25 03:00 +0100"}},
		{"autumn, half of the doubled hour", every("Europe/Berlin", hour(2.5, 3)), "2026-10-25 00:00 +0200", false,
			[]string{"2026-10-25 02:30 +0200", "2026-10-25 02:00 +0100", "2026-10-25 02:30 +0100", "2026-10-25 03:00 +0100"}},
		{"spring in New York", every("America/New_York", hour(1.5, 2.5)), "2026-03-08 00:00 -0500", false, []string{"2026-03-08 01:30 -0500", "2026-03-08 03:00 -0400"}},
		{"autumn in New York", every("America/New_York", hour(0, 1.5)), "2026-11-01 00:00 -0400", true,
			[]string{"2026-11-01 01:30 -0400", "2026-11-01 01:00 -0500", "2026-11-01 01:30 -0500"}},
		{"half an hour, spring", every("Australia/Lord_Howe", hour(2, 3)), "2026-10-04 01:00 +1030", false, []string{"2026-10-04 02:30 +1100", "2026-10-04 03:00 +1100"}},
		{"half an hour, autumn", every("Australia/Lord_Howe", hour(1.75, 3)), "2026-04-05 01:00 +1100", false,
			[]string{"2026-04-05 01:45 +1100", "2026-04-05 01:30 +1030", "2026-04-05 01:45 +1030", "2026-04-05 03:00 +1030"}},
		{"quarters of an hour", in("Asia/Kathmandu"), "2026-11-23 08:59 +0545", false, []string{"2026-11-23 09:00 +0545", "2026-11-23 17:00 +0545"}},
		{"a day that never was", every("Pacific/Apia", hour(9, 17)), "2011-12-29 16:00 -1000", true, []string{"2011-12-29 17:00 -1000", "2011-12-31 09:00 +1400"}},
		{"no midnight", every("America/Santiago", hour(0, 1.5), hour(20, 24)), "2026-09-05 19:00 -0400", false, []string{"2026-09-05 20:00 -0400", "2026-09-06 01:30 -0300"}},
		{"no midnight, opens at it", every("Asia/Beirut", hour(0, 8)), "2026-03-28 12:00 +0200", false, []string{"2026-03-29 01:00 +0300", "2026-03-29 08:00 +0300"}},
		{"the last hour twice", every("Asia/Beirut", hour(23, 24)), "2026-10-24 22:00 +0300", false, []string{"2026-10-24 23:00 +0300", "2026-10-25 00:00 +0200"}},
		{"always", every("UTC", hour(0, 24)), "2026-11-23 12:00 +0000", true, nil},
		{"never", every("UTC"), "2026-11-23 12:00 +0000", false, nil},
		{"switched off", rejoin.DefaultHours(), "2026-11-22 12:00 +0000", true, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			now := at(t, tc.hours.Zone, tc.from)
			if got := hours.Open(tc.hours, now); got != tc.open {
				t.Errorf("open at %s: %t", tc.from, got)
			}
			for _, want := range tc.next {
				next, ok := hours.Next(tc.hours, now)
				if !ok || !next.Equal(at(t, tc.hours.Zone, want)) {
					t.Fatalf("after %v the next change is %v (%t), want %s", now, next, ok, want)
				}
				now = next
			}
			if tc.next == nil {
				if next, ok := hours.Next(tc.hours, now); ok {
					t.Errorf("it changes at %v", next)
				}
			}
		})
	}
}

func TestHolidays(t *testing.T) {
	h := rejoin.DefaultHours()
	h.On, h.Zone = true, "Europe/Berlin"
	h.Holidays = []rejoin.Holiday{
		{Date: "2026-12-24", Name: "Christmas Eve", Hours: []rejoin.Span{hour(9, 12)}}, // a Thursday
		{Date: "2026-12-25", Name: "Christmas Day"},
		{Date: "2026-12-26", Hours: []rejoin.Span{hour(10, 11)}}, // a Saturday, otherwise closed
	}
	now := at(t, h.Zone, "2026-12-24 08:00 +0100")
	for _, want := range []string{"2026-12-24 09:00 +0100", "2026-12-24 12:00 +0100", "2026-12-26 10:00 +0100", "2026-12-26 11:00 +0100", "2026-12-28 09:00 +0100"} {
		next, ok := hours.Next(h, now)
		if !ok || !next.Equal(at(t, h.Zone, want)) {
			t.Fatalf("after %v the next change is %v (%t), want %s", now, next, ok, want)
		}
		now = next
	}
	// The date is the zone's: in Berlin it is Christmas Day when UTC still has the day before.
	if hours.Open(every("Europe/Berlin", hour(0, 24)), at(t, "UTC", "2026-12-24 23:30 +0000")) != true {
		t.Error("closed at all hours")
	}
	day := every("Europe/Berlin", hour(0, 24))
	day.Holidays = []rejoin.Holiday{{Date: "2026-12-25"}}
	if hours.Open(day, at(t, "UTC", "2026-12-24 23:30 +0000")) {
		t.Error("open on Christmas Day in Berlin")
	}
	if next, ok := hours.NextOpen(day, at(t, "UTC", "2026-12-24 23:30 +0000")); !ok || !next.Equal(at(t, "UTC", "2026-12-25 23:00 +0000")) {
		t.Errorf("open again at %v", next)
	}
	if next, ok := hours.NextOpen(day, at(t, "UTC", "2026-12-26 12:00 +0000")); !ok || !next.Equal(at(t, "UTC", "2026-12-26 12:00 +0000")) {
		t.Errorf("open now, and at %v", next)
	}
}

// Hours that open only in a year are looked for that far, and no further.
func TestHorizon(t *testing.T) {
	h := every("UTC")
	h.Holidays = []rejoin.Holiday{{Date: "2027-11-23", Hours: []rejoin.Span{hour(9, 10)}}, {Date: "2028-11-30", Hours: []rejoin.Span{hour(9, 10)}}}
	if next, ok := hours.NextOpen(h, at(t, "UTC", "2026-11-23 12:00 +0000")); !ok || !next.Equal(at(t, "UTC", "2027-11-23 09:00 +0000")) {
		t.Errorf("open at %v (%t)", next, ok)
	}
	if next, ok := hours.NextOpen(h, at(t, "UTC", "2027-11-23 12:00 +0000")); ok {
		t.Errorf("open at %v", next)
	}
}

func TestZones(t *testing.T) {
	zones := hours.Zones()
	if len(zones) < 400 {
		t.Errorf("%d zones", len(zones))
	}
	for n, zone := range zones {
		if _, err := (rejoin.BusinessHours{Zone: zone}).Location(); err != nil || n > 0 && zone <= zones[n-1] {
			t.Errorf("%q: %v, or not in order", zone, err)
		}
	}
}

// plain is a slow reading of the hours: every minute is looked at by itself.
func plain(h rejoin.BusinessHours, t time.Time) bool {
	if !h.On {
		return true
	}
	zone, err := time.LoadLocation(h.Zone)
	if err != nil {
		return false
	}
	local := t.In(zone)
	spans := h.Week[int(local.Weekday())]
	for _, d := range h.Holidays {
		if d.Date == local.Format("2006-01-02") {
			spans = d.Hours
		}
	}
	minute := 60*local.Hour() + local.Minute()
	for _, s := range spans {
		if minute >= s.From && minute < s.To {
			return true
		}
	}
	return false
}

// FuzzHours compares the hours with the plain reading of them, for some days around a moment.
func FuzzHours(f *testing.F) {
	changes := []struct {
		zone  string
		years int
		day   int64
	}{{"Europe/Berlin", 10, 1774742400}, {"America/New_York", 10, 1772928000}, {"Australia/Lord_Howe", 5, 1775260800}, {"Asia/Beirut", 5, 1774656000},
		{"America/Santiago", 5, 1788566400}, {"Pacific/Apia", 1, 1325116800}, {"Asia/Kathmandu", 1, 1774742400}, {"America/Havana", 3, 1793404800}, {"Africa/Casablanca", 3, 1773878400}}
	for n, c := range changes {
		for seed := range uint64(2) {
			f.Add(seed+uint64(100*n), c.zone, c.day)
		}
	}
	f.Fuzz(func(t *testing.T, seed uint64, zone string, unix int64) {
		r := rand.New(rand.NewPCG(seed, 1))
		h := random(r, zone, time.Unix(unix, 0))
		if h.Check() != nil || unix < 0 || unix > 4e9 {
			t.Skip()
		}
		now := time.Unix(unix, int64(r.IntN(1e9)))
		if hours.Open(h, now) != plain(h, now) {
			t.Fatalf("open at %v: %t", now, !plain(h, now))
		}
		want, found := now, false
		for minute := now.Truncate(time.Minute).Add(time.Minute); minute.Before(now.Add(72 * time.Hour)); minute = minute.Add(time.Minute) {
			if plain(h, minute) != plain(h, now) {
				want, found = minute, true
				break
			}
		}
		next, ok := hours.Next(h, now)
		if found && (!ok || !next.Equal(want)) || !found && ok && next.Before(now.Add(71*time.Hour)) {
			t.Errorf("after %v in %s the next change is %v (%t), want %v (%t); %+v", now, zone, next, ok, want, found, h)
		}
	})
}

// random makes hours of few or many parts, with holidays around a day.
func random(r *rand.Rand, zone string, day time.Time) rejoin.BusinessHours {
	spans := func() (list []rejoin.Span) {
		for end := -1; len(list) < rejoin.MaxSpans && r.IntN(4) > 0; {
			from := end + 1 + r.IntN(400)
			to := from + 1 + r.IntN(500)
			if r.IntN(8) == 0 {
				from, to = end+1, 1440
			}
			if to > 1440 {
				break
			}
			list, end = append(list, rejoin.Span{From: from, To: to}), to
		}
		return list
	}
	h := rejoin.BusinessHours{On: true, Zone: zone, Outside: rejoin.OutsideQuiet}
	for n := range h.Week {
		h.Week[n] = spans()
	}
	for n := range 3 {
		if r.IntN(2) == 0 {
			h.Holidays = append(h.Holidays, rejoin.Holiday{Date: day.AddDate(0, 0, n).UTC().Format(time.DateOnly), Hours: spans()})
		}
	}
	return h
}
