package rejointest_test

import (
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"rejoin"
	"rejoin/agentapi"
	"rejoin/chatapi"
)

// A power cut in the middle of a bot's external request: the next server makes the same request again, and the bot goes on once.
func TestPromise_BotSurvivesKill(t *testing.T) {
	l := newLab(t, filepath.Join(t.TempDir(), "rejoin.db"))
	asked := make(chan string, 2)
	var calls atomic.Int64
	program := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		first := calls.Add(1) == 1
		asked <- r.Header.Get("X-Hs-Request-Id")
		if first {
			<-r.Context().Done() // the server is killed
			return
		}
		_, _ = w.Write([]byte(`{"state":"on its way"}`))
	}))
	t.Cleanup(program.Close)
	trusted := filepath.Join(t.TempDir(), "program.pem")
	l.must(os.WriteFile(trusted, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: program.Certificate().Raw}), 0o600))
	l.Env = []string{"SSL_CERT_FILE=" + trusted, "REJOIN_OUTBOUND_ALLOW=127.0.0.1"}

	p := l.start()
	l.configure(p.URL)
	bot := l.lookUp(p.URL, program.URL)
	v := l.known(1)[0]
	l.must(l.agent.Do(l.ctx, http.MethodPost, p.URL+"/agent/v1/issues/"+v.issues[0]+"/bot", agentapi.StartBot{BotID: bot}, &agentapi.Thread{}))
	id := l.heard(asked)
	l.kill(p)
	p = l.start()
	if again := l.heard(asked); again != id || id == "" {
		t.Errorf("the request was made as %q, and again as %q", id, again)
	}
	want := "Your parcel is on its way."
	var said []string
	for !slices.Contains(said, want) {
		var out chatapi.Polled
		l.must(v.Do(l.ctx, http.MethodPost, p.URL+"/chat/v1/poll", chatapi.Poll{Tab: "tab-of-the-visitor", State: rejoin.Active,
			Cursors: map[string]chatapi.Cursor{v.issues[0]: {Seq: int64(len(said))}}}, &out))
		for _, f := range out.Frames {
			for _, m := range f.Messages {
				said = append(said, m.Body)
			}
		}
	}
	if n := len(slices.DeleteFunc(slices.Clone(said), func(s string) bool { return s != want })); n != 1 {
		t.Errorf("they read\n%s", strings.Join(said, "\n"))
	}
}

// heard waits for a request.
func (l *lab) heard(asked <-chan string) string {
	l.Helper()
	select {
	case id := <-asked:
		return id
	case <-l.ctx.Done():
		l.Fatal("nobody has called")
		return ""
	}
}

// lookUp publishes a bot that asks a program.
func (l *lab) lookUp(url, program string) string {
	l.Helper()
	var b agentapi.Bot
	bots := url + "/agent/v1/bots"
	l.must(l.agent.Do(l.ctx, http.MethodPost, bots, agentapi.NewBot{Name: "Look up", Kind: rejoin.CustomBot}, &b))
	l.must(l.agent.Do(l.ctx, http.MethodPut, bots+"/"+b.ID, agentapi.SetBot{Name: b.Name, Revision: b.Revision, Draft: rejoin.Script{Steps: []rejoin.Step{
		{ID: "call", Kind: rejoin.StepRequest, Name: "shop", Request: &rejoin.Request{Method: "GET", URL: program + "/"}},
		{ID: "say", Kind: rejoin.StepMessage, Text: rejoin.LocalText{Text: "Your parcel is {{answer.shop.state}}."}}}}}, &b))
	l.must(l.agent.Do(l.ctx, http.MethodPost, bots+"/"+b.ID+"/publish", agentapi.PublishBot{Revision: b.Revision}, &b))
	return b.ID
}
