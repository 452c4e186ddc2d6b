package web

import (
	"io"
	"net/http"
	"strings"

	"rejoin"
)

// Known answers as JSON what no route of an API is for: 405 with the methods that the address takes, or 404 with a sentence that says so.
func (f *Frame) Known(api *http.ServeMux, missing string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := api.Handler(r); pattern != "" {
			api.ServeHTTP(w, r)
			return
		}
		for _, method := range [...]string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
			if _, pattern := api.Handler(&http.Request{Method: method, URL: r.URL, Host: r.Host}); pattern != "" {
				w.Header().Add("Allow", method)
			}
		}
		if len(w.Header().Values("Allow")) == 0 {
			f.Fail(w, r, rejoin.Errorf(rejoin.NotFound, "%s", missing))
			return
		}
		// A stranger may have made a novel of the method.
		text := "This address does not take " + rejoin.Preview(r.Method, 20) + " requests. The Allow header says what it takes."
		_ = WriteJSON(w, http.StatusMethodNotAllowed, Failure{Error: text, Code: rejoin.Invalid}) // the client may be gone
	})
}

// Stream sends a file as it is made, under the name. Should something fail on the way it is logged and the connection breaks, so that nobody takes a part for
// the whole.
func (f *Frame) Stream(w http.ResponseWriter, r *http.Request, name, kind string, write func(io.Writer) error) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+strings.ReplaceAll(name, `"`, "")+`"`)
	h.Set("Cache-Control", "no-store")
	if err := write(w); err != nil {
		f.log.Warn("a download broke off", "request", RequestID(r.Context()), "name", name, "error", err)
		panic(http.ErrAbortHandler)
	}
}
