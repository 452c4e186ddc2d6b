package chatapi_test

import (
	"net/http"
	"strings"
	"testing"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/identity"
)

// TestBadInput sends what is wrong and looks for traces.
func TestBadInput(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		v, link, _ := d.mailed()
		guest, _ := d.guest(link)
		issue, unknown := "/issues/"+v.Issue.ID, "/issues/iss_00000000-0000-7000-8000-000000000000"
		fresh := func() string { return identity.NewToken() }
		id := d.NewClientID()
		with := func(r request, k, val string) request {
			r.header = map[string]string{k: val}
			return r
		}
		newIssue := func(change func(*chatapi.NewIssue)) request {
			in := d.newIssue("hello")
			change(&in)
			return post("/issues", fresh(), in)
		}
		cases := []struct {
			name   string
			r      request
			status int
			code   rejoin.Code
			field  string
		}{
			{"too long", post(issue+"/messages", v.Token, chatapi.Send{ClientID: id, Body: strings.Repeat("😀", rejoin.MaxBody+1)}), 400, rejoin.Invalid, "body"},
			{"too long, first", newIssue(func(n *chatapi.NewIssue) { n.Body = strings.Repeat("x", rejoin.MaxBody+1) }), 400, rejoin.Invalid, "body"},
			{"blank", post(issue+"/messages", v.Token, chatapi.Send{ClientID: id, Body: " \n\t "}), 400, rejoin.Invalid, "body"},
			{"no client_id", post(issue+"/messages", v.Token, chatapi.Send{Body: "x"}), 400, rejoin.Invalid, "client_id"},
			{"client_id with a NUL", newIssue(func(n *chatapi.NewIssue) { n.ClientID = "12345678\x00" }), 400, rejoin.Invalid, "client_id"},
			{"platform with a NUL", newIssue(func(n *chatapi.NewIssue) { n.PlatformID = "a\x00" }), 400, rejoin.Invalid, "platform_id"},
			{"malformed", post(issue+"/messages", v.Token, `{"client_id":`), 400, rejoin.Invalid, ""},
			{"two values", post(issue+"/messages", v.Token, `{} {}`), 400, rejoin.Invalid, ""},
			{"not an object", post(issue+"/messages", v.Token, `[]`), 400, rejoin.Invalid, ""},
			{"wrong type", post(issue+"/messages", v.Token, `{"client_id":1}`), 400, rejoin.Invalid, "client_id"},
			{"empty", post(issue+"/messages", v.Token, ""), 400, rejoin.Invalid, ""},
			{"not UTF-8", post(issue+"/messages", v.Token, "{\"body\":\"\xff\"}"), 400, rejoin.Invalid, ""},
			{"too deep", post(issue+"/messages", v.Token, strings.Repeat("[", 100)), 400, rejoin.Invalid, ""},
			{"unknown field", post(issue+"/messages", v.Token, `{"client_id":"`+id+`","body":"x","admin":true}`), 400, rejoin.Invalid, "admin"},
			{"wrong content type", with(post(issue+"/messages", v.Token, chatapi.Send{ClientID: id, Body: "x"}), "Content-Type", "text/plain"), 415, rejoin.Invalid, "Content-Type"},
			{"oversized message", post(issue+"/messages", v.Token, chatapi.Send{ClientID: id, Body: strings.Repeat("x", 161<<10)}), 413, rejoin.Invalid, ""},
			{"oversized read", post(issue+"/read", v.Token, `{"seq":1`+strings.Repeat(" ", 9<<10)+`}`), 413, rejoin.Invalid, ""},
			{"oversized return", post("/return", "", `{"token":"`+strings.Repeat("x", 9<<10)+`"}`), 413, rejoin.Invalid, ""},
			{"unknown platform", newIssue(func(n *chatapi.NewIssue) { n.PlatformID = "nobody_platform_1" }), 404, rejoin.NotFound, ""},
			{"unknown issue", post(unknown+"/messages", v.Token, chatapi.Send{ClientID: id, Body: "x"}), 404, rejoin.NotFound, ""},
			{"issue with a NUL", post("/issues/a%00b/messages", v.Token, chatapi.Send{ClientID: id, Body: "x"}), 404, rejoin.NotFound, ""},
			{"issue of broken bytes", get("/issues/%ff/messages", v.Token), 404, rejoin.NotFound, ""},
			{"unknown answer", post(issue+"/messages", v.Token, chatapi.Send{ClientID: id, Body: "x", Answers: 1}), 409, rejoin.Conflict, "answers"},
			{"negative answer", post(issue+"/messages", v.Token, chatapi.Send{ClientID: id, Body: "x", Answers: -1}), 400, rejoin.Invalid, "answers"},
			{"negative after", post(issue+"/messages", v.Token, chatapi.Send{ClientID: id, Body: "x", After: -1}), 400, rejoin.Invalid, "after"},
			{"read ahead", post(issue+"/read", v.Token, chatapi.Read{Seq: 1000}), 400, rejoin.Invalid, "seq"},
			{"read nothing", post(issue+"/read", v.Token, chatapi.Read{}), 400, rejoin.Invalid, "seq"},
			{"read before a gesture", post(issue+"/read", guest, chatapi.Read{Seq: 1}), 403, rejoin.Forbidden, ""},
			{"returned without a visit", post(issue+"/returned", guest, chatapi.Returned{VisitID: "fup_1"}), 400, rejoin.Invalid, "visit_id"},
			{"returned with a NUL", post(issue+"/returned", guest, chatapi.Returned{VisitID: "\x00"}), 400, rejoin.Invalid, "visit_id"},
			{"session that is none", post("/return", "", chatapi.Redeem{PlatformID: d.Made.Platform.ID, Token: link, Session: "short"}), 400, rejoin.Invalid, "session"},
			{"session that is somebody's", post("/return", "", chatapi.Redeem{PlatformID: d.Made.Platform.ID, Token: link, Session: d.Visit("me").Token}), 400, rejoin.Invalid, "session"},
			{"presence unknown", post("/presence", "", chatapi.PresenceIn{Token: v.Token, Tab: tab, State: "asleep"}), 400, rejoin.Invalid, "state"},
			{"presence offline", post("/presence", "", chatapi.PresenceIn{Token: v.Token, Tab: tab, State: rejoin.Offline}), 400, rejoin.Invalid, "state"},
			{"tab with a NUL", post("/presence", "", chatapi.PresenceIn{Token: v.Token, Tab: "12345678\x00", State: rejoin.Active}), 400, rejoin.Invalid, "tab"},
			{"poll without a tab", post("/poll", v.Token, chatapi.Poll{State: rejoin.Active}), 400, rejoin.Invalid, "tab"},
			{"negative cursor", post("/poll", v.Token, chatapi.Poll{Tab: tab, State: rejoin.Active, Cursors: map[string]chatapi.Cursor{v.Issue.ID: {Seq: -1}}}), 400, rejoin.Invalid, "cursors"},
			{"unknown parameter", get(issue+"/messages?since=1", v.Token), 400, rejoin.Invalid, "since"},
			{"both ways", get(issue+"/messages?after=1&before=3", v.Token), 400, rejoin.Invalid, "before"},
			{"no number", get(issue+"/messages?after=x", v.Token), 400, rejoin.Invalid, "after"},
			{"page too large", get(issue+"/messages?limit=51", v.Token), 400, rejoin.Invalid, "limit"},
			{"wrong origin", with(newIssue(func(*chatapi.NewIssue) {}), "Origin", "https://evil.example.com"), 403, rejoin.Forbidden, ""},
			{"wrong site", with(post(issue+"/messages", v.Token, chatapi.Send{ClientID: id, Body: "x"}), "Sec-Fetch-Site", "cross-site"), 403, rejoin.Forbidden, ""},
			{"identify nobody knows where", post("/identify", "", chatapi.Identify{PlatformID: "nobody_platform_1", Session: fresh()}), 404, rejoin.NotFound, ""},
			{"identify with a NUL", post("/identify", "", chatapi.Identify{PlatformID: "a\x00", Session: fresh()}), 400, rejoin.Invalid, "platform_id"},
			{"identify without a session", post("/identify", "", chatapi.Identify{PlatformID: d.Made.Platform.ID}), 400, rejoin.Invalid, "session"},
			{"identify with a short session", post("/identify", "", chatapi.Identify{PlatformID: d.Made.Platform.ID, Session: "short"}), 400, rejoin.Invalid, "session"},
			{"identify, unknown field", post("/identify", "", `{"admin":true}`), 400, rejoin.Invalid, "admin"},
			{"identify, unknown field inside", post("/identify", "", `{"identity":{"verified":true}}`), 400, rejoin.Invalid, "verified"},
			{"identify, wrong type", post("/identify", "", `{"identity":{"user_id":7}}`), 400, rejoin.Invalid, "identity.user_id"},
			{"identify, oversized", post("/identify", "", `{"session":"`+strings.Repeat("x", 161<<10)+`"}`), 413, rejoin.Invalid, ""},
			{"identify from elsewhere", with(post("/identify", v.Token, chatapi.Identify{PlatformID: d.Made.Platform.ID, Session: fresh()}), "Origin", "https://evil.example.com"), 403, rejoin.Forbidden, ""},
			{"logout with a novel", post("/logout", v.Token, `{"why":"secret"}`), 400, rejoin.Invalid, "why"},
			{"logout from elsewhere", with(post("/logout", v.Token, `{}`), "Sec-Fetch-Site", "cross-site"), 403, rejoin.Forbidden, ""},
			{"identities, wrong type", post("/user/identities", v.Token, `{"identity_token":["x"]}`), 400, rejoin.Invalid, "identity_token"},
			{"data of no scope", post("/user/data", v.Token, chatapi.UserData{Data: map[string]any{"a": "b"}}), 400, rejoin.Invalid, "scope"},
			{"data, wrong type", post("/user/data", v.Token, `{"scope":"app","data":[]}`), 400, rejoin.Invalid, "data"},
			{"data, too deep", post("/user/data", v.Token, `{"scope":"app","data":{"a":`+strings.Repeat("[", 40)+strings.Repeat("]", 40)+`}}`), 400, rejoin.Invalid, ""},
			{"resolution without client_id", post(issue+"/resolution", v.Token, chatapi.Resolution{Accepted: true}), 400, rejoin.Invalid, "client_id"},
			{"resolution, wrong type", post(issue+"/resolution", v.Token, `{"accepted":"yes"}`), 400, rejoin.Invalid, "accepted"},
			{"resolution nobody asked for", post(issue+"/resolution", v.Token, chatapi.Resolution{ClientID: id, Accepted: true}), 409, rejoin.Conflict, ""},
			{"feedback nobody asked for", post(issue+"/feedback", v.Token, chatapi.Feedback{Rating: 5}), 409, rejoin.Conflict, ""},
			{"six stars", post(issue+"/feedback", v.Token, chatapi.Feedback{Rating: 6}), 400, rejoin.Invalid, "rating"},
			{"stars below zero", post(issue+"/feedback", v.Token, chatapi.Feedback{Rating: -1}), 400, rejoin.Invalid, "rating"},
			{"half a star", post(issue+"/feedback", v.Token, `{"rating":4.5}`), 400, rejoin.Invalid, "rating"},
			{"long comment", post(issue+"/feedback", v.Token, chatapi.Feedback{Rating: 5, Comment: strings.Repeat("😀", 1001)}), 400, rejoin.Invalid, "comment"},
			{"endless comment", post(issue+"/feedback", v.Token, chatapi.Feedback{Rating: 5, Comment: strings.Repeat("x", 33<<10)}), 413, rejoin.Invalid, ""},
			{"attachments that are none", post(issue+"/messages", v.Token, `{"client_id":"`+id+`","attachments":"x"}`), 400, rejoin.Invalid, "attachments"},
			{"unknown attachment", post(issue+"/messages", v.Token, chatapi.Send{ClientID: id, Attachments: []string{"fil_1"}}), 400, rejoin.Invalid, "attachments"},
			{"attachment with a NUL", post(issue+"/messages", v.Token, chatapi.Send{ClientID: id, Attachments: []string{"\x00"}}), 400, rejoin.Invalid, "attachments"},
			{"eleven attachments", newIssue(func(n *chatapi.NewIssue) { n.Attachments = strings.Split(strings.Repeat("x,", 10)+"x", ",") }), 400, rejoin.Invalid, "attachments"},
			{"fields that are none", post("/issues", fresh(), `{"fields":{"a":"b"}}`), 400, rejoin.Invalid, "fields"},
			{"typing with a novel", post(issue+"/typing", v.Token, `{"text":"secret"}`), 400, rejoin.Invalid, "text"},
			{"no such address", get("/nothing", v.Token), 404, rejoin.NotFound, ""},
			{"wrong method", request{method: http.MethodDelete, path: "/chat/v1" + issue + "/messages", token: v.Token}, 405, rejoin.Invalid, ""},
			{"socket without an upgrade", get("/socket", ""), 400, rejoin.Invalid, ""},
		}
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				d := *d
				s := *d.Server
				d.Server, s.T = &s, t
				d.unchanged(func() { d.failure(d.do(c.r), c.status, c.code, c.field) })
			})
		}
	})
}

