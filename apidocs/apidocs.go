// Package apidocs is the door of people who write programs: pages that they can read about each API, made of the OpenAPI documents, and those documents
// themselves. Everything here is the same for everybody and is rendered once.
package apidocs

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	"rejoin"
	"rejoin/docs/openapi"
	"rejoin/web"
)

// Config is what the door works with. All fields are needed.
type Config struct {
	PublicURL string // where programs reach us, without a slash at the end: it stands in the commands
	Log       *slog.Logger
}

//go:embed page.html index.html style.css
var files embed.FS

// source is one API: where its document and its page are.
type source struct {
	name, spec, text string
}

func sources() []source {
	return []source{
		{"rest", "/v1/openapi.json", openapi.Rest},
		{"agent", "/agent/v1/openapi.json", openapi.Agent},
		{"chat", "/chat/v1/openapi.json", openapi.Chat},
	}
}

// Register adds the pages, and the documents that no other door serves.
func Register(mux *http.ServeMux, c Config) {
	frame := web.NewFrame(c.Log)
	// Rendered when somebody asks: most servers are never asked.
	render := sync.OnceValues(func() (map[string]http.Handler, error) { return addresses(frame, c.PublicURL) })
	pages := frame.Handle(func(w http.ResponseWriter, r *http.Request) error {
		list, err := render()
		if err != nil {
			return err
		}
		h, ok := list[strings.TrimSuffix(r.URL.Path, "/")]
		if !ok {
			return rejoin.Errorf(rejoin.NotFound, "There is no such page. The list of them is at /docs/api.")
		}
		h.ServeHTTP(w, r)
		return nil
	})
	pages = web.Secure("default-src 'none'; style-src 'self'; frame-ancestors 'none'", pages)
	mux.Handle("GET /docs/api", pages)
	mux.Handle("GET /docs/api/", pages)
	for _, s := range sources() {
		if s.name != "chat" { // the chat API hands out its own
			mux.Handle("GET "+s.spec, pages)
		}
	}
}

// addresses is what is served, by path.
func addresses(frame *web.Frame, server string) (map[string]http.Handler, error) {
	style, err := files.ReadFile("style.css")
	if err != nil {
		return nil, err
	}
	rendered, err := pages(server)
	out := map[string]http.Handler{"/docs/api/style.css": frame.Content("style.css", style)}
	for name, html := range rendered {
		out["/docs/api"+name] = frame.Content("page.html", html)
	}
	for _, s := range sources() {
		out[s.spec] = forTools(frame.Content("openapi.json", []byte(s.text)))
	}
	return out, err
}

// forTools lets tools that draw OpenAPI documents, and run on other sites, read one. It holds nothing of anybody.
func forTools(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		h.ServeHTTP(w, r)
	})
}

// pages renders the page of each API by its path below /docs/api, and the list of them, whose path is empty.
func pages(server string) (map[string][]byte, error) {
	templates, err := template.ParseFS(files, "*.html")
	if err != nil {
		return nil, err
	}
	var list []page
	for _, s := range sources() {
		var doc document
		if err := json.Unmarshal([]byte(s.text), &doc); err != nil {
			return nil, fmt.Errorf("the document of the %s API: %w", s.name, err)
		}
		list = append(list, pageOf(s, doc, server))
	}
	out := map[string][]byte{}
	render := func(path, name string, data any) error {
		var b bytes.Buffer
		err := templates.ExecuteTemplate(&b, name, data)
		out[path] = b.Bytes()
		return err
	}
	for i := range list {
		list[i].APIs = links(list)
		if err := render("/"+list[i].Name, "page.html", list[i]); err != nil {
			return nil, err
		}
	}
	return out, render("", "index.html", list)
}

// link names another page.
type link struct{ Name, Title string }

func links(list []page) (out []link) {
	for _, p := range list {
		out = append(out, link{p.Name, p.Title})
	}
	return out
}
