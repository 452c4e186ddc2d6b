package core

import (
	"context"

	"rejoin"
	"rejoin/identity"
)

// Returns is the way back: what happens when somebody opens an e-mail's link.
type Returns struct{ *env }

// Redeem is what a browser sends that has come by a link.
type Redeem struct {
	PlatformID string
	Token      string // of the link
	Session    string // a fresh session token made by the browser
	Bearer     string // the browser's own session token; may be empty or ended
	LoggedIn   bool   // the page names a person, who may have no session yet
}

// Redeemed says what the link opens.
type Redeemed struct {
	Result  rejoin.ReturnResult
	IssueID string
	VisitID string // for Confirm
	Own     bool   // the browser's own session opens the conversation; the fresh token was not taken

	// Of a mismatch, where the app follows up: who began the conversation, anonymous or logged-in, and on which page (reference §1.3).
	OriginalState string
	PageURL       string
}

// Redeem opens the link's conversation. It proves that a program has the link, not that a person is there: nothing counts as
// read before Confirm.
func (r *Returns) Redeem(ctx context.Context, in Redeem) (out Redeemed, err error) {
	if !identity.WellFormed(in.Session) {
		return out, rejoin.InvalidField("session", "Send a fresh session token of 32 random bytes in base64url.")
	}
	err = r.write(ctx, func(u *unit) error {
		out = Redeemed{Result: rejoin.ReturnUnknown}
		link, issue, err := u.link(in)
		if rejoin.CodeOf(err) == rejoin.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		if out.Result = judge(link, u.now); out.Result != rejoin.ReturnSame {
			return nil
		}
		if err := u.compare(in, issue, &out); err != nil || out.Result != rejoin.ReturnSame {
			return err
		}
		out.IssueID, out.VisitID = issue.ID, link.FollowUpID
		if !out.Own {
			if err := u.admit(in, issue); err != nil {
				return err
			}
		}
		if err := u.UseReturnLink(link.TokenHash); err != nil {
			return err
		}
		return u.markOpened(&issue, link.FollowUpID)
	})
	return out, err
}

// link finds the link and locks its issue. A link of another platform is as good as none.
func (u *unit) link(in Redeem) (l rejoin.ReturnLink, i rejoin.Issue, err error) {
	none := rejoin.Errorf(rejoin.NotFound, "There is no such link.")
	if !identity.WellFormed(in.Token) {
		return l, i, none
	}
	hash := identity.Hash(in.Token)
	if l, err = u.ReturnLink(hash); err != nil {
		return l, i, err
	}
	if i, err = u.LockIssue(l.IssueID); err != nil {
		return l, i, err
	}
	if i.PlatformID != in.PlatformID {
		return l, i, none
	}
	l, err = u.LockReturnLink(hash)
	return l, i, err
}

func judge(l rejoin.ReturnLink, now rejoin.Millis) rejoin.ReturnResult {
	switch {
	case l.RevokedAt > 0:
		return rejoin.ReturnRevoked
	case l.ExpiresAt <= now || l.Uses >= l.MaxUses:
		return rejoin.ReturnExpired
	}
	return rejoin.ReturnSame
}

// compare compares who began the conversation with who has opened the link. A link never stands in for a login, nor opens an anonymous
// conversation to somebody who is logged in.
func (u *unit) compare(in Redeem, i rejoin.Issue, out *Redeemed) error {
	s, err := u.activeVisitor(in.Bearer)
	if err == nil && reach(s, i) == nil && (s.Login || !in.LoggedIn) { // an anonymous session, or what an earlier link has made, is no login
		out.Own = true
		return nil
	}
	here := in.LoggedIn || err == nil && s.Login
	owner, err := u.User(i.UserID)
	if err != nil {
		return err
	}
	switch began := owner.LoggedIn(); {
	case began && here:
		out.Result, out.OriginalState = rejoin.ReturnOtherUser, "logged-in"
	case began:
		out.Result, out.OriginalState = rejoin.ReturnLoginRequired, "logged-in"
	case here:
		out.Result, out.OriginalState = rejoin.ReturnLogoutRequired, "anonymous"
	case i.State == rejoin.Rejected:
		out.Result = rejoin.ReturnClosed
	default:
		return nil
	}
	app, err := u.App(i.AppID)
	if err != nil {
		return err
	}
	out.PageURL = i.StartURL
	if !app.Settings.WebChat.FollowUp.Enabled {
		out.OriginalState = "" // without follow-ups the host page hears no userChanged (reference §1.3)
	}
	return nil
}

// admit makes the fresh token a session that opens this one conversation.
func (u *unit) admit(in Redeem, i rejoin.Issue) error {
	hash := identity.Hash(in.Session)
	fresh, err := u.AddUserSession(rejoin.UserSession{TokenHash: hash, UserID: i.UserID, PlatformID: i.PlatformID, IssueID: i.ID,
		CreatedAt: u.now, SeenAt: u.now, ExpiresAt: u.now.Add(sessionLife)})
	if err != nil || fresh {
		return err
	}
	if s, err := u.visitor(in.Session); err != nil || s.IssueID != i.ID {
		return rejoin.InvalidField("session", "This session token was used before. Make a fresh one.")
	}
	return nil
}

func (u *unit) markOpened(i *rejoin.Issue, followUpID string) error {
	f, err := u.FollowUp(followUpID)
	if err != nil || f.OpenedAt > 0 {
		return err
	}
	f.OpenedAt, f.UpdatedAt = u.now, u.now
	return u.mark(i, f, "opened", rejoin.Actor{Kind: rejoin.ByUser, ID: i.UserID})
}

func (u *unit) mark(i *rejoin.Issue, f rejoin.FollowUp, step string, by rejoin.Actor) error {
	if err := u.SaveFollowUp(f); err != nil {
		return err
	}
	if err := u.followUpEvent(i, f, step, by); err != nil {
		return err
	}
	return u.save(i)
}

// Confirm says that a person is at the page that came by the link: from now on reading counts.
func (r *Returns) Confirm(ctx context.Context, token, issueID, visitID string) (up Update, err error) {
	err = r.write(ctx, func(u *unit) error {
		s, issue, err := u.visitorsIssue(token, issueID)
		if err != nil {
			return err
		}
		f, err := u.FollowUp(visitID)
		if err != nil || f.IssueID != issue.ID || f.OpenedAt == 0 {
			return rejoin.InvalidField("visit_id", "There was no such visit to this conversation.")
		}
		if !s.Confirmed {
			if err := u.ConfirmSession(s.TokenHash); err != nil {
				return err
			}
		}
		if f.ReturnedAt == 0 {
			f.ReturnedAt, f.UpdatedAt = u.now, u.now
			if err := u.mark(&issue, f, "returned", rejoin.Actor{Kind: rejoin.ByUser, ID: s.UserID}); err != nil {
				return err
			}
		}
		up, err = u.update(issue, Cursor{Seq: issue.LastSeq})
		return err
	})
	return up, err
}

// markReplied notes on the newest e-mail that its reader has answered. The caller saves the issue.
func (u *unit) markReplied(i *rejoin.Issue, by rejoin.Actor) error {
	if i.MailedSeq == 0 {
		return nil
	}
	list, err := u.MailedFollowUps(i.ID)
	if err != nil || len(list) == 0 {
		return err
	}
	f := list[len(list)-1]
	if f.RepliedAt > 0 || f.OpenedAt == 0 {
		return nil
	}
	f.RepliedAt, f.UpdatedAt = u.now, u.now
	if err := u.SaveFollowUp(f); err != nil {
		return err
	}
	return u.followUpEvent(i, f, "replied", by)
}
