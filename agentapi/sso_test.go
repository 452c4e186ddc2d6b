package agentapi_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/oauth2-proxy/mockoidc"

	"rejoin"
	"rejoin/agentapi"
	"rejoin/rejointest"
	"rejoin/serve"
	"rejoin/sso"
	"rejoin/store"
	"rejoin/store/storetest"
)

// withProvider gives the server single sign-on with a provider of its own.
func withProvider(t *testing.T) (*mockoidc.MockOIDC, rejointest.Option) {
	t.Helper()
	m, err := mockoidc.Run()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Shutdown() })
	return m, func(c *serve.Config) {
		c.SSO = sso.New(sso.Config{Name: "Acme ID", Issuer: m.Issuer(), ClientID: m.ClientID, ClientSecret: m.ClientSecret,
			RedirectURL: c.PublicURL + agentapi.SSOCallback})
	}
}

// browser goes where it is sent, step by step, and keeps its cookies.
type browser struct {
	o       *office
	cookies map[string]string
}

// visit asks for an address of the server and returns where the browser is sent.
func (b *browser) visit(path string) string {
	b.o.t.Helper()
	req, err := http.NewRequestWithContext(b.o.t.Context(), "GET", b.o.url+path, nil)
	if err != nil {
		b.o.t.Fatal(err)
	}
	for name, value := range b.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	resp := b.send(req)
	for _, c := range resp.Cookies() {
		if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" {
			b.o.t.Errorf("cookie %v", c)
		}
		b.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return resp.Header.Get("Location")
}

func (b *browser) send(req *http.Request) *http.Response {
	b.o.t.Helper()
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := c.Do(req)
	if err != nil {
		b.o.t.Fatal(err)
	}
	_ = resp.Body.Close()
	return resp
}

// provider goes to the provider, which sends the browser back: to which path.
func (b *browser) provider(to string) string {
	b.o.t.Helper()
	req, err := http.NewRequestWithContext(b.o.t.Context(), "GET", to, nil)
	if err != nil {
		b.o.t.Fatal(err)
	}
	back := b.send(req).Header.Get("Location")
	path, ok := strings.CutPrefix(back, "https://chat.example.com")
	if !ok {
		b.o.t.Fatalf("the provider sends to %q", back)
	}
	return path
}

func (o *office) browser() *browser { return &browser{o, map[string]string{}} }

// come signs in by single sign-on as the provider's next user and returns where the browser ends.
func (b *browser) come(m *mockoidc.MockOIDC, email string, verified bool, back string) string {
	b.o.t.Helper()
	m.QueueUser(&mockoidc.MockUser{Subject: email, Email: email, EmailVerified: verified})
	return b.visit(b.provider(b.visit("/agent/v1/sso/start?back=" + url.QueryEscape(back))))
}

func (b *browser) me() answer {
	return person{o: b.o, token: b.cookies["__Host-rejoin"]}.get("/me")
}

func TestSingleSignOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		m, with := withProvider(t)
		o := open(t, st, with)
		nobody := person{o: o}
		if got := as[agentapi.SignInOptions](nobody.get("/sign-in/options")); got != (agentapi.SignInOptions{SSO: "Acme ID", Reset: true}) {
			t.Errorf("options %+v", got)
		}
		b := o.browser()
		if at := b.come(m, "Maya@Example.com", true, "/inbox?view=mine#x"); at != "/inbox?view=mine#x" || as[agentapi.Me](b.me()).Agent.Email != "maya@example.com" || len(b.cookies) != 1 {
			t.Errorf("an agent ends at %q with %v", at, b.cookies)
		}
		refused := func(email string, verified bool, problem rejoin.SSOProblem) {
			t.Helper()
			b := o.browser()
			if at := b.come(m, email, verified, "/inbox"); at != "/sign-in?problem="+string(problem) || len(b.cookies) != 0 {
				t.Errorf("%s ends at %q with %v, want %s", email, at, b.cookies, problem)
			}
		}
		refused("maya@example.com", false, rejoin.SSOUnverified)
		refused("", true, rejoin.SSOUnverified)
		refused("jonas@example.com", true, rejoin.SSOUnknown)
		maya := o.maya()
		maya.post("/invitations", `{"email":"jonas@example.com","role":"supervisor"}`).fine()
		refused("jonas@example.com", false, rejoin.SSOUnverified)
		b = o.browser()
		if at := b.come(m, "jonas@example.com", true, ""); at != "/" {
			t.Errorf("somebody invited ends at %q", at)
		}
		jonas := as[agentapi.Me](b.me()).Agent
		if jonas.Name != "jonas" || jonas.Role != rejoin.Supervisor {
			t.Errorf("somebody invited becomes %+v", jonas)
		}
		if team := as[agentapi.Team](maya.get("/team")); len(team.Invitations) != 0 || len(team.Members) != 2 {
			t.Errorf("the team is %+v", team)
		}
		maya.post("/team/"+jonas.ID+"/deactivate", `{}`).fine()
		if b.me().status != 401 {
			t.Error("the session of somebody deactivated goes on")
		}
		refused("jonas@example.com", true, rejoin.SSODeactivated)
	})
}

