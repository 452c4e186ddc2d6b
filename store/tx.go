package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"rejoin"
)

// Tx is one transaction, valid until the function that received it returns, and not for concurrent use. Its methods are
// the catalogue of what can be stored and asked.
//
// The first statement that fails spends the transaction: every later one fails as well, and nothing is committed. So
// both engines behave alike, and a conflict is foreseen with ON CONFLICT rather than found out by an error.
type Tx struct {
	ctx     context.Context
	conn    querier
	dialect *dialect
	err     error // why the transaction can only be undone
}

// querier is what a transaction needs of a connection.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// scanner reads the columns of one row.
type scanner interface{ Scan(dest ...any) error }

var errEnded = errors.New("store: the transaction has ended")

// end makes tx useless and returns how it went: f's own error first.
func (tx *Tx) end(err error) error {
	if err == nil {
		err = tx.err
	}
	tx.err = errEnded
	return err
}

// fail spends the transaction.
func (tx *Tx) fail(query string, err error) error {
	text := strings.Join(strings.Fields(query), " ")
	if r := []rune(text); len(r) > 80 {
		text = string(r[:80]) + "…"
	}
	tx.err = fmt.Errorf("store: %s: %w", text, err)
	return tx.err
}

// exec runs a statement and returns the number of rows it changed.
func (tx *Tx) exec(query string, args ...any) (affected int64, err error) {
	if tx.err != nil {
		return 0, tx.err
	}
	result, err := tx.conn.ExecContext(tx.ctx, query, args...)
	if err != nil {
		return 0, tx.fail(query, err)
	}
	affected, err = result.RowsAffected()
	if err != nil {
		return 0, tx.fail(query, err)
	}
	return affected, nil
}

// forUpdate is appended to a SELECT whose rows the transaction is going to change according to what it read.
func (tx *Tx) forUpdate() string { return tx.dialect.forUpdate }

// skipLocked is forUpdate for workers that share a queue.
func (tx *Tx) skipLocked() string { return tx.dialect.skipLocked }

// each calls f for every row.
func (tx *Tx) each(query string, args []any, f func(scanner) error) error {
	if tx.err != nil {
		return tx.err
	}
	rows, err := tx.conn.QueryContext(tx.ctx, query, args...)
	if err != nil {
		return tx.fail(query, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return tx.fail(query, err)
		}
	}
	if err := rows.Err(); err != nil {
		return tx.fail(query, err)
	}
	return nil
}

// one returns the first row. If there is none, the error is a NotFound that says so of what, and the transaction goes on.
func one[T any](tx *Tx, what string, scan func(scanner) (T, error), query string, args ...any) (T, error) {
	var v T
	found := false
	err := tx.each(query, args, func(row scanner) (err error) {
		if !found {
			v, err = scan(row)
		}
		found = true
		return err
	})
	if err == nil && !found {
		err = rejoin.Errorf(rejoin.NotFound, "There is no such %s.", what)
	}
	return v, err
}

// all returns every row; the slice is never nil.
func all[T any](tx *Tx, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	list := []T{}
	err := tx.each(query, args, func(row scanner) error {
		v, err := scan(row)
		list = append(list, v)
		return err
	})
	if err != nil {
		return []T{}, err
	}
	return list, nil
}

// toJSON encodes v for a JSONB column.
func toJSON(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("store: encode %T: %w", v, err)
	}
	return string(b), nil
}

// fromJSON returns a destination for Scan that decodes a JSONB column into dest, a pointer. NULL and what is empty leave it as it is.
func fromJSON(dest any) jsonColumn { return jsonColumn{dest} }

type jsonColumn struct{ dest any }

// Scan implements sql.Scanner.
func (c jsonColumn) Scan(src any) error {
	switch src := src.(type) {
	case nil:
		return nil
	case string:
		if src == "{}" || src == "[]" {
			return nil // the usual case of columns that are rarely filled
		}
		return json.Unmarshal([]byte(src), c.dest)
	case []byte:
		return json.Unmarshal(src, c.dest)
	default:
		return fmt.Errorf("store: a JSON column came as %T", src)
	}
}
