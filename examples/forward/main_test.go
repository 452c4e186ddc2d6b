package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/examples/receive"
	"rejoin/rejointest"
	"rejoin/store/storetest"
)

// TestForward lives through a conversation, and reads what the chat tool is told.
func TestForward(t *testing.T) {
	s := rejointest.New(t, storetest.SQLite(t))
	var told []string
	down := true
	tool := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if down = !down; !down { // every other request fails
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		told = append(told, string(body))
	}))
	t.Cleanup(tool.Close)
	end := &receive.Receiver{Now: func() time.Time { return s.Clock.Now().Time() }, Handle: program{http: tool.Client(), to: tool.URL}.handle}
	door := httptest.NewServer(end)
	t.Cleanup(door.Close)
	for _, event := range []rejoin.WebhookEvent{rejoin.CreateIssue, rejoin.UpdateIssue} {
		hook, err := s.Core.Webhooks.Set(t.Context(), s.Maya, "", rejoin.Webhook{Title: string(event), URL: door.URL, Event: event})
		if err != nil {
			t.Fatal(err)
		}
		end.Secrets = append(end.Secrets, hook.Secrets[0].Value)
	}

	v := s.VisitKnown("Where is <my> parcel & when?", "Ada", "ada@example.org")
	s.Settle()
	s.Reply(v, "On its way.")
	s.Advance(30 * time.Minute)
	want := []string{`{"text":"#1 Ada: Ada"}`, `{"text":"#1 Ada: ada@example.org"}`, // the answers to the Identity Bot
		`{"text":"#1 a visitor: Where is \u0026lt;my\u0026gt; parcel \u0026amp; when?"}`, `{"text":"#1 an e-mail went out to Ada, who has not read the answer"}`}
	slices.Sort(want)
	slices.Sort(told) // two webhooks do not wait for each other
	if !slices.Equal(told, want) {
		t.Errorf("told are %q, want %q", told, want)
	}
}

// TestReceiverWantsASignature sends what nobody has signed.
func TestReceiverWantsASignature(t *testing.T) {
	end := &receive.Receiver{Secrets: []string{"whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"}, Now: time.Now}
	for _, signature := range []string{"", "v1,AAAA", "v1,"} {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader("{}"))
		r.Header.Set("webhook-id", "1")
		r.Header.Set("webhook-timestamp", "1700000000")
		r.Header.Set("webhook-signature", signature)
		w := httptest.NewRecorder()
		end.ServeHTTP(w, r)
		if w.Code != http.StatusUnauthorized {
			t.Errorf("with the signature %q it answers %d", signature, w.Code)
		}
	}
}
