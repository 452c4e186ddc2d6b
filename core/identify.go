package core

import (
	"context"
	"errors"
	"strings"

	"rejoin"
	"rejoin/identity"
	"rejoin/live"
)

// Identities is who users are: what the host site says of them, and whether its server has signed it.
type Identities struct{ *env }

// Claim is who the host page says the person is (reference §3). A zero claim is an anonymous person.
type Claim struct {
	UserID      string
	Email       string
	Name        string
	AuthToken   string // HMAC, reference §3.2
	JWT         string // reference §3.3; then AuthToken counts for nothing
	FullPrivacy bool   // name and address are not used
}

// Empty reports whether the page names nobody.
func (c Claim) Empty() bool { return c.UserID == "" && c.Email == "" && c.JWT == "" }

// Verdict is what becomes of a claim.
type Verdict string

const (
	ClaimVerified   Verdict = "verified"   // signed by the host's server
	ClaimUnverified Verdict = "unverified" // not signed, and the app does not ask for it
	ClaimAnonymous  Verdict = "anonymous"  // nobody is named, or not in a way that can be
	ClaimRefused    Verdict = "refused"    // the signature is missing or wrong
)

// The reasons of userAuthFailure (reference §2.4).
const (
	MissingToken = "missing user auth token"
	InvalidToken = "invalid user auth token"
)

// person is a claim that was judged.
type person struct {
	verdict    Verdict
	reason     string             // refused: one of the two above, or a name of reference §3.3
	fault      *identity.JWTError // refused: more about a JWT; may be nil
	userID     string
	email      string
	name       string
	byJWT      bool
	signed     string // what the HMAC was made of; empty if there is none
	identities []rejoin.NamedIdentity
}

// mark tells persons apart without naming them.
func (p person) mark(appID string) string {
	switch {
	case !p.taken():
		return ""
	case p.userID != "":
		return identity.Hash(appID + " id " + p.userID)[:16]
	}
	return identity.Hash(appID + " email " + p.email)[:16]
}

func (p person) taken() bool { return p.verdict == ClaimVerified || p.verdict == ClaimUnverified }

// judge says what becomes of the claim at the app. Refused claims teach nothing.
func (u *unit) judge(app rejoin.App, c Claim) (person, error) {
	if c.Empty() {
		return person{verdict: ClaimAnonymous}, nil
	}
	secrets, err := u.secrets(app.ID)
	if err != nil {
		return person{}, err
	}
	if c.JWT != "" {
		return u.judgeJWT(secrets, c), nil
	}
	userID, ok := identity.CleanUserID(c.UserID)
	email, fine := identity.CleanLoginEmail(c.Email)
	if c.FullPrivacy {
		email, fine, c.Name = "", true, ""
	}
	if !ok || !fine || userID == "" && email == "" {
		return person{verdict: ClaimAnonymous}, nil
	}
	p := person{verdict: ClaimUnverified, userID: userID, email: email, name: userName(c.Name)}
	switch {
	case identity.Verify(secrets, c.UserID, c.Email, c.FullPrivacy, c.AuthToken):
		p.verdict, p.signed = ClaimVerified, identity.SignedMessage(c.UserID, c.Email, c.FullPrivacy)
	case app.Settings.Identity.Required && c.AuthToken == "":
		return person{verdict: ClaimRefused, reason: MissingToken}, nil
	case app.Settings.Identity.Required:
		return person{verdict: ClaimRefused, reason: InvalidToken}, nil
	}
	return p, nil
}

// judgeJWT reads a JWT: its signature is asked for whether or not the app asks for those of other logins. What the page says beside it must be the same.
func (u *unit) judgeJWT(secrets []string, c Claim) person {
	claims, err := identity.ParseJWT(secrets, c.JWT, u.now.Time())
	if fault, ok := errors.AsType[*identity.JWTError](err); ok {
		return person{verdict: ClaimRefused, reason: string(fault.Reason), fault: fault}
	}
	refused := func(reason string) person { return person{verdict: ClaimRefused, reason: reason} }
	userID, ok := identity.CleanUserID(claims.First("uid"))
	email, fine := identity.CleanLoginEmail(claims.First("email"))
	said, sane := identity.CleanLoginEmail(c.Email)
	switch {
	case !ok || !fine || userID == "" && email == "":
		return refused("USERID_AND_EMAIL_MISSING")
	case c.UserID != "" && c.UserID != userID:
		return refused("CONFIG_JWT_USER_ID_MISMATCH")
	case c.Email != "" && (!sane || said != email):
		return refused("CONFIG_JWT_EMAIL_MISMATCH")
	}
	p := person{verdict: ClaimVerified, userID: userID, email: email, name: userName(c.Name), byJWT: true, identities: named(claims.Identities)}
	if c.FullPrivacy {
		p.name, p.email, p.identities = "", "", nil
		if userID == "" {
			return person{verdict: ClaimAnonymous}
		}
	}
	return p
}

