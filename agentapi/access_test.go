package agentapi_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/agentapi"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/serve"
	"rejoin/store/storetest"
)

// access is who gets which status for a request that is right otherwise.
type access struct {
	pattern  string
	body     string // of the request; settings stands for good settings
	stranger int    // administrator of another domain
	agent    int    // of the domain, no administrator
	admin    int    // of the domain
}

const settings = "settings"

// open routes serve everybody with 200; all others answer 401 unless somebody is signed in.
var openRoutes = []string{"POST /agent/v1/sign-in", "POST /agent/v1/sign-out"}

var accessTable = []access{
	{"POST /agent/v1/sign-in", `{"email":"maya@example.com","password":"correct horse"}`, 200, 200, 200},
	{"POST /agent/v1/sign-out", `{}`, 200, 200, 200},
	{"GET /agent/v1/me", ``, 200, 200, 200},
	{"GET /agent/v1/socket", ``, 101, 101, 101},
	{"GET /agent/v1/issues", ``, 200, 200, 200},
	{"GET /agent/v1/issues/{issue}", ``, 404, 200, 200},
	{"GET /agent/v1/issues/{issue}/messages", ``, 404, 200, 200},
	{"POST /agent/v1/issues/{issue}/messages", `{"client_id":"0123456789","body":"Hello"}`, 404, 200, 200},
	{"POST /agent/v1/issues/{issue}/read", `{"seq":1}`, 404, 200, 200},
	{"POST /agent/v1/issues/{issue}/typing", `{}`, 404, 200, 200},
	{"POST /agent/v1/issues/{issue}/assign", `{"agent_id":""}`, 404, 200, 200},
	{"POST /agent/v1/issues/{issue}/state", `{"state":"resolved"}`, 404, 200, 200},
	{"POST /agent/v1/issues/{issue}/follow-up", `{"action":"hold"}`, 404, 200, 200},
	{"POST /agent/v1/issues/{issue}/links/revoke", `{}`, 404, 200, 200},
	{"GET /agent/v1/apps", ``, 200, 403, 200},
	{"GET /agent/v1/apps/{app}", ``, 404, 403, 200},
	{"PUT /agent/v1/apps/{app}/web-chat", settings, 404, 403, 200},
	{"POST /agent/v1/apps/{app}/web-chat/preview", settings, 404, 403, 200},
	{"GET /agent/v1/jobs/dead", ``, 200, 403, 200},
	{"GET /agent/v1/apps/{app}/identity", ``, 404, 403, 200},
	{"PUT /agent/v1/apps/{app}/identity", `{"required":true}`, 404, 403, 200},
	{"POST /agent/v1/apps/{app}/identity/test", `{"user_id":"ada","token":"x"}`, 404, 403, 200},
	{"POST /agent/v1/apps/{app}/identity/secrets", `{}`, 404, 403, 200},
	{"POST /agent/v1/apps/{app}/identity/secrets/{secret}/reveal", `{}`, 404, 403, 200},
	{"DELETE /agent/v1/apps/{app}/identity/secrets/{secret}", ``, 404, 403, 200},
	{"GET /agent/v1/users/{user}/sessions", ``, 404, 200, 200},
	{"POST /agent/v1/users/{user}/sessions/{session}/revoke", `{}`, 404, 200, 200},
	{"GET /agent/v1/audit", ``, 200, 403, 200},
	{"POST /agent/v1/attachments", `a file`, 200, 200, 200},
	{"GET /agent/v1/tags", ``, 200, 200, 200},
	{"POST /agent/v1/tags", `{"name":"vip"}`, 200, 403, 200},
	{"POST /agent/v1/tags/{tag}/archive", `{"archived":true}`, 404, 403, 200},
	{"GET /agent/v1/fields", ``, 200, 200, 200},
	{"POST /agent/v1/fields", `{"key":"order","label":"Order","type":"singleline"}`, 200, 403, 200},
	{"POST /agent/v1/fields/{field}/archive", `{"archived":true}`, 404, 403, 200},
}

