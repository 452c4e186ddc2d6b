package restapi_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/store/storetest"
)

// scene is a domain in which things have happened: Ada has logged in, was answered by an e-mail, and rated the help; somebody anonymous waits.
type scene struct {
	*desk
	ada, guest *rejointest.Visitor
	number     string // of Ada's issue
}

func newScene(t *testing.T, d *desk) *scene {
	t.Helper()
	s := &scene{desk: d}
	s.must(ask{method: "POST", path: "/tags", body: url.Values{"name": {"vip"}}}, 201, nil)
	s.must(ask{method: "POST", path: "/custom-fields", body: map[string]any{"key": "size", "type": "dropdown", "options": []string{"S", "M, wide"}, "label": "Shoe size"}}, 201, nil)
	s.must(ask{method: "POST", path: "/custom-fields", body: url.Values{"key": {"until"}, "type": {"date"}, "platforms": {"web"}}}, 201, nil)
	queues, err := d.Core.Queues.Set(t.Context(), d.Maya, "", rejoin.Queue{Name: "Returns", Agents: []string{d.Maya.ID}})
	if err != nil {
		t.Fatal(err)
	}
	s.ada = d.VisitAs(d.Signed("77", "ada@example.com"), "My boots are <too> small", core.Beginning{Tags: []string{"vip"},
		Fields: map[string]core.GivenField{"size": {Type: rejoin.Dropdown, Value: "M, wide"}}})
	s.number = strconv.FormatInt(s.ada.Issue.Number, 10)
	if err := d.Core.Issues.Move(t.Context(), d.Maya, s.ada.Issue.ID, queues[0].ID, nil); err != nil {
		t.Fatal(err)
	}
	if err := d.Core.Issues.Assign(t.Context(), d.Maya, s.ada.Issue.ID, d.Maya.ID, nil); err != nil {
		t.Fatal(err)
	}
	d.Advance(2 * time.Minute)
	d.Reply(s.ada, "Send them back.")
	d.Advance(11 * time.Minute)
	s.ada.Read(s.ada.Last())
	s.ada.Say("Thank you")
	d.Advance(time.Minute)
	d.Reply(s.ada, "You are welcome.")
	s.guest = d.Visit("Are you open?")
	return s
}

