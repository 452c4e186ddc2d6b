package agentapi

import "rejoin"

// Bot is GET /agent/v1/bots/{bot}, for administrators. Secrets of requests are [rejoin.KeptSecret].
type Bot struct {
	ID          string         `json:"id"`
	Name        string         `json:"name"`
	Kind        rejoin.BotKind `json:"kind"`
	Draft       rejoin.Script  `json:"draft"`
	Problems    []BotProblem   `json:"problems"` // why the draft cannot be published; empty if it can
	Version     int64          `json:"version"`  // published last; zero if never
	Revision    int64          `json:"revision"`
	Changed     bool           `json:"changed"` // the draft differs from the published version
	PublishedAt rejoin.Millis  `json:"published_at,omitempty"`
	PublishedBy string         `json:"published_by,omitempty"`
	Archived    bool           `json:"archived,omitempty"`
	Running     int64          `json:"running"` // conversations it is in
	UsedBy      []string       `json:"used_by"` // what starts it, in words: automations, other bots, apps
	UpdatedAt   rejoin.Millis  `json:"updated_at"`
}

// BotProblem is something to correct before a draft can be published.
type BotProblem struct {
	StepID string `json:"step_id,omitempty"` // empty if it is about the whole
	Field  string `json:"field,omitempty"`
	Text   string `json:"text"`
}

// BotLine is one bot of the list.
type BotLine struct {
	ID          string         `json:"id"`
	Name        string         `json:"name"`
	Kind        rejoin.BotKind `json:"kind"`
	Steps       int            `json:"steps"`
	Version     int64          `json:"version"`
	Changed     bool           `json:"changed"`
	Archived    bool           `json:"archived,omitempty"`
	Running     int64          `json:"running"`
	PublishedAt rejoin.Millis  `json:"published_at,omitempty"`
	PublishedBy string         `json:"published_by,omitempty"`
}

// Bots is GET /agent/v1/bots, for everybody who answers: agents start bots by hand. By name.
type Bots struct {
	Bots []BotLine `json:"bots"`
}

// NewBot is POST /agent/v1/bots. With from it begins as a copy of that bot's draft. Answers Bot.
type NewBot struct {
	Name string         `json:"name"`
	Kind rejoin.BotKind `json:"kind"`
	From string         `json:"from,omitempty"`
}

// SetBot is PUT /agent/v1/bots/{bot}: keeps the draft, also one that cannot be published yet. Another revision by now is a conflict that says who has
// saved. Answers Bot.
type SetBot struct {
	Name     string        `json:"name"`
	Draft    rejoin.Script `json:"draft"`
	Revision int64         `json:"revision"`
}

// PublishBot is POST /agent/v1/bots/{bot}/publish: the draft of that revision becomes the version that new conversations begin with. Answers Bot.
type PublishBot struct {
	Revision int64 `json:"revision"`
}

// POST /agent/v1/bots/{bot}/archive takes SetArchived and answers Bot.

// BotVersions is GET /agent/v1/bots/{bot}/versions, newest first.
type BotVersions struct {
	Versions []BotVersion `json:"versions"`
}

// BotVersion is a published version.
type BotVersion struct {
	Version     int64         `json:"version"`
	Script      rejoin.Script `json:"script"`
	PublishedAt rejoin.Millis `json:"published_at"`
	PublishedBy string        `json:"published_by"`
	Running     int64         `json:"running"`
}

// TryBot is POST /agent/v1/bots/{bot}/try: the next thing that a script says and does in a pretended conversation. Nothing is stored and nothing is
// called: a request answers with its sample. Take what Tried answers along in the next call.
type TryBot struct {
	Draft    rejoin.Script       `json:"draft"`
	State    *TryState           `json:"state,omitempty"` // none begins
	Answer   string              `json:"answer,omitempty"`
	Skip     bool                `json:"skip,omitempty"`
	Platform rejoin.PlatformKind `json:"platform"`
	Language string              `json:"language"`
	Open     bool                `json:"open"` // within business hours
}

// TryState is where the pretended conversation stands.
type TryState struct {
	Step    string             `json:"step"`
	Answers map[string]string  `json:"answers"`
	Tries   int                `json:"tries"`
	Fields  rejoin.FieldValues `json:"fields"`
	Tags    []string           `json:"tags"`
	Name    string             `json:"name"`
	Email   string             `json:"email"`
}

// Tried is what happened.
type Tried struct {
	State TryState           `json:"state"`
	Said  []TriedLine        `json:"said"`
	Ended rejoin.BotRunState `json:"ended,omitempty"` // done, handed_over or failed; empty while it asks
	Error string             `json:"error,omitempty"` // the answer does not fit: what to do
}

// TriedLine is a message of the bot, or something it does, in words.
type TriedLine struct {
	StepID string        `json:"step_id"`
	Text   string        `json:"text"`
	Does   bool          `json:"does,omitempty"` // no message: what is done
	Input  *rejoin.Input `json:"input,omitempty"`
}

// TestRequest is POST /agent/v1/bots/{bot}/request: calls the program for real, from our server, with values for the placeholders. At most ten in
// a minute.
type TestRequest struct {
	StepID  string            `json:"step_id"` // whose kept secrets are used
	Request rejoin.Request    `json:"request"`
	Values  map[string]string `json:"values"` // by placeholder, such as answer.order
}

// TestedRequest is what it answered.
type TestedRequest struct {
	OK       bool     `json:"ok"`
	Status   int      `json:"status,omitempty"`
	Problem  string   `json:"problem,omitempty"` // why it would count as failed
	Body     string   `json:"body,omitempty"`    // its beginning, at most 10,000 bytes
	Paths    []string `json:"paths,omitempty"`   // what placeholders and branches can use of it
	Duration int64    `json:"duration"`          // milliseconds
}

// StartBot is POST /agent/v1/issues/{issue}/bot: an agent starts a bot, or with an empty bot_id stops the one that runs. Answers Thread.
type StartBot struct {
	BotID string `json:"bot_id"`
}

// IdentityBotPage is GET and PUT /agent/v1/apps/{app}/bots, for administrators: which bots an app has. The answer has our own words, by language, for what is
// left empty.
type IdentityBotPage struct {
	On            bool                `json:"on"` // the Identity Bot
	IdentityBot   rejoin.IdentityBot  `json:"identity_bot"`
	FeedbackBotID string              `json:"feedback_bot_id"`
	Words         map[string]BotWords `json:"words,omitempty"`
}

// BotWords is what the Identity Bot says in one language.
type BotWords struct {
	Nickname string `json:"nickname"`
	AskName  string `json:"ask_name"`
	AskEmail string `json:"ask_email"`
	Thanks   string `json:"thanks"`
}

func wireOfBots() []any {
	return []any{Bot{}, Bots{}, NewBot{}, SetBot{}, PublishBot{}, BotVersions{}, TryBot{}, Tried{}, TestRequest{}, TestedRequest{}, StartBot{}, IdentityBotPage{}}
}
