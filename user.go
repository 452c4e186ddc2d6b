package rejoin

import (
	"net/mail"
	"strings"
)

// User is a person who writes to the company: the visitor of a page. They are anonymous, or logged in on the host site, which then
// names them by an id of its own, an address, or both (reference §3.1).
type User struct {
	ID            string
	DomainID      string
	AppID         string
	ExternalID    string // the host site's userId; empty if it gave none
	Verified      bool   // the latest login was signed by the host's server
	Attributes    Attributes
	Name          string
	Email         string
	EmailSource   EmailSource
	Skipped       []Question // what they would not tell Identity Bot: it asks for that no more
	Language      string     // BCP 47: what the panel speaks, else what the browser prefers; may be empty
	TimeZone      string     // IANA name, as the browser says; may be empty
	Presence      Presence
	PresenceSince Millis // when Presence began
	CreatedAt     Millis
	SeenAt        Millis // last request or socket
}

// EmailSource says how we know an address. A typed address unlocks nothing (promise 9).
type EmailSource string

const (
	NoEmail       EmailSource = ""
	TypedEmail    EmailSource = "typed"    // the visitor typed it; nobody verified it
	AssertedEmail EmailSource = "asserted" // the host page said so, without a signature
	VerifiedEmail EmailSource = "verified" // the host's server has signed it
	GivenEmail    EmailSource = "given"    // a program of the company has begun a conversation with it; nobody has logged in with it yet
)

// Told reports whether the company has given the address: only such an address finds a profile.
func (s EmailSource) Told() bool { return s == AssertedEmail || s == VerifiedEmail || s == GivenEmail }

// LoggedIn reports whether the host site has named the user at a login. All others are anonymous.
func (u User) LoggedIn() bool {
	return u.ExternalID != "" || u.EmailSource == AssertedEmail || u.EmailSource == VerifiedEmail
}

// Attributes is what the host site tells of a user besides who they are (reference §3.3): the keys of updateGlobalUserData and updateAppUserData.
type Attributes struct {
	Global map[string]any `json:"global,omitempty"`
	App    map[string]any `json:"app,omitempty"`
}

// NamedIdentity is one way the host site knows a user by: uid, email, phone_number and others (reference §3.3).
type NamedIdentity struct {
	Identifier string
	Value      string
	Metadata   map[string]string
}

// Limits of a user's fields.
const (
	MaxUserName = 255 // characters
	MaxEmail    = 254 // bytes, RFC 5321 §4.5.3.1
)

// CheckEmail returns the address in its kept form, lower case, or says why it cannot be one.
func CheckEmail(raw string) (string, error) {
	raw = strings.ToLower(strings.TrimSpace(raw))
	at := strings.LastIndexByte(raw, '@')
	switch {
	case raw == "":
		return "", InvalidField("email", "Please enter an e-mail address.")
	case len(raw) > MaxEmail:
		return "", InvalidField("email", "This address is too long: at most %d characters fit.", MaxEmail)
	case at < 1 || at == len(raw)-1:
		return "", InvalidField("email", "An e-mail address looks like name@example.com. Please check it.")
	case strings.ContainsAny(raw, " \t\r\n,;<>\"()\\"):
		return "", InvalidField("email", "Please enter one address without spaces, for example name@example.com.")
	}
	local, host := raw[:at], raw[at+1:]
	parsed, err := mail.ParseAddress(local + "@" + host)
	if err != nil || parsed.Address != local+"@"+host || len(local) > 64 || !isHostName(host) {
		return "", InvalidField("email", "%q is not a complete e-mail address. Please check the part after the @.", raw)
	}
	return local + "@" + host, nil
}

// isHostName reports whether h is a dotted host name of letters, digits and hyphens (RFC 1123 §2.1) or has other scripts' letters.
func isHostName(h string) bool {
	labels := strings.Split(h, ".")
	if len(labels) < 2 || len(labels[len(labels)-1]) < 2 {
		return false
	}
	for _, l := range labels {
		if l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' {
			return false
		}
		for _, r := range l {
			ok := r == '-' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 0x80
			if !ok {
				return false
			}
		}
	}
	return true
}

// CheckName returns a name as we keep it: trimmed, without control characters, at most [MaxUserName] characters.
func CheckName(field, raw string) (string, error) {
	s := strings.Join(strings.Fields(strings.Map(dropControl, raw)), " ")
	if s == "" {
		return "", InvalidField(field, "Please enter a name.")
	}
	if n := len([]rune(s)); n > MaxUserName {
		return "", InvalidField(field, "This name has %d characters; at most %d fit.", n, MaxUserName)
	}
	return s, nil
}

func dropControl(r rune) rune {
	if r == '\n' || r == '\t' {
		return ' '
	}
	if r < 0x20 || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
		return -1 // control characters and overrides of the writing direction
	}
	return r
}

// Presence is what a user's browser last told about itself. It explains; it never decides what is read.
type Presence string

const (
	Active      Presence = "active"       // the panel is open on a visible page
	PanelClosed Presence = "panel_closed" // on the page, with the panel closed
	TabHidden   Presence = "tab_hidden"   // looking at another tab or program
	PageClosed  Presence = "page_closed"  // the page said goodbye: tab or browser closed, or another page opened
	Offline     Presence = "offline"      // the connection was lost without a goodbye

	NotCollected Presence = "not_collected" // the app's presence detection is off
)

// Online reports whether a page of the user is still there.
func (p Presence) Online() bool { return p == Active || p == PanelClosed || p == TabHidden }

// rank orders presences of several tabs: the highest one speaks for the user.
func (p Presence) rank() int {
	switch p {
	case Active:
		return 4
	case PanelClosed:
		return 3
	case TabHidden:
		return 2
	}
	return 1
}

// Above reports whether p speaks for the user rather than o, when both are tabs of one user.
func (p Presence) Above(o Presence) bool { return p.rank() > o.rank() }

// CheckPresence accepts the states a client may report about itself.
func CheckPresence(raw string) (Presence, error) {
	switch p := Presence(raw); p {
	case Active, PanelClosed, TabHidden, PageClosed:
		return p, nil
	}
	return "", InvalidField("state", "The presence is active, panel_closed, tab_hidden or page_closed.")
}

// UserSession lets one browser act as a user. The browser keeps the token; we keep its SHA-256.
//
// A session made by a return link is a key to one conversation: IssueID is set, and nothing else of the user is reachable.
type UserSession struct {
	TokenHash  string
	UserID     string
	PlatformID string
	IssueID    string // the only reachable issue; empty for the user's own session
	Login      bool   // the host site has named the user; false for an anonymous person's session
	Verified   bool   // and its server has signed it
	ByJWT      bool   // by an identity token (reference §3.3)
	Device     string // for people: Firefox on Linux; may be empty
	Confirmed  bool   // false until a person's gesture after arrival by a link: until then nothing counts as read
	CreatedAt  Millis
	SeenAt     Millis
	ExpiresAt  Millis
	RevokedAt  Millis
}
