package chatapi_test

import (
	"fmt"
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
)

var everybody = []who{nobody, junk, stranger, owner, otherUser, otherPlatform, link, linkElsewhere, revoked, expired}

// TestPromise_AuthorisationOfEveryRoute asks every route as everybody. Nobody but the owner and the link's holder learns that the conversation
// exists.
func TestPromise_AuthorisationOfEveryRoute(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		tokens, issue, visit := cast(d)
		at := "/issues/" + issue
		routes := []struct {
			name string
			make func(token string) request
			want func(who) (int, rejoin.Code)
		}{
			{"list", func(k string) request { return get("/issues", k) }, aboutMe},
			{"messages", func(k string) request { return get(at+"/messages", k) }, aboutIssue},
			{"after", func(k string) request { return get(at+"/messages?after=1", k) }, aboutIssue},
			{"before", func(k string) request { return get(at+"/messages?before=2", k) }, aboutIssue},
			{"send", func(k string) request {
				return post(at+"/messages", k, chatapi.Send{ClientID: d.NewClientID(), Body: "x"})
			}, aboutIssue},
			{"read", func(k string) request { return post(at+"/read", k, chatapi.Read{Seq: 1}) }, aboutReading},
			{"typing", func(k string) request { return post(at+"/typing", k, struct{}{}) }, aboutIssue},
			{"returned", func(k string) request { return post(at+"/returned", k, chatapi.Returned{VisitID: visit}) }, aboutIssue},
			{"presence", func(k string) request {
				return post("/presence", "", chatapi.PresenceIn{Token: k, Tab: tab, State: rejoin.Active})
			}, aboutMe},
			{"poll", func(k string) request { return post("/poll", k, chatapi.Poll{Tab: tab, State: rejoin.Active}) }, aboutMe},
			{"start", func(k string) request { return post("/issues", k, d.newIssue("x")) }, aboutStarting},
		}
		for _, r := range routes {
			for _, w := range everybody {
				status, code := r.want(w)
				d.ip = fmt.Sprintf("192.0.2.%d", w+1)
				answer := d.do(r.make(tokens[w]))
				if status == 200 {
					if answer.status != 200 {
						t.Errorf("%s as %d: answer %d %s, want 200", r.name, w, answer.status, answer.body)
					}
					continue
				}
				before := d.rows()
				d.failure(answer, status, code, "")
				if t.Failed() {
					t.Fatalf("%s as %d", r.name, w)
				}
				d.failure(d.do(r.make(tokens[w])), status, code, "")
				if d.rows() != before {
					t.Errorf("%s as %d left a trace", r.name, w)
				}
			}
		}
	})
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

	other := d.otherApp()
	tokens[otherPlatform] = identity.NewToken()
	_, err := d.Core.Messages.Start(d.T.Context(), tokens[otherPlatform], other.Platform.ID, core.UserSend{ClientID: d.NewClientID(), Body: "x"}, rejoin.Meta{})
	if err != nil {
		d.T.Fatal(err)
	}
	// Nothing is left to do that a later request could set off by the way.
	d.Advance(60e9)
	return tokens, v.Issue.ID, out.VisitID
}

func aboutMe(w who) (int, rejoin.Code) {
	switch w {
	case nobody, junk, stranger, revoked, expired:
		return 401, rejoin.Unauthenticated
	}
	return 200, ""
}

func aboutIssue(w who) (int, rejoin.Code) {
	switch w {
	case owner, link:
		return 200, ""
	case otherUser, otherPlatform, linkElsewhere:
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
	case owner, otherUser, stranger:
		return 200, ""
	case otherPlatform, link, linkElsewhere:
		return 403, rejoin.Forbidden
	}
	return 401, rejoin.Unauthenticated
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
