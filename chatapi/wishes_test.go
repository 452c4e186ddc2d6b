package chatapi_test

import (
	"crypto/sha256"
	"encoding/base64"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/identity"
	"rejoin/rejointest"
	"rejoin/texts"
)

func wishPost(path string, form url.Values) request {
	return request{method: "POST", path: path, body: form.Encode(), header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}}
}

func page(path string) request { return request{method: "GET", path: path} }

// safePage checks what every page of ours promises.
func safePage(t *testing.T, r response, status int) {
	t.Helper()
	if r.status != status || !strings.HasPrefix(r.header.Get("Content-Type"), "text/html") {
		t.Fatalf("answer %d %s: %.300s", r.status, r.header.Get("Content-Type"), r.body)
	}
	if got := r.header.Get("Referrer-Policy"); got != "no-referrer" {
		t.Errorf("Referrer-Policy %q", got)
	}
	policy := r.header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none'") {
		t.Errorf("policy %q", policy)
	}
	if _, style, ok := strings.Cut(r.body, "<style>"); ok {
		style, _, _ = strings.Cut(style, "</style>")
		sum := sha256.Sum256([]byte(style))
		if want := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("the policy %q does not allow the page's style %s", policy, want)
		}
	}
}

func TestWishPage(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		_, link, token := d.mailed()
		at := "/m/" + token
		d.unchanged(func() {
			for range 3 {
				r := d.do(page(at))
				safePage(t, r, 200)
				if r.header.Get("Cache-Control") != "no-store" || strings.Contains(r.body, "Done.") || !strings.Contains(r.body, "a…@example.org") ||
					!strings.Contains(r.header.Get("Content-Security-Policy"), "form-action 'self'") {
					t.Errorf("the page is %v %s", r.header, r.body)
				}
			}
			if r := d.do(page(at + "?wish=mute&on=1")); strings.Contains(r.body, "Done.") {
				t.Error("the page believes its address")
			}
			if r := d.do(page(at + "/one-click")); r.status != 303 || r.header.Get("Location") != at {
				t.Errorf("the one-click address answers a GET with %d", r.status)
			}
		})
		for _, w := range []string{"mute", "unsubscribe"} {
			for _, on := range []string{"1", "0"} {
				r := d.do(wishPost(at, url.Values{"wish": {w}, "on": {on}}))
				if r.status != 303 {
					t.Fatalf("answer %d %s", r.status, r.body)
				}
				r = d.do(page(r.header.Get("Location")))
				safePage(t, r, 200)
				if !strings.Contains(r.body, "Done.") {
					t.Errorf("%s=%s is not confirmed: %s", w, on, r.body)
				}
			}
		}
		if r := d.do(wishPost(at, url.Values{"wish": {"not_me"}, "on": {"1"}})); r.status != 303 {
			t.Fatalf("answer %d %s", r.status, r.body)
		}
		d.unchanged(func() {
			d.failure(d.do(wishPost(at, url.Values{"wish": {"not_me"}, "on": {"0"}})), 403, rejoin.Forbidden, "")
		})
		r := d.do(post("/return", "", map[string]string{"platform_id": d.Made.Platform.ID, "token": link, "session": identity.NewToken()}))
		if !strings.Contains(r.body, `"revoked"`) {
			t.Errorf("after “this was not me” the link answers %s", r.body)
		}
	})
}

// mailedIn is mailed for somebody whose panel speaks the language.
func (d *door) mailedIn(code string) (token string) {
	d.T.Helper()
	v := d.VisitKnown("Do you have these boots in 43?", "Ada", "ada@example.org")
	in := d.newIssue("And in 44?")
	in.Language = code
	if r := d.do(post("/issues", v.Token, in)); r.status != 200 {
		d.T.Fatalf("answer %d %s", r.status, r.body)
	}
	d.Reply(v, "We do.")
	d.Advance(11 * time.Minute)
	mails := d.Mails()
	mail := mails[len(mails)-1]
	if want := texts.Of(code)["mail.continue"]; !strings.Contains(mail.Text, want) {
		d.T.Errorf("the e-mail does not say %q:\n%s", want, mail.Text)
	}
	return found(d.T, `/m/([A-Za-z0-9_-]{43})`, mail.Text)
}

// said is the words of a page, without marks of direction, and bare is the page without its words and its addresses.
func said(body string) string {
	_, body, _ = strings.Cut(body, "</head>")
	return html.UnescapeString(strings.NewReplacer("\u2068", "", "\u2069", "").Replace(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, "")))
}

func bare(body string) string {
	body = regexp.MustCompile(`<html[^>]*>|action="[^"]*"`).ReplaceAllString(body, "")
	return regexp.MustCompile(`>[^<]*<`).ReplaceAllString(body, "><")
}

