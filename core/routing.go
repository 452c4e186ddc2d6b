package core

import (
	"context"
	"slices"

	"rejoin"
	"rejoin/store"
)

const (
	jobQueue     rejoin.JobKind = "queue"          // key: queue id
	jobQueueGone rejoin.JobKind = "queue_archived" // key: queue id
	routedAtOnce                = 200              // issues that one run of a job gives or moves
)

// Move puts the issue into another queue, or takes it out of all if queueID is empty. From is the queue that the agent saw, nil for no check: if it
// is in another one by now, nothing changes and the conflict says who has moved it.
func (s *Issues) Move(ctx context.Context, a rejoin.Agent, issueID, queueID string, from *string) error {
	return s.write(ctx, func(u *unit) error {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil || issue.QueueID == queueID {
			return err
		}
		if from != nil && issue.QueueID != *from {
			return u.queuedMeanwhile(issue)
		}
		if err := u.moveToQueue(&issue, queueID, byAgent(a)); err != nil {
			return err
		}
		return u.save(&issue)
	})
}

// moveToQueue is Move inside a transaction, if it is another queue. An open issue that comes into a queue has no agent any more (reference §4.4); one
// that leaves all queues keeps its agent, and so does a closed one. The caller saves the issue.
func (u *unit) moveToQueue(i *rejoin.Issue, queueID string, by rejoin.Actor) error {
	if i.QueueID == queueID {
		return nil
	}
	var to rejoin.Queue
	if queueID != "" {
		var err error
		to, err = u.Queue(queueID)
		if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && (to.DomainID != i.DomainID || to.ArchivedAt > 0) {
			return rejoin.InvalidField("queue_id", "There is no such queue.")
		}
		if err != nil {
			return err
		}
	}
	i.QueueID, i.UpdatedAt = queueID, u.now
	if err := u.event(i, rejoin.EventQueued, by, rejoin.EventData{Queue: to.Name}); err != nil {
		return err
	}
	if err := u.Arrive(i.ID, queueID, i.EventCount); err != nil {
		return err
	}
	if queueID != "" && i.State.Open() {
		if err := u.assign(i, "", by); err != nil {
			return err
		}
	}
	return u.route(*i)
}

// queuedMeanwhile says where the issue is by now, and who has moved it.
func (u *unit) queuedMeanwhile(i rejoin.Issue) error {
	e, ok, err := u.NewestEvent(i.ID, rejoin.EventQueued)
	if err != nil {
		return err
	}
	who := actorName(e.Actor, ok)
	if i.QueueID == "" {
		return rejoin.Errorf(rejoin.Conflict, "%s has taken this conversation out of its queue meanwhile. Nothing was changed.", who)
	}
	return rejoin.Errorf(rejoin.Conflict, "%s has moved this conversation to %s meanwhile. Nothing was changed.", who, e.Data.Queue)
}

// route has the issue's queue looked at, if the issue waits there. Whatever makes an open issue of a queue somebody's no more calls it, and whatever held it.
func (u *unit) route(i rejoin.Issue) error {
	if i.QueueID != "" && i.AssigneeID == "" && i.State.Open() {
		u.look(i.QueueID)
	}
	return nil
}

// look has the queue looked at once the transaction is through.
func (u *unit) look(queueID string) {
	if u.routes == nil {
		u.routes = map[string]bool{}
	}
	u.routes[queueID] = true
}

// putRoutes puts the jobs that look at queues, in their order: two transactions that put several would wait for each other.
func (u *unit) putRoutes() error {
	for _, id := range sortedKeys(u.routes) {
		if err := u.put(jobQueue, id, u.now); err != nil {
			return err
		}
	}
	return nil
}

// reroute is called when the issue has another state: one that ends makes room for another, one that goes on again may wait for an agent.
func (u *unit) reroute(i rejoin.Issue, wentOn bool) error {
	switch goesOn := i.State.Open(); {
	case wentOn && !goesOn:
		return u.routeTo(i.AssigneeID)
	case goesOn && !wentOn:
		return u.route(i)
	}
	return nil
}

// routeTo has the agent's queues looked at: they may have room for one more, or are not there any more. An empty id is nobody.
func (u *unit) routeTo(agentID string) error {
	if agentID == "" {
		return nil
	}
	ids, err := u.QueuesOfAgent(agentID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		u.look(id)
	}
	return nil
}

