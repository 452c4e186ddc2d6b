package agentapi_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"image"
	"image/png"
	"mime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/agentapi"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
)

// secretID is the id of the app's newest secret.
func (o *office) secretID() string {
	o.t.Helper()
	page, err := o.Core.Verification.Page(o.t.Context(), o.Maya, o.Made.App.ID)
	if err != nil {
		o.t.Fatal(err)
	}
	return page.Secrets[0].ID
}

// visitor is somebody who writes, and the id of their session.
func (o *office) visitor() (userID, sessionID string) {
	o.t.Helper()
	userID = o.Visit("Hello").Issue.UserID
	list, err := o.Core.Browsers.List(o.t.Context(), o.Maya, userID)
	if err != nil {
		o.t.Fatal(err)
	}
	return userID, core.SessionID(list[0])
}

// tag makes a tag and returns its id.
func (o *office) tag() string {
	o.t.Helper()
	name := "tag " + o.NewClientID()
	list, err := o.Core.Labels.AddTag(o.t.Context(), o.Maya, name)
	if err != nil {
		o.t.Fatal(err)
	}
	return list[slices.IndexFunc(list, func(t rejoin.Tag) bool { return t.Name == name })].ID
}

// field makes a custom issue field and returns its id.
func (o *office) field() string {
	o.t.Helper()
	key := o.NewClientID()
	list, err := o.Core.Labels.AddField(o.t.Context(), o.Maya, rejoin.CustomField{Key: key, Label: "Label of " + key, Type: rejoin.Number})
	if err != nil {
		o.t.Fatal(err)
	}
	return list[slices.IndexFunc(list, func(f rejoin.CustomField) bool { return f.Key == key })].ID
}

// login begins a conversation as somebody whom the app's server has signed, with what the page gives along.
func (o *office) login(secret, id string, b core.Beginning) (token string, issue rejoin.Issue) {
	o.t.Helper()
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(id))
	b.Claim, token = core.Claim{UserID: id, Name: "Ada", AuthToken: base64.StdEncoding.EncodeToString(h.Sum(nil))}, identity.NewToken()
	up, err := o.Core.Messages.Start(o.t.Context(), token, o.Made.Platform.ID, core.UserSend{ClientID: o.NewClientID(), Body: "Hello"}, b)
	if err != nil {
		o.t.Fatal(err)
	}
	return token, up.Issue
}

