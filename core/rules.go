package core

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"rejoin"
	"rejoin/automation"
)

// Rules is a domain's automations (reference §4.3): administrators keep them, jobs run them.
type Rules struct{ *env }

// RuleState is an automation as administrators see it.
type RuleState struct {
	Rule    rejoin.Rule
	Problem string // something it names exists no more
	Runs    int64  // in the last 30 days
	Last    rejoin.Millis
}

// ruleUseOf is how far back runs are counted.
const ruleUseOf = 30 * day

// List returns the domain's automations in their order.
func (s *Rules) List(ctx context.Context, a rejoin.Agent) (list []RuleState, err error) {
	if err := administer(a); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(u *unit) error {
		list, err = u.ruleStates(a.DomainID)
		return err
	})
	return list, err
}

func (u *unit) ruleStates(domainID string) (list []RuleState, err error) {
	rules, err := u.Tx.Rules(domainID)
	if err != nil {
		return nil, err
	}
	names, err := u.names(domainID)
	if err != nil {
		return nil, err
	}
	uses, err := u.RuleUses(domainID, u.now.Add(-ruleUseOf))
	for _, r := range rules {
		state := RuleState{Rule: r}
		if bad := names.check(r); bad != nil {
			state.Problem = bad.Text
		}
		for _, use := range uses {
			if use.RuleID == r.ID {
				state.Runs, state.Last = use.Runs, use.Last
			}
		}
		list = append(list, state)
	}
	return list, err
}

// changeRules does something to the domain's automations, and returns all as they are then.
func (s *Rules) changeRules(ctx context.Context, a rejoin.Agent, change func(u *unit, list []rejoin.Rule) error) (list []RuleState, err error) {
	if err := administer(a); err != nil {
		return nil, err
	}
	err = s.write(ctx, func(u *unit) error {
		if err := u.LockText("rules " + a.DomainID); err != nil { // two at once must not both take the last place
			return err
		}
		was, err := u.Tx.Rules(a.DomainID)
		if err != nil {
			return err
		}
		if err := change(u, was); err != nil {
			return err
		}
		list, err = u.ruleStates(a.DomainID)
		return err
	})
	return list, err
}

// Set makes an automation, as the last one, or changes the one with the id if that is not empty. It looks at what happens from then on.
func (s *Rules) Set(ctx context.Context, a rejoin.Agent, id string, in rejoin.Rule) (state RuleState, err error) {
	if err := administer(a); err != nil {
		return state, err
	}
	in, err = in.Check()
	if err != nil {
		return state, err
	}
	kept := ""
	list, err := s.changeRules(ctx, a, func(u *unit, list []rejoin.Rule) error {
		r := in
		was, err := placeRule(&r, a.DomainID, id, list, u.now)
		if err != nil {
			return err
		}
		if err := u.fitsDomain(r); err != nil {
			return err
		}
		if err := u.PutRule(r); err != nil {
			return err
		}
		if err := u.watchTimes(was, r); err != nil {
			return err
		}
		kept = r.ID
		if was.ID == "" {
			return u.audit(a, rejoin.RuleMade, r.Name)
		}
		lines, err := u.ruleChanges(was, r)
		if err != nil {
			return err
		}
		return u.audit(a, rejoin.RuleChanged, r.Name, lines...)
	})
	if err != nil {
		return state, err
	}
	return list[slices.IndexFunc(list, func(l RuleState) bool { return l.Rule.ID == kept })], nil
}

// placeRule gives a new rule its id and its place, or one that exists those it has.
func placeRule(r *rejoin.Rule, domainID, id string, list []rejoin.Rule, now rejoin.Millis) (was rejoin.Rule, err error) {
	if slices.ContainsFunc(list, func(o rejoin.Rule) bool { return o.ID != id && o.Name == r.Name }) {
		return was, &rejoin.Error{Code: rejoin.Conflict, Field: "name", Text: "There is an automation of this name already."}
	}
	r.ID, r.DomainID, r.CreatedAt, r.UpdatedAt = newID("rule"), domainID, now, now
	if id != "" {
		if was, err = findRule(list, id); err != nil {
			return was, err
		}
		r.ID, r.Place, r.CreatedAt = was.ID, was.Place, was.CreatedAt
		return was, nil
	}
	if len(list) >= rejoin.MaxRules {
		return was, rejoin.Errorf(rejoin.Limited, "A team has at most %d automations. Delete one that nobody needs first.", rejoin.MaxRules)
	}
	for _, o := range list {
		r.Place = max(r.Place, o.Place+1)
	}
	return was, nil
}

func findRule(list []rejoin.Rule, id string) (rejoin.Rule, error) {
	n := slices.IndexFunc(list, func(r rejoin.Rule) bool { return r.ID == id })
	if n < 0 {
		return rejoin.Rule{}, rejoin.Errorf(rejoin.NotFound, "There is no such automation.")
	}
	return list[n], nil
}

// fitsDomain refuses a rule that is switched on and names what does not exist, or an address that is never called.
func (u *unit) fitsDomain(r rejoin.Rule) error {
	names, err := u.names(r.DomainID)
	if err != nil || !r.On {
		return err
	}
	if bad := names.check(r); bad != nil {
		return bad
	}
	for n, a := range r.Actions {
		if a.Kind != rejoin.DoWebhook {
			continue
		}
		if bad := u.env.checkHook(a.URL); bad != nil {
			return at("actions", n, bad)
		}
	}
	return nil
}

// Delete forgets an automation. What it did stays.
func (s *Rules) Delete(ctx context.Context, a rejoin.Agent, id string) ([]RuleState, error) {
	return s.changeRules(ctx, a, func(u *unit, list []rejoin.Rule) error {
		r, err := findRule(list, id)
		if err != nil {
			return err
		}
		if err := u.DeleteRule(id); err != nil {
			return err
		}
		return u.audit(a, rejoin.RuleDeleted, r.Name)
	})
}

