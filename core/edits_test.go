package core_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/mail"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/store/storetest"
)

// newest is the newest message of the conversation.
func newest(s *rejointest.Server, issueID string) rejoin.Message {
	list := s.Load(issueID).Messages
	return list[len(list)-1]
}

// supervisor is another agent of the first company.
func supervisor(s *rejointest.Server) rejoin.Agent {
	s.T.Helper()
	a, err := s.Core.Setup.AddAgent(s.T.Context(), s.Made.Domain.ID, rejoin.Supervisor, "Sue", "sue@example.com", "correct horse")
	if err != nil {
		s.T.Fatal(err)
	}
	return a
}

func TestEditReachesMailAndUser(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, v := t.Context(), s.VisitKnown("Hello", "Ada", "ada@example.org")
		s.Reply(v, "Your tent costs 90.")
		m := newest(s, v.Issue.ID)
		had := core.Cursor{Seq: m.Seq, Version: s.Load(v.Issue.ID).Issue.Version}
		for range 2 { // the second changes nothing
			if err := s.Core.Messages.Edit(ctx, s.Maya, v.Issue.ID, m.ID, "Your tent costs **80**.", "Your tent costs 90."); err != nil {
				t.Fatal(err)
			}
		}
		up, err := s.Core.Messages.After(ctx, v.Token, v.Issue.ID, had)
		if err != nil || len(up.Messages) != 0 || len(up.Changed) != 1 || up.Changed[0].Body != "Your tent costs **80**." || up.Changed[0].Change.EditedAt == 0 {
			t.Fatalf("the user learns %+v, %v", up, err)
		}
		if up, err = s.Core.Messages.After(ctx, v.Token, v.Issue.ID, core.Cursor{Seq: m.Seq, Version: up.Issue.Version}); err != nil || len(up.Changed) != 0 {
			t.Errorf("told again: %+v, %v", up.Changed, err)
		}
		if th := s.Load(v.Issue.ID); th.Issue.Version != had.Version+1 || th.Issue.Preview != "Your tent costs **80**." {
			t.Errorf("the issue is %+v", th.Issue)
		}
		if err := s.Core.Messages.Edit(ctx, s.Maya, v.Issue.ID, m.ID, "Free!", "Your tent costs 90."); rejoin.CodeOf(err) != rejoin.Conflict || !strings.Contains(err.Error(), "Maya") {
			t.Errorf("with an old text: %v, want a conflict that names Maya", err)
		}
		s.Advance(time.Hour)
		mails := s.Mails()
		if len(mails) != 1 || strings.Contains(mails[0].Text, "90") || !strings.Contains(mails[0].Text, "**80**") || !strings.Contains(mails[0].HTML, "<strong>80</strong>") {
			t.Fatalf("%d e-mails: %+v", len(mails), mails)
		}
		for name, err := range map[string]error{
			"edit":      s.Core.Messages.Edit(ctx, s.Maya, v.Issue.ID, m.ID, "Free!", "Your tent costs **80**."),
			"take back": s.Core.Messages.TakeBack(ctx, s.Maya, v.Issue.ID, m.ID),
		} {
			if rejoin.CodeOf(err) != rejoin.Conflict || !strings.Contains(err.Error(), "mailed") {
				t.Errorf("%s what was mailed: %v", name, err)
			}
		}
	})
}

func TestNoChangeOfWhatWasRead(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, v := t.Context(), s.VisitKnown("Hello", "Ada", "ada@example.org")
		s.Reply(v, "One")
		m := newest(s, v.Issue.ID)
		v.Read(m.Seq)
		for name, err := range map[string]error{
			"edit":      s.Core.Messages.Edit(ctx, s.Maya, v.Issue.ID, m.ID, "Two", "One"),
			"take back": s.Core.Messages.TakeBack(ctx, s.Maya, v.Issue.ID, m.ID),
		} {
			if rejoin.CodeOf(err) != rejoin.Conflict || !strings.Contains(err.Error(), "Ada has read") {
				t.Errorf("%s what was read: %v", name, err)
			}
		}
		if got := newest(s, v.Issue.ID); got.Body != "One" || got.Change != (rejoin.Change{}) {
			t.Errorf("the message is %+v", got)
		}
	})
}

