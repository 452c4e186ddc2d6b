package core

import (
	"context"

	"rejoin"
	"rejoin/identity"
	"rejoin/live"
)

// Identities is who users are: what the host site says of them, and whether its server has signed it.
type Identities struct{ *env }

// Glance says what would become of the claim, and whether the person has written before. It changes nothing.
func (s *Identities) Glance(ctx context.Context, platformID string, c Claim) (v Verdict, reason string, known bool, err error) {
	err = s.read(ctx, func(u *unit) error {
		app, _, p, err := u.judged(platformID, c)
		v, reason = p.verdict, p.reason
		if err != nil || !p.taken() {
			return err
		}
		user, fresh, stolen, err := u.recognise(app.ID, p)
		if err != nil || fresh && !stolen {
			return err
		}
		if stolen {
			v, reason = ClaimRefused, InvalidToken
			return nil
		}
		issues, err := u.UserIssues(user.ID)
		known = len(issues) > 0
		return err
	})
	return v, reason, known, err
}

// judgedForGood is judged for whoever logs in. Verification may be switched on at this moment, which ends logins without a signature.
func (u *unit) judgedForGood(platformID string, c Claim) (platform rejoin.Platform, p person, err error) {
	app, platform, p, err := u.judged(platformID, c)
	if err != nil || p.verdict != ClaimUnverified {
		return platform, p, err
	}
	if err := u.lockApp(app.ID); err != nil {
		return platform, p, err
	}
	_, platform, p, err = u.judged(platformID, c)
	return platform, p, err
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
		platform, p, err := u.judgedForGood(in.PlatformID, in.Claim)
		if err != nil {
			return err
		}
		out = Identified{Verdict: p.verdict, Reason: p.reason, Fault: p.fault, Mark: p.mark(platform.AppID)}
		if !p.taken() {
			return u.dismiss(platform, in.Bearer)
		}
		return u.login(platform, p, in, &out)
	})
	return out, err
}

// dismiss ends the login that a browser still holds whose page names nobody, or somebody who is not taken. An anonymous session stays.
func (u *unit) dismiss(platform rejoin.Platform, bearer string) error {
	held, ok, err := u.held(platform, bearer)
	if err == nil && ok && held.Login {
		err = u.endSession(held)
	}
	return err
}

// held is the browser's own session at the platform, if it has one that goes on.
func (u *unit) held(platform rejoin.Platform, bearer string) (s rejoin.UserSession, ok bool, err error) {
	s, err = u.visitor(bearer)
	if rejoin.CodeOf(err) == rejoin.Unauthenticated {
		return s, false, nil
	}
	return s, err == nil && s.PlatformID == platform.ID && s.IssueID == "", err
}

func (u *unit) login(platform rejoin.Platform, p person, in Identify, out *Identified) error {
	_, fresh, stolen, err := u.recognise(platform.AppID, p)
	if err != nil {
		return err
	}
	if stolen {
		out.Verdict, out.Reason = ClaimRefused, InvalidToken
		return u.dismiss(platform, in.Bearer)
	}
	held, holds, running, err := u.running(platform, in)
	if err != nil {
		return err
	}
	if fresh && len(running) == 0 && !p.byJWT {
		if holds && (held.Login || in.ClearAnonymous) {
			return u.endSession(held)
		}
		return nil
	}
	user, err := u.know(platform, p)
	if err != nil {
		return err
	}
	if holds && held.Login && held.UserID == user.ID {
		out.User, out.Known, out.Kept = user, true, true
		return u.renew(held, p)
	}
	if len(running) > 0 {
		if err := u.move(running, held.UserID, user); err != nil {
			return err
		}
	}
	out.User, out.Known = user, true
	if err := u.handOn(held, holds, in); err != nil {
		return err
	}
	return u.admitLogin(platform, p, in, user)
}

