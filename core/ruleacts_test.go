package core_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/rejointest"
	"rejoin/store/storetest"
)

// TestRefusedTagLeavesNothing is about a conversation that carries as many tags as it can: what an automation could not add is not there for the actions
// behind it.
func TestRefusedTagLeavesNothing(t *testing.T) {
	s := automations{rejointest.New(t, storetest.SQLite(t))}
	var names []string
	for n := range 102 {
		names = append(names, fmt.Sprintf("tag-%03d", n))
	}
	s.tags(names...)
	var actions []rejoin.Action
	for some := range slices.Chunk(names[:101], 20) { // the hundred and first does not fit
		actions = append(actions, addTag(some...)...)
	}
	s.add(rejoin.Rule{Name: "Tags", Trigger: rejoin.OnNewIssue, Actions: append(actions, append(removeTag(names[0]), addTag(names[101])...)...)})
	v := s.Visit("Hello")
	tags := s.Load(v.Issue.ID).Issue.Tags
	if len(tags) != 100 || slices.Contains(tags, names[100]) || !slices.Contains(tags, names[101]) {
		t.Errorf("%d tags: %v", len(tags), tags)
	}
}

// TestRuleChangesAreAudited shows what another administrator has changed, and no secret of an address.
func TestRuleChangesAreAudited(t *testing.T) {
	s := automations{rejointest.New(t, storetest.SQLite(t))}
	s.tags("vip")
	q := queue(s.Server, rejoin.Queue{Name: "Billing"})
	post := func(path string) rejoin.Action {
		return rejoin.Action{Kind: rejoin.DoWebhook, URL: "https://hooks.example.com/" + path}
	}
	id := s.add(rejoin.Rule{Name: "Greet", Trigger: rejoin.OnNewIssue, Any: tagIs("vip"), Actions: []rejoin.Action{write("Hello"), post("secret-1"), {Kind: rejoin.DoQueue, QueueID: q}}})
	_, err := s.Core.Rules.Set(t.Context(), s.Maya, id, rejoin.Rule{Name: "Greet", Trigger: rejoin.OnNewIssue, On: true, All: tagIs("vip"),
		Actions: []rejoin.Action{write("Hi"), post("secret-2"), {Kind: rejoin.DoQueue, QueueID: q}, {Kind: rejoin.DoAssign, AgentID: s.Maya.ID}}})
	if err != nil {
		t.Fatal(err)
	}
	want := "Maya | rule_changed | Greet | Condition 1: none → tags is vip | One of 1: tags is vip → none" +
		" | Action 1: message Hello (0 translations) → message Hi (0 translations) | Action 2: webhook hooks.example.com, with other content | Action 4: none → assign Maya"
	if got := acts(s.Server, rejoin.AuditFilter{})[0]; got != want {
		t.Error(cmp.Diff(want, got))
	}
}
