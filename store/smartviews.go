package store

import "rejoin"

const smartViewColumns = `id, domain_id, owner_id, name, filter, created_at`

func scanSmartView(s scanner) (v rejoin.SmartView, err error) {
	err = s.Scan(&v.ID, &v.DomainID, &v.OwnerID, &v.Name, fromJSON(&v.Filter), &v.CreatedAt)
	return v, err
}

// PutSmartView stores a new view, or one with other content.
func (tx *Tx) PutSmartView(v rejoin.SmartView) error {
	filter, err := toJSON(v.Filter)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO smart_views (`+smartViewColumns+`) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET owner_id = excluded.owner_id, name = excluded.name, filter = excluded.filter`,
		v.ID, v.DomainID, v.OwnerID, v.Name, filter, v.CreatedAt)
	return err
}

// SmartView returns the view with the id.
func (tx *Tx) SmartView(id string) (rejoin.SmartView, error) {
	return one(tx, "view", scanSmartView, `SELECT `+smartViewColumns+` FROM smart_views WHERE id = $1`, id)
}

// SmartViews returns the domain's shared views and then the agent's own, each by name.
func (tx *Tx) SmartViews(domainID, agentID string) ([]rejoin.SmartView, error) {
	return all(tx, scanSmartView, `SELECT `+smartViewColumns+` FROM smart_views WHERE domain_id = $1 AND owner_id IN ('', $2)
		ORDER BY CASE WHEN owner_id = '' THEN 0 ELSE 1 END, LOWER(name), id`, domainID, agentID)
}

// DeleteSmartView forgets a view.
func (tx *Tx) DeleteSmartView(id string) error {
	_, err := tx.exec(`DELETE FROM smart_views WHERE id = $1`, id)
	return err
}
