package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"rejoin"
)

// Secure sets the headers that every answer has, and csp as Content-Security-Policy unless it is empty. A handler may replace any of
// them, for instance Cross-Origin-Resource-Policy for what other sites embed.
func Secure(csp string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "no-referrer")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("Cross-Origin-Resource-Policy", "same-origin")
		head.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if csp != "" {
			head.Set("Content-Security-Policy", csp)
		}
		h.ServeHTTP(w, r)
	})
}

// RequireSameOrigin refuses requests that change something and that a browser sent from another origin. Requests without a browser's
// marks pass: they carry no cookies by accident.
func (f *Frame) RequireSameOrigin(h http.Handler) http.Handler {
	check := http.NewCrossOriginProtection()
	check.SetDenyHandler(f.Handle(func(http.ResponseWriter, *http.Request) error { return crossOrigin() }))
	return check.Handler(h)
}

// CheckSocketOrigin refuses WebSocket requests that a browser sent from another origin. [Frame.RequireSameOrigin] lets them pass, because
// they are GETs.
func CheckSocketOrigin(r *http.Request) error {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return nil
	}
	if u, err := url.Parse(origin); err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host) {
		return nil
	}
	return crossOrigin()
}

func crossOrigin() error {
	return rejoin.Errorf(rejoin.Forbidden, "This request came from another site. Open the page here and try again.")
}

// CORS lets pages of the allowed origins read the answers of h, without cookies, to GET requests and to POSTs that need no preflight, such as those of
// type text/plain. Origins that are not allowed get the answer without the permission to read it. It answers preflights itself, and allows only GET.
func CORS(allow func(origin string) bool, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head, origin := w.Header(), r.Header.Get("Origin")
		head.Add("Vary", "Origin")
		if origin != "" && allow(origin) {
			head.Set("Access-Control-Allow-Origin", origin)
			head.Set("Cross-Origin-Resource-Policy", "cross-origin")
		}
		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
			head.Set("Access-Control-Allow-Methods", "GET")
			head.Set("Access-Control-Max-Age", "600")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// SessionCookie is the name under which a browser keeps the cookie: with the __Host- prefix where it is sent over TLS only, so that no
// other host of the site can set it.
func SessionCookie(name string, secure bool) string {
	if secure {
		return "__Host-" + name
	}
	return name
}

// SetSession sets a cookie that scripts cannot read and other sites' forms do not send. secure is true unless the server is reached over
// plain HTTP.
func SetSession(w http.ResponseWriter, name, value string, maxAge time.Duration, secure bool) {
	setCookie(w, name, value, max(1, int(maxAge.Seconds())), secure)
}

// ClearSession removes the cookie that SetSession set with the same name and secure.
func ClearSession(w http.ResponseWriter, name string, secure bool) {
	setCookie(w, name, "", -1, secure)
}

func setCookie(w http.ResponseWriter, name, value string, maxAge int, secure bool) {
	http.SetCookie(w, &http.Cookie{
		Name: SessionCookie(name, secure), Value: value, Path: "/", MaxAge: maxAge,
		Secure: secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// Session returns the value of the cookie that SetSession set, or "".
func Session(r *http.Request, name string, secure bool) string {
	c, err := r.Cookie(SessionCookie(name, secure))
	if err != nil {
		return ""
	}
	return c.Value
}
