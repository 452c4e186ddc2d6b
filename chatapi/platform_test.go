package chatapi_test

import (
	"encoding/json"
	"strings"
	"testing"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/core"
	"rejoin/rejointest"
	"rejoin/texts"
)

func TestLaunchersSpeak(t *testing.T) {
	d := sqlite(t)
	for _, method := range []string{"GET", "POST"} {
		for asked, code := range map[string]string{"": "en", "en": "en", "de": "de", "de-AT": "de", "ar": "ar", "he": "iw", "zh-TW": "zh-Hant", "pt_BR": "pt-br",
			"xx": "en", "<script>": "en", strings.Repeat("x", 5000): "en", "%00": "en"} {
			r := request{method: method, path: "/chat/v1/platforms/" + d.Made.Platform.ID + "?language=" + asked, body: nil}
			if method == "POST" {
				r.body = chatapi.Identity{}
			}
			got := d.do(r)
			var p chatapi.Platform
			if err := json.Unmarshal([]byte(got.body), &p); err != nil || got.status != 200 {
				t.Fatalf("%s %.20q: %d %s", method, asked, got.status, got.body)
			}
			say := texts.Of(code)
			want := chatapi.Launcher{Title: say.Say("launcher.title", "app", "Acme"), Open: say["launcher.open"], Unread: say["launcher.unread"], Close: say["launcher.close"]}
			if p.Launcher != want || want.Open == "" || !strings.Contains(want.Unread, "{n}") || !strings.Contains(want.Title, "Acme") {
				t.Errorf("%s %.20q: %+v, want %+v", method, asked, p.Launcher, want)
			}
		}
	}
}

// TestGlance tells a page beforehand what would become of the person it names.
func TestGlance(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		ada := signed(d.ours(), "ada-1", "ada@example.org")
		glance := func(who chatapi.Identity) chatapi.Platform {
			return decode[chatapi.Platform](t, d.do(post("/platforms/"+d.Made.Platform.ID, "", who)))
		}
		check := func(name string, who chatapi.Identity, auth string, known bool) {
			t.Helper()
			d.unchanged(func() {
				if p := glance(who); p.Auth != auth || p.Known != known || p.AppName != "Acme" {
					t.Errorf("%s: %+v, want %q and %v", name, p, auth, known)
				}
			})
		}
		check("before the first message", ada, "", false)
		d.writes(ada, "Hello")
		check("after it", ada, "", true)
		check("nobody", chatapi.Identity{}, "", false)
		check("nobody who can be", chatapi.Identity{UserID: " ada-1"}, "", false)
		check("no signature", chatapi.Identity{UserID: "ada-1"}, core.MissingToken, false)
		check("a wrong signature", chatapi.Identity{UserID: "ada-1", AuthToken: "x"}, core.InvalidToken, false)
		check("a login token that is none", chatapi.Identity{UserID: "ada-1", IdentityToken: "x"}, "JWT_IS_INVALID", false)
		d.require(false)
		check("no signature needed", chatapi.Identity{UserID: "ada-1"}, "", true)
		check("somebody new", chatapi.Identity{UserID: "bert-1"}, "", false)
	})
}

// TestPagesMayGlance asks from pages: those of allowed origins may read every answer, others learn why they may not.
func TestPagesMayGlance(t *testing.T) {
	d := sqlite(t)
	path := "/platforms/" + d.Made.Platform.ID
	ask := func(origin, contentType string, body any) response {
		r := post(path, "", body)
		r.header = map[string]string{"Origin": origin, "Content-Type": contentType, "Sec-Fetch-Site": "cross-site"}
		return d.do(r)
	}
	for _, contentType := range []string{"text/plain", "text/plain;charset=UTF-8", "application/json"} {
		r := ask(rejointest.Shop, contentType, chatapi.Identity{UserID: "ada-1"})
		if p := decode[chatapi.Platform](t, r); p.Auth != core.MissingToken { // decode also asks for no-store
			t.Errorf("%s: %+v", contentType, p)
		}
		readable(t, r, rejointest.Shop)
	}
	huge := ask(rejointest.Shop, "text/plain", `{"name":"`+strings.Repeat("x", 161<<10)+`"}`)
	d.failure(huge, 413, rejoin.Invalid, "")
	readable(t, huge, rejointest.Shop)
	unknown := ask(rejointest.Shop, "text/plain", `{"admin":true}`)
	d.failure(unknown, 400, rejoin.Invalid, "admin")
	readable(t, unknown, rejointest.Shop)
	form := ask(rejointest.Shop, "application/x-www-form-urlencoded", "user_id=ada")
	d.failure(form, 415, rejoin.Invalid, "Content-Type")
	for _, origin := range []string{"https://evil.example.com", "http://shop.example.com", "null"} {
		r := ask(origin, "text/plain", chatapi.Identity{UserID: "ada-1"})
		d.failure(r, 403, rejoin.Forbidden, "")
		if strings.Contains(r.body, "token") || r.header.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s learns %s", origin, r.body)
		}
	}
	for _, platform := range []string{"nobody", "a%00b"} {
		d.failure(d.do(post("/platforms/"+platform, "", chatapi.Identity{})), 404, rejoin.NotFound, "")
	}
	for d.do(post(path, "", chatapi.Identity{})).status == 200 {
	}
	limited := ask(rejointest.Shop, "text/plain", chatapi.Identity{})
	d.failure(limited, 429, rejoin.Limited, "")
	readable(t, limited, rejointest.Shop)
}

