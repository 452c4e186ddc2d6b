package chatapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
)

// wrongPerson is somebody who says that they are Ada, or who says it in a way that counts no longer.
type wrongPerson struct {
	name   string
	who    chatapi.Identity
	reason string
}

func wrongPeople(d *door) (list []wrongPerson) {
	d.T.Helper()
	old, oldID := d.secret(d.Maya, d.Made.App.ID)
	replayed, replayedJWT := signed(old, "ada-1", "ada@example.org"), d.login(old, "ada-1")
	d.Clock.Advance(time.Second)
	if _, err := d.Core.Verification.MakeSecret(d.T.Context(), d.Maya, d.Made.App.ID); err != nil {
		d.T.Fatal(err)
	}
	secret := d.ours()
	if _, err := d.Core.Verification.DeleteSecret(d.T.Context(), d.Maya, d.Made.App.ID, oldID); err != nil {
		d.T.Fatal(err)
	}
	d.writes(signed(secret, "ada-1", "ada@example.org"), "I am Ada")
	d.writes(signed(secret, "eve-1", "eve@example.org"), "I am Eve")
	other := d.otherApp()
	foreign, _ := d.secret(other.Admin, other.App.ID)
	eve := signed(secret, "eve-1", "eve@example.org").AuthToken
	hm := func(token string) chatapi.Identity {
		return chatapi.Identity{UserID: "ada-1", Email: "ada@example.org", AuthToken: token}
	}
	ada := func(token string) chatapi.Identity { return chatapi.Identity{UserID: "ada-1", IdentityToken: token} }
	late, ended := d.claims("ada-1"), d.claims("ada-1")
	late["iat"] = d.Clock.Now()/1000 - 25*3600
	ended["exp"] = d.Clock.Now() / 1000
	good := strings.Split(d.login(secret, "ada-1"), ".")
	none := strings.Split(jwt(d.T, secret, `{"alg":"none"}`, d.claims("ada-1")), ".")
	const invalid = "IDENTITIES_INVALID_TOKEN"
	return []wrongPerson{
		{"no token", hm(""), core.MissingToken},
		{"guessed token", hm(identity.NewToken()), core.InvalidToken},
		{"guess of the right form", hm(signed("guess", "ada-1", "ada@example.org").AuthToken), core.InvalidToken},
		{"token of a deleted secret", replayed, core.InvalidToken},
		{"token of another app", hm(signed(foreign, "ada-1", "ada@example.org").AuthToken), core.InvalidToken},
		{"one's own token", hm(eve), core.InvalidToken},
		{"one's own token and id", chatapi.Identity{UserID: "eve-1", Email: "ada@example.org", AuthToken: eve}, core.InvalidToken},
		{"token for less", hm(signed(secret, "ada-1", "").AuthToken), core.InvalidToken},
		{"the secret's empty name", hm(signed("", "ada-1", "ada@example.org").AuthToken), core.InvalidToken},
		{"e-mail alone", chatapi.Identity{Email: "ada@example.org"}, core.MissingToken},
		{"JWT as a signature", hm(d.login(secret, "ada-1")), core.InvalidToken},
		{"JWT of yesterday", ada(jwt(d.T, secret, hs256, late)), invalid},
		{"JWT that has expired", ada(jwt(d.T, secret, hs256, ended)), invalid},
		{"JWT without a signature", ada(none[0] + "." + none[1] + "."), invalid},
		{"JWT of alg none, signed", ada(strings.Join(none, ".")), invalid},
		{"JWT of alg None", ada(jwt(d.T, secret, `{"alg":"None"}`, d.claims("ada-1"))), invalid},
		{"JWT of another algorithm", ada(jwt(d.T, secret, `{"alg":"HS384"}`, d.claims("ada-1"))), invalid},
		{"JWT of another app", ada(d.login(foreign, "ada-1")), invalid},
		{"JWT of a deleted secret", ada(replayedJWT), invalid},
		{"JWT with another's signature", ada(good[0] + "." + good[1] + "." + strings.Split(d.login(secret, "eve-1"), ".")[2]), invalid},
		{"JWT of oneself", ada(d.login(secret, "eve-1")), "CONFIG_JWT_USER_ID_MISMATCH"},
		{"JWT that is none", ada("ada-1"), "JWT_IS_INVALID"},
		{"JWT of nobody", ada(jwt(d.T, secret, hs256, map[string]any{"iat": d.Clock.Now() / 1000, "identities": []any{}})), "IDENTITIES_INVALID_PAYLOAD"},
		{"JWT without identities", ada(jwt(d.T, secret, hs256, map[string]any{"iat": d.Clock.Now() / 1000})), "IDENTITIES_KEY_ABSENT"},
	}
}

