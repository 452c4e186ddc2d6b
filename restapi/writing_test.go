package restapi_test

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/store"
	"rejoin/store/storetest"
)

// label makes tags and custom issue fields of every type.
func (d *desk) label() {
	d.t.Helper()
	for _, name := range []string{"vip", "parcel", "old"} {
		list, err := d.Core.Labels.AddTag(d.t.Context(), d.Maya, name)
		if err == nil && name == "old" {
			_, err = d.Core.Labels.ArchiveTag(d.t.Context(), d.Maya, list[0].ID, true)
		}
		if err != nil {
			d.t.Fatal(err)
		}
	}
	for _, f := range []rejoin.CustomField{{Key: "order", Label: "Order", Type: rejoin.Number}, {Key: "due", Label: "Due", Type: rejoin.Date},
		{Key: "paid", Label: "Paid", Type: rejoin.Checkbox}, {Key: "size", Label: "Size", Type: rejoin.Dropdown, Options: []string{"S", "M"}},
		{Key: "city", Label: "City", Type: rejoin.SingleLine}, {Key: "story", Label: "Story", Type: rejoin.MultiLine}} {
		if _, err := d.Core.Labels.AddField(d.t.Context(), d.Maya, f); err != nil {
			d.t.Fatal(err)
		}
	}
}

// create creates an issue and returns its number.
func (d *desk) create(form url.Values) string {
	d.t.Helper()
	for name, value := range map[string]string{"email": "ada@example.org", "message-body": "Where is my parcel?"} {
		if !form.Has(name) {
			form.Set(name, value)
		}
	}
	var made struct{ ID string }
	d.must(ask{method: "POST", path: "/issues", body: form}, 201, &made)
	d.Settle()
	return made.ID
}

// thread is an issue as agents see it, by its number.
func (d *desk) thread(number string) core.Thread {
	d.t.Helper()
	var id string
	if err := d.Store.Read(d.t.Context(), func(tx *store.Tx) error {
		n, err := strconv.ParseInt(number, 10, 64)
		if err == nil {
			id, err = tx.IssueByNumber(d.Made.Domain.ID, n)
		}
		return err
	}); err != nil {
		d.t.Fatal(err)
	}
	return d.Load(id)
}

func TestGoldenWriting(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	d.label()
	queues, err := d.Core.Queues.Set(t.Context(), d.Maya, "", rejoin.Queue{Name: "Billing"})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "create_issue", d.must(ask{method: "POST", path: "/issues/", body: &parts{fields: map[string]string{"email": "Ada@Example.org", "message-body": "It is <late>.",
		"title": "My parcel", "author_name": "Ada", "app_id": "1", "platform_type": "web", "tags": `["vip"]`,
		"meta":          `{"plan":"gold","visits":12345678901234567,"shop":{"open":true},"language":"de","timezone":"Europe/Berlin","application":{"application-version":"2.1"},"hardware":{"battery-level":"80%"}}`,
		"custom_fields": `{"order":{"type":"number","value":"7.50"},"due":{"type":"date","val":"2026-11-23"},"paid":"True","size":"M","city":"Bonn"}`},
		files: map[string][2]string{"attachment": {"label.txt", "from Bonn"}}}}, 201, nil).body)
	golden(t, "create_issue_least", d.must(ask{method: "POST", path: "/issues", body: url.Values{"email": {"ben@example.org"}, "message-body": {"Hello"}}}, 201, nil).body)
	golden(t, "update_issue", d.must(ask{method: "PUT", path: "/issues/1", body: map[string]any{"tags": []string{"parcel"}, "custom_fields": map[string]any{"order": 8, "city": nil,
		"due": 1700000000000, "paid": false}, "meta": map[string]any{"plan": nil, "seats": 4}, "status": "Resolved", "assignee_id": d.Maya.ID, "title": "Found"}}, 200, nil).body)
	golden(t, "update_issue_queue", d.must(ask{method: "PUT", path: "/issues/1/", body: url.Values{"queue-id": {queues[0].ID}, "state": {"open"}, "assignee-email": {d.Maya.Email}}}, 200, nil).body)
	golden(t, "update_issue_none", d.must(ask{method: "PUT", path: "/issues/1", body: url.Values{"queue_id": {""}, "assignee_id": {"unassigned"}, "tags": {"[]"}}}, 200, nil).body)
	golden(t, "update_issues", d.must(ask{method: "PUT", path: "/issues", body: url.Values{"issue-ids": {`[1,"2",99]`}, "add-tags": {`["vip"]`}, "message-body": {"Soon."}}}, 200, nil).body)
	golden(t, "add_message", d.must(ask{method: "POST", path: "/issues/1/messages", body: &parts{fields: map[string]string{"message-body": "Found & sent.", "message-type": "Text"},
		files: map[string][2]string{"attachment": {"route.txt", "Bonn, Kiel"}}}}, 201, nil).body)
	golden(t, "add_private_note", d.must(ask{method: "POST", path: "/issues/2/private-notes", body: url.Values{"note-text": {"Gate 7 & 8"}}}, 201, nil).body)
	first := d.thread("1").Messages[0].ID
	redacted := d.must(ask{method: "POST", path: "/redactions", body: url.Values{"requests": {
		`[{"redaction_type":"message","property":"message_id","value":"` + first + `","app_publish_id":"1"}]`}}}, 201, nil)
	golden(t, "redactions", redacted.body)
}

