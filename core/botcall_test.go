package core_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"rejoin"
	"rejoin/core"
	"rejoin/outbound"
	"rejoin/rejointest"
	"rejoin/serve"
)

// program is a customer's: it answers with what the test says, and remembers what it was asked.
type program struct {
	*httptest.Server
	mu     sync.Mutex
	answer func(w http.ResponseWriter, r *http.Request)
	asked  []string // method, address, body
	ids    []string // of the requests
}

func newProgram(t *testing.T) *program {
	p := &program{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		p.mu.Lock()
		p.asked = append(p.asked, r.Method+" "+r.URL.RequestURI()+" "+string(body))
		p.ids = append(p.ids, r.Header.Get("X-Hs-Request-Id"))
		answer := p.answer
		p.mu.Unlock()
		if id := r.Header.Get("X-Rejoin-Request-Id"); id == "" || id != r.Header.Get("X-Hs-Request-Id") {
			t.Errorf("the request has the ids %q", id)
		}
		answer(w, r)
	}))
	t.Cleanup(p.Close)
	return p
}

// says makes the program answer with a status and a body.
func (p *program) says(status int, body string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answer = func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// lookUp asks for an order, calls the program, and offers what it brings.
func lookUp(url, failed string) []rejoin.Step {
	return []rejoin.Step{
		{ID: "number", Kind: rejoin.StepQuestion, Name: "order", Input: rejoin.InputText, Text: text("Which order?")},
		{ID: "call", Kind: rejoin.StepRequest, Name: "shop", Failed: failed, Request: &rejoin.Request{Method: "POST", URL: url + "/orders/{{answer.order}}?by={{user.name}}",
			Body: []rejoin.Header{{Name: "order", Value: "{{answer.order}}"}, {Name: "tax", Value: "{{field.order}}"}}, List: "items", ListFor: "item"}},
		{ID: "late", Kind: rejoin.StepBranch, Ways: []rejoin.Way{{All: []rejoin.Condition{{Subject: rejoin.OnAnswer, Key: "shop.late", Op: rejoin.OpIs, Values: []string{"true"}}}, Next: "sorry"}},
			Next: "item"},
		{ID: "sorry", Kind: rejoin.StepMessage, Text: text("Order {{answer.shop.order.id}} is late.")},
		{ID: "item", Kind: rejoin.StepQuestion, Name: "item", Input: rejoin.InputChoice, Text: text("Which item?")},
		{ID: "bye", Kind: rejoin.StepMessage, Text: text("{{answer.item}}, due {{answer.shop.due}}."), Next: rejoin.StepEnd},
		{ID: "oops", Kind: rejoin.StepMessage, Text: text("We cannot look it up now.")},
	}
}

func TestExternalRequest(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		p := newProgram(t)
		botOffice(s)
		careful := publish(s, "Careful", rejoin.CustomBot, lookUp(p.URL, "oops")...)
		plain := publish(s, "Plain", rejoin.CustomBot, lookUp(p.URL, "")...)
		ask := func(b core.BotPage) *rejointest.Visitor {
			v := s.VisitKnown("Hi", "Ada", "ada@example.org")
			start(s, v, b.ID)
			v.Say("../7&x=<b>")
			return v
		}
		p.says(200, `{"order":{"id":7},"late":true,"due":"2026-03-31","items":["Tent","Mug","Tent",""],"mixed":["a",1],"rows":[{"a":1}],"none":null}`)
		v := ask(careful)
		if err := answer(s, v, "list-2"); err != nil {
			t.Fatal(err)
		}
		got := said(s, v)
		wantLines(t, "they said", got[len(got)-4:], "Robin: Order 7 is late.", "Robin: Which item?", "> Mug", "Robin: Mug, due 2026-03-31.")
		wantLines(t, "the program was asked", p.asked, `POST /orders/%2E%2E%2F7&x=%3Cb%3E?by=Ada {"order":"../7\u0026x=\u003cb\u003e","tax":null}`)

		for _, row := range []struct {
			status     int
			body, told string
		}{
			{500, `{}`, "status 500"}, {302, ``, "redirect"}, {200, `[1]`, "not a JSON object"}, {200, `{"a":1`, "not a JSON object"},
			{200, strings.Repeat(" ", outbound.MaxResponse) + "{}", "more than 100 KB"},
		} {
			p.says(row.status, row.body)
			v := ask(careful)
			got, told := said(s, v), notes(s, v)
			if got[len(got)-1] != "Robin: We cannot look it up now." || !strings.Contains(told[1], row.told) || told[len(told)-1] != "bot Careful done " {
				t.Errorf("%d %.10q: they said %q, the timeline says %q", row.status, row.body, got, told)
			}
			v = ask(plain)
			got, told = said(s, v), notes(s, v)
			if last := told[len(told)-1]; got[len(got)-1] != "Robin: Thank you. A colleague will take over from here." || !strings.HasPrefix(last, "bot Plain failed ") ||
				!strings.Contains(last, row.told) || s.Load(v.Issue.ID).Issue.State != rejoin.New {
				t.Errorf("%d %.10q: they said %q, the timeline says %q", row.status, row.body, got, told)
			}
		}
		p.says(200, "[1]")
		tested, err := s.Core.Bots.TestRequest(t.Context(), s.Maya, plain.ID, core.TestRequest{Request: rejoin.Request{Method: "GET", URL: p.URL + "/x/{{answer.a}}"},
			Values: map[string]string{"answer.a": "b c"}})
		if err != nil || tested.Status != 200 || tested.Problem == "" || p.asked[len(p.asked)-1] != "GET /x/b%20c " {
			t.Errorf("the test answers %+v, %v after %q", tested, err, p.asked[len(p.asked)-1])
		}
	})
}

