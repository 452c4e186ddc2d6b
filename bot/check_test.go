package bot

import (
	"slices"
	"strings"
	"testing"

	"rejoin"
)

func text(s string) rejoin.LocalText { return rejoin.LocalText{Text: s} }

func known() Known {
	return Known{Bots: map[string]bool{"bot_1": true}, Queues: map[string]bool{"que_1": true}, Agents: map[string]bool{"agt_1": true},
		Tags: map[string]bool{"vip": true}, Fields: map[string]bool{"order": true}}
}

// good is a script without problems.
func good() []rejoin.Step {
	return []rejoin.Step{
		{ID: "a", Kind: rejoin.StepMessage, Text: text("Hello {{user.name|there}} {{field.order}} {{meta.browser.name}}")},
		{ID: "b", Kind: rejoin.StepQuestion, Name: "topic", Input: rejoin.InputChoice, Text: text("What?"),
			Options: []rejoin.Option{{ID: "x", Text: text("X")}, {ID: "y", Text: text("Y"), Next: "e"}}},
		{ID: "c", Kind: rejoin.StepBranch, Ways: []rejoin.Way{{All: []rejoin.Condition{{Subject: rejoin.OnAnswer, Key: "topic", Op: rejoin.OpIs, Values: []string{"x"}}}, Next: "b"}}},
		{ID: "d", Kind: rejoin.StepRequest, Name: "api", Failed: "f", Request: &rejoin.Request{Method: "POST", URL: "https://api.example.com/{{answer.topic}}"}},
		{ID: "e", Kind: rejoin.StepAction, Action: &rejoin.Action{Kind: rejoin.DoAddTags, Tags: []string{"vip"}}},
		{ID: "f", Kind: rejoin.StepHandOver, QueueID: "que_1"},
	}
}

