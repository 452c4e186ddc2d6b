package core_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"rejoin"
	"rejoin/rejointest"
)

// TestAnyRulesEndInOrderAndOnce lives random automations, which set and unset what the others ask about, through random doings of people.
func TestAnyRulesEndInOrderAndOnce(t *testing.T) {
	for range 4 {
		seed := rand.Uint64()
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			each(t, func(t *testing.T, s *rejointest.Server) {
				liveThrough(t, automations{s}, rand.New(rand.NewPCG(seed, 1)))
			})
		})
	}
}

func liveThrough(t *testing.T, s automations, r *rand.Rand) {
	names := []string{"a", "b", "c"}
	s.tags(names...)
	any := func() string { return names[r.IntN(len(names))] }
	for n := range 6 {
		rule := rejoin.Rule{Name: fmt.Sprint(n), Trigger: rejoin.OnUpdate, Repeat: r.IntN(2) == 0, All: tagIs(any()), Actions: addTag(any())}
		if r.IntN(4) == 0 {
			rule.Trigger = rejoin.OnNewIssue
		}
		switch r.IntN(3) {
		case 0:
			rule.All = nil
		case 1:
			rule.All = tagIsNot(any())
		}
		if r.IntN(2) == 0 {
			rule.Actions = append(removeTag(any()), write("We have seen it."))
		}
		s.add(rule)
	}
	rules, err := s.Core.Rules.List(t.Context(), s.Maya)
	if err != nil {
		t.Fatal(err)
	}
	place := map[string]int{}
	repeat := map[string]bool{}
	for n, k := range rules {
		place[k.Rule.ID], repeat[k.Rule.ID] = n, k.Rule.Repeat
	}
	s.Advance(time.Minute)
	v := s.Visit("Hello")
	doings := 1
	for range 12 {
		s.Advance(time.Second)
		switch r.IntN(3) {
		case 0:
			v.Say("Hello?")
		case 1:
			s.Reply(v, "Yes?")
		case 2:
			if err := s.Core.Issues.Tag(t.Context(), s.Maya, v.Issue.ID, []string{any()}, nil); err != nil {
				t.Fatal(err)
			}
		}
		doings++
		s.Settle()
	}
	s.Advance(time.Hour)
	s.checkRuns(v, place, repeat, doings)
}

// checkRuns looks at who ran: at each moment in order, and each once; over all, those that do not repeat once.
func (s automations) checkRuns(v *rejointest.Visitor, place map[string]int, repeat map[string]bool, doings int) {
	s.T.Helper()
	ran, moments, last := map[string]int{}, map[rejoin.Millis]bool{}, -1
	for _, e := range s.Load(v.Issue.ID).Events {
		if e.Kind != rejoin.EventRule || e.Data.Rule.ID == "" {
			continue
		}
		id := e.Data.Rule.ID
		if !moments[e.CreatedAt] {
			last = -1
		}
		moments[e.CreatedAt] = true
		if place[id] <= last {
			s.T.Errorf("automation %s runs after one that stands behind it, or twice at once", e.Data.Rule.Name)
		}
		last = place[id]
		if ran[id]++; ran[id] > 1 && !repeat[id] {
			s.T.Errorf("automation %s runs %d times", e.Data.Rule.Name, ran[id])
		}
	}
	if len(moments) > doings {
		s.T.Errorf("automations run at %d moments, and people have done something at %d", len(moments), doings)
	}
	if left, err := s.Runner.RunDue(s.T.Context()); err != nil || left > 0 {
		s.T.Errorf("%d jobs are still due, %v", left, err)
	}
}
