package main

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
	"html/template"
	"net/http"
	"strings"
)

//go:embed shop
var shopFiles embed.FS

// product is something the sample shop sells. Its picture is the template "picture-" and its ID.
type product struct {
	ID, Name, Price, Line, Text string
	Facts                       []string
}

func products() []product {
	return []product{
		{"tent", "Driftwood tent", "€ 389", "Two people, three seasons, one sea view.",
			"A light tunnel tent with a wide door on both sides. It is up in four minutes, also by one person, and stays there when the weather turns.",
			[]string{"1.9 kg with pegs and bag", "Waterproof to 4,000 mm", "Poles repaired for life"}},
		{"lantern", "Mooring lantern", "€ 64", "Warm light for long evenings.",
			"Brass and hand-blown glass around a warm LED that shines for ninety hours. Made after the lamps in the old harbour.",
			[]string{"Three levels, from reading to starlight", "Charges by USB-C or by sun", "Glass can be changed without tools"}},
		{"pack", "Ridgeline pack", "€ 149", "Carries a week, feels like a day.",
			"Waxed canvas, a back that breathes, and a pocket wherever you would look for one first.",
			[]string{"32 or 45 litres", "Rain cover in the base", "Repaired free of charge for ten years"}},
		{"mug", "Enamel mug", "€ 14", "Coffee tastes of morning in it.",
			"Steel under two coats of enamel. It survives the fire, the fall and the dishwasher, and gets its own face with the years.",
			[]string{"350 ml", "Fits over the small stove", "Five colours of the coast"}},
	}
}

// shopHome is the sample shop: a site of its own that carries the chat as any customer's site would.
type shopHome struct {
	pages  *template.Template
	embed  template.HTML
	policy string
}

// shopView is what a page's template sees.
type shopView struct {
	Title    string
	Page     string
	Products []product
	Product  product
	Embed    template.HTML
}

// newShopHome makes the shop with the snippet that puts the chat of server on a page.
func newShopHome(embed, server string) (s shopHome, err error) {
	// The shop's policy names the snippet by its hash, and our server for the script, the frame and the requests, as the manual advises.
	_, script, ok := strings.Cut(embed, "<script>")
	script, _, closed := strings.Cut(script, "</script>")
	if !ok || !closed {
		return s, errors.New("the embed code is no script")
	}
	sum := sha256.Sum256([]byte(script))
	s.policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
		"script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "' " + server + "; frame-src " + server + "; connect-src " + server
	s.embed = template.HTML(embed)
	s.pages, err = template.New("").Funcs(template.FuncMap{"picture": s.picture}).ParseFS(shopFiles, "shop/*.html")
	return s, err
}

func (s shopHome) handler() http.Handler {
	mux := http.NewServeMux()
	all := products()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		s.show(w, http.StatusOK, shopView{Title: "Harbor & Pine", Page: "home.html", Products: all})
	})
	mux.HandleFunc("GET /contact", func(w http.ResponseWriter, _ *http.Request) {
		s.show(w, http.StatusOK, shopView{Title: "Contact · Harbor & Pine", Page: "contact.html"})
	})
	mux.HandleFunc("GET /products/{id}", func(w http.ResponseWriter, r *http.Request) {
		for _, p := range all {
			if p.ID == r.PathValue("id") {
				s.show(w, http.StatusOK, shopView{Title: p.Name + " · Harbor & Pine", Page: "product.html", Product: p, Products: all})
				return
			}
		}
		s.missing(w, r)
	})
	for _, name := range []string{"style.css", "icon.svg"} {
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, shopFiles, "shop/"+name) })
	}
	mux.HandleFunc("GET /", s.missing)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", s.policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		h.Set("Cache-Control", "no-cache")
		mux.ServeHTTP(w, r)
	})
}

func (s shopHome) missing(w http.ResponseWriter, _ *http.Request) {
	s.show(w, http.StatusNotFound, shopView{Title: "Not found · Harbor & Pine", Page: "missing.html"})
}

func (s shopHome) show(w http.ResponseWriter, status int, v shopView) {
	v.Embed = s.embed
	var body, page bytes.Buffer
	err := s.pages.ExecuteTemplate(&body, v.Page, v)
	if err == nil {
		err = s.pages.ExecuteTemplate(&page, "frame.html", struct {
			shopView
			Body template.HTML
		}{v, template.HTML(body.String())})
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(page.Bytes()) // the visitor may have left
}

// picture returns the drawing of a product.
func (s shopHome) picture(id string) (template.HTML, error) {
	drawing, err := shopFiles.ReadFile("shop/" + id + ".svg")
	return template.HTML(drawing), err
}
