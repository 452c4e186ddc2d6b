package mail

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"regexp"
	"strings"
	texttemplate "text/template"
	"time"
)

// Limits of what an e-mail quotes; the rest is in the chat.
const (
	MaxQuotes     = 10   // newest messages shown
	MaxQuoteRunes = 2000 // characters shown of each
)

// defaultColor is the button's colour where the app gives none that can be used.
const defaultColor = "#2f5bea"

// FollowUpData is everything a follow-up e-mail says.
type FollowUpData struct {
	AppName     string
	AgentName   string // author of the newest message; empty, or equal to AppName, leaves the app's name alone as sender
	FromAddress string // the installation's address; a display name in it is not used
	To          string // the user's address
	IssueNumber int64
	IssueID     string // letters, digits, '-', '_' and '.' only, as FollowUpID
	FollowUpID  string
	Earlier     []string // Message-IDs of this issue's earlier e-mails, oldest first, with or without angle brackets
	Date        time.Time
	Location    *time.Location // the user's zone; nil means UTC
	Messages    []Quote        // the unread span, oldest first: at least one, written by agents and bots only
	ReturnURL   string         // behind the button
	LinkDays    int            // how long ReturnURL works; 0 leaves the sentence out
	ManageURL   string         // the page to mute, to unsubscribe, and to say "this was not me"
	// UnsubscribeURL takes a one-click POST (RFC 8058); it changes nothing on GET.
	UnsubscribeURL string
	Color          string // of the button, as #rrggbb; anything else means the default
}

// Quote is one unread message of the company's side.
type Quote struct {
	Author string
	Body   string // plain text
	At     time.Time
}

//go:embed templates
var templates embed.FS

var (
	htmlFollowUp = htmltemplate.Must(htmltemplate.ParseFS(templates, "templates/followup.html"))
	textFollowUp = texttemplate.Must(texttemplate.New("followup.txt").
			Funcs(texttemplate.FuncMap{"indent": indent}).ParseFS(templates, "templates/followup.txt"))

	safeID    = regexp.MustCompile(`^[A-Za-z0-9._-]{1,100}$`)
	safeMsgID = regexp.MustCompile(`^[!-;=?A-Z\[-~]+@[!-;=?A-Z\[-~]+$`) // printable ASCII without <, > and a second @
	hexColor  = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
)

// FollowUp writes the e-mail that brings a user back to unread messages. It is pure: equal data gives equal bytes.
//
// All e-mails of an issue have the same subject and refer to one root, so that mail programs show them as one thread.
// An error means that the data cannot become an e-mail: a bad address, a bad link, no message.
func FollowUp(d FollowUpData) (Message, error) {
	v, err := newFollowUpView(d)
	if err != nil {
		return Message{}, err
	}
	var html, text bytes.Buffer
	if err := htmlFollowUp.Execute(&html, v); err != nil {
		return Message{}, fmt.Errorf("mail: write the HTML part: %w", err)
	}
	if err := textFollowUp.Execute(&text, v); err != nil {
		return Message{}, fmt.Errorf("mail: write the text part: %w", err)
	}
	l := letter{
		fromName: v.Sender,
		from:     v.from,
		to:       v.to,
		subject:  v.Subject,
		date:     d.Date,
		id:       MessageID(d.FollowUpID, d.FromAddress),
		refs:     references(d),
		unsub:    d.UnsubscribeURL,
		html:     html.String(),
		text:     text.String(),
	}
	return l.compose()
}

// followUpView is what the two templates see.
type followUpView struct {
	Subject    string
	App        string
	Sender     string // as the From header shows it
	Agent      string // empty if the app speaks for itself
	Headline   string
	Quotes     []quoteView
	Earlier    string // says how many messages are not shown; may be empty
	ReturnURL  string
	ReturnHost string
	LinkDays   int
	ManageURL  string
	Color, Ink string

	from, to string
}

type quoteView struct {
	Author string
	When   string
	Lines  [][]span
	Text   string
	Cut    bool
}

