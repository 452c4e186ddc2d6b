package agentapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/agentapi"
	"rejoin/core"
)

// apiKey makes a key and returns the page that tells it.
func (o *office) apiKey() core.KeyPage {
	o.t.Helper()
	p, err := o.Core.Keys.Make(o.t.Context(), o.Maya, o.NewClientID(), rejoin.ReadAndWrite)
	if err != nil {
		o.t.Fatal(err)
	}
	return p
}

// TestAPIKeys makes a key, uses it, revokes it, and reads about all that in the audit log.
func TestAPIKeys(t *testing.T) {
	o := sqlite(t)
	maya := o.maya()
	list := as[agentapi.APIKeys](maya.get("/api-keys"))
	if len(list.Keys) != 0 || list.PerMinute != 1500 || list.Base != "https://chat.example.com/v1/acme" {
		t.Errorf("at first: %+v", list)
	}
	made := as[agentapi.APIKeys](maya.post("/api-keys", `{"name":" The  Warehouse","access":"read"}`))
	want := agentapi.APIKey{ID: made.Keys[0].ID, Name: "The Warehouse", Access: rejoin.ReadOnly, Hint: made.Key[len(made.Key)-4:], CreatedBy: maya.Name, CreatedAt: o.Clock.Now()}
	if d := cmp.Diff([]agentapi.APIKey{want}, made.Keys); d != "" || !strings.HasPrefix(made.Key, "rk_") || len(made.Key) != 46 {
		t.Errorf("made %q: %s", made.Key, d)
	}
	o.Clock.Advance(150 * time.Second)
	k, perMinute, err := o.Core.Keys.ByToken(t.Context(), "acme", made.Key)
	if err != nil || k.Agent().Role != rejoin.Reader || !k.Agent().Program || perMinute != 1500 {
		t.Errorf("the key is %+v, %d, %v", k, perMinute, err)
	}
	list = as[agentapi.APIKeys](maya.get("/api-keys"))
	if used := list.Keys[0].UsedAt; list.Key != "" || used%60_000 != 0 || o.Clock.Now().Sub(used) >= time.Minute {
		t.Errorf("once it was used: %+v", list)
	}
	for name, wrong := range map[string]struct{ domain, key string }{
		"another domain": {"other", made.Key}, "no domain": {"", made.Key}, "another key": {"acme", "rk_" + strings.Repeat("A", 43)},
		"no key": {"acme", ""}, "without the beginning": {"acme", made.Key[3:]}, "cut": {"acme", made.Key[:45]}, "no text": {"ac\x00me", made.Key},
	} {
		if _, _, err := o.Core.Keys.ByToken(t.Context(), wrong.domain, wrong.key); rejoin.CodeOf(err) != rejoin.Unauthenticated {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := as[agentapi.APIKeys](maya.do("PUT", "/agent/v1/api-keys/limit", `{"per_minute":60}`)); got.PerMinute != 60 {
		t.Errorf("the limit is %d", got.PerMinute)
	}
	revoked := as[agentapi.APIKeys](maya.do("DELETE", "/agent/v1/api-keys/"+want.ID, ""))
	if len(revoked.Keys) != 1 || revoked.Keys[0].RevokedAt != o.Clock.Now() {
		t.Errorf("revoked: %+v", revoked)
	}
	if _, _, err := o.Core.Keys.ByToken(t.Context(), "acme", made.Key); rejoin.CodeOf(err) != rejoin.Unauthenticated {
		t.Errorf("a revoked key: %v", err)
	}
	as[agentapi.APIKeys](maya.post("/api-keys", `{"name":"The Warehouse","access":"read_write"}`)) // its name is free again
	o.Clock.Advance(91 * 24 * time.Hour)
	if got := as[agentapi.APIKeys](o.maya().get("/api-keys")).Keys; len(got) != 1 || got[0].Access != rejoin.ReadAndWrite {
		t.Errorf("after 91 days: %+v", got)
	}
	var acts []rejoin.AuditAct
	page, err := o.Core.Audit.Page(t.Context(), o.Maya, rejoin.AuditFilter{}, "")
	for _, e := range page.Entries {
		if e.Target == "The Warehouse" || e.Target == "API" {
			acts = append(acts, e.Act)
		}
	}
	if d := cmp.Diff([]rejoin.AuditAct{rejoin.APIKeyMade, rejoin.APIKeyRevoked, rejoin.APILimitChanged, rejoin.APIKeyMade}, acts); d != "" || err != nil {
		t.Errorf("the audit log: %v %s", err, d)
	}
}

// TestAPIKeysThatAreRefused asks for what no key can be.
func TestAPIKeysThatAreRefused(t *testing.T) {
	o := sqlite(t)
	maya := o.maya()
	o.apiKey()
	maya.post("/api-keys", `{"name":"Taken","access":"read"}`).fine()
	for _, c := range []struct {
		method, path, body string
		status             int
		field              string
	}{
		{"POST", "", `{"access":"read"}`, 400, "name"},
		{"POST", "", `{"name":"` + strings.Repeat("n", 61) + `","access":"read"}`, 400, "name"},
		{"POST", "", `{"name":"A"}`, 400, "access"},
		{"POST", "", `{"name":"A","access":"write"}`, 400, "access"},
		{"POST", "", `{"name":"Taken","access":"read"}`, 409, "name"},
		{"PUT", "/limit", `{"per_minute":59}`, 400, "per_minute"},
		{"PUT", "/limit", `{"per_minute":60001}`, 400, "per_minute"},
		{"DELETE", "/key_none", ``, 404, ""},
		{"DELETE", "/%00", ``, 404, ""},
	} {
		got := maya.do(c.method, "/agent/v1/api-keys"+c.path, c.body)
		if got.status != c.status || got.failure().Field != c.field {
			t.Errorf("%s %s %s: %d %s", c.method, c.path, c.body, got.status, got.body)
		}
	}
	program := o.apiKey().Keys[0].Agent()
	if _, err := o.Core.Keys.Make(t.Context(), program, "Mine", rejoin.ReadOnly); rejoin.CodeOf(err) != rejoin.Forbidden {
		t.Errorf("a program makes a key: %v", err)
	}
}
