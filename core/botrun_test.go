package core_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"rejoin"
	"rejoin/core"
	"rejoin/rejointest"
)

// text is a text in one language.
func text(s string) rejoin.LocalText { return rejoin.LocalText{Text: s} }

// publish makes a bot of the steps and publishes it.
func publish(s *rejointest.Server, name string, kind rejoin.BotKind, steps ...rejoin.Step) core.BotPage {
	s.T.Helper()
	p, err := s.Core.Bots.Make(s.T.Context(), s.Maya, core.NewBot{Name: name, Kind: kind})
	if err != nil {
		s.T.Fatal(err)
	}
	return republish(s, p, steps...)
}

// republish gives a bot other steps, as its next version.
func republish(s *rejointest.Server, p core.BotPage, steps ...rejoin.Step) core.BotPage {
	s.T.Helper()
	p, err := s.Core.Bots.Save(s.T.Context(), s.Maya, p.ID, core.SaveBot{Name: p.Name, Draft: rejoin.Script{Nickname: text("Robin"), Steps: steps}, Revision: p.Revision})
	if err != nil {
		s.T.Fatal(err)
	}
	if len(p.Problems) > 0 {
		s.T.Fatalf("the bot has problems: %+v", p.Problems)
	}
	if p, err = s.Core.Bots.Publish(s.T.Context(), s.Maya, p.ID, p.Revision); err != nil {
		s.T.Fatal(err)
	}
	return p
}

// orderHelp is a bot with most kinds of steps.
func orderHelp() []rejoin.Step {
	return []rejoin.Step{
		{ID: "hello", Kind: rejoin.StepMessage, Text: text("Hello {{user.name|there}}!")},
		{ID: "topic", Kind: rejoin.StepQuestion, Name: "topic", Input: rejoin.InputChoice, Text: text("What is it about?"), Options: []rejoin.Option{
			{ID: "order", Text: rejoin.LocalText{Text: "My order", In: map[string]string{"de": "Meine Bestellung"}}}, {ID: "other", Text: text("Something else"), Next: "people"}}},
		{ID: "number", Kind: rejoin.StepQuestion, Name: "order", Input: rejoin.InputNumber, Text: text("Which order?"), Skip: true, SaveTo: "field:order"},
		{ID: "which", Kind: rejoin.StepBranch, Ways: []rejoin.Way{
			{All: []rejoin.Condition{{Subject: rejoin.OnAnswer, Key: "order", Op: rejoin.OpAbove, Values: []string{"1000"}}}, Next: "new"}}, Next: "old"},
		{ID: "new", Kind: rejoin.StepMessage, Text: text("{{answer.topic}}: {{answer.order}} is new."), Next: "tag"},
		{ID: "old", Kind: rejoin.StepMessage, Text: text("{{answer.order|It}} is old."), Next: "tag"},
		{ID: "tag", Kind: rejoin.StepAction, Action: &rejoin.Action{Kind: rejoin.DoAddTags, Tags: []string{"order"}}},
		{ID: "people", Kind: rejoin.StepHandOver},
	}
}

// botOffice is a server with what orderHelp names.
func botOffice(s *rejointest.Server) *rejointest.Server {
	s.T.Helper()
	if _, err := s.Core.Labels.AddTag(s.T.Context(), s.Maya, "order"); err != nil {
		s.T.Fatal(err)
	}
	if _, err := s.Core.Labels.AddField(s.T.Context(), s.Maya, rejoin.CustomField{Key: "order", Label: "Order", Type: rejoin.Number}); err != nil {
		s.T.Fatal(err)
	}
	return s
}

// start lets a bot begin in the visitor's conversation.
func start(s *rejointest.Server, v *rejointest.Visitor, id string) {
	s.T.Helper()
	if err := s.Core.Bots.StartOn(s.T.Context(), s.Maya, v.Issue.ID, id); err != nil {
		s.T.Fatal(err)
	}
	s.Settle()
}

// answer sends an answer to the open question; the error is what the visitor's form shows.
func answer(s *rejointest.Server, v *rejointest.Visitor, body string) error {
	s.T.Helper()
	_, err := s.Core.Messages.SendAsUser(s.T.Context(), v.Token, v.Issue.ID, core.UserSend{ClientID: s.NewClientID(), Body: body,
		Answers: s.Load(v.Issue.ID).Issue.Bot.AskedSeq, Skip: body == ""})
	s.Settle()
	return err
}

