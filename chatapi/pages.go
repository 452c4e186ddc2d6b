package chatapi

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"rejoin"
	"rejoin/core"
	"rejoin/texts"
	"rejoin/web"
)

//go:embed pages
var pageFiles embed.FS

// pages is the templates of the pages that the server itself writes, with their one style sheet.
type pages struct {
	templates *template.Template
	style     string // Content-Security-Policy of a page with nothing but the style sheet
	css       template.CSS
	begin     template.JS // of the page behind a link into the chat
}

func readPages() pages {
	css, err := pageFiles.ReadFile("pages/page.css")
	if err != nil {
		panic(err) // it is embedded
	}
	begin, err := pageFiles.ReadFile("pages/begin.js")
	if err != nil {
		panic(err) // so is this
	}
	sum := sha256.Sum256(css)
	return pages{
		begin:     template.JS(begin),
		templates: template.Must(template.ParseFS(pageFiles, "pages/*.html")),
		style:     "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'",
		css:       template.CSS(css),
	}
}

// write answers with a page. Nothing is written if the template fails.
func (p pages) write(w http.ResponseWriter, status int, name string, data any) error {
	var page bytes.Buffer
	if err := p.templates.ExecuteTemplate(&page, name, data); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(page.Bytes()) // the client may be gone
	return nil
}

// note is a page that says one thing.
type note struct {
	voice
	CSS            template.CSS
	Title, Text    string
	Link, LinkText string // a button; may be empty
}

// note answers with such a page in English. Anybody may frame it: it holds nothing, and inside a frame it must be seen as well.
func (p pages) note(w http.ResponseWriter, status int, title, text string) error {
	return p.noteIn(w, speak("en"), status, title, text)
}

func (p pages) noteIn(w http.ResponseWriter, v voice, status int, title, text string) error {
	return p.noteWith(w, status, note{voice: v, Title: title, Text: text})
}

func (p pages) noteWith(w http.ResponseWriter, status int, n note) error {
	n.CSS = p.css
	h := w.Header()
	h.Set("Content-Security-Policy", p.style+"; form-action 'none'")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex")
	return p.write(w, status, "note.html", n)
}

// registerPages adds the pages that hold the chat panel.
func (a *API) registerPages(mux *http.ServeMux) {
	mux.Handle("GET /frame/{platform}", web.Secure("", a.frame.Handle(func(w http.ResponseWriter, r *http.Request) error { return a.panel(w, r, false) })))
	mux.Handle("GET /c/{platform}", web.Secure("", a.frame.Handle(func(w http.ResponseWriter, r *http.Request) error { return a.panel(w, r, true) })))
	mux.Handle("GET /preview/{platform}", web.Secure("", a.frame.Handle(a.preview)))
}

// pageData is what the panel's program reads from its page.
type pageData struct {
	PlatformID string         `json:"platform_id"`
	Hosted     bool           `json:"hosted"`
	Origins    rejoin.Origins `json:"origins"`
	AppName    string         `json:"app_name"`
	Title      string         `json:"title"` // in the header
	Greeting   string         `json:"greeting"`
	Closed     *Closed        `json:"closed,omitempty"` // no new conversation can begin, in words
	Hours      *Hours         `json:"hours,omitempty"`
	Ask        *Ask           `json:"identity,omitempty"`
	Close      bool           `json:"close,omitempty"` // the header has a button that closes the chat
	InApp      *inApp         `json:"in_app,omitempty"`
	Preview    bool           `json:"preview,omitempty"`
	Language   string         `json:"language"`     // code of the panel's texts
	Tag        string         `json:"language_tag"` // the same as BCP 47, for the browser's own formats
	RTL        bool           `json:"rtl"`
	MaxFile    int64          `json:"max_file"` // bytes
}

// inApp is what the hosted page of an app says in a browser where only the app can log somebody in.
type inApp struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

