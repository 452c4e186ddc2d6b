package core_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
)

func TestLabels(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, l := t.Context(), s.Core.Labels
		for _, name := range []string{"vip", " shop  floor ", "old"} {
			if _, err := l.AddTag(ctx, s.Maya, name); err != nil {
				t.Fatal(err)
			}
		}
		for name, want := range map[string]rejoin.Code{"vip": rejoin.Conflict, "": rejoin.Invalid, strings.Repeat("ß", 101): rejoin.Invalid} {
			if _, err := l.AddTag(ctx, s.Maya, name); rejoin.CodeOf(err) != want {
				t.Errorf("the tag %.20q: %v, want %s", name, err, want)
			}
		}
		tags, err := l.Tags(ctx, s.Colleague())
		if err != nil || len(tags) != 3 || tags[1].Name != "shop floor" {
			t.Fatalf("the tags: %+v, %v", tags, err)
		}
		if tags, err = l.ArchiveTag(ctx, s.Maya, tags[0].ID, true); err != nil || tags[0].ArchivedAt != s.Clock.Now() {
			t.Errorf("archiving: %+v, %v", tags, err)
		}
		for _, f := range []rejoin.CustomField{{Key: "plan", Label: "Plan", Type: rejoin.Dropdown, Options: []string{"free", "paid"}}, {Key: "since", Label: "Since", Type: rejoin.Date},
			{Key: "gone", Label: "Gone", Type: rejoin.SingleLine}} {
			if _, err := l.AddField(ctx, s.Maya, f); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := l.AddField(ctx, s.Maya, rejoin.CustomField{Key: "plan", Label: "Other", Type: rejoin.Checkbox}); rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("a key twice: %v, want conflict", err)
		}
		fields, err := l.Fields(ctx, s.Maya)
		if err != nil || len(fields) != 3 || fields[2].Key != "gone" || len(fields[0].Options) != 2 {
			t.Fatalf("the fields: %+v, %v", fields, err)
		}
		if _, err := l.ArchiveField(ctx, s.Maya, fields[2].ID, true); err != nil {
			t.Fatal(err)
		}
		given := core.Beginning{Tags: []string{"vip", "Vip", "old", "shop floor", "vip"}, Fields: map[string]core.GivenField{
			"plan": {Type: rejoin.Dropdown, Value: "paid"}, "since": {Type: rejoin.Date, Value: "yesterday"}, "gone": {Type: rejoin.SingleLine, Value: "x"},
			"none": {Type: rejoin.Checkbox, Value: true},
		}}
		begin := func() core.Update {
			up, err := s.Core.Messages.Start(ctx, identity.NewToken(), s.Made.Platform.ID, core.UserSend{ClientID: s.NewClientID(), Body: "Hello"}, given)
			if err != nil {
				t.Fatal(err)
			}
			return up
		}
		up := begin()
		i := s.Load(up.Issue.ID).Issue
		if d := cmp.Diff([]string{"vip", "shop floor"}, i.Tags); d != "" {
			t.Errorf("tags (-want +got):\n%s", d)
		}
		if d := cmp.Diff(rejoin.FieldValues{"plan": {Type: rejoin.Dropdown, Value: "paid"}}, i.Fields); d != "" {
			t.Errorf("fields (-want +got):\n%s", d)
		}
		for n, name := range []string{`tag "Vip"`, `tag "old"`, `field "gone"`, `field "none"`, `field "since"`} {
			if len(up.Dropped) != 5 || !strings.HasPrefix(up.Dropped[n], name+": ") {
				t.Fatalf("dropped: %q, want %s at %d", up.Dropped, name, n)
			}
		}
		if _, err := l.ArchiveTag(ctx, s.Maya, tags[0].ID, false); err != nil {
			t.Fatal(err)
		}
		if got := begin().Issue.Tags; len(got) != 3 {
			t.Errorf("with the tag back in use the issue has %q", got)
		}
		if got := s.Load(i.ID).Issue.Tags; len(got) != 2 {
			t.Errorf("the earlier issue has %q now", got)
		}
	})
}

