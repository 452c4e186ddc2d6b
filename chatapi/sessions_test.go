package chatapi_test

import (
	"testing"

	"rejoin"
	"rejoin/chatapi"
)

// TestPromise_SocketsEndWithTheirSession ends a session in every way, and leaves those of others alone.
func TestPromise_SocketsEndWithTheirSession(t *testing.T) {
	ada := func(d *door) chatapi.Identity { return signed(d.ours(), "ada-1", "") }
	login := func(d *door) string {
		token, _ := d.writes(ada(d), "I am Ada")
		return token
	}
	for name, c := range map[string]struct {
		begin func(*door) string
		end   func(d *door, token string)
	}{
		"logout": {login, func(d *door, token string) {
			decode[struct{}](d.T, d.do(post("/logout", token, struct{}{})))
		}},
		"an agent ends it": {login, func(d *door, token string) {
			list := decode[chatapi.Conversations](d.T, d.do(get("/issues", token)))
			d.evict(d.userOf(list.Issues[0].ID).ID)
		}},
		"verification": {func(d *door) string {
			d.require(false)
			token, _ := d.writes(chatapi.Identity{UserID: "ada-1"}, "I am Ada")
			return token
		}, func(d *door, _ string) { d.require(true) }},
		"somebody else at this browser": {login, func(d *door, token string) {
			d.identify(token, signed(d.ours(), "bert-1", ""))
		}},
		"nobody is logged in any more": {login, func(d *door, token string) { d.identify(token, chatapi.Identity{}) }},
		"the signature is refused now": {login, func(d *door, token string) { d.identify(token, chatapi.Identity{UserID: "ada-1"}) }},
		"an anonymous person logs in": {func(d *door) string { return d.Visit("Hello").Token }, func(d *door, token string) {
			d.identify(token, ada(d))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, d *door) {
				token := c.begin(d)
				other, up := d.writes(signed(d.ours(), "olga-1", ""), "I am Olga")
				bystander, _ := d.enter(hello(other))
				socket, _ := d.enter(hello(token))
				c.end(d, token)
				socket.wantError(rejoin.Unauthenticated, 4401)
				again := d.dial()
				again.send(hello(token))
				again.wantError(rejoin.Unauthenticated, 4401)
				if err := d.Core.Messages.SendAsAgent(t.Context(), d.Maya, up.Issue.ID, d.NewClientID(), "Hello Olga"); err != nil {
					t.Fatal(err)
				}
				until(bystander, func(f chatapi.Frame) bool { return len(f.Messages) == 1 && f.Messages[0].Body == "Hello Olga" })
			})
		})
	}
}

// TestPromise_SocketsHearOfTheirOwn listens as one person while others write and are answered.
func TestPromise_SocketsHearOfTheirOwn(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		secret := d.ours()
		token, mine := d.writes(signed(secret, "ada-1", "ada@example.org"), "I am Ada")
		socket, w := d.enter(hello(token))
		if len(w.Updates) != 1 || w.Updates[0].Issue.ID != mine.Issue.ID || !w.User.LoggedIn {
			t.Fatalf("welcome %+v", w)
		}
		_, theirs := d.writes(signed(secret, "ada-2", "ada2@example.org"), "I am another Ada")
		guest := d.Visit("I am nobody")
		for _, id := range []string{theirs.Issue.ID, guest.Issue.ID, mine.Issue.ID} {
			if err := d.Core.Messages.TypingAsAgent(t.Context(), d.Maya, id, false); err != nil {
				t.Fatal(err)
			}
			if err := d.Core.Messages.SendAsAgent(t.Context(), d.Maya, id, d.NewClientID(), "For "+id); err != nil {
				t.Fatal(err)
			}
		}
		for {
			f, closed := socket.next()
			switch {
			case closed != 0:
				t.Fatalf("closed with %d", closed)
			case f.Type == "typing" && f.IssueID != mine.Issue.ID, f.Type == "update" && f.Issue.ID != mine.Issue.ID:
				t.Fatalf("somebody else's: %+v", f)
			}
			if n := len(f.Messages); n > 0 && f.Messages[n-1].Body == "For "+mine.Issue.ID {
				return
			}
		}
	})
}

// TestSocketHearsOfTheConversationThatMoves is open in the person's other browser when they log in here.
func TestSocketHearsOfTheConversationThatMoves(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		ada := signed(d.ours(), "ada-1", "")
		token, _ := d.writes(ada, "At work")
		socket, _ := d.enter(hello(token))
		v := d.Visit("At home")
		d.identify(v.Token, ada)
		until(socket, func(f chatapi.Frame) bool { return f.Issue.ID == v.Issue.ID })
		d.Reply(v, "For Ada")
		until(socket, func(f chatapi.Frame) bool {
			return len(f.Messages) > 0 && f.Messages[len(f.Messages)-1].Body == "For Ada"
		})
	})
}

// TestPollEndsWithItsSession waits without a socket.
func TestPollEndsWithItsSession(t *testing.T) {
	d := sqlite(t)
	token, up := d.writes(signed(d.ours(), "ada-1", ""), "I am Ada")
	cursors := d.caughtUp(token)
	answer := d.later(poll(d, token, cursors))
	d.evict(d.userOf(up.Issue.ID).ID)
	d.failure(<-answer, 401, rejoin.Unauthenticated, "")
}
