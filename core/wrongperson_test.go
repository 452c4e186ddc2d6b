package core_test

import (
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
)

// Agents of another company are told that nothing exists; agents who are no administrators, that they may not.
func TestWrongAgent(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, app, gil, noor := t.Context(), s.Made.App.ID, s.Second().Admin, s.Colleague()
		v := s.VisitAs(s.Signed("77", ""), "Hello", core.Beginning{})
		file := upload(s, v.Token, "a.txt", "a")
		p, err := s.Core.Verification.Page(ctx, s.Maya, app)
		if err != nil {
			t.Fatal(err)
		}
		secret := p.Secrets[0].ID
		tags, err := s.Core.Labels.AddTag(ctx, s.Maya, "vip")
		if err != nil {
			t.Fatal(err)
		}
		fields, err := s.Core.Labels.AddField(ctx, s.Maya, rejoin.CustomField{Key: "plan", Label: "Plan", Type: rejoin.SingleLine})
		if err != nil {
			t.Fatal(err)
		}
		c := s.Core
		for name, use := range map[string]struct {
			do        func(rejoin.Agent) error
			gil, noor rejoin.Code // "" is allowed
		}{
			"see verification":    {func(a rejoin.Agent) error { _, err := c.Verification.Page(ctx, a, app); return err }, rejoin.NotFound, rejoin.Forbidden},
			"switch verification": {func(a rejoin.Agent) error { _, err := c.Verification.Require(ctx, a, app, false); return err }, rejoin.NotFound, rejoin.Forbidden},
			"make a secret":       {func(a rejoin.Agent) error { _, err := c.Verification.MakeSecret(ctx, a, app); return err }, rejoin.NotFound, rejoin.Forbidden},
			"delete a secret":     {func(a rejoin.Agent) error { _, err := c.Verification.DeleteSecret(ctx, a, app, secret); return err }, rejoin.NotFound, rejoin.Forbidden},
			"see a secret":        {func(a rejoin.Agent) error { _, err := c.Verification.Reveal(ctx, a, app, secret); return err }, rejoin.NotFound, rejoin.Forbidden},
			"test a token": {func(a rejoin.Agent) error {
				_, err := c.Verification.Test(ctx, a, app, core.Claim{UserID: "1"})
				return err
			}, rejoin.NotFound, rejoin.Forbidden},
			"add a tag":     {func(a rejoin.Agent) error { _, err := c.Labels.AddTag(ctx, a, "mine"); return err }, "", rejoin.Forbidden},
			"archive a tag": {func(a rejoin.Agent) error { _, err := c.Labels.ArchiveTag(ctx, a, tags[0].ID, true); return err }, rejoin.NotFound, rejoin.Forbidden},
			"add a field": {func(a rejoin.Agent) error {
				_, err := c.Labels.AddField(ctx, a, rejoin.CustomField{Key: "mine", Label: "Mine", Type: rejoin.Date})
				return err
			}, "", rejoin.Forbidden},
			"archive a field": {func(a rejoin.Agent) error { _, err := c.Labels.ArchiveField(ctx, a, fields[0].ID, true); return err }, rejoin.NotFound, rejoin.Forbidden},
			"read the log":    {func(a rejoin.Agent) error { _, err := c.Audit.Page(ctx, a, rejoin.AuditFilter{}, ""); return err }, "", rejoin.Forbidden},
			"see browsers":    {func(a rejoin.Agent) error { _, err := c.Browsers.List(ctx, a, v.Issue.UserID); return err }, rejoin.NotFound, ""},
			"end sessions":    {func(a rejoin.Agent) error { _, err := c.Browsers.Revoke(ctx, a, v.Issue.UserID, "x"); return err }, rejoin.NotFound, rejoin.NotFound},
			"send a visitor's file": {func(a rejoin.Agent) error {
				return c.Messages.SendAsAgent(ctx, a, v.Issue.ID, s.NewClientID(), "x", file.ID)
			},
				rejoin.NotFound, rejoin.Invalid},
		} {
			if err := use.do(gil); rejoin.CodeOf(err) != use.gil || use.gil == "" && err != nil {
				t.Errorf("%s, another company: %v, want %s", name, err, use.gil)
			}
			if err := use.do(noor); rejoin.CodeOf(err) != use.noor || use.noor == "" && err != nil {
				t.Errorf("%s, an agent who is no administrator: %v, want %s", name, err, use.noor)
			}
		}
		if list, err := c.Labels.Tags(ctx, gil); err != nil || len(list) != 1 || list[0].Name != "mine" {
			t.Errorf("another company sees the tags %+v, %v", list, err)
		}
		if list, err := c.Labels.Fields(ctx, gil); err != nil || len(list) != 1 || list[0].Key != "mine" {
			t.Errorf("another company sees the fields %+v, %v", list, err)
		}
		log, err := c.Audit.Page(ctx, gil, rejoin.AuditFilter{}, "")
		for _, e := range log.Entries {
			if e.DomainID != gil.DomainID {
				t.Errorf("another company reads %+v", e)
			}
		}
		if err != nil || len(log.Entries) != 2 {
			t.Errorf("another company's log has %d entries, want its own two: %v", len(log.Entries), err)
		}
		if len(opened(s, v.Token)) != 1 {
			t.Error("after all that the visitor's session has ended")
		}
	})
}

