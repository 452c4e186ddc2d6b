-- People: the host site may name them.
ALTER TABLE users ADD COLUMN external_id TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN verified BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE users ADD COLUMN attributes JSONB NOT NULL DEFAULT '{}';
CREATE UNIQUE INDEX users_external ON users (app_id, external_id) WHERE external_id <> '';
CREATE INDEX users_email ON users (app_id, email) WHERE email_source IN ('asserted', 'verified');

CREATE TABLE user_identities (
  user_id    TEXT NOT NULL REFERENCES users (id),
  identifier TEXT NOT NULL,
  value      TEXT NOT NULL,
  metadata   JSONB NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, identifier, value)
);

ALTER TABLE user_sessions ADD COLUMN login BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE user_sessions ADD COLUMN verified BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE user_sessions ADD COLUMN by_jwt BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE user_sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';

-- What the host's server signs with. They must be shown again, hence no hashes.
CREATE TABLE app_secrets (
  id         TEXT PRIMARY KEY,
  app_id     TEXT NOT NULL REFERENCES apps (id),
  value      TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX app_secrets_app ON app_secrets (app_id);

CREATE TABLE audit (
  id         TEXT PRIMARY KEY,
  domain_id  TEXT NOT NULL REFERENCES domains (id),
  agent_id   TEXT NOT NULL,
  agent_name TEXT NOT NULL,
  act        TEXT NOT NULL,
  target     TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX audit_domain ON audit (domain_id, created_at, id);

-- The end of a conversation.
ALTER TABLE issues ADD COLUMN closing TEXT NOT NULL DEFAULT '';
ALTER TABLE issues ADD COLUMN rating BIGINT NOT NULL DEFAULT 0;
ALTER TABLE issues ADD COLUMN comment TEXT NOT NULL DEFAULT '';
ALTER TABLE issues ADD COLUMN rated_at BIGINT NOT NULL DEFAULT 0;
UPDATE issues SET closing = 'ended' WHERE state = 'rejected';
UPDATE issues SET closing = 'declined' WHERE state = 'resolved';

-- What the page gives along.
ALTER TABLE issues ADD COLUMN full_privacy BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE issues ADD COLUMN tags JSONB NOT NULL DEFAULT '[]';
ALTER TABLE issues ADD COLUMN fields JSONB NOT NULL DEFAULT '{}';

CREATE TABLE tags (
  id          TEXT PRIMARY KEY,
  domain_id   TEXT NOT NULL REFERENCES domains (id),
  name        TEXT NOT NULL,
  archived_at BIGINT NOT NULL,
  UNIQUE (domain_id, name)
);

CREATE TABLE custom_fields (
  id          TEXT PRIMARY KEY,
  domain_id   TEXT NOT NULL REFERENCES domains (id),
  key         TEXT NOT NULL,
  label       TEXT NOT NULL,
  type        TEXT NOT NULL,
  options     JSONB NOT NULL,
  archived_at BIGINT NOT NULL,
  created_at  BIGINT NOT NULL,
  UNIQUE (domain_id, key)
);

-- Files. One without an issue was uploaded and not sent yet.
ALTER TABLE messages ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN files BIGINT NOT NULL DEFAULT 0;
CREATE TABLE attachments (
  id           TEXT PRIMARY KEY,
  domain_id    TEXT NOT NULL REFERENCES domains (id),
  owner        TEXT NOT NULL,
  client_id    TEXT NOT NULL,
  issue_id     TEXT NOT NULL,
  seq          BIGINT NOT NULL,
  place        BIGINT NOT NULL,
  name         TEXT NOT NULL,
  type         TEXT NOT NULL,
  size         BIGINT NOT NULL,
  width        BIGINT NOT NULL,
  height       BIGINT NOT NULL,
  preview_type TEXT NOT NULL,
  created_at   BIGINT NOT NULL,
  UNIQUE (owner, client_id)
);
CREATE INDEX attachments_message ON attachments (issue_id, seq);
CREATE INDEX attachments_unsent ON attachments (created_at) WHERE issue_id = '';

-- Keys that this installation has made for itself, such as the one that signs the addresses of files.
CREATE TABLE keys (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
