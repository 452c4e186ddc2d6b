package core

import (
	"encoding/json"
	"maps"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"rejoin"
)

const (
	metaParam    = "meta"
	maxMetaKey   = 60  // characters
	maxMetaValue = 500 // characters; what is longer is cut
)

// metaPlace is where a name that programs know stands in our [rejoin.Meta].
type metaPlace func(*rejoin.Meta) *string

// metaPlaces are our own names (reference §9, decision 10) and those of the reference's apps (§5), as paths. All else is an entry of the program's own.
var metaPlaces = map[string]metaPlace{
	"browser.name":                       func(m *rejoin.Meta) *string { return &m.Browser.Name },
	"browser.version":                    func(m *rejoin.Meta) *string { return &m.Browser.Version },
	"os.name":                            func(m *rejoin.Meta) *string { return &m.OS.Name },
	"os.version":                         func(m *rejoin.Meta) *string { return &m.OS.Version },
	"device":                             func(m *rejoin.Meta) *string { return &m.Device },
	"language":                           func(m *rejoin.Meta) *string { return &m.Language },
	"timezone":                           func(m *rejoin.Meta) *string { return &m.TimeZone },
	"screen":                             func(m *rejoin.Meta) *string { return &m.Screen },
	"page.url":                           func(m *rejoin.Meta) *string { return &m.Page.URL },
	"page.title":                         func(m *rejoin.Meta) *string { return &m.Page.Title },
	"page.referrer":                      func(m *rejoin.Meta) *string { return &m.Page.Referrer },
	"location.country":                   func(m *rejoin.Meta) *string { return &m.Country },
	"application.application-identifier": func(m *rejoin.Meta) *string { return &m.App.ID },
	"application.application-name":       func(m *rejoin.Meta) *string { return &m.App.Name },
	"application.application-version":    func(m *rejoin.Meta) *string { return &m.App.Version },
	"hardware.device-model":              func(m *rejoin.Meta) *string { return &m.Hardware.Model },
	"other.os-version":                   func(m *rejoin.Meta) *string { return &m.OS.Version },
	"other.language":                     func(m *rejoin.Meta) *string { return &m.Language },
	"other.country-code":                 func(m *rejoin.Meta) *string { return &m.Country },
	"other.network-type":                 func(m *rejoin.Meta) *string { return &m.Hardware.Network },
	"other.carrier-name":                 func(m *rejoin.Meta) *string { return &m.Hardware.Carrier },
}

// withMeta returns m with what a program gives, as decoded from a JSON object with [json.Number]: it replaces entries of the same name, and null or an empty
// text takes them away. Groups become paths: {"shop":{"id":7}} is the entry shop.id.
func withMeta(m rejoin.Meta, given map[string]any) (rejoin.Meta, error) {
	m.Custom = maps.Clone(m.Custom)
	flat := map[string]string{}
	if err := flatMeta(flat, "", given); err != nil {
		return m, err
	}
	for _, path := range sortedKeys(flat) {
		if err := putMeta(&m, path, flat[path]); err != nil {
			return m, err
		}
	}
	if len(m.Custom) > rejoin.MaxCustomMeta {
		return m, rejoin.InvalidField(metaParam, "A conversation keeps at most %d entries of meta besides those we know.", rejoin.MaxCustomMeta)
	}
	if len(m.Custom) == 0 {
		m.Custom = nil
	}
	return m, nil
}

func flatMeta(out map[string]string, prefix string, given map[string]any) error {
	for key, v := range given {
		path := prefix + strings.TrimSpace(key)
		if n := utf8.RuneCountInString(path); n > maxMetaKey || strings.HasSuffix(path, ".") || path == "" || !storable(path) {
			return rejoin.InvalidField(metaParam, "A name in meta has 1 to %d characters, those of its group included.", maxMetaKey)
		}
		switch v := v.(type) {
		case nil:
			out[path] = ""
		case string:
			out[path] = v
		case bool:
			out[path] = strconv.FormatBool(v)
		case json.Number:
			out[path] = v.String()
		case map[string]any:
			if err := flatMeta(out, path+".", v); err != nil {
				return err
			}
		default:
			return rejoin.InvalidField(metaParam, "meta is a JSON object of texts, numbers and groups of such; %q is a list.", rejoin.Preview(path, maxMetaKey))
		}
	}
	return nil
}

// putMeta writes one entry. What is no number where there must be one is as good as missing: apps write what they like.
func putMeta(m *rejoin.Meta, path, value string) error {
	value = line(value, maxMetaValue)
	switch path {
	case "hardware.battery-level":
		n, err := strconv.Atoi(strings.TrimSuffix(value, "%"))
		m.Hardware.Battery = 0
		if err == nil && n > 0 && n <= 100 {
			m.Hardware.Battery = n
		}
		return nil
	case "hardware.free-space-phone":
		n, err := strconv.ParseInt(value, 10, 64)
		m.Hardware.FreeSpace = 0
		if err == nil && n > 0 {
			m.Hardware.FreeSpace = n
		}
		return nil
	case "page.url", "page.referrer":
		clean, ok := rejoin.CleanURL(value)
		if value != "" && !ok {
			return rejoin.InvalidField(metaParam, "%s is a whole address, for example https://www.example.com/cart.", path)
		}
		value = clean
	case "timezone":
		if _, err := time.LoadLocation(value); err != nil || value == "Local" {
			return rejoin.InvalidField(metaParam, "timezone is an IANA name, for example Europe/Paris.")
		}
	case "language", "other.language":
		if len(value) > 35 || strings.Trim(strings.ToLower(value), "0123456789abcdefghijklmnopqrstuvwxyz-") != "" {
			return rejoin.InvalidField(metaParam, "language is a BCP 47 tag, for example fr or pt-BR.")
		}
	case "location.country", "other.country-code":
		if value = strings.ToUpper(value); value != "" && (len(value) != 2 || strings.Trim(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
			return rejoin.InvalidField(metaParam, "A country has two letters, for example FR.")
		}
	case "external-user-id", "other.platform", "hardware.battery-status":
		return nil // told of issues, and kept elsewhere or not at all
	}
	if place := metaPlaces[path]; place != nil {
		*place(m) = value
		return nil
	}
	if m.Custom == nil {
		m.Custom = map[string]string{}
	}
	if m.Custom[path] = value; value == "" {
		delete(m.Custom, path)
	}
	return nil
}

// line is a text on one line, without what nobody sees, cut to n characters.
func line(s string, n int) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' && r != '\t' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, s)), " ")
	if r := []rune(s); len(r) > n {
		return strings.TrimSpace(string(r[:n]))
	}
	return s
}
