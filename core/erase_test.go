package core_test

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/archive"
	"rejoin/core"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/store/storetest"
)

// mark is in everything that is said by, to and of a person of the tests, so that it can be looked for.
const (
	mark        = "zanzibar"
	markAddress = mark + "@example.org"
)

// markedLife lets a person do whatever leaves something behind, in two conversations. A program of the company fails, so that what it should be told waits.
func markedLife(t *testing.T, server *rejointest.Server) (token string, list []*rejointest.Visitor) {
	t.Helper()
	s, ctx := automations{server}, t.Context()
	broken := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }))
	t.Cleanup(broken.Close)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	botOffice(server)
	if _, err := s.Core.Labels.AddField(ctx, s.Maya, rejoin.CustomField{Key: "home", Label: "Home", Type: rejoin.SingleLine}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Core.Webhooks.Set(ctx, s.Maya, "", rejoin.Webhook{Title: "Warehouse", URL: broken.URL, Event: rejoin.UpdateIssue}); err != nil {
		t.Fatal(err)
	}
	s.add(rejoin.Rule{Name: "Post", Trigger: rejoin.OnNewIssue, Actions: []rejoin.Action{{Kind: rejoin.DoWebhook, URL: broken.URL}, {Kind: rejoin.DoNote, Note: "Ask {{user.name}}"}}})
	setEnding(server, false, true)
	asks := publish(server, "Asks", rejoin.CustomBot, rejoin.Step{ID: "a", Kind: rejoin.StepQuestion, Name: "home", Input: rejoin.InputText, Text: text("Where?")})

	_, token = s.Identify(core.Claim{JWT: s.JWT("uid", mark+"-77", "email", markAddress, "steam_id", mark)}, "")
	_, err := s.Core.Identities.SetData(ctx, token, "global", map[string]any{"home": mark})
	must(err)
	for range 2 {
		up, err := s.Core.Messages.Start(ctx, token, s.Made.Platform.ID, core.UserSend{ClientID: s.NewClientID(), Body: "I come from " + mark},
			core.Beginning{Meta: rejoin.Meta{Page: rejoin.MetaPage{URL: rejointest.Shop + "/" + mark}, Custom: map[string]string{"home": mark}}})
		must(err)
		s.Settle()
		list = append(list, s.At(token, up.Issue))
	}
	first := list[0]
	start(server, first, asks.ID)
	must(answer(server, first, "Ann "+mark)) // the Identity Bot comes first
	must(answer(server, first, "In "+mark))
	file := upload(server, token, mark+".txt", "about "+mark)
	must(first.Send(core.UserSend{ClientID: s.NewClientID(), Body: mark, Attachments: []string{file.ID}}))
	upload(server, token, mark+"-unsent.txt", mark)
	must(s.Core.Messages.Note(ctx, s.Maya, first.Issue.ID, s.NewClientID(), "They like "+mark))
	must(s.Core.Issues.SetField(ctx, s.Maya, first.Issue.ID, core.SetField{Key: "home", Value: mark}))
	for _, v := range list {
		s.Reply(v, "Dear "+mark)
		s.Advance(11 * time.Minute)
	}
	s.Reply(list[1], mark+", are you there?") // an e-mail waits
	s.End(first, rejoin.Resolved)
	_, err = s.Core.Endings.Rate(ctx, token, first.Issue.ID, core.Rating{Stars: 5, Comment: "From " + mark})
	must(err)
	s.Settle()
	return token, list
}

