package store

import "rejoin"

const domainColumns = `id, name, features, created_at`

func scanDomain(s scanner) (d rejoin.Domain, err error) {
	err = s.Scan(&d.ID, &d.Name, fromJSON(&d.Features), &d.CreatedAt)
	return d, err
}

// AddDomain stores a new domain. A name that is taken is a conflict.
func (tx *Tx) AddDomain(d rejoin.Domain) error {
	features, err := toJSON(d.Features)
	if err != nil {
		return err
	}
	n, err := tx.exec(`INSERT INTO domains (id, name, features, issues, created_at) VALUES ($1, $2, $3, 0, $4)
		ON CONFLICT (name) DO NOTHING`, d.ID, d.Name, features, d.CreatedAt)
	if err == nil && n == 0 {
		return rejoin.Errorf(rejoin.Conflict, "A domain named %q exists already.", d.Name)
	}
	return err
}

// Domain returns the domain with the id.
func (tx *Tx) Domain(id string) (rejoin.Domain, error) {
	return one(tx, "domain", scanDomain, `SELECT `+domainColumns+` FROM domains WHERE id = $1`, id)
}

// DomainByName returns the domain with the name.
func (tx *Tx) DomainByName(name string) (rejoin.Domain, error) {
	return one(tx, "domain", scanDomain, `SELECT `+domainColumns+` FROM domains WHERE name = $1`, name)
}

// Domains returns all domains by name.
func (tx *Tx) Domains() ([]rejoin.Domain, error) {
	return all(tx, scanDomain, `SELECT `+domainColumns+` FROM domains ORDER BY name`)
}

// SetFeatures replaces what the operator has switched on.
func (tx *Tx) SetFeatures(domainID string, features []rejoin.Feature) error {
	v, err := toJSON(features)
	if err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE domains SET features = $2 WHERE id = $1`, domainID, v)
	return err
}

// NextIssueNumber takes the domain's next issue number, from 1.
func (tx *Tx) NextIssueNumber(domainID string) (int64, error) {
	return one(tx, "domain", scanInt, `UPDATE domains SET issues = issues + 1 WHERE id = $1 RETURNING issues`, domainID)
}

func scanInt(s scanner) (n int64, err error) {
	err = s.Scan(&n)
	return n, err
}
