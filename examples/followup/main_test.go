package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/examples/receive"
	"rejoin/rejointest"
	"rejoin/store/storetest"
)

// TestFollowUp lets an answer go unread and looks at what the program has made of the e-mail.
func TestFollowUp(t *testing.T) {
	s := rejointest.New(t, storetest.SQLite(t))
	api := httptest.NewServer(s.Handler())
	t.Cleanup(api.Close)
	key, err := s.Core.Keys.Make(t.Context(), s.Maya, "Follow-ups", rejoin.ReadAndWrite)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Core.Labels.AddField(t.Context(), s.Maya, rejoin.CustomField{Key: "last_follow_up", Label: "Last follow-up", Type: rejoin.Date}); err != nil {
		t.Fatal(err)
	}
	p := program{http: api.Client(), base: api.URL + "/v1/acme", key: key.Made, field: "last_follow_up"}
	end := &receive.Receiver{Now: func() time.Time { return s.Clock.Now().Time() }, Handle: p.handle}
	times := 0
	program := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if times++; times%2 == 1 { // the answer gets lost: the program has forgotten that it has done it, and does it again
			forgetful := &receive.Receiver{Secrets: end.Secrets, Now: end.Now, Handle: p.handle}
			forgetful.ServeHTTP(httptest.NewRecorder(), r)
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		end.ServeHTTP(w, r)
	}))
	t.Cleanup(program.Close)
	hook, err := s.Core.Webhooks.Set(t.Context(), s.Maya, "", rejoin.Webhook{Title: "Follow-ups", URL: program.URL, Event: rejoin.UpdateIssue})
	if err != nil {
		t.Fatal(err)
	}
	end.Secrets = []string{hook.Secrets[0].Value}

	v := s.VisitKnown("Where is my parcel?", "Ada", "ada@example.org")
	s.Reply(v, "On its way.")
	s.Advance(30 * time.Minute)
	if n := len(s.MailsTo("ada@example.org")); n != 1 {
		t.Fatalf("%d e-mails", n)
	}
	thread := s.Load(v.Issue.ID)
	sent := thread.FollowUp.SentAt
	if got, want := fmt.Sprint(thread.Issue.Fields["last_follow_up"].Value), fmt.Sprint(int64(sent)); got != want || sent == 0 {
		t.Errorf("the field is %s, want %s", got, want)
	}
	if notes := notesOf(thread); len(notes) != 1 || !strings.HasPrefix(notes[0], "A follow-up e-mail about an unread message went out at 09:1") {
		t.Errorf("the notes are %q", notes)
	}
}

func notesOf(t core.Thread) (list []string) {
	for _, e := range t.Events {
		if e.Kind == rejoin.EventNote {
			list = append(list, e.Data.Note)
		}
	}
	return list
}