func TestCheck(t *testing.T) {
	if p := Check(rejoin.Script{Steps: good()}, rejoin.CustomBot, known()); len(p) > 0 {
		t.Fatalf("a good script has the problems %+v", p)
	}
	circle := []rejoin.Step{{ID: "a", Kind: rejoin.StepMessage, Text: text("Hi"), Next: "b"}, {ID: "b", Kind: rejoin.StepMessage, Text: text("Hi"), Next: "a"}}
	for _, row := range []struct {
		what  string
		step  string // that has the problem
		field string
		bad   func(s *rejoin.Script)
	}{
		{"no steps", "", "", func(s *rejoin.Script) { s.Steps = nil }},
		{"too many steps", "", "", func(s *rejoin.Script) {
			for n := range rejoin.MaxSteps {
				s.Steps = append(s.Steps, rejoin.Step{ID: "more" + string(rune('a'+n)), Kind: rejoin.StepMessage, Text: text("Hi")})
			}
		}},
		{"a long nickname", "", "nickname", func(s *rejoin.Script) { s.Nickname = text(strings.Repeat("x", 61)) }},
		{"a bad id", "", "", func(s *rejoin.Script) { s.Steps[5].ID = "no way" }},
		{"end as an id", "", "", func(s *rejoin.Script) { s.Steps[5].ID, s.Steps[3].Failed = "end", "e" }},
		{"an id twice", "", "", func(s *rejoin.Script) { s.Steps[5].ID, s.Steps[3].Failed = "e", "e" }},
		{"no such kind", "a", "kind", func(s *rejoin.Script) { s.Steps[0].Kind = "dance" }},
		{"nothing said", "a", "text", func(s *rejoin.Script) { s.Steps[0].Text = text("  ") }},
		{"a language that is none", "a", "text", func(s *rejoin.Script) { s.Steps[0].Text.In = map[string]string{"xx": "Hi"} }},
		{"leads nowhere", "a", "next", func(s *rejoin.Script) { s.Steps[0].Next = "gone" }},
		{"an answer nobody gives", "a", "text", func(s *rejoin.Script) { s.Steps[0].Text = text("{{answer.gone}}") }},
		{"a field that is none", "a", "text", func(s *rejoin.Script) { s.Steps[0].Text = text("{{field.gone}}") }},
		{"a placeholder that is none", "a", "text", func(s *rejoin.Script) { s.Steps[0].Text = text("{{user.shoe}}") }},
		{"an input that is none", "b", "input", func(s *rejoin.Script) { s.Steps[1].Input = "mind" }},
		{"one option", "b", "options", func(s *rejoin.Script) { s.Steps[1].Options = s.Steps[1].Options[:1] }},
		{"the same option twice", "b", "options", func(s *rejoin.Script) { s.Steps[1].Options[1].Text = text(" x!") }},
		{"an option's id twice", "b", "options", func(s *rejoin.Script) { s.Steps[1].Options[1].ID = "x" }},
		{"an option leads nowhere", "b", "options", func(s *rejoin.Script) { s.Steps[1].Options[1].Next = "gone" }},
		{"a bad name", "b", "name", func(s *rejoin.Script) { s.Steps[1].Name = "my topic" }},
		{"a name twice", "b", "name", func(s *rejoin.Script) { s.Steps[1].Name = "api" }},
		{"saved as the address", "b", "save_to", func(s *rejoin.Script) { s.Steps[1].SaveTo = "email" }},
		{"saved nowhere", "b", "save_to", func(s *rejoin.Script) { s.Steps[1].SaveTo = "field:gone" }},
		{"a way leads nowhere", "c", "ways", func(s *rejoin.Script) { s.Steps[2].Ways[0].Next = "gone" }},
		{"a condition about time", "c", "ways", func(s *rejoin.Script) {
			s.Steps[2].Ways[0].All[0] = rejoin.Condition{Subject: rejoin.UnreadFor, Op: rejoin.OpFor, For: 60}
		}},
		{"a condition that is none", "c", "ways", func(s *rejoin.Script) { s.Steps[2].Ways[0].All[0].Op = "smells_like" }},
		{"a condition on no answer", "c", "ways", func(s *rejoin.Script) { s.Steps[2].Ways[0].All[0].Key = "gone" }},
		{"a failure leads nowhere", "d", "failed", func(s *rejoin.Script) { s.Steps[3].Failed = "gone" }},
		{"a method that is none", "d", "request", func(s *rejoin.Script) { s.Steps[3].Request.Method = "DELETE" }},
		{"a placeholder as the host", "d", "request", func(s *rejoin.Script) { s.Steps[3].Request.URL = "https://{{answer.topic}}/x" }},
		{"half an address", "d", "request", func(s *rejoin.Script) { s.Steps[3].Request.URL = "api.example.com" }},
		{"a user in the address", "d", "request", func(s *rejoin.Script) { s.Steps[3].Request.URL = "https://me:pw@api.example.com/" }},
		{"a bad header", "d", "request", func(s *rejoin.Script) { s.Steps[3].Request.Headers = []rejoin.Header{{Name: "a b"}} }},
		{"a lost secret", "d", "request", func(s *rejoin.Script) { s.Steps[3].Request.Secret = rejoin.KeptSecret }},
		{"a list for nobody", "d", "request", func(s *rejoin.Script) { s.Steps[3].Request.List, s.Steps[3].Request.ListFor = "x", "a" }},
		{"no action", "e", "action", func(s *rejoin.Script) { s.Steps[4].Action = nil }},
		{"a tag that is none", "e", "action", func(s *rejoin.Script) { s.Steps[4].Action.Tags = []string{"gone"} }},
		{"an action for others", "e", "action", func(s *rejoin.Script) { s.Steps[4].Action = &rejoin.Action{Kind: rejoin.DoSendFollowUp} }},
		{"an agent who has left", "e", "action", func(s *rejoin.Script) { s.Steps[4].Action = &rejoin.Action{Kind: rejoin.DoAssign, AgentID: "gone"} }},
		{"a queue that is gone", "f", "queue_id", func(s *rejoin.Script) { s.Steps[5].QueueID = "gone" }},
		{"a bot that is gone", "f", "bot_id", func(s *rejoin.Script) { s.Steps[5].BotID = "gone" }},
		{"stars of a custom bot", "f", "kind", func(s *rejoin.Script) { s.Steps[5] = rejoin.Step{ID: "f", Kind: rejoin.StepRating, Text: text("How?")} }},
		{"a circle", "a", "next", func(s *rejoin.Script) { s.Steps = circle }},
		{"no way out", "a", "next", func(s *rejoin.Script) {
			s.Steps = []rejoin.Step{{ID: "a", Kind: rejoin.StepQuestion, Input: rejoin.InputText, Text: text("Hi?"), Next: "a"}}
		}},
	} {
		s := rejoin.Script{Steps: good()}
		row.bad(&s)
		problems := Check(s, rejoin.CustomBot, known())
		if !slices.ContainsFunc(problems, func(p Problem) bool { return p.StepID == row.step && p.Field == row.field && p.Text != "" }) {
			t.Errorf("%s: the problems are %+v", row.what, problems)
		}
	}
	for _, p := range Check(rejoin.Script{Steps: good()}, rejoin.FeedbackBot, known()) {
		if p.Field != "kind" || p.StepID != "d" && p.StepID != "f" {
			t.Errorf("a feedback bot: %+v", p)
		}
	}
}

