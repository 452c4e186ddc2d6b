package restapi

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// links is ways into the chat, and chats that programs lead themselves.
type links struct{ *API }

// QRCode is a link into the chat.
type QRCode struct {
	URL         string        `json:"url"`
	QRCode      string        `json:"qrcode"`     // a picture as a data URL (png), or the drawing itself (svg)
	ExpiresAt   rejoin.Millis `json:"expires_at"` // from then on it opens nothing
	ActiveIssue *ActiveIssue  `json:"active_issue"`
}

// ActiveIssue is the newest conversation of somebody that goes on.
type ActiveIssue struct {
	IssueID int64 `json:"issue_id"`
	Unread  int64 `json:"unread_messages"` // of the company, that they have not read
}

// Unread is whether somebody is in a conversation, and what they have not read there.
type Unread struct {
	ActiveIssue *ActiveIssue `json:"active_issue"` // null if in none
}

func whomQuery(required web.Parameter) []web.Parameter {
	return []web.Parameter{
		required,
		{Name: "uid", Says: "The company's own id of the user."},
		{Name: "email", Says: "The user's address."},
		{Name: "phone_number", Says: "In the form of E.164. It finds users who have such an identity; nobody is logged in by it: agents see it in the conversation.", Example: "+14155550123"},
	}
}

func (a links) linkRoutes() []route {
	app := web.Parameter{Name: "app_id", Required: true, Says: "The app: id or publish_id.", Example: "1"}
	form := append(whomQuery(app), []web.Parameter{
		{Name: "user_auth_token", Says: "The user's HMAC, as the company's pages give it. The code is made with a wrong one too, but its chat does not start."},
		{Name: "name", Says: "Of the user whom uid or email names; without these it says nothing."},
		{Name: "language", Says: "Of the chat, such as de; the browser's if it is left out."},
		{Name: "format", Values: []string{"png", "svg"}, Says: "png, the default: a data URL. svg: a drawing."},
		{Name: "expiry", Kind: web.Object, Says: `time: a moment in milliseconds, or a number with m, h or d; 24h if it is left out. viewcount: how often it opens the chat, 1 to 32,767; any number if it is left out.`,
			Example: `{"time":"7d","viewcount":10}`},
		{Name: "first_user_message", Says: "What a new conversation begins with on the user's behalf, at most 500 characters."},
		{Name: "custom_fields", Kind: web.Object, Says: "Custom issue fields by key, dates as YYYY-MM-DD. What does not fit is left out.", Example: `{"order":"4711"}`},
		{Name: "tags", Kind: web.List, Says: "Tags of a new conversation. Unknown ones are left out."},
		{Name: "initiate_chat", Kind: web.Flag, Says: "A new conversation is shown instead of one that has ended."},
		{Name: "includes", Kind: web.List, Says: "unread_messages; they come along in any case."},
	}...)
	says := "Makes a link into the chat, and its QR code. Whoever opens it is taken for the user as far as a page of the company that names them would be believed. " +
		"webchat_widget, help_section, help_faq, help_search, help_search_term and help_faq_filter are ignored: the link opens the chat in the whole window."
	return []route{
		{web.Operation{Pattern: "POST /v1/{domain}/console/qrcode", Name: "makeQRCode", Group: "Links", Status: 201, Form: form, Out: QRCode{}, Says: says}, a.makeQRCode},
		{web.Operation{Pattern: "GET /v1/{domain}/console/qrcode", Name: "makeQRCodeByGet", Group: "Links", Needs: "write", Status: 201, Query: form, Out: QRCode{},
			Says: "The same as POST, for programs that ask so. It needs a key that may write."}, a.makeQRCode},
		{web.Operation{Pattern: "GET /v1/{domain}/console/messages/unread", Name: "getUnread", Group: "Links", Query: whomQuery(app), Out: Unread{},
			Says: "Whether a user is in a conversation, and how many messages they have not read there. One of uid, email and phone_number has to be given."}, a.getUnread},
	}
}

func activeOf(i *core.ActiveIssue) *ActiveIssue {
	if i == nil {
		return nil
	}
	return &ActiveIssue{i.Number, i.Unread}
}

func (c call) whom() core.Whom {
	return core.Whom{UserID: c.text("uid"), Email: c.text("email"), Phone: strings.TrimSpace(c.text("phone_number"))}
}

