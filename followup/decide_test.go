package followup

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rejoin"
)

const t0 = rejoin.Millis(1_800_000_000_000)

func at(d time.Duration) rejoin.Millis { return t0.Add(d) }

var standard = Policy{FeatureOn: true, Enabled: true, Window: 10 * time.Minute, MaxPostponement: time.Hour, IssueCap: 3, AddressCap: 5, TypedCap: 2}

// unread is one message written at t0 to a user whose address the company knows.
var unread = Facts{Unread: 1, Newest: t0, Since: t0, State: rejoin.AgentReplied, Address: "ada@example.org", Presence: rejoin.PageClosed}

func TestDecide(t *testing.T) {
	wait := func(r rejoin.Reason, d time.Duration) Decision { return Decision{Wait, r, at(d)} }
	skip := func(r rejoin.Reason) Decision { return Decision{Action: Skip, Reason: r} }
	send := func(r rejoin.Reason) Decision { return Decision{Action: Send, Reason: r} }
	for _, c := range []struct {
		name   string
		policy func(*Policy)
		facts  func(*Facts)
		after  time.Duration
		want   Decision
	}{
		{"the window runs", nil, nil, 9 * time.Minute, wait(rejoin.ReasonWindow, 10*time.Minute)},
		{"the window has ended", nil, nil, 10 * time.Minute, send(rejoin.ReasonDue)},
		{"a newer message restarts it", nil, func(f *Facts) { f.Newest = at(5 * time.Minute) }, 10 * time.Minute, wait(rejoin.ReasonWindow, 15*time.Minute)},
		{"but not for ever", nil, func(f *Facts) { f.Newest = at(59 * time.Minute) }, 60 * time.Minute, send(rejoin.ReasonMaxPostponed)},
		{"online: the second window", func(p *Policy) { p.OnlineWindow = time.Minute }, func(f *Facts) { f.Presence = rejoin.TabHidden }, 10 * time.Minute, wait(rejoin.ReasonOnline, 11*time.Minute)},
		{"online without a second window", nil, func(f *Facts) { f.Presence = rejoin.Active }, 10 * time.Minute, send(rejoin.ReasonDue)},
		{"held", nil, func(f *Facts) { f.Held = true }, time.Hour, Decision{Action: Wait, Reason: rejoin.ReasonHeld}},
		{"send now", nil, func(f *Facts) { f.SendNow = true }, 0, send(rejoin.ReasonSendNow)},
		{"send now, while a retry is due later", nil, func(f *Facts) { f.SendNow, f.RetryAt = true, at(time.Minute) }, 0, wait(rejoin.ReasonRetry, time.Minute)},
		{"retry", nil, func(f *Facts) { f.RetryAt = at(30 * time.Minute) }, 20 * time.Minute, wait(rejoin.ReasonRetry, 30*time.Minute)},
		{"too soon after the last", func(p *Policy) { p.MinInterval = time.Hour }, func(f *Facts) { f.IssueMails = []rejoin.Millis{at(-time.Minute)} }, 10 * time.Minute, wait(rejoin.ReasonMinInterval, 59*time.Minute)},
		{"the issue's day is full", nil, func(f *Facts) { f.IssueMails = []rejoin.Millis{at(-3 * time.Hour), at(-2 * time.Hour), at(-time.Hour)} }, 10 * time.Minute, wait(rejoin.ReasonIssueCap, 21*time.Hour)},
		{"a full day holds for send now", nil, func(f *Facts) {
			f.SendNow, f.IssueMails = true, []rejoin.Millis{at(-3 * time.Hour), at(-2 * time.Hour), at(-time.Hour)}
		}, 0, wait(rejoin.ReasonIssueCap, 21*time.Hour)},
		{"the typed address's day is full", nil, func(f *Facts) {
			f.Source, f.AddressMails = rejoin.TypedEmail, []rejoin.Millis{at(-2 * time.Hour), at(-time.Hour)}
		}, 10 * time.Minute, wait(rejoin.ReasonTypedCap, 22*time.Hour)},
		{"the address's day is full", func(p *Policy) { p.AddressCap = 1 }, func(f *Facts) { f.AddressMails = []rejoin.Millis{at(-time.Hour)} }, 10 * time.Minute, wait(rejoin.ReasonAddressCap, 23*time.Hour)},
		{"read", nil, func(f *Facts) { f.Unread = 0 }, time.Hour, skip(rejoin.ReasonRead)},
		{"taken back", nil, func(f *Facts) { f.Unread, f.TakenBack = 0, true }, time.Hour, skip(rejoin.ReasonTakenBack)},
		{"one of two taken back", nil, func(f *Facts) { f.TakenBack = true }, time.Hour, send(rejoin.ReasonDue)},
		{"resolved is sent all the same", nil, func(f *Facts) { f.State = rejoin.Resolved }, time.Hour, send(rejoin.ReasonDue)},
		{"rejected", nil, func(f *Facts) { f.State = rejoin.Rejected }, time.Hour, skip(rejoin.ReasonRejected)},
		{"feature off", func(p *Policy) { p.FeatureOn = false }, nil, time.Hour, skip(rejoin.ReasonFeatureOff)},
		{"disabled", func(p *Policy) { p.Enabled = false }, func(f *Facts) { f.SendNow = true }, time.Hour, skip(rejoin.ReasonDisabled)},
		{"no address", nil, func(f *Facts) { f.Address = "" }, time.Hour, skip(rejoin.ReasonNoAddress)},
		{"muted", nil, func(f *Facts) { f.Suppressed, f.SendNow = rejoin.Mute, true }, time.Hour, skip(rejoin.ReasonMuted)},
		{"unsubscribed", nil, func(f *Facts) { f.Suppressed = rejoin.Unsubscribe }, time.Hour, skip(rejoin.ReasonUnsubscribed)},
		{"not me", nil, func(f *Facts) { f.Suppressed = rejoin.NotMe }, time.Hour, skip(rejoin.ReasonNotMe)},
		{"too many tries", nil, func(f *Facts) { f.Refusals = MaxRefusals }, time.Hour, skip(rejoin.ReasonTooManyTries)},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, f := standard, unread
			if c.policy != nil {
				c.policy(&p)
			}
			if c.facts != nil {
				c.facts(&f)
			}
			if d := cmp.Diff(c.want, Decide(p, f, at(c.after))); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

func TestPolicyOf(t *testing.T) {
	domain := rejoin.Domain{Features: []rejoin.Feature{rejoin.FollowUpEmail}}
	for _, c := range []struct{ window, max, want rejoin.Seconds }{
		{600, 0, 3600},      // six windows
		{36000, 0, 86400},   // at most a day
		{172800, 0, 172800}, // but never less than the window
		{600, 60, 600},      // the same for one that is set
		{600, 172800, 172800},
	} {
		s := rejoin.FollowUpSettings{Window: c.window, MaxPostponement: c.max}
		if got := PolicyOf(domain, s).MaxPostponement; got != c.want.Duration() {
			t.Errorf("window %d s, maximum %d s: %v, want %d s", c.window, c.max, got, c.want)
		}
	}
}

// A Wait is a promise: asked at any time before its moment the answer is the same, and at that moment it is Send.
func TestDecideKeepsItsWord(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		minutes := func(name string) time.Duration {
			return time.Duration(rapid.IntRange(0, 3000).Draw(rt, name)) * time.Minute
		}
		times := func(name string) (list []rejoin.Millis) {
			for _, m := range rapid.SliceOfN(rapid.IntRange(-2000, 0), 0, 6).Draw(rt, name) {
				list = append(list, at(time.Duration(m)*time.Minute))
			}
			slices.Sort(list)
			return list
		}
		p := Policy{FeatureOn: true, Enabled: true, Window: minutes("window"), OnlineWindow: minutes("online"), MaxPostponement: minutes("max"), MinInterval: minutes("interval"),
			IssueCap: rapid.IntRange(1, 4).Draw(rt, "issue cap"), AddressCap: rapid.IntRange(1, 4).Draw(rt, "address cap"), TypedCap: rapid.IntRange(1, 4).Draw(rt, "typed cap")}
		f := unread
		f.Source = rapid.SampledFrom([]rejoin.EmailSource{rejoin.NoEmail, rejoin.TypedEmail}).Draw(rt, "source")
		f.Presence = rapid.SampledFrom([]rejoin.Presence{rejoin.Active, rejoin.Offline}).Draw(rt, "presence")
		f.SendNow, f.RetryAt = rapid.Bool().Draw(rt, "send now"), at(minutes("retry"))
		f.IssueMails, f.AddressMails = times("issue mails"), times("address mails")

		first := Decide(p, f, t0)
		if first.Action != Wait {
			return
		}
		if first.Until <= t0 {
			rt.Fatalf("waits until the past: %+v", first)
		}
		between := t0 + rejoin.Millis(rapid.Int64Range(0, int64(first.Until-t0)-1).Draw(rt, "between"))
		if d := cmp.Diff(first, Decide(p, f, between)); d != "" {
			rt.Errorf("changed its mind (-first +later):\n%s", d)
		}
		if last := Decide(p, f, first.Until); last.Action != Send {
			rt.Errorf("at the moment it named: %+v, want send", last)
		}
	})
}
