// Package outbound calls programs of customers over HTTP without letting anybody reach into our own network: an address that administrators have typed
// is called only if it is a public one, looked at when the connection is made, after its name was resolved.
//
//	client := outbound.New(nil, false)
//	answer, err := client.Do(ctx, outbound.Request{Method: "POST", URL: "https://api.example.com/orders", Body: body})
//
// Each call is a connection of its own, over https with TLS 1.2 or newer, takes five seconds at the most unless it asks for more, follows no redirects and knows
// no proxies.
package outbound

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

// Limits of a call that asks for none of its own (reference §4.2).
const (
	Timeout     = 5 * time.Second // in all
	MaxRequest  = 20 << 10        // bytes of address, headers and body
	MaxResponse = 100 << 10       // bytes of the body
	maxHeader   = 32 << 10        // bytes of an answer's headers
)

// Limits are those of one call. Zero stands for the constants of the same names.
type Limits struct {
	Timeout     time.Duration
	MaxRequest  int
	MaxResponse int
	Cut         bool // an answer's body that is too long, or breaks off, is cut, and no error: the status has said all
}

// or puts the constants in the place of zeros.
func (l Limits) or() Limits {
	l.Timeout, l.MaxRequest, l.MaxResponse = cmp.Or(l.Timeout, Timeout), cmp.Or(l.MaxRequest, MaxRequest), cmp.Or(l.MaxResponse, MaxResponse)
	return l
}

// Request is a call.
type Request struct {
	Method string
	URL    string // absolute
	Header http.Header
	Body   []byte // nil for none
	Limits Limits
}

// Response is the answer, whatever its status is.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Problem says in one sentence why the answer is no success, or nothing if it is one: only 2xx is.
func (r Response) Problem() string {
	switch {
	case r.Status >= 200 && r.Status < 300:
		return ""
	case r.Status >= 300 && r.Status < 400:
		return fmt.Sprintf("The program answers with a redirect (%d). Redirects are not followed: give the address it leads to.", r.Status)
	}
	return fmt.Sprintf("The program answers with the status %d %s.", r.Status, http.StatusText(r.Status))
}

// Error says in one sentence, for administrators, why there is no answer. Refused means that the call was not allowed: to repeat it is no use.
type Error struct {
	Text    string
	Refused bool
	Err     error // the cause, for the log; may be nil
}

func (e *Error) Error() string { return e.Text }

func (e *Error) Unwrap() error { return e.Err }

// Client calls programs. Safe for concurrent use.
type Client struct {
	allow    []netip.Prefix
	loopback bool
	timeout  time.Duration
	roots    *x509.CertPool // nil for the system's
}

// New makes a client. Addresses in allow may be called though they are not public, for companies whose programs are internal; with loopback also
// those of this machine, and these without TLS, as demos and tests do.
func New(allow []netip.Prefix, loopback bool) *Client {
	return &Client{allow: allow, loopback: loopback, timeout: Timeout}
}

// Do calls. Any answer is a response; the error is an [*Error].
func (c *Client) Do(ctx context.Context, in Request) (Response, error) {
	limits := in.Limits.or()
	if in.Limits.Timeout == 0 {
		limits.Timeout = c.timeout
	}
	ctx, cancel := context.WithTimeout(ctx, limits.Timeout)
	defer cancel()
	r, err := c.request(ctx, in)
	if err != nil {
		return Response{}, err
	}
	transport := c.transport(r.URL.Scheme == "http")
	defer transport.CloseIdleConnections()
	answer, err := transport.RoundTrip(r) // no client: no redirects, no cookies
	if err != nil {
		return Response{}, explain(err, limits)
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusSwitchingProtocols { // the connection would be ours from here on, and know no timeout
		return Response{Status: answer.StatusCode, Header: answer.Header}, nil
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, int64(limits.MaxResponse)+1))
	if err != nil && !limits.Cut {
		return Response{}, explain(err, limits)
	}
	if len(body) > limits.MaxResponse {
		if !limits.Cut {
			return Response{}, &Error{Text: fmt.Sprintf("The program answers with more than %d KB.", limits.MaxResponse>>10)}
		}
		body = body[:limits.MaxResponse]
	}
	return Response{Status: answer.StatusCode, Header: answer.Header, Body: body}, nil
}

// Check says why an address is never called, whatever its name leads to; nil if it may be. The error is an [*Error].
func (c *Client) Check(address string) error {
	_, err := c.request(context.Background(), Request{Method: http.MethodPost, URL: address})
	return err
}

func (c *Client) request(ctx context.Context, in Request) (*http.Request, error) {
	u, err := url.Parse(in.URL)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http" || u.Port() == "0" {
		return nil, &Error{Text: "This is not a whole address. Write it like https://api.example.com/orders.", Refused: true, Err: err}
	}
	if u.Scheme == "http" && !c.loopback {
		return nil, &Error{Text: "Only addresses that begin with https:// are called.", Refused: true}
	}
	size := len(in.URL) + len(in.Body)
	for name, values := range in.Header {
		for _, v := range values {
			size += len(name) + len(v) + 4
		}
	}
	if most := in.Limits.or().MaxRequest; size > most {
		return nil, &Error{Text: fmt.Sprintf("The request has %d bytes; at most %d KB are sent.", size, most>>10), Refused: true}
	}
	r, err := http.NewRequestWithContext(ctx, in.Method, in.URL, bytes.NewReader(in.Body))
	if err != nil {
		return nil, &Error{Text: "This is not a request that can be sent.", Refused: true, Err: err}
	}
	if in.Header != nil {
		r.Header = in.Header.Clone()
	}
	if r.Header.Get("User-Agent") == "" {
		r.Header.Set("User-Agent", "Rejoin")
	}
	r.Header.Del("Host")
	r.Close = true
	return r, nil
}

// transport is good for one call. Plain http stays on this machine.
func (c *Client) transport(plain bool) *http.Transport {
	return &http.Transport{
		Proxy:                  nil,
		DialContext:            guard{c, plain}.dial,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: c.roots},
		DisableKeepAlives:      true,
		DisableCompression:     true, // what a bomb unpacks to would count against the limit only when it is unpacked
		MaxResponseHeaderBytes: maxHeader,
	}
}

// explain says for people why there is no answer.
func explain(err error, l Limits) error {
	var own *Error
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	var alert tls.AlertError
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &own):
		return own
	case errors.Is(err, context.DeadlineExceeded) || isTimeout(err):
		return &Error{Text: fmt.Sprintf("The program has not answered within %d seconds.", int(l.Timeout.Seconds())), Err: err}
	case errors.Is(err, context.Canceled):
		return &Error{Text: "The call was broken off.", Err: err}
	case errors.As(err, &dns):
		return &Error{Text: fmt.Sprintf("The host %s cannot be found.", dns.Name), Err: err}
	case errors.As(err, &cert), errors.As(err, &alert), errors.As(err, &record):
		return &Error{Text: "The program's certificate cannot be trusted, or it speaks no TLS 1.2 or newer.", Err: err}
	}
	return &Error{Text: "The program cannot be reached, or has broken off the connection.", Err: err}
}

func isTimeout(err error) bool {
	var t net.Error
	return errors.As(err, &t) && t.Timeout()
}
