package rejointest_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/jobs"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/store/storetest"
)

// Every handler bears running twice: right after it has finished, as if the process had died before that was written down, and once
// more when everything is over.
func TestPromise_EveryJobTwice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		once := tell(t, rejointest.New(t, storetest.SQLite(t)), false)
		twice := tell(t, rejointest.New(t, st), true)
		if diff := cmp.Diff(once, twice); diff != "" {
			t.Errorf("running the jobs twice makes a difference (-once +twice):\n%s", diff)
		}
	})
}

// told is what can be seen at the end of the story.
type told struct {
	Messages, Timeline, Mails []string
	Ran                       map[rejoin.JobKind]bool
}

// repeater runs jobs twice and remembers them.
type repeater struct {
	s     *rejointest.Server
	twice bool
	ran   []rejoin.Job
	kinds map[rejoin.JobKind]bool
}

// handlers are the server's, each doing its job as often as it should.
func (r *repeater) handlers() (list []jobs.Handler) {
	for _, h := range r.s.Core.Handlers() {
		run := h.Run
		h.Run = func(ctx context.Context, j rejoin.Job) error {
			r.ran, r.kinds[j.Kind] = append(r.ran, j), true
			err := run(ctx, j)
			if err == nil && r.twice {
				err = run(ctx, j)
			}
			return err
		}
		list = append(list, h)
	}
	return list
}

// again runs everything that has ever run once more.
func (r *repeater) again(t *testing.T) {
	for _, j := range r.ran {
		for _, h := range r.s.Core.Handlers() {
			if h.Kind != j.Kind {
				continue
			}
			if err := h.Run(t.Context(), j); err != nil {
				t.Errorf("%s %s again: %v", j.Kind, j.Key, err)
			}
		}
	}
	r.s.Settle()
}

