package core

import (
	"context"
	"slices"
	"time"

	"rejoin"
	"rejoin/automation"
)

const (
	jobRuleTimer    rejoin.JobKind = "rule_timer"    // key: issue id
	jobRulesChanged rejoin.JobKind = "rules_changed" // key: domain id
)

// RunTimer runs the timed automations whose time has come in an issue, and comes back when the next one's may. It is the handler of a job that is put at each
// change of the issue: a repeat finds that they ran.
func (s *Rules) RunTimer(ctx context.Context, j rejoin.Job) error {
	return s.write(ctx, func(u *unit) error {
		i, err := u.LockIssue(j.Key)
		if err != nil || !i.State.Open() {
			return err
		}
		u.ruling, u.timing = true, true
		rules, err := u.EnabledRules(i.DomainID)
		if err != nil {
			return err
		}
		events := i.EventCount
		if err := u.tryRules(&i, rules); err != nil { // what has happened until now is not this pass's doing
			return err
		}
		next, err := u.tryTimed(&i, rules)
		if err != nil {
			return err
		}
		if next > 0 && i.State.Open() {
			if err := u.put(jobRuleTimer, i.ID, next); err != nil {
				return err
			}
		}
		if i.EventCount == events {
			return nil
		}
		if err := u.SetRuleCursor(i.ID, cursorAt(&i)); err != nil {
			return err
		}
		return u.save(&i)
	})
}

// tryTimed tries the timed rules in their order and returns when one of them is to be tried next; zero for never. The caller saves the issue.
func (u *unit) tryTimed(i *rejoin.Issue, rules []rejoin.Rule) (next rejoin.Millis, err error) {
	rules = slices.DeleteFunc(slices.Clone(rules), func(r rejoin.Rule) bool { return r.Trigger != rejoin.OnTime })
	pass := rulePass{unit: u, rules: rules}
	events := i.EventCount
	for _, r := range rules {
		v, err := pass.try(i, r)
		if err != nil {
			return 0, err
		}
		next = earlier(next, v.At)
	}
	if i.EventCount == events && !pass.paused {
		return next, nil
	}
	return u.nextTimed(i, rules)
}

// earlier returns the earlier one of two moments of which zero is never.
func earlier(a, b rejoin.Millis) rejoin.Millis {
	if a == 0 || b > 0 && b < a {
		return b
	}
	return a
}

// nextTimed returns when one of the rules comes true, after those that ran have changed the issue.
func (u *unit) nextTimed(i *rejoin.Issue, rules []rejoin.Rule) (next rejoin.Millis, err error) {
	k, err := u.ruleCase(*i, rules)
	if err != nil {
		return 0, err
	}
	if k.paused > u.now.Add(-day) {
		next = u.now.Add(afterPause)
	}
	for _, r := range rules {
		next = earlier(next, automation.Judge(r, k.Case).At)
	}
	return next, nil
}

// afterPause is how long after automations paused in an issue the timed ones are tried again.
const afterPause = time.Hour

// retime makes the timed automations of a domain look at all its open issues again.
func (u *unit) retime(domainID string) error {
	triggers, err := u.Triggers(domainID)
	if err != nil || !slices.Contains(triggers, rejoin.OnTime) {
		return err
	}
	return u.put(jobRulesChanged, domainID, u.now)
}

// watchTimes is retime after one automation has changed.
func (u *unit) watchTimes(was, now rejoin.Rule) error {
	if was.Trigger != rejoin.OnTime && now.Trigger != rejoin.OnTime {
		return nil
	}
	return u.retime(now.DomainID)
}

// Issues are looked at in batches, one after the other: e-mails that become due meanwhile must not wait behind a hundred thousand of them.
const (
	retimeBatch = 100
	retimeEvery = 500 * time.Millisecond
)

// Retime makes timed automations look at all open issues of a domain again, after the automations or the business hours have changed. It is the handler of
// a job.
func (s *Rules) Retime(ctx context.Context, j rejoin.Job) error {
	var ids []string
	wait := time.Duration(0)
	err := s.read(ctx, func(u *unit) (err error) {
		ids, err = u.OpenIssues(j.Key)
		return err
	})
	if err != nil {
		return err
	}
	for batch := range slices.Chunk(ids, retimeBatch) {
		err := s.write(ctx, func(u *unit) error {
			u.jobs = true
			for _, id := range batch {
				if err := u.PutJobBy(rejoin.Job{Kind: jobRuleTimer, Key: id, RunAt: u.now.Add(wait)}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		wait += retimeEvery
	}
	return nil
}
