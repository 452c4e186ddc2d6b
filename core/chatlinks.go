package core

import (
	"context"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"rejoin"
	"rejoin/identity"
)

// ChatLinks is links into the chat without a page of the company around it, for its programs (reference §2.10).
type ChatLinks struct{ *env }

// Whom names a user of an app; empty names nobody.
type Whom struct {
	UserID string // the company's own id
	Email  string
	Phone  string // E.164, such as +14155550123
}

// NewChatLink is what a link is made of. What is empty is left out.
type NewChatLink struct {
	App string // id or publish id
	Whom
	AuthToken    string // HMAC, reference §3.2; a wrong one is found out when the chat opens
	Name         string
	Language     string
	FirstMessage string
	InitiateChat bool           // not in the newest conversation, if that has ended
	Fields       map[string]any // custom issue fields by key, dates as YYYY-MM-DD; those that do not fit are left out
	Tags         []string       // unknown ones are left out
	For          time.Duration  // how long it opens; at most [maxLinkLife]
	MaxViews     int64          // zero for any number
}

// MadeChatLink is a link that was made just now.
type MadeChatLink struct {
	URL       string
	ExpiresAt rejoin.Millis
	Active    *ActiveIssue // the conversation that the link's person is in
}

// ActiveIssue is the newest conversation of somebody that goes on.
type ActiveIssue struct {
	ID     string
	Number int64
	Unread int64 // messages that they have not read
}

// maxLinkLife is how long a link opens the chat at most.
const maxLinkLife = 366 * day

// Make makes a link. Whoever opens it is taken for the person as far as a page of the company that says the same would be believed.
func (s *ChatLinks) Make(ctx context.Context, a rejoin.Agent, in NewChatLink) (out MadeChatLink, err error) {
	if err := answering(a); err != nil {
		return out, err
	}
	if in, err = in.check(); err != nil {
		return out, err
	}
	token := identity.NewToken()
	err = s.write(ctx, func(u *unit) error {
		app, err := u.appNamed(a, in.App)
		if err != nil {
			return err
		}
		link := rejoin.ChatLink{TokenHash: identity.Hash(token), DomainID: a.DomainID, AppID: app.ID, CreatedBy: a.ID, CreatedAt: u.now,
			ExpiresAt: u.now.Add(in.For), MaxViews: in.MaxViews}
		if link.PlatformID, err = u.webPlatform(app.ID); err != nil {
			return err
		}
		if link.Opening, err = u.opening(a.DomainID, in); err != nil {
			return err
		}
		out = MadeChatLink{URL: u.env.linkURL(link, token), ExpiresAt: link.ExpiresAt}
		if out.Active, err = u.activeIssue(app.ID, in.Whom); err != nil {
			return err
		}
		return u.AddChatLink(link)
	})
	return out, err
}

func (e *env) linkURL(l rejoin.ChatLink, token string) string {
	query := ""
	if l.Opening.Language != "" {
		query = "?language=" + url.QueryEscape(l.Opening.Language)
	}
	return e.Config.PublicURL + "/q/" + l.PlatformID + query + "#" + token
}

func (u *unit) webPlatform(appID string) (string, error) {
	list, err := u.Tx.Platforms(appID)
	for _, p := range list {
		if p.Kind == rejoin.Web {
			return p.ID, nil
		}
	}
	if err == nil {
		err = rejoin.Errorf(rejoin.NotFound, "This app has no Web Chat.")
	}
	return "", err
}

var phoneNumber = regexp.MustCompile(`^\+[1-9][0-9]{5,14}$`)

// check says what is wrong with whom. The address stays as it was written: so it was signed.
func (w Whom) check() error {
	if _, ok := identity.CleanUserID(w.UserID); !ok {
		return rejoin.InvalidField("uid", "The uid is a text of at most 750 characters, without spaces around it.")
	}
	if _, ok := identity.CleanLoginEmail(w.Email); !ok {
		return rejoin.InvalidField("email", "The email is an address such as name@example.com, without spaces around it.")
	}
	if w.Phone != "" && !phoneNumber.MatchString(w.Phone) {
		return rejoin.InvalidField("phone_number", "The phone_number is written in the form of E.164, such as +14155550123.")
	}
	return nil
}

func (in NewChatLink) check() (_ NewChatLink, err error) {
	if err := in.Whom.check(); err != nil {
		return in, err
	}
	if in.Name != "" {
		if in.Name, err = rejoin.CheckName("name", in.Name); err != nil {
			return in, err
		}
	}
	if in.FirstMessage != "" {
		if in.FirstMessage, err = rejoin.CheckBody(in.FirstMessage); err != nil || utf8.RuneCountInString(in.FirstMessage) > rejoin.MaxLinkMessage {
			return in, rejoin.InvalidField("first_user_message", "The first_user_message has 1 to %d characters.", rejoin.MaxLinkMessage)
		}
	}
	switch {
	case len(in.Language) > 35 || strings.Trim(strings.ToLower(in.Language), "0123456789abcdefghijklmnopqrstuvwxyz-_") != "":
		return in, rejoin.InvalidField("language", "The language is a code such as de or pt-br.")
	case len(in.AuthToken) > 200:
		return in, rejoin.InvalidField("user_auth_token", "The user_auth_token is an HMAC-SHA256 in base64, 43 or 44 characters.")
	case in.For < time.Minute || in.For > maxLinkLife:
		return in, rejoin.InvalidField("expiry", "A link opens the chat for a minute to %d days.", int(maxLinkLife/day))
	case in.MaxViews < 0 || in.MaxViews > rejoin.MaxLinkViews:
		return in, rejoin.InvalidField("expiry", "The viewcount is 1 to %d.", rejoin.MaxLinkViews)
	}
	return in, nil
}

