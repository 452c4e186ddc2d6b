package chatapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/core"
	"rejoin/identity"
)

// who is somebody at the door.
type who int

const (
	nobody        who = iota // no token
	junk                     // a token that cannot be one
	stranger                 // a well-formed token nobody has used
	owner                    // of the conversation
	otherUser                // of the same app
	otherPlatform            // a user of another company
	link                     // came by a link to this conversation
	linkElsewhere            // came by a link to another conversation of the same user
	revoked                  // came by a link that was switched off
	expired                  // was here long ago
	otherLogin               // another user, who is logged in
	evicted                  // a user whose sessions an agent has ended
	unsigned                 // a user without a signature, whose session ended when verification was switched on
)

var everybody = []who{nobody, junk, stranger, owner, otherUser, otherPlatform, link, linkElsewhere, revoked, expired, otherLogin, evicted, unsigned}

// rule is who may do what at one address.
type rule struct {
	pattern string
	query   string
	body    func(token string) any // nil for a GET
	want    func(who) (int, rejoin.Code)
}

// toAll is what everybody may ask.
var toAll = []string{"GET /chat/v1", "GET /chat/v1/openapi.json", "GET /chat/v1/platforms/{platform}", "POST /chat/v1/platforms/{platform}", "POST /chat/v1/return",
	"GET /chat/v1/socket"} // a socket asks in its first frame: see TestSessionsOfSocketsAndPolls

// rules is everything about a conversation that is open.
func rules(d *door, visit string) []rule {
	is := func(v any) func(string) any { return func(string) any { return v } }
	return []rule{
		{"GET /chat/v1/issues", "", nil, aboutMe},
		{"GET /chat/v1/issues/{issue}/messages", "", nil, aboutIssue},
		{"GET /chat/v1/issues/{issue}/messages", "?after=1", nil, aboutIssue},
		{"GET /chat/v1/issues/{issue}/messages", "?before=2", nil, aboutIssue},
		{"POST /chat/v1/issues/{issue}/messages", "", func(string) any { return chatapi.Send{ClientID: d.NewClientID(), Body: "x"} }, aboutIssue},
		{"POST /chat/v1/issues/{issue}/read", "", is(chatapi.Read{Seq: 1}), aboutReading},
		{"POST /chat/v1/issues/{issue}/typing", "", is(struct{}{}), aboutIssue},
		{"POST /chat/v1/issues/{issue}/returned", "", is(chatapi.Returned{VisitID: visit}), aboutIssue},
		{"POST /chat/v1/presence", "", func(k string) any { return chatapi.PresenceIn{Token: k, Tab: tab, State: rejoin.Active} }, aboutMe},
		{"POST /chat/v1/poll", "", is(chatapi.Poll{Tab: tab, State: rejoin.Active}), aboutMe},
		{"POST /chat/v1/attachments", "?platform=" + d.Made.Platform.ID + "&client_id=0123456789", is("a file"), aboutUploading},
		{"POST /chat/v1/user/identities", "", is(chatapi.AddIdentities{IdentityToken: "x"}), aboutMe},
		{"POST /chat/v1/user/data", "", is(chatapi.UserData{Scope: "app", Data: map[string]any{"city": "Paris"}}), aboutMe},
		{"POST /chat/v1/issues", "", func(string) any { return d.newIssue("x") }, aboutStarting}, // and then the stranger is none
	}
}

// endings is what a resolved conversation asks.
func endings(d *door) []rule {
	return []rule{
		{"POST /chat/v1/issues/{issue}/resolution", "", func(string) any { return chatapi.Resolution{ClientID: d.NewClientID(), Accepted: true} }, aboutIssue},
		{"POST /chat/v1/issues/{issue}/feedback", "", func(string) any { return chatapi.Feedback{Rating: 5} }, aboutIssue},
	}
}

