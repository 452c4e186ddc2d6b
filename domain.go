package rejoin

import (
	"regexp"
	"slices"
	"strings"
)

// Feature names something the operator of an installation may switch on for a domain.
type Feature string

// FollowUpEmail lets a domain's administrators turn on follow-up e-mails.
const FollowUpEmail Feature = "follow-up-email"

// Features lists every feature there is.
var Features = [...]Feature{FollowUpEmail}

// Domain is a company on this installation. Its name is the first part of identifiers and paths.
type Domain struct {
	ID        string
	Name      string
	Features  []Feature
	CreatedAt Millis
}

// Has reports whether the operator has switched f on.
func (d Domain) Has(f Feature) bool { return slices.Contains(d.Features, f) }

var domainName = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

// CheckDomainName returns name if it can name a domain.
func CheckDomainName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if !domainName.MatchString(name) {
		return "", InvalidField("domain", "A domain's name has 1 to 40 lower-case letters, digits or hyphens and begins with a letter.")
	}
	return name, nil
}
