package core

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"rejoin"
	"rejoin/bot"
	"rejoin/texts"
)

// TryBot is a step of a pretended conversation with a draft.
type TryBot struct {
	Draft    rejoin.Script
	State    *TryState // nil begins
	Answer   string
	Skip     bool
	Platform rejoin.PlatformKind
	Language string
	Open     bool // within business hours
}

// TryState is where the pretended conversation stands.
type TryState struct {
	Step    string
	Answers map[string]string
	Tries   int
	Fields  rejoin.FieldValues
	Tags    []string
	Name    string
	Email   string
}

// Tried is what the bot has said and done.
type Tried struct {
	State TryState
	Said  []TriedLine
	Ended rejoin.BotRunState // empty while it asks
	Error string             // the answer does not fit: what to do
}

// TriedLine is a message, or something that is done.
type TriedLine struct {
	StepID string
	Text   string
	Does   bool
	Input  *rejoin.Input
}

// pretence is a conversation that is not stored.
type pretence struct {
	names domainNames
	in    TryBot
	now   rejoin.Millis
	run   rejoin.BotRun
	out   Tried
}

// Try goes on with a pretended conversation until the draft asks or has ended. Nothing is stored and nobody is called: an external request answers with its sample.
func (b *Bots) Try(ctx context.Context, a rejoin.Agent, id string, in TryBot) (Tried, error) {
	if err := administer(a); err != nil {
		return Tried{}, err
	}
	draft, err := checkDraft(in.Draft)
	if err != nil {
		return Tried{}, err
	}
	in.Draft = draft
	if !slices.Contains(rejoin.PlatformKinds[:], in.Platform) {
		return Tried{}, rejoin.InvalidField("platform", "The platforms are web, ios and android.")
	}
	p := pretence{in: in, now: b.Clock.Now()}
	err = b.read(ctx, func(u *unit) error {
		one, err := u.ownBot(a, id, u.Bot)
		if err == nil {
			p.names, err = u.names(one.DomainID)
		}
		return err
	})
	if err != nil {
		return Tried{}, err
	}
	p.begin()
	if p.out.Error == "" {
		p.goOn()
	}
	p.out.State.Step, p.out.State.Answers, p.out.State.Tries = p.run.Step, p.run.Answers, p.run.Tries
	return p.out, nil
}

// begin takes the answer to the question where the conversation stands.
func (p *pretence) begin() {
	p.out.Said, p.out.State = []TriedLine{}, TryState{Fields: rejoin.FieldValues{}, Tags: []string{}}
	p.run = rejoin.BotRun{State: rejoin.RunWaiting, Answers: map[string]string{}}
	if p.in.State == nil {
		return
	}
	s := *p.in.State
	p.out.State = TryState{Fields: maps.Clone(s.Fields), Tags: append([]string{}, s.Tags...), Name: s.Name, Email: s.Email}
	if p.out.State.Fields == nil {
		p.out.State.Fields = rejoin.FieldValues{}
	}
	p.run.Step, p.run.Tries, p.run.State = s.Step, s.Tries, rejoin.RunAsking
	maps.Copy(p.run.Answers, s.Answers)
	p.list(s.Step)
	g := bot.Given{Body: p.in.Answer, Skip: p.in.Skip}
	if n := slices.IndexFunc(p.in.Draft.Steps, func(o rejoin.Step) bool { return o.ID == s.Step && o.Input == rejoin.InputFile }); n >= 0 && g.Body != "" {
		g.Files = []string{g.Body}
	}
	run, taken, err := bot.Answer(p.in.Draft, p.run, g, p.world())
	if err != nil {
		p.out.Error = textOf(err)
		return
	}
	p.run = run
	p.learn(taken)
}

// list offers what the sample of an external request brings for the question.
func (p *pretence) list(question string) {
	for _, step := range p.in.Draft.Steps {
		if step.Request != nil && step.Request.ListFor == question {
			if found, err := bot.Read([]byte(step.Request.Sample)); err == nil {
				p.run.Lists = map[string][]string{question: found.List(step.Request.List)}
			}
		}
	}
}

func (p *pretence) learn(a bot.Taken) {
	key, isField := strings.CutPrefix(a.Step.SaveTo, "field:")
	switch {
	case a.Value == "":
	case a.Step.SaveTo == bot.SaveName && p.out.State.Name == "":
		p.out.State.Name = a.Value
	case a.Step.SaveTo == bot.SaveEmail && p.out.State.Email == "":
		p.out.State.Email = a.Value
	case isField:
		p.fill(key, a.Value)
	}
}

