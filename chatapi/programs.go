package chatapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"slices"

	"rejoin"
	"rejoin/web"
)

// programs is the built programs that browsers load.
type programs struct {
	sdk    http.Handler // webchat.js and its types; nil if it is not built
	widget http.Handler // the panel's files; nil if they are not built
	tags   tags
}

// tags is what the panel's page loads.
type tags struct{ Scripts, Preloads, Styles []string }

const (
	widgetPrefix = "/assets/widget/"
	sdkPrefix    = "/"
	sdkFile      = "webchat.js"
	typesFile    = "rejoin.d.ts"
	widgetEntry  = "widget/main.tsx"
)

func readPrograms(frame *web.Frame, dist fs.FS, log *slog.Logger) (out programs) {
	missing := func(what string, err error) {
		log.Error("The "+what+` is not built: run "make ui" and build the server again. Until then its addresses answer 503.`, "error", err)
	}
	sdk, err := assetsOf(frame, dist, "sdk", sdkFile, sdkPrefix)
	if err != nil {
		missing("SDK (dist/sdk/webchat.js)", err)
	}
	out.sdk = sdk
	if out.tags, err = readManifest(dist); err == nil {
		out.widget, err = assetsOf(frame, dist, "widget", "manifest.json", widgetPrefix)
	}
	if err != nil {
		missing("chat panel (dist/widget)", err)
	}
	return out
}

// assetsOf serves a folder of dist that must hold a certain file.
func assetsOf(frame *web.Frame, dist fs.FS, folder, must, prefix string) (http.Handler, error) {
	sub, err := fs.Sub(dist, folder)
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(sub, must); err != nil {
		return nil, err
	}
	return frame.Assets(sub, prefix)
}

// chunk is a file in the bundler's manifest.
type chunk struct {
	File    string   `json:"file"`
	CSS     []string `json:"css"`
	Imports []string `json:"imports"`
}

func readManifest(dist fs.FS) (t tags, err error) {
	data, err := fs.ReadFile(dist, "widget/manifest.json")
	if err != nil {
		return t, err
	}
	var manifest map[string]chunk
	if err := json.Unmarshal(data, &manifest); err != nil {
		return t, err
	}
	entry, ok := manifest[widgetEntry]
	if !ok || entry.File == "" {
		return t, fmt.Errorf("widget/manifest.json has no entry %s", widgetEntry)
	}
	t.Scripts = []string{widgetPrefix + entry.File}
	return t, t.add(manifest, entry)
}

// add adds what the chunk needs besides itself.
func (t *tags) add(manifest map[string]chunk, c chunk) error {
	for _, css := range c.CSS {
		if href := widgetPrefix + css; !slices.Contains(t.Styles, href) {
			t.Styles = append(t.Styles, href)
		}
	}
	for _, name := range c.Imports {
		imported, ok := manifest[name]
		if !ok {
			return errors.New("widget/manifest.json misses " + name)
		}
		if href := widgetPrefix + imported.File; !slices.Contains(t.Preloads, href) {
			t.Preloads = append(t.Preloads, href)
			if err := t.add(manifest, imported); err != nil {
				return err
			}
		}
	}
	return nil
}

// registerPrograms adds the SDK, under the names that pages know, its types, and the panel's files.
func (a *API) registerPrograms(mux *http.ServeMux) {
	for _, path := range [...]string{"/webchat.js", "/webChat.js", "/latest/webChat.js"} {
		mux.Handle("GET "+path, a.serveSDK(sdkFile))
	}
	mux.Handle("GET "+sdkPrefix+typesFile, a.serveSDK(typesFile))
	mux.Handle("GET "+widgetPrefix, web.Secure("default-src 'none'", http.HandlerFunc(a.serveWidget)))
}

// serveSDK serves the script that other sites embed, or the types for those who write against it. They ask again after five minutes.
func (a *API) serveSDK(file string) http.Handler {
	return web.Secure("", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if a.programs.sdk == nil {
			notBuilt(w)
			return
		}
		h := w.Header()
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		h.Set("Access-Control-Allow-Origin", "*") // for pages that load it with crossorigin
		named := r.Clone(r.Context())
		named.URL.Path = sdkPrefix + file
		a.programs.sdk.ServeHTTP(&caching{w, "public, max-age=300"}, named)
	}))
}

func (a *API) serveWidget(w http.ResponseWriter, r *http.Request) {
	if a.programs.widget == nil {
		notBuilt(w)
		return
	}
	a.programs.widget.ServeHTTP(w, r)
}

func notBuilt(w http.ResponseWriter) {
	// The client may be gone.
	_ = web.WriteJSON(w, http.StatusServiceUnavailable, Failure{Error: "The chat is not installed completely. Its operator finds the reason in the log.", Code: rejoin.NotFound})
}

// caching gives a good answer another Cache-Control.
type caching struct {
	http.ResponseWriter
	control string
}

func (c *caching) WriteHeader(status int) {
	if status < 400 {
		c.Header().Set("Cache-Control", c.control)
	}
	c.ResponseWriter.WriteHeader(status)
}

// Unwrap serves [http.ResponseController].
func (c *caching) Unwrap() http.ResponseWriter { return c.ResponseWriter }
