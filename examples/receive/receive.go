// Package receive is the receiving end of a webhook: it checks the signature, knows repeats, and hands the event on. It knows the wire only; copy it into
// programs of your own.
package receive

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// The parts of an event that the examples use. Everything else is ignored.
type (
	// Event is what a webhook posts.
	Event struct {
		ID   string `json:"event_id"`
		Type string `json:"event_type"` // create_issue or update_issue
		Data Issue  `json:"data"`
	}
	// Issue is the conversation it is about.
	Issue struct {
		ID         int64     `json:"id"`
		AuthorName string    `json:"author_name"`
		Title      string    `json:"title"`    // create_issue
		Messages   []Message `json:"messages"` // create_issue
		Updates    Updates   `json:"updates"`  // update_issue: what has changed
	}
	// Message is a message.
	Message struct {
		Origin string `json:"origin"` // end-user or helpshift
		Body   string `json:"body"`   // HTML
		Author struct {
			Name string `json:"name"`
		} `json:"author"`
	}
	// Updates is what has changed.
	Updates struct {
		Messages  []Message `json:"messages"`
		StateData *struct {
			State string `json:"state"`
		} `json:"state_data"`
		Feedback *struct {
			Rating int `json:"rating"`
		} `json:"feedback"`
		FollowUp *FollowUp `json:"follow_up"`
	}
	// FollowUp is what became of an e-mail about unread answers.
	FollowUp struct {
		ID         string   `json:"id"`
		State      string   `json:"state"` // sent, failed, skipped, opened, returned, replied …
		Reason     string   `json:"reason"`
		MessageIDs []string `json:"message_ids"`
		SentAt     int64    `json:"sent_at"` // Unix milliseconds
	}
)

// Receiver is the address that a webhook posts to. Safe for concurrent use.
type Receiver struct {
	Secrets []string // that the webhook signs with; two while one replaces the other
	Now     func() time.Time
	// Handle does what the program is for. An error has the event sent again later, so what it does must bear being done twice.
	Handle func(ctx context.Context, e Event) error

	mu   sync.Mutex
	done map[string]bool // events by id
	list []string        // the same, oldest first
}

// maxBody is the longest event, in bytes; maxDone is how many events are remembered.
const (
	maxBody = 1 << 20
	maxDone = 10_000
)

func (rc *Receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		http.Error(w, "webhooks are posted here", http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "the body broke off", http.StatusBadRequest)
		return
	}
	if !rc.signed(r.Header, body) {
		http.Error(w, "the signature is not right", http.StatusUnauthorized)
		return
	}
	var e Event
	if err := json.Unmarshal(body, &e); err != nil {
		http.Error(w, "the body is no event", http.StatusBadRequest)
		return
	}
	if rc.isDone(e.ID) { // our answer to it got lost
		return
	}
	if err := rc.Handle(r.Context(), e); err != nil {
		log.Printf("event %s: %v", e.ID, err)
		http.Error(w, "not now", http.StatusServiceUnavailable)
		return
	}
	rc.remember(e.ID)
}

// signed reports whether one of the secrets has signed the request within the last five minutes (https://www.standardwebhooks.com).
func (rc *Receiver) signed(h http.Header, body []byte) bool {
	stamp := h.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || rc.Now().Sub(time.Unix(seconds, 0)).Abs() > 5*time.Minute {
		return false
	}
	for _, secret := range rc.Secrets {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
		if err != nil {
			continue
		}
		mac := hmac.New(sha256.New, key)
		fmt.Fprintf(mac, "%s.%s.%s", h.Get("webhook-id"), stamp, body)
		want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
		for _, given := range strings.Fields(h.Get("webhook-signature")) {
			if hmac.Equal([]byte(given), []byte(want)) {
				return true
			}
		}
	}
	return false
}

func (rc *Receiver) isDone(id string) bool {
	rc.mu.Lock()
	defer rc.mu.Unlock()
	return rc.done[id]
}

// remember keeps the newest events. A program that may not do anything twice keeps them in its database, together with what it has done.
func (rc *Receiver) remember(id string) {
	rc.mu.Lock()
	defer rc.mu.Unlock()
	if rc.done == nil {
		rc.done = map[string]bool{}
	}
	rc.done[id] = true
	rc.list = append(rc.list, id)
	if len(rc.list) > maxDone {
		delete(rc.done, rc.list[0])
		rc.list = rc.list[1:]
	}
}

// Serve listens at the address until the context ends, and lets what runs come to its end.
func Serve(ctx context.Context, address string, h http.Handler) error {
	server := &http.Server{Addr: address, Handler: h, ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.ListenAndServe() }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, stop := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer stop()
	return server.Shutdown(last)
}
