package core_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/store/storetest"
	"rejoin/webhook"
)

// say is Maya's messages in the conversation, by which order is seen.
func say(s *rejointest.Server, v *rejointest.Visitor, texts ...string) {
	s.T.Helper()
	for _, text := range texts {
		if err := s.Core.Messages.SendAsAgent(s.T.Context(), s.Maya, v.Issue.ID, s.NewClientID(), text); err != nil {
			s.T.Fatal(err)
		}
		s.Clock.Advance(time.Millisecond)
		if _, err := s.Runner.RunDue(s.T.Context()); err != nil {
			s.T.Fatal(err)
		}
	}
}

// bodies is what the receipts' messages say.
func bodies(list []receipt) (out []string) {
	for _, r := range list {
		if u := r.event.Data.Updates; u != nil {
			for _, m := range u.Messages {
				out = append(out, m.Body)
			}
		}
	}
	return out
}

func expect(t *testing.T, when string, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", when, diff)
	}
}

func one(t *testing.T, s *rejointest.Server, id string) core.WebhookState {
	t.Helper()
	w, err := s.Core.Webhooks.One(t.Context(), s.Maya, id)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func deliveries(t *testing.T, s *rejointest.Server, id string, state rejoin.DeliveryState) []rejoin.Delivery {
	t.Helper()
	p, err := s.Core.Webhooks.Page(t.Context(), s.Maya, id, core.DeliverySearch{State: state})
	if err != nil {
		t.Fatal(err)
	}
	return p.Deliveries
}

// What happened before a webhook was made is not told; what automations and bots do is; conditions choose; a repeated job tells nothing twice.
func TestWebhookNews(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		automations{s}.tags("vip")
		old := s.VisitKnown("Before", "Ada", "ada@example.org")
		s.Advance(time.Second)
		r, vips := receive(s), receive(s)
		hook(s, r, rejoin.UpdateIssue)
		hook(s, vips, rejoin.UpdateIssue, rejoin.Condition{Subject: rejoin.OnTags, Op: rejoin.OpIs, Values: []string{"vip"}})
		old.Say("After")
		expect(t, "an old conversation", bodies(r.take()), "After")

		automations{s}.add(rejoin.Rule{Name: "Tag", Trigger: rejoin.OnUpdate, Actions: []rejoin.Action{{Kind: rejoin.DoAddTags, Tags: []string{"vip"}}, write("We look.")}})
		s.Advance(time.Second)
		old.Say("Hello?")
		got := r.take()
		expect(t, "an automation", bodies(got), "Hello?", "We look.")
		if last := got[len(got)-1].event.Data.Updates; !slices.Contains(last.Tags, "vip") {
			t.Errorf("the tag of the automation is not told with its message: %v", what(got))
		}
		if got := bodies(vips.take()); !slices.Contains(got, "We look.") || slices.Contains(got, "After") {
			t.Errorf("with a condition: %v", got)
		}

		v := s.Visit("Hi") // Identity Bot asks
		if n := len(bodies(r.take())); n == 0 {
			t.Error("what a bot asks is not told")
		}
		before := len(r.take())
		for range 2 {
			if err := s.Core.Webhooks.Tell(t.Context(), rejoin.Job{Key: v.Issue.ID}); err != nil {
				t.Fatal(err)
			}
		}
		s.Settle()
		if after := len(r.take()); before+after != 0 {
			t.Errorf("a repeated job tells %d times more", after)
		}
	})
}

