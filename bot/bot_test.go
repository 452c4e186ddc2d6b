package bot

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"rejoin"
)

// script draws a script that may be good or bad.
func script(t *rapid.T) (rejoin.Script, rejoin.BotKind) {
	n := rapid.IntRange(1, 12).Draw(t, "steps")
	ids := []string{"", "", "", rejoin.StepEnd}
	for i := range n {
		ids = append(ids, fmt.Sprint("s", i))
	}
	to := func() string { return rapid.SampledFrom(ids).Draw(t, "next") }
	kind := rapid.SampledFrom([]rejoin.BotKind{rejoin.CustomBot, rejoin.CustomBot, rejoin.FeedbackBot}).Draw(t, "kind")
	kinds := []rejoin.StepKind{rejoin.StepMessage, rejoin.StepQuestion, rejoin.StepQuestion, rejoin.StepBranch, rejoin.StepAction}
	if kind == rejoin.FeedbackBot {
		kinds = append(kinds, rejoin.StepRating)
	} else {
		kinds = append(kinds, rejoin.StepRequest, rejoin.StepHandOver)
	}
	var s rejoin.Script
	for i := range n {
		step := rejoin.Step{ID: fmt.Sprint("s", i), Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Next: to(), Text: text("{{answer.n0}}{{user.name}} Hi?")}
		if i > 0 {
			step.Text = text("Hi {{user.name}}?")
		}
		switch step.Kind {
		case rejoin.StepQuestion:
			step.Name, step.Input, step.Skip = fmt.Sprint("n", i), rapid.SampledFrom(inputs).Draw(t, "input"), rapid.Bool().Draw(t, "skip")
			if step.Input == rejoin.InputChoice {
				step.Options = []rejoin.Option{{ID: "a", Text: text("A"), Next: to()}, {ID: "b", Text: text("B"), Next: to()}}
			}
		case rejoin.StepBranch:
			step.Ways = []rejoin.Way{{All: []rejoin.Condition{{Subject: rejoin.OnHours, Op: rejoin.OpIs, Values: []string{"open"}}}, Next: to()}}
		case rejoin.StepAction:
			a := rapid.SampledFrom(actions[1:]).Draw(t, "action")
			step.Action = &rejoin.Action{Kind: a, Tags: []string{"vip"}, Note: "Note"}
		case rejoin.StepRequest:
			step.Name, step.Failed = fmt.Sprint("n", i), to()
			step.Request = &rejoin.Request{Method: "GET", URL: "https://api.example.com/{{user.name}}"}
			if q := rapid.IntRange(0, n-1).Draw(t, "list"); rapid.Bool().Draw(t, "lists") {
				step.Request.List, step.Request.ListFor = "list", fmt.Sprint("s", q)
			}
		}
		s.Steps = append(s.Steps, step)
	}
	return s, kind
}

// hostile draws what a user may send.
func hostile(t *rapid.T) Given {
	body := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "a", "yes", "no", "1", "5", "2026-03-31", "ada@example.org", "list-1", "list-999", "{{answer.n0}}", "end", "\x00", "★★★"})).Draw(t, "answer")
	return Given{Body: body, Files: rapid.SliceOfN(rapid.String(), 0, 2).Draw(t, "files"), Skip: rapid.Bool().Draw(t, "skip")}
}

// TestEveryScriptEnds: a script without problems always asks, calls or has ended within bounds, whatever people and programs answer, and an end can always
// be reached from where it stands.
func TestEveryScriptEnds(t *testing.T) {
	good := 0
	rapid.Check(t, func(t *rapid.T) {
		s, kind := script(t)
		bad := Check(s, kind, known())
		if len(bad) == 0 {
			good++
		}
		w := World{Language: "en", Yes: "Yes", No: "No", Value: func(string) (string, bool) { return "{{answer.n0}}", true },
			View: func(rejoin.BotRun) rejoin.View { return rejoin.View{Open: rapid.Bool().Draw(t, "open")} }}
		r := rejoin.BotRun{State: rejoin.RunWaiting}
		for turn := 0; turn < 40 && r.State.Live(); turn++ {
			r = advance(t, s, r, w, len(bad) == 0)
			switch r.State {
			case rejoin.RunAsking:
				before := r
				next, taken, err := Answer(s, r, hostile(t), w)
				if err != nil {
					if rejoin.CodeOf(err) != rejoin.Invalid || next.Step != before.Step || next.State != before.State || len(next.Answers) != len(before.Answers) {
						t.Fatalf("an answer that does not fit moves the run: %v %+v", err, next)
					}
					continue
				}
				if taken.Step.ID != before.Step {
					t.Fatalf("the answer is to %s, not to %s", taken.Step.ID, before.Step)
				}
				r = next
			case rejoin.RunCalling:
				why := rapid.SampledFrom([]string{"", "", "no answer"}).Draw(t, "failed")
				r, _ = Called(s, r, Found{Values: map[string]string{"x": "y"}, Paths: []string{"x"}, lists: map[string][]string{"list": {"A", "B"}}}, why)
			case rejoin.RunFailed:
				if r.Error == "" {
					t.Fatal("a bot has failed without a word")
				}
			case rejoin.RunDone, rejoin.RunHanded:
			default:
				t.Fatalf("the run stands still: %+v", r)
			}
		}
	})
	if good == 0 {
		t.Error("no script that was drawn is good")
	}
	t.Logf("%d scripts were good", good)
}

