package store_test

import (
	"fmt"
	"slices"
	"testing"

	"rejoin"
	"rejoin/store"
)

// oldInbox is what a database without search may hold.
var oldInbox = []string{
	`INSERT INTO domains VALUES ('dom', 'acme', '[]', 520, 0)`,
	`INSERT INTO apps VALUES ('app', 'dom', 'Acme', '{}', 0)`,
	`INSERT INTO platforms VALUES ('plt', 'dom', 'app', 'web', '[]', 0)`,
	`INSERT INTO users (id, domain_id, app_id, name, email, email_source, language, time_zone, presence, presence_since, created_at, seen_at)
		VALUES ('usr', 'dom', 'app', 'Zoë', 'zoe@example.org', 'typed', 'nl', '', 'offline', 0, 0, 0)`,
}

func fillOldInbox(tx *store.Tx) error {
	for _, q := range oldInbox {
		if _, err := tx.Exec(q); err != nil {
			return err
		}
	}
	for n := 1; n <= 520; n++ {
		state, title := "resolved", fmt.Sprintf("Question %d", n)
		if n <= 2 {
			state = "waiting-for-agent"
		}
		_, err := tx.Exec(`INSERT INTO issues (id, domain_id, app_id, platform_id, user_id, number, title, state, state_changed_at, assignee_id, start_url, meta,
			bot, last_seq, user_read_seq, agent_read_seq, last_out_seq, mailed_seq, event_count, version, preview, preview_origin, created_at, updated_at, tags, fields)
			VALUES ($1, 'dom', 'app', 'plt', 'usr', $2, $3, $4, 0, '', '', '{}', '{}', 2, 0, 0, 0, 0, 0, 1, '', 'end-user', $5, $5, $6, $7)`,
			fmt.Sprintf("iss_%04d", n), n, title, state, 1000+n, `["old"]`, `{"size": {"type": "number", "value": "7"}}`)
		if err != nil {
			return err
		}
		for seq, origin := range []string{"end-user", "agent", "end-user", "end-user"} {
			_, err := tx.Exec(`INSERT INTO messages (issue_id, seq, id, client_id, origin, author_id, author_name, body, ask, created_at)
				VALUES ($1, $2, $3, $3, $4, 'usr', '', $5, '', $6)`,
				fmt.Sprintf("iss_%04d", n), seq+1, fmt.Sprintf("msg_%d_%d", n, seq), origin, fmt.Sprintf("Tröstung %dx%d", n, seq), 2000+seq)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// TestOldConversationsAreFound brings a database from before the search up to date.
func TestOldConversationsAreFound(t *testing.T) {
	eachEmpty(t, func(t *testing.T, url string) {
		s := open(t, url)
		if err := s.MigrateTo(t.Context(), 2); err != nil {
			t.Fatal(err)
		}
		if err := s.Write(t.Context(), fillOldInbox); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		for text, want := range map[string][]int64{"377x3": {377}, "trostung 520x0 zoe question": {520}, "520x4": nil} {
			if got := found(t, s, text); !slices.Equal(got, want) {
				t.Errorf("%q finds %v, want %v", text, got, want)
			}
		}
		filter := rejoin.IssueFilter{TagsAny: []string{"old"}, Fields: []rejoin.FieldFilter{{Key: "size", Op: rejoin.FieldBelow, Value: []string{"8"}}},
			States: []rejoin.IssueState{rejoin.WaitingForAgent}}
		if got := numbers(t, s, store.InboxQuery{Filters: []rejoin.IssueFilter{filter}, View: store.ViewWaiting}); !slices.Equal(got, []int64{2, 1}) {
			t.Errorf("filtered: %v", got)
		}
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			i, err := tx.Issue("iss_0001")
			if i.WaitingSince != 2002 { // the first message after the agent's
				t.Errorf("waiting since %d", i.WaitingSince)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}
