package main

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"time"

	"rejoin"
	"rejoin/identity"
	"rejoin/store"
	"rejoin/webhook"
)

const (
	hookIssues = 1000
	hookEach   = 10 // events of each
)

// badReceiver fails, hangs, answers slowly, and is dead for a while: the program of a company on a bad day.
type badReceiver struct {
	mu       sync.Mutex
	last     map[int64]int     // by issue: the newest message that it took
	ids      map[string]string // by message: the id of its event
	requests int
	repeats  int
	wrong    int // events out of order, or with another id
	dead     bool
	taken    int
}

func (r *badReceiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, err := io.ReadAll(q.Body)
	e, bad := webhook.Decode(body)
	if err != nil || bad != nil || e.Data.Updates == nil || len(e.Data.Updates.Messages) == 0 {
		return
	}
	n := 0
	if _, err := fmt.Sscanf(e.Data.Updates.Messages[0].Body, "message %d", &n); err != nil {
		return
	}
	switch what := r.judge(e, n); what {
	case "hang":
		<-q.Context().Done()
	case "break":
		panic(http.ErrAbortHandler)
	case "slow":
		time.Sleep(300 * time.Millisecond)
	case "fail":
		w.WriteHeader(http.StatusInternalServerError)
	}
}

// judge decides what becomes of a request.
func (r *badReceiver) judge(e webhook.Event, n int) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.requests++
	if r.dead {
		return "break"
	}
	key := fmt.Sprint(e.Data.ID, " ", n)
	known, again := r.ids[key]
	if again {
		r.repeats++
	}
	if again && known != e.EventID || n > r.last[e.Data.ID]+1 {
		r.wrong++
	}
	r.ids[key] = e.EventID
	dice := rand.IntN(2000)
	if dice == 0 {
		return "hang"
	}
	if dice < 40 {
		return "fail"
	}
	if n > r.last[e.Data.ID] { // also where the answer is lost: then it comes again
		r.last[e.Data.ID] = n
		r.taken++
	}
	switch {
	case dice < 60:
		return "break"
	case dice < 160:
		return "slow"
	}
	return ""
}

func (r *badReceiver) progress() (taken, requests int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.taken, r.requests
}

// measureWebhooks lets ten thousand events reach a receiver on a bad day, while the program is killed twice, and looks whether each has arrived, in order.
func measureWebhooks(ctx context.Context, b *bench) error {
	r := &badReceiver{last: map[int64]int{}, ids: map[string]string{}}
	server := httptest.NewUnstartedServer(r)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	roots := filepath.Join(b.dir, "roots.pem")
	if err := os.WriteFile(roots, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600); err != nil {
		return err
	}
	b.install.Env = append(b.install.Env, "SSL_CERT_FILE="+roots, "REJOIN_OUTBOUND_ALLOW=127.0.0.0/8")
	if err := b.seedHook(ctx, server.URL); err != nil {
		return err
	}
	begun, killed := time.Now(), 0
	if err := b.start(ctx); err != nil {
		return err
	}
	for {
		taken, _ := r.progress()
		if taken == hookIssues*hookEach {
			break
		}
		if step := hookIssues * hookEach / 3; killed < 2 && taken > step*(killed+1) {
			killed++
			if err := b.bury(ctx, r); err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
		if time.Since(begun) > 15*time.Minute {
			return fmt.Errorf("after 15 minutes only %d events have arrived", taken)
		}
	}
	_, requests := r.progress()
	b.add("events that have arrived, in", "%d, %s", hookIssues*hookEach, short(time.Since(begun)))
	b.add("requests for them, and how many came again", "%d, %d", requests, r.repeats)
	b.add("events out of order, or again with another id", "%d", r.wrong)
	if r.wrong > 0 {
		return errors.New("the order of events did not hold")
	}
	return nil
}

// bury kills the program in the middle of its deliveries; the receiver is dead for a moment, too.
func (b *bench) bury(ctx context.Context, r *badReceiver) error {
	b.process.Kill()
	r.mu.Lock()
	r.dead = true
	r.mu.Unlock()
	if err := b.start(ctx); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(2 * time.Second):
	}
	r.mu.Lock()
	r.dead = false
	r.mu.Unlock()
	return nil
}

// seedHook makes a webhook, and then messages that nobody was told of yet.
func (b *bench) seedHook(ctx context.Context, url string) error {
	visitors, err := b.visitors(ctx, hookIssues)
	if err != nil {
		return err
	}
	at := now() + 1
	w := rejoin.Webhook{ID: newID("hook"), DomainID: b.domain.ID, Title: "Bench", URL: url, Event: rejoin.UpdateIssue, CreatedAt: at, UpdatedAt: at}
	err = b.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.PutWebhook(w); err != nil {
			return err
		}
		return tx.AddWebhookSecret(rejoin.WebhookSecret{ID: newID("sec"), WebhookID: w.ID, Value: webhook.Secret([]byte(identity.NewToken())), CreatedAt: at})
	})
	if err != nil {
		return err
	}
	return b.inBatches(ctx, hookIssues, func(tx *store.Tx, i int) error {
		issue, err := tx.LockIssue(visitors[i].IssueID)
		if err != nil {
			return err
		}
		for n := range hookEach {
			issue.LastSeq++
			m := rejoin.Message{ID: newID("msg"), IssueID: issue.ID, Seq: issue.LastSeq, ClientID: identity.NewToken(), Origin: rejoin.FromUser, AuthorID: issue.UserID,
				Body: fmt.Sprint("message ", n+1), CreatedAt: at.Add(time.Duration(n) * time.Millisecond)}
			if _, err := tx.AddMessage(m); err != nil {
				return err
			}
		}
		if err := tx.SaveIssue(issue); err != nil {
			return err
		}
		return tx.PutJob(rejoin.Job{Kind: "webhook_news", Key: issue.ID, RunAt: at})
	})
}