func TestGoldenOfTheRest(t *testing.T) {
	s := newScene(t, open(t, storetest.SQLite(t)))
	user := s.Load(s.ada.Issue.ID).User.ID
	s.must(ask{method: "POST", path: "/suppressions", body: map[string]any{"kind": "mute", "issue-id": s.ada.Issue.Number}}, 201, nil)
	s.must(ask{method: "POST", path: "/suppressions", body: url.Values{"kind": {"unsubscribe"}, "email": {"Eve@Example.com"}, "app_id": {"1"}}}, 201, nil)
	golden(t, "unread", s.get("/console/messages/unread?app_id=1&uid=77", nil).body)
	s.End(s.ada, rejoin.Resolved)
	if _, err := s.Core.Endings.Resolve(t.Context(), s.ada.Token, s.ada.Issue.ID, core.Answer{ClientID: s.NewClientID(), Accepted: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Core.Endings.Rate(t.Context(), s.ada.Token, s.ada.Issue.ID, core.Rating{Stars: 5, Comment: "Quick"}); err != nil {
		t.Fatal(err)
	}
	golden(t, "make_tag", s.must(ask{method: "POST", path: "/tags", body: url.Values{"name": {"refund"}}}, 201, nil).body)
	made := s.must(ask{method: "POST", path: "/console/qrcode", body: url.Values{"app_id": {"1"}, "uid": {"77"}}}, 201, nil).body
	golden(t, "make_qrcode", regexp.MustCompile(`base64,[^"]+`).ReplaceAll(made, []byte("base64,iVBORw0KGgo…")))
	chat := form("platform-id", s.Made.Platform.ID, "identifier", "+14155550123", "message-body", "Where is my <parcel>?")
	golden(t, "start_chat", s.must(ask{method: "POST", path: "/chat/issues", body: chat}, 201, nil).body)
	golden(t, "say_in_chat", s.must(ask{method: "POST", path: "/chat/issues/3/messages/user", body: chat}, 201, nil).body)
	from := s.Clock.Now().Add(-time.Hour).Time().Format("2006-01-02T15:04:05")
	s.Advance(time.Minute)
	for name, path := range map[string]string{
		"apps": "/apps", "apps_slash": "/apps/", "app": "/apps/1", "settings": "/apps/" + s.Made.App.ID + "/settings/", "agents": "/agents", "agent": "/agents/" + s.Maya.ID,
		"users": "/user-profiles?uid=77&page_size=5", "user": "/users/" + user, "queues": "/queues", "tags": "/tags", "custom_fields": "/custom-fields",
		"follow_ups": "/issues/" + s.number + "/follow-ups", "events": "/issues/" + s.ada.Issue.ID + "/events?limit=4", "suppressions": "/suppressions",
		"chat_messages": "/chat/issues/3/messages?identifier=%2B14155550123", "chat_issues": "/chat/my-issues?identifier=%2B14155550123&platform-id=" + s.Made.Platform.ID,
		"unread_none": "/console/messages/unread?app_id=1&email=nobody@example.com", "issue_analytics": "/analytics/issue?includes=human_ttfr&includes=first_human_responder_id&includes=cifs&from=" + from,
	} {
		golden(t, name, s.get(path, nil).body)
	}
}

// What a program changes is changed, and read-only keys read everything.
func TestRestChanges(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		s := newScene(t, d)
		var user struct {
			ID, Name, Email string
			Source          string         `json:"email_source"`
			Attributes      map[string]any `json:"attributes"`
		}
		put := func(id string, body any) {
			t.Helper()
			s.must(ask{method: "PUT", path: "/users/" + id, body: body}, 200, &user)
		}
		put(s.Load(s.ada.Issue.ID).User.ID, map[string]any{"name": "Ada L.", "email": "Countess@example.com", "attributes": map[string]any{"user_vip_segment": "gold"}})
		if user.Name != "Ada L." || user.Email != "countess@example.com" || user.Source != "verified" || user.Attributes["user_vip_segment"] != "gold" {
			t.Errorf("somebody who logs in: %+v", user)
		}
		guest := s.Load(s.guest.Issue.ID).User.ID
		s.Reply(s.guest, "Until six.")
		put(guest, url.Values{"email": {"guest@example.com"}})
		if th := s.Load(s.guest.Issue.ID); user.Source != "typed" || th.Issue.Bot.Asking == rejoin.AskEmail || th.FollowUp.Address != "guest@example.com" {
			t.Errorf("somebody anonymous: %+v, the follow-up %+v", user, th.FollowUp)
		}
		var list struct {
			FollowUps []struct {
				State, Reason string
				Held          bool
				IDs           []string `json:"message_ids"`
			} `json:"follow_ups"`
		}
		steer := ask{method: "POST", path: "/issues/" + s.guest.Issue.ID + "/follow-up", body: url.Values{"action": {"hold"}}}
		s.must(steer, 200, &list)
		if f := list.FollowUps[0]; !f.Held || f.Reason != "held" || len(f.IDs) == 0 {
			t.Errorf("held: %+v", f)
		}
		steer.body = url.Values{"action": {"send_now"}}
		s.must(steer, 200, nil)
		s.Settle()
		if n := len(s.MailsTo("guest@example.com")); n != 1 {
			t.Errorf("%d e-mails after send_now, want one", n)
		}
		s.must(steer, http.StatusConflict, nil)

		var wish struct{ ID string }
		block := ask{method: "POST", path: "/suppressions", body: url.Values{"kind": {"not_me"}, "email": {"guest@example.com"}}}
		s.must(block, 201, &wish)
		first := wish.ID
		if s.must(block, 201, &wish); wish.ID != first {
			t.Error("a wish that is known is made again")
		}
		s.Reply(s.guest, "Anything else?")
		if f := s.Load(s.guest.Issue.ID).FollowUp; f.Reason != rejoin.ReasonNotMe {
			t.Errorf("a suppressed address: %+v", f)
		}
		s.must(ask{method: "DELETE", path: "/suppressions/" + first}, 200, nil)
		s.Settle()
		if f := s.Load(s.guest.Issue.ID).FollowUp; f.State != rejoin.FollowUpWaiting {
			t.Errorf("after the suppression: %+v", f)
		}

		var settings struct {
			Title    string
			FollowUp rejoin.FollowUpSettings `json:"follow_up"`
			Origins  []string                `json:"allowed_origins"`
		}
		s.must(ask{method: "PUT", path: "/apps/1/settings", body: map[string]any{"title": "Help", "follow_up": map[string]any{"window": 300}}}, 200, &settings)
		if settings.Title != "Help" || settings.FollowUp.Window != 300 || !settings.FollowUp.Enabled || len(settings.Origins) != 1 {
			t.Errorf("settings: %+v", settings)
		}
		tag := ask{method: "POST", path: "/tags", body: url.Values{"name": {"new"}}, header: map[string]string{"Idempotency-Key": "tag 1"}}
		s.must(tag, 201, nil)
		s.must(tag, 201, nil)
		tag.header = nil
		s.must(tag, http.StatusConflict, nil)
		var field struct {
			Label      string
			Options    []string
			ArchivedAt int64 `json:"archived_at"`
		}
		s.must(ask{method: "PUT", path: "/custom-fields/size", body: map[string]any{"options": []string{"S", "XL"}, "archived": true}}, 200, &field)
		if field.Label != "Shoe size" || len(field.Options) != 2 || field.ArchivedAt == 0 {
			t.Errorf("the field: %+v", field)
		}
	})
}

