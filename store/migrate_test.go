package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
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

// A database of the first version, with conversations in every state, goes on after the migration.
func TestMigrateFromTheFirstVersion(t *testing.T) {
	eachEmpty(t, func(t *testing.T, url string) {
		s := open(t, url)
		files, err := filepath.Glob("migrations/0001_*.sql")
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		first, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		statements := append(store.Statements(string(first), s.Engine()),
			`CREATE TABLE schema_version (version BIGINT PRIMARY KEY)`, `INSERT INTO schema_version (version) VALUES (1)`,
			`INSERT INTO domains (id, name, features, issues, created_at) VALUES ('dom', 'acme', '["follow-up-email"]', 4, 1)`,
			`INSERT INTO apps (id, domain_id, name, settings, created_at) VALUES ('app', 'dom', 'Acme', '{"web_chat": {"greeting": "Hi", "color": "#112233"}}', 1)`,
			`INSERT INTO platforms (id, domain_id, app_id, kind, allowed_origins, created_at) VALUES ('pla', 'dom', 'app', 'web', '[]', 1)`,
			`INSERT INTO users (id, domain_id, app_id, name, email, email_source, language, time_zone, presence, presence_since, created_at, seen_at)
				VALUES ('usr', 'dom', 'app', 'Ada', 'ada@example.org', 'typed', 'en', '', 'page_closed', 1, 1, 1)`,
			`INSERT INTO user_sessions (token_hash, user_id, platform_id, issue_id, confirmed, created_at, seen_at, expires_at, revoked_at)
				VALUES ('hash', 'usr', 'pla', '', TRUE, 1, 1, 9, 0)`)
		want := map[string]rejoin.Closing{"new": rejoin.NotClosing, "agent-replied": rejoin.NotClosing, "resolved": rejoin.Declined, "rejected": rejoin.Ended}
		for state := range want {
			statements = append(statements, fmt.Sprintf(`INSERT INTO issues (id, domain_id, app_id, platform_id, user_id, number, title, state, state_changed_at,
				assignee_id, start_url, meta, bot, last_seq, user_read_seq, agent_read_seq, last_out_seq, mailed_seq, event_count, version, preview, preview_origin,
				created_at, updated_at) VALUES ('%[1]s', 'dom', 'app', 'pla', 'usr', %[2]d, 'Hello', '%[1]s', 1, '', '', '{}', '{}', 1, 0, 0, 0, 0, 0, 1, 'Hello',
				'end-user', 1, 1)`, state, len(statements)),
				fmt.Sprintf(`INSERT INTO messages (issue_id, seq, id, client_id, origin, author_id, author_name, body, ask, created_at)
				VALUES ('%[1]s', 1, 'msg-%[1]s', 'client-%[1]s', 'end-user', 'usr', '', 'Hello', '', 1)`, state))
		}
		err = s.Write(t.Context(), func(tx *store.Tx) error {
			for _, text := range statements {
				if _, err := tx.Exec(text); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if from, to, err := s.Migrate(t.Context()); err != nil || from != 1 || to < 2 {
			t.Fatalf("from %d to %d: %v", from, to, err)
		}
		err = s.Read(t.Context(), func(tx *store.Tx) error {
			for state, closing := range want {
				i, err := tx.Issue(state)
				if err != nil || i.Ending != (rejoin.Ending{Closing: closing}) || i.FullPrivacy || len(i.Tags)+len(i.Fields) > 0 {
					t.Errorf("%s: %+v, %v", state, i, err)
				}
				if m, err := tx.MessagesAfter(state, 0, 10); err != nil || len(m) != 1 || m[0].Body != "Hello" || m[0].Kind != rejoin.PlainMessage || m[0].Files != nil {
					t.Errorf("%s: %+v, %v", state, m, err)
				}
			}
			u, err := tx.User("usr")
			if err != nil || u.LoggedIn() || u.Verified || u.Email != "ada@example.org" {
				t.Errorf("the user: %+v, %v", u, err)
			}
			v, err := tx.UserSession("hash")
			if err != nil || v.Login || v.Verified || v.ByJWT || !v.Confirmed {
				t.Errorf("the session: %+v, %v", v, err)
			}
			app, err := tx.App("app")
			if web := app.Settings.WebChat; err != nil || web.Greeting != "Hi" || !web.CSAT || !web.ResolutionQuestion || !app.Settings.Identity.Required {
				t.Errorf("the app: %+v, %v", app, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
