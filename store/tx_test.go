package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/store"
	"rejoin/store/storetest"
)

var errRefused = errors.New("refused")

func job(key string) rejoin.Job { return rejoin.Job{Kind: "test", Key: key, RunAt: 1000} }

// put writes a job with its own transaction.
func put(t *testing.T, s *store.Store, j rejoin.Job) {
	t.Helper()
	if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.PutJob(j) }); err != nil {
		t.Fatal(err)
	}
}

// keys returns the keys of all jobs, sorted by the database.
func keys(t *testing.T, s *store.Store) []string {
	t.Helper()
	list := []string{}
	err := s.Read(t.Context(), func(tx *store.Tx) error {
		return tx.Each(`SELECT key FROM jobs ORDER BY key`, func(scan func(...any) error) error {
			var key string
			err := scan(&key)
			list = append(list, key)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func wantKeys(t *testing.T, s *store.Store, want ...string) {
	t.Helper()
	if diff := cmp.Diff(append([]string{}, want...), keys(t, s)); diff != "" {
		t.Errorf("jobs (-want +got)\n%s", diff)
	}
}

func TestWriteIsVisibleOnceAnswered(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for i := range 20 {
			put(t, s, job(fmt.Sprintf("%02d", i)))
			if got := len(keys(t, s)); got != i+1 {
				t.Fatalf("after write %d there are %d rows", i+1, got)
			}
		}
	})
}

func TestWriteUndoesOnlyWhatFailed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var all sync.WaitGroup
		want := []string{}
		for i := range 200 {
			key := fmt.Sprintf("%03d", i)
			fails := i%3 == 0
			if !fails {
				want = append(want, key)
			}
			all.Go(func() {
				err := s.Write(t.Context(), func(tx *store.Tx) error {
					if err := tx.PutJob(job(key)); err != nil {
						return err
					}
					if fails {
						return errRefused
					}
					return nil
				})
				if fails != errors.Is(err, errRefused) {
					t.Errorf("%s: %v", key, err)
				}
			})
		}
		all.Wait()
		wantKeys(t, s, want...)
	})
}

func TestWritePanics(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.HasPrefix(got, "oh") {
					t.Errorf("the panic arrived as %q", got)
				}
			}()
			s.Write(t.Context(), func(tx *store.Tx) error {
				if err := tx.PutJob(job("a")); err != nil {
					return err
				}
				panic("oh")
			})
		}()
		put(t, s, job("b"))
		wantKeys(t, s, "b")
	})
}

func TestFailedStatementSpendsTheTransaction(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			if err := tx.PutJob(job("a")); err != nil {
				return err
			}
			if _, err := tx.Exec(`INSERT INTO jobs (kind) VALUES ('incomplete')`); err == nil {
				t.Error("an incomplete row was taken")
			}
			if err := tx.PutJob(job("b")); err == nil {
				t.Error("a spent transaction took a row")
			}
			return nil
		})
		if err == nil {
			t.Error("a spent transaction was committed")
		}
		wantKeys(t, s)
	})
}

func TestReadSeesOneMoment(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		put(t, s, job("a"))
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.Job("test", "a"); err != nil {
				return err
			}
			put(t, s, job("b"))
			_, err := tx.Job("test", "b")
			return err
		})
		if rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("the snapshot moved: %v", err)
		}
		wantKeys(t, s, "a", "b")
	})
}

func TestReadDoesNotWrite(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if err := s.Read(t.Context(), func(tx *store.Tx) error { return tx.PutJob(job("a")) }); err == nil {
			t.Error("a read wrote")
		}
		wantKeys(t, s)
	})
}

func TestTxEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var leaked *store.Tx
		if err := s.Write(t.Context(), func(tx *store.Tx) error { leaked = tx; return nil }); err != nil {
			t.Fatal(err)
		}
		if err := leaked.PutJob(job("a")); err == nil {
			t.Error("a transaction that had ended took a row")
		}
	})
}

func TestColumns(t *testing.T) {
	type meta struct{ A []int }
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.Exec(`CREATE TABLE columns (t TEXT, j JSONB, b BOOLEAN, n BIGINT)`); err != nil {
				return err
			}
			_, err := tx.Exec(`INSERT INTO columns (n, b, j, t) VALUES ($4, $3, $2, $1)`,
				rejoin.JobKind("ünï"), `{"A":[1,2]}`, true, rejoin.Millis(1)<<60)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		type row struct {
			T rejoin.JobKind
			J meta
			B bool
			N rejoin.Millis
		}
		var got row
		err = s.Read(t.Context(), func(tx *store.Tx) error {
			return tx.Each(`SELECT t, j, b, n FROM columns WHERE b = $1 AND $1`, func(scan func(...any) error) error {
				return scan(&got.T, store.FromJSON(&got.J), &got.B, &got.N)
			}, true)
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(row{"ünï", meta{[]int{1, 2}}, true, 1 << 60}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestClose(t *testing.T) {
	eachEmpty(t, func(t *testing.T, url string) {
		s := open(t, url)
		if _, _, err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		put(t, s, job("a"))
		for range 2 {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
		nothing := func(*store.Tx) error { return nil }
		if err := errors.Join(s.Write(t.Context(), nothing), s.Read(t.Context(), nothing)); err == nil {
			t.Error("a closed store works")
		}
		wantKeys(t, open(t, url), "a")
	})
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	for url, want := range map[string]string{
		filepath.Join(t.TempDir(), "missing", "a.db"): "the database file cannot be opened",
		"postgres://127.0.0.1:1/x":                    "the PostgreSQL server cannot be reached",
		"postgres://%%%":                              "the database URL cannot be read",
	} {
		s, err := store.Open(t.Context(), url)
		if err == nil {
			s.Close()
			t.Errorf("%s: opened", url)
		} else if !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", url, err, want)
		}
	}
}

func TestReadIsInterrupted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		interrupted := 0
		for range 20 { // more than there are connections
			ctx, cancel := context.WithCancel(t.Context())
			err := s.Read(ctx, func(tx *store.Tx) error {
				time.AfterFunc(time.Millisecond, cancel)
				_, err := tx.Exec(`WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 10000000) SELECT count(*) FROM n`)
				return err
			})
			switch {
			case errors.Is(err, context.Canceled):
				interrupted++
			case err != nil: // SQLite forgets an interrupt that comes before its first step: then the question is answered
				t.Fatalf("the long question ended with %v", err)
			}
		}
		if interrupted == 0 {
			t.Error("no question was interrupted")
		}
		for range 20 {
			wantKeys(t, s)
		}
	})
}
