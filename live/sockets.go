package live

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/lxzan/gws"

	"rejoin"
)

// Handler is one client's side of the conversation; the caller of [Sockets.Upgrade] makes one per connection.
type Handler interface {
	// Frame takes one text frame: valid UTF-8, in order, never two at a time for one socket. data is the handler's.
	Frame(s *Socket, data []byte)
	// Closed is called exactly once, after the last Frame. goodbye tells that the client sent a close frame; it is false if the
	// connection was lost or we ended it.
	Closed(s *Socket, goodbye bool)
}

// Opener is a Handler that has the first word: Opened is called once, before any Frame and before Closed.
type Opener interface {
	Opened(s *Socket)
}

// SocketConfig says how sockets are kept. Zero fields take the default in parentheses.
type SocketConfig struct {
	MaxFrame        int           // bytes in one frame of a client (16 KiB)
	MaxWaiting      int           // bytes that may wait for a client that reads slowly (1 MiB)
	FramesPerSecond int           // frames a client may send in one second (50)
	HelloTimeout    time.Duration // from the upgrade to Ready (10 s)
	PingEvery       time.Duration // (15 s)
	LostAfter       time.Duration // without a sign of life (35 s)
	WriteTimeout    time.Duration // for one frame to leave (10 s)
	Clock           rejoin.Clock  // (the system's)
	Log             *slog.Logger  // (slog.Default)
}

func (c SocketConfig) withDefaults() SocketConfig {
	c.MaxFrame = cmp.Or(c.MaxFrame, 16<<10)
	c.MaxWaiting = cmp.Or(c.MaxWaiting, 1<<20)
	c.FramesPerSecond = cmp.Or(c.FramesPerSecond, 50)
	c.HelloTimeout = cmp.Or(c.HelloTimeout, 10*time.Second)
	c.PingEvery = cmp.Or(c.PingEvery, 15*time.Second)
	c.LostAfter = cmp.Or(c.LostAfter, 35*time.Second)
	c.WriteTimeout = cmp.Or(c.WriteTimeout, 10*time.Second)
	if c.Clock == nil {
		c.Clock = rejoin.SystemClock{}
	}
	c.Log = cmp.Or(c.Log, slog.Default())
	return c
}

// Sockets is all sockets of one kind. Safe for concurrent use.
type Sockets struct {
	cfg      SocketConfig
	upgrader *gws.Upgrader

	mu       sync.Mutex
	open     map[*Socket]struct{}
	draining bool
	sweeping bool
	wg       sync.WaitGroup // one for each open socket
}

// NewSockets makes an empty set of sockets. It holds no goroutine while no socket is open.
func NewSockets(cfg SocketConfig) *Sockets {
	s := &Sockets{cfg: cfg.withDefaults(), open: map[*Socket]struct{}{}}
	s.upgrader = gws.NewUpgrader(events{}, &gws.ServerOption{
		// Frames a little too long are read, so that their sender can be told; longer ones are refused by their header.
		ReadMaxPayloadSize: 4 * s.cfg.MaxFrame,
		ReadBufferSize:     readBuffer,
		ParallelGolimit:    1, // unused, and allocated for each connection
		HandshakeTimeout:   s.cfg.WriteTimeout,
		Logger:             quiet{},
		NewSession:         func() gws.SessionStorage { return &session{} },
	})
	return s
}

// readBuffer is the size of each connection's read buffer in bytes; longer frames bypass it.
const readBuffer = 1 << 10

// Upgrade makes a WebSocket of the request and returns; h gets its frames from now on. The error, if any, is for the web frame to
// answer: nothing was written yet and h will not be called. After nil, h.Closed is called exactly once. Nothing of the request may
// be used by h, least of all its context, which ends here. The caller checks the Origin header where cookies authenticate.
func (s *Sockets) Upgrade(w http.ResponseWriter, r *http.Request, h Handler) error {
	if err := checkHandshake(r); err != nil {
		return err
	}
	socket := &Socket{all: s, handler: h}
	if err := s.enter(socket); err != nil {
		return err
	}
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		s.leave(socket)
		return err
	}
	socket.wire = &wire{Conn: conn, timeout: s.cfg.WriteTimeout}
	if rw.Reader.Buffered() == 0 { // else the client speaks before the handshake's end, which the protocol forbids
		// After a failure gws has closed the connection, and read finds conn nil.
		socket.conn, _ = s.upgrader.UpgradeFromConn(socket.wire, bufio.NewReaderSize(socket.wire, readBuffer), r)
	}
	if socket.conn != nil {
		socket.conn.Session().(*session).socket = socket
	}
	s.watch(socket)
	if o, ok := h.(Opener); ok {
		socket.guard(func() { o.Opened(socket) })
	}
	go socket.read()
	return nil
}