// TestPromise_SecretsAreShownByRevealOnly asks everything else as an administrator.
func TestPromise_SecretsAreShownByRevealOnly(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		maya := o.maya()
		app := "/apps/" + o.Made.App.ID
		made := maya.post(app+"/identity/secrets", `{}`)
		list := as[agentapi.Verification](made).Secrets
		if len(list) != 2 || list[0].CreatedBy != "Maya" || len(list[0].Hint) != 4 || !as[agentapi.Verification](made).Required {
			t.Fatalf("the page is %s", made.body)
		}
		if again := maya.post(app+"/identity/secrets", `{}`); again.status != 409 || again.failure().Code != rejoin.Conflict {
			t.Errorf("a third secret: %d %s", again.status, again.body)
		}
		var values []string
		for _, s := range list {
			shown := maya.post(app+"/identity/secrets/"+s.ID+"/reveal", `{}`)
			value := as[agentapi.Revealed](shown).Value
			if len(value) != 64 || !strings.HasSuffix(value, s.Hint) || shown.header.Get("Cache-Control") != "no-store" {
				t.Errorf("revealed %q of …%s, Cache-Control %q", value, s.Hint, shown.header.Get("Cache-Control"))
			}
			values = append(values, value)
		}
		_, issue := o.login(values[0], "ada-1", core.Beginning{})
		answers := []answer{made}
		for _, path := range []string{"/me", "/profile", "/team", "/views", "/replies", "/issues/counts", "/issues/options", "/issues/" + issue.ID, "/apps", app, app + "/identity", "/audit", "/tags", "/fields", "/jobs/dead",
			"/users/" + issue.UserID + "/sessions"} {
			answers = append(answers, maya.get(path).fine())
		}
		answers = append(answers, maya.post("/issues/query", `{}`).fine())
		for _, token := range []string{"x", values[0], values[1]} {
			answers = append(answers, maya.post(app+"/identity/test", body2("user_id", "ada-1", "token", token)).fine())
		}
		answers = append(answers, maya.do("PUT", "/agent/v1"+app+"/identity", `{"required":false}`).fine(),
			maya.do("PUT", "/agent/v1"+app+"/web-chat", o.settings()).fine(), maya.post(app+"/identity/secrets/"+list[0].ID+"/reveal", `{"x":1}`),
			maya.do("DELETE", "/agent/v1"+app+"/identity/secrets/"+list[1].ID, ``).fine(), maya.get("/audit").fine())
		for _, a := range answers {
			for _, v := range values {
				if strings.Contains(a.body, v) {
					t.Errorf("a secret is in %s", a.body)
				}
			}
		}
		acts := []rejoin.AuditAct{}
		for _, e := range as[agentapi.AuditLog](maya.get("/audit")).Entries {
			if e.AgentName != "Maya" || e.CreatedAt == 0 {
				t.Errorf("entry %+v", e)
			}
			acts = append(acts, e.Act)
		}
		slices.Reverse(acts)
		acts = acts[slices.Index(acts, rejoin.SecretMade):] // before them is what made the office
		want := []rejoin.AuditAct{rejoin.SecretMade, rejoin.SecretSeen, rejoin.SecretSeen, rejoin.VerificationOff, rejoin.SettingsChanged, rejoin.SecretDeleted}
		if !slices.Equal(acts, want) {
			t.Errorf("the log has %v, want %v", acts, want)
		}
	})
}

func TestIdentityTester(t *testing.T) {
	o := sqlite(t)
	maya := o.maya()
	app := "/apps/" + o.Made.App.ID + "/identity/"
	secret := as[agentapi.Revealed](maya.post(app+"secrets/"+o.secretID()+"/reveal", `{}`)).Value
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte("ada-1"))
	good := base64.StdEncoding.EncodeToString(h.Sum(nil))
	for token, want := range map[string]agentapi.Tested{good: {Valid: true, Finding: "valid"}, good + " ": {Finding: "spaces"}, "": {Finding: "missing"},
		"a.b.c": {Finding: "JWT_IS_INVALID"}, "<script>": {Finding: "not_base64"}, "\x00": {Finding: "not_base64"}} {
		got := as[agentapi.Tested](maya.post(app+"test", body2("user_id", "ada-1", "token", token)))
		if got.Valid != want.Valid || got.Finding != want.Finding || got.Text == "" {
			t.Errorf("%q: %+v, want %+v", token, got, want)
		}
	}
}

