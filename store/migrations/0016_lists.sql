-- What programs list conversations by: by their states the newest first, by a comment or a rating that few have, and whether something was redacted.
CREATE INDEX issues_state ON issues (domain_id, state, created_at, id);
CREATE INDEX messages_redacted ON messages (issue_id) WHERE redacted;
