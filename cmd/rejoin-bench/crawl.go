package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"rejoin"
	"rejoin/restapi"
	"rejoin/store"
)

// crawled is what a program knows of an issue.
type crawled struct {
	updatedAt rejoin.Millis
	messages  int
}

// crawler reads all issues, and then what has changed, as the manual says.
type crawler struct {
	b     *bench
	key   string
	known map[int64]crawled
	since rejoin.Millis // the newest change it knows
	read  int           // issues, each as often as it was read
	pages []time.Duration
}

// catchUp reads what has changed since, at most so many pages.
func (c *crawler) catchUp(ctx context.Context, most int) error {
	next := ""
	for range most {
		begun := time.Now()
		body, err := c.b.ask(ctx, c.key, fmt.Sprintf("sort-by=update-time&sort-order=asc&page-size=1000&updated_since=%d&next-key=%s", c.since, next))
		if err != nil {
			return err
		}
		var page restapi.IssueList
		if err := json.Unmarshal(body, &page); err != nil {
			return err
		}
		c.pages = append(c.pages, time.Since(begun))
		for _, i := range page.Issues {
			c.known[i.ID] = crawled{i.UpdatedAt, len(i.Messages)}
			c.since = max(c.since, i.UpdatedAt)
		}
		c.read += len(page.Issues)
		if next = page.NextKey; next == "" {
			break
		}
	}
	return nil
}

const (
	allPages  = 1 << 30
	quietOnes = 100 // pages that are read before the writing begins: it goes on while the newest ones are read, and after
)

// measureCrawl reads a hundred thousand issues while visitors and agents write, and looks at whether it has missed a change.
func measureCrawl(ctx context.Context, b *bench) error {
	key, err := b.makeKey(ctx)
	if err != nil {
		return err
	}
	if err := errors.Join(b.firstThousand(ctx), b.spread(ctx), b.tenfold(ctx, 1000), b.tenfold(ctx, 10_000)); err != nil {
		return err
	}
	visitors, err := b.visitors(ctx, 4096)
	if err != nil {
		return err
	}
	cookies, err := b.agents(ctx, 60)
	if err != nil {
		return err
	}
	if err := b.start(ctx); err != nil {
		return err
	}
	c := &crawler{b: b, key: key, known: map[int64]crawled{}}
	begun, first := time.Now(), time.Duration(0)
	if err := c.catchUp(ctx, quietOnes); err != nil {
		return err
	}
	l, err := b.load(order{Kind: "messages", Visitors: visitors, Cookies: cookies, Senders: 16, Duration: 2 * b.duration})
	if err != nil {
		return err
	}
	if _, err := l.next(); err != nil {
		return err
	}
	var r outcome
	done := make(chan error, 1)
	go func() {
		var err error
		r, err = l.next()
		done <- errors.Join(err, l.end())
	}()
	for more := true; more; {
		select {
		case err := <-done:
			if err != nil {
				return err
			}
			more = false
		default:
		}
		if err := c.catchUp(ctx, allPages); err != nil {
			return err
		}
		if first == 0 {
			first = time.Since(begun)
		}
	}
	missed, err := c.missed(ctx)
	if err != nil {
		return err
	}
	b.add("issues, read for the first time in", "%d, %s", len(c.known), short(first))
	b.add("messages written meanwhile and after", "%d", len(r.Times["visitors"])+len(r.Times["agents"]))
	b.add("pages of up to 1000 with their messages", "%d with %d issues: %s", len(c.pages), c.read, spread(c.pages))
	b.add("issues missed, or not known as they are", "%d", missed)
	if missed > 0 {
		return fmt.Errorf("the crawl has missed the newest of %d issues", missed)
	}
	return nil
}

// missed counts the issues that are not as the crawler knows them.
func (c *crawler) missed(ctx context.Context) (missed int, err error) {
	if err := c.catchUp(ctx, allPages); err != nil { // what an e-mail's timer has changed since
		return 0, err
	}
	err = c.b.store.Read(ctx, func(tx *store.Tx) error {
		q := store.IssueListQuery{DomainID: c.b.domain.ID, Sort: store.ByCreated, Upwards: true, Limit: 1000}
		for {
			rows, err := tx.IssueList(q)
			for _, r := range rows {
				if c.known[r.Issue.Number] != (crawled{r.Issue.UpdatedAt, int(r.Issue.LastSeq)}) {
					missed++
				}
				q.AfterKey, q.AfterID = q.Sort.KeyOf(r.Issue), r.Issue.ID
			}
			if err != nil || len(rows) < q.Limit {
				return err
			}
		}
	})
	return missed, err
}
