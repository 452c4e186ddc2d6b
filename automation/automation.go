// Package automation decides whether an automation runs in an issue, and when a timed one will (reference §4.3). It is pure: the same rule and the same
// [Case] always give the same [Verdict], so that trying a rule out says what the engine does.
//
// An automation runs once in an issue, unless it says otherwise: then at each update, or, if it is timed, each time that what it waits for happens anew.
// What automations did makes nothing happen anew (reference §9, decision 11).
package automation

import (
	"slices"

	"rejoin"
)

// Case is an issue at one moment, with what automations did in it.
type Case struct {
	View        rejoin.View
	HoursChange rejoin.Millis  // when View.Open changes next; zero if it does not
	Runs        map[string]Run // the newest run by the rule's id
	News        Place          // of the newest that is nothing an automation did, nor a bot that one has started
}

// Place is how far an issue has come: its newest message and its newest event.
type Place struct{ Seq, N int64 }

func (p Place) beyond(o Place) bool { return p.Seq > o.Seq || p.N > o.N }

// Run is one run of an automation in the issue.
type Run struct {
	At     rejoin.Millis
	Anchor rejoin.Millis // of a timed one: since when it was so
	Place  Place         // when the run was over
}

// Verdict is what becomes of one rule.
type Verdict struct {
	Runs   bool
	Why    Why
	All    []Result
	Any    []Result
	At     rejoin.Millis // of a timed one that waits: when it is to be judged again, always after the view's moment; zero for never
	Anchor rejoin.Millis // of a timed one: since when it is so
}

// Result is what becomes of one condition.
type Result struct {
	Holds bool
	Found string        // what the issue has there, in words
	At    rejoin.Millis // when it comes true if nothing else changes; zero if it does not, or holds already
}

// Why says why a rule runs, or does not.
type Why string

const (
	Holds  Why = "holds"
	Fails  Why = "fails"  // not all conditions hold
	Waits  Why = "waits"  // not all hold yet
	Ran    Why = "ran"    // it has run in this issue
	Known  Why = "known"  // it has run for this, and nothing has happened anew
	Closed Why = "closed" // timed ones look at open issues only
)

// Text is the reason in one sentence for agents.
func (w Why) Text() string {
	switch w {
	case Holds:
		return "It would run here now."
	case Waits:
		return "It waits: it would run when its time has come, if nothing else changes."
	case Ran:
		return "It would not run: it has run in this conversation, and runs once in each."
	case Known:
		return "It would not run: it has run for this, and waits until it happens anew."
	case Closed:
		return "It would not run: automations on time look at open conversations only."
	}
	return "It would not run: not all of its conditions hold."
}

// Judge says whether the rule runs now. What has happened, that a new-issue rule or an update rule is asked at all, is for the caller to know.
func Judge(r rejoin.Rule, c Case) Verdict {
	v := Verdict{All: results(r.All, c), Any: results(r.Any, c)}
	timed := r.Trigger == rejoin.OnTime
	last, ran := c.Runs[r.ID]
	if timed {
		v.Anchor = anchor(r, c.View)
	}
	switch {
	case timed && !c.View.State.Open():
		v.Why = Closed
	case ran && !r.Repeat:
		v.Why = Ran
	case !v.hold():
		v.Why = Fails
		if at, ok := comesTrue(r, c); ok && timed {
			v.Why, v.At = Waits, at
		}
	case timed && ran && !anew(r, c, v.Anchor, last):
		v.Why = Known
	default:
		v.Runs, v.Why = true, Holds
	}
	return v
}

// hold reports whether all conditions hold, and one of the others if there are some.
func (v Verdict) hold() bool {
	return !slices.ContainsFunc(v.All, func(r Result) bool { return !r.Holds }) &&
		(len(v.Any) == 0 || slices.ContainsFunc(v.Any, func(r Result) bool { return r.Holds }))
}

func results(list []rejoin.Condition, c Case) []Result {
	out := make([]Result, len(list))
	for n, condition := range list {
		out[n] = Result{Holds: condition.Holds(c.View), Found: condition.Found(c.View)}
		if at, ok := holdsFrom(condition, c); ok && !out[n].Holds {
			out[n].At = at
		}
	}
	return out
}

// holdsFrom returns from when on a condition holds if nothing changes but the time.
func holdsFrom(condition rejoin.Condition, c Case) (rejoin.Millis, bool) {
	at, ok := condition.HoldsAt(c.View)
	if !ok && condition.Subject == rejoin.OnHours && c.HoursChange > c.View.Now {
		return c.HoursChange, true
	}
	return at, ok
}

// comesTrue returns when the rule's conditions hold at the earliest if nothing changes but the time. Opening hours may have ended until then: the caller judges
// again.
func comesTrue(r rejoin.Rule, c Case) (at rejoin.Millis, ok bool) {
	for _, condition := range r.All {
		from, ok := holdsFrom(condition, c)
		if !ok {
			return 0, false
		}
		at = max(at, from)
	}
	if len(r.Any) == 0 {
		return at, true
	}
	first, found := rejoin.Millis(0), false
	for _, condition := range r.Any {
		if from, ok := holdsFrom(condition, c); ok && (!found || from < first) {
			first, found = from, true
		}
	}
	return max(at, first), found
}

// anchor is since when what the rule waits for is so: the newest of the moments from which its timed conditions count.
func anchor(r rejoin.Rule, v rejoin.View) (at rejoin.Millis) {
	for _, condition := range counting(r, v) {
		at = max(at, v.Since[condition.Subject])
	}
	return at
}

// counting is the timed conditions that the rule's run depends on.
func counting(r rejoin.Rule, v rejoin.View) []rejoin.Condition {
	list := slices.Clone(r.All)
	for _, condition := range r.Any {
		if condition.Holds(v) {
			list = append(list, condition)
		}
	}
	return slices.DeleteFunc(list, func(condition rejoin.Condition) bool { return !condition.Subject.Timed() })
}

// anew reports whether what the rule waits for has happened again since it ran: people came or went, or something was written or done that is no
// automation's doing.
func anew(r rejoin.Rule, c Case, anchor rejoin.Millis, last Run) bool {
	if anchor <= last.Anchor {
		return false
	}
	came := slices.ContainsFunc(counting(r, c.View), func(condition rejoin.Condition) bool {
		present := condition.Subject == rejoin.OfflineFor || condition.Subject == rejoin.OnlineFor
		return present && c.View.Since[condition.Subject] > last.Anchor
	})
	return came || c.News.beyond(last.Place)
}
