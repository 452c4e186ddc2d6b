-- No new conversations begin on a platform that is switched off.
ALTER TABLE platforms ADD COLUMN off BOOLEAN NOT NULL DEFAULT FALSE;

-- An app has at most one platform of each kind.
CREATE UNIQUE INDEX platforms_kind ON platforms (app_id, kind);

-- How many conversations a platform has.
CREATE INDEX issues_platform ON issues (platform_id);