// goodbyes end sessions.
func goodbyes(d *door) []rule {
	all := func(who) (int, rejoin.Code) { return 200, "" }
	return []rule{
		{"POST /chat/v1/identify", "", func(string) any {
			return chatapi.Identify{PlatformID: d.Made.Platform.ID, Session: identity.NewToken(), Identity: chatapi.Identity{UserID: "ada"}}
		}, all},
		{"POST /chat/v1/logout", "", func(string) any { return struct{}{} }, func(w who) (int, rejoin.Code) {
			if w == nobody {
				return 401, rejoin.Unauthenticated
			}
			return 200, "" // what has ended stays so
		}},
	}
}

// TestPromise_AuthorisationOfEveryRoute asks every route as everybody. Nobody but the owner and the link's holder learns that the conversation
// exists.
func TestPromise_AuthorisationOfEveryRoute(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		tokens, issue, visit := cast(d)
		d.asEverybody(rules(d, visit), tokens, issue)
		tokens[stranger] = identity.NewToken() // the other one has begun a conversation
		d.resolve(issue)
		d.asEverybody(endings(d), tokens, issue)
		d.asEverybody(goodbyes(d), tokens, issue)
	})
}

func TestEveryRouteHasItsRule(t *testing.T) {
	d := sqlite(t)
	have := slices.Clone(toAll)
	for _, r := range slices.Concat(rules(d, ""), endings(d), goodbyes(d)) {
		have = append(have, r.pattern)
	}
	want := chatapi.Patterns()
	slices.Sort(want)
	slices.Sort(have)
	if have = slices.Compact(have); !slices.Equal(have, want) {
		t.Errorf("the rules are about\n%s\nbut there are\n%s", strings.Join(have, "\n"), strings.Join(want, "\n"))
	}
}

// asEverybody asks twice where the answer is no, and looks for traces.
func (d *door) asEverybody(rules []rule, tokens map[who]string, issue string) {
	d.T.Helper()
	before := "" // what is stored; empty where a request may have changed it
	for _, r := range rules {
		ask := func(w who) response {
			method, path, _ := strings.Cut(r.pattern, " ")
			in := request{method: method, path: strings.Replace(path, "{issue}", issue, 1) + r.query, token: tokens[w]}
			if r.body != nil {
				in.body = r.body(tokens[w])
			}
			if strings.HasSuffix(path, "/presence") {
				in.token = "" // a beacon has no headers
			}
			return d.do(in)
		}
		for _, w := range everybody {
			status, code := r.want(w)
			d.ip = fmt.Sprintf("192.0.2.%d", w+1)
			answer := ask(w)
			if status == 200 {
				before = ""
				if answer.status != 200 {
					d.T.Errorf("%s as %d: answer %d %s, want 200", r.pattern, w, answer.status, answer.body)
				}
				continue
			}
			if before == "" {
				before = d.rows()
			}
			d.failure(answer, status, code, "")
			if d.T.Failed() {
				d.T.Fatalf("%s as %d", r.pattern, w)
			}
			d.failure(ask(w), status, code, "")
			if d.rows() != before {
				d.T.Errorf("%s as %d left a trace", r.pattern, w)
			}
		}
	}
}