// said is what the bot and the visitor have said since the first message, a line each.
func said(s *rejointest.Server, v *rejointest.Visitor) (lines []string) {
	s.T.Helper()
	for _, m := range s.Load(v.Issue.ID).Messages {
		who := map[rejoin.Origin]string{rejoin.FromUser: "> ", rejoin.FromBot: m.AuthorName + ": ", rejoin.FromAgent: "agent: "}[m.Origin]
		lines = append(lines, who+m.Body)
	}
	return lines
}

// notes is what the timeline says of bots.
func notes(s *rejointest.Server, v *rejointest.Visitor) (lines []string) {
	s.T.Helper()
	for _, e := range s.Load(v.Issue.ID).Events {
		if e.Kind == rejoin.EventBot {
			lines = append(lines, string(e.Actor.Kind)+" "+e.Data.Bot.Name+" "+string(e.Data.Bot.State)+" "+e.Data.Bot.Text)
		}
	}
	return lines
}

func wantLines(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestCustomBot(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		p := publish(botOffice(s), "Order help", rejoin.CustomBot, orderHelp()...)
		v := s.VisitKnown("Hi", "Ada", "ada@example.org")
		start(s, v, p.ID)
		if err := answer(s, v, "nonsense"); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("an answer that does not fit: %v", err)
		}
		if err := answer(s, v, "order"); err != nil {
			t.Fatal(err)
		}
		v.Say("I do not know it")
		republish(s, p, rejoin.Step{ID: "new", Kind: rejoin.StepMessage, Text: text("Another version")})
		v.Say("it is 1042.5")
		v.Say("1 042,5")
		got := said(s, v)
		again := "Robin: Sorry, I could not use that answer. Please try once more.\n\nWhich order?"
		wantLines(t, "they said", got[len(got)-10:], "Robin: Hello Ada!", "Robin: What is it about?", "> My order", "Robin: Which order?", "> I do not know it", again,
			"> it is 1042.5", again, "> 1 042,5", "Robin: My order: 1042.5 is new.")
		wantLines(t, "the timeline says", notes(s, v), "agent Order help waiting ", "bot Order help handed_over ")
		i := s.Load(v.Issue.ID)
		if i.Issue.Fields["order"].Value != "1042.5" || !slices.Contains(i.Issue.Tags, "order") || i.Issue.State != rejoin.New || i.Issue.Bot.Asking != "" || i.Bot != nil {
			t.Errorf("the issue is %+v", i.Issue)
		}
		if f := i.FollowUp; f == nil || f.State != rejoin.FollowUpWaiting {
			t.Errorf("the bot's unread messages are followed up: %+v", f)
		}
	})
}

// TestBotEnds is about every way in which a bot's work ends.
func TestBotEnds(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx := t.Context()
		first := publish(botOffice(s), "Order help", rejoin.CustomBot, orderHelp()...)
		second := publish(s, "Second", rejoin.CustomBot, rejoin.Step{ID: "q", Kind: rejoin.StepQuestion, Input: rejoin.InputText, Text: text("Well?")},
			rejoin.Step{ID: "first", Kind: rejoin.StepHandOver, BotID: first.ID})
		const promise = "Robin: Thank you. A colleague will take over from here."
		for name, row := range map[string]struct {
			do     func(v *rejointest.Visitor) error
			said   string // the last message
			notes  string // the last line
			goesOn bool
		}{
			"an agent's answer": {func(v *rejointest.Visitor) error { s.Reply(v, "I am here."); return nil }, "agent: I am here.", "agent Order help stopped ", false},
			"assignment by hand": {func(v *rejointest.Visitor) error {
				return s.Core.Issues.Assign(ctx, s.Maya, v.Issue.ID, s.Maya.ID, nil)
			},
				"Robin: What is it about?", "agent Order help stopped ", false},
			"resolved": {func(v *rejointest.Visitor) error { s.End(v, rejoin.Resolved); return nil }, "Robin: What is it about?", "agent Order help stopped ", false},
			"rejected": {func(v *rejointest.Visitor) error { s.End(v, rejoin.Rejected); return nil }, "Robin: What is it about?", "agent Order help stopped ", false},
			"by hand": {func(v *rejointest.Visitor) error { return s.Core.Bots.StartOn(ctx, s.Maya, v.Issue.ID, "") },
				"Robin: What is it about?", "agent Order help stopped ", false},
			"another bot": {func(v *rejointest.Visitor) error { return s.Core.Bots.StartOn(ctx, s.Maya, v.Issue.ID, second.ID) }, "Robin: Well?", "agent Second waiting ", true},
			"the wrong answers": {func(v *rejointest.Visitor) error { v.Say("what"); v.Say("is"); v.Say("this"); return nil }, promise,
				"bot Order help handed_over The answers did not fit the question.", false},
			"archived meanwhile": {func(v *rejointest.Visitor) error {
				if _, err := s.Core.Bots.Archive(ctx, s.Maya, first.ID, true); err != nil {
					return err
				}
				defer func() { _, _ = s.Core.Bots.Archive(ctx, s.Maya, first.ID, false) }()
				if err := s.Core.Bots.StartOn(ctx, s.Maya, v.Issue.ID, first.ID); rejoin.CodeOf(err) != rejoin.Invalid {
					t.Errorf("an archived bot begins: %v", err)
				}
				if err := s.Core.Bots.StartOn(ctx, s.Maya, v.Issue.ID, second.ID); err != nil {
					return err
				}
				return answer(s, v, "Well.")
			}, promise, "bot Second failed The bot Order help is archived, or was never published.", false},
		} {
			v := s.VisitKnown("Hi", "Ada", "ada@example.org")
			start(s, v, first.ID)
			if err := row.do(v); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			s.Settle()
			lines, told := said(s, v), notes(s, v)
			if lines[len(lines)-1] != row.said || told[len(told)-1] != row.notes {
				t.Errorf("%s: the last message is %q, the timeline says %q", name, lines[len(lines)-1], told)
			}
			if i := s.Load(v.Issue.ID); (i.Bot != nil) != row.goesOn || (i.Issue.Bot.Asking != "") != row.goesOn {
				t.Errorf("%s: a bot is at work: %+v, asking %q", name, i.Bot, i.Issue.Bot.Asking)
			}
		}
	})
}

