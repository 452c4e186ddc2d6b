package chatapi_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/identity"
)

// TestUploadAllowance counts the megabytes of an address, whatever tokens it makes.
func TestUploadAllowance(t *testing.T) {
	d := sqlite(t)
	ofUnknownLength := func() int { // counts like the largest file
		r := d.uploading(identity.NewToken(), "a.txt", "")
		req, err := http.NewRequestWithContext(t.Context(), r.method, d.http.URL+r.path, io.MultiReader(strings.NewReader("x")))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+r.token)
		req.Header.Set("X-Forwarded-For", d.ip)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		return resp.StatusCode
	}
	for n := range 12 {
		if status := ofUnknownLength(); status != http.StatusOK {
			t.Fatalf("upload %d: %d", n, status)
		}
	}
	full := d.do(d.uploading(identity.NewToken(), "a.txt", "x"))
	d.failure(full, http.StatusTooManyRequests, rejoin.Limited, "")
	if wait := full.header.Get("Retry-After"); wait != "10" {
		t.Errorf("Retry-After is %q, want the time for a megabyte", wait)
	}
	d.Clock.Advance(10 * time.Second)
	d.upload(identity.NewToken(), "a.txt", "x")
	if status := ofUnknownLength(); status != http.StatusTooManyRequests {
		t.Errorf("25 MB after that: %d", status)
	}
	d.ip = "192.0.2.2"
	d.upload(identity.NewToken(), "a.txt", "x")
}

// TestLongestField begins with the longest custom issue field, written in escapes throughout.
func TestLongestField(t *testing.T) {
	d := sqlite(t)
	if _, err := d.Core.Labels.AddField(t.Context(), d.Maya, rejoin.CustomField{Key: "log", Label: "Log", Type: rejoin.MultiLine}); err != nil {
		t.Fatal(err)
	}
	begin := func(chars int) response {
		r := post("/issues", identity.NewToken(), `{"client_id":"`+d.NewClientID()+`","body":"Hello","platform_id":"`+d.Made.Platform.ID+
			`","fields":{"log":{"type":"multiline","value":"`+strings.Repeat(`\ud83d\ude42`, chars)+`"}}}`)
		return d.do(r)
	}
	up := decode[chatapi.Update](t, begin(100_000))
	if got := d.Load(up.Issue.ID).Issue.Fields["log"].Value; got != strings.Repeat("🙂", 100_000) || len(up.Dropped) != 0 {
		t.Errorf("%d bytes are kept, dropped are %q", len(got), up.Dropped)
	}
	if up := decode[chatapi.Update](t, begin(100_001)); len(up.Dropped) != 1 {
		t.Errorf("dropped are %q", up.Dropped)
	}
	d.failure(begin(150_000), http.StatusRequestEntityTooLarge, rejoin.Invalid, "")
}

// TestNoApp says everywhere alike what to check.
func TestNoApp(t *testing.T) {
	d := sqlite(t)
	want := "There is no such app. Check the platformId in the embed code."
	token := identity.NewToken()
	in := d.newIssue("Hello")
	in.PlatformID = "nobody_platform_1"
	for name, r := range map[string]request{
		"platform": get("/platforms/nobody_platform_1", ""),
		"identify": post("/identify", "", chatapi.Identify{PlatformID: "nobody_platform_1", Session: token}),
		"upload":   d.uploadTo("nobody_platform_1", "0123456789", token, "a.txt", "x"),
		"issue":    post("/issues", token, in),
	} {
		if got := d.do(r); got.status != http.StatusNotFound || !strings.Contains(got.body, want) {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
}
