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
	"rejoin/serve"
	"rejoin/store/storetest"
)

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
