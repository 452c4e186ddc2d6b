package live_test

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

const handshake = "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n" +
	"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"

func handshakeHeader() http.Header {
	return http.Header{"Connection": {"Upgrade"}, "Upgrade": {"websocket"}, "Sec-Websocket-Version": {"13"},
		"Sec-Websocket-Key": {"dGhlIHNhbXBsZSBub25jZQ=="}}
}

// client is a WebSocket client that can also misbehave.
type client struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
}

func dial(t *testing.T, addr string) *client {
	t.Helper()
	conn, in, err := open(addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return &client{t: t, conn: conn, in: in}
}

// open connects and shakes hands.
func open(addr string) (net.Conn, *bufio.Reader, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, nil, err
	}
	if _, err := io.WriteString(conn, handshake); err != nil {
		return nil, nil, err
	}
	in := bufio.NewReader(conn)
	resp, err := http.ReadResponse(in, nil)
	if err != nil {
		return nil, nil, err
	}
	if accept := resp.Header.Get("Sec-WebSocket-Accept"); resp.StatusCode != 101 || accept != "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" {
		return nil, nil, fmt.Errorf("answer %d, accept %q", resp.StatusCode, accept)
	}
	return conn, in, nil
}

func (c *client) raw(b ...byte) {
	c.t.Helper()
	if _, err := c.conn.Write(b); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) text(s string) { c.t.Helper(); c.frame(true, 0x1, []byte(s)) }

// frame sends one frame; the server may have gone already.
func (c *client) frame(fin bool, op byte, data []byte) { _, _ = c.conn.Write(encode(fin, op, data)) }

// encode makes a frame of a client; its mask is zero, which changes nothing.
func encode(fin bool, op byte, data []byte) []byte {
	if fin {
		op |= 0x80
	}
	b := []byte{op}
	switch n := len(data); {
	case n < 126:
		b = append(b, 0x80|byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, 0x80|126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 0x80|127), uint64(n))
	}
	return append(append(b, 0, 0, 0, 0), data...)
}

// read returns the next frame as "text …", "close CODE REASON", "ping …" or "pong …".
func (c *client) read() string {
	c.t.Helper()
	if err := c.conn.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		c.t.Fatal(err)
	}
	op, data, err := readFrame(c.in)
	if err != nil {
		c.t.Fatalf("reading a frame: %v", err)
	}
	switch op {
	case 0x1:
		return "text " + string(data)
	case 0x8:
		c.frame(true, 0x8, data)
		c.conn.Close()
		return fmt.Sprintf("close %d %s", binary.BigEndian.Uint16(data), data[2:])
	case 0x9:
		return "ping " + string(data)
	case 0xa:
		return "pong " + string(data)
	}
	return fmt.Sprintf("opcode %d", op)
}

func readFrame(in *bufio.Reader) (op byte, data []byte, err error) {
	var head [8]byte
	if _, err := io.ReadFull(in, head[:2]); err != nil {
		return 0, nil, err
	}
	op, n := head[0]&0xf, uint64(head[1])
	switch n {
	case 126:
		_, err = io.ReadFull(in, head[6:])
		n = binary.BigEndian.Uint64(append(make([]byte, 6), head[6:]...))
	case 127:
		_, err = io.ReadFull(in, head[:])
		n = binary.BigEndian.Uint64(head[:])
	}
	if err != nil {
		return 0, nil, err
	}
	data = make([]byte, n)
	_, err = io.ReadFull(in, data)
	return op, data, err
}

func (c *client) want(frame string) {
	c.t.Helper()
	if got := c.read(); got != frame {
		c.t.Fatalf("got  %.200s\nwant %s", got, frame)
	}
}

func get(t *testing.T, addr string, header http.Header) (status int, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+addr+"/ws", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header = header
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var b strings.Builder
	if _, err := io.Copy(&b, resp.Body); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, b.String()
}

// waitFor waits until ok, at most as long as go test lets it.
func waitFor(t *testing.T, ok func() bool) {
	t.Helper()
	for !ok() {
		if t.Context().Err() != nil {
			t.Fatal("the test has ended")
		}
		time.Sleep(time.Millisecond)
	}
}