// The pages of analytics cover the period once, in both orders.
func TestAnalyticsPages(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		for n := range 5 {
			d.Visit("Question " + strconv.Itoa(n))
			if n%2 == 0 {
				d.Advance(time.Minute) // others began at the same moment
			}
		}
		from := d.Clock.Now().Add(-time.Hour).Time().Format("2006-01-02T15:04:05")
		for _, order := range []string{"update-time", "creation-time"} {
			seen, next := map[string]bool{}, ""
			for pages := 1; ; pages++ {
				var page struct {
					Results []struct {
						RowID string `json:"row_id"`
					}
					Next *string `json:"next_key"`
				}
				d.get("/analytics/issue?limit=2&sort-by="+order+"&from="+from+"&next_key="+url.QueryEscape(next), &page)
				for _, r := range page.Results {
					if seen[r.RowID] {
						t.Errorf("%s: %s comes twice", order, r.RowID)
					}
					seen[r.RowID] = true
				}
				if page.Next == nil {
					break
				}
				if next = *page.Next; pages > 5 {
					t.Fatalf("%s: pages without an end", order)
				}
			}
			if len(seen) != 5 {
				t.Errorf("%s: %d issues, want 5", order, len(seen))
			}
		}
	})
}

// Ids of another domain lead nowhere, and a key that only reads changes nothing.
func TestRestOfOthers(t *testing.T) {
	s := newScene(t, open(t, storetest.SQLite(t)))
	var wish, tag struct{ ID string }
	s.must(ask{method: "POST", path: "/suppressions", body: url.Values{"kind": {"not_me"}, "email": {"eve@example.com"}}}, 201, &wish)
	s.must(ask{method: "POST", path: "/tags", body: url.Values{"name": {"other"}}}, 201, &tag)
	fields, err := s.Core.Labels.Fields(t.Context(), s.Maya)
	if err != nil {
		t.Fatal(err)
	}
	app, issue, user := s.Made.App.ID, s.ada.Issue.ID, s.Load(s.ada.Issue.ID).User.ID
	writes := []ask{
		{method: "PUT", path: "/apps/" + app + "/settings", body: url.Values{"title": {"x"}}},
		{method: "PUT", path: "/users/" + user, body: url.Values{"name": {"x"}}},
		{method: "POST", path: "/tags", body: url.Values{"name": {"x"}}},
		{method: "PUT", path: "/tags/" + tag.ID, body: url.Values{"archived": {"true"}}},
		{method: "POST", path: "/custom-fields", body: url.Values{"key": {"x"}, "type": {"number"}}},
		{method: "PUT", path: "/custom-fields/" + fields[0].ID, body: url.Values{"archived": {"true"}}},
		{method: "POST", path: "/issues/" + issue + "/follow-up", body: url.Values{"action": {"hold"}}},
		{method: "POST", path: "/suppressions", body: url.Values{"kind": {"mute"}, "issue-id": {issue}}},
		{method: "DELETE", path: "/suppressions/" + wish.ID},
		{method: "POST", path: "/console/qrcode", body: url.Values{"app_id": {app}}},
		{method: "GET", path: "/console/qrcode?app_id=" + app},
	}
	for _, w := range writes {
		w.key = s.readOnly
		if got := s.do(w); got.status != http.StatusForbidden {
			t.Errorf("%s %s with a key that only reads: %d %s", w.method, w.path, got.status, got.body)
		}
	}
	reads := []ask{{method: "GET", path: "/apps/" + app}, {method: "GET", path: "/apps/" + app + "/settings"}, {method: "GET", path: "/agents/" + s.Maya.ID},
		{method: "GET", path: "/users/" + user}, {method: "GET", path: "/users?app-id=" + app}, {method: "GET", path: "/issues/" + issue + "/follow-ups"},
		{method: "GET", path: "/issues/" + issue + "/events"}, {method: "GET", path: "/analytics/issue?from=2020-01-01&to=2020-02-01&app_id=" + app},
		{method: "GET", path: "/analytics/issue?from=2020-01-01&to=2020-02-01&id=" + issue}, {method: "GET", path: "/console/messages/unread?uid=77&app_id=" + app}}
	for _, r := range append(reads, writes...) {
		makes := r.method == "POST" && (strings.HasSuffix(r.path, "/tags") || strings.HasSuffix(r.path, "/custom-fields"))
		if makes { // something of their own
			continue
		}
		r.key, r.path = s.foreign, "/v1/rival"+r.path
		if got := s.do(r); got.status != http.StatusNotFound && got.status != http.StatusBadRequest {
			t.Errorf("%s %s of another domain: %d %s", r.method, r.path, got.status, got.body)
		}
	}
	for _, r := range reads {
		r.key = s.readOnly
		if got := s.do(r); got.status != http.StatusOK {
			t.Errorf("%s %s with a key that only reads: %d %s", r.method, r.path, got.status, got.body)
		}
	}
	if th := s.Load(issue); th.User.Name == "x" || th.FollowUp.HeldBy != "" {
		t.Errorf("something was changed: %+v", th.User)
	}
}