func TestBrowsers(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, b, noor := t.Context(), s.Core.Browsers, s.Colleague()
		v := s.VisitAs(s.Signed("77", ""), "Hello", core.Beginning{Device: "Firefox on Linux"})
		_, second := s.Identify(s.Signed("77", ""), "")
		_, third := s.Identify(s.Signed("77", ""), "")
		list, err := b.List(ctx, s.Maya, v.Issue.UserID)
		if err != nil || len(list) != 3 {
			t.Fatalf("%d sessions, %v; want 3", len(list), err)
		}
		id := ""
		for _, session := range list {
			if session.Device != "" {
				id = core.SessionID(session)
			}
			if !session.Login || !session.Verified {
				t.Errorf("a session: %+v", session)
			}
		}
		if list, err = b.Revoke(ctx, s.Maya, v.Issue.UserID, id); err != nil || len(list) != 2 {
			t.Errorf("after ending one %d are left: %v", len(list), err)
		}
		if opened(s, v.Token) != nil || opened(s, second) == nil {
			t.Error("not the one session that was named has ended")
		}
		for _, wrong := range []string{id, "", "x"} {
			if _, err := b.Revoke(ctx, s.Maya, v.Issue.UserID, wrong); rejoin.CodeOf(err) != rejoin.NotFound {
				t.Errorf("ending the session %q: %v, want not_found", wrong, err)
			}
		}
		for range 2 {
			if list, err = b.Revoke(ctx, noor, v.Issue.UserID, "all"); err != nil || len(list) != 0 {
				t.Errorf("after ending all %d are left: %v", len(list), err)
			}
		}
		if opened(s, second) != nil || opened(s, third) != nil {
			t.Error("a session goes on after all were ended")
		}
		if out, token := s.Identify(s.Signed("77", ""), second); !out.Known || opened(s, token) == nil {
			t.Errorf("logging in again: %+v", out)
		}
		if list, err := b.List(ctx, s.Maya, "usr_x"); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("nobody's sessions: %+v, %v", list, err)
		}
	})
}

func TestAudit(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, app, a := t.Context(), s.Made.App.ID, s.Maya
		v := s.VisitAs(s.Signed("77", ""), "Hello", core.Beginning{})
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		p, err := s.Core.Verification.MakeSecret(ctx, a, app)
		must(err)
		must(failure(s.Core.Verification.Page(ctx, a, app)))
		must(failure(s.Core.Verification.Reveal(ctx, a, app, p.Secrets[1].ID)))
		must(failure(s.Core.Verification.DeleteSecret(ctx, a, app, p.Secrets[1].ID)))
		must(failure(s.Core.Verification.Require(ctx, a, app, true))) // nothing new
		must(failure(s.Core.Verification.Require(ctx, a, app, false)))
		must(failure(s.Core.Verification.Require(ctx, a, app, true)))
		must(failure(s.Core.Browsers.Revoke(ctx, a, v.Issue.UserID, "all")))
		must(s.Core.Issues.RevokeLinks(ctx, a, v.Issue.ID))
		tags, err := s.Core.Labels.AddTag(ctx, a, "vip")
		must(err)
		must(failure(s.Core.Labels.ArchiveTag(ctx, a, tags[0].ID, true)))
		must(failure(s.Core.Labels.ArchiveTag(ctx, a, tags[0].ID, false)))
		fields, err := s.Core.Labels.AddField(ctx, a, rejoin.CustomField{Key: "plan", Label: "Plan", Type: rejoin.SingleLine})
		must(err)
		must(failure(s.Core.Labels.ArchiveField(ctx, a, fields[0].ID, true)))
		must(failure(s.Core.Labels.ArchiveField(ctx, a, fields[0].ID, false)))
		if _, err := s.Core.Labels.AddTag(ctx, a, "vip"); err == nil { // refused: nothing was done
			t.Error("a tag twice")
		}
		page, err := s.Core.Audit.Page(ctx, a, rejoin.AuditFilter{}, "")
		must(err)
		got := []string{}
		for _, e := range page.Entries {
			got = append([]string{string(e.Act)}, got...)
			if e.AgentID != a.ID || e.AgentName != "Maya" || e.Target == "" || e.CreatedAt == 0 || strings.Contains(e.Target, s.Secret()) {
				t.Errorf("an entry: %+v", e)
			}
		}
		want := "settings_changed secret_made secret_seen secret_deleted verification_off verification_on sessions_revoked links_revoked " +
			"tag_made tag_archived tag_restored field_made field_archived field_restored"
		if d := cmp.Diff(want, strings.Join(got, " ")); d != "" || page.Next != "" {
			t.Errorf("the log (-want +got), next page %q:\n%s", page.Next, d)
		}
		for n := range 90 { // at one moment
			must(failure(s.Core.Labels.AddTag(ctx, a, fmt.Sprint("tag ", n))))
		}
		seen, cursor := map[string]bool{}, ""
		for range 4 {
			page, err := s.Core.Audit.Page(ctx, a, rejoin.AuditFilter{}, cursor)
			must(err)
			for _, e := range page.Entries {
				seen[e.ID] = true
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		if len(seen) != 104 || cursor != "" {
			t.Errorf("all pages hold %d entries, want 104", len(seen))
		}
		for _, bad := range []string{"x", "1", ".aud", "0.aud", "-1.aud", "1.\x00"} {
			if _, err := s.Core.Audit.Page(ctx, a, rejoin.AuditFilter{}, bad); rejoin.CodeOf(err) != rejoin.Invalid {
				t.Errorf("the cursor %q: %v, want invalid", bad, err)
			}
		}
	})
}
