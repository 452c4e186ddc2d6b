package rejoin

import (
	"fmt"
	"math"
	"strings"
)

// Colors is the colours of single areas of the chat, as #rrggbb. An empty one follows the brand's color; that of SupportBubble is then white,
// or dark grey where the visitor's device is dark. Text on a colour is chosen so that it can be read.
type Colors struct {
	Header        string `json:"header"`
	Launcher      string `json:"launcher"`
	UserBubble    string `json:"user_bubble"`    // what the visitor wrote
	SupportBubble string `json:"support_bubble"` // what the company wrote
	Accent        string `json:"accent"`         // links, marks, and the ring around what has the focus
}

// CheckColors returns the first thing that is wrong with the colours of s.
func (s WebChatSettings) CheckColors() error {
	list := []struct{ field, value string }{{"color", s.Color}, {"colors.header", s.Colors.Header}, {"colors.launcher", s.Colors.Launcher},
		{"colors.user_bubble", s.Colors.UserBubble}, {"colors.support_bubble", s.Colors.SupportBubble}, {"colors.accent", s.Colors.Accent}}
	for n, c := range list {
		if _, ok := parseColor(c.value); !ok && (n == 0 || c.value != "") {
			return InvalidField(c.field, "Give the colour as # and six hexadecimal digits, for example #2f5bea.")
		}
	}
	return nil
}

// LauncherColor is the colour of the launcher.
func (s WebChatSettings) LauncherColor() string { return or(s.Colors.Launcher, s.Color) }

// LauncherText is the colour of the launcher's icon: white wherever it is seen (3 to 1, WCAG 2.2, 1.4.11), else black.
func (s WebChatSettings) LauncherText() string {
	if contrast("#ffffff", s.LauncherColor()) >= 3 {
		return "#ffffff"
	}
	return "#000000"
}

// HeaderColor is the colour of the chat's header.
func (s WebChatSettings) HeaderColor() string { return or(s.Colors.Header, s.Color) }

func or(own, brand string) string {
	if own != "" {
		return own
	}
	return brand
}

// Tint is a colour of the chat as it is shown.
type Tint struct {
	Area     string  `json:"area"` // brand, header, launcher, user_bubble, support_bubble or accent
	Dark     bool    `json:"dark"` // where the visitor's device is dark
	Fill     string  `json:"fill"` // of an accent: the ground that it must be read on
	Text     string  `json:"text"` // on the fill
	Contrast float64 `json:"contrast"`
	Changed  bool    `json:"changed"` // the colour was moved so that it can be seen
}

// grounds are the colours that the panel brings along.
type grounds struct{ page, surface, text string }

var (
	lightGrounds = grounds{page: "#f6f7f9", surface: "#ffffff", text: "#16181d"}
	darkGrounds  = grounds{page: "#15171c", surface: "#1f2229", text: "#eceef2"}
)

// Tints is what becomes of the colours, on a light device or a dark one. The colours of s have been checked.
func (s WebChatSettings) Tints(dark bool) []Tint {
	g, least := lightGrounds, lightGrounds.page
	if dark {
		g, least = darkGrounds, darkGrounds.surface
	}
	fill := func(area, color string) Tint {
		shown := readable(color, g.page, 1.35)
		text := textOn(shown)
		return Tint{Area: area, Dark: dark, Fill: shown, Text: text, Contrast: rounded(contrast(shown, text)), Changed: !strings.EqualFold(shown, color)}
	}
	wanted := or(s.Colors.Accent, s.Color)
	accent := readable(wanted, least, 4.5)
	launcher := Tint{Area: "launcher", Dark: dark, Fill: s.LauncherColor(), Text: s.LauncherText(), Contrast: rounded(contrast(s.LauncherText(), s.LauncherColor()))}
	tints := []Tint{fill("brand", s.Color), fill("header", s.HeaderColor()), launcher, fill("user_bubble", or(s.Colors.UserBubble, s.Color)),
		{Area: "support_bubble", Dark: dark, Fill: g.surface, Text: g.text, Contrast: rounded(contrast(g.surface, g.text))},
		{Area: "accent", Dark: dark, Fill: least, Text: accent, Contrast: rounded(contrast(accent, least)), Changed: !strings.EqualFold(accent, wanted)}}
	if c := s.Colors.SupportBubble; c != "" {
		text := textOn(c)
		tints[4] = Tint{Area: "support_bubble", Dark: dark, Fill: c, Text: text, Contrast: rounded(contrast(c, text))}
	}
	return tints
}

// Theme is the panel's colours as a style sheet, for light devices and dark ones.
func (s WebChatSettings) Theme() string {
	return ":root{" + s.variables(false) + "}@media(prefers-color-scheme:dark){:root{" + s.variables(true) + "}}"
}

// tintNames are the variables of the style sheet, by area.
var tintNames = map[string]string{"brand": "brand", "header": "header", "user_bubble": "mine", "support_bubble": "theirs"}

func (s WebChatSettings) variables(dark bool) string {
	var b strings.Builder
	link := ""
	for _, t := range s.Tints(dark) {
		if name := tintNames[t.Area]; name != "" {
			fmt.Fprintf(&b, "--%s:%s;--on-%s:%s;", name, t.Fill, name, t.Text)
		}
		switch {
		case t.Area == "support_bubble" && s.Colors.SupportBubble != "":
			link = t.Text
		case t.Area == "accent":
			fmt.Fprintf(&b, "--accent:%s;--link:%s", t.Text, or(link, t.Text))
		}
	}
	return b.String()
}

func rounded(ratio float64) float64 { return math.Round(ratio*10) / 10 }

// parseColor reads #rrggbb.
func parseColor(s string) (c [3]float64, ok bool) {
	if len(s) != 7 || s[0] != '#' || strings.Trim(strings.ToLower(s[1:]), "0123456789abcdef") != "" {
		return c, false
	}
	var r, g, b int
	_, err := fmt.Sscanf(s, "#%02x%02x%02x", &r, &g, &b)
	return [3]float64{float64(r), float64(g), float64(b)}, err == nil
}

// luminance is the relative luminance of WCAG 2.2, 0 to 1.
func luminance(c [3]float64) float64 {
	line := func(v float64) float64 {
		if v /= 255; v > 0.04045 {
			return math.Pow((v+0.055)/1.055, 2.4)
		}
		return v / 12.92
	}
	return 0.2126*line(c[0]) + 0.7152*line(c[1]) + 0.0722*line(c[2])
}

// contrast is the ratio of two colours, 1 to 21 (WCAG 2.2, 1.4.3).
func contrast(a, b string) float64 {
	x, _ := parseColor(a)
	y, _ := parseColor(b)
	bright, dim := luminance(x)+0.05, luminance(y)+0.05
	if bright < dim {
		bright, dim = dim, bright
	}
	return bright / dim
}

// textOn is white or black: white wherever it can be read (4.5 to 1), because brands' colours are made for it. Black can be read on all others.
func textOn(background string) string {
	if contrast("#ffffff", background) >= 4.5 {
		return "#ffffff"
	}
	return "#000000"
}

// readable moves a colour towards white or black until it has the contrast with the background.
func readable(color, background string, ratio float64) string {
	ground, _ := parseColor(background)
	target := 255.0
	if luminance(ground) > 0.2 {
		target = 0
	}
	from, _ := parseColor(color)
	out := color
	for step := 1.0; step <= 20 && contrast(out, background) < ratio; step++ {
		mix := func(n int) int { return int(math.Round(from[n] + (target-from[n])*step/20)) }
		out = fmt.Sprintf("#%02x%02x%02x", mix(0), mix(1), mix(2))
	}
	return out
}
