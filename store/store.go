// Package store keeps everything in a database: SQLite, which needs no service, or PostgreSQL, which serves several nodes.
//
// All SQL of the product is here, one text for both engines. A caller opens a [Store], and works in the function it gives
// to [Store.Write] or [Store.Read]: each is one transaction, and the [Tx] it receives is the catalogue of everything that
// can be stored and asked, one file per noun.
//
// Write returns nil only once the data is on disk. The package never asks for the time and never makes an id: callers
// give both.
package store

import (
	"context"
	"errors"
	"slices"
	"strings"

	"rejoin"
)

// Store is one open database. It is safe for concurrent use.
type Store struct {
	url     string
	dialect *dialect
	engine  engine
}

// engine runs transactions on one kind of database.
type engine interface {
	write(ctx context.Context, clock rejoin.Clock, f func(*Tx) error) error
	read(ctx context.Context, f func(*Tx) error) error
	close() error
}

// errClosed is returned by every use of a store after Close.
var errClosed = errors.New("store: the store is closed")

// Open opens the database at url: "sqlite:PATH", a plain path, or "postgres://…". A missing SQLite file is created, its
// folder is not. Open does not migrate: see [Store.Migrate] and [Store.CheckSchema]. The caller closes the store.
func Open(ctx context.Context, url string, options ...Option) (*Store, error) {
	s := &Store{url: url}
	var err error
	if strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://") {
		s.dialect = &postgresDialect
		s.engine, err = openPostgres(ctx, url)
	} else {
		s.dialect = &sqliteDialect
		s.engine, err = openSQLite(ctx, strings.TrimPrefix(url, "sqlite:"), !slices.Contains(options, NoSync))
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Option changes how a database is opened.
type Option string

// NoSync makes SQLite not wait for the disk: what was acknowledged survives the end of the process, and not a power cut. For tests.
const NoSync Option = "no sync"

// Write runs f in one transaction and returns once it is durable. An error of f undoes f's work, and only f's, and is
// returned as it is; a panic of f undoes it likewise and goes on in the caller's goroutine. Once f has begun it is
// not interrupted when ctx ends, and Write returns the true outcome; if ctx ends before that, f does not run and
// Write returns ctx.Err().
//
// f must not call Write itself and should not do anything slow: on SQLite all writers wait for it. On PostgreSQL it may
// run more than once, when the server asks to repeat a transaction; so f must set, not add to, what it shares with
// its caller. If a statement failed, the transaction can only be undone, even if f returns nil.
func (s *Store) Write(ctx context.Context, f func(*Tx) error) error {
	return s.engine.write(ctx, nil, f)
}

// Read runs f on a consistent snapshot that cannot be written to. It returns f's error as it is. f should not wait for
// anything but the database: a snapshot kept open keeps old data alive.
func (s *Store) Read(ctx context.Context, f func(*Tx) error) error { return s.engine.read(ctx, f) }

// Engine returns "sqlite" or "postgres".
func (s *Store) Engine() string { return s.dialect.name }

// URL returns what the store was opened with. It may hold a password.
func (s *Store) URL() string { return s.url }

// Close waits for the transactions under way, refuses new ones, and closes the database.
func (s *Store) Close() error { return s.engine.close() }
