-- Programs that are told what happens to issues.
CREATE TABLE webhooks (
  id            TEXT PRIMARY KEY,
  domain_id     TEXT NOT NULL REFERENCES domains (id),
  title         TEXT NOT NULL,
  url           TEXT NOT NULL,
  event         TEXT NOT NULL,
  all_of        JSONB NOT NULL,
  any_of        JSONB NOT NULL,
  created_by    TEXT NOT NULL,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  paused_at     BIGINT NOT NULL,
  paused_by     TEXT NOT NULL,
  pause_reason  TEXT NOT NULL,
  mailed        TEXT NOT NULL,
  failing_since BIGINT NOT NULL,
  streak        BIGINT NOT NULL,
  retry_at      BIGINT NOT NULL,
  last_at       BIGINT NOT NULL,
  last_words    TEXT NOT NULL,
  holder        TEXT NOT NULL,
  held_until    BIGINT NOT NULL
);
CREATE UNIQUE INDEX webhooks_title ON webhooks (domain_id, title);

CREATE TABLE webhook_secrets (
  id         TEXT PRIMARY KEY,
  webhook_id TEXT NOT NULL REFERENCES webhooks (id),
  value      TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX webhook_secrets_webhook ON webhook_secrets (webhook_id, created_at);

-- How far an issue was told to webhooks, and how many deliveries came of it.
CREATE TABLE webhook_cursors (
  issue_id   TEXT PRIMARY KEY REFERENCES issues (id),
  seq        BIGINT NOT NULL,
  n          BIGINT NOT NULL,
  deliveries BIGINT NOT NULL
);

-- What was told, or waits to be. An issue's deliveries go out in the order of n: those behind another one wait with a next_at beyond all time. They outlive
-- their webhook by a moment.
CREATE TABLE deliveries (
  id         TEXT PRIMARY KEY,
  webhook_id TEXT NOT NULL,
  domain_id  TEXT NOT NULL REFERENCES domains (id),
  issue_id   TEXT NOT NULL REFERENCES issues (id),
  number     BIGINT NOT NULL,
  n          BIGINT NOT NULL,
  event      TEXT NOT NULL,
  what       JSONB NOT NULL,
  body       TEXT NOT NULL,
  state      TEXT NOT NULL,
  attempts   BIGINT NOT NULL,
  first_at   BIGINT NOT NULL,
  next_at    BIGINT NOT NULL,
  status     BIGINT NOT NULL,
  problem    TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  done_at    BIGINT NOT NULL
);
CREATE INDEX deliveries_log ON deliveries (webhook_id, created_at, id);
CREATE INDEX deliveries_state ON deliveries (webhook_id, state, created_at, id);
CREATE INDEX deliveries_number ON deliveries (webhook_id, number, created_at, id);
CREATE INDEX deliveries_issue ON deliveries (issue_id);
CREATE INDEX deliveries_done ON deliveries (done_at) WHERE done_at > 0;
CREATE INDEX deliveries_next ON deliveries (webhook_id, next_at) WHERE state = 'waiting';
CREATE UNIQUE INDEX deliveries_order ON deliveries (webhook_id, issue_id, n);

-- The tries to deliver.
CREATE TABLE delivery_attempts (
  delivery_id TEXT NOT NULL REFERENCES deliveries (id),
  webhook_id  TEXT NOT NULL,
  at          BIGINT NOT NULL,
  took_ms     BIGINT NOT NULL,
  status      BIGINT NOT NULL,
  answer      TEXT NOT NULL,
  problem     TEXT NOT NULL
);
CREATE INDEX delivery_attempts_delivery ON delivery_attempts (delivery_id, at);
CREATE INDEX delivery_attempts_webhook ON delivery_attempts (webhook_id, at);
