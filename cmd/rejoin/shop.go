package main

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"rejoin"
	"rejoin/core"
)

//go:embed shop examples
var shopFiles embed.FS

// product is something the sample shop sells. Its picture is the template "picture-" and its ID.
type product struct {
	ID, Name, Price, Line, Text string
	Facts                       []string
}

func productOf(id string) (product, bool) {
	for _, p := range products() {
		if p.ID == id {
			return p, true
		}
	}
	return product{}, false
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
	pages            *template.Template
	examples         *strings.Replacer // the manual's placeholders, by what they are here
	platform, domain string
	loader           string // the snippet after its configuration
	policy           string
	secret           func(context.Context) (string, error) // the app's newest, or ""
}

// shopView is what a page's template sees.
type shopView struct {
	Title    string
	Page     string
	Path     string // of this page, to come back to
	Products []product
	Product  product
	Order    order
	Orders   []order
	Customer customer   // zero if nobody is signed in
	Others   []customer // who could sign in instead
	Chat     pageData
}

// pageData is what a page tells the chat. It stands in the page as JSON: the shop's policy allows no program inside of pages.
type pageData struct {
	Config chatConfig           `json:"config"`           // rejoinConfig
	Fields map[string]chatField `json:"fields,omitempty"` // for setCustomIssueFields
}

type chatConfig struct {
	PlatformID string   `json:"platformId"`
	Domain     string   `json:"domain"`
	Tags       []string `json:"tags,omitempty"`
	login
}

type chatField struct {
	Type  rejoin.FieldType `json:"type"`
	Value any              `json:"value"`
}

// newShopHome makes the shop of an app whose server is at the address.
func newShopHome(app core.AppPage, server string, secret func(context.Context) (string, error)) (s shopHome, err error) {
	// The snippet, as a file: its configuration comes out of the page.
	_, script, ok := strings.Cut(app.EmbedCode, "<script>")
	script, _, closed := strings.Cut(script, "</script>")
	_, loader, configured := strings.Cut(script, "};\n")
	if !ok || !closed || !configured {
		return s, errors.New("the embed code is not what the shop knows")
	}
	// Nothing but files of our own and the chat's server: what the manual advises, and as strict as a page can be.
	s.policy = "default-src 'none'; script-src 'self' " + server + "; style-src 'self'; img-src 'self' data:; connect-src 'self' " + server +
		"; frame-src " + server + "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	s.loader, s.platform, s.domain, s.secret = loader, app.Platform.ID, app.Domain.Name, secret
	s.examples = strings.NewReplacer("https://chat.example.com", server, examplePlatform, s.platform, `domain: "acme"`, `domain: "`+s.domain+`"`)
	s.pages, err = template.New("").Funcs(template.FuncMap{"picture": s.picture}).ParseFS(shopFiles, "shop/*.html")
	return s, err
}

func (s shopHome) handler() http.Handler {
	mux := http.NewServeMux()
	page := func(pattern string, make func(*http.Request) (int, shopView)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			status, v := make(r)
			s.show(w, r, status, v)
		})
	}
	page("GET /{$}", func(*http.Request) (int, shopView) {
		return http.StatusOK, shopView{Title: "Harbor & Pine", Page: "home.html", Products: products()}
	})
	page("GET /contact", func(*http.Request) (int, shopView) {
		return http.StatusOK, shopView{Title: "Contact · Harbor & Pine", Page: "contact.html"}
	})
	page("GET /products/{id}", func(r *http.Request) (int, shopView) {
		p, ok := productOf(r.PathValue("id"))
		if !ok {
			return missing(r)
		}
		return http.StatusOK, shopView{Title: p.Name + " · Harbor & Pine", Page: "product.html", Product: p, Products: products()}
	})
	page("GET /orders/{number}", orderPage)
	page("GET /account", func(*http.Request) (int, shopView) {
		return http.StatusOK, shopView{Title: "Your account · Harbor & Pine", Page: "account.html", Path: "/account"}
	})
	page("GET /examples/{$}", func(*http.Request) (int, shopView) {
		return http.StatusOK, shopView{Title: "For developers · Harbor & Pine", Page: "developers.html"}
	})
	page("GET /", missing)
	s.handleAccount(mux)
	mux.HandleFunc("GET /examples/{file}", s.example)
	mux.HandleFunc("GET /chat.js", s.chat)
	for _, name := range []string{"style.css", "icon.svg", "shop.js"} {
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, shopFiles, "shop/"+name) })
	}
	return http.NewCrossOriginProtection().Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", s.policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		h.Set("Cache-Control", "no-cache")
		mux.ServeHTTP(w, r)
	}))
}

func missing(*http.Request) (int, shopView) {
	return http.StatusNotFound, shopView{Title: "Not found · Harbor & Pine", Page: "missing.html"}
}

// chat is the snippet as a file of the shop's.
func (s shopHome) chat(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	fmt.Fprintf(w, "window.rejoinConfig = JSON.parse(document.getElementById(\"page-data\").textContent).config;\n%s", s.loader)
}

// show writes a page, with whoever is signed in, and what the chat is told of them and of the page.
func (s shopHome) show(w http.ResponseWriter, r *http.Request, status int, v shopView) {
	v.Customer = signedIn(r)
	if v.Path == "" {
		v.Path = r.URL.RequestURI()
	}
	for _, c := range customers() {
		if c.ID != v.Customer.ID {
			v.Others = append(v.Others, c)
		}
	}
	v.Orders = ordersOf(v.Customer)
	who, err := s.identify(r.Context(), v.Customer)
	v.Chat.Config.PlatformID, v.Chat.Config.Domain, v.Chat.Config.login = s.platform, s.domain, who
	var body, page bytes.Buffer
	if err == nil {
		err = s.pages.ExecuteTemplate(&body, v.Page, v)
	}
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
