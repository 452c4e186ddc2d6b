package agentapi_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/agentapi"
)

func (p person) bulk(in agentapi.BulkEdit) agentapi.BulkResult {
	p.o.t.Helper()
	in.ClientID = p.o.NewClientID()
	return as[agentapi.BulkResult](p.post("/issues/bulk", body(in)))
}

func TestBulkEdit(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		maya, rita := o.maya(), person{}
		rita, _ = o.stranger()
		for _, name := range []string{"vip", "late"} {
			maya.post("/tags", body2("name", name)).fine()
		}
		a, b, c := o.write("First"), o.write("Second"), o.write("Third")
		maya.post("/issues/"+c+"/state", `{"state":"rejected"}`).fine()
		edit := agentapi.BulkEdit{IssueIDs: []string{a, b, c, a, "iss_none"}, AssigneeID: &maya.ID, State: "resolved", AddTags: []string{"vip", "late"}}
		got := maya.bulk(edit)
		if got.Changed != 3 || len(got.Failed) != 1 || got.Failed[0].IssueID != "iss_none" || got.Failed[0].Text == "" {
			t.Errorf("the result is %+v", got)
		}
		versions := map[string]int64{}
		for _, r := range maya.inbox(agentapi.InboxQuery{View: "all"}).Issues {
			versions[r.ID] = r.Version
			if r.State != rejoin.Resolved || r.AssigneeID != maya.ID || !slices.Equal(r.Tags, []string{"vip", "late"}) || r.WaitingSince != 0 {
				t.Errorf("%s: %+v", r.Title, r)
			}
		}

		maya.bulk(edit)
		for _, r := range maya.inbox(agentapi.InboxQuery{View: "all"}).Issues {
			if r.Version != versions[r.ID] {
				t.Errorf("%s was changed again", r.Title)
			}
		}

		nobody := ""
		got = maya.bulk(agentapi.BulkEdit{IssueIDs: []string{a, b}, State: "open", AssigneeID: &nobody, RemoveTags: []string{"late", "none"}})
		if diff := cmp.Diff(agentapi.BulkResult{Changed: 2, Failed: []agentapi.BulkFailure{}}, got); diff != "" {
			t.Error(diff)
		}
		for _, r := range maya.inbox(agentapi.InboxQuery{}).Issues {
			if r.State != rejoin.New || r.AssigneeID != "" || !slices.Equal(r.Tags, []string{"vip"}) || r.WaitingSince == 0 {
				t.Errorf("%s: %+v", r.Title, r)
			}
		}

		if got := rita.bulk(agentapi.BulkEdit{IssueIDs: []string{a}, State: "resolved"}); got.Changed != 0 || len(got.Failed) != 1 || got.Failed[0].Number != 0 {
			t.Errorf("another domain's: %+v", got)
		}
		got = maya.bulk(agentapi.BulkEdit{IssueIDs: []string{a}, State: "resolved", AddTags: []string{"unknown"}})
		if got.Changed != 0 || len(got.Failed) != 1 || got.Failed[0].Number == 0 {
			t.Errorf("an unknown tag: %+v", got)
		}
		if th := threadAt(maya.get("/issues/" + a)); th.Issue.State != rejoin.New {
			t.Errorf("half of a failed edit stayed: %s", th.Issue.State)
		}
	})
}

// TestCountsFrame sees that a socket is told at most once in two seconds, and at the end.
func TestCountsFrame(t *testing.T) {
	o := sqlite(t)
	maya := o.maya()
	d := maya.sit()
	isCounts := func(f agentapi.Frame) bool { return f.Type == "counts" }
	first := o.write("First")
	d.until(isCounts)
	for _, text := range []string{"Second", "Third"} {
		id := o.write(text)
		d.until(func(f agentapi.Frame) bool {
			if isCounts(f) {
				t.Error("told again at once")
			}
			return f.Type == "inbox" && f.Row.ID == id
		})
	}
	d.ping()
	o.Clock.Advance(2 * countsPause)
	d.until(isCounts)
	o.Clock.Advance(2 * countsPause)
	maya.post("/views", `{"name":"Shared","shared":true}`).fine()
	d.until(isCounts)
	maya.post("/issues/"+first+"/state", `{"state":"resolved"}`).fine()
	d.row(first)
	d.ping()
	if n := len(d.frames); n != 0 {
		t.Errorf("%d more frames", n)
	}
}

// countsPause is how long a socket is told nothing new about counts.
const countsPause = 2 * time.Second
