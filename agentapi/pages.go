package agentapi

import (
	"html"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

const assetsPath = "/assets/dashboard/"

// registerPages adds the dashboard itself: its files, and index.html at every address that it knows.
func (a *API) registerPages(mux *http.ServeMux) {
	assets, err := a.assets()
	if err != nil {
		a.Log.Warn("the dashboard is not built", "error", err)
		mux.Handle("/", a.page(http.HandlerFunc(notBuilt)))
		return
	}
	mux.Handle(assetsPath, a.page(assets))
	mux.Handle("/", a.page(a.frame.Handle(func(w http.ResponseWriter, r *http.Request) error {
		switch {
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			failure := web.Failure{Error: "Pages can only be read: use GET.", Code: rejoin.Invalid}
			return web.WriteJSON(w, http.StatusMethodNotAllowed, failure)
		case !isPage(r.URL.Path):
			writePage(w, http.StatusNotFound, "There is nothing at this address.", `Perhaps a part of it was lost. <a href="/">Go to the inbox</a>`)
			return nil
		}
		index := r.Clone(r.Context())
		index.URL.Path = assetsPath + "index.html"
		assets.ServeHTTP(w, index)
		return nil
	})))
}

func (a *API) assets() (http.Handler, error) {
	files, err := fs.Sub(a.Dist, "dashboard")
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(files, "index.html"); err != nil {
		return nil, err
	}
	return a.frame.Assets(files, assetsPath)
}

// isPage reports whether the dashboard has a page at the path.
func isPage(p string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(path.Clean(p), "/"), "/")
	switch first {
	case "":
		return true
	case "sign-in", "welcome", "new-password", "profile", "setup":
		return path.Clean(p) == "/"+first
	}
	return first == "inbox" || first == "reports" || first == "settings"
}

// page adds the headers of a page.
func (a *API) page(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		web.Secure(a.policy(r.Host), h).ServeHTTP(w, r)
	})
}

// PanelPreview returns what the signed-in administrator who asks may see in the preview of the chat panel.
func (a *API) PanelPreview(r *http.Request, platform string) (core.Front, error) {
	agent, err := a.Core.Agents.BySession(r.Context(), a.token(r))
	if err != nil {
		return core.Front{}, err
	}
	return a.Core.Apps.PanelPreview(r.Context(), agent, platform)
}

var plainHost = regexp.MustCompile(`^[A-Za-z0-9.:\[\]-]+$`)

// policy lets the dashboard load its own files and speak with its own server. Some browsers do not count ws: as 'self'.
func (a *API) policy(host string) string {
	connect := "'self'"
	if plainHost.MatchString(host) {
		scheme := "ws"
		if a.Secure {
			scheme = "wss"
		}
		connect += " " + scheme + "://" + host
	}
	return "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src " + connect +
		"; frame-src 'self' blob: data:; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
}

func notBuilt(w http.ResponseWriter, _ *http.Request) {
	writePage(w, http.StatusServiceUnavailable, "The dashboard is not built.", "Run <code>make ui</code> and start the server again.")
}

const pageText = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>TITLE</title>
<style>
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 16px/1.5 system-ui, sans-serif; background: #fff; color: #1c1e24; }
main { padding: 2rem; max-width: 32rem; text-align: center; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
a { color: #1a5fb4; }
@media (prefers-color-scheme: dark) { body { background: #16181d; color: #e8eaf0; } a { color: #8ab8ff; } }
</style>
<main><h1>TITLE</h1><p>MORE</p></main>
</html>
`

// writePage answers with a page of its own. more is HTML.
func writePage(w http.ResponseWriter, status int, title, more string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	text := strings.NewReplacer("TITLE", html.EscapeString(title), "MORE", more).Replace(pageText)
	_, _ = w.Write([]byte(text)) // the client may be gone
}