// hasRoom reports whether the agent may be given one more issue of the queue.
func hasRoom(q rejoin.Queue, a store.QueueAgent) bool { return q.Limit == 0 || a.Open < int64(q.Limit) }

// Run gives what waits in a queue to its agents, longest waiting first, moves on what nobody can take, and looks at what has come in. It is the handler of
// a job: a repeat goes on where the first has stopped.
func (s *Queues) Run(ctx context.Context, j rejoin.Job) error {
	if gone, err := s.archived(ctx, j.Key); err != nil || gone {
		if err != nil {
			return err
		}
		return s.Empty(ctx, j) // it came in while the queue was taken out of use
	}
	acted := 0
	for after := (store.Waiting{Key: -1}); ; {
		var page []store.Waiting
		err := s.read(ctx, func(u *unit) (err error) {
			page, err = u.Backlog(j.Key, after, pageSize)
			return err
		})
		if err != nil {
			return err
		}
		stays := len(page) == 0
		for _, w := range page {
			r, err := s.routeOne(ctx, j.Key, w.IssueID)
			if err != nil {
				return err
			}
			if r == routedAway {
				acted++
			}
			if acted == routedAtOnce {
				return s.write(ctx, func(u *unit) error { return u.put(jobQueue, j.Key, u.now) })
			}
			if stays = r == routedNowhere; stays {
				break // and so do all behind it
			}
			after = w
		}
		if stays {
			return s.welcome(ctx, j.Key)
		}
	}
}

// archived reports whether the queue is out of use.
func (s *Queues) archived(ctx context.Context, queueID string) (gone bool, err error) {
	err = s.read(ctx, func(u *unit) error {
		q, err := u.Queue(queueID)
		gone = q.ArchivedAt > 0
		return err
	})
	return gone, err
}

