// Package web is the HTTP frame: handlers that return errors, JSON in and out, limits, cookies, static files, and the server itself.
// It is the only place that knows which HTTP status an error of package rejoin has.
package web
