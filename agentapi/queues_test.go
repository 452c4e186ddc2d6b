package agentapi_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/agentapi"
)

// TestQueues makes a queue, moves a conversation into it and out again, and looks at it in each place that tells of it.
func TestQueues(t *testing.T) {
	o := sqlite(t)
	maya, arthur := o.maya(), o.hire("Arthur", rejoin.AgentRole)
	set := agentapi.SetQueue{Name: "Billing", Agents: []string{arthur.ID}, Message: &rejoin.LocalText{Text: "Soon.", In: map[string]string{"de": "Bald."}}}
	q := as[agentapi.Queues](maya.post("/queues", body(set))).Queues[0]
	want := agentapi.Queue{ID: q.ID, Name: "Billing", Agents: []string{arthur.ID}, Message: set.Message, Free: 1}
	if d := cmp.Diff(want, q); d != "" {
		t.Error(d)
	}
	id := o.write("What have you charged?")
	move := func(to, from string) answer {
		return arthur.post("/issues/"+id+"/queue", body(agentapi.MoveToQueue{QueueID: to, From: &from}))
	}
	if got := as[agentapi.Thread](move(q.ID, "")).Issue; got.QueueID != q.ID || got.QueueName != "Billing" || got.Platform != rejoin.Web {
		t.Errorf("the row is %+v", got)
	}
	if got := move(q.ID+"x", "").status; got != 409 {
		t.Errorf("who saw it in no queue gets %d", got)
	}
	if got := move("no such queue", q.ID).status; got != 400 {
		t.Errorf("into what is no queue: %d", got)
	}
	list := as[agentapi.Queues](arthur.get("/queues")).Queues
	if len(list) != 1 || list[0].Waiting != 1 || list[0].Oldest == 0 {
		t.Errorf("arthur sees %+v", list)
	}
	if d := cmp.Diff([]agentapi.NamedQueue{{ID: q.ID, Name: "Billing"}}, as[agentapi.InboxOptions](arthur.get("/issues/options")).Queues); d != "" {
		t.Error(d)
	}
	found := arthur.inbox(agentapi.InboxQuery{Filter: rejoin.IssueFilter{Queues: []string{q.ID}}})
	if got := ids(found); !cmp.Equal(got, []string{id}) || found.Issues[0].QueueName != "Billing" {
		t.Errorf("found by its queue: %+v", found)
	}
	none := ""
	edit := agentapi.BulkEdit{ClientID: "0123456789", IssueIDs: []string{id}, QueueID: &none}
	if got := as[agentapi.BulkResult](arthur.post("/issues/bulk", body(edit))); got.Changed != 1 {
		t.Errorf("many at once: %+v", got)
	}
	archived := as[agentapi.Queues](maya.post("/queues/"+q.ID+"/archive", `{"archived":true}`)).Queues[0]
	if !archived.Archived || archived.Waiting != 0 {
		t.Errorf("archived: %+v", archived)
	}
}
