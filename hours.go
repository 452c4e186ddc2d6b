package rejoin

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// BusinessHours is when an app's people are there. It is stored with the app's settings.
type BusinessHours struct {
	On       bool      `json:"on"`
	Zone     string    `json:"zone"`     // IANA name
	Week     [7][]Span `json:"week"`     // from Sunday; none is closed all day
	Holidays []Holiday `json:"holidays"` // by date; they take the place of the day's hours
	Outside  Outside   `json:"outside"`
}

// Span is a part of a day, in minutes after local midnight: from 0 to 1440, the end not included. The spans of a day are in order and do not touch.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Holiday is a day with hours of its own.
type Holiday struct {
	Date  string `json:"date"` // YYYY-MM-DD
	Name  string `json:"name"` // for agents; 0 to 60 characters
	Hours []Span `json:"hours,omitempty"`
}

// Outside is what visitors meet outside of the hours. Whoever comes by a return link always finds the conversation open, and so does whoever has one that is open.
type Outside string

const (
	OutsideAnnounce Outside = "announce" // the chat says when people are back, and takes the message
	OutsideQuiet    Outside = "quiet"    // as within the hours: automations may announce it
	OutsideHide     Outside = "hide"     // no launcher and no new conversations (reference §1.2)
)

// Limits of business hours.
const (
	MaxSpans       = 6 // of a day
	MaxHolidays    = 100
	MaxHolidayName = 60 // in characters
)

// Location is the zone of the hours.
func (h BusinessHours) Location() (*time.Location, error) {
	if h.Zone != "" && h.Zone != "Local" && len(h.Zone) <= 64 {
		if zone, err := time.LoadLocation(h.Zone); err == nil {
			return zone, nil
		}
	}
	return nil, InvalidField("zone", "Choose a time zone by its IANA name, for example Europe/Berlin.")
}

// Check returns the first thing that is wrong with h. Its field is zone, outside, holidays, or a part with its number: week.0 is Sunday, holidays.0 the first one.
func (h BusinessHours) Check() error {
	if _, err := h.Location(); err != nil {
		return err
	}
	for day, spans := range h.Week {
		if err := checkSpans("week."+strconv.Itoa(day), time.Weekday(day).String(), spans); err != nil {
			return err
		}
	}
	switch h.Outside {
	case OutsideAnnounce, OutsideQuiet, OutsideHide:
	default:
		return InvalidField("outside", "Outside of the hours is announce, quiet or hide.")
	}
	if n := len(h.Holidays); n > MaxHolidays {
		return InvalidField("holidays", "There are %d holidays; at most %d fit. Delete those that are over.", n, MaxHolidays)
	}
	before := ""
	for n, d := range h.Holidays {
		if err := d.check("holidays."+strconv.Itoa(n), before); err != nil {
			return err
		}
		before = d.Date
	}
	return nil
}

func (d Holiday) check(field, before string) error {
	if at, err := time.Parse(time.DateOnly, d.Date); err != nil || at.Year() < 2000 || at.Year() > 2999 {
		return InvalidField(field, "Give the holiday a date, such as 2027-12-25.")
	}
	switch {
	case d.Date == before:
		return InvalidField(field, "%s is in the list twice. Put its hours into one entry.", d.Date)
	case d.Date < before:
		return InvalidField(field, "The holidays are not in the order of their dates.")
	case len([]rune(d.Name)) > MaxHolidayName:
		return InvalidField(field, "The holiday's name is too long; at most %d characters fit.", MaxHolidayName)
	case strings.ContainsFunc(d.Name, unicode.IsControl) || strings.ContainsRune(d.Name, unicode.ReplacementChar):
		return InvalidField(field, "The holiday's name has characters that are not text. Please type it anew.")
	}
	return checkSpans(field, d.Date, d.Hours)
}

func checkSpans(field, day string, spans []Span) error {
	if len(spans) > MaxSpans {
		return InvalidField(field, "%s has %d parts; at most %d fit.", day, len(spans), MaxSpans)
	}
	end := -1
	for _, s := range spans {
		switch {
		case s.From < 0 || s.To > 24*60 || s.From >= s.To:
			return InvalidField(field, "On %s, the hours must end after they begin, and on the same day. For a night, end at 24:00 and begin the next day at 00:00.", day)
		case s.From <= end:
			return InvalidField(field, "On %s, the hours overlap or touch. Put them in order, with a break between them.", day)
		}
		end = s.To
	}
	return nil
}

// DefaultHours is what an app that has set none begins with: switched off.
func DefaultHours() BusinessHours {
	h := BusinessHours{Zone: "UTC", Holidays: []Holiday{}, Outside: OutsideAnnounce}
	for day := range h.Week {
		h.Week[day] = []Span{}
		if day > 0 && day < 6 {
			h.Week[day] = []Span{{From: 9 * 60, To: 17 * 60}}
		}
	}
	return h
}
