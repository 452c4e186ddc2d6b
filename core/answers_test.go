package core_test

import (
	"strings"
	"testing"

	"rejoin"
	"rejoin/core"
	"rejoin/live"
	"rejoin/rejointest"
)

// Users read and see the nickname, colleagues the name.
func TestUsersReadTheNickname(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, v, maya, noor := t.Context(), s.VisitKnown("Hello", "Ada", "ada@example.org"), s.Maya, s.Colleague()
		maya.Nickname = "Captain"
		seen := v.Last()
		if err := s.Core.Messages.SendAsAgent(ctx, maya, v.Issue.ID, "captains-answer", "Aye."); err != nil {
			t.Fatal(err)
		}
		up, err := s.Core.Messages.After(ctx, v.Token, v.Issue.ID, core.Cursor{Seq: seen})
		if err != nil || len(up.Messages) != 1 || up.Messages[0].AuthorName != "Captain" {
			t.Errorf("the user reads %+v, %v", up.Messages, err)
		}
		err = s.Core.Messages.Answer(ctx, noor, v.Issue.ID, core.AgentSend{ClientID: "noors-answer", Body: "No.", Seen: seen})
		if rejoin.CodeOf(err) != rejoin.Conflict || !strings.Contains(err.Error(), "Maya has answered") {
			t.Errorf("a colleague is told %v", err)
		}
		for topic, want := range map[string]string{live.IssueTopic(v.Issue.ID): "Captain", live.AgentsTopic(v.Issue.ID): "Maya"} {
			sub := s.Hub.Subscribe(nil, topic)
			if err := s.Core.Messages.TypingAsAgent(ctx, maya, v.Issue.ID, false); err != nil {
				t.Fatal(err)
			}
			if got := sub.Take(); len(got) != 1 || got[0].Name != want || got[0].Kind != live.Typing {
				t.Errorf("on %s there is %+v, want that %s types", topic, got, want)
			}
			sub.Close()
		}
		sub := s.Hub.Subscribe(nil, live.IssueTopic(v.Issue.ID))
		defer sub.Close()
		if err := s.Core.Messages.TypingAsAgent(ctx, maya, v.Issue.ID, true); err != nil {
			t.Fatal(err)
		}
		if got := sub.Take(); len(got) != 0 {
			t.Errorf("the user hears of a note: %+v", got)
		}
		if err := s.Core.Messages.TypingAsAgent(ctx, s.Second().Admin, v.Issue.ID, true); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("another company types: %v", err)
		}
	})
}
