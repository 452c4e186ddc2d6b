package rejoin_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"rejoin"
)

func TestHoursCheck(t *testing.T) {
	type h = rejoin.BusinessHours
	spans := func(minutes ...int) (list []rejoin.Span) {
		for n := 0; n < len(minutes); n += 2 {
			list = append(list, rejoin.Span{From: minutes[n], To: minutes[n+1]})
		}
		return list
	}
	many := func(n int) (list []rejoin.Holiday) {
		for i := range n {
			list = append(list, rejoin.Holiday{Date: strconv.Itoa(2000+i) + "-01-01"})
		}
		return list
	}
	for name, tc := range map[string]struct {
		change func(*h)
		field  string // of the error; empty if it is fine
	}{
		"the default":          {func(*h) {}, ""},
		"all day and all year": {func(v *h) { v.Week = [7][]rejoin.Span{spans(0, 1440)} }, ""},
		"six parts":            {func(v *h) { v.Week[6] = spans(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1439, 1440) }, ""},
		"holidays":             {func(v *h) { v.Holidays = many(100); v.Holidays[0].Hours = spans(540, 720) }, ""},
		"no zone":              {func(v *h) { v.Zone = "" }, "zone"},
		"the machine's zone":   {func(v *h) { v.Zone = "Local" }, "zone"},
		"a file":               {func(v *h) { v.Zone = "../../etc/passwd" }, "zone"},
		"an unknown zone":      {func(v *h) { v.Zone = "Europe/Atlantis" }, "zone"},
		"another outside":      {func(v *h) { v.Outside = "shout" }, "outside"},
		"seven parts":          {func(v *h) { v.Week[0] = spans(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13) }, "week.0"},
		"ends before it began": {func(v *h) { v.Week[3] = spans(600, 540) }, "week.3"},
		"no length":            {func(v *h) { v.Week[3] = spans(600, 600) }, "week.3"},
		"before midnight":      {func(v *h) { v.Week[3] = spans(-1, 60) }, "week.3"},
		"after midnight":       {func(v *h) { v.Week[3] = spans(1380, 1441) }, "week.3"},
		"touching":             {func(v *h) { v.Week[3] = spans(540, 720, 720, 1020) }, "week.3"},
		"not in order":         {func(v *h) { v.Week[3] = spans(780, 1020, 540, 720) }, "week.3"},
		"too many holidays":    {func(v *h) { v.Holidays = many(101) }, "holidays"},
		"no date":              {func(v *h) { v.Holidays = []rejoin.Holiday{{Date: "2027-02-29"}} }, "holidays.0"},
		"another form of date": {func(v *h) { v.Holidays = []rejoin.Holiday{{Date: "2027-2-2"}} }, "holidays.0"},
		"the same date twice":  {func(v *h) { v.Holidays = []rejoin.Holiday{{Date: "2027-02-02"}, {Date: "2027-02-02"}} }, "holidays.1"},
		"dates not in order":   {func(v *h) { v.Holidays = []rejoin.Holiday{{Date: "2027-02-03"}, {Date: "2027-02-02"}} }, "holidays.1"},
		"a long name":          {func(v *h) { v.Holidays = many(1); v.Holidays[0].Name = strings.Repeat("é", 61) }, "holidays.0"},
		"no text":              {func(v *h) { v.Holidays = many(1); v.Holidays[0].Name = "a\x00b" }, "holidays.0"},
		"broken text":          {func(v *h) { v.Holidays = many(1); v.Holidays[0].Name = "a\xffb" }, "holidays.0"},
		"bad holiday hours":    {func(v *h) { v.Holidays = many(2); v.Holidays[1].Hours = spans(5, 5) }, "holidays.1"},
	} {
		t.Run(name, func(t *testing.T) {
			v := rejoin.DefaultHours()
			tc.change(&v)
			err := v.Check()
			var e *rejoin.Error
			if tc.field == "" && err != nil || tc.field != "" && (!errors.As(err, &e) || e.Field != tc.field || e.Code != rejoin.Invalid) {
				t.Errorf("%v; want an error of the field %q", err, tc.field)
			}
		})
	}
}
