package store

import "context"

// Statements splits a migration.
var Statements = statements

// Exec runs SQL that is of no use outside tests.
func (tx *Tx) Exec(query string, args ...any) (int64, error) { return tx.exec(query, args...) }

// Each calls f with the Scan of every row.
func (tx *Tx) Each(query string, f func(scan func(dest ...any) error) error, args ...any) error {
	return tx.each(query, args, func(row scanner) error { return f(row.Scan) })
}

// FromJSON is a destination for Scan.
func FromJSON(dest any) any { return fromJSON(dest) }

// MigrateTo brings an empty store to an older schema.
func (s *Store) MigrateTo(ctx context.Context, version int) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	for _, step := range steps[:version] {
		if err := s.Write(ctx, func(tx *Tx) error { return tx.migrate(step) }); err != nil {
			return err
		}
	}
	return nil
}
