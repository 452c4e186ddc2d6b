package webhook_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/webhook"
)

// The vector is the one that the libraries of Standard Webhooks are tested with; openssl agrees.
func TestSign(t *testing.T) {
	const secret, old = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	body, at := []byte(`{"test": 2432232314}`), rejoin.Millis(1614265330_000)
	h := webhook.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, body, []string{secret})
	want := http.Header{"Content-Type": {"application/json"}, "Webhook-Id": {"msg_p5jXN8AQM9LWM0D4loKWxJek"}, "Webhook-Timestamp": {"1614265330"},
		"Webhook-Signature":     {"v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="},
		"X-Helpshift-Signature": {"80ec8a89ce3cd22133a1066caecb4d04fea7467657c8514d717ec42c38a5c94c"}}
	if diff := cmp.Diff(want, h); diff != "" {
		t.Error(diff)
	}
	both := webhook.Sign("1", at, body, []string{old, secret})
	for name, c := range map[string]struct {
		h      http.Header
		at     rejoin.Millis
		body   string
		secret string
		want   bool
	}{
		"right":               {h, at, string(body), secret, true},
		"the old of two":      {both, at, string(body), old, true},
		"the new of two":      {both, at, string(body), secret, true},
		"another secret":      {h, at, string(body), old, false},
		"another body":        {h, at, "{}", secret, false},
		"late":                {h, at.Add(webhook.Tolerance + time.Second), string(body), secret, false},
		"early":               {h, at.Add(-webhook.Tolerance - time.Second), string(body), secret, false},
		"no headers":          {http.Header{}, at, string(body), secret, false},
		"signature of nobody": {webhook.Sign("1", at, body, nil), at, string(body), secret, false},
	} {
		if got := webhook.Verify(c.h, c.at, []byte(c.body), c.secret); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestShapes(t *testing.T) {
	fields := rejoin.FieldValues{"vip": {Type: rejoin.Checkbox, Value: "true"}, "n": {Type: rejoin.Number, Value: "12.50"}, "odd": {Type: rejoin.Number, Value: "+.5"},
		"dob": {Type: rejoin.Date, Value: "1506297600000"}, "plan": {Type: rejoin.Dropdown, Value: "p1"}}
	long := strings.Repeat("boots ", 30)
	first := rejoin.Message{Seq: 1, Body: `Where is <my> "parcel"?`}
	for name, c := range map[string]struct{ got, want string }{
		"fields of webhooks": {text(t, webhook.FieldsOf(fields)), `{"dob":{"type":"date","val":"2017-09-25"},"n":{"type":"number","val":12.50},` +
			`"odd":{"type":"number","val":0.5},"plan":{"type":"dropdown","val":"p1"},"vip":{"type":"checkbox","val":true}}`},
		"fields of the API":  {text(t, webhook.APIFieldsOf(rejoin.FieldValues{"dob": fields["dob"], "n": fields["n"]})), `{"dob":{"type":"date","value":1506297600000},"n":{"type":"number","value":12.50}}`},
		"no fields":          {text(t, webhook.FieldsOf(nil)), `{}`},
		"escaped":            {webhook.MessageBody("", first), "Where is &lt;my&gt; &#34;parcel&#34;?"},
		"our title":          {webhook.MessageBody(rejoin.Preview(long, 80), rejoin.Message{Seq: 1, Body: long}), long},
		"a title of its own": {webhook.MessageBody("Parcel & co", first), "<strong>Parcel &amp; co</strong><br/><br/>Where is &lt;my&gt; &#34;parcel&#34;?"},
		"later":              {webhook.MessageBody("Parcel", rejoin.Message{Seq: 2, Body: "Hm\nWell"}), "Hm\nWell"},
		"a file alone":       {webhook.MessageBody("a.png", rejoin.Message{Seq: 1}), ""},
		"meta of an app": {text(t, webhook.MetaOf(rejoin.Meta{App: rejoin.MetaApp{Name: "Demo"}, Hardware: rejoin.MetaHardware{Model: "Phone 4", Battery: 80}, Language: "en",
			Custom: map[string]string{"userType": "paid", "hardware": "x", "browser": "y"}}, rejoin.IOS, "123")),
			`{"application":{"application-name":"Demo"},"external-user-id":"123","hardware":{"battery-level":"80%","battery-status":"Unknown","device-model":"Phone 4"},` +
				`"language":"en","other":{"language":"en","platform":"iOS"},"userType":"paid"}`},
	} {
		if c.got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, c.got, c.want)
		}
	}
}

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// What is stored comes back as it was: nulls, empty lists and every digit.
func TestEventStored(t *testing.T) {
	e := webhook.Event{EventID: "1", EventType: rejoin.UpdateIssue, Data: webhook.Data{CustomIssueFields: webhook.FieldsOf(rejoin.FieldValues{
		"n": {Type: rejoin.Number, Value: "9007199254740993"}}), Updates: &webhook.Updates{Tags: []string{}, Assignee: webhook.ChangedTo(nil),
		Messages: []webhook.Message{{ID: "a", Body: "Hello", Attachments: []webhook.Attachment{{URL: "att_1 a.png"}}}, {ID: "b", Body: "Secret"}}}}}
	stored, err := e.Fit()
	if err != nil {
		t.Fatal(err)
	}
	back, err := webhook.Decode(stored)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"messages", "tags", "assignee"}, back.Data.Updates.Keys()); diff != "" {
		t.Error(diff)
	}
	back.Address(func(s string) string { return "https://chat.example.com/" + s })
	if !back.Redact([]string{"b"}, "redacted") || back.Redact([]string{"c"}, "redacted") {
		t.Error("a message is redacted if it is there")
	}
	again, err := back.Encode()
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer("Secret", "redacted", `"url":"att_1 a.png"`, `"url":"https://chat.example.com/att_1 a.png"`).Replace(string(stored))
	want = strings.Replace(want, `{"attachments"`, `{"attachment":{"content_type":"","file_name":"","size":0,"url":"https://chat.example.com/att_1 a.png"},"attachments"`, 1)
	if string(again) != want {
		t.Errorf("%s\nwant\n%s", again, want)
	}
}

func TestEventFits(t *testing.T) {
	values := rejoin.FieldValues{}
	for n := range 100 {
		values[strings.Repeat("k", n+1)] = rejoin.FieldValue{Type: rejoin.MultiLine, Value: strings.Repeat("é", 100_000)}
	}
	e := webhook.Event{EventType: rejoin.UpdateIssue, Data: webhook.Data{CustomIssueFields: webhook.FieldsOf(values), Updates: &webhook.Updates{CustomIssueFields: webhook.FieldsOf(values)}}}
	body, err := e.Fit()
	if err != nil || len(body) > webhook.MaxBody || !e.Data.Cut || len(e.Data.Updates.CustomIssueFields) != 100 {
		t.Errorf("%d bytes, cut %v, %v", len(body), e.Data.Cut, err)
	}
}

func TestExample(t *testing.T) {
	for _, kind := range []rejoin.WebhookEvent{rejoin.CreateIssue, rejoin.UpdateIssue} {
		e := webhook.Example(kind, "acme", 1)
		if (e.Data.Created == nil) == (e.Data.Updates == nil) || e.EventType != kind {
			t.Errorf("%s: %+v", kind, e)
		}
	}
}
