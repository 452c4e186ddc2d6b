-- Where issues wait for an agent.
CREATE TABLE queues (
  id          TEXT PRIMARY KEY,
  domain_id   TEXT NOT NULL REFERENCES domains (id),
  name        TEXT NOT NULL,
  auto_assign BOOLEAN NOT NULL,
  most        BIGINT NOT NULL,
  message     JSONB NOT NULL,
  fallback_id TEXT NOT NULL,
  archived_at BIGINT NOT NULL,
  created_at  BIGINT NOT NULL
);
CREATE UNIQUE INDEX queues_name ON queues (domain_id, name);

-- Who works on a queue. Turn is when an agent was last given an issue of it, never the same for two: the lowest is next.
CREATE TABLE queue_agents (
  queue_id TEXT NOT NULL REFERENCES queues (id),
  agent_id TEXT NOT NULL REFERENCES agents (id),
  turn     BIGINT NOT NULL,
  PRIMARY KEY (queue_id, agent_id)
);
CREATE INDEX queue_agents_agent ON queue_agents (agent_id, queue_id);

-- Issues that have come into a queue and were not looked at there yet.
CREATE TABLE queue_arrivals (
  issue_id TEXT PRIMARY KEY REFERENCES issues (id),
  queue_id TEXT NOT NULL,
  n        BIGINT NOT NULL
);
CREATE INDEX queue_arrivals_queue ON queue_arrivals (queue_id, issue_id);

ALTER TABLE issues ADD COLUMN queue_id TEXT NOT NULL DEFAULT '';
CREATE INDEX issues_queue ON issues (domain_id, queue_id, updated_at, id);
CREATE INDEX issues_backlog ON issues (queue_id, (CASE WHEN waiting_since = 0 THEN 9007199254740991 ELSE waiting_since END), id)
  WHERE assignee_id = '' AND state NOT IN ('resolved', 'rejected');
