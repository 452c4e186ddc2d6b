package rejointest_test

import (
	"context"
	"io"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
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
	s.Reply(other, "It has arrived.")
	wish := regexp.MustCompile(`/m/([\w-]{43})`).FindStringSubmatch(s.Mails()[0].Text)
	if err := s.Core.Wishes.Set(t.Context(), wish[1], rejoin.Unsubscribe, true); err != nil {
		t.Fatal(err)
	}
	s.Settle()
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
		out.Mails = append(out.Mails, strings.ReplaceAll(text, r.s.Made.Platform.ID, "platform"))
	}
	return out
}
