package rejoin

// Condition asks one thing about an issue: automations and the branches of bots are made of them.
type Condition struct {
	Subject Subject  `json:"subject"`
	Key     string   `json:"key,omitempty"` // field: its key; meta: such as browser.name; answer: the name of a bot's question or external request, with a path
	Op      Op       `json:"op"`
	Values  []string `json:"values,omitempty"` // one for most, several for one_of and none_of, none for set and not_set; dates in Unix milliseconds
	For     Seconds  `json:"for,omitempty"`    // of the subjects that measure time: 1 second to 90 days
}

// Subject is what a condition looks at.
type Subject string

const (
	OnPlatform     Subject = "platform"      // a PlatformKind
	OnApp          Subject = "app"           // an App's id
	OnLanguage     Subject = "language"      // of the user; en also holds for en-GB
	OnTags         Subject = "tags"          // is: carries the tag; one_of: carries one of them; none_of: carries none
	OnTitle        Subject = "title"         // the beginning of the first message
	OnFirstMessage Subject = "first_message" // its text
	OnLastMessage  Subject = "last_message"  // the text of the user's newest message
	OnField        Subject = "field"         // a custom issue field
	OnMeta         Subject = "meta"          // default metadata (reference §9, decision 10)
	OnHours        Subject = "hours"         // is: open or closed
	OnState        Subject = "state"         // an IssueState
	OnAssignee     Subject = "assignee"      // an Agent's id; set and not_set
	OnQueue        Subject = "queue"         // a Queue's id; set and not_set
	OnAddress      Subject = "address"       // the user's e-mail address: set and not_set, or its text
	OnLoggedIn     Subject = "logged_in"     // is: true or false
	OnFollowUp     Subject = "follow_up"     // the FollowUpState of the newest one: sent, failed, skipped…; not_set where there was none
	OnAnswer       Subject = "answer"        // bots only: what the user has answered, or what an external request has brought

	// Those that measure time (reference §4.3). Their operator is for.

	FirstResponseLate Subject = "first_response_late" // no agent has answered yet, for so long after the issue began
	NextResponseLate  Subject = "next_response_late"  // the user waits for another answer of an agent, for so long
	UserSilentFor     Subject = "user_silent_for"     // the user has not replied to the newest message of an agent or a custom bot, for so long
	OfflineFor        Subject = "offline_for"
	OnlineFor         Subject = "online_for"
	UnreadFor         Subject = "unread_for" // the oldest outbound message that is not read is so old
)

// Timed reports whether conditions on the subject come true by the time alone.
func (s Subject) Timed() bool {
	switch s {
	case FirstResponseLate, NextResponseLate, UserSilentFor, OfflineFor, OnlineFor, UnreadFor:
		return true
	}
	return false
}

// Op is how a condition compares. Text is compared without regard to upper and lower case.
type Op string

const (
	OpIs          Op = "is"
	OpIsNot       Op = "is_not"
	OpOneOf       Op = "one_of"
	OpNoneOf      Op = "none_of"
	OpContains    Op = "contains"
	OpContainsNot Op = "contains_not"
	OpStarts      Op = "starts"
	OpStartsNot   Op = "starts_not"
	OpEnds        Op = "ends"
	OpEndsNot     Op = "ends_not"
	OpAbove       Op = "above" // numbers and dates
	OpBelow       Op = "below" // numbers and dates
	OpSet         Op = "set"
	OpNotSet      Op = "not_set"
	OpFor         Op = "for" // of timed subjects
)

// View is an issue as conditions see it, at one moment.
type View struct {
	Now          Millis
	Platform     PlatformKind
	AppID        string
	Language     string
	Tags         []string
	Title        string
	FirstMessage string
	LastMessage  string
	Fields       FieldValues
	Meta         map[string]string // by path, such as browser.name
	Open         bool              // by the app's business hours
	State        IssueState
	AssigneeID   string
	QueueID      string
	Address      string
	LoggedIn     bool
	FollowUp     FollowUpState // of the newest one; empty where there was none
	Answers      map[string]string
	Since        map[Subject]Millis // of the timed subjects: since when it is so; missing where it is not
}
