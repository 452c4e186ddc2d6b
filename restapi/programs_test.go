package restapi_test

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/store/storetest"
)

// theirs is the newest message of an issue as the user reads it, who logs in with the address.
func (d *desk) theirs(email, number string) rejoin.Message {
	d.t.Helper()
	_, token := d.Identify(d.Signed("", email), "")
	up, err := d.Core.Messages.After(d.t.Context(), token, d.thread(number).Issue.ID, core.Cursor{})
	if err != nil {
		d.t.Fatal(err)
	}
	return up.Messages[len(up.Messages)-1]
}

// A program begins a conversation in somebody's name, answers them in the app's, and the person comes back by the e-mail's link and finds it all.
func TestProgramBeginsAndAnswers(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	d.create(url.Values{"author-name": {"Ada"}, "meta": {`{"language":"de","page":{"url":"https://shop.example.com/boots"}}`}})
	d.must(ask{method: "POST", path: "/issues/1/messages", body: url.Values{"message-body": {"It is on its way."}}}, 201, nil)
	d.must(ask{method: "POST", path: "/issues/1/private-notes", body: url.Values{"note-text": {"Gate 7"}}}, 201, nil)
	got := d.thread("1")
	answer := got.Messages[len(got.Messages)-1]
	if answer.AuthorName != "API: Warehouse" || answer.Origin != rejoin.FromAgent || got.Issue.State != rejoin.AgentReplied || got.User.Name != "Ada" {
		t.Errorf("agents see %+v by %s", answer, got.User.Name)
	}
	var kinds []string
	for _, e := range got.Events {
		kinds = append(kinds, string(e.Kind)+" by "+string(e.Actor.Kind)+" "+e.Actor.Name)
	}
	for _, want := range []string{"created by api Warehouse", "note by api Warehouse", "state_changed by api Warehouse"} {
		if !slices.Contains(kinds, want) {
			t.Errorf("the timeline lacks %q: %q", want, kinds)
		}
	}
	d.Advance(time.Hour)
	mails := d.MailsTo("ada@example.org")
	if len(mails) != 1 || !strings.Contains(mails[0].Text, "It is on its way.") || bytes.Contains(mails[0].Raw, []byte("Warehouse")) {
		t.Fatalf("%d e-mails: %+v", len(mails), mails)
	}
	_, link, _ := strings.Cut(mails[0].Text, "#rejoin=")
	open := func() rejoin.ReturnResult {
		out, err := d.Core.Returns.Redeem(t.Context(), core.Redeem{PlatformID: d.Made.Platform.ID, Token: link[:43], Session: identity.NewToken()})
		if err != nil {
			t.Fatal(err)
		}
		return out.Result
	}
	if got := open(); got != rejoin.ReturnSame {
		t.Errorf("who has never logged in finds %q behind the link", got)
	}
	if answer := d.theirs("ada@example.org", "1"); answer.AuthorName != d.Made.App.Name {
		t.Errorf("the user reads %q over %q", answer.AuthorName, answer.Body)
	}
	if got := open(); got != rejoin.ReturnLoginRequired {
		t.Errorf("after a login the link says %q to somebody without one", got)
	}
	err := d.Core.Messages.Answer(t.Context(), d.Maya, got.Issue.ID, core.AgentSend{ClientID: "0123456789", Body: "Soon", Seen: answer.Seq - 1})
	if rejoin.CodeOf(err) != rejoin.Conflict || !strings.Contains(err.Error(), "API: Warehouse has answered meanwhile") {
		t.Errorf("Maya is told %v", err)
	}
}

