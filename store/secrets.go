package store

import "rejoin"

func scanSecret(s scanner) (v rejoin.Secret, err error) {
	err = s.Scan(&v.ID, &v.AppID, &v.Value, &v.CreatedBy, &v.CreatedAt)
	return v, err
}

// AddSecret stores a secret of an app.
func (tx *Tx) AddSecret(s rejoin.Secret) error {
	_, err := tx.exec(`INSERT INTO app_secrets (id, app_id, value, created_by, created_at) VALUES ($1, $2, $3, $4, $5)`,
		s.ID, s.AppID, s.Value, s.CreatedBy, s.CreatedAt)
	return err
}

// Secrets returns the app's secrets, newest first.
func (tx *Tx) Secrets(appID string) ([]rejoin.Secret, error) {
	return all(tx, scanSecret, `SELECT id, app_id, value, created_by, created_at FROM app_secrets WHERE app_id = $1 ORDER BY created_at DESC, id DESC`, appID)
}

// DropSecret forgets a secret.
func (tx *Tx) DropSecret(id string) error {
	_, err := tx.exec(`DELETE FROM app_secrets WHERE id = $1`, id)
	return err
}

// Key returns the installation's key with the name; made is stored first if there is none.
func (tx *Tx) Key(name, made string) (string, error) {
	if _, err := tx.exec(`INSERT INTO keys (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`, name, made); err != nil {
		return "", err
	}
	return one(tx, "key", scanText, `SELECT value FROM keys WHERE name = $1`, name)
}

// PutKey stores the installation's key with the name, in place of an earlier one.
func (tx *Tx) PutKey(name, value string) error {
	_, err := tx.exec(`INSERT INTO keys (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}

// KeyIs reports whether the installation has the key with the name and that value.
func (tx *Tx) KeyIs(name, value string) (bool, error) {
	n, err := one(tx, "count", scanInt, `SELECT COUNT(*) FROM keys WHERE name = $1 AND value = $2`, name, value)
	return n > 0, err
}

// DropKey forgets the key if it has that value, and reports whether it did.
func (tx *Tx) DropKey(name, value string) (bool, error) {
	n, err := tx.exec(`DELETE FROM keys WHERE name = $1 AND value = $2`, name, value)
	return n == 1, err
}
