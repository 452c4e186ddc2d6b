package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one step of the schema: a file migrations/NNNN_name.sql, without gaps from 0001, run in one transaction.
//
// A statement ends with a semicolon at the end of a line. A line that ends with "-- only: sqlite" or "-- only: postgres" is
// left out on the other engine; where the mark stands on a line of its own, the statement that follows is.
type migration struct {
	version int
	text    string
	then    func(*Tx) error // runs after the text, for what SQL cannot say; nil if there is nothing
}

// Migrate brings the schema up to what this binary needs and returns the versions it found and left. Several processes
// may call it at once: one works, the others wait. A schema newer than the binary is refused and not touched.
func (s *Store) Migrate(ctx context.Context) (from, to int, err error) {
	steps, err := migrations()
	if err != nil {
		return 0, 0, err
	}
	if from, err = s.schemaVersion(ctx); err != nil {
		return 0, 0, err
	}
	if err := refuseNewer(from, len(steps)); err != nil {
		return from, from, err
	}
	for to = from; to < len(steps); to++ {
		step := steps[to]
		if err := s.Write(ctx, func(tx *Tx) error { return tx.migrate(step) }); err != nil {
			return from, to, fmt.Errorf("migration %d failed and was undone: %w", step.version, err)
		}
	}
	return from, to, nil
}

// CheckSchema returns an error that says what to do unless the schema is exactly what this binary needs.
func (s *Store) CheckSchema(ctx context.Context) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	version, err := s.schemaVersion(ctx)
	if err != nil {
		return err
	}
	if version < len(steps) {
		return fmt.Errorf("the database has schema version %d and this program needs %d: run \"rejoin migrate\"", version, len(steps))
	}
	return refuseNewer(version, len(steps))
}

func refuseNewer(version, known int) error {
	if version > known {
		return fmt.Errorf("the database has schema version %d and this program knows only %d: start a newer rejoin", version, known)
	}
	return nil
}

// schemaVersion returns the number of the newest migration that ran, 0 in an empty database.
func (s *Store) schemaVersion(ctx context.Context) (version int, err error) {
	err = s.Read(ctx, func(tx *Tx) error {
		version, err = tx.schemaVersion()
		return err
	})
	return version, err
}

func (tx *Tx) schemaVersion() (int, error) {
	tables, err := one(tx, "number", scanInt, tx.dialect.versionTable)
	if err != nil || tables == 0 {
		return 0, err
	}
	version, err := one(tx, "number", scanInt, `SELECT coalesce(max(version), 0) FROM schema_version`)
	return int(version), err
}

// migrate takes one step, unless somebody else has taken it while we waited for our turn.
func (tx *Tx) migrate(step migration) error {
	if tx.dialect.migrationLock != "" {
		if _, err := tx.exec(tx.dialect.migrationLock); err != nil {
			return err
		}
	}
	if _, err := tx.exec(`CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY)`); err != nil {
		return err
	}
	version, err := tx.schemaVersion()
	if err != nil || version >= step.version {
		return err
	}
	for _, statement := range statements(step.text, tx.dialect.name) {
		if _, err := tx.exec(statement); err != nil {
			return err
		}
	}
	if step.then != nil {
		if err := step.then(tx); err != nil {
			return err
		}
	}
	_, err = tx.exec(`INSERT INTO schema_version (version) VALUES ($1)`, step.version)
	return err
}

// migrations returns the embedded migrations in order.
func migrations() ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql") // sorted
	if err != nil {
		return nil, err
	}
	fills := map[int]func(*Tx) error{3: (*Tx).fillInbox}
	var steps []migration
	for i, name := range names {
		number, _, _ := strings.Cut(strings.TrimPrefix(name, "migrations/"), "_")
		if version, err := strconv.Atoi(number); err != nil || version != i+1 {
			return nil, fmt.Errorf("store: %s should be number %04d", name, i+1)
		}
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		steps = append(steps, migration{i + 1, string(text), fills[i+1]})
	}
	return steps, nil
}

// statements splits the text of a migration and leaves out what is not for the engine.
func statements(text, engine string) []string {
	var list, lines []string
	skip := false // the statement being read is for the other engine
	for line := range strings.Lines(text) {
		code, comment, _ := strings.Cut(line, "--")
		code = strings.TrimRight(code, " \t\r\n")
		only, marked := strings.CutPrefix(strings.TrimSpace(comment), "only:")
		other := marked && strings.TrimSpace(only) != engine
		switch {
		case code == "" && other:
			skip = true
		case code != "" && !other:
			lines = append(lines, code)
		}
		if !strings.HasSuffix(code, ";") {
			continue
		}
		if !skip && len(lines) > 0 {
			list = append(list, strings.Join(lines, "\n"))
		}
		lines, skip = nil, false
	}
	return list
}