func TestSingleSignOnThatIsNotOurs(t *testing.T) {
	m, with := withProvider(t)
	o := open(t, storetest.SQLite(t), with)
	const expired = "/sign-in?problem=expired"
	m.QueueUser(&mockoidc.MockUser{Subject: "1", Email: "maya@example.com", EmailVerified: true})
	mine := o.browser()
	back := mine.provider(mine.visit("/agent/v1/sso/start"))
	if at := o.browser().visit(back); at != expired {
		t.Errorf("another browser ends at %q", at)
	}
	other := o.browser()
	other.visit("/agent/v1/sso/start")
	if at := other.visit(back); at != expired || len(other.cookies) != 0 {
		t.Errorf("a browser that has begun for itself ends at %q with %v", at, other.cookies)
	}
	if at := mine.visit(back); at != "/" || mine.me().status != 200 {
		t.Errorf("the browser that began ends at %q", at)
	}
	delete(mine.cookies, "__Host-rejoin")
	if at := mine.visit(back); at != expired || len(mine.cookies) != 0 {
		t.Errorf("the same again ends at %q", at)
	}
	late := o.browser()
	back = late.provider(late.visit("/agent/v1/sso/start"))
	o.Clock.Advance(10 * time.Minute)
	if at := late.visit(back); at != expired {
		t.Errorf("ten minutes later it ends at %q", at)
	}
	denied := o.browser()
	to, err := url.Parse(denied.visit("/agent/v1/sso/start"))
	if err != nil {
		t.Fatal(err)
	}
	if at := denied.visit("/agent/v1/sso/callback?error=access_denied&state=" + to.Query().Get("state")); at != "/sign-in?problem=denied" {
		t.Errorf("who is refused by the provider ends at %q", at)
	}
	junk := o.browser()
	junk.cookies["__Host-rejoin_sso"] = "junk"
	if at := junk.visit("/agent/v1/sso/callback?code=x&state="); at != expired {
		t.Errorf("junk ends at %q", at)
	}
}

// Nobody is sent to another site.
func TestSingleSignOnComesBackToUs(t *testing.T) {
	m, with := withProvider(t)
	o := open(t, storetest.SQLite(t), with)
	for _, back := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", "evil", "/%2f%2fevil.example/..", "/a b", "/" + strings.Repeat("a", 600)} {
		o.Clock.Advance(time.Minute)
		at := o.browser().come(m, "maya@example.com", true, back)
		if u, err := url.Parse(at); err != nil || u.Host != "" || !strings.HasPrefix(at, "/") || strings.HasPrefix(at, "//") || strings.HasPrefix(u.Path, "//") || strings.ContainsAny(at, "\\ \t") {
			t.Errorf("back to %q ends at %q", back, at)
		}
	}
}

func TestNoSingleSignOn(t *testing.T) {
	o := sqlite(t)
	nobody := person{o: o}
	if got := nobody.get("/sign-in/options").fine().body; got != `{"first_run":false,"reset":true}` {
		t.Errorf("options %s", got)
	}
	for _, path := range []string{"/agent/v1/sso/start", "/agent/v1/sso/callback?code=x&state=y"} {
		if at := o.browser().visit(path); at != "/sign-in?problem=off" && at != "/sign-in?problem=expired" {
			t.Errorf("%s ends at %q", path, at)
		}
	}
	b := o.browser()
	for range 30 {
		b.visit("/agent/v1/sso/start")
	}
	if at := b.visit("/agent/v1/sso/start"); at != "/sign-in?problem=limited" {
		t.Errorf("too often ends at %q", at)
	}
}
