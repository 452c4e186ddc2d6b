package store

import (
	"errors"

	"rejoin"
)

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

const fieldColumns = `id, domain_id, key, label, type, options, retired, platforms, place, archived_at, created_at`

func scanField(s scanner) (f rejoin.CustomField, err error) {
	err = s.Scan(&f.ID, &f.DomainID, &f.Key, &f.Label, &f.Type, fromJSON(&f.Options), fromJSON(&f.Retired), fromJSON(&f.Platforms), &f.Place, &f.ArchivedAt, &f.CreatedAt)
	return f, err
}

// fieldParts are the lists of a definition as they are stored.
func fieldParts(f rejoin.CustomField) (options, retired, platforms any, err error) {
	options, e1 := toJSON(f.Options)
	retired, e2 := toJSON(f.Retired)
	platforms, e3 := toJSON(f.Platforms)
	return options, retired, platforms, errors.Join(e1, e2, e3)
}

// AddCustomField stores a definition. It reports false if the domain has one with that key.
func (tx *Tx) AddCustomField(f rejoin.CustomField) (bool, error) {
	options, retired, platforms, err := fieldParts(f)
	if err != nil {
		return false, err
	}
	n, err := tx.exec(`INSERT INTO custom_fields (`+fieldColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (domain_id, key) DO NOTHING`,
		f.ID, f.DomainID, f.Key, f.Label, f.Type, options, retired, platforms, f.Place, f.ArchivedAt, f.CreatedAt)
	return n == 1, err
}

// CustomFields returns the domain's definitions in their order.
func (tx *Tx) CustomFields(domainID string) ([]rejoin.CustomField, error) {
	return all(tx, scanField, `SELECT `+fieldColumns+` FROM custom_fields WHERE domain_id = $1 ORDER BY place, label, key`, domainID)
}

// SaveCustomField changes all of a definition but its key and its type.
func (tx *Tx) SaveCustomField(f rejoin.CustomField) error {
	options, retired, platforms, err := fieldParts(f)
	if err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE custom_fields SET label = $2, options = $3, retired = $4, platforms = $5, place = $6, archived_at = $7 WHERE id = $1`,
		f.ID, f.Label, options, retired, platforms, f.Place, f.ArchivedAt)
	return err
}
