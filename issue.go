package rejoin

// IssueState is where an issue stands.
type IssueState string

const (
	New             IssueState = "new"               // nobody is assigned
	NewForAgent     IssueState = "new-for-agent"     // assigned, no reply yet
	AgentReplied    IssueState = "agent-replied"     // the company wrote last
	WaitingForAgent IssueState = "waiting-for-agent" // the user wrote last
	Resolved        IssueState = "resolved"
	Rejected        IssueState = "rejected"
)

// Open reports whether the conversation goes on.
func (s IssueState) Open() bool { return s != Resolved && s != Rejected }

// Waits reports whether the user waits for an answer.
func (s IssueState) Waits() bool { return s == New || s == NewForAgent || s == WaitingForAgent }

// Closing is how far the end of a conversation has come (reference §6).
type Closing string

const (
	NotClosing Closing = ""         // the conversation goes on
	AskHelped  Closing = "question" // resolved: the user is asked whether it helped
	Declined   Closing = "declined" // it did not help; what they write next reopens the issue
	AskRating  Closing = "feedback" // the user is asked for a rating
	Ended      Closing = "ended"    // over: the user can only begin a new conversation
)

// Ending is how the issue ends, and the newest rating: it stays if the conversation goes on.
type Ending struct {
	Closing Closing `json:"closing,omitempty"`
	Rating  int     `json:"rating,omitempty"`  // 1 to 5; zero if not rated
	Comment string  `json:"comment,omitempty"` // that came with the rating, or alone
	RatedAt Millis  `json:"rated_at,omitempty"`
}

// Issue is one conversation between a user and the company.
type Issue struct {
	ID             string
	DomainID       string
	AppID          string
	PlatformID     string
	UserID         string
	Number         int64 // the number people say, from 1 per domain
	Title          string
	State          IssueState
	StateChangedAt Millis
	Ending         Ending
	FullPrivacy    bool // neither name nor address is asked for or used, and the user sends no files (reference §2.2)
	Tags           []string
	Fields         FieldValues
	AssigneeID     string // an agent; empty if nobody
	QueueID        string // empty if in none
	StartURL       string // the page where the conversation was started
	Meta           Meta
	Bot            BotState
	LastSeq        int64  // seq of the newest message
	UserReadSeq    int64  // the user's read cursor
	AgentReadSeq   int64  // the company's read cursor: how far any agent has read
	LastOutSeq     int64  // seq of the newest outbound message
	MailedSeq      int64  // the highest to_seq of a follow-up that was, or may have been, delivered
	EventCount     int64  // n of the newest event
	Version        int64  // grows with every change a client can see
	Preview        string // the beginning of the newest message
	PreviewOrigin  Origin
	CreatedAt      Millis
	UpdatedAt      Millis
	ChangedVersion int64  // the version with the newest edit or taking back of a message; zero if there was none
	WaitingSince   Millis // since when the user waits for an answer; zero if nobody waits
}

// UnreadByAgents counts messages no agent has seen.
func (i Issue) UnreadByAgents() int64 { return i.LastSeq - i.AgentReadSeq }

// AfterUserMessage is the state once the user has written. Writing into a resolved issue reopens it until its end has come.
func (i Issue) AfterUserMessage() (IssueState, error) {
	if c := i.Ending.Closing; i.State == Rejected || c == AskRating || c == Ended {
		return "", Errorf(Conflict, "This conversation has ended. Please start a new one.")
	}
	switch i.State {
	case New, NewForAgent:
		return i.State, nil
	case Resolved:
		if i.AssigneeID == "" {
			return New, nil
		}
	}
	return WaitingForAgent, nil
}

// AfterAgentMessage is the state once an agent has written.
func (i Issue) AfterAgentMessage() (IssueState, error) {
	if i.State == Rejected || i.State == Resolved {
		return "", Errorf(Conflict, "This conversation is %s. Reopen it before you write.", i.State)
	}
	return AgentReplied, nil
}

// AfterAssign is the state once the issue belongs to the agent, or to nobody if agentID is empty.
func (i Issue) AfterAssign(agentID string) IssueState {
	switch {
	case !i.State.Open():
		return i.State
	case agentID == "":
		return New
	case i.State == New:
		return NewForAgent
	}
	return i.State
}

// AfterReopen is the state once an agent has reopened the issue.
func (i Issue) AfterReopen() (IssueState, error) {
	if i.State.Open() {
		return "", Errorf(Conflict, "This conversation is open already.")
	}
	if i.AssigneeID == "" {
		return New, nil
	}
	return WaitingForAgent, nil
}

// AfterClose is the state once an agent has resolved or rejected the issue.
func (i Issue) AfterClose(to IssueState) (IssueState, error) {
	if to != Resolved && to != Rejected {
		return "", InvalidField("state", "An issue is closed as resolved or rejected.")
	}
	if i.State == to {
		return "", Errorf(Conflict, "This conversation is %s already.", to)
	}
	return to, nil
}

// Meta is what the browser, or the app, tells about itself when a conversation starts (reference §5; §9, decision 10). Every text is cut to its
// limit. Conditions name a part by its path in JSON: browser.name, app.version, hardware.battery, custom.KEY.
type Meta struct {
	Browser  NameVersion       `json:"browser"`
	OS       NameVersion       `json:"os"`
	Device   string            `json:"device"` // desktop, phone or tablet
	Language string            `json:"language"`
	TimeZone string            `json:"timezone"`
	Country  string            `json:"country,omitempty"` // two letters, ISO 3166-1
	Screen   string            `json:"screen"`            // for example 1920×1080
	Page     MetaPage          `json:"page"`
	App      MetaApp           `json:"app,omitzero"`
	Hardware MetaHardware      `json:"hardware,omitzero"`
	Custom   map[string]string `json:"custom,omitempty"` // whatever else an app tells; at most 30 entries
}

// MetaApp names the app on a telephone or tablet.
type MetaApp struct {
	ID      string `json:"id,omitempty"` // such as com.example.shop
	Name    string `json:"name,omitempty"`
	Version string `json:"version,omitempty"`
}

// MetaHardware is what an app tells of the device.
type MetaHardware struct {
	Model     string `json:"model,omitempty"`
	Battery   int    `json:"battery,omitempty"`    // percent, 1 to 100; zero if not told
	FreeSpace int64  `json:"free_space,omitempty"` // bytes; zero if not told
	Network   string `json:"network,omitempty"`    // such as wifi or 5g
	Carrier   string `json:"carrier,omitempty"`    // the mobile network's name
}

// MaxCustomMeta is how many entries of its own an app may tell.
const MaxCustomMeta = 30

// NameVersion names a program.
type NameVersion struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// MetaPage is the page a conversation started on.
type MetaPage struct {
	URL      string `json:"url"`
	Title    string `json:"title"`
	Referrer string `json:"referrer"`
}

// BotState is which question of a bot is open, and how far Identity Bot is with this issue.
type BotState struct {
	Asking   Question `json:"asking,omitempty"`    // the open question, if any
	AskedSeq int64    `json:"asked_seq,omitempty"` // seq of the message that asks it
	Done     bool     `json:"done,omitempty"`      // Identity Bot is through
}

// Question is what a bot's message asks for.
type Question string

const (
	NoQuestion Question = ""
	AskName    Question = "name"
	AskEmail   Question = "email"
	AskAnswer  Question = "answer" // a custom bot's question: the message's Input says what of
)
