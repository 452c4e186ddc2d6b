package restapi_test

import (
	"archive/zip"
	"bytes"
	"testing"

	"rejoin/store/storetest"
)

func TestUserLeaves(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	v := d.VisitKnown("Where is my parcel?", "Ada", "ada@example.org")
	path := "/users/" + v.Issue.UserID
	for name, a := range map[string]struct {
		ask
		status int
	}{
		"a reader exports":           {ask{method: "GET", path: path + "/export", key: d.readOnly}, 403},
		"a reader erases":            {ask{method: "DELETE", path: path, key: d.readOnly}, 403},
		"another company exports":    {ask{method: "GET", path: "/v1/rival" + path + "/export", key: d.foreign}, 404},
		"another company erases":     {ask{method: "DELETE", path: "/v1/rival" + path, key: d.foreign}, 404},
		"nobody's export":            {ask{method: "GET", path: "/users/usr_none/export"}, 404},
		"nobody's erasure":           {ask{method: "DELETE", path: "/users/usr_none"}, 404},
		"an id that cannot be":       {ask{method: "DELETE", path: "/users/%00"}, 404},
		"an id of something else":    {ask{method: "DELETE", path: "/users/" + v.Issue.ID}, 404},
		"an id that is an e-mail":    {ask{method: "GET", path: "/users/ada@example.org/export"}, 404},
		"an id in another alphabet":  {ask{method: "GET", path: "/users/%FF/export"}, 404},
		"a method that is not there": {ask{method: "POST", path: path + "/export"}, 405},
	} {
		if got := d.do(a.ask); got.status != a.status {
			t.Errorf("%s: %d %s, want %d", name, got.status, got.body, a.status)
		}
	}
	out := d.do(ask{method: "GET", path: path + "/export/"})
	z, err := zip.NewReader(bytes.NewReader(out.body), int64(len(out.body)))
	if err != nil || len(z.File) != 1 || z.File[0].Name != "data.json" || out.header.Get("Content-Type") != "application/zip" {
		t.Errorf("the export: %d, %v", out.status, err)
	}
	golden(t, "erased_user", d.must(ask{method: "DELETE", path: path}, 200, nil).body)
	golden(t, "erased_user", d.must(ask{method: "DELETE", path: path + "/"}, 200, nil).body)

	// Nothing of them comes back for good.
	d.refuses(t, []refused{{"an erased user", ask{method: "PUT", path: path, body: form("name", "Ada", "email", "ada@example.org")}, 409, "", "erased"}})
	d.must(ask{method: "POST", path: "/issues/1/private-notes", body: form("note-text", "Ada has called again")}, 201, nil)
	d.must(ask{method: "DELETE", path: path}, 200, nil)
	if got := d.get("/issues/1", nil); bytes.Contains(got.body, []byte("Ada")) {
		t.Errorf("after the second erasure there is %s", got.body)
	}
}
