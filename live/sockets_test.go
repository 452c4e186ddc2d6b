package live_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/live"
)

// recorder is a handler that tells the test what it was told.
type recorder struct {
	frames  chan string
	sockets chan *live.Socket
	closed  chan bool
	onFrame func(s *live.Socket, data []byte)
}

func newRecorder() *recorder {
	return &recorder{frames: make(chan string, 1000), sockets: make(chan *live.Socket, 1000), closed: make(chan bool, 1000)}
}

func (h *recorder) Frame(s *live.Socket, data []byte) {
	h.frames <- string(data)
	h.sockets <- s
	if h.onFrame != nil {
		h.onFrame(s, data)
	}
}

func (h *recorder) Closed(_ *live.Socket, goodbye bool) { h.closed <- goodbye }

// serve starts a server whose sockets all talk to h.
func serve(t *testing.T, cfg live.SocketConfig, h live.Handler) (*live.Sockets, string) {
	t.Helper()
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	sockets := live.NewSockets(cfg)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := sockets.Upgrade(w, r, h); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	}))
	t.Cleanup(func() {
		sockets.Drain(context.Background(), nil)
		srv.Close()
	})
	return sockets, srv.Listener.Addr().String()
}

func TestSocketCarriesFramesInOrder(t *testing.T) {
	h := newRecorder()
	h.onFrame = func(s *live.Socket, data []byte) {
		s.Ready()
		if err := s.Send(map[string]string{"echo": string(data)}); err != nil {
			t.Error(err)
		}
	}
	sockets, addr := serve(t, live.SocketConfig{}, h)
	c := dial(t, addr)
	for i := range 30 {
		c.text(fmt.Sprint(i))
	}
	for i := range 30 {
		if got, want := c.read(), fmt.Sprintf(`text {"echo":"%d"}`, i); got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
	}
	if n := sockets.Count(); n != 1 {
		t.Errorf("%d sockets are open, want 1", n)
	}
	c.frame(true, 0x9, []byte("hi"))
	c.want("pong hi")
}

func TestSocketJoinsFragments(t *testing.T) {
	h := newRecorder()
	_, addr := serve(t, live.SocketConfig{}, h)
	c := dial(t, addr)
	c.frame(false, 0x1, []byte("one "))
	c.frame(true, 0x9, nil)
	c.frame(false, 0x0, nil)
	c.frame(true, 0x0, []byte("text"))
	if got := <-h.frames; got != "one text" {
		t.Errorf("got %q", got)
	}
}

func TestSocketTellsGoodbyeFromLoss(t *testing.T) {
	leave := map[string]struct {
		do      func(c *client)
		goodbye bool
	}{
		"close frame":           {func(c *client) { c.frame(true, 0x8, []byte{0x03, 0xe9}) }, true},
		"close frame, no code":  {func(c *client) { c.frame(true, 0x8, nil) }, true},
		"connection ends":       {func(c *client) { c.conn.Close() }, false},
		"connection is reset":   {func(c *client) { c.conn.(*net.TCPConn).SetLinger(0); c.conn.Close() }, false},
		"ends within a frame":   {func(c *client) { c.conn.Write([]byte{0x81, 0xff, 0}); c.conn.Close() }, false},
		"closed by the handler": {func(c *client) { c.text("close me") }, false},
	}
	for name, l := range leave {
		t.Run(name, func(t *testing.T) {
			h := newRecorder()
			h.onFrame = func(s *live.Socket, data []byte) {
				if string(data) == "close me" {
					s.Close(live.CloseNormal, "as you wish")
				}
			}
			sockets, addr := serve(t, live.SocketConfig{}, h)
			c := dial(t, addr)
			c.text("hello")
			<-h.frames
			l.do(c)
			if got := <-h.closed; got != l.goodbye {
				t.Errorf("goodbye = %v, want %v", got, l.goodbye)
			}
			sockets.Drain(t.Context(), nil)
			if n := sockets.Count(); n != 0 || len(h.closed) > 0 {
				t.Errorf("%d sockets are left; Closed was called %d times more", n, len(h.closed))
			}
		})
	}
}