func TestWrongInputsOfTheRest(t *testing.T) {
	s := newScene(t, open(t, storetest.SQLite(t)))
	user := "/users/" + s.Load(s.ada.Issue.ID).User.ID
	get := func(path string) ask { return ask{method: "GET", path: path} }
	post := func(path string, pairs ...string) ask { return ask{method: "POST", path: path, body: form(pairs...)} }
	put := func(path string, pairs ...string) ask { return ask{method: "PUT", path: path, body: form(pairs...)} }
	s.refuses(t, []refused{
		{"page zero", get("/apps?page=0"), 400, "page", "whole number"},
		{"page of text", get("/agents?page=two"), 400, "page", "whole number"},
		{"large pages", get("/users?page-size=1001"), 400, "page-size", "1 to 1000"},
		{"too far", get("/tags?page=51&page_size=1000"), 400, "page", "50,000"},
		{"no such app", get("/apps/2"), 404, "", "no such app"},
		{"no such agent", get("/agents/agt_none"), 404, "", "no such agent"},
		{"no such user", get("/users/usr_none"), 404, "", "no such user"},
		{"users of no app", get("/users?app-id=9"), 400, "app-id", "no such app"},
		{"users since when", get("/users?created_since=yesterday"), 400, "created-since", "milliseconds"},
		{"a flag", get("/queues?include-archived=maybe"), 400, "include-archived", "true or false"},
		{"a user's broken address", put(user, "email", "ada@"), 400, "email", ""},
		{"a user's attributes", put(user, "attributes", "gold"), 400, "attributes", "JSON"},
		{"a user's long name", put(user, "name", strings.Repeat("x", 300)), 400, "name", "255"},
		{"a tag without a name", post("/tags"), 400, "name", "1 to 100"},
		{"the same tag", post("/tags", "name", "vip"), 409, "name", "already"},
		{"no such tag", put("/tags/tag_none", "archived", "true"), 404, "", "no such tag"},
		{"a tag and nothing", put("/tags/tag_none"), 400, "archived", "true or false"},
		{"a field of no type", post("/custom-fields", "key", "x", "type", "text"), 400, "type", "types are"},
		{"a field without a key", post("/custom-fields", "type", "number", "label", "X"), 400, "key", "1 to 64"},
		{"options with commas", post("/custom-fields", "key", "x", "type", "dropdown", "options", "S,M"), 400, "options", "JSON"},
		{"a dropdown without", post("/custom-fields", "key", "x", "type", "dropdown"), 400, "options", "1 to 500"},
		{"a platform", post("/custom-fields", "key", "x", "type", "number", "platforms", "fax"), 400, "platforms", "web, ios and android"},
		{"no such field", put("/custom-fields/none", "archived", "true"), 404, "", "no such field"},
		{"no such issue", get("/issues/999/follow-ups"), 404, "", "no such issue"},
		{"events of no issue", get("/issues/iss_none/events"), 404, "", "no such issue"},
		{"events after what", get("/issues/" + s.number + "/events?after=-1"), 400, "after", "whole number"},
		{"no action", post("/issues/" + s.number + "/follow-up"), 400, "action", "send_now, hold or release"},
		{"another action", post("/issues/"+s.number+"/follow-up", "action", "stop"), 400, "action", "send_now, hold or release"},
		{"no wish", post("/suppressions", "email", "a@example.com"), 400, "kind", "mute"},
		{"a list of no wish", get("/suppressions?kind=spam"), 400, "kind", "mute"},
		{"a wish of nobody", post("/suppressions", "kind", "not_me"), 400, "email", ""},
		{"unsubscribed of no app", post("/suppressions", "kind", "unsubscribe", "email", "a@example.com"), 400, "app-id", "no such app"},
		{"a mute of no issue", post("/suppressions", "kind", "mute", "issue-id", "999"), 400, "issue-id", "no such issue"},
		{"no such wish", ask{method: "DELETE", path: "/suppressions/sup_none"}, 404, "", "no such suppression"},
		{"a setting's type", put("/apps/1/settings", "csat", "often"), 400, "csat", "true or false"},
		{"an inner setting's type", put("/apps/1/settings", "follow_up", `{"window":"long"}`), 400, "follow_up", "type"},
		{"a setting's range", put("/apps/1/settings", "follow_up", `{"window":1}`), 400, "window", "10 seconds"},
		{"an origin", put("/apps/1/settings", "allowed_origins", `["shop"]`), 400, "allowed_origins", "not an origin"},
		{"no beginning", get("/analytics/issue"), 400, "from", "moment"},
		{"a long period", get("/analytics/issue?from=2026-01-01T00:00:00&to=2026-08-01T00:00:00"), 400, "from", "180 days"},
		{"backwards", get("/analytics/issue?from=2026-02-01&to=2026-01-01"), 400, "to", "later"},
		{"nowhere's time", get("/analytics/issue?from=2026-02-01&timezone=Mars"), 400, "timezone", "IANA"},
		{"too many rows", get("/analytics/issue?from=2026-02-01&limit=2001"), 400, "limit", "1 to 2000"},
		{"another's cursor", get("/analytics/issue?from=2026-11-01&next_key=abc"), 400, "next_key", "not one of ours"},
		{"no such order", get("/analytics/issue?from=2026-11-01&sort-by=title"), 400, "sort-by", "update-time"},
		{"unread of nobody", get("/console/messages/unread?app_id=1"), 400, "uid", "Name the user"},
		{"unread in no app", get("/console/messages/unread?uid=77"), 400, "app_id", "Name the app"},
		{"unread in no such app", get("/console/messages/unread?uid=77&app_id=8"), 400, "app_id", "no such app"},
		{"a telephone", get("/console/messages/unread?phone_number=0171&app_id=1"), 400, "phone_number", "E.164"},
		{"a code of no app", post("/console/qrcode"), 400, "app_id", "Name the app"},
		{"a code as a picture", post("/console/qrcode", "app_id", "1", "format", "gif"), 400, "format", "png or svg"},
		{"a code for ever", post("/console/qrcode", "app_id", "1", "expiry", `{"time":"9999d"}`), 400, "expiry", "366 days"},
		{"a code of yesterday", post("/console/qrcode", "app_id", "1", "expiry", `{"time":1000}`), 400, "expiry", "to come"},
		{"a code for long", post("/console/qrcode", "app_id", "1", "expiry", `{"time":"long"}`), 400, "expiry", "30m"},
		{"a code of no views", post("/console/qrcode", "app_id", "1", "expiry", `{"viewcount":0}`), 400, "expiry", "32767"},
		{"a code that says much", post("/console/qrcode", "app_id", "1", "first_user_message", strings.Repeat("x", 501)), 400, "first_user_message", "500"},
		{"a code's fields", post("/console/qrcode", "app_id", "1", "custom_fields", "[]"), 400, "custom_fields", "JSON"},
	})
}

