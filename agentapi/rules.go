package agentapi

import (
	"rejoin"
	"rejoin/automation"
	"rejoin/core"
	"rejoin/web"
)

// rules is the domain's automations.
type rules struct{ *API }

// routes are the automations, for administrators.
func (a rules) routes() []route {
	return []route{
		{"GET /agent/v1/rules", rejoin.Administer, a.list},
		{"GET /agent/v1/rules/{rule}", rejoin.Administer, a.one},
		{"POST /agent/v1/rules", rejoin.Administer, a.add},
		{"PUT /agent/v1/rules/{rule}", rejoin.Administer, a.change},
		{"DELETE /agent/v1/rules/{rule}", rejoin.Administer, a.remove},
		{"POST /agent/v1/rules/order", rejoin.Administer, a.order},
		{"POST /agent/v1/rules/try", rejoin.Administer, a.try},
		{"GET /agent/v1/rules/options", rejoin.Administer, a.options},
	}
}

// maxRule is the largest body in bytes: twenty messages in many languages.
const maxRule = 8 << 20

func (a rules) list(c call) (any, error) {
	return rulesOf(a.Core.Rules.List(c.r.Context(), c.agent))
}

func (a rules) one(c call) (any, error) {
	list, err := a.Core.Rules.List(c.r.Context(), c.agent)
	if err != nil {
		return nil, err
	}
	for _, s := range list {
		if s.Rule.ID == c.r.PathValue("rule") {
			return ruleOf(s), nil
		}
	}
	return nil, rejoin.Errorf(rejoin.NotFound, "There is no such automation.")
}

func (a rules) add(c call) (any, error) { return a.set(c, "") }

func (a rules) change(c call) (any, error) { return a.set(c, c.r.PathValue("rule")) }

func (a rules) set(c call, id string) (any, error) {
	var in SetRule
	if err := web.ReadJSON(c.w, c.r, &in, maxRule); err != nil {
		return nil, err
	}
	s, err := a.Core.Rules.Set(c.r.Context(), c.agent, id, in.rule())
	if err != nil {
		return nil, err
	}
	return ruleOf(s), nil
}

func (a rules) remove(c call) (any, error) {
	return rulesOf(a.Core.Rules.Delete(c.r.Context(), c.agent, c.r.PathValue("rule")))
}

func (a rules) order(c call) (any, error) {
	var in OrderRules
	if err := web.ReadJSON(c.w, c.r, &in, maxSettings); err != nil {
		return nil, err
	}
	return rulesOf(a.Core.Rules.Order(c.r.Context(), c.agent, in.IDs))
}

func (a rules) try(c call) (any, error) {
	var in TryRule
	if err := web.ReadJSON(c.w, c.r, &in, maxRule); err != nil {
		return nil, err
	}
	t, err := a.Core.Rules.Try(c.r.Context(), c.agent, in.Rule.rule(), in.RuleID, in.Issue)
	if err != nil {
		return nil, err
	}
	return TriedRule{IssueID: t.Issue.ID, Number: t.Issue.Number, Title: t.Issue.Title, Runs: t.Verdict.Runs, Text: t.Text,
		All: mapped(t.Verdict.All, triedOf), Any: mapped(t.Verdict.Any, triedOf), At: t.Verdict.At}, nil
}

func triedOf(r automation.Result) TriedCondition {
	return TriedCondition{Holds: r.Holds, Found: r.Found, At: r.At}
}

func (a rules) options(c call) (any, error) {
	o, err := a.Core.Rules.Options(c.r.Context(), c.agent)
	if err != nil {
		return nil, err
	}
	return RuleOptions{Apps: mapped(o.Apps, namedApp), Agents: mapped(o.Agents, agentOf),
		Queues: mapped(o.Queues, func(q rejoin.Queue) NamedQueue { return NamedQueue{ID: q.ID, Name: q.Name} }),
		Bots:   mapped(o.Bots, func(b rejoin.Bot) NamedBot { return NamedBot{ID: b.ID, Name: b.Name, Kind: b.Kind} }),
		Tags:   listOf(o.Tags), Fields: mapped(o.Fields, definitionOf), Languages: listOf(o.Languages), Meta: listOf(o.Meta)}, nil
}

// rule is the rule that was sent.
func (in SetRule) rule() rejoin.Rule {
	return rejoin.Rule{Name: in.Name, Trigger: in.Trigger, On: in.On, All: in.All, Any: in.Any, Actions: in.Actions, Repeat: in.Repeat}
}

func rulesOf(list []core.RuleState, err error) (any, error) {
	return Rules{Rules: mapped(list, ruleOf)}, err
}

func ruleOf(s core.RuleState) Rule {
	r := s.Rule
	return Rule{ID: r.ID, Name: r.Name, Trigger: r.Trigger, On: r.On, All: listOf(r.All), Any: listOf(r.Any), Actions: listOf(r.Actions), Repeat: r.Repeat,
		Problem: s.Problem, Runs: s.Runs, LastRunAt: s.Last, UpdatedAt: r.UpdatedAt}
}
