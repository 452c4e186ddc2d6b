// Package bot runs the scripts of custom and feedback bots, one step after the other. It is pure: it says what is to be done next and whether an answer fits,
// and knows neither database nor network. The caller does what an [Effect] says, keeps the run, and calls [Next] again until the run asks, calls or has ended.
package bot

import (
	"maps"
	"slices"
	"strings"

	"rejoin"
)

// MaxEffects is how many effects may follow each other before a run asks, calls or ends. A run that wants more has failed.
const MaxEffects = 100

// MaxCalls is how many external requests a run makes: whoever answers a bot that goes round and round could make us call for ever. A run that wants more
// has failed.
const MaxCalls = 100

// World is what a script finds around it at one moment.
type World struct {
	Language string                           // of the user
	Value    func(name string) (string, bool) // what placeholders stand for, besides answers
	View     func(rejoin.BotRun) rejoin.View  // what the conditions of branches see; asked for only there
	Yes, No  string                           // in the language
}

// EffectKind says what an effect is.
type EffectKind string

const (
	Say      EffectKind = "say"       // Text
	Ask      EffectKind = "ask"       // Text and Input: the run waits for [Answer]
	Act      EffectKind = "act"       // Action, its placeholders filled
	Call     EffectKind = "call"      // Request, its placeholders not filled: the run waits for [Called]
	HandOver EffectKind = "hand_over" // to the bot or the queue of Step, else to people: the run has ended
	End      EffectKind = "end"       // the run has ended
	Fail     EffectKind = "fail"      // the run has ended; its Error says why
)

// Effect is what a script wants done.
type Effect struct {
	Kind   EffectKind
	Step   rejoin.Step // that wants it; zero at the end
	Text   string
	Echo   bool // Text may hold words of the user
	Input  *rejoin.Input
	Action rejoin.Action
}

// Next takes the step where a waiting run stands and returns the run after it. A new run has no step.
func Next(s rejoin.Script, r rejoin.BotRun, w World) (rejoin.BotRun, Effect) {
	if r.Step == "" && len(s.Steps) > 0 {
		r.Step = s.Steps[0].ID
	}
	for range len(s.Steps) + 1 {
		n := index(s, r.Step)
		if n < 0 {
			if r.Step == rejoin.StepEnd || r.Step == "" {
				r.State = rejoin.RunDone
				return r, Effect{Kind: End}
			}
			return fail(r, rejoin.Step{}, "The step "+rejoin.Preview(r.Step, 40)+" does not exist.")
		}
		step := s.Steps[n]
		if step.Kind == rejoin.StepBranch {
			r.Step = branch(s, n, r, w)
			continue
		}
		return take(s, n, r, w)
	}
	return fail(r, rejoin.Step{}, "Its branches lead in a circle.")
}

// take does the step n, which is no branch.
func take(s rejoin.Script, n int, r rejoin.BotRun, w World) (rejoin.BotRun, Effect) {
	step := s.Steps[n]
	switch step.Kind {
	case rejoin.StepMessage:
		r.Step = after(s, n, "")
		return r, Effect{Kind: Say, Step: step, Text: said(s, r, w, step.Text), Echo: rejoin.Echoes(step.Text.Of(w.Language))}
	case rejoin.StepQuestion, rejoin.StepRating:
		input := InputOf(step, r, w)
		if input.Type == rejoin.InputChoice && len(input.Options) == 0 {
			if step.Skip {
				r.Step = after(s, n, "")
				return r, Effect{Kind: Say, Step: step}
			}
			return fail(r, step, "There was nothing to choose from.")
		}
		r.State = rejoin.RunAsking
		text := said(s, r, w, step.Text)
		if text == "" {
			text = "…" // all of it came from answers that are empty
		}
		return r, Effect{Kind: Ask, Step: step, Text: text, Echo: rejoin.Echoes(step.Text.Of(w.Language)), Input: &input}
	case rejoin.StepAction:
		if step.Action == nil {
			return fail(r, step, "An action is missing.")
		}
		r.Step = after(s, n, "")
		return r, Effect{Kind: Act, Step: step, Action: filled(s, r, w, *step.Action)}
	case rejoin.StepRequest:
		if step.Request == nil {
			return fail(r, step, "An external request is missing.")
		}
		if r.Calls >= MaxCalls {
			return fail(r, step, "It has made too many external requests.")
		}
		r.State, r.Calls = rejoin.RunCalling, r.Calls+1
		return r, Effect{Kind: Call, Step: step}
	case rejoin.StepHandOver:
		r.State = rejoin.RunHanded
		return r, Effect{Kind: HandOver, Step: step}
	}
	return fail(r, step, "There is no step of the kind "+rejoin.Preview(string(step.Kind), 20)+".")
}

