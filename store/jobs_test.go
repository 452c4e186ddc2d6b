package store_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/store"
	"rejoin/store/storetest"
)

var testKinds = []rejoin.JobKind{"test"}

// claim claims at now, for a second.
func claim(t *testing.T, s *store.Store, now rejoin.Millis, limit int, by string) []rejoin.Job {
	t.Helper()
	jobs, err := s.ClaimJobs(t.Context(), now, time.Second, testKinds, limit, by)
	if err != nil {
		t.Fatal(err)
	}
	return jobs
}

// stored returns the jobs of kind test as they are in the table.
func stored(t *testing.T, s *store.Store) []rejoin.Job {
	t.Helper()
	var list []rejoin.Job
	for _, key := range keys(t, s) {
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			j, err := tx.Job("test", key)
			list = append(list, j)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return list
}

func wantStored(t *testing.T, s *store.Store, want ...rejoin.Job) {
	t.Helper()
	if diff := cmp.Diff(want, stored(t, s)); diff != "" {
		t.Errorf("jobs (-want +got)\n%s", diff)
	}
}

func TestJobPutBy(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for key, at := range map[string]rejoin.Millis{"early": 1000, "late": 3000, "at work": 1} {
			put(t, s, rejoin.Job{Kind: "test", Key: key, RunAt: at})
		}
		claim(t, s, 1, 9, "c1") // its lease ends before 2000
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			for _, key := range []string{"at work", "early", "late", "new"} {
				if err := tx.PutJobBy(rejoin.Job{Kind: "test", Key: key, RunAt: 2000}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		wantStored(t, s, rejoin.Job{Kind: "test", Key: "at work", RunAt: 2000}, rejoin.Job{Kind: "test", Key: "early", RunAt: 1000},
			rejoin.Job{Kind: "test", Key: "late", RunAt: 2000}, rejoin.Job{Kind: "test", Key: "new", RunAt: 2000})
	})
}

func TestJobReplaced(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		put(t, s, rejoin.Job{Kind: "test", Key: "a", Payload: "1", RunAt: 1000})
		got := claim(t, s, 1000, 9, "c1")
		if diff := cmp.Diff([]rejoin.Job{{Kind: "test", Key: "a", Payload: "1", RunAt: 1000, Attempt: 1, Claim: "c1"}}, got); diff != "" {
			t.Error(diff)
		}
		if err := s.RetryJob(t.Context(), got[0], 3000, "no"); err != nil {
			t.Fatal(err)
		}
		wantStored(t, s, rejoin.Job{Kind: "test", Key: "a", Payload: "1", RunAt: 3000, Attempt: 1, Error: "no"})
		put(t, s, rejoin.Job{Kind: "test", Key: "a", Payload: "2", RunAt: 5000})
		wantStored(t, s, rejoin.Job{Kind: "test", Key: "a", Payload: "2", RunAt: 5000})
	})
}

func TestJobCancelled(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		put(t, s, job("a"))
		put(t, s, job("b"))
		for range 2 { // cancelling what is not there is no error
			if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.CancelJob("test", "a") }); err != nil {
				t.Fatal(err)
			}
		}
		wantKeys(t, s, "b")
	})
}

func TestJobsClaimedOldestFirst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		const n = 150 // more than one statement marks
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			for i := range n {
				at := rejoin.Millis(1000 + (i*37)%n)
				if err := tx.PutJob(rejoin.Job{Kind: "test", Key: fmt.Sprint(i), RunAt: at}); err != nil {
					return err
				}
			}
			return tx.PutJob(rejoin.Job{Kind: "unknown", Key: "x", RunAt: 1})
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := claim(t, s, 999, 9, "c0"); len(got) != 0 {
			t.Errorf("claimed what is not due: %v", got)
		}
		got := append(claim(t, s, 1000+n, 100, "c1"), claim(t, s, 1000+n, 100, "c2")...)
		for i, j := range got {
			if want := rejoin.Millis(1000 + i); j.RunAt != want {
				t.Errorf("job %d was due at %d, want %d", i, j.RunAt, want)
			}
		}
		if len(got) != n || len(claim(t, s, 1000+n, 100, "c3")) != 0 {
			t.Errorf("claimed %d, want %d and nothing afterwards", len(got), n)
		}
	})
}

