package core

import (
	"context"
	"strings"

	"rejoin"
	"rejoin/identity"
)

// Wishes is what the reader of an e-mail may ask for: mute the conversation, unsubscribe, or say that it is not theirs.
type Wishes struct{ *env }

// WishPage is what the page behind an e-mail's small print shows.
type WishPage struct {
	AppName  string
	Number   int64
	Address  string // masked: m…@example.com
	Language string // of the user who began the conversation: a BCP 47 tag or a code of [rejoin.Languages]; may be empty
	Wishes   map[rejoin.SuppressionKind]bool
}

// Page returns the state of the wishes. It changes nothing.
func (w *Wishes) Page(ctx context.Context, token string) (p WishPage, err error) {
	err = w.read(ctx, func(u *unit) error {
		t, i, err := u.mailToken(token)
		if err != nil {
			return err
		}
		app, err := u.App(i.AppID)
		if err != nil {
			return err
		}
		user, err := u.User(i.UserID)
		if err != nil {
			return err
		}
		p = WishPage{AppName: app.Name, Number: i.Number, Address: maskAddress(t.Address), Language: user.Language, Wishes: map[rejoin.SuppressionKind]bool{}}
		for _, kind := range []rejoin.SuppressionKind{rejoin.Mute, rejoin.Unsubscribe, rejoin.NotMe} {
			if p.Wishes[kind], err = u.Suppressed(suppression(kind, t, i)); err != nil {
				return err
			}
		}
		return nil
	})
	return p, err
}

func (u *unit) mailToken(token string) (t rejoin.MailToken, i rejoin.Issue, err error) {
	if !identity.WellFormed(token) {
		return t, i, rejoin.Errorf(rejoin.NotFound, "There is no such page.")
	}
	if t, err = u.MailToken(identity.Hash(token)); err != nil {
		return t, i, err
	}
	i, err = u.Issue(t.IssueID)
	return t, i, err
}

func suppression(kind rejoin.SuppressionKind, t rejoin.MailToken, i rejoin.Issue) rejoin.Suppression {
	s := rejoin.Suppression{DomainID: i.DomainID, Address: t.Address, Kind: kind}
	switch kind {
	case rejoin.Mute:
		s.AppID, s.IssueID = i.AppID, i.ID
	case rejoin.Unsubscribe:
		s.AppID = i.AppID
	}
	return s
}

// Set stores a wish, or takes it back if on is false. "This was not me" also switches off the conversation's links, and
// cannot be taken back here: whoever typed the address must not be able to undo it.
func (w *Wishes) Set(ctx context.Context, token string, kind rejoin.SuppressionKind, on bool) error {
	switch {
	case kind != rejoin.Mute && kind != rejoin.Unsubscribe && kind != rejoin.NotMe:
		return rejoin.InvalidField("wish", "The choices are mute, unsubscribe and not_me.")
	case kind == rejoin.NotMe && !on:
		return rejoin.Errorf(rejoin.Forbidden, "This cannot be taken back here. Write to the company if it was a mistake.")
	}
	return w.write(ctx, func(u *unit) error {
		t, i, err := u.mailToken(token)
		if err != nil {
			return err
		}
		if i, err = u.LockIssue(i.ID); err != nil {
			return err
		}
		wish := suppression(kind, t, i)
		changed, err := u.setWish(wish, on)
		if err != nil || !changed {
			return err
		}
		if err := u.noteWish(wish, on); err != nil {
			return err
		}
		by := rejoin.Actor{Kind: rejoin.ByUser, ID: i.UserID}
		if on {
			if err := u.event(&i, rejoin.EventSuppressed, by, rejoin.EventData{Kind: string(kind), Email: t.Address}); err != nil {
				return err
			}
		}
		if kind == rejoin.NotMe {
			if err := u.revokeLinks(&i, by); err != nil {
				return err
			}
		}
		if err := u.rearm(&i, factsChanged); err != nil {
			return err
		}
		if err := u.save(&i); err != nil {
			return err
		}
		return u.put(jobAddress, i.DomainID+" "+t.Address, u.now)
	})
}

func (u *unit) setWish(s rejoin.Suppression, on bool) (changed bool, err error) {
	if on {
		s.ID, s.CreatedAt = newID("sup"), u.now
		return u.AddSuppression(s)
	}
	if changed, err = u.Suppressed(s); err != nil || !changed {
		return changed, err
	}
	return true, u.DropSuppression(s)
}

const jobAddress rejoin.JobKind = "address" // key: domain id, space, address

// ReviewAddress asks for the decision about other conversations with the address again. It is the handler of a job.
func (s *FollowUps) ReviewAddress(ctx context.Context, j rejoin.Job) error {
	domainID, address, _ := strings.Cut(j.Key, " ")
	var ids []string
	err := s.read(ctx, func(u *unit) (err error) {
		ids, err = u.LiveAddressIssues(domainID, address, 1000)
		return err
	})
	for _, id := range ids {
		if err != nil {
			break
		}
		err = s.review(ctx, id)
	}
	return err
}

func maskAddress(a string) string {
	local, host, _ := strings.Cut(a, "@")
	r := []rune(local)
	return string(r[:min(1, len(r))]) + "…@" + host
}