func checkHandshake(r *http.Request) error {
	has := func(header, token string) bool {
		for _, v := range strings.Split(r.Header.Get(header), ",") {
			if strings.EqualFold(strings.TrimSpace(v), token) {
				return true
			}
		}
		return false
	}
	if r.Method != http.MethodGet || !has("Connection", "upgrade") || !has("Upgrade", "websocket") ||
		r.Header.Get("Sec-WebSocket-Version") != "13" || r.Header.Get("Sec-WebSocket-Key") == "" {
		return rejoin.Errorf(rejoin.Invalid, "This address speaks WebSocket, version 13. Open it with a WebSocket client.")
	}
	return nil
}

// Count returns how many sockets are open.
func (s *Sockets) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.open)
}

// Drain refuses new sockets for good, sends frame (the hint to reconnect; nil for none) to all, closes them one after the other with code
// 1001 over a short time, at most a second, and waits until every Closed has returned. When ctx ends it cuts off those that are left.
func (s *Sockets) Drain(ctx context.Context, frame any) {
	sockets := s.stop()
	if frame != nil {
		if data, err := json.Marshal(frame); err != nil {
			s.cfg.Log.Error("live: the reconnect hint cannot be encoded", "error", err)
		} else {
			for _, socket := range sockets {
				_ = socket.SendRaw(data) // it is closed next in any case
			}
		}
	}
	s.closeSlowly(ctx, sockets)
	done := make(chan struct{})
	go func() {
		s.wg.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
		for _, socket := range sockets {
			socket.abort()
		}
	}
}

// stop lets nobody in any more and returns who is in, in no particular order.
func (s *Sockets) stop() []*Socket {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.draining = true
	sockets := make([]*Socket, 0, len(s.open))
	for socket := range s.open {
		sockets = append(sockets, socket)
	}
	return sockets
}

// closeSlowly spreads the closing, and so the coming back, over a millisecond per socket, at most a second.
func (s *Sockets) closeSlowly(ctx context.Context, sockets []*Socket) {
	const steps = 20
	pause := min(time.Duration(len(sockets))*time.Millisecond, time.Second) / steps
	batch := len(sockets)/steps + 1
	for i, socket := range sockets {
		if i > 0 && i%batch == 0 {
			select {
			case <-time.After(pause):
			case <-ctx.Done():
			}
		}
		socket.Close(CloseGoingAway, "The server restarts. Please reconnect.")
	}
}

// restarting is the answer to those who come while the sockets drain.
type restarting struct{ err *rejoin.Error }

func (e restarting) Error() string { return e.err.Error() }

func (e restarting) Unwrap() error { return e.err }

// RetryAfter says when to come back.
func (restarting) RetryAfter() time.Duration { return time.Second }

func (s *Sockets) enter(socket *Socket) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.draining {
		return restarting{rejoin.Errorf(rejoin.Limited, "The server is restarting. Try again in a moment.")}
	}
	s.wg.Add(1)
	return nil
}

// leave takes back enter.
func (s *Sockets) leave(socket *Socket) {
	s.mu.Lock()
	delete(s.open, socket)
	s.mu.Unlock()
	s.wg.Done()
}

// watch puts the socket among those that are swept and drained.
func (s *Sockets) watch(socket *Socket) {
	now := s.cfg.Clock.Now()
	socket.openedAt, socket.pingedAt = now, now
	socket.seenAt.Store(int64(now))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[socket] = struct{}{}
	if s.draining { // it came between the check and now
		socket.Close(CloseGoingAway, "The server restarts. Please reconnect.")
	}
	if !s.sweeping {
		s.sweeping = true
		s.cfg.Clock.AfterFunc(s.step(), s.sweep)
	}
}

// step is the time between two sweeps.
func (s *Sockets) step() time.Duration {
	return min(time.Second, s.cfg.HelloTimeout, s.cfg.PingEvery)
}

// sweep pings who is silent and ends who is lost or never said hello. One timer does it for all sockets.
func (s *Sockets) sweep() {
	s.mu.Lock()
	sockets := make([]*Socket, 0, len(s.open))
	for socket := range s.open {
		sockets = append(sockets, socket)
	}
	s.sweeping = len(sockets) > 0
	if s.sweeping {
		s.cfg.Clock.AfterFunc(s.step(), s.sweep)
	}
	s.mu.Unlock()
	now := s.cfg.Clock.Now()
	for _, socket := range sockets {
		socket.check(now)
	}
}
