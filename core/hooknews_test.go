package core_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/rejointest"
	"rejoin/store/storetest"
	"rejoin/webhook"
)

var update = flag.Bool("update", false, "write golden files anew")

// receiver is a program of the company.
type receiver struct {
	*httptest.Server
	s      *rejointest.Server
	secret string // checks signatures; empty for no check

	mu     sync.Mutex
	got    []receipt
	answer func(r receipt) int // the status; nil for 200
}

// receipt is a request that has reached the receiver, whatever it has answered.
type receipt struct {
	body  []byte
	event webhook.Event
	sent  http.Header
	path  string
}

// receive starts a receiver.
func receive(s *rejointest.Server) *receiver {
	r := &receiver{s: s}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, err := io.ReadAll(q.Body)
		if err != nil {
			return
		}
		e, err := webhook.Decode(body)
		if err != nil || e.EventID != q.Header.Get("webhook-id") {
			s.T.Errorf("a body that cannot be read, or is another event's: %v %s", err, body)
		}
		one := receipt{body: body, event: e, sent: q.Header.Clone(), path: q.URL.Path}
		r.mu.Lock()
		r.got = append(r.got, one)
		answer, secret := r.answer, r.secret
		r.mu.Unlock()
		if secret != "" && !webhook.Verify(q.Header, s.Clock.Now(), body, secret) {
			s.T.Errorf("the signature of %s is wrong", e.EventID)
		}
		if answer != nil {
			w.WriteHeader(answer(one))
		}
		_, _ = io.WriteString(w, "thank you")
	}))
	s.T.Cleanup(r.Close)
	return r
}

// answers changes what the receiver answers.
func (r *receiver) answers(f func(receipt) int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = f
}

// take returns what has come since it was taken last.
func (r *receiver) take() []receipt {
	r.mu.Lock()
	defer r.mu.Unlock()
	got := r.got
	r.got = nil
	return got
}

// hook makes a webhook and returns its id.
func hook(s *rejointest.Server, r *receiver, event rejoin.WebhookEvent, all ...rejoin.Condition) string {
	s.T.Helper()
	state, err := s.Core.Webhooks.Set(s.T.Context(), s.Maya, "", rejoin.Webhook{Title: "Warehouse " + s.NewClientID(), URL: r.URL + "/hooks", Event: event, All: all})
	if err != nil {
		s.T.Fatal(err)
	}
	if len(state.Secrets) != 1 || state.Secrets[0].Value == "" {
		s.T.Fatalf("a new webhook has the secrets %v", state.Secrets)
	}
	r.mu.Lock()
	r.secret = state.Secrets[0].Value
	r.mu.Unlock()
	return state.Webhook.ID
}

// The keys that the reference's payloads have, with their types; null stands for what may also be null. What is beside them is ours.
var (
	envelope = []string{"app_id string", "data object", "domain string", "event_id string", "event_timestamp number", "event_type string", "webhook.id string", "webhook.title string",
		"data.author_email string", "data.author_name string", "data.created_at number", "data.domain string", "data.id number",
		"data.custom_issue_fields.summary.type string", "data.custom_issue_fields.summary.val string",
		"data.custom_issue_fields.vip_user.val bool", "data.custom_issue_fields.random_number.val number", "data.custom_issue_fields.description.val string",
		"data.custom_issue_fields.priority.val string", "data.custom_issue_fields.dob.val string"}
	queued   = []string{"data.queue.id string", "data.queue.name string"}
	assigned = append([]string{"data.assignee.id string", "data.assignee.name string"}, queued...)
	message  = []string{"author.emails.0 string", "author.id string", "author.name string", "body string", "created_at number", "id string", "origin string"}
	file     = []string{"content_type string", "file_name string", "size number", "url string"}
)

func below(prefix string, keys []string) (out []string) {
	for _, k := range keys {
		out = append(out, prefix+"."+k)
	}
	return out
}

