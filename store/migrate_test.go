package store_test

import (
	"context"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin/store"
	"rejoin/store/storetest"
)

func TestMigrateTwice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		from, to, err := s.Migrate(t.Context())
		if err != nil || from != to || to == 0 {
			t.Errorf("a second migration: from %d to %d, %v", from, to, err)
		}
		if err := s.CheckSchema(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// eachEmpty runs f with the URL of an empty database of each engine.
func eachEmpty(t *testing.T, f func(t *testing.T, url string)) {
	t.Run("sqlite", func(t *testing.T) { f(t, filepath.Join(t.TempDir(), "a strange? name#%20.db")) })
	t.Run("postgres", func(t *testing.T) { f(t, storetest.Postgres(t)) })
}

func open(t *testing.T, url string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestMigrateAtOnce(t *testing.T) {
	eachEmpty(t, func(t *testing.T, url string) {
		var all sync.WaitGroup
		for range 4 {
			s := open(t, url)
			all.Go(func() {
				if _, _, err := s.Migrate(context.Background()); err != nil {
					t.Error(err)
				}
				if err := s.CheckSchema(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	})
}

func TestSchemaOlderOrNewer(t *testing.T) {
	eachEmpty(t, func(t *testing.T, url string) {
		s := open(t, url)
		if err := s.CheckSchema(t.Context()); err == nil || !strings.Contains(err.Error(), "rejoin migrate") {
			t.Errorf("an empty database should ask for rejoin migrate, got %v", err)
		}
		if _, _, err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(`INSERT INTO schema_version (version) VALUES (999)`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		const want = "start a newer rejoin"
		if err := s.CheckSchema(t.Context()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("CheckSchema of a newer database: %v", err)
		}
		if _, _, err := s.Migrate(t.Context()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Migrate of a newer database: %v", err)
		}
	})
}

func TestMigrationStatements(t *testing.T) {
	const text = `-- a comment
CREATE TABLE a (
  x TEXT, -- only: sqlite
  x BYTEA, -- only: postgres
  y TEXT -- why
);
-- only: postgres
CREATE INDEX b
  ON a (y);
-- only: sqlite
CREATE INDEX c ON a (y);
INSERT INTO a VALUES (1); -- only: postgres
DROP TABLE z;
`
	got := map[string][]string{}
	for _, engine := range []string{"sqlite", "postgres"} {
		got[engine] = store.Statements(text, engine)
	}
	want := map[string][]string{
		"sqlite":   {"CREATE TABLE a (\n  x TEXT,\n  y TEXT\n);", "CREATE INDEX c ON a (y);", "DROP TABLE z;"},
		"postgres": {"CREATE TABLE a (\n  x BYTEA,\n  y TEXT\n);", "CREATE INDEX b\n  ON a (y);", "INSERT INTO a VALUES (1);", "DROP TABLE z;"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
