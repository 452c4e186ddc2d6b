package store

import "rejoin"

func scanTag(s scanner) (t rejoin.Tag, err error) {
	err = s.Scan(&t.ID, &t.DomainID, &t.Name, &t.ArchivedAt)
	return t, err
}

// AddTag stores a tag. It reports false if the domain has one of that name.
func (tx *Tx) AddTag(t rejoin.Tag) (bool, error) {
	n, err := tx.exec(`INSERT INTO tags (id, domain_id, name, archived_at) VALUES ($1, $2, $3, $4) ON CONFLICT (domain_id, name) DO NOTHING`,
		t.ID, t.DomainID, t.Name, t.ArchivedAt)
	return n == 1, err
}

// Tags returns the domain's tags by name.
func (tx *Tx) Tags(domainID string) ([]rejoin.Tag, error) {
	return all(tx, scanTag, `SELECT id, domain_id, name, archived_at FROM tags WHERE domain_id = $1 ORDER BY name`, domainID)
}

// ArchiveTag archives the tag, or takes it back with zero.
func (tx *Tx) ArchiveTag(id string, at rejoin.Millis) error {
	_, err := tx.exec(`UPDATE tags SET archived_at = $2 WHERE id = $1`, id, at)
	return err
}

const fieldColumns = `id, domain_id, key, label, type, options, archived_at, created_at`

func scanField(s scanner) (f rejoin.CustomField, err error) {
	err = s.Scan(&f.ID, &f.DomainID, &f.Key, &f.Label, &f.Type, fromJSON(&f.Options), &f.ArchivedAt, &f.CreatedAt)
	return f, err
}

// AddCustomField stores a definition. It reports false if the domain has one with that key.
func (tx *Tx) AddCustomField(f rejoin.CustomField) (bool, error) {
	options, err := toJSON(f.Options)
	if err != nil {
		return false, err
	}
	n, err := tx.exec(`INSERT INTO custom_fields (`+fieldColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (domain_id, key) DO NOTHING`,
		f.ID, f.DomainID, f.Key, f.Label, f.Type, options, f.ArchivedAt, f.CreatedAt)
	return n == 1, err
}

// CustomFields returns the domain's definitions by label.
func (tx *Tx) CustomFields(domainID string) ([]rejoin.CustomField, error) {
	return all(tx, scanField, `SELECT `+fieldColumns+` FROM custom_fields WHERE domain_id = $1 ORDER BY label, key`, domainID)
}

// ArchiveCustomField archives the definition, or takes it back with zero.
func (tx *Tx) ArchiveCustomField(id string, at rejoin.Millis) error {
	_, err := tx.exec(`UPDATE custom_fields SET archived_at = $2 WHERE id = $1`, id, at)
	return err
}
