package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"rejoin"
	"rejoin/identity"
	"rejoin/rejointest"
	"rejoin/store"
)

// firstIssue is when the first of the listed issues began; each of the others began a second after the one before it.
const firstIssue = rejoin.Millis(1_600_000_000_000)

// listings are what programs ask for. Where there are fewer issues than it takes, one is left out.
var listings = []struct {
	what, query string
	takes       int
}{
	{"newest 100", "page-size=100", 0},
	{"100 changed since half of the time, by key", "sort-by=update-time&sort-order=asc&page-size=100&updated_since=%d", 0},
	{"newest 100 in two states of seven in a hundred", "page-size=100&state=new,waiting-for-agent", 0},
	{"newest 100 with a tag that one in fifty has", `page-size=100&tags={"and":["vip"]}`, 0},
	{"newest 100 with a number above another, one in ten", `page-size=100&custom_fields={"number":{"and":{"size":{"is_greater_than":"8"}}}}`, 0},
	{"page 500 of 100", "page-size=100&page=500", 50_000},
	{"newest 1000, with their messages", "page-size=1000", 1000},
}

// measureLists asks for pages of lists as they grow.
func measureLists(ctx context.Context, b *bench) error {
	most := b.issues
	if b.engine == "postgres" && !b.full {
		most /= 10
	}
	key, err := b.makeKey(ctx)
	if err != nil {
		return err
	}
	if err := b.firstThousand(ctx); err != nil {
		return err
	}
	if err := b.spread(ctx); err != nil {
		return err
	}
	if err := b.start(ctx); err != nil {
		return err
	}
	var sizes []string
	took := make([][]string, len(listings))
	for n := 1000; ; n *= 10 {
		sizes = append(sizes, strconv.Itoa(n))
		half := firstIssue + rejoin.Millis(n)*500
		for i, l := range listings {
			if l.takes > n {
				took[i] = append(took[i], "–")
				continue
			}
			query := l.query
			if strings.Contains(query, "%d") {
				query = fmt.Sprintf(query, half)
			}
			median, err := b.page(ctx, key, query)
			if err != nil {
				return fmt.Errorf("%s of %d: %w", l.what, n, err)
			}
			took[i] = append(took[i], short(median))
		}
		if n*10 > most {
			break
		}
		if err := b.tenfold(ctx, n); err != nil {
			return err
		}
	}
	b.add("issues", "%s", strings.Join(sizes, " / "))
	for i, l := range listings {
		b.add(l.what+", median", "%s", strings.Join(took[i], " / "))
	}
	return nil
}

// makeKey makes an API key that nothing slows down.
func (b *bench) makeKey(ctx context.Context) (string, error) {
	token := "rk_" + identity.NewToken()
	return token, b.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetAPILimit(b.domain.ID, 60_000); err != nil {
			return err
		}
		return tx.AddAPIKey(rejoin.APIKey{ID: newID("key"), DomainID: b.domain.ID, Name: "Bench", Access: rejoin.ReadOnly, Hash: identity.Hash(token), CreatedAt: now()})
	})
}

// ask reads one page and returns its body.
func (b *bench) ask(ctx context.Context, key, query string) ([]byte, error) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, b.process.URL+"/v1/acme/issues?"+values.Encode(), nil)
	if err != nil {
		return nil, err
	}
	r.SetBasicAuth(key, "")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = &rejointest.StatusError{Status: answer.StatusCode, Body: string(body)}
	}
	return body, err
}

// page asks some times and returns the median of the times.
func (b *bench) page(ctx context.Context, key, query string) (time.Duration, error) {
	var took []time.Duration
	for n := range 11 {
		begun := time.Now()
		if _, err := b.ask(ctx, key, query); err != nil {
			return 0, err
		}
		if n > 0 { // the first one warms up
			took = append(took, time.Since(begun))
		}
	}
	slices.Sort(took)
	return took[len(took)/2], nil
}

// firstThousand makes the issues of which the others are copies.
func (b *bench) firstThousand(ctx context.Context) error {
	err := b.store.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.AddCustomField(rejoin.CustomField{ID: newID("fld"), DomainID: b.domain.ID, Key: "size", Label: "Size", Type: rejoin.Number})
		return err
	})
	if err != nil {
		return err
	}
	return b.inBatches(ctx, 1000, func(tx *store.Tx, i int) error {
		issue, err := b.conversation(tx, i)
		if err != nil {
			return err
		}
		n := issue.Number
		if n%50 == 0 {
			if err := tx.SetTags(issue.ID, []string{"vip"}); err != nil {
				return err
			}
		}
		return tx.SetFields(issue.ID, rejoin.FieldValues{"size": {Type: rejoin.Number, Value: strconv.FormatInt(n%10, 10)}})
	})
}
