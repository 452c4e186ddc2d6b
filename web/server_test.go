package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"rejoin/web"
)

// A stop lets nobody in, says goodbye to the sockets, and finishes the requests in hand, in this order.
func TestServeStopsInOrder(t *testing.T) {
	ln, err := web.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := ln.Addr().String()
	entered, release := make(chan struct{}), make(chan struct{})
	h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(entered)
		<-release
		_, _ = io.WriteString(w, "finished")
	})
	drain := func(context.Context) {
		if conn, err := net.Dial("tcp", addr); err == nil {
			conn.Close()
			t.Error("a new connection was accepted while draining")
		}
		close(release)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error)
	go func() { served <- web.Serve(ctx, ln, h, time.Minute, drain, quiet()) }()
	body := make(chan string)
	go func() {
		resp, err := http.Get("http://" + addr)
		if err != nil {
			body <- err.Error()
			return
		}
		defer resp.Body.Close()
		b, _ := io.ReadAll(resp.Body)
		body <- string(b)
	}()
	<-entered
	stop()
	if got := <-body; got != "finished" {
		t.Errorf("the request in hand got %q", got)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve = %v", err)
	}
}

func TestServeCutsOffAfterTheGrace(t *testing.T) {
	ln, err := web.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	h := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		stop()
		<-r.Context().Done() // hangs until its connection is cut
	})
	served := make(chan error)
	go func() { served <- web.Serve(ctx, ln, h, time.Millisecond, nil, quiet()) }()
	if resp, err := http.Get("http://" + ln.Addr().String()); err == nil {
		resp.Body.Close()
		t.Errorf("answered %d", resp.StatusCode)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve = %v", err)
	}
}

// TestAnswerThatNobodyReads ends: the client asks for far more than the network holds, and then is silent.
func TestAnswerThatNobodyReads(t *testing.T) {
	failed := make(chan error, 1)
	srv := httptest.NewServer(web.Hurry(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, err := w.Write(make([]byte, 64<<20))
		failed <- err
	}), 50*time.Millisecond))
	defer srv.Close()
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if err := <-failed; !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("Write = %v, want the deadline", err)
	}
}

func TestAnswerInParts(t *testing.T) {
	want := strings.Repeat("0123456789", 30_000)
	srv := httptest.NewServer(web.Hurry(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if n, err := io.WriteString(w, want); n != len(want) || err != nil {
			t.Errorf("Write = %d, %v", n, err)
		}
	}), time.Minute))
	defer srv.Close()
	resp, err := http.Get(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if got, err := io.ReadAll(resp.Body); string(got) != want || err != nil {
		t.Errorf("%d bytes came, %v", len(got), err)
	}
}

func TestListenExplains(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	port := ln.Addr().(*net.TCPAddr).Port
	for addr, want := range map[string]string{
		ln.Addr().String(): fmt.Sprintf("Port %d on 127.0.0.1 is taken. Stop the other program or choose another with --listen.", port),
		"8080":             `"8080" is not an address to listen on. Write it like 127.0.0.1:8080`,
		"192.0.2.1:0":      "This machine has no address 192.0.2.1. Choose another with --listen.",
	} {
		if _, err := web.Listen(addr); err == nil || err.Error() != want {
			t.Errorf("Listen(%s) = %v, want %s", addr, err, want)
		}
	}
}
