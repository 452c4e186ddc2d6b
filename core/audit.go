package core

import (
	"context"
	"math"
	"strconv"
	"strings"

	"rejoin"
)

// Audit is the log of what administrators did.
type Audit struct{ *env }

// audit notes what an agent does, in the transaction that does it. Details say what has changed, a line each.
func (u *unit) audit(a rejoin.Agent, act rejoin.AuditAct, target string, details ...string) error {
	e := rejoin.AuditEntry{ID: newID("aud"), DomainID: a.DomainID, AgentID: a.ID, AgentName: a.TeamName(), Act: act,
		Target: rejoin.Preview(target, 200), CreatedAt: u.now}
	for _, line := range details {
		e.Details = append(e.Details, rejoin.Preview(line, 500))
	}
	return u.AddAudit(e)
}

// AuditPage is a page of the log, newest first.
type AuditPage struct {
	Entries []rejoin.AuditEntry
	Next    string // cursor of the next page; empty at the end
}

// Page returns what the filter chooses and lies before the cursor of an earlier page; an empty one asks for the newest.
func (s *Audit) Page(ctx context.Context, a rejoin.Agent, f rejoin.AuditFilter, cursor string) (p AuditPage, err error) {
	if err := administer(a); err != nil {
		return p, err
	}
	at, id, err := readCursor(cursor)
	if err != nil {
		return p, err
	}
	if !storable(f.AgentID) || !storable(string(f.Act)) {
		return p, nil // nobody, and nothing, is called like that
	}
	err = s.read(ctx, func(u *unit) error {
		if p.Entries, err = u.Tx.Audit(a.DomainID, f, at, id, pageSize); err != nil {
			return err
		}
		if len(p.Entries) == pageSize {
			last := p.Entries[pageSize-1]
			p.Next = strconv.FormatInt(int64(last.CreatedAt), 10) + "." + last.ID
		}
		return nil
	})
	return p, err
}

// readCursor reads a moment and an id; an empty cursor lies after everything.
func readCursor(cursor string) (rejoin.Millis, string, error) {
	if cursor == "" {
		return math.MaxInt64, "", nil
	}
	at, id, _ := strings.Cut(cursor, ".")
	n, err := strconv.ParseInt(at, 10, 64)
	if err != nil || n <= 0 || id == "" || !storable(id) {
		return 0, "", rejoin.InvalidField("cursor", "This cursor is not one of ours. Begin with the first page.")
	}
	return rejoin.Millis(n), id, nil
}
