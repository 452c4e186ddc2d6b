package core_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/texts"
)

func TestUserData(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx := t.Context()
		_, token := s.Identify(core.Claim{JWT: s.JWT("uid", "77", "steam_id", "1")}, "")
		up, err := s.Core.Messages.Start(ctx, token, s.Made.Platform.ID, core.UserSend{ClientID: "first-message", Body: "Hello"}, core.Beginning{})
		if err != nil {
			t.Fatal(err)
		}
		user := func() rejoin.User { return s.Load(up.Issue.ID).User }
		many := map[string]any{}
		for n := range 100 {
			many[fmt.Sprint("key ", n)] = n
		}
		const limit, long = "MAX_KEY_VALUES_LIMIT_EXCEEDED", "MAX_KEY_VALUES_CHAR_LIMIT_EXCEEDED"
		for n, c := range []struct {
			scope string
			data  map[string]any
			want  string
		}{
			{"app", many, ""},
			{"app", map[string]any{"key 0": "replaced"}, ""},
			{"app", map[string]any{"one more": 1}, limit},
			{"app", map[string]any{}, ""},
			{"global", map[string]any{"age": 36.5, "vip": true, "name": "Ada \"Countess\" 🙂", "list": []any{"a", nil}}, ""},
			{"global", map[string]any{"age": nil}, ""},
			{"global", map[string]any{strings.Repeat("k", 1001): 1}, long},
			{"global", map[string]any{"k": strings.Repeat("ß", 1001)}, long},
			{"global", map[string]any{"k": strings.Repeat("ß", 1000)}, ""},
			{"global", map[string]any{"k": "a\x00b"}, long},
			{"global", map[string]any{"k": []any{"a\x00b"}}, long},
			{"global", map[string]any{"k": "\xff"}, long},
		} {
			if r, err := s.Core.Identities.SetData(ctx, token, c.scope, c.data); err != nil || r.Reason != c.want {
				t.Errorf("data %d: %+v, %v; want %q", n, r, err, c.want)
			}
		}
		if _, err := s.Core.Identities.SetData(ctx, token, "else", many); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("another scope: %v, want invalid", err)
		}
		a := user().Attributes
		want := map[string]any{"age": nil, "vip": true, "name": "Ada \"Countess\" 🙂", "list": []any{"a", nil}, "k": strings.Repeat("ß", 1000)}
		if d := cmp.Diff(want, a.Global); d != "" || len(a.App) != 100 || a.App["key 0"] != "replaced" || a.App["key 99"] != 99.0 {
			t.Errorf("the profile holds %d keys of the app and globally (-want +got):\n%s", len(a.App), d)
		}
	})
}

