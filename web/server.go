package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"
)

// The limits of a connection. net/http counts a handler's own time into requestWithin, and a long poll takes up to 25 seconds; for the
// same reason there is no limit on writing an answer as a whole, but on each part of it.
const (
	headerWithin  = 10 * time.Second
	requestWithin = 60 * time.Second
	idleFor       = 2 * time.Minute
	headerBytes   = 32 << 10
	partWithin    = 30 * time.Second
	partBytes     = 64 << 10
)

// hurry cuts off clients that do not read the answer, part by part: those that read slowly get all of it.
func hurry(h http.Handler, within time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(&hurried{w, within}, r) })
}

type hurried struct {
	http.ResponseWriter
	within time.Duration
}

func (w *hurried) Write(p []byte) (written int, err error) {
	for first := true; first || written < len(p); first = false {
		// net/http lifts the deadline after the answer, and for a socket.
		if err := http.NewResponseController(w.ResponseWriter).SetWriteDeadline(time.Now().Add(w.within)); err != nil && !errors.Is(err, http.ErrNotSupported) {
			return written, err
		}
		n, err := w.ResponseWriter.Write(p[written:min(len(p), written+partBytes)])
		written += n
		if err != nil {
			return written, err
		}
	}
	return written, nil
}

// Unwrap serves [http.ResponseController].
func (w *hurried) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Listen opens a TCP address such as "127.0.0.1:8080". Errors are one sentence for the operator.
func Listen(addr string) (net.Listener, error) {
	ln, err := net.Listen("tcp", addr)
	if err == nil {
		return ln, nil
	}
	host, port, splitErr := net.SplitHostPort(addr)
	if host == "" {
		host = "all addresses"
	}
	switch {
	case splitErr != nil:
		return nil, fmt.Errorf("%q is not an address to listen on. Write it like 127.0.0.1:8080", addr)
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("Port %s on %s is taken. Stop the other program or choose another with --listen.", port, host)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("Port %s may not be opened by this user. Choose one above 1023 with --listen.", port)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, fmt.Errorf("This machine has no address %s. Choose another with --listen.", host)
	}
	return nil, fmt.Errorf("Cannot listen on %s (%w). Choose another address with --listen.", addr, err)
}

// Serve answers requests on ln until ctx ends, and then stops in this order: no new connections; drain, which says goodbye to the sockets
// and releases the long polls; the requests in hand are finished. What is not done after grace is cut off. drain gets a context that ends
// then and may be nil. It returns nil after a stop that was asked for. Serve closes ln.
func Serve(ctx context.Context, ln net.Listener, h http.Handler, grace time.Duration, drain func(context.Context), log *slog.Logger) error {
	srv := &http.Server{
		Handler:           hurry(h, partWithin),
		ReadHeaderTimeout: headerWithin,
		ReadTimeout:       requestWithin,
		IdleTimeout:       idleFor,
		MaxHeaderBytes:    headerBytes,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug), // mostly strangers' broken handshakes
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(ln) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	stopped := make(chan error, 1)
	go func() { stopped <- srv.Shutdown(stop) }() // closes ln first
	<-failed
	if drain != nil {
		drain(stop)
	}
	if err := <-stopped; err != nil {
		log.Warn("some requests were cut off", "error", err)
		return srv.Close()
	}
	return nil
}

// patientFor is how long a file may take to come or to go.
const patientFor = 10 * time.Minute

// Patient gives a request that carries a file more time than others have.
func Patient(w http.ResponseWriter) {
	c := http.NewResponseController(w)
	// Not every writer knows deadlines; those of tests have none to move.
	_ = c.SetReadDeadline(time.Now().Add(patientFor))
	_ = c.SetWriteDeadline(time.Now().Add(patientFor))
}
