package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	_ "modernc.org/sqlite" // registers the driver "sqlite"

	"rejoin"
)

// sqlite runs transactions on a file: reads in parallel on connections of their own, writes through one group.
type sqlite struct {
	db      *sql.DB
	writes  *group
	readers chan *sqliteConn // the idle ones
	reading sync.WaitGroup   // transactions under way
	mu      sync.RWMutex
	closed  bool
}

// Settings of every connection. busy_timeout comes first: the others may have to wait already. Another process that
// writes (the command line beside a server) is waited for.
const sqlitePragmas = "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
	"&_pragma=foreign_keys(1)&_pragma=journal_size_limit(67108864)&_pragma=cache_size(-16384)"

func openSQLite(ctx context.Context, path string, sync bool) (*sqlite, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("the database path cannot be read: %w", err)
	}
	// What people write is in this file: nobody but its owner may read it.
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the database file cannot be opened: %w", err)
	}
	file.Close()
	pragmas := sqlitePragmas
	if !sync {
		pragmas = strings.Replace(pragmas, "synchronous(FULL)", "synchronous(OFF)", 1)
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+pragmas)
	if err != nil {
		return nil, fmt.Errorf("the database cannot be opened: %w", err)
	}
	s := &sqlite{db: db}
	if err := s.connect(ctx, max(4, 2*runtime.GOMAXPROCS(0))); err != nil {
		db.Close()
		return nil, fmt.Errorf("the database %s cannot be opened: %w", path, err)
	}
	return s, nil
}

func (s *sqlite) connect(ctx context.Context, readers int) error {
	writer, err := newSQLiteConn(ctx, s.db)
	if err != nil {
		return err
	}
	s.readers = make(chan *sqliteConn, readers)
	for range readers {
		reader, err := newSQLiteConn(ctx, s.db)
		if err != nil {
			return err
		}
		if _, err := reader.ExecContext(ctx, "PRAGMA query_only = 1"); err != nil {
			return err
		}
		s.readers <- reader
	}
	s.writes = newGroup(writer)
	return nil
}

// enter counts a transaction in, unless the store is closed. The caller calls s.reading.Done afterwards.
func (s *sqlite) enter() error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return errClosed
	}
	s.reading.Add(1)
	return nil
}

func (s *sqlite) write(ctx context.Context, _ rejoin.Clock, f func(*Tx) error) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.reading.Done()
	return s.writes.do(ctx, f)
}

func (s *sqlite) read(ctx context.Context, f func(*Tx) error) (err error) {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.reading.Done()
	var conn *sqliteConn
	select {
	case conn = <-s.readers:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { s.readers <- conn }()
	if _, err := conn.ExecContext(context.Background(), "BEGIN"); err != nil {
		return fmt.Errorf("store: begin: %w", err)
	}
	defer func() {
		if _, e := conn.ExecContext(context.Background(), "ROLLBACK"); e != nil && err == nil {
			err = fmt.Errorf("store: end of a read: %w", e)
		}
	}()
	tx := &Tx{ctx: ctx, conn: conn, dialect: &sqliteDialect}
	return tx.end(f(tx))
}

func (s *sqlite) close() error {
	s.mu.Lock()
	already := s.closed
	s.closed = true
	s.mu.Unlock()
	if already {
		return nil
	}
	s.reading.Wait()
	err := s.writes.close()
	for range cap(s.readers) {
		err = errors.Join(err, (<-s.readers).close())
	}
	return errors.Join(err, s.db.Close())
}

// sqliteConn is one connection with its prepared statements: preparing costs more than most statements take to run. It
// is not safe for concurrent use.
type sqliteConn struct {
	conn       *sql.Conn
	statements map[string]*sql.Stmt
}

// maxStatements bounds what a connection remembers, should a query text ever be put together from too many parts.
const maxStatements = 500

func newSQLiteConn(ctx context.Context, db *sql.DB) (*sqliteConn, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &sqliteConn{conn, map[string]*sql.Stmt{}}, nil
}

func (c *sqliteConn) prepare(query string) (*sql.Stmt, error) {
	if statement, ok := c.statements[query]; ok {
		return statement, nil
	}
	if len(c.statements) >= maxStatements {
		if err := c.forget(); err != nil {
			return nil, err
		}
	}
	statement, err := c.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	c.statements[query] = statement
	return statement, nil
}

// forget closes all prepared statements.
func (c *sqliteConn) forget() error {
	var err error
	for _, statement := range c.statements {
		err = errors.Join(err, statement.Close())
	}
	clear(c.statements)
	return err
}

// ExecContext implements querier.
func (c *sqliteConn) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	statement, err := c.prepare(query)
	if err != nil {
		return nil, err
	}
	return statement.ExecContext(ctx, args...)
}

// QueryContext implements querier.
func (c *sqliteConn) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	statement, err := c.prepare(query)
	if err != nil {
		return nil, err
	}
	return statement.QueryContext(ctx, args...)
}

func (c *sqliteConn) close() error { return errors.Join(c.forget(), c.conn.Close()) }
