-- agent_sessions
CREATE TABLE agent_sessions (
  token_hash TEXT PRIMARY KEY,
  agent_id   TEXT NOT NULL REFERENCES agents (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
, device TEXT NOT NULL DEFAULT '', seen_at BIGINT NOT NULL DEFAULT 0);
CREATE INDEX agent_sessions_agent ON agent_sessions (agent_id);
-- agent_tokens
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
CREATE INDEX agent_tokens_agent ON agent_tokens (agent_id) WHERE agent_id <> '';
CREATE INDEX agent_tokens_email ON agent_tokens (email);
CREATE UNIQUE INDEX agent_tokens_hash ON agent_tokens (token_hash) WHERE token_hash <> '';
CREATE UNIQUE INDEX agent_tokens_invited ON agent_tokens (domain_id, email) WHERE kind = 'invitation' AND used_at = 0;
-- agents
CREATE TABLE agents (
  id            TEXT PRIMARY KEY,
  domain_id     TEXT NOT NULL REFERENCES domains (id),
  email         TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  role          TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  created_at    BIGINT NOT NULL
, nickname TEXT NOT NULL DEFAULT '', available BOOLEAN NOT NULL DEFAULT TRUE, two_factor JSONB NOT NULL DEFAULT '{}', deactivated_at BIGINT NOT NULL DEFAULT 0);
CREATE INDEX agents_domain ON agents (domain_id);
-- api_keys
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
-- app_secrets
CREATE TABLE app_secrets (
  id         TEXT PRIMARY KEY,
  app_id     TEXT NOT NULL REFERENCES apps (id),
  value      TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX app_secrets_app ON app_secrets (app_id);
-- apps
CREATE TABLE apps (
  id         TEXT PRIMARY KEY,
  domain_id  TEXT NOT NULL REFERENCES domains (id),
  name       TEXT NOT NULL,
  settings   JSONB NOT NULL,
  created_at BIGINT NOT NULL
, number BIGINT NOT NULL DEFAULT 0, updated_at BIGINT NOT NULL DEFAULT 0);
CREATE INDEX apps_domain ON apps (domain_id);
CREATE UNIQUE INDEX apps_number ON apps (domain_id, number);
-- attachments
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
-- audit
CREATE TABLE audit (
  id         TEXT PRIMARY KEY,
  domain_id  TEXT NOT NULL REFERENCES domains (id),
  agent_id   TEXT NOT NULL,
  agent_name TEXT NOT NULL,
  act        TEXT NOT NULL,
  target     TEXT NOT NULL,
  created_at BIGINT NOT NULL
, details JSONB NOT NULL DEFAULT '[]');
CREATE INDEX audit_domain ON audit (domain_id, created_at, id);
-- bot_runs
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
-- bot_versions
CREATE TABLE bot_versions (
  bot_id       TEXT NOT NULL REFERENCES bots (id),
  version      BIGINT NOT NULL,
  script       JSONB NOT NULL,
  published_at BIGINT NOT NULL,
  published_by TEXT NOT NULL,
  PRIMARY KEY (bot_id, version)
);
-- bots
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
-- chat_links
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
-- custom_fields
CREATE TABLE custom_fields (
  id          TEXT PRIMARY KEY,
  domain_id   TEXT NOT NULL REFERENCES domains (id),
  key         TEXT NOT NULL,
  label       TEXT NOT NULL,
  type        TEXT NOT NULL,
  options     JSONB NOT NULL,
  archived_at BIGINT NOT NULL,
  created_at  BIGINT NOT NULL, platforms JSONB NOT NULL DEFAULT '["web","ios","android"]', place BIGINT NOT NULL DEFAULT 0, retired JSONB NOT NULL DEFAULT '[]',
  UNIQUE (domain_id, key)
);
-- dead_jobs
CREATE TABLE dead_jobs (
  id      TEXT PRIMARY KEY,
  kind    TEXT NOT NULL,
  key     TEXT NOT NULL,
  payload TEXT NOT NULL,
  attempt BIGINT NOT NULL,
  error   TEXT NOT NULL,
  died_at BIGINT NOT NULL
);
-- deliveries
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
CREATE INDEX deliveries_done ON deliveries (done_at) WHERE done_at > 0;
CREATE INDEX deliveries_first ON deliveries (webhook_id, issue_id, n) WHERE state = 'waiting';
CREATE INDEX deliveries_issue ON deliveries (issue_id);
CREATE INDEX deliveries_log ON deliveries (webhook_id, created_at, id);
CREATE INDEX deliveries_next ON deliveries (webhook_id, next_at, id) WHERE state = 'waiting';
CREATE INDEX deliveries_number ON deliveries (webhook_id, number, created_at, id);
CREATE UNIQUE INDEX deliveries_order ON deliveries (webhook_id, issue_id, n);
CREATE INDEX deliveries_state ON deliveries (webhook_id, state, created_at, id);
-- delivery_attempts
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
CREATE INDEX delivery_attempts_webhook ON delivery_attempts (webhook_id, at, problem);
-- domains
CREATE TABLE domains (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  features   JSONB NOT NULL,
  issues     BIGINT NOT NULL,
  created_at BIGINT NOT NULL
, whole_from BIGINT NOT NULL DEFAULT 1, api_per_minute BIGINT NOT NULL DEFAULT 1500);
-- events
CREATE TABLE events (
  issue_id   TEXT NOT NULL REFERENCES issues (id),
  n          BIGINT NOT NULL,
  kind       TEXT NOT NULL,
  actor      JSONB NOT NULL,
  data       JSONB NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (issue_id, n)
);
-- facts
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
CREATE INDEX facts_old ON facts (at) WHERE kind = 'presence';
CREATE INDEX facts_user ON facts (user_id, at) WHERE kind IN ('address', 'presence');
CREATE INDEX facts_wishes ON facts (domain_id) WHERE kind IN ('wished', 'unwished');
-- follow_ups
CREATE TABLE follow_ups (
  id          TEXT PRIMARY KEY,
  issue_id    TEXT NOT NULL REFERENCES issues (id),
  n           BIGINT NOT NULL,
  domain_id   TEXT NOT NULL REFERENCES domains (id),
  from_seq    BIGINT NOT NULL,
  to_seq      BIGINT NOT NULL,
  state       TEXT NOT NULL,
  reason      TEXT NOT NULL,
  due_at      BIGINT NOT NULL,
  address     TEXT NOT NULL,
  held_by     TEXT NOT NULL,
  send_now_by TEXT NOT NULL,
  message_id  TEXT NOT NULL,
  attempt     BIGINT NOT NULL,
  refusals    BIGINT NOT NULL,
  retry_at    BIGINT NOT NULL,
  response    TEXT NOT NULL,
  sent_at     BIGINT NOT NULL,
  opened_at   BIGINT NOT NULL,
  returned_at BIGINT NOT NULL,
  replied_at  BIGINT NOT NULL,
  created_at  BIGINT NOT NULL,
  updated_at  BIGINT NOT NULL,
  UNIQUE (issue_id, n)
);
CREATE INDEX follow_ups_address ON follow_ups (domain_id, address, sent_at);
CREATE INDEX follow_ups_begun ON follow_ups (domain_id, created_at, id);
CREATE INDEX follow_ups_sent ON follow_ups (domain_id, sent_at) WHERE sent_at > 0;
-- idempotency
CREATE TABLE idempotency (
  key_id     TEXT NOT NULL REFERENCES api_keys (id),
  token      TEXT NOT NULL,
  request    TEXT NOT NULL,
  answer     TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (key_id, token)
);
CREATE INDEX idempotency_created ON idempotency (created_at);
-- issue_fields
CREATE TABLE issue_fields (
  issue_id TEXT NOT NULL REFERENCES issues (id),
  key      TEXT NOT NULL,
  value    TEXT NOT NULL,
  number   BIGINT,
  PRIMARY KEY (issue_id, key)
);
-- issue_tags
CREATE TABLE issue_tags (
  issue_id TEXT NOT NULL REFERENCES issues (id),
  tag      TEXT NOT NULL,
  PRIMARY KEY (issue_id, tag)
);
CREATE INDEX issue_tags_tag ON issue_tags (tag, issue_id);
-- issues
CREATE TABLE issues (
  id               TEXT PRIMARY KEY,
  domain_id        TEXT NOT NULL REFERENCES domains (id),
  app_id           TEXT NOT NULL REFERENCES apps (id),
  platform_id      TEXT NOT NULL REFERENCES platforms (id),
  user_id          TEXT NOT NULL REFERENCES users (id),
  number           BIGINT NOT NULL,
  title            TEXT NOT NULL,
  state            TEXT NOT NULL,
  state_changed_at BIGINT NOT NULL,
  assignee_id      TEXT NOT NULL,
  start_url        TEXT NOT NULL,
  meta             JSONB NOT NULL,
  bot              JSONB NOT NULL,
  last_seq         BIGINT NOT NULL,
  user_read_seq    BIGINT NOT NULL,
  agent_read_seq   BIGINT NOT NULL,
  last_out_seq     BIGINT NOT NULL,
  mailed_seq       BIGINT NOT NULL,
  event_count      BIGINT NOT NULL,
  version          BIGINT NOT NULL,
  preview          TEXT NOT NULL,
  preview_origin   TEXT NOT NULL,
  created_at       BIGINT NOT NULL,
  updated_at       BIGINT NOT NULL, closing TEXT NOT NULL DEFAULT '', rating BIGINT NOT NULL DEFAULT 0, comment TEXT NOT NULL DEFAULT '', rated_at BIGINT NOT NULL DEFAULT 0, full_privacy BOOLEAN NOT NULL DEFAULT FALSE, tags JSONB NOT NULL DEFAULT '[]', fields JSONB NOT NULL DEFAULT '{}', waiting_since BIGINT NOT NULL DEFAULT 0, changed_version BIGINT NOT NULL DEFAULT 0, first_response_at BIGINT NOT NULL DEFAULT 0, first_response_by TEXT NOT NULL DEFAULT '', resolved_at BIGINT NOT NULL DEFAULT 0, resolved_by TEXT NOT NULL DEFAULT '', queue_id TEXT NOT NULL DEFAULT '',
  UNIQUE (domain_id, number)
);
CREATE INDEX issues_assignee ON issues (domain_id, assignee_id, updated_at, id) WHERE state NOT IN ('resolved', 'rejected');
CREATE INDEX issues_backlog ON issues (queue_id, (CASE WHEN waiting_since = 0 THEN 9007199254740991 ELSE waiting_since END), id)
  WHERE assignee_id = '' AND state NOT IN ('resolved', 'rejected');
CREATE INDEX issues_created ON issues (domain_id, created_at, id);
CREATE INDEX issues_inbox ON issues (domain_id, updated_at, id);
CREATE INDEX issues_left ON issues (domain_id, updated_at, id) WHERE user_read_seq < last_out_seq AND state <> 'rejected';
CREATE INDEX issues_open ON issues (domain_id, updated_at, id) WHERE state NOT IN ('resolved', 'rejected');
CREATE INDEX issues_platform ON issues (platform_id);
CREATE INDEX issues_queue ON issues (domain_id, queue_id, updated_at, id);
CREATE INDEX issues_rated ON issues (domain_id, rated_at) WHERE rated_at > 0;
CREATE INDEX issues_resolved ON issues (domain_id, resolved_at) WHERE resolved_at > 0;
CREATE INDEX issues_state ON issues (domain_id, state, created_at, id);
CREATE INDEX issues_user ON issues (user_id, created_at);
CREATE INDEX issues_waiting ON issues (domain_id, (CASE WHEN waiting_since = 0 THEN 9007199254740991 ELSE waiting_since END), id);
-- jobs
CREATE TABLE jobs (
  kind    TEXT NOT NULL,
  key     TEXT NOT NULL,
  payload TEXT NOT NULL,
  run_at  BIGINT NOT NULL,
  attempt BIGINT NOT NULL,
  claim   TEXT NOT NULL,
  error   TEXT NOT NULL,
  PRIMARY KEY (kind, key)
);
CREATE INDEX jobs_claimed ON jobs (claim) WHERE claim <> '';
CREATE INDEX jobs_due ON jobs (kind, run_at);
-- keys
CREATE TABLE keys (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
-- mail_tokens
CREATE TABLE mail_tokens (
  token_hash   TEXT PRIMARY KEY,
  follow_up_id TEXT NOT NULL REFERENCES follow_ups (id),
  issue_id     TEXT NOT NULL REFERENCES issues (id),
  address      TEXT NOT NULL,
  created_at   BIGINT NOT NULL
);
-- messages
CREATE TABLE messages (
  issue_id    TEXT NOT NULL REFERENCES issues (id),
  seq         BIGINT NOT NULL,
  id          TEXT NOT NULL UNIQUE,
  client_id   TEXT NOT NULL,
  origin      TEXT NOT NULL,
  author_id   TEXT NOT NULL,
  author_name TEXT NOT NULL,
  body        TEXT NOT NULL,
  ask         TEXT NOT NULL,
  created_at  BIGINT NOT NULL, kind TEXT NOT NULL DEFAULT '', files BIGINT NOT NULL DEFAULT 0, edited_at BIGINT NOT NULL DEFAULT 0, edited_by TEXT NOT NULL DEFAULT '', deleted_at BIGINT NOT NULL DEFAULT 0, changed_version BIGINT NOT NULL DEFAULT 0, input JSONB, redacted BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (issue_id, seq),
  UNIQUE (author_id, client_id)
);
CREATE INDEX messages_agents ON messages (author_id, created_at) WHERE origin = 'agent';
CREATE INDEX messages_changed ON messages (issue_id, changed_version) WHERE changed_version > 0;
CREATE INDEX messages_redacted ON messages (issue_id) WHERE redacted;
-- nodes
CREATE TABLE nodes (
  id      TEXT PRIMARY KEY,
  seen_at BIGINT NOT NULL
);
-- notes
CREATE TABLE notes (
  id         TEXT PRIMARY KEY,
  issue_id   TEXT NOT NULL REFERENCES issues (id),
  n          BIGINT NOT NULL,
  author_id  TEXT NOT NULL,
  client_id  TEXT NOT NULL,
  body       TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (author_id, client_id)
);
CREATE INDEX notes_issue ON notes (issue_id, n);
-- platforms
CREATE TABLE platforms (
  id              TEXT PRIMARY KEY,
  domain_id       TEXT NOT NULL REFERENCES domains (id),
  app_id          TEXT NOT NULL REFERENCES apps (id),
  kind            TEXT NOT NULL,
  allowed_origins JSONB NOT NULL,
  created_at      BIGINT NOT NULL
, seen_at BIGINT NOT NULL DEFAULT 0, seen_url TEXT NOT NULL DEFAULT '', off BOOLEAN NOT NULL DEFAULT FALSE);
CREATE INDEX platforms_app ON platforms (app_id);
CREATE UNIQUE INDEX platforms_kind ON platforms (app_id, kind);
-- queue_agents
CREATE TABLE queue_agents (
  queue_id TEXT NOT NULL REFERENCES queues (id),
  agent_id TEXT NOT NULL REFERENCES agents (id),
  turn     BIGINT NOT NULL,
  PRIMARY KEY (queue_id, agent_id)
);
CREATE INDEX queue_agents_agent ON queue_agents (agent_id, queue_id);
-- queue_arrivals
CREATE TABLE queue_arrivals (
  issue_id TEXT PRIMARY KEY REFERENCES issues (id),
  queue_id TEXT NOT NULL,
  n        BIGINT NOT NULL
);
CREATE INDEX queue_arrivals_queue ON queue_arrivals (queue_id, issue_id);
-- queues
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
-- return_links
CREATE TABLE return_links (
  token_hash   TEXT PRIMARY KEY,
  issue_id     TEXT NOT NULL REFERENCES issues (id),
  follow_up_id TEXT NOT NULL REFERENCES follow_ups (id),
  created_at   BIGINT NOT NULL,
  expires_at   BIGINT NOT NULL,
  uses         BIGINT NOT NULL,
  max_uses     BIGINT NOT NULL,
  revoked_at   BIGINT NOT NULL
);
CREATE INDEX return_links_issue ON return_links (issue_id);
-- rule_cursors
CREATE TABLE rule_cursors (
  issue_id TEXT PRIMARY KEY REFERENCES issues (id),
  seq      BIGINT NOT NULL,
  n        BIGINT NOT NULL
);
-- rule_runs
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
-- rules
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
CREATE INDEX rules_enabled ON rules (domain_id, kind) WHERE enabled;
CREATE UNIQUE INDEX rules_name ON rules (domain_id, name);
-- saved_replies
CREATE TABLE saved_replies (
  id         TEXT PRIMARY KEY,
  domain_id  TEXT NOT NULL REFERENCES domains (id),
  owner_id   TEXT NOT NULL,
  title      TEXT NOT NULL,
  body       TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX saved_replies_domain ON saved_replies (domain_id, owner_id);
-- schema_version
CREATE TABLE schema_version (version BIGINT PRIMARY KEY);
-- search
CREATE TRIGGER search_added AFTER INSERT ON search BEGIN INSERT INTO search_words (rowid, words) VALUES (new.id, new.words); END;
CREATE TRIGGER search_changed AFTER UPDATE ON search BEGIN INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', old.id, old.words); INSERT INTO search_words (rowid, words) VALUES (new.id, new.words); END;
CREATE TRIGGER search_removed AFTER DELETE ON search BEGIN INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', old.id, old.words); END;
CREATE TABLE search (
  id       INTEGER PRIMARY KEY,
  issue_id TEXT NOT NULL,
  part     TEXT NOT NULL,
  words    TEXT NOT NULL,
  UNIQUE (issue_id, part)
);
-- search_words
CREATE VIRTUAL TABLE search_words USING fts5 (words, content = 'search', content_rowid = 'id', tokenize = 'ascii', detail = 'none', prefix = '2 3');
-- search_words_config
CREATE TABLE 'search_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
-- search_words_data
CREATE TABLE 'search_words_data'(id INTEGER PRIMARY KEY, block BLOB);
-- search_words_docsize
CREATE TABLE 'search_words_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
-- search_words_idx
CREATE TABLE 'search_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
-- smart_views
CREATE TABLE smart_views (
  id         TEXT PRIMARY KEY,
  domain_id  TEXT NOT NULL REFERENCES domains (id),
  owner_id   TEXT NOT NULL,
  name       TEXT NOT NULL,
  filter     JSONB NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX smart_views_owner ON smart_views (domain_id, owner_id);
-- suppressions
CREATE TABLE suppressions (
  id         TEXT PRIMARY KEY,
  domain_id  TEXT NOT NULL REFERENCES domains (id),
  app_id     TEXT NOT NULL,
  issue_id   TEXT NOT NULL,
  address    TEXT NOT NULL,
  kind       TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (domain_id, kind, app_id, issue_id, address)
);
CREATE INDEX suppressions_address ON suppressions (domain_id, address);
CREATE INDEX suppressions_created ON suppressions (domain_id, created_at, id);
-- tabs
CREATE TABLE tabs (
  node_id TEXT NOT NULL,
  conn_id TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id),
  state   TEXT NOT NULL,
  since   BIGINT NOT NULL,
  PRIMARY KEY (node_id, conn_id)
);
CREATE INDEX tabs_user ON tabs (user_id);
-- tags
CREATE TABLE tags (
  id          TEXT PRIMARY KEY,
  domain_id   TEXT NOT NULL REFERENCES domains (id),
  name        TEXT NOT NULL,
  archived_at BIGINT NOT NULL,
  UNIQUE (domain_id, name)
);
-- user_identities
CREATE TABLE user_identities (
  user_id    TEXT NOT NULL REFERENCES users (id),
  identifier TEXT NOT NULL,
  value      TEXT NOT NULL,
  metadata   JSONB NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, identifier, value)
);
CREATE INDEX user_identities_value ON user_identities (identifier, value);
-- user_sessions
CREATE TABLE user_sessions (
  token_hash  TEXT PRIMARY KEY,
  user_id     TEXT NOT NULL REFERENCES users (id),
  platform_id TEXT NOT NULL REFERENCES platforms (id),
  issue_id    TEXT NOT NULL,
  confirmed   BOOLEAN NOT NULL,
  created_at  BIGINT NOT NULL,
  seen_at     BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL,
  revoked_at  BIGINT NOT NULL
, login BOOLEAN NOT NULL DEFAULT FALSE, verified BOOLEAN NOT NULL DEFAULT FALSE, by_jwt BOOLEAN NOT NULL DEFAULT FALSE, device TEXT NOT NULL DEFAULT '');
CREATE INDEX user_sessions_user ON user_sessions (user_id);
-- users
CREATE TABLE users (
  id             TEXT PRIMARY KEY,
  domain_id      TEXT NOT NULL REFERENCES domains (id),
  app_id         TEXT NOT NULL REFERENCES apps (id),
  name           TEXT NOT NULL,
  email          TEXT NOT NULL,
  email_source   TEXT NOT NULL,
  language       TEXT NOT NULL,
  time_zone      TEXT NOT NULL,
  presence       TEXT NOT NULL,
  presence_since BIGINT NOT NULL,
  created_at     BIGINT NOT NULL,
  seen_at        BIGINT NOT NULL
, external_id TEXT NOT NULL DEFAULT '', verified BOOLEAN NOT NULL DEFAULT FALSE, attributes JSONB NOT NULL DEFAULT '{}', skipped JSONB NOT NULL DEFAULT '[]', erased_at BIGINT NOT NULL DEFAULT 0);
CREATE INDEX users_address ON users (domain_id, email) WHERE email <> '';
CREATE INDEX users_app ON users (app_id);
CREATE INDEX users_created ON users (domain_id, created_at, id);
CREATE INDEX users_email ON users (app_id, email) WHERE email_source IN ('asserted', 'verified', 'given');
CREATE UNIQUE INDEX users_external ON users (app_id, external_id) WHERE external_id <> '';
CREATE INDEX users_language ON users (domain_id, language);
-- webhook_cursors
CREATE TABLE webhook_cursors (
  issue_id   TEXT PRIMARY KEY REFERENCES issues (id),
  seq        BIGINT NOT NULL,
  n          BIGINT NOT NULL,
  deliveries BIGINT NOT NULL
);
-- webhook_secrets
CREATE TABLE webhook_secrets (
  id         TEXT PRIMARY KEY,
  webhook_id TEXT NOT NULL REFERENCES webhooks (id),
  value      TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX webhook_secrets_webhook ON webhook_secrets (webhook_id, created_at);
-- webhooks
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
