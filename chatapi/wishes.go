package chatapi

import (
	"html/template"
	"mime"
	"net/http"
	"net/url"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// wishes is the pages behind an e-mail's small print.
type wishes struct{ *API }

// register adds the pages behind an e-mail's small print. The token in the address is the only authorisation, which also protects the
// forms: another site does not know it.
func (a wishes) register(mux *http.ServeMux) {
	page := func(h web.Handler) http.Handler {
		return web.Secure(a.pages.style+"; form-action 'self'; frame-ancestors 'none'", a.frame.Handle(a.wishDoor(h)))
	}
	mux.Handle("GET /m/{token}", page(a.showWishes))
	mux.Handle("POST /m/{token}", page(a.setWish))
	mux.Handle("GET /m/{token}/one-click", page(a.toWishes))
	mux.Handle("POST /m/{token}/one-click", page(a.oneClick))
}

// wishDoor answers a person with a page where a program would get JSON.
func (a wishes) wishDoor(h web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Cache-Control", "no-store")
		err := a.limits.wishes.Allow(a.ipKey(r))
		if err == nil {
			err = h(w, r)
		}
		switch rejoin.CodeOf(err) {
		case rejoin.NotFound:
			return a.pages.note(w, http.StatusNotFound, "This link does not lead anywhere", "It may be incomplete: please copy the whole link from the e-mail, or write to the company.")
		case rejoin.Limited:
			w.Header().Set("Retry-After", "60")
			return a.pages.note(w, http.StatusTooManyRequests, "One moment, please", "There were too many requests from your network. Please try again in a minute.")
		}
		return err
	}
}

// choice is one of the wishes as the page offers it.
type choice struct {
	Wish                rejoin.SuppressionKind
	Title, Text, Button string
	On, Final, Grave    bool
}

type wishPage struct {
	core.WishPage
	CSS     template.CSS
	Action  string
	Done    string
	Choices []choice
}

// showWishes shows what is chosen. It changes nothing.
func (a wishes) showWishes(w http.ResponseWriter, r *http.Request) error {
	p, err := a.Core.Wishes.Page(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	page := wishPage{WishPage: p, CSS: a.pages.css, Action: wishPath(r), Choices: choices(p)}
	page.Done = done(p, rejoin.SuppressionKind(r.URL.Query().Get("wish")), r.URL.Query().Get("on") == "1")
	return a.pages.write(w, http.StatusOK, "wishes.html", page)
}

func choices(p core.WishPage) []choice {
	mute := choice{Wish: rejoin.Mute, On: p.Wishes[rejoin.Mute], Title: "Mute this conversation",
		Text: "No more e-mails about this conversation. Other conversations are not affected.", Button: "Mute this conversation"}
	if mute.On {
		mute.Button = "Send e-mails about it again"
	}
	unsubscribe := choice{Wish: rejoin.Unsubscribe, On: p.Wishes[rejoin.Unsubscribe], Title: "Unsubscribe",
		Text: "No more e-mails about unread messages from " + p.AppName + " to " + p.Address + ", in no conversation.", Button: "Unsubscribe"}
	if unsubscribe.On {
		unsubscribe.Button = "Subscribe again"
	}
	on := p.Wishes[rejoin.NotMe]
	return []choice{mute, unsubscribe, {Wish: rejoin.NotMe, On: on, Final: on, Grave: true, Title: "This was not me",
		Text:   "Somebody else gave your address. This company never sends it e-mails about unread messages again, and all links to this conversation stop working.",
		Button: "This was not me"}}
}

// done says what was changed, if that is how things are: an address can be typed by anybody.
func done(p core.WishPage, wish rejoin.SuppressionKind, on bool) string {
	texts := map[rejoin.SuppressionKind][2]string{
		rejoin.Mute:        {"You get e-mails about this conversation again.", "You get no more e-mails about this conversation."},
		rejoin.Unsubscribe: {"You get e-mails from " + p.AppName + " again.", "You get no more e-mails about unread messages from " + p.AppName + "."},
		rejoin.NotMe:       {"", "Your address gets no more e-mails of this kind from this company, and the links to this conversation no longer work."},
	}
	text, known := texts[wish]
	switch {
	case !known || p.Wishes[wish] != on:
		return ""
	case on:
		return text[1]
	}
	return text[0]
}

func wishPath(r *http.Request) string { return "/m/" + url.PathEscape(r.PathValue("token")) }

// setWish stores a choice and leads back to the page.
func (a wishes) setWish(w http.ResponseWriter, r *http.Request) error {
	form, err := readForm(w, r)
	if err != nil {
		return err
	}
	wish, on := form.Get("wish"), form.Get("on")
	if on != "0" && on != "1" {
		return rejoin.InvalidField("on", "on must be 1 or 0.")
	}
	if err := a.Core.Wishes.Set(r.Context(), r.PathValue("token"), rejoin.SuppressionKind(wish), on == "1"); err != nil {
		return err
	}
	w.Header().Set("Location", wishPath(r)+"?"+url.Values{"wish": {wish}, "on": {on}}.Encode())
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// toWishes leads somebody who has opened the one-click address in a browser to the page.
func (a wishes) toWishes(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Location", wishPath(r))
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// oneClick unsubscribes at the request of a mail program (RFC 8058).
func (a wishes) oneClick(w http.ResponseWriter, r *http.Request) error {
	form, err := readForm(w, r)
	if err != nil {
		return err
	}
	if form.Get("List-Unsubscribe") != "One-Click" {
		return rejoin.InvalidField("List-Unsubscribe", "Send List-Unsubscribe=One-Click (RFC 8058).")
	}
	if err := a.Core.Wishes.Set(r.Context(), r.PathValue("token"), rejoin.Unsubscribe, true); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("Unsubscribed.\n")) // the client may be gone
	return nil
}

// readForm reads a form of either encoding from the body; mail programs send both.
func readForm(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxSmall)
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")) // what is broken is neither of the two
	var err error
	switch kind {
	case "application/x-www-form-urlencoded":
		err = r.ParseForm()
	case "multipart/form-data":
		err = r.ParseMultipartForm(maxSmall)
	default:
		return nil, rejoin.InvalidField("Content-Type", "Send a form.")
	}
	if err != nil {
		return nil, &rejoin.Error{Code: rejoin.Invalid, Text: "The form is broken or too long.", Err: err}
	}
	return r.PostForm, nil
}
