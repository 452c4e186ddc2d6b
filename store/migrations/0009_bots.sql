-- Bots that a domain has built. What is edited is the draft; conversations run on versions, which never change.
CREATE TABLE bots (
  id           TEXT PRIMARY KEY,
  domain_id    TEXT NOT NULL REFERENCES domains (id),
  name         TEXT NOT NULL,
  kind         TEXT NOT NULL,
  draft        JSONB NOT NULL,
  changed      BOOLEAN NOT NULL,
  saved_by     TEXT NOT NULL,
  version      BIGINT NOT NULL,
  revision     BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  published_by TEXT NOT NULL,
  archived_at  BIGINT NOT NULL,
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL
);
CREATE UNIQUE INDEX bots_name ON bots (domain_id, name);

CREATE TABLE bot_versions (
  bot_id       TEXT NOT NULL REFERENCES bots (id),
  version      BIGINT NOT NULL,
  script       JSONB NOT NULL,
  published_at BIGINT NOT NULL,
  published_by TEXT NOT NULL,
  PRIMARY KEY (bot_id, version)
);

-- One bot's work in one issue. At most one is live there.
CREATE TABLE bot_runs (
  issue_id   TEXT NOT NULL REFERENCES issues (id),
  n          BIGINT NOT NULL,
  bot_id     TEXT NOT NULL REFERENCES bots (id),
  version    BIGINT NOT NULL,
  state      TEXT NOT NULL,
  step       TEXT NOT NULL,
  answers    JSONB NOT NULL,
  lists      JSONB NOT NULL,
  tries      BIGINT NOT NULL,
  calls      BIGINT NOT NULL,
  started_by JSONB NOT NULL,
  error      TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (issue_id, n)
);
CREATE UNIQUE INDEX bot_runs_live ON bot_runs (issue_id) WHERE state IN ('waiting', 'asking', 'calling');
CREATE INDEX bot_runs_of ON bot_runs (bot_id, version) WHERE state IN ('waiting', 'asking', 'calling');

-- What a bot's message asks for, and what a user would not tell Identity Bot.
ALTER TABLE messages ADD COLUMN input JSONB;
ALTER TABLE users ADD COLUMN skipped JSONB NOT NULL DEFAULT '[]';
