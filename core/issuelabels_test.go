package core_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/rejointest"
)

func TestTagsOfAnIssue(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, noor, v := t.Context(), s.Colleague(), s.Visit("Hello")
		for _, name := range []string{"vip", "refund", "old"} {
			tags, err := s.Core.Labels.AddTag(ctx, s.Maya, name)
			if err != nil {
				t.Fatal(err)
			}
			if name == "old" {
				if err := s.Core.Issues.Tag(ctx, noor, v.Issue.ID, []string{name}, nil); err != nil {
					t.Fatal(err)
				}
				for _, tag := range tags {
					if tag.Name == name {
						_, err = s.Core.Labels.ArchiveTag(ctx, s.Maya, tag.ID, true)
					}
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		for range 2 {
			if err := s.Core.Issues.Tag(ctx, noor, v.Issue.ID, []string{"vip", "refund", "vip", "old"}, []string{"unknown"}); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Core.Issues.Tag(ctx, noor, v.Issue.ID, nil, []string{"old", "vip"}); err != nil {
			t.Fatal(err)
		}
		th := s.Load(v.Issue.ID)
		if d := cmp.Diff([]string{"refund"}, th.Issue.Tags); d != "" {
			t.Errorf("tags (-want +got):\n%s", d)
		}
		var told []rejoin.EventData
		for _, e := range th.Events {
			if e.Kind == rejoin.EventTagsChanged {
				told = append(told, rejoin.EventData{Added: e.Data.Added, Removed: e.Data.Removed})
			}
		}
		want := []rejoin.EventData{{Added: []string{"old"}}, {Added: []string{"vip", "refund"}}, {Removed: []string{"old", "vip"}}}
		if d := cmp.Diff(want, told); d != "" {
			t.Errorf("events (-want +got):\n%s", d)
		}
		for name, c := range map[string]struct {
			a           rejoin.Agent
			add, remove []string
			want        rejoin.Code
		}{
			"an archived one": {noor, []string{"old"}, nil, rejoin.Invalid},
			"an unknown one":  {noor, []string{"nope"}, nil, rejoin.Invalid},
			"both at once":    {noor, []string{"vip"}, []string{"vip"}, rejoin.Invalid},
			"another company": {s.Second().Admin, []string{"vip"}, nil, rejoin.NotFound},
		} {
			if err := s.Core.Issues.Tag(ctx, c.a, v.Issue.ID, c.add, c.remove); rejoin.CodeOf(err) != c.want {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
	})
}

func TestFieldsOfAnIssue(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, noor, v := t.Context(), s.Colleague(), s.Visit("Hello")
		web, ios := []rejoin.PlatformKind{rejoin.Web}, []rejoin.PlatformKind{rejoin.IOS}
		ids := map[string]string{}
		for _, f := range []rejoin.CustomField{
			{Key: "plan", Label: "Plan", Type: rejoin.Dropdown, Options: []string{"Basic", "Pro"}, Platforms: web},
			{Key: "due", Label: "Due", Type: rejoin.Date, Platforms: web},
			{Key: "paid", Label: "Paid", Type: rejoin.Checkbox, Platforms: web},
			{Key: "total", Label: "Total", Type: rejoin.Number, Platforms: web},
			{Key: "story", Label: "Story", Type: rejoin.MultiLine, Platforms: web},
			{Key: "gone", Label: "Gone", Type: rejoin.SingleLine, Platforms: web},
			{Key: "phone", Label: "Phone", Type: rejoin.SingleLine, Platforms: ios},
		} {
			list, err := s.Core.Labels.AddField(ctx, s.Maya, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range list {
				ids[f.Key] = f.ID
			}
		}
		set := func(a rejoin.Agent, key, was, value string) error {
			return s.Core.Issues.SetField(ctx, a, v.Issue.ID, core.SetField{Key: key, Was: was, Value: value})
		}
		if err := set(noor, "gone", "", "once"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Core.Labels.ArchiveField(ctx, s.Maya, ids["gone"], true); err != nil {
			t.Fatal(err)
		}
		long := strings.Repeat("word ", 2000)
		for _, c := range []struct {
			a               rejoin.Agent
			key, was, value string
			want            rejoin.Code
		}{
			{noor, "plan", "", "Pro", ""},
			{noor, "plan", "", "Pro", ""}, // again
			{s.Maya, "plan", "", "Basic", rejoin.Conflict},
			{s.Maya, "plan", "Pro", "Basic", ""},
			{noor, "plan", "Basic", "Gold", rejoin.Invalid},
			{noor, "due", "", "1772442000000", ""},
			{noor, "due", "1772442000000", "tomorrow", rejoin.Invalid},
			{noor, "paid", "", "true", ""},
			{noor, "paid", "true", "yes", rejoin.Invalid},
			{noor, "paid", "true", "1", rejoin.Invalid},
			{noor, "total", "", "12.50", ""},
			{noor, "total", "12.50", "a lot", rejoin.Invalid},
			{noor, "story", "", long, ""},
			{noor, "gone", "once", "again", rejoin.Invalid},
			{noor, "unknown", "", "x", rejoin.Invalid},
			{s.Second().Admin, "plan", "Basic", "Pro", rejoin.NotFound},
		} {
			if err := set(c.a, c.key, c.was, c.value); rejoin.CodeOf(err) != c.want {
				t.Errorf("%s sets %s from %q to %.20q: %v, want %q", c.a.Name, c.key, c.was, c.value, err, c.want)
			}
		}
		if err := set(noor, "plan", "Pro", "Pro plus"); err == nil || !strings.Contains(err.Error(), "Maya has set this field to “Basic”") {
			t.Errorf("a conflict says %v", err)
		}
		var keys []string
		for _, f := range s.Load(v.Issue.ID).Form {
			keys = append(keys, f.Key)
		}
		if d := cmp.Diff([]string{"plan", "due", "paid", "total", "story", "gone"}, keys); d != "" {
			t.Errorf("the form (-want +got):\n%s", d)
		}
		if err := set(noor, "gone", "once", ""); err != nil {
			t.Errorf("emptying an archived field: %v", err)
		}
		th := s.Load(v.Issue.ID)
		want := rejoin.FieldValues{"plan": {Type: rejoin.Dropdown, Value: "Basic"}, "due": {Type: rejoin.Date, Value: "1772442000000"},
			"paid": {Type: rejoin.Checkbox, Value: "true"}, "total": {Type: rejoin.Number, Value: "12.50"}, "story": {Type: rejoin.MultiLine, Value: long}}
		if d := cmp.Diff(want, th.Issue.Fields); d != "" || len(th.Form) != 5 {
			t.Errorf("%d fields in the form, values (-want +got):\n%s", len(th.Form), d)
		}
		var told []string
		for _, e := range th.Events {
			if e.Kind == rejoin.EventFieldChanged && e.Data.Key != "story" {
				told = append(told, e.Actor.Name+" "+e.Data.Label+" "+e.Data.Value)
			}
			if len(e.Data.Value) > 300 {
				t.Errorf("the timeline says %d bytes", len(e.Data.Value))
			}
		}
		if d := cmp.Diff([]string{"Noor Gone once", "Noor Plan Pro", "Maya Plan Basic", "Noor Due 2026-03-02", "Noor Paid true", "Noor Total 12.50", "Noor Gone "}, told); d != "" {
			t.Errorf("events (-want +got):\n%s", d)
		}
	})
}

func TestPreviousIssues(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		a := s.Visit("First matter")
		b := second(t, s, a, "Second matter")
		s.Visit("Somebody else's")
		list, err := s.Core.Issues.Previous(t.Context(), s.Maya, b.Issue.ID)
		if err != nil || len(list) != 1 || list[0].ID != a.Issue.ID || list[0].Title != "First matter" {
			t.Errorf("%+v, %v", list, err)
		}
		if _, err := s.Core.Issues.Previous(t.Context(), s.Second().Admin, b.Issue.ID); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("another company: %v", err)
		}
	})
}

// Whoever saw something else than what is there changes nothing, and learns who was quicker.
func TestAssignAndStateConflicts(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, noor, v := t.Context(), s.Colleague(), s.VisitKnown("Hello", "Ada", "ada@example.org")
		id, nobody, mayas := v.Issue.ID, "", s.Maya.ID
		expect := func(what string, err error, words string) {
			t.Helper()
			if words == "" && err != nil || words != "" && (rejoin.CodeOf(err) != rejoin.Conflict || !strings.Contains(err.Error(), words)) {
				t.Errorf("%s: %v, want %q", what, err, words)
			}
		}
		expect("take it", s.Core.Issues.Assign(ctx, s.Maya, id, mayas, &nobody), "")
		expect("take it too", s.Core.Issues.Assign(ctx, noor, id, noor.ID, &nobody), "Maya has taken this conversation")
		expect("give it to who has it", s.Core.Issues.Assign(ctx, noor, id, mayas, &nobody), "")
		expect("hand it over", s.Core.Issues.Assign(ctx, s.Maya, id, noor.ID, &mayas), "")
		expect("hand it to nobody", s.Core.Issues.Assign(ctx, s.Maya, id, "", &mayas), "Maya has assigned this conversation to Noor")
		expect("without a look", s.Core.Issues.Assign(ctx, s.Maya, id, "", nil), "")
		expect("take what is nobody's", s.Core.Issues.Assign(ctx, s.Maya, id, mayas, &noor.ID), "Maya has taken the assignment away")

		s.Reply(v, "An answer.")
		v.Say("A question!")
		expect("resolve an answered one", s.Core.Issues.Close(ctx, noor, id, rejoin.Resolved, rejoin.AgentReplied), "has written meanwhile")
		expect("resolve", s.Core.Issues.Close(ctx, s.Maya, id, rejoin.Resolved, rejoin.WaitingForAgent), "")
		expect("reject", s.Core.Issues.Close(ctx, noor, id, rejoin.Rejected, rejoin.WaitingForAgent), "Maya has resolved")
		expect("reopen", s.Core.Issues.Reopen(ctx, noor, id, rejoin.Rejected), "Maya has resolved")
		expect("reopen what is resolved", s.Core.Issues.Reopen(ctx, noor, id, rejoin.Resolved), "")
	})
}
