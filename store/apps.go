package store

import "rejoin"

const appColumns = `id, domain_id, number, name, settings, created_at, updated_at`

func scanApp(s scanner) (a rejoin.App, err error) {
	a.Settings = rejoin.DefaultAppSettings() // a setting that is newer than the row has its default
	err = s.Scan(&a.ID, &a.DomainID, &a.Number, &a.Name, fromJSON(&a.Settings), &a.CreatedAt, &a.UpdatedAt)
	return a, err
}

// AddApp stores a new app.
func (tx *Tx) AddApp(a rejoin.App) error {
	settings, err := toJSON(a.Settings)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO apps (`+appColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`, a.ID, a.DomainID, a.Number, a.Name, settings, a.CreatedAt, max(a.CreatedAt, a.UpdatedAt))
	return err
}

// NextAppNumber returns the number of the domain's next app. Two at once must not both be told the same: the caller holds a lock, or the domain is new.
func (tx *Tx) NextAppNumber(domainID string) (int64, error) {
	return one(tx, "number", scanInt, `SELECT coalesce(max(number), 0) + 1 FROM apps WHERE domain_id = $1`, domainID)
}

// App returns the app with the id.
func (tx *Tx) App(id string) (rejoin.App, error) {
	return one(tx, "app", scanApp, `SELECT `+appColumns+` FROM apps WHERE id = $1`, id)
}

// Apps returns the domain's apps by name.
func (tx *Tx) Apps(domainID string) ([]rejoin.App, error) {
	return all(tx, scanApp, `SELECT `+appColumns+` FROM apps WHERE domain_id = $1 ORDER BY name, id`, domainID)
}

// SetAppSettings replaces the app's settings.
func (tx *Tx) SetAppSettings(id string, s rejoin.AppSettings, now rejoin.Millis) error {
	settings, err := toJSON(s)
	if err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE apps SET settings = $2, updated_at = $3 WHERE id = $1`, id, settings, now)
	return err
}

// RenameApp gives the app another name.
func (tx *Tx) RenameApp(id, name string, now rejoin.Millis) error {
	_, err := tx.exec(`UPDATE apps SET name = $2, updated_at = $3 WHERE id = $1`, id, name, now)
	return err
}

// AppHasIssues reports whether anybody has written to the app.
func (tx *Tx) AppHasIssues(domainID, id string) (bool, error) {
	n, err := one(tx, "count", scanInt, `SELECT COUNT(*) FROM (SELECT 1 FROM issues WHERE domain_id = $1 AND app_id = $2 LIMIT 1) AS x`, domainID, id)
	return n > 0, err
}

// ForgetPresence drops the tabs of the app's users, and notes that their presence is not collected.
func (tx *Tx) ForgetPresence(appID string, now rejoin.Millis) error {
	if _, err := tx.exec(`DELETE FROM tabs WHERE user_id IN (SELECT id FROM users WHERE app_id = $1)`, appID); err != nil {
		return err
	}
	_, err := tx.exec(`UPDATE users SET presence = $2, presence_since = $3 WHERE app_id = $1 AND presence <> $2`, appID, rejoin.NotCollected, now)
	return err
}

// CollectPresence ends that: until their browsers say something, the users are away.
func (tx *Tx) CollectPresence(appID string, now rejoin.Millis) error {
	_, err := tx.exec(`UPDATE users SET presence = $2, presence_since = $3 WHERE app_id = $1 AND presence = $4`, appID, rejoin.PageClosed, now, rejoin.NotCollected)
	return err
}

const platformColumns = `id, domain_id, app_id, kind, allowed_origins, off, seen_at, seen_url, created_at`

func scanPlatform(s scanner) (p rejoin.Platform, err error) {
	err = s.Scan(&p.ID, &p.DomainID, &p.AppID, &p.Kind, fromJSON(&p.AllowedOrigins), &p.Off, &p.SeenAt, &p.SeenURL, &p.CreatedAt)
	return p, err
}

// AddPlatform stores a new platform.
func (tx *Tx) AddPlatform(p rejoin.Platform) error {
	origins, err := toJSON(p.AllowedOrigins)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO platforms (`+platformColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		p.ID, p.DomainID, p.AppID, p.Kind, origins, p.Off, p.SeenAt, p.SeenURL, p.CreatedAt)
	return err
}

// Platform returns the platform with the id.
func (tx *Tx) Platform(id string) (rejoin.Platform, error) {
	return one(tx, "platform", scanPlatform, `SELECT `+platformColumns+` FROM platforms WHERE id = $1`, id)
}

// Platforms returns the app's platforms, oldest first.
func (tx *Tx) Platforms(appID string) ([]rejoin.Platform, error) {
	return all(tx, scanPlatform, `SELECT `+platformColumns+` FROM platforms WHERE app_id = $1 ORDER BY created_at, id`, appID)
}

// SetAllowedOrigins replaces the pages that may carry the platform's widget.
func (tx *Tx) SetAllowedOrigins(id string, o rejoin.Origins) error {
	origins, err := toJSON(o)
	if err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE platforms SET allowed_origins = $2 WHERE id = $1`, id, origins)
	return err
}

// SeePlatform notes that a page has asked for the platform, unless one was noted since.
func (tx *Tx) SeePlatform(id, url string, at, since rejoin.Millis) error {
	_, err := tx.exec(`UPDATE platforms SET seen_at = $2, seen_url = $3 WHERE id = $1 AND seen_at < $4`, id, at, url, since)
	return err
}

// SetPlatformOff switches the platform off, or on again.
func (tx *Tx) SetPlatformOff(id string, off bool) error {
	_, err := tx.exec(`UPDATE platforms SET off = $2 WHERE id = $1`, id, off)
	return err
}

// PlatformIssues counts the platform's conversations, and stops counting at most.
func (tx *Tx) PlatformIssues(id string, most int64) (int64, error) {
	return one(tx, "count", scanInt, `SELECT COUNT(*) FROM (SELECT 1 FROM issues WHERE platform_id = $1 LIMIT $2) AS x`, id, most)
}