func TestRead(t *testing.T) {
	in := rejoin.Input{Type: rejoin.InputChoice, Options: []rejoin.InputOption{{ID: "blue", Text: "Blau (hell)"}, {ID: "2", Text: "Rot"}, {ID: "c", Text: "緑"}}}
	for _, row := range []struct {
		in    rejoin.InputType
		given string
		value string // "" where it does not fit
		body  string
	}{
		{rejoin.InputText, " yes ", "yes", "yes"}, {rejoin.InputText, strings.Repeat("x", 2001), "", ""}, {rejoin.InputText, "\x00 ", "", ""},
		{rejoin.InputEmail, "Ada@Example.org", "ada@example.org", "ada@example.org"}, {rejoin.InputEmail, "ada@", "", ""},
		{rejoin.InputNumber, "12", "12", "12"}, {rejoin.InputNumber, "-3,5", "-3.5", "-3.5"}, {rejoin.InputNumber, "١٢٫", "", ""}, {rejoin.InputNumber, "१२", "12", "12"},
		{rejoin.InputNumber, "1e9", "", ""}, {rejoin.InputNumber, "NaN", "", ""}, {rejoin.InputNumber, "1.2.3", "", ""}, {rejoin.InputNumber, "about 3", "", ""},
		{rejoin.InputDate, "2026-03-31", "2026-03-31", "2026-03-31"}, {rejoin.InputDate, "31.3.2026", "2026-03-31", "2026-03-31"}, {rejoin.InputDate, "3/31/2026", "2026-03-31", "2026-03-31"},
		{rejoin.InputDate, "3/4/2026", "", ""}, {rejoin.InputDate, "5/5/2026", "2026-05-05", "2026-05-05"}, {rejoin.InputDate, "2026-02-30", "", ""}, {rejoin.InputDate, "tomorrow", "", ""},
		{rejoin.InputDate, "۲۰۲۶-۰۳-۳۱", "2026-03-31", "2026-03-31"},
		{rejoin.InputYesNo, "JA!", "yes", "Ja"}, {rejoin.InputYesNo, "no", "no", "Nein"}, {rejoin.InputYesNo, "maybe", "", ""},
		{rejoin.InputChoice, "blue", "blue", "Blau (hell)"}, {rejoin.InputChoice, "blau hell", "blue", "Blau (hell)"}, {rejoin.InputChoice, "2", "2", "Rot"},
		{rejoin.InputChoice, "3", "c", "緑"}, {rejoin.InputChoice, "4", "", ""}, {rejoin.InputChoice, "緑", "c", "緑"}, {rejoin.InputChoice, "!", "", ""},
		{rejoin.InputStars, "4", "4", "★★★★☆"}, {rejoin.InputStars, "3 / 5", "3", "★★★☆☆"}, {rejoin.InputStars, "★★", "2", "★★☆☆☆"}, {rejoin.InputStars, "6", "", ""}, {rejoin.InputStars, "0", "", ""},
		{rejoin.InputFile, "see it", "", ""},
	} {
		q := in
		if q.Type = row.in; row.in == rejoin.InputYesNo {
			q.Options = []rejoin.InputOption{{ID: "yes", Text: "Ja"}, {ID: "no", Text: "Nein"}}
		}
		value, body, err := read(q, Given{Body: row.given})
		if value != row.value || body != row.body || (err == nil) != (row.value != "") {
			t.Errorf("%s %q: %q, %q, %v", row.in, row.given, value, body, err)
		}
	}
	if value, _, err := read(rejoin.Input{Type: rejoin.InputFile}, Given{Files: []string{"a.pdf", "b.pdf"}}); value != "a.pdf, b.pdf" || err != nil {
		t.Errorf("files: %q, %v", value, err)
	}
}
