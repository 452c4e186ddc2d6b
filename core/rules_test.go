package core_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/rejointest"
)

// automations keeps a domain's rules in tests.
type automations struct{ *rejointest.Server }

// add makes a rule that is on, and returns its id.
func (s automations) add(r rejoin.Rule) string {
	s.T.Helper()
	r.On = true
	made, err := s.Core.Rules.Set(s.T.Context(), s.Maya, "", r)
	if err != nil {
		s.T.Fatal(err)
	}
	s.Settle()
	return made.Rule.ID
}

func (s automations) tags(names ...string) {
	s.T.Helper()
	for _, name := range names {
		if _, err := s.Core.Labels.AddTag(s.T.Context(), s.Maya, name); err != nil {
			s.T.Fatal(err)
		}
	}
}

// ran is the names of the automations that ran in the issue, in their order.
func (s automations) ran(v *rejointest.Visitor) (names []string) {
	s.T.Helper()
	for _, e := range s.Load(v.Issue.ID).Events {
		if e.Kind == rejoin.EventRule {
			names = append(names, e.Data.Rule.Name)
		}
	}
	return names
}

func (s automations) expect(v *rejointest.Visitor, want ...string) {
	s.T.Helper()
	if diff := cmp.Diff(want, s.ran(v)); diff != "" {
		s.T.Errorf("the automations that ran (-want +got):\n%s", diff)
	}
}

func tagIs(name string) []rejoin.Condition {
	return []rejoin.Condition{{Subject: rejoin.OnTags, Op: rejoin.OpIs, Values: []string{name}}}
}

func tagIsNot(name string) []rejoin.Condition {
	return []rejoin.Condition{{Subject: rejoin.OnTags, Op: rejoin.OpIsNot, Values: []string{name}}}
}

func after(s rejoin.Subject, wait time.Duration) []rejoin.Condition {
	return []rejoin.Condition{{Subject: s, Op: rejoin.OpFor, For: rejoin.Seconds(wait / time.Second)}}
}

func addTag(names ...string) []rejoin.Action {
	return []rejoin.Action{{Kind: rejoin.DoAddTags, Tags: names}}
}

func removeTag(names ...string) []rejoin.Action {
	return []rejoin.Action{{Kind: rejoin.DoRemoveTags, Tags: names}}
}

func write(text string) rejoin.Action {
	return rejoin.Action{Kind: rejoin.DoMessage, Text: &rejoin.LocalText{Text: text}}
}

func TestRulesInOrderAndOnce(t *testing.T) {
	each(t, func(t *testing.T, server *rejointest.Server) {
		s := automations{server}
		s.tags("parcel", "urgent", "seen")
		old := s.Visit("Where is my parcel?") // before there was any automation
		s.Advance(time.Minute)
		parcel := []rejoin.Condition{{Subject: rejoin.OnFirstMessage, Op: rejoin.OpContains, Values: []string{"PARCEL"}}}
		urgent := s.add(rejoin.Rule{Name: "Urgent", Trigger: rejoin.OnNewIssue, All: tagIs("parcel"), Actions: addTag("urgent")})
		first := s.add(rejoin.Rule{Name: "Parcel", Trigger: rejoin.OnNewIssue, All: parcel, Actions: append(addTag("parcel"), write("Hello {{user.name|there}}, number {{issue.number}}{{field.none}}."))})
		s.add(rejoin.Rule{Name: "Once", Trigger: rejoin.OnUpdate, Any: parcel, Actions: []rejoin.Action{{Kind: rejoin.DoNote, Note: "{{user.name}} <b>writes</b>"}}})
		s.add(rejoin.Rule{Name: "Always", Trigger: rejoin.OnUpdate, Repeat: true, All: tagIs("parcel"), Actions: addTag("seen")})

		v := s.Visit("Where is my parcel?")
		s.expect(v, "Parcel") // Urgent stands before it and has found no tag
		if list := s.Load(v.Issue.ID).Messages; len(list) != 3 || list[1].Body != "Hello there, number 2." || list[1].Origin != rejoin.FromRule || list[1].AuthorName != "Acme" {
			t.Errorf("messages: %+v", list)
		}
		v.Say("Hello?")
		s.Settle()
		s.expect(v, "Parcel", "Once", "Always")
		v.Say("Anybody there?")
		s.Reply(v, "Yes.")
		s.Settle()
		s.expect(v, "Parcel", "Once", "Always", "Always", "Always")

		if _, err := s.Core.Rules.Order(t.Context(), s.Maya, []string{first, urgent}); err != nil {
			t.Fatal(err)
		}
		s.Advance(time.Minute)
		w := s.Visit("My parcel is late.")
		s.expect(w, "Parcel", "Urgent")
		s.expect(old)
		old.Say("Hello?")
		s.Settle()
		s.expect(old, "Once") // an update of an issue that began before
		if got := s.Load(w.Issue.ID).Issue.Tags; !cmp.Equal(got, []string{"parcel", "urgent"}) {
			t.Errorf("tags %v", got)
		}
	})
}

