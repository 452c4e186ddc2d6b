package agentapi_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/agentapi"
)

func TestReportsOnTheWire(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		v := o.VisitKnown("=1+1", "Ada", "ada@example.org")
		o.Reply(v, "Two.")
		o.Advance(time.Hour)
		sue := o.hire("Sue", rejoin.Supervisor)
		r := as[agentapi.Report](sue.get("/reports"))
		if r.Journey.Mailed != 1 || r.Begun != 1 || len(r.Volume) != 7 || len(r.Volume[0]) != 24 || len(r.Ratings) != 5 || len(r.Bounds)+1 != len(r.FirstResponse.Buckets) {
			t.Errorf("the report is %+v", r)
		}
		m := as[agentapi.Mails](sue.get("/mails?state=mailed&q=ada@"))
		if len(m.Mails) != 1 || m.Mails[0].FollowUp.State != rejoin.FollowUpSent || m.Mails[0].Title != "=1+1" || m.Mails[0].UserEmail != "ada@example.org" {
			t.Errorf("the list is %+v", m)
		}
		for path, want := range map[string]int{"/reports?from=x": 400, "/reports?from=2&to=1": 400, "/reports?app=app_none": 404, "/reports?app=%00": 404,
			"/reports?zone=Mars": 400, "/mails?state=lost": 400, "/mails?cursor=x": 400, "/reports.csv?table=secrets": 400} {
			if got := sue.get(path); got.status != want {
				t.Errorf("%s answers %d, want %d: %s", path, got.status, want, got.body)
			}
		}
	})
}

// Files open in a spreadsheet, and nothing in them is a formula that a stranger has written.
func TestFilesOfReports(t *testing.T) {
	o := sqlite(t)
	v := o.VisitKnown("=HYPERLINK(\"https://evil.example\")", "@Ada, \"A\"", "ada@example.org")
	o.Reply(v, "An answer.")
	o.Advance(time.Hour)
	maya := o.maya()
	rows := func(path string) [][]string {
		t.Helper()
		got := maya.get(path).fine()
		text, marked := strings.CutPrefix(string(got.body), "\ufeff")
		if !marked || got.header.Get("Content-Type") != "text/csv; charset=utf-8" || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment; filename=\"") {
			t.Errorf("%s: %v\n%.40q", path, got.header, text)
		}
		list, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	at := v.Issue.CreatedAt.Time().Format(time.RFC3339)
	mail := rows("/mails.csv")[1]
	if d := cmp.Diff([]string{"1", "'=HYPERLINK(\"https://evil.example\")", "'@Ada, \"A\"", "ada@example.org", "sent", "due", at}, mail[:7]); d != "" {
		t.Errorf("the list of e-mails (-want +got):\n%s", d)
	}
	for table, size := range map[string]string{"journey": "8×2", "days": "30×4", "response": "11×2", "resolution": "11×2", "volume": "169×3",
		"ratings": "6×2", "agents": "2×12", "outcomes": "2×3"} {
		list := rows("/reports.csv?table=" + table)
		if got := fmt.Sprintf("%d×%d", len(list), len(list[0])); got != size {
			t.Errorf("%s is %s, want %s", table, got, size)
		}
	}
}

func TestSimulateOnTheWire(t *testing.T) {
	o := sqlite(t)
	v := o.VisitKnown("Hello", "Ada", "ada@example.org")
	o.Reply(v, "An answer.")
	o.Advance(5 * time.Minute)
	v.Read(v.Last())
	settings := rejoin.DefaultAppSettings().WebChat.FollowUp
	settings.Enabled, settings.Window = true, 60
	in := body(agentapi.TryFollowUp{FollowUp: settings, Days: 7, Zone: "Europe/Berlin"})
	s := as[agentapi.Simulation](o.maya().post("/apps/"+o.Made.App.ID+"/simulate", in))
	if s.Mailed != 0 || s.Would != 1 || s.More != 1 || len(s.Days) != 7 || len(s.Differences) != 1 || s.Differences[0].IssueID != v.Issue.ID || s.Differences[0].User != "Ada" {
		t.Errorf("the simulation is %+v", s)
	}
}
