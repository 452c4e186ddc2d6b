package agentapi_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/agentapi"
	"rejoin/core"
	"rejoin/identity"
)

// access is a request that is right but for who sends it. What each role of the domain gets follows from the permission that its route states.
type access struct {
	pattern  string
	body     string // settings stands for good settings
	stranger int    // what an administrator of another domain gets
	fine     int    // what those get who may; zero means 200
}

const settings = "settings"

var accessTable = []access{
	{pattern: "POST /agent/v1/sign-in", body: `{"email":"maya@example.com","password":"correct horse"}`, stranger: 200},
	{pattern: "POST /agent/v1/sign-out", body: `{}`, stranger: 200},
	{pattern: "GET /agent/v1/me", body: ``, stranger: 200},
	{pattern: "GET /agent/v1/socket", body: ``, stranger: 101, fine: 101},
	{pattern: "POST /agent/v1/issues/query", body: `{}`, stranger: 200},
	{pattern: "GET /agent/v1/issues/counts", body: ``, stranger: 200},
	{pattern: "GET /agent/v1/issues/options", body: ``, stranger: 200},
	{pattern: "POST /agent/v1/issues/bulk", body: `{"client_id":"0123456789","issue_ids":["iss_none"],"state":"resolved"}`, stranger: 200},
	{pattern: "GET /agent/v1/views", body: ``, stranger: 200},
	{pattern: "POST /agent/v1/views", body: `{"name":"Late"}`, stranger: 200},
	{pattern: "PUT /agent/v1/views/{view}", body: `{"name":"Later"}`, stranger: 404},
	{pattern: "DELETE /agent/v1/views/{view}", body: ``, stranger: 404},
	{pattern: "GET /agent/v1/queues", body: ``, stranger: 200},
	{pattern: "POST /agent/v1/queues", body: `{"name":"{fresh}"}`, stranger: 200},
	{pattern: "PUT /agent/v1/queues/{queue}", body: `{"name":"{fresh}"}`, stranger: 404},
	{pattern: "POST /agent/v1/queues/{queue}/archive", body: `{"archived":false}`, stranger: 404},
	{pattern: "POST /agent/v1/issues/{issue}/queue", body: `{"queue_id":""}`, stranger: 404},
	{pattern: "GET /agent/v1/issues/{issue}", body: ``, stranger: 404},
	{pattern: "GET /agent/v1/issues/{issue}/messages", body: ``, stranger: 404},
	{pattern: "POST /agent/v1/issues/{issue}/messages", body: `{"client_id":"0123456789","body":"Hello"}`, stranger: 404},
	{pattern: "POST /agent/v1/issues/{issue}/read", body: `{"seq":1}`, stranger: 404},
	{pattern: "POST /agent/v1/issues/{issue}/typing", body: `{}`, stranger: 404},
	{pattern: "POST /agent/v1/issues/{issue}/assign", body: `{"agent_id":""}`, stranger: 404},
	{pattern: "POST /agent/v1/issues/{issue}/state", body: `{"state":"resolved"}`, stranger: 404},
	{pattern: "POST /agent/v1/issues/{issue}/follow-up", body: `{"action":"hold"}`, stranger: 404},
	{pattern: "POST /agent/v1/issues/{issue}/links/revoke", body: `{}`, stranger: 404},
	{pattern: "PUT /agent/v1/issues/{issue}/messages/{message}", body: `{"body":"Soon with you.","was":"On its way."}`, stranger: 404},
	{pattern: "DELETE /agent/v1/issues/{issue}/messages/{message}", body: ``, stranger: 404},
	{pattern: "POST /agent/v1/issues/{issue}/notes", body: `{"client_id":"0123456789","body":"Hello"}`, stranger: 404},
	{pattern: "POST /agent/v1/issues/{issue}/tags", body: `{"remove":["vip"]}`, stranger: 404},
	{pattern: "POST /agent/v1/issues/{issue}/fields", body: `{"key":"order","value":"","was":""}`, stranger: 404},
	{pattern: "POST /agent/v1/issues/{issue}/ask", body: `{}`, stranger: 404, fine: 409},
	{pattern: "GET /agent/v1/issues/{issue}/previous", body: ``, stranger: 404},
	{pattern: "GET /agent/v1/replies", body: ``, stranger: 200},
	{pattern: "POST /agent/v1/replies", body: `{"title":"Hello","body":"Hello","shared":false}`, stranger: 200},
	{pattern: "PUT /agent/v1/replies/{reply}", body: `{"title":"Hello","body":"Hello","shared":false}`, stranger: 404},
	{pattern: "DELETE /agent/v1/replies/{reply}", body: ``, stranger: 404},
	{pattern: "GET /agent/v1/apps", body: ``, stranger: 200},
	{pattern: "GET /agent/v1/apps/{app}", body: ``, stranger: 404},
	{pattern: "POST /agent/v1/apps", body: `{"name":"App {fresh}"}`, stranger: 200},
	{pattern: "PUT /agent/v1/apps/{app}", body: `{"name":"Acme"}`, stranger: 404},
	{pattern: "PUT /agent/v1/apps/{app}/web-chat", body: settings, stranger: 404},
	{pattern: "POST /agent/v1/apps/{app}/web-chat/look", body: settings, stranger: 404},
	{pattern: "POST /agent/v1/apps/{app}/web-chat/preview", body: settings, stranger: 404},
	{pattern: "GET /agent/v1/apps/{app}/platforms", body: ``, stranger: 404},
	{pattern: "POST /agent/v1/apps/{app}/platforms", body: `{"kind":"ios"}`, stranger: 404},
	{pattern: "PUT /agent/v1/apps/{app}/platforms/{platform}", body: `{"off":false}`, stranger: 404},
	{pattern: "GET /agent/v1/apps/{app}/hours", stranger: 404},
	{pattern: "PUT /agent/v1/apps/{app}/hours", body: `{"hours":{"on":false}}`, stranger: 404},
	{pattern: "POST /agent/v1/apps/{app}/hours/try", body: `{}`, stranger: 404},
	{pattern: "GET /agent/v1/jobs/dead", body: ``, stranger: 200},
	{pattern: "GET /agent/v1/bots", stranger: 200},
	{pattern: "POST /agent/v1/bots", body: `{"name":"{fresh}","kind":"custom"}`, stranger: 200},
	{pattern: "GET /agent/v1/bots/{bot}", stranger: 404},
	{pattern: "PUT /agent/v1/bots/{bot}", body: `{"name":"{fresh}","draft":{"nickname":{"text":""},"steps":[]},"revision":1}`, stranger: 404},
	{pattern: "POST /agent/v1/bots/{bot}/publish", body: `{"revision":9}`, stranger: 404, fine: 409},
	{pattern: "POST /agent/v1/bots/{bot}/archive", body: `{"archived":false}`, stranger: 404},
	{pattern: "GET /agent/v1/bots/{bot}/versions", stranger: 404},
	{pattern: "POST /agent/v1/bots/{bot}/try", body: `{"draft":{"nickname":{"text":""},"steps":[]},"platform":"web","language":"en","open":true}`, stranger: 404},
	{pattern: "POST /agent/v1/bots/{bot}/request", body: `{"step_id":"a","request":{"method":"GET","url":"https://127.0.0.1/"},"values":{}}`, stranger: 404},
	{pattern: "POST /agent/v1/issues/{issue}/bot", body: `{"bot_id":""}`, stranger: 404},
	{pattern: "GET /agent/v1/apps/{app}/bots", stranger: 404},
	{pattern: "PUT /agent/v1/apps/{app}/bots", body: `{"on":true,"identity_bot":{"when":"after","name":true,"email":true,"skip":false},"feedback_bot_id":""}`, stranger: 404},
	{pattern: "GET /agent/v1/apps/{app}/identity", body: ``, stranger: 404},
	{pattern: "PUT /agent/v1/apps/{app}/identity", body: `{"required":true}`, stranger: 404},
	{pattern: "POST /agent/v1/apps/{app}/identity/test", body: `{"user_id":"ada","token":"x"}`, stranger: 404},
	{pattern: "POST /agent/v1/apps/{app}/identity/secrets", body: `{}`, stranger: 404},
	{pattern: "POST /agent/v1/apps/{app}/identity/secrets/{secret}/reveal", body: `{}`, stranger: 404},
	{pattern: "DELETE /agent/v1/apps/{app}/identity/secrets/{secret}", body: ``, stranger: 404},
	{pattern: "GET /agent/v1/users/{user}/sessions", body: ``, stranger: 404},
	{pattern: "POST /agent/v1/users/{user}/sessions/{session}/revoke", body: `{}`, stranger: 404},
	{pattern: "GET /agent/v1/users/{user}/data", stranger: 404},
	{pattern: "GET /agent/v1/users/{user}/export", stranger: 404},
	{pattern: "POST /agent/v1/users/{user}/erase", body: `{"confirm":"not this"}`, stranger: 404, fine: 400},
	{pattern: "GET /agent/v1/audit", body: ``, stranger: 200},
	{pattern: "POST /agent/v1/attachments", body: `a file`, stranger: 200},
	{pattern: "GET /agent/v1/tags", body: ``, stranger: 200},
	{pattern: "POST /agent/v1/tags", body: `{"name":"{fresh}"}`, stranger: 200},
	{pattern: "POST /agent/v1/tags/{tag}/archive", body: `{"archived":true}`, stranger: 404},
	{pattern: "GET /agent/v1/fields", body: ``, stranger: 200},
	{pattern: "POST /agent/v1/fields", body: `{"key":"order","label":"Order","type":"singleline"}`, stranger: 200},
	{pattern: "PUT /agent/v1/fields/{field}", body: `{"label":"Order","platforms":["web"]}`, stranger: 404},
	{pattern: "POST /agent/v1/fields/order", body: `{"ids":[]}`, stranger: 200},
	{pattern: "POST /agent/v1/fields/{field}/archive", body: `{"archived":true}`, stranger: 404},
	{pattern: "GET /agent/v1/sign-in/options", stranger: 200},
	{pattern: "GET /agent/v1/sso/start", stranger: 200}, // after it was sent to a page that says what is wrong
	{pattern: "GET /agent/v1/sso/callback", stranger: 200},
	{pattern: "GET /agent/v1/team", stranger: 200},
	{pattern: "PUT /agent/v1/team/{agent}", body: `{"name":"Ben","nickname":"","role":"agent"}`, stranger: 404},
	{pattern: "POST /agent/v1/team/{agent}/deactivate", body: `{}`, stranger: 404},
	{pattern: "POST /agent/v1/team/{agent}/reactivate", body: `{}`, stranger: 404},
	{pattern: "POST /agent/v1/team/{agent}/reset-two-factor", body: `{}`, stranger: 404},
	{pattern: "POST /agent/v1/invitations", body: `{"email":"{fresh}@example.com","role":"agent"}`, stranger: 200},
	{pattern: "POST /agent/v1/invitations/{invitation}/resend", body: `{}`, stranger: 404, fine: 429}, // it was sent just now
	{pattern: "DELETE /agent/v1/invitations/{invitation}", stranger: 404},
	{pattern: "POST /agent/v1/invitations/accept", body: `{"token":"x","name":"Ben","password":"correct horse"}`, stranger: 404, fine: 404},
	{pattern: "POST /agent/v1/tokens/look", body: `{"token":"x"}`, stranger: 404, fine: 404},
	{pattern: "POST /agent/v1/setup/check", body: `{"token":"x"}`, stranger: 404, fine: 404},
	{pattern: "POST /agent/v1/setup", body: `{"token":"x"}`, stranger: 404, fine: 404},
	{pattern: "POST /agent/v1/password/forgot", body: `{"email":"{fresh}@example.com"}`, stranger: 200},
	{pattern: "POST /agent/v1/password/reset", body: `{"token":"x","password":"correct horse"}`, stranger: 404, fine: 404},
	{pattern: "GET /agent/v1/profile", stranger: 200},
	{pattern: "PUT /agent/v1/profile", body: `{"name":"Kim","nickname":""}`, stranger: 200},
	{pattern: "POST /agent/v1/profile/available", body: `{"available":true}`, stranger: 200},
	{pattern: "POST /agent/v1/profile/password", body: `{"old":"correct horse","new":"correct horse"}`, stranger: 200},
	{pattern: "POST /agent/v1/profile/sessions/{session}/revoke", body: `{}`, stranger: 404, fine: 404}, // a visitor's session
	{pattern: "POST /agent/v1/profile/two-factor/confirm", body: `{"code":"123456"}`, stranger: 409, fine: 409},
	{pattern: "POST /agent/v1/profile/two-factor/off", body: `{"password":"correct horse","code":"123456"}`, stranger: 409, fine: 409},
	{pattern: "POST /agent/v1/profile/two-factor/recovery", body: `{"password":"correct horse","code":"123456"}`, stranger: 409, fine: 409},
	{pattern: "POST /agent/v1/profile/two-factor", body: `{"password":"correct horse"}`, stranger: 200},
	{pattern: "GET /agent/v1/api-keys", stranger: 200},
	{pattern: "POST /agent/v1/api-keys", body: `{"name":"{fresh}","access":"read"}`, stranger: 200},
	{pattern: "DELETE /agent/v1/api-keys/{key}", stranger: 404},
	{pattern: "PUT /agent/v1/api-keys/limit", body: `{"per_minute":1500}`, stranger: 200},
	{pattern: "GET /agent/v1/webhooks", stranger: 200},
	{pattern: "POST /agent/v1/webhooks", body: `{"title":"{fresh}","url":"http://127.0.0.1:1/","event":"create_issue"}`, stranger: 200},
	{pattern: "PUT /agent/v1/webhooks/{webhook}", body: `{"title":"{fresh}","url":"http://127.0.0.1:1/","event":"create_issue"}`, stranger: 404},
	{pattern: "DELETE /agent/v1/webhooks/{webhook}", stranger: 404},
	{pattern: "POST /agent/v1/webhooks/{webhook}/pause", body: `{"paused":true}`, stranger: 404},
	{pattern: "POST /agent/v1/webhooks/{webhook}/secrets", body: `{}`, stranger: 404},
	{pattern: "GET /agent/v1/webhooks/{webhook}/secrets/{secret}", stranger: 404},
	{pattern: "DELETE /agent/v1/webhooks/{webhook}/secrets/{secret}", stranger: 404, fine: 409}, // it is the only one
	{pattern: "POST /agent/v1/webhooks/try", body: `{"url":"http://127.0.0.1:1/","event":"create_issue"}`, stranger: 200},
	{pattern: "GET /agent/v1/webhooks/{webhook}/deliveries", stranger: 404},
	{pattern: "GET /agent/v1/webhooks/{webhook}/deliveries/{delivery}", stranger: 404, fine: 404}, // there is none yet
	{pattern: "POST /agent/v1/webhooks/{webhook}/replay", body: `{"from":1,"to":2}`, stranger: 404},
	{pattern: "GET /agent/v1/rules", stranger: 200},
	{pattern: "GET /agent/v1/rules/{rule}", stranger: 404},
	{pattern: "POST /agent/v1/rules", body: `{"name":"{fresh}","trigger":"update","actions":[{"kind":"resolve"}]}`, stranger: 200},
	{pattern: "PUT /agent/v1/rules/{rule}", body: `{"name":"{fresh}","trigger":"update","actions":[{"kind":"resolve"}]}`, stranger: 404},
	{pattern: "POST /agent/v1/rules/order", body: `{"ids":[]}`, stranger: 200},
	{pattern: "POST /agent/v1/rules/try", body: `{"rule":{"trigger":"update","actions":[{"kind":"resolve"}]},"issue":"7000000"}`, stranger: 400, fine: 400},
	{pattern: "GET /agent/v1/rules/options", stranger: 200},
	{pattern: "DELETE /agent/v1/rules/{rule}", stranger: 404},
	{pattern: "GET /agent/v1/reports", body: ``, stranger: 200},
	{pattern: "GET /agent/v1/reports.csv", body: ``, stranger: 400, fine: 400}, // there is no table without a name
	{pattern: "GET /agent/v1/mails", body: ``, stranger: 200},
	{pattern: "GET /agent/v1/mails.csv", body: ``, stranger: 200},
	{pattern: "POST /agent/v1/apps/{app}/simulate", stranger: 404, body: `{"days":7,"follow_up":{"enabled":true,"window":60,"online_window":0,"max_postponement":0,` +
		`"min_interval":0,"issue_daily_cap":6,"address_daily_cap":20,"typed_daily_cap":5,"destination":"start_page","custom_url":""}}`},
}