func TestSocketRefusesBadInput(t *testing.T) {
	fail := func(code rejoin.Code, text string) string {
		return fmt.Sprintf(`text {"type":"error","code":"%s","text":"%s"}`, code, text)
	}
	cases := map[string]struct {
		send func(c *client)
		want []string
	}{
		"binary": {
			func(c *client) { c.frame(true, 0x2, []byte{0, 1, 2}) },
			[]string{fail(rejoin.Invalid, "Binary frames are not understood. Send JSON as text."),
				"close 1003 Binary frames are not understood. Send JSON as text."},
		},
		"too long": {
			func(c *client) { c.text(strings.Repeat("x", 1001)) },
			[]string{fail(rejoin.Invalid, "The frame is too long."), "close 1009 The frame is too long."},
		},
		"far too long": {
			func(c *client) { c.text(strings.Repeat("x", 70_000)) },
			[]string{"close 1009 gws: message too large"},
		},
		"far too long in pieces": {
			func(c *client) {
				c.frame(false, 0x1, make([]byte, 3000))
				c.frame(false, 0x0, make([]byte, 3000))
			},
			[]string{"close 1009 gws: message too large"},
		},
		"claims 2^62 bytes":  {func(c *client) { c.raw(0x81, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4) }, []string{"close 1009 gws: message too large"}},
		"claims -1 bytes":    {func(c *client) { c.raw(0x81, 0xff, 0xff, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3, 4) }, []string{"close 1002 That was not a WebSocket frame."}},
		"invalid UTF-8":      {func(c *client) { c.text("\xff\xfe") }, []string{fail(rejoin.Invalid, "The frame is not valid UTF-8."), "close 1007 The frame is not valid UTF-8."}},
		"no mask":            {func(c *client) { c.raw(0x81, 0x02, 'h', 'i') }, []string{"close 1002 gws: protocol error"}},
		"reserved bits":      {func(c *client) { c.raw(0xf1, 0x80, 0, 0, 0, 0) }, []string{"close 1002 gws: protocol error"}},
		"unknown opcode":     {func(c *client) { c.frame(true, 0xb, nil) }, []string{"close 1002 gws: unexpected opcode 11"}},
		"long ping":          {func(c *client) { c.frame(true, 0x9, make([]byte, 126)) }, []string{"close 1002 gws: protocol error"}},
		"stray continuation": {func(c *client) { c.frame(true, 0x0, []byte("x")) }, []string{"close 1002 gws: protocol error"}},
		"HTTP":               {func(c *client) { c.raw([]byte("GET / HTTP/1.1\r\n\r\n")...) }, []string{"close 1002 gws: protocol error"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			h := newRecorder()
			_, addr := serve(t, live.SocketConfig{MaxFrame: 1000}, h)
			c := dial(t, addr)
			tc.send(c)
			for _, want := range tc.want {
				c.want(want)
			}
			if <-h.closed {
				t.Error("that was no goodbye")
			}
			if len(h.frames) > 0 {
				t.Errorf("the handler saw %q", <-h.frames)
			}
		})
	}
}

func TestSocketRefusesAFlood(t *testing.T) {
	h := newRecorder()
	_, addr := serve(t, live.SocketConfig{Clock: newClock(), FramesPerSecond: 5}, h)
	c := dial(t, addr)
	for i := range 10 {
		c.text(fmt.Sprint(i))
	}
	c.want(`text {"type":"error","code":"limited","text":"Too many frames. Slow down and reconnect."}`)
	c.want("close 1008 Too many frames. Slow down and reconnect.")
	<-h.closed
	if n := len(h.frames); n != 5 {
		t.Errorf("the handler saw %d frames, want 5", n)
	}
}

func TestSocketNeedsAHello(t *testing.T) {
	h, clk := newRecorder(), newClock()
	h.onFrame = func(s *live.Socket, _ []byte) { s.Ready(); _ = s.Send("ready") }
	sockets, addr := serve(t, live.SocketConfig{Clock: clk}, h)
	mute, good := dial(t, addr), dial(t, addr)
	good.text("hello")
	good.want(`text "ready"`)
	waitFor(t, func() bool { return sockets.Count() == 2 })
	clk.Advance(9 * time.Second)
	if len(h.closed) > 0 {
		t.Fatal("closed too early")
	}
	clk.Advance(time.Second)
	mute.want(`text {"type":"error","code":"unauthenticated","text":"No hello came. Send one as the first frame."}`)
	mute.want("close 1008 No hello came. Send one as the first frame.")
	<-h.closed
	if n := sockets.Count(); n > 1 {
		waitFor(t, func() bool { return sockets.Count() == 1 })
	}
	good.text("again")
	good.want(`text "ready"`)
}

func TestSocketIsPingedAndMissed(t *testing.T) {
	h, clk := newRecorder(), newClock()
	h.onFrame = func(s *live.Socket, data []byte) { s.Ready(); _ = s.SendRaw(data) }
	_, addr := serve(t, live.SocketConfig{Clock: clk}, h)
	c := dial(t, addr)
	c.text("1")
	c.want("text 1")
	for range 4 { // answers keep it alive
		clk.Advance(15 * time.Second)
		c.want("ping ")
		c.frame(true, 0xa, nil)
		c.text("2")
		c.want("text 2") // so the pong was seen before the time goes on
	}
	clk.Advance(34 * time.Second)
	if len(h.closed) > 0 {
		t.Fatal("given up too early")
	}
	clk.Advance(time.Second)
	if <-h.closed {
		t.Error("a lost client says no goodbye")
	}
}