func TestWrongWriting(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	d.label()
	d.create(url.Values{})
	d.create(url.Values{})
	d.must(ask{method: "PUT", path: "/issues/2", body: url.Values{"status": {"rejected"}}}, 200, nil)
	before := d.thread("1").Issue
	post := func(pairs ...string) ask { return ask{method: "POST", path: "/issues", body: form(pairs...)} }
	put := func(pairs ...string) ask { return ask{method: "PUT", path: "/issues/1", body: form(pairs...)} }
	at := func(method, path string, pairs ...string) ask {
		return ask{method: method, path: path, body: form(pairs...)}
	}
	good := []string{"email", "ada@example.org", "message-body", "Hello"}
	with := func(pairs ...string) ask { return post(append(good[:len(good):len(good)], pairs...)...) }
	d.refuses(t, []refused{
		{"no address", post("message-body", "Hello"), 400, "email", "address"},
		{"half an address", post("email", "ada@", "message-body", "Hello"), 400, "email", "name@example.com"},
		{"no message", post("email", "ada@example.org"), 400, "message-body", "1 to 10000"},
		{"a long message", post("email", "ada@example.org", "message-body", strings.Repeat("x", 10001)), 400, "message-body", "10001"},
		{"a long title", with("title", strings.Repeat("x", 256)), 400, "title", "255"},
		{"another app", with("app-id", "2"), 400, "app-id", "GET /apps"},
		{"an app of nobody", with("app-id", "app_none"), 400, "app-id", "GET /apps"},
		{"no such platform", with("platform-type", "windows"), 400, "platform-type", "web, ios or android"},
		{"a platform that is not there", with("platform-type", "ios"), 400, "platform-type", "no platform for ios"},
		{"an unknown tag", with("tags", "vip,lost"), 400, "tags", `"lost"`},
		{"an archived tag", with("tags", `["old"]`), 400, "tags", "archived"},
		{"tags that are no list", with("tags", `["vip"`), 400, "tags", "JSON array"},
		{"tags within tags", with("tags", `[["vip"]]`), 400, "tags", "JSON array"},
		{"meta that is no object", with("meta", "[1]"), 400, "meta", "JSON"},
		{"a list in meta", with("meta", `{"a":[1]}`), 400, "meta", "list"},
		{"too much meta", with("meta", manyEntries(31)), 400, "meta", "30"},
		{"a long name in meta", with("meta", `{"`+strings.Repeat("k", 61)+`":1}`), 400, "meta", "60"},
		{"half an address of a page", with("meta", `{"page":{"url":"shop"}}`), 400, "meta", "whole address"},
		{"no such zone", with("meta", `{"timezone":"Mars/Olympus"}`), 400, "meta", "IANA"},
		{"an unknown field", with("custom_fields", `{"colour":"red"}`), 400, "custom_fields", `"colour"`},
		{"a field of another type", with("custom_fields", `{"order":{"type":"date","value":1}}`), 400, "custom_fields", "type number"},
		{"a field without a value", with("custom_fields", `{"order":{"type":"number"}}`), 400, "custom_fields", "value"},
		{"no number", with("custom_fields", `{"order":"seven"}`), 400, "custom_fields", "order: The value must be a number"},
		{"no date", with("custom_fields", `{"due":"23.11.2026"}`), 400, "custom_fields", "milliseconds"},
		{"no checkbox", with("custom_fields", `{"paid":"maybe"}`), 400, "custom_fields", "true or false"},
		{"no option", with("custom_fields", `{"size":"XL"}`), 400, "custom_fields", "options"},
		{"a list as a value", with("custom_fields", `{"city":["Bonn"]}`), 400, "custom_fields", "text"},
		{"fields that are no object", with("custom_fields", `"order"`), 400, "custom_fields", "JSON"},
		{"a wrong idempotency key", ask{method: "POST", path: "/issues", body: form(good...), header: map[string]string{"Idempotency-Key": strings.Repeat("k", 256)}},
			400, "Idempotency-Key", "255"},
		{"an empty file", ask{method: "POST", path: "/issues", body: &parts{fields: map[string]string{"email": "ada@example.org", "message-body": "x"},
			files: map[string][2]string{"attachment": {"nothing.txt", ""}}}}, 400, "attachment", "empty"},
		{"a read-only key", ask{method: "POST", path: "/issues", body: form(good...), key: d.readOnly}, 403, "", "read-only"},
		{"a file with a read-only key", ask{method: "POST", path: "/issues", key: d.readOnly, body: &parts{fields: map[string]string{"email": "ada@example.org", "message-body": "x"},
			files: map[string][2]string{"attachment": {"label.txt", "Bonn"}}}}, 403, "", "read-only"},

		{"nothing to change", put(), 400, "", "Say what to change"},
		{"no such issue", at("PUT", "/issues/99", "status", "resolved"), 404, "", "no such conversation"},
		{"an issue that is none", at("PUT", "/issues/%F0%9F%93%A6", "status", "resolved"), 404, "", "no such conversation"},
		{"an issue of nobody", at("PUT", "/issues/iss_none", "status", "resolved"), 404, "", "no such conversation"},
		{"no such state", put("status", "closed"), 400, "status", "resolved, rejected and open"},
		{"no such agent", put("assignee_id", "agt_none"), 400, "assignee_id", "no such agent"},
		{"nobody's address", put("assignee_email", "nobody@example.com"), 400, "assignee_email", "no agent"},
		{"an agent of another team", put("assignee_email", "rita@rival.example"), 400, "assignee_email", "no agent"},
		{"two agents", put("assignee_email", d.Maya.Email, "assignee_id", d.Maya.ID), 400, "assignee_email", "assignee_id or"},
		{"no such queue", put("queue_id", "que_none"), 400, "queue_id", "no such queue"},
		{"two kinds of tags", put("tags", "vip", "add_tags", "parcel"), 400, "tags", "all tags"},
		{"a tag to come and go", put("add_tags", "vip", "remove_tags", "vip"), 400, "remove_tags", "at once"},
		{"an empty title", put("title", " "), 400, "title", "1 to 255"},
		{"one of two is wrong", put("add_tags", "vip", "custom_fields", `{"order":"x"}`, "title", "Changed"), 400, "custom_fields", "number"},
		{"the last of many is wrong", put("add_tags", "vip", "title", "Changed", "assignee_id", d.Maya.ID, "meta", manyEntries(31)), 400, "meta", "30"},
		{"changed with a read-only key", ask{method: "PUT", path: "/issues/1", body: form("status", "resolved"), key: d.readOnly}, 403, "", "read-only"},

		{"no issues", at("PUT", "/issues", "status", "resolved"), 400, "issue-ids", "1 to 5000"},
		{"too many issues", at("PUT", "/issues", "status", "resolved", "issue-ids", "["+strings.TrimSuffix(numbers(5001), ",")+"]"), 400, "issue-ids", "1 to 5000"},
		{"no change for many", at("PUT", "/issues", "issue-ids", "[1]"), 400, "", "Say what to change"},
		{"a wrong tag for many", at("PUT", "/issues", "issue-ids", "[1]", "add_tags", "lost"), 400, "add_tags", `"lost"`},
		{"an unknown tag for many", at("PUT", "/issues", "issue-ids", "[1]", "tags", "vip,lost"), 400, "tags", `"lost"`},
		{"no such queue for many", at("PUT", "/issues", "issue-ids", "[1]", "queue_id", "que_none"), 400, "queue_id", "no such queue"},
		{"no such agent for many", at("PUT", "/issues", "issue-ids", "[1]", "assignee_id", "agt_none"), 400, "assignee_id", "no such agent"},
		{"a list in meta for many", at("PUT", "/issues", "issue-ids", "[1]", "meta", `{"a":[1]}`), 400, "meta", "list"},
		{"many with a read-only key", ask{method: "PUT", path: "/issues", body: form("status", "resolved", "issue-ids", "1"), key: d.readOnly}, 403, "", "read-only"},

		{"an empty message", at("POST", "/issues/1/messages"), 400, "message-body", "1 to 10000"},
		{"another kind of message", at("POST", "/issues/1/messages", "message-body", "x", "message-type", "Screenshot"), 400, "message-type", "Text"},
		{"a message to nobody", at("POST", "/issues/99/messages", "message-body", "x"), 404, "", "no such conversation"},
		{"a message with a read-only key", ask{method: "POST", path: "/issues/1/messages", body: form("message-body", "x"), key: d.readOnly}, 403, "", "read-only"},
		{"an empty note", at("POST", "/issues/1/private-notes", "note-text", " "), 400, "note-text", "1 to 10000"},
		{"a note to nobody", at("POST", "/issues/99/private-notes", "note-text", "x"), 404, "", "no such conversation"},
		{"a note with a read-only key", ask{method: "POST", path: "/issues/1/private-notes", body: form("note-text", "x"), key: d.readOnly}, 403, "", "read-only"},

		{"nothing to redact", at("POST", "/redactions"), 400, "requests", "1 to 100"},
		{"requests that are none", at("POST", "/redactions", "requests", "all"), 400, "requests", "JSON"},
		{"a user to redact", at("POST", "/redactions", "requests", `[{"redaction_type":"user","property":"id","value":"x"}]`), 400, "requests", "message_id"},
		{"a message of nobody", at("POST", "/redactions", "requests", `[{"redaction_type":"message","property":"message_id","value":"msg_none"}]`), 400, "requests", "msg_none"},
		{"redacted with a read-only key", ask{method: "POST", path: "/redactions", key: d.readOnly,
			body: form("requests", `[{"redaction_type":"message","property":"message_id","value":"msg_none"}]`)}, 403, "", "read-only"},
	})
	if after := d.thread("1").Issue; after.Version != before.Version {
		t.Errorf("requests that were refused have changed the issue: %s", cmp.Diff(before, after))
	}
}

func form(pairs ...string) url.Values {
	v := url.Values{}
	for n := 0; n < len(pairs); n += 2 {
		v.Add(pairs[n], pairs[n+1])
	}
	return v
}

func numbers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d,", i+1000)
	}
	return b.String()
}

func manyEntries(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"k%d":1,`, i)
	}
	return "{" + strings.TrimSuffix(b.String(), ",") + "}"
}
