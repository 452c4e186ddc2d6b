package chatapi

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/texts"
	"rejoin/web"
)

// platform tells a page what it may know before anybody writes. Only pages on the allowed origins may ask; the others learn why not.
func (a *API) platform(c call) (any, error) {
	front, err := a.front(c.r.Context(), c.r.PathValue("platform"))
	origin := c.r.Header.Get("Origin")
	h := c.w.Header()
	h.Add("Vary", "Origin")
	if policySource.MatchString(origin) {
		h.Set("Access-Control-Allow-Origin", origin) // so that the page can show why not; there is nothing else in a failure
	}
	if err != nil {
		return nil, err
	}
	if !allowed(c.r, front) {
		return nil, rejoin.Errorf(rejoin.Forbidden, "%s is not among the allowed origins of this app. Add it in Settings → App settings → %s → Web Chat → Configure Web Chat.",
			rejoin.Preview(origin, 200), front.App.Name)
	}
	if front.Platform.Kind.InApp() || origin != "" && front.Platform.AllowedOrigins.Allow(origin) { // not a visitor of our own pages
		if err := a.Core.Apps.Seen(c.r.Context(), front.Platform, cmp.Or(c.r.Referer(), origin)); err != nil {
			return nil, err
		}
	}
	out := platformOf(front, c.r.URL.Query().Get("language"))
	cache := "public, max-age=" + strconv.Itoa(freshFor(out.Hours, a.Clock.Now()))
	if c.r.Method == http.MethodPost {
		cache = "no-store"
		if err := a.glance(c, front.Platform.ID, &out); err != nil {
			return nil, err
		}
	}
	body, err := json.Marshal(out)
	if err != nil {
		return nil, err
	}
	web.CORS(front.Platform.AllowedOrigins.Allow, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h.Set("Content-Type", "application/json; charset=utf-8")
		h.Set("Cache-Control", cache)
		_, _ = w.Write(body) // the client may be gone
	})).ServeHTTP(c.w, c.r)
	return nil, nil
}

// freshFor is how many seconds the answer holds: not beyond the moment at which the page asks again.
func freshFor(h *Hours, now rejoin.Millis) int {
	if h == nil || h.ChangeAt == 0 {
		return 60
	}
	return int(min(60, max(0, h.ChangeAt.Sub(now)/time.Second)))
}

// platformOf is what anybody may know, with the launcher's words in a language.
func platformOf(f core.Front, language string) Platform {
	look, say := f.App.Settings.WebChat, texts.Of(language)
	out := Platform{ID: f.Platform.ID, AppName: f.App.Name, Color: look.LauncherColor(), Text: look.LauncherText(), Greeting: look.Greeting, Hide: f.Closed, Hours: hoursOf(f), Ask: askOf(f.App.Settings, language),
		Launcher: Launcher{Title: say.Say("launcher.title", "app", f.App.Name), Open: say["launcher.open"], Unread: say["launcher.unread"], Close: say["launcher.close"]}}
	if f.Closed {
		out.Closed = closedIn(language)
	}
	return out
}

// glance adds what would become of the identity that the page gives.
func (a *API) glance(c call, platform string, out *Platform) error {
	var in Identity
	if err := web.ReadBeacon(c.w, c.r, &in, maxIdentity); err != nil { // text/plain needs no preflight
		return err
	}
	if err := a.limits.identify.Allow(a.ipKey(c.r)); err != nil {
		return err
	}
	verdict, reason, known, err := a.Core.Identities.Glance(c.r.Context(), platform, claimOf(in))
	if verdict == core.ClaimRefused {
		out.Auth, out.Hide, out.Hours = reason, true, nil
	}
	out.Known = known
	return err
}

// allowed reports whether the page may ask: one of an allowed origin, one of ours, or a program that is no page.
func allowed(r *http.Request, f core.Front) bool {
	origin := r.Header.Get("Origin")
	return origin == "" || slices.Contains(f.Platform.AllowedOrigins, origin) || web.CheckSocketOrigin(r) == nil
}