func TestRulesDoNotRunOnWhatRulesDo(t *testing.T) {
	each(t, func(t *testing.T, server *rejointest.Server) {
		s := automations{server}
		s.tags("a", "b")
		s.add(rejoin.Rule{Name: "On", Trigger: rejoin.OnUpdate, Repeat: true, All: tagIsNot("a"), Actions: addTag("a")})
		s.add(rejoin.Rule{Name: "Off", Trigger: rejoin.OnUpdate, Repeat: true, All: tagIs("a"), Actions: removeTag("a")})
		s.add(rejoin.Rule{Name: "Mailed", Trigger: rejoin.OnUpdate, Repeat: true, Actions: []rejoin.Action{write("We have mailed you.")},
			All: []rejoin.Condition{{Subject: rejoin.OnFollowUp, Op: rejoin.OpIs, Values: []string{"sent"}}}})
		s.add(rejoin.Rule{Name: "Nudge", Trigger: rejoin.OnTime, Repeat: true, All: after(rejoin.UserSilentFor, time.Minute), Actions: []rejoin.Action{write("Are you there?")}})
		s.add(rejoin.Rule{Name: "Unread", Trigger: rejoin.OnTime, Repeat: true, All: after(rejoin.UnreadFor, time.Hour), Actions: []rejoin.Action{write("Read this!")}})
		v := s.VisitKnown("Where is my parcel?", "Ada", "ada@example.org")
		answers := []string{"On", "Off", "On", "Off"} // the Identity Bot's questions, and on nothing else
		s.expect(v, answers...)
		s.Reply(v, "It is on its way.")
		s.expect(v, append(answers, "On", "Off")...)
		s.Advance(26 * time.Hour)
		// Nudge once after the agent's answer; Mailed once, for the e-mail with it, and not for those about what automations wrote.
		got := map[string]int{}
		for _, name := range s.ran(v)[6:] {
			got[name]++
		}
		if got["Nudge"] != 1 || got["Mailed"] != 1 || got["Unread"] != 1 || got["On"] != got["Off"] {
			t.Errorf("ran: %v", s.ran(v))
		}
		n := len(s.ran(v))
		s.Advance(30 * 24 * time.Hour)
		if again := s.ran(v); len(again) != n {
			t.Errorf("a month later %d automations more ran", len(again)-n)
		}
	})
}