func inAppIn(language string) *inApp {
	say := texts.Of(language)
	return &inApp{Title: say["app.title"], Text: say["app.text"]}
}

func closedIn(language string) *Closed {
	say := texts.Of(language)
	return &Closed{Title: say["closed.title"], Text: say["closed.text"]}
}

func hoursOf(f core.Front) *Hours {
	if h := f.App.Settings.Hours; !h.On || h.Outside == rejoin.OutsideQuiet || !f.App.Settings.WebChat.ShowWidget || f.Platform.Off {
		return nil
	}
	return &Hours{Open: f.Hours.Open, BackAt: f.Hours.BackAt, ChangeAt: f.Hours.ChangeAt}
}

// askOf is how Identity Bot asks, if it asks at all.
func askOf(s rejoin.AppSettings, language string) *Ask {
	if !s.WebChat.IdentityBot || !s.IdentityBot.Name && !s.IdentityBot.Email {
		return nil
	}
	b, say := s.IdentityBot, core.IdentityWords(s.IdentityBot, language)
	return &Ask{When: b.When, Name: b.Name, Email: b.Email, Skip: b.Skip, Nickname: say.Nickname, AskName: say.AskName, AskEmail: say.AskEmail, Thanks: say.Thanks}
}

type panelPage struct {
	tags
	Title string
	Color string
	Dir   string
	Theme template.CSS // the app's colours
	Page  pageData

	Begin   template.JS // starts the panel by hand, whose scripts are Entries then; empty where the panel starts by itself
	Entries []string
}

