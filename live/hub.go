package live

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"

	"rejoin"
)

// The kinds of a [Signal].
const (
	Changed     = "changed" // look again at what the ids name
	Typing      = "typing"  // ActorID is typing in IssueID
	Viewing     = "viewing" // ActorID looks at IssueID
	Revoked     = "revoked" // the right to see the topic has ended; check it again
	TeamChanged = "team"    // look again at who the domain's people are
	Resync      = "resync"  // signals may have been lost: look again at everything; no other field is set
)

// Signal says that something changed; it carries ids, never content. Receivers load what they may see.
type Signal struct {
	Topic   string        `json:"t"`
	Kind    string        `json:"k"`
	IssueID string        `json:"i,omitempty"`
	ActorID string        `json:"a,omitempty"` // typing, viewing: who
	Name    string        `json:"n,omitempty"` // typing, viewing: display name
	Origin  rejoin.Origin `json:"o,omitempty"` // typing: which side
	Gone    bool          `json:"g,omitempty"` // viewing: no longer
	Asks    bool          `json:"q,omitempty"` // viewing: has just come, and asks who else is there
}

// IssueTopic is where the changes of one issue are announced.
func IssueTopic(id string) string { return "issue:" + id }

// AgentsTopic is where agents who look at an issue hear of each other. Users do not listen there.
func AgentsTopic(issueID string) string { return "agents:" + issueID }

// DomainTopic is where the changes of all issues of a domain are announced.
func DomainTopic(id string) string { return "domain:" + id }

// UserTopic is where the changes of all issues of a user are announced.
func UserTopic(id string) string { return "user:" + id }

// Bus carries payloads to the other nodes. A payload has one line and at most [MaxPayload] bytes.
type Bus interface {
	// Publish hands a payload over without waiting for the network. An error means that it is lost.
	Publish(payload []byte) error
	// Listen calls receive for each payload of another node, in order, and missed whenever payloads may have been lost, among
	// them all before it began. It returns when ctx ends, and reconnects until then.
	Listen(ctx context.Context, receive func(payload []byte), missed func()) error
}

// MaxPayload is the size of the largest payload a [Bus] must take, in bytes.
const MaxPayload = 4000

// Hub carries signals from publishers to subscribers. There is one per process. Safe for concurrent use.
type Hub struct {
	bus Bus
	log *slog.Logger

	mu     sync.RWMutex
	topics map[string]map[*Subscription]struct{}
	all    map[*Subscription]struct{}

	stop     sync.Once
	stopping chan struct{}
}

// NewHub makes a hub. The bus may be nil: one process needs none. Without [Hub.Run] nothing is heard from other nodes.
func NewHub(bus Bus, log *slog.Logger) *Hub {
	return &Hub{bus: bus, log: log, topics: map[string]map[*Subscription]struct{}{}, all: map[*Subscription]struct{}{},
		stopping: make(chan struct{})}
}

// EndWaits makes every [Subscription.Wait] return at once, now and from now on, so that long polls do not delay a shutdown.
func (h *Hub) EndWaits() { h.stop.Do(func() { close(h.stopping) }) }

// Run listens to the other nodes until ctx ends. It calls onWake, which must be quick, when another node has put a job
// ([Hub.WakeOthers]) or may have done so. onWake may be nil.
func (h *Hub) Run(ctx context.Context, onWake func()) error {
	if h.bus == nil {
		<-ctx.Done()
		return nil
	}
	if onWake == nil {
		onWake = func() {}
	}
	receive := func(payload []byte) {
		var m busMessage
		if err := json.Unmarshal(payload, &m); err != nil {
			h.log.Warn("live: a payload on the bus is not ours", "error", err)
			return
		}
		if m.Wake {
			onWake()
		}
		h.deliver(m.Signals)
	}
	missed := func() {
		onWake()
		h.ResyncAll()
	}
	return h.bus.Listen(ctx, receive, missed)
}

// Publish brings signals to the local subscribers at once and to the other nodes by the bus. It never waits for a slow
// subscriber or a dead bus, and never fails: a lost signal becomes a [Resync] later.
func (h *Hub) Publish(signals ...Signal) {
	h.deliver(signals)
	if h.bus == nil {
		return
	}
	for len(signals) > 0 {
		n := min(len(signals), signalsPerPayload)
		h.send(busMessage{Signals: signals[:n]})
		signals = signals[n:]
	}
}

// WakeOthers tells the job runners of the other nodes that a job was put.
func (h *Hub) WakeOthers() {
	if h.bus != nil {
		h.send(busMessage{Wake: true})
	}
}

// ResyncAll tells every local subscriber to look again at everything.
func (h *Hub) ResyncAll() {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for s := range h.all {
		s.put(Signal{Kind: Resync})
	}
}

// busMessage is one payload on the bus.
type busMessage struct {
	Signals []Signal `json:"s,omitempty"`
	Wake    bool     `json:"w,omitempty"`
}

// signalsPerPayload keeps payloads under MaxPayload: a signal takes under 400 bytes as long as its name is cut.
const (
	signalsPerPayload = 8
	nameLimit         = 20 // characters; JSON may need six bytes for one of them
)

func (h *Hub) send(m busMessage) {
	for i := range m.Signals {
		if name := m.Signals[i].Name; len(name) > nameLimit {
			m.Signals = append([]Signal(nil), m.Signals...)
			m.Signals[i].Name = rejoin.Preview(name, nameLimit)
		}
	}
	payload, err := json.Marshal(m)
	if err == nil && len(payload) > MaxPayload {
		h.log.Error("live: a signal is too long for the bus", "bytes", len(payload))
		return
	}
	if err == nil {
		err = h.bus.Publish(payload)
	}
	if err != nil {
		h.log.Debug("live: a signal did not reach the bus", "error", err)
	}
}

func (h *Hub) deliver(signals []Signal) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, signal := range signals {
		for s := range h.topics[signal.Topic] {
			s.put(signal)
		}
	}
}

func (h *Hub) add(s *Subscription, topic string) {
	subs := h.topics[topic]
	if subs == nil {
		subs = map[*Subscription]struct{}{}
		h.topics[topic] = subs
	}
	subs[s] = struct{}{}
}

func (h *Hub) remove(s *Subscription, topic string) {
	subs := h.topics[topic]
	delete(subs, s)
	if len(subs) == 0 {
		delete(h.topics, topic)
	}
}
