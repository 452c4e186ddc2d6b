package store

import (
	"slices"

	"rejoin"
)

const queueColumns = `id, domain_id, name, auto_assign, most, message, fallback_id, archived_at, created_at`

func scanQueue(s scanner) (q rejoin.Queue, err error) {
	var message rejoin.LocalText
	err = s.Scan(&q.ID, &q.DomainID, &q.Name, &q.AutoAssign, &q.Limit, fromJSON(&message), &q.FallbackID, &q.ArchivedAt, &q.CreatedAt)
	if message.Text != "" {
		q.Message = &message
	}
	return q, err
}

// PutQueue stores a queue, new or with other content, and who works on it. Those who did already keep their turn.
func (tx *Tx) PutQueue(q rejoin.Queue) error {
	var message rejoin.LocalText
	if q.Message != nil {
		message = *q.Message
	}
	text, err := toJSON(message)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO queues (`+queueColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, auto_assign = excluded.auto_assign, most = excluded.most, message = excluded.message,
			fallback_id = excluded.fallback_id, archived_at = excluded.archived_at`,
		q.ID, q.DomainID, q.Name, q.AutoAssign, q.Limit, text, q.FallbackID, q.ArchivedAt, q.CreatedAt)
	if err != nil {
		return err
	}
	known, err := tx.turns(q.ID)
	if err != nil {
		return err
	}
	for id := range known {
		if !slices.Contains(q.Agents, id) {
			if _, err := tx.exec(`DELETE FROM queue_agents WHERE queue_id = $1 AND agent_id = $2`, q.ID, id); err != nil {
				return err
			}
		}
	}
	for _, id := range q.Agents {
		_, err := tx.exec(`INSERT INTO queue_agents (queue_id, agent_id, turn) VALUES ($1, $2, 0) ON CONFLICT (queue_id, agent_id) DO NOTHING`, q.ID, id)
		if err != nil {
			return err
		}
	}
	return nil
}

// turns is since when each of the queue's agents has been given none of its issues.
func (tx *Tx) turns(queueID string) (map[string]int64, error) {
	turns := map[string]int64{}
	err := tx.each(`SELECT agent_id, turn FROM queue_agents WHERE queue_id = $1`, []any{queueID}, func(s scanner) error {
		var id string
		var turn int64
		err := s.Scan(&id, &turn)
		turns[id] = turn
		return err
	})
	return turns, err
}

// Queue returns the queue with the id, without its agents.
func (tx *Tx) Queue(id string) (rejoin.Queue, error) {
	return one(tx, "queue", scanQueue, `SELECT `+queueColumns+` FROM queues WHERE id = $1`, id)
}

// Queues returns the domain's queues by name, archived ones too, with their agents by id.
func (tx *Tx) Queues(domainID string) ([]rejoin.Queue, error) {
	list, err := all(tx, scanQueue, `SELECT `+queueColumns+` FROM queues WHERE domain_id = $1 ORDER BY LOWER(name), id`, domainID)
	if err != nil {
		return nil, err
	}
	agents := map[string][]string{}
	err = tx.each(`SELECT m.queue_id, m.agent_id FROM queue_agents m JOIN queues q ON q.id = m.queue_id WHERE q.domain_id = $1 ORDER BY m.agent_id`,
		[]any{domainID}, func(s scanner) error {
			var queue, agent string
			err := s.Scan(&queue, &agent)
			agents[queue] = append(agents[queue], agent)
			return err
		})
	for n := range list {
		list[n].Agents = agents[list[n].ID]
	}
	return list, err
}

// QueuesOfAgent returns the ids of the queues that the agent works on and that are not archived, in a fixed order.
func (tx *Tx) QueuesOfAgent(agentID string) ([]string, error) {
	return all(tx, scanText, `SELECT q.id FROM queue_agents m JOIN queues q ON q.id = m.queue_id WHERE m.agent_id = $1 AND q.archived_at = 0 ORDER BY q.id`, agentID)
}

// QueueAgent is somebody of a queue who is there.
type QueueAgent struct {
	ID   string
	Open int64 // issues assigned to them, of all queues
}

// QueueAgents returns the queue's agents who belong to the team and are available: who has been given none of its issues for the longest time comes first.
func (tx *Tx) QueueAgents(queueID string) ([]QueueAgent, error) {
	return all(tx, func(s scanner) (a QueueAgent, err error) {
		err = s.Scan(&a.ID, &a.Open)
		return a, err
	}, `SELECT a.id, (SELECT COUNT(*) FROM issues i WHERE i.domain_id = a.domain_id AND i.assignee_id = a.id AND i.state NOT IN ('resolved', 'rejected'))
		FROM queue_agents m JOIN agents a ON a.id = m.agent_id WHERE m.queue_id = $1 AND a.available AND a.deactivated_at = 0 ORDER BY m.turn, a.id`, queueID)
}

