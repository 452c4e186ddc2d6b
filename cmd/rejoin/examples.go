package main

import (
	"bytes"
	"io/fs"
	"net/http"
	"path"
	"time"
)

// examplePlatform stands for the app in the manual and in its examples.
const examplePlatform = "acme_platform_20260302090000000-0123456789abcde"

// example serves a file of the manual's examples, with this demo's app and server in the place of the manual's.
func (s shopHome) example(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	text, err := fs.ReadFile(shopFiles, "examples/"+name)
	if err != nil {
		status, v := missing(r)
		s.show(w, r, status, v)
		return
	}
	if path.Ext(name) == ".js" {
		text = []byte(s.examples.Replace(string(text)))
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(text))
}