// Order puts the automations with the ids first, in that order; the others follow as they were.
func (s *Rules) Order(ctx context.Context, a rejoin.Agent, ids []string) ([]RuleState, error) {
	return s.changeRules(ctx, a, func(u *unit, list []rejoin.Rule) error {
		var ordered []rejoin.Rule
		for n, id := range ids {
			r, err := findRule(list, id)
			if err != nil {
				return err
			}
			if slices.Contains(ids[:n], id) {
				return rejoin.InvalidField("ids", "The same automation is there twice.")
			}
			ordered = append(ordered, r)
		}
		for _, r := range list {
			if !slices.Contains(ids, r.ID) {
				ordered = append(ordered, r)
			}
		}
		for n, r := range ordered {
			if err := u.PlaceRule(r.ID, int64(n)); err != nil {
				return err
			}
		}
		return u.audit(a, rejoin.RulesOrdered, "Automations")
	})
}

// TriedRule is whether a rule would run in an issue, and why or why not.
type TriedRule struct {
	Issue   rejoin.Issue
	Verdict automation.Verdict
	Text    string // the reason in one sentence
}

// Try judges a rule about the issue with the number or the id, as it is now. Nothing is done. With the id of a rule that exists its runs count.
func (s *Rules) Try(ctx context.Context, a rejoin.Agent, r rejoin.Rule, id, issue string) (t TriedRule, err error) {
	if err := administer(a); err != nil {
		return t, err
	}
	if r.Name == "" {
		r.Name = "New automation" // it may have none yet
	}
	if r, err = r.Check(); err != nil {
		return t, err
	}
	r.ID, r.DomainID = id, a.DomainID
	err = s.read(ctx, func(u *unit) error {
		if t.Issue, err = u.namedIssue(a, issue); err != nil {
			return err
		}
		k, err := u.ruleCase(t.Issue, []rejoin.Rule{r})
		if err != nil {
			return err
		}
		t.Verdict = automation.Judge(r, k.Case)
		t.Text = t.Verdict.Why.Text()
		names, err := u.names(a.DomainID)
		if err != nil {
			return err
		}
		names.label(r.All, t.Verdict.All)
		names.label(r.Any, t.Verdict.Any)
		return u.explainPause(&t)
	})
	return t, err
}

// explainPause says so if too many automations ran in the issue.
func (u *unit) explainPause(t *TriedRule) error {
	n, err := u.CountRuns(t.Issue.ID, u.now.Add(-day))
	if err == nil && t.Verdict.Runs && n >= rejoin.MaxRuleRuns {
		t.Verdict.Runs, t.Text = false, pauseText
	}
	return err
}

// namedIssue returns an issue of the agent's domain by its number or its id.
func (u *unit) namedIssue(a rejoin.Agent, name string) (rejoin.Issue, error) {
	name = strings.TrimPrefix(strings.TrimSpace(name), "#")
	missing := rejoin.InvalidField("issue", "There is no conversation %q. Give its number.", rejoin.Preview(name, 40))
	id := name
	if n, err := strconv.ParseInt(name, 10, 64); err == nil {
		if id, err = u.IssueByNumber(a.DomainID, n); err != nil {
			return rejoin.Issue{}, orMissing(err, missing)
		}
	}
	if !storable(id) {
		return rejoin.Issue{}, missing
	}
	i, err := u.Issue(id)
	if err == nil && i.DomainID != a.DomainID {
		err = missing
	}
	return i, orMissing(err, missing)
}

func orMissing(err error, missing *rejoin.Error) error {
	if rejoin.CodeOf(err) == rejoin.NotFound {
		return missing
	}
	return err
}

// RuleOptions is what conditions and actions can name.
type RuleOptions struct {
	Apps      []rejoin.App
	Agents    []rejoin.Agent
	Queues    []rejoin.Queue
	Bots      []rejoin.Bot // published custom ones
	Tags      []string
	Fields    []rejoin.CustomField
	Languages []string
	Meta      []string
}

// Options returns what there is in the agent's domain.
func (s *Rules) Options(ctx context.Context, a rejoin.Agent) (o RuleOptions, err error) {
	if err := administer(a); err != nil {
		return o, err
	}
	err = s.read(ctx, func(u *unit) error {
		names, err := u.names(a.DomainID)
		if err != nil {
			return err
		}
		o = RuleOptions{Apps: names.apps, Languages: slices.Clone(rejoin.Languages[:]), Meta: knownMeta()}
		o.Agents = slices.DeleteFunc(slices.Clone(names.agents), func(a rejoin.Agent) bool { return a.DeactivatedAt > 0 })
		o.Queues = slices.DeleteFunc(slices.Clone(names.queues), func(q rejoin.Queue) bool { return q.ArchivedAt > 0 })
		o.Bots = slices.DeleteFunc(slices.Clone(names.bots), func(b rejoin.Bot) bool { return !startable(b) })
		o.Fields = slices.DeleteFunc(slices.Clone(names.fields), func(f rejoin.CustomField) bool { return f.ArchivedAt > 0 })
		for _, t := range names.tags {
			if t.ArchivedAt == 0 {
				o.Tags = append(o.Tags, t.Name)
			}
		}
		return nil
	})
	return o, err
}

// knownMeta is the paths of the default metadata.
func knownMeta() []string {
	return []string{"browser.name", "browser.version", "os.name", "os.version", "device", "language", "timezone", "country", "screen", "page.url", "page.title",
		"page.referrer", "app.id", "app.name", "app.version", "hardware.model", "hardware.battery", "hardware.free_space", "hardware.network", "hardware.carrier"}
}