func TestWrongMethodSaysWhatIsAllowed(t *testing.T) {
	d := sqlite(t)
	r := d.do(request{method: http.MethodPut, path: "/chat/v1/issues/iss_1/messages"})
	if got := strings.Join(r.header.Values("Allow"), ", "); r.status != 405 || got != "GET, POST" {
		t.Errorf("answer %d, Allow %q", r.status, got)
	}
	if r := d.do(get("", "")); r.status != 200 || !strings.Contains(r.body, "Rejoin chat API") {
		t.Errorf("the API's address answers %d %s", r.status, r.body)
	}
}

// TestLongestMessage sends what just fits, in the longest spelling.
func TestLongestMessage(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		body := `{"platform_id":"` + d.Made.Platform.ID + `","client_id":"12345678","body":"` + strings.Repeat(`\ud83d\ude00`, rejoin.MaxBody) + `","meta":{}}`
		up := decode[chatapi.Update](t, d.do(post("/issues", identity.NewToken(), body)))
		if want := strings.Repeat("😀", rejoin.MaxBody); len(up.Messages) != 1 || up.Messages[0].Body != want {
			t.Error("the message is not what was sent")
		}
	})
}

// TestPromise_IdempotentSends repeats sends, also with another text and out of order.
func TestPromise_IdempotentSends(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		token, in := identity.NewToken(), d.newIssue("hello")
		first := decode[chatapi.Update](t, d.do(post("/issues", token, in)))
		d.unchanged(func() {
			again := decode[chatapi.Update](t, d.do(post("/issues", token, in)))
			if again.Issue.ID != first.Issue.ID || again.Messages[0].ID != first.Messages[0].ID {
				t.Errorf("the repeat made %+v, want %+v", again, first)
			}
		})
		path := "/issues/" + first.Issue.ID + "/messages"
		a, b := chatapi.Send{ClientID: d.NewClientID(), Body: "a"}, chatapi.Send{ClientID: d.NewClientID(), Body: "b"}
		one := decode[chatapi.Update](t, d.do(post(path, token, a)))
		decode[chatapi.Update](t, d.do(post(path, token, b)))
		d.unchanged(func() {
			again := decode[chatapi.Update](t, d.do(post(path, token, a)))
			if again.Messages[0].Seq != one.Messages[0].Seq {
				t.Errorf("the repeat is %d, want %d", again.Messages[0].Seq, one.Messages[0].Seq)
			}
			a.Body = "another text"
			d.failure(d.do(post(path, token, a)), 409, rejoin.Conflict, "client_id")
			in.Body = "another text"
			d.failure(d.do(post("/issues", token, in)), 409, rejoin.Conflict, "client_id")
		})
	})
}
