package live

import (
	"bytes"
	"context"
	crand "crypto/rand"
	"errors"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	maxNotification = 7900             // bytes; PostgreSQL takes under 8000
	maxQueued       = 4096             // payloads that wait while the database is away
	aliveEvery      = 20 * time.Second // a silent connection is tried this often
	answerWithin    = 5 * time.Second
	farewellWithin  = 2 * time.Second
	firstBackoff    = 100 * time.Millisecond
	lastBackoff     = 5 * time.Second
)

// lostLine, instead of payloads, tells the other nodes that some of ours did not leave.
const lostLine = "!"

// PostgresBus is a [Bus] over LISTEN and NOTIFY, on two connections of its own while it listens. Safe for concurrent use.
type PostgresBus struct {
	url, channel, node string
	log                *slog.Logger

	mu    sync.Mutex
	queue []string
	lost  bool
	wake  chan struct{}
}

// NewPostgresBus makes a bus on the database of url. All nodes of a deployment use the same channel, a PostgreSQL name of at most 63
// bytes. Nothing is connected before [PostgresBus.Listen].
func NewPostgresBus(url, channel string, log *slog.Logger) *PostgresBus {
	return &PostgresBus{url: url, channel: channel, node: crand.Text(), log: log, wake: make(chan struct{}, 1)}
}

// Publish queues the payload; a goroutine of Listen sends what has gathered. When too much waits, all of it is dropped and the other nodes
// are told once they can be reached.
func (b *PostgresBus) Publish(payload []byte) error {
	if len(payload) > MaxPayload || bytes.ContainsAny(payload, "\n") {
		return errors.New("live: a payload has one line and at most 4000 bytes")
	}
	b.mu.Lock()
	if len(b.queue) >= maxQueued {
		b.queue, b.lost = nil, true
	} else {
		b.queue = append(b.queue, string(payload))
	}
	b.mu.Unlock()
	select {
	case b.wake <- struct{}{}:
	default:
	}
	return nil
}

// Listen implements [Bus]. It also sends what Publish queued, and calls missed after each connecting.
func (b *PostgresBus) Listen(ctx context.Context, receive func([]byte), missed func()) error {
	var wg sync.WaitGroup
	wg.Go(func() { b.keep(ctx, "send", b.send) })
	wg.Go(func() {
		b.keep(ctx, "listen", func(ctx context.Context, conn *pgx.Conn, up func()) error {
			return b.listen(ctx, conn, up, receive, missed)
		})
	})
	wg.Wait()
	b.farewell(ctx)
	return nil
}

// farewell sends what is left after the end, if the connection was just away when it came.
func (b *PostgresBus) farewell(ctx context.Context) {
	notifications, _, _ := b.gather()
	if len(notifications) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewellWithin)
	defer cancel()
	err := b.connected(ctx, func(conn *pgx.Conn) error { return b.notify(ctx, conn, notifications) })
	if err != nil {
		b.log.Warn("live: other nodes learn late of the last changes", "error", err)
	}
}

// keep runs one connection after the other until ctx ends. work calls up once the connection has proved good.
func (b *PostgresBus) keep(ctx context.Context, name string, work func(context.Context, *pgx.Conn, func()) error) {
	backoff, down := firstBackoff, false
	up := func() {
		if down {
			b.log.Info("live: the bus is back", "part", name)
		}
		backoff, down = firstBackoff, false
	}
	for ctx.Err() == nil {
		err := b.connected(ctx, func(conn *pgx.Conn) error { return work(ctx, conn, up) })
		if ctx.Err() != nil {
			return
		}
		if !down {
			b.log.Warn("live: the bus is away; other nodes learn of changes late", "part", name, "error", err)
			down = true
		}
		select {
		case <-time.After(backoff/2 + rand.N(backoff/2)):
		case <-ctx.Done():
		}
		backoff = min(2*backoff, lastBackoff)
	}
}

func (b *PostgresBus) connected(ctx context.Context, work func(*pgx.Conn) error) error {
	dial, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	conn, err := pgx.Connect(dial, b.url)
	if err != nil {
		return err
	}
	defer func() {
		bye, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = conn.Close(bye) // it is given up in any case
	}()
	return work(conn)
}

func (b *PostgresBus) listen(ctx context.Context, conn *pgx.Conn, up func(), receive func([]byte), missed func()) error {
	if _, err := conn.Exec(ctx, "LISTEN "+pgx.Identifier{b.channel}.Sanitize()); err != nil {
		return err
	}
	up()
	missed()
	for {
		wait, cancel := context.WithTimeout(ctx, aliveEvery)
		n, err := conn.WaitForNotification(wait)
		silent := wait.Err() != nil
		cancel()
		switch {
		case err == nil:
			b.take(n.Payload, receive, missed)
		case ctx.Err() != nil || !silent || conn.IsClosed():
			return err
		default:
			if err := alive(ctx, conn); err != nil {
				return err
			}
		}
	}
}

func alive(ctx context.Context, conn *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	return conn.Ping(ctx)
}

// take takes one notification apart: the node's name, then a payload on each line.
func (b *PostgresBus) take(notification string, receive func([]byte), missed func()) {
	node, rest, _ := strings.Cut(notification, "\n")
	if node == b.node {
		return
	}
	if rest == lostLine {
		missed()
		return
	}
	for payload := range strings.SplitSeq(rest, "\n") {
		receive([]byte(payload))
	}
}

// send notifies the other nodes of what Publish has queued, many payloads in one round trip.
func (b *PostgresBus) send(ctx context.Context, conn *pgx.Conn, up func()) error {
	up()
	for {
		notifications, payloads, lost := b.gather()
		if len(notifications) > 0 {
			// What a request in hand publishes at the shutdown should still leave.
			if err := b.notify(context.WithoutCancel(ctx), conn, notifications); err != nil {
				b.putBack(payloads, lost)
				return err
			}
			continue
		}
		if ctx.Err() != nil {
			return nil
		}
		select {
		case <-b.wake:
		case <-ctx.Done(): // once more round for what came last
		case <-time.After(aliveEvery):
			if err := alive(ctx, conn); err != nil {
				return err
			}
		}
	}
}

func (b *PostgresBus) notify(ctx context.Context, conn *pgx.Conn, notifications []string) error {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	batch := &pgx.Batch{}
	for _, n := range notifications {
		batch.Queue("SELECT pg_notify($1, $2)", b.channel, n)
	}
	return conn.SendBatch(ctx, batch).Close()
}

// gather empties the queue into as few notifications as hold it.
func (b *PostgresBus) gather() (notifications, payloads []string, lost bool) {
	b.mu.Lock()
	payloads, lost = b.queue, b.lost
	b.queue, b.lost = nil, false
	b.mu.Unlock()
	if lost {
		notifications = append(notifications, b.node+"\n"+lostLine)
	}
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			notifications = append(notifications, b.node+text.String())
			text.Reset()
		}
	}
	for _, p := range payloads {
		if len(b.node)+text.Len()+1+len(p) > maxNotification {
			flush()
		}
		text.WriteString("\n" + p)
	}
	flush()
	return notifications, payloads, lost
}

// putBack keeps what may not have left. Some of it may arrive twice, which receivers bear.
func (b *PostgresBus) putBack(payloads []string, lost bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lost = b.lost || lost
	if len(payloads)+len(b.queue) > maxQueued {
		b.queue, b.lost = nil, true
		return
	}
	b.queue = append(payloads, b.queue...)
}