// A failing delivery holds back its own issue and nothing else; it is tried for a day, then the next may go.
func TestWebhookOrder(t *testing.T) {
	t.Parallel()
	s := rejointest.New(t, storetest.SQLite(t))
	r := receive(s)
	v, w := s.Visit("One"), s.Visit("Two")
	s.Advance(time.Second)
	id := hook(s, r, rejoin.UpdateIssue)
	poison := func(q receipt) int {
		if strings.Contains(string(q.body), "poison") {
			return http.StatusInternalServerError
		}
		return http.StatusOK
	}
	r.answers(poison)
	say(s, v, "first", "poison", "third")
	say(s, w, "other")
	expect(t, "at once", bodies(r.take()), "first", "poison", "other")
	for range 7 {
		s.Advance(2 * time.Hour)
		say(s, w, "tick") // the webhook as a whole is well
	}
	tries := 0
	for _, q := range r.take() {
		if strings.Contains(string(q.body), "poison") {
			tries++
		}
		if strings.Contains(string(q.body), "third") {
			t.Fatal("the next of the issue has overtaken")
		}
	}
	if tries < 20 || tries > 140 {
		t.Errorf("tried %d times in 14 hours", tries)
	}
	for range 6 {
		s.Advance(2 * time.Hour)
		say(s, w, "tick")
	}
	if !slices.Contains(bodies(r.take()), "third") {
		t.Error("after a day the next does not go")
	}
	if failed := deliveries(t, s, id, rejoin.DeliveryFailed); len(failed) != 1 || failed[0].Problem == "" || failed[0].Attempts < 40 {
		t.Errorf("given up: %+v", failed)
	}
	detail, err := s.Core.Webhooks.Delivery(t.Context(), s.Maya, id, deliveries(t, s, id, rejoin.DeliveryFailed)[0].ID)
	if err != nil || len(detail.Log) != 20 || detail.Log[0].Status != 500 || detail.Log[0].Answer != "thank you" || !strings.Contains(detail.Body, "poison") {
		t.Errorf("%+v %v", detail, err)
	}
	r.answers(nil)
	if n, err := s.Core.Webhooks.Replay(t.Context(), s.Maya, id, store.Replay{To: s.Clock.Now() + 1, Failed: true}); n != 1 || err != nil {
		t.Errorf("replayed %d, %v", n, err)
	}
	s.Settle()
	again := r.take()
	if len(again) != 1 || again[0].event.EventID != detail.Delivery.ID {
		t.Errorf("what is sent again has another id: %v", what(again))
	}
	if n, err := s.Core.Webhooks.Replay(t.Context(), s.Maya, id, store.Replay{To: s.Clock.Now() + 1}); n < 10 || err != nil {
		t.Errorf("replayed %d, %v", n, err)
	}
	s.Settle()
	if got := bodies(r.take()); slices.Index(got, "first") > slices.Index(got, "poison") || slices.Index(got, "poison") > slices.Index(got, "third") {
		t.Errorf("a replay in the wrong order: %v", got)
	}
}

// A receiver that is dead for a day: few requests, then the webhook switches itself off and administrators are told once; nothing is lost.
func TestWebhookDeadReceiver(t *testing.T) {
	t.Parallel()
	s := rejointest.New(t, storetest.SQLite(t))
	r := receive(s)
	id := hook(s, r, rejoin.UpdateIssue)
	r.answers(func(receipt) int { return http.StatusServiceUnavailable })
	var visitors []*rejointest.Visitor
	for range 8 {
		visitors = append(visitors, s.Visit("Hello"))
	}
	s.Advance(25 * time.Hour)
	w := one(t, s, id)
	if w.Webhook.Pause.Reason != rejoin.PauseFailing || w.Webhook.Health.LastWords == "" {
		t.Fatalf("after a day: %+v", w.Webhook)
	}
	if n := len(r.take()); n > 300 {
		t.Errorf("a dead receiver has got %d requests in a day", n)
	}
	var mails int
	for _, m := range s.Mails() {
		if strings.Contains(m.Subject, "was switched off") {
			mails++
		}
	}
	if mails != 1 {
		t.Errorf("%d e-mails", mails)
	}
	say(s, visitors[0], "while it is off")
	r.answers(nil)
	s.Advance(time.Hour)
	if n := len(r.take()); n != 0 {
		t.Errorf("a webhook that is off sends %d times", n)
	}
	if _, err := s.Core.Webhooks.SetPaused(t.Context(), s.Maya, id, false, false); err != nil {
		t.Fatal(err)
	}
	s.Settle()
	got := r.take()
	if texts := bodies(got); len(deliveries(t, s, id, rejoin.DeliveryWaiting)) != 0 || !slices.Contains(texts, "while it is off") || len(texts) < 9 {
		t.Errorf("what had waited: %v", texts)
	}
	r.answers(func(receipt) int { return http.StatusGone })
	say(s, visitors[0], "gone", "more")
	if w := one(t, s, id); w.Webhook.Pause.Reason != rejoin.PauseGone || w.Counts.Waiting != 2 {
		t.Errorf("after 410: %+v", w)
	}
	if _, err := s.Core.Webhooks.SetPaused(t.Context(), s.Maya, id, false, true); err != nil {
		t.Fatal(err)
	}
	r.answers(nil)
	r.take()
	say(s, visitors[0], "on")
	expect(t, "after what waited was dropped", bodies(r.take()), "on")
	if n := len(deliveries(t, s, id, rejoin.DeliveryDropped)); n != 2 {
		t.Errorf("%d were dropped", n)
	}
	s.Advance(31 * 24 * time.Hour)
	if err := s.Core.Upkeep.Run(t.Context(), rejoin.Job{}); err != nil {
		t.Fatal(err)
	}
	if n := len(deliveries(t, s, id, "")); n != 0 {
		t.Errorf("%d deliveries are kept for more than a month", n)
	}
}

