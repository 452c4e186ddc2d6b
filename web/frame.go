package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"rejoin"
)

// Handler answers a request or returns an error, which [Frame.Handle] answers for it. It must not do both.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Frame turns errors into answers. Safe for concurrent use.
type Frame struct{ log *slog.Logger }

// NewFrame makes a frame that logs to log what nobody else may see.
func NewFrame(log *slog.Logger) *Frame { return &Frame{log: log} }

// Failure is the body of every answer that is not a success.
type Failure struct {
	Error string      `json:"error"` // one sentence for people
	Code  rejoin.Code `json:"code"`
	Field string      `json:"field,omitempty"`
}

// Handle makes an [http.Handler] of h. A [rejoin.Error] becomes its status and a [Failure]; any other error and any panic becomes 500
// and is logged with the request's id ([RequestID]). Once h has written something, its error is only logged.
func (f *Frame) Handle(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out := &recorder{ResponseWriter: w}
		defer f.recover(out, r)
		if err := h(out, r); err != nil {
			f.Fail(out, r, err)
		}
	})
}

func (f *Frame) recover(w *recorder, r *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler { // the handler wants the connection cut
		panic(p)
	}
	f.Fail(w, r, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
}

// Fail answers with err, as Handle does for a handler's error.
func (f *Frame) Fail(w http.ResponseWriter, r *http.Request, err error) {
	status, failure := failureOf(err)
	if status == http.StatusInternalServerError && !gone(r, err) {
		f.log.Error("a request failed", "request", RequestID(r.Context()), "method", r.Method, "route", r.Pattern, "error", err)
	}
	if rec, ok := w.(*recorder); ok && rec.status != 0 {
		return // the answer has begun; it cannot be taken back
	}
	if status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", retryAfter(err))
	}
	if status == http.StatusRequestEntityTooLarge {
		w.Header().Set("Connection", "close") // the rest of the body is not read
	}
	_ = WriteJSON(w, status, failure) // the client is gone, and a Failure cannot fail
}

// gone reports whether err only says that the client has left.
func gone(r *http.Request, err error) bool {
	return r.Context().Err() != nil && errors.Is(err, context.Canceled)
}

func failureOf(err error) (int, Failure) {
	var e *rejoin.Error
	if !errors.As(err, &e) || statusOf(e.Code) == http.StatusInternalServerError {
		return http.StatusInternalServerError,
			Failure{Error: "Something went wrong on our side. Please try again.", Code: "internal"}
	}
	status := statusOf(e.Code)
	var own interface{ httpStatus() int }
	if errors.As(err, &own) {
		status = own.httpStatus()
	}
	return status, Failure{Error: e.Text, Code: e.Code, Field: e.Field}
}

func statusOf(code rejoin.Code) int {
	switch code {
	case rejoin.Invalid:
		return http.StatusBadRequest
	case rejoin.Unauthenticated:
		return http.StatusUnauthorized
	case rejoin.Forbidden:
		return http.StatusForbidden
	case rejoin.NotFound:
		return http.StatusNotFound
	case rejoin.Conflict:
		return http.StatusConflict
	case rejoin.Limited:
		return http.StatusTooManyRequests
	}
	return http.StatusInternalServerError
}

// retryAfter is what a limited client is told, in whole seconds: what the error's RetryAfter method says, else one minute.
func retryAfter(err error) string {
	wait := time.Minute
	var e interface{ RetryAfter() time.Duration }
	if errors.As(err, &e) {
		wait = e.RetryAfter()
	}
	return strconv.Itoa(max(1, int(math.Ceil(wait.Seconds()))))
}

// badRequest is an invalid request whose status says more than 400.
type badRequest struct {
	err    *rejoin.Error
	status int
}

func (e badRequest) Error() string   { return e.err.Error() }
func (e badRequest) Unwrap() error   { return e.err }
func (e badRequest) httpStatus() int { return e.status }

// WriteJSON answers with v. No cache may keep it. The error says that the client is gone or that v cannot be encoded, and then nothing
// was written.
func WriteJSON(w http.ResponseWriter, status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, err = w.Write(body)
	return err
}
