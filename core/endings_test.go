package core_test

import (
	"strings"
	"testing"

	"rejoin"
	"rejoin/core"
	"rejoin/rejointest"
)

// setEnding chooses what the app asks once a conversation is resolved.
func setEnding(s *rejointest.Server, question, csat bool) {
	s.T.Helper()
	p, err := s.Core.Apps.Page(s.T.Context(), s.Maya, s.Made.App.ID)
	if err != nil {
		s.T.Fatal(err)
	}
	web := p.App.Settings.WebChat
	web.ResolutionQuestion, web.CSAT = question, csat
	if _, err := s.Core.Apps.SetWebChat(s.T.Context(), s.Maya, s.Made.App.ID, web, p.Platform.AllowedOrigins); err != nil {
		s.T.Fatal(err)
	}
}

// TestEndings plays what may happen after an agent has closed a conversation: after each step stand the state, how far the end has come, and the
// answer if the step is refused.
func TestEndings(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		for name, c := range map[string]struct {
			question, csat bool
			steps          string
		}{
			"everything":              {true, true, "resolve=resolved/question yes=resolved/feedback say=conflict rate5=resolved/ended say=conflict yes=resolved/ended"},
			"not helped":              {true, true, "resolve=resolved/question no=resolved/declined no=resolved/declined say=new/ resolve=resolved/question"},
			"to its assignee":         {true, true, "assign=new-for-agent/ resolve=resolved/question no=resolved/declined say=waiting-for-agent/"},
			"written at the question": {true, true, "assign=new-for-agent/ resolve=resolved/question say=waiting-for-agent/ no=conflict yes=conflict"},
			"no question":             {false, true, "resolve=resolved/feedback say=conflict no=conflict rate1=resolved/ended"},
			"no rating":               {true, false, "resolve=resolved/question rate5=conflict yes=resolved/ended rate5=conflict"},
			"neither":                 {false, false, "resolve=resolved/ended say=conflict no=conflict"},
			"not now":                 {false, true, "resolve=resolved/feedback rate0=resolved/ended rate0=resolved/ended rate4=conflict"},
			"rated twice":             {false, true, "resolve=resolved/feedback rate3=resolved/ended rate3=resolved/ended rate4=conflict"},
			"yes twice":               {true, true, "resolve=resolved/question yes=resolved/feedback yes=resolved/feedback no=conflict"},
			"yes after no":            {true, true, "resolve=resolved/question no=resolved/declined yes=conflict"},
			"rejected":                {true, true, "reject=rejected/ended say=conflict no=conflict rate5=conflict"},
			"rejected, then resolved": {true, true, "reject=rejected/ended resolve=resolved/question yes=resolved/feedback"},
			"reopened by an agent":    {false, false, "resolve=resolved/ended reopen=new/ say=new/ reopen=conflict resolve=resolved/ended"},
			"an agent may not write":  {true, true, "resolve=resolved/question reply=conflict reopen=new/ reply=agent-replied/"},
			"while it is open":        {true, true, "yes=conflict no=conflict rate5=conflict say=new/"},
		} {
			setEnding(s, c.question, c.csat)
			v := s.Visit("Hello")
			for _, step := range strings.Fields(c.steps) {
				do, want, _ := strings.Cut(step, "=")
				err := ending(s, v, do)
				i := s.Load(v.Issue.ID).Issue
				got := string(i.State) + "/" + string(i.Ending.Closing)
				if err != nil {
					got = string(rejoin.CodeOf(err))
				}
				if got != want {
					t.Errorf("%s: after %s %q, want %q", name, do, got, want)
				}
			}
		}
	})
}

// ending takes one step of the visitor or of Maya.
func ending(s *rejointest.Server, v *rejointest.Visitor, do string) (err error) {
	ctx, id := s.T.Context(), v.Issue.ID
	switch do {
	case "resolve":
		err = s.Core.Issues.Close(ctx, s.Maya, id, rejoin.Resolved, "")
	case "reject":
		err = s.Core.Issues.Close(ctx, s.Maya, id, rejoin.Rejected, "")
	case "reopen":
		err = s.Core.Issues.Reopen(ctx, s.Maya, id, "")
	case "assign":
		err = s.Core.Issues.Assign(ctx, s.Maya, id, s.Maya.ID, nil)
	case "reply":
		err = s.Core.Messages.SendAsAgent(ctx, s.Maya, id, s.NewClientID(), "An answer.")
	case "say":
		err = v.Send(core.UserSend{ClientID: s.NewClientID(), Body: "Still there?"})
	case "yes", "no":
		_, err = s.Core.Endings.Resolve(ctx, v.Token, id, core.Answer{ClientID: "the-answer-" + v.Token[:8], Accepted: do == "yes"})
	default:
		_, err = s.Core.Endings.Rate(ctx, v.Token, id, core.Rating{Stars: int(do[len(do)-1] - '0'), Comment: "So so."})
	}
	return err
}

func TestEndingIsKept(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.Visit("Hello")
		s.End(v, rejoin.Resolved)
		before := v.Last()
		for range 2 {
			up, err := s.Core.Endings.Resolve(t.Context(), v.Token, v.Issue.ID, core.Answer{ClientID: "the-answer", Accepted: true})
			if err != nil || up.Issue.LastSeq != before+1 || len(up.Messages) != 1 {
				t.Fatalf("yes: %+v, %v", up, err)
			}
			if m := up.Messages[0]; m.Body != core.AcceptedBody || m.Kind != rejoin.Accepted || m.Origin != rejoin.FromUser || m.AuthorID != v.Issue.UserID {
				t.Errorf("the yes stands there as %+v", m)
			}
		}
		for name, in := range map[string]core.Rating{
			"six stars": {Stars: 6}, "fewer than none": {Stars: -1}, "a long comment": {Stars: 5, Comment: strings.Repeat("ß", 1001)}, "no text": {Stars: 5, Comment: " \xff"},
		} {
			if _, err := s.Core.Endings.Rate(t.Context(), v.Token, v.Issue.ID, in); rejoin.CodeOf(err) != rejoin.Invalid {
				t.Errorf("%s: %v, want invalid", name, err)
			}
		}
		if _, err := s.Core.Endings.Rate(t.Context(), v.Token, v.Issue.ID, core.Rating{Stars: 4, Comment: strings.Repeat("ß", 1000)}); err != nil {
			t.Fatal(err)
		}
		th := s.Load(v.Issue.ID)
		if e := th.Issue.Ending; e.Rating != 4 || len([]rune(e.Comment)) != 1000 || e.RatedAt != s.Clock.Now() {
			t.Errorf("the rating is kept as %d stars and %d characters", e.Rating, len([]rune(e.Comment)))
		}
		if a, b := count(th, rejoin.EventResolution), count(th, rejoin.EventFeedback); a != 1 || b != 1 {
			t.Errorf("the timeline tells %d times of the answer and %d times of the rating", a, b)
		}
		w := s.Visit("Hello")
		s.End(w, rejoin.Resolved)
		w.Say("A message of its own")
		s.End(w, rejoin.Resolved)
		messages := s.Load(w.Issue.ID).Messages
		taken := messages[len(messages)-1].ClientID
		if _, err := s.Core.Endings.Resolve(t.Context(), w.Token, w.Issue.ID, core.Answer{ClientID: taken, Accepted: true}); rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("a yes under a used client_id: %v, want conflict", err)
		}
		if got := s.Load(w.Issue.ID).Issue.Ending.Closing; got != rejoin.AskHelped {
			t.Errorf("after the refusal the end stands at %q", got)
		}
	})
}
