package restapi_test

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoin"
	"rejoin/restapi"
	"rejoin/store"
	"rejoin/store/storetest"
)

// full makes an issue that holds everything, and returns its number.
func (d *desk) full() string {
	d.t.Helper()
	d.label()
	queues, err := d.Core.Queues.Set(d.t.Context(), d.Maya, "", rejoin.Queue{Name: "Billing", Agents: []string{d.Maya.ID}})
	if err != nil {
		d.t.Fatal(err)
	}
	var made struct{ ID string }
	d.must(ask{method: "POST", path: "/issues", body: &parts{fields: map[string]string{"email": "ada@example.org", "message-body": "It is <late>.", "title": "My parcel",
		"author-name": "Ada", "tags": `["vip","parcel"]`, "meta": `{"plan":"gold","language":"de","application":{"application-version":"2.1"}}`,
		"custom_fields": `{"order":7.5,"due":"2026-11-23","paid":true,"size":"M","city":"Bonn"}`}, files: map[string][2]string{"attachment": {"label.txt", "from Bonn"}}}}, 201, &made)
	d.Settle()
	d.Clock.Advance(time.Minute)
	path := "/issues/" + made.ID
	d.must(ask{method: "PUT", path: path, body: url.Values{"queue_id": {queues[0].Queue.ID}}}, 200, nil)
	d.must(ask{method: "PUT", path: path, body: url.Values{"assignee_email": {d.Maya.Email}}}, 200, nil)
	id := d.thread(made.ID).Issue.ID
	if err := d.Core.Messages.SendAsAgent(d.t.Context(), d.Maya, id, d.NewClientID(), "On its *way* & soon there."); err != nil {
		d.t.Fatal(err)
	}
	d.must(ask{method: "POST", path: path + "/messages", body: url.Values{"message-body": {"Tracking: 4711"}}}, 201, nil)
	d.must(ask{method: "POST", path: path + "/private-notes", body: url.Values{"note-text": {"Paid twice, refund <soon>"}}}, 201, nil)
	if err := d.Core.Messages.Note(d.t.Context(), d.Maya, id, d.NewClientID(), "Called the warehouse"); err != nil {
		d.t.Fatal(err)
	}
	d.rate(id, 4, "Quick, 100% fine")
	d.Settle()
	d.Clock.Advance(time.Minute)
	return made.ID
}