// TestPromise_TheWrongPersonIsRefused says to be somebody else, with everything that is not the proof. It makes no session and no profile.
func TestPromise_TheWrongPersonIsRefused(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		people := wrongPeople(d)
		anonymous := d.Visit("Somebody").Token
		d.Advance(time.Minute)
		for n, p := range people {
			t.Run(p.name, func(t *testing.T) {
				d := *d
				s := *d.Server
				d.Server, s.T, d.ip = &s, t, fmt.Sprintf("192.0.2.%d", n+1)
				d.unchanged(func() {
					for _, bearer := range []string{"", anonymous, identity.NewToken()} {
						fresh, out := d.identify(bearer, p.who)
						if out.Result != "refused" || out.Reason != p.reason || out.Kept || out.Known || out.Revision != "" || out.User != (chatapi.User{}) {
							t.Errorf("the answer is %+v, want refused for %s", out, p.reason)
						}
						d.ended(fresh)
					}
					in := d.newIssue("I am Ada")
					in.Identity = &p.who
					r := d.do(post("/issues", identity.NewToken(), in))
					d.failure(r, 403, rejoin.Forbidden, "identity")
					if !strings.Contains(r.body, p.reason) {
						t.Errorf("%s does not say %s", r.body, p.reason)
					}
					glance := decode[chatapi.Platform](t, d.do(post("/platforms/"+d.Made.Platform.ID, "", p.who)))
					if glance.Auth != p.reason || glance.Known {
						t.Errorf("a glance says %q, known %v", glance.Auth, glance.Known)
					}
				})
			})
		}
	})
}

// TestRefusedLoginEnds holds a login of somebody while the page now says something that is refused, or nobody.
func TestRefusedLoginEnds(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		secret := d.ours()
		for _, who := range []chatapi.Identity{{}, {UserID: "ada-1"}, {UserID: "ada-1", AuthToken: identity.NewToken()}, {UserID: " padded "}} {
			token, _ := d.writes(signed(secret, "ada-1", ""), "Hello")
			if _, out := d.identify(token, who); out.Kept || out.Known {
				t.Errorf("%+v: %+v", who, out)
			}
			d.ended(token)
			visitor := d.Visit("Hello")
			d.identify(visitor.Token, who)
			d.opens(visitor.Token, visitor.Issue.ID)
		}
	})
}

// TestIdentify goes through a person's browsers.
func TestIdentify(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		secret := d.ours()
		ada := signed(secret, "ada-1", "Ada@Example.org")
		ada.Name = "Ada Lovelace"
		d.unchanged(func() {
			fresh, out := d.identify("", ada)
			if out.Result != "verified" || out.Known || out.Kept {
				t.Errorf("before the first message: %+v", out)
			}
			d.ended(fresh)
		})
		first, up := d.writes(ada, "Hello")
		if got := d.opens(first, up.Issue.ID); got != (chatapi.User{Name: "Ada Lovelace", Email: "ada@example.org", LoggedIn: true}) {
			t.Errorf("the first message made %+v", got)
		}
		fresh, kept := d.identify(first, ada)
		if kept.Result != "verified" || !kept.Kept || !kept.Known || kept.Revision == "" || !kept.User.LoggedIn {
			t.Errorf("again: %+v", kept)
		}
		d.ended(fresh)
		second, out := d.identify("", ada)
		if !out.Known || out.Kept || out.Revision != kept.Revision || strings.Contains(out.Revision, d.userOf(up.Issue.ID).ID) {
			t.Errorf("in another browser: %+v", out)
		}
		d.opens(second, up.Issue.ID)
		d.opens(first, up.Issue.ID)

		bert := signed(secret, "bert-1", "")
		_, theirs := d.writes(bert, "I am Bert")
		third, other := d.identify(second, bert)
		if !other.Known || other.Kept || other.Revision == kept.Revision {
			t.Errorf("somebody else at this browser: %+v", other)
		}
		d.opens(third, theirs.Issue.ID)
		d.ended(second)
		d.opens(first, up.Issue.ID)
		used := chatapi.Identify{PlatformID: d.Made.Platform.ID, Session: third, Identity: ada}
		d.failure(d.do(post("/identify", "", used)), 400, rejoin.Invalid, "session")
	})
}

