package chatapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/identity"
	"rejoin/texts"
)

// What pages are told of the business hours, from Monday at nine to the night.
func TestHoursReachVisitors(t *testing.T) {
	d := sqlite(t)
	set := func(outside rejoin.Outside) {
		t.Helper()
		h := rejoin.DefaultHours()
		h.On, h.Outside = outside != "", rejoin.OutsideAnnounce
		if h.On {
			h.Outside = outside
		}
		if _, err := d.Core.Hours.Set(t.Context(), d.Maya, d.Made.App.ID, h); err != nil {
			t.Fatal(err)
		}
	}
	five := rejoin.MillisOf(time.Date(2026, time.March, 2, 17, 0, 0, 0, time.UTC))
	nine := five.Add(16 * time.Hour)
	open, closed := &chatapi.Hours{Open: true, ChangeAt: five}, &chatapi.Hours{BackAt: nine, ChangeAt: nine}
	check := func(when string, outside rejoin.Outside, want *chatapi.Hours, hidden bool) {
		t.Helper()
		set(outside)
		p := d.platform()
		if diff := cmp.Diff(want, p.Hours); diff != "" || p.Hide != hidden || (p.Closed != nil) != hidden {
			t.Errorf("%s, %q: hidden %t, closed %v, hours (-want +got):\n%s", when, outside, p.Hide, p.Closed, diff)
		}
		for _, path := range []string{"/frame/", "/c/"} {
			data := panelData(t, d.do(page(path+d.Made.Platform.ID)).body)
			hours, _ := data["hours"].(map[string]any)
			if (hours == nil) != (want == nil) || want != nil && (hours["open"] != want.Open || hours["change_at"] != float64(want.ChangeAt)) || (data["closed"] != nil) != hidden {
				t.Errorf("%s, %q, %s: the page says %v", when, outside, path, data)
			}
		}
	}
	check("by day", rejoin.OutsideAnnounce, open, false)
	check("by day", rejoin.OutsideQuiet, nil, false)
	check("by day", rejoin.OutsideHide, open, false)
	d.Advance(5*time.Hour + 59*time.Minute + 30*time.Second)
	d.Advance(2 * time.Hour) // half a minute before five
	if got := d.do(page("/chat/v1/platforms/" + d.Made.Platform.ID)).header.Get("Cache-Control"); got != "public, max-age=30" {
		t.Errorf("before the hours end the answer is kept: %s", got)
	}
	d.Advance(time.Minute)
	check("by night", "", nil, false)
	check("by night", rejoin.OutsideQuiet, nil, false)
	check("by night", rejoin.OutsideAnnounce, closed, false)
	begin := chatapi.NewIssue{PlatformID: d.Made.Platform.ID, ClientID: d.NewClientID(), Body: "Hello?"}
	if r := d.do(post("/issues", identity.NewToken(), begin)); r.status != 200 {
		t.Errorf("a conversation by night: %d %s", r.status, r.body)
	}
	check("by night", rejoin.OutsideHide, closed, true)
	d.failure(d.do(post("/issues", identity.NewToken(), begin)), 403, rejoin.Forbidden, "")
	r := page("/chat/v1/platforms/" + d.Made.Platform.ID + "?language=de")
	if p := d.do(r); p.status != 200 || !strings.Contains(p.body, texts.Of("de")["closed.title"]) {
		t.Errorf("in German: %s", p.body)
	}
}
