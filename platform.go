package rejoin

import (
	"net/url"
	"strings"
)

// PlatformKind says how an app is reached.
type PlatformKind string

// Web is the chat widget on the company's pages and the hosted page.
const Web PlatformKind = "web"

// MaxURL is the longest address we keep, in bytes.
const MaxURL = 2000

// Platform is one way to reach an app. Its ID is public: host pages carry it as platformId (reference §2.1).
type Platform struct {
	ID             string
	DomainID       string
	AppID          string
	Kind           PlatformKind
	AllowedOrigins Origins
	CreatedAt      Millis
}

// Origins is a list of web origins (scheme, host and port, RFC 6454) such as "https://www.example.com".
type Origins []string

// ParseOrigin returns the origin of an absolute http or https address, in lower case and without a default port.
func ParseOrigin(raw string) (string, bool) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.User != nil {
		return "", false
	}
	scheme, host, port := strings.ToLower(u.Scheme), strings.ToLower(u.Hostname()), u.Port()
	if scheme != "https" && scheme != "http" || host == "" || strings.Contains(host, "*") { // a wildcard would match nothing
		return "", false
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port == "" || scheme == "https" && port == "443" || scheme == "http" && port == "80" {
		return scheme + "://" + host, true
	}
	return scheme + "://" + host + ":" + port, true
}

// Allow reports whether the page at raw is on one of the origins.
func (o Origins) Allow(raw string) bool {
	origin, ok := ParseOrigin(raw)
	if !ok {
		return false
	}
	for _, a := range o {
		if a == origin {
			return true
		}
	}
	return false
}

// CheckOrigins returns the origins in their normal form, without repeats. At most 50 fit.
func CheckOrigins(list []string) (Origins, error) {
	out := Origins{}
	for _, raw := range list {
		raw = strings.TrimSpace(raw)
		origin, ok := ParseOrigin(raw)
		if u, err := url.Parse(raw); !ok || err != nil || (u.Path != "" && u.Path != "/") || u.RawQuery != "" || u.Fragment != "" {
			return nil, InvalidField("allowed_origins", "%q is not an origin. Write it like https://www.example.com.", raw)
		}
		if !out.Allow(origin) {
			out = append(out, origin)
		}
	}
	if len(out) > 50 {
		return nil, InvalidField("allowed_origins", "At most 50 origins fit; you gave %d.", len(out))
	}
	return out, nil
}
