package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// copied are the tables that an issue needs, and the rows of the issues up to a number.
var copied = []struct{ table, of string }{
	{"users", "JOIN issues i ON i.user_id = t.id"},
	{"issues", "JOIN issues i ON i.id = t.id"},
	{"messages", "JOIN issues i ON i.id = t.issue_id"},
	{"issue_tags", "JOIN issues i ON i.id = t.issue_id"},
	{"issue_fields", "JOIN issues i ON i.id = t.issue_id"},
}

// directly opens the database beside the store, for statements that only this program needs.
func (b *bench) directly(f func(*sql.DB) error) error {
	driver, address := "sqlite", "file:"+b.install.Database+"?_pragma=busy_timeout(60000)&_pragma=synchronous(OFF)"
	if b.engine == "postgres" {
		driver, address = "pgx", b.install.Database
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		return err
	}
	return errors.Join(f(db), db.Close())
}

// spread gives the first issues their times and states.
func (b *bench) spread(ctx context.Context) error {
	return b.directly(func(db *sql.DB) error {
		return statement(ctx, db, fmt.Sprintf(`UPDATE issues SET created_at = %d + number * 1000, updated_at = %d + number * 1000,
			state = CASE WHEN number %% 100 = 0 THEN 'new' WHEN number %% 17 = 0 THEN 'waiting-for-agent' ELSE 'resolved' END`, firstIssue, firstIssue))
	})
}

// tenfold makes nine copies of the n issues that there are. Search does not find them.
func (b *bench) tenfold(ctx context.Context, n int) error {
	return b.directly(func(db *sql.DB) error {
		for k := 1; k < 10; k++ {
			for _, c := range copied {
				if err := b.copyRows(ctx, db, c.table, c.of, n, k); err != nil {
					return err
				}
			}
		}
		if err := statement(ctx, db, fmt.Sprintf(`UPDATE domains SET issues = %d`, n*10)); err != nil || b.engine == "sqlite" {
			return err
		}
		return statement(ctx, db, `VACUUM ANALYZE`) // as the server does by itself before long
	})
}

func statement(ctx context.Context, db *sql.DB, text string) error {
	if _, err := db.ExecContext(ctx, text); err != nil {
		return fmt.Errorf("%s: %w", text, err)
	}
	return nil
}

// copyRows copies the table's rows of the issues up to n, with ids and numbers of their own, n×k seconds later.
func (b *bench) copyRows(ctx context.Context, db *sql.DB, table, of string, n, k int) error {
	rows, err := db.QueryContext(ctx, `SELECT * FROM `+table+` LIMIT 0`)
	if err != nil {
		return err
	}
	columns, err := rows.Columns()
	rows.Close()
	if err != nil {
		return err
	}
	values := make([]string, len(columns))
	for i, c := range columns {
		values[i] = `t.` + c
		switch {
		case slices.Contains([]string{"id", "issue_id", "client_id"}, c), c == "user_id":
			values[i] += fmt.Sprintf(` || '.%d'`, n*k)
		case table == "issues" && c == "number":
			values[i] += fmt.Sprintf(` + %d`, n*k)
		case c == "created_at", c == "updated_at":
			values[i] += fmt.Sprintf(` + %d`, n*k*1000)
		}
	}
	return statement(ctx, db, `INSERT INTO `+table+` (`+strings.Join(columns, ", ")+`) SELECT `+strings.Join(values, ", ")+` FROM `+table+` t `+of+
		fmt.Sprintf(` WHERE i.number <= %d`, n))
}
