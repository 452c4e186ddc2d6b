package agentapi_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image/png"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"rejoin"
	"rejoin/agentapi"
)

// mailed is the token in the newest e-mail to the address.
func (o *office) mailed(address, page string) string {
	o.t.Helper()
	o.Settle()
	list := o.MailsTo(address)
	if len(list) == 0 {
		o.t.Fatalf("no e-mail to %s", address)
	}
	found := regexp.MustCompile(`https://chat\.example\.com/` + page + `#([\w-]{43})`).FindStringSubmatch(list[len(list)-1].Text)
	if found == nil {
		o.t.Fatalf("no link in %s", list[len(list)-1].Text)
	}
	return found[1]
}

// tokenOf is the session that an answer has begun.
func tokenOf(a answer) string {
	a.t.Helper()
	token, _, ok := strings.Cut(strings.TrimPrefix(a.fine().header.Get("Set-Cookie"), "__Host-rejoin="), ";")
	if !ok || len(token) != 43 {
		a.t.Fatalf("the cookie is %q", a.header.Get("Set-Cookie"))
	}
	return token
}

func TestInvitationByHTTP(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		maya, nobody := o.maya(), person{o: o}
		team := as[agentapi.Team](maya.post("/invitations", `{"email":"jonas@example.com","role":"agent"}`))
		if i := team.Invitations; len(i) != 1 || i[0].Email != "jonas@example.com" || i[0].Mail != rejoin.MailQueued || i[0].InvitedBy != "Maya" || i[0].ExpiresAt <= i[0].CreatedAt {
			t.Fatalf("invitations %+v", i)
		}
		token := o.mailed("jonas@example.com", "welcome")
		look := as[agentapi.Invited](nobody.post("/tokens/look", body(agentapi.LookToken{Token: token})))
		if look != (agentapi.Invited{Kind: rejoin.Invitation, Domain: "acme", Email: "jonas@example.com", InvitedBy: "Maya"}) {
			t.Errorf("look %+v", look)
		}
		got := nobody.post("/invitations/accept", body(agentapi.Accept{Token: token, Name: "Jonas", Password: "long enough"}))
		if me := as[agentapi.Me](got); me.Agent.Name != "Jonas" || !me.Agent.Available || len(me.Agents) != 2 {
			t.Errorf("me %+v", me)
		}
		jonas := person{o: o, token: tokenOf(got)}
		profile := as[agentapi.Profile](jonas.get("/profile"))
		if s := profile.Sessions; len(s) != 1 || !s[0].Current || !profile.HasPassword || profile.TwoFactor {
			t.Errorf("profile %+v", profile)
		}
		if strings.Contains(jonas.get("/profile").body, "argon2") || strings.Contains(maya.get("/team").body, "argon2") {
			t.Error("hashes of passwords are on the wire")
		}
		if again := nobody.post("/invitations/accept", body(agentapi.Accept{Token: token, Name: "Jonas", Password: "long enough"})); again.status != 404 {
			t.Errorf("again: %d %s", again.status, again.body)
		}
		log := as[agentapi.AuditLog](maya.get("/audit?act=agent_joined")).Entries
		if len(log) != 1 || log[0].AgentID == "" || !slices.Equal(log[0].Details, []string{"Role: agent", "Invited by: Maya"}) {
			t.Errorf("the log has %+v", log)
		}
		for _, bad := range []string{"from=x", "to=-1"} {
			if got := maya.get("/audit?" + bad); got.status != 400 {
				t.Errorf("%s: %d", bad, got.status)
			}
		}
	})
}

func TestForgottenPasswordByHTTP(t *testing.T) {
	o := sqlite(t)
	maya, nobody := o.maya(), person{o: o}
	known, unknown := nobody.post("/password/forgot", `{"email":"maya@example.com"}`), nobody.post("/password/forgot", `{"email":"nobody@example.com"}`)
	if known.status != 200 || known.body != "{}" || unknown.body != known.body || unknown.status != known.status {
		t.Errorf("known: %d %s; unknown: %d %s", known.status, known.body, unknown.status, unknown.body)
	}
	token := o.mailed("maya@example.com", "new-password")
	got := nobody.post("/password/reset", body(agentapi.NewPassword{Token: token, Password: "battery staple"})).fine()
	if got.body != "{}" || got.header.Get("Set-Cookie") != "" {
		t.Errorf("reset answers %s and sets %q", got.body, got.header.Get("Set-Cookie"))
	}
	if maya.get("/me").status != 401 {
		t.Error("the session goes on")
	}
	for n := range 3 { // by address, whoever asks
		o.Clock.Advance(time.Minute)
		got := nobody.post("/password/forgot", `{"email":" MAYA@example.com"}`)
		if want := map[bool]int{true: 200, false: 429}[n < 2]; got.status != want {
			t.Errorf("request %d about the same address: %d, want %d", n+2, got.status, want)
		}
	}
	for n := range 6 { // by the network's address, whoever is asked about
		got := nobody.post("/password/forgot", fmt.Sprintf(`{"email":"nobody%d@example.com"}`, n))
		if n == 5 && got.status != 429 {
			t.Errorf("request %d from one place: %d, want 429", n, got.status)
		}
	}
}

