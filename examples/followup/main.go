// Followup answers the question of what to do when a follow-up e-mail was sent: it receives the webhook, sets a custom issue field and adds a private note
// through the REST API.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"time"

	"rejoin/examples/receive"
)

func main() {
	p := program{http: &http.Client{Timeout: 30 * time.Second}, key: os.Getenv("REJOIN_KEY")}
	listen := flag.String("listen", "127.0.0.1:8787", "where the webhook arrives; a proxy in front of it speaks https")
	flag.StringVar(&p.base, "api", "http://127.0.0.1:8080/v1/acme", "address of the REST API, with the domain")
	flag.StringVar(&p.field, "field", "last_follow_up", "key of a custom issue field of the type date")
	flag.Parse()
	secret := os.Getenv("WEBHOOK_SECRET")
	if p.key == "" || secret == "" {
		log.Fatal("Set REJOIN_KEY to an API key that reads and writes, and WEBHOOK_SECRET to the webhook's secret (whsec_…).")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	log.Printf("listening at http://%s/", *listen)
	if err := receive.Serve(ctx, *listen, &receive.Receiver{Secrets: strings.Fields(secret), Now: time.Now, Handle: p.handle}); err != nil {
		log.Print(err)
	}
}

// program writes down in issues that e-mails went out.
type program struct {
	http             *http.Client
	base, key, field string
}

func (p program) handle(ctx context.Context, e receive.Event) error {
	f := e.Data.Updates.FollowUp
	if f == nil || f.State != "sent" {
		return nil
	}
	at := time.UnixMilli(f.SentAt).UTC()
	fields, err := json.Marshal(map[string]any{p.field: map[string]any{"type": "date", "value": f.SentAt}})
	if err != nil {
		return err
	}
	issue := fmt.Sprintf("%s/issues/%d", p.base, e.Data.ID)
	if err := p.call(ctx, http.MethodPut, issue, "", url.Values{"custom_fields": {string(fields)}}); err != nil {
		return err
	}
	note := fmt.Sprintf("A follow-up e-mail about %d unread messages went out at %s.", len(f.MessageIDs), at.Format("15:04 UTC on 2 January 2006"))
	if len(f.MessageIDs) == 1 {
		note = strings.Replace(note, "1 unread messages", "an unread message", 1)
	}
	// The same event may come twice. The field is the same then; the key keeps the note from being added again.
	return p.call(ctx, http.MethodPost, issue+"/private-notes", e.ID, url.Values{"note-text": {note}})
}

// call sends a form. What repeating does not change is logged and counts as done: an error would only have the event sent again.
func (p program) call(ctx context.Context, method, address, once string, form url.Values) error {
	r, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.SetBasicAuth(p.key, "")
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if once != "" {
		r.Header.Set("Idempotency-Key", once)
	}
	resp, err := p.http.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	switch {
	case err != nil:
		return err
	case resp.StatusCode < 300:
		return nil
	case resp.StatusCode == http.StatusTooManyRequests, resp.StatusCode >= 500:
		return errors.New(resp.Status)
	}
	log.Printf("%s %s: %s %s", method, address, resp.Status, answer)
	return nil
}
