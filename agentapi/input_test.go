package agentapi_test

import (
	"strings"
	"testing"

	"rejoin"
	"rejoin/agentapi"
	"rejoin/core"
)

// TestBadInput: each request is refused with its status, code and field, and leaves no trace.
func TestBadInput(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		maya := o.maya()
		rita, rival := o.stranger()
		v := o.VisitKnown("Where is my parcel?", "Ada", "ada@example.org")
		o.Reply(v, "On its way.")
		issue, app, user := "/issues/"+v.Issue.ID, "/apps/"+o.Made.App.ID, v.Issue.UserID
		send := func(body string) string { return body2("client_id", o.NewClientID(), "body", body) }
		chat := func(change func(*agentapi.SetWebChat)) string {
			in := agentapi.SetWebChat{WebChat: rejoin.DefaultAppSettings().WebChat, AllowedOrigins: []string{"https://shop.example.com"}}
			change(&in)
			return body(in)
		}
		whole := func() (text string) {
			for _, path := range []string{issue, app, app + "/identity", "/users/" + user + "/sessions", "/audit", "/tags", "/fields"} {
				text += path + "\n" + maya.get(path).fine().body + "\n"
			}
			return text
		}
		before := whole()
		for _, c := range []struct {
			name, method, path, body string
			status                   int
			code                     rejoin.Code
			field                    string
		}{
			{"empty message", "POST", issue + "/messages", send(" \n\x00"), 400, "invalid", "body"},
			{"long message", "POST", issue + "/messages", send(strings.Repeat("ä", 10001)), 400, "invalid", "body"},
			{"oversized message", "POST", issue + "/messages", send(strings.Repeat("x", 170<<10)), 413, "invalid", ""},
			{"no client_id", "POST", issue + "/messages", `{"body":"Hello"}`, 400, "invalid", "client_id"},
			{"negative after", "POST", issue + "/messages", `{"client_id":"0123456789","body":"Hello","after":-1}`, 400, "invalid", "after"},
			{"negative after_event", "POST", issue + "/messages", `{"client_id":"0123456789","body":"Hello","after_event":-1}`, 400, "invalid", "after_event"},
			{"unknown field", "POST", issue + "/messages", `{"client_id":"0123456789","body":"Hello","colour":1}`, 400, "invalid", "colour"},
			{"wrong type", "POST", issue + "/messages", `{"client_id":"0123456789","body":7}`, 400, "invalid", "body"},
			{"no JSON", "POST", issue + "/messages", `hello`, 400, "invalid", ""},
			{"binary", "POST", issue + "/messages", "\xff\xfe\x00", 400, "invalid", ""},
			{"two values", "POST", issue + "/typing", `{} {}`, 400, "invalid", ""},
			{"words where none are needed", "POST", issue + "/links/revoke", `{"all":true}`, 400, "invalid", "all"},
			{"read nothing", "POST", issue + "/read", `{"seq":0}`, 400, "invalid", "seq"},
			{"read the future", "POST", issue + "/read", `{"seq":99}`, 400, "invalid", "seq"},
			{"oversized small body", "POST", issue + "/read", `{"seq":` + strings.Repeat(" ", 9<<10) + `1}`, 413, "invalid", ""},
			{"unknown agent", "POST", issue + "/assign", `{"agent_id":"agt_nobody"}`, 400, "invalid", "agent_id"},
			{"agent of another domain", "POST", issue + "/assign", body2("agent_id", rita.ID), 400, "invalid", "agent_id"},
			{"agent with NUL", "POST", issue + "/assign", body2("agent_id", "agt\x00"), 400, "invalid", "agent_id"},
			{"unknown state", "POST", issue + "/state", `{"state":"new"}`, 400, "invalid", "state"},
			{"open already", "POST", issue + "/state", `{"state":"open"}`, 409, "conflict", ""},
			{"unknown action", "POST", issue + "/follow-up", `{"action":"burn"}`, 400, "invalid", "action"},
			{"unknown view", "POST", "/issues/query", `{"view":"theirs"}`, 400, "invalid", "view"},
			{"view with NUL", "POST", "/issues/query", `{"view":"a\u0000"}`, 400, "invalid", "view"},
			{"long search", "POST", "/issues/query", `{"filter":{"text":"` + strings.Repeat("x", 201) + `"}}`, 400, "invalid", "text"},
			{"search with NUL", "POST", "/issues/query", `{"filter":{"text":"a\u0000b"}}`, 400, "invalid", "text"},
			{"tag with NUL", "POST", "/issues/query", `{"filter":{"tags_any":["\u0000"]}}`, 400, "invalid", "tags_any"},
			{"no rating", "POST", "/issues/query", `{"filter":{"ratings":[6]}}`, 400, "invalid", "ratings"},
			{"no comparison", "POST", "/issues/query", `{"filter":{"fields":[{"key":"a","op":"like","value":["b"]}]}}`, 400, "invalid", "fields"},
			{"compared with nothing", "POST", "/issues/query", `{"filter":{"fields":[{"key":"a","op":"is"}]}}`, 400, "invalid", "fields"},
			{"above no number", "POST", "/issues/query", `{"filter":{"fields":[{"key":"a","op":"above","value":["b"]}]}}`, 400, "invalid", "fields"},
			{"unknown order", "POST", "/issues/query", `{"sort":"random"}`, 400, "invalid", "sort"},
			{"endless page", "POST", "/issues/query", `{"limit":201}`, 400, "invalid", "limit"},
			{"bad cursor", "POST", "/issues/query", `{"cursor":"next"}`, 400, "invalid", "cursor"},
			{"cursor before time", "POST", "/issues/query", `{"cursor":"0.iss_1"}`, 400, "invalid", "cursor"},
			{"cursor with NUL", "POST", "/issues/query", `{"cursor":"5.\u0000"}`, 400, "invalid", "cursor"},
			{"view without a name", "POST", "/views", `{"name":" "}`, 400, "invalid", "name"},
			{"unknown view to change", "PUT", "/views/view_none", `{"name":"Mine"}`, 404, "not_found", ""},
			{"bulk of nothing", "POST", "/issues/bulk", `{"client_id":"0123456789","issue_ids":[],"state":"resolved"}`, 400, "invalid", "issue_ids"},
			{"bulk without a change", "POST", "/issues/bulk", `{"client_id":"0123456789","issue_ids":["iss_1"]}`, 400, "invalid", ""},
			{"bulk to no state", "POST", "/issues/bulk", `{"client_id":"0123456789","issue_ids":["iss_1"],"state":"new"}`, 400, "invalid", "state"},
			{"after is no number", "GET", issue + "?after=x", ``, 400, "invalid", "after"},
			{"after_event is negative", "GET", issue + "?after_event=-1", ``, 400, "invalid", "after_event"},
			{"before is too big", "GET", issue + "/messages?before=99999999999999999999", ``, 400, "invalid", "before"},
			{"unknown issue", "GET", "/issues/iss_nothing", ``, 404, "not_found", ""},
			{"issue with NUL", "GET", "/issues/iss%00", ``, 404, "not_found", ""},
			{"issue with a path", "GET", "/issues/..%2f..%2fme", ``, 404, "not_found", ""},
			{"app with NUL", "GET", "/apps/app%00", ``, 404, "not_found", ""},
			{"app of another domain", "GET", "/apps/" + rival.App.ID, ``, 404, "not_found", ""},
			{"settings for another domain", "PUT", "/apps/" + rival.App.ID + "/web-chat", chat(func(*agentapi.SetWebChat) {}), 404, "not_found", ""},
			{"no colour", "PUT", app + "/web-chat", `{"web_chat":{"color":""}}`, 400, "invalid", "color"},
			{"window of a second", "PUT", app + "/web-chat", chat(func(s *agentapi.SetWebChat) { s.WebChat.FollowUp.Window = 1 }), 400, "invalid", "window"},
			{"long greeting", "PUT", app + "/web-chat", chat(func(s *agentapi.SetWebChat) { s.WebChat.Greeting = strings.Repeat("x", 501) }), 400, "invalid", "greeting"},
			{"greeting with NUL", "PUT", app + "/web-chat", chat(func(s *agentapi.SetWebChat) { s.WebChat.Greeting = "a\x00" }), 400, "invalid", "greeting"},
			{"unused address with NUL", "PUT", app + "/web-chat", chat(func(s *agentapi.SetWebChat) { s.WebChat.FollowUp.CustomURL = "a\x00" }), 400, "invalid", "custom_url"},
			{"unknown destination", "PUT", app + "/web-chat", chat(func(s *agentapi.SetWebChat) { s.WebChat.FollowUp.Destination = "moon" }), 400, "invalid", "destination"},
			{"script as destination", "PUT", app + "/web-chat", chat(func(s *agentapi.SetWebChat) {
				s.WebChat.FollowUp.Destination, s.WebChat.FollowUp.CustomURL = rejoin.CustomURL, "javascript:alert(1)"
			}), 400, "invalid", "custom_url"},
			{"no origin", "PUT", app + "/web-chat", chat(func(s *agentapi.SetWebChat) { s.AllowedOrigins = []string{"shop"} }), 400, "invalid", "allowed_origins"},
			{"oversized settings", "PUT", app + "/web-chat", strings.Repeat(" ", 65<<10) + "{}", 413, "invalid", ""},
			{"preview of bad settings", "POST", app + "/web-chat/preview", chat(func(s *agentapi.SetWebChat) { s.WebChat.Color = "red" }), 400, "invalid", "color"},
			{"no attachment list", "POST", issue + "/messages", `{"client_id":"0123456789","attachments":"x"}`, 400, "invalid", "attachments"},
			{"unknown attachment", "POST", issue + "/messages", `{"client_id":"0123456789","attachments":["fil_1"]}`, 400, "invalid", "attachments"},
			{"attachment with NUL", "POST", issue + "/messages", `{"client_id":"0123456789","attachments":["\u0000"]}`, 400, "invalid", "attachments"},
			{"eleven attachments", "POST", issue + "/messages", `{"client_id":"0123456789","attachments":["1","2","3","4","5","6","7","8","9","0","1"]}`, 400, "invalid", "attachments"},
			{"upload of nothing", "POST", "/attachments?client_id=0123456789", ``, 400, "invalid", "body"},
			{"upload without client_id", "POST", "/attachments?name=a.txt", `x`, 400, "invalid", "client_id"},
			{"upload with NUL", "POST", "/attachments?client_id=01234567%00", `x`, 400, "invalid", "client_id"},
			{"upload that is too large", "POST", "/attachments?client_id=0123456789", strings.Repeat("\x00", core.MaxFile+1), 400, "invalid", "body"},
			{"verification of another domain", "PUT", "/apps/" + rival.App.ID + "/identity", `{"required":false}`, 404, "not_found", ""},
			{"verification maybe", "PUT", app + "/identity", `{"required":"maybe"}`, 400, "invalid", "required"},
			{"verification, unknown field", "PUT", app + "/identity", `{"required":true,"secret":"x"}`, 400, "invalid", "secret"},
			{"endless verification", "PUT", app + "/identity", strings.Repeat(" ", 9<<10) + `{}`, 413, "invalid", ""},
			{"a secret of one's own", "POST", app + "/identity/secrets", `{"value":"x"}`, 400, "invalid", "value"},
			{"secret for app with NUL", "POST", "/apps/app%00/identity/secrets", `{}`, 404, "not_found", ""},
			{"unknown secret", "POST", app + "/identity/secrets/sec_1/reveal", `{}`, 404, "not_found", ""},
			{"secret with NUL", "POST", app + "/identity/secrets/a%00b/reveal", `{}`, 404, "not_found", ""},
			{"words for a secret", "POST", app + "/identity/secrets/sec_1/reveal", `{"now":true}`, 400, "invalid", "now"},
			{"delete an unknown secret", "DELETE", app + "/identity/secrets/sec_1", ``, 404, "not_found", ""},
			{"delete a secret with NUL", "DELETE", app + "/identity/secrets/%00", ``, 404, "not_found", ""},
			{"test of a number", "POST", app + "/identity/test", `{"user_id":7}`, 400, "invalid", "user_id"},
			{"endless test", "POST", app + "/identity/test", body2("token", strings.Repeat("x", 65<<10)), 413, "invalid", ""},
			{"unknown user", "GET", "/users/usr_1/sessions", ``, 404, "not_found", ""},
			{"user with NUL", "GET", "/users/%00/sessions", ``, 404, "not_found", ""},
			{"session of an unknown user", "POST", "/users/usr_1/sessions/all/revoke", `{}`, 404, "not_found", ""},
			{"unknown session", "POST", "/users/" + user + "/sessions/0123456789abcdef/revoke", `{}`, 404, "not_found", ""},
			{"session with NUL", "POST", "/users/" + user + "/sessions/%00/revoke", `{}`, 404, "not_found", ""},
			{"words for a session", "POST", "/users/" + user + "/sessions/all/revoke", `{"why":"x"}`, 400, "invalid", "why"},
			{"bad cursor of the log", "GET", "/audit?cursor=next", ``, 400, "invalid", "cursor"},
			{"cursor of the log with NUL", "GET", "/audit?cursor=5.%00", ``, 400, "invalid", "cursor"},
			{"tag without a name", "POST", "/tags", `{}`, 400, "invalid", "name"},
			{"long tag", "POST", "/tags", body2("name", strings.Repeat("ä", 101)), 400, "invalid", "name"},
			{"tag of nothing but NUL", "POST", "/tags", body2("name", "\x00"), 400, "invalid", "name"},
			{"tag, unknown field", "POST", "/tags", `{"name":"x","colour":"red"}`, 400, "invalid", "colour"},
			{"unknown tag", "POST", "/tags/tag_1/archive", `{"archived":true}`, 404, "not_found", ""},
			{"tag with NUL", "POST", "/tags/%00/archive", `{"archived":true}`, 404, "not_found", ""},
			{"tag archived maybe", "POST", "/tags/tag_1/archive", `{"archived":1}`, 400, "invalid", "archived"},
			{"field without a key", "POST", "/fields", `{"label":"x","type":"date"}`, 400, "invalid", "key"},
			{"field with NUL in its key", "POST", "/fields", `{"key":"a\u0000","label":"x","type":"date"}`, 400, "invalid", "key"},
			{"field without a label", "POST", "/fields", `{"key":"a","type":"date"}`, 400, "invalid", "label"},
			{"field of no type", "POST", "/fields", `{"key":"a","label":"A","type":"colour"}`, 400, "invalid", "type"},
			{"dropdown without options", "POST", "/fields", `{"key":"a","label":"A","type":"dropdown"}`, 400, "invalid", "options"},
			{"dropdown with NUL", "POST", "/fields", `{"key":"a","label":"A","type":"dropdown","options":["\u0000"]}`, 400, "invalid", "options"},
			{"dropdown with one twice", "POST", "/fields", `{"key":"a","label":"A","type":"dropdown","options":["S","S"]}`, 400, "invalid", "options"},
			{"endless field", "POST", "/fields", strings.Repeat(" ", 1<<20) + `{}`, 413, "invalid", ""},
			{"unknown field's archive", "POST", "/fields/cif_1/archive", `{"archived":true}`, 404, "not_found", ""},
			{"unknown address", "GET", "/nowhere", ``, 404, "not_found", ""},
			{"the API's root", "GET", "/", ``, 404, "not_found", ""},
			{"wrong method", "DELETE", issue, ``, 405, "invalid", ""},
			{"no WebSocket", "GET", "/socket", ``, 400, "invalid", ""},
		} {
			t.Run(c.name, func(t *testing.T) {
				got := maya.do(c.method, "/agent/v1"+c.path, c.body)
				got.t = t
				f := got.failure()
				if got.status != c.status || f.Code != c.code || f.Field != c.field {
					t.Errorf("answer %d %+v, want %d %s %s", got.status, f, c.status, c.code, c.field)
				}
				if ct := got.header.Get("Content-Type"); ct != "application/json; charset=utf-8" {
					t.Errorf("Content-Type %q", ct)
				}
			})
		}
		if after := whole(); after != before {
			t.Errorf("there was\n%s\nand is\n%s", before, after)
		}
	})
}

