package chatapi_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strings"
	"testing"

	"rejoin"
	"rejoin/identity"
	"rejoin/rejointest"
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
