package live

import (
	"context"
	"runtime/debug"
	"slices"
	"sync"
)

// maxPending is how many different signals wait for one subscriber before they become one [Resync].
const maxPending = 512

// Subscription collects the signals of some topics for one receiver. Safe for concurrent use.
type Subscription struct {
	hub    *Hub
	notify func()

	topics []string // guarded by hub.mu
	gone   bool     // guarded by hub.mu

	mu      sync.Mutex
	pending []Signal
	index   map[signalKey]int // place in pending; nil while little waits
	busy    bool              // notify is running
	again   bool              // something came meanwhile
	closed  bool
	wake    chan struct{} // made by Wait
}

// signalKey says which signals are the same news.
type signalKey struct{ kind, issueID, actorID, topic string }

func keyOf(s Signal) signalKey {
	k := signalKey{kind: s.Kind, issueID: s.IssueID, actorID: s.ActorID}
	if k.issueID == "" {
		k.topic = s.Topic
	}
	return k
}

// Subscribe begins to collect the signals of topics. When something waits, notify is called in a goroutine of its own, never twice at the
// same time for one subscription, and again when something came meanwhile; it may take its time and should call [Subscription.Take].
// notify may be nil for receivers that use [Subscription.Wait]. A panic in notify is logged and contained.
// The caller must call [Subscription.Close]. To lose nothing, subscribe first and load the current state afterwards.
func (h *Hub) Subscribe(notify func(), topics ...string) *Subscription {
	s := &Subscription{hub: h, notify: notify, topics: slices.Clone(topics)}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all[s] = struct{}{}
	for _, topic := range topics {
		h.add(s, topic)
	}
	return s
}

// Add begins to collect the signals of one more topic.
func (s *Subscription) Add(topic string) {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	if s.gone || slices.Contains(s.topics, topic) {
		return
	}
	s.topics = append(s.topics, topic)
	s.hub.add(s, topic)
}

// Remove stops collecting the signals of a topic. Signals that wait already stay.
func (s *Subscription) Remove(topic string) {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	if i := slices.Index(s.topics, topic); i >= 0 {
		s.topics = slices.Delete(s.topics, i, i+1)
		s.hub.remove(s, topic)
	}
}

// Take returns what waits, oldest first, and forgets it. Signals of the same Kind, IssueID and ActorID (without an issue: also Topic) came
// together into the newest of them. After too many different ones, or when the bus may have lost some, the answer is one [Resync].
func (s *Subscription) Take() []Signal {
	s.mu.Lock()
	defer s.mu.Unlock()
	taken := s.pending
	s.pending, s.index = nil, nil
	return taken
}

// Wait returns true as soon as something waits, and false when ctx ends, the subscription is closed or the hub
// ends all waits. One goroutine at a time may wait.
func (s *Subscription) Wait(ctx context.Context) bool {
	for {
		s.mu.Lock()
		ready, closed := len(s.pending) > 0, s.closed
		if s.wake == nil {
			s.wake = make(chan struct{}, 1)
		}
		s.mu.Unlock()
		if ready || closed {
			return ready && !closed
		}
		select {
		case <-s.wake:
		case <-ctx.Done():
			return false
		case <-s.hub.stopping:
			return false
		}
	}
}

// Close ends the subscription and forgets what waits. A notify under way may still be finishing. Closing twice does nothing.
func (s *Subscription) Close() {
	s.hub.mu.Lock()
	for _, topic := range s.topics {
		s.hub.remove(s, topic)
	}
	delete(s.hub.all, s)
	s.topics, s.gone = nil, true
	s.hub.mu.Unlock()

	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed, s.pending, s.index = true, nil, nil
	s.signalWaiter()
}

// put adds a signal and sees to it that the receiver learns of it.
func (s *Subscription) put(signal Signal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	s.merge(signal)
	s.signalWaiter()
	switch {
	case s.notify == nil:
	case s.busy:
		s.again = true
	default:
		s.busy = true
		go s.run()
	}
}

func (s *Subscription) merge(signal Signal) {
	if len(s.pending) == 1 && s.pending[0].Kind == Resync {
		return
	}
	if signal.Kind == Resync || len(s.pending) >= maxPending {
		s.pending, s.index = []Signal{{Kind: Resync}}, nil
		return
	}
	key := keyOf(signal)
	if i, ok := s.find(key); ok {
		s.pending[i] = signal
		return
	}
	s.pending = append(s.pending, signal)
	if s.index != nil {
		s.index[key] = len(s.pending) - 1
	}
}

// find looks through a few, and keeps an index of many.
func (s *Subscription) find(key signalKey) (int, bool) {
	if s.index == nil && len(s.pending) < 8 {
		i := slices.IndexFunc(s.pending, func(o Signal) bool { return keyOf(o) == key })
		return i, i >= 0
	}
	if s.index == nil {
		s.index = map[signalKey]int{}
		for i, o := range s.pending {
			s.index[keyOf(o)] = i
		}
	}
	i, ok := s.index[key]
	return i, ok
}

func (s *Subscription) signalWaiter() {
	if s.wake == nil {
		return
	}
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// run calls notify until nothing new has come during the call.
func (s *Subscription) run() {
	for {
		s.call()
		s.mu.Lock()
		if !s.again || s.closed {
			s.busy = false
			s.mu.Unlock()
			return
		}
		s.again = false
		s.mu.Unlock()
	}
}

func (s *Subscription) call() {
	defer func() {
		if p := recover(); p != nil {
			s.hub.log.Error("live: notify panicked", "panic", p, "stack", string(debug.Stack()))
		}
	}()
	s.notify()
}