// The link of a code opens the chat as the company has said, as often and as long as it may.
func TestQRCode(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		s := newScene(t, d)
		var made struct {
			URL, QRCode string
			ExpiresAt   rejoin.Millis `json:"expires_at"`
			Active      *struct {
				ID     int64 `json:"issue_id"`
				Unread int64 `json:"unread_messages"`
			} `json:"active_issue"`
		}
		s.must(ask{method: "POST", path: "/console/qrcode/", body: map[string]any{"app_id": "1", "uid": "77", "email": "Ada@example.com", "user_auth_token": "abc", "language": "de",
			"expiry": map[string]any{"time": "2h", "viewcount": 2}, "custom_fields": map[string]any{"until": "2026-12-24", "size": "none", "other": 1},
			"tags": []string{"vip", "unknown"}, "first_user_message": "Hi", "format": "svg", "phone_number": "+14155550123"}}, 201, &made)
		address, token, _ := strings.Cut(made.URL, "#")
		if address != "https://chat.example.com/q/"+s.Made.Platform.ID+"?language=de" || !strings.HasPrefix(made.QRCode, "<svg ") || made.ExpiresAt != s.Clock.Now().Add(2*time.Hour) ||
			made.Active == nil || made.Active.ID != s.ada.Issue.Number || made.Active.Unread != 1 {
			t.Errorf("%+v", made)
		}
		open := func(platform string) (string, error) {
			o, err := s.Core.ChatLinks.Open(t.Context(), platform, token)
			text, _ := json.Marshal(o) // it is plain data
			return string(text), err
		}
		want := `{"userId":"77","userEmail":"Ada@example.com","userAuthToken":"abc","language":"de","initialUserMessage":"Hi","tags":["vip"],` +
			`"cifs":{"until":{"type":"date","value":1798070400000}},"metadata":{"custom":{"phone_number":"+14155550123"}}}`
		if _, err := open("another_platform"); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("on another platform: %v", err)
		}
		for range 2 {
			if got, err := open(s.Made.Platform.ID); err != nil || got != want {
				t.Errorf("the chat begins with\n%s, %v; want\n%s", got, err, want)
			}
		}
		if _, err := open(s.Made.Platform.ID); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("the third view of two: %v", err)
		}
		s.must(ask{method: "GET", path: "/console/qrcode?app_id=" + s.Made.App.ID}, 201, &made)
		if _, token, _ = strings.Cut(made.URL, "#"); made.Active != nil || !strings.HasPrefix(made.QRCode, "data:image/png;base64,") || made.ExpiresAt != s.Clock.Now().Add(24*time.Hour) {
			t.Errorf("%+v", made)
		}
		s.Clock.Advance(24 * time.Hour)
		if _, err := open(s.Made.Platform.ID); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("a day later: %v", err)
		}
	})
}

