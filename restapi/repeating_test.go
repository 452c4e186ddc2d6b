package restapi_test

import (
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoin"
	"rejoin/store/storetest"
)

// A request with an Idempotency-Key is done once, however often it comes.
func TestRepeatedRequests(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		begin := ask{method: "POST", path: "/issues", header: map[string]string{"Idempotency-Key": "order 7/1"}, body: url.Values{"email": {"ada@example.org"}, "message-body": {"Hello"}}}
		answers := make([]string, 4)
		var all sync.WaitGroup
		for n := range answers { // at once
			all.Go(func() { answers[n] = string(d.do(begin).body) })
		}
		all.Wait()
		if len(slices.Compact(slices.Clone(answers))) != 1 || !strings.Contains(answers[0], `"id":"1"`) {
			t.Errorf("the repeats are answered %q", answers)
		}
		other := begin
		other.body = url.Values{"email": {"ada@example.org"}, "message-body": {"Something else"}}
		d.refuses(t, []refused{{"another request with the same key", other, 409, "Idempotency-Key", "came with another request"}})
		if mine := begin; d.do(ask{method: mine.method, path: mine.path, header: mine.header, body: mine.body, key: d.foreign}).status != 401 {
			t.Error("a stranger's key was let in")
		}

		file := ask{method: "POST", path: "/issues/1/messages", header: map[string]string{"Idempotency-Key": "answer"}, body: &parts{fields: map[string]string{"message-body": "Look"},
			files: map[string][2]string{"attachment": {"a.txt", "one"}}}}
		first := d.must(file, 201, nil)
		if again := d.must(file, 201, nil); string(again.body) != string(first.body) {
			t.Errorf("the message was answered %s and then %s", first.body, again.body)
		}
		file.body = &parts{fields: map[string]string{"message-body": "Look"}, files: map[string][2]string{"attachment": {"a.txt", "two"}}}
		d.refuses(t, []refused{{"another file with the same key", file, 409, "Idempotency-Key", "another request"}})

		note := ask{method: "POST", path: "/issues/9/private-notes", header: map[string]string{"Idempotency-Key": "note"}, body: url.Values{"note-text": {"Hm"}}}
		d.must(note, 404, nil)
		note.path = "/issues/1/private-notes" // what has failed is not kept
		d.must(note, 201, nil)
		d.must(note, 201, nil)
		got := d.thread("1")
		if n := len(got.Messages); n < 2 || countNotes(got.Events) != 1 {
			t.Errorf("there are %d messages and %d notes", n, countNotes(got.Events))
		}

		d.Advance(25 * time.Hour)
		var made struct{ ID string }
		if d.must(begin, 201, &made); made.ID != "2" {
			t.Errorf("after a day the repeat made issue %s", made.ID)
		}
	})
}

func countNotes(list []rejoin.Event) (n int) {
	for _, e := range list {
		if e.Kind == rejoin.EventNote {
			n++
		}
	}
	return n
}

// Many issues are changed in several transactions: a repeat goes on where the call has stopped.
func TestRepeatedBulk(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	d.create(url.Values{})
	d.create(url.Values{"email": {"ben@example.org"}})
	d.create(url.Values{"email": {"cyd@example.org"}})
	d.must(ask{method: "PUT", path: "/issues/2", body: url.Values{"status": {"rejected"}}}, 200, nil)
	many := ask{method: "PUT", path: "/issues", header: map[string]string{"Idempotency-Key": "all"},
		body: url.Values{"issue-ids": {`[3,2,1,1,404]`}, "message-body": {"We are back."}, "status": {"resolved"}}}
	var out struct {
		Updated int
		Failed  []struct{ ID, Error, Code string }
	}
	for range 2 {
		d.must(many, 200, &out)
		if out.Updated != 2 || len(out.Failed) != 2 || out.Failed[0].ID != "2" || out.Failed[0].Code != "conflict" || out.Failed[1].Code != "not_found" {
			t.Errorf("the answer is %+v", out)
		}
	}
	for number, said := range map[string]int{"1": 1, "2": 0, "3": 1} {
		got := d.thread(number)
		n := 0
		for _, m := range got.Messages {
			if m.Body == "We are back." {
				n++
			}
		}
		if n != said || said == 1 && got.Issue.State != rejoin.Resolved || said == 0 && got.Issue.State != rejoin.Rejected {
			t.Errorf("issue %s has the message %d times and is %s", number, n, got.Issue.State)
		}
	}
}