// running is what the browser holds, and the conversations of an anonymous session that go on with whoever logs in, locked. Another tab may
// log in at the same moment: what it has taken is gone once its issues are locked.
func (u *unit) running(platform rejoin.Platform, in Identify) (held rejoin.UserSession, holds bool, list []rejoin.Issue, err error) {
	held, holds, err = u.held(platform, in.Bearer)
	if err != nil || !holds || held.Login || in.ClearAnonymous {
		return held, holds, nil, err
	}
	ids, err := u.UnendedIssueIDs(held.UserID, maxOpenIssues)
	if err != nil {
		return held, holds, nil, err
	}
	if list, err = u.lockAll(ids); err != nil || len(list) == 0 {
		return held, holds, nil, err
	}
	if held, holds, err = u.held(platform, in.Bearer); err != nil || !holds {
		return held, holds, nil, err
	}
	return held, holds, list, nil
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

// handOn ends what the browser held before. Files that an anonymous person has uploaded for a message not yet sent go on with the new session,
// also if that message would have been their first.
func (u *unit) handOn(held rejoin.UserSession, holds bool, in Identify) error {
	owner := held.TokenHash
	if !holds {
		owner = identity.Hash(in.Bearer)
		if _, err := u.UserSession(owner); rejoin.CodeOf(err) != rejoin.NotFound {
			return err // none of this person's
		}
	}
	if !held.Login && !in.ClearAnonymous {
		if err := u.OwnAttachments(owner, identity.Hash(in.Session)); err != nil {
			return err
		}
	}
	if !holds {
		return nil
	}
	return u.endSession(held)
}

// maxLogins is in how many browsers one person is logged in at once. A new one ends the one that was seen longest ago.
const maxLogins = 100

// admitLogin makes the fresh token a session of the person.
func (u *unit) admitLogin(platform rejoin.Platform, p person, in Identify, user rejoin.User) error {
	ended, err := u.EndOldestSessions(user.ID, maxLogins-1, u.now)
	if err != nil {
		return err
	}
	if ended > 0 {
		u.signals = append(u.signals, live.Signal{Topic: live.UserTopic(user.ID), Kind: live.Revoked})
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

// move lets an anonymous user's running conversations go on with the person who has logged in. What the visitor has told of themselves stays
// behind: on a shared computer it may be somebody else's, and the person's other conversations must not be mailed there. The bot asks again.
func (u *unit) move(issues []rejoin.Issue, from string, to rejoin.User) error {
	for n := range issues {
		if issues[n].UserID != from {
			continue
		}
		if err := u.moveOne(&issues[n], from, to); err != nil {
			return err
		}
	}
	return u.DropTabs(from)
}

func (u *unit) moveOne(i *rejoin.Issue, from string, to rejoin.User) error {
	if err := u.TakeOver(i.ID, from, to.ID); err != nil {
		return err
	}
	if err := u.RevokeIssueSessions(i.ID, from, u.now); err != nil { // made by links: whoever has one must log in now
		return err
	}
	i.UserID = to.ID
	if err := u.note(rejoin.Fact{DomainID: i.DomainID, IssueID: i.ID, UserID: to.ID, Kind: rejoin.FactMoved, Value: from}); err != nil {
		return err
	}
	if i.Bot.Asking == rejoin.AskName && to.Name != "" || i.Bot.Asking == rejoin.AskEmail && to.Email != "" {
		i.Bot.Asking = rejoin.NoQuestion // the login has answered it
	}
	i.Bot.Done = i.Bot.Done && to.Email != ""
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
	u.signals = append(u.signals, live.Signal{Topic: live.IssueTopic(i.ID), Kind: live.Revoked, IssueID: i.ID},
		live.Signal{Topic: live.UserTopic(to.ID), Kind: live.Changed, IssueID: i.ID})
	return u.put(jobBot, i.ID, u.now) // what the bot would ask may be known now
}

// endSession ends a session and closes its sockets.
func (u *unit) endSession(s rejoin.UserSession) error {
	u.signals = append(u.signals, live.Signal{Topic: live.UserTopic(s.UserID), Kind: live.Revoked})
	if s.IssueID != "" { // a link's session listens there only
		u.signals = append(u.signals, live.Signal{Topic: live.IssueTopic(s.IssueID), Kind: live.Revoked, IssueID: s.IssueID})
	}
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
