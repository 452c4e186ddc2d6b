package core_test

import (
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/rejointest"
)

// A bot's message puts the e-mail off; the timeline says who did so and how often, and so does the simulator.
func TestPostponementsAreTold(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.VisitAs(s.Signed("ada", "ada@example.org"), "Hello", core.Beginning{}) // the bot asks for the name
		s.Reply(v, "An answer.")
		s.Advance(time.Minute)
		s.Reply(v, "And another one.")
		s.Advance(time.Minute)
		v.Answer("Ada") // the bot says thanks
		var restarts []rejoin.FollowUpStep
		for _, e := range s.Load(v.Issue.ID).Events {
			if f := e.Data.FollowUp; f != nil && f.Step == "restarted" {
				restarts = append(restarts, *f)
			}
		}
		if len(restarts) != 2 || restarts[0].Cause != rejoin.FromAgent || restarts[0].Postponed != 0 || restarts[1].Cause != rejoin.FromBot || restarts[1].Postponed != 1 {
			t.Errorf("restarts: %+v", restarts)
		}
		s.Advance(time.Hour)
		in := trial(s)
		in.FollowUp.Window = 300
		out, err := s.Core.Simulator.Try(t.Context(), s.Maya, in)
		if err != nil || len(out.Differences) != 1 || len(out.Differences[0].Mailed) != 1 || len(out.Differences[0].Would) != 1 {
			t.Fatalf("the simulator: %+v, %v", out, err)
		}
		if d := out.Differences[0]; d.Mailed[0].Postponed != 1 || d.Would[0].Postponed != 1 {
			t.Errorf("mailed %+v, would be mailed %+v; want both put off once", d.Mailed, d.Would)
		}
	})
}
