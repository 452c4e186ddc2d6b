package chatapi

import (
	"context"
	"hash/maphash"
	"log/slog"
	"sync"
	"time"

	"rejoin"
	"rejoin/core"
)

// How long a tab without a socket counts as open after it was last heard of, and how many of them are watched at most.
const (
	silence = 40 * time.Second
	maxTabs = 200_000
)

// tabs knows by which way each open tab reaches this node, so that it is noticed when the last way ends, and only then: a tab that
// comes back on a new socket before the old one has ended is not lost. Safe for concurrent use.
type tabs struct {
	clock    rejoin.Clock
	presence *core.Presence
	log      *slog.Logger
	seed     maphash.Seed
	order    [64]sync.Mutex // by tab: what is stored about a tab is stored in the order in which it happens

	mu      sync.Mutex
	open    map[tabKey]*way
	left    map[tabKey]func() bool // said goodbye a moment ago; stops the timer that forgets it
	stopped bool
	ending  sync.WaitGroup
}

type tabKey struct{ user, tab string }

// way is a socket or, if that is nil, a client that asks from time to time.
type way struct {
	socket *conn
	stop   func() bool // of the timer without a socket
}

func newTabs(clock rejoin.Clock, presence *core.Presence, log *slog.Logger) *tabs {
	return &tabs{clock: clock, presence: presence, log: log, seed: maphash.MakeSeed(), open: map[tabKey]*way{}, left: map[tabKey]func() bool{}}
}

func (t *tabs) lock(key tabKey) (unlock func()) {
	m := &t.order[maphash.Comparable(t.seed, key)%uint64(len(t.order))]
	m.Lock()
	return m.Unlock
}

// take makes the socket, or polling if c is nil, the tab's way. store stores what the tab says.
func (t *tabs) take(key tabKey, c *conn, state rejoin.Presence, store func() error) error {
	defer t.lock(key)()
	return t.taken(key, c, state, store)
}

// taken is take while the tab is locked.
func (t *tabs) taken(key tabKey, c *conn, state rejoin.Presence, store func() error) error {
	if t.full() {
		return rejoin.Errorf(rejoin.Limited, "Too many pages are open at the moment. Please try again in a minute.")
	}
	if err := store(); err != nil {
		return err
	}
	t.watch(key, c, state)
	return nil
}

// goodbye notes that the tab has said goodbye: a report that was sent before and arrives after it changes nothing. A tab that comes back
// says hello first, by a socket or a poll.
func (t *tabs) goodbye(key tabKey) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if stop := t.left[key]; stop != nil {
		stop()
	}
	if t.stopped || len(t.left) >= maxTabs {
		return
	}
	t.left[key] = t.clock.AfterFunc(silence, func() { t.hello(key) })
}

func (t *tabs) hello(key tabKey) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if stop := t.left[key]; stop != nil {
		stop()
		delete(t.left, key)
	}
}

func (t *tabs) hasLeft(key tabKey) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.left[key] != nil
}

// heard notes what a tab says by the way. One without a socket is watched from now on. Whether it has one is asked while the tab is locked: a
// socket that ends at this moment would leave a tab that nobody watches.
func (t *tabs) heard(key tabKey, state rejoin.Presence, store func() error) error {
	defer t.lock(key)()
	t.mu.Lock()
	w := t.open[key]
	t.mu.Unlock()
	if w == nil || w.socket == nil {
		return t.taken(key, nil, state, store)
	}
	return store()
}

func (t *tabs) full() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.open) >= maxTabs
}

func (t *tabs) watch(key tabKey, c *conn, state rejoin.Presence) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if w := t.open[key]; w != nil && w.stop != nil {
		w.stop()
	}
	switch {
	case t.stopped || c == nil && !state.Online():
		delete(t.open, key)
	case c != nil:
		t.open[key] = &way{socket: c}
	default:
		w := &way{}
		w.stop = t.clock.AfterFunc(silence, func() { t.expire(key, w) })
		t.open[key] = w
	}
}

// still says that the tab's poll has been answered: it has the whole time for the next one.
func (t *tabs) still(key tabKey) {
	t.mu.Lock()
	w := t.open[key]
	t.mu.Unlock()
	if w != nil && w.socket == nil {
		t.watch(key, nil, rejoin.Active)
	}
}

// release is for a socket that has ended.
func (t *tabs) release(key tabKey, c *conn, goodbye bool) {
	defer t.lock(key)()
	if !t.forget(key, func(w *way) bool { return w.socket == c }) {
		return
	}
	defer t.ending.Done()
	end := t.presence.Lost
	if goodbye {
		end = t.presence.Left
	}
	if err := end(context.Background(), key.user, key.tab); err != nil {
		t.log.Error("a tab's end was not stored", "error", err)
	}
}

func (t *tabs) expire(key tabKey, old *way) {
	defer t.lock(key)()
	if !t.forget(key, func(w *way) bool { return w == old }) {
		return
	}
	defer t.ending.Done()
	if err := t.presence.Lost(context.Background(), key.user, key.tab); err != nil {
		t.log.Error("a tab's end was not stored", "error", err)
	}
}

// forget takes the tab's way away if it is the right one. After true the caller calls ending.Done.
func (t *tabs) forget(key tabKey, right func(*way) bool) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if w := t.open[key]; t.stopped || w == nil || !right(w) {
		return false
	}
	delete(t.open, key)
	t.ending.Add(1)
	return true
}

// stop ends all timers: the server stops, and its tabs go with it.
func (t *tabs) stop() {
	t.mu.Lock()
	t.stopped = true
	for key, w := range t.open {
		if w.stop != nil {
			w.stop()
		}
		delete(t.open, key)
	}
	t.mu.Unlock()
	t.ending.Wait()
}
