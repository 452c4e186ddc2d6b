package store_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"rejoin"
	"rejoin/store"
	"rejoin/store/storetest"
)

const hour = rejoin.Millis(3_600_000)

// now is when the tests of the inbox ask.
const now = 1000 * 24 * hour

// shelf is issues that differ in what an inbox chooses by, numbered from 1.
var shelf = []struct {
	issue rejoin.Issue
	user  rejoin.User
	mail  rejoin.FollowUpState // of the newest follow-up
}{
	{rejoin.Issue{State: rejoin.New, LastSeq: 1, CreatedAt: now - hour, WaitingSince: now - hour},
		rejoin.User{Language: "en-GB", Presence: rejoin.Active}, ""},
	{rejoin.Issue{State: rejoin.NewForAgent, AssigneeID: "maya", QueueID: "que_bills", LastSeq: 1, AgentReadSeq: 1, CreatedAt: now - 30*hour, WaitingSince: now - 30*hour,
		Tags: []string{"vip", "shipping"}, Fields: rejoin.FieldValues{"size": {Type: rejoin.Number, Value: "12.50"}, "note": {Type: rejoin.SingleLine, Value: "Left 10% side"}}},
		rejoin.User{Language: "en", Presence: rejoin.PageClosed}, ""},
	{rejoin.Issue{State: rejoin.AgentReplied, AssigneeID: "jonas", LastSeq: 2, LastOutSeq: 2, UserReadSeq: 1, AgentReadSeq: 2, CreatedAt: now - 60*hour,
		Tags: []string{"vip"}, Fields: rejoin.FieldValues{"size": {Type: rejoin.Number, Value: "-3"}, "due": {Type: rejoin.Date, Value: "86400000"}}},
		rejoin.User{Language: "de", Presence: rejoin.Offline}, rejoin.FollowUpSent},
	{rejoin.Issue{State: rejoin.AgentReplied, AssigneeID: "maya", LastSeq: 2, LastOutSeq: 2, UserReadSeq: 1, AgentReadSeq: 2, CreatedAt: now - 61*hour,
		Tags: []string{"returns"}}, rejoin.User{Language: "de-AT", Presence: rejoin.TabHidden}, rejoin.FollowUpWaiting},
	{rejoin.Issue{State: rejoin.Resolved, AssigneeID: "maya", LastSeq: 2, LastOutSeq: 2, UserReadSeq: 1, AgentReadSeq: 2, CreatedAt: now - 500*hour,
		Ending: rejoin.Ending{Rating: 5}, Fields: rejoin.FieldValues{"gift": {Type: rejoin.Checkbox, Value: "true"}}},
		rejoin.User{Language: "den", Presence: rejoin.PageClosed}, rejoin.FollowUpSkipped},
	{rejoin.Issue{State: rejoin.Rejected, LastSeq: 2, LastOutSeq: 2, UserReadSeq: 1, AgentReadSeq: 1, CreatedAt: now - 600*hour, Ending: rejoin.Ending{Rating: 1}},
		rejoin.User{Presence: rejoin.PageClosed}, ""},
	{rejoin.Issue{State: rejoin.WaitingForAgent, LastSeq: 3, LastOutSeq: 2, UserReadSeq: 2, AgentReadSeq: 2, CreatedAt: now - 700*hour, WaitingSince: now - 2*hour},
		rejoin.User{Presence: rejoin.Offline}, rejoin.FollowUpCancelled},
}

