package chatapi_test

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/chatapi"
)

// client is a WebSocket client that can also misbehave.
type client struct {
	t    testing.TB
	conn net.Conn
	in   *bufio.Reader
}

func (d *door) dial() *client {
	d.T.Helper()
	c, resp := d.handshake("")
	if resp.StatusCode != http.StatusSwitchingProtocols {
		d.T.Fatalf("answer %d", resp.StatusCode)
	}
	return c
}

func (d *door) handshake(more string) (*client, *http.Response) {
	d.T.Helper()
	host := strings.TrimPrefix(d.http.URL, "http://")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		d.T.Fatal(err)
	}
	d.T.Cleanup(func() { conn.Close() })
	_, err = fmt.Fprintf(conn, "GET /chat/v1/socket HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nX-Forwarded-For: %s\r\n%s\r\n", host, d.ip, more)
	if err != nil {
		d.T.Fatal(err)
	}
	in := bufio.NewReader(conn)
	resp, err := http.ReadResponse(in, nil)
	if err != nil {
		d.T.Fatal(err)
	}
	return &client{t: d.T, conn: conn, in: in}, resp
}

// send writes a text frame.
func (c *client) send(v any) { c.frame(0x1, encode(c.t, v)) }

// bye writes a close frame, as browsers do.
func (c *client) bye() { c.frame(0x8, []byte{0x03, 0xe9}) }

// frame writes one frame; its mask is zero, which changes nothing. The server may have gone already.
func (c *client) frame(op byte, data []byte) {
	b := []byte{0x80 | op}
	switch n := len(data); {
	case n < 126:
		b = append(b, 0x80|byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, 0x80|126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 0x80|127), uint64(n))
	}
	_, _ = c.conn.Write(append(append(b, 0, 0, 0, 0), data...))
}

// next returns the next frame; a close frame as its code.
func (c *client) next() (f chatapi.Frame, closed uint16) {
	c.t.Helper()
	if err := c.conn.SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
		c.t.Fatal(err)
	}
	for {
		op, data, err := readFrame(c.in)
		if err != nil {
			c.t.Fatalf("reading a frame: %v", err)
		}
		switch op {
		case 0x1:
			if err := json.Unmarshal(data, &f); err != nil {
				c.t.Fatal(err)
			}
			return f, 0
		case 0x8:
			return f, binary.BigEndian.Uint16(data)
		}
	}
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

// want returns the next frame of the type, and skips updates on the way to another.
func (c *client) want(kind string) chatapi.Frame {
	c.t.Helper()
	for {
		f, closed := c.next()
		if closed != 0 {
			c.t.Fatalf("closed with %d, want %s", closed, kind)
		}
		if f.Type == kind {
			return f
		}
		if f.Type != "update" {
			c.t.Fatalf("frame %+v, want %s", f, kind)
		}
	}
}

// wantError expects an error frame and the end.
func (c *client) wantError(code rejoin.Code, closeCode uint16) {
	c.t.Helper()
	f := c.want("error")
	if f.Code != code || f.Text == "" {
		c.t.Errorf("error %q %q, want %s", f.Code, f.Text, code)
	}
	if _, closed := c.next(); closed != closeCode {
		c.t.Errorf("closed with %d, want %d", closed, closeCode)
	}
}

const tab = "tab-000000000001"

func hello(token string) chatapi.Hello {
	return chatapi.Hello{Type: "hello", Token: token, Tab: tab, State: rejoin.Active}
}

// enter opens a socket with a good hello.
func (d *door) enter(h chatapi.Hello) (*client, chatapi.Frame) {
	d.T.Helper()
	c := d.dial()
	c.send(h)
	return c, c.want("welcome")
}