// TestSessionsOfUsers lists where somebody is known and ends it, here and everywhere.
func TestSessionsOfUsers(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		arthur := o.hire("Arthur", rejoin.AgentRole)
		v := o.VisitKnown("Hello", "Ada", "ada@example.org")
		o.Reply(v, "Yes?")
		o.Advance(11 * time.Minute)
		mails := o.MailsTo("ada@example.org")
		_, rest, _ := strings.Cut(mails[len(mails)-1].Text, "#rejoin=")
		if _, err := o.Core.Returns.Redeem(t.Context(), core.Redeem{PlatformID: o.Made.Platform.ID, Token: rest[:43], Session: identity.NewToken()}); err != nil {
			t.Fatal(err)
		}
		path := "/users/" + v.Issue.UserID + "/sessions"
		got := arthur.get(path)
		list := as[agentapi.UserSessions](got).Sessions
		kinds := map[string]string{}
		for _, s := range list {
			kinds[s.Kind] = s.ID
			if len(s.ID) != 16 || s.Verified || s.CreatedAt == 0 || s.ExpiresAt <= s.SeenAt {
				t.Errorf("session %+v", s)
			}
		}
		if len(list) != 2 || kinds["anonymous"] == "" || kinds["link"] == "" {
			t.Fatalf("sessions %+v", list)
		}
		if hash := identity.Hash(v.Token); strings.Contains(got.body, v.Token) || strings.Contains(got.body, hash) {
			t.Errorf("the list shows tokens or what is stored of them: %s", got.body)
		}
		left := as[agentapi.UserSessions](arthur.post(path+"/"+kinds["link"]+"/revoke", `{}`)).Sessions
		if len(left) != 1 || left[0].Kind != "anonymous" {
			t.Errorf("left is %+v", left)
		}
		if again := arthur.post(path+"/"+kinds["link"]+"/revoke", `{}`); again.status != 404 {
			t.Errorf("again: %d %s", again.status, again.body)
		}
		for range 2 {
			none := arthur.post(path+"/all/revoke", `{}`)
			if left := as[agentapi.UserSessions](none).Sessions; left == nil || len(left) != 0 {
				t.Errorf("left is %s", none.body)
			}
		}
		if _, err := o.Core.Messages.List(t.Context(), v.Token); rejoin.CodeOf(err) != rejoin.Unauthenticated {
			t.Errorf("the ended session answers %v", err)
		}
		secret, err := o.Core.Verification.Reveal(t.Context(), o.Maya, o.Made.App.ID, o.secretID())
		if err != nil {
			t.Fatal(err)
		}
		_, issue := o.login(secret, "ada-1", core.Beginning{Device: "Firefox on Linux"})
		logins := as[agentapi.UserSessions](arthur.get("/users/" + issue.UserID + "/sessions")).Sessions
		if len(logins) != 1 || logins[0].Kind != "login" || !logins[0].Verified || logins[0].Device != "Firefox on Linux" {
			t.Errorf("the login is %+v", logins)
		}
	})
}

// TestLabels makes and archives; agents see all of it, and other domains nothing.
func TestLabels(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		maya, arthur := o.maya(), o.hire("Arthur", rejoin.AgentRole)
		rita, _ := o.stranger()
		if got := arthur.get("/tags").fine().body + arthur.get("/fields").fine().body; got != `{"tags":[]}{"fields":[]}` {
			t.Errorf("at first there is %s", got)
		}
		tag := as[agentapi.Tags](maya.post("/tags", `{"name":"  big   spender "}`)).Tags
		if len(tag) != 1 || tag[0].Name != "big spender" || tag[0].Archived {
			t.Fatalf("tags %+v", tag)
		}
		if got := maya.post("/tags", `{"name":"big spender"}`); got.status != 409 || got.failure().Field != "name" {
			t.Errorf("the same tag: %d %s", got.status, got.body)
		}
		if got := as[agentapi.Tags](maya.post("/tags/"+tag[0].ID+"/archive", `{"archived":true}`)).Tags; !got[0].Archived {
			t.Errorf("archived: %+v", got)
		}
		field := as[agentapi.CustomFields](maya.post("/fields", `{"key":"size","label":"Size","type":"dropdown","options":["S","M"]}`)).Fields
		if len(field) != 1 || field[0].Key != "size" || !slices.Equal(field[0].Options, []string{"S", "M"}) {
			t.Fatalf("fields %+v", field)
		}
		if got := maya.post("/fields", `{"key":"size","label":"Again","type":"date"}`); got.status != 409 || got.failure().Field != "key" {
			t.Errorf("the same key: %d %s", got.status, got.body)
		}
		for _, archived := range []string{"true", "false"} {
			got := as[agentapi.CustomFields](maya.post("/fields/"+field[0].ID+"/archive", `{"archived":`+archived+`}`)).Fields
			if got[0].Archived != (archived == "true") {
				t.Errorf("archived %s: %+v", archived, got)
			}
		}
		if got := arthur.get("/tags").fine().body; !strings.Contains(got, "big spender") {
			t.Errorf("agents see %s", got)
		}
		if got := rita.get("/tags").fine().body + rita.get("/fields").fine().body; got != `{"tags":[]}{"fields":[]}` {
			t.Errorf("another domain sees %s", got)
		}
	})
}