// fillShelf stores the issues; each was updated an hour after the one after it. Another domain has one too.
func fillShelf(tx *store.Tx) error {
	if err := addTitles(tx, nil); err != nil {
		return err
	}
	for n, s := range shelf {
		i, u := s.issue, s.user
		u.ID, u.DomainID, u.AppID = fmt.Sprintf("usr_%d", n+1), "dom", "app"
		i.ID, i.UserID, i.Number, i.DomainID, i.AppID, i.PlatformID = fmt.Sprintf("iss_%d", n+1), u.ID, int64(n+1), "dom", "app", "plt"
		i.UpdatedAt = now - rejoin.Millis(n)*hour
		if err := tx.AddUser(u); err != nil {
			return err
		}
		if err := tx.AddIssue(i); err != nil {
			return err
		}
		if s.mail == "" {
			continue
		}
		for round, state := range []rejoin.FollowUpState{rejoin.FollowUpFailed, s.mail} {
			f := rejoin.FollowUp{ID: fmt.Sprint(i.ID, round), IssueID: i.ID, N: int64(round + 1), DomainID: "dom", State: state}
			if err := tx.AddFollowUp(f); err != nil {
				return err
			}
		}
	}
	if err := tx.AddDomain(rejoin.Domain{ID: "other", Name: "other"}); err != nil {
		return err
	}
	return tx.AddIssue(rejoin.Issue{ID: "iss_other", DomainID: "other", AppID: "app", PlatformID: "plt", UserID: "usr_1", Number: 1, State: rejoin.New})
}

func eachShelf(t *testing.T, f func(t *testing.T, s *store.Store)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if err := s.Write(t.Context(), fillShelf); err != nil {
			t.Fatal(err)
		}
		f(t, s)
	})
}

func TestInboxViews(t *testing.T) {
	eachShelf(t, func(t *testing.T, s *store.Store) {
		for view, want := range map[store.InboxView][]int64{
			store.ViewAll:        {1, 2, 3, 4, 5, 6, 7},
			store.ViewOpen:       {1, 2, 3, 4, 7},
			store.ViewMine:       {2, 4},
			store.ViewUnassigned: {1, 7},
			store.ViewWaiting:    {1, 2, 7},
			store.ViewLeft:       {3, 5},
			store.ViewResolved:   {5, 6},
			store.ViewUnread:     {1, 7},
		} {
			if got := numbers(t, s, store.InboxQuery{AgentID: "maya", View: view}); !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", view, got, want)
			}
		}
	})
}

