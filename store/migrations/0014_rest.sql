-- What programs of the company do beside issues: links into the chat, and lists of users and of wishes not to be mailed.

CREATE TABLE chat_links (
  token_hash  TEXT PRIMARY KEY,
  domain_id   TEXT NOT NULL REFERENCES domains (id),
  app_id      TEXT NOT NULL REFERENCES apps (id),
  platform_id TEXT NOT NULL REFERENCES platforms (id),
  opening     JSONB NOT NULL,
  created_by  TEXT NOT NULL,
  created_at  BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL,
  views       BIGINT NOT NULL,
  max_views   BIGINT NOT NULL
);
CREATE INDEX chat_links_expired ON chat_links (expires_at);
CREATE INDEX users_created ON users (domain_id, created_at, id);
DROP INDEX users_email;
CREATE INDEX users_email ON users (app_id, email) WHERE email_source IN ('asserted', 'verified', 'given');
CREATE INDEX users_address ON users (domain_id, email) WHERE email <> '';
CREATE INDEX user_identities_value ON user_identities (identifier, value);
CREATE INDEX suppressions_created ON suppressions (domain_id, created_at, id);
ALTER TABLE apps ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
UPDATE apps SET updated_at = created_at;
