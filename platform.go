package rejoin

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// PlatformKind says how an app is reached.
type PlatformKind string

const (
	Web     PlatformKind = "web"     // the chat widget on the company's pages and the hosted page
	IOS     PlatformKind = "ios"     // an app for Apple's devices
	Android PlatformKind = "android" // an app for Android
)

// PlatformKinds lists every kind.
var PlatformKinds = [...]PlatformKind{Web, IOS, Android}

// InApp reports whether the platform is an app, not a page: it has no allowed origins and no page where a conversation starts.
func (k PlatformKind) InApp() bool { return k == IOS || k == Android }

// Name is what people call the kind; the kind itself if it is none.
func (k PlatformKind) Name() string {
	switch k {
	case Web:
		return "Web Chat"
	case IOS:
		return "iOS"
	case Android:
		return "Android"
	}
	return string(k)
}

// MaxURL is the longest address we keep, in bytes.
const MaxURL = 2000

// Platform is one way to reach an app. Its ID is public: host pages carry it as platformId.
type Platform struct {
	ID             string
	DomainID       string
	AppID          string
	Kind           PlatformKind
	AllowedOrigins Origins
	Off            bool   // no new conversations begin here; those that have begun go on
	SeenAt         Millis // when a page with the widget, or an app, asked for it, to the hour; zero before the first one
	SeenURL        string // that page, as far as its browser says
	CreatedAt      Millis
}

// SeenEvery is how long a platform that was seen counts as seen just now.
const SeenEvery = time.Hour

// CleanURL returns an absolute http or https address without user info and fragment, in which everything that may not stand in an address
// (RFC 3986) is percent-encoded, so that it may stand in a header and in an e-mail. It reports false for anything else, and for what is
// longer than [MaxURL] then. A host of another script is percent-encoded too: browsers read it as they read the letters.
func CleanURL(raw string) (string, bool) {
	raw, _, _ = strings.Cut(raw, "#")
	u, err := url.Parse(escapeURL(raw))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || strings.ContainsAny(u.Host, "<>\"\\ ") || hasControl(raw) {
		return "", false
	}
	u.User = nil
	front := (&url.URL{Scheme: u.Scheme, Host: u.Host}).String()
	clean := front + strings.NewReplacer("[", "%5B", "]", "%5D").Replace(strings.TrimPrefix(u.String(), front)) // brackets are for hosts
	return clean, len(clean) <= MaxURL
}

// escapeURL percent-encodes the bytes that are neither reserved nor unreserved, and percent signs that encode nothing.
func escapeURL(raw string) string {
	var b strings.Builder
	for i := range len(raw) {
		c := raw[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if letter || strings.IndexByte("-._~:/?[]@!$&'()*+,;=", c) >= 0 || c == '%' && i+2 < len(raw) && isHex(raw[i+1]) && isHex(raw[i+2]) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func hasControl(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < 0x20 || r == 0x7f }) >= 0
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