// cast makes everybody and one conversation.
func cast(d *door) (tokens map[who]string, issue, visit string) {
	d.T.Helper()
	old := d.Visit("I was here long ago")
	d.Advance(8 * 24 * 3600e9)
	v, key, _ := d.mailed()
	tokens = map[who]string{junk: "junk", stranger: identity.NewToken(), owner: v.Token, expired: old.Token, otherUser: d.Visit("Hello").Token}
	var out chatapi.Redeemed
	tokens[revoked], out = d.guest(key)
	if err := d.Core.Issues.RevokeLinks(d.T.Context(), d.Maya, v.Issue.ID); err != nil {
		d.T.Fatal(err)
	}
	d.Reply(v, "Are you there?")
	d.Advance(11 * 60e9)
	mails := d.Mails()
	tokens[link], out = d.guest(found(d.T, `#rejoin=([A-Za-z0-9_-]{43})`, mails[len(mails)-1].Text))

	second := decode[chatapi.Update](d.T, d.do(post("/issues", v.Token, d.newIssue("Another thing"))))
	if err := d.Core.Messages.SendAsAgent(d.T.Context(), d.Maya, second.Issue.ID, d.NewClientID(), "Which?"); err != nil {
		d.T.Fatal(err)
	}
	d.Advance(11 * 60e9)
	mails = d.Mails()
	tokens[linkElsewhere], _ = d.guest(found(d.T, `#rejoin=([A-Za-z0-9_-]{43})`, mails[len(mails)-1].Text))

	secret := d.ours()
	d.require(false)
	tokens[unsigned], _ = d.writes(chatapi.Identity{UserID: "ursula"}, "I am Ursula")
	d.require(true)
	tokens[otherLogin], _ = d.writes(signed(secret, "olga", "olga@example.org"), "I am Olga")
	evictedToken, up := d.writes(signed(secret, "edda", ""), "I am Edda")
	tokens[evicted] = evictedToken
	d.evict(d.userOf(up.Issue.ID).ID)

	other := d.otherApp()
	tokens[otherPlatform] = identity.NewToken()
	_, err := d.Core.Messages.Start(d.T.Context(), tokens[otherPlatform], other.Platform.ID, core.UserSend{ClientID: d.NewClientID(), Body: "x"}, core.Beginning{})
	if err != nil {
		d.T.Fatal(err)
	}
	// Nothing is left to do that a later request could set off by the way.
	d.Advance(60e9)
	return tokens, v.Issue.ID, out.VisitID
}

func aboutMe(w who) (int, rejoin.Code) {
	switch w {
	case nobody, junk, stranger, revoked, expired, evicted, unsigned:
		return 401, rejoin.Unauthenticated
	}
	return 200, ""
}

func aboutIssue(w who) (int, rejoin.Code) {
	switch w {
	case owner, link:
		return 200, ""
	case otherUser, otherPlatform, linkElsewhere, otherLogin:
		return 404, rejoin.NotFound
	}
	return 401, rejoin.Unauthenticated
}

func aboutReading(w who) (int, rejoin.Code) {
	if w == link {
		return 403, rejoin.Forbidden // nobody has touched the page yet
	}
	return aboutIssue(w)
}

func aboutStarting(w who) (int, rejoin.Code) {
	switch w {
	case owner, otherUser, stranger, otherLogin:
		return 200, ""
	case otherPlatform, link, linkElsewhere:
		return 403, rejoin.Forbidden
	}
	return 401, rejoin.Unauthenticated
}

// aboutUploading: a file goes nowhere without the message that takes it, and a stranger may be about to write their first one.
func aboutUploading(w who) (int, rejoin.Code) {
	switch w {
	case nobody, junk, revoked, expired, evicted, unsigned:
		return 401, rejoin.Unauthenticated
	}
	return 200, ""
}

// TestTokensInAddressesCountForNothing sends a good token where it must not be.
func TestTokensInAddressesCountForNothing(t *testing.T) {
	d := sqlite(t)
	v := d.Visit("Hello")
	d.failure(d.do(get("/issues?token="+v.Token+"&access_token="+v.Token, "")), 401, rejoin.Unauthenticated, "")
	c, resp := d.handshake("Authorization: Bearer " + v.Token + "\r\n")
	if resp.StatusCode != 101 {
		t.Fatalf("answer %d", resp.StatusCode)
	}
	c.send(hello(""))
	c.wantError(rejoin.Unauthenticated, 4401)
}

// TestSessionsOfSocketsAndPolls is the same question for the live ways.
func TestSessionsOfSocketsAndPolls(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		tokens, issue, _ := cast(d)
		for _, w := range everybody {
			c := d.dial()
			c.send(hello(tokens[w]))
			if status, _ := aboutMe(w); status != 200 {
				c.wantError(rejoin.Unauthenticated, 4401)
				continue
			}
			seen := map[string]bool{}
			for _, up := range c.want("welcome").Updates {
				seen[up.Issue.ID] = true
			}
			status, _ := aboutIssue(w)
			if seen[issue] != (status == 200) {
				t.Errorf("%d is welcomed with %v", w, seen)
			}
			if w == link && len(seen) != 1 {
				t.Errorf("a link opens %d conversations", len(seen))
			}
		}
	})
}