func TestRuleTimers(t *testing.T) {
	each(t, func(t *testing.T, server *rejointest.Server) {
		s := automations{server}
		s.tags("late", "later", "answer")
		early := s.VisitKnown("Where is my parcel?", "Eve", "eve@example.org") // before there was a rule
		s.Advance(10 * time.Minute)
		late := s.add(rejoin.Rule{Name: "Late", Trigger: rejoin.OnTime, All: after(rejoin.FirstResponseLate, 15*time.Minute), Actions: addTag("late")})
		s.add(rejoin.Rule{Name: "Answer", Trigger: rejoin.OnTime, Repeat: true, All: after(rejoin.NextResponseLate, 5*time.Minute), Actions: addTag("answer")})
		s.add(rejoin.Rule{Name: "Silent", Trigger: rejoin.OnTime, All: after(rejoin.UserSilentFor, 72*time.Hour),
			Actions: []rejoin.Action{write("We close this for now."), {Kind: rejoin.DoResolve}}})
		v := s.VisitKnown("Where is my parcel?", "Ada", "ada@example.org")
		s.Advance(5*time.Minute - time.Second)
		s.expect(early)
		s.Advance(time.Second)
		s.expect(early, "Late")
		s.Reply(v, "On its way.")
		s.Advance(15 * time.Minute)
		s.expect(v)
		for range 2 {
			v.Say("When?")
			s.Advance(5 * time.Minute)
			s.Reply(v, "Soon.")
		}
		s.Advance(time.Hour)
		s.expect(v, "Answer", "Answer")
		s.Advance(71*time.Hour - time.Second)
		s.expect(v, "Answer", "Answer")
		s.Another().Advance(time.Second) // after a restart
		s.expect(v, "Answer", "Answer", "Silent")
		if state := s.Load(v.Issue.ID).Issue.State; state != rejoin.Resolved {
			t.Errorf("state %s", state)
		}
		if _, err := s.Core.Rules.Delete(t.Context(), s.Maya, late); err != nil {
			t.Fatal(err)
		}
		w := s.VisitKnown("Hello", "Cleo", "cleo@example.org")
		s.Advance(time.Hour)
		s.expect(w)
	})
}

func TestRuleWaitsForTheHours(t *testing.T) {
	each(t, func(t *testing.T, server *rejointest.Server) {
		s := automations{server}
		s.tags("late")
		s.add(rejoin.Rule{Name: "Late", Trigger: rejoin.OnTime, Actions: addTag("late"),
			All: append(after(rejoin.FirstResponseLate, 15*time.Minute), rejoin.Condition{Subject: rejoin.OnHours, Op: rejoin.OpIs, Values: []string{"open"}})})
		h := rejoin.DefaultHours()
		h.On = true
		for day := range h.Week {
			h.Week[day] = []rejoin.Span{{From: 540, To: 1020}}
		}
		if _, err := s.Core.Hours.Set(t.Context(), s.Maya, s.Made.App.ID, h); err != nil {
			t.Fatal(err)
		}
		now := s.Clock.Now().Time()
		s.Advance(now.Truncate(24 * time.Hour).Add(24*time.Hour + 18*time.Hour).Sub(now)) // six in the evening
		v := s.VisitKnown("Where is my parcel?", "Ada", "ada@example.org")
		s.Advance(15*time.Hour - time.Second)
		s.expect(v)
		s.Advance(time.Second)
		s.expect(v, "Late")
	})
}

