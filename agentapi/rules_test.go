package agentapi_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/agentapi"
)

// read decodes a good answer.
func read[T any](t *testing.T, a answer) (out T) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.fine().body), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRulesOnTheWire(t *testing.T) {
	o := sqlite(t)
	maya := o.maya()
	o.tag()
	v := o.VisitKnown("Where is my parcel?", "Ada", "ada@example.org")
	in := agentapi.SetRule{Name: "Late", Trigger: rejoin.OnTime, On: true, Repeat: true, Actions: []rejoin.Action{{Kind: rejoin.DoAssign, AgentID: o.Maya.ID}},
		All: []rejoin.Condition{{Subject: rejoin.UnreadFor, Op: rejoin.OpFor, For: 3600}}, Any: []rejoin.Condition{{Subject: rejoin.OnAssignee, Op: rejoin.OpNotSet}}}
	late := read[agentapi.Rule](t, maya.post("/rules", body(in)))
	want := agentapi.Rule{ID: late.ID, Name: "Late", Trigger: in.Trigger, On: true, Repeat: true, All: in.All, Any: in.Any, Actions: in.Actions, UpdatedAt: o.Clock.Now()}
	if diff := cmp.Diff(want, late); diff != "" {
		t.Errorf("the rule (-want +got):\n%s", diff)
	}
	if f := maya.post("/rules", body(in)).failure(); f.Code != rejoin.Conflict || f.Field != "name" {
		t.Errorf("the name again: %+v", f)
	}
	first := read[agentapi.Rule](t, maya.post("/rules", `{"name":"First","trigger":"update","actions":[{"kind":"note","note":"Hi"}]}`))
	if got := read[agentapi.Rules](t, maya.post("/rules/order", body(agentapi.OrderRules{IDs: []string{first.ID}}))).Rules; len(got) != 2 || got[0].ID != first.ID || got[0].All == nil {
		t.Errorf("the order: %+v", got)
	}
	in.Actions = []rejoin.Action{{Kind: rejoin.DoResolve}, {Kind: rejoin.DoAssign, AgentID: "agent_none"}}
	if f := maya.do("PUT", "/agent/v1/rules/"+late.ID, body(in)).failure(); f.Field != "actions.1.agent_id" {
		t.Errorf("an agent of nobody: %+v", f)
	}

	o.Reply(v, "On its way.")
	tried := read[agentapi.TriedRule](t, maya.post("/rules/try", body(agentapi.TryRule{Rule: in, RuleID: late.ID, Issue: "#1"})))
	at := o.Clock.Now() + 3_600_000
	if diff := cmp.Diff(agentapi.TriedRule{IssueID: v.Issue.ID, Number: 1, Title: "Where is my parcel?", Text: tried.Text, At: at,
		All: []agentapi.TriedCondition{{Found: "for less than a second", At: at}}, Any: []agentapi.TriedCondition{{Holds: true, Found: "nobody"}}}, tried); diff != "" {
		t.Errorf("tried (-want +got):\n%s", diff)
	}
	options := read[agentapi.RuleOptions](t, maya.get("/rules/options"))
	if len(options.Apps) != 1 || len(options.Agents) != 1 || len(options.Tags) != 1 || len(options.Languages) != 50 || options.Queues == nil || options.Bots == nil {
		t.Errorf("options: %+v", options)
	}
	if got := read[agentapi.Rules](t, maya.delete("/rules/"+late.ID)).Rules; len(got) != 1 || got[0].ID != first.ID {
		t.Errorf("after deleting: %+v", got)
	}
}
