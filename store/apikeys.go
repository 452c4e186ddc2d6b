package store

import "rejoin"

const apiKeyColumns = `id, domain_id, name, access, hash, hint, created_by, created_at, used_at, revoked_at`

func scanAPIKey(s scanner) (k rejoin.APIKey, err error) {
	err = s.Scan(&k.ID, &k.DomainID, &k.Name, &k.Access, &k.Hash, &k.Hint, &k.CreatedBy, &k.CreatedAt, &k.UsedAt, &k.RevokedAt)
	return k, err
}

// AddAPIKey stores a program's key.
func (tx *Tx) AddAPIKey(k rejoin.APIKey) error {
	_, err := tx.exec(`INSERT INTO api_keys (`+apiKeyColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		k.ID, k.DomainID, k.Name, k.Access, k.Hash, k.Hint, k.CreatedBy, k.CreatedAt, k.UsedAt, k.RevokedAt)
	return err
}

// APIKeyByHash returns the key with the hash, valid or revoked.
func (tx *Tx) APIKeyByHash(hash string) (rejoin.APIKey, error) {
	return one(tx, "key", scanAPIKey, `SELECT `+apiKeyColumns+` FROM api_keys WHERE hash = $1`, hash)
}

// APIKey returns the key with the id, valid or revoked.
func (tx *Tx) APIKey(id string) (rejoin.APIKey, error) {
	return one(tx, "key", scanAPIKey, `SELECT `+apiKeyColumns+` FROM api_keys WHERE id = $1`, id)
}

// APIKeys returns the domain's valid keys, newest first, and after them those that were revoked since.
func (tx *Tx) APIKeys(domainID string, since rejoin.Millis) ([]rejoin.APIKey, error) {
	return all(tx, scanAPIKey, `SELECT `+apiKeyColumns+` FROM api_keys WHERE domain_id = $1 AND (revoked_at = 0 OR revoked_at >= $2)
		ORDER BY CASE WHEN revoked_at = 0 THEN 0 ELSE 1 END, created_at DESC, id DESC`, domainID, since)
}

// TouchAPIKey notes that the key was used, unless a later use is noted already.
func (tx *Tx) TouchAPIKey(id string, at rejoin.Millis) error {
	_, err := tx.exec(`UPDATE api_keys SET used_at = $2 WHERE id = $1 AND used_at < $2`, id, at)
	return err
}

// RevokeAPIKey makes the key invalid. One that was revoked before stays as it was.
func (tx *Tx) RevokeAPIKey(id string, at rejoin.Millis) error {
	_, err := tx.exec(`UPDATE api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at = 0`, id, at)
	return err
}

// APILimit returns how many requests each key of the domain may make in a minute.
func (tx *Tx) APILimit(domainID string) (int64, error) {
	return one(tx, "domain", scanInt, `SELECT api_per_minute FROM domains WHERE id = $1`, domainID)
}

// SetAPILimit sets that.
func (tx *Tx) SetAPILimit(domainID string, perMinute int) error {
	_, err := tx.exec(`UPDATE domains SET api_per_minute = $2 WHERE id = $1`, domainID, perMinute)
	return err
}