// A customer's program is an address like any other: one in our own network is not called, and the visitor hears of people, not of that.
func TestExternalRequestStaysOutside(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		guarded := s.Another(func(c *serve.Config) { c.Outbound = outbound.New(nil, false) })
		p := newProgram(t)
		p.says(200, `{}`)
		b := publish(botOffice(s), "Plain", rejoin.CustomBot, lookUp(strings.Replace(p.URL, "http:", "https:", 1), "")...)
		v := guarded.VisitKnown("Hi", "Ada", "ada@example.org")
		start(guarded, v, b.ID)
		v.Say("7")
		if told := notes(s, v); len(p.asked) > 0 || !strings.Contains(told[len(told)-1], "not on the public internet") {
			t.Errorf("the program was asked %q; the timeline says %q", p.asked, told)
		}
	})
}

// TestPromise_ExternalRequestOnce: whoever dies in the middle of a call has it made again, with the same id, and the bot goes on once.
func TestPromise_ExternalRequestOnce(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		p := newProgram(t)
		b := publish(botOffice(s), "Careful", rejoin.CustomBot, lookUp(p.URL, "oops")...)
		v := s.VisitKnown("Hi", "Ada", "ada@example.org")
		start(s, v, b.ID)
		other, calls := s.Another(), atomic.Int64{}
		p.answer = func(w http.ResponseWriter, _ *http.Request) {
			if calls.Add(1) == 1 { // while this call hangs, another node takes it over and is done
				if err := other.Core.Bots.Call(context.Background(), rejoin.Job{Key: v.Issue.ID}); err != nil {
					t.Error(err)
				}
			}
			_, _ = io.WriteString(w, `{"late":false,"items":["Tent","Mug"]}`)
		}
		v.Say("7")
		if len(p.ids) != 2 || p.ids[0] != p.ids[1] || p.ids[0] == "" {
			t.Errorf("the program was asked with the ids %q", p.ids)
		}
		got := said(s, v)
		if n := len(slices.DeleteFunc(slices.Clone(got), func(line string) bool { return line != "Robin: Which item?" })); n != 1 || got[len(got)-1] != "Robin: Which item?" {
			t.Errorf("they said %q, which should end with the question", got)
		}
	})
}

