package main

import (
	"context"
	"errors"
	"slices"
	"time"
)

// measureStart starts the program several times and asks it for its first answers.
func measureStart(ctx context.Context, b *bench) error {
	const times = 10
	var health, page []time.Duration
	var rss []int64
	for range times {
		start := time.Now()
		if err := b.start(ctx); err != nil {
			return err
		}
		if err := get(ctx, b.process.URL+"/healthz"); err != nil {
			return err
		}
		health = append(health, time.Since(start))
		if err := get(ctx, b.process.URL+"/c/"+b.platform.ID); err != nil {
			return err
		}
		page = append(page, time.Since(start))
		u, err := usageOf(b.process.PID())
		if err != nil {
			return err
		}
		rss = append(rss, u.rss)
		code, err := b.process.Stop(ctx)
		if err != nil || code != 0 {
			return errors.Join(err, errors.New("the server did not stop as it should"))
		}
	}
	slices.Sort(rss)
	b.add("from the start to the first answer (/healthz)", "%s", spread(health))
	b.add("from the start to the first chat page", "%s", spread(page))
	b.add("resident memory then (median)", "%s", mib(rss[len(rss)/2]))
	return nil
}
