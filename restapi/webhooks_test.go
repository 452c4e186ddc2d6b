package restapi_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"rejoin/restapi"
	"rejoin/store/storetest"
)

func TestWebhooks(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	program := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusAccepted) }))
	t.Cleanup(program.Close)
	form := url.Values{"title": {"Warehouse"}, "url": {program.URL + "/hooks?token=t"}, "event": {"update_issue"}, "any": {`[{"subject":"platform","op":"is","values":["web"]}]`}}
	make := ask{method: "POST", path: "/webhooks", body: form, header: map[string]string{"Idempotency-Key": "one"}}
	var made, again restapi.Webhook
	got := d.must(make, 201, &made)
	golden(t, "webhook_made", bytes.ReplaceAll(got.body, []byte(made.Secret), []byte("whsec_SECRET")))
	if d.must(make, 201, &again); again.Secret != made.Secret || again.ID != made.ID || made.Secret == "" {
		t.Errorf("a repeat makes %+v", again)
	}
	d.Visit("Where is my parcel?")
	d.Settle()
	golden(t, "webhooks", d.get("/webhooks", nil).body)
	path := "/webhooks/" + made.ID
	var read restapi.Webhook
	if d.must(ask{method: "GET", path: path, key: d.readOnly}, 200, &read); read.URL != program.URL || made.URL != program.URL+"/hooks?token=t" {
		t.Errorf("a key that reads sees %s, one that writes %s", read.URL, made.URL)
	}
	var log restapi.DeliveryList
	golden(t, "webhook_deliveries", d.get(path+"/deliveries?state=delivered&issue-id=1", &log).body)
	golden(t, "webhook_delivery", d.get(path+"/deliveries/"+log.Deliveries[0].ID, nil).body)
	golden(t, "webhook_replayed", d.must(ask{method: "POST", path: path + "/replay", body: url.Values{"delivery_id": {log.Deliveries[0].ID}}}, 200, nil).body)
	golden(t, "webhook_paused", d.must(ask{method: "PUT", path: path, body: `{"paused":true,"title":"Stock","any":[]}`}, 200, nil).body)
	d.refuses(t, []refused{
		{"no title", ask{method: "POST", path: "/webhooks", body: url.Values{"url": {program.URL}, "event": {"create_issue"}}}, 400, "title", "1 to 80"},
		{"a title that is taken", ask{method: "POST", path: "/webhooks", body: url.Values{"title": {"Stock"}, "url": {program.URL}, "event": {"create_issue"}}}, 409, "title", "already"},
		{"no address", ask{method: "POST", path: "/webhooks", body: url.Values{"title": {"A"}, "event": {"create_issue"}}}, 400, "url", "whole address"},
		{"no event", ask{method: "POST", path: "/webhooks", body: url.Values{"title": {"A"}, "url": {program.URL}}}, 400, "event", "create_issue or update_issue"},
		{"conditions in prose", ask{method: "POST", path: "/webhooks", body: url.Values{"title": {"A"}, "url": {program.URL}, "event": {"create_issue"}, "all": {"vip"}}}, 400, "all", "JSON such as"},
		{"a condition of nothing", ask{method: "POST", path: "/webhooks", body: url.Values{"title": {"A"}, "url": {program.URL}, "event": {"create_issue"},
			"all": {`[{"subject":"weather","op":"is","values":["rain"]}]`}}}, 400, "all.0.subject", "no condition"},
		{"another request with the key", ask{method: "POST", path: "/webhooks", body: url.Values{"title": {"B"}, "url": {program.URL}, "event": {"create_issue"}},
			header: make.header}, 409, "Idempotency-Key", "another request"},
		{"a key that reads", ask{method: "POST", path: "/webhooks", body: form, key: d.readOnly}, 403, "", ""},
		{"a key that reads deletes", ask{method: "DELETE", path: path, key: d.readOnly}, 403, "", ""},
		{"of another domain", ask{method: "GET", path: "/v1/rival" + path, key: d.foreign}, 404, "", "no such webhook"},
		{"deletes that of another domain", ask{method: "DELETE", path: "/v1/rival" + path, key: d.foreign}, 404, "", "no such webhook"},
		{"the log of another domain", ask{method: "GET", path: "/v1/rival" + path + "/deliveries", key: d.foreign}, 404, "", "no such webhook"},
		{"no such webhook", ask{method: "PUT", path: "/webhooks/none", body: `{"paused":true}`}, 404, "", "no such webhook"},
		{"no such delivery", ask{method: "GET", path: path + "/deliveries/none"}, 404, "", "no such delivery"},
		{"no such state", ask{method: "GET", path: path + "/deliveries?state=lost"}, 400, "state", "waiting, delivered"},
		{"no number", ask{method: "GET", path: path + "/deliveries?issue-id=x"}, 400, "issue-id", "whole number"},
		{"a cursor of nobody", ask{method: "GET", path: path + "/deliveries?next-key=x"}, 400, "next-key", "cursor"},
		{"paused maybe", ask{method: "PUT", path: path, body: `{"paused":"maybe"}`}, 400, "paused", "true or false"},
		{"a replay of no time", ask{method: "POST", path: path + "/replay", body: url.Values{"from": {"5"}, "to": {"5"}}}, 400, "to", "period"},
		{"a replay of yesterday", ask{method: "POST", path: path + "/replay", body: url.Values{"from": {"yesterday"}, "to": {"5"}}}, 400, "from", "milliseconds"},
		{"a replay while it is paused", ask{method: "POST", path: path + "/replay", body: url.Values{"from": {"1"}, "to": {"5"}}}, 409, "", "paused"},
	})
	golden(t, "webhook_deleted", d.must(ask{method: "DELETE", path: path}, 200, nil).body)
}
