package core

import (
	"fmt"
	"strings"
	"time"

	"rejoin"
)

// hoursChanges says what a change of business hours changes, a line each, for the audit log.
func hoursChanges(was, now rejoin.BusinessHours) (lines []string) {
	lines = changes("Business hours", onOff(was.On), onOff(now.On), "Time zone", was.Zone, now.Zone, "Outside of the hours", string(was.Outside), string(now.Outside))
	for n := range 7 {
		day := time.Weekday((n + 1) % 7) // from Monday
		lines = append(lines, changes(day.String(), spansInWords(was.Week[day]), spansInWords(now.Week[day]))...)
	}
	before, after := map[string]string{}, map[string]string{}
	for _, d := range now.Holidays {
		after[d.Date] = holidayInWords(d)
	}
	for _, d := range was.Holidays {
		before[d.Date] = holidayInWords(d)
		if after[d.Date] == "" {
			lines = append(lines, "Holiday removed: "+d.Date+" "+before[d.Date])
		}
	}
	for _, d := range now.Holidays {
		switch was, is := before[d.Date], after[d.Date]; {
		case was == "":
			lines = append(lines, "Holiday added: "+d.Date+" "+is)
		case was != is:
			lines = append(lines, "Holiday "+d.Date+": "+was+" → "+is)
		}
	}
	return lines
}

// spansInWords is the hours of a day: 09:00–12:00, 13:00–17:00.
func spansInWords(spans []rejoin.Span) string {
	if len(spans) == 0 {
		return "closed"
	}
	words := make([]string, len(spans))
	for n, s := range spans {
		words[n] = minutesInWords(s.From) + "–" + minutesInWords(s.To)
	}
	return strings.Join(words, ", ")
}

func minutesInWords(m int) string { return fmt.Sprintf("%02d:%02d", m/60, m%60) }

func holidayInWords(d rejoin.Holiday) string {
	return strings.TrimSpace(d.Name + " (" + spansInWords(d.Hours) + ")")
}