func TestInboxFilters(t *testing.T) {
	field := func(key string, op rejoin.FieldOp, values ...string) rejoin.IssueFilter {
		return rejoin.IssueFilter{Fields: []rejoin.FieldFilter{{Key: key, Op: op, Value: values}}}
	}
	eachShelf(t, func(t *testing.T, s *store.Store) {
		for name, c := range map[string]struct {
			filter rejoin.IssueFilter
			want   []int64
		}{
			"nothing":             {rejoin.IssueFilter{}, []int64{1, 2, 3, 4, 5, 6, 7}},
			"states":              {rejoin.IssueFilter{States: []rejoin.IssueState{rejoin.New, rejoin.Resolved}}, []int64{1, 5}},
			"me":                  {rejoin.IssueFilter{Assignees: []string{rejoin.AssignedToMe}}, []int64{2, 4, 5}},
			"nobody or Jonas":     {rejoin.IssueFilter{Assignees: []string{rejoin.AssignedToNobody, "jonas"}}, []int64{1, 3, 6, 7}},
			"a queue":             {rejoin.IssueFilter{Queues: []string{"que_bills", "que_other"}}, []int64{2}},
			"in no queue":         {rejoin.IssueFilter{Queues: []string{rejoin.NoQueue}}, []int64{1, 3, 4, 5, 6, 7}},
			"an app":              {rejoin.IssueFilter{Apps: []string{"app"}, States: []rejoin.IssueState{rejoin.New}}, []int64{1}},
			"no such app":         {rejoin.IssueFilter{Apps: []string{"none"}}, nil},
			"web":                 {rejoin.IssueFilter{Platforms: []rejoin.PlatformKind{rejoin.Web}, Unread: true}, []int64{1, 6, 7}},
			"another platform":    {rejoin.IssueFilter{Platforms: []rejoin.PlatformKind{"ios"}}, nil},
			"English":             {rejoin.IssueFilter{Languages: []string{"EN"}}, []int64{1, 2}},
			"German of any kind":  {rejoin.IssueFilter{Languages: []string{"de"}}, []int64{3, 4}},
			"Austrian":            {rejoin.IssueFilter{Languages: []string{"de-AT", "fr"}}, []int64{4}},
			"any tag":             {rejoin.IssueFilter{TagsAny: []string{"shipping", "returns"}}, []int64{2, 4}},
			"all tags":            {rejoin.IssueFilter{TagsAll: []string{"shipping", "vip"}}, []int64{2}},
			"no tag":              {rejoin.IssueFilter{TagsNone: []string{"shipping", "returns"}}, []int64{1, 3, 5, 6, 7}},
			"tags together":       {rejoin.IssueFilter{TagsAny: []string{"vip"}, TagsNone: []string{"shipping"}}, []int64{3}},
			"follow-ups":          {rejoin.IssueFilter{FollowUps: []rejoin.FollowUpState{rejoin.FollowUpSent, rejoin.FollowUpSkipped}}, []int64{3, 5}},
			"an older follow-up":  {rejoin.IssueFilter{FollowUps: []rejoin.FollowUpState{rejoin.FollowUpFailed}}, nil},
			"ratings":             {rejoin.IssueFilter{Ratings: []int{1, 2}}, []int64{6}},
			"unread":              {rejoin.IssueFilter{Unread: true}, []int64{1, 6, 7}},
			"left":                {rejoin.IssueFilter{Left: true}, []int64{3, 5}},
			"created from":        {rejoin.IssueFilter{CreatedFrom: now - 60*hour}, []int64{1, 2, 3}},
			"created to":          {rejoin.IssueFilter{CreatedTo: now - 60*hour}, []int64{4, 5, 6, 7}},
			"updated between":     {rejoin.IssueFilter{UpdatedFrom: now - 3*hour, UpdatedTo: now - hour}, []int64{3, 4}},
			"of the last days":    {rejoin.IssueFilter{CreatedDays: 2}, []int64{1, 2}},
			"changed lately":      {rejoin.IssueFilter{UpdatedDays: 1, States: []rejoin.IssueState{rejoin.Rejected}}, []int64{6}},
			"field is":            {field("gift", rejoin.FieldIs, "true"), []int64{5}},
			"number is":           {field("size", rejoin.FieldIs, "12.5"), []int64{2}},
			"field is not":        {field("gift", rejoin.FieldIsNot, "true"), []int64{1, 2, 3, 4, 6, 7}},
			"one of":              {field("size", rejoin.FieldOneOf, "-3", "99"), []int64{3}},
			"contains":            {field("note", rejoin.FieldContains, "LEFT 10%"), []int64{2}},
			"contains a wildcard": {field("note", rejoin.FieldContains, "10_"), nil},
			"above":               {field("size", rejoin.FieldAbove, "-3"), []int64{2}},
			"below":               {field("size", rejoin.FieldBelow, "12.49"), []int64{3}},
			"a date":              {field("due", rejoin.FieldAbove, "86399999"), []int64{3}},
			"text is not below":   {field("note", rejoin.FieldBelow, "5"), nil},
			"set":                 {field("size", rejoin.FieldSet), []int64{2, 3}},
			"not set":             {field("size", rejoin.FieldNotSet), []int64{1, 4, 5, 6, 7}},
		} {
			f, err := c.filter.Check()
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if got := numbers(t, s, store.InboxQuery{AgentID: "maya", Now: now, Filters: []rejoin.IssueFilter{f}}); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
		both := []rejoin.IssueFilter{{TagsAny: []string{"vip"}}, {Assignees: []string{"jonas"}}}
		if got := numbers(t, s, store.InboxQuery{Filters: both}); !slices.Equal(got, []int64{3}) {
			t.Errorf("two filters: %v", got)
		}
	})
}

// TestWidestFilter asks with two filters that hold as much as fits. With a subquery for each entry SQLite refused them, and PostgreSQL planned for minutes.
func TestWidestFilter(t *testing.T) {
	list := func(n int, name string) (list []string) {
		for i := range n {
			list = append(list, name+strconv.Itoa(i))
		}
		return list
	}
	text := ""
	for i := range 200 {
		text += string(rune('一' + i)) // a word each
	}
	f := rejoin.IssueFilter{Assignees: list(100, "agt"), Apps: list(100, "app"), Languages: list(100, "l"), TagsAny: list(100, "t"), TagsAll: list(100, "t"),
		TagsNone: list(100, "n"), Text: text, Unread: true, Left: true}
	for i := range 20 {
		f.Fields = append(f.Fields, rejoin.FieldFilter{Key: "k" + strconv.Itoa(i), Op: rejoin.FieldOneOf, Value: list(5, "1")})
	}
	f, err := f.Check()
	if err != nil {
		t.Fatal(err)
	}
	eachShelf(t, func(t *testing.T, s *store.Store) {
		if got := numbers(t, s, store.InboxQuery{Now: now, Filters: []rejoin.IssueFilter{f, f}}); len(got) > 0 {
			t.Errorf("%v", got)
		}
	})
}

func TestInboxOrders(t *testing.T) {
	eachShelf(t, func(t *testing.T, s *store.Store) {
		for sort, want := range map[store.InboxSort][]int64{
			"":              {1, 2, 3, 4, 5, 6, 7},
			store.ByCreated: {1, 2, 3, 4, 5, 6, 7},
			store.ByWaiting: {2, 7, 1, 3, 4, 5, 6},
		} {
			if got := numbers(t, s, store.InboxQuery{Sort: sort}); !slices.Equal(got, want) {
				t.Errorf("%q: %v, want %v", sort, got, want)
			}
			var paged []int64
			q := store.InboxQuery{DomainID: "dom", Sort: sort, Limit: 2}
			for more := true; more; {
				err := s.Read(t.Context(), func(tx *store.Tx) error {
					rows, err := tx.Inbox(q)
					for _, r := range rows {
						paged = append(paged, r.Issue.Number)
						q.AfterKey, q.AfterID = sort.KeyOf(r.Issue), r.Issue.ID
					}
					more = len(rows) == 2
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			if !slices.Equal(paged, want) {
				t.Errorf("%q page by page: %v, want %v", sort, paged, want)
			}
		}
	})
}

func TestTagsAndFieldsStayInStep(t *testing.T) {
	eachShelf(t, func(t *testing.T, s *store.Store) {
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			if err := tx.SetTags("iss_2", []string{"late"}); err != nil {
				return err
			}
			if err := tx.SetTags("iss_3", nil); err != nil {
				return err
			}
			if err := tx.SetFields("iss_2", nil); err != nil {
				return err
			}
			return tx.SetFields("iss_3", rejoin.FieldValues{"size": {Type: rejoin.Number, Value: "40"}})
		})
		if err != nil {
			t.Fatal(err)
		}
		for want, f := range map[string]rejoin.IssueFilter{
			"[]": {TagsAny: []string{"vip", "shipping"}}, "[2]": {TagsAll: []string{"late"}},
			"[3]": {Fields: []rejoin.FieldFilter{{Key: "size", Op: rejoin.FieldAbove, Value: []string{"39"}}}},
		} {
			if got := fmt.Sprint(numbers(t, s, store.InboxQuery{Filters: []rejoin.IssueFilter{f}})); got != want {
				t.Errorf("%+v: %s, want %s", f, got, want)
			}
		}
		_ = s.Read(t.Context(), func(tx *store.Tx) error {
			two, _ := tx.Issue("iss_2")
			three, err := tx.Issue("iss_3")
			if err != nil || fmt.Sprint(two.Tags, two.Fields, three.Tags, three.Fields["size"].Value) != "[late] map[] []40" {
				t.Errorf("issues: %v %v and %v %v, %v", two.Tags, two.Fields, three.Tags, three.Fields, err)
			}
			return nil
		})
	})
}
