package rejointest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/store"
)

// Secret is the value of the app's newest secret: what the shop's server signs with.
func (s *Server) Secret() (value string) {
	s.T.Helper()
	err := s.Store.Read(s.T.Context(), func(tx *store.Tx) error {
		list, err := tx.Secrets(s.Made.App.ID)
		if err == nil && len(list) > 0 {
			value = list[0].Value
		}
		return err
	})
	if err != nil || value == "" {
		s.T.Fatalf("the app has no secret: %v", err)
	}
	return value
}

// Signed is a claim that the shop's server has signed.
func (s *Server) Signed(userID, email string) core.Claim {
	s.T.Helper()
	return core.Claim{UserID: userID, Email: email, AuthToken: identity.Sign(s.Secret(), identity.SignedMessage(userID, email, false))}
}

// JWT is a login token that the shop's server makes now. Pairs are identifiers and values in turn.
func (s *Server) JWT(pairs ...string) string {
	s.T.Helper()
	return MakeJWT(s.Secret(), s.Clock.Now(), pairs...)
}

// MakeJWT signs a login token with HS256.
func MakeJWT(secret string, at rejoin.Millis, pairs ...string) string {
	type named struct {
		Identifier string `json:"identifier"`
		Value      string `json:"value"`
	}
	list := []named{}
	for n := 0; n+1 < len(pairs); n += 2 {
		list = append(list, named{pairs[n], pairs[n+1]})
	}
	payload, err := json.Marshal(map[string]any{"identities": list, "iat": int64(at) / 1000})
	if err != nil {
		panic(err) // texts and a number cannot fail
	}
	encode := base64.RawURLEncoding.EncodeToString
	text := strings.Join([]string{encode([]byte(`{"alg":"HS256","typ":"JWT"}`)), encode(payload)}, ".")
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(text))
	return text + "." + encode(h.Sum(nil))
}

// SetVerification switches the app's verification on or off.
func (s *Server) SetVerification(on bool) {
	s.T.Helper()
	if _, err := s.Core.Verification.Require(s.T.Context(), s.Maya, s.Made.App.ID, on); err != nil {
		s.T.Fatal(err)
	}
}

// Identify tells who the page's person is, as a browser does that holds the bearer token; it may be empty. The token that comes back is a
// session if the person is known and the bearer was not kept.
func (s *Server) Identify(c core.Claim, bearer string) (core.Identified, string) {
	s.T.Helper()
	token := identity.NewToken()
	out, err := s.Core.Identities.Identify(s.T.Context(), core.Identify{PlatformID: s.Made.Platform.ID, Claim: c, Bearer: bearer, Session: token})
	if err != nil {
		s.T.Fatal(err)
	}
	s.Settle()
	return out, token
}

// VisitAs begins a conversation in a browser that holds no session, on a page that names somebody. What the beginning says of the claim, and
// of the page unless it names one, is filled in.
func (s *Server) VisitAs(c core.Claim, text string, b core.Beginning) *Visitor {
	s.T.Helper()
	b.Claim = c
	if b.Meta.Page.URL == "" {
		b.Meta.Page.URL = Shop + "/boots"
	}
	v := &Visitor{s: s, Token: identity.NewToken()}
	up, err := s.Core.Messages.Start(s.T.Context(), v.Token, s.Made.Platform.ID, core.UserSend{ClientID: s.NewClientID(), Body: text}, b)
	if err != nil {
		s.T.Fatal(err)
	}
	v.Issue = up.Issue
	s.Settle()
	return v
}

// End lets Maya resolve or reject the visitor's conversation.
func (s *Server) End(v *Visitor, to rejoin.IssueState) {
	s.T.Helper()
	if err := s.Core.Issues.Close(s.T.Context(), s.Maya, v.Issue.ID, to, ""); err != nil {
		s.T.Fatal(err)
	}
	s.Settle()
}

// Second is another company on the same installation, with an app of its own and its administrator.
func (s *Server) Second() core.Made {
	s.T.Helper()
	made, err := s.Core.Setup.Create(s.T.Context(), core.First{Domain: "globex", App: "Globex", Origins: []string{"https://globex.example"},
		Name: "Gil", Email: "gil@globex.example", Password: "battery staple"})
	if err != nil {
		s.T.Fatal(err)
	}
	return made
}

// Colleague is an agent of the first company who is no administrator.
func (s *Server) Colleague() rejoin.Agent {
	s.T.Helper()
	a, err := s.Core.Setup.AddAgent(s.T.Context(), s.Made.Domain.ID, rejoin.AgentRole, "Noor", "noor@example.com", "correct horse")
	if err != nil {
		s.T.Fatal(err)
	}
	return a
}

// At is the browser that holds the token, in the conversation.
func (s *Server) At(token string, i rejoin.Issue) *Visitor {
	return &Visitor{s: s, Token: token, Issue: i}
}
