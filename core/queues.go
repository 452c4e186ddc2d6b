package core

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"rejoin"
)

// Queues is where issues wait for an agent. Everybody of the domain sees them; administrators change them.
type Queues struct{ *env }

// QueueState is a queue and who waits in it.
type QueueState struct {
	rejoin.Queue
	Waiting int64         // open issues in it that nobody has; no more than 10,000 are counted
	Oldest  rejoin.Millis // since when the user of the first of them waits; zero if nobody waits
	Free    int           // agents of it who could take one now
}

const (
	maxQueueName    = 60   // characters
	maxQueueLimit   = 1000 // open issues
	maxQueueMessage = 2000 // characters
)

// List returns the domain's queues by name, archived ones too.
func (s *Queues) List(ctx context.Context, a rejoin.Agent) (list []QueueState, err error) {
	err = s.read(ctx, func(u *unit) error {
		list, err = u.queueStates(a.DomainID)
		return err
	})
	return list, err
}

func (u *unit) queueStates(domainID string) (list []QueueState, err error) {
	queues, err := u.Tx.Queues(domainID)
	if err != nil {
		return nil, err
	}
	for _, q := range queues {
		state := QueueState{Queue: q}
		if state.Waiting, state.Oldest, err = u.CountBacklog(q.ID, maxCount); err != nil {
			return nil, err
		}
		there, err := u.QueueAgents(q.ID)
		if err != nil {
			return nil, err
		}
		for _, agent := range there {
			if hasRoom(q, agent) {
				state.Free++
			}
		}
		list = append(list, state)
	}
	return list, nil
}

// Set changes a queue, or makes one if the id is empty, and returns all. What waits in it is looked at again.
func (s *Queues) Set(ctx context.Context, a rejoin.Agent, id string, in rejoin.Queue) (list []QueueState, err error) {
	if err := administer(a); err != nil {
		return nil, err
	}
	if in, err = checkQueue(in); err != nil {
		return nil, err
	}
	err = s.write(ctx, func(u *unit) error {
		if err := u.LockText(queuesLock(a.DomainID)); err != nil {
			return err
		}
		known, err := u.Tx.Queues(a.DomainID)
		if err != nil {
			return err
		}
		was := slices.IndexFunc(known, func(q rejoin.Queue) bool { return q.ID == id })
		switch {
		case id == "":
			err = u.addQueue(a, known, in)
		case was < 0:
			err = noQueue()
		default:
			err = u.changeQueue(a, known, known[was], in)
		}
		if err != nil {
			return err
		}
		u.tellTeam(a.DomainID)
		list, err = u.queueStates(a.DomainID)
		return err
	})
	return list, err
}

func (u *unit) addQueue(a rejoin.Agent, known []rejoin.Queue, in rejoin.Queue) error {
	if len(known) >= rejoin.MaxQueues {
		return rejoin.Errorf(rejoin.Limited, "A domain has at most %d queues, archived ones included. Change one that exists, or take an archived one back into use.", rejoin.MaxQueues)
	}
	in.ID, in.DomainID, in.CreatedAt = newID("que"), a.DomainID, u.now
	if err := u.fits(known, in, nil); err != nil {
		return err
	}
	if err := u.PutQueue(in); err != nil {
		return err
	}
	return u.audit(a, rejoin.QueueMade, in.Name)
}

func (u *unit) changeQueue(a rejoin.Agent, known []rejoin.Queue, was, in rejoin.Queue) error {
	in.ID, in.DomainID, in.CreatedAt, in.ArchivedAt = was.ID, was.DomainID, was.CreatedAt, was.ArchivedAt
	if err := u.fits(known, in, was.Agents); err != nil {
		return err
	}
	lines, err := u.queueChanges(known, was, in)
	if err != nil || len(lines) == 0 {
		return err
	}
	if err := u.PutQueue(in); err != nil {
		return err
	}
	if err := u.put(jobQueue, in.ID, u.now); err != nil {
		return err
	}
	return u.audit(a, rejoin.QueueChanged, in.Name, lines...)
}

// checkQueue returns the queue as we keep it, or what is wrong with it by itself.
func checkQueue(q rejoin.Queue) (rejoin.Queue, error) {
	if !storable(q.Name) {
		return q, rejoin.InvalidField("name", "A queue's name has 1 to %d characters.", maxQueueName)
	}
	name, err := rejoin.CheckName("name", q.Name)
	if n := utf8.RuneCountInString(name); err != nil || n > maxQueueName {
		return q, rejoin.InvalidField("name", "A queue's name has 1 to %d characters.", maxQueueName)
	}
	if q.Name = name; q.Limit < 0 || q.Limit > maxQueueLimit {
		return q, rejoin.InvalidField("limit", "The limit is 1 to %d open conversations, or 0 for none.", maxQueueLimit)
	}
	q.Agents = slices.Compact(slices.Sorted(slices.Values(q.Agents)))
	q.Message, err = checkQueueMessage(q.Message)
	return q, err
}

