-- What became of a message after it was sent.
ALTER TABLE messages ADD COLUMN edited_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN edited_by TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN deleted_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN changed_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE issues ADD COLUMN changed_version BIGINT NOT NULL DEFAULT 0;
CREATE INDEX messages_changed ON messages (issue_id, changed_version) WHERE changed_version > 0;

-- Private notes. The event of the same issue and n shows each in the timeline.
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

-- A saved reply without an owner is the team's.
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
