package agentapi_test

import (
	"fmt"
	"strings"
	"testing"

	"rejoin"
	"rejoin/agentapi"
)

// What is edited reaches who has it already: by the socket, by the answer to a GET and by the answer to a POST.
func TestChangedReachesAgents(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		maya, sue := o.maya(), o.hire("Sue", rejoin.Supervisor)
		v := o.VisitKnown("Hello", "Ada", "ada@example.org")
		o.Reply(v, "One")
		path := "/issues/" + v.Issue.ID
		had := threadAt(maya.get(path))
		m := had.Messages[len(had.Messages)-1]
		d := sue.sit()
		d.say(body(agentapi.Watch{Type: "watch", IssueID: v.Issue.ID, Seq: m.Seq, EventN: 999, Version: had.Issue.Version}))
		d.thread()
		edited := threadAt(maya.do("PUT", "/agent/v1"+path+fmt.Sprintf("/messages/%s?after=%d&after_event=999&version=%d", m.ID, m.Seq, had.Issue.Version),
			`{"body":"Two","was":"One"}`))
		for how, th := range map[string]agentapi.Thread{
			"the answer":                  edited,
			"the socket":                  *d.thread(),
			"a GET":                       threadAt(sue.get(path + fmt.Sprintf("?after=%d&after_event=999&version=%d", m.Seq, had.Issue.Version))),
			"a GET that names no version": threadAt(sue.get(path + fmt.Sprintf("?after=%d&after_event=999", m.Seq))),
			"an answer to a POST":         threadAt(sue.post(path+fmt.Sprintf("/typing?after=%d&after_event=999&version=%d", m.Seq, had.Issue.Version), `{}`)),
		} {
			if len(th.Changed) != 1 || len(th.Messages) != 0 || th.Changed[0].ID != m.ID || th.Changed[0].Body != "Two" || th.Changed[0].EditedBy != "Maya" || th.Changed[0].EditedAt == 0 {
				t.Errorf("%s says %+v", how, th.Changed)
			}
		}
		if th := threadAt(sue.get(path + fmt.Sprintf("?after=%d&version=%d", m.Seq, edited.Issue.Version))); len(th.Changed) != 0 {
			t.Errorf("whoever has it is told again: %+v", th.Changed)
		}
		if got := threadAt(sue.do("DELETE", "/agent/v1"+path+"/messages/"+m.ID+fmt.Sprintf("?after=%d&version=%d", m.Seq, edited.Issue.Version), "")); len(got.Changed) != 1 || got.Changed[0].DeletedAt == 0 || got.Changed[0].Body != "" {
			t.Errorf("taken back: %+v", got.Changed)
		}
		if th := d.thread(); len(th.Changed) != 1 || th.Changed[0].DeletedAt == 0 || len(th.Messages) != 0 {
			t.Errorf("the socket tells %+v", th)
		}
	})
}

func TestConflictsAreExplained(t *testing.T) {
	o := sqlite(t)
	maya, arthur := o.maya(), o.hire("Arthur", rejoin.AgentRole)
	v := o.VisitKnown("Hello", "Ada", "ada@example.org")
	path, seen := "/issues/"+v.Issue.ID, v.Last()
	maya.post(path+"/messages", body(agentapi.Send{ClientID: "mayas-answer", Body: "One", Seen: seen})).fine()
	maya.post(path+"/assign", `{"agent_id":"`+maya.ID+`","from":""}`).fine()
	for name, c := range map[string]struct{ path, body, words string }{
		"send":   {"/messages", body(agentapi.Send{ClientID: "arthurs-answer", Body: "Two", Seen: seen}), "Maya has answered meanwhile. Read it, then send again."},
		"assign": {"/assign", `{"agent_id":"` + arthur.ID + `","from":""}`, "Maya has taken this conversation meanwhile."},
		"state":  {"/state", `{"state":"resolved","from":"waiting-for-agent"}`, "Maya has answered meanwhile."},
	} {
		got := arthur.post(path+c.path, c.body)
		if f := got.failure(); got.status != 409 || f.Code != rejoin.Conflict || !strings.Contains(f.Error, c.words) {
			t.Errorf("%s: answer %d %+v, want %q", name, got.status, f, c.words)
		}
	}
	maya.post(path+"/messages", body(agentapi.Send{ClientID: "mayas-answer", Body: "One", Seen: seen})).fine() // a repeat is no conflict
	if th := o.Load(v.Issue.ID); th.Issue.LastSeq != seen+1 || th.Issue.AssigneeID != maya.ID {
		t.Errorf("the issue is %+v", th.Issue)
	}
}

func TestBadInputOfThreads(t *testing.T) {
	o := sqlite(t)
	maya := o.maya()
	id := o.write("Hello")
	issue := "/agent/v1/issues/" + id
	for name, c := range map[string]struct {
		method, path, body string
		status             int
		field              string
	}{
		"a note without client_id": {"POST", issue + "/notes", `{"body":"x"}`, 400, "client_id"},
		"an empty note":            {"POST", issue + "/notes", `{"client_id":"0123456789","body":" "}`, 400, "body"},
		"edit with NUL":            {"PUT", issue + "/messages/%00", `{"body":"x","was":"y"}`, 404, ""},
		"edit nothing":             {"PUT", issue + "/messages/msg_1", `{"body":"x","was":"y"}`, 404, ""},
		"edit into nothing":        {"PUT", issue + "/messages/msg_1", `{"body":"","was":"y"}`, 400, "body"},
		"a version below zero":     {"GET", issue + "?version=-1", ``, 400, "version"},
		"seen below zero":          {"POST", issue + "/messages", `{"client_id":"0123456789","body":"x","seen":-1}`, 400, "seen"},
		"a tag with NUL":           {"POST", issue + "/tags", `{"add":["\u0000"]}`, 400, "add"},
		"a field with NUL":         {"POST", issue + "/fields", `{"key":"\u0000","value":"x","was":""}`, 400, "key"},
		"a reply with NUL":         {"POST", "/agent/v1/replies", `{"title":"\u0000","body":"x","shared":false}`, 400, "title"},
		"an unknown reply":         {"DELETE", "/agent/v1/replies/%00", ``, 404, ""},
		"previous of nothing":      {"GET", "/agent/v1/issues/%00/previous", ``, 404, ""},
		"a word too many":          {"POST", issue + "/ask", `{"name":true}`, 400, "name"},
	} {
		got := maya.do(c.method, c.path, c.body)
		if got.status != c.status || got.failure().Field != c.field || got.failure().Error == "" {
			t.Errorf("%s: answer %d %s, want %d about %q", name, got.status, got.body, c.status, c.field)
		}
	}
}
