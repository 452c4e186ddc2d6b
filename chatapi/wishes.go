package chatapi

import (
	"html/template"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"rejoin"
	"rejoin/core"
	"rejoin/texts"
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
			v := speak(preferred(r))
			return a.pages.noteIn(w, v, http.StatusNotFound, v.Say("wishes.lost"), v.Say("wishes.lost_text"))
		case rejoin.Limited:
			w.Header().Set("Retry-After", "60")
			return a.pages.note(w, http.StatusTooManyRequests, "One moment, please", "There were too many requests from your network. Please try again in a minute.")
		}
		return err
	}
}

// voice says the texts of one language.
type voice struct {
	texts.Texts
	Lang, Dir string // as HTML wants them
}

func speak(tag string) voice {
	code := rejoin.MatchLanguage(tag)
	v := voice{Texts: texts.Of(code), Lang: rejoin.LanguageTag(code), Dir: "ltr"}
	if rejoin.RightToLeft(code) {
		v.Dir = "rtl"
	}
	return v
}

// apart makes a value such as a name or an address keep its own order inside text that runs from right to left (Unicode Annex 9).
func (v voice) apart(value string) string {
	if v.Dir == "ltr" {
		return value
	}
	return "\u2068" + value + "\u2069"
}

// choice is one of the wishes as the page offers it.
type choice struct {
	Wish                rejoin.SuppressionKind
	Title, Text, Button string
	On, Final, Grave    bool
}

type wishPage struct {
	voice
	CSS     template.CSS
	Action  string
	Title   string
	About   string
	Done    string
	Choices []choice
}

// showWishes shows what is chosen, in the language of who began the conversation. It changes nothing.
func (a wishes) showWishes(w http.ResponseWriter, r *http.Request) error {
	p, err := a.Core.Wishes.Page(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	v := speak(p.Language)
	p.AppName, p.Address = v.apart(p.AppName), v.apart(p.Address)
	number := "#" + strconv.FormatInt(p.Number, 10)
	conversation := strings.Replace(v.Say("wishes.conversation", "number", number[1:]), number, v.apart(number), 1)
	page := wishPage{voice: v, CSS: a.pages.css, Action: wishPath(r), Title: v.Say("wishes.title", "app", p.AppName), About: conversation + " · " + p.Address,
		Done:    v.done(p, rejoin.SuppressionKind(r.URL.Query().Get("wish")), r.URL.Query().Get("on") == "1"),
		Choices: v.choices(p)}
	return a.pages.write(w, http.StatusOK, "wishes.html", page)
}

func (v voice) choices(p core.WishPage) []choice {
	mute := choice{Wish: rejoin.Mute, On: p.Wishes[rejoin.Mute], Title: v.Say("wishes.mute"), Text: v.Say("wishes.mute_text"), Button: v.Say("wishes.mute")}
	if mute.On {
		mute.Button = v.Say("wishes.unmute")
	}
	unsubscribe := choice{Wish: rejoin.Unsubscribe, On: p.Wishes[rejoin.Unsubscribe], Title: v.Say("wishes.unsubscribe"),
		Text: v.Say("wishes.unsubscribe_text", "app", p.AppName, "address", p.Address), Button: v.Say("wishes.unsubscribe")}
	if unsubscribe.On {
		unsubscribe.Button = v.Say("wishes.subscribe")
	}
	on := p.Wishes[rejoin.NotMe]
	return []choice{mute, unsubscribe, {Wish: rejoin.NotMe, On: on, Final: on, Grave: true, Title: v.Say("wishes.not_me"),
		Text: v.Say("wishes.not_me_text"), Button: v.Say("wishes.not_me")}}
}

// done says what was changed, if that is how things are: an address can be typed by anybody.
func (v voice) done(p core.WishPage, wish rejoin.SuppressionKind, on bool) string {
	keys, known := map[rejoin.SuppressionKind]map[bool]string{
		rejoin.Mute:        {true: "wishes.muted", false: "wishes.unmuted"},
		rejoin.Unsubscribe: {true: "wishes.unsubscribed", false: "wishes.subscribed"},
		rejoin.NotMe:       {true: "wishes.not_me_done"},
	}[wish]
	if !known || p.Wishes[wish] != on {
		return ""
	}
	return v.Say(keys[on], "app", p.AppName)
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