func TestEveryRouteHasItsAccess(t *testing.T) {
	stated := agentapi.Permissions()
	var have []string
	for _, a := range accessTable {
		have = append(have, a.pattern)
	}
	slices.Sort(have)
	if want := slices.Sorted(maps.Keys(stated)); !slices.Equal(have, want) {
		t.Errorf("the table knows the routes\n%s\nbut there are\n%s", strings.Join(have, "\n"), strings.Join(want, "\n"))
	}
	for pattern, may := range stated {
		if !slices.Contains([]rejoin.Permission{agentapi.Anybody, rejoin.Answer, rejoin.Supervise, rejoin.Administer}, may) {
			t.Errorf("%s states no permission, but %q", pattern, may)
		}
	}
}

// want is what somebody with the role gets.
func (a access) want(role rejoin.Role) int {
	may := agentapi.Permissions()[a.pattern]
	if may != agentapi.Anybody && !role.May(may) {
		return 403
	}
	if a.fine != 0 {
		return a.fine
	}
	return 200
}

func TestAccess(t *testing.T) {
	o := sqlite(t)
	maya, sue, arthur, ended := o.maya(), o.hire("Sue", rejoin.Supervisor), o.hire("Arthur", rejoin.AgentRole), o.maya()
	rita, _ := o.stranger()
	ended.post("/sign-out", `{}`).fine()
	for _, row := range accessTable {
		closed := 401
		if agentapi.Permissions()[row.pattern] == agentapi.Anybody {
			closed = row.want("")
		}
		maya, sue, arthur, rita := maya, sue, arthur, rita
		if row.pattern == "POST /agent/v1/sign-out" { // it ends sessions that the other rows need
			maya, sue, arthur, rita = o.maya(), o.enter(sue.Email), o.enter(arthur.Email), o.enter(rita.Email)
		}
		for who, c := range map[string]struct {
			p    person
			want int
		}{
			"nobody":                 {person{o: o}, closed},
			"junk":                   {person{o: o, token: "junk"}, closed},
			"a well-formed token":    {person{o: o, token: identity.NewToken()}, closed},
			"an ended session":       {ended, closed},
			"another domain's admin": {rita, row.stranger},
			"an agent":               {arthur, row.want(rejoin.AgentRole)},
			"a supervisor":           {sue, row.want(rejoin.Supervisor)},
			"an administrator":       {maya, row.want(rejoin.Administrator)},
		} {
			t.Run(row.pattern+" by "+who, func(t *testing.T) {
				got := o.try(row, c.p)
				if got.status != c.want {
					t.Errorf("answer %d %s, want %d", got.status, got.body, c.want)
				}
				if got.status >= 400 {
					f := got.failure()
					if want := map[int]rejoin.Code{400: rejoin.Invalid, 401: rejoin.Unauthenticated, 403: rejoin.Forbidden, 404: rejoin.NotFound, 409: rejoin.Conflict, 429: rejoin.Limited}[c.want]; f.Code != want {
						t.Errorf("code %q, want %q", f.Code, want)
					}
				}
			})
		}
	}
}