// TestThreadShowsThePerson brings everything that a page and a person can give into one conversation.
func TestThreadShowsThePerson(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		maya := o.maya()
		maya.post("/tags", `{"name":"vip"}`).fine()
		maya.post("/fields", `{"key":"due","label":"Due date","type":"date"}`).fine()
		secret := as[agentapi.Revealed](maya.post("/apps/"+o.Made.App.ID+"/identity/secrets/"+o.secretID()+"/reveal", `{}`)).Value
		token, issue := o.login(secret, "ada-1", core.Beginning{Tags: []string{"vip"}, Fields: map[string]core.GivenField{"due": {Type: rejoin.Date, Value: 1772532000000.0}},
			Meta: rejoin.Meta{Page: rejoin.MetaPage{URL: rejointest.Shop + "/boots"}}})
		ctx, path := t.Context(), "/issues/"+issue.ID
		file, err := o.Core.Attachments.AddAsUser(ctx, token, o.Made.Platform.ID, core.Upload{ClientID: o.NewClientID(), Name: "boots.png", Body: bytes.NewReader(picture(t))})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.Core.Messages.SendAsUser(ctx, token, issue.ID, core.UserSend{ClientID: o.NewClientID(), Attachments: []string{file.ID}}); err != nil {
			t.Fatal(err)
		}
		maya.post(path+"/state", `{"state":"resolved"}`).fine()
		if th := threadAt(maya.get(path)); th.Issue.Closing != rejoin.AskHelped {
			t.Errorf("resolved: %+v", th.Issue)
		}
		if _, err := o.Core.Endings.Resolve(ctx, token, issue.ID, core.Answer{ClientID: o.NewClientID(), Accepted: true}); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Core.Endings.Rate(ctx, token, issue.ID, core.Rating{Stars: 5, Comment: "Quick"}); err != nil {
			t.Fatal(err)
		}
		th := threadAt(maya.get(path))
		if i := th.Issue; i.Closing != rejoin.Ended || i.Rating != 5 || !slices.Equal(i.Tags, []string{"vip"}) || !i.User.LoggedIn || !i.User.Verified ||
			i.User.ExternalID != "ada-1" {
			t.Errorf("the row is %+v", i)
		}
		d := th.Detail
		want := []agentapi.FormField{{Key: "due", Label: "Due date", Type: rejoin.Date, Value: "1772532000000"}}
		if diff := cmp.Diff(want, d.Form); diff != "" {
			t.Errorf("the form (-want +got):\n%s", diff)
		}
		if d.Comment != "Quick" || !d.VerificationOn || d.StartURL != rejointest.Shop+"/boots" || d.FullPrivacy {
			t.Errorf("the detail is %+v", d)
		}
		last := th.Messages[len(th.Messages)-1]
		if last.Kind != rejoin.Accepted || last.Origin != rejoin.FromUser {
			t.Errorf("the last message is %+v", last)
		}
		at := slices.IndexFunc(th.Messages, func(m agentapi.Message) bool { return len(m.Attachments) == 1 })
		if at < 0 {
			t.Fatalf("no attachment is in %+v", th.Messages)
		}
		if f := th.Messages[at].Attachments[0]; f.Name != "boots.png" || f.Type != "image/png" || f.PreviewURL == "" || f.URL == "" {
			t.Errorf("the attachment is %+v", f)
		}
		row := maya.inbox(agentapi.InboxQuery{View: "all"}).Issues[0]
		if row.Rating != 5 || row.Closing != rejoin.Ended || !slices.Equal(row.Tags, []string{"vip"}) {
			t.Errorf("the inbox has %+v", row)
		}
		kinds := map[rejoin.EventKind]bool{}
		for _, e := range th.Events {
			kinds[e.Kind] = true
		}
		if !kinds[rejoin.EventResolution] || !kinds[rejoin.EventFeedback] {
			t.Errorf("the timeline has %v", kinds)
		}
	})
}

