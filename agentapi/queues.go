package agentapi

import (
	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// queues is where issues wait for an agent.
type queues struct{ *API }

// routes are the domain's queues and what moves an issue between them.
func (a queues) routes() []route {
	return []route{
		{"GET /agent/v1/queues", rejoin.Answer, a.list},
		{"POST /agent/v1/queues", rejoin.Administer, a.set},
		{"PUT /agent/v1/queues/{queue}", rejoin.Administer, a.set},
		{"POST /agent/v1/queues/{queue}/archive", rejoin.Administer, a.archive},
		{"POST /agent/v1/issues/{issue}/queue", rejoin.Answer, threads(a).moveToQueue},
	}
}

func (a queues) list(c call) (any, error) {
	return queuesOf(a.Core.Queues.List(c.r.Context(), c.agent))
}

// set makes a queue, or changes the one that the path names.
func (a queues) set(c call) (any, error) {
	var in SetQueue
	if err := web.ReadJSON(c.w, c.r, &in, maxFields); err != nil { // a message in fifty languages
		return nil, err
	}
	id, err := c.queueID()
	if err != nil {
		return nil, err
	}
	return queuesOf(a.Core.Queues.Set(c.r.Context(), c.agent, id, rejoin.Queue{Name: in.Name, Agents: in.Agents, AutoAssign: in.AutoAssign,
		Limit: in.Limit, Message: in.Message, FallbackID: in.FallbackID}))
}

func (a queues) archive(c call) (any, error) {
	var in SetArchived
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	id, err := c.queueID()
	if err != nil {
		return nil, err
	}
	return queuesOf(a.Core.Queues.Archive(c.r.Context(), c.agent, id, in.Archived))
}

// queueID is which queue the path names; empty if it names none.
func (c call) queueID() (string, error) {
	id := c.r.PathValue("queue")
	if id != "" && !isID(id) {
		return "", rejoin.Errorf(rejoin.NotFound, "There is no such queue.")
	}
	return id, nil
}

func queuesOf(list []core.QueueState, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return Queues{Queues: mapped(list, func(q core.QueueState) Queue {
		return Queue{ID: q.ID, Name: q.Name, Agents: listOf(q.Agents), AutoAssign: q.AutoAssign, Limit: q.Limit, Message: q.Message,
			FallbackID: q.FallbackID, Archived: q.ArchivedAt > 0, Waiting: q.Waiting, Oldest: q.Oldest, Free: q.Free}
	})}, nil
}

func (a threads) moveToQueue(c call) (any, error) {
	var in MoveToQueue
	return a.change(c, &in, maxSmall, func(id string) error {
		if in.QueueID != "" && !isID(in.QueueID) {
			return rejoin.InvalidField("queue_id", "There is no such queue.")
		}
		return a.Core.Issues.Move(c.r.Context(), c.agent, id, in.QueueID, in.From)
	})
}