// try sends a row's request about an issue of its own with an e-mail that waits.
func (o *office) try(row access, p person) answer {
	o.t.Helper()
	o.Clock.Advance(time.Minute) // for the limits of sign-in
	method, path, _ := strings.Cut(row.pattern, " ")
	if strings.Contains(path, "{issue}") {
		v := o.VisitKnown("Where is my parcel?", "Ada", "ada@example.org")
		path = strings.NewReplacer("{issue}", v.Issue.ID, "{message}", o.answerOf(p, v.Issue.ID)).Replace(path)
	}
	if strings.Contains(path, "{reply}") {
		path = strings.Replace(path, "{reply}", o.replyOf(p), 1)
	}
	if strings.Contains(path, "{view}") {
		path = strings.Replace(path, "{view}", o.viewOf(p), 1)
	}
	if strings.Contains(path, "{user}") {
		id, session := o.visitor()
		path = strings.NewReplacer("{user}", id, "{session}", session).Replace(path)
	}
	if strings.Contains(path, "{webhook}") {
		id, secret := o.webhook()
		path = strings.NewReplacer("{webhook}", id, "{secret}", secret).Replace(path)
	}
	path = strings.NewReplacer("{app}", o.Made.App.ID, "{platform}", o.Made.Platform.ID, "{secret}", o.secretID(), "/attachments", "/attachments?client_id="+o.NewClientID()).Replace(path)
	if strings.Contains(path, "{field}") {
		path = strings.Replace(path, "{field}", o.field(), 1)
	}
	if strings.Contains(path, "{tag}") {
		path = strings.Replace(path, "{tag}", o.tag(), 1)
	}
	if strings.Contains(path, "{queue}") {
		path = strings.Replace(path, "{queue}", o.queue(), 1)
	}
	if strings.Contains(path, "{bot}") {
		path = strings.Replace(path, "{bot}", o.bot(), 1)
	}
	if strings.Contains(path, "{rule}") {
		path = strings.Replace(path, "{rule}", o.rule(), 1)
	}
	if strings.Contains(path, "{key}") {
		path = strings.Replace(path, "{key}", o.apiKey().Keys[0].ID, 1)
	}
	if strings.Contains(path, "{agent}") {
		path = strings.Replace(path, "{agent}", o.colleague(), 1)
	}
	if strings.Contains(path, "{invitation}") {
		path = strings.Replace(path, "{invitation}", o.invitation(), 1)
	}
	in := strings.Replace(row.body, "{fresh}", o.NewClientID(), 1)
	if in == settings {
		in = o.settings()
	}
	if strings.HasSuffix(path, "/socket") {
		return p.do(method, path, in, "Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13", "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
	}
	if (strings.HasSuffix(path, "/messages") || strings.HasSuffix(path, "/notes")) && method == "POST" {
		in = strings.Replace(in, "0123456789", o.NewClientID(), 1)
	}
	return p.do(method, path, in)
}

// settings are good settings for the app.
func (o *office) settings() string {
	return body(agentapi.SetWebChat{WebChat: rejoin.DefaultAppSettings().WebChat, AllowedOrigins: []string{"https://shop.example.com"}})
}

// asOneOfUs is the person if they belong to the domain, else Maya.
func (o *office) asOneOfUs(p person) rejoin.Agent {
	if p.DomainID == o.Made.Domain.ID {
		return p.Agent
	}
	return o.Maya
}

// answerOf is a message that the person has written in the issue.
func (o *office) answerOf(p person, issueID string) string {
	o.t.Helper()
	if err := o.Core.Messages.SendAsAgent(o.t.Context(), o.asOneOfUs(p), issueID, o.NewClientID(), "On its way."); err != nil {
		o.t.Fatal(err)
	}
	o.Settle()
	list := o.Load(issueID).Messages
	return list[len(list)-1].ID
}

// replyOf is a saved reply of the person.
func (o *office) replyOf(p person) string {
	o.t.Helper()
	list, err := o.Core.Replies.Add(o.t.Context(), o.asOneOfUs(p), core.SetReply{Title: "Hello", Body: "Hello"})
	if err != nil {
		o.t.Fatal(err)
	}
	return list[0].ID
}

// viewOf is a Smart View of the person.
func (o *office) viewOf(p person) string {
	o.t.Helper()
	list, err := o.Core.Inbox.SetView(o.t.Context(), o.asOneOfUs(p), "", core.NewSmartView{Name: "Late"})
	if err != nil {
		o.t.Fatal(err)
	}
	return list[len(list)-1].ID
}

// webhook is a new one in the domain, and its secret; there are no others.
func (o *office) webhook() (id, secretID string) {
	o.t.Helper()
	list, err := o.Core.Webhooks.List(o.t.Context(), o.Maya)
	for _, w := range list {
		if _, bad := o.Core.Webhooks.Delete(o.t.Context(), o.Maya, w.Webhook.ID); err == nil {
			err = bad
		}
	}
	made, bad := o.Core.Webhooks.Set(o.t.Context(), o.Maya, "", rejoin.Webhook{Title: "Warehouse", URL: "http://127.0.0.1:1/", Event: rejoin.CreateIssue})
	if err = errors.Join(err, bad); err != nil {
		o.t.Fatal(err)
	}
	return made.Webhook.ID, made.Secrets[0].ID
}

// colleague is somebody new in the domain.
func (o *office) colleague() string {
	o.t.Helper()
	a, err := o.Core.Setup.AddAgent(o.t.Context(), o.Made.Domain.ID, rejoin.AgentRole, "Ben", o.NewClientID()+"@example.com", "correct horse")
	if err != nil {
		o.t.Fatal(err)
	}
	return a.ID
}

// bot is a new one of the domain.
func (o *office) bot() string {
	o.t.Helper()
	p, err := o.Core.Bots.Make(o.t.Context(), o.Maya, core.NewBot{Name: o.NewClientID(), Kind: rejoin.CustomBot})
	if err != nil {
		o.t.Fatal(err)
	}
	return p.ID
}

// queue is a new one of the domain.
func (o *office) queue() string {
	o.t.Helper()
	name := o.NewClientID()
	list, err := o.Core.Queues.Set(o.t.Context(), o.Maya, "", rejoin.Queue{Name: name})
	if err != nil {
		o.t.Fatal(err)
	}
	return list[slices.IndexFunc(list, func(q core.QueueState) bool { return q.Name == name })].ID
}

// rule is a new automation of the domain, which is off.
func (o *office) rule() string {
	o.t.Helper()
	s, err := o.Core.Rules.Set(o.t.Context(), o.Maya, "", rejoin.Rule{Name: o.NewClientID(), Trigger: rejoin.OnUpdate, Actions: []rejoin.Action{{Kind: rejoin.DoResolve}}})
	if err != nil {
		o.t.Fatal(err)
	}
	return s.Rule.ID
}

// invitation is a fresh one of the domain.
func (o *office) invitation() string {
	o.t.Helper()
	p, err := o.Core.Members.Invite(o.t.Context(), o.Maya, o.NewClientID()+"@example.com", rejoin.AgentRole)
	if err != nil {
		o.t.Fatal(err)
	}
	return p.Invitations[0].ID
}
