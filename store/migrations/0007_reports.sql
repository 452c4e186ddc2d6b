-- What the follow-up decision depends on, as it changed: see rejoin.Fact. Messages are their own record.
CREATE TABLE facts (
  act       TEXT NOT NULL,
  n         BIGINT NOT NULL,
  at        BIGINT NOT NULL,
  domain_id TEXT NOT NULL,
  app_id    TEXT NOT NULL,
  issue_id  TEXT NOT NULL,
  user_id   TEXT NOT NULL,
  kind      TEXT NOT NULL,
  seq       BIGINT NOT NULL,
  value     TEXT NOT NULL,
  detail    TEXT NOT NULL,
  PRIMARY KEY (act, n)
);
CREATE INDEX facts_issue ON facts (issue_id) WHERE issue_id <> '';
CREATE INDEX facts_user ON facts (user_id, at) WHERE kind IN ('address', 'presence');
CREATE INDEX facts_wishes ON facts (domain_id) WHERE kind IN ('wished', 'unwished');
CREATE INDEX facts_old ON facts (at) WHERE kind = 'presence';

-- The history of a conversation is whole from this number on. What users were then has been so for as long as anything is known.
ALTER TABLE domains ADD COLUMN whole_from BIGINT NOT NULL DEFAULT 1;
UPDATE domains SET whole_from = issues + 1;
INSERT INTO facts (act, n, at, domain_id, app_id, issue_id, user_id, kind, seq, value, detail)
  SELECT id, 1, 0, domain_id, '', '', id, 'address', 0, email, email_source FROM users WHERE email <> '';
INSERT INTO facts (act, n, at, domain_id, app_id, issue_id, user_id, kind, seq, value, detail)
  SELECT id, 2, 0, domain_id, '', '', id, 'presence', 0, presence, '' FROM users WHERE presence NOT IN ('page_closed', 'offline');
INSERT INTO facts (act, n, at, domain_id, app_id, issue_id, user_id, kind, seq, value, detail)
  SELECT id, 1, 0, domain_id, app_id, issue_id, '', 'wished', 0, address, kind FROM suppressions;

-- When the company first answered, and when the issue was resolved if it is.
ALTER TABLE issues ADD COLUMN first_response_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE issues ADD COLUMN first_response_by TEXT NOT NULL DEFAULT '';
ALTER TABLE issues ADD COLUMN resolved_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE issues ADD COLUMN resolved_by TEXT NOT NULL DEFAULT '';
UPDATE issues SET
  first_response_at = COALESCE((SELECT m.created_at FROM messages m WHERE m.issue_id = issues.id AND m.origin = 'agent' ORDER BY m.seq LIMIT 1), 0),
  first_response_by = COALESCE((SELECT m.author_id FROM messages m WHERE m.issue_id = issues.id AND m.origin = 'agent' ORDER BY m.seq LIMIT 1), '')
  WHERE last_out_seq > 0;
UPDATE issues SET resolved_at = state_changed_at,
  resolved_by = COALESCE((SELECT e.actor ->> 'id' FROM events e WHERE e.issue_id = issues.id AND e.kind = 'state_changed' ORDER BY e.n DESC LIMIT 1), '')
  WHERE state = 'resolved';
CREATE INDEX issues_resolved ON issues (domain_id, resolved_at) WHERE resolved_at > 0;
CREATE INDEX issues_rated ON issues (domain_id, rated_at) WHERE rated_at > 0;
CREATE INDEX follow_ups_begun ON follow_ups (domain_id, created_at, id);
CREATE INDEX follow_ups_sent ON follow_ups (domain_id, sent_at) WHERE sent_at > 0;
CREATE INDEX messages_agents ON messages (author_id, created_at) WHERE origin = 'agent';
