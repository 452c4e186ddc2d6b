package core

import (
	"rejoin"
)

// The functions here note, in the transaction that changes it, what the follow-up decision depends on: see [rejoin.Fact]. Each must stand
// beside the change, or the simulator decides about a past that never was.

// note keeps a fact.
func (u *unit) note(f rejoin.Fact) error {
	if u.act == "" {
		u.act = newID("act")
	}
	u.noted++
	f.Act, f.N, f.At = u.act, u.noted, u.now
	return u.AddFact(f)
}

// noteIssue keeps a fact about an issue.
func (u *unit) noteIssue(i *rejoin.Issue, kind rejoin.FactKind) error {
	return u.note(rejoin.Fact{DomainID: i.DomainID, IssueID: i.ID, Kind: kind})
}

// readUpTo moves the user's read cursor, which only grows.
func (u *unit) readUpTo(i *rejoin.Issue, seq int64) error {
	before := i.UserReadSeq
	if seq <= before {
		return nil
	}
	i.UserReadSeq = seq
	if i.LastOutSeq <= before {
		return nil // over the user's own messages
	}
	return u.note(rejoin.Fact{DomainID: i.DomainID, IssueID: i.ID, Kind: rejoin.FactRead, Seq: seq})
}

// noteState keeps when an issue is rejected, resolved, or neither any more. It is called before the state changes.
func (u *unit) noteState(i *rejoin.Issue, to rejoin.IssueState, by rejoin.Actor) error {
	if to == rejoin.Resolved || i.State == rejoin.Resolved {
		at := rejoin.Millis(0)
		if to == rejoin.Resolved {
			at = u.now
		}
		if err := u.SetResolved(i.ID, at, by.ID); err != nil {
			return err
		}
	}
	switch rejoin.Rejected {
	case to:
		return u.noteIssue(i, rejoin.FactRejected)
	case i.State:
		return u.noteIssue(i, rejoin.FactReopened)
	}
	return nil
}

// noteFirstResponse keeps when an agent has answered for the first time. It is called before the issue's state changes.
func (u *unit) noteFirstResponse(i *rejoin.Issue, a rejoin.Agent) error {
	if i.State == rejoin.AgentReplied {
		return nil // an agent has written before
	}
	return u.SetFirstResponse(i.ID, u.now, a.ID)
}

// notePresence keeps when a user comes and goes. Between pages and tabs nothing is decided anew.
func (u *unit) notePresence(before rejoin.User, now rejoin.Presence) error {
	if before.Presence.Online() == now.Online() {
		return nil
	}
	return u.note(rejoin.Fact{DomainID: before.DomainID, UserID: before.ID, Kind: rejoin.FactPresence, Value: string(now)})
}

// noteAddress keeps that a user's address is another one, or is known in another way. Before is zero for a new user.
func (u *unit) noteAddress(before, after rejoin.User) error {
	if before.Email == after.Email && before.EmailSource == after.EmailSource {
		return nil
	}
	if err := u.recallWishes(after); err != nil {
		return err
	}
	return u.note(rejoin.Fact{DomainID: after.DomainID, UserID: after.ID, Kind: rejoin.FactAddress, Value: after.Email, Detail: string(after.EmailSource)})
}

// noteWish keeps a wish not to be mailed, or that it was taken back.
func (u *unit) noteWish(s rejoin.Suppression, on bool) error {
	kind := rejoin.FactUnwished
	if on {
		kind = rejoin.FactWished
	}
	return u.note(rejoin.Fact{DomainID: s.DomainID, AppID: s.AppID, IssueID: s.IssueID, Kind: kind, Value: s.Address, Detail: string(s.Kind)})
}
