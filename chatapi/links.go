package chatapi

import (
	"net/http"

	"rejoin"
	"rejoin/core"
	"rejoin/texts"
	"rejoin/web"
)

// links is the pages behind codes and links into the chat (reference §2.10): /q/{platform}#<token>.
//
// The token is in the fragment, so that it is in no log. A small script of the page exchanges it for what the chat begins with, and only then loads the
// panel, to which it is what an app is around the chat: see ui/widget/host/web-view.ts. A program that follows the link without running scripts counts for nothing.
type links struct{ *API }

// register adds the pages.
func (a links) register(mux *http.ServeMux) {
	mux.Handle("GET /q/{platform}", web.Secure("", a.frame.Handle(a.page)))
	mux.Handle("POST /q/{platform}", web.Secure("default-src 'none'; frame-ancestors 'none'", a.frame.RequireSameOrigin(a.frame.Handle(a.open))))
}

// page writes the page of a link; with ?lost, what it says if the link opens nothing.
func (a links) page(w http.ResponseWriter, r *http.Request) error {
	if err := a.limits.calls.Allow(a.ipKey(r)); err != nil {
		return err
	}
	front, err := a.front(r.Context(), r.PathValue("platform"))
	language := panelLanguage(r, true)
	w.Header().Set("X-Robots-Tag", "noindex")
	if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && r.URL.Query().Has("lost") {
		return a.lost(w, front, language)
	}
	if err != nil {
		return err
	}
	if a.programs.widget == nil {
		return a.pages.note(w, http.StatusServiceUnavailable, "The chat is not installed completely", "Its operator finds the reason in the server's log.")
	}
	page := panelOf(front, a.programs.tags, language, true)
	page.Page.InApp = inAppIn(language)
	page.Begin, page.Entries, page.Scripts = a.pages.begin, page.Scripts, nil
	w.Header().Set("Vary", "Accept-Language")
	w.Header().Set("Cache-Control", "no-cache")
	return a.pages.panel(w, r, page, []string{"'none'"})
}

// lost says that a link opens nothing, and leads to the chat, if there is one.
func (a links) lost(w http.ResponseWriter, front core.Front, language string) error {
	say := texts.Of(language)
	n := note{voice: speak(language), Title: say["link.over"], Text: say["link.over_text"]}
	if front.Platform.ID != "" && !front.Closed {
		n.Link, n.LinkText = "/c/"+front.Platform.ID+"?language="+language, say["launcher.open"]
	}
	return a.pages.noteWith(w, http.StatusNotFound, n)
}

// openLink is what the page sends.
type openLink struct {
	Token string `json:"token"`
}

// open exchanges the token for what the chat begins with.
func (a links) open(w http.ResponseWriter, r *http.Request) error {
	if err := a.limits.identify.Allow(a.ipKey(r)); err != nil {
		return err
	}
	var in openLink
	if err := web.ReadJSON(w, r, &in, maxSmall); err != nil {
		return err
	}
	opening, err := a.Core.ChatLinks.Open(r.Context(), r.PathValue("platform"), in.Token)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return web.WriteJSON(w, http.StatusOK, opening)
}
