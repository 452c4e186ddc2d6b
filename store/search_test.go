package store_test

import (
	"fmt"
	"testing"

	"rejoin"
	"rejoin/store"
	"rejoin/store/storetest"
)

func TestInboxText(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		texts := []string{"Österreich", "österreich", "ÖSTERREICH", "Straße nach München", "MÜNCHEN", "100% Wolle", "1000 Wolle"}
		err := s.Write(t.Context(), func(tx *store.Tx) error { return addTitles(tx, texts) })
		if err != nil {
			t.Fatal(err)
		}
		for text, want := range map[string]int{"österreich": 3, "Österreich": 3, "ÖSTERREICH": 3, "sterreich": 3, "münchen": 2, "München": 2, "nach münchen": 1,
			"straße": 1, "STRASSE": 0, "100%": 1, "100_": 0, "wolle": 2, "ÄRGER": 0, "#3": 1, "ada@": 7, "Ädä": 7, "ÄDÄ": 7} {
			var rows []store.InboxRow
			err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
				rows, err = tx.Inbox(store.InboxFilter{DomainID: "dom", Text: text, Limit: 50})
				return err
			})
			if err != nil || len(rows) != want {
				t.Errorf("%q is found %d times, %v; want %d", text, len(rows), err, want)
			}
		}
	})
}

// addTitles stores an issue of one user for each title.
func addTitles(tx *store.Tx, titles []string) error {
	if err := tx.AddDomain(rejoin.Domain{ID: "dom", Name: "acme"}); err != nil {
		return err
	}
	if err := tx.AddApp(rejoin.App{ID: "app", DomainID: "dom", Name: "Acme", Settings: rejoin.DefaultAppSettings()}); err != nil {
		return err
	}
	if err := tx.AddPlatform(rejoin.Platform{ID: "plt", DomainID: "dom", AppID: "app", Kind: rejoin.Web}); err != nil {
		return err
	}
	if err := tx.AddUser(rejoin.User{ID: "usr", DomainID: "dom", AppID: "app", Name: "Ädä", Email: "ada@example.org", Presence: rejoin.Offline}); err != nil {
		return err
	}
	for n, title := range titles {
		err := tx.AddIssue(rejoin.Issue{ID: fmt.Sprintf("iss_%d", n), DomainID: "dom", AppID: "app", PlatformID: "plt", UserID: "usr", Number: int64(n + 1),
			Title: title, State: rejoin.New})
		if err != nil {
			return err
		}
	}
	return nil
}
