package agentapi_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/lxzan/gws"

	"rejoin/agentapi"
)

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// desk is an agent's socket as the dashboard has it.
type desk struct {
	gws.BuiltinEventHandler
	t      *testing.T
	conn   *gws.Conn
	frames chan agentapi.Frame
	closed chan uint16 // the close code
	pongs  chan struct{}
}

// sit connects and waits for the welcome.
func (p person) sit() *desk {
	p.o.t.Helper()
	return dial(p.o.t, p, p.o.url)
}

func dial(t *testing.T, p person, url string) *desk {
	t.Helper()
	d := &desk{t: t, frames: make(chan agentapi.Frame, 1000), closed: make(chan uint16, 1), pongs: make(chan struct{}, 10)}
	conn, _, err := gws.NewClient(d, &gws.ClientOption{Addr: "ws" + strings.TrimPrefix(url, "http") + "/agent/v1/socket", RequestHeader: p.header()})
	if err != nil {
		t.Fatal(err)
	}
	d.conn = conn
	go conn.ReadLoop()
	t.Cleanup(func() { _ = conn.NetConn().Close() })
	if f := d.next(); f.Type != "welcome" || f.ServerTime == 0 {
		t.Fatalf("the first frame is %+v, want welcome", f)
	}
	return d
}

func (d *desk) OnMessage(_ *gws.Conn, m *gws.Message) {
	var f agentapi.Frame
	if err := json.Unmarshal(m.Bytes(), &f); err != nil {
		d.t.Errorf("%v in %s", err, m.Bytes())
	}
	d.frames <- f
}

func (d *desk) OnPing(c *gws.Conn, payload []byte) { _ = c.WritePong(payload) }

func (d *desk) OnPong(*gws.Conn, []byte) { d.pongs <- struct{}{} }

func (d *desk) OnClose(_ *gws.Conn, err error) {
	var e *gws.CloseError
	if errors.As(err, &e) {
		d.closed <- e.Code
	}
	close(d.closed)
}

func (d *desk) next() agentapi.Frame {
	d.t.Helper()
	select {
	case f := <-d.frames:
		return f
	case <-time.After(patience):
		d.t.Fatal("no frame came")
		return agentapi.Frame{}
	}
}

// until returns the first frame that ok accepts and drops those before it.
func (d *desk) until(ok func(agentapi.Frame) bool) agentapi.Frame {
	d.t.Helper()
	for {
		if f := d.next(); ok(f) {
			return f
		}
	}
}

// thread returns the next frame of the watched issue.
func (d *desk) thread() *agentapi.Thread {
	d.t.Helper()
	return d.until(func(f agentapi.Frame) bool { return f.Type == "thread" }).Thread
}

// row returns the next row of the issue.
func (d *desk) row(id string) *agentapi.Row {
	d.t.Helper()
	return d.until(func(f agentapi.Frame) bool { return f.Type == "inbox" && f.Row.ID == id }).Row
}

func (d *desk) say(text string) {
	d.t.Helper()
	if err := d.conn.WriteString(text); err != nil {
		d.t.Fatal(err)
	}
}

// watch follows an issue from cursors and returns the frame that answers it.
func (d *desk) watch(id string, seq, event int64) *agentapi.Thread {
	d.t.Helper()
	d.say(body(agentapi.Watch{Type: "watch", IssueID: id, Seq: seq, EventN: event}))
	th := d.thread()
	d.row(id)
	return th
}

// ping returns once the server has answered, and so has handled everything sent before.
func (d *desk) ping() {
	d.t.Helper()
	if err := d.conn.WritePing(nil); err != nil {
		d.t.Fatal(err)
	}
	select {
	case <-d.pongs:
	case <-time.After(patience):
		d.t.Fatal("no pong came")
	}
}

// ends returns the code with which the server closes.
func (d *desk) ends() uint16 {
	d.t.Helper()
	select {
	case code := <-d.closed:
		return code
	case <-time.After(patience):
		d.t.Fatal("the socket is still open")
		return 0
	}
}
