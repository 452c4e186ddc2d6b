package webhook

import (
	"fmt"
	"strconv"

	"rejoin"
)

// MetaOf is what a browser or an app has told of itself: our own groups (reference §9, decision 10), those of the reference's apps (§5) where an app has told
// them, external-user-id, and what the app told besides with keys of its own at the top. Empty groups are left out; never nil.
func MetaOf(m rejoin.Meta, kind rejoin.PlatformKind, externalID string) map[string]any {
	out := map[string]any{}
	for key, v := range m.Custom {
		out[key] = v
	}
	put := func(key string, value any, told bool) {
		if told {
			out[key] = value
		} else {
			delete(out, key) // the name is ours
		}
	}
	put("browser", m.Browser, m.Browser != rejoin.NameVersion{})
	put("os", m.OS, m.OS != rejoin.NameVersion{})
	put("device", m.Device, m.Device != "")
	put("language", m.Language, m.Language != "")
	put("timezone", m.TimeZone, m.TimeZone != "")
	put("screen", m.Screen, m.Screen != "")
	put("page", m.Page, m.Page != rejoin.MetaPage{})
	put("location", map[string]string{"country": m.Country}, m.Country != "")
	put("external-user-id", externalID, externalID != "")
	for key, group := range appMeta(m, kind) {
		put(key, group, len(group) > 0)
	}
	return out
}

// appMeta is the groups of apps.
func appMeta(m rejoin.Meta, kind rejoin.PlatformKind) map[string]map[string]string {
	app, hardware, other := map[string]string{}, map[string]string{}, map[string]string{}
	put := func(group map[string]string, key, value string) {
		if value != "" {
			group[key] = value
		}
	}
	put(app, "application-identifier", m.App.ID)
	put(app, "application-name", m.App.Name)
	put(app, "application-version", m.App.Version)
	put(hardware, "device-model", m.Hardware.Model)
	if m.Hardware.Battery > 0 {
		put(hardware, "battery-level", fmt.Sprintf("%d%%", m.Hardware.Battery))
		put(hardware, "battery-status", "Unknown") // whether it is being charged: apps tell us not
	}
	if m.Hardware.FreeSpace > 0 {
		put(hardware, "free-space-phone", strconv.FormatInt(m.Hardware.FreeSpace, 10))
	}
	if kind.InApp() {
		put(other, "platform", kind.Name())
		put(other, "os-version", m.OS.Version)
		put(other, "language", m.Language)
		put(other, "country-code", m.Country)
		put(other, "network-type", m.Hardware.Network)
		put(other, "carrier-name", m.Hardware.Carrier)
	}
	return map[string]map[string]string{"application": app, "hardware": hardware, "other": other}
}
