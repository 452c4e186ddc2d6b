package store_test

import (
	"slices"
	"testing"

	"rejoin/store"
	"rejoin/store/storetest"
)

// Whoever adds a table says whether archives carry it, and if not, why.
func TestArchivesKnowEveryTable(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var tables []string
		err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
			tables, err = tx.Tables()
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		left := store.NotArchived()
		known := []string{}
		for _, a := range store.ArchiveTables() {
			known = append(known, a.Name)
			if left[a.Name] != "" {
				t.Errorf("%s is in archives and left out of them", a.Name)
			}
		}
		for name, why := range left {
			if known = append(known, name); len(why) < 10 {
				t.Errorf("why is %s left out?", name)
			}
		}
		for _, name := range tables {
			if !slices.Contains(known, name) {
				t.Errorf("the table %s is neither in store.ArchiveTables nor in store.NotArchived: a domain that moves would lose it. "+
					"If it can hold what people write or who they are, let store.EraseIssue or store.EraseUser know it, too.", name)
			}
		}
		for _, name := range known {
			if !slices.Contains(tables, name) {
				t.Errorf("there is no table %s", name)
			}
		}
	})
}
