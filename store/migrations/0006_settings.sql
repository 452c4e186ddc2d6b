-- When a page with the widget last asked for its platform, and which page that was.
ALTER TABLE platforms ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE platforms ADD COLUMN seen_url TEXT NOT NULL DEFAULT '';

-- On whose issues agents see a custom issue field, in which order, and the options that are offered no more.
ALTER TABLE custom_fields ADD COLUMN platforms JSONB NOT NULL DEFAULT '["web","ios","android"]';
ALTER TABLE custom_fields ADD COLUMN place BIGINT NOT NULL DEFAULT 0;
ALTER TABLE custom_fields ADD COLUMN retired JSONB NOT NULL DEFAULT '[]';
UPDATE custom_fields SET place = (SELECT COUNT(*) FROM custom_fields AS o
  WHERE o.domain_id = custom_fields.domain_id AND (o.label < custom_fields.label OR o.label = custom_fields.label AND o.key < custom_fields.key));

-- The users of an app, whose presence changes together when it is no longer collected.
CREATE INDEX users_app ON users (app_id);
