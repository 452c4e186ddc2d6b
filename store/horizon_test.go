package store_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"

	"rejoin"
	"rejoin/store"
	"rejoin/store/storetest"
)

// stopped is a clock that stands still.
type stopped struct {
	rejoin.SystemClock
	at rejoin.Millis
}

func (c *stopped) Now() rejoin.Millis { return c.at }

// A transaction that hangs holds back what readers may take for complete, and nobody who writes.
func TestHorizonWaitsForWhoHangs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if s.Engine() == "postgres" { // on SQLite everybody waits for who hangs
			waitForWhoHangs(t, s)
		}
	})
}

func waitForWhoHangs(t *testing.T, s *store.Store) {
	at := func(ms rejoin.Millis) *stopped { return &stopped{at: ms} }
	horizon := func(now, want rejoin.Millis) {
		t.Helper()
		if got, err := s.Horizon(t.Context(), at(now)); err != nil || got != want {
			t.Errorf("the horizon at %d is %d, want %d: %v", now, got, want, err)
		}
	}
	const start = rejoin.Millis(1<<32 - 3) // the marks begin anew in the middle of it
	horizon(start, start)
	began, release := make(chan bool), make(chan bool)
	var hanging sync.WaitGroup
	for _, ms := range []rejoin.Millis{start, start + 5, start + 5} {
		hanging.Go(func() {
			if err := s.WriteAt(t.Context(), at(ms), func(*store.Tx) error { began <- true; <-release; return nil }); err != nil {
				t.Error(err)
			}
		})
		<-began
	}
	if err := s.WriteAt(t.Context(), at(start+7), func(tx *store.Tx) error { return addTitles(tx, nil) }); err != nil {
		t.Fatal(err)
	}
	horizon(start+8, start)
	horizon(start-2, start-2) // of a node whose clock is behind
	close(release)
	hanging.Wait()
	horizon(start+8, start+8)
}

// TestCrawl reads by key what others change meanwhile, once and forward: it ends up with what there is.
func TestCrawl(t *testing.T) {
	const issues, writers, changes = 120, 4, 120
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if err := s.Write(t.Context(), func(tx *store.Tx) error { return addTitles(tx, make([]string, issues)) }); err != nil {
			t.Fatal(err)
		}
		var writing sync.WaitGroup
		for range writers {
			writing.Go(func() {
				for range changes {
					if err := s.WriteAt(t.Context(), rejoin.SystemClock{}, change); err != nil {
						t.Error(err)
					}
				}
			})
		}
		done := make(chan bool)
		go func() { writing.Wait(); close(done) }()
		seen := map[string]int64{}
		q := store.IssueListQuery{DomainID: "dom", Sort: store.ByUpdate, Upwards: true, Limit: 10}
		for more := true; more; {
			select {
			case <-done:
				more = false // but for one last look
			default:
			}
			if err := catchUp(t, s, &q, seen); err != nil {
				t.Fatal(err)
			}
		}
		_ = s.Read(t.Context(), func(tx *store.Tx) error {
			for n := range issues {
				i, err := tx.Issue(fmt.Sprintf("iss_%d", n+1))
				if err != nil || seen[i.ID] != i.Version {
					t.Errorf("%s was read as version %d and is %d, of %d: %v", i.ID, seen[i.ID], i.Version, i.UpdatedAt, err)
				}
			}
			return nil
		})
	})
}

// change changes one issue, slowly.
func change(tx *store.Tx) error {
	now := rejoin.SystemClock{}.Now()
	for range rand.IntN(200) {
		runtime.Gosched()
	}
	i, err := tx.LockIssue(fmt.Sprintf("iss_%d", 1+rand.IntN(120)))
	if err != nil {
		return err
	}
	i.UpdatedAt, i.Version = now, i.Version+1
	return tx.SaveIssue(i)
}

// catchUp reads all pages up to a moment that begins after the call.
func catchUp(t *testing.T, s *store.Store, q *store.IssueListQuery, seen map[string]int64) error {
	begun := rejoin.SystemClock{}.Now()
	for {
		horizon, err := s.Horizon(t.Context(), rejoin.SystemClock{})
		if err != nil {
			return err
		}
		q.List.Updated.Until = horizon - 1
		var rows []store.InboxRow
		err = s.Read(t.Context(), func(tx *store.Tx) error {
			rows, err = tx.IssueList(*q)
			return err
		})
		for _, r := range rows {
			seen[r.Issue.ID] = r.Issue.Version
			q.AfterKey, q.AfterID = q.Sort.KeyOf(r.Issue), r.Issue.ID
		}
		if err != nil || len(rows) < q.Limit && horizon > begun {
			return err
		}
	}
}