func TestTwoFactorByHTTP(t *testing.T) {
	o := sqlite(t)
	maya, nobody := o.maya(), person{o: o}
	setup := as[agentapi.TwoFactorSetup](maya.post("/profile/two-factor", `{"password":"correct horse"}`))
	picture, ok := strings.CutPrefix(setup.QR, "data:image/png;base64,")
	raw, err := base64.StdEncoding.DecodeString(picture)
	if _, bad := png.Decode(bytes.NewReader(raw)); !ok || err != nil || bad != nil || !strings.HasPrefix(setup.URL, "otpauth://totp/") {
		t.Errorf("setup %+v", setup)
	}
	code := func() string {
		c, err := totp.GenerateCode(setup.Secret, o.Clock.Now().Time())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if f := maya.post("/profile/two-factor/confirm", `{"code":"1"}`).failure(); f.Code != rejoin.Invalid || f.Field != "code" {
		t.Errorf("a wrong code: %+v", f)
	}
	codes := as[agentapi.RecoveryCodes](maya.post("/profile/two-factor/confirm", body(agentapi.TwoFactorProof{Code: code()}))).Codes
	if p := as[agentapi.Profile](maya.get("/profile")); !p.TwoFactor || p.RecoveryCodes != 10 || len(codes) != 10 {
		t.Errorf("profile %+v", p)
	}
	o.Clock.Advance(time.Minute)
	in := agentapi.SignIn{Email: "maya@example.com", Password: "correct horse"}
	if got := nobody.post("/sign-in", body(in)); got.status != 401 || got.failure().Field != "code" || got.header.Get("Set-Cookie") != "" {
		t.Errorf("without a code: %d %s", got.status, got.body)
	}
	in.Code = code()
	tokenOf(nobody.post("/sign-in", body(in)))
	if got := nobody.post("/sign-in", body(in)); got.status != 401 || got.failure().Field != "code" {
		t.Errorf("the same code again: %d %s", got.status, got.body)
	}
	for range 2 {
		nobody.post("/sign-in", body(in))
	}
	if got := nobody.post("/sign-in", body(in)); got.status != 429 {
		t.Errorf("wrong codes do not count as attempts: %d %s", got.status, got.body)
	}
	if p := as[agentapi.Profile](maya.post("/profile/two-factor/off", body(agentapi.TwoFactorProof{Password: "correct horse", Code: codes[0]}))); p.TwoFactor || len(p.Sessions) != 1 {
		t.Errorf("switched off: %+v", p)
	}
}

// Whoever sits at somebody's open browser does not guess their password for long.
func TestProofsAreLimited(t *testing.T) {
	o := sqlite(t)
	maya := o.maya()
	for range 10 {
		if got := maya.post("/profile/password", `{"old":"wrong horse","new":"battery staple"}`); got.status != 400 || got.failure().Field != "old" {
			t.Fatalf("%d %s", got.status, got.body)
		}
	}
	if got := maya.post("/profile/two-factor", `{"password":"correct horse"}`); got.status != 429 {
		t.Errorf("after ten wrong ones: %d", got.status)
	}
}

// Who invites and withdraws again and again could otherwise mail the whole world.
func TestInvitationsAreLimited(t *testing.T) {
	maya := sqlite(t).maya()
	for n := range 100 {
		made := as[agentapi.Team](maya.post("/invitations", fmt.Sprintf(`{"email":"somebody%d@example.com","role":"agent"}`, n)))
		if got := maya.delete("/invitations/" + made.Invitations[0].ID); got.status != 200 {
			t.Fatalf("withdrawing: %d %s", got.status, got.body)
		}
	}
	if got := maya.post("/invitations", `{"email":"somebody@example.com","role":"agent"}`); got.status != 429 {
		t.Errorf("after a hundred: %d %s", got.status, got.body)
	}
}

// What changes about people reaches their open dashboards at once.
func TestTeamOnTheSocket(t *testing.T) {
	o := sqlite(t)
	maya, arthur := o.maya(), o.hire("Arthur", rejoin.AgentRole)
	a, b := maya.sit(), arthur.sit()
	news := func(f agentapi.Frame) bool { return f.Type == "team" }
	if me := as[agentapi.Me](arthur.post("/profile/available", `{"available":false}`)); me.Agent.Available {
		t.Errorf("me %+v", me.Agent)
	}
	a.until(news)
	b.until(news)
	maya.do("PUT", "/agent/v1/team/"+arthur.ID, `{"name":"Arthur","nickname":"","role":"administrator"}`).fine()
	b.until(news)
	arthur.get("/audit").fine()
	maya.do("PUT", "/agent/v1/team/"+arthur.ID, `{"name":"Arthur","nickname":"","role":"agent"}`).fine()
	if got := arthur.get("/audit"); got.status != 403 {
		t.Errorf("who is no administrator any more gets %d", got.status)
	}
	maya.post("/team/"+arthur.ID+"/deactivate", `{}`).fine()
	if code := b.ends(); code != 4401 {
		t.Errorf("the socket of somebody deactivated ends with %d", code)
	}
	if arthur.get("/me").status != 401 {
		t.Error("the session of somebody deactivated goes on")
	}
}
