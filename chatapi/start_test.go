package chatapi_test

import (
	"slices"
	"strings"
	"testing"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/identity"
)

// label defines a tag and fields, one of each archived.
func (d *door) label() {
	d.T.Helper()
	ctx := d.T.Context()
	must := func(err error) {
		d.T.Helper()
		if err != nil {
			d.T.Fatal(err)
		}
	}
	_, err := d.Core.Labels.AddTag(ctx, d.Maya, "vip")
	must(err)
	tags, err := d.Core.Labels.AddTag(ctx, d.Maya, "gone")
	must(err)
	at := slices.IndexFunc(tags, func(t rejoin.Tag) bool { return t.Name == "gone" })
	_, err = d.Core.Labels.ArchiveTag(ctx, d.Maya, tags[at].ID, true)
	must(err)
	for _, f := range []rejoin.CustomField{{Key: "order", Label: "Order", Type: rejoin.SingleLine}, {Key: "due", Label: "Due", Type: rejoin.Date},
		{Key: "gift", Label: "Gift", Type: rejoin.Checkbox}, {Key: "size", Label: "Size", Type: rejoin.Dropdown, Options: []string{"S", "M"}}} {
		_, err = d.Core.Labels.AddField(ctx, d.Maya, f)
		must(err)
	}
}

func TestFirstMessageBringsLabels(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		d.label()
		in := d.newIssue("Where is my parcel?")
		in.Language = "pt_BR"
		in.Tags = []string{"vip", "vip", "VIP", "gone", "<script>", "a\x00b"}
		in.Fields = map[string]chatapi.Field{"order": {Type: "singleline", Value: "A-17"}, "due": {Type: "date", Value: 1772532000000.0}, "gift": {Type: "checkbox", Value: true},
			"size": {Type: "dropdown", Value: "XL"}, "none": {Type: "singleline", Value: "x"}, "a\x00": {Type: "x"}}
		token := identity.NewToken()
		up := decode[chatapi.Update](t, d.do(post("/issues", token, in)))
		if n := len(up.Dropped); n != 7 {
			t.Errorf("%d are dropped: %q", n, up.Dropped)
		}
		for _, what := range []string{`"VIP"`, `"gone"`, `"<script>"`, `"size"`, `"none"`} {
			if !slices.ContainsFunc(up.Dropped, func(s string) bool { return strings.Contains(s, what) }) {
				t.Errorf("%s is not among %q", what, up.Dropped)
			}
		}
		th := d.Load(up.Issue.ID)
		if !slices.Equal(th.Issue.Tags, []string{"vip"}) || len(th.Issue.Fields) != 3 || th.Issue.Fields["due"].Words() != "2026-03-03" || th.User.Language != "pt-br" {
			t.Errorf("agents see %v, %+v in %q", th.Issue.Tags, th.Issue.Fields, th.User.Language)
		}
		if again := decode[chatapi.Update](t, d.do(post("/issues", token, in))); again.Issue.ID != up.Issue.ID {
			t.Errorf("the repeat is %+v", again.Issue)
		}
	})
}

// TestFirstMessageNamesThePerson makes the profile only now.
func TestFirstMessageNamesThePerson(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		secret := d.ours()
		ada := signed(secret, "ada-1", "ada@example.org")
		ada.Name = strings.Repeat("A", 300)
		token, up := d.writes(ada, "Hello")
		u := d.userOf(up.Issue.ID)
		if u.ExternalID != "ada-1" || !u.Verified || u.EmailSource != rejoin.VerifiedEmail || len(u.Name) != rejoin.MaxUserName {
			t.Errorf("the user is %+v", u)
		}
		d.opens(token, up.Issue.ID)
		second, more := d.writes(ada, "Hello from elsewhere")
		if d.userOf(more.Issue.ID).ID != u.ID {
			t.Error("the second browser made another profile")
		}
		d.opens(second, up.Issue.ID, more.Issue.ID)
		// The session decides: a page that names somebody else later does not change whose it is.
		in := d.newIssue("As Bert")
		bert := signed(secret, "bert-1", "")
		in.Identity = &bert
		if third := decode[chatapi.Update](t, d.do(post("/issues", token, in))); d.userOf(third.Issue.ID).ID != u.ID {
			t.Error("the login became somebody else's")
		}
		private := signed(secret, "carol-1", "")
		private.Email, private.Name, private.FullPrivacy = "carol@example.org", "Carol", true
		_, hidden := d.writes(private, "Hello")
		if u := d.userOf(hidden.Issue.ID); u.ExternalID != "carol-1" || !u.Verified || u.Name != "" || u.Email != "" || !hidden.Issue.FullPrivacy {
			t.Errorf("under full privacy: %+v, %+v", u, hidden.Issue)
		}
	})
}