func TestEveryRouteHasItsAccess(t *testing.T) {
	var have []string
	for _, a := range accessTable {
		have = append(have, a.pattern)
	}
	want := agentapi.Patterns()
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("the table knows the routes\n%s\nbut there are\n%s", strings.Join(have, "\n"), strings.Join(want, "\n"))
	}
}

func TestAccess(t *testing.T) {
	o := sqlite(t)
	maya, arthur, ended := o.maya(), o.hire("Arthur"), o.maya()
	rita, _ := o.stranger()
	ended.post("/sign-out", `{}`).fine()
	for _, row := range accessTable {
		closed := 401
		if slices.Contains(openRoutes, row.pattern) {
			closed = 200
		}
		maya, arthur, rita := maya, arthur, rita
		if row.pattern == "POST /agent/v1/sign-out" { // it ends sessions that the other rows need
			maya, arthur, rita = o.maya(), o.enter(arthur.Email), o.enter(rita.Email)
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
			"an agent":               {arthur, row.agent},
			"an administrator":       {maya, row.admin},
		} {
			t.Run(row.pattern+" by "+who, func(t *testing.T) {
				got := o.try(row, c.p)
				if got.status != c.want {
					t.Errorf("answer %d %s, want %d", got.status, got.body, c.want)
				}
				if got.status >= 400 {
					f := got.failure()
					if want := map[int]rejoin.Code{401: rejoin.Unauthenticated, 403: rejoin.Forbidden, 404: rejoin.NotFound}[c.want]; f.Code != want {
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
		o.Reply(v, "On its way.")
		path = strings.Replace(path, "{issue}", v.Issue.ID, 1)
	}
	if strings.Contains(path, "{user}") {
		id, session := o.visitor()
		path = strings.NewReplacer("{user}", id, "{session}", session).Replace(path)
	}
	path = strings.NewReplacer("{app}", o.Made.App.ID, "{secret}", o.secretID(), "{tag}", o.tag(), "{field}", o.field(), "/attachments", "/attachments?client_id="+o.NewClientID()).Replace(path)
	in := row.body
	if in == settings {
		in = o.settings()
	}
	if strings.HasSuffix(path, "/socket") {
		return p.do(method, path, in, "Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13", "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
	}
	if strings.HasSuffix(path, "/messages") && method == "POST" {
		in = strings.Replace(in, "0123456789", o.NewClientID(), 1)
	}
	return p.do(method, path, in)
}

// settings are good settings for the app.
func (o *office) settings() string {
	return body(agentapi.SetWebChat{WebChat: rejoin.DefaultAppSettings().WebChat, AllowedOrigins: []string{"https://shop.example.com"}})
}

func TestExpiredSession(t *testing.T) {
	o := sqlite(t)
	p := o.maya()
	p.get("/me").fine()
	o.Clock.Advance(core.AgentSessionLife)
	if got := p.get("/me"); got.status != 401 {
		t.Errorf("after two weeks: %d, want 401", got.status)
	}
}

func TestSignInSetsTheCookie(t *testing.T) {
	o := sqlite(t)
	got := person{o: o}.post("/sign-in", `{"email":" MAYA@example.com ","password":"correct horse"}`).fine()
	me := as[agentapi.Me](got)
	if me.Agent.Email != "maya@example.com" || me.Domain != "acme" || len(me.Agents) != 1 || !slices.Contains(me.Features, rejoin.FollowUpEmail) || me.Demo {
		t.Errorf("me: %+v", me)
	}
	set := got.header.Get("Set-Cookie")
	for _, want := range []string{"__Host-rejoin=", "; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax", "; Max-Age=1209600"} {
		if !strings.Contains(set, want) {
			t.Errorf("the cookie %q lacks %q", set, want)
		}
	}
	token, _, _ := strings.Cut(strings.TrimPrefix(set, "__Host-rejoin="), ";")
	p := person{o: o, token: token}
	if again := as[agentapi.Me](p.get("/me")); again.Agent != me.Agent {
		t.Errorf("me with the cookie: %+v", again)
	}
	out := p.post("/sign-out", `{}`).fine()
	if clear := out.header.Get("Set-Cookie"); !strings.Contains(clear, "Max-Age=0") {
		t.Errorf("signing out sets %q", clear)
	}
	if got := p.get("/me"); got.status != 401 {
		t.Errorf("after signing out: %d", got.status)
	}
}

func TestSignInIsTheSameForUnknownAddresses(t *testing.T) {
	o := sqlite(t)
	known := person{o: o}.post("/sign-in", `{"email":"maya@example.com","password":"wrong password"}`)
	unknown := person{o: o}.post("/sign-in", `{"email":"nobody@example.com","password":"wrong password"}`)
	if known.status != 401 || known.body != unknown.body || known.status != unknown.status {
		t.Errorf("known: %d %s; unknown: %d %s", known.status, known.body, unknown.status, unknown.body)
	}
}

// TestNobodyLocksAnAgentOut guesses from one place while the agent comes from another.
func TestNobodyLocksAnAgentOut(t *testing.T) {
	o := open(t, storetest.SQLite(t), func(c *serve.Config) { c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	try := func(ip, password string) int {
		in := body(agentapi.SignIn{Email: "maya@example.com", Password: password})
		return person{o: o}.do("POST", "/agent/v1/sign-in", in, "X-Forwarded-For", ip).status
	}
	for n := range 10 {
		if got, want := try("192.0.2.1", "wrong password"), 401; n < 5 && got != want {
			t.Fatalf("guess %d: answer %d", n, got)
		}
	}
	if got := try("192.0.2.1", "correct horse"); got != 429 {
		t.Errorf("the guesser gets %d, want 429", got)
	}
	if got := try("192.0.2.2", "correct horse"); got != 200 {
		t.Errorf("the agent gets %d, want 200", got)
	}
	for n := range 44 { // guessers from everywhere wait all the same
		if got := try(fmt.Sprintf("198.51.100.%d", n), "wrong password"); got != 401 {
			t.Fatalf("guess %d from elsewhere: answer %d", n, got)
		}
	}
	if got := try("198.51.100.200", "wrong password"); got != 429 {
		t.Errorf("guess 51: answer %d, want 429", got)
	}
}

func TestSignInLimits(t *testing.T) {
	o := sqlite(t)
	try := func(email string) answer {
		return person{o: o}.post("/sign-in", body(agentapi.SignIn{Email: email, Password: "wrong password"}))
	}
	limited := func(got answer, after string) {
		t.Helper()
		if got.status != 429 || got.failure().Code != rejoin.Limited || got.header.Get("Retry-After") != after {
			t.Errorf("answer %d %s, Retry-After %q; want 429 after %s", got.status, got.body, got.header.Get("Retry-After"), after)
		}
	}
	for range 5 {
		if got := try("nobody@example.com"); got.status != 401 {
			t.Fatalf("answer %d %s", got.status, got.body)
		}
	}
	limited(try("Nobody@Example.com"), "30")
	for i := range 4 {
		if got := try("somebody" + string(rune('a'+i)) + "@example.com"); got.status != 401 {
			t.Fatalf("answer %d %s", got.status, got.body)
		}
	}
	limited(try("maya@example.com"), "10")
	o.Clock.Advance(10 * time.Second)
	if got := try("maya@example.com"); got.status != 401 {
		t.Errorf("after the wait: %d %s", got.status, got.body)
	}
	limited(try("maya@example.com"), "10")
	o.Clock.Advance(20 * time.Second)
	if got := try("nobody@example.com"); got.status != 401 {
		t.Errorf("after the address's wait: %d %s", got.status, got.body)
	}
	limited(try("nobody@example.com"), "30")
}