func newFollowUpView(d FollowUpData) (followUpView, error) {
	v := followUpView{
		App: headerText(d.AppName, 60), Agent: headerText(d.AgentName, 60),
		ReturnURL: d.ReturnURL, ManageURL: d.ManageURL, LinkDays: d.LinkDays,
	}
	if err := v.check(d); err != nil {
		return v, err
	}
	if v.App == "" {
		v.App = "our team"
	}
	v.Sender = v.App
	if v.Agent == v.App {
		v.Agent = ""
	}
	if v.Agent != "" {
		v.Sender = v.Agent + " via " + v.App
	}
	v.Subject = fmt.Sprintf("Your conversation with %s (#%d)", v.App, d.IssueNumber)
	v.Headline = headline(v, len(d.Messages))
	v.Color, v.Ink = buttonColors(d.Color)
	v.quote(d)
	return v, nil
}

func (v *followUpView) check(d FollowUpData) (err error) {
	if len(d.Messages) == 0 {
		return errors.New("mail: a follow-up needs at least one unread message")
	}
	if !safeID.MatchString(d.IssueID) || !safeID.MatchString(d.FollowUpID) {
		return fmt.Errorf("mail: the ids %q and %q cannot stand in a Message-ID", d.IssueID, d.FollowUpID)
	}
	if _, v.from, err = checkAddress(d.FromAddress); err != nil {
		return err
	}
	if _, v.to, err = checkAddress(d.To); err != nil {
		return err
	}
	u, err := checkURL("the return link", d.ReturnURL)
	if err != nil {
		return err
	}
	v.ReturnHost = u.Host
	if _, err = checkURL("the manage link", d.ManageURL); err != nil {
		return err
	}
	_, err = checkURL("the unsubscribe link", d.UnsubscribeURL)
	return err
}

func (v *followUpView) quote(d FollowUpData) {
	zone := d.Location
	if zone == nil {
		zone = time.UTC
	}
	shown := d.Messages
	if n := len(shown) - MaxQuotes; n > 0 {
		shown = shown[n:]
		v.Earlier = fmt.Sprintf("%d earlier %s waiting for you in the chat too.", n, plural(n, "message is", "messages are"))
	}
	for _, m := range shown {
		body, cut := cutText(cleanBody(m.Body), MaxQuoteRunes)
		q := quoteView{Author: headerText(m.Author, 60), When: m.At.In(zone).Format("2 January 2006, 15:04 MST"), Text: body, Cut: cut}
		if q.Author == "" {
			q.Author = v.App
		}
		for line := range strings.SplitSeq(body, "\n") {
			q.Lines = append(q.Lines, linkify(line))
		}
		v.Quotes = append(v.Quotes, q)
	}
}

func headline(v followUpView, n int) string {
	who := v.Agent
	if who == "" {
		who = v.App
	}
	if n == 1 {
		return who + " wrote to you"
	}
	return fmt.Sprintf("%s wrote to you: %d new messages", who, n)
}

// references are the Message-IDs the e-mail refers to, oldest first, without angle brackets: the issue's root, then the newest earlier ones.
func references(d FollowUpData) []string {
	const bound = 10
	refs := []string{"issue." + d.IssueID + "@" + MessageIDHost(d.FromAddress)}
	earlier := d.Earlier
	if n := len(earlier) - bound; n > 0 {
		earlier = earlier[n:]
	}
	for _, id := range earlier {
		id = strings.TrimSuffix(strings.TrimPrefix(id, "<"), ">")
		if len(id) <= 250 && safeMsgID.MatchString(id) && strings.Count(id, "@") == 1 {
			refs = append(refs, id)
		}
	}
	return refs
}

// buttonColors returns the button's colour and the one of its text, whichever of black and white is easier to read on it (WCAG 2.2 §1.4.3).
func buttonColors(color string) (back, ink string) {
	if !hexColor.MatchString(color) {
		color = defaultColor
	}
	var r, g, b uint8
	_, _ = fmt.Sscanf(color, "#%02x%02x%02x", &r, &g, &b) // the pattern above has matched
	if luminance(r, g, b) > 0.179 {
		return color, "#111111"
	}
	return color, "#ffffff"
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