func TestJobFence(t *testing.T) {
	ends := map[string]func(t *testing.T, s *store.Store, j rejoin.Job) error{
		"finish": func(t *testing.T, s *store.Store, j rejoin.Job) error { return s.FinishJob(t.Context(), j) },
		"retry":  func(t *testing.T, s *store.Store, j rejoin.Job) error { return s.RetryJob(t.Context(), j, 9, "no") },
		"bury":   func(t *testing.T, s *store.Store, j rejoin.Job) error { return s.BuryJob(t.Context(), j, 9, "d", "no") },
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				put(t, s, job("again"))
				put(t, s, job("slow"))
				old := claim(t, s, 1000, 9, "old")
				put(t, s, rejoin.Job{Kind: "test", Key: "again", RunAt: 5000})
				if got := claim(t, s, 2000, 9, "new"); len(got) != 1 || got[0].Attempt != 2 {
					t.Errorf("after its lease a job is claimed again, got %v", got)
				}
				before := stored(t, s)
				for _, j := range old {
					if err := end(t, s, j); err != nil {
						t.Error(err)
					}
				}
				wantStored(t, s, before...)
				wantDead(t, s)
			})
		})
	}
}

func wantDead(t *testing.T, s *store.Store, want ...store.DeadJob) {
	t.Helper()
	err := s.Read(t.Context(), func(tx *store.Tx) error {
		got, err := tx.DeadJobs(10)
		if diff := cmp.Diff(append([]store.DeadJob{}, want...), got); diff != "" {
			t.Errorf("dead jobs (-want +got)\n%s", diff)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestJobEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		put(t, s, job("done"))
		put(t, s, rejoin.Job{Kind: "test", Key: "hopeless", Payload: "p", RunAt: 1001})
		got := claim(t, s, 2000, 9, "c")
		if err := s.FinishJob(t.Context(), got[0]); err != nil {
			t.Error(err)
		}
		if err := s.BuryJob(t.Context(), got[1], 2500, "d1", "broken"); err != nil {
			t.Error(err)
		}
		wantKeys(t, s)
		wantDead(t, s, store.DeadJob{ID: "d1", Kind: "test", Key: "hopeless", Payload: "p", Attempt: 1, Error: "broken", DiedAt: 2500})
	})
}

func TestNextJobAt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if _, ok, err := s.NextJobAt(t.Context(), testKinds); ok || err != nil {
			t.Errorf("an empty table has a next job: %v", err)
		}
		put(t, s, rejoin.Job{Kind: "unknown", Key: "x", RunAt: 1})
		put(t, s, rejoin.Job{Kind: "test", Key: "b", RunAt: 2000})
		put(t, s, rejoin.Job{Kind: "test", Key: "a", RunAt: 1500})
		if at, ok, err := s.NextJobAt(t.Context(), testKinds); at != 1500 || !ok || err != nil {
			t.Errorf("next at %d, %v, %v", at, ok, err)
		}
	})
}

func TestJobsClaimedOnceByMany(t *testing.T) {
	eachEmpty(t, func(t *testing.T, url string) {
		const n = 300
		first := storetest.Open(t, url)
		for i := range n {
			put(t, first, job(fmt.Sprintf("%03d", i)))
		}
		var mu sync.Mutex
		var got []string
		var all sync.WaitGroup
		for node := range 4 {
			s := open(t, url)
			all.Go(func() {
				for round := 0; ; round++ {
					jobs, err := s.ClaimJobs(t.Context(), 1000, time.Hour, testKinds, 7, fmt.Sprint(node, "-", round))
					if err != nil {
						t.Error(err)
					}
					if len(jobs) == 0 {
						return
					}
					mu.Lock()
					for _, j := range jobs {
						got = append(got, j.Key)
					}
					mu.Unlock()
				}
			})
		}
		all.Wait()
		slices.Sort(got)
		if diff := cmp.Diff(keys(t, first), got); diff != "" {
			t.Errorf("claimed (-each once +got)\n%s", diff)
		}
	})
}