// whereMarked names every column of the SQLite database that holds the mark.
func whereMarked(t *testing.T, st *store.Store, text string) (list []string) {
	t.Helper()
	db, err := sql.Open("sqlite", strings.TrimPrefix(st.URL(), "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var tables []string
	if err := st.Read(t.Context(), func(tx *store.Tx) error { tables, err = tx.Tables(); return err }); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		rows, err := db.Query(`SELECT * FROM ` + table)
		if err != nil {
			t.Fatal(err)
		}
		names, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for rows.Next() {
			cells, dest := make([]sql.NullString, len(names)), make([]any, len(names))
			for n := range cells {
				dest[n] = &cells[n]
			}
			if err := rows.Scan(dest...); err != nil {
				t.Fatal(err)
			}
			for n, c := range cells {
				if name := table + "." + names[n]; strings.Contains(strings.ToLower(c.String), text) && !seen[name] {
					seen[name], list = true, append(list, name)
				}
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

func TestErase(t *testing.T) {
	t.Parallel()
	s := rejointest.New(t, storetest.SQLite(t))
	ctx := t.Context()
	token, list := markedLife(t, s)
	user, noor, gil := s.Load(list[0].Issue.ID).User, s.Colleague(), s.Second().Admin
	if before := whereMarked(t, s.Store, mark); len(before) < 20 {
		t.Errorf("the story leaves traces only in %v", before)
	}
	if _, err := s.Core.Wishes.Suppress(ctx, s.Maya, core.NewSuppression{Kind: rejoin.NotMe, Address: markAddress}); err != nil {
		t.Fatal(err)
	}
	held, err := s.Core.Privacy.Data(ctx, s.Maya, user.ID)
	if err != nil || held.Conversations != 2 || held.Messages < 7 || held.Notes < 1 || held.Files != 1 || held.FileBytes == 0 || held.Emails < 2 || held.Browsers < 1 ||
		!held.Suppressed || held.Confirm != markAddress {
		t.Fatalf("held: %+v, %v", held, err)
	}
	report := func() core.Report {
		r, err := s.Core.Reports.Report(ctx, s.Maya, thisMonth(s))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	counts := report()
	checkExport(t, s, user.ID)

	for _, c := range []struct {
		by      rejoin.Agent
		confirm string
		want    rejoin.Code
	}{{s.Maya, "somebody", rejoin.Invalid}, {s.Maya, "", rejoin.Invalid}, {noor, markAddress, rejoin.Forbidden}, {gil, markAddress, rejoin.NotFound}} {
		if _, err := s.Core.Privacy.Erase(ctx, c.by, user.ID, c.confirm); rejoin.CodeOf(err) != c.want {
			t.Errorf("%s types %q: %v, want %s", c.by.Name, c.confirm, err, c.want)
		}
	}
	for _, by := range []rejoin.Agent{noor, gil} {
		if _, err := s.Core.Privacy.Export(ctx, by, user.ID); err == nil {
			t.Errorf("%s exports a user", by.Name)
		}
	}
	for range 2 {
		if held, err = s.Core.Privacy.Erase(ctx, s.Maya, user.ID, strings.ToUpper(held.Confirm)); err != nil {
			t.Fatal(err)
		}
		s.Settle()
	}
	if held.Conversations != 2 || held.Messages+held.Notes+held.Files+held.Browsers != 0 || held.ErasedAt == 0 || held.Confirm != user.ID {
		t.Errorf("held afterwards: %+v", held)
	}
	// What programs wait for: the bodies of jobs and deliveries were dropped, so nothing of the person is sent any more.
	if after := whereMarked(t, s.Store, mark); len(after) > 0 {
		t.Errorf("it is still in %v", after)
	}
	if after := report(); !cmp.Equal(counts.Agents, after.Agents) {
		t.Errorf("the reports count otherwise (-before +after):\n%s", cmp.Diff(counts.Agents, after.Agents))
	}
	for _, v := range list {
		th := s.Load(v.Issue.ID)
		if th.Issue.State.Open() || th.Events[len(th.Events)-1].Kind != rejoin.EventErased && count(th, rejoin.EventErased) != 1 {
			t.Errorf("the conversation is %s with %d erasures", th.Issue.State, count(th, rejoin.EventErased))
		}
		if th.FollowUp.State.Live() {
			t.Errorf("the e-mail is %s", th.FollowUp.State)
		}
		if _, err := s.Core.Messages.SendAsUser(ctx, token, v.Issue.ID, core.UserSend{ClientID: s.NewClientID(), Body: "Still here?"}); rejoin.CodeOf(err) != rejoin.Unauthenticated {
			t.Errorf("whoever was erased writes on: %v", err)
		}
	}
	mails := len(s.MailsTo(markAddress))
	v := s.VisitAs(s.Signed("", markAddress), "Hello again", core.Beginning{}) // the wish is known by the address's fingerprint
	s.Reply(v, "Welcome")
	s.Advance(time.Hour)
	if th := s.Load(v.Issue.ID); th.User.ID == user.ID || th.FollowUp == nil || th.FollowUp.Reason != rejoin.ReasonNotMe || len(s.MailsTo(markAddress)) != mails {
		t.Errorf("the wish of the address is forgotten: %+v", th.FollowUp)
	}
}

// On PostgreSQL the same statements are understood, and an address that somebody else has, too, keeps its wishes.
func TestEraseOneOfTwo(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx := t.Context()
		one, other := s.VisitKnown("Hello", "Ada", "ada@example.org"), s.VisitKnown("Hello", "Ada", "ada@example.org")
		if _, err := s.Core.Wishes.Suppress(ctx, s.Maya, core.NewSuppression{Kind: rejoin.NotMe, Address: "ada@example.org"}); err != nil {
			t.Fatal(err)
		}
		if files := unzipped(t, s, one.Issue.UserID); !strings.Contains(files["data.json"], "ada@example.org") {
			t.Errorf("the export: %s", files["data.json"])
		}
		program := rejoin.APIKey{ID: "key_1", DomainID: s.Maya.DomainID, Name: "Legal", Access: rejoin.ReadAndWrite}.Agent()
		if h, err := s.Core.Privacy.Erase(ctx, program, one.Issue.UserID, ""); err != nil || h.ErasedAt == 0 {
			t.Fatalf("a program erases: %+v, %v", h, err)
		}
		s.Reply(other, "Hi")
		if f := s.Load(other.Issue.ID).FollowUp; f == nil || f.Reason != rejoin.ReasonNotMe {
			t.Errorf("the other one is mailed: %+v", f)
		}
		if th := s.Load(other.Issue.ID); th.User.Name != "Ada" || th.User.Email != "ada@example.org" {
			t.Errorf("the other one lost something: %+v", th.User)
		}
	})
}

// checkExport looks at what a person of the marked life gets to see of it.
func checkExport(t *testing.T, s *rejointest.Server, userID string) {
	t.Helper()
	files := unzipped(t, s, userID)
	var data struct {
		User          archive.Person
		Conversations []archive.Conversation
	}
	if err := json.Unmarshal([]byte(files["data.json"]), &data); err != nil {
		t.Fatal(err)
	}
	p := data.User
	if p.Email != markAddress || p.Attributes.Global["home"] != mark || len(p.Identities) == 0 || len(p.Browsers) == 0 || len(p.Addresses) == 0 || len(p.Refused) != 1 ||
		len(data.Conversations) != 2 {
		t.Errorf("the person: %+v", p)
	}
	first := data.Conversations[0]
	if first.Fields["home"].Value != mark || first.Comment == "" || len(first.Messages) < 5 || len(first.Mails) == 0 || first.Answers[0].Answers["home"] != "In "+mark {
		t.Errorf("the first conversation: %+v", first)
	}
	paths := 0
	for _, m := range first.Messages {
		for _, f := range m.Files {
			paths++
			if files[f.Path] != "about "+mark {
				t.Errorf("%s holds %q", f.Path, files[f.Path])
			}
		}
	}
	if paths != 1 || len(files) != 2 {
		t.Errorf("%d paths, %d files", paths, len(files))
	}
	for _, secret := range []string{"token", "hash"} {
		if strings.Contains(files["data.json"], secret) {
			t.Errorf("a %s is in the export", secret)
		}
	}
}

// unzipped is what is in the export of a user, by path.
func unzipped(t *testing.T, s *rejointest.Server, userID string) map[string]string {
	t.Helper()
	x, err := s.Core.Privacy.Export(t.Context(), s.Maya, userID)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := x.WriteTo(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(body)
	}
	return files
}
