-- What the inbox filters by. The same is in the JSON columns of issues, which are read with the issue; Go writes both.
CREATE TABLE issue_tags (
  issue_id TEXT NOT NULL REFERENCES issues (id),
  tag      TEXT NOT NULL,
  PRIMARY KEY (issue_id, tag)
);
CREATE INDEX issue_tags_tag ON issue_tags (tag, issue_id);

-- number is the value of numbers and dates in thousandths; others have none.
CREATE TABLE issue_fields (
  issue_id TEXT NOT NULL REFERENCES issues (id),
  key      TEXT NOT NULL,
  value    TEXT NOT NULL,
  number   BIGINT,
  PRIMARY KEY (issue_id, key)
);

-- Since when the user waits for an answer; zero if nobody does.
ALTER TABLE issues ADD COLUMN waiting_since BIGINT NOT NULL DEFAULT 0;
UPDATE issues SET waiting_since = COALESCE((SELECT MIN(m.created_at) FROM messages m WHERE m.issue_id = issues.id AND m.origin = 'end-user'
  AND m.seq > COALESCE((SELECT MAX(o.seq) FROM messages o WHERE o.issue_id = issues.id AND o.origin = 'agent'), 0)), created_at)
  WHERE state IN ('new', 'new-for-agent', 'waiting-for-agent');

CREATE INDEX issues_open ON issues (domain_id, updated_at, id) WHERE state NOT IN ('resolved', 'rejected');
CREATE INDEX issues_assignee ON issues (domain_id, assignee_id, updated_at, id) WHERE state NOT IN ('resolved', 'rejected');
CREATE INDEX issues_left ON issues (domain_id, updated_at, id) WHERE user_read_seq < last_out_seq AND state <> 'rejected';
CREATE INDEX issues_created ON issues (domain_id, created_at, id);
CREATE INDEX issues_waiting ON issues (domain_id, (CASE WHEN waiting_since = 0 THEN 9007199254740991 ELSE waiting_since END), id);
CREATE INDEX users_language ON users (domain_id, language);

CREATE TABLE smart_views (
  id         TEXT PRIMARY KEY,
  domain_id  TEXT NOT NULL REFERENCES domains (id),
  owner_id   TEXT NOT NULL,
  name       TEXT NOT NULL,
  filter     JSONB NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX smart_views_owner ON smart_views (domain_id, owner_id);

-- The words by which issues are found: a part of the issue with its words in a normal form, each once. Go makes the words, so that both engines
-- find the same. There is no reference to issues: it would lock the issue, and who stores a profile has locked the user already.
CREATE TABLE search (
  id       BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY, -- only: postgres
  id       INTEGER PRIMARY KEY, -- only: sqlite
  issue_id TEXT NOT NULL,
  part     TEXT NOT NULL,
  words    TEXT NOT NULL,
  UNIQUE (issue_id, part)
);
-- only: postgres
CREATE INDEX search_words ON search USING GIN (array_to_tsvector(string_to_array(words, ' ')));
-- only: sqlite
CREATE VIRTUAL TABLE search_words USING fts5 (words, content = 'search', content_rowid = 'id', tokenize = 'ascii', detail = 'none', prefix = '2 3');
-- only: sqlite
CREATE TRIGGER search_added AFTER INSERT ON search BEGIN INSERT INTO search_words (rowid, words) VALUES (new.id, new.words); END;
-- only: sqlite
CREATE TRIGGER search_removed AFTER DELETE ON search BEGIN INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', old.id, old.words); END;
-- only: sqlite
CREATE TRIGGER search_changed AFTER UPDATE ON search BEGIN INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', old.id, old.words); INSERT INTO search_words (rowid, words) VALUES (new.id, new.words); END;
