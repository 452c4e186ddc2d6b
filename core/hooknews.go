package core

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"rejoin"
	"rejoin/store"
	"rejoin/webhook"
)

// jobWebhookNews tells what happened to an issue to the webhooks of its domain. Key: issue id.
const jobWebhookNews rejoin.JobKind = "webhook_news"

// hookNewsLimit bounds how many messages, and how many events, are told in one transaction.
const hookNewsLimit = 200

// moment is what one actor did to an issue at one time: it is told as one update.
type moment struct {
	at       rejoin.Millis
	actors   []string
	begun    bool // the issue began
	messages []rejoin.Message
	events   []rejoin.Event
}

// Tell makes deliveries of what has happened to an issue since it was told last. It is the handler of a job that is put in the transaction of whatever
// happens; judging, the deliveries and the cursor are one transaction, hence once.
func (s *Webhooks) Tell(ctx context.Context, j rejoin.Job) error {
	for more := true; more; {
		err := s.write(ctx, func(u *unit) error {
			more = false
			i, err := u.LockIssue(j.Key)
			if rejoin.CodeOf(err) == rejoin.NotFound {
				return nil
			}
			if err != nil {
				return err
			}
			more, err = u.tellHooks(i)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// tellHooks makes the deliveries of what lies after the issue's cursor, and reports whether there is more.
func (u *unit) tellHooks(i rejoin.Issue) (more bool, err error) {
	hooks, err := u.Tx.Webhooks(i.DomainID)
	if err != nil || len(hooks) == 0 {
		return false, err
	}
	c, err := u.hookCursor(i, hooks)
	if err != nil {
		return false, err
	}
	messages, err := u.MessagesAfter(i.ID, c.Seq, hookNewsLimit)
	if err != nil {
		return false, err
	}
	events, err := u.NextEvents(i.ID, c.N, hookNewsLimit)
	if err != nil || len(messages)+len(events) == 0 {
		return false, err
	}
	messages, events, more = together(messages, events)
	if len(messages) > 0 {
		c.Seq = messages[len(messages)-1].Seq
	}
	if len(events) > 0 {
		c.N = events[len(events)-1].N
	}
	t := teller{unit: u, issue: i, cursor: &c}
	if err := t.tell(hooks, moments(messages, events)); err != nil {
		return false, err
	}
	return more, u.SetWebhookCursor(i.ID, c)
}

// hookCursor is where the issue's telling begins: what happened before its oldest webhook was made is no news to any.
func (u *unit) hookCursor(i rejoin.Issue, hooks []rejoin.Webhook) (c store.WebhookCursor, err error) {
	c, known, err := u.WebhookCursor(i.ID)
	if err != nil || known {
		return c, err
	}
	oldest := hooks[0].CreatedAt
	for _, w := range hooks {
		oldest = min(oldest, w.CreatedAt)
	}
	if i.CreatedAt < oldest {
		c.Seq, c.N, err = u.PlaceBefore(i.ID, oldest)
	}
	return c, err
}

// together cuts the lists at the same time if one of them is only the beginning of what there is, and reports whether that is so.
func together(messages []rejoin.Message, events []rejoin.Event) ([]rejoin.Message, []rejoin.Event, bool) {
	full, many := len(messages) == hookNewsLimit, len(events) == hookNewsLimit
	if full && (!many || messages[hookNewsLimit-1].CreatedAt <= events[hookNewsLimit-1].CreatedAt) {
		end := messages[hookNewsLimit-1].CreatedAt
		if n := slices.IndexFunc(events, func(e rejoin.Event) bool { return e.CreatedAt > end }); n >= 0 {
			events = events[:n]
		}
	} else if many {
		end := events[hookNewsLimit-1].CreatedAt
		if n := slices.IndexFunc(messages, func(m rejoin.Message) bool { return m.CreatedAt > end }); n >= 0 {
			messages = messages[:n]
		}
	}
	return messages, events, full || many
}

// moments puts messages and events into the order in which they happened; messages come first where it is the same millisecond.
func moments(messages []rejoin.Message, events []rejoin.Event) (list []moment) {
	for len(messages)+len(events) > 0 {
		if len(events) == 0 || len(messages) > 0 && messages[0].CreatedAt <= events[0].CreatedAt {
			m := momentOf(&list, messages[0].CreatedAt, messages[0].AuthorID)
			m.messages = append(m.messages, messages[0])
			messages = messages[1:]
			continue
		}
		e := events[0]
		events = events[1:]
		by := e.Actor.ID
		if e.Kind == rejoin.EventCreated {
			list = beginning(list, e)
			continue
		}
		if n := len(list) - 1; n >= 0 && list[n].says(slotOf(e)) {
			list = append(list, moment{at: e.CreatedAt, actors: []string{by}})
		}
		m := momentOf(&list, e.CreatedAt, by)
		m.events = append(m.events, e)
	}
	return list
}

// beginning makes the moment of the first message the one in which the issue began, whoever has made it.
func beginning(list []moment, e rejoin.Event) []moment {
	n := slices.IndexFunc(list, func(m moment) bool { return len(m.messages) > 0 && m.messages[0].Seq == 1 })
	if n < 0 {
		n, list = 0, append([]moment{{at: e.CreatedAt}}, list...)
	}
	list[n].begun = true
	list[n].actors = append(list[n].actors, e.Actor.ID)
	return list
}

// momentOf is the newest moment, if it is that of the actor at the time, or a fresh one.
func momentOf(list *[]moment, at rejoin.Millis, actor string) *moment {
	n := len(*list) - 1
	if n < 0 || (*list)[n].at != at || !slices.Contains((*list)[n].actors, actor) {
		*list = append(*list, moment{at: at, actors: []string{actor}})
		n++
	}
	return &(*list)[n]
}

// slotOf names the key of an update that tells the event, if it can tell only one such event; empty for all others.
func slotOf(e rejoin.Event) string {
	switch e.Kind {
	case rejoin.EventStateChanged, rejoin.EventAssigned, rejoin.EventQueued, rejoin.EventFeedback, rejoin.EventFollowUp:
		return string(e.Kind)
	}
	return ""
}

// says reports whether the moment has an event of the slot already.
func (m moment) says(slot string) bool {
	return slot != "" && slices.ContainsFunc(m.events, func(e rejoin.Event) bool { return slotOf(e) == slot })
}

// teller makes the deliveries of one issue in one transaction. What it needs is loaded when the first webhook wants it.
type teller struct {
	*unit
	issue  rejoin.Issue
	cursor *store.WebhookCursor
	known  *hookScene
}

// tell makes a delivery for each webhook and each moment that it tells of.
func (t *teller) tell(hooks []rejoin.Webhook, list []moment) error {
	locked := false
	after := tagsAfter(t.issue.Tags, list)
	for n, m := range list {
		for _, w := range hooks {
			if m.at < w.CreatedAt || m.begun != (w.Event == rejoin.CreateIssue) {
				continue
			}
			if t.known == nil {
				k, err := t.hookScene(t.issue)
				if err != nil {
					return err
				}
				t.known = &k
			}
			if !w.Meets(t.known.View) {
				continue
			}
			if !locked {
				if err := t.LockDeliveries(t.issue.ID); err != nil {
					return err
				}
				locked = true
			}
			if err := t.deliver(w, m, after[n]); err != nil {
				return err
			}
		}
	}
	return nil
}

// deliver stores a delivery, unless nothing has changed that webhooks tell of, and wakes the webhook.
func (t *teller) deliver(w rejoin.Webhook, m moment, tags []string) error {
	e := webhook.Event{EventID: uuid.Must(uuid.NewV7()).String(), EventType: w.Event, EventTimestamp: m.at, Domain: t.known.domain.Name,
		AppID: t.issue.AppID, Webhook: webhook.Hook{ID: w.ID, Title: w.Title}, Data: t.known.data(t.issue)}
	if m.begun {
		e.Data.Created = t.known.created(t.issue, m)
	} else {
		changed, err := t.updates(m, tags)
		if err != nil || len(changed.Keys()) == 0 {
			return err
		}
		e.Data.Updates = changed
	}
	body, err := e.Fit()
	if err != nil {
		return err
	}
	t.cursor.Deliveries++
	d := rejoin.Delivery{ID: e.EventID, WebhookID: w.ID, DomainID: t.issue.DomainID, IssueID: t.issue.ID, Number: t.issue.Number, N: t.cursor.Deliveries,
		Event: w.Event, What: e.Data.Updates.Keys(), CreatedAt: t.now}
	if err := t.AddDelivery(d, string(body)); err != nil || w.Pause.Since > 0 {
		return err
	}
	return t.pumpBy(w.ID, t.now)
}

// tagsAfter is, for each moment, the tags that the issue carried after it, told from those it carries now.
func tagsAfter(now []string, list []moment) [][]string {
	out := make([][]string, len(list))
	for n := len(list) - 1; n >= 0; n-- {
		out[n] = now
		for _, e := range slices.Backward(list[n].events) {
			if e.Kind == rejoin.EventTagsChanged {
				now = slices.DeleteFunc(slices.Clone(now), func(tag string) bool { return slices.Contains(e.Data.Added, tag) })
				now = append(now, e.Data.Removed...)
			}
		}
	}
	return out
}
