// Package followup decides whether an e-mail about unread messages is sent, waits or is skipped.
//
// [Decide] is one pure function of the policy, the facts and the time (promise 4). The engine that sends, the explanation that
// agents see and any simulation of the past call it and nothing else.
package followup

import (
	"time"

	"rejoin"
)

// MaxRefusals is how many temporary refusals of the mail server one span survives.
const MaxRefusals = 12

const day = 24 * time.Hour

// Policy is what the operator and the administrators have set.
type Policy struct {
	FeatureOn       bool          // the operator's switch for the domain
	Enabled         bool          // the app's toggle
	Window          time.Duration // how long a message may stay unread
	OnlineWindow    time.Duration // added while the user is online; zero for none
	MaxPostponement time.Duration // newer messages postpone the e-mail at most this long after the span began
	MinInterval     time.Duration // between two e-mails of one issue
	IssueCap        int           // e-mails of one issue in 24 hours
	AddressCap      int           // e-mails to one address in 24 hours
	TypedCap        int           // the same for an address that a visitor typed
}

// PolicyOf derives the policy from the settings.
func PolicyOf(d rejoin.Domain, s rejoin.FollowUpSettings) Policy {
	p := Policy{
		FeatureOn:       d.Has(rejoin.FollowUpEmail),
		Enabled:         s.Enabled,
		Window:          s.Window.Duration(),
		OnlineWindow:    s.OnlineWindow.Duration(),
		MaxPostponement: s.MaxPostponement.Duration(),
		MinInterval:     s.MinInterval.Duration(),
		IssueCap:        s.IssueDailyCap,
		AddressCap:      s.AddressDailyCap,
		TypedCap:        s.TypedDailyCap,
	}
	if p.MaxPostponement == 0 {
		p.MaxPostponement = min(6*p.Window, day)
	}
	p.MaxPostponement = max(p.MaxPostponement, p.Window)
	return p
}

// Facts is everything else the decision depends on.
type Facts struct {
	Unread       int           // outbound messages that are neither read nor mailed yet
	TakenBack    bool          // an outbound message that was not read was taken back just now
	Newest       rejoin.Millis // when the newest of them was written
	Since        rejoin.Millis // when the span began: the first message that armed it
	State        rejoin.IssueState
	Address      string // empty if nobody knows it
	Source       rejoin.EmailSource
	Suppressed   rejoin.SuppressionKind // empty if the user has no objection
	Presence     rejoin.Presence
	Held         bool            // an agent holds it
	SendNow      bool            // an agent wants it at once
	Refusals     int64           // temporary refusals in this span
	RetryAt      rejoin.Millis   // not before this, after a temporary refusal
	IssueMails   []rejoin.Millis // when this issue was mailed, ascending; the last 24 hours and the newest ever
	AddressMails []rejoin.Millis // when the address was mailed in the last 24 hours, ascending
}

// Action is what to do.
type Action string

const (
	Send Action = "send"
	Wait Action = "wait"
	Skip Action = "skip"
)

// Decision is what to do, why, and for [Wait] until when. A zero Until waits until the facts change.
type Decision struct {
	Action Action
	Reason rejoin.Reason
	Until  rejoin.Millis
}

// Decide is the follow-up decision. It has no other input than its arguments.
//
// A Wait names the moment at which, if no fact changes, the decision becomes Send: it is the same when asked at any time before.
func Decide(p Policy, f Facts, now rejoin.Millis) Decision {
	if r := obstacle(p, f); r != "" {
		return Decision{Action: Skip, Reason: r}
	}
	if f.Held && !f.SendNow {
		return Decision{Action: Wait, Reason: rejoin.ReasonHeld}
	}
	send, waits := timetable(p, f)
	latest := Decision{Action: Send, Reason: send}
	for _, w := range waits {
		if w.Until > now && w.Until > latest.Until {
			latest = w
		}
	}
	return latest
}

// obstacle returns why no e-mail may go out at all, or "".
func obstacle(p Policy, f Facts) rejoin.Reason {
	switch {
	case f.Unread == 0 && f.TakenBack:
		return rejoin.ReasonTakenBack
	case f.Unread == 0:
		return rejoin.ReasonRead
	case f.State == rejoin.Rejected:
		return rejoin.ReasonRejected
	case !p.FeatureOn:
		return rejoin.ReasonFeatureOff
	case !p.Enabled:
		return rejoin.ReasonDisabled
	case f.Address == "":
		return rejoin.ReasonNoAddress
	case f.Suppressed == rejoin.Mute:
		return rejoin.ReasonMuted
	case f.Suppressed == rejoin.Unsubscribe:
		return rejoin.ReasonUnsubscribed
	case f.Suppressed == rejoin.NotMe:
		return rejoin.ReasonNotMe
	case f.Refusals >= MaxRefusals:
		return rejoin.ReasonTooManyTries
	}
	return ""
}

// timetable returns why the e-mail is sent once nothing holds it back any more, and all moments it has to wait for. An agent's
// "send now" overrides the windows and the interval, never the limits.
func timetable(p Policy, f Facts) (send rejoin.Reason, waits []Decision) {
	wait := func(reason rejoin.Reason, until rejoin.Millis) {
		waits = append(waits, Decision{Action: Wait, Reason: reason, Until: until})
	}
	if until, ok := capEnds(f.IssueMails, p.IssueCap); ok {
		wait(rejoin.ReasonIssueCap, until)
	}
	if until, ok := capEnds(f.AddressMails, p.AddressCap); ok {
		wait(rejoin.ReasonAddressCap, until)
	}
	if f.Source == rejoin.TypedEmail {
		if until, ok := capEnds(f.AddressMails, p.TypedCap); ok {
			wait(rejoin.ReasonTypedCap, until)
		}
	}
	wait(rejoin.ReasonRetry, f.RetryAt)
	if f.SendNow {
		return rejoin.ReasonSendNow, waits
	}

	send = rejoin.ReasonDue
	due := f.Newest.Add(p.Window)
	if limit := f.Since.Add(p.MaxPostponement); limit < due {
		due, send = limit, rejoin.ReasonMaxPostponed
	}
	wait(rejoin.ReasonWindow, due)
	if f.Presence.Online() && p.OnlineWindow > 0 {
		wait(rejoin.ReasonOnline, due.Add(p.OnlineWindow))
	}
	if n := len(f.IssueMails); n > 0 {
		wait(rejoin.ReasonMinInterval, f.IssueMails[n-1].Add(p.MinInterval))
	}
	return send, waits
}

// capEnds returns when fewer than limit of the times lie within 24 hours.
func capEnds(times []rejoin.Millis, limit int) (rejoin.Millis, bool) {
	if len(times) < limit || limit == 0 {
		return 0, false
	}
	return times[len(times)-limit].Add(day), true
}

// RetryDelay is how long to wait after the n-th temporary refusal: 15 s, 30 s, 1 min… up to 4 h.
func RetryDelay(n int64) time.Duration {
	d := 15 * time.Second << min(max(n-1, 0), 12)
	return min(d, 4*time.Hour)
}
