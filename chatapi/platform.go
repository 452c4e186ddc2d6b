package chatapi

import (
	"encoding/json"
	"net/http"
	"slices"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// platform tells a page what it may know before anybody writes. Only pages on the allowed origins may ask; the others learn why not.
func (a *API) platform(c call) (any, error) {
	front, err := a.front(c.r.Context(), c.r.PathValue("platform"))
	origin := c.r.Header.Get("Origin")
	h := c.w.Header()
	h.Add("Vary", "Origin")
	if policySource.MatchString(origin) && (err != nil || !allowed(c.r, front)) {
		h.Set("Access-Control-Allow-Origin", origin) // so that the page can show the reason; there is nothing else in it
	}
	if err != nil {
		return nil, err
	}
	if !allowed(c.r, front) {
		return nil, rejoin.Errorf(rejoin.Forbidden, "%s is not among the allowed origins of this app. Add it in Settings → App settings → %s → Web Chat → Configure Web Chat.",
			rejoin.Preview(origin, 200), front.App.Name)
	}
	body, err := json.Marshal(Platform{ID: front.Platform.ID, AppName: front.App.Name, Color: front.App.Settings.WebChat.Color, Greeting: front.App.Settings.WebChat.Greeting})
	if err != nil {
		return nil, err
	}
	web.CORS(front.Platform.AllowedOrigins.Allow, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h.Set("Content-Type", "application/json; charset=utf-8")
		h.Set("Cache-Control", "public, max-age=60")
		_, _ = w.Write(body) // the client may be gone
	})).ServeHTTP(c.w, c.r)
	return nil, nil
}

// allowed reports whether the page may ask: one of an allowed origin, one of ours, or a program that is no page.
func allowed(r *http.Request, f core.Front) bool {
	origin := r.Header.Get("Origin")
	return origin == "" || slices.Contains(f.Platform.AllowedOrigins, origin) || web.CheckSocketOrigin(r) == nil
}