func TestWhatRulesCannotDoIsTold(t *testing.T) {
	each(t, func(t *testing.T, server *rejointest.Server) {
		s := automations{server}
		s.tags("a", "b")
		kim := s.Colleague()
		s.add(rejoin.Rule{Name: "Much", Trigger: rejoin.OnNewIssue, Actions: []rejoin.Action{{Kind: rejoin.DoAssign, AgentID: kim.ID}, {Kind: rejoin.DoAddTags, Tags: []string{"a"}},
			{Kind: rejoin.DoSendFollowUp}, {Kind: rejoin.DoAddTags, Tags: []string{"b"}}, {Kind: rejoin.DoResolve}, write("Too late")}})
		if _, err := s.Core.Members.Deactivate(t.Context(), s.Maya, kim.ID); err != nil {
			t.Fatal(err)
		}
		list, err := s.Core.Labels.Tags(t.Context(), s.Maya)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Core.Labels.ArchiveTag(t.Context(), s.Maya, list[0].ID, true); err != nil {
			t.Fatal(err)
		}
		v := s.VisitKnown("Where is my parcel?", "Ada", "ada@example.org")
		var note *rejoin.RuleNote
		for _, e := range s.Load(v.Issue.ID).Events {
			if e.Kind == rejoin.EventRule {
				note = e.Data.Rule
			}
		}
		if note == nil || !cmp.Equal(note.Done, []string{"Added b", "Resolved"}) || len(note.Failed) != 4 || !strings.Contains(note.Failed[1], "archived") {
			t.Fatalf("note %+v", note)
		}
		states, err := s.Core.Rules.List(t.Context(), s.Maya)
		if err != nil || len(states) != 1 || states[0].Runs != 1 || states[0].Last != s.Clock.Now() || !strings.Contains(states[0].Problem, "not in your team") {
			t.Errorf("%+v, %v", states, err)
		}
	})
}

func TestRulesPause(t *testing.T) {
	each(t, func(t *testing.T, server *rejointest.Server) {
		s := automations{server}
		s.add(rejoin.Rule{Name: "Note", Trigger: rejoin.OnUpdate, Repeat: true, Actions: []rejoin.Action{{Kind: rejoin.DoNote, Note: "Again"}}})
		v := s.VisitKnown("Where is my parcel?", "Ada", "ada@example.org")
		for range rejoin.MaxRuleRuns + 3 {
			v.Say("Hello?")
			s.Settle()
		}
		if got := s.ran(v); len(got) != rejoin.MaxRuleRuns+1 || got[len(got)-1] != "" {
			t.Errorf("%d entries, the last %q", len(got), got[len(got)-1])
		}
		s.Advance(25 * time.Hour)
		v.Say("Hello?")
		s.Settle()
		if got := s.ran(v); len(got) != rejoin.MaxRuleRuns+2 {
			t.Errorf("a day later: %d entries", len(got))
		}
	})
}

func TestRulesSteerFollowUps(t *testing.T) {
	each(t, func(t *testing.T, server *rejointest.Server) {
		s := automations{server}
		s.tags("now", "hold")
		s.add(rejoin.Rule{Name: "Now", Trigger: rejoin.OnUpdate, All: tagIs("now"), Actions: []rejoin.Action{{Kind: rejoin.DoSendFollowUp}}})
		s.add(rejoin.Rule{Name: "Hold", Trigger: rejoin.OnUpdate, All: tagIs("hold"), Actions: []rejoin.Action{{Kind: rejoin.DoHoldFollowUp}}})
		for tag, want := range map[string]int{"now": 1, "hold": 0} {
			v := s.VisitKnown("Where is my parcel?", "Ada", tag+"@example.org")
			s.Reply(v, "On its way.")
			if err := s.Core.Issues.Tag(t.Context(), s.Maya, v.Issue.ID, []string{tag}, nil); err != nil {
				t.Fatal(err)
			}
			s.Settle()
			if tag == "hold" {
				s.Advance(time.Hour)
			}
			if got := len(s.MailsTo(tag + "@example.org")); got != want {
				t.Errorf("%s: %d e-mails, want %d", tag, got, want)
			}
		}
	})
}

