-- Automations. Within a trigger they are tried by place.
CREATE TABLE rules (
  id         TEXT PRIMARY KEY,
  domain_id  TEXT NOT NULL REFERENCES domains (id),
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  enabled    BOOLEAN NOT NULL,
  all_of     JSONB NOT NULL,
  any_of     JSONB NOT NULL,
  actions    JSONB NOT NULL,
  again      BOOLEAN NOT NULL,
  place      BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX rules_name ON rules (domain_id, name);
CREATE INDEX rules_enabled ON rules (domain_id, kind) WHERE enabled;

-- What automations did. Seq and n are the newest message and event of the issue when the run was over; the anchor of a timed one is since when it was so.
CREATE TABLE rule_runs (
  id       TEXT PRIMARY KEY,
  issue_id TEXT NOT NULL REFERENCES issues (id),
  rule_id  TEXT NOT NULL,
  at       BIGINT NOT NULL,
  anchor   BIGINT NOT NULL,
  seq      BIGINT NOT NULL,
  n        BIGINT NOT NULL
);
CREATE INDEX rule_runs_issue ON rule_runs (issue_id, rule_id, id);
CREATE INDEX rule_runs_rule ON rule_runs (rule_id, at);

-- How far automations have looked at an issue: at which message and which event they have been tried.
CREATE TABLE rule_cursors (
  issue_id TEXT PRIMARY KEY REFERENCES issues (id),
  seq      BIGINT NOT NULL,
  n        BIGINT NOT NULL
);