// A program chats in the name of somebody whom it knows by their telephone number.
func TestProgramChat(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		var issue struct {
			ID, State string
			User      string `json:"end_user_id"`
		}
		who := map[string]string{"platform-id": d.Made.Platform.ID, "identifier": "+14155550123", "message-body": "Where is my <order>?"}
		start := ask{method: "POST", path: "/chat/issues", body: &parts{fields: who}, header: map[string]string{"Idempotency-Key": "a"}}
		d.must(start, 201, &issue)
		first := issue
		if d.must(start, 201, &issue); issue != first || issue.ID != "1" || issue.State != "new" {
			t.Errorf("repeated: %+v, first %+v", issue, first)
		}
		d.Settle()
		if th := d.Load(d.issueID(t, "1")); th.User.ExternalID != "+14155550123" || th.User.ID != issue.User {
			t.Errorf("the user is %+v", th.User)
		}
		say := ask{method: "POST", path: "/chat/issues/1/messages/user", body: form("identifier", "+14155550123", "message-body", "Hello?", "message-type", "Text")}
		d.must(say, 201, nil)
		var chat struct {
			Messages []struct {
				Origin, Body string
				At           int64 `json:"created_at"`
			}
			State struct{ State string } `json:"issue_state_data"`
		}
		got := d.get("/chat/issues/1/messages?identifier=%2B14155550123", &chat)
		if n := len(chat.Messages); n < 2 || chat.Messages[0].Body != "Where is my <order>?" || chat.Messages[0].Origin != "end-user" || chat.State.State != "new" {
			t.Errorf("the conversation: %s", got.body)
		}
		last := chat.Messages[len(chat.Messages)-1].At
		d.Advance(time.Minute)
		d.must(ask{method: "POST", path: "/issues/1/messages", body: form("message-body", "On its way.")}, 201, nil)
		if got = d.get("/chat/issues/1/messages?identifier=%2B14155550123&messages-cursor="+strconv.FormatInt(last, 10), &chat); len(chat.Messages) != 1 || chat.Messages[0].Origin != "helpshift" {
			t.Errorf("after the cursor: %s", got.body)
		}
		var list struct{ Issues []struct{ ID string } }
		mine := "/chat/my-issues?platform-id=" + d.Made.Platform.ID + "&identifier="
		if d.get(mine+"%2B14155550123&state=agent-replied,new", &list); len(list.Issues) != 1 {
			t.Errorf("their conversations: %+v", list)
		}
		if d.get(mine+"somebody-else", &list); len(list.Issues) != 0 {
			t.Errorf("another's conversations: %+v", list)
		}
		d.refuses(t, []refused{
			{"another user's messages", ask{method: "GET", path: "/chat/issues/1/messages?identifier=other"}, 404, "", ""},
			{"another user speaks", ask{method: "POST", path: "/chat/issues/1/messages/user", body: form("identifier", "other", "message-body", "x")}, 404, "", ""},
			{"nobody", ask{method: "GET", path: mine}, 400, "identifier", "your own id"},
			{"no platform", ask{method: "POST", path: "/chat/issues", body: form("identifier", "x", "message-body", "x")}, 400, "platform-id", "no such platform"},
			{"nothing said", ask{method: "POST", path: "/chat/issues", body: form("identifier", "x", "platform-id", d.Made.Platform.ID)}, 400, "message-body", ""},
			{"a picture", ask{method: "POST", path: "/chat/issues/1/messages/user", body: form("identifier", "x", "message-type", "Image")}, 400, "message-type", "Text"},
			{"no state", ask{method: "GET", path: mine + "x&state=open"}, 400, "state", "The states"},
			{"a cursor", ask{method: "GET", path: "/chat/issues/1/messages?identifier=x&messages-cursor=now"}, 400, "messages-cursor", "milliseconds"},
			{"read-only", ask{method: "POST", path: "/chat/issues", key: d.readOnly, body: form("identifier", "x", "platform-id", d.Made.Platform.ID, "message-body", "x")}, 403, "", "read-only"},
			{"another domain's platform", ask{method: "GET", path: "/v1/rival" + mine + "x", key: d.foreign}, 400, "platform-id", "no such platform"},
			{"another domain's issue", ask{method: "GET", path: "/v1/rival/chat/issues/1/messages?identifier=x", key: d.foreign}, 404, "", ""},
		})
	})
}

// issueID is our own id of the issue with the number.
func (d *desk) issueID(t *testing.T, number string) (id string) {
	t.Helper()
	n, err := strconv.ParseInt(number, 10, 64)
	if err == nil {
		err = d.Store.Read(t.Context(), func(tx *store.Tx) error {
			id, err = tx.IssueByNumber(d.Made.Domain.ID, n)
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}