func TestRulesOfOthers(t *testing.T) {
	each(t, func(t *testing.T, server *rejointest.Server) {
		s := automations{server}
		id := s.add(rejoin.Rule{Name: "Note", Trigger: rejoin.OnNewIssue, Actions: []rejoin.Action{{Kind: rejoin.DoNote, Note: "New"}}})
		v := s.VisitKnown("Where is my parcel?", "Ada", "ada@example.org")
		rita, rule := s.Second().Admin, rejoin.Rule{Name: "Mine", Trigger: rejoin.OnNewIssue, On: true, Actions: []rejoin.Action{{Kind: rejoin.DoAssign, AgentID: s.Maya.ID}}}
		if _, err := s.Core.Rules.Set(t.Context(), rita, id, rule); rejoin.CodeOf(err) != rejoin.Invalid && rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("change: %v", err)
		}
		if _, err := s.Core.Rules.Set(t.Context(), rita, "", rule); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("assign to somebody else's agent: %v", err)
		}
		if _, err := s.Core.Rules.Delete(t.Context(), rita, id); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("delete: %v", err)
		}
		for _, name := range []string{v.Issue.ID, "1", "#1", "\x00"} {
			if _, err := s.Core.Rules.Try(t.Context(), rita, rule, "", name); rejoin.CodeOf(err) != rejoin.Invalid {
				t.Errorf("try on %q: %v", name, err)
			}
		}
		if list, err := s.Core.Rules.List(t.Context(), rita); err != nil || len(list) != 0 {
			t.Errorf("%d rules, %v", len(list), err)
		}
		tried, err := s.Core.Rules.Try(t.Context(), s.Maya, rule, id, "#1")
		if err != nil || tried.Verdict.Runs || !strings.Contains(tried.Text, "runs once") {
			t.Errorf("%+v, %v", tried, err)
		}
		rule.Actions = []rejoin.Action{{Kind: rejoin.DoNote, Note: "Hi"}, {Kind: rejoin.DoWebhook, URL: "https://example.com:0/"}}
		_, err = s.Core.Rules.Set(t.Context(), s.Maya, "", rule)
		if e, _ := err.(*rejoin.Error); e == nil || e.Field != "actions.1.url" {
			t.Errorf("an address that is never called: %v", err)
		}
	})
}

// What a bot does that an automation has started is the automation's doing; what the user answers is not.
func TestRulesAndBots(t *testing.T) {
	each(t, func(t *testing.T, server *rejointest.Server) {
		s := automations{botOffice(server)}
		second := publish(server, "Second", rejoin.CustomBot, rejoin.Step{ID: "ask", Kind: rejoin.StepQuestion, Name: "x", Input: rejoin.InputText, Text: text("And?")},
			rejoin.Step{ID: "bye", Kind: rejoin.StepMessage, Text: text("Bye")})
		first := publish(server, "First", rejoin.CustomBot, rejoin.Step{ID: "tag", Kind: rejoin.StepAction, Action: &rejoin.Action{Kind: rejoin.DoAddTags, Tags: []string{"order"}}},
			rejoin.Step{ID: "hand", Kind: rejoin.StepHandOver, BotID: second.ID})
		s.add(rejoin.Rule{Name: "Tagged", Trigger: rejoin.OnUpdate, Repeat: true, All: tagIs("order"), Actions: []rejoin.Action{{Kind: rejoin.DoNote, Note: "Order"}}})
		s.add(rejoin.Rule{Name: "Bot", Trigger: rejoin.OnUpdate, Actions: []rejoin.Action{{Kind: rejoin.DoStartBot, BotID: first.ID}}})
		s.add(rejoin.Rule{Name: "Silent", Trigger: rejoin.OnTime, Repeat: true, All: after(rejoin.UserSilentFor, time.Hour), Actions: []rejoin.Action{{Kind: rejoin.DoStartBot, BotID: first.ID}}})
		v := s.VisitKnown("Hello", "Ada", "ada@example.org")
		s.expect(v, "Bot")
		s.Advance(10 * time.Hour)
		s.expect(v, "Bot", "Silent") // once: what asks again since then is a bot of its own
		if err := answer(server, v, "Yes"); err != nil {
			t.Fatal(err)
		}
		s.expect(v, "Bot", "Silent", "Tagged")
		s.Advance(10 * time.Hour)
		s.expect(v, "Bot", "Silent", "Tagged", "Silent")
	})
}
