package main

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"time"

	"rejoin/rejointest"
)

// measureMessages lets the senders send as fast as they can. Sessions and agents are many enough that no limit is touched.
func measureMessages(ctx context.Context, b *bench) error {
	if err := b.followUpsOn(ctx); err != nil {
		return err
	}
	visitors, err := b.visitors(ctx, max(4096, b.senders*64))
	if err != nil {
		return err
	}
	cookies, err := b.agents(ctx, 60)
	if err != nil {
		return err
	}
	if err := b.start(ctx); err != nil {
		return err
	}
	const warm = 2 * time.Second
	l, err := b.load(order{Kind: "messages", Visitors: visitors, Cookies: cookies, Senders: b.senders, Warm: warm, Duration: b.duration})
	if err != nil {
		return err
	}
	begun, err := l.next()
	if err != nil {
		return err
	}
	server, child, err := b.cpuDuring(ctx, begun.PID, warm, b.duration-time.Second)
	if err != nil {
		return err
	}
	r, err := l.next()
	if err := errors.Join(err, l.end()); err != nil {
		return err
	}
	v, a := r.Times["visitors"], r.Times["agents"]
	n := float64(len(v)+len(a)) / b.duration.Seconds()
	b.add("senders, connections kept", "%d", b.senders)
	b.add("messages acknowledged per second", "%.0f", n)
	b.add("visitors' messages, 4 of 5", "%s", spread(v))
	b.add("agents' messages, 1 of 5", "%s", spread(a))
	b.add("all messages", "%s", spread(slices.Concat(v, a)))
	b.add("processor time per message: server / load", "%.0f µs / %.0f µs", server*1e6/n, child*1e6/n)
	return nil
}

// cpuDuring returns how many seconds of processor time server and load use per second.
func (b *bench) cpuDuring(ctx context.Context, childPID int, after, d time.Duration) (server, child float64, err error) {
	pids := [2]int{b.process.PID(), childPID}
	var used [2]time.Duration
	if err := pause(ctx, after); err != nil {
		return 0, 0, err
	}
	start := time.Now()
	for _, sign := range []time.Duration{-1, 1} {
		for i, pid := range pids {
			u, err := usageOf(pid)
			if err != nil {
				return 0, 0, err
			}
			used[i] += sign * u.cpu
		}
		if sign < 0 {
			if err := pause(ctx, d); err != nil {
				return 0, 0, err
			}
		}
	}
	took := time.Since(start)
	return used[0].Seconds() / took.Seconds(), used[1].Seconds() / took.Seconds(), nil
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func measureDelivery(ctx context.Context, b *bench) error {
	visitors, err := b.visitors(ctx, 500)
	if err != nil {
		return err
	}
	cookies, err := b.agents(ctx, 20)
	if err != nil {
		return err
	}
	if err := b.start(ctx); err != nil {
		return err
	}
	l, err := b.load(order{Kind: "delivery", Visitors: visitors, Cookies: cookies})
	if err != nil {
		return err
	}
	r, err := l.next()
	if err := errors.Join(err, l.end()); err != nil {
		return err
	}
	b.add("visitor sends → frame on the agent's socket", "%s", spread(r.Times["agent"]))
	b.add("agent sends → frame on the visitor's socket", "%s", spread(r.Times["visitor"]))
	return nil
}

func measureSockets(ctx context.Context, b *bench) error {
	visitors, err := b.visitors(ctx, b.sockets)
	if err != nil {
		return err
	}
	var gc collections
	b.install.Env, b.install.Watch = []string{"GODEBUG=gctrace=1"}, gc.watch
	if err := b.start(ctx); err != nil {
		return err
	}
	before, heapBefore, err := b.memory(ctx, &gc)
	if err != nil {
		return err
	}
	start := time.Now()
	l, err := b.load(order{Kind: "sockets", Visitors: visitors})
	if err != nil {
		return err
	}
	if _, err := l.next(); err != nil {
		return err
	}
	opened := time.Since(start)
	after, heapAfter, err := b.memory(ctx, &gc)
	if err := errors.Join(err, l.end()); err != nil {
		return err
	}
	n := int64(len(visitors))
	b.add("visitors' sockets, each with its presence", "%d, opened in %s", n, short(opened))
	b.add("resident memory per socket", "%.1f KiB (%s → %s)", float64(after-before)/float64(n)/1024, mib(before), mib(after))
	b.add("live heap per socket", "%.1f KiB (%s → %s)", float64(heapAfter-heapBefore)/float64(n)/1024, mib(heapBefore), mib(heapAfter))
	return nil
}

// collections knows what the server's garbage collector last said.
type collections struct {
	mu    sync.Mutex
	count int
	live  int64 // bytes after the newest collection
}

// collected finds the sizes in a line of the collector: before, at and after its end. The program's log may cut such a line in two; then
// it is passed over.
var collected = regexp.MustCompile(`\d+->\d+->(\d+) MB, `)

// watch takes a line of the server's log.
func (c *collections) watch(line string) {
	match := collected.FindStringSubmatch(line)
	if match == nil {
		return
	}
	if n, err := strconv.ParseInt(match[1], 10, 64); err == nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.count, c.live = c.count+1, n<<20
	}
}

func (c *collections) newest() (count int, live int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.count, c.live
}

// memory returns the server's resident memory, and its live heap after two collections, which it asks for by work that leaves garbage.
func (b *bench) memory(ctx context.Context, c *collections) (rss, heap int64, err error) {
	first, _ := c.newest()
	deadline := time.Now().Add(time.Minute)
	for n := first; n < first+2; n, heap = c.newest() {
		if time.Now().After(deadline) {
			return 0, 0, errors.New("the server's memory is not collected")
		}
		for range 100 {
			if err := get(ctx, b.process.URL+"/chat/v1"); err != nil {
				return 0, 0, err
			}
		}
	}
	u, err := usageOf(b.process.PID())
	return u.rss, heap, err
}

func get(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusTooManyRequests {
		return nil // it leaves garbage too
	}
	if resp.StatusCode != http.StatusOK {
		return &rejointest.StatusError{Status: resp.StatusCode}
	}
	return nil
}