// advance goes on until the run asks, calls or has ended. Good scripts never fail by going in circles.
func advance(t *rapid.T, s rejoin.Script, r rejoin.BotRun, w World, good bool) rejoin.BotRun {
	for n := 0; r.State == rejoin.RunWaiting; n++ {
		if n > MaxEffects {
			if good {
				t.Fatalf("a good script goes in a circle: %+v", s)
			}
			r.State, r.Error = rejoin.RunFailed, "too much" // as whoever runs it does
			return r
		}
		var e Effect
		r, e = Next(s, r, w)
		if e.Kind == Act && (e.Action.Kind == rejoin.DoResolve || e.Action.Kind == rejoin.DoReject) {
			r.State = rejoin.RunDone // as whoever runs it does
		}
		if good && e.Kind == Fail && r.Error != "There was nothing to choose from." && r.Calls < MaxCalls {
			t.Fatalf("a good script fails: %s", r.Error)
		}
		if e.Kind == Ask && (e.Text == "" || e.Input == nil || e.Input.Type == rejoin.InputChoice && len(e.Input.Options) == 0) {
			t.Fatalf("a question that cannot be answered: %+v", e)
		}
	}
	return r
}

func TestPrepare(t *testing.T) {
	values := map[string]string{"answer.id": "a/b?c=d&e#f ü..", "answer.up": "..", "answer.line": "x\r\nHost: evil"}
	value := func(name string) (string, bool) { v, ok := values[name]; return v, ok }
	body := []rejoin.Header{{Name: "id", Value: "{{answer.id}}"}, {Name: "none", Value: "{{answer.none}}"}, {Name: "fixed", Value: ""}}
	for _, row := range []struct {
		q         rejoin.Request
		url, body string
	}{
		{rejoin.Request{Method: "GET", URL: "https://api.example.com/x/{{answer.id}}/{{answer.up}}?q={{answer.id}}", Body: body[:2]},
			"https://api.example.com/x/a%2Fb%3Fc=d&e%23f%20%C3%BC%2E%2E/%2E%2E?q=a%2Fb%3Fc%3Dd%26e%23f+%C3%BC..&id=a%2Fb%3Fc%3Dd%26e%23f+%C3%BC..&none=", ""},
		{rejoin.Request{Method: "POST", URL: "https://api.example.com", Body: body}, "https://api.example.com", `{"id":"a/b?c=d\u0026e#f ü..","none":null,"fixed":""}`},
		{rejoin.Request{Method: "PUT", URL: "https://api.example.com?a=1", Form: true, Body: body}, "https://api.example.com?a=1", "id=a%2Fb%3Fc%3Dd%26e%23f+%C3%BC..&none=&fixed="},
	} {
		p, err := Prepare(row.q, value)
		if err != nil || p.URL != row.url || string(p.Body) != row.body {
			t.Errorf("%s %s: %s %q, %v", row.q.Method, row.q.URL, p.URL, p.Body, err)
		}
	}
	p, err := Prepare(rejoin.Request{Method: "GET", URL: "https://api.example.com/", User: "me", Secret: "pw", Headers: []rejoin.Header{{Name: "X-A", Value: "{{answer.line}}"}}}, value)
	if err != nil || p.Header.Get("X-A") != "xHost: evil" || p.Header.Get("Authorization") != "Basic bWU6cHc=" {
		t.Errorf("the headers are %v, %v", p.Header, err)
	}
	if _, err := Prepare(rejoin.Request{Method: "GET", URL: "https://{{answer.up}}/"}, value); err == nil {
		t.Error("a value has become the host")
	}
}

func TestCallsAreBounded(t *testing.T) {
	s := rejoin.Script{Steps: []rejoin.Step{{ID: "a", Kind: rejoin.StepRequest, Name: "a", Request: &rejoin.Request{}}}}
	for _, row := range []struct {
		calls int64
		want  EffectKind
	}{{0, Call}, {MaxCalls - 1, Call}, {MaxCalls, Fail}} {
		if _, e := Next(s, rejoin.BotRun{Calls: row.calls}, World{}); e.Kind != row.want {
			t.Errorf("after %d requests: %s, want %s", row.calls, e.Kind, row.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{`{"a":{"b":[1,2]},"c":["x"],"d":true,"e":null}`, `[1]`, `{"a":`, `{}`, `{"":{"":""}}`, `{"a\u0000":"b\u0000"}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		found, err := Read(body)
		if err == nil && len(found.Paths) != len(found.Values) {
			t.Errorf("%d paths for %d values", len(found.Paths), len(found.Values))
		}
		for path, v := range found.Values {
			if strings.ContainsRune(path+v, 0) || !utf8.ValidString(path+v) {
				t.Errorf("%q: %q cannot be stored", path, v)
			}
		}
	})
}
