-- When a user's data was erased; zero if it was not.
ALTER TABLE users ADD COLUMN erased_at BIGINT NOT NULL DEFAULT 0;