// TestThreadShowsWhatTheHostTells needs a login token.
func TestThreadShowsWhatTheHostTells(t *testing.T) {
	o := sqlite(t)
	maya, token := o.maya(), identity.NewToken()
	secret := as[agentapi.Revealed](maya.post("/apps/"+o.Made.App.ID+"/identity/secrets/"+o.secretID()+"/reveal", `{}`)).Value
	enc := base64.RawURLEncoding.EncodeToString
	text := enc([]byte(`{"alg":"HS256"}`)) + "." + enc([]byte(body(map[string]any{"iat": o.Clock.Now() / 1000,
		"identities": []map[string]string{{"identifier": "uid", "value": "ada-1"}, {"identifier": "phone_number", "value": "+49301234567"}}})))
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(text))
	in := core.Identify{PlatformID: o.Made.Platform.ID, Session: token, Claim: core.Claim{UserID: "ada-1", JWT: text + "." + enc(h.Sum(nil))}}
	if out, err := o.Core.Identities.Identify(t.Context(), in); err != nil || !out.Known {
		t.Fatalf("%+v, %v", out, err)
	}
	for scope, data := range map[string]map[string]any{"global": {"first_name": "<b>Ada</b>"}, "app": {"user_level": "7"}} {
		if r, err := o.Core.Identities.SetData(t.Context(), token, scope, data); err != nil || r.Reason != "" {
			t.Fatalf("%+v, %v", r, err)
		}
	}
	up, err := o.Core.Messages.Start(t.Context(), token, o.Made.Platform.ID, core.UserSend{ClientID: o.NewClientID(), Body: "Hello"}, core.Beginning{FullPrivacy: true})
	if err != nil {
		t.Fatal(err)
	}
	d := threadAt(maya.get("/issues/" + up.Issue.ID)).Detail
	if len(d.Identities) != 1 || d.Identities[0] != (agentapi.NamedIdentity{Identifier: "phone_number", Value: "+49301234567"}) || !d.FullPrivacy {
		t.Errorf("the detail is %+v", d)
	}
	if d.Attributes["global"]["first_name"] != "<b>Ada</b>" || d.Attributes["app"]["user_level"] != "7" {
		t.Errorf("attributes %+v", d.Attributes)
	}
}

// TestAgentsSendFiles uploads, sends and gets them back, whatever the request calls them.
func TestAgentsSendFiles(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		maya, arthur := o.maya(), o.hire("Arthur", rejoin.AgentRole)
		up := func(p person, name, declared, content string) agentapi.Attachment {
			t.Helper()
			return as[agentapi.Attachment](p.do("POST", "/agent/v1/attachments?client_id="+o.NewClientID()+"&name="+name, content, "Content-Type", declared))
		}
		pic := up(maya, "size+chart.png", "text/html", string(picture(t)))
		page := up(maya, "chart.png", "image/png", "<!doctype html><script>alert(1)</script>")
		if pic.Type != "image/png" || pic.PreviewURL == "" || page.Type != "text/html" || page.PreviewURL != "" {
			t.Errorf("uploaded %+v and %+v", pic, page)
		}
		path := "/issues/" + o.write("Which size?") + "/messages"
		send := func(p person, ids ...string) answer {
			return p.post(path, body(agentapi.Send{ClientID: o.NewClientID(), Attachments: ids}))
		}
		if got := send(arthur, pic.ID); got.status != 400 || got.failure().Field != "attachments" {
			t.Errorf("a colleague's file: %d %s", got.status, got.body)
		}
		th := threadAt(send(maya, pic.ID, page.ID))
		last := th.Messages[len(th.Messages)-1]
		if len(last.Attachments) != 2 || last.Body != "" || last.Attachments[0].Name != "size chart.png" {
			t.Fatalf("the message is %+v", last)
		}
		for n, how := range []string{"inline", "attachment"} {
			got := arthur.do("GET", last.Attachments[n].URL, ``)
			if disposition, _, err := mime.ParseMediaType(got.header.Get("Content-Disposition")); err != nil || got.status != 200 || disposition != how {
				t.Errorf("%s: %d %v", last.Attachments[n].Name, got.status, got.header)
			}
		}
	})
}

func picture(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 30, 20))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