func TestSocketCutsOffClientsThatDoNotRead(t *testing.T) {
	h := newRecorder()
	result := make(chan error, 1)
	h.onFrame = func(s *live.Socket, _ []byte) {
		for range 100_000 {
			if err := s.SendRaw(make([]byte, 1<<16)); err != nil {
				result <- err
				return
			}
		}
		result <- nil
	}
	_, addr := serve(t, live.SocketConfig{}, h)
	c := dial(t, addr)
	c.text("everything, please")
	if err := <-result; !errors.Is(err, net.ErrClosed) {
		t.Errorf("Send = %v, want net.ErrClosed", err)
	}
	if <-h.closed {
		t.Error("that was no goodbye")
	}
}

// One frame may be as long as what may wait, and no longer.
func TestSocketSendsOneLongFrame(t *testing.T) {
	const most = 3 << 20
	h := newRecorder()
	sent := make(chan error, 2)
	h.onFrame = func(s *live.Socket, data []byte) { sent <- s.SendRaw(make([]byte, most+len(data)-1)) }
	_, addr := serve(t, live.SocketConfig{MaxWaiting: most}, h)
	c := dial(t, addr)
	c.text("1")
	if n := len(c.read()); n < most || <-sent != nil {
		t.Errorf("only %d bytes came", n)
	}
	c.text("12")
	if err := <-sent; !errors.Is(err, net.ErrClosed) {
		t.Errorf("Send = %v, want net.ErrClosed", err)
	}
	if <-h.closed {
		t.Error("that was no goodbye")
	}
}

func TestSocketContainsPanicsOfItsHandler(t *testing.T) {
	h := newRecorder()
	h.onFrame = func(*live.Socket, []byte) { panic("boom") }
	var out strings.Builder
	log := slog.New(slog.NewTextHandler(&out, nil))
	_, addr := serve(t, live.SocketConfig{Log: log}, h)
	c := dial(t, addr)
	c.text("x")
	c.want(`text {"type":"error","code":"internal","text":"Something went wrong on our side. Please reconnect."}`)
	c.want("close 1011 Something went wrong on our side. Please reconnect.")
	<-h.closed
	if !strings.Contains(out.String(), "boom") {
		t.Error("the panic was not logged")
	}
}

func TestSocketsDrain(t *testing.T) {
	h := newRecorder()
	sockets, addr := serve(t, live.SocketConfig{}, h)
	var clients []*client
	for range 30 {
		c := dial(t, addr)
		c.text("hello")
		<-h.frames
		clients = append(clients, c)
	}
	sockets.Drain(t.Context(), map[string]any{"type": "reconnect", "after_ms": 500})
	if n := len(h.closed); n != 30 {
		t.Errorf("after Drain %d sockets are closed, want 30", n)
	}
	for _, c := range clients {
		c.want(`text {"after_ms":500,"type":"reconnect"}`)
		c.want("close 1001 The server restarts. Please reconnect.")
	}
	if err := (<-h.sockets).Send("late"); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Send after the end = %v", err)
	}
	status, body := get(t, addr, handshakeHeader())
	if status != http.StatusBadRequest || !strings.Contains(body, "limited: The server is restarting.") {
		t.Errorf("late comer: %d %s", status, body)
	}
}

func TestSocketsDrainCutsOffWhoHangs(t *testing.T) {
	h := newRecorder()
	h.onFrame = func(s *live.Socket, _ []byte) { _ = s.SendRaw(make([]byte, 12<<20)) }
	sockets, addr := serve(t, live.SocketConfig{}, h)
	c := dial(t, addr)
	c.text("never reads")
	<-h.sockets
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	sockets.Drain(ctx, nil)
	<-h.closed
}

func TestUpgradeRefusesOtherRequests(t *testing.T) {
	h := newRecorder()
	sockets, addr := serve(t, live.SocketConfig{}, h)
	for name, change := range map[string]func(http.Header){
		"plain GET":   func(h http.Header) { clear(h) },
		"old version": func(h http.Header) { h.Set("Sec-WebSocket-Version", "8") },
		"no key":      func(h http.Header) { h.Del("Sec-WebSocket-Key") },
		"other thing": func(h http.Header) { h.Set("Upgrade", "h2c") },
	} {
		header := handshakeHeader()
		change(header)
		status, body := get(t, addr, header)
		if status != http.StatusBadRequest || !strings.Contains(body, "speaks WebSocket") {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	if sockets.Count() != 0 || len(h.closed) > 0 {
		t.Error("a refused request left a trace")
	}
}

func TestUpgradeRefusesClientsThatSpeakTooEarly(t *testing.T) {
	h := newRecorder()
	_, addr := serve(t, live.SocketConfig{}, h)
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, handshake+"\x81\x80\x00\x00\x00\x00"); err != nil {
		t.Fatal(err)
	}
	answer, _ := io.ReadAll(conn)
	if diff := cmp.Diff("", string(answer)); diff != "" {
		t.Errorf("answer:\n%s", diff)
	}
	<-h.closed
}
