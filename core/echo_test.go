package core_test

import (
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/rejointest"
)

// Whoever types a stranger's address must not write to the stranger through what a bot or an automation repeats.
func TestNoEchoToTypedAddresses(t *testing.T) {
	each(t, func(t *testing.T, server *rejointest.Server) {
		s := automations{server}
		s.tags("told")
		s.add(rejoin.Rule{Name: "Greet", Trigger: rejoin.OnUpdate, All: tagIs("told"), Actions: []rejoin.Action{write("Dear {{user.name}}, we look into it.")}})
		s.SetVerification(true)
		claim := s.Signed("vera", "vera@example.org")
		claim.Name = "Cheap at evil.example"
		for address, v := range map[string]*rejointest.Visitor{
			"typed@example.org": s.VisitKnown("Hello", "Cheap at evil.example", "typed@example.org"),
			"vera@example.org":  s.VisitAs(claim, "Hello", core.Beginning{}),
		} {
			if err := s.Core.Issues.Tag(t.Context(), s.Maya, v.Issue.ID, []string{"told"}, nil); err != nil {
				t.Fatal(err)
			}
			s.Settle()
			messages := s.Load(v.Issue.ID).Messages
			if last := messages[len(messages)-1].Body; last != "Dear Cheap at evil.example, we look into it." {
				t.Errorf("in the chat %s reads %q", address, last)
			}
			s.Advance(time.Hour)
			mails := s.MailsTo(address)
			if len(mails) != 1 {
				t.Fatalf("%d e-mails to %s, want 1", len(mails), address)
			}
			echoes := strings.Contains(mails[0].Text+mails[0].HTML, "evil.example")
			if want := address == "vera@example.org"; echoes != want {
				t.Errorf("the e-mail to %s holds the visitor's words: %v, want %v\n%s", address, echoes, want, mails[0].Text)
			}
		}
	})
}
