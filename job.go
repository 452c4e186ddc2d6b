package rejoin

// JobKind names what a job does; exactly one handler knows it.
type JobKind string

// Job is durable work, put in the transaction of the data it is about. Kind and key are unique together: putting again
// replaces, which is how a timer restarts.
type Job struct {
	Kind    JobKind
	Key     string
	Payload string // JSON; may be empty
	RunAt   Millis
	Attempt int64  // claims so far, this one included
	Claim   string // fences a claimed job against one that was put again meanwhile; empty while waiting
	Error   string // of the last attempt
}
