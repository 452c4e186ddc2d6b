package hours

import (
	_ "embed"
	"strings"
)

//go:embed zones.txt
var zones string

// Zones are the IANA names of zones to choose from, in their order: one for each place that has a clock of its own, without older names, and UTC.
func Zones() []string { return strings.Fields(zones) }
