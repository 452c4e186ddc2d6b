package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"rejoin"
	"rejoin/store"
	"rejoin/store/storetest"
)

// found returns the numbers of the issues that the text finds.
func found(t *testing.T, s *store.Store, text string) (list []int64) {
	t.Helper()
	return numbers(t, s, store.InboxQuery{Filters: []rejoin.IssueFilter{{Text: text}}})
}

func numbers(t *testing.T, s *store.Store, q store.InboxQuery) (list []int64) {
	t.Helper()
	q.DomainID, q.Limit = "dom", 50
	var count int64
	err := s.Read(t.Context(), func(tx *store.Tx) error {
		rows, err := tx.Inbox(q)
		for _, r := range rows {
			list = append(list, r.Issue.Number)
		}
		if err != nil {
			return err
		}
		count, err = tx.CountInbox(q)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if int(count) != len(list) {
		t.Errorf("counted %d of %d", count, len(list))
	}
	return list
}

func TestSearch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		titles := []string{"Österreich", "österreich", "ÖSTERREICH", "Straße nach München", "MÜNCHEN", "100% Wolle", "1000 Wolle", "東京タワー", "Ǆungla", "e\u0301clair"}
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			if err := addTitles(tx, titles); err != nil {
				return err
			}
			return addMessages(tx)
		})
		if err != nil {
			t.Fatal(err)
		}
		for text, want := range map[string][]int64{
			"österreich":            {1, 2, 3},
			"Osterr":                {1, 2, 3},
			"sterreich":             nil, // in the middle of a word
			"münchen":               {4, 5},
			"munchen straße":        {4},
			"STRASSE":               {4},
			"nach mün":              {4},
			"100":                   {6, 7},
			"100%":                  {6, 7},
			"%":                     nil,
			"wolle 1000":            {7},
			"#3":                    {3},
			"3":                     {3},
			"ada@":                  {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, // everybody's address
			"ÄDA":                   {1, 2, 3, 4, 5, 6, 7, 8, 9, 10},
			"京":                     {8},
			"京都":                    nil,
			"タワー":                   {8},
			"eclair":                {10},
			"éclair":                {10},
			"parcel":                {1, 2},
			"parcel where":          {1}, // from two messages
			"parcel österreich ada": {1, 2},
			"hidden":                nil, // said by a bot
			"urgent":                {2}, // in a note
			"' OR 8=8 --":           nil,
			"\" * OR NEAR(":         nil,
			":* & | !":              nil,
			strings.Repeat("x", 60): {2},
			"99999999999999999999":  nil,
		} {
			got := found(t, s, text)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%q finds %v, want %v", text, got, want)
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
		err := tx.AddIssue(rejoin.Issue{ID: fmt.Sprintf("iss_%d", n+1), DomainID: "dom", AppID: "app", PlatformID: "plt", UserID: "usr", Number: int64(n + 1),
			Title: title, State: rejoin.New})
		if err != nil {
			return err
		}
	}
	return nil
}

func addMessages(tx *store.Tx) error {
	for n, m := range []rejoin.Message{
		{IssueID: "iss_1", Seq: 1, Origin: rejoin.FromUser, Body: "My parcel is late."},
		{IssueID: "iss_1", Seq: 2, Origin: rejoin.FromAgent, Body: "Where does it go?"},
		{IssueID: "iss_1", Seq: 3, Origin: rejoin.FromBot, Body: "A hidden question"},
		{IssueID: "iss_2", Seq: 1, Origin: rejoin.FromUser, Body: "Parcels! " + strings.Repeat("x", 80)},
	} {
		m.ID, m.ClientID, m.AuthorID = fmt.Sprintf("msg_%d", n), fmt.Sprintf("client-%d", n), "usr"
		if _, err := tx.AddMessage(m); err != nil {
			return err
		}
	}
	return tx.IndexNote("iss_2", "note_1", "Urgent, call back")
}

func TestSearchFollowsChanges(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		write := func(f func(*store.Tx) error) {
			t.Helper()
			if err := s.Write(t.Context(), f); err != nil {
				t.Fatal(err)
			}
		}
		write(func(tx *store.Tx) error {
			if err := addTitles(tx, []string{"One", "Two"}); err != nil {
				return err
			}
			return addMessages(tx)
		})
		expect := func(text string, want ...int64) {
			t.Helper()
			if got := found(t, s, text); !slices.Equal(got, want) {
				t.Errorf("%q finds %v, want %v", text, got, want)
			}
		}
		expect("late", 1)
		write(func(tx *store.Tx) error { return tx.ReindexMessage("iss_1", 1, "My parcel has come.") })
		expect("late")
		expect("come", 1)
		write(func(tx *store.Tx) error { return tx.ReindexMessage("iss_1", 1, "") })
		expect("come")
		expect("goes")
		expect("go", 1)
		write(func(tx *store.Tx) error { return tx.IndexNote("iss_2", "note_1", "All done") })
		expect("urgent")
		expect("done", 2)
		write(func(tx *store.Tx) error { return tx.SetTitle("iss_1", "boots.jpg") })
		expect("jpg", 1)
		write(func(tx *store.Tx) error {
			return tx.SetProfile(rejoin.User{ID: "usr", Name: "Grace", Email: "grace@example.org"})
		})
		expect("ada")
		expect("grace org", 2, 1)
		write(func(tx *store.Tx) error { return tx.SetProfile(rejoin.User{ID: "usr"}) })
		expect("grace")
	})
}

func TestHits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		long := strings.Repeat("Many words go before it. ", 20) + "Then the Café closes\nand we walk home. " + strings.Repeat("And more. ", 40)
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			if err := addTitles(tx, []string{"The cafe", "Two", "Three"}); err != nil {
				return err
			}
			for n, body := range []string{"An old cafe", "A new cafe", "Nothing"} {
				m := rejoin.Message{ID: fmt.Sprint("a", n), ClientID: fmt.Sprint("a", n), IssueID: "iss_2", Seq: int64(n + 1), Origin: rejoin.FromUser, Body: body}
				if _, err := tx.AddMessage(m); err != nil {
					return err
				}
			}
			_, err := tx.AddMessage(rejoin.Message{ID: "b", ClientID: "b", IssueID: "iss_3", Seq: 1, Origin: rejoin.FromUser, Body: long})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var hits map[string]string
		err = s.Read(t.Context(), func(tx *store.Tx) error {
			hits, err = tx.Hits([]string{"iss_1", "iss_2", "iss_3"}, "caf")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) != 2 || hits["iss_2"] != "A new cafe" {
			t.Errorf("hits: %q", hits)
		}
		if got := hits["iss_3"]; !strings.HasPrefix(got, "…") || !strings.Contains(got, "Café closes and we") || len([]rune(got)) > 140 {
			t.Errorf("the piece of a long message is %q", got)
		}
	})
}
