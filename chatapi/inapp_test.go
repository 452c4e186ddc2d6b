package chatapi_test

import (
	"os"
	"strings"
	"testing"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/identity"
)

// TestInAppInTheManual compares the manual's code with what the dashboard offers.
func TestInAppInTheManual(t *testing.T) {
	page, err := os.ReadFile("../docs/in-app.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"swift", "kotlin"} {
		code, err := os.ReadFile("../ui/dashboard/settings/platforms/snippets/" + language + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(page), "```"+language+"\n"+string(code)+"```\n") {
			t.Errorf("docs/in-app.md does not have the code of %s.txt as it is. Copy it there.", language)
		}
	}
}

// TestPlatformsOfApps is what is different where there is no page.
func TestPlatformsOfApps(t *testing.T) {
	d := sqlite(t)
	d.Use(rejoin.IOS)
	ios := d.Made.Platform
	begin := func(token string, header map[string]string) response {
		in := chatapi.NewIssue{PlatformID: ios.ID, ClientID: d.NewClientID(), Body: "Hello",
			Meta: chatapi.MetaIn{URL: d.hosted(ios), App: rejoin.MetaApp{Name: "Shop"}}}
		return d.do(request{method: "POST", path: "/chat/v1/issues", token: token, body: in, header: header})
	}
	for origin, want := range map[string]int{"": 200, d.http.URL: 200, "https://shop.example.com": 403, "https://evil.example": 403} {
		header := map[string]string{}
		if origin != "" {
			header["Origin"] = origin
		}
		if got := begin(identity.NewToken(), header); got.status != want {
			t.Errorf("from %q: %d %s", origin, got.status, got.body)
		}
	}
	issue := d.Load(d.Newest().Issue.ID).Issue
	if issue.StartURL != "" || issue.Meta.Page.URL != "" || issue.Meta.App.Name != "Shop" {
		t.Errorf("%+v", issue.Meta)
	}
	for path, want := range map[string]bool{"": false, "?close=1": true, "?close": true} {
		page := panelData(t, d.do(request{method: "GET", path: "/c/" + ios.ID + path}).body)
		if page["close"] == true != want || page["in_app"] == nil {
			t.Errorf("%q: %v", path, page)
		}
	}
	if list, err := d.Core.Platforms.SetOff(t.Context(), d.Maya, d.Made.App.ID, ios.ID, true); err != nil || list[1].SeenAt == 0 || list[1].Issues != 2 {
		t.Errorf("%+v, %v", list, err)
	}
	if got := begin(identity.NewToken(), nil); got.status != 403 || !strings.Contains(got.body, "closed") {
		t.Errorf("a platform that is off: %d %s", got.status, got.body)
	}
	if page := panelData(t, d.do(request{method: "GET", path: "/c/" + ios.ID}).body); page["closed"] == nil {
		t.Errorf("the page of a platform that is off: %v", page)
	}
	if got := d.do(request{method: "GET", path: "/frame/" + ios.ID}); !strings.Contains(got.header.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
		t.Error("an app's panel may be framed")
	}
}

func (d *door) hosted(p rejoin.Platform) string {
	d.T.Helper()
	list, err := d.Core.Platforms.List(d.T.Context(), d.Maya, d.Made.App.ID)
	if err != nil {
		d.T.Fatal(err)
	}
	for _, other := range list {
		if other.ID == p.ID {
			return other.HostedURL + "?language=de"
		}
	}
	return ""
}