// TestFeedbackBot asks after a conversation was resolved, instead of the stars.
func TestFeedbackBot(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx := t.Context()
		b := publish(s, "How was it", rejoin.FeedbackBot,
			rejoin.Step{ID: "stars", Kind: rejoin.StepRating, Text: text("How was it?")},
			rejoin.Step{ID: "bad", Kind: rejoin.StepQuestion, Input: rejoin.InputText, Skip: true, Text: text("What could be better?")},
			rejoin.Step{ID: "bye", Kind: rejoin.StepMessage, Text: text("Thank you!")})
		custom := publish(s, "Custom", rejoin.CustomBot, rejoin.Step{ID: "a", Kind: rejoin.StepMessage, Text: text("Hi")})
		setBots(s, func(a *core.AppBots) { a.FeedbackBotID = b.ID })
		if _, err := s.Core.Bots.SetOfApp(ctx, s.Maya, s.Made.App.ID, core.AppBots{IdentityBot: rejoin.DefaultIdentityBot(), FeedbackBotID: custom.ID}); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("a custom bot asks for feedback: %v", err)
		}
		resolved := func() *rejointest.Visitor {
			v := s.VisitKnown("Hi", "Ada", "ada@example.org")
			s.End(v, rejoin.Resolved)
			if _, err := s.Core.Endings.Resolve(ctx, v.Token, v.Issue.ID, core.Answer{ClientID: s.NewClientID(), Accepted: true}); err != nil {
				t.Fatal(err)
			}
			return v
		}
		v := resolved()
		if i := s.Load(v.Issue.ID).Issue; i.Ending.Closing != rejoin.AskRating || i.Bot.Asking != rejoin.AskAnswer || i.State != rejoin.Resolved {
			t.Fatalf("the issue is %+v", i)
		}
		if _, err := s.Core.Messages.SendAsUser(ctx, v.Token, v.Issue.ID, core.UserSend{ClientID: s.NewClientID(), Body: "Hello?"}); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("anything but an answer: %v", err)
		}
		for _, a := range []string{"4", "It took long."} {
			if err := answer(s, v, a); err != nil {
				t.Fatal(err)
			}
		}
		i := s.Load(v.Issue.ID).Issue
		if i.Ending.Rating != 4 || i.Ending.Comment != "It took long." || i.Ending.Closing != rejoin.Ended || i.State != rejoin.Resolved {
			t.Errorf("the issue is %+v", i.Ending)
		}
		got := said(s, v)
		wantLines(t, "they said", got[len(got)-5:], "Robin: How was it?", "> ★★★★☆", "Robin: What could be better?", "> It took long.", "Robin: Thank you!")
		if err := answer(s, v, "5"); rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("an answer after the end: %v", err)
		}

		v = resolved()
		for range 2 {
			if err := answer(s, v, ""); err != nil {
				t.Fatal(err)
			}
		}
		if e := s.Load(v.Issue.ID).Issue.Ending; e.Rating != 0 || e.Closing != rejoin.Ended {
			t.Errorf("nothing said: %+v", e)
		}
		v = resolved()
		if err := s.Core.Issues.Reopen(ctx, s.Maya, v.Issue.ID, ""); err != nil {
			t.Fatal(err)
		}
		if th := s.Load(v.Issue.ID); th.Bot != nil || th.Issue.Bot.Asking != "" || th.Issue.Ending.Closing != rejoin.NotClosing {
			t.Errorf("reopened: %+v %+v", th.Bot, th.Issue)
		}
		if _, err := s.Core.Bots.Archive(ctx, s.Maya, b.ID, true); err != nil {
			t.Fatal(err)
		}
		if e := s.Load(resolved().Issue.ID).Issue; e.Ending.Closing != rejoin.AskRating || e.Bot.Asking != "" {
			t.Errorf("without its bot the conversation asks for stars: %+v", e)
		}
	})
}
