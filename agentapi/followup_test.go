package agentapi_test

import (
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/agentapi"
)

func TestFollowUpActionsChangeTheDecision(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		maya := o.maya()
		v := o.VisitKnown("Where is my parcel?", "Ada", "ada@example.org")
		path := "/issues/" + v.Issue.ID
		if got := maya.post(path+"/follow-up", `{"action":"hold"}`); got.status != 409 {
			t.Errorf("hold without an e-mail: %d %s", got.status, got.body)
		}
		due := o.Clock.Now().Add(10 * time.Minute)
		th := threadAt(maya.post(path+"/messages", body2("client_id", o.NewClientID(), "body", "On its way.")))
		expect := func(th agentapi.Thread, action string, reason rejoin.Reason, until rejoin.Millis, held bool) {
			t.Helper()
			if d := th.Detail.Decision; d.Action != action || reason != "" && d.Reason != reason || d.Until != until {
				t.Errorf("the decision is %+v, want %s %s %d", d, action, reason, until)
			}
			if th.Issue.FollowUp == nil || th.Issue.FollowUp.Held != held {
				t.Errorf("the follow-up is %+v, want held %v", th.Issue.FollowUp, held)
			}
		}
		if th.Detail.Window != 600 || !th.Detail.FollowUpsOn {
			t.Errorf("detail: %+v", th.Detail)
		}
		expect(th, "wait", "", due, false)
		expect(threadAt(maya.post(path+"/follow-up", `{"action":"hold"}`)), "wait", rejoin.ReasonHeld, 0, true)
		o.Advance(time.Hour)
		if n := len(o.Mails()); n != 0 {
			t.Fatalf("%d e-mails while held", n)
		}
		expect(threadAt(maya.post(path+"/follow-up", `{"action":"release"}`)), "send", "", 0, false)
		expect(threadAt(maya.post(path+"/follow-up", `{"action":"hold"}`)), "wait", rejoin.ReasonHeld, 0, true)
		expect(threadAt(maya.post(path+"/follow-up", `{"action":"send_now"}`)), "send", "", 0, false)
		o.Settle()
		if n := len(o.MailsTo("ada@example.org")); n != 1 {
			t.Fatalf("%d e-mails after send_now, want 1", n)
		}
		th = threadAt(maya.get(path))
		if f := th.Issue.FollowUp; f.State != rejoin.FollowUpSent || f.SentAt == 0 || f.Response == "" {
			t.Errorf("the follow-up is %+v", f)
		}
		if got := maya.post(path+"/follow-up", `{"action":"send_now"}`); got.status != 409 {
			t.Errorf("send_now again: %d %s", got.status, got.body)
		}
		var steps []string
		for _, e := range th.Events {
			if e.Data.FollowUp != nil {
				steps = append(steps, e.Data.FollowUp.Step)
			}
		}
		if got := strings.Join(steps, " "); !strings.Contains(got, "held") || !strings.Contains(got, "released") || !strings.HasSuffix(got, "sent") {
			t.Errorf("the timeline says %q", got)
		}
	})
}

func TestStatesAndAssignment(t *testing.T) {
	o := sqlite(t)
	maya, arthur := o.maya(), o.hire("Arthur", rejoin.AgentRole)
	path := "/issues/" + o.write("Hello")
	row := threadAt(maya.post(path+"/assign", body2("agent_id", arthur.ID))).Issue
	if row.AssigneeID != arthur.ID || row.AssigneeName != "Arthur" || row.State != rejoin.NewForAgent {
		t.Errorf("assigned: %+v", row)
	}
	for _, step := range []struct {
		state string
		want  rejoin.IssueState
	}{{"resolved", rejoin.Resolved}, {"open", rejoin.WaitingForAgent}, {"rejected", rejoin.Rejected}} {
		if got := threadAt(arthur.post(path+"/state", body2("state", step.state))).Issue.State; got != step.want {
			t.Errorf("%s makes %s, want %s", step.state, got, step.want)
		}
	}
	if got := arthur.post(path+"/messages", body2("client_id", o.NewClientID(), "body", "Hi")); got.status != 409 {
		t.Errorf("writing into a rejected issue: %d %s", got.status, got.body)
	}
	th := threadAt(arthur.post(path+"/links/revoke", `{}`))
	if last := th.Events[len(th.Events)-1]; last.Kind != rejoin.EventLinksRevoked || last.Actor.Name != "Arthur" {
		t.Errorf("the newest event is %+v", last)
	}
}

func TestSettings(t *testing.T) {
	o := sqlite(t)
	maya := o.maya()
	list := as[agentapi.Apps](maya.get("/apps"))
	if len(list.Apps) != 1 {
		t.Fatalf("apps: %+v", list)
	}
	app := as[agentapi.App](maya.get("/apps/" + list.Apps[0].ID))
	if app.Name != "Acme" || !strings.Contains(app.EmbedCode, app.PlatformID) || !strings.HasPrefix(app.HostedURL, "https://chat.example.com/c/") || len(app.Presets) != 12 {
		t.Errorf("app: %+v", app)
	}
	in := agentapi.SetWebChat{WebChat: app.WebChat, AllowedOrigins: []string{"https://SHOP.example.com/", "https://www.example.com"}}
	in.WebChat.Greeting, in.WebChat.FollowUp.Window = "Ahoy!", 120
	preview := as[agentapi.Preview](maya.do("POST", "/agent/v1/apps/"+app.ID+"/web-chat/preview", body(in)))
	if !strings.Contains(preview.From, "Maya") || !strings.Contains(preview.From, "Acme") || preview.Subject == "" ||
		!strings.Contains(preview.HTML, "parcel") || !strings.Contains(preview.Text, "parcel") || preview.LinkTo != "https://shop.example.com/" {
		t.Errorf("preview: %+v", preview)
	}
	if still := as[agentapi.App](maya.get("/apps/" + app.ID)); still.WebChat != app.WebChat {
		t.Error("the preview has changed the settings")
	}
	saved := as[agentapi.App](maya.do("PUT", "/agent/v1/apps/"+app.ID+"/web-chat", body(in)))
	if saved.WebChat != in.WebChat || strings.Join(saved.AllowedOrigins, " ") != "https://shop.example.com https://www.example.com" {
		t.Errorf("saved: %+v", saved)
	}
	if n := len(o.Mails()); n != 0 {
		t.Errorf("%d e-mails were sent", n)
	}
	if dead := as[agentapi.DeadJobs](maya.get("/jobs/dead")); dead.Jobs == nil || len(dead.Jobs) != 0 {
		t.Errorf("dead jobs: %+v", dead)
	}
}
