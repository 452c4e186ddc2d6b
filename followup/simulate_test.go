package followup_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/followup"
)

// past builds the facts of a history whose moments are minutes.
type past struct{ facts []rejoin.Fact }

func at(minute int) rejoin.Millis { return rejoin.Millis(minute+1) * 60_000 }

func (p *past) add(minute int, f rejoin.Fact) *past {
	f.Act, f.N, f.At = "act_"+string(rune('a'+len(p.facts))), 1, at(minute)
	p.facts = append(p.facts, f)
	return p
}

func (p *past) wrote(minute int, issue string, seq int64) *past {
	return p.add(minute, rejoin.Fact{Kind: rejoin.FactWritten, IssueID: issue, Seq: seq, Value: string(rejoin.FromAgent)})
}

func (p *past) address(minute int, user, address string) *past {
	return p.add(minute, rejoin.Fact{Kind: rejoin.FactAddress, UserID: user, Value: address, Detail: string(rejoin.TypedEmail)})
}

func rule(window time.Duration) followup.Rule {
	return followup.Rule{Policy: followup.Policy{FeatureOn: true, Enabled: true, Window: window, MaxPostponement: 6 * window, IssueCap: 100, AddressCap: 100, TypedCap: 100}}
}

// short is what a test compares: when, about which issue, up to which message.
type short struct {
	Minute int
	Issue  string
	To     int64
}

func simulate(p *past, rules map[string]followup.Rule, issues ...followup.PastIssue) (list []short) {
	for _, m := range followup.Simulate(followup.History{Issues: issues, Facts: p.facts}, rules, at(10_000)) {
		list = append(list, short{int(m.At/60_000) - 1, m.IssueID, m.ToSeq})
	}
	return list
}

// Limits to an address hold across conversations and apps, each with its own window; what waits for the same moment goes by the issue's id.
func TestSimulateSharesLimits(t *testing.T) {
	p := new(past).address(0, "u1", "ada@example.org").address(0, "u2", "ada@example.org").
		wrote(0, "c", 1).wrote(0, "b", 1).wrote(1, "a", 1)
	quick, slow := rule(5*time.Minute), rule(30*time.Minute)
	quick.TypedCap, slow.TypedCap = 1, 1
	got := simulate(p, map[string]followup.Rule{"quick": quick, "slow": slow},
		followup.PastIssue{ID: "a", AppID: "slow", UserID: "u2"}, followup.PastIssue{ID: "b", AppID: "slow", UserID: "u1"}, followup.PastIssue{ID: "c", AppID: "quick", UserID: "u1"})
	day := 24 * 60
	if d := cmp.Diff([]short{{5, "c", 1}, {5 + day, "a", 1}, {5 + 2*day, "b", 1}}, got); d != "" {
		t.Errorf("e-mails (-want +got):\n%s", d)
	}
}

// The same history with other windows.
func TestSimulateAnotherWindow(t *testing.T) {
	p := new(past).address(0, "u", "ada@example.org").wrote(0, "i", 1).wrote(8, "i", 2).
		add(20, rejoin.Fact{Kind: rejoin.FactRead, IssueID: "i", Seq: 2}).wrote(40, "i", 3)
	issue := followup.PastIssue{ID: "i", AppID: "app", UserID: "u"}
	for window, want := range map[int][]short{
		5:  {{5, "i", 1}, {13, "i", 2}, {45, "i", 3}},
		10: {{18, "i", 2}, {50, "i", 3}},
		15: {{55, "i", 3}},
	} {
		got := simulate(p, map[string]followup.Rule{"app": rule(time.Duration(window) * time.Minute)}, issue)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%d minutes (-want +got):\n%s", window, d)
		}
	}
	if got := simulate(p, nil, issue); got != nil {
		t.Errorf("without a rule: %v", got)
	}
}

// What has been so for as long as anything is known comes first, and what came true together is decided once.
func TestSimulateTogether(t *testing.T) {
	p := new(past).wrote(0, "i", 1)
	p.facts = append(p.facts,
		rejoin.Fact{Act: "usr_z", N: 1, Kind: rejoin.FactAddress, UserID: "u", Value: "ada@example.org", Detail: string(rejoin.TypedEmail)},
		rejoin.Fact{Act: "act_x", N: 2, At: at(2), Kind: rejoin.FactRead, IssueID: "i", Seq: 1},
		rejoin.Fact{Act: "act_x", N: 1, At: at(2), Kind: rejoin.FactSendNow, IssueID: "i"})
	if got := simulate(p, map[string]followup.Rule{"app": rule(time.Hour)}, followup.PastIssue{ID: "i", AppID: "app", UserID: "u"}); got != nil {
		t.Errorf("read in the same act, and mailed all the same: %v", got)
	}
	p.facts[2].At = at(3)
	p.facts[2].Act = "act_y"
	if d := cmp.Diff([]short{{2, "i", 1}}, simulate(p, map[string]followup.Rule{"app": rule(time.Hour)}, followup.PastIssue{ID: "i", AppID: "app", UserID: "u"})); d != "" {
		t.Errorf("read a minute later (-want +got):\n%s", d)
	}
}

// The newest e-mail of a conversation counts however long ago it was.
func TestSimulateLongInterval(t *testing.T) {
	r := rule(5 * time.Minute)
	r.MinInterval = 30 * time.Hour
	p := new(past).address(0, "u", "ada@example.org").wrote(0, "i", 1).wrote(25*60, "i", 2)
	got := simulate(p, map[string]followup.Rule{"app": r}, followup.PastIssue{ID: "i", AppID: "app", UserID: "u"})
	if d := cmp.Diff([]short{{5, "i", 1}, {5 + 30*60, "i", 2}}, got); d != "" {
		t.Errorf("e-mails (-want +got):\n%s", d)
	}
}