// body2 is an object of strings.
func body2(pairs ...string) string {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return body(m)
}

func TestContentType(t *testing.T) {
	o := sqlite(t)
	maya := o.maya()
	for _, ct := range []string{"", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1"} {
		if got := maya.do("POST", "/agent/v1/sign-out", `{}`, "Content-Type", ct); got.status != 415 || got.failure().Field != "Content-Type" {
			t.Errorf("%q: %d %s", ct, got.status, got.body)
		}
	}
	maya.get("/me").fine()
}

func TestMethodsAreNamed(t *testing.T) {
	o := sqlite(t)
	got := o.maya().do("PATCH", "/agent/v1/issues/iss_1/messages", `{}`)
	if allow := got.header.Values("Allow"); got.status != 405 || strings.Join(allow, ", ") != "GET, POST" {
		t.Errorf("answer %d, Allow %q", got.status, allow)
	}
}

func TestOtherSitesAreRefused(t *testing.T) {
	o := sqlite(t)
	maya := o.maya()
	v := o.Visit("Hello")
	path := "/agent/v1/issues/" + v.Issue.ID + "/messages"
	in := body2("client_id", o.NewClientID(), "body", "Hello")
	for _, h := range [][]string{
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"},
	} {
		if got := maya.do("POST", path, in, h...); got.status != 403 || got.failure().Code != rejoin.Forbidden {
			t.Errorf("%v: %d %s", h, got.status, got.body)
		}
		for _, r := range []string{"PUT /apps/" + o.Made.App.ID + "/identity", "DELETE /apps/" + o.Made.App.ID + "/identity/secrets/" + o.secretID(),
			"POST /apps/" + o.Made.App.ID + "/identity/secrets/" + o.secretID() + "/reveal", "POST /attachments?client_id=0123456789"} {
			method, at, _ := strings.Cut(r, " ")
			if got := maya.do(method, "/agent/v1"+at, `{}`, h...); got.status != 403 || got.failure().Code != rejoin.Forbidden {
				t.Errorf("%s with %v: %d %s", r, h, got.status, got.body)
			}
		}
		if got := (person{o: o}).do("POST", "/agent/v1/sign-in", `{"email":"maya@example.com","password":"correct horse"}`, h...); got.status != 403 {
			t.Errorf("sign-in with %v: %d", h, got.status)
		}
	}
	if n := len(threadAt(maya.get("/issues/" + v.Issue.ID)).Messages); n != int(v.Last()) {
		t.Errorf("%d messages", n)
	}
	maya.do("POST", path, in, "Sec-Fetch-Site", "same-origin", "Origin", o.url).fine()

	upgrade := []string{"Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13", "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}
	for _, origin := range []string{"https://evil.example", "null", o.url + ".evil.example"} {
		if got := maya.do("GET", "/agent/v1/socket", ``, append(upgrade, "Origin", origin)...); got.status != 403 {
			t.Errorf("socket from %s: %d", origin, got.status)
		}
	}
	if got := maya.do("GET", "/agent/v1/socket", ``, append(upgrade, "Origin", o.url)...); got.status != 101 {
		t.Errorf("socket from our own page: %d", got.status)
	}
}

func TestAgentsAreLimited(t *testing.T) {
	o := sqlite(t)
	maya, arthur := o.maya(), o.hire("Arthur", rejoin.AgentRole)
	for i := range 1000 {
		if got := maya.get("/me"); got.status == 429 {
			if i < 300 {
				t.Errorf("limited after %d requests", i)
			}
			arthur.get("/me").fine()
			return
		}
	}
	t.Error("never limited")
}