// opening is what the page of the link begins with.
func (u *unit) opening(domainID string, in NewChatLink) (o rejoin.ChatOpening, err error) {
	o = rejoin.ChatOpening{UserID: in.UserID, UserEmail: in.Email, UserName: in.Name, UserAuthToken: in.AuthToken, Language: in.Language,
		InitialMessage: in.FirstMessage, InitiateChat: in.InitiateChat}
	if in.Phone != "" { // it names nobody: there is no signature of it
		o.Metadata.Custom = map[string]string{"phone_number": in.Phone}
	}
	if o.Tags, _, err = u.takeTags(domainID, in.Tags); err != nil {
		return o, err
	}
	given, err := u.looseFields(domainID, in.Fields)
	if err != nil {
		return o, err
	}
	values, _, err := u.takeFields(domainID, given)
	for key, v := range values {
		if o.Fields == nil {
			o.Fields = map[string]rejoin.OpeningField{}
		}
		o.Fields[key] = rejoin.OpeningField{Type: v.Type, Value: pageValue(v)}
	}
	return o, err
}

// looseFields gives values the types that the fields with their keys have.
func (u *unit) looseFields(domainID string, in map[string]any) (map[string]GivenField, error) {
	if len(in) == 0 {
		return nil, nil
	}
	known, err := u.CustomFields(domainID)
	out := map[string]GivenField{}
	for _, f := range known {
		if v, ok := in[f.Key]; ok {
			out[f.Key] = GivenField{Type: f.Type, Value: looseValue(f.Type, v)}
		}
	}
	return out, err
}

// looseValue is a value as a page would give it for a field of the type.
func looseValue(t rejoin.FieldType, v any) any {
	if object, ok := v.(map[string]any); ok {
		v = object["value"]
	}
	text, isText := v.(string)
	switch n, isNumber := v.(float64); {
	case t == rejoin.Number && isNumber:
		return strconv.FormatFloat(n, 'f', -1, 64)
	case t == rejoin.Checkbox && isText:
		switch text {
		case "true":
			return true
		case "false":
			return false
		}
	case t == rejoin.Date && isText:
		for _, layout := range []string{time.DateOnly, time.RFC3339, "2006-01-02T15:04:05"} {
			if at, err := time.Parse(layout, text); err == nil {
				return float64(at.UnixMilli())
			}
		}
	}
	return v
}

// pageValue is a value as a page gives it.
func pageValue(v rejoin.FieldValue) any {
	switch v.Type {
	case rejoin.Checkbox:
		return v.Value == "true"
	case rejoin.Date:
		n, err := strconv.ParseInt(v.Value, 10, 64)
		if err == nil {
			return n
		}
	}
	return v.Value
}

// Active returns the conversation that somebody is in, nil if in none.
func (s *ChatLinks) Active(ctx context.Context, a rejoin.Agent, app string, whom Whom) (active *ActiveIssue, err error) {
	if err := whom.check(); err != nil {
		return nil, err
	}
	if whom == (Whom{}) {
		return nil, rejoin.InvalidField("uid", "Name the user by uid, email or phone_number.")
	}
	err = s.read(ctx, func(u *unit) error {
		found, err := u.appNamed(a, app)
		if err != nil {
			return err
		}
		active, err = u.activeIssue(found.ID, whom)
		return err
	})
	return active, err
}

func (u *unit) activeIssue(appID string, w Whom) (*ActiveIssue, error) {
	user, err := u.userNamed(appID, w)
	if rejoin.CodeOf(err) == rejoin.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	issue, ok, err := u.Tx.ActiveIssue(user.ID)
	if err != nil || !ok {
		return nil, err
	}
	unread, err := u.UnreadCount(issue.ID, issue.UserReadSeq)
	return &ActiveIssue{ID: issue.ID, Number: issue.Number, Unread: unread}, err
}

// userNamed is the profile of the person: as a login finds it, or by the telephone.
func (u *unit) userNamed(appID string, w Whom) (rejoin.User, error) {
	email, _ := identity.CleanLoginEmail(w.Email)
	user, err := u.find(appID, person{userID: w.UserID, email: email})
	if rejoin.CodeOf(err) != rejoin.NotFound || w.Phone == "" || w.UserID != "" || w.Email != "" {
		return user, err
	}
	return u.UserByIdentity(appID, rejoin.NamedIdentity{Identifier: "phone_number", Value: w.Phone})
}

// Open counts a view of the link and returns what the chat begins with. NotFound means that it opens nothing, or no more.
func (s *ChatLinks) Open(ctx context.Context, platformID, token string) (o rejoin.ChatOpening, err error) {
	if !identity.WellFormed(token) {
		return o, rejoin.Errorf(rejoin.NotFound, "There is no such link.")
	}
	err = s.write(ctx, func(u *unit) error {
		link, err := u.ViewChatLink(identity.Hash(token), platformID, u.now)
		o = link.Opening
		return err
	})
	return o, err
}