// panel writes the page of the chat panel: inside a host page's frame, or in the whole window.
func (a *API) panel(w http.ResponseWriter, r *http.Request, hosted bool) error {
	if err := a.limits.calls.Allow(a.ipKey(r)); err != nil {
		return err
	}
	if a.programs.widget == nil {
		return a.pages.note(w, http.StatusServiceUnavailable, "The chat is not installed completely", "Its operator finds the reason in the server's log.")
	}
	front, err := a.front(r.Context(), r.PathValue("platform"))
	if rejoin.CodeOf(err) == rejoin.NotFound {
		return a.pages.note(w, http.StatusNotFound, "There is no chat at this address", "If this is your page: check the platformId in the embed code, or copy the code anew from the app’s settings.")
	}
	if err != nil {
		return err
	}
	if hosted && front.Platform.Kind.InApp() {
		if err := a.Core.Apps.Seen(r.Context(), front.Platform, ""); err != nil {
			return err
		}
	}
	page := panelOf(front, a.programs.tags, panelLanguage(r, hosted), hosted)
	if hosted && front.Platform.Kind.InApp() {
		page.Page.InApp, page.Page.Close = inAppIn(page.Page.Language), r.URL.Query().Has("close")
	}
	h := w.Header()
	frames := rejoin.Origins(nil)
	if hosted {
		h.Set("X-Robots-Tag", "noindex")
		h.Set("Vary", "Accept-Language")
	} else {
		frames = front.Platform.AllowedOrigins
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	h.Set("Cache-Control", "no-cache")
	return a.pages.panel(w, r, page, sources(frames))
}

// preview writes the panel's page for the settings of the dashboard: a picture of the chat with sample words, which our own pages may frame, for
// administrators of the app's domain.
func (a *API) preview(w http.ResponseWriter, r *http.Request) error {
	if err := a.limits.calls.Allow(a.ipKey(r)); err != nil {
		return err
	}
	platform := r.PathValue("platform")
	if a.Preview == nil || a.programs.widget == nil || !isID(platform) {
		return noSuch("platform")
	}
	front, err := a.Preview(r, platform)
	if err != nil {
		return noApp(err)
	}
	page := panelOf(front, a.programs.tags, panelLanguage(r, false), false)
	page.Page.Preview, page.Page.Hours, page.Page.Closed = true, nil, closedIn(page.Page.Language) // the dashboard says when it shows
	w.Header().Set("Cache-Control", "no-store")
	return a.pages.panel(w, r, page, []string{"'self'"})
}

// panelOf is what the page of the panel holds for the platform, in a language of [rejoin.Languages].
func panelOf(front core.Front, t tags, language string, hosted bool) panelPage {
	look := front.App.Settings.WebChat
	page := panelPage{tags: t, Title: front.App.Name, Color: look.HeaderColor(), Theme: template.CSS(look.Theme()),
		Page: pageData{PlatformID: front.Platform.ID, Hosted: hosted, Origins: slices.Concat(rejoin.Origins{}, front.Platform.AllowedOrigins),
			AppName: front.App.Name, Title: cmp.Or(look.Title, front.App.Name), Greeting: look.Greeting, MaxFile: core.MaxFile, Hours: hoursOf(front), Close: !hosted}}
	if front.Closed {
		page.Page.Closed = closedIn(language)
	}
	page.Page.Ask = askOf(front.App.Settings, language)
	page.speak(language)
	return page
}

// panel answers with the panel's page; frames are the sources of pages that may hold it.
func (p pages) panel(w http.ResponseWriter, r *http.Request, page panelPage, frames []string) error {
	scripts := ""
	if page.Begin != "" {
		scripts = inlineSource(string(page.Begin))
	}
	w.Header().Set("Content-Security-Policy", panelPolicy(r.Host, frames, inlineSource(string(page.Theme)), scripts))
	return p.write(w, http.StatusOK, "panel.html", page)
}

// inlineSource is how a Content-Security-Policy names what stands in the page itself.
func inlineSource(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// panelLanguage is what the page around the panel asks for; on our own page, what the browser prefers.
func panelLanguage(r *http.Request, hosted bool) string {
	if tag := r.URL.Query().Get("language"); tag != "" || !hosted {
		return rejoin.MatchLanguage(tag)
	}
	return rejoin.MatchLanguage(preferred(r))
}

// preferred is the first language that the browser says it prefers: a BCP 47 tag, or nothing.
func preferred(r *http.Request) string {
	first, _, _ := strings.Cut(r.Header.Get("Accept-Language"), ",")
	tag, _, _ := strings.Cut(first, ";")
	return tag
}

func (p *panelPage) speak(code string) {
	p.Page.Language, p.Page.Tag, p.Page.RTL, p.Dir = code, rejoin.LanguageTag(code), rejoin.RightToLeft(code), "ltr"
	if p.Page.RTL {
		p.Dir = "rtl"
	}
}

// front is what anybody may know of a platform.
func (a *API) front(ctx context.Context, platform string) (core.Front, error) {
	if !isID(platform) {
		return core.Front{}, noSuch("platform")
	}
	f, err := a.Core.Apps.Front(ctx, platform)
	return f, noApp(err)
}

// policySource matches what can stand in a Content-Security-Policy as a source: an origin, or a host with its port.
var policySource = regexp.MustCompile(`^(https?://)?(\[[0-9a-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?$`)

// sources are the origins as a Content-Security-Policy names them.
func sources(origins rejoin.Origins) (list []string) {
	for _, o := range origins {
		if policySource.MatchString(o) {
			list = append(list, o)
		}
	}
	if len(list) == 0 {
		list = []string{"'none'"}
	}
	return list
}

// panelPolicy is the Content-Security-Policy of the panel's page. Some browsers do not count our own WebSockets as 'self'.
func panelPolicy(host string, frames []string, theme, scripts string) string {
	connect := "'self'"
	if policySource.MatchString(host) {
		connect += " ws://" + host + " wss://" + host
	}
	return "default-src 'none'; script-src " + strings.TrimSpace("'self' "+scripts) + "; style-src 'self' " + theme + "; connect-src " + connect + "; img-src 'self' data: blob:; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors " + strings.Join(frames, " ")
}
