package mail

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"regexp"
	"strconv"
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
	BackAt      time.Time      // when people are there again to answer; zero leaves the sentence out
	Messages    []Quote        // the unread span, oldest first: at least one, written by agents and bots only
	ReturnURL   string         // behind the button
	LinkDays    int            // how long ReturnURL works; 0 leaves the sentence out, and so does LoginNeeded
	ManageURL   string         // the page to mute, to unsubscribe, and to say "this was not me"
	// UnsubscribeURL takes a one-click POST (RFC 8058); it changes nothing on GET.
	UnsubscribeURL string
	LoginNeeded    bool              // the conversation is seen only by who is signed in at the host site; the link is no key
	Language       string            // code of [rejoin.Languages]
	Texts          map[string]string // the mail.* texts in that language, all of them, as plain text with {placeholders}
	Color          string            // of the button, as #rrggbb; anything else means the default
}

// Quote is one unread message of the company's side.
type Quote struct {
	Author string
	Body   string // plain text; may be empty if there are files
	Form   bool   // agents' marks give the text form: **bold**, lists…; see format.go
	At     time.Time
	Files  []string // names of its attachments
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
// An error means that the data cannot become an e-mail: a bad address, a bad link, no message, no language or one that lacks a text.
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
		lang:     v.Lang,
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
	voice
	Subject    string
	App        string
	Sender     string // as the From header shows it
	Headline   string
	Back       string // says when people are there again; may be empty
	Quotes     []quoteView
	Earlier    string // says how many messages are not shown; may be empty
	Terms      string // says where the button leads and for whom it works
	Why        string
	ReturnURL  string
	ManageURL  string
	Color, Ink string

	from, to, host string
}

type quoteView struct {
	Author string
	When   string
	Lines  [][]span // of a text without form; none if there is no text
	Blocks []block  // of one with form
	Text   string
	Cut    bool
	Files  string // says their names; may be empty
}

func newFollowUpView(d FollowUpData) (v followUpView, err error) {
	v = followUpView{App: headerText(d.AppName, 60), ReturnURL: d.ReturnURL, ManageURL: d.ManageURL}
	if v.voice, err = newVoice(d.Language, d.Texts); err != nil {
		return v, err
	}
	if err := v.check(d); err != nil {
		return v, err
	}
	if v.App == "" {
		v.App = v.Say("mail.team")
	}
	v.greet(d)
	v.explain(d)
	v.quote(d)
	v.Color, v.Ink = buttonColors(d.Color)
	return v, nil
}

// greet says who wrote.
func (v *followUpView) greet(d FollowUpData) {
	who := v.App
	v.Sender = v.App
	if agent := headerText(d.AgentName, 60); agent != "" && agent != v.App {
		who, v.Sender = agent, v.Say("mail.via", "{agent}", agent, "{app}", v.App)
	}
	number := "#" + strconv.FormatInt(d.IssueNumber, 10)
	v.Subject = v.Say("mail.subject", "{app}", v.Apart(v.App), "#{number}", v.Apart(number))
	v.Headline = v.Say("mail.wrote", "{name}", v.Apart(who))
	if n := len(d.Messages); n > 1 {
		v.Headline = v.Say("mail.wrote_many", "{name}", v.Apart(who), "{n}", strconv.Itoa(n))
	}
}

// explain says what the button does and why the e-mail came.
func (v *followUpView) explain(d FollowUpData) {
	if !d.BackAt.IsZero() {
		v.Back = v.Say("mail.back", "{date}", v.date(d, d.BackAt))
	}
	v.Why = v.Say("mail.why", "{app}", v.Apart(v.App))
	v.Terms = v.Say("mail.opens", "{host}", v.Apart(v.host))
	switch {
	case d.LoginNeeded:
		v.Terms += " " + v.Say("mail.login")
	case d.LinkDays > 0:
		v.Terms += " " + v.Say("mail.key", "{days}", strconv.Itoa(d.LinkDays))
	}
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
	v.host = u.Host
	if _, err = checkURL("the manage link", d.ManageURL); err != nil {
		return err
	}
	_, err = checkURL("the unsubscribe link", d.UnsubscribeURL)
	return err
}

// date is a moment by the user's clock.
func (v *followUpView) date(d FollowUpData, at time.Time) string {
	zone := d.Location
	if zone == nil {
		zone = time.UTC
	}
	return v.Apart(at.In(zone).Format(v.Say("mail.date")))
}

func (v *followUpView) quote(d FollowUpData) {
	shown := d.Messages
	if n := len(shown) - MaxQuotes; n > 0 {
		shown = shown[n:]
		v.Earlier = v.Say("mail.earlier", "{n}", strconv.Itoa(n))
	}
	for _, m := range shown {
		q := quoteView{Author: headerText(m.Author, 60), When: v.date(d, m.At), Files: v.files(m.Files)}
		if q.Author == "" {
			q.Author = v.App
		}
		q.Text, q.Cut = cutText(cleanBody(m.Body), MaxQuoteRunes)
		switch {
		case q.Text == "":
		case m.Form:
			q.Blocks = blocksOf(q.Text)
		default:
			for line := range strings.SplitSeq(q.Text, "\n") {
				q.Lines = append(q.Lines, linkify(line))
			}
		}
		v.Quotes = append(v.Quotes, q)
	}
}

// files says which files a message has, if any.
func (v *followUpView) files(names []string) string {
	if len(names) == 0 {
		return ""
	}
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = v.Apart(headerText(name, 100))
	}
	return v.Say("mail.files", "{names}", strings.Join(list, ", "))
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
