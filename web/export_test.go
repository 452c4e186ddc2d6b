package web

import (
	"net/http"
	"time"
)

// Hurry is what Serve does with its handler, for tests with less patience.
func Hurry(h http.Handler, within time.Duration) http.Handler { return hurry(h, within) }
