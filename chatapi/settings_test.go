package chatapi_test

import (
	"encoding/json"
	"strings"
	"testing"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
	"rejoin/texts"
)

// setChat changes the app's settings.
func setChat(d *door, change func(*rejoin.WebChatSettings)) {
	d.T.Helper()
	p, err := d.Core.Apps.Page(d.T.Context(), d.Maya, d.Made.App.ID)
	if err != nil {
		d.T.Fatal(err)
	}
	web := p.App.Settings.WebChat
	change(&web)
	if _, err := d.Core.Apps.SetWebChat(d.T.Context(), d.Maya, d.Made.App.ID, web, p.Platform.AllowedOrigins); err != nil {
		d.T.Fatal(err)
	}
}

// panelData is what the panel's program reads from its page.
func panelData(t *testing.T, body string) (out map[string]any) {
	t.Helper()
	_, data, _ := strings.Cut(body, `<script id="rejoin-page" type="application/json">`)
	data, _, _ = strings.Cut(data, "</script>")
	if err := json.Unmarshal([]byte(data), &out); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return out
}

func (d *door) platform() (p chatapi.Platform) {
	d.T.Helper()
	r := d.do(page("/chat/v1/platforms/" + d.Made.Platform.ID))
	if err := json.Unmarshal([]byte(r.body), &p); err != nil || r.status != 200 {
		d.T.Fatalf("%d %s", r.status, r.body)
	}
	return p
}

func TestLookReachesTheWidget(t *testing.T) {
	d := sqlite(t)
	setChat(d, func(w *rejoin.WebChatSettings) {
		w.Title, w.Color, w.Colors = "Ask us", "#f4c430", rejoin.Colors{Launcher: "#102030", Header: "#1f5f4a"}
	})
	if p := d.platform(); p.Color != "#102030" || p.Text != "#ffffff" || p.Hide {
		t.Errorf("the launcher: %+v", p)
	}
	r := d.do(page("/frame/" + d.Made.Platform.ID))
	safePage(t, r, 200)
	if data := panelData(t, r.body); data["title"] != "Ask us" || data["app_name"] != "Acme" || data["closed"] != nil || data["preview"] != nil {
		t.Errorf("the page says %v", data)
	}
	for _, want := range []string{"--brand:#f4c430;--on-brand:#000000", "--header:#1f5f4a;--on-header:#ffffff", "@media(prefers-color-scheme:dark)"} {
		if !strings.Contains(r.body, want) {
			t.Errorf("the page lacks %s:\n%s", want, r.body)
		}
	}
	if hosted := d.do(page("/c/" + d.Made.Platform.ID)); !strings.Contains(hosted.body, `<meta name="theme-color" content="#1f5f4a">`) {
		t.Errorf("the hosted page: %s", hosted.body)
	}
}

// A closed chat has no launcher and takes no new conversation; a link still opens its own.
func TestClosed(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		v := d.Visit("Hello")
		setChat(d, func(w *rejoin.WebChatSettings) { w.ShowWidget = false })
		if p := d.platform(); !p.Hide {
			t.Errorf("the launcher shows: %+v", p)
		}
		for _, path := range []string{"/frame/", "/c/"} {
			data := panelData(t, d.do(page(path+d.Made.Platform.ID+"?language=de")).body)
			closed, _ := data["closed"].(map[string]any)
			if say := texts.Of("de"); closed["title"] != say["closed.title"] || closed["text"] != say["closed.text"] {
				t.Errorf("%s: the page says %v", path, data)
			}
		}
		begin := chatapi.NewIssue{PlatformID: d.Made.Platform.ID, ClientID: d.NewClientID(), Body: "Hello?"}
		d.failure(d.do(post("/issues", identity.NewToken(), begin)), 403, rejoin.Forbidden, "")
		if r := d.do(post("/issues/"+v.Issue.ID+"/messages", v.Token, chatapi.Send{ClientID: d.NewClientID(), Body: "Still there?"})); r.status != 200 {
			t.Errorf("a running conversation: %d %s", r.status, r.body)
		}
	})
}

// The preview is for administrators of the app's domain, and for our own pages to frame.
func TestPreview(t *testing.T) {
	d := sqlite(t)
	path := "/preview/" + d.Made.Platform.ID
	rival, err := d.Core.Setup.Create(t.Context(), core.First{Domain: "rival", App: "Rival", Name: "Rita", Email: "rita@rival.example", Password: "correct horse"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Core.Setup.AddAgent(t.Context(), d.Made.Domain.ID, rejoin.Supervisor, "Jonas", "jonas@example.com", "correct horse"); err != nil {
		t.Fatal(err)
	}
	asked := func(email, path string) response {
		r := page(path)
		if email != "" {
			token, _, err := d.Core.Agents.SignIn(t.Context(), core.SignIn{Email: email, Password: "correct horse"})
			if err != nil {
				t.Fatal(err)
			}
			r.header = map[string]string{"Cookie": "__Host-rejoin=" + token}
		}
		return d.do(r)
	}
	for email, status := range map[string]int{"": 401, "jonas@example.com": 403, rival.Admin.Email: 404} {
		if r := asked(email, path); r.status != status || strings.Contains(r.body, "rejoin-page") {
			t.Errorf("%q: %d %s, want %d", email, r.status, r.body, status)
		}
	}
	if r := asked(d.Maya.Email, "/preview/nobody"); r.status != 404 {
		t.Errorf("no such platform: %d", r.status)
	}
	r := asked(d.Maya.Email, path)
	safePage(t, r, 200)
	if policy := r.header.Get("Content-Security-Policy"); !strings.HasSuffix(policy, "; frame-ancestors 'self'") || r.header.Get("Cache-Control") != "no-store" {
		t.Errorf("policy %s, cache %s", policy, r.header.Get("Cache-Control"))
	}
	if data := panelData(t, r.body); data["preview"] != true || data["closed"] == nil || data["hosted"] != false {
		t.Errorf("the page says %v", data)
	}
}

// The first page with the widget is noted; pages that may not have it, and visits of our own pages, are not.
func TestSeen(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		seen := func(headers map[string]string) rejoin.Platform {
			r := page("/chat/v1/platforms/" + d.Made.Platform.ID)
			r.header = headers
			d.do(r)
			p, err := d.Core.Apps.Page(t.Context(), d.Maya, d.Made.App.ID)
			if err != nil {
				t.Fatal(err)
			}
			return p.Platform
		}
		for _, origin := range []string{"", "https://evil.example", d.http.URL} {
			if p := seen(map[string]string{"Origin": origin}); p.SeenAt != 0 {
				t.Errorf("seen from %q: %+v", origin, p)
			}
		}
		if p := seen(map[string]string{"Origin": rejointest.Shop, "Referer": rejointest.Shop + "/boots?x=1"}); p.SeenAt != d.Clock.Now() || p.SeenURL != rejointest.Shop+"/boots?x=1" {
			t.Errorf("seen: %+v", p)
		}
	})
}
