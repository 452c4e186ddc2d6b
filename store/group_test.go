package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"

	"rejoin/store"
	"rejoin/store/storetest"
)

// together runs the functions on a new SQLite store so that they share one commit, in this order, with a first write that
// goes well: while it runs, they wait. It ends with after, which gets what the first write returned.
func together(t *testing.T, after func(t *testing.T, s *store.Store, first error), list ...func(t *testing.T, s *store.Store)) {
	path := filepath.Join(t.TempDir(), "rejoin.db")
	synctest.Test(t, func(t *testing.T) {
		s := storetest.Open(t, path)
		var all sync.WaitGroup
		var first error
		goOn := make(chan struct{})
		all.Go(func() {
			first = s.Write(t.Context(), func(tx *store.Tx) error {
				<-goOn
				return tx.PutJob(job("first"))
			})
		})
		synctest.Wait()
		for _, f := range list {
			all.Go(func() { f(t, s) })
			synctest.Wait()
		}
		close(goOn)
		all.Wait()
		after(t, s, first)
	})
}

// writing returns a write of a job that ends in the given way.
func writing(key string, end func() error, want error) func(*testing.T, *store.Store) {
	return func(t *testing.T, s *store.Store) {
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			if err := tx.PutJob(job(key)); err != nil {
				return err
			}
			return end()
		})
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", key, err, want)
		}
	}
}

func TestGroupKeepsNeighboursOfFailures(t *testing.T) {
	fine := func() error { return nil }
	refuse := func() error { return errRefused }
	panics := func(t *testing.T, s *store.Store) {
		defer func() {
			var p *store.Panic
			if err, ok := recover().(error); !ok || !errors.As(err, &p) || p.Value != "oh" {
				t.Errorf("recovered %v", err)
			}
		}()
		writing("panics", func() error { panic("oh") }, nil)(t, s)
	}
	exits := func(t *testing.T, s *store.Store) {
		returned := false
		defer func() {
			if returned {
				t.Error("Write returned though its function ended the goroutine")
			}
		}()
		writing("exits", func() error { runtime.Goexit(); return nil }, nil)(t, s)
		returned = true
	}
	together(t, func(t *testing.T, s *store.Store, first error) {
		if first != nil {
			t.Error(first)
		}
		wantKeys(t, s, "a", "b", "c", "d", "first")
	},
		writing("a", fine, nil), panics, writing("b", fine, nil), writing("refused", refuse, errRefused),
		writing("c", fine, nil), exits, writing("d", fine, nil))
}