// TestAnonymousLogsIn keeps the running conversation with the person, unless the page wants it forgotten.
func TestAnonymousLogsIn(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		secret := d.ours()
		v := d.Visit("Do you have these boots in 43?")
		file := d.upload(v.Token, "boots.png", drawn(t, "png")) // for a message that they write while they log in
		fresh, out := d.identify(v.Token, signed(secret, "ada-1", "ada@example.org"))
		if !out.Known || out.Kept {
			t.Errorf("logging in: %+v", out)
		}
		d.opens(fresh, v.Issue.ID)
		d.ended(v.Token)
		decode[chatapi.Update](t, d.do(post("/issues/"+v.Issue.ID+"/messages", fresh, chatapi.Send{ClientID: d.NewClientID(), Attachments: []string{file.ID}})))
		if u := d.userOf(v.Issue.ID); u.ExternalID != "ada-1" || !u.Verified || u.EmailSource != rejoin.VerifiedEmail {
			t.Errorf("the conversation is %+v's", u)
		}
		w := d.Visit("Forget me")
		in := chatapi.Identify{PlatformID: d.Made.Platform.ID, Session: identity.NewToken(), Identity: signed(secret, "bert-1", ""), ClearAnonymous: true}
		if out := decode[chatapi.Identified](t, d.do(post("/identify", w.Token, in))); out.Known || out.Kept {
			t.Errorf("logging in and forgetting: %+v", out)
		}
		d.ended(w.Token)
		d.ended(in.Session)
		if u := d.userOf(w.Issue.ID); u.LoggedIn() {
			t.Errorf("the forgotten conversation is %+v's", u)
		}
	})
}

// TestUnverifiedLogin is an app that does not ask for signatures; its agents see it.
func TestUnverifiedLogin(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		d.require(false)
		token, up := d.writes(chatapi.Identity{UserID: "ada-1"}, "Hello")
		if u := d.userOf(up.Issue.ID); u.Verified || u.ExternalID != "ada-1" {
			t.Errorf("the user is %+v", u)
		}
		if _, out := d.identify(token, chatapi.Identity{UserID: "ada-1", AuthToken: "junk"}); out.Result != "unverified" || !out.Kept {
			t.Errorf("again: %+v", out)
		}
		d.require(true)
		d.ended(token)
	})
}

