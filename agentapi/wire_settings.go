package agentapi

import "rejoin"

// Apps is GET /agent/v1/apps.
type Apps struct {
	Apps []App `json:"apps"`
}

// NewApp is POST /agent/v1/apps, for administrators: an app with its web platform and a first secret. Answers App.
type NewApp struct {
	Name           string   `json:"name"`
	AllowedOrigins []string `json:"allowed_origins,omitempty"`
}

// RenameApp is PUT /agent/v1/apps/{app}, for administrators. Answers App.
type RenameApp struct {
	Name string `json:"name"`
}

// App is GET /agent/v1/apps/{app}, for administrators.
type App struct {
	ID             string                 `json:"id"`
	Name           string                 `json:"name"`
	PlatformID     string                 `json:"platform_id"`
	AllowedOrigins []string               `json:"allowed_origins"`
	WebChat        rejoin.WebChatSettings `json:"web_chat"`
	EmbedCode      string                 `json:"embed_code"`
	HostedURL      string                 `json:"hosted_url"`
	Presets        []int64                `json:"presets"`            // seconds; the usual times for unread messages
	SeenAt         rejoin.Millis          `json:"seen_at,omitempty"`  // when a page with the widget has asked for it, to the hour
	SeenURL        string                 `json:"seen_url,omitempty"` // that page, or its origin
	Written        bool                   `json:"written"`            // somebody has written already
	CreatedAt      rejoin.Millis          `json:"created_at"`
}

// SetWebChat is PUT /agent/v1/apps/{app}/web-chat. What is left out stays as it is.
type SetWebChat struct {
	WebChat        rejoin.WebChatSettings `json:"web_chat"`
	AllowedOrigins []string               `json:"allowed_origins"`
}

// Preview is POST /agent/v1/apps/{app}/web-chat/preview with a SetWebChat: the e-mail as these settings would make it.
type Preview struct {
	Subject string `json:"subject"`
	From    string `json:"from"`
	HTML    string `json:"html"`
	Text    string `json:"text"`
	LinkTo  string `json:"link_to"` // where the button leads, without the token
}

// Look is POST /agent/v1/apps/{app}/web-chat/look with a SetWebChat: its colours as the chat would show them. Only the colours are checked.
// The chat itself, for the preview, is the page /preview/{platform}.
type Look struct {
	Sheet string        `json:"sheet"` // CSS for the preview
	Tints []rejoin.Tint `json:"tints"` // for light devices, then for dark ones
}

// CustomField defines a custom issue field: GET /agent/v1/fields, POST /agent/v1/fields, PUT /agent/v1/fields/{field},
// POST /agent/v1/fields/{field}/archive, POST /agent/v1/fields/order. All answer CustomFields.
type CustomField struct {
	ID        string                `json:"id"`
	Key       string                `json:"key"` // how pages and programs name it; never changes
	Label     string                `json:"label"`
	Type      rejoin.FieldType      `json:"type"`
	Options   []string              `json:"options,omitempty"` // of a dropdown
	Retired   []string              `json:"retired,omitempty"` // options offered no more, which issues may hold
	Platforms []rejoin.PlatformKind `json:"platforms"`         // on whose issues agents see it: web, ios, android
	Archived  bool                  `json:"archived"`
}

// CustomFields is the domain's fields in their order.
type CustomFields struct {
	Fields []CustomField `json:"fields"`
}

// NewCustomField makes a field, as the last one. Without platforms it shows on all.
type NewCustomField struct {
	Key       string                `json:"key"`
	Label     string                `json:"label"`
	Type      rejoin.FieldType      `json:"type"`
	Options   []string              `json:"options,omitempty"`
	Platforms []rejoin.PlatformKind `json:"platforms,omitempty"`
}

// SetCustomField is PUT /agent/v1/fields/{field}. Options that are left out are retired: issues that hold them keep them.
type SetCustomField struct {
	Label     string                `json:"label"`
	Options   []string              `json:"options,omitempty"`
	Platforms []rejoin.PlatformKind `json:"platforms"`
}

// OrderFields is POST /agent/v1/fields/order: these first, in this order; the others follow as they were.
type OrderFields struct {
	IDs []string `json:"ids"`
}

// CheckSetup is POST /agent/v1/setup/check, for anybody: answers {} if the token opens the first run of this installation.
type CheckSetup struct {
	Token string `json:"token"`
}

// Setup is POST /agent/v1/setup, for anybody with the token of the address <server>/setup#<token>, which the server prints as long as it has no
// domain: makes the domain, its first app and its administrator, and signs them in. Answers Me.
type Setup struct {
	Token          string   `json:"token"`
	Domain         string   `json:"domain"`
	App            string   `json:"app"`
	AllowedOrigins []string `json:"allowed_origins,omitempty"`
	Name           string   `json:"name"`
	Email          string   `json:"email"`
	Password       string   `json:"password"`
}

func wireOfSettings() []any {
	return []any{Apps{}, NewApp{}, RenameApp{}, App{}, SetWebChat{}, Preview{}, Look{}, CustomFields{}, NewCustomField{}, SetCustomField{}, OrderFields{},
		CheckSetup{}, Setup{}}
}