var contract = map[string][]string{
	"create_issue": slices.Concat(envelope, below("data.messages.0", message), []string{"data.queue null", "data.assignee null", "data.assignee_name null", "data.title string",
		"data.state_data.changed_at number", "data.state_data.state string", "data.meta.application.application-identifier string",
		"data.meta.application.application-name string", "data.meta.application.application-version string", "data.meta.external-user-id string",
		"data.meta.hardware.battery-level string", "data.meta.hardware.battery-status string", "data.meta.hardware.device-model string",
		"data.meta.other.country-code string", "data.meta.other.language string", "data.meta.other.os-version string", "data.meta.other.platform string",
		"data.meta.userType string"}),
	"add_message_with_attachment": slices.Concat(envelope, assigned, below("data.updates.messages.0", message), below("data.updates.messages.0.attachment", file),
		below("data.updates.messages.0.attachments.0", file), below("data.updates.messages.0.attachments.1", file)),
	"change_queue_unassigned_issue": slices.Concat(envelope, queued, []string{"data.assignee null", "data.updates.queue.id string", "data.updates.queue.name string"}),
	"edit_issue_cif": slices.Concat(envelope, assigned, []string{"data.updates.custom_issue_fields.summary.type string", "data.updates.custom_issue_fields.summary.val string",
		"data.updates.custom_issue_fields.vip_user.val bool", "data.updates.custom_issue_fields.random_number.val number",
		"data.updates.custom_issue_fields.description.val string", "data.updates.custom_issue_fields.priority.val string", "data.updates.custom_issue_fields.dob.val string"}),
	"issue_status_change": slices.Concat(envelope, assigned, []string{"data.updates.state_data.changed_at number", "data.updates.state_data.state string"}),
	"add_csat":            slices.Concat(envelope, assigned, []string{"data.updates.feedback.rating number"}),
}

// keys lists every path of a JSON value with its type.
func keys(path string, v any, out map[string]bool) {
	kind := "null"
	switch v := v.(type) {
	case map[string]any:
		kind = "object"
		for k, inner := range v {
			keys(path+"."+k, inner, out)
		}
	case []any:
		kind = "array"
		for n, inner := range v {
			keys(fmt.Sprint(path, ".", n), inner, out)
		}
	case string:
		kind = "string"
	case float64:
		kind = "number"
	case bool:
		kind = "bool"
	}
	out[path[1:]+" "+kind] = true
}

