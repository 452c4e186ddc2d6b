package bot

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"rejoin"
)

// Problem is something to correct in a script before it can be published.
type Problem struct {
	StepID string // empty if it is about the whole
	Field  string // of the step, as JSON names it; may be empty
	Text   string
}

// Known is what a script may name besides its own steps, by id, name or key.
type Known struct {
	Bots   map[string]bool // custom bots that conversations can begin with
	Queues map[string]bool
	Agents map[string]bool
	Tags   map[string]bool
	Fields map[string]bool
}

// Limits of a script, in characters.
const (
	maxSaid    = 5000 // of a message or question
	maxLabel   = 255  // of an option
	maxOptions = 20
	maxNick    = 60
)

var (
	stepID     = regexp.MustCompile(`^[A-Za-z0-9_-]{1,40}$`)
	answerName = regexp.MustCompile(`^[A-Za-z0-9_]{1,40}$`)
)

// Check returns everything that is wrong with a script, in the order of its steps. One without problems always asks, calls or ends.
func Check(s rejoin.Script, kind rejoin.BotKind, known Known) []Problem {
	c := &checker{script: s, kind: kind, known: known}
	c.whole()
	for n := range s.Steps {
		c.at = s.Steps[n].ID
		c.step(n)
	}
	c.at = ""
	if len(c.problems) == 0 { // the ways can only be gone if they lead somewhere
		c.circles()
		c.ends()
	}
	return c.problems
}

type checker struct {
	script   rejoin.Script
	kind     rejoin.BotKind
	known    Known
	at       string
	problems []Problem
}

func (c *checker) add(field, format string, args ...any) {
	// The same may be wrong in several texts of one step; it is said once.
	if found := (Problem{StepID: c.at, Field: field, Text: fmt.Sprintf(format, args...)}); !slices.Contains(c.problems, found) {
		c.problems = append(c.problems, found)
	}
}

func (c *checker) whole() {
	steps := c.script.Steps
	switch {
	case len(steps) == 0:
		c.add("", "The bot has no steps. Add the first one.")
	case len(steps) > rejoin.MaxSteps:
		c.add("", "A bot has at most %d steps; this one has %d.", rejoin.MaxSteps, len(steps))
	}
	c.text("nickname", c.script.Nickname, 0, maxNick)
	for n, step := range steps {
		same := func(o rejoin.Step) bool { return o.ID == step.ID }
		switch {
		case !stepID.MatchString(step.ID) || step.ID == rejoin.StepEnd:
			c.add("", "Step %d has an id that cannot be used.", n+1)
		case slices.ContainsFunc(steps[:n], same):
			c.add("", "Steps %d and %d have the same id.", slices.IndexFunc(steps, same)+1, n+1)
		}
	}
}

// feedbackKinds are the steps of bots that ask after an issue was resolved.
var feedbackKinds = []rejoin.StepKind{rejoin.StepMessage, rejoin.StepQuestion, rejoin.StepBranch, rejoin.StepRating, rejoin.StepAction}

func (c *checker) step(n int) {
	step := c.script.Steps[n]
	if c.kind == rejoin.FeedbackBot && !slices.Contains(feedbackKinds, step.Kind) {
		c.add("kind", "A feedback bot can say, ask, rate, branch, tag and set fields. Remove this step.")
		return
	}
	c.target("next", step.Next)
	switch step.Kind {
	case rejoin.StepMessage:
		c.text("text", step.Text, 1, maxSaid)
	case rejoin.StepQuestion:
		c.question(step)
	case rejoin.StepBranch:
		c.branch(step)
	case rejoin.StepAction:
		c.action(step)
	case rejoin.StepRequest:
		c.request(step)
	case rejoin.StepHandOver:
		c.handOver(step)
	case rejoin.StepRating:
		c.text("text", step.Text, 1, maxSaid)
		if c.kind != rejoin.FeedbackBot {
			c.add("kind", "Only feedback bots ask for stars this way. Ask a question of the type stars instead.")
		}
	default:
		c.add("kind", "There is no such kind of step.")
	}
	c.placeholders(step)
}

// target is a problem if a step leads to one that does not exist.
func (c *checker) target(field, id string) {
	if id != "" && id != rejoin.StepEnd && index(c.script, id) < 0 {
		c.add(field, "This leads to a step that does not exist any more. Choose another one.")
	}
}