// TestLoginToken logs in by a JWT, which makes the profile at once and may tell more.
func TestLoginToken(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		secret := d.ours()
		token, out := d.identify("", chatapi.Identity{UserID: "ada-1", IdentityToken: d.login(secret, "ada-1")})
		if out.Result != "verified" || !out.Known || !out.User.LoggedIn || out.Revision == "" {
			t.Fatalf("logging in: %+v", out)
		}
		d.opens(token)
		claims := d.claims("ada-1")
		claims["identities"] = []map[string]string{{"identifier": "uid", "value": "ada-1"}, {"identifier": "steam_id", "value": "76561"}}
		tell := func(path string, in any) chatapi.Outcome {
			return decode[chatapi.Outcome](t, d.do(post(path, token, in)))
		}
		if got := tell("/user/identities", chatapi.AddIdentities{IdentityToken: jwt(t, secret, hs256, claims)}); got.Reason != "" || got.Details != nil {
			t.Errorf("adding an identity: %+v", got)
		}
		if got := tell("/user/data", chatapi.UserData{Scope: "app", Data: map[string]any{"user_level": "7", "level": map[string]any{"n": 1}}}); got.Reason != "" {
			t.Errorf("telling more: %+v", got)
		}
		d.unchanged(func() {
			wrong := tell("/user/identities", chatapi.AddIdentities{IdentityToken: d.login(secret, "eve-1")})
			if wrong.Reason != "IDENTITIES_INVALID_PAYLOAD" || wrong.Details == nil || !slices.Contains(wrong.Details.InvalidIdentities, "uid") {
				t.Errorf("adding somebody else's identity: %+v", wrong)
			}
			wrong = tell("/user/identities", chatapi.AddIdentities{IdentityToken: d.login("guess", "ada-1")})
			if wrong.Reason != "IDENTITIES_INVALID_TOKEN" || wrong.Details == nil || len(wrong.Details.InvalidIdentityTokens) != 1 {
				t.Errorf("adding without the secret: %+v", wrong)
			}
			many := map[string]any{}
			for n := range 101 {
				many[fmt.Sprint("key ", n)] = n
			}
			for reason, data := range map[string]map[string]any{
				"":                                   {},
				"MAX_KEY_VALUES_LIMIT_EXCEEDED":      many,
				"MAX_KEY_VALUES_CHAR_LIMIT_EXCEEDED": {"first_name": strings.Repeat("x", 1001)},
			} {
				if got := tell("/user/data", chatapi.UserData{Scope: "global", Data: data}); got.Reason != reason {
					t.Errorf("telling too much: %+v, want %s", got, reason)
				}
			}
			if got := tell("/user/data", chatapi.UserData{Scope: "global", Data: map[string]any{"a": "x\x00"}}); got.Reason == "" {
				t.Error("a NUL was stored")
			}
		})
		up := decode[chatapi.Update](t, d.do(post("/issues", token, d.newIssue("Hello"))))
		th := d.Load(up.Issue.ID)
		if len(th.Identities) != 1 || th.Identities[0].Value != "76561" || th.User.Attributes.App["user_level"] != "7" {
			t.Errorf("agents see %+v and %+v", th.Identities, th.User.Attributes)
		}
	})
}

// TestDataIsForLoginTokens: without a JWT a page tells nothing that agents would believe.
func TestDataIsForLoginTokens(t *testing.T) {
	d := sqlite(t)
	login, _ := d.writes(signed(d.ours(), "ada-1", ""), "Hello")
	for _, token := range []string{login, d.Visit("Hello").Token} {
		for path, in := range map[string]any{
			"/user/identities": chatapi.AddIdentities{IdentityToken: "x"},
			"/user/data":       chatapi.UserData{Scope: "app", Data: map[string]any{"city": "Paris"}},
		} {
			d.unchanged(func() {
				if got := decode[chatapi.Outcome](t, d.do(post(path, token, in))); got.Reason != "IDENTITIES_FEATURE_DISABLED" {
					t.Errorf("%s: %+v", path, got)
				}
			})
		}
	}
}

// TestLogout leaves nothing, and can be repeated.
func TestLogout(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		secret := d.ours()
		ada := signed(secret, "ada-1", "")
		token, up := d.writes(ada, "Hello")
		other, _ := d.identify("", ada)
		for range 2 {
			decode[struct{}](t, d.do(post("/logout", token, struct{}{})))
			d.ended(token)
		}
		d.unchanged(func() { decode[struct{}](t, d.do(post("/logout", identity.NewToken(), struct{}{}))) })
		d.opens(other, up.Issue.ID)
		d.failure(d.do(post("/issues", token, d.newIssue("Me again"))), 401, rejoin.Unauthenticated, "")
	})
}

