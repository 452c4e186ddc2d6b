package core_test

import (
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/rejointest"
	"rejoin/store/storetest"
)

// Trying a rule on an issue says what the engine then does: with updates, and with time.
func TestTryingSaysWhatTheEngineDoes(t *testing.T) {
	t.Parallel()
	s := automations{rejointest.New(t, storetest.SQLite(t))}
	s.tags("vip", "late")
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 12 {
		rules := map[string]rejoin.Rule{}
		for n := range 6 {
			rule := randomRule(r, n)
			rules[s.add(rule)] = rule
		}
		v := s.Visit([]string{"Where is my parcel?", "Hello"}[r.IntN(2)])
		for range 6 {
			if !s.something(r, v) {
				continue
			}
			says := s.tryAll(rules, v.Issue.ID)
			before := len(s.ran(v))
			s.Settle()
			for _, name := range s.ran(v)[before:] {
				if t := says[name]; !t.Verdict.Runs {
					s.T.Errorf("round %d: %s ran, but trying says %q %+v", round, name, t.Text, t.Verdict)
				}
				delete(says, name)
			}
			for name, t := range says {
				if t.Verdict.Runs && rules[idOf(rules, name)].Trigger != rejoin.OnTime {
					s.T.Errorf("round %d: %s did not run, but trying says %q", round, name, t.Text)
				}
			}
			s.untilTheNext(rules, v)
		}
		for id := range rules {
			if _, err := s.Core.Rules.Delete(t.Context(), s.Maya, id); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func idOf(rules map[string]rejoin.Rule, name string) string {
	for id, r := range rules {
		if r.Name == name {
			return id
		}
	}
	return ""
}

// randomRule leaves a note, so that the rules after it find the same issue.
func randomRule(r *rand.Rand, n int) rejoin.Rule {
	rule := rejoin.Rule{Name: string(rune('A' + n)), Trigger: rejoin.OnUpdate, Repeat: r.IntN(2) == 0, Actions: []rejoin.Action{{Kind: rejoin.DoNote, Note: "Ran"}}}
	plain := []rejoin.Condition{{Subject: rejoin.OnTags, Op: rejoin.OpIs, Values: []string{"vip"}}, {Subject: rejoin.OnState, Op: rejoin.OpIs, Values: []string{"agent-replied"}},
		{Subject: rejoin.OnFirstMessage, Op: rejoin.OpContains, Values: []string{"parcel"}}, {Subject: rejoin.OnLastMessage, Op: rejoin.OpIs, Values: []string{"hello?"}}}
	timed := []rejoin.Subject{rejoin.FirstResponseLate, rejoin.NextResponseLate, rejoin.UserSilentFor, rejoin.UnreadFor, rejoin.OfflineFor}
	if n%2 == 0 {
		rule.Trigger, rule.All = rejoin.OnTime, after(timed[r.IntN(len(timed))], time.Duration(1+r.IntN(3))*time.Minute)
	}
	for range r.IntN(3) {
		c := plain[r.IntN(len(plain))]
		if rule.Trigger == rejoin.OnUpdate && r.IntN(2) == 0 {
			rule.Any = append(rule.Any, c)
		} else {
			rule.All = append(rule.All, c)
		}
	}
	return rule
}

// something happens in the conversation, and no job runs yet. It reports false if all was so before.
func (s automations) something(r *rand.Rand, v *rejointest.Visitor) bool {
	s.T.Helper()
	var err error
	before := s.Load(v.Issue.ID).Issue.Version
	switch ctx := s.T.Context(); r.IntN(4) {
	case 0:
		err = s.Core.Messages.SendAsAgent(ctx, s.Maya, v.Issue.ID, s.NewClientID(), "Soon.")
	case 1:
		_, err = s.Core.Messages.SendAsUser(ctx, v.Token, v.Issue.ID, core.UserSend{ClientID: s.NewClientID(), Body: "Hello?"})
	case 2:
		err = s.Core.Issues.Tag(ctx, s.Maya, v.Issue.ID, []string{"vip"}, []string{"late"})
	case 3:
		err = s.Core.Issues.Tag(ctx, s.Maya, v.Issue.ID, []string{"late"}, []string{"vip"})
	}
	if err != nil {
		s.T.Fatal(err)
	}
	return s.Load(v.Issue.ID).Issue.Version > before
}

// tryAll tries every rule on the issue, by name.
func (s automations) tryAll(rules map[string]rejoin.Rule, issueID string) map[string]core.TriedRule {
	s.T.Helper()
	says := map[string]core.TriedRule{}
	for id, r := range rules {
		t, err := s.Core.Rules.Try(s.T.Context(), s.Maya, r, id, issueID)
		if err != nil {
			s.T.Fatal(err)
		}
		says[r.Name] = t
	}
	return says
}

// untilTheNext lets time pass until a timed rule is said to run, and expects just that.
func (s automations) untilTheNext(rules map[string]rejoin.Rule, v *rejointest.Visitor) {
	s.T.Helper()
	says := s.tryAll(rules, v.Issue.ID)
	var next rejoin.Millis
	for name, t := range says {
		if t.Verdict.Runs && rules[idOf(rules, name)].Trigger == rejoin.OnTime {
			s.T.Errorf("%s waits for nothing, and does not run", name)
		}
		if at := t.Verdict.At; at > 0 && (next == 0 || at < next) {
			next = at
		}
	}
	if next == 0 {
		s.Advance(time.Minute)
		return
	}
	before := len(s.ran(v))
	s.Advance(next.Sub(s.Clock.Now()) - time.Millisecond)
	if got := s.ran(v)[before:]; len(got) > 0 {
		s.T.Errorf("%v ran too early", got)
	}
	says = s.tryAll(rules, v.Issue.ID)
	s.Advance(time.Millisecond)
	got := s.ran(v)[before:]
	for name, t := range says {
		if t.Verdict.At == next && t.Verdict.Why == "waits" && !slices.Contains(got, name) && !s.known(rules, name, v) {
			s.T.Errorf("%s did not run when its time had come: %v", name, got)
		}
	}
}

// known reports whether a rule that may run again has run for the same before.
func (s automations) known(rules map[string]rejoin.Rule, name string, v *rejointest.Visitor) bool {
	return s.tryAll(rules, v.Issue.ID)[name].Verdict.Why == "known"
}

func TestRulesPost(t *testing.T) {
	each(t, func(t *testing.T, server *rejointest.Server) {
		s := automations{server}
		type post struct {
			header http.Header
			body   []byte
		}
		var posts []post
		answers := []int{500, 503, 200}
		program := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			posts = append(posts, post{r.Header, body})
			w.WriteHeader(answers[min(len(posts), len(answers))-1])
		}))
		t.Cleanup(program.Close)
		if _, err := s.Core.Labels.AddField(t.Context(), s.Maya, rejoin.CustomField{Key: "story", Label: "Story", Type: rejoin.MultiLine}); err != nil {
			t.Fatal(err)
		}
		s.add(rejoin.Rule{Name: "Post", Trigger: rejoin.OnUpdate, Actions: []rejoin.Action{{Kind: rejoin.DoSetField, Field: "story", Value: strings.Repeat("ü", 9000)},
			{Kind: rejoin.DoWebhook, URL: program.URL + "/hook"}, {Kind: rejoin.DoResolve}}})
		v := s.Visit(strings.Repeat("Where? ", 1400))
		v.Say("Hello?")
		s.Advance(time.Hour)
		if len(posts) != 3 || posts[0].header.Get("Webhook-Id") == "" || posts[0].header.Get("Webhook-Id") != posts[2].header.Get("Webhook-Id") || posts[0].header.Get("Webhook-Timestamp") == "" {
			t.Fatalf("%d posts: %v", len(posts), posts)
		}
		var got struct {
			Type  string
			Rule  struct{ Name string }
			Issue struct {
				Number int64
				State  rejoin.IssueState
				Cut    bool
				User   struct{ Email string }
			}
		}
		if err := json.Unmarshal(posts[2].body, &got); err != nil || len(posts[2].body) > 16<<10 {
			t.Fatalf("%v: %d bytes %s", err, len(posts[2].body), posts[2].body)
		}
		if got.Type != "automation" || got.Rule.Name != "Post" || got.Issue.Number != 1 || got.Issue.State != rejoin.New || !got.Issue.Cut {
			t.Errorf("posted %+v", got)
		}
		s.expect(v, "Post")
	})
}
