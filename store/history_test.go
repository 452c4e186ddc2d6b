package store_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/store"
)

// beforeHistory is what a database from before histories were kept may hold.
var beforeHistory = []string{
	`INSERT INTO domains VALUES ('dom', 'acme', '[]', 2, 0)`,
	`INSERT INTO apps VALUES ('app', 'dom', 'Acme', '{}', 0)`,
	`INSERT INTO platforms VALUES ('plt', 'dom', 'app', 'web', '[]', 0)`,
	`INSERT INTO users (id, domain_id, app_id, name, email, email_source, language, time_zone, presence, presence_since, created_at, seen_at)
		VALUES ('usr_1', 'dom', 'app', 'Zoë', 'zoe@example.org', 'typed', 'nl', '', 'active', 5, 0, 0), ('usr_2', 'dom', 'app', '', '', '', '', '', 'offline', 5, 0, 0)`,
	`INSERT INTO suppressions VALUES ('sup_1', 'dom', 'app', '', 'zoe@example.org', 'unsubscribe', 7)`,
	`INSERT INTO issues (id, domain_id, app_id, platform_id, user_id, number, title, state, state_changed_at, assignee_id, start_url, meta, bot, last_seq,
		user_read_seq, agent_read_seq, last_out_seq, mailed_seq, event_count, version, preview, preview_origin, created_at, updated_at) VALUES
		('iss_1', 'dom', 'app', 'plt', 'usr_1', 1, '', 'resolved', 900, '', '', '{}', '{}', 3, 0, 0, 3, 0, 2, 1, '', 'agent', 100, 900),
		('iss_2', 'dom', 'app', 'plt', 'usr_1', 2, '', 'new', 100, '', '', '{}', '{}', 1, 0, 0, 0, 0, 0, 1, '', 'end-user', 100, 100)`,
	`INSERT INTO messages (issue_id, seq, id, client_id, origin, author_id, author_name, body, ask, created_at) VALUES
		('iss_1', 1, 'msg_1', 'a', 'bot', 'bot', '', '', '', 110), ('iss_1', 2, 'msg_2', 'b', 'agent', 'agt_1', '', '', '', 120),
		('iss_1', 3, 'msg_3', 'c', 'agent', 'agt_2', '', '', '', 130)`,
	`INSERT INTO events VALUES ('iss_1', 1, 'state_changed', '{"id": "agt_1"}', '{"state": "agent-replied"}', 120),
		('iss_1', 2, 'state_changed', '{"id": "agt_2"}', '{"state": "resolved"}', 900)`,
}

// What is known of the past is taken along; conversations whose history is not whole are no past to simulate.
func TestHistoryBegins(t *testing.T) {
	eachEmpty(t, func(t *testing.T, url string) {
		s := open(t, url)
		if err := s.MigrateTo(t.Context(), 2); err != nil {
			t.Fatal(err)
		}
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			for _, q := range beforeHistory {
				if _, err := tx.Exec(q); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := s.Read(t.Context(), func(tx *store.Tx) error { return checkBeginning(t, tx) }); err != nil {
			t.Error(err)
		}
	})
}

func checkBeginning(t *testing.T, tx *store.Tx) error {
	t.Helper()
	all := store.Period{DomainID: "dom", From: 1, To: 10_000}
	begun, err := tx.Begun(all)
	if err != nil {
		return err
	}
	slices.SortFunc(begun, func(a, b store.Served) int { return int(b.At - a.At) })
	if d := cmp.Diff([]store.Served{{CreatedAt: 100, At: 120, By: "agt_1"}, {CreatedAt: 100}}, begun); d != "" {
		t.Errorf("first responses (-want +got):\n%s", d)
	}
	resolved, err := tx.ResolvedIn(all)
	if d := cmp.Diff([]store.Served{{CreatedAt: 100, At: 900, By: "agt_2"}}, resolved); d != "" {
		t.Errorf("resolved (-want +got):\n%s", d)
	}
	if err != nil {
		return err
	}
	past := store.Past{DomainID: "dom", Since: 1, Limit: 10}
	issues, err := tx.PastIssues(past)
	if err != nil || len(issues) != 0 {
		t.Errorf("%v can be simulated, %v", issues, err)
	}
	if whole, older, err := tx.CountPast(past, "app"); whole != 0 || older != 1 || err != nil {
		t.Errorf("%d whole and %d older conversations, %v; want 0 and 1", whole, older, err)
	}
	var kinds []rejoin.FactKind
	err = tx.Each(`SELECT kind, value FROM facts ORDER BY kind`, func(scan func(...any) error) error {
		var kind, value string
		err := scan(&kind, &value)
		kinds = append(kinds, rejoin.FactKind(kind+" "+value))
		return err
	})
	if d := cmp.Diff([]rejoin.FactKind{"address zoe@example.org", "presence active", "wished zoe@example.org"}, kinds); d != "" {
		t.Errorf("facts (-want +got):\n%s", d)
	}
	return err
}