// What a token opens, and what it does not.
func TestWrongVisitor(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx := t.Context()
		w := newWays(t, s)
		_, guest := w.come(w.quiet, "", false)
		_, byJWT := s.Identify(core.Claim{JWT: s.JWT("uid", "5")}, "")
		other := s.Second()
		foreign := identity.NewToken()
		if _, err := s.Core.Messages.Start(ctx, foreign, other.Platform.ID, core.UserSend{ClientID: "elsewhere", Body: "Hello"}, core.Beginning{}); err != nil {
			t.Fatal(err)
		}
		revoked := s.Visit("Hello")
		if err := s.Core.Identities.Logout(ctx, revoked.Token); err != nil {
			t.Fatal(err)
		}
		s.End(w.named, rejoin.Resolved)
		for who, c := range map[string]struct {
			token string
			want  rejoin.Code
		}{
			"a guess":                 {identity.NewToken(), rejoin.Unauthenticated},
			"no token":                {"", rejoin.Unauthenticated},
			"a hash":                  {identity.Hash(w.named.Token), rejoin.Unauthenticated},
			"a revoked token":         {revoked.Token, rejoin.Unauthenticated},
			"another app's token":     {foreign, rejoin.NotFound},
			"somebody else's":         {byJWT, rejoin.NotFound},
			"an anonymous person":     {w.quiet.Token, rejoin.NotFound},
			"a link of another issue": {guest, rejoin.NotFound},
		} {
			id := w.named.Issue.ID
			for what, err := range map[string]error{
				"reads":   failure(s.Core.Messages.After(ctx, c.token, id, core.Cursor{})),
				"pages":   failure(s.Core.Messages.Before(ctx, c.token, id, 10, 10)),
				"writes":  failure(s.Core.Messages.SendAsUser(ctx, c.token, id, core.UserSend{ClientID: s.NewClientID(), Body: "x"})),
				"answers": failure(s.Core.Endings.Resolve(ctx, c.token, id, core.Answer{ClientID: s.NewClientID(), Accepted: true})),
				"rates":   failure(s.Core.Endings.Rate(ctx, c.token, id, core.Rating{Stars: 1})),
				"marks":   failure(s.Core.Messages.ReadAsUser(ctx, c.token, id, 1)),
				"types":   s.Core.Messages.TypingAsUser(ctx, c.token, id),
			} {
				if rejoin.CodeOf(err) != c.want {
					t.Errorf("%s %s: %v, want %s", who, what, err, c.want)
				}
			}
		}
		if i := s.Load(w.named.Issue.ID).Issue; i.Ending.Closing != rejoin.AskHelped || i.Ending.Rating != 0 {
			t.Errorf("after all that the end is %+v", i.Ending)
		}
		for name, token := range map[string]string{"a link": guest, "an HMAC login": w.named.Token, "an anonymous person": w.quiet.Token} {
			r, err := s.Core.Identities.AddIdentities(ctx, token, s.JWT("steam_id", "1"))
			if err != nil || r.Reason != string(identity.JWTFeatureDisabled) {
				t.Errorf("%s adds identities: %+v, %v", name, r, err)
			}
			if r, err = s.Core.Identities.SetData(ctx, token, "app", map[string]any{"a": "b"}); err != nil || r.Reason != string(identity.JWTFeatureDisabled) {
				t.Errorf("%s sets data: %+v, %v", name, r, err)
			}
		}
		out, token := s.Identify(s.Signed("99", ""), guest)
		if out.Known || opened(s, token) != nil || s.Load(w.quiet.Issue.ID).User.LoggedIn() {
			t.Errorf("logging in with a link's session: %+v opens %v", out, opened(s, token))
		}
		if _, err := s.Core.Messages.Start(ctx, w.named.Token, other.Platform.ID, core.UserSend{ClientID: "wrong-platform", Body: "x"}, core.Beginning{}); rejoin.CodeOf(err) != rejoin.Forbidden {
			t.Errorf("a session of another app begins a conversation: %v", err)
		}
		s.Clock.Advance(7*24*time.Hour + time.Minute)
		if got := opened(s, w.named.Token); got != nil {
			t.Errorf("after 7 days a login opens %v", got)
		}
	})
}

// failure is the error of a call.
func failure[T any](_ T, err error) error { return err }

// A token that was made for another session cannot be taken over by presenting it as fresh.
func TestSessionTokensAreFresh(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ada, quiet := s.VisitAs(s.Signed("77", ""), "Hello", core.Beginning{}), s.Visit("Hello")
		whoIs(s, s.Signed("88", ""))
		for name, used := range map[string]string{"somebody else's": ada.Token, "an anonymous person's": quiet.Token, "none": "", "a short one": "x"} {
			_, err := s.Core.Identities.Identify(t.Context(), core.Identify{PlatformID: s.Made.Platform.ID, Claim: s.Signed("88", ""), Session: used})
			if rejoin.CodeOf(err) != rejoin.Invalid {
				t.Errorf("%s: %v, want invalid", name, err)
			}
		}
		if got := s.Load(ada.Issue.ID).User.ExternalID; got != "77" || len(opened(s, ada.Token)) != 1 {
			t.Errorf("the session is of %q and opens %v", got, opened(s, ada.Token))
		}
	})
}