// TestBotSecrets: what an administrator has typed never comes back, and goes to no other server.
func TestBotSecrets(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx := t.Context()
		script := func(url, secret, header string) rejoin.Script {
			return rejoin.Script{Steps: []rejoin.Step{{ID: "call", Kind: rejoin.StepRequest, Name: "api", Request: &rejoin.Request{Method: "GET", URL: url,
				User: "shop", Secret: secret, Headers: []rejoin.Header{{Name: "X-Key", Value: header, Secret: true}}}}}}
		}
		p, err := s.Core.Bots.Make(ctx, s.Maya, core.NewBot{Name: "Calls", Kind: rejoin.CustomBot})
		if err != nil {
			t.Fatal(err)
		}
		save := func(d rejoin.Script) core.BotPage {
			t.Helper()
			if p, err = s.Core.Bots.Save(ctx, s.Maya, p.ID, core.SaveBot{Name: "Calls", Draft: d, Revision: p.Revision}); err != nil {
				t.Fatal(err)
			}
			if seen, _ := json.Marshal(p); strings.Contains(string(seen), "hush") {
				t.Errorf("the dashboard sees a secret: %s", seen)
			}
			return p
		}
		save(script("https://api.example.com/a", "hush 1", "hush 2"))
		save(p.Draft) // as the dashboard has got it
		if p, err = s.Core.Bots.Publish(ctx, s.Maya, p.ID, p.Revision); err != nil || p.Changed {
			t.Fatalf("publishing: %v, changed %v", err, p.Changed)
		}
		if save(script("https://api.example.com/b", rejoin.KeptSecret, rejoin.KeptSecret)); len(p.Problems) != 0 {
			t.Errorf("another path of the same server: %+v", p.Problems)
		}
		if save(script("https://evil.example/b", rejoin.KeptSecret, rejoin.KeptSecret)); len(p.Problems) != 2 {
			t.Errorf("another server gets the secrets: %+v", p.Problems)
		}
		in := core.TestRequest{StepID: "call", Request: *script("https://127.0.0.1/", rejoin.KeptSecret, rejoin.KeptSecret).Steps[0].Request}
		if _, err := s.Core.Bots.TestRequest(ctx, s.Maya, p.ID, in); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("a test sends the secrets elsewhere: %v", err)
		}
		if save(script("https://api.example.com/a", rejoin.KeptSecret, rejoin.KeptSecret)); len(p.Problems) != 0 || p.Changed {
			t.Errorf("as it was published: %+v, changed %v", p.Problems, p.Changed)
		}
		versions, err := s.Core.Bots.Versions(ctx, s.Maya, p.ID)
		if seen, _ := json.Marshal(versions); err != nil || len(versions) != 1 || strings.Contains(string(seen), "hush") {
			t.Errorf("the versions are %s, %v", seen, err)
		}
		if _, err := s.Core.Bots.Save(ctx, s.Maya, p.ID, core.SaveBot{Name: "Calls", Draft: p.Draft, Revision: 1}); rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("an old revision: %v", err)
		}
	})
}

