package chatapi_test

import (
	"testing"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/core"
)

// TestEndings goes from the resolution question to the rating, with a no on the way.
func TestEndings(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		v := d.Visit("Where is my parcel?")
		path := "/issues/" + v.Issue.ID
		now := func() chatapi.Issue {
			t.Helper()
			return decode[chatapi.Conversations](t, d.do(get("/issues", v.Token))).Issues[0]
		}
		answer := func(accepted bool) chatapi.Update {
			t.Helper()
			return decode[chatapi.Update](t, d.do(post(path+"/resolution", v.Token, chatapi.Resolution{ClientID: d.NewClientID(), Accepted: accepted})))
		}
		say := func(text string) response {
			return d.do(post(path+"/messages", v.Token, chatapi.Send{ClientID: d.NewClientID(), Body: text}))
		}
		d.resolve(v.Issue.ID)
		if i := now(); i.State != rejoin.Resolved || i.Closing != rejoin.AskHelped {
			t.Errorf("resolved: %+v", i)
		}
		d.failure(d.do(post(path+"/feedback", v.Token, chatapi.Feedback{Rating: 5})), 409, rejoin.Conflict, "")
		if up := answer(false); up.Issue.Closing != rejoin.Declined || up.Issue.State != rejoin.Resolved {
			t.Errorf("no: %+v", up.Issue)
		}
		d.unchanged(func() { answer(false) })
		d.failure(d.do(post(path+"/resolution", v.Token, chatapi.Resolution{ClientID: d.NewClientID(), Accepted: true})), 409, rejoin.Conflict, "")
		if up := decode[chatapi.Update](t, say("It is not here")); !up.Issue.State.Open() || up.Issue.Closing != "" {
			t.Errorf("writing reopens: %+v", up.Issue)
		}
		d.resolve(v.Issue.ID)
		if up := decode[chatapi.Update](t, say("Still not")); !up.Issue.State.Open() || up.Issue.Closing != "" {
			t.Errorf("writing instead of an answer reopens: %+v", up.Issue)
		}
		d.resolve(v.Issue.ID)
		up := answer(true)
		if m := up.Messages; up.Issue.Closing != rejoin.AskRating || len(m) == 0 || m[len(m)-1].Kind != rejoin.Accepted || m[len(m)-1].Body != core.AcceptedBody {
			t.Errorf("yes: %+v", up)
		}
		d.failure(say("One more thing"), 409, rejoin.Conflict, "")
		rating := chatapi.Feedback{Rating: 4, Comment: "Quick, <b>thank you</b>"}
		for range 2 {
			done := decode[chatapi.Update](t, d.do(post(path+"/feedback", v.Token, rating)))
			if done.Issue.Closing != rejoin.Ended || done.Issue.Rating != 4 {
				t.Errorf("rated: %+v", done.Issue)
			}
		}
		d.unchanged(func() {
			d.failure(d.do(post(path+"/feedback", v.Token, chatapi.Feedback{Rating: 1})), 409, rejoin.Conflict, "")
			d.failure(say("One more thing"), 409, rejoin.Conflict, "")
		})
		if e := d.Load(v.Issue.ID).Issue.Ending; e.Comment != rating.Comment || e.Rating != 4 || e.RatedAt == 0 {
			t.Errorf("agents see %+v", e)
		}
		next := decode[chatapi.Update](t, d.do(post("/issues", v.Token, d.newIssue("Another thing"))))
		if next.Issue.Closing != "" || next.Issue.ID == v.Issue.ID {
			t.Errorf("a new conversation: %+v", next.Issue)
		}
	})
}

// TestEndingsThatAskLess skips the rating, the question, or both.
func TestEndingsThatAskLess(t *testing.T) {
	d := sqlite(t)
	ends := func(question, csat bool, close rejoin.IssueState) chatapi.Issue {
		t.Helper()
		p, err := d.Core.Apps.Page(t.Context(), d.Maya, d.Made.App.ID)
		if err != nil {
			t.Fatal(err)
		}
		web := p.App.Settings.WebChat
		web.ResolutionQuestion, web.CSAT = question, csat
		if _, err := d.Core.Apps.SetWebChat(t.Context(), d.Maya, d.Made.App.ID, web, p.Platform.AllowedOrigins); err != nil {
			t.Fatal(err)
		}
		v := d.Visit("Hello")
		if err := d.Core.Issues.Close(t.Context(), d.Maya, v.Issue.ID, close, ""); err != nil {
			t.Fatal(err)
		}
		return decode[chatapi.Conversations](t, d.do(get("/issues", v.Token))).Issues[0]
	}
	for _, c := range []struct {
		question, csat bool
		close          rejoin.IssueState
		want           rejoin.Closing
	}{
		{true, true, rejoin.Resolved, rejoin.AskHelped}, {true, false, rejoin.Resolved, rejoin.AskHelped}, {false, true, rejoin.Resolved, rejoin.AskRating},
		{false, false, rejoin.Resolved, rejoin.Ended}, {true, true, rejoin.Rejected, rejoin.Ended},
	} {
		if got := ends(c.question, c.csat, c.close); got.Closing != c.want || got.State != c.close {
			t.Errorf("%+v: %+v", c, got)
		}
	}
	v := d.Visit("Hello")
	d.resolve(v.Issue.ID) // both are on again: see the last case
	path := "/issues/" + v.Issue.ID
	decode[chatapi.Update](t, d.do(post(path+"/resolution", v.Token, chatapi.Resolution{ClientID: d.NewClientID(), Accepted: true})))
	later := decode[chatapi.Update](t, d.do(post(path+"/feedback", v.Token, chatapi.Feedback{})))
	if later.Issue.Closing != rejoin.Ended || later.Issue.Rating != 0 {
		t.Errorf("not now: %+v", later.Issue)
	}
}