// named is the identities beside those that name the profile itself.
func named(list []identity.NamedIdentity) (out []rejoin.NamedIdentity) {
	for _, n := range list {
		if n.Identifier != "uid" && n.Identifier != "email" {
			out = append(out, rejoin.NamedIdentity{Identifier: n.Identifier, Value: n.Value, Metadata: n.Metadata})
		}
	}
	return out
}

// userName cuts the name that a page gives (reference §2.2); one that is none is as good as missing.
func userName(raw string) string {
	if r := []rune(raw); len(r) > rejoin.MaxUserName {
		raw = string(r[:rejoin.MaxUserName])
	}
	name, err := rejoin.CheckName("name", raw)
	if err != nil {
		return ""
	}
	return name
}

func (u *unit) secrets(appID string) (values []string, err error) {
	list, err := u.Secrets(appID)
	for _, s := range list {
		values = append(values, s.Value)
	}
	return values, err
}

// find returns the profile of the person, as reference §3.1 matches it. NotFound means that there is none yet.
func (u *unit) find(appID string, p person) (user rejoin.User, err error) {
	none := rejoin.Errorf(rejoin.NotFound, "There is no such user.")
	if p.userID != "" {
		user, err = u.UserByExternalID(appID, p.userID)
		if rejoin.CodeOf(err) != rejoin.NotFound {
			return user, err
		}
	}
	if p.email == "" {
		return user, none
	}
	user, err = u.UserByToldEmail(appID, p.email)
	if err == nil && p.userID != "" && user.ExternalID != "" {
		return rejoin.User{}, none // the address of somebody whom the site knows by another id
	}
	return user, err
}

// know brings the profile up to what the person's login says, and makes it if there is none.
func (u *unit) know(platform rejoin.Platform, p person) (rejoin.User, error) {
	if err := u.lockLogins(platform.AppID, p); err != nil {
		return rejoin.User{}, err
	}
	user, err := u.find(platform.AppID, p)
	fresh := rejoin.CodeOf(err) == rejoin.NotFound
	if err != nil && !fresh {
		return user, err
	}
	if fresh {
		user = rejoin.User{ID: newID("usr"), DomainID: platform.DomainID, AppID: platform.AppID, Presence: rejoin.PageClosed, PresenceSince: u.now,
			CreatedAt: u.now, SeenAt: u.now}
	} else if user, err = u.LockUser(user.ID); err != nil {
		return user, err
	}
	before := user
	p.teach(&user)
	if fresh {
		err = u.AddUser(user)
	} else if before.Name != user.Name || before.Email != user.Email || before.EmailSource != user.EmailSource || before.ExternalID != user.ExternalID ||
		before.Verified != user.Verified {
		err = u.SetProfile(user)
	}
	if err != nil {
		return user, err
	}
	for _, n := range p.identities {
		if err := u.AddIdentity(user.ID, n, u.now); err != nil {
			return user, err
		}
	}
	return user, u.tellAddresses(before, user)
}

// lockLogins makes other logins by the same id or the same address wait: two first ones may come at once, and need not give both.
func (u *unit) lockLogins(appID string, p person) error {
	for _, text := range []string{"login " + appID + " id " + p.userID, "login " + appID + " email " + p.email} { // always in this order
		if strings.HasSuffix(text, " ") {
			continue
		}
		if err := u.LockText(text); err != nil {
			return err
		}
	}
	return nil
}

// teach writes what a login says into the profile.
func (p person) teach(user *rejoin.User) {
	user.Verified = p.verdict == ClaimVerified
	if p.userID != "" {
		user.ExternalID = p.userID
	}
	if p.name != "" {
		user.Name = p.name
	}
	if p.email != "" {
		user.Email, user.EmailSource = p.email, rejoin.AssertedEmail
		if user.Verified {
			user.EmailSource = rejoin.VerifiedEmail
		}
	}
}

// tellAddresses lets conversations that wait for the old or the new address be decided again.
func (u *unit) tellAddresses(before, after rejoin.User) error {
	if before.ID == "" || before.Email == after.Email {
		return nil
	}
	for _, address := range []string{before.Email, after.Email} {
		if address == "" {
			continue
		}
		if err := u.put(jobAddress, after.DomainID+" "+address, u.now); err != nil {
			return err
		}
	}
	return nil
}