// like holds a payload to the reference's sample of the name, and to its golden file.
func (r receipt) like(t *testing.T, name string) {
	t.Helper()
	var body map[string]any
	if err := json.Unmarshal(r.body, &body); err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for k, v := range body {
		keys("."+k, v, have)
	}
	for _, k := range contract[name] {
		if !have[k] {
			t.Errorf("%s lacks %s", name, k)
		}
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, settled(r.body), "", "  "); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "webhooks", name+".json")
	if *update {
		if err := os.WriteFile(path, append(pretty.Bytes(), '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), pretty.String()+"\n"); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

var (
	ids   = regexp.MustCompile(`([a-z]+_)?[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`)
	sigs  = regexp.MustCompile(`sig=[\w-]+`)
	hooks = regexp.MustCompile(`Warehouse client-[\w-]+`)
)

// settled puts equal names in the place of ids that are new in each run.
func settled(body []byte) []byte {
	seen := map[string]string{}
	body = ids.ReplaceAllFunc(body, func(id []byte) []byte {
		name := seen[string(id)]
		if name == "" {
			prefix := "event_"
			if m := ids.FindSubmatch(id); len(m[1]) > 0 {
				prefix = string(m[1])
			}
			name = fmt.Sprint(prefix, len(seen)+1)
			seen[string(id)] = name
		}
		return []byte(name)
	})
	return hooks.ReplaceAll(sigs.ReplaceAll(body, []byte("sig=x")), []byte("Warehouse"))
}

// what is the keys of the updates that the receipts tell of, one text each.
func what(list []receipt) (out []string) {
	for _, r := range list {
		if r.event.Data.Updates == nil {
			out = append(out, "created")
			continue
		}
		out = append(out, fmt.Sprint(r.event.Data.Updates.Keys()))
	}
	return out
}

// fullIssue begins a conversation in which everything is filled in, from an app.
func fullIssue(t *testing.T, s *rejointest.Server) *rejointest.Visitor {
	t.Helper()
	given := map[string]core.GivenField{"summary": {Type: rejoin.SingleLine, Value: "The given value"}, "vip_user": {Type: rejoin.Checkbox, Value: true},
		"random_number": {Type: rejoin.Number, Value: "1"}, "description": {Type: rejoin.MultiLine, Value: "Hey"}, "priority": {Type: rejoin.Dropdown, Value: "p1"},
		"dob": {Type: rejoin.Date, Value: 1506297600000.0}}
	for key, f := range given {
		field := rejoin.CustomField{Key: key, Label: key, Type: f.Type}
		if f.Type == rejoin.Dropdown {
			field.Options = []string{"p1", "p2"}
		}
		if _, err := s.Core.Labels.AddField(t.Context(), s.Maya, field); err != nil {
			t.Fatal(err)
		}
	}
	return s.VisitAs(s.Signed("123", "doe@example.org"), "Where is <my> parcel?", core.Beginning{Fields: given, Meta: rejoin.Meta{Language: "en", Country: "US",
		OS: rejoin.NameVersion{Name: "iOS", Version: "18.1"}, App: rejoin.MetaApp{ID: "com.example.demo", Name: "Demo", Version: "1.0.0"},
		Hardware: rejoin.MetaHardware{Model: "Phone 4", Battery: 80}, Custom: map[string]string{"userType": "paid"}}})
}

func TestWebhookPayloads(t *testing.T) {
	t.Parallel()
	s := rejointest.New(t, storetest.SQLite(t))
	ctx := t.Context()
	s.Use(rejoin.IOS)
	automations{s}.tags("vip")
	a, b := queue(s, rejoin.Queue{Name: "Queue A"}), queue(s, rejoin.Queue{Name: "Queue B"})
	r := receive(s)
	created := receive(s)
	hook(s, r, rejoin.UpdateIssue)
	hook(s, created, rejoin.CreateIssue)
	v := fullIssue(t, s)
	created.take()[0].like(t, "create_issue")
	r.take() // what Identity Bot has asked
	id := v.Issue.ID
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		name string
		do   func()
		want []string
	}{
		{"change_queue_unassigned_issue", func() { must(s.Core.Issues.Move(ctx, s.Maya, id, a, nil)) }, []string{"[queue]"}},
		{"assign", func() { must(s.Core.Issues.Assign(ctx, s.Maya, id, s.Maya.ID, nil)) }, []string{"[state_data assignee]"}},
		{"add_message_with_attachment", func() {
			files := []string{upload(s, v.Token, "a b.txt", "a").ID, upload(s, v.Token, "b.txt", "b").ID}
			must(v.Send(core.UserSend{ClientID: s.NewClientID(), Body: "It was blue & green", Attachments: files}))
		}, []string{"[messages]"}},
		{"edit_issue_cif", func() {
			must(s.Core.Issues.SetField(ctx, s.Maya, id, core.SetField{Key: "summary", Value: "I am new", Was: "The given value"}))
		}, []string{"[custom_issue_fields]"}},
		{"tags", func() { must(s.Core.Issues.Tag(ctx, s.Maya, id, []string{"vip"}, nil)) }, []string{"[tags]"}},
		{"untag", func() { must(s.Core.Issues.Tag(ctx, s.Maya, id, nil, []string{"vip"})) }, []string{"[tags]"}},
		{"notes", func() { must(s.Core.Messages.Note(ctx, s.Maya, id, s.NewClientID(), "She is <nice>")) }, []string{"[notes]"}},
		{"reply", func() { s.Reply(v, "On its **way**.") }, []string{"[messages state_data]"}},
		{"follow_up", func() { s.Advance(10 * time.Minute) }, []string{"[follow_up]"}},
		{"unassign", func() { must(s.Core.Issues.Assign(ctx, s.Maya, id, "", nil)) }, []string{"[state_data assignee]"}},
		{"assign again", func() { must(s.Core.Issues.Assign(ctx, s.Maya, id, s.Maya.ID, nil)) }, []string{"[state_data assignee]"}},
		{"change_queue_assigned_issue", func() { must(s.Core.Issues.Move(ctx, s.Maya, id, b, nil)) }, []string{"[state_data assignee queue]"}},
		{"assign once more", func() { must(s.Core.Issues.Assign(ctx, s.Maya, id, s.Maya.ID, nil)) }, []string{"[state_data assignee]"}},
		{"issue_status_change", func() { s.End(v, rejoin.Resolved) }, []string{"[state_data]"}},
		{"accept", func() {
			_, err := s.Core.Endings.Resolve(ctx, v.Token, id, core.Answer{ClientID: s.NewClientID(), Accepted: true})
			must(err)
		}, []string{"[messages]"}},
		{"add_csat", func() {
			_, err := s.Core.Endings.Rate(ctx, v.Token, id, core.Rating{Stars: 5})
			must(err)
		}, []string{"[feedback]"}},
	} {
		s.Advance(time.Second)
		step.do()
		s.Settle()
		got := r.take()
		if diff := cmp.Diff(step.want, what(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		} else if !strings.Contains(step.name, " ") {
			got[0].like(t, step.name)
		}
	}
	if more := created.take(); len(more) > 0 {
		t.Errorf("a webhook for new issues is told updates: %v", what(more))
	}
}
