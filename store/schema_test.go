package store_test

import (
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin/store"
	"rejoin/store/storetest"
)

var update = flag.Bool("update", false, "write testdata instead of comparing with it")

// Each returns lines of (table, text).
const (
	sqliteSchema = `SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
		ORDER BY tbl_name, type DESC, name`
	postgresSchema = `SELECT t, text FROM (
		SELECT c.relname AS t, 1 AS part, a.attnum AS n, 'column ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
			|| CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
			|| coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') AS text
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
		WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
		UNION ALL SELECT conrelid::regclass::text, 2, 0, 'constraint ' || conname || ' ' || pg_get_constraintdef(oid)
		FROM pg_constraint WHERE connamespace = 'public'::regnamespace
		UNION ALL SELECT tablename, 3, 0, indexdef FROM pg_indexes WHERE schemaname = 'public'
			AND indexname NOT IN (SELECT conname FROM pg_constraint)
	) AS schema ORDER BY t, part, n, text`
)

func TestSchema(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		driver, name, query := "pgx", s.URL(), postgresSchema
		if s.Engine() == "sqlite" {
			driver, name, query = "sqlite", strings.TrimPrefix(s.URL(), "sqlite:"), sqliteSchema
		}
		got := dump(t, driver, name, query)
		file := filepath.Join("testdata", "schema."+s.Engine()+".sql")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("The schema is not that of %s (-file +now). If it should have changed: go test ./store -run TestSchema -update\n%s", file, diff)
		}
	})
}

// dump writes the schema as text, table by table.
func dump(t *testing.T, driver, name, query string) string {
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out strings.Builder
	last := ""
	for rows.Next() {
		var table, text string
		if err := rows.Scan(&table, &text); err != nil {
			t.Fatal(err)
		}
		if table != last {
			fmt.Fprintf(&out, "-- %s\n", table)
		}
		last = table
		fmt.Fprintf(&out, "%s;\n", text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
