package rejoin

import "time"

// App is one product of a domain: its name stands in the chat's header and in e-mails, its settings hold for all its platforms.
type App struct {
	ID        string
	DomainID  string
	Number    int64 // by which programs know it, as text: its publish id; from 1 per domain
	Name      string
	Settings  AppSettings
	CreatedAt Millis
	UpdatedAt Millis // when its name or settings changed last, or it was made
}

// AppSettings is what administrators set per app. It is stored as JSON: a new setting needs a field, a default and a check.
type AppSettings struct {
	WebChat  WebChatSettings  `json:"web_chat"`
	Identity IdentitySettings `json:"identity"`
	Hours    BusinessHours    `json:"hours"`

	IdentityBot   IdentityBot `json:"identity_bot"`
	FeedbackBotID string      `json:"feedback_bot_id,omitempty"` // asks after an issue was resolved, instead of the stars
}

// IdentitySettings is the page "User identity verification".
type IdentitySettings struct {
	Required bool `json:"required"` // whoever the page says is logged in must be signed by the host's server (reference §3.2)
}

// MaxSecrets is how many secrets an app has at most: two are valid at once while the host changes from one to the other.
const MaxSecrets = 2

// Secret is the key with which the host's server signs who its users are (reference §3.2, §3.3).
type Secret struct {
	ID        string
	AppID     string
	Value     string
	CreatedBy string // the agent's name
	CreatedAt Millis
}

// WebChatSettings is the page "Configure Web Chat" (reference §2.5).
type WebChatSettings struct {
	ShowWidget  bool             `json:"show_widget"`  // off: no launcher and no new conversations; links from e-mails still open theirs
	Title       string           `json:"title"`        // in the chat's header; empty for the app's name; at most 60 characters
	Greeting    string           `json:"greeting"`     // shown before the first message; 0 to 500 characters
	Color       string           `json:"color"`        // of the brand, as #rrggbb: whatever has no colour of its own
	Colors      Colors           `json:"colors"`       // of single areas
	IdentityBot bool             `json:"identity_bot"` // asks for name and e-mail where they are not known
	FollowUp    FollowUpSettings `json:"follow_up"`

	PresenceDetection bool `json:"presence_detection"`     // agents see whether the visitor is there; off: it is not even collected
	TypingIndicator   bool `json:"agent_typing_indicator"` // visitors see that an agent types

	ResolutionQuestion bool `json:"resolution_question"` // asks whether a resolved issue really is
	CSAT               bool `json:"csat"`                // asks for one to five stars at the end

	PersonalizeNickname bool `json:"personalize_nickname"` // e-mails name the agent by nickname, where there is one (reference §1.5)
}

// MaxTitle is the longest title of a chat, in characters.
const MaxTitle = 60

// Destination says where a follow-up's button leads.
type Destination string

const (
	StartPage  Destination = "start_page"  // the page where the conversation was started
	CustomURL  Destination = "custom_url"  // one address for everybody
	HostedPage Destination = "hosted_page" // our own full-window chat page
)

// FollowUpSettings is the policy of an app's follow-up e-mails as administrators set it. Durations are whole seconds.
type FollowUpSettings struct {
	Enabled         bool        `json:"enabled"`
	Window          Seconds     `json:"window"`           // how long a message may stay unread; 10 s to 7 days
	OnlineWindow    Seconds     `json:"online_window"`    // added while the user is online but has not looked; 0 to 7 days
	MaxPostponement Seconds     `json:"max_postponement"` // at most this long after the oldest unread message; 0 means six windows, at most 24 h
	MinInterval     Seconds     `json:"min_interval"`     // between two e-mails of one issue; 0 to 7 days
	IssueDailyCap   int         `json:"issue_daily_cap"`  // e-mails of one issue in 24 h; 1 to 100
	AddressDailyCap int         `json:"address_daily_cap"`
	TypedDailyCap   int         `json:"typed_daily_cap"` // the same for an address that a visitor typed
	Destination     Destination `json:"destination"`
	CustomURL       string      `json:"custom_url"`
}

