package main

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"rejoin/identity"
)

// customer is somebody who has an account with the sample shop. All ids are of one length: see the manual, "Log users in".
type customer struct{ ID, Name, Email string }

func customers() []customer {
	return []customer{
		{"cust-1042", "Nora Castellan", "nora.castellan@example.com"},
		{"cust-2077", "Emil Brandt", "emil.brandt@example.net"},
	}
}

// login is who the shop tells the chat is at its page: keys of rejoinConfig. It is empty for somebody who is not signed in.
type login struct {
	UserID        string `json:"userId,omitempty"`
	UserEmail     string `json:"userEmail,omitempty"`
	UserName      string `json:"userName,omitempty"`
	UserAuthToken string `json:"userAuthToken,omitempty"`
}

// identify signs a customer's id and address, as any host's server does: it has the secret from the dashboard, and no page ever sees it.
func (s shopHome) identify(ctx context.Context, c customer) (l login, err error) {
	if c.ID == "" {
		return l, nil
	}
	secret, err := s.secret(ctx)
	if err != nil || secret == "" {
		return login{UserID: c.ID, UserEmail: c.Email, UserName: c.Name}, err
	}
	return login{c.ID, c.Email, c.Name, identity.Sign(secret, c.ID+c.Email)}, nil
}

// accountCookie names the customer. Anybody may sign in as anybody here, so there is nothing to protect; a real shop keeps a session.
const accountCookie = "harbor_pine_customer"

// signedIn returns the customer at the page; zero if nobody is signed in.
func signedIn(r *http.Request) customer {
	cookie, err := r.Cookie(accountCookie)
	if err != nil {
		return customer{}
	}
	return customerOf(cookie.Value)
}

func customerOf(id string) customer {
	for _, c := range customers() {
		if c.ID == id {
			return c
		}
	}
	return customer{}
}

// handleAccount adds signing in and out, and the two small endpoints that single-page apps need to log users in to the chat.
func (s shopHome) handleAccount(mux *http.ServeMux) {
	mux.HandleFunc("POST /account/sign-in", func(w http.ResponseWriter, r *http.Request) {
		setAccount(w, r, customerOf(r.PostFormValue("customer")))
	})
	mux.HandleFunc("POST /account/sign-out", func(w http.ResponseWriter, r *http.Request) { setAccount(w, r, customer{}) })
	mux.HandleFunc("GET /account/me", func(w http.ResponseWriter, r *http.Request) {
		who, err := s.identify(r.Context(), signedIn(r))
		answerJSON(w, who, err)
	})
	mux.HandleFunc("GET /account/jwt", func(w http.ResponseWriter, r *http.Request) {
		token, err := s.loginToken(r.Context(), signedIn(r))
		answerJSON(w, map[string]string{"token": token}, err)
	})
}

// setAccount signs c in, or whoever it was out, and sends the browser to the page it came from.
func setAccount(w http.ResponseWriter, r *http.Request, c customer) {
	cookie := &http.Cookie{Name: accountCookie, Value: c.ID, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if c.ID == "" {
		cookie.MaxAge = -1
	}
	http.SetCookie(w, cookie)
	back := r.PostFormValue("back")
	if !strings.HasPrefix(back, "/") || strings.HasPrefix(back, "//") || strings.ContainsAny(back, "\\\t\r\n") {
		back = "/" // never to another site
	}
	http.Redirect(w, r, back, http.StatusSeeOther)
}

// loginToken is a JWT that names the customer, or "" if nobody is signed in. It is made anew for each login and is good for 24 hours.
func (s shopHome) loginToken(ctx context.Context, c customer) (string, error) {
	secret, err := s.secret(ctx)
	if err != nil || c.ID == "" || secret == "" {
		return "", err
	}
	return jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"identities": []map[string]string{{"identifier": "uid", "value": c.ID}, {"identifier": "email", "value": c.Email}},
		"iat":        time.Now().Unix(),
	}).SignedString([]byte(secret))
}

func answerJSON(w http.ResponseWriter, v any, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(v) // the visitor may have left
}

// order is something that a customer has bought.
type order struct {
	Number, Customer, Product string
	Gift                      bool
	In                        int // days until it arrives; it has arrived if negative
	State                     string
}

func orders() []order {
	return []order{
		{"HP-2041", "cust-1042", "tent", true, 2, "On the mail boat"},
		{"HP-1987", "cust-1042", "mug", false, -12, "Delivered"},
		{"HP-2055", "cust-2077", "pack", false, 4, "Being packed"},
	}
}

func ordersOf(c customer) (list []order) {
	for _, o := range orders() {
		if o.Customer == c.ID {
			list = append(list, o)
		}
	}
	return list
}

// Of is what was bought.
func (o order) Of() product {
	p, _ := productOf(o.Product)
	return p
}

// Day is when it arrives, or has arrived.
func (o order) Day() time.Time {
	return time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, o.In)
}

// fields is what agents see of the order beside a conversation that begins on its page.
func (o order) fields() map[string]chatField {
	return map[string]chatField{
		"order_number": {"singleline", o.Number}, "gift": {"checkbox", o.Gift}, "delivery_date": {"date", o.Day().UnixMilli()},
	}
}

func (o order) tags() []string {
	if o.In < 0 {
		return []string{"returns"}
	}
	return []string{"shipping"}
}

// orderPage shows an order to whom it belongs, and everybody else how to sign in: a page that is worth little without a login.
func orderPage(r *http.Request) (int, shopView) {
	for _, o := range orders() {
		if o.Number != r.PathValue("number") {
			continue
		}
		if o.Customer != signedIn(r).ID {
			return http.StatusOK, shopView{Title: "Sign in · Harbor & Pine", Page: "account.html", Order: o}
		}
		return http.StatusOK, shopView{Title: "Order " + o.Number + " · Harbor & Pine", Page: "order.html", Order: o, Product: o.Of(),
			Chat: pageData{Config: chatConfig{Tags: o.tags()}, Fields: o.fields()}}
	}
	return missing(r)
}
