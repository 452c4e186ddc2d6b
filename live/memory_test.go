package live_test

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"rejoin/live"
)

const idleClients = "REJOIN_IDLE_CLIENTS" // the environment of the benchmark's clients: address and number

// idle is a handler like that of a door: it says hello, and subscribes.
type idle struct {
	hub   *live.Hub
	id    int
	sub   *live.Subscription
	ready *atomic.Int64
}

func (h *idle) Frame(s *live.Socket, _ []byte) {
	s.Ready()
	h.sub = h.hub.Subscribe(func() {
		for _, signal := range h.sub.Take() {
			_ = s.Send(signal)
		}
	}, live.UserTopic(strconv.Itoa(h.id)), live.IssueTopic(strconv.Itoa(h.id)))
	_ = s.SendRaw([]byte(`{"type":"welcome"}`))
	h.ready.Add(1)
}

func (h *idle) Closed(*live.Socket, bool) { h.sub.Close() }

// BenchmarkIdleSockets measures what one idle, subscribed socket costs this process, at 10,000 of them. The clients are
// another process. Run it with -benchtime 1x; the kernel's socket buffers are not counted.
func BenchmarkIdleSockets(b *testing.B) {
	const n = 10_000
	for b.Loop() {
		hub, ready := newHub(), &atomic.Int64{}
		sockets := live.NewSockets(live.SocketConfig{Log: slog.New(slog.DiscardHandler)})
		var ids atomic.Int64
		srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if err := sockets.Upgrade(w, r, &idle{hub: hub, id: int(ids.Add(1)), ready: ready}); err != nil {
				b.Error(err)
			}
		})}
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			b.Fatal(err)
		}
		go srv.Serve(ln)

		before := memoryNow(b)
		stop := startClients(b, ln.Addr().String(), n)
		for int(ready.Load()) < n {
			runtime.Gosched()
		}
		after := memoryNow(b)
		b.ReportMetric(float64(after.inUse-before.inUse)/n, "B/socket")
		b.ReportMetric(float64(after.resident-before.resident)/n, "RSS-B/socket")
		stop()
		sockets.Drain(b.Context(), nil)
		srv.Close()
	}
}

// memory is what this process uses, in bytes.
type memory struct {
	inUse    int64 // heap and stacks in use and what the runtime needs for them
	resident int64 // as the kernel sees it
}

func memoryNow(b *testing.B) memory {
	for range 3 { // pools take two collections to let go
		runtime.GC()
	}
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip("this system does not tell the resident memory")
	}
	_, rss, _ := strings.Cut(string(status), "VmRSS:")
	kib, err := strconv.ParseInt(strings.Fields(rss)[0], 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return memory{inUse: int64(m.HeapInuse + m.StackInuse + m.MSpanInuse), resident: kib << 10}
}

// startClients runs this test binary as n clients, and returns once all are connected.
func startClients(b *testing.B, addr string, n int) (stop func()) {
	cmd := exec.Command(os.Args[0], "-test.run=^TestIdleClients$")
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s %d", idleClients, addr, n))
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	line := make([]byte, 9)
	if _, err := io.ReadFull(out, line); err != nil || string(line) != "connected" {
		b.Fatalf("the clients: %q, %v", line, err)
	}
	return func() {
		in.Close()
		_ = cmd.Wait() // it has no more to tell
	}
}

// TestIdleClients is the clients of BenchmarkIdleSockets; it does nothing by itself.
func TestIdleClients(t *testing.T) {
	addr, n := "", 0
	if _, err := fmt.Sscan(os.Getenv(idleClients), &addr, &n); err != nil {
		t.Skip("only for BenchmarkIdleSockets")
	}
	conns := make([]net.Conn, n)
	for i := range conns {
		conn, in, err := open(addr)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Write(encode(true, 0x1, []byte(`{"type":"hello"}`))); err != nil {
			t.Fatal(err)
		}
		if _, _, err := readFrame(in); err != nil {
			t.Fatal(err)
		}
		conns[i] = conn
	}
	fmt.Print("connected")
	_, _ = io.Copy(io.Discard, os.Stdin) // until the benchmark ends
	for _, conn := range conns {
		conn.Close()
	}
}