func TestWishPageSpeaks(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		first := ""
		for code, begins := range map[string]string{"en": `<html lang="en" dir="ltr">`, "de": `<html lang="de" dir="ltr">`, "ar": `<html lang="ar" dir="rtl">`, "iw": `<html lang="he" dir="rtl">`} {
			at := "/m/" + d.mailedIn(code)
			for _, on := range []string{"0", "1"} {
				if r := d.do(wishPost(at, url.Values{"wish": {"unsubscribe"}, "on": {on}})); r.status != 303 {
					t.Fatalf("answer %d %s", r.status, r.body)
				}
			}
			r := d.do(page(at + "?wish=unsubscribe&on=1"))
			safePage(t, r, 200)
			if !strings.Contains(r.body, begins) {
				t.Errorf("%s: the page does not begin with %s", code, begins)
			}
			words := said(r.body)
			say := texts.Of(code)
			for _, want := range []string{say.Say("wishes.title", "app", "Acme"), say["wishes.done"], say.Say("wishes.unsubscribed", "app", "Acme"), say["wishes.chosen"], say["wishes.mute_text"],
				say.Say("wishes.unsubscribe_text", "app", "Acme", "address", "a…@example.org"), say["wishes.subscribe"], say["wishes.not_me_text"], say["wishes.nothing"], "a…@example.org"} {
				if !strings.Contains(words, want) {
					t.Errorf("%s: the page does not say %q:\n%s", code, want, words)
				}
			}
			if strings.Contains(words, "{") || strings.Contains(r.body, "\u2068#") != strings.Contains(begins, "rtl") {
				t.Errorf("%s: the page says\n%s", code, r.body)
			}
			if first == "" {
				first = bare(r.body)
			} else if diff := cmp.Diff(first, bare(r.body)); diff != "" {
				t.Errorf("%s: the page is built differently:\n%s", code, diff)
			}
			if r := d.do(wishPost(at+"/one-click", url.Values{"List-Unsubscribe": {"One-Click"}})); r.status != 200 || r.body != "Unsubscribed.\n" {
				t.Errorf("%s: one-click answers %d %q", code, r.status, r.body)
			}
			d.do(wishPost(at, url.Values{"wish": {"unsubscribe"}, "on": {"0"}}))
			d.Advance(25 * time.Hour) // an address gets few e-mails a day
		}
	})
}

func TestLostWishPageSpeaks(t *testing.T) {
	d := sqlite(t)
	for accept, want := range map[string][3]string{
		"":                        {"en", "ltr", "en"},
		"de-AT,de;q=0.9,en;q=0.8": {"de", "ltr", "de"},
		"ar;q=1, en;q=0.5":        {"ar", "rtl", "ar"},
		"he-IL":                   {"he", "rtl", "iw"},
		"tlh, de":                 {"en", "ltr", "en"},
		"\"><script>":             {"en", "ltr", "en"},
	} {
		ask := page("/m/" + identity.NewToken())
		ask.header = map[string]string{"Accept-Language": accept}
		r := d.do(ask)
		safePage(t, r, 404)
		if begins := `<html lang="` + want[0] + `" dir="` + want[1] + `">`; !strings.Contains(r.body, begins) {
			t.Errorf("%q: the page does not begin with %s", accept, begins)
		}
		for _, key := range []string{"wishes.lost", "wishes.lost_text"} {
			if text := texts.Of(want[2])[key]; !strings.Contains(said(r.body), text) {
				t.Errorf("%q: the page does not say %q", accept, text)
			}
		}
	}
}

func TestBadWishes(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		_, _, token := d.mailed()
		at := "/m/" + token
		cases := []struct {
			name   string
			r      request
			status int
			field  string
		}{
			{"unknown wish", wishPost(at, url.Values{"wish": {"fly"}, "on": {"1"}}), 400, "wish"},
			{"neither on nor off", wishPost(at, url.Values{"wish": {"mute"}, "on": {"yes"}}), 400, "on"},
			{"not a form", request{method: "POST", path: at, body: `{"wish":"mute"}`}, 400, "Content-Type"},
			{"too long", wishPost(at, url.Values{"wish": {strings.Repeat("x", 9<<10)}, "on": {"1"}}), 400, ""},
			{"one-click without its word", wishPost(at+"/one-click", url.Values{"on": {"1"}}), 400, "List-Unsubscribe"},
		}
		for _, c := range cases {
			d.unchanged(func() { d.failure(d.do(c.r), c.status, rejoin.Invalid, c.field) })
		}
		d.unchanged(func() {
			for _, unknown := range []string{identity.NewToken(), "preview", "a%00b", "%ff"} {
				safePage(t, d.do(page("/m/"+unknown)), 404)
				safePage(t, d.do(wishPost("/m/"+unknown, url.Values{"wish": {"mute"}, "on": {"1"}})), 404)
				safePage(t, d.do(wishPost("/m/"+unknown+"/one-click", url.Values{"List-Unsubscribe": {"One-Click"}})), 404)
			}
		})
	})
}

func TestOneClick(t *testing.T) {
	bodies := map[string]string{
		"application/x-www-form-urlencoded": "List-Unsubscribe=One-Click",
		"multipart/form-data; boundary=x":   "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n",
	}
	for kind, body := range bodies {
		each(t, func(t *testing.T, d *door) {
			v, _, token := d.mailed()
			// A mail program's request has another site's marks.
			r := d.do(request{method: "POST", path: "/m/" + token + "/one-click", body: body,
				header: map[string]string{"Content-Type": kind, "Origin": "https://mail.example.net", "Sec-Fetch-Site": "cross-site"}})
			if r.status != 200 || r.header.Get("Cache-Control") != "no-store" {
				t.Fatalf("answer %d %s", r.status, r.body)
			}
			if r := d.do(page("/m/" + token)); !strings.Contains(r.body, "Subscribe again") {
				t.Error("the page does not show it")
			}
			d.noMail(v)
		})
	}
}

// noMail checks that nothing more is sent about the conversation.
func (d *door) noMail(v *rejointest.Visitor) {
	d.T.Helper()
	n := len(d.Mails())
	d.Reply(v, "One more thing")
	d.Advance(3600e9)
	if got := len(d.Mails()); got != n {
		d.T.Errorf("%d e-mails, want still %d", got, n)
	}
}