// welcome looks at what has come into the queue and stays there.
func (s *Queues) welcome(ctx context.Context, queueID string) error {
	for after, looked := "", 0; ; {
		var ids []string
		err := s.read(ctx, func(u *unit) (err error) {
			ids, err = u.Arrivals(queueID, after, pageSize)
			return err
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if err := s.write(ctx, func(u *unit) error { return u.welcome(queueID, id) }); err != nil {
				return err
			}
			after = id
		}
		if looked += len(ids); looked >= routedAtOnce {
			return s.write(ctx, func(u *unit) error { return u.put(jobQueue, queueID, u.now) })
		}
	}
}

// routed is what became of an issue of a queue's backlog.
type routed int

const (
	routedAway    routed = iota // given to somebody, or moved on
	routedNowhere               // nobody can take it
	routedLater                 // it is not for this queue any more, or a bot has it
)

func (s *Queues) routeOne(ctx context.Context, queueID, issueID string) (r routed, err error) {
	err = s.write(ctx, func(u *unit) error {
		q, i, at, err := u.placed(queueID, issueID)
		if err != nil || at != waiting {
			r = routedLater
			return err
		}
		r, err = u.give(q, i)
		return err
	})
	return r, err
}

// standing is where an issue stands in a queue.
type standing int

const (
	elsewhere standing = iota // in another queue, somebody's, or over
	withBot                   // a bot has it
	waiting                   // for an agent
)

// placed locks the issue and then the domain's queues, and says where it stands in this one.
func (u *unit) placed(queueID, issueID string) (q rejoin.Queue, i rejoin.Issue, at standing, err error) {
	if i, err = u.LockIssue(issueID); err != nil {
		return q, i, elsewhere, err
	}
	if err = u.LockText(queuesLock(i.DomainID)); err != nil {
		return q, i, elsewhere, err
	}
	if q, err = u.Queue(queueID); err != nil {
		return q, i, elsewhere, err
	}
	if i.QueueID != queueID || i.AssigneeID != "" || !i.State.Open() || q.ArchivedAt > 0 {
		return q, i, elsewhere, nil
	}
	_, held, err := u.LiveBotRun(issueID)
	if held {
		return q, i, withBot, err
	}
	return q, i, waiting, err
}

// give gives the issue to the agent whose turn it is. If nobody of the queue is there, it hands it on.
func (u *unit) give(q rejoin.Queue, i rejoin.Issue) (routed, error) {
	there, err := u.QueueAgents(q.ID)
	if err != nil {
		return routedNowhere, err
	}
	for _, agent := range there {
		if !q.AutoAssign || !hasRoom(q, agent) {
			continue
		}
		if err := u.assign(&i, agent.ID, byQueue(q)); err != nil {
			return routedNowhere, err
		}
		if err := u.TakeTurn(q.ID, agent.ID, u.now); err != nil {
			return routedNowhere, err
		}
		if err := u.Arrive(i.ID, "", 0); err != nil {
			return routedNowhere, err
		}
		return routedAway, u.save(&i)
	}
	if len(there) > 0 || q.FallbackID == "" {
		return routedNowhere, nil
	}
	return u.fallBack(q, i)
}

// fallBack moves the issue to the queue that is there for when nobody is in this one.
func (u *unit) fallBack(q rejoin.Queue, i rejoin.Issue) (routed, error) {
	next, err := u.Queue(q.FallbackID)
	if err != nil || next.ArchivedAt > 0 {
		return routedNowhere, err
	}
	if err := u.comfort(q, &i); err != nil {
		return routedNowhere, err
	}
	if err := u.moveToQueue(&i, next.ID, byQueue(q)); err != nil {
		return routedNowhere, err
	}
	return routedAway, u.save(&i)
}

// welcome tells the user of an issue that has come in that nobody can take it, if so.
func (u *unit) welcome(queueID, issueID string) error {
	q, i, at, err := u.placed(queueID, issueID)
	if err != nil || at == withBot {
		return err
	}
	before := i.LastSeq
	if at == waiting {
		there, err := u.QueueAgents(q.ID)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(there, func(a store.QueueAgent) bool { return !q.AutoAssign || hasRoom(q, a) }) {
			if err := u.comfort(q, &i); err != nil {
				return err
			}
		}
	}
	if i.QueueID == queueID {
		err = u.Arrive(i.ID, "", 0)
	}
	if err != nil || i.LastSeq == before {
		return err
	}
	return u.save(&i)
}

// comfort says the queue's message to the user, once in each stay there. The caller saves the issue.
func (u *unit) comfort(q rejoin.Queue, i *rejoin.Issue) error {
	n, err := u.Arrival(i.ID, q.ID)
	if err != nil || n == 0 || q.Message == nil {
		return err
	}
	user, err := u.User(i.UserID)
	if err != nil {
		return err
	}
	app, err := u.App(i.AppID)
	if err != nil {
		return err
	}
	_, _, err = u.say(i, rejoin.Message{ClientID: newID("queue"), Origin: rejoin.FromRule, AuthorID: q.ID, AuthorName: app.Name, Body: q.Message.Of(user.Language)})
	return err
}

// byQueue is who gives issues of a queue.
func byQueue(q rejoin.Queue) rejoin.Actor {
	return rejoin.Actor{Kind: rejoin.BySystem, ID: q.ID, Name: "Queue: " + q.Name}
}

// Empty takes everything out of an archived queue. It is the handler of a job: a repeat takes out what is left. Agents keep what they have.
func (s *Queues) Empty(ctx context.Context, j rejoin.Job) error {
	for {
		var ids []string
		err := s.read(ctx, func(u *unit) error {
			q, err := u.Queue(j.Key)
			if ids = nil; err != nil || q.ArchivedAt == 0 {
				return err
			}
			ids, err = u.IssuesInQueue(q.DomainID, q.ID, pageSize)
			return err
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if err := s.write(ctx, func(u *unit) error { return u.leave(j.Key, id) }); err != nil {
				return err
			}
		}
	}
}

// leave takes the issue out of an archived queue. That is no news of the conversation: its place in lists stays.
func (u *unit) leave(queueID, issueID string) error {
	i, err := u.LockIssue(issueID)
	if err != nil || i.QueueID != queueID {
		return err
	}
	q, err := u.Queue(queueID)
	if err != nil || q.ArchivedAt == 0 {
		return err
	}
	at := i.UpdatedAt
	if err := u.moveToQueue(&i, "", byQueue(q)); err != nil {
		return err
	}
	i.UpdatedAt = at
	return u.save(&i)
}
