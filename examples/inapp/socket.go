package main

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/lxzan/gws"
)

// frame is what the server sends on a socket.
type frame struct {
	Type string `json:"type"`
	update
	Updates []update `json:"updates"`
	Name    string   `json:"name"`
	Text    string   `json:"text"`
}

type cursor struct {
	Seq     int64 `json:"seq"`
	Version int64 `json:"version"`
}

// hello is the first frame, with what the client has.
type hello struct {
	Type    string            `json:"type"`
	Token   string            `json:"token"`
	Tab     string            `json:"tab"`
	State   string            `json:"state"`
	Cursors map[string]cursor `json:"cursors"`
}

// socket is one connection. Frames is closed when it ends.
type socket struct {
	frames chan frame
	quit   chan struct{} // closed by who no longer listens
	conn   *gws.Conn
}

// dial connects and says hello.
func dial(server string, h hello) (*socket, error) {
	s := &socket{frames: make(chan frame), quit: make(chan struct{})}
	conn, _, err := gws.NewClient(events{s: s}, &gws.ClientOption{Addr: "ws" + strings.TrimPrefix(server, "http") + "/chat/v1/socket",
		ReadMaxPayloadSize: 8 << 20})
	if err != nil {
		return nil, err
	}
	s.conn = conn
	text, err := json.Marshal(h)
	if err == nil {
		err = conn.WriteMessage(gws.OpcodeText, text)
	}
	if err != nil {
		_ = conn.NetConn().Close()
		return nil, err
	}
	go conn.ReadLoop() // it ends with the connection
	return s, nil
}

// close ends the connection. Nothing is heard any more.
func (s *socket) close() {
	close(s.quit)
	_ = s.conn.WriteClose(1000, nil) // the other side may be gone
	_ = s.conn.NetConn().Close()
}

type events struct {
	gws.BuiltinEventHandler
	s *socket
}

func (e events) OnOpen(*gws.Conn) {}

func (e events) OnClose(*gws.Conn, error) { close(e.s.frames) }

// OnPing answers: a silent client counts as lost.
func (e events) OnPing(c *gws.Conn, payload []byte) { _ = c.WritePong(payload) }

func (e events) OnMessage(_ *gws.Conn, m *gws.Message) {
	defer m.Close()
	var f frame
	if err := json.Unmarshal(bytes.Clone(m.Bytes()), &f); err != nil {
		return // not of this version of the API
	}
	select {
	case e.s.frames <- f:
	case <-e.s.quit:
	}
}