// Only an address that the host site has given finds somebody: what a visitor has typed, or a page has claimed where signatures are asked for, does not.
func TestWhomAnAddressFinds(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	d.SetVerification(false)
	typed := d.VisitKnown("Hello", "Mallory", "ada@example.org")
	claimed := d.VisitAs(core.Claim{UserID: "cyd", Email: "cyd@example.org"}, "Hello", core.Beginning{})
	signed := d.VisitAs(d.Signed("dan", "dan@example.org"), "Hello", core.Beginning{})
	owner := func(email string, pairs ...string) string {
		form := form(append(pairs, "email", email, "message-body", "Hello")...)
		return d.thread(d.create(form)).Issue.UserID
	}
	ada := owner("ada@example.org", "author-name", "Ada")
	if ada == typed.Issue.UserID || owner("ADA@example.org") != ada {
		t.Error("a typed address has found somebody, or a new profile is not found again")
	}
	if owner("cyd@example.org") != claimed.Issue.UserID || owner("dan@example.org", "author-name", "Dan") != signed.Issue.UserID {
		t.Error("an address that the page has given finds nobody")
	}
	if got := d.thread(d.create(form("email", "dan@example.org", "author-name", "Daniel"))).User; got.Name != "Dan" || got.ExternalID != "dan" {
		t.Errorf("the profile is %+v", got)
	}
	d.SetVerification(true)
	if owner("cyd@example.org") == claimed.Issue.UserID || owner("dan@example.org") != signed.Issue.UserID || owner("ada@example.org") != ada {
		t.Error("with verification only signed addresses, and those of programs, find somebody")
	}
}

// What is redacted is gone everywhere, and does not come back.
func TestRedaction(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.must(ask{method: "POST", path: "/issues", body: &parts{fields: map[string]string{"email": "ada@example.org", "author-name": "Ada", "message-body": "My card is 4242 4242"},
			files: map[string][2]string{"attachment": {"card.txt", "4242"}}}}, 201, nil)
		d.Settle()
		d.must(ask{method: "POST", path: "/issues/1/messages", body: url.Values{"message-body": {"We charge 4242 4242"}}}, 201, nil)
		before := d.thread("1")
		if before.FollowUp == nil || before.FollowUp.State != rejoin.FollowUpWaiting {
			t.Fatalf("the follow-up is %+v", before.FollowUp)
		}
		address := d.Core.Attachments.Addresses(before.Messages[0].Files[0]).Full
		request := `[`
		for _, m := range before.Messages {
			if m.Origin != rejoin.FromBot {
				request += `{"redaction_type":"message","property":"message_id","value":"` + m.ID + `"},`
			}
		}
		again := ask{method: "POST", path: "/redactions", body: url.Values{"requests": {strings.TrimSuffix(request, ",") + `]`}}}
		for range 2 {
			d.must(again, 201, nil)
		}
		after := d.thread("1")
		for _, m := range after.Messages {
			if m.Origin != rejoin.FromBot && (m.Body != "" || len(m.Files) > 0 || !m.Change.Redacted || m.Standing()) {
				t.Errorf("the message is still %+v", m)
			}
		}
		if i := after.Issue; i.Title != "" || strings.Contains(i.Preview, "4242") || i.State != before.Issue.State {
			t.Errorf("the issue is %q, %q, %s", i.Title, i.Preview, i.State)
		}
		if after.FollowUp.State != rejoin.FollowUpCancelled {
			t.Errorf("the follow-up is %s", after.FollowUp.State)
		}
		found, err := d.Core.Inbox.Page(t.Context(), d.Maya, core.InboxQuery{Filter: rejoin.IssueFilter{Text: "4242"}})
		if err != nil || len(found.Rows) > 0 {
			t.Errorf("search finds %d, %v", len(found.Rows), err)
		}
		if seen := d.theirs("ada@example.org", "1"); seen.Body != "" || seen.Standing() {
			t.Errorf("the user reads %+v", seen)
		}
		if got, err := http.Get(d.url + address); err != nil || got.StatusCode != http.StatusNotFound {
			t.Errorf("the file is still there: %v", err)
		}
		d.Advance(time.Hour)
		if n := len(d.MailsTo("ada@example.org")); n > 0 {
			t.Errorf("%d e-mails went out", n)
		}
		log, err := d.Core.Audit.Page(t.Context(), d.Maya, rejoin.AuditFilter{Act: rejoin.MessageRedacted}, "")
		if err != nil || len(log.Entries) != 2 || log.Entries[0].AgentName != "API: Warehouse" {
			t.Errorf("the audit log: %+v, %v", log.Entries, err)
		}
		if n := len(slices.DeleteFunc(after.Events, func(e rejoin.Event) bool { return e.Kind != rejoin.EventRedacted })); n != 2 {
			t.Errorf("%d entries in the timeline", n)
		}
	})
}