// Glance says what would become of the claim, and whether the person has written before. It changes nothing.
func (s *Identities) Glance(ctx context.Context, platformID string, c Claim) (v Verdict, reason string, known bool, err error) {
	err = s.read(ctx, func(u *unit) error {
		app, _, p, err := u.judged(platformID, c)
		v, reason = p.verdict, p.reason
		if err != nil || !p.taken() {
			return err
		}
		user, err := u.find(app.ID, p)
		if rejoin.CodeOf(err) == rejoin.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		issues, err := u.UserIssues(user.ID)
		known = len(issues) > 0
		return err
	})
	return v, reason, known, err
}

func (u *unit) judged(platformID string, c Claim) (app rejoin.App, platform rejoin.Platform, p person, err error) {
	if platform, err = u.Platform(platformID); err != nil {
		return app, platform, p, err
	}
	if app, err = u.App(platform.AppID); err != nil {
		return app, platform, p, err
	}
	p, err = u.judge(app, c)
	return app, platform, p, err
}

// Identify is what a browser sends whose page names somebody.
type Identify struct {
	PlatformID     string
	Claim          Claim
	Bearer         string // the session that the browser holds; may be empty or ended
	Session        string // a fresh token made by the browser
	Device         string // for people
	ClearAnonymous bool   // the anonymous profile is forgotten rather than its running conversation taken along
}

// Identified is who the person turns out to be.
type Identified struct {
	Verdict Verdict
	Reason  string
	Fault   *identity.JWTError
	Kept    bool // Bearer goes on
	Known   bool // there is a profile, and Session, or Bearer if kept, opens it
	User    rejoin.User
	Mark    string // of the person: the same for every claim that names them by the same id, or without one by the same address
}

// Identify logs the person in. The bearer's session ends if it is somebody else's; an anonymous bearer's running conversations go on with the
// person. A profile that nobody needs yet is not made: the first message does that, and a JWT.
func (s *Identities) Identify(ctx context.Context, in Identify) (out Identified, err error) {
	if !identity.WellFormed(in.Session) {
		return out, rejoin.InvalidField("session", "Send a fresh session token of 32 random bytes in base64url.")
	}
	err = s.write(ctx, func(u *unit) error {
		_, platform, p, err := u.judged(in.PlatformID, in.Claim)
		if err != nil {
			return err
		}
		out = Identified{Verdict: p.verdict, Reason: p.reason, Fault: p.fault, Mark: p.mark(platform.AppID)}
		if !p.taken() {
			return u.dismiss(in.Bearer)
		}
		return u.login(platform, p, in, &out)
	})
	return out, err
}

// dismiss ends the login that a browser still holds whose page names nobody, or somebody who is not taken. An anonymous session stays.
func (u *unit) dismiss(bearer string) error {
	if s, err := u.visitor(bearer); err == nil && s.Login {
		return u.endSession(s)
	}
	return nil
}

func (u *unit) login(platform rejoin.Platform, p person, in Identify, out *Identified) error {
	held, err := u.visitor(in.Bearer)
	holds := err == nil && held.PlatformID == platform.ID && held.IssueID == ""
	user, err := u.find(platform.AppID, p)
	fresh := rejoin.CodeOf(err) == rejoin.NotFound
	if err != nil && !fresh {
		return err
	}
	stolen, err := u.borrowed(platform.AppID, p, user)
	if err != nil {
		return err
	}
	if stolen {
		out.Verdict, out.Reason = ClaimRefused, InvalidToken
		return u.dismiss(in.Bearer)
	}
	running := []string(nil)
	if holds && !held.Login && !in.ClearAnonymous {
		if running, err = u.UserIssueIDs(held.UserID, maxOpenIssues); err != nil {
			return err
		}
	}
	if fresh && len(running) == 0 && !p.byJWT {
		if holds && (held.Login || in.ClearAnonymous) {
			return u.endSession(held)
		}
		return nil
	}
	moved, err := u.lockAll(running)
	if err != nil {
		return err
	}
	if user, err = u.know(platform, p); err != nil {
		return err
	}
	out.User, out.Known = user, true
	if holds && held.Login && held.UserID == user.ID {
		out.Kept = true
		return u.renew(held, p)
	}
	if err := u.move(moved, held.UserID, user); err != nil {
		return err
	}
	if holds {
		if err := u.handOn(held, in); err != nil {
			return err
		}
	}
	return u.admitLogin(platform, p, in, user)
}

