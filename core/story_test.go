package core_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/store/storetest"
)

// each runs f with a whole server on every engine, while other tests run: most of the time goes by in waiting for the disk.
func each(t *testing.T, f func(t *testing.T, s *rejointest.Server)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, st *store.Store) { f(t, rejointest.New(t, st)) })
}

func TestStory(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.Visit("Do you have these boots in 43?")
		if got := s.Load(v.Issue.ID).Issue.Bot.Asking; got != rejoin.AskName {
			t.Fatalf("Identity Bot asks for %q, want the name", got)
		}
		v.Answer("Ada")
		v.Answer("ada@example.org")
		v.Read(v.Last())

		s.Reply(v, "We do.")
		s.Advance(6 * time.Minute)
		s.Reply(v, "Shall I keep a pair?")
		s.Advance(6 * time.Minute)
		if n := len(s.Mails()); n != 0 {
			t.Fatalf("%d e-mails 6 minutes after the second message, want none before 10", n)
		}
		s.Advance(4 * time.Minute)
		mails := s.Mails()
		if len(mails) != 1 {
			t.Fatalf("%d e-mails, want one", len(mails))
		}
		for _, want := range []string{"We do.", "Shall I keep a pair?"} {
			if !strings.Contains(mails[0].Text, want) || !strings.Contains(mails[0].HTML, want) {
				t.Errorf("the e-mail lacks %q", want)
			}
		}
		if strings.Contains(mails[0].Text+mails[0].HTML, "Ada") {
			t.Error("the e-mail to a typed address echoes what the visitor wrote")
		}

		token := linkToken(t, mails[0].Text)
		guest := identity.NewToken()
		out, err := s.Core.Returns.Redeem(t.Context(), core.Redeem{PlatformID: s.Made.Platform.ID, Token: token, Session: guest})
		if err != nil || out.Result != rejoin.ReturnSame || out.IssueID != v.Issue.ID || out.Own {
			t.Fatalf("redeem: %+v, %v", out, err)
		}
		if _, err := s.Core.Messages.ReadAsUser(t.Context(), guest, out.IssueID, v.Last()); rejoin.CodeOf(err) != rejoin.Forbidden {
			t.Errorf("reading before a gesture: %v, want forbidden", err)
		}
		if _, err := s.Core.Returns.Confirm(t.Context(), guest, out.IssueID, out.VisitID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Core.Messages.SendAsUser(t.Context(), guest, out.IssueID, core.UserSend{ClientID: s.NewClientID(), Body: "Yes please!"}); err != nil {
			t.Fatal(err)
		}
		th := s.Load(v.Issue.ID)
		if f := th.FollowUp; f.State != rejoin.FollowUpSent || f.OpenedAt == 0 || f.ReturnedAt == 0 || f.RepliedAt == 0 {
			t.Errorf("the follow-up is %+v, want sent, opened, returned and replied", f)
		}
		want := "waiting restarted sent opened returned replied"
		if got := strings.Join(steps(th), " "); !strings.HasSuffix(got, want) {
			t.Errorf("the timeline says %q, want it to end with %q", got, want)
		}
	})
}

var rejoinLink = regexp.MustCompile(`(https://\S+)#rejoin=([A-Za-z0-9_-]{43})`)

func linkToken(t *testing.T, text string) string {
	t.Helper()
	m := rejoinLink.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no link in:\n%s", text)
	}
	return m[2]
}

// steps are the follow-up steps of the timeline.
func steps(th core.Thread) (list []string) {
	for _, e := range th.Events {
		if e.Kind == rejoin.EventFollowUp {
			list = append(list, e.Data.FollowUp.Step)
		}
	}
	return list
}
