package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/webhook"
)

// webhookSnippets is where the programs are that check the signature of a webhook.
const webhookSnippets = "../../docs/snippets/webhook"

// TestWebhookSnippets runs every program of the manual with its real language, on what we sign and on what somebody has changed, and compares the manual with it.
func TestWebhookSnippets(t *testing.T) {
	page, err := os.ReadFile("../../docs/webhooks.md")
	if err != nil {
		t.Fatal(err)
	}
	const body = `{"event_id":"1","data":{"author_name":"Zoë €"}}`
	secrets := []string{webhook.Secret([]byte(strings.Repeat("o", 24))), webhook.Secret([]byte("\xff\x00" + strings.Repeat("n", 30)))}
	now := rejoin.MillisOf(time.Now())
	both, one := webhook.Sign("event-1", now, []byte(body), secrets), webhook.Sign("event-1", now, []byte(body), secrets[:1])
	old := webhook.Sign("event-1", now.Add(-10*time.Minute), []byte(body), secrets)
	for _, s := range allSnippets() {
		if s.language == "java" {
			continue
		}
		t.Run(s.language, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(filepath.Join(webhookSnippets, s.language+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(page), "```"+s.fence+"\n"+string(text)+"```\n") {
				t.Errorf("docs/webhooks.md does not have the %s program of %s as it is. Copy it there.", s.language, webhookSnippets)
			}
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, s.file), text, 0o600); err != nil {
				t.Fatal(err)
			}
			if s.build != nil {
				execute(t, dir, "", s.build)
			}
			for _, tc := range []struct {
				header map[string][]string
				body   string
				want   string
			}{
				{both, body, "true"}, {one, body, "false"}, {old, body, "false"}, {both, body + " ", "false"},
			} {
				args := append(s.run, "event-1", tc.header[webhook.HeaderTimestamp][0], tc.header[webhook.HeaderSignature][0])
				cmd := exec.CommandContext(t.Context(), args[0], args[1:]...)
				cmd.Dir, cmd.Stdin, cmd.Env = dir, strings.NewReader(tc.body), append(os.Environ(), "WEBHOOK_SECRET="+secrets[1])
				out, err := cmd.CombinedOutput()
				if got := strings.ToLower(strings.TrimSpace(string(out))); got != tc.want || err != nil {
					t.Errorf("for %q it prints %q (%v), want %s", tc.header, got, err, tc.want)
				}
			}
		})
	}
}