// TestWhoCannotBeNamed gives identifiers that make the person anonymous.
func TestWhoCannotBeNamed(t *testing.T) {
	d := sqlite(t)
	for _, who := range []chatapi.Identity{{}, {Name: "Ada"}, {AuthToken: "x"}, {UserID: " ada"}, {UserID: strings.Repeat("a", 751)}, {UserID: "ada@example.org"},
		{Email: "no address"}, {Email: " ada@example.org"}, {UserID: "a\x00"}, {UserID: "ada", Email: "x"}, {Email: "ada@example.org", FullPrivacy: true}} {
		d.unchanged(func() {
			if _, out := d.identify("", who); out.Result != "anonymous" || out.Known || out.Reason != "" {
				t.Errorf("%.60q %q: %+v", who.UserID, who.Email, out)
			}
		})
		token, up := d.writes(who, "Hello")
		if u := d.userOf(up.Issue.ID); u.LoggedIn() || u.Email != "" {
			t.Errorf("%.60q %q writes as %+v", who.UserID, who.Email, u)
		}
		d.opens(token, up.Issue.ID)
		d.Clock.Advance(time.Minute)
	}
}

// TestLinksAndLogins is every way to come by a link that is not the writer's own.
func TestLinksAndLogins(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		secret := d.ours()
		ada := signed(secret, "ada-1", "ada@example.org")
		ada.Name = "Ada"
		token, up := d.writes(ada, "Do you have these boots in 43?")
		eve, _ := d.writes(signed(secret, "eve-1", ""), "I am Eve")
		if err := d.Core.Messages.SendAsAgent(t.Context(), d.Maya, up.Issue.ID, d.NewClientID(), "We do."); err != nil {
			t.Fatal(err)
		}
		d.Advance(11 * time.Minute)
		mails := d.MailsTo("ada@example.org")
		if len(mails) != 1 {
			t.Fatalf("%d e-mails", len(mails))
		}
		loggedIn := found(t, `#rejoin=([A-Za-z0-9_-]{43})`, mails[0].Text)
		_, anonymous, _ := d.mailed()
		d.Advance(time.Minute)
		open := func(link, bearer string, says bool) (string, chatapi.Redeemed) {
			fresh := identity.NewToken()
			in := chatapi.Redeem{PlatformID: d.Made.Platform.ID, Token: link, Session: fresh, LoggedIn: says}
			return fresh, decode[chatapi.Redeemed](t, d.do(post("/return", bearer, in)))
		}
		for name, c := range map[string]struct {
			link, bearer string
			says         bool
			want         chatapi.Redeemed
		}{
			"nobody":                  {loggedIn, "", false, chatapi.Redeemed{Result: rejoin.ReturnLoginRequired, OriginalState: "logged-in"}},
			"somebody unknown":        {loggedIn, "", true, chatapi.Redeemed{Result: rejoin.ReturnOtherUser, OriginalState: "logged-in"}},
			"somebody else":           {loggedIn, eve, true, chatapi.Redeemed{Result: rejoin.ReturnOtherUser, OriginalState: "logged-in"}},
			"somebody else, unsaid":   {loggedIn, eve, false, chatapi.Redeemed{Result: rejoin.ReturnOtherUser, OriginalState: "logged-in"}},
			"an anonymous person":     {loggedIn, d.Visit("x").Token, false, chatapi.Redeemed{Result: rejoin.ReturnLoginRequired, OriginalState: "logged-in"}},
			"logged in now":           {anonymous, eve, true, chatapi.Redeemed{Result: rejoin.ReturnLogoutRequired, OriginalState: "anonymous"}},
			"logged in, so they say":  {anonymous, "", true, chatapi.Redeemed{Result: rejoin.ReturnLogoutRequired, OriginalState: "anonymous"}},
			"of a session that ended": {loggedIn, identity.NewToken(), false, chatapi.Redeemed{Result: rejoin.ReturnLoginRequired, OriginalState: "logged-in"}},
		} {
			c.want.PageURL = rejointest.Shop + "/boots"
			d.unchanged(func() {
				fresh, out := open(c.link, c.bearer, c.says)
				if out != c.want {
					t.Errorf("%s: %+v, want %+v", name, out, c.want)
				}
				d.ended(fresh)
			})
		}
		again, _ := d.identify("", ada)
		for _, own := range []string{token, again} {
			fresh, out := open(loggedIn, own, true)
			if out.Result != rejoin.ReturnSame || !out.Own || out.IssueID != up.Issue.ID || out.VisitID == "" || out.OriginalState != "" {
				t.Errorf("the owner: %+v", out)
			}
			d.ended(fresh)
		}
	})
}
