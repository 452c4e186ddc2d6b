package core

import (
	"context"
	"fmt"
	"time"

	"rejoin"
	"rejoin/automation"
	"rejoin/store"
)

const (
	jobRules  rejoin.JobKind = "rules" // key: issue id
	ruleLease                = 2 * time.Minute
)

// touch is an issue that this transaction has changed: automations may want to look at it.
type touch struct {
	domainID string
	open     bool
	begun    bool // it is new
	news     bool // something was written or done that is not an automation's doing by itself
	told     bool // something was written or done: webhooks may tell of it
}

// touched notes that the issue was changed.
func (u *unit) touched(i *rejoin.Issue) {
	t := u.touches[i.ID]
	t.domainID, t.open = i.DomainID, i.State.Open()
	u.setTouch(i.ID, t)
}

// news notes that somebody has done something to the issue. What a rule does is none; what a bot does may follow from a rule, which is found out when the
// rules are tried.
func (u *unit) news(i *rejoin.Issue, by rejoin.ActorKind, kind rejoin.EventKind) {
	t := u.touches[i.ID]
	t.domainID, t.open = i.DomainID, i.State.Open()
	t.news, t.told = t.news || by != rejoin.ByRule, true
	t.begun = t.begun || kind == rejoin.EventCreated
	u.setTouch(i.ID, t)
}

func (u *unit) setTouch(issueID string, t touch) {
	if u.touches == nil {
		u.touches = map[string]touch{}
	}
	u.touches[issueID] = t
}

// putRules puts the jobs of automations, and of webhooks, that may want to look at what has changed. A domain that has none pays one question.
func (u *unit) putRules() error {
	triggers := map[string]map[rejoin.Trigger]bool{} // by domain
	for _, id := range sortedKeys(u.touches) {
		t := u.touches[id]
		if triggers[t.domainID] == nil {
			triggers[t.domainID] = map[rejoin.Trigger]bool{}
			list, err := u.Triggers(t.domainID)
			if err != nil {
				return err
			}
			for _, trigger := range list {
				triggers[t.domainID][trigger] = true
			}
		}
		if err := u.putRulesOf(id, t, triggers[t.domainID]); err != nil {
			return err
		}
	}
	return nil
}

func (u *unit) putRulesOf(issueID string, t touch, wanted map[rejoin.Trigger]bool) error {
	if t.begun && wanted[rejoin.Trigger(rejoin.CreateIssue)] || t.told && wanted[rejoin.Trigger(rejoin.UpdateIssue)] {
		if err := u.put(jobWebhookNews, issueID, u.now); err != nil {
			return err
		}
	}
	if wanted[rejoin.OnNewIssue] && t.begun || wanted[rejoin.OnUpdate] && t.news {
		if !u.ruling { // what happens while rules are tried is theirs
			if err := u.put(jobRules, issueID, u.now); err != nil {
				return err
			}
		}
	}
	if wanted[rejoin.OnTime] && t.open && !u.timing {
		return u.put(jobRuleTimer, issueID, u.now)
	}
	return nil
}

// ruleCase is an issue as rules see it, with what their texts can name.
type ruleCase struct {
	automation.Case
	scene  scene
	paused rejoin.Millis // when it was last said that automations pause in the issue; zero if never
}

// ruleCase loads it. Of the news only what the rules ask for is loaded: whether something has happened since a timed one that may run again ran.
func (u *unit) ruleCase(i rejoin.Issue, rules []rejoin.Rule) (k ruleCase, err error) {
	if k.scene, err = u.scene(i); err != nil {
		return k, err
	}
	k.View, k.HoursChange, k.Runs = k.scene.View, k.scene.Hours.ChangeAt, map[string]automation.Run{}
	runs, err := u.NewestRuns(i.ID)
	if err != nil {
		return k, err
	}
	for _, r := range runs {
		if r.RuleID == "" {
			k.paused = r.At
			continue
		}
		k.Runs[r.RuleID] = automation.Run{At: r.At, Anchor: r.Anchor, Place: automation.Place{Seq: r.Seq, N: r.N}}
	}
	for _, r := range rules {
		if last, ran := k.Runs[r.ID]; ran && r.Repeat && r.Trigger == rejoin.OnTime {
			n, err := u.newest(i, last.Place)
			if err != nil {
				return k, err
			}
			k.News.Seq, k.News.N = max(k.News.Seq, n.Seq), max(k.News.N, n.N)
		}
	}
	return k, nil
}

