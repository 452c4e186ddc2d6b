package core_test

import (
	"fmt"
	"testing"
	"time"

	"rejoin"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/store/storetest"
)

// TestNewTimerTakesItsTime is about a timed automation that comes into a team with many conversations: they are looked at by and by, none later than it would
// have been, so that e-mails need not wait for all of them.
func TestNewTimerTakesItsTime(t *testing.T) {
	s := automations{rejointest.New(t, storetest.SQLite(t))}
	s.add(rejoin.Rule{Name: "Soon", Trigger: rejoin.OnTime, All: after(rejoin.FirstResponseLate, time.Second), Actions: []rejoin.Action{write("Soon!")}})
	var ids []string
	for n := range 101 {
		ids = append(ids, s.Visit(fmt.Sprint("Question ", n)).Issue.ID)
	}
	if err := s.Core.Rules.Retime(t.Context(), rejoin.Job{Key: s.Maya.DomainID}); err != nil {
		t.Fatal(err)
	}
	now, late := s.Clock.Now(), 0
	for _, id := range ids {
		var j rejoin.Job
		err := s.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
			j, err = tx.Job("rule_timer", id)
			return err
		})
		if err != nil || j.RunAt > now.Add(time.Second) {
			t.Errorf("a timer fires at %d, %d after it would have: %v", j.RunAt, j.RunAt-now.Add(time.Second), err)
		}
		if j.RunAt > now {
			late++
		}
	}
	if late != 1 {
		t.Errorf("%d of 101 conversations are looked at later than the others, want 1", late)
	}
	s.Advance(time.Minute)
	for _, id := range ids {
		if got := s.Load(id).Messages; len(got) != 2 && got[len(got)-1].Body != "Soon!" {
			t.Errorf("messages: %+v", got)
		}
	}
}