// rate gives an issue a rating, as if its user had.
func (d *desk) rate(id string, stars int, comment string) {
	d.t.Helper()
	err := d.Store.Write(d.t.Context(), func(tx *store.Tx) error {
		i, err := tx.LockIssue(id)
		if err != nil {
			return err
		}
		i.Ending.Rating, i.Ending.Comment, i.Ending.RatedAt = stars, comment, d.Clock.Now()
		return tx.SaveIssue(i)
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

func TestGoldenIssues(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	number := d.full()
	golden(t, "issue", d.get("/issues/"+number, nil).body)
	golden(t, "issue_bare", d.get("/issues/"+number+`?excludes=["meta","custom_fields","feedback","private-notes","messages"]`, nil).body)
	golden(t, "issues", d.get("/issues", nil).body)
	golden(t, "issues_with", d.get("/issues/?includes=meta,custom_fields,feedback,private_notes&excludes=messages&page_size=1", nil).body)
	golden(t, "issues_none", d.get("/issues?state=rejected", nil).body)
	d.must(ask{method: "POST", path: "/redactions", body: url.Values{"requests": {`[{"redaction_type":"message","property":"message_id","value":"` + d.thread(number).Messages[0].ID + `"}]`}}}, 201, nil)
	golden(t, "issue_redacted", d.get("/issues/"+number+"?excludes=meta,custom_fields,private_notes", nil).body)
}

func (d *desk) numbers(query string) string {
	d.t.Helper()
	var out restapi.IssueList
	d.get("/issues?"+query, &out)
	var list []string
	for _, i := range out.Issues {
		list = append(list, strconv.FormatInt(i.ID, 10))
	}
	return strings.Join(list, " ")
}

func TestListIssues(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		first := d.full()
		var times []rejoin.Millis
		for _, email := range []string{"bo@example.org", "cy@example.org"} {
			times = append(times, d.Clock.Now())
			d.create(url.Values{"email": {email}, "message-body": {"Hello from " + email}})
			d.Clock.Advance(time.Minute)
		}
		d.must(ask{method: "PUT", path: "/issues/2", body: url.Values{"status": {"resolved"}, "tags": {`["old"]`}}}, 400, nil)
		d.must(ask{method: "PUT", path: "/issues/2", body: url.Values{"status": {"resolved"}, "tags": {`["vip"]`}}}, 200, nil)
		d.Clock.Advance(time.Minute)
		issue := d.thread(first).Issue
		for query, want := range map[string]string{
			"": "3 2 1", "sort-order=asc": "1 2 3", "sort-by=update-time": "2 3 1", "sort_by=updated_at&sort_order=ASC": "1 3 2",
			"page-size=2": "3 2", "page-size=2&page=2": "1", "page=9": "", "nonsense=1&issue_modes=any": "3 2 1",
			"state=new": "3", "state=open": "3 1", "state=RESOLVED,agent_replied": "2 1", "state=pending-reassignment": "",
			fmt.Sprintf("created_since=%d", times[1]): "3", fmt.Sprintf("created-since=%d&created-until=%d", times[0], times[0]): "2",
			fmt.Sprintf("updated_since=%d", issue.UpdatedAt+1): "3 2", fmt.Sprintf("updated-until=%d", issue.UpdatedAt): "1",
			"ids=[1,%223%22]": "3 1", "ids=2": "2", "ids=" + issue.ID: "1", "app-ids=1": "3 2 1", "app_ids=" + issue.AppID: "3 2 1", "app-ids=7": "",
			"platform-types=web": "3 2 1", "platform-types=ios,android": "", `tags={"or":["vip"],"nor":["parcel"]}`: "2", `tags={"exists":false}`: "3",
			`languages={"or":["de"]}`: "1", `notes={"and":["REFUND","warehouse"]}`: "1", `notes={"exists":"false"}`: "3 2",
			`feedback-comment={"or":["100%25"]}`: "1", `feedback-rating={"and":[{"is_greater_than":"3"}]}`: "1", `feedback_rating={"nor":[{"is_set":true}]}`: "3 2",
			"author_emails=BO@example.org": "2", "assignee_emails=" + d.Maya.Email: "1", "assignee-emails=unassigned": "3 2", "queue_ids=none": "3 2",
			"queue_ids=" + issue.QueueID: "1", "end-user-ids=" + issue.UserID: "1",
			`custom_fields={"number":{"and":{"order":{"is_greater_than":"7"}}},"dropdown":{"or":{"size":{"is_one_of":["S","M"]}}}}`: "1",
			`custom_fields={"checkbox":{"and":{"paid":"false"}}}`:                                                                   "", `custom_fields={"singleline":{"and":{"city":{"does_not_contain":["onn"]}}}}`: "3 2",
		} {
			if got := d.numbers(query); got != want {
				t.Errorf("%s: %s, want %s", query, got, want)
			}
		}
		if got := d.must(ask{method: "GET", path: "/v1/rival/issues", key: d.foreign}, 200, nil); !strings.Contains(string(got.body), `"issues":[]`) {
			t.Errorf("another domain: %s", got.body)
		}
	})
}

func TestPagesOfIssues(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	for n := range 5 {
		d.create(url.Values{"email": {fmt.Sprintf("u%d@example.org", n)}})
		d.Clock.Advance(time.Second)
	}
	for _, query := range []string{"page-size=2&sort-order=asc&state=open", "page-size=2&sort_order=asc&sort-by=update-time&next-key="} {
		var seen []string
		for query != "" {
			var out restapi.IssueList
			got := d.get("/issues?"+query, &out)
			for _, i := range out.Issues {
				seen = append(seen, strconv.FormatInt(i.ID, 10))
			}
			if byPage := out.Page > 0; byPage && (*out.TotalHits != 5 || *out.TotalPages != 3) || (out.NextKey == "") != (len(seen) == 5) {
				t.Errorf("%s: %s", query, got.body)
			}
			link := got.header.Get("Link")
			_, query, _ = strings.Cut(strings.TrimSuffix(link, `>; rel="next"`), "/v1/acme/issues?")
			if query != "" && !strings.Contains(query, "next-key="+out.NextKey) {
				t.Errorf("the next page is %s, where changes move issues between pages", query)
			}
			if strings.Contains(query, "update") {
				query += "&page=1" // not looked at
			}
		}
		if got := strings.Join(seen, " "); got != "1 2 3 4 5" {
			t.Errorf("page by page: %s", got)
		}
	}
}

func TestWrongListsOfIssues(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	d.label()
	get := func(query string) ask { return ask{method: "GET", path: "/issues?" + query} }
	many := strings.TrimSuffix(strings.Repeat("1,", 1001), ",")
	d.refuses(t, []refused{
		{"page 0", get("page=0"), 400, "page", "from 1"},
		{"a page in words", get("page=two"), 400, "page", "whole number"},
		{"too large a page", get("page-size=1001"), 400, "page-size", "1 to 1000"},
		{"too deep", get("page=501&page-size=100"), 400, "page", "50000"},
		{"a key of our imagination", get("next-key=7"), 400, "next-key", "not from a list"},
		{"a key of another order", get("sort-order=asc&next-key=cd.5.iss_1"), 400, "next-key", "same sort-by"},
		{"an order", get("sort-order=up"), 400, "sort-order", "desc or asc"},
		{"sorted by", get("sort-by=title"), 400, "sort-by", "creation-time"},
		{"a state", get("state=closed"), 400, "state", `"closed"`},
		{"a date", get("created_since=2026-01-01"), 400, "created_since", "milliseconds"},
		{"a date with -", get("updated-until=yesterday"), 400, "updated_until", "milliseconds"},
		{"ids", get("ids=[{}]"), 400, "ids", "JSON array"},
		{"many ids", get("ids=" + many), 400, "ids", "1000"},
		{"a long id", get("queue_ids=" + strings.Repeat("x", 256)), 400, "queue_ids", "255"},
		{"a platform", get("platform-types=web,tv"), 400, "platform-types", `"tv"`},
		{"tags as a list", get("tags=vip"), 400, "tags", "JSON such as"},
		{"tags joined otherwise", get(`tags={"xor":["vip"]}`), 400, "tags", `"xor"`},
		{"tags that exist perhaps", get(`tags={"exists":"perhaps"}`), 400, "tags", "true or false"},
		{"notes with an object", get(`notes={"or":[{}]}`), 400, "notes", "JSON such as"},
		{"an empty language", get(`languages={"or":[""]}`), 400, "languages", "1 to 255"},
		{"a rating", get(`feedback-rating={"and":[{"is":"7"}]}`), 400, "feedback-rating", "1 to 5"},
		{"a rating without a list", get(`feedback-rating={"is":3}`), 400, "feedback-rating", "JSON such as"},
		{"no such field", get(`custom_fields={"number":{"and":{"none":{"is":1}}}}`), 400, "custom_fields", `"none"`},
		{"a field of another type", get(`custom_fields={"number":{"and":{"city":{"is":1}}}}`), 400, "custom_fields", "singleline"},
		{"a key that cannot be", get(`custom_fields={"number":{"and":{"a%20b":{"is":1}}}}`), 400, "custom_fields", "no custom issue field"},
		{"many comparisons", get(`custom_fields={"number":{"and":{"order":{"is":1}}},"dropdown":{"and":{"size":{"is_one_of":[` + strings.TrimSuffix(strings.Repeat(`"S",`, 100), ",") + `]}}}}`), 400, "custom_fields", "at most 100"},
		{"zero bytes", get("tags=%00"), 400, "tags", "UTF-8"},
		{"what is no include", get("includes=[\"everything\"]"), 400, "includes", `"everything"`},
		{"what is no exclude of one", ask{method: "GET", path: "/issues/1?excludes=title"}, 400, "excludes", `"title"`},
		{"no such issue", ask{method: "GET", path: "/issues/77"}, 404, "", "no such conversation"},
		{"no number", ask{method: "GET", path: "/issues/seven"}, 404, "", "no such conversation"},
		{"a number too large", ask{method: "GET", path: "/issues/99999999999999999999"}, 404, "", "no such conversation"},
		{"another domain's issue", ask{method: "GET", path: "/v1/rival/issues/" + d.thread(d.create(url.Values{})).Issue.ID, key: d.foreign}, 404, "", "no such conversation"},
	})
	if got := d.must(ask{method: "GET", path: "/issues", key: d.readOnly}, 200, nil); len(got.body) == 0 {
		t.Error("a key that only reads reads nothing")
	}
}

// A crawl by the newest change, while the changes go on, ends with every issue as it is.
func TestCrawlOfIssues(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		if _, err := d.Core.Keys.SetLimit(t.Context(), d.Maya, 60_000); err != nil {
			t.Fatal(err)
		}
		var visitors []string
		for n := range 12 {
			visitors = append(visitors, d.thread(d.create(url.Values{"email": {fmt.Sprintf("u%d@example.org", n)}})).Issue.ID)
		}
		var writing sync.WaitGroup
		for range 3 {
			writing.Go(func() {
				for n := range 36 {
					d.Clock.Advance(time.Millisecond)
					if err := d.Core.Messages.Note(t.Context(), d.Maya, visitors[n*7%len(visitors)], d.NewClientID(), "Again"); err != nil {
						t.Error(err)
					}
				}
			})
		}
		done := make(chan bool)
		go func() { writing.Wait(); d.Clock.Advance(time.Millisecond); close(done) }()
		seen, since := map[int64]int{}, rejoin.Millis(0)
		for more := true; more; {
			select {
			case <-done:
				more = false
			default:
			}
			for key := ""; ; {
				var out restapi.IssueList
				d.get(fmt.Sprintf("/issues?sort-by=update-time&sort-order=asc&page-size=5&includes=private_notes&updated_since=%d&next-key=%s", since, key), &out)
				for _, i := range out.Issues {
					seen[i.ID], since = len(i.PrivateNotes), i.UpdatedAt
				}
				if key = out.NextKey; key == "" {
					break
				}
			}
		}
		for _, id := range visitors {
			i := d.Load(id).Issue
			if want := 9; seen[i.Number] != want {
				t.Errorf("issue %d was read with %d notes and has %d", i.Number, seen[i.Number], want)
			}
		}
	})
}