// Run tries the automations that look at new and at changed issues. It is the handler of a job: a repeat finds nothing new.
func (s *Rules) Run(ctx context.Context, j rejoin.Job) error {
	return s.write(ctx, func(u *unit) error {
		i, err := u.LockIssue(j.Key)
		if err != nil {
			return err
		}
		u.ruling = true
		rules, err := u.EnabledRules(i.DomainID)
		if err != nil {
			return err
		}
		events := i.EventCount
		if err := u.tryRules(&i, rules); err != nil || i.EventCount == events {
			return err
		}
		return u.save(&i)
	})
}

// tryRules tries the rules that look at new and at changed issues, in their order, each against the issue as the ones before have left it, if something
// has happened since they were tried last. The caller saves the issue.
func (u *unit) tryRules(i *rejoin.Issue, rules []rejoin.Rule) error {
	cursor, err := u.RuleCursor(i.ID)
	if err != nil || cursor == cursorAt(i) {
		return err
	}
	news, err := u.newest(*i, automation.Place(cursor))
	if err != nil {
		return err
	}
	pass := rulePass{unit: u, rules: rules}
	for _, r := range rules {
		begun := r.Trigger == rejoin.OnNewIssue && cursor.N == 0 && i.CreatedAt >= r.UpdatedAt
		changed := r.Trigger == rejoin.OnUpdate && news.some() && news.At >= r.UpdatedAt // a rule looks at what happens from when it was saved
		if !begun && !changed {
			continue
		}
		if _, err := pass.try(i, r); err != nil {
			return err
		}
	}
	return u.SetRuleCursor(i.ID, cursorAt(i))
}

func cursorAt(i *rejoin.Issue) store.RuleCursor {
	return store.RuleCursor{Seq: i.LastSeq, N: i.EventCount}
}

// rulePass tries rules on one issue.
type rulePass struct {
	*unit
	rules  []rejoin.Rule
	known  *ruleCase // nil if the issue was changed since it was loaded
	paused bool      // a rule would have run, but too many have
}

// try judges one rule, and does what it says if it runs.
func (p *rulePass) try(i *rejoin.Issue, r rejoin.Rule) (v automation.Verdict, err error) {
	if p.known == nil {
		k, err := p.ruleCase(*i, p.rules)
		if err != nil {
			return v, err
		}
		p.known = &k
	}
	v = automation.Judge(r, p.known.Case)
	if !v.Runs {
		return v, nil
	}
	n, err := p.CountRuns(i.ID, p.now.Add(-day))
	if err != nil {
		return v, err
	}
	if n >= rejoin.MaxRuleRuns {
		p.paused = true
		return v, p.pause(i, p.known.paused)
	}
	k := *p.known
	p.known = nil
	return v, p.do(i, r, v, k.scene)
}

var pauseText = fmt.Sprintf("Automations ran %d times in this conversation within 24 hours. They pause here, so that nothing goes in circles.", rejoin.MaxRuleRuns)

// pause says in the timeline, once a day, that no automation runs in the issue for now.
func (u *unit) pause(i *rejoin.Issue, last rejoin.Millis) error {
	if last > u.now.Add(-day) {
		return nil
	}
	note := rejoin.RuleNote{Failed: []string{pauseText}}
	if err := u.event(i, rejoin.EventRule, bySystem, rejoin.EventData{Rule: &note}); err != nil {
		return err
	}
	return u.AddRuleRun(store.RuleRun{ID: newID("run"), IssueID: i.ID, At: u.now, Seq: i.LastSeq, N: i.EventCount})
}

// do is one run of the rule: its actions in their order. What cannot be done does not stop the others.
func (p *rulePass) do(i *rejoin.Issue, r rejoin.Rule, v automation.Verdict, s scene) error {
	by := rejoin.Actor{Kind: rejoin.ByRule, ID: r.ID, Name: r.Name}
	note := rejoin.RuleNote{ID: r.ID, Name: r.Name}
	for _, a := range r.Actions {
		a = s.filled(*i, a)
		done, err := p.doAction(i, a, by)
		if rejoin.CodeOf(err) != "" {
			note.Failed = append(note.Failed, failing(a)+" "+textOf(err))
		} else if err != nil {
			return err
		} else if done != "" {
			note.Done = append(note.Done, done)
		}
	}
	if err := p.event(i, rejoin.EventRule, by, rejoin.EventData{Rule: &note}); err != nil {
		return err
	}
	return p.AddRuleRun(store.RuleRun{ID: newID("run"), IssueID: i.ID, RuleID: r.ID, At: p.now, Anchor: v.Anchor, Seq: i.LastSeq, N: i.EventCount})
}
