// Package storetest gives tests migrated, empty stores: on SQLite, and on a real PostgreSQL server.
//
// The server is the one at REJOIN_TEST_POSTGRES, if that URL is set (its user must be allowed to create databases);
// otherwise a temporary one, started from the installed binaries when the first test wants it and gone when the test binary
// is, however that ends. Where PostgreSQL is not installed tests fail, unless REJOIN_TEST_SKIP_POSTGRES=1.
package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver "pgx"

	"rejoin/store"
)

// Each runs f as a subtest on every engine, with a migrated store that nobody else uses and that is closed afterwards.
func Each(t *testing.T, f func(t *testing.T, s *store.Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { f(t, Open(t, create(t, filledTemplate))) })
}

// SQLite returns a migrated store in a temporary folder, closed when the test ends. It does not wait for the disk: tests need not survive a power cut.
func SQLite(t testing.TB) *store.Store {
	t.Helper()
	file, err := filledFile()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "rejoin.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return Open(t, "sqlite:"+path)
}

// Open opens and migrates the database at url and closes it when the test ends.
func Open(t testing.TB, url string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), url, store.NoSync)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	if _, _, err := s.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return s
}

// Postgres returns the URL of a new, empty database, dropped when the test ends. It is not migrated.
func Postgres(t testing.TB) string {
	t.Helper()
	return create(t, func(*url.URL) (string, error) { return "template1", nil })
}

// create makes a database like the one that like names, dropped when the test ends.
func create(t testing.TB, like func(server *url.URL) (string, error)) string {
	t.Helper()
	if os.Getenv("REJOIN_TEST_SKIP_POSTGRES") == "1" {
		t.Skip("REJOIN_TEST_SKIP_POSTGRES is set")
	}
	server, err := theServer()
	if err != nil {
		t.Fatalf("These tests need PostgreSQL: install it, set REJOIN_TEST_POSTGRES to the URL of a server, "+
			"or set REJOIN_TEST_SKIP_POSTGRES=1. (%v)", err)
	}
	from, err := like(server)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("rejoin_test_%d_%d", os.Getpid(), databases.Add(1))
	statement := "CREATE DATABASE " + name + " TEMPLATE " + from
	if from == template && copiesFiles() {
		statement += " STRATEGY FILE_COPY"
	}
	if err := run(server, statement); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := run(server, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	u := *server
	u.Path = "/" + name
	return u.String()
}

// A test binary has one server, whichever of its tests is the first to want it, and migrates one database of each engine: the others are copies,
// which takes a fraction of the time.
var (
	theServer = sync.OnceValues(findServer)
	databases atomic.Int64

	filledFile     = sync.OnceValues(fillFile)
	filledDatabase = sync.OnceValue(fillDatabase)
	copiesFiles    = sync.OnceValue(canCopyFiles)
)

func fillFile() ([]byte, error) {
	dir, err := os.MkdirTemp("", "rejoin-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "rejoin.db")
	if err := migrate("sqlite:" + path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// filledTemplate returns a migrated database of the server. On one that outlives the tests nothing is left behind, so there each is migrated anew.
func filledTemplate(server *url.URL) (string, error) {
	if os.Getenv("REJOIN_TEST_POSTGRES") != "" {
		return "template1", nil
	}
	return template, filledDatabase()
}

const template = "rejoin_template"

func fillDatabase() error {
	server, err := theServer()
	if err != nil {
		return err
	}
	if err := run(server, "CREATE DATABASE "+template); err != nil {
		return err
	}
	u := *server
	u.Path = "/" + template
	return migrate(u.String())
}

func migrate(url string) error {
	s, err := store.Open(context.Background(), url, store.NoSync)
	if err != nil {
		return err
	}
	_, _, err = s.Migrate(context.Background())
	return errors.Join(err, s.Close())
}

// canCopyFiles reports whether the server can be told to copy a database by its files, as all did before PostgreSQL 15. Where nothing waits for the
// disk that takes a third of the time.
func canCopyFiles() bool {
	server, err := theServer()
	if err != nil {
		return false
	}
	db, err := sql.Open("pgx", server.String())
	if err != nil {
		return false
	}
	defer db.Close()
	var version int
	err = db.QueryRow("SELECT current_setting('server_version_num')::int").Scan(&version)
	return err == nil && version >= 150000
}

func findServer() (*url.URL, error) {
	if given := os.Getenv("REJOIN_TEST_POSTGRES"); given != "" {
		u, err := url.Parse(given)
		if err != nil {
			return nil, fmt.Errorf("REJOIN_TEST_POSTGRES: %w", err)
		}
		return u, nil
	}
	return Start(false)
}

// run executes one statement outside any transaction.
func run(server *url.URL, statement string) error {
	db, err := sql.Open("pgx", server.String())
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}
