package rejointest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/lxzan/gws"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/identity"
)

// Frame is a text frame and when it arrived.
type Frame struct {
	Data []byte
	At   time.Time
}

// Socket is a client's WebSocket. Frames gets every text frame in order and is closed when the connection ends; whoever opens a socket
// reads it until then.
type Socket struct {
	Frames chan Frame
	conn   *gws.Conn
}

// Dial opens the socket at path, such as /agent/v1/socket.
func (c *Client) Dial(url, path string) (*Socket, error) {
	header := http.Header{}
	c.Mark(header)
	s := &Socket{Frames: make(chan Frame, 8)}
	conn, _, err := gws.NewClient(socketEvents{s: s}, &gws.ClientOption{Addr: "ws" + strings.TrimPrefix(url, "http") + path, RequestHeader: header,
		ReadMaxPayloadSize: 8 << 20})
	if err != nil {
		return nil, err
	}
	s.conn = conn
	go conn.ReadLoop()
	return s, nil
}

// DialVisitor opens the visitor's socket and says hello.
func (c *Client) DialVisitor(url string) (*Socket, error) {
	s, err := c.Dial(url, "/chat/v1/socket")
	if err != nil {
		return nil, err
	}
	return s, s.Send(chatapi.Hello{Type: "hello", Token: c.Token, Tab: "tab-" + identity.NewToken()[:16], State: rejoin.PanelClosed})
}

// Send sends one frame.
func (s *Socket) Send(frame any) error {
	b, err := json.Marshal(frame)
	if err != nil {
		return err
	}
	return s.conn.WriteMessage(gws.OpcodeText, b)
}

// Close cuts the connection.
func (s *Socket) Close() { _ = s.conn.NetConn().Close() }

type socketEvents struct {
	gws.BuiltinEventHandler
	s *Socket
}

func (e socketEvents) OnOpen(*gws.Conn) {}

func (e socketEvents) OnClose(*gws.Conn, error) { close(e.s.Frames) }

// OnPing answers: a silent client counts as lost.
func (e socketEvents) OnPing(c *gws.Conn, payload []byte) { _ = c.WritePong(payload) }

func (e socketEvents) OnMessage(_ *gws.Conn, m *gws.Message) {
	e.s.Frames <- Frame{bytes.Clone(m.Bytes()), time.Now()}
	_ = m.Close()
}
