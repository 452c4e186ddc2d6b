// Forward tells a chat tool what happens to conversations: it receives webhooks and posts lines to an incoming webhook that takes {"text": "…"}, as those of
// Slack, Mattermost, Rocket.Chat and others do.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"time"

	"rejoin/examples/receive"
)

func main() {
	p := program{http: &http.Client{Timeout: 30 * time.Second}, to: os.Getenv("CHAT_URL")}
	listen := flag.String("listen", "127.0.0.1:8788", "where the webhook arrives; a proxy in front of it speaks https")
	flag.Parse()
	secret := os.Getenv("WEBHOOK_SECRET")
	if p.to == "" || secret == "" {
		log.Fatal("Set CHAT_URL to the incoming webhook of your chat tool, and WEBHOOK_SECRET to the secret of ours (whsec_…).")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	log.Printf("listening at http://%s/", *listen)
	if err := receive.Serve(ctx, *listen, &receive.Receiver{Secrets: strings.Fields(secret), Now: time.Now, Handle: p.handle}); err != nil {
		log.Print(err)
	}
}

// program posts to a chat tool.
type program struct {
	http *http.Client
	to   string
}

func (p program) handle(ctx context.Context, e receive.Event) error {
	lines := linesOf(e)
	if len(lines) == 0 {
		return nil
	}
	body, err := json.Marshal(map[string]string{"text": strings.Join(lines, "\n")})
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.to, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	resp, err := p.http.Do(r)
	if err != nil {
		return errors.New("the chat tool cannot be reached") // the error names its address, which is a secret
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20)) // so that the connection can be used again
	if resp.StatusCode >= 300 {
		return fmt.Errorf("the chat tool answered %s", resp.Status)
	}
	return nil
}

// linesOf says what has happened, a line each; nothing about what colleagues did themselves.
func linesOf(e receive.Event) (out []string) {
	say := func(format string, args ...any) {
		out = append(out, fmt.Sprintf("#%d %s", e.Data.ID, fmt.Sprintf(format, args...)))
	}
	who := escape(e.Data.AuthorName)
	if who == "" {
		who = "a visitor"
	}
	messages := e.Data.Updates.Messages
	if e.Type == "create_issue" {
		messages = e.Data.Messages
	}
	for _, m := range messages {
		if m.Origin == "end-user" {
			say("%s: %s", who, escape(plain(m.Body)))
		}
	}
	if f := e.Data.Updates.Feedback; f != nil {
		say("%s gave %d of 5 stars", who, f.Rating)
	}
	if f := e.Data.Updates.FollowUp; f != nil {
		switch f.State {
		case "sent":
			say("an e-mail went out to %s, who has not read the answer", who)
		case "failed":
			say("the e-mail to %s could not be delivered", who)
		case "returned":
			say("%s is back by the e-mail's link", who)
		}
	}
	return out
}

var tags = regexp.MustCompile(`<[^>]*>`)

// plain is the text of a message's HTML, shortened to what a chat tool shows.
func plain(body string) string {
	text := html.UnescapeString(tags.ReplaceAllString(strings.ReplaceAll(body, "<br/>", "\n"), ""))
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 500 {
		text = string(r[:499]) + "…"
	}
	return text
}

// escape keeps what visitors write from becoming mentions or links.
func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}
