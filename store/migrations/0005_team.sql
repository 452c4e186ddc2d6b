-- People of the company.
ALTER TABLE agents ADD COLUMN nickname TEXT NOT NULL DEFAULT '';
ALTER TABLE agents ADD COLUMN available BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE agents ADD COLUMN two_factor JSONB NOT NULL DEFAULT '{}';
ALTER TABLE agents ADD COLUMN deactivated_at BIGINT NOT NULL DEFAULT 0;

ALTER TABLE agent_sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE agent_sessions ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;
UPDATE agent_sessions SET seen_at = created_at;
CREATE INDEX agent_sessions_agent ON agent_sessions (agent_id);

-- Links that were mailed to agents: invitations and password resets. The hash is empty until an e-mail carries a token.
CREATE TABLE agent_tokens (
  id              TEXT PRIMARY KEY,
  token_hash      TEXT NOT NULL,
  kind            TEXT NOT NULL,
  domain_id       TEXT NOT NULL REFERENCES domains (id),
  email           TEXT NOT NULL,
  role            TEXT NOT NULL,
  agent_id        TEXT NOT NULL,
  created_by      TEXT NOT NULL,
  created_by_name TEXT NOT NULL,
  mail            TEXT NOT NULL,
  created_at      BIGINT NOT NULL,
  asked_at        BIGINT NOT NULL,
  expires_at      BIGINT NOT NULL,
  used_at         BIGINT NOT NULL
);
CREATE UNIQUE INDEX agent_tokens_hash ON agent_tokens (token_hash) WHERE token_hash <> '';
CREATE UNIQUE INDEX agent_tokens_invited ON agent_tokens (domain_id, email) WHERE kind = 'invitation' AND used_at = 0;
CREATE INDEX agent_tokens_email ON agent_tokens (email);
CREATE INDEX agent_tokens_agent ON agent_tokens (agent_id) WHERE agent_id <> '';

-- What has changed, a line each.
ALTER TABLE audit ADD COLUMN details JSONB NOT NULL DEFAULT '[]';
