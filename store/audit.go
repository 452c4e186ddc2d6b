package store

import "rejoin"

// AddAudit appends to the audit log.
func (tx *Tx) AddAudit(e rejoin.AuditEntry) error {
	_, err := tx.exec(`INSERT INTO audit (id, domain_id, agent_id, agent_name, act, target, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		e.ID, e.DomainID, e.AgentID, e.AgentName, e.Act, e.Target, e.CreatedAt)
	return err
}

// Audit returns a page of the domain's audit log, newest first: what lies before the entry with the moment and the id.
func (tx *Tx) Audit(domainID string, before rejoin.Millis, beforeID string, limit int) ([]rejoin.AuditEntry, error) {
	return all(tx, func(s scanner) (e rejoin.AuditEntry, err error) {
		err = s.Scan(&e.ID, &e.DomainID, &e.AgentID, &e.AgentName, &e.Act, &e.Target, &e.CreatedAt)
		return e, err
	}, `SELECT id, domain_id, agent_id, agent_name, act, target, created_at FROM audit
		WHERE domain_id = $1 AND (created_at, id) < ($2, $3) ORDER BY created_at DESC, id DESC LIMIT $4`, domainID, before, beforeID, limit)
}
