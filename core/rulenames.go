package core

import (
	"fmt"
	"slices"

	"rejoin"
	"rejoin/automation"
)

// domainNames is what automations can name in a domain, out of use or not.
type domainNames struct {
	apps   []rejoin.App
	agents []rejoin.Agent
	queues []rejoin.Queue
	bots   []rejoin.Bot
	tags   []rejoin.Tag
	fields []rejoin.CustomField
}

// names loads it.
func (u *unit) names(domainID string) (n domainNames, err error) {
	if n.apps, err = u.Tx.Apps(domainID); err != nil {
		return n, err
	}
	if n.agents, err = u.Tx.Agents(domainID); err != nil {
		return n, err
	}
	if n.queues, err = u.Tx.Queues(domainID); err != nil {
		return n, err
	}
	if n.bots, err = u.Tx.Bots(domainID); err != nil {
		return n, err
	}
	if n.tags, err = u.Tx.Tags(domainID); err != nil {
		return n, err
	}
	n.fields, err = u.CustomFields(domainID)
	return n, err
}

// startable reports whether automations can start the bot.
func startable(b rejoin.Bot) bool {
	return b.Kind == rejoin.CustomBot && b.Version > 0 && b.ArchivedAt == 0
}

// check names the first thing that the rule needs and that is gone, or was never there.
func (n domainNames) check(r rejoin.Rule) *rejoin.Error {
	for place, c := range r.All {
		if bad := n.checkCondition(c); bad != nil {
			return at("all", place, bad)
		}
	}
	for place, c := range r.Any {
		if bad := n.checkCondition(c); bad != nil {
			return at("any", place, bad)
		}
	}
	for place, a := range r.Actions {
		if bad := n.checkAction(a); bad != nil {
			return at("actions", place, bad)
		}
	}
	return nil
}

// at puts the place in a list before the field that an error is about.
func at(list string, place int, e *rejoin.Error) *rejoin.Error {
	return rejoin.InvalidField(fmt.Sprintf("%s.%d.%s", list, place, e.Field), "%s", e.Text)
}

func (n domainNames) checkCondition(c rejoin.Condition) *rejoin.Error {
	for _, value := range c.Values {
		switch c.Subject {
		case rejoin.OnApp:
			if find(n.apps, func(a rejoin.App) bool { return a.ID == value }) == nil {
				return rejoin.InvalidField("values", "A condition names an app that does not exist.")
			}
		case rejoin.OnAssignee:
			if find(n.agents, func(a rejoin.Agent) bool { return a.ID == value }) == nil {
				return rejoin.InvalidField("values", "A condition names an agent that does not exist.")
			}
		case rejoin.OnQueue:
			if find(n.queues, func(q rejoin.Queue) bool { return q.ID == value }) == nil {
				return rejoin.InvalidField("values", "A condition names a queue that does not exist.")
			}
		case rejoin.OnTags:
			if find(n.tags, func(t rejoin.Tag) bool { return t.Name == value }) == nil {
				return rejoin.InvalidField("values", "There is no tag %q.", rejoin.Preview(value, 100))
			}
		}
	}
	if c.Subject == rejoin.OnField && find(n.fields, func(f rejoin.CustomField) bool { return f.Key == c.Key }) == nil {
		return rejoin.InvalidField("key", "There is no field %q.", rejoin.Preview(c.Key, 64))
	}
	return nil
}

func (n domainNames) checkAction(a rejoin.Action) *rejoin.Error {
	switch a.Kind {
	case rejoin.DoAssign:
		to := find(n.agents, func(o rejoin.Agent) bool { return o.ID == a.AgentID })
		if a.AgentID != "" && (to == nil || to.DeactivatedAt > 0) {
			return rejoin.InvalidField("agent_id", "The agent that it assigns to is not in your team any more.")
		}
	case rejoin.DoQueue:
		to := find(n.queues, func(o rejoin.Queue) bool { return o.ID == a.QueueID })
		if a.QueueID != "" && (to == nil || to.ArchivedAt > 0) {
			return rejoin.InvalidField("queue_id", "The queue that it moves to does not exist, or is archived.")
		}
	case rejoin.DoStartBot:
		if b := find(n.bots, func(o rejoin.Bot) bool { return o.ID == a.BotID }); b == nil || !startable(*b) {
			return rejoin.InvalidField("bot_id", "The bot that it starts is not published, is archived, or is no bot for open conversations.")
		}
	case rejoin.DoAddTags:
		for _, name := range a.Tags {
			if t := find(n.tags, func(o rejoin.Tag) bool { return o.Name == name }); t == nil || t.ArchivedAt > 0 {
				return rejoin.InvalidField("tags", "The tag %q does not exist, or is archived.", rejoin.Preview(name, 100))
			}
		}
	case rejoin.DoSetField:
		if f := find(n.fields, func(o rejoin.CustomField) bool { return o.Key == a.Field }); f == nil || f.ArchivedAt > 0 && a.Value != "" {
			return rejoin.InvalidField("field", "The field %q does not exist, or is archived.", rejoin.Preview(a.Field, 64))
		}
	}
	return nil
}

// find returns the first that fits, or nil.
func find[T any](list []T, fits func(T) bool) *T {
	if n := slices.IndexFunc(list, fits); n >= 0 {
		return &list[n]
	}
	return nil
}

// label puts names in the place of the ids that conditions have found.
func (n domainNames) label(conditions []rejoin.Condition, results []automation.Result) {
	for place, c := range conditions {
		results[place].Found = n.named(c.Subject, results[place].Found)
	}
}

func (n domainNames) named(s rejoin.Subject, id string) string {
	switch s {
	case rejoin.OnApp:
		if a := find(n.apps, func(o rejoin.App) bool { return o.ID == id }); a != nil {
			return a.Name
		}
	case rejoin.OnAssignee:
		if a := find(n.agents, func(o rejoin.Agent) bool { return o.ID == id }); a != nil {
			return a.Name
		}
	case rejoin.OnQueue:
		if q := find(n.queues, func(o rejoin.Queue) bool { return o.ID == id }); q != nil {
			return q.Name
		}
	}
	return id
}
