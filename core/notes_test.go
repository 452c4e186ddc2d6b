package core_test

import (
	"encoding/json"
	"strings"
	"testing"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
)

func TestNotes(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, gil := t.Context(), s.Second().Admin
		v := s.VisitKnown("Hello", "Ada", "ada@example.org")
		before := s.Load(v.Issue.ID).Issue
		for range 2 {
			if err := s.Core.Messages.Note(ctx, s.Maya, v.Issue.ID, "a-private-note", " Ask the warehouse.\n"); err != nil {
				t.Fatal(err)
			}
		}
		th := s.Load(v.Issue.ID)
		e := th.Events[len(th.Events)-1]
		if th.Issue.EventCount != before.EventCount+1 || e.Kind != rejoin.EventNote || e.Data.Note != "Ask the warehouse." || e.Data.NoteID == "" || e.Actor.ID != s.Maya.ID {
			t.Errorf("the newest of %d events is %+v", th.Issue.EventCount, e)
		}
		if th.Issue.LastSeq != before.LastSeq || th.Issue.State != before.State || th.Issue.Preview != before.Preview {
			t.Errorf("the note has changed the conversation: %+v", th.Issue)
		}
		other := s.Visit("Another matter")
		for name, c := range map[string]struct {
			a                         rejoin.Agent
			issueID, clientID, noteIs string
			want                      rejoin.Code
		}{
			"another company":          {gil, v.Issue.ID, s.NewClientID(), "x", rejoin.NotFound},
			"the client_id again":      {s.Maya, v.Issue.ID, "a-private-note", "Another note", rejoin.Conflict},
			"in another conversation":  {s.Maya, other.Issue.ID, "a-private-note", "Ask the warehouse.", rejoin.Conflict},
			"nothing":                  {s.Maya, v.Issue.ID, s.NewClientID(), " \n", rejoin.Invalid},
			"too much":                 {s.Maya, v.Issue.ID, s.NewClientID(), strings.Repeat("x", rejoin.MaxBody+1), rejoin.Invalid},
			"without a good client_id": {s.Maya, v.Issue.ID, "", "x", rejoin.Invalid},
		} {
			if err := s.Core.Messages.Note(ctx, c.a, c.issueID, c.clientID, c.noteIs); rejoin.CodeOf(err) != c.want {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
		if got := s.Load(v.Issue.ID).Issue.EventCount; got != th.Issue.EventCount {
			t.Errorf("%d events, want %d", got, th.Issue.EventCount)
		}
	})
}

// Nothing that a user's session gets holds what agents tell each other.
func TestNotesAreNotForUsers(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, v := t.Context(), s.VisitKnown("Hello", "Ada", "ada@example.org")
		if err := s.Core.Messages.Note(ctx, s.Maya, v.Issue.ID, s.NewClientID(), "A secret of the house"); err != nil {
			t.Fatal(err)
		}
		s.Reply(v, "Hello Ada")
		m := s.Core.Messages
		var all []any
		got := func(answer any, err error) {
			t.Helper()
			if err != nil {
				t.Error(err)
			}
			all = append(all, answer)
		}
		after, err := m.After(ctx, v.Token, v.Issue.ID, core.Cursor{})
		got(after, err)
		page, err := m.Before(ctx, v.Token, v.Issue.ID, 100, 50)
		got(page, err)
		resumed, err := m.Resume(ctx, v.Token, nil)
		got(resumed, err)
		list, err := m.List(ctx, v.Token)
		got(list, err)
		sent, err := m.SendAsUser(ctx, v.Token, v.Issue.ID, core.UserSend{ClientID: identity.NewToken(), Body: "Hi", After: 1})
		got(sent, err)
		read, err := m.ReadAsUser(ctx, v.Token, v.Issue.ID, sent.Issue.LastSeq)
		got(read, err)
		text, err := json.Marshal(all)
		if err != nil || strings.Contains(string(text), "secret of the house") || !strings.Contains(string(text), "Hello Ada") {
			t.Errorf("users get %s, %v", text, err)
		}
	})
}