// An edit between the commit of the hand-over and the dot is too late, one before it is in the e-mail.
func TestEditDuringHandOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		stand := &stage{hazard: nothing, handed: func(mail.Message) {}}
		s := rejointest.New(t, st, rejointest.WithMailer(func(m core.Mailer) core.Mailer { stand.Mailer = m; return stand }))
		v := s.VisitKnown("Hello", "Ada", "ada@example.org")
		s.Reply(v, "One")
		m := newest(s, v.Issue.ID)
		edit := func(body, was string) error {
			return s.Core.Messages.Edit(context.Background(), s.Maya, v.Issue.ID, m.ID, body, was)
		}
		stand.beforeDot = func() {
			if err := edit("Two", "One"); err != nil {
				t.Errorf("before the hand-over is committed: %v", err)
			}
			stand.afterDot = func() {
				if err := edit("Three", "Two"); rejoin.CodeOf(err) != rejoin.Conflict || !strings.Contains(err.Error(), "being mailed") {
					t.Errorf("after the hand-over was committed: %v", err)
				}
				if err := s.Core.Messages.SendAsAgent(context.Background(), s.Maya, v.Issue.ID, "a-later-answer", "Later"); err != nil {
					t.Error(err)
				}
				later := newest(s, v.Issue.ID)
				if err := s.Core.Messages.Edit(context.Background(), s.Maya, v.Issue.ID, later.ID, "Much later", "Later"); err != nil {
					t.Errorf("what is in no e-mail yet: %v", err)
				}
			}
		}
		s.Advance(15 * time.Minute)
		if mails := s.Mails(); len(mails) != 1 || !strings.Contains(mails[0].Text, "Two") {
			t.Fatalf("%d e-mails: %+v", len(mails), mails)
		}
		s.Advance(time.Hour)
		if mails := s.Mails(); len(mails) != 2 || !strings.Contains(mails[1].Text, "Much later") || strings.Contains(mails[1].Text, "Two") {
			t.Errorf("%d e-mails: %+v", len(mails), mails)
		}
	})
}

func TestTakeBack(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, v := t.Context(), s.VisitKnown("Hello", "Ada", "ada@example.org")
		before := s.Load(v.Issue.ID).Issue
		file, err := s.Core.Attachments.AddAsAgent(ctx, s.Maya, core.Upload{ClientID: s.NewClientID(), Name: "a.txt", Body: strings.NewReader("a")})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Core.Messages.SendAsAgent(ctx, s.Maya, v.Issue.ID, "the-only-answer", "Wrong person", file.ID); err != nil {
			t.Fatal(err)
		}
		m, address := newest(s, v.Issue.ID), s.Core.Attachments.Addresses(file)
		for range 2 {
			if err := s.Core.Messages.TakeBack(ctx, s.Maya, v.Issue.ID, m.ID); err != nil {
				t.Fatal(err)
			}
		}
		th := s.Load(v.Issue.ID)
		if th.FollowUp.State != rejoin.FollowUpCancelled || th.FollowUp.Reason != rejoin.ReasonTakenBack {
			t.Errorf("the follow-up is %s (%s)", th.FollowUp.State, th.FollowUp.Reason)
		}
		if th.Issue.State != before.State || th.Issue.WaitingSince != before.WaitingSince || th.Issue.Preview != before.Preview || th.Issue.LastOutSeq != before.LastOutSeq {
			t.Errorf("the issue stands as\n%+v, before the answer it was\n%+v", th.Issue, before)
		}
		up, err := s.Core.Messages.After(ctx, v.Token, v.Issue.ID, core.Cursor{Seq: m.Seq, Version: 1})
		if err != nil || up.Unread != 0 || len(up.Changed) != 1 || up.Changed[0].Body != "" || len(up.Changed[0].Files) != 0 || up.Changed[0].Standing() {
			t.Errorf("the user learns %+v, %v", up, err)
		}
		if _, _, err := fetch(s, address.Full, nil); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("the file can still be had: %v", err)
		}
		if err := s.Core.Messages.SendAsAgent(ctx, s.Maya, v.Issue.ID, "the-only-answer", "Wrong person", file.ID); err != nil {
			t.Errorf("the send repeated: %v", err)
		}
		if err := s.Core.Messages.Edit(ctx, s.Maya, v.Issue.ID, m.ID, "Back again", ""); rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("editing it: %v", err)
		}
		s.Advance(25 * time.Hour)
		if n := len(s.Mails()); n != 0 {
			t.Errorf("%d e-mails", n)
		}
		if err := s.Core.Attachments.DropUnsent(ctx, rejoin.Job{}); err != nil {
			t.Fatal(err)
		}
		if err := s.Store.Read(ctx, func(tx *store.Tx) error { _, err := tx.Attachment(file.ID); return err }); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("the file is still kept: %v", err)
		}
	})
}

// What is left of a span is mailed without what was taken back.
func TestTakeBackOneOfTwo(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.VisitKnown("Hello", "Ada", "ada@example.org")
		s.Reply(v, "Stays.")
		s.Reply(v, "Goes.")
		if err := s.Core.Messages.TakeBack(t.Context(), s.Maya, v.Issue.ID, newest(s, v.Issue.ID).ID); err != nil {
			t.Fatal(err)
		}
		if th := s.Load(v.Issue.ID); th.Issue.State != rejoin.AgentReplied || th.Issue.Preview != "Stays." {
			t.Errorf("the issue is %+v", th.Issue)
		}
		s.Advance(time.Hour)
		if mails := s.Mails(); len(mails) != 1 || !strings.Contains(mails[0].Text, "Stays.") || strings.Contains(mails[0].Text, "Goes.") {
			t.Errorf("%d e-mails: %+v", len(mails), mails)
		}
	})
}