func (c *checker) text(field string, t rejoin.LocalText, least, most int) {
	check := func(s string, least int) {
		switch n := utf8.RuneCountInString(strings.TrimSpace(s)); {
		case n < least:
			c.add(field, "Write what users read.")
		case n > most || !utf8.ValidString(s) || strings.ContainsRune(s, 0):
			c.add(field, "The text has %d characters; at most %d fit.", n, most)
		}
	}
	check(t.Text, least)
	for code, s := range t.In {
		if !slices.Contains(rejoin.Languages[:], code) {
			c.add(field, "There is no language %q.", rejoin.Preview(code, 20))
			return
		}
		check(s, 0)
	}
}

var inputs = []rejoin.InputType{rejoin.InputText, rejoin.InputEmail, rejoin.InputNumber, rejoin.InputDate, rejoin.InputYesNo, rejoin.InputChoice,
	rejoin.InputFile, rejoin.InputStars}

func (c *checker) question(step rejoin.Step) {
	c.text("text", step.Text, 1, maxSaid)
	c.name(step)
	if !slices.Contains(inputs, step.Input) {
		c.add("input", "Choose what the question takes.")
	}
	if step.Input == rejoin.InputChoice {
		c.options(step)
	}
	field, isField := strings.CutPrefix(step.SaveTo, saveField)
	switch {
	case step.SaveTo == "":
	case isField && !c.known.Fields[field]:
		c.add("save_to", "There is no custom issue field %q in use.", rejoin.Preview(field, 64))
	case !isField && step.SaveTo != SaveName && step.SaveTo != SaveEmail:
		c.add("save_to", "An answer is kept as the name, the e-mail address or a custom issue field.")
	case step.SaveTo == SaveEmail && step.Input != rejoin.InputEmail:
		c.add("save_to", "Only a question for an e-mail address can be kept as the address.")
	case step.SaveTo == SaveName && step.Input != rejoin.InputText:
		c.add("save_to", "Only a question for a text can be kept as the name.")
	}
}

// What [rejoin.Step.SaveTo] can be, besides a field.
const (
	SaveName  = "name"
	SaveEmail = "email"
	saveField = "field:"
)

// name looks at what an answer is called.
func (c *checker) name(step rejoin.Step) {
	if step.Kind == rejoin.StepQuestion && step.Name == "" {
		return // its answer is only read
	}
	if !answerName.MatchString(step.Name) {
		c.add("name", "Give the answer a name of 1 to 40 letters, digits or _.")
		return
	}
	for _, o := range c.script.Steps {
		if o.ID != step.ID && o.Name == step.Name && (o.Kind == rejoin.StepQuestion || o.Kind == rejoin.StepRequest) {
			c.add("name", "Another step calls its answer %q, too.", step.Name)
			return
		}
	}
}

func (c *checker) options(step rejoin.Step) {
	switch n := len(step.Options); {
	case n < 2 && !listed(c.script, step.ID):
		c.add("options", "A question by choice has at least two options, or gets them from an external request.")
	case n > maxOptions:
		c.add("options", "A question by choice has at most %d options of its own.", maxOptions)
	}
	for n, o := range step.Options {
		if !stepID.MatchString(o.ID) || slices.ContainsFunc(step.Options[:n], func(b rejoin.Option) bool { return b.ID == o.ID }) {
			c.add("options", "Option %d has an id that cannot be used, or that another one has.", n+1)
		}
		c.text("options", o.Text, 1, maxLabel)
		if slices.ContainsFunc(step.Options[:n], func(b rejoin.Option) bool { return fold(b.Text.Text) == fold(o.Text.Text) && fold(o.Text.Text) != "" }) {
			c.add("options", "Two options read the same: %q.", rejoin.Preview(o.Text.Text, 60))
		}
		c.target("options", o.Next)
	}
}

func (c *checker) branch(step rejoin.Step) {
	if len(step.Ways) == 0 {
		c.add("ways", "A branch has at least one way.")
	}
	if len(step.Ways) > maxOptions {
		c.add("ways", "A branch has at most %d ways.", maxOptions)
	}
	for n, way := range step.Ways {
		if way.Next == "" {
			c.add("ways", "Choose where way %d leads.", n+1)
		}
		c.target("ways", way.Next)
		if len(way.All) > rejoin.MaxConditions {
			c.add("ways", "A way has at most %d conditions.", rejoin.MaxConditions)
		}
		for _, cond := range way.All {
			c.condition(n, cond)
		}
	}
}

