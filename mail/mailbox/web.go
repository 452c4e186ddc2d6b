package mailbox

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed page
var pageFiles embed.FS

var (
	pageTemplate = template.Must(template.ParseFS(pageFiles, "page/page.html"))
	headTag      = regexp.MustCompile(`(?i)<head(\s[^>]*)?>`)
)

const (
	// pagePolicy lets the mailbox's own page do what it needs and nothing else.
	pagePolicy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	// mailPolicy shows an e-mail without scripts, requests, forms or a way to the page around it. Links open a new tab.
	mailPolicy = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; " +
		"form-action 'none'; frame-ancestors 'self'"
	// pollTime is how long a page's question for news stays open.
	pollTime = 25 * time.Second
)

// Handler serves the mailbox as a web page, from the root of its own host.
func (m *Mailbox) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", m.serveList)
	mux.HandleFunc("GET /mail/{id}", m.serveMail)
	mux.HandleFunc("GET /mail/{id}/body", m.serveBody)
	mux.HandleFunc("GET /mail/{id}/raw", m.serveRaw)
	mux.HandleFunc("GET /changes", m.serveChanges)
	mux.HandleFunc("POST /delete", m.serveDelete)
	for _, name := range []string{"style.css", "app.js", "icon.svg"} {
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) {
			http.ServeFileFS(w, r, pageFiles, "page/"+name)
		})
	}
	guarded := http.NewCrossOriginProtection().Handler(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", pagePolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		guarded.ServeHTTP(w, r)
	})
}

// pageView is what the template sees.
type pageView struct {
	Version int64
	Addr    string
	Mails   []listView // newest first
	Mail    *Mail      // the one that is open
	View    string     // html, phone, text, headers or raw
	Tabs    []tabView
	Raw     string
	Gone    bool // the one that was asked for is not here
}

type listView struct {
	Mail
	Sender, Snippet, When, Stamp string
	Open                         bool
}

type tabView struct {
	View, Label string
	Open        bool
}

func (m *Mailbox) view(openID string) pageView {
	m.mu.Lock()
	mails, version := slices.Clone(m.mails), m.version
	m.mu.Unlock()
	v := pageView{Version: version, Addr: m.Addr()}
	now := time.Now()
	for i, mail := range slices.Backward(mails) {
		v.Mails = append(v.Mails, listView{
			Mail: mail, Sender: senderName(mail), Snippet: snippet(mail.Text), Open: mail.ID == openID,
			When: when(mail.ReceivedAt, now), Stamp: mail.ReceivedAt.Format(time.RFC3339),
		})
		if mail.ID == openID {
			v.Mail = &mails[i]
		}
	}
	return v
}

func (m *Mailbox) serveList(w http.ResponseWriter, _ *http.Request) {
	render(w, http.StatusOK, m.view(""))
}

func (m *Mailbox) serveMail(w http.ResponseWriter, r *http.Request) {
	v := m.view(r.PathValue("id"))
	if v.Mail == nil {
		v.Gone = true
		render(w, http.StatusNotFound, v)
		return
	}
	v.Tabs = tabs(*v.Mail, r.FormValue("view"))
	for _, t := range v.Tabs {
		if t.Open {
			v.View = t.View
		}
	}
	if v.View == "raw" {
		v.Raw = strings.ToValidUTF8(string(v.Mail.Raw), "\uFFFD")
	}
	render(w, http.StatusOK, v)
}

// tabs returns the views of an e-mail, the wanted one open, or the first if there is no such view.
func tabs(m Mail, want string) []tabView {
	var t []tabView
	if m.HTML != "" {
		t = append(t, tabView{View: "html", Label: "HTML"}, tabView{View: "phone", Label: "Phone"})
	}
	t = append(t, tabView{View: "text", Label: "Text"}, tabView{View: "headers", Label: "Headers"}, tabView{View: "raw", Label: "Raw"})
	open := max(0, slices.IndexFunc(t, func(t tabView) bool { return t.View == want }))
	t[open].Open = true
	return t
}

// serveBody serves the HTML part under a policy of its own, so that it is harmless also when it is opened directly.
func (m *Mailbox) serveBody(w http.ResponseWriter, r *http.Request) {
	mail, ok := m.Message(r.PathValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Security-Policy", mailPolicy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(linksInNewTab(mail.HTML)))
}

// linksInNewTab makes links open a new tab, as mail programs do, unless they say otherwise.
func linksInNewTab(html string) string {
	const base = `<base target="_blank">`
	if loc := headTag.FindStringIndex(html); loc != nil {
		return html[:loc[1]] + base + html[loc[1]:]
	}
	return base + html
}

func (m *Mailbox) serveRaw(w http.ResponseWriter, r *http.Request) {
	mail, ok := m.Message(r.PathValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "message/rfc822")
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", mail.ID+".eml"))
	_, _ = w.Write(mail.Raw)
}

// serveChanges answers as soon as the mailbox is not at the version that the page shows, or after a while.
func (m *Mailbox) serveChanges(w http.ResponseWriter, r *http.Request) {
	after, _ := strconv.ParseInt(r.FormValue("after"), 10, 64) // junk means "whatever there is"
	ctx, cancel := context.WithTimeout(r.Context(), pollTime)
	defer cancel()
	version := after
	_, _ = m.WaitFor(ctx, func([]Mail) bool {
		m.mu.Lock()
		defer m.mu.Unlock()
		version = m.version
		return version != after
	})
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]int64{"version": version})
}

func (m *Mailbox) serveDelete(w http.ResponseWriter, r *http.Request) {
	if err := m.DeleteAll(); err != nil {
		http.Error(w, "The mailbox could not be emptied: "+err.Error(), http.StatusInternalServerError)
		return
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func render(w http.ResponseWriter, status int, v pageView) {
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}

func senderName(m Mail) string {
	name, _, _ := strings.Cut(m.FromHeader, "<")
	return cmp.Or(strings.Trim(name, `" `), m.From, "(no sender)")
}

func snippet(text string) string {
	r := []rune(strings.Join(strings.Fields(text), " "))
	return string(r[:min(len(r), 140)])
}

func when(t, now time.Time) string {
	if t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return t.Format("15:04:05")
	}
	return t.Format("2 Jan 15:04")
}
