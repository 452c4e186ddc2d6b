package chatapi

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/mileusna/useragent"

	"rejoin"
)

// metaOf is what we keep of what a browser tells about itself. Everything is cut to its limit and nothing is refused: a strange page
// must not keep anybody from writing.
func metaOf(in MetaIn, agent string) rejoin.Meta {
	ua := useragent.Parse(cut(agent, 500))
	m := rejoin.Meta{
		Browser:  rejoin.NameVersion{Name: cut(ua.Name, 40), Version: cut(ua.Version, 40)},
		OS:       rejoin.NameVersion{Name: cut(ua.OS, 40), Version: cut(ua.OSVersion, 40)},
		Device:   "desktop",
		Language: language(in.Language),
		TimeZone: timeZone(in.TimeZone),
		Screen:   cut(in.Screen, 20),
		Page:     rejoin.MetaPage{URL: pageURL(in.URL), Title: cut(in.Title, 200), Referrer: pageURL(in.Referrer)},
		Country:  country(in.Country),
		App:      rejoin.MetaApp{ID: cut(in.App.ID, 100), Name: cut(in.App.Name, 60), Version: cut(in.App.Version, 40)},
		Hardware: hardware(in.Hardware),
		Custom:   custom(in.Custom),
	}
	if !strings.HasPrefix(agent, "Mozilla/") && in.App != (rejoin.MetaApp{}) {
		m.Browser = rejoin.NameVersion{} // an app without a browser: its library for HTTP tells nobody anything
	}
	if in.OS.Name != "" {
		m.OS = rejoin.NameVersion{Name: cut(in.OS.Name, 40), Version: cut(in.OS.Version, 40)}
	}
	switch {
	case in.Device == "desktop", in.Device == "phone", in.Device == "tablet":
		m.Device = in.Device
	case ua.Tablet:
		m.Device = "tablet"
	case ua.Mobile:
		m.Device = "phone"
	}
	return m
}

// country keeps two letters.
func country(code string) string {
	if len(code) != 2 || strings.Trim(strings.ToLower(code), "abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	return strings.ToUpper(code)
}

func hardware(in rejoin.MetaHardware) rejoin.MetaHardware {
	h := rejoin.MetaHardware{Model: cut(in.Model, 80), Battery: in.Battery, FreeSpace: max(in.FreeSpace, 0), Network: cut(in.Network, 20),
		Carrier: cut(in.Carrier, 60)}
	if h.Battery < 0 || h.Battery > 100 {
		h.Battery = 0
	}
	return h
}

// custom keeps what an app tells of its own, as far as it fits, the first ones by name.
func custom(in map[string]string) map[string]string {
	var out map[string]string
	for _, key := range slices.Sorted(maps.Keys(in)) {
		name, value := cut(key, 60), cut(in[key], 500)
		if name == "" || value == "" {
			continue
		}
		if out == nil {
			out = map[string]string{}
		}
		if len(out) < rejoin.MaxCustomMeta {
			out[name] = value
		}
	}
	return out
}

// cut returns at most n bytes of s on one line, in whole characters.
func cut(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == utf8.RuneError, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1 // what agents would not see, or would see turned around
		}
		return r
	}, s)
	s = strings.TrimSpace(s)
	if len(s) > n {
		for s = s[:n]; !utf8.ValidString(s); s = s[:len(s)-1] {
		}
	}
	return s
}

// language keeps what can be a BCP 47 tag.
func language(tag string) string {
	if len(tag) > 35 || strings.Trim(strings.ToLower(tag), "0123456789abcdefghijklmnopqrstuvwxyz-") != "" {
		return ""
	}
	return tag
}

// timeZone keeps the names that this machine knows.
func timeZone(name string) string {
	if name == "Local" || len(name) > 64 {
		return ""
	}
	if _, err := time.LoadLocation(name); err != nil {
		return ""
	}
	return name
}

// pageURL keeps an address of the web without its fragment, without a login, and without a return link's token, percent-encoded so that an
// e-mail can lead there. One that is too long loses its query, and one that cannot be kept is empty.
func pageURL(raw string) string {
	raw, _, _ = strings.Cut(raw, "#")
	page, query, _ := strings.Cut(raw, "?")
	kept := []string{}
	for part := range strings.SplitSeq(query, "&") {
		if name, _, _ := strings.Cut(part, "="); name != "rejoin" && part != "" {
			kept = append(kept, part)
		}
	}
	if len(kept) > 0 {
		if clean, ok := rejoin.CleanURL(page + "?" + strings.Join(kept, "&")); ok {
			return clean
		}
	}
	if clean, ok := rejoin.CleanURL(page); ok {
		return clean
	}
	return ""
}