func TestWhoMayChangeMessages(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, gil, noor, sue := t.Context(), s.Second().Admin, s.Colleague(), supervisor(s)
		v := s.VisitKnown("Hello", "Ada", "ada@example.org")
		other := s.VisitKnown("Another matter", "Bo", "bo@example.org")
		if err := s.Core.Messages.SendAsAgent(ctx, noor, v.Issue.ID, "noors-answer", "One"); err != nil {
			t.Fatal(err)
		}
		m := newest(s, v.Issue.ID)
		users := s.Load(v.Issue.ID).Messages[0]
		for name, c := range map[string]struct {
			a       rejoin.Agent
			issueID string
			id      string
			want    rejoin.Code
		}{
			"another company":         {gil, v.Issue.ID, m.ID, rejoin.NotFound},
			"in another conversation": {noor, other.Issue.ID, m.ID, rejoin.NotFound},
			"an unknown message":      {noor, v.Issue.ID, "msg_1", rejoin.NotFound},
			"what the visitor wrote":  {s.Maya, v.Issue.ID, users.ID, rejoin.Forbidden},
			"its author":              {noor, v.Issue.ID, m.ID, ""},
			"a supervisor":            {sue, v.Issue.ID, m.ID, ""},
		} {
			body := newest(s, v.Issue.ID).Body
			if err := s.Core.Messages.Edit(ctx, c.a, c.issueID, c.id, body+"!", body); rejoin.CodeOf(err) != c.want {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
		if got := newest(s, v.Issue.ID); got.Body != "One!!" || got.AuthorID != noor.ID {
			t.Errorf("the message is %+v", got)
		}
		s.Reply(v, "Maya's")
		for name, err := range map[string]error{
			"edit":      s.Core.Messages.Edit(ctx, noor, v.Issue.ID, newest(s, v.Issue.ID).ID, "x", "Maya's"),
			"take back": s.Core.Messages.TakeBack(ctx, noor, v.Issue.ID, newest(s, v.Issue.ID).ID),
		} {
			if rejoin.CodeOf(err) != rejoin.Forbidden {
				t.Errorf("an agent, a colleague's message, %s: %v", name, err)
			}
		}
	})
}

// Two agents do something at once: one of them learns that it was the other.
func TestTwoAgentsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, noor, sue := t.Context(), s.Colleague(), supervisor(s)
		v := s.VisitKnown("Hello", "Ada", "ada@example.org")
		s.Reply(v, "One")
		th := s.Load(v.Issue.ID)
		m, nobody := newest(s, v.Issue.ID), ""
		if _, err := s.Core.Labels.AddField(ctx, s.Maya, rejoin.CustomField{Key: "plan", Label: "Plan", Type: rejoin.SingleLine, Platforms: []rejoin.PlatformKind{rejoin.Web}}); err != nil {
			t.Fatal(err)
		}
		for name, do := range map[string]func(a rejoin.Agent) error{
			"answer": func(a rejoin.Agent) error {
				return s.Core.Messages.Answer(ctx, a, v.Issue.ID, core.AgentSend{ClientID: "answer-of-" + a.Name, Body: "x", Seen: th.Issue.LastSeq})
			},
			"assign": func(a rejoin.Agent) error { return s.Core.Issues.Assign(ctx, a, v.Issue.ID, a.ID, &nobody) },
			"field": func(a rejoin.Agent) error {
				return s.Core.Issues.SetField(ctx, a, v.Issue.ID, core.SetField{Key: "plan", Value: a.Name})
			},
			"edit": func(a rejoin.Agent) error { return s.Core.Messages.Edit(ctx, a, v.Issue.ID, m.ID, a.Name, "One") },
		} {
			agents := []rejoin.Agent{sue, s.Maya}
			if name != "edit" {
				agents[1] = noor
			}
			errs := make([]error, 2)
			var wg sync.WaitGroup
			for n, a := range agents {
				wg.Go(func() { errs[n] = do(a) })
			}
			wg.Wait()
			won, lost := 0, 1
			if errs[0] != nil {
				won, lost = 1, 0
			}
			if errs[won] != nil || rejoin.CodeOf(errs[lost]) != rejoin.Conflict || !strings.Contains(errs[lost].Error(), agents[won].Name) {
				t.Errorf("%s: %v; one must win, and the other learn who", name, errs)
			}
			if err := do(agents[won]); err != nil {
				t.Errorf("%s, repeated by who won: %v", name, err)
			}
		}
		if got := s.Load(v.Issue.ID).Issue; got.LastSeq != th.Issue.LastSeq+1 {
			t.Errorf("the conversation has %d messages, want %d", got.LastSeq, th.Issue.LastSeq+1)
		}
	})
}