// Seconds is a duration in whole seconds, as settings store it.
type Seconds int64

// Duration converts s.
func (s Seconds) Duration() time.Duration { return time.Duration(s) * time.Second }

const week = Seconds(7 * 24 * 3600)

// DefaultAppSettings is what a new app begins with.
func DefaultAppSettings() AppSettings {
	return AppSettings{Identity: IdentitySettings{Required: true}, Hours: DefaultHours(), IdentityBot: DefaultIdentityBot(), WebChat: WebChatSettings{
		ShowWidget:  true,
		Greeting:    "Hi! Write to us. If we are away, you can close this window: we answer by e-mail too.",
		Color:       "#2f5bea",
		IdentityBot: true,

		PresenceDetection:   true,
		TypingIndicator:     true,
		ResolutionQuestion:  true,
		CSAT:                true,
		PersonalizeNickname: true,
		FollowUp: FollowUpSettings{
			Window:          600,
			MinInterval:     600,
			IssueDailyCap:   6,
			AddressDailyCap: 20,
			TypedDailyCap:   5,
			Destination:     StartPage,
		},
	}}
}

// Check returns the first thing that is wrong with s. Origins are those of the app's web platform: a custom URL must be on one.
func (s WebChatSettings) Check(origins Origins) error {
	if n := len([]rune(s.Greeting)); n > 500 {
		return InvalidField("greeting", "The greeting has %d characters; at most 500 fit.", n)
	}
	if n := len([]rune(s.Title)); n > MaxTitle {
		return InvalidField("title", "The title has %d characters; at most %d fit.", n, MaxTitle)
	}
	if err := s.CheckColors(); err != nil {
		return err
	}
	return s.FollowUp.Check(origins)
}

// Check returns the first thing that is wrong with s.
func (s FollowUpSettings) Check(origins Origins) error {
	ranges := []struct {
		field       string
		v, min, max Seconds
		text        string
	}{
		{"window", s.Window, 10, week, "The time for unread messages is between 10 seconds and 7 days."},
		{"online_window", s.OnlineWindow, 0, week, "The extra time for users who are online is between 0 and 7 days."},
		{"max_postponement", s.MaxPostponement, 0, week, "The longest postponement is between 0 (automatic) and 7 days."},
		{"min_interval", s.MinInterval, 0, week, "The time between two e-mails is between 0 and 7 days."},
		{"issue_daily_cap", Seconds(s.IssueDailyCap), 1, 100, "The e-mails a day for one conversation are between 1 and 100."},
		{"address_daily_cap", Seconds(s.AddressDailyCap), 1, 1000, "The e-mails a day to one address are between 1 and 1000."},
		{"typed_daily_cap", Seconds(s.TypedDailyCap), 1, 1000, "The e-mails a day to one typed address are between 1 and 1000."},
	}
	for _, r := range ranges {
		if r.v < r.min || r.v > r.max {
			return InvalidField(r.field, "%s", r.text)
		}
	}
	if s.TypedDailyCap > s.AddressDailyCap {
		return InvalidField("typed_daily_cap", "The limit for typed addresses may not be above the limit for all addresses.")
	}
	switch s.Destination {
	case StartPage, HostedPage:
		return nil
	case CustomURL:
		return checkCustomURL(s.CustomURL, origins)
	}
	return InvalidField("destination", "The destination is start_page, custom_url or hosted_page.")
}

func checkCustomURL(raw string, origins Origins) error {
	clean, ok := CleanURL(raw)
	if !ok {
		return InvalidField("custom_url", "Give a whole address of at most %d characters, for example https://www.example.com/support.", MaxURL)
	}
	if origin, ok := ParseOrigin(clean); !ok || !origins.Allow(clean) {
		return InvalidField("custom_url", "%s is not among the allowed origins of this app. Add it there first.", origin)
	}
	return nil
}
