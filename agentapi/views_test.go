package agentapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/agentapi"
)

func (p person) put(path, body string) answer {
	p.o.t.Helper()
	return p.do("PUT", "/agent/v1"+path, body)
}

func (p person) delete(path string) answer {
	p.o.t.Helper()
	return p.do("DELETE", "/agent/v1"+path, "")
}

// names returns the names of the views; shared ones end with a star.
func names(a answer) (list []string) {
	a.t.Helper()
	for _, v := range as[agentapi.SmartViews](a).Views {
		if v.Shared {
			v.Name += "*"
		}
		list = append(list, v.Name)
	}
	return list
}

func TestSmartViews(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		maya, sue, arthur := o.maya(), o.hire("Sue", rejoin.Supervisor), o.hire("Arthur", rejoin.AgentRole)
		rita, _ := o.stranger()
		mine, other := o.write("For Arthur"), o.write("For nobody")
		arthur.post("/issues/"+mine+"/assign", body2("agent_id", arthur.ID)).fine()

		filter := rejoin.IssueFilter{Assignees: []string{rejoin.AssignedToMe}}
		own := as[agentapi.SmartViews](arthur.post("/views", body(agentapi.SetSmartView{Name: "  My   own ", Filter: filter}))).Views
		if diff := cmp.Diff([]agentapi.SmartView{{ID: own[0].ID, Name: "My own", Filter: filter}}, own); diff != "" {
			t.Error(diff)
		}
		shared := body(agentapi.SetSmartView{Name: "Unassigned", Shared: true, Filter: rejoin.IssueFilter{Assignees: []string{"nobody"}}})
		if got := arthur.post("/views", shared); got.status != 403 {
			t.Errorf("an agent shares a view: %d %s", got.status, got.body)
		}
		team := as[agentapi.SmartViews](sue.post("/views", shared)).Views[0].ID
		for who, want := range map[*person][]string{&arthur: {"Unassigned*", "My own"}, &maya: {"Unassigned*"}, &rita: nil} {
			if got := names(who.get("/views")); !slices.Equal(got, want) {
				t.Errorf("%s sees %v, want %v", who.Name, got, want)
			}
		}

		for id, want := range map[string][]string{own[0].ID: {mine}, team: {other}} {
			if got := ids(arthur.inbox(agentapi.InboxQuery{View: id})); !slices.Equal(got, want) {
				t.Errorf("view %s holds %v, want %v", id, got, want)
			}
		}
		if got := ids(arthur.inbox(agentapi.InboxQuery{View: team, Filter: rejoin.IssueFilter{Text: "arthur"}})); got != nil {
			t.Errorf("the narrowed view holds %v", got)
		}
		if got := as[agentapi.Counts](arthur.get("/issues/counts")).Smart; !cmp.Equal(got, map[string]int64{own[0].ID: 1, team: 1}) {
			t.Errorf("counts: %v", got)
		}

		for _, c := range []struct {
			who  person
			do   func(person) answer
			want int
		}{
			{maya, func(p person) answer { return p.post("/issues/query", body2("view", own[0].ID)) }, 400}, // somebody else's own
			{maya, func(p person) answer { return p.delete("/views/" + own[0].ID) }, 404},
			{rita, func(p person) answer { return p.put("/views/"+team, shared) }, 404},
			{rita, func(p person) answer { return p.delete("/views/" + team) }, 404},
			{arthur, func(p person) answer { return p.put("/views/"+team, body2("name", "Mine now")) }, 403},
			{arthur, func(p person) answer { return p.delete("/views/" + team) }, 403},
			{arthur, func(p person) answer { return p.put("/views/"+own[0].ID, shared) }, 403},
			{arthur, func(p person) answer { return p.put("/views/"+own[0].ID, body2("name", strings.Repeat("x", 61))) }, 400},
		} {
			if got := c.do(c.who); got.status != c.want {
				t.Errorf("%s gets %d %s, want %d", c.who.Name, got.status, got.body, c.want)
			}
		}
		if got := names(arthur.put("/views/"+own[0].ID, body2("name", "Renamed"))); !slices.Equal(got, []string{"Unassigned*", "Renamed"}) {
			t.Errorf("renamed: %v", got)
		}
		if got := names(sue.put("/views/"+team, body2("name", "Sue's"))); !slices.Equal(got, []string{"Sue's"}) {
			t.Errorf("no longer shared: %v", got)
		}
		if got := names(arthur.delete("/views/" + own[0].ID)); got != nil {
			t.Errorf("deleted: %v", got)
		}
	})
}

func TestSmartViewsAreLimited(t *testing.T) {
	o := sqlite(t)
	maya := o.maya()
	for n := range 50 {
		maya.post("/views", body2("name", fmt.Sprintf("View %d", n))).fine()
	}
	if got := maya.post("/views", body2("name", "One more")); got.status != 429 {
		t.Errorf("one more: %d %s", got.status, got.body)
	}
	maya.post("/views", `{"name":"Shared","shared":true}`).fine()
}

func TestInboxOptions(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		maya := o.maya()
		o.VisitKnown("Hello", "Ada", "ada@example.org")
		maya.post("/tags", body2("name", "vip")).fine()
		tags := as[agentapi.Tags](maya.post("/tags", body2("name", "old"))).Tags
		for _, tag := range tags {
			if tag.Name == "old" {
				maya.post("/tags/"+tag.ID+"/archive", `{"archived":true}`).fine()
			}
		}
		maya.post("/fields", `{"key":"size","label":"Size","type":"number"}`).fine()
		got := as[agentapi.InboxOptions](maya.get("/issues/options"))
		if !cmp.Equal(got.Apps, []agentapi.NamedApp{{ID: o.Made.App.ID, Name: "Acme"}}) || !slices.Equal(got.Tags, []string{"vip"}) || len(got.Fields) != 1 || got.Languages == nil {
			t.Errorf("options: %+v", got)
		}
		if me := as[agentapi.Me](maya.get("/me")); !cmp.Equal(me.Apps, got.Apps) {
			t.Errorf("me has the apps %+v", me.Apps)
		}
	})
}