// A pump that was too slow for its lease changes nothing any more; what it has sent comes again, with the same id, and in order.
func TestWebhookFence(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		r := receive(s)
		v := s.Visit("Hello")
		s.Advance(time.Second)
		id := hook(s, r, rejoin.UpdateIssue)
		reached, release := make(chan bool), make(chan bool)
		r.answers(func(receipt) int {
			reached <- true
			<-release
			return http.StatusInternalServerError
		})
		if err := s.Core.Messages.SendAsAgent(t.Context(), s.Maya, v.Issue.ID, s.NewClientID(), "first"); err != nil {
			t.Fatal(err)
		}
		if err := s.Core.Webhooks.Tell(t.Context(), rejoin.Job{Key: v.Issue.ID}); err != nil {
			t.Fatal(err)
		}
		slow := make(chan error)
		go func() { slow <- s.Core.Webhooks.Pump(t.Context(), rejoin.Job{Key: id}) }()
		<-reached
		r.answers(nil)
		s.Settle() // somebody else is at it
		expect(t, "while it is held", bodies(r.take()), "first")
		other := s.Another()
		s.Clock.Advance(61 * time.Second)
		other.Settle()
		got := r.take()
		expect(t, "after the lease", bodies(got), "first")
		close(release)
		if err := <-slow; err != nil {
			t.Fatal(err)
		}
		if w := one(t, s, id); w.Webhook.Health.Streak != 0 || len(deliveries(t, s, id, rejoin.DeliveryWaiting)) != 0 {
			t.Errorf("the slow one has changed something: %+v %+v", w.Webhook, deliveries(t, s, id, ""))
		}
	})
}