// TestBotsAndStrangers: a link opens one conversation and teaches nothing about the user, what the host site says is not overwritten, and bots are their
// domain's.
func TestBotsAndStrangers(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx := t.Context()
		p := publish(s, "Asks", rejoin.CustomBot,
			rejoin.Step{ID: "email", Kind: rejoin.StepQuestion, Input: rejoin.InputEmail, SaveTo: "email", Text: text("Your address?")},
			rejoin.Step{ID: "bye", Kind: rejoin.StepMessage, Text: text("Noted.")})
		setBots(s, func(b *core.AppBots) { b.On = false })
		typed := s.Visit("Hi")
		start(s, typed, p.ID)
		if err := answer(s, typed, "ada@example.org"); err != nil {
			t.Fatal(err)
		}
		if u := s.Load(typed.Issue.ID).User; u.Email != "ada@example.org" || u.EmailSource != rejoin.TypedEmail {
			t.Errorf("the address is %q (%s)", u.Email, u.EmailSource)
		}
		named := s.VisitAs(s.Signed("77", ""), "Hi", core.Beginning{})
		start(s, named, p.ID)
		if err := answer(s, named, "boss@example.org"); err != nil {
			t.Fatal(err)
		}
		private := s.VisitAs(core.Claim{}, "Hi", core.Beginning{FullPrivacy: true})
		start(s, private, p.ID)
		if err := answer(s, private, "ada@example.org"); err != nil {
			t.Fatal(err)
		}
		for what, v := range map[string]*rejointest.Visitor{"somebody who is logged in": named, "full privacy": private} {
			if th := s.Load(v.Issue.ID); th.User.Email != "" || th.Messages[len(th.Messages)-1].Body != "Noted." {
				t.Errorf("%s: the address is %q after %q", what, th.User.Email, said(s, v))
			}
		}

		start(s, typed, p.ID)
		asked := s.Load(typed.Issue.ID).Issue.Bot.AskedSeq
		_, err := s.Core.Messages.SendAsUser(ctx, named.Token, typed.Issue.ID, core.UserSend{ClientID: s.NewClientID(), Body: "eve@example.org", Answers: asked})
		if rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("another visitor answers: %v", err)
		}
		other := s.Second().Admin
		if err := s.Core.Bots.StartOn(ctx, other, typed.Issue.ID, p.ID); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("another company starts a bot: %v", err)
		}
		theirs, err := s.Core.Bots.Make(ctx, other, core.NewBot{Name: "Theirs", Kind: rejoin.CustomBot})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Core.Bots.StartOn(ctx, s.Maya, typed.Issue.ID, theirs.ID); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("another company's bot begins: %v", err)
		}
		if _, err := s.Core.Bots.Make(ctx, s.Maya, core.NewBot{Name: "Copy", From: theirs.ID}); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("another company's bot is copied: %v", err)
		}
		if got := s.Load(typed.Issue.ID); got.Bot == nil || got.Bot.Name != "Asks" {
			t.Errorf("the bot at work is %+v", got.Bot)
		}
	})
}

// TestTryIsWhatHappens: the preview of a draft says what the bot says.
func TestTryIsWhatHappens(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		p := publish(botOffice(s), "Order help", rejoin.CustomBot, orderHelp()...)
		v := s.VisitKnown("Hi", "Ada", "ada@example.org")
		before := len(said(s, v))
		start(s, v, p.ID)
		in := core.TryBot{Draft: p.Draft, Platform: rejoin.Web, Language: "en", Open: true}
		var tried []string
		try := func(answer string) {
			t.Helper()
			in.Answer, in.Skip = answer, answer == "" && in.State != nil
			out, err := s.Core.Bots.Try(t.Context(), s.Maya, p.ID, in)
			if err != nil || out.Error != "" {
				t.Fatalf("trying %q: %v %s", answer, err, out.Error)
			}
			for _, l := range out.Said {
				if !l.Does {
					tried = append(tried, "Robin: "+strings.Replace(l.Text, "there", "Ada", 1))
				}
			}
			in.State = &out.State
		}
		try("")
		for _, a := range []string{"order", ""} {
			if err := answer(s, v, a); err != nil {
				t.Fatal(err)
			}
			try(a)
		}
		real := slices.DeleteFunc(said(s, v)[before:], func(line string) bool { return !strings.HasPrefix(line, "Robin: ") })
		wantLines(t, "tried", tried, real...)
		if in.State.Tags[0] != "order" {
			t.Errorf("the pretended conversation is %+v", in.State)
		}
	})
}