func (c *checker) condition(way int, cond rejoin.Condition) {
	err := cond.Check()
	base, _, _ := strings.Cut(cond.Key, ".")
	switch {
	case cond.Subject.Timed():
		c.add("ways", "Way %d: bots do not wait. Use an automation for conditions about time.", way+1)
	case err != nil:
		c.add("ways", "Way %d: %s", way+1, textOf(err))
	case cond.Subject == rejoin.OnAnswer && !c.answers(base):
		c.add("ways", "Way %d: no step asks for %q.", way+1, rejoin.Preview(cond.Key, 80))
	case cond.Subject == rejoin.OnField && !c.known.Fields[cond.Key]:
		c.add("ways", "Way %d: there is no custom issue field %q in use.", way+1, rejoin.Preview(cond.Key, 64))
	}
}

// answers reports whether a question or an external request has the name.
func (c *checker) answers(name string) bool {
	return slices.ContainsFunc(c.script.Steps, func(o rejoin.Step) bool {
		return o.Name == name && name != "" && (o.Kind == rejoin.StepQuestion || o.Kind == rejoin.StepRequest)
	})
}

func textOf(err error) string {
	var e *rejoin.Error
	if errors.As(err, &e) {
		return e.Text
	}
	return err.Error()
}

// actions are what bots may do; feedback bots the first three.
var actions = []rejoin.ActionKind{rejoin.DoSetField, rejoin.DoAddTags, rejoin.DoRemoveTags, rejoin.DoAssign, rejoin.DoQueue, rejoin.DoResolve,
	rejoin.DoReject, rejoin.DoNote}

func (c *checker) action(step rejoin.Step) {
	a := step.Action
	if a == nil {
		c.add("action", "Choose what the step does.")
		return
	}
	may := actions
	if c.kind == rejoin.FeedbackBot {
		may = actions[:3]
	}
	err := a.Check()
	switch {
	case !slices.Contains(may, a.Kind):
		c.add("action", "This bot cannot do that. Choose another action.")
	case err != nil:
		c.add("action", "%s", textOf(err))
	case a.Kind == rejoin.DoSetField && !c.known.Fields[a.Field]:
		c.add("action", "There is no custom issue field %q in use.", rejoin.Preview(a.Field, 64))
	case a.AgentID != "" && !c.known.Agents[a.AgentID]:
		c.add("action", "This agent is not in your team any more. Choose another one.")
	case a.QueueID != "" && !c.known.Queues[a.QueueID]:
		c.add("action", "This queue does not exist any more. Choose another one.")
	}
	for _, tag := range a.Tags {
		if !c.known.Tags[tag] {
			c.add("action", "There is no tag %q in use.", rejoin.Preview(tag, 100))
		}
	}
}

func (c *checker) handOver(step rejoin.Step) {
	switch {
	case step.BotID != "" && !c.known.Bots[step.BotID]:
		c.add("bot_id", "This bot cannot be started: it was archived, or never published. Choose another one.")
	case step.BotID == "" && step.QueueID != "" && !c.known.Queues[step.QueueID]:
		c.add("queue_id", "This queue does not exist any more. Choose another one.")
	}
}

// placeholders looks whether everything that texts name is there.
func (c *checker) placeholders(step rejoin.Step) {
	for _, text := range textsOf(step) {
		for _, name := range rejoin.Placeholders(text) {
			rest, isAnswer := strings.CutPrefix(name, answerPrefix)
			base, _, _ := strings.Cut(rest, ".")
			key, isField := strings.CutPrefix(name, "field.")
			switch {
			case isAnswer && c.answers(base), isField && c.known.Fields[key], strings.HasPrefix(name, "meta."), slices.Contains(names, name):
			case isAnswer:
				c.add("text", "No step asks for {{%s}}.", name)
			case isField:
				c.add("text", "There is no custom issue field for {{%s}}.", name)
			default:
				c.add("text", "There is no placeholder {{%s}}.", rejoin.Preview(name, 60))
			}
		}
	}
}

// names are the placeholders besides answers, fields and metadata.
var names = []string{"user.name", "user.email", "issue.number", "issue.title", "app.name"}