// fill sets a field of the pretended issue, if there is one of the key.
func (p *pretence) fill(key, value string) {
	for _, f := range p.names.fields {
		if f.Key != key {
			continue
		}
		if day, err := time.Parse(time.DateOnly, value); f.Type == rejoin.Date && err == nil {
			value = dayValue(day)
		}
		if v, err := f.Take(f.Type, typed(f.Type, value)); err == nil {
			p.out.State.Fields[key] = v
		}
	}
	if value == "" {
		delete(p.out.State.Fields, key)
	}
}

func (p *pretence) world() bot.World {
	say, s := texts.Of(p.in.Language), &p.out.State
	return bot.World{Language: p.in.Language, Yes: say["bot.yes"], No: say["bot.no"],
		Value: func(name string) (string, bool) {
			known := map[string]string{"user.name": s.Name, "user.email": s.Email, "issue.number": "1042", "issue.title": "Where is my parcel?", "app.name": "Your app"}
			if len(p.names.apps) > 0 {
				known["app.name"] = p.names.apps[0].Name
			}
			if key, ok := strings.CutPrefix(name, "field."); ok {
				v, ok := s.Fields[key]
				return v.Words(), ok
			}
			v, ok := known[name]
			return v, ok
		},
		View: func(rejoin.BotRun) rejoin.View {
			return rejoin.View{Now: p.now, Platform: p.in.Platform, Language: p.in.Language, Tags: s.Tags, Fields: s.Fields, Open: p.in.Open,
				State: rejoin.New, Address: s.Email}
		}}
}

// goOn lets the bot talk until it asks or has ended.
func (p *pretence) goOn() {
	for range bot.MaxEffects {
		run, e := bot.Next(p.in.Draft, p.run, p.world())
		p.run = run
		if e.Kind == bot.Ask && e.Input.Type == rejoin.InputChoice || e.Kind == bot.Fail {
			p.run.State = rejoin.RunWaiting // what a list offers is not kept between two calls: ask once more with the sample
			p.list(p.run.Step)
			run, e = bot.Next(p.in.Draft, p.run, p.world())
			p.run = run
		}
		if p.show(e) {
			return
		}
	}
	p.out.Ended = rejoin.RunFailed
	p.does("", "The bot goes in a circle without asking anything.")
}

// show tells one effect, and reports whether the bot waits or has ended.
func (p *pretence) show(e bot.Effect) bool {
	switch e.Kind {
	case bot.Say, bot.Ask:
		if e.Text != "" {
			p.out.Said = append(p.out.Said, TriedLine{StepID: e.Step.ID, Text: e.Text, Input: e.Input})
		}
		return e.Kind == bot.Ask
	case bot.Act:
		return p.act(e)
	case bot.Call:
		return p.call(e.Step)
	case bot.HandOver:
		p.out.Ended = rejoin.RunHanded
		p.does(e.Step.ID, p.handed(e.Step))
	case bot.Fail:
		p.out.Ended = rejoin.RunFailed
		p.does(e.Step.ID, "Hands over to people, because it cannot go on. "+p.run.Error)
	default:
		p.out.Ended = rejoin.RunDone
	}
	return true
}

func (p *pretence) does(stepID, text string) {
	p.out.Said = append(p.out.Said, TriedLine{StepID: stepID, Text: text, Does: true})
}

func (p *pretence) handed(step rejoin.Step) string {
	for _, b := range p.names.bots {
		if b.ID == step.BotID {
			return "Hands over to the bot " + b.Name
		}
	}
	for _, q := range p.names.queues {
		if q.ID == step.QueueID {
			return "Hands over to people, in the queue " + q.Name
		}
	}
	return "Hands over to people"
}

// tagsCalled is "the tag vip" or "the tags a, b".
func tagsCalled(tags []string) string {
	if len(tags) == 1 {
		return "the tag " + tags[0]
	}
	return "the tags " + strings.Join(tags, ", ")
}