func TestIdentities(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx := t.Context()
		out, token := s.Identify(core.Claim{JWT: s.JWT("uid", "77", "email", "ada@example.org", "steam_id", "1")}, "")
		for name, c := range map[string]struct{ jwt, want string }{
			"one more":            {s.JWT("uid", "77", "steam_id", "2"), ""},
			"by the address":      {s.JWT("email", "ada@example.org", "steam_id", "2"), ""},
			"of nobody":           {s.JWT("steam_id", "3"), "IDENTITIES_INVALID_PAYLOAD"},
			"the same again":      {s.JWT("uid", "77", "email", "Ada@example.org", "steam_id", "2"), ""},
			"of another uid":      {s.JWT("uid", "78", "steam_id", "3"), "IDENTITIES_INVALID_PAYLOAD"},
			"of another address":  {s.JWT("email", "eve@example.org", "steam_id", "3"), "IDENTITIES_INVALID_PAYLOAD"},
			"signed by nobody":    {rejointest.MakeJWT("x", s.Clock.Now(), "steam_id", "3"), "IDENTITIES_INVALID_TOKEN"},
			"an unknown name":     {s.JWT("shoe_size", "3"), "IDENTITIES_INVALID_PAYLOAD"},
			"no token":            {"", "JWT_IS_INVALID"},
			"of a day and longer": {rejointest.MakeJWT(s.Secret(), s.Clock.Now()-25*3600_000, "steam_id", "3"), "IDENTITIES_INVALID_TOKEN"},
		} {
			if r, err := s.Core.Identities.AddIdentities(ctx, token, c.jwt); err != nil || r.Reason != c.want {
				t.Errorf("%s: %+v, %v; want %q", name, r, err, c.want)
			}
		}
		known := func() (list []rejoin.NamedIdentity) {
			t.Helper()
			err := s.Store.Read(ctx, func(tx *store.Tx) (err error) {
				list, err = tx.Identities(out.User.ID)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		if got := known(); len(got) != 2 || got[0].Value != "1" || got[1].Value != "2" {
			t.Errorf("the identities: %+v", got)
		}
		pairs := func(from, to int) (list []string) {
			for n := from; n < to; n++ {
				list = append(list, "psn_id", fmt.Sprint(n))
			}
			return list
		}
		for _, part := range [][2]int{{0, 29}, {29, 58}, {58, 87}, {70, 98}, {70, 98}} { // also when all are known
			if r, err := s.Core.Identities.AddIdentities(ctx, token, s.JWT(append(pairs(part[0], part[1]), "uid", "77")...)); err != nil || r.Reason != "" {
				t.Errorf("identities %v: %+v, %v", part, r, err)
			}
		}
		if r, err := s.Core.Identities.AddIdentities(ctx, token, s.JWT("uid", "77", "psn_id", "98")); err != nil || r.Reason != "IDENTITIES_INVALID_PAYLOAD" {
			t.Errorf("the 101st identity: %+v, %v", r, err)
		}
		if got := known(); len(got) != 100 {
			t.Errorf("%d identities, want 100", len(got))
		}
	})
}

func TestFullPrivacy(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx := t.Context()
		whoIs(s, s.Signed("77", "ada@example.org")) // the address is known from another conversation
		private := s.Signed("77", "")
		private.FullPrivacy, private.Email = true, "ada@example.org"
		for name, v := range map[string]*rejointest.Visitor{
			"logged in": s.VisitAs(private, "Hello", core.Beginning{FullPrivacy: true}),
			"anonymous": s.VisitAs(core.Claim{Name: "Ada"}, "Hello", core.Beginning{FullPrivacy: true}),
		} {
			th := s.Load(v.Issue.ID)
			if !th.Issue.FullPrivacy || th.Issue.LastSeq != 1 || name == "anonymous" && th.User.Name != "" {
				t.Errorf("%s: %+v of %+v", name, th.Issue, th.User)
			}
			v.Say("ada@example.org")
			s.Reply(v, "An answer.")
			s.Advance(24 * 3600e9)
			th = s.Load(v.Issue.ID)
			if f := th.FollowUp; f == nil || f.State != rejoin.FollowUpSkipped || f.Reason != rejoin.ReasonNoAddress || f.Address != "" {
				t.Errorf("%s: the follow-up is %+v, want skipped for want of an address", name, f)
			}
			file := upload(s, v.Token, "a.txt", "a")
			if err := v.Send(core.UserSend{ClientID: s.NewClientID(), Attachments: []string{file.ID}}); rejoin.CodeOf(err) != rejoin.Forbidden {
				t.Errorf("%s: a file: %v, want forbidden", name, err)
			}
			agents, err := s.Core.Attachments.AddAsAgent(ctx, s.Maya, core.Upload{ClientID: s.NewClientID(), Name: "a.txt", Body: strings.NewReader("a")})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Core.Messages.SendAsAgent(ctx, s.Maya, v.Issue.ID, s.NewClientID(), "", agents.ID); err != nil {
				t.Errorf("%s: an agent's file: %v", name, err)
			}
		}
		if n := len(s.Mails()); n != 0 {
			t.Errorf("%d e-mails under full privacy", n)
		}
	})
}

func TestBotSpeaksTheUsersLanguage(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		for given, want := range map[string]string{"de": "de", "pt-BR": "pt-br", "zh-Hant-TW": "zh-Hant", "he": "iw", "tlh": "en", "": "en"} {
			for _, b := range []core.Beginning{{Language: given}, {Meta: rejoin.Meta{Language: given}}, {Language: given, Meta: rejoin.Meta{Language: "fr"}}} {
				if given == "" {
					b.Meta.Language = ""
				}
				m := s.Load(s.VisitAs(core.Claim{}, "Hello", b).Issue.ID).Messages
				if say := texts.Of(want); len(m) != 2 || m[1].Body != say["bot.ask_name"] || m[1].AuthorName != say["bot.name"] || m[1].Body == "" {
					t.Errorf("in %q the bot says %+v", given, m)
				}
			}
		}
	})
}
