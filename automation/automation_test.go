package automation_test

import (
	"math/rand/v2"
	"testing"

	"rejoin"
	"rejoin/automation"
)

const minute = rejoin.Millis(60_000)

func wait(s rejoin.Subject, seconds int64) rejoin.Condition {
	return rejoin.Condition{Subject: s, Op: rejoin.OpFor, For: rejoin.Seconds(seconds)}
}

func open(state string) rejoin.Condition {
	return rejoin.Condition{Subject: rejoin.OnHours, Op: rejoin.OpIs, Values: []string{state}}
}

var vip = rejoin.Condition{Subject: rejoin.OnTags, Op: rejoin.OpIs, Values: []string{"vip"}}

func TestJudge(t *testing.T) {
	since := map[rejoin.Subject]rejoin.Millis{rejoin.UserSilentFor: 10 * minute, rejoin.OfflineFor: 18 * minute}
	silent, offline := wait(rejoin.UserSilentFor, 600), wait(rejoin.OfflineFor, 300) // from minute 20 on, from minute 23 on
	ran := func(at, anchor rejoin.Millis) map[string]automation.Run {
		return map[string]automation.Run{"r": {At: at, Anchor: anchor, Place: automation.Place{Seq: 3, N: 5}}}
	}
	for name, row := range map[string]struct {
		rule rejoin.Rule
		c    automation.Case
		why  automation.Why
		at   rejoin.Millis
	}{
		"no conditions":                        {rejoin.Rule{}, automation.Case{}, automation.Holds, 0},
		"one fails":                            {rejoin.Rule{All: []rejoin.Condition{vip, open("open")}}, automation.Case{View: rejoin.View{Open: true}}, automation.Fails, 0},
		"all hold, none of the others":         {rejoin.Rule{All: []rejoin.Condition{open("open")}, Any: []rejoin.Condition{vip}}, automation.Case{View: rejoin.View{Open: true}}, automation.Fails, 0},
		"one of the others is enough":          {rejoin.Rule{Any: []rejoin.Condition{vip, open("closed")}}, automation.Case{}, automation.Holds, 0},
		"it has run":                           {rejoin.Rule{}, automation.Case{Runs: ran(1, 0)}, automation.Ran, 0},
		"it may run again":                     {rejoin.Rule{Repeat: true}, automation.Case{Runs: ran(1, 0)}, automation.Holds, 0},
		"it waits":                             {rejoin.Rule{Trigger: rejoin.OnTime, All: []rejoin.Condition{silent, offline}}, at(19*minute, since), automation.Waits, 23 * minute},
		"it waits for the first of the others": {rejoin.Rule{Trigger: rejoin.OnTime, Any: []rejoin.Condition{silent, offline}}, at(19*minute, since), automation.Waits, 20 * minute},
		"its time has come":                    {rejoin.Rule{Trigger: rejoin.OnTime, All: []rejoin.Condition{silent, offline}}, at(23*minute, since), automation.Holds, 0},
		"what it waits for is not so":          {rejoin.Rule{Trigger: rejoin.OnTime, All: []rejoin.Condition{wait(rejoin.UnreadFor, 1)}}, at(23*minute, since), automation.Fails, 0},
		"its time has come, and a tag lacks":   {rejoin.Rule{Trigger: rejoin.OnTime, All: []rejoin.Condition{silent, vip}}, at(23*minute, since), automation.Fails, 0},
		"its time has come, but not the hours": {rejoin.Rule{Trigger: rejoin.OnTime, All: []rejoin.Condition{silent, open("open")}}, hours(at(23*minute, since), 40*minute), automation.Waits, 40 * minute},
		"the conversation is over":             {rejoin.Rule{Trigger: rejoin.OnTime, All: []rejoin.Condition{silent}}, closed(at(23*minute, since)), automation.Closed, 0},
		"again, for the same":                  {rejoin.Rule{Trigger: rejoin.OnTime, Repeat: true, All: []rejoin.Condition{silent}}, again(at(23*minute, since), ran(20*minute, 10*minute), 9), automation.Known, 0},
		"again, for something new":             {rejoin.Rule{Trigger: rejoin.OnTime, Repeat: true, All: []rejoin.Condition{silent}}, again(at(23*minute, since), ran(9*minute, 2*minute), 4), automation.Holds, 0},
		"again, for what an automation wrote":  {rejoin.Rule{Trigger: rejoin.OnTime, Repeat: true, All: []rejoin.Condition{silent}}, again(at(23*minute, since), ran(9*minute, 2*minute), 3), automation.Known, 0},
		"again, for who has gone once more":    {rejoin.Rule{Trigger: rejoin.OnTime, Repeat: true, All: []rejoin.Condition{silent, offline}}, again(at(23*minute, since), ran(17*minute, 10*minute), 3), automation.Holds, 0},
	} {
		row.rule.ID = "r"
		v := automation.Judge(row.rule, row.c)
		if v.Why != row.why || v.At != row.at || v.Runs != (row.why == automation.Holds) || v.Why.Text() == "" {
			t.Errorf("%s: %+v, want %s at %d", name, v, row.why, row.at)
		}
	}
}

func at(now rejoin.Millis, since map[rejoin.Subject]rejoin.Millis) automation.Case {
	return automation.Case{View: rejoin.View{Now: now, State: rejoin.New, Since: since}}
}

func hours(c automation.Case, change rejoin.Millis) automation.Case {
	c.HoursChange = change
	return c
}

func closed(c automation.Case) automation.Case {
	c.View.State = rejoin.Resolved
	return c
}

func again(c automation.Case, runs map[string]automation.Run, seq int64) automation.Case {
	c.Runs, c.News = runs, automation.Place{Seq: seq, N: 5}
	return c
}

// A rule that waits runs at the moment it names, if nothing but the time changes, and not before; one that names none never runs by the time alone.
func TestWaiting(t *testing.T) {
	for seed := range uint64(5000) {
		r := rand.New(rand.NewPCG(seed, 7))
		rule := rejoin.Rule{ID: "r", Trigger: rejoin.OnTime, All: conditions(r, 3), Any: conditions(r, 3)}
		c := at(1000*minute, map[rejoin.Subject]rejoin.Millis{})
		if r.IntN(2) == 0 {
			c.View.Tags = []string{"vip"}
		}
		for _, s := range timed {
			if r.IntN(3) > 0 {
				c.View.Since[s] = rejoin.Millis(r.Int64N(int64(c.View.Now)))
			}
		}
		v := automation.Judge(rule, c)
		if v.Runs {
			continue
		}
		for _, later := range []rejoin.Millis{v.At - 1, v.At, v.At + 1, c.View.Now + 1e12} {
			c.View.Now = max(c.View.Now, later)
			if want := v.At > 0 && c.View.Now >= v.At; automation.Judge(rule, c).Runs != want {
				t.Fatalf("%+v: at %d it runs: %v; it was to run at %d", rule, c.View.Now, !want, v.At)
			}
		}
	}
}

var timed = []rejoin.Subject{rejoin.FirstResponseLate, rejoin.NextResponseLate, rejoin.UserSilentFor, rejoin.OfflineFor, rejoin.UnreadFor}

func conditions(r *rand.Rand, most int) (list []rejoin.Condition) {
	for range r.IntN(most) {
		if r.IntN(4) == 0 {
			list = append(list, vip)
			continue
		}
		list = append(list, wait(timed[r.IntN(len(timed))], 1+r.Int64N(100_000)))
	}
	return list
}