// act pretends to do an action, and reports whether that ends the conversation.
func (p *pretence) act(e bot.Effect) bool {
	a, s, text := e.Action, &p.out.State, doneTexts[e.Action.Kind]
	switch a.Kind {
	case rejoin.DoAddTags:
		text = "Adds " + tagsCalled(a.Tags)
		for _, tag := range a.Tags {
			if !slices.Contains(s.Tags, tag) {
				s.Tags = append(s.Tags, tag)
			}
		}
	case rejoin.DoRemoveTags:
		text = "Removes " + tagsCalled(a.Tags)
		s.Tags = slices.DeleteFunc(s.Tags, func(tag string) bool { return slices.Contains(a.Tags, tag) })
	case rejoin.DoSetField:
		p.fill(a.Field, a.Value)
		text = "Sets the field " + a.Field + " to " + rejoin.Preview(s.Fields[a.Field].Words(), 100)
	case rejoin.DoAssign:
		text = "Takes the assignment away"
		for _, agent := range p.names.agents {
			if agent.ID == a.AgentID {
				text = "Assigns to " + agent.Name
			}
		}
	case rejoin.DoQueue:
		text = "Takes out of the queue"
		for _, q := range p.names.queues {
			if q.ID == a.QueueID {
				text = "Moves to the queue " + q.Name
			}
		}
	case rejoin.DoNote:
		text = "Leaves a note: " + rejoin.Preview(a.Note, 200)
	case rejoin.DoResolve:
		text = "Resolves the conversation"
	case rejoin.DoReject:
		text = "Rejects the conversation"
	}
	p.does(e.Step.ID, text)
	if a.Kind == rejoin.DoResolve || a.Kind == rejoin.DoReject {
		p.out.Ended = rejoin.RunDone
	}
	return p.out.Ended != ""
}

// call pretends to call a program, which answers with the sample.
func (p *pretence) call(step rejoin.Step) bool {
	found, why := bot.Found{}, ""
	if step.Request.Sample == "" {
		why = "There is no sample yet: test the request first."
	} else if read, err := bot.Read([]byte(step.Request.Sample)); err != nil {
		why = err.Error()
	} else {
		found = read
	}
	text := "Calls " + serverOf(step.Request.URL) + "; here its sample answers"
	if why != "" {
		text = "Calls " + serverOf(step.Request.URL) + ", which fails here. " + why
	}
	p.does(step.ID, text)
	run, e := bot.Called(p.in.Draft, p.run, found, why)
	p.run = run
	return e.Kind == bot.Fail && p.show(e)
}

// TestRequest is an external request that is made for real, from the settings.
type TestRequest struct {
	StepID  string // whose kept secrets are used
	Request rejoin.Request
	Values  map[string]string // by placeholder
}

// TestedRequest is what came of it.
type TestedRequest struct {
	Status  int    // zero if there was no answer
	Problem string // why it would count as failed; empty if it would not
	Body    []byte
	Paths   []string // what placeholders and branches can use of it
	Took    time.Duration
}

// TestRequest makes an external request for administrators who build one.
func (b *Bots) TestRequest(ctx context.Context, a rejoin.Agent, id string, in TestRequest) (out TestedRequest, err error) {
	if err := administer(a); err != nil {
		return out, err
	}
	if text := bot.CheckURL(in.Request.URL); text != "" {
		return out, rejoin.InvalidField("url", "%s", text)
	}
	if !slices.Contains([]string{"GET", "POST", "PUT"}, in.Request.Method) {
		return out, rejoin.InvalidField("method", "The methods are GET, POST and PUT.")
	}
	err = b.read(ctx, func(u *unit) error {
		one, err := u.ownBot(a, id, u.Bot)
		if err != nil {
			return err
		}
		before, err := u.scriptsOf(one)
		in.Request = keptSecrets(in.StepID, in.Request, before)
		return err
	})
	if err != nil {
		return out, err
	}
	if lacksSecrets(in.Request) {
		return out, rejoin.InvalidField("secret", "The password or a secret header is missing. Type it anew: it is kept for one server only.")
	}
	prepared, err := bot.Prepare(in.Request, func(name string) (string, bool) { v, ok := in.Values[name]; return v, ok })
	if err != nil {
		return out, rejoin.InvalidField("url", "%s", err.Error())
	}
	begun := b.Clock.Now()
	found, answer, why := b.reach(ctx, prepared, newID("test"))
	return TestedRequest{Status: answer.Status, Problem: why, Body: answer.Body, Paths: found.Paths, Took: b.Clock.Now().Sub(begun)}, nil
}
