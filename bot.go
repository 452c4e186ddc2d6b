package rejoin

import (
	"strings"
	"unicode/utf8"
)

// Bot talks with users by itself, step by step (reference §4.2). What is edited is its draft; publishing makes a version, and a conversation
// finishes on the version it began with.
type Bot struct {
	ID          string
	DomainID    string
	Name        string // internal, 1 to 60 characters, unique in the domain
	Kind        BotKind
	Draft       Script
	Changed     bool   // the draft differs from the published version
	SavedBy     string // the name of the agent who has saved the draft last
	Version     int64  // published last; zero if never
	Revision    int64  // of the draft: grows with every change, so that two who edit at once notice
	PublishedAt Millis
	PublishedBy string // the agent's name
	ArchivedAt  Millis
	CreatedAt   Millis
	UpdatedAt   Millis
}

// Usable reports whether conversations can begin with the bot.
func (b Bot) Usable() bool { return b.Version > 0 && b.ArchivedAt == 0 }

// BotVersion is what was published. It never changes.
type BotVersion struct {
	BotID       string
	Version     int64 // 1, 2, 3… per bot
	Script      Script
	PublishedAt Millis
	PublishedBy string // the agent's name
}

// BotKind says on which issues a bot works.
type BotKind string

const (
	CustomBot   BotKind = "custom"   // open issues; rules, queues, agents and other bots start it
	FeedbackBot BotKind = "feedback" // issues that were resolved, instead of the stars
)

// Script is what a bot does.
type Script struct {
	Nickname LocalText `json:"nickname"` // what users read as its name; empty for the app's
	Steps    []Step    `json:"steps"`    // the first is where it begins
}

// Step is one step of a script. Which fields count depends on its kind.
type Step struct {
	ID      string    `json:"id"` // 1 to 40 letters, digits, - or _; unique in the script
	Kind    StepKind  `json:"kind"`
	Text    LocalText `json:"text,omitzero"`      // message, question: what the user reads, with placeholders such as {{answer.order}}
	Name    string    `json:"name,omitempty"`     // question, request: what its answer is called: 1 to 40 letters, digits or _
	Input   InputType `json:"input,omitempty"`    // question
	Options []Option  `json:"options,omitempty"`  // question by choice
	Skip    bool      `json:"skip,omitempty"`     // question: may be left unanswered
	SaveTo  string    `json:"save_to,omitempty"`  // question: name, email, or field:<key>
	Ways    []Way     `json:"ways,omitempty"`     // branch: the first whose conditions hold is gone
	Action  *Action   `json:"action,omitempty"`   // action: one that a bot may do
	Request *Request  `json:"request,omitempty"`  // request
	Next    string    `json:"next,omitempty"`     // the step after this one; empty for the one below, StepEnd for the end
	Failed  string    `json:"failed,omitempty"`   // request: the step after a failure; empty hands over to people
	BotID   string    `json:"bot_id,omitempty"`   // hand_over: to this bot; empty for people
	QueueID string    `json:"queue_id,omitempty"` // hand_over to people: of this queue
}

// StepEnd stands in the place of a step's id for the end: an open issue is then the people's.
const StepEnd = "end"

// StepKind is what a step does.
type StepKind string

const (
	StepMessage  StepKind = "message"
	StepQuestion StepKind = "question"
	StepBranch   StepKind = "branch"
	StepAction   StepKind = "action" // set_field, add_tags, remove_tags, assign, queue, resolve, reject, note
	StepRequest  StepKind = "request"
	StepHandOver StepKind = "hand_over"
	StepRating   StepKind = "rating" // feedback bots only: asks for stars and keeps them as the issue's rating
)

// InputType is what a question takes.
type InputType string

const (
	InputText   InputType = "text" // 1 to 2000 characters
	InputEmail  InputType = "email"
	InputNumber InputType = "number"
	InputDate   InputType = "date"   // kept as YYYY-MM-DD
	InputYesNo  InputType = "yes_no" // kept as yes or no
	InputChoice InputType = "choice" // one of the options
	InputFile   InputType = "file"   // one file or more
	InputStars  InputType = "stars"  // 1 to 5
)

// Option is one choice of a question.
type Option struct {
	ID   string    `json:"id"` // what the answer is kept as: 1 to 40 letters, digits, - or _
	Text LocalText `json:"text"`
	Next string    `json:"next,omitempty"` // the step after it; empty for the question's own
}

// Way is one way of a branch.
type Way struct {
	All  []Condition `json:"all"` // none always holds
	Next string      `json:"next"`
}

// Request is a call of a customer's program over HTTP (reference §4.2).
type Request struct {
	Method  string   `json:"method"` // GET, POST or PUT
	URL     string   `json:"url"`    // https, with placeholders behind the host
	Headers []Header `json:"headers,omitempty"`
	User    string   `json:"user,omitempty"`     // of basic authentication
	Secret  string   `json:"secret,omitempty"`   // its password; never leaves the server again: the dashboard gets and sends eight dots for one it does not change
	Form    bool     `json:"form,omitempty"`     // the body is urlencoded; else JSON
	Body    []Header `json:"body,omitempty"`     // names and values, with placeholders; values are sent as texts
	Sample  string   `json:"sample,omitempty"`   // the answer to the newest test, for trying out: JSON
	List    string   `json:"list,omitempty"`     // path of an array of texts in the answer, which a question by choice named by ListFor offers
	ListFor string   `json:"list_for,omitempty"` // id of that question
}