// tell lets every kind of job run: the bot asks, e-mails go out by the clock and by hand, settings and wishes change, a day passes.
func tell(t *testing.T, s *rejointest.Server, twice bool) told {
	r := &repeater{s: s, twice: twice, kinds: map[rejoin.JobKind]bool{}}
	s.Runner = jobs.New(s.Store, s.Clock, slog.New(slog.NewTextHandler(io.Discard, nil)), r.handlers(), 1)
	if err := s.Core.Upkeep.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	automate(t, s)
	v := s.VisitKnown("Do you have these boots in 43?", "Ada", "ada@example.org")
	other := s.VisitKnown("Where is my parcel?", "Ada", "ada@example.org")
	s.Reply(v, "We do.")
	s.Reply(other, "On its way.")
	s.SetFollowUp(func(f *rejoin.FollowUpSettings) { f.Window = 300 })
	s.Advance(6 * time.Minute)
	s.Reply(v, "Shall I keep a pair?")
	if err := s.Core.FollowUps.SendNow(t.Context(), s.Maya, v.Issue.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Core.Agents.ForgotPassword(t.Context(), s.Maya.Email); err != nil {
		t.Fatal(err)
	}
	s.Settle()
	v.Say("Please do.")
	s.Reply(v, "Done.")
	v.Read(v.Last())
	lookUp(t, s, other)
	s.Reply(other, "It has arrived.")
	queueUp(t, s, other)
	wish := regexp.MustCompile(`/m/([\w-]{43})`).FindStringSubmatch(s.Mails()[0].Text)
	if err := s.Core.Wishes.Set(t.Context(), wish[1], rejoin.Unsubscribe, true); err != nil {
		t.Fatal(err)
	}
	s.Settle()
	hookUp(t, s, v)
	s.Advance(25 * time.Hour)
	if twice {
		r.again(t)
	}
	for _, h := range s.Core.Handlers() {
		if !r.kinds[h.Kind] {
			t.Errorf("the story never runs the job %s", h.Kind)
		}
	}
	return r.told(v, other)
}

// automate makes an automation of each kind. One posts to a program.
func automate(t *testing.T, s *rejointest.Server) {
	program := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(program.Close)
	for _, r := range []rejoin.Rule{
		{Name: "Begun", Trigger: rejoin.OnNewIssue, Actions: []rejoin.Action{{Kind: rejoin.DoWebhook, URL: program.URL}}},
		{Name: "Changed", Trigger: rejoin.OnUpdate, Repeat: true, Actions: []rejoin.Action{{Kind: rejoin.DoNote, Note: "Look at {{issue.number}}"}}},
		{Name: "Late", Trigger: rejoin.OnTime, All: []rejoin.Condition{{Subject: rejoin.UserSilentFor, Op: rejoin.OpFor, For: 3600}},
			Actions: []rejoin.Action{{Kind: rejoin.DoMessage, Text: &rejoin.LocalText{Text: "Are you there?"}}}},
	} {
		r.On = true
		if _, err := s.Core.Rules.Set(t.Context(), s.Maya, "", r); err != nil {
			t.Fatal(err)
		}
	}
}

// lookUp lets a bot ask a program about the conversation.
func lookUp(t *testing.T, s *rejointest.Server, v *rejointest.Visitor) {
	program := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"state":"on its way"}`)) }))
	t.Cleanup(program.Close)
	p, err := s.Core.Bots.Make(t.Context(), s.Maya, core.NewBot{Name: "Look up", Kind: rejoin.CustomBot})
	if err != nil {
		t.Fatal(err)
	}
	p, err = s.Core.Bots.Save(t.Context(), s.Maya, p.ID, core.SaveBot{Name: p.Name, Revision: p.Revision, Draft: rejoin.Script{Steps: []rejoin.Step{
		{ID: "call", Kind: rejoin.StepRequest, Name: "shop", Request: &rejoin.Request{Method: "GET", URL: program.URL}},
		{ID: "say", Kind: rejoin.StepMessage, Text: rejoin.LocalText{Text: "Your parcel is {{answer.shop.state}}."}}}}})
	if err == nil {
		p, err = s.Core.Bots.Publish(t.Context(), s.Maya, p.ID, p.Revision)
	}
	if err == nil {
		err = s.Core.Bots.StartOn(t.Context(), s.Maya, v.Issue.ID, p.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.Settle()
}

// hookUp tells a program, which says that it is gone, of an answer; another webhook is deleted.
func hookUp(t *testing.T, s *rejointest.Server, v *rejointest.Visitor) {
	program := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) }))
	t.Cleanup(program.Close)
	for _, title := range []string{"Gone", "Deleted"} {
		made, err := s.Core.Webhooks.Set(t.Context(), s.Maya, "", rejoin.Webhook{Title: title, URL: program.URL, Event: rejoin.UpdateIssue})
		if err == nil && title == "Deleted" {
			_, err = s.Core.Webhooks.Delete(t.Context(), s.Maya, made.Webhook.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	s.Reply(v, "Anything else?")
}

// queueUp moves the conversation into a queue where nobody is, so that it goes on to another one with a message, which is archived.
func queueUp(t *testing.T, s *rejointest.Server, v *rejointest.Visitor) {
	set := func(q rejoin.Queue) string {
		list, err := s.Core.Queues.Set(t.Context(), s.Maya, "", q)
		if err != nil {
			t.Fatal(err)
		}
		return list[0].ID // by name
	}
	night := set(rejoin.Queue{Name: "Night", Message: &rejoin.LocalText{Text: "Nobody is here at night."}})
	day := set(rejoin.Queue{Name: "Day", FallbackID: night})
	if err := s.Core.Issues.Move(t.Context(), s.Maya, v.Issue.ID, day, nil); err != nil {
		t.Fatal(err)
	}
	s.Settle()
	if got := s.Load(v.Issue.ID).Queue; got != "Night" {
		t.Errorf("the conversation is in the queue %q, want Night", got)
	}
	if _, err := s.Core.Queues.Archive(t.Context(), s.Maya, night, true); err != nil {
		t.Fatal(err)
	}
	s.Settle()
}

// localPort is a program of the test.
var localPort = regexp.MustCompile(`127\.0\.\s*0\.1:\d+`)

// told describes the visitors' conversations and the e-mails without what is different each time.
func (r *repeater) told(visitors ...*rejointest.Visitor) (out told) {
	out.Ran = r.kinds
	start := rejointest.NewClock().Now()
	for _, v := range visitors {
		thread := r.s.Load(v.Issue.ID)
		for _, m := range thread.Messages {
			out.Messages = append(out.Messages, m.CreatedAt.Sub(start).String()+" "+string(m.Origin)+": "+m.Body)
		}
		for _, e := range thread.Events {
			line := e.CreatedAt.Sub(start).String() + " " + string(e.Kind) + " " + string(e.Data.State)
			if f := e.Data.FollowUp; f != nil {
				line += f.Step + " " + string(f.Reason)
			}
			if n := e.Data.Rule; n != nil {
				line += n.Name
			}
			out.Timeline = append(out.Timeline, line)
		}
	}
	secret := regexp.MustCompile(`[\w-]{43}`)
	for _, m := range r.s.Mails() {
		text := secret.ReplaceAllStringFunc(m.Text, func(s string) string {
			if identity.WellFormed(s) {
				return "…"
			}
			return s
		})
		text = localPort.ReplaceAllString(text, "127.0.0.1")
		out.Mails = append(out.Mails, strings.ReplaceAll(text, r.s.Made.Platform.ID, "platform"))
	}
	return out
}
