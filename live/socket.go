package live

import (
	"encoding/json"
	"errors"
	"net"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/lxzan/gws"

	"rejoin"
)

// The close codes we use.
const (
	CloseNormal      uint16 = 1000
	CloseGoingAway   uint16 = 1001 // the server restarts
	CloseProtocol    uint16 = 1002 // not a WebSocket frame
	CloseUnsupported uint16 = 1003 // a binary frame
	CloseNotText     uint16 = 1007 // a text frame that is not UTF-8
	ClosePolicy      uint16 = 1008 // no hello, a bad one, or too many frames
	CloseTooBig      uint16 = 1009 // a frame over MaxFrame
	CloseInternal    uint16 = 1011 // our mistake
)

// Socket is one client's connection. Safe for concurrent use.
type Socket struct {
	all     *Sockets
	conn    *gws.Conn // nil if the handshake failed
	wire    *wire
	handler Handler

	seenAt   atomic.Int64 // Millis of the last sign of life
	handling atomic.Bool  // the handler is at work, which is not the client's silence

	openedAt, pingedAt rejoin.Millis // the latter is the sweeper's

	second rejoin.Millis // the reader's: which second frames are counted in
	frames int

	mu      sync.Mutex
	queue   []outgoing
	waiting int  // bytes in queue
	writing bool // a goroutine empties queue
	closing bool // nothing more is sent or handled
	ready   bool
}

// outgoing is one frame to send; code is for close frames.
type outgoing struct {
	op   gws.Opcode
	code uint16
	data []byte
}

// Send sends v as one JSON text frame. It does not wait for the network; frames leave in the order of the calls. A client that does
// not read, so that more than MaxWaiting bytes pile up, is cut off; so is one whose frame is longer than that. After the end it returns
// [net.ErrClosed].
func (s *Socket) Send(v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return s.SendRaw(data)
}

// SendRaw is Send for a frame that is JSON already. data must not change afterwards.
func (s *Socket) SendRaw(data []byte) error { return s.push(outgoing{op: gws.OpcodeText, data: data}) }

// Ready says that the hello was good: the client may stay.
func (s *Socket) Ready() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ready = true
}

// Close sends what waits and then a close frame, and gives the client a second to answer it. It does not wait. No frame is handled
// after it, but one under way may still be finishing. The reason is cut at 123 bytes. Closing twice does nothing.
func (s *Socket) Close(code uint16, reason string) {
	for len(reason) > 123 {
		_, size := utf8.DecodeLastRuneInString(reason)
		reason = reason[:len(reason)-size]
	}
	_ = s.push(outgoing{op: gws.OpcodeCloseConnection, code: code, data: []byte(reason)}) // closed already is fine
}

// Fail sends {"type":"error","code","text"} and closes with closeCode.
func (s *Socket) Fail(closeCode uint16, code rejoin.Code, text string) {
	frame := struct {
		Type string      `json:"type"`
		Code rejoin.Code `json:"code"`
		Text string      `json:"text"`
	}{"error", code, text}
	_ = s.Send(frame) // closed already is fine
	s.Close(closeCode, text)
}

func (s *Socket) push(f outgoing) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		return net.ErrClosed
	}
	if s.waiting+len(f.data) > s.all.cfg.MaxWaiting {
		s.cut()
		return net.ErrClosed
	}
	s.closing = f.op == gws.OpcodeCloseConnection
	s.queue = append(s.queue, f)
	s.waiting += len(f.data) + 16
	if !s.writing {
		s.writing = true
		go s.write()
	}
	return nil
}

// write empties the queue and ends: an idle socket has no goroutine for writing.
func (s *Socket) write() {
	for {
		s.mu.Lock()
		batch := s.queue
		s.queue, s.waiting = nil, 0
		s.writing = len(batch) > 0
		s.mu.Unlock()
		if len(batch) == 0 {
			return
		}
		for _, f := range batch {
			if s.conn == nil {
				break
			}
			if f.op == gws.OpcodeCloseConnection {
				_ = s.conn.WriteClose(f.code, f.data)
			} else {
				_ = s.conn.WriteMessage(f.op, f.data) // on failure gws closes, and the reader ends
			}
		}
	}
}

// abort ends the connection at once, without a word.
func (s *Socket) abort() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cut()
}

// cut is abort with mu held.
func (s *Socket) cut() {
	s.closing = true
	s.queue, s.waiting = nil, 0
	go s.wire.Conn.Close() // with TLS it may wait
}

// check is the sweeper's look at one socket.
func (s *Socket) check(now rejoin.Millis) {
	s.mu.Lock()
	ready := s.ready
	s.mu.Unlock()
	cfg := s.all.cfg
	if s.handling.Load() {
		s.seenAt.Store(int64(now))
	}
	switch {
	case now.Sub(rejoin.Millis(s.seenAt.Load())) >= cfg.LostAfter:
		s.abort()
	case !ready && now.Sub(s.openedAt) >= cfg.HelloTimeout:
		s.Fail(ClosePolicy, rejoin.Unauthenticated, "No hello came. Send one as the first frame.")
	case now.Sub(s.pingedAt) >= cfg.PingEvery:
		s.pingedAt = now
		_ = s.push(outgoing{op: gws.OpcodePing}) // closed already is fine
	}
}

