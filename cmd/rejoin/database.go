package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"rejoin/store"
)

// sqliteFile returns the path of the SQLite file that a database setting means, or "" for PostgreSQL.
func sqliteFile(database string) string {
	if strings.HasPrefix(database, "postgres://") || strings.HasPrefix(database, "postgresql://") {
		return ""
	}
	return strings.TrimPrefix(database, "sqlite:")
}

// openNew opens a database that may not exist yet, and brings its schema up to date.
func openNew(ctx context.Context, database string) (*store.Store, error) {
	s, err := open(ctx, database, true)
	if err != nil {
		return nil, err
	}
	if _, _, err := s.Migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// openReady opens a database that setup has made; its schema must be what this program needs.
func openReady(ctx context.Context, database string) (*store.Store, error) {
	s, err := open(ctx, database, false)
	if err != nil {
		return nil, err
	}
	if err := s.CheckSchema(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// open opens a database; fresh says that it may be a new one. What is in the way is said in a sentence.
func open(ctx context.Context, database string, fresh bool) (*store.Store, error) {
	file := sqliteFile(database)
	if file == "" {
		return store.Open(ctx, database)
	}
	if scheme, _, found := strings.Cut(file, "://"); found {
		return nil, usagef("--database (REJOIN_DATABASE): %s:// is not a database we know. Give the path of a file, or postgres://user:password@host/name.", scheme)
	}
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) && !fresh {
		return nil, fmt.Errorf("there is no database at %s yet. Make one with \"rejoin setup\", or with \"rejoin migrate\" to set up in the browser, or name another with --database", file)
	}
	if err := writable(filepath.Dir(file)); err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, database)
	if err != nil && strings.Contains(err.Error(), "not a database") {
		return nil, fmt.Errorf("%s is not a database or is damaged. Put a backup in its place, or name another file with --database", file)
	}
	return s, err
}

// writable makes the folder, if it is missing, and returns a sentence if nothing can be written there.
func writable(dir string) error {
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		var probe *os.File
		if probe, err = os.CreateTemp(dir, ".probe-"); err == nil {
			return errors.Join(probe.Close(), os.Remove(probe.Name()))
		}
	}
	return fmt.Errorf("nothing can be written in the folder %s (%v). Choose another one, or change its permissions", dir, cause(err))
}

// cause is what the operating system says, without the path that the sentence around it names.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// lockFile makes sure that only one process serves an SQLite file. The operating system gives the lock back when the process ends, in
// whatever way. On PostgreSQL several may serve, and there is nothing to do.
func lockFile(database string) (unlock func() error, err error) {
	file := sqliteFile(database)
	if file == "" {
		return func() error { return nil }, nil
	}
	f, err := os.OpenFile(file+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the file %s.lock cannot be opened (%v). Make it writable, or choose another folder", file, cause(err))
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		return nil, fmt.Errorf("another rejoin serves %s already. Stop it first, or choose another folder or file", file)
	}
	return f.Close, nil
}