func TestWebhookSecretsAndTries(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, r := t.Context(), receive(s)
		id := hook(s, r, rejoin.UpdateIssue)
		first := r.secret
		list, err := s.Core.Webhooks.MakeSecret(ctx, s.Maya, id)
		if err != nil || len(list[0].Secrets) != 2 || list[0].Secrets[0].Value != "" {
			t.Fatalf("%+v %v", list, err)
		}
		if _, err := s.Core.Webhooks.MakeSecret(ctx, s.Maya, id); rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("a third secret: %v", err)
		}
		second, err := s.Core.Webhooks.Reveal(ctx, s.Maya, id, list[0].Secrets[1].ID)
		if err != nil {
			t.Fatal(err)
		}
		v := s.Visit("Hello")
		got := r.take()[0]
		for _, secret := range []string{first, second} {
			if !webhook.Verify(got.sent, s.Clock.Now(), got.body, secret) {
				t.Error("one of two secrets does not sign")
			}
		}
		if _, err := s.Core.Webhooks.DropSecret(ctx, s.Maya, id, list[0].Secrets[0].ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Core.Webhooks.DropSecret(ctx, s.Maya, id, list[0].Secrets[1].ID); rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("the last secret: %v", err)
		}
		r.mu.Lock()
		r.secret = second
		r.mu.Unlock()
		r.answers(func(receipt) int { return http.StatusTeapot })
		for _, try := range []core.HookTry{{Event: rejoin.CreateIssue}, {Event: rejoin.UpdateIssue, Number: v.Issue.Number}, {Event: rejoin.CreateIssue, Number: v.Issue.Number}} {
			try.URL, try.WebhookID = r.URL, id
			d, err := s.Core.Webhooks.Try(ctx, s.Maya, try)
			if err != nil || d.Delivery.Status != http.StatusTeapot || d.Log[0].Answer != "thank you" || d.Headers["Webhook-Signature"] == "" || len(r.take()) != 1 {
				t.Errorf("%+v: %+v %v", try, d, err)
			}
		}
		if n := len(deliveries(t, s, id, "")); n != 2 { // the beginning, and what Identity Bot asked
			t.Logf("tries are not logged: %d", n)
		}
		for name, in := range map[string]rejoin.Webhook{
			"title":            {URL: r.URL, Event: rejoin.CreateIssue},
			"url":              {Title: "A", URL: "ftp://example.com", Event: rejoin.CreateIssue},
			"event":            {Title: "A", URL: r.URL, Event: "delete_issue"},
			"all":              {Title: "A", URL: r.URL, Event: rejoin.CreateIssue, All: slices.Repeat(tagIs("x"), 11)},
			"all.0.values":     {Title: "A", URL: r.URL, Event: rejoin.CreateIssue, All: tagIs("nowhere")},
			"any.0.subject":    {Title: "A", URL: r.URL, Event: rejoin.CreateIssue, Any: after(rejoin.UnreadFor, time.Minute)},
			"title, with text": {Title: list[0].Webhook.Title, URL: r.URL, Event: rejoin.CreateIssue},
		} {
			field, _, _ := strings.Cut(name, ",")
			var bad *rejoin.Error
			if _, err := s.Core.Webhooks.Set(ctx, s.Maya, "", in); !errors.As(err, &bad) || bad.Field != field {
				t.Errorf("%s: %v", name, err)
			}
		}
		for n := range rejoin.MaxWebhooks {
			_, err := s.Core.Webhooks.Set(ctx, s.Maya, "", rejoin.Webhook{Title: fmt.Sprint("More ", n), URL: r.URL, Event: rejoin.CreateIssue})
			if (n == rejoin.MaxWebhooks-1) != (rejoin.CodeOf(err) == rejoin.Limited) {
				t.Errorf("webhook %d: %v", n+2, err)
			}
		}
		if _, err := s.Core.Webhooks.Delete(ctx, s.Maya, id); err != nil {
			t.Fatal(err)
		}
		s.Settle()
		acts := map[rejoin.AuditAct]bool{}
		page, err := s.Core.Audit.Page(ctx, s.Maya, rejoin.AuditFilter{}, "")
		for _, e := range page.Entries {
			acts[e.Act] = true
		}
		for _, want := range []rejoin.AuditAct{rejoin.WebhookMade, rejoin.WebhookSecretMade, rejoin.WebhookSecretSeen, rejoin.WebhookSecretDeleted, rejoin.WebhookDeleted} {
			if !acts[want] || err != nil {
				t.Errorf("%s is not in the log: %v", want, err)
			}
		}
	})
}