// read handles what comes until the connection ends. It is the socket's only goroutine.
func (s *Socket) read() {
	goodbye := false
	func() {
		// gws panics on a frame whose header claims a length over 2^63.
		defer func() {
			if p := recover(); p != nil {
				s.all.cfg.Log.Debug("live: junk on a socket", "panic", p)
				s.Close(CloseProtocol, "That was not a WebSocket frame.")
			}
		}()
		if s.conn == nil {
			s.abort()
			return
		}
		s.conn.ReadLoop()
		goodbye = s.conn.Session().(*session).goodbye
	}()
	s.mu.Lock()
	s.closing = true
	s.mu.Unlock()
	s.guard(func() { s.handler.Closed(s, goodbye) })
	s.all.leave(s)
	s.wire.finish()
}

func (s *Socket) frame(m *gws.Message) {
	s.mu.Lock()
	closing := s.closing
	s.mu.Unlock()
	data := m.Bytes()
	switch {
	case closing:
	case m.Opcode != gws.OpcodeText:
		s.Fail(CloseUnsupported, rejoin.Invalid, "Binary frames are not understood. Send JSON as text.")
	case len(data) > s.all.cfg.MaxFrame:
		s.Fail(CloseTooBig, rejoin.Invalid, "The frame is too long.")
	case !utf8.Valid(data):
		s.Fail(CloseNotText, rejoin.Invalid, "The frame is not valid UTF-8.")
	case s.tooMany():
		s.Fail(ClosePolicy, rejoin.Limited, "Too many frames. Slow down and reconnect.")
	default:
		s.handling.Store(true)
		s.guard(func() { s.handler.Frame(s, data) })
		s.handling.Store(false)
	}
}

func (s *Socket) tooMany() bool {
	if now := s.all.cfg.Clock.Now() / 1000; now != s.second {
		s.second, s.frames = now, 0
	}
	s.frames++
	return s.frames > s.all.cfg.FramesPerSecond
}

// guard contains a panic of the handler: the others stay connected.
func (s *Socket) guard(f func()) {
	defer func() {
		if p := recover(); p != nil {
			s.all.cfg.Log.Error("live: a socket's handler panicked", "panic", p, "stack", string(debug.Stack()))
			s.Fail(CloseInternal, "internal", "Something went wrong on our side. Please reconnect.")
		}
	}()
	f()
}

func (s *Socket) seen() { s.seenAt.Store(int64(s.all.cfg.Clock.Now())) }

// session ties a gws connection to its socket. gws wants a storage there but never uses it.
type session struct {
	gws.SessionStorage
	socket  *Socket
	goodbye bool
}

// events is what gws calls.
type events struct{}

func socketOf(c *gws.Conn) *Socket { return c.Session().(*session).socket }

func (events) OnOpen(*gws.Conn) {}

func (events) OnClose(c *gws.Conn, err error) {
	var closed *gws.CloseError
	c.Session().(*session).goodbye = errors.As(err, &closed)
}

func (events) OnPing(c *gws.Conn, payload []byte) {
	s := socketOf(c)
	s.seen()
	_ = s.push(outgoing{op: gws.OpcodePong, data: payload}) // closed already is fine
}

func (events) OnPong(c *gws.Conn, _ []byte) { socketOf(c).seen() }

func (events) OnMessage(c *gws.Conn, m *gws.Message) {
	s := socketOf(c)
	s.seen()
	s.frame(m) // m is not closed, which would recycle its bytes: handlers may keep them
}

// quiet is gws's logger: what strangers send is not worth a line.
type quiet struct{}

func (quiet) Error(...any) {}

// wire is a connection that says its last word properly. Closing a TCP connection while bytes of the client wait unread would reset
// it, and the client would never see our close frame.
type wire struct {
	net.Conn
	timeout time.Duration
}

// linger is how long a client may take to answer our close frame.
const linger = time.Second

func (w *wire) Write(p []byte) (int, error) {
	if err := w.SetWriteDeadline(time.Now().Add(w.timeout)); err != nil {
		return 0, err
	}
	return w.Conn.Write(p)
}

// Close ends our half. The reader sees the client's end, or the deadline, and calls finish.
func (w *wire) Close() error {
	half, ok := w.Conn.(interface{ CloseWrite() error })
	if !ok || half.CloseWrite() != nil {
		return w.Conn.Close()
	}
	return w.SetReadDeadline(time.Now().Add(linger))
}

// finish reads the rest, of bounded size and time, and closes.
func (w *wire) finish() {
	_ = w.SetReadDeadline(time.Now().Add(linger)) // on failure Read fails as well
	var rest [512]byte
	for left := 1 << 20; left > 0; {
		n, err := w.Conn.Read(rest[:])
		if err != nil {
			break
		}
		left -= n
	}
	_ = w.Conn.Close()
}
