package chatapi_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"testing"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/identity"
	"rejoin/rejointest"
)

// secret returns the app's newest secret with its id.
func (d *door) secret(a rejoin.Agent, appID string) (value, id string) {
	d.T.Helper()
	page, err := d.Core.Verification.Page(d.T.Context(), a, appID)
	if err != nil {
		d.T.Fatal(err)
	}
	id = page.Secrets[0].ID
	if value, err = d.Core.Verification.Reveal(d.T.Context(), a, appID, id); err != nil {
		d.T.Fatal(err)
	}
	return value, id
}

// ours is the secret of our own app.
func (d *door) ours() string {
	d.T.Helper()
	value, _ := d.secret(d.Maya, d.Made.App.ID)
	return value
}

// require switches verification.
func (d *door) require(on bool) {
	d.T.Helper()
	if _, err := d.Core.Verification.Require(d.T.Context(), d.Maya, d.Made.App.ID, on); err != nil {
		d.T.Fatal(err)
	}
}

// mac is what a host's server computes; it does not use our own code.
func mac(secret, text string) []byte {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(text))
	return h.Sum(nil)
}

// signed is a person as a page gives them whose server has signed.
func signed(secret, id, email string) chatapi.Identity {
	return chatapi.Identity{UserID: id, Email: email, AuthToken: base64.StdEncoding.EncodeToString(mac(secret, id+email))}
}

// jwt makes a login token; header may say anything.
func jwt(t testing.TB, secret, header string, claims map[string]any) string {
	t.Helper()
	body, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	enc := base64.RawURLEncoding.EncodeToString
	text := enc([]byte(header)) + "." + enc(body)
	return text + "." + enc(mac(secret, text))
}

const hs256 = `{"alg":"HS256","typ":"JWT"}`

// login is a good login token of the person.
func (d *door) login(secret, id string) string {
	d.T.Helper()
	return jwt(d.T, secret, hs256, d.claims(id))
}

func (d *door) claims(id string) map[string]any {
	return map[string]any{"iat": d.Clock.Now() / 1000, "identities": []map[string]string{{"identifier": "uid", "value": id}}}
}

// writes begins a conversation as the person whom the page names.
func (d *door) writes(who chatapi.Identity, text string) (token string, up chatapi.Update) {
	d.T.Helper()
	in := d.newIssue(text)
	in.Identity, in.Meta = &who, chatapi.MetaIn{URL: rejointest.Shop + "/boots"}
	token = identity.NewToken()
	up = decode[chatapi.Update](d.T, d.do(post("/issues", token, in)))
	d.Settle()
	return token, up
}

// identify asks who the person is, in a browser that holds bearer.
func (d *door) identify(bearer string, who chatapi.Identity) (fresh string, out chatapi.Identified) {
	d.T.Helper()
	fresh = identity.NewToken()
	in := chatapi.Identify{PlatformID: d.Made.Platform.ID, Session: fresh, Identity: who}
	return fresh, decode[chatapi.Identified](d.T, d.do(post("/identify", bearer, in)))
}

// ended checks that the token opens nothing.
func (d *door) ended(token string) {
	d.T.Helper()
	d.failure(d.do(get("/issues", token)), 401, rejoin.Unauthenticated, "")
}

// opens checks that the token opens exactly these conversations, and returns whose they are.
func (d *door) opens(token string, issues ...string) chatapi.User {
	d.T.Helper()
	list := decode[chatapi.Conversations](d.T, d.do(get("/issues", token)))
	got := map[string]bool{}
	for _, i := range list.Issues {
		got[i.ID] = true
	}
	for _, id := range issues {
		if !got[id] {
			d.T.Errorf("%s is not among %v", id, got)
		}
	}
	if len(got) != len(issues) {
		d.T.Errorf("it opens %d conversations, want %d", len(got), len(issues))
	}
	return list.User
}

// userOf is whose conversation it is.
func (d *door) userOf(issueID string) rejoin.User { return d.Load(issueID).User }

// evict ends every session of the user, as an agent.
func (d *door) evict(userID string) {
	d.T.Helper()
	if _, err := d.Core.Browsers.Revoke(d.T.Context(), d.Maya, userID, "all"); err != nil {
		d.T.Fatal(err)
	}
}

// resolve closes the conversation, as an agent.
func (d *door) resolve(issueID string) {
	d.T.Helper()
	if err := d.Core.Issues.Close(d.T.Context(), d.Maya, issueID, rejoin.Resolved, ""); err != nil {
		d.T.Fatal(err)
	}
	d.Settle()
}