// Header is a name with its value.
type Header struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Secret bool   `json:"secret,omitempty"` // the value is treated as Request.Secret is
}

// KeptSecret stands for a secret that the dashboard does not get to see.
const KeptSecret = "••••••••"

// Input is what a bot's message asks for, as clients need it to draw the question.
type Input struct {
	Type    InputType     `json:"type"`
	Options []InputOption `json:"options,omitempty"`
	Skip    bool          `json:"skip,omitempty"`
}

// InputOption is a choice in the user's language.
type InputOption struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Limits of bots (reference §4.2).
const (
	MaxBots    = 100 // in a domain, archived ones included
	MaxSteps   = 25
	MaxBotName = 60 // characters
)

// CheckBotName returns the name of a bot as we keep it: 1 to [MaxBotName] characters.
func CheckBotName(raw string) (string, error) {
	s := strings.Join(strings.Fields(strings.Map(dropControl, raw)), " ")
	if n := utf8.RuneCountInString(s); n < 1 || n > MaxBotName || !utf8.ValidString(s) {
		return "", InvalidField("name", "A bot's name has 1 to %d characters.", MaxBotName)
	}
	return s, nil
}

// BotRun is one bot's work in one issue.
type BotRun struct {
	IssueID   string
	N         int64 // 1, 2, 3… per issue
	BotID     string
	Version   int64
	State     BotRunState
	Step      string              // id of the step it is at
	Answers   map[string]string   // by name; of external requests by name and path, as in order.items.0
	Lists     map[string][]string // by id of a question: what it offers, where an external request has brought it
	Tries     int                 // answers in a row that did not fit
	Calls     int64               // external requests so far
	StartedBy Actor
	Error     string // of a failed one, for the timeline
	StartedAt Millis
	UpdatedAt Millis
}

// BotRunState is where a run stands.
type BotRunState string

const (
	RunWaiting BotRunState = "waiting" // for the Identity Bot to be done, or for its job
	RunAsking  BotRunState = "asking"  // for the user's answer
	RunCalling BotRunState = "calling" // for an external request
	RunDone    BotRunState = "done"
	RunHanded  BotRunState = "handed_over" // to people or to another bot
	RunStopped BotRunState = "stopped"     // somebody else took over
	RunFailed  BotRunState = "failed"      // and was handed over to people
)

// Live reports whether the run goes on.
func (s BotRunState) Live() bool { return s == RunWaiting || s == RunAsking || s == RunCalling }

// BotNote is a step of a run as one event of the timeline tells it.
type BotNote struct {
	ID      string      `json:"id"`
	Name    string      `json:"name"`
	Version int64       `json:"version,omitempty"`
	State   BotRunState `json:"state"`
	Text    string      `json:"text,omitempty"` // why, in words
}

// IdentityBot is how the bot that asks for name and address behaves (reference §4.1).
type IdentityBot struct {
	When     BotMoment  `json:"when"`
	Name     bool       `json:"name"`               // asks for the name
	Email    bool       `json:"email"`              // asks for the address
	Skip     bool       `json:"skip"`               // a question may be left unanswered
	Nickname *LocalText `json:"nickname,omitempty"` // nil for our own words, in each language
	AskName  *LocalText `json:"ask_name,omitempty"`
	AskEmail *LocalText `json:"ask_email,omitempty"`
	Thanks   *LocalText `json:"thanks,omitempty"`
}

// IdentityBotID is the author of the Identity Bot's messages.
const IdentityBotID = "bot_identity"

// Check returns the first thing that is wrong with s.
func (s IdentityBot) Check() error {
	if s.When != AfterFirstMessage && s.When != BeforeFirstMessage {
		return InvalidField("when", "Identity Bot asks before the first message or after it.")
	}
	for _, t := range []struct {
		field string
		text  *LocalText
		most  int
	}{{"nickname", s.Nickname, MaxBotName}, {"ask_name", s.AskName, 500}, {"ask_email", s.AskEmail, 500}, {"thanks", s.Thanks, 500}} {
		if t.text == nil {
			continue
		}
		if err := t.text.Check(t.field, t.most); err != nil {
			return err
		}
	}
	return nil
}

// BotMoment is when the Identity Bot asks.
type BotMoment string

const (
	AfterFirstMessage  BotMoment = "after"  // the first message
	BeforeFirstMessage BotMoment = "before" // the panel asks; the first message brings the answers along
)

// DefaultIdentityBot is what an app begins with.
func DefaultIdentityBot() IdentityBot {
	return IdentityBot{When: AfterFirstMessage, Name: true, Email: true}
}
