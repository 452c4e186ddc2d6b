-- Keys of programs. The key itself is not kept.
CREATE TABLE api_keys (
  id         TEXT PRIMARY KEY,
  domain_id  TEXT NOT NULL REFERENCES domains (id),
  name       TEXT NOT NULL,
  access     TEXT NOT NULL,
  hash       TEXT NOT NULL UNIQUE,
  hint       TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at    BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL
);
CREATE INDEX api_keys_domain ON api_keys (domain_id, created_at);

-- How many requests each key of the domain may make in a minute.
ALTER TABLE domains ADD COLUMN api_per_minute BIGINT NOT NULL DEFAULT 1500;

-- What was answered to a request that may be repeated.
CREATE TABLE idempotency (
  key_id     TEXT NOT NULL REFERENCES api_keys (id),
  token      TEXT NOT NULL,
  request    TEXT NOT NULL,
  answer     TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (key_id, token)
);
CREATE INDEX idempotency_created ON idempotency (created_at);

-- A message whose text and files were taken away for good.
ALTER TABLE messages ADD COLUMN redacted BOOLEAN NOT NULL DEFAULT FALSE;

-- The number by which programs know an app, from 1 per domain.
ALTER TABLE apps ADD COLUMN number BIGINT NOT NULL DEFAULT 0;
UPDATE apps SET number = (SELECT COUNT(*) FROM apps AS older WHERE older.domain_id = apps.domain_id
  AND (older.created_at < apps.created_at OR older.created_at = apps.created_at AND older.id <= apps.id));
CREATE UNIQUE INDEX apps_number ON apps (domain_id, number);