func fail(r rejoin.BotRun, step rejoin.Step, why string) (rejoin.BotRun, Effect) {
	r.State, r.Error = rejoin.RunFailed, why
	return r, Effect{Kind: Fail, Step: step}
}

// branch returns the step after the branch n: the first way whose conditions hold.
func branch(s rejoin.Script, n int, r rejoin.BotRun, w World) string {
	step := s.Steps[n]
	view := w.View(r)
	view.Answers = r.Answers
	for _, way := range step.Ways {
		if !slices.ContainsFunc(way.All, func(c rejoin.Condition) bool { return !c.Holds(view) }) {
			return after(s, n, way.Next)
		}
	}
	return after(s, n, "")
}

// index returns where the step with the id is, or -1.
func index(s rejoin.Script, id string) int {
	return slices.IndexFunc(s.Steps, func(step rejoin.Step) bool { return step.ID == id })
}

// after returns the step that follows the step n if it wants to go to next: its own next one if that is empty, and else the one below.
func after(s rejoin.Script, n int, next string) string {
	switch {
	case next != "":
		return next
	case s.Steps[n].Next != "":
		return s.Steps[n].Next
	case n+1 < len(s.Steps):
		return s.Steps[n+1].ID
	}
	return rejoin.StepEnd
}

// said is a text in the user's language with its placeholders filled, as long as a message may be.
func said(s rejoin.Script, r rejoin.BotRun, w World, t rejoin.LocalText) string {
	text := rejoin.Fill(t.Of(w.Language), func(name string) (string, bool) { return shown(s, r, w, name) })
	if list := []rune(text); len(list) > rejoin.MaxBody {
		text = string(list[:rejoin.MaxBody])
	}
	return strings.TrimSpace(text)
}

// filled is the action with its placeholders filled.
func filled(s rejoin.Script, r rejoin.BotRun, w World, a rejoin.Action) rejoin.Action {
	value := func(name string) (string, bool) { return shown(s, r, w, name) }
	a.Value, a.Note = rejoin.Fill(a.Value, func(name string) (string, bool) { return Raw(r, w, name) }), rejoin.Fill(a.Note, value)
	return a
}

const answerPrefix = "answer."

// Raw is what a placeholder stands for in an external request, and in a field: answers as they are kept.
func Raw(r rejoin.BotRun, w World, name string) (string, bool) {
	if rest, ok := strings.CutPrefix(name, answerPrefix); ok {
		v, ok := r.Answers[rest]
		return v, ok
	}
	return w.Value(name)
}

// shown is what a placeholder stands for in a text: choices by their words.
func shown(s rejoin.Script, r rejoin.BotRun, w World, name string) (string, bool) {
	v, ok := Raw(r, w, name)
	rest, isAnswer := strings.CutPrefix(name, answerPrefix)
	if !ok || !isAnswer {
		return v, ok
	}
	for _, step := range s.Steps {
		if step.Kind == rejoin.StepQuestion && step.Name == rest {
			return Words(step, v, w), true
		}
	}
	return v, true
}

// Words is an answer to the question as people read it.
func Words(step rejoin.Step, value string, w World) string {
	switch {
	case step.Input == rejoin.InputYesNo && value == yes:
		return w.Yes
	case step.Input == rejoin.InputYesNo && value == no:
		return w.No
	case step.Input == rejoin.InputChoice:
		for _, o := range step.Options {
			if o.ID == value {
				return o.Text.Of(w.Language)
			}
		}
	}
	return value
}

// keep returns the run with an answer, or with what an external request has brought.
func keep(r rejoin.BotRun, values map[string]string) rejoin.BotRun {
	answers := maps.Clone(r.Answers)
	if answers == nil {
		answers = map[string]string{}
	}
	maps.Copy(answers, values)
	r.Answers = answers
	return r
}
