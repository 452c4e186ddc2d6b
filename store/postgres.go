package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"rejoin"
)

// postgres runs transactions on a PostgreSQL server, in parallel.
type postgres struct{ db *sql.DB }

const (
	postgresConns    = 16 // beyond this, transactions wait here instead of in the server
	postgresAttempts = 6  // of a transaction the server asks to repeat
)

func openPostgres(ctx context.Context, url string) (*postgres, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("the database URL cannot be read: %w", err)
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(postgresConns)
	db.SetMaxIdleConns(postgresConns)
	db.SetConnMaxIdleTime(5 * time.Minute)
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("the PostgreSQL server cannot be reached: %w", err)
	}
	return &postgres{db}, nil
}

func (p *postgres) write(ctx context.Context, clock rejoin.Clock, f func(*Tx) error) error {
	for attempt := 1; ; attempt++ {
		err := p.writeOnce(ctx, clock, f)
		if attempt == postgresAttempts || !wantsRepeat(err) {
			return err
		}
		// Those who got in each other's way must not do so in step again.
		time.Sleep(rand.N(time.Duration(attempt) * 5 * time.Millisecond))
	}
}

// writeOnce waits for a connection as long as ctx allows and then goes through with the transaction whatever happens to ctx. Its mark goes to the server
// together with its beginning: one way there and back for both.
func (p *postgres) writeOnce(ctx context.Context, clock rejoin.Clock, f func(*Tx) error) error {
	conn, err := p.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	ctx = context.WithoutCancel(ctx)
	begin := "BEGIN"
	if clock != nil {
		begin += "; " + beginsAt(clock.Now())
	}
	committed := false
	defer func() { // for panics too
		if !committed {
			_, _ = conn.ExecContext(ctx, "ROLLBACK") // a connection that is broken is rolled back by the server
		}
	}()
	if _, err := conn.ExecContext(ctx, begin); err != nil {
		return fmt.Errorf("store: begin: %w", err)
	}
	tx := &Tx{ctx: ctx, conn: conn, dialect: &postgresDialect}
	if err := tx.end(f(tx)); err != nil {
		return err
	}
	committed = true // or rolled back, if it cannot be
	if _, err := conn.ExecContext(ctx, "COMMIT"); err != nil {
		return fmt.Errorf("store: commit: %w", err)
	}
	return nil
}

func (p *postgres) read(ctx context.Context, f func(*Tx) error) error {
	sqlTx, err := p.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("store: begin: %w", err)
	}
	defer sqlTx.Rollback() // for panics too
	tx := &Tx{ctx: ctx, conn: sqlTx, dialect: &postgresDialect}
	return tx.end(f(tx))
}

// wantsRepeat reports whether err is the server's way of saying "try the whole transaction again".
func wantsRepeat(err error) bool {
	const serializationFailure, deadlockDetected = "40001", "40P01"
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && (pgErr.Code == serializationFailure || pgErr.Code == deadlockDetected)
}

func (p *postgres) close() error { return p.db.Close() }
