package core_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"rejoin"
	"rejoin/rejointest"
	"rejoin/webhook"
)

// storm is a receiver that fails, and takes what it answers with it, and what it has got.
type storm struct {
	t     *testing.T
	mu    sync.Mutex
	dice  *rand.Rand
	crash func()            // the sender's process, as far as the answer goes
	last  map[int64]int     // by issue: the number of the newest message that was taken
	ids   map[string]string // by message: the id of its event
	more  int               // how often something came again
}

func (r *storm) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, err := io.ReadAll(q.Body)
	e, bad := webhook.Decode(body)
	if err != nil || bad != nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	taken := r.dice.IntN(10) > 1
	for _, m := range e.Data.Updates.Messages {
		n := 0
		if _, err := fmt.Sscanf(m.Body, "message %d", &n); err != nil {
			continue
		}
		key := fmt.Sprint(e.Data.ID, " ", n)
		if id := r.ids[key]; id != "" {
			r.more++
			if id != e.EventID {
				r.t.Errorf("message %s came as two events", key)
			}
		}
		r.ids[key] = e.EventID
		if n > r.last[e.Data.ID]+1 {
			r.t.Errorf("issue %d: message %d before %d", e.Data.ID, n, r.last[e.Data.ID]+1)
		}
		if taken {
			r.last[e.Data.ID] = max(n, r.last[e.Data.ID])
		}
	}
	if r.dice.IntN(12) == 0 {
		r.crash()
	}
	if !taken {
		w.WriteHeader(http.StatusBadGateway)
	}
}

// Whatever the receiver does, and however often a sender dies with answers in its hands: each event arrives, in the order of its issue, and repeats have the same id.
func TestWebhookStorm(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		const issues, messages = 6, 12
		r := &storm{t: t, dice: rand.New(rand.NewPCG(1, 2)), last: map[int64]int{}, ids: map[string]string{}}
		server := httptest.NewServer(r)
		t.Cleanup(server.Close)
		var visitors []*rejointest.Visitor
		for range issues {
			visitors = append(visitors, s.Visit("Hello"))
		}
		s.Advance(time.Second)
		made, err := s.Core.Webhooks.Set(t.Context(), s.Maya, "", rejoin.Webhook{Title: "Storm", URL: server.URL, Event: rejoin.UpdateIssue})
		if err != nil {
			t.Fatal(err)
		}
		id, nodes := made.Webhook.ID, []*rejointest.Server{s, s.Another()}
		for n := range messages {
			for _, v := range visitors {
				s.Clock.Advance(time.Millisecond)
				if err := s.Core.Messages.SendAsAgent(t.Context(), s.Maya, v.Issue.ID, s.NewClientID(), fmt.Sprint("message ", n+1)); err != nil {
					t.Fatal(err)
				}
				if n%3 == 2 {
					if err := nodes[n%2].Core.Webhooks.Tell(t.Context(), rejoin.Job{Key: v.Issue.ID}); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		for round := 0; len(deliveries(t, s, id, rejoin.DeliveryWaiting)) > 0; round++ {
			if round > 500 {
				t.Fatal("it does not end")
			}
			ctx, crash := context.WithCancel(t.Context())
			r.mu.Lock()
			r.crash = crash
			r.mu.Unlock()
			var both sync.WaitGroup
			for _, node := range nodes {
				both.Go(func() {
					if err := node.Core.Webhooks.Pump(ctx, rejoin.Job{Key: id}); err != nil && ctx.Err() == nil {
						t.Error(err)
					}
				})
			}
			both.Wait()
			crash()
			s.Clock.Advance(16 * time.Minute)
		}
		for _, v := range visitors {
			if got := r.last[v.Issue.Number]; got != messages {
				t.Errorf("issue %d: %d messages of %d have arrived", v.Issue.Number, got, messages)
			}
		}
		if r.more == 0 {
			t.Error("nothing came twice: the storm was none")
		}
	})
}
