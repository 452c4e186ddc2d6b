package store

import (
	"math"

	"rejoin"
)

// AddAudit appends to the audit log.
func (tx *Tx) AddAudit(e rejoin.AuditEntry) error {
	details, err := toJSON(append([]string{}, e.Details...)) // never null
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO audit (id, domain_id, agent_id, agent_name, act, target, details, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		e.ID, e.DomainID, e.AgentID, e.AgentName, e.Act, e.Target, details, e.CreatedAt)
	return err
}

// Audit returns a page of the domain's audit log, newest first: what the filter chooses and lies before the entry with the moment and the id.
func (tx *Tx) Audit(domainID string, f rejoin.AuditFilter, before rejoin.Millis, beforeID string, limit int) ([]rejoin.AuditEntry, error) {
	if f.To == 0 {
		f.To = math.MaxInt64
	}
	return all(tx, func(s scanner) (e rejoin.AuditEntry, err error) {
		err = s.Scan(&e.ID, &e.DomainID, &e.AgentID, &e.AgentName, &e.Act, &e.Target, fromJSON(&e.Details), &e.CreatedAt)
		return e, err
	}, `SELECT id, domain_id, agent_id, agent_name, act, target, details, created_at FROM audit
		WHERE domain_id = $1 AND (created_at, id) < ($2, $3) AND ($4 = '' OR agent_id = $4) AND ($5 = '' OR act = $5)
			AND created_at >= $6 AND created_at < $7
		ORDER BY created_at DESC, id DESC LIMIT $8`, domainID, before, beforeID, f.AgentID, f.Act, f.From, f.To, limit)
}
