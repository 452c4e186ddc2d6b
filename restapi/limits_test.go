package restapi_test

import (
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"rejoin/core"
	"rejoin/restapi"
	"rejoin/store/storetest"
)

// What no database can keep is refused, or is nobody's name: it is no fault of ours.
func TestWhatCannotBeKept(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.create(url.Values{})
		var table []refused
		for _, name := range []string{"%00", "%FF", "a%00b"} {
			for method, paths := range map[string][]string{"GET": {"/agents/", "/users/", "/apps/", "/issues/", "/webhooks/"}, "PUT": {"/users/", "/issues/"}, "DELETE": {"/suppressions/", "/users/"}} {
				for _, path := range paths {
					table = append(table, refused{method + " " + path + name, ask{method: method, path: path + name}, 404, "", "UTF-8"})
				}
			}
		}
		d.refuses(t, append(table, refused{"a zero byte in a name of meta", ask{method: "PUT", path: "/issues/1", body: form("meta", `{"pl\u0000an":"gold"}`)}, 400, "meta", "name in meta"},
			refused{"far more issues than a change takes", ask{method: "PUT", path: "/issues", body: form("status", "resolved", "issue-ids", "["+strings.TrimSuffix(numbers(200_000), ",")+"]")},
				400, "issue-ids", "1 to 5000"}))
	})
}

// The files of a request that is refused do not stay on the disk.
func TestFilesOfRefusedRequests(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	d := open(t, storetest.SQLite(t))
	big := map[string][2]string{"attachment": {"big.bin", strings.Repeat("x", 2<<20)}} // too big to wait in the memory
	d.must(ask{method: "POST", path: "/issues", body: &parts{fields: map[string]string{"email": "ada@example.org", "message-body": "a\x00b"}, files: big}}, 400, nil)
	d.must(ask{method: "POST", path: "/issues", body: &parts{fields: map[string]string{"email": "ada@example.org", "message-body": "Look"}, files: big}}, 201, nil)
	left, err := os.ReadDir(folder)
	if err != nil || len(left) > 0 {
		t.Errorf("the folder for temporary files holds %v, %v", left, err)
	}
}

// In a conversation with full privacy programs read neither name nor address, as webhooks do not tell them.
func TestFullPrivacy(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	known := d.Signed("77", "ada@example.org")
	known.Name = "Ada"
	d.VisitAs(known, "Hello", core.Beginning{})
	private := d.Signed("77", "ada@example.org")
	d.VisitAs(private, "This stays between us", core.Beginning{FullPrivacy: true})
	for _, path := range []string{"/issues", "/issues/2"} {
		var list restapi.IssueList
		d.get(path, &list)
		for _, i := range list.Issues {
			if i.ID == 2 && (i.AuthorEmail+i.AuthorName != "" || len(i.Messages[0].Author.Emails) > 0) || i.ID == 1 && i.AuthorEmail != "ada@example.org" {
				t.Errorf("%s: issue %d is by %q %q: %+v", path, i.ID, i.AuthorName, i.AuthorEmail, i.Messages[0].Author)
			}
		}
	}
	d.Advance(time.Minute)
	var rows restapi.AnalyticsPage
	d.get("/analytics/issue?id=2&from=2026-01-01&to=2026-06-01", &rows)
	if len(rows.Results) != 1 || rows.Results[0].Email != nil {
		t.Errorf("analytics tell %+v", rows.Results)
	}
}

// With somebody goes every link into the chat that was made for them, also one that knows only their telephone.
func TestLinksOfTheErased(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		v := d.VisitAs(core.Claim{JWT: d.JWT("uid", "99", "phone_number", "+4930123456")}, "Hello", core.Beginning{})
		opens := map[string]bool{}
		for _, pair := range [][2]string{{"uid", "99"}, {"phone_number", "+4930123456"}, {"phone_number", "+4930999999"}} {
			var made restapi.QRCode
			d.must(ask{method: "POST", path: "/console/qrcode", body: form("app_id", "1", pair[0], pair[1])}, 201, &made)
			_, token, _ := strings.Cut(made.URL, "#")
			opens[token] = pair[1] == "+4930999999"
		}
		d.must(ask{method: "DELETE", path: "/users/" + v.Issue.UserID}, 200, nil)
		for token, want := range opens {
			if _, err := d.Core.ChatLinks.Open(t.Context(), d.Made.Platform.ID, token); (err == nil) != want {
				t.Errorf("a link opens: %v, want %v", err, want)
			}
		}
	})
}