// TakeTurn notes that the agent is given an issue of the queue at now: everybody else of it is before them.
func (tx *Tx) TakeTurn(queueID, agentID string, now rejoin.Millis) error {
	turns, err := tx.turns(queueID)
	if err != nil {
		return err
	}
	turn := int64(now)
	for _, t := range turns {
		turn = max(turn, t+1)
	}
	_, err = tx.exec(`UPDATE queue_agents SET turn = $3 WHERE queue_id = $1 AND agent_id = $2`, queueID, agentID, turn)
	return err
}

// Arrive notes that the issue has come into a queue by its event n and was not looked at there. An empty queue takes it out of the one it waited in.
func (tx *Tx) Arrive(issueID, queueID string, n int64) error {
	if queueID == "" {
		_, err := tx.exec(`DELETE FROM queue_arrivals WHERE issue_id = $1`, issueID)
		return err
	}
	_, err := tx.exec(`INSERT INTO queue_arrivals (issue_id, queue_id, n) VALUES ($1, $2, $3)
		ON CONFLICT (issue_id) DO UPDATE SET queue_id = excluded.queue_id, n = excluded.n`, issueID, queueID, n)
	return err
}

// Arrival is the event by which the issue has come into the queue, if it was not looked at there yet; else zero.
func (tx *Tx) Arrival(issueID, queueID string) (int64, error) {
	n, _, err := first(all(tx, scanInt, `SELECT n FROM queue_arrivals WHERE issue_id = $1 AND queue_id = $2`, issueID, queueID))
	return n, err
}

const backlog = ` FROM issues i WHERE i.queue_id = $1 AND i.assignee_id = '' AND i.state NOT IN ('resolved', 'rejected')`

// Waiting is an issue of a queue's backlog, with its place in it.
type Waiting struct {
	IssueID string
	Key     int64
}

// notHeld leaves out issues, by the column with their ids, that a bot is busy with: they are given away once it is done.
func notHeld(id string) string {
	return ` AND NOT EXISTS (SELECT 1 FROM bot_runs r WHERE r.issue_id = ` + id + ` AND r.state IN ('waiting', 'asking', 'calling'))`
}

// Backlog returns the open issues of the queue that neither people nor bots have, longest waiting first, after the given place.
func (tx *Tx) Backlog(queueID string, after Waiting, limit int) ([]Waiting, error) {
	return all(tx, func(s scanner) (w Waiting, err error) {
		err = s.Scan(&w.IssueID, &w.Key)
		return w, err
	}, `SELECT i.id, `+waitingKey+backlog+notHeld(`i.id`)+` AND (`+waitingKey+`, i.id) > ($2, $3) ORDER BY `+waitingKey+`, i.id LIMIT $4`, queueID, after.Key, after.IssueID, limit)
}

// Arrivals returns the queue's issues that were not looked at there and that no bot has, after the given id.
func (tx *Tx) Arrivals(queueID, after string, limit int) ([]string, error) {
	return all(tx, scanText, `SELECT a.issue_id FROM queue_arrivals a WHERE a.queue_id = $1 AND a.issue_id > $2`+notHeld(`a.issue_id`)+`
		ORDER BY a.issue_id LIMIT $3`, queueID, after, limit)
}

// CountBacklog returns how many open issues of the queue nobody has, counting no further than most, and since when the user of the first of them waits.
func (tx *Tx) CountBacklog(queueID string, most int) (n int64, oldest rejoin.Millis, err error) {
	n, err = one(tx, "queue", scanInt, `SELECT COUNT(*) FROM (SELECT 1 AS one`+backlog+` LIMIT $2) AS waiting`, queueID, most)
	if err != nil || n == 0 {
		return n, 0, err
	}
	oldest, _, err = first(all(tx, scanMillis, `SELECT i.waiting_since`+backlog+` ORDER BY `+waitingKey+`, i.id LIMIT 1`, queueID))
	return n, oldest, err
}

// IssuesInQueue returns the ids of issues in the queue, whatever their state.
func (tx *Tx) IssuesInQueue(domainID, queueID string, limit int) ([]string, error) {
	return all(tx, scanText, `SELECT i.id FROM issues i WHERE i.domain_id = $1 AND i.queue_id = $2 LIMIT $3`, domainID, queueID, limit)
}
