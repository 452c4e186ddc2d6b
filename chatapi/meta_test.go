package chatapi

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"rejoin"
)

func TestMeta(t *testing.T) {
	in := MetaIn{Language: "de-AT", TimeZone: "Europe/Vienna", Screen: "1920×1080", URL: "https://me:pw@shop.example.com/a?x=1&rejoin=secret&y=2#rejoin=secret",
		Title: "Boots\n\u202eevil" + strings.Repeat("ü", 200), Referrer: "javascript:alert(1)"}
	got := metaOf(in, "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1")
	want := rejoin.Meta{Browser: rejoin.NameVersion{Name: "Safari", Version: "17.4"}, OS: rejoin.NameVersion{Name: "iOS", Version: "17.4"}, Device: "phone",
		Language: "de-AT", TimeZone: "Europe/Vienna", Screen: "1920×1080",
		Page: rejoin.MetaPage{URL: "https://shop.example.com/a?x=1&y=2", Title: "Boots evil" + strings.Repeat("ü", 95)}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	strange := metaOf(MetaIn{Language: "<b>", TimeZone: "../../etc/passwd", Screen: strings.Repeat("x", 99), URL: "file:///etc/passwd"}, "")
	want = rejoin.Meta{Device: "desktop", Screen: strings.Repeat("x", 20)}
	if diff := cmp.Diff(want, strange); diff != "" {
		t.Error(diff)
	}
	if timeZone("Local") != "" {
		t.Error("this machine's own zone is nobody's")
	}
}

func TestPageURL(t *testing.T) {
	long := strings.Repeat("x", rejoin.MaxURL)
	for in, want := range map[string]string{
		"https://shop.example/search?f={red}|blue&rejoin=x": "https://shop.example/search?f=%7Bred%7D%7Cblue", "https://shop.example/a?" + long: "https://shop.example/a",
		"https://shop.example/" + long: "", "https://shop.example?": "https://shop.example", "https://shop.example/?rejoin=x#?rejoin=y": "https://shop.example/",
	} {
		if got := pageURL(in); got != want {
			t.Errorf("%.60q: %.60q, want %q", in, got, want)
		}
	}
}

func TestMetaOfApps(t *testing.T) {
	in := MetaIn{Language: "de", TimeZone: "Europe/Berlin", Device: "tablet", Country: "de", OS: rejoin.NameVersion{Name: "iPadOS", Version: "19.1"},
		App:      rejoin.MetaApp{ID: "com.example.shop", Name: "Shop\u202e", Version: strings.Repeat("1", 50)},
		Hardware: rejoin.MetaHardware{Model: "iPad16,3", Battery: 101, FreeSpace: -1, Network: "wifi", Carrier: "Beispiel\nMobil"},
		Custom:   map[string]string{"plan": "gold", "": "nameless", "empty": ""}}
	for n := range 60 {
		in.Custom["z"+strings.Repeat("z", n)] = strings.Repeat("ü", 400)
	}
	got := metaOf(in, "Shop/7 CFNetwork/3 Darwin/25")
	if len(got.Custom) != rejoin.MaxCustomMeta || got.Custom["plan"] != "gold" || len(got.Custom["z"]) != 500 {
		t.Errorf("%d entries of the app's own: %v", len(got.Custom), got.Custom)
	}
	got.Custom = nil
	want := rejoin.Meta{Device: "tablet", Language: "de", TimeZone: "Europe/Berlin", Country: "DE", OS: in.OS,
		App:      rejoin.MetaApp{ID: "com.example.shop", Name: "Shop", Version: strings.Repeat("1", 40)},
		Hardware: rejoin.MetaHardware{Model: "iPad16,3", Network: "wifi", Carrier: "Beispiel Mobil"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for given, want := range map[string]string{"": "", "DEU": "", "d1": "", "at": "AT", "Us": "US", "ß": ""} {
		if got := country(given); got != want {
			t.Errorf("country %q: %q", given, got)
		}
	}
	if m := metaOf(MetaIn{App: in.App}, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"); m.OS.Name != "iOS" || m.Device != "phone" {
		t.Errorf("a web view: %+v", m)
	}
}

func FuzzMeta(f *testing.F) {
	f.Add("https://shop.example.com/?rejoin=x#y", "Title")
	f.Add("http://[::1]:80/%00?&&=", "\xff\x00\u2066")
	f.Fuzz(func(t *testing.T, page, text string) {
		m := metaOf(MetaIn{URL: page, Title: text, Referrer: page, Language: text, TimeZone: text, Screen: text}, text)
		for _, s := range []struct {
			text string
			max  int
		}{{m.Page.URL, 2000}, {m.Page.Title, 200}, {m.Page.Referrer, 2000}, {m.Language, 35}, {m.TimeZone, 64}, {m.Screen, 20},
			{m.Browser.Name, 40}, {m.Browser.Version, 40}, {m.OS.Name, 40}, {m.OS.Version, 40}} {
			if len(s.text) > s.max || !utf8.ValidString(s.text) || strings.ContainsAny(s.text, "\x00\n\u202e") {
				t.Errorf("%q of %d bytes at most", s.text, s.max)
			}
		}
		if strings.Contains(m.Page.URL, "#") || strings.Contains(m.Page.URL, "?rejoin=") || strings.Contains(m.Page.URL, "&rejoin=") {
			t.Errorf("%q keeps what it should not", m.Page.URL)
		}
	})
}