func (u *unit) lockAll(ids []string) (list []rejoin.Issue, err error) {
	for _, id := range ids {
		i, err := u.LockIssue(id)
		if err != nil {
			return nil, err
		}
		list = append(list, i)
	}
	return list, nil
}

// renew keeps a login that is told again.
func (u *unit) renew(held rejoin.UserSession, p person) error {
	if held.Verified != (p.verdict == ClaimVerified) || held.ByJWT != p.byJWT {
		held.Verified, held.ByJWT = p.verdict == ClaimVerified, p.byJWT
		if err := u.SetSessionLogin(held); err != nil {
			return err
		}
	}
	return u.prolong(held)
}

// handOn ends what the browser held before. Files that an anonymous person has uploaded for a message not yet sent go on with the new session.
func (u *unit) handOn(held rejoin.UserSession, in Identify) error {
	if !held.Login && !in.ClearAnonymous {
		if err := u.OwnAttachments(held.TokenHash, identity.Hash(in.Session)); err != nil {
			return err
		}
	}
	return u.endSession(held)
}

// admitLogin makes the fresh token a session of the person.
func (u *unit) admitLogin(platform rejoin.Platform, p person, in Identify, user rejoin.User) error {
	if p.verdict == ClaimUnverified { // verification may be switched on at this moment, which ends such sessions
		if err := u.LockText("identity " + platform.AppID); err != nil {
			return err
		}
		app, err := u.App(platform.AppID)
		if err != nil {
			return err
		}
		if app.Settings.Identity.Required {
			return rejoin.Errorf(rejoin.Conflict, "This app has just begun to ask for signed logins. Please repeat the request.")
		}
	}
	hash := identity.Hash(in.Session)
	fresh, err := u.AddUserSession(rejoin.UserSession{TokenHash: hash, UserID: user.ID, PlatformID: platform.ID, Login: true,
		Verified: p.verdict == ClaimVerified, ByJWT: p.byJWT, Device: in.Device, Confirmed: true, CreatedAt: u.now, SeenAt: u.now, ExpiresAt: u.now.Add(sessionLife)})
	if err != nil || fresh {
		return err
	}
	if s, err := u.visitor(in.Session); err != nil || s.UserID != user.ID || s.IssueID != "" {
		return rejoin.InvalidField("session", "This session token was used before. Make a fresh one.")
	}
	return nil
}

// move lets an anonymous user's running conversations go on with the person who has logged in. The issues are locked.
func (u *unit) move(issues []rejoin.Issue, from string, to rejoin.User) error {
	for n := range issues {
		i := &issues[n]
		if !i.State.Open() {
			continue
		}
		if err := u.TakeOver(i.ID, from, to.ID); err != nil {
			return err
		}
		if err := u.RevokeIssueSessions(i.ID, from, u.now); err != nil { // made by links: whoever has one must log in now
			return err
		}
		u.signals = append(u.signals, live.Signal{Topic: live.IssueTopic(i.ID), Kind: live.Revoked, IssueID: i.ID})
		i.UserID = to.ID
		if i.Bot.Asking == rejoin.AskName && to.Name != "" || i.Bot.Asking == rejoin.AskEmail && to.Email != "" {
			i.Bot.Asking = rejoin.NoQuestion // the login has answered it
		}
		if err := u.event(i, rejoin.EventLoggedIn, byUser(to), rejoin.EventData{Name: to.Name, Email: to.Email}); err != nil {
			return err
		}
		if err := u.save(i); err != nil { // the facts of the decision are read through the issue's user
			return err
		}
		if err := u.rearm(i, factsChanged); err != nil {
			return err
		}
		if err := u.save(i); err != nil {
			return err
		}
		if err := u.put(jobBot, i.ID, u.now); err != nil { // what the bot would ask may be known now
			return err
		}
		u.signals = append(u.signals, live.Signal{Topic: live.UserTopic(to.ID), Kind: live.Changed, IssueID: i.ID})
	}
	if len(issues) == 0 {
		return nil
	}
	return u.DropTabs(from)
}

// endSession ends a session and closes its sockets.
func (u *unit) endSession(s rejoin.UserSession) error {
	u.signals = append(u.signals, live.Signal{Topic: live.UserTopic(s.UserID), Kind: live.Revoked})
	return u.RevokeSession(s.TokenHash, u.now)
}

// Logout ends the session. One that has ended already stays so.
func (s *Identities) Logout(ctx context.Context, token string) error {
	return s.write(ctx, func(u *unit) error {
		session, err := u.visitor(token)
		if rejoin.CodeOf(err) == rejoin.Unauthenticated {
			return nil
		}
		if err != nil {
			return err
		}
		return u.endSession(session)
	})
}