// appID is the app that the request has to name.
func (c call) appID() (string, error) {
	app := strings.TrimSpace(c.text("app_id"))
	if app == "" {
		return "", rejoin.InvalidField("app_id", "Name the app by its id or publish_id: GET /apps lists them.")
	}
	return app, nil
}

func (a links) getUnread(c call) (any, error) {
	app, err := c.appID()
	if err != nil {
		return nil, err
	}
	active, err := a.Core.ChatLinks.Active(c.r.Context(), c.agent, app, c.whom())
	if err != nil {
		return nil, named(err, "app_id")
	}
	return Unread{activeOf(active)}, nil
}

func (a links) makeQRCode(c call) (any, error) {
	in, err := a.linkIn(c)
	if err != nil {
		return nil, err
	}
	format := strings.ToLower(strings.TrimSpace(c.text("format")))
	if !slices.Contains([]string{"", "png", "svg"}, format) {
		return nil, rejoin.InvalidField("format", "The format is png or svg.")
	}
	made, err := a.Core.ChatLinks.Make(c.r.Context(), c.agent, in)
	if err != nil {
		return nil, named(err, "app_id")
	}
	code, err := encodeQR(made.URL)
	if err != nil {
		return nil, err
	}
	out := QRCode{URL: made.URL, ExpiresAt: made.ExpiresAt, ActiveIssue: activeOf(made.Active)}
	if format == "svg" {
		out.QRCode = svgOf(code)
	} else if out.QRCode, err = pngOf(code); err != nil {
		return nil, err
	}
	return created{out}, nil
}

func (a links) linkIn(c call) (in core.NewChatLink, err error) {
	in = core.NewChatLink{Whom: c.whom(), AuthToken: c.text("user_auth_token"), Name: c.text("name"), Language: strings.TrimSpace(c.text("language")),
		FirstMessage: c.text("first_user_message")}
	if in.App, err = c.appID(); err != nil {
		return in, err
	}
	if in.For, in.MaxViews, err = c.expiry(a.Clock.Now()); err != nil {
		return in, err
	}
	if err := c.decode("custom_fields", &in.Fields, `{"order":"4711"}`); err != nil {
		return in, err
	}
	if in.Tags, err = c.list("tags"); err != nil {
		return in, err
	}
	in.InitiateChat, err = c.flag("initiate_chat", false)
	return in, err
}

var spanOfTime = regexp.MustCompile(`^([1-9][0-9]{0,5})([mhd])$`)

// expiry is how long, and how often, a link opens the chat.
func (p params) expiry(now rejoin.Millis) (life time.Duration, views int64, err error) {
	life = 24 * time.Hour
	var in struct {
		Time      any          `json:"time"`
		Viewcount *json.Number `json:"viewcount"`
	}
	if err := p.decode("expiry", &in, `{"time":"24h","viewcount":10}`); err != nil {
		return 0, 0, err
	}
	wrong := rejoin.InvalidField("expiry", `The time of expiry is a moment in milliseconds that is to come, or a number with m, h or d, such as "30m".`)
	switch at := in.Time.(type) {
	case nil:
	case float64:
		life = until(int64(at), now)
	case string:
		if found := spanOfTime.FindStringSubmatch(strings.TrimSpace(at)); found != nil {
			n, _ := strconv.Atoi(found[1]) // the pattern has said that it is one
			life = time.Duration(n) * map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour}[found[2]]
		} else if n, err := strconv.ParseInt(at, 10, 64); err == nil {
			life = until(n, now)
		} else {
			return 0, 0, wrong
		}
	default:
		return 0, 0, wrong
	}
	if life <= 0 {
		return 0, 0, wrong
	}
	if in.Viewcount == nil {
		return life, 0, nil
	}
	views, err = in.Viewcount.Int64()
	if err != nil || views < 1 || views > rejoin.MaxLinkViews {
		return 0, 0, rejoin.InvalidField("expiry", "The viewcount is 1 to %d.", rejoin.MaxLinkViews)
	}
	return life, views, nil
}

// until is how long it is to a moment; very long for those that no link lives to see.
func until(at int64, now rejoin.Millis) time.Duration {
	const long = 1000 * 24 * time.Hour
	return time.Duration(min(max(at-int64(now), 0), long.Milliseconds())) * time.Millisecond
}