func TestGroupSharesAFailedCommit(t *testing.T) {
	var mu sync.Mutex
	failures := 0
	member := func(f func(tx *store.Tx) error) func(*testing.T, *store.Store) {
		return func(t *testing.T, s *store.Store) {
			if err := s.Write(t.Context(), f); err != nil {
				mu.Lock()
				failures++
				mu.Unlock()
			}
		}
	}
	put := member(func(tx *store.Tx) error { return tx.PutJob(job("a")) })
	// A reference to nothing that is looked at only when the transaction commits.
	poison := member(func(tx *store.Tx) error {
		if _, err := tx.Exec(`PRAGMA defer_foreign_keys = 1`); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO agent_sessions (token_hash, agent_id, created_at, expires_at) VALUES ('x', 'nobody', 1, 1)`)
		return err
	})
	together(t, func(t *testing.T, s *store.Store, first error) {
		if first == nil || failures != 3 {
			t.Errorf("not all were told of the failed commit: %v and %d of 3", first, failures)
		}
		if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.PutJob(job("after")) }); err != nil {
			t.Errorf("a write after the failed commit: %v", err)
		}
	}, put, poison, put)
}

func TestWriteGivesUpWaiting(t *testing.T) {
	var cancel context.CancelFunc
	waiting := func(t *testing.T, s *store.Store) {
		var ctx context.Context
		ctx, cancel = context.WithCancel(t.Context())
		err := s.Write(ctx, func(*store.Tx) error { t.Error("it ran"); return nil })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("gave up with %v", err)
		}
	}
	together(t, func(t *testing.T, s *store.Store, first error) { wantKeys(t, s, "first") }, waiting,
		func(*testing.T, *store.Store) { cancel() })
}

// What one reads and writes again must not be lost when many do so at once.
func TestWritesAreSerial(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		put(t, s, job("counter"))
		const writers, each = 16, 25
		var all sync.WaitGroup
		for range writers {
			all.Go(func() {
				for range each {
					err := s.Write(t.Context(), func(tx *store.Tx) error {
						_, err := tx.Exec(`UPDATE jobs SET attempt = attempt + 1 WHERE key = 'counter'`)
						return err
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			j, err := tx.Job("test", "counter")
			if j.Attempt != writers*each {
				t.Errorf("counted %d of %d", j.Attempt, writers*each)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// Messages of a chat, as far as the database sees them: six statements in one transaction, from 64 writers.
func BenchmarkWrite64(b *testing.B) {
	benchEach(b, func(b *testing.B, s *store.Store) {
		seed(b, s, 64)
		next := make(chan int)
		var all sync.WaitGroup
		for w := range 64 {
			all.Go(func() {
				for i := range next {
					if err := s.Write(b.Context(), func(tx *store.Tx) error { return sixStatements(tx, w, i) }); err != nil {
						b.Error(err)
					}
				}
			})
		}
		i := 0
		for b.Loop() {
			next <- i
			i++
		}
		close(next)
		all.Wait()
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
	})
}

func BenchmarkPutJob(b *testing.B) {
	benchEach(b, func(b *testing.B, s *store.Store) {
		b.SetParallelism(32)
		b.RunParallel(func(pb *testing.PB) {
			for i := 0; pb.Next(); i++ {
				j := job(fmt.Sprint(i % 100))
				if err := s.Write(b.Context(), func(tx *store.Tx) error { return tx.PutJob(j) }); err != nil {
					b.Error(err)
				}
			}
		})
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "puts/s")
	})
}

func benchEach(b *testing.B, f func(b *testing.B, s *store.Store)) {
	b.Run("sqlite", func(b *testing.B) { f(b, storetest.SQLite(b)) })
	b.Run("postgres", func(b *testing.B) { f(b, storetest.Open(b, storetest.Postgres(b))) })
}

// seed makes tables shaped like issues, messages and events, with n issues.
func seed(b *testing.B, s *store.Store, n int) {
	err := s.Write(b.Context(), func(tx *store.Tx) error {
		for _, statement := range []string{
			`CREATE TABLE b_issues (id BIGINT PRIMARY KEY, seq BIGINT NOT NULL, updated BIGINT NOT NULL, preview TEXT NOT NULL)`,
			`CREATE INDEX b_inbox ON b_issues (updated)`,
			`CREATE TABLE b_messages (issue BIGINT NOT NULL, seq BIGINT NOT NULL, client TEXT NOT NULL UNIQUE, body TEXT NOT NULL, PRIMARY KEY (issue, seq))`,
		} {
			if _, err := tx.Exec(statement); err != nil {
				return err
			}
		}
		for i := range n {
			if _, err := tx.Exec(`INSERT INTO b_issues (id, seq, updated, preview) VALUES ($1, 0, 0, '')`, i); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func sixStatements(tx *store.Tx, issue, i int) error {
	client := fmt.Sprintf("client-%d-%d", issue, i)
	nothing := func(func(...any) error) error { return nil }
	if err := tx.Each(`SELECT seq FROM b_messages WHERE client = $1`, nothing, client); err != nil {
		return err
	}
	var seq int64
	read := func(scan func(...any) error) error { return scan(&seq) }
	if err := tx.Each(`SELECT seq FROM b_issues WHERE id = $1`, read, issue); err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO b_messages (issue, seq, client, body) VALUES ($1, $2, $3, $4)`,
		issue, seq+1, client, "Hello, is anybody there? My parcel has not arrived yet."); err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE b_issues SET seq = $2, updated = $3, preview = $4 WHERE id = $1`,
		issue, seq+1, i, "Hello, is anybody there?"); err != nil {
		return err
	}
	if err := tx.PutJob(job(fmt.Sprint(issue))); err != nil {
		return err
	}
	_, err := tx.Job("test", fmt.Sprint(issue))
	return err
}
