package agentapi_test

import (
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"rejoin"
	"rejoin/agentapi"
	"rejoin/core"
	"rejoin/docs/openapi"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/store/storetest"
	"rejoin/web"
)

// office is a whole server that is reached by HTTP.
type office struct {
	*rejointest.Server
	t   *testing.T
	url string
}

func open(t *testing.T, st *store.Store, options ...rejointest.Option) *office {
	t.Helper()
	s := rejointest.New(t, st, options...)
	// Whatever the tests say and hear is held to the description, too.
	ts := httptest.NewServer(rejointest.Describe(t, openapi.Agent, agentapi.Operations()).Watch(s.Handler()))
	t.Cleanup(ts.Close)
	return &office{s, t, ts.URL}
}

// each runs f on every engine.
func each(t *testing.T, f func(t *testing.T, o *office)) {
	storetest.Each(t, func(t *testing.T, st *store.Store) { f(t, open(t, st)) })
}

// hire adds an agent to the domain and signs them in.
func (o *office) hire(name string, role rejoin.Role) person {
	o.t.Helper()
	email := strings.ToLower(name) + "@example.com"
	if _, err := o.Core.Setup.AddAgent(o.t.Context(), o.Made.Domain.ID, role, name, email, "correct horse"); err != nil {
		o.t.Fatal(err)
	}
	return o.enter(email)
}

// stranger is an administrator of another domain.
func (o *office) stranger() (person, core.Made) {
	o.t.Helper()
	made, err := o.Core.Setup.Create(o.t.Context(), core.First{Domain: "rival", App: "Rival", Origins: []string{"https://rival.example"},
		Name: "Rita", Email: "rita@rival.example", Password: "correct horse"})
	if err != nil {
		o.t.Fatal(err)
	}
	return o.enter("rita@rival.example"), made
}

func (o *office) maya() person { return o.enter("maya@example.com") }

// enter signs in without the limits of the door.
func (o *office) enter(email string) person {
	o.t.Helper()
	token, agent, err := o.Core.Agents.SignIn(o.t.Context(), core.SignIn{Email: email, Password: "correct horse"})
	if err != nil {
		o.t.Fatal(err)
	}
	return person{o, token, agent}
}

// person is somebody with a browser; without a token nobody is signed in.
type person struct {
	o     *office
	token string
	rejoin.Agent
}

// answer is what came back.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	body   string
}

func (p person) header() http.Header {
	h := http.Header{}
	if p.token != "" {
		h.Set("Cookie", web.SessionCookie("rejoin", true)+"="+p.token)
	}
	return h
}

// do sends a request; headers are name, value, name, value.
func (p person) do(method, path, body string, headers ...string) answer {
	t := p.o.t
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, p.o.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header = p.header()
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusSwitchingProtocols {
		return answer{t, resp.StatusCode, resp.Header, ""}
	}
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{t, resp.StatusCode, resp.Header, string(raw)}
}

func (p person) get(path string) answer { p.o.t.Helper(); return p.do("GET", "/agent/v1"+path, "") }

func (p person) post(path, body string) answer {
	p.o.t.Helper()
	return p.do("POST", "/agent/v1"+path, body)
}

// fine fails the test unless the request succeeded.
func (a answer) fine() answer {
	a.t.Helper()
	if a.status != http.StatusOK {
		a.t.Fatalf("answer %d %s, want 200", a.status, a.body)
	}
	return a
}

// as decodes a good answer.
func as[T any](a answer) (v T) {
	a.t.Helper()
	if err := json.Unmarshal([]byte(a.fine().body), &v); err != nil {
		a.t.Fatalf("%v in %s", err, a.body)
	}
	return v
}

func threadAt(a answer) agentapi.Thread { a.t.Helper(); return as[agentapi.Thread](a) }

// failure decodes a bad answer.
func (a answer) failure() (f web.Failure) {
	a.t.Helper()
	if err := json.Unmarshal([]byte(a.body), &f); err != nil || f.Error == "" || a.status < 400 {
		a.t.Fatalf("answer %d %q, want a failure as JSON (%v)", a.status, a.body, err)
	}
	return f
}

func sqlite(t *testing.T) *office { t.Helper(); return open(t, storetest.SQLite(t)) }

func body(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // tests encode what can be encoded
	}
	return string(b)
}

func emptyDist() fs.FS { return fstest.MapFS{} }