func readable(t *testing.T, r response, origin string) {
	t.Helper()
	if got := r.header.Get("Access-Control-Allow-Origin"); got != origin || !strings.Contains(strings.Join(r.header.Values("Vary"), ","), "Origin") ||
		r.header.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("%d: the page of %s may not read it: %v", r.status, origin, r.header)
	}
}

// TestPanelSpeaks opens the panel in many languages.
func TestPanelSpeaks(t *testing.T) {
	d := sqlite(t)
	speaks := func(r request, lang, dir, code string) {
		t.Helper()
		got := d.do(r)
		safePage(t, got, 200)
		_, data, _ := strings.Cut(got.body, `<script id="rejoin-page" type="application/json">`)
		data, _, _ = strings.Cut(data, "</script>")
		var p struct {
			Language string `json:"language"`
			Tag      string `json:"language_tag"`
			RTL      bool   `json:"rtl"`
		}
		if err := json.Unmarshal([]byte(data), &p); err != nil {
			t.Fatalf("%v in %s", err, data)
		}
		if !strings.Contains(got.body, `<html lang="`+lang+`" dir="`+dir+`">`) || p.Language != code || p.Tag != lang || p.RTL != (dir == "rtl") {
			t.Errorf("%.60s with %.40v: %+v in\n%.100s", r.path, r.header, p, got.body)
		}
	}
	frame, hosted := "/frame/"+d.Made.Platform.ID, "/c/"+d.Made.Platform.ID
	for _, at := range []string{frame, hosted} {
		speaks(page(at+"?language=ar"), "ar", "rtl", "ar")
		speaks(page(at+"?language=fa-IR"), "fa", "rtl", "fa")
		speaks(page(at+"?language=he"), "he", "rtl", "iw")
		speaks(page(at+"?language=iw"), "he", "rtl", "iw")
		speaks(page(at+"?language=pt-br"), "pt-BR", "ltr", "pt-br")
		speaks(page(at+"?language=no"), "nb", "ltr", "no")
		speaks(page(at), "en", "ltr", "en")
		speaks(page(at+"?language=ar&language=de"), "ar", "rtl", "ar")
		for _, nonsense := range []string{"xx", "%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "%00", "%ff", "-", strings.Repeat("x-", 4000)} {
			speaks(page(at+"?language="+nonsense), "en", "ltr", "en")
		}
	}
	for header, want := range map[string][3]string{"de-AT,de;q=0.9,en;q=0.8": {"de", "ltr", "de"}, "ar": {"ar", "rtl", "ar"}, "*": {"en", "ltr", "en"},
		";;;": {"en", "ltr", "en"}, "zh-TW;q=1": {"zh-Hant", "ltr", "zh-Hant"}, strings.Repeat("a,", 1000): {"en", "ltr", "en"}} {
		r := page(hosted)
		r.header = map[string]string{"Accept-Language": header}
		speaks(r, want[0], want[1], want[2])
		r.path = frame // there the page around it decides
		speaks(r, "en", "ltr", "en")
		r.path = hosted + "?language=fr"
		speaks(r, "fr", "ltr", "fr")
	}
	if got := d.do(page(hosted)).header.Get("Vary"); got != "Accept-Language" {
		t.Errorf("Vary is %q", got)
	}
	for _, code := range rejoin.Languages {
		speaks(page(frame+"?language="+code), rejoin.LanguageTag(code), direction(code), code)
	}
}

func direction(code string) string {
	if rejoin.RightToLeft(code) {
		return "rtl"
	}
	return "ltr"
}
