package rejoin

// Queue is where issues wait for an agent (reference §4.4).
type Queue struct {
	ID         string
	DomainID   string
	Name       string     // 1 to 60 characters, unique in the domain
	Agents     []string   // ids of those who work on it
	AutoAssign bool       // gives issues by itself: to the available agent who has waited longest
	Limit      int        // open issues, of all queues, at which an agent gets no more by itself; 0 for no limit; at most 1000
	Message    *LocalText // what the user reads, once, when an issue comes in and nobody can take it; nil for nothing
	FallbackID string     // another queue that it moves to when nobody of this one can take it; empty to wait here
	ArchivedAt Millis
	CreatedAt  Millis
}

// MaxQueues is how many queues a domain has at most.
const MaxQueues = 100
