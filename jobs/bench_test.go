package jobs_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"rejoin"
	"rejoin/jobs"
	"rejoin/store"
	"rejoin/store/storetest"
)

// BenchmarkTimers reports how late timers fire, 2000 a second for five seconds, while a million others are armed
// (-short: ten thousand). It is meant for -benchtime 1x.
func BenchmarkTimers(b *testing.B) {
	armed := 1_000_000
	if testing.Short() {
		armed = 10_000
	}
	b.Run("sqlite", func(b *testing.B) { benchTimers(b, storetest.SQLite(b), armed) })
	b.Run("postgres", func(b *testing.B) { benchTimers(b, storetest.Open(b, storetest.Postgres(b)), armed) })
}

func benchTimers(b *testing.B, s *store.Store, armed int) {
	const perSecond, seconds = 2000, 5
	far := rejoin.SystemClock{}.Now().Add(24 * time.Hour)
	arm(b, s, "far", armed, func(i int) rejoin.Millis { return far + rejoin.Millis(i) })
	for b.Loop() {
		late := make(chan time.Duration, perSecond*seconds)
		r := jobs.New(s, rejoin.SystemClock{}, quiet, []jobs.Handler{{Kind: "k", Run: func(_ context.Context, j rejoin.Job) error {
			late <- rejoin.SystemClock{}.Now().Sub(j.RunAt)
			return nil
		}}}, 32)
		begin := rejoin.SystemClock{}.Now().Add(3 * time.Second)
		arm(b, s, "due", perSecond*seconds, func(i int) rejoin.Millis { return begin + rejoin.Millis(i*1000/perSecond) })
		stop := start(b, r)
		all := make([]time.Duration, perSecond*seconds)
		for i := range all {
			all[i] = <-late
		}
		stop()
		slices.Sort(all)
		b.ReportMetric(float64(all[len(all)/2].Milliseconds()), "p50-ms")
		b.ReportMetric(float64(all[len(all)*99/100].Milliseconds()), "p99-ms")
		b.ReportMetric(float64(all[len(all)-1].Milliseconds()), "max-ms")
	}
}

// BenchmarkDue reports how many due jobs a runner gets through in a second.
func BenchmarkDue(b *testing.B) {
	run := func(b *testing.B, s *store.Store) {
		done := make(chan struct{}, 1000)
		r := jobs.New(s, rejoin.SystemClock{}, quiet, []jobs.Handler{{Kind: "k", Run: func(context.Context, rejoin.Job) error {
			done <- struct{}{}
			return nil
		}}}, 32)
		arm(b, s, "due", b.N, func(i int) rejoin.Millis { return 1 })
		b.ResetTimer()
		stop := start(b, r)
		for range b.N {
			<-done
		}
		stop()
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "jobs/s")
	}
	b.Run("sqlite", func(b *testing.B) { run(b, storetest.SQLite(b)) })
	b.Run("postgres", func(b *testing.B) { run(b, storetest.Open(b, storetest.Postgres(b))) })
}

// arm puts n jobs of kind k.
func arm(b *testing.B, s *store.Store, name string, n int, at func(i int) rejoin.Millis) {
	var list []rejoin.Job
	for i := range n {
		list = append(list, rejoin.Job{Kind: "k", Key: fmt.Sprintf("%s-%d", name, i), RunAt: at(i)})
		if len(list) == 10_000 || i == n-1 {
			put(b, s, list...)
			list = list[:0]
		}
	}
}