// checkQueueMessage returns the message without empty translations; nil if it says nothing.
func checkQueueMessage(m *rejoin.LocalText) (*rejoin.LocalText, error) {
	if m == nil {
		return nil, nil
	}
	out := rejoin.LocalText{Text: strings.TrimSpace(m.Text), In: map[string]string{}}
	for code, text := range m.In {
		if !slices.Contains(rejoin.Languages[:], code) {
			return nil, rejoin.InvalidField("message", "There is no language %q.", rejoin.Preview(code, 20))
		}
		if text = strings.TrimSpace(text); text != "" {
			out.In[code] = text
		}
	}
	for _, text := range append(slices.Collect(maps.Values(out.In)), out.Text) {
		if !storable(text) || utf8.RuneCountInString(text) > maxQueueMessage {
			return nil, rejoin.InvalidField("message", "The message has at most %d characters in each language.", maxQueueMessage)
		}
	}
	switch {
	case out.Text == "" && len(out.In) == 0:
		return nil, nil
	case out.Text == "":
		return nil, rejoin.InvalidField("message", "Write the message for languages without a translation, too.")
	}
	return &out, nil
}

// fits says what is wrong with a queue among the others of its domain. Who worked on it before may have left the team meanwhile.
func (u *unit) fits(known []rejoin.Queue, q rejoin.Queue, before []string) error {
	byID := map[string]rejoin.Queue{}
	for _, other := range known {
		byID[other.ID] = other
		if other.ID != q.ID && strings.EqualFold(other.Name, q.Name) {
			return &rejoin.Error{Code: rejoin.Conflict, Field: "name", Text: "There is a queue of this name already. It may be archived."}
		}
	}
	team, err := u.Tx.Agents(q.DomainID)
	if err != nil {
		return err
	}
	for _, id := range q.Agents {
		n := slices.IndexFunc(team, func(a rejoin.Agent) bool { return a.ID == id })
		if n < 0 || !team[n].Active() && !slices.Contains(before, id) {
			return rejoin.InvalidField("agents", "There is no such agent in your team.")
		}
	}
	if q.FallbackID == "" {
		return nil
	}
	next, ok := byID[q.FallbackID]
	if !ok || next.ArchivedAt > 0 && byID[q.ID].FallbackID != next.ID {
		return rejoin.InvalidField("fallback_id", "There is no such queue.")
	}
	byID[q.ID] = q
	for range known {
		if next.ID == q.ID {
			return rejoin.InvalidField("fallback_id", "Conversations would go round in a circle: %s leads back to this queue.", byID[q.FallbackID].Name)
		}
		if next.FallbackID == "" {
			break
		}
		next = byID[next.FallbackID]
	}
	return nil
}

// queueChanges says what a change of a queue changes.
func (u *unit) queueChanges(known []rejoin.Queue, was, now rejoin.Queue) ([]string, error) {
	names := map[string]string{}
	for _, q := range known {
		names[q.ID] = q.Name
	}
	message := func(q rejoin.Queue) string {
		if q.Message == nil {
			return ""
		}
		return fmt.Sprintf("%s (%d translations)", rejoin.Preview(q.Message.Text, 80), len(q.Message.In))
	}
	most := func(q rejoin.Queue) string {
		if q.Limit == 0 {
			return ""
		}
		return strconv.Itoa(q.Limit)
	}
	lines := changes("Name", was.Name, now.Name, "Assigns by itself", onOff(was.AutoAssign), onOff(now.AutoAssign), "Limit", most(was), most(now),
		"Message", message(was), message(now), "When nobody is there", names[was.FallbackID], names[now.FallbackID])
	if len(lines) == 0 && !sameText(was.Message, now.Message) {
		lines = append(lines, "The message has changed.")
	}
	team, err := u.Tx.Agents(now.DomainID)
	for _, a := range team {
		switch before, after := slices.Contains(was.Agents, a.ID), slices.Contains(now.Agents, a.ID); {
		case before && !after:
			lines = append(lines, "Agent removed: "+a.Name)
		case after && !before:
			lines = append(lines, "Agent added: "+a.Name)
		}
	}
	return lines, err
}

func sameText(a, b *rejoin.LocalText) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Text == b.Text && maps.Equal(a.In, b.In)
}

// Archive takes a queue out of use, or back into it, and returns all. What is in an archived queue leaves it, by and by.
func (s *Queues) Archive(ctx context.Context, a rejoin.Agent, id string, archived bool) (list []QueueState, err error) {
	if err := administer(a); err != nil {
		return nil, err
	}
	err = s.write(ctx, func(u *unit) error {
		if err := u.LockText(queuesLock(a.DomainID)); err != nil {
			return err
		}
		known, err := u.Tx.Queues(a.DomainID)
		if err != nil {
			return err
		}
		n := slices.IndexFunc(known, func(q rejoin.Queue) bool { return q.ID == id })
		if n < 0 {
			return noQueue()
		}
		if q := known[n]; (q.ArchivedAt > 0) != archived {
			var act rejoin.AuditAct
			q.ArchivedAt, act = u.archive(archived, rejoin.QueueArchived, rejoin.QueueRestored)
			if err := u.PutQueue(q); err != nil {
				return err
			}
			if err := u.put(jobQueueGone, id, u.now); err != nil {
				return err
			}
			if err := u.audit(a, act, q.Name); err != nil {
				return err
			}
		}
		u.tellTeam(a.DomainID)
		list, err = u.queueStates(a.DomainID)
		return err
	})
	return list, err
}

// queuesLock is what changes of a domain's queues, and the giving of what waits in them, wait for: one after the other.
func queuesLock(domainID string) string { return "queues " + domainID }

func noQueue() error { return rejoin.Errorf(rejoin.NotFound, "There is no such queue.") }