// Nobody but the company's administrators, and its programs, comes near a webhook.
func TestWebhookWrongPeople(t *testing.T) {
	s := rejointest.New(t, storetest.SQLite(t))
	r := receive(s)
	id := hook(s, r, rejoin.UpdateIssue)
	s.Visit("Hello")
	secret, delivery := one(t, s, id).Secrets[0].ID, deliveries(t, s, id, "")[0].ID
	ctx, w, gil, noor := t.Context(), s.Core.Webhooks, s.Second().Admin, s.Colleague()
	in := rejoin.Webhook{Title: "Mine", URL: r.URL, Event: rejoin.CreateIssue}
	reader := rejoin.APIKey{ID: "key_1", DomainID: s.Maya.DomainID, Access: rejoin.ReadOnly}.Agent()
	for name, use := range map[string]struct {
		do                func(rejoin.Agent) error
		gil, noor, reader rejoin.Code
	}{
		"list":   {func(a rejoin.Agent) error { _, err := w.List(ctx, a); return err }, "", rejoin.Forbidden, ""},
		"one":    {func(a rejoin.Agent) error { _, err := w.One(ctx, a, id); return err }, rejoin.NotFound, rejoin.Forbidden, ""},
		"change": {func(a rejoin.Agent) error { _, err := w.Set(ctx, a, id, in); return err }, rejoin.NotFound, rejoin.Forbidden, rejoin.Forbidden},
		"pause":  {func(a rejoin.Agent) error { _, err := w.SetPaused(ctx, a, id, true, false); return err }, rejoin.NotFound, rejoin.Forbidden, rejoin.Forbidden},
		"secret": {func(a rejoin.Agent) error { _, err := w.MakeSecret(ctx, a, id); return err }, rejoin.NotFound, rejoin.Forbidden, rejoin.Forbidden},
		"reveal": {func(a rejoin.Agent) error { _, err := w.Reveal(ctx, a, id, secret); return err }, rejoin.NotFound, rejoin.Forbidden, rejoin.Forbidden},
		"drop":   {func(a rejoin.Agent) error { _, err := w.DropSecret(ctx, a, id, secret); return err }, rejoin.NotFound, rejoin.Forbidden, rejoin.Forbidden},
		"log":    {func(a rejoin.Agent) error { _, err := w.Page(ctx, a, id, core.DeliverySearch{}); return err }, rejoin.NotFound, rejoin.Forbidden, ""},
		"look":   {func(a rejoin.Agent) error { _, err := w.Delivery(ctx, a, id, delivery); return err }, rejoin.NotFound, rejoin.Forbidden, ""},
		"replay": {func(a rejoin.Agent) error { _, err := w.Replay(ctx, a, id, store.Replay{ID: delivery}); return err }, rejoin.NotFound, rejoin.Forbidden, rejoin.Forbidden},
		"try": {func(a rejoin.Agent) error {
			_, err := w.Try(ctx, a, core.HookTry{URL: r.URL, Event: rejoin.CreateIssue, WebhookID: id})
			return err
		}, rejoin.NotFound, rejoin.Forbidden, rejoin.Forbidden},
		"issue": {func(a rejoin.Agent) error {
			_, err := w.Try(ctx, a, core.HookTry{URL: r.URL, Event: rejoin.CreateIssue, Number: 1})
			return err
		}, rejoin.Invalid, rejoin.Forbidden, rejoin.Forbidden},
		"delete":  {func(a rejoin.Agent) error { _, err := w.Delete(ctx, a, id); return err }, rejoin.NotFound, rejoin.Forbidden, rejoin.Forbidden},
		"another": {func(a rejoin.Agent) error { _, err := w.Delivery(ctx, a, "hook_x", delivery); return err }, rejoin.NotFound, rejoin.Forbidden, rejoin.NotFound},
	} {
		for who, c := range map[string]struct {
			a    rejoin.Agent
			want rejoin.Code
		}{"another company's": {gil, use.gil}, "no administrator": {noor, use.noor}, "a key that reads": {reader, use.reader}} {
			if err := use.do(c.a); rejoin.CodeOf(err) != c.want {
				t.Errorf("%s by %s: %v, want %q", name, who, err, c.want)
			}
		}
	}
}
