package core

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strings"

	"rejoin"
	"rejoin/live"
)

// erasedAtOnce is how many conversations one transaction erases.
const erasedAtOnce = 50

// Erase takes away for good what was written in the user's conversations, by whomever, and everything that tells who the user is. That there were
// conversations, when, in which state and in whose hands, is kept for reports, and the wish of an address not to be mailed as its fingerprint. People type
// confirm, as [Held] says; programs need not. It may be repeated: what was interrupted is done then.
func (s *Privacy) Erase(ctx context.Context, a rejoin.Agent, userID, confirm string) (h Held, err error) {
	if h, err = s.Data(ctx, a, userID); err != nil || h.ErasedAt > 0 {
		return h, err
	}
	if !a.Program && !strings.EqualFold(strings.TrimSpace(confirm), h.Confirm) {
		return h, rejoin.InvalidField("confirm", "Type %s to erase this user.", h.Confirm)
	}
	if err := s.shutOut(ctx, a, userID); err != nil {
		return h, err
	}
	done, gone := map[string]bool{}, []string{}
	for h.ErasedAt == 0 {
		if err := s.eraseIssues(ctx, a, userID, done, &gone); err != nil {
			return h, err
		}
		if h, err = s.eraseUser(ctx, a, userID, done, &gone); err != nil {
			return h, err
		}
	}
	s.dropFiles(ctx, gone)
	return h, s.showErased(ctx, slices.Sorted(maps.Keys(done)))
}

// showErased tells whoever looks at the conversations that the user's name and address are gone from them.
func (s *Privacy) showErased(ctx context.Context, ids []string) error {
	for page := range slices.Chunk(ids, erasedAtOnce) {
		err := s.write(ctx, func(u *unit) error {
			for _, id := range page {
				i, err := u.LockIssue(id)
				if err != nil {
					return err
				}
				if err := u.save(&i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// shutOut ends the user's sessions, so that nothing more comes in.
func (s *Privacy) shutOut(ctx context.Context, a rejoin.Agent, userID string) error {
	return s.write(ctx, func(u *unit) error {
		if _, err := u.agentsUser(a, userID); err != nil {
			return err
		}
		if err := u.revokeAll(userID); err != nil {
			return err
		}
		u.signals = append(u.signals, live.Signal{Topic: live.UserTopic(userID), Kind: live.Revoked})
		return u.DropTabs(userID)
	})
}

// eraseIssues erases the user's conversations that are not done, some in each transaction. Gone collects the files whose bytes are to go.
func (s *Privacy) eraseIssues(ctx context.Context, a rejoin.Agent, userID string, done map[string]bool, gone *[]string) error {
	for after := ""; ; {
		var ids, files []string
		err := s.write(ctx, func(u *unit) (err error) {
			if ids, err = u.IssueIDsOf(userID, after, erasedAtOnce); err != nil {
				return err
			}
			files = nil
			for _, id := range ids {
				list, err := u.eraseIssue(a, userID, id)
				if err != nil {
					return err
				}
				files = append(files, list...)
			}
			return nil
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			done[id] = true
		}
		*gone, after = append(*gone, files...), ids[len(ids)-1]
	}
}

// eraseIssue erases one conversation and returns its files. One that was open is rejected: nobody can answer any more.
func (u *unit) eraseIssue(a rejoin.Agent, userID, id string) (gone []string, err error) {
	i, err := u.LockIssue(id)
	if err != nil || i.UserID != userID {
		return nil, err // it went on with somebody who has logged in
	}
	if f, ok, err := u.NewestFollowUp(id); err != nil || ok && f.State == rejoin.FollowUpHandingOver {
		if err == nil {
			err = rejoin.Errorf(rejoin.Conflict, "An e-mail to this user is being handed over right now. Try again in a minute.")
		}
		return nil, err
	}
	if e, ok, err := u.NewestEvent(id, rejoin.EventErased); err != nil || ok && e.N == i.EventCount {
		return nil, err // by an attempt that was interrupted
	}
	if gone, err = u.FilesOf(id); err != nil {
		return nil, err
	}
	if i.State.Open() {
		if err := u.close(&i, rejoin.Rejected, byAgent(a)); err != nil {
			return nil, err
		}
	}
	if err := u.EraseIssue(id, i.Version+1, u.now); err != nil {
		return nil, err
	}
	i.Title, i.StartURL, i.Preview, i.Ending.Comment, i.Ending.Closing, i.Bot.Asking = "", "", "", "", rejoin.Ended, rejoin.NoQuestion
	i.ChangedVersion, i.Meta, i.Fields, i.UpdatedAt = i.Version+1, rejoin.Meta{}, nil, u.now
	if err := u.rearm(&i, takenBack); err != nil {
		return nil, err
	}
	if err := u.eraseEvents(i); err != nil {
		return nil, err
	}
	if err := u.event(&i, rejoin.EventErased, byAgent(a), rejoin.EventData{}); err != nil {
		return nil, err
	}
	if err := u.LockDeliveries(id); err != nil {
		return nil, err
	}
	if err := u.DropDeliveriesOf(id); err != nil {
		return nil, err
	}
	return gone, u.save(&i)
}

// eraseEvents takes what people wrote, and what tells who the user is, out of the timeline. That something happened stays.
func (u *unit) eraseEvents(i rejoin.Issue) error {
	events, err := u.EventsAfter(i.ID, 0, int(i.EventCount))
	for _, e := range events {
		if err != nil {
			return err
		}
		d := &e.Data
		d.Name, d.Email, d.Comment, d.Note, d.Value = "", "", "", "", ""
		if d.FollowUp != nil {
			d.FollowUp.Address, d.FollowUp.Response = "", ""
		}
		if d.Bot != nil {
			d.Bot.Text = ""
		}
		if d.Rule != nil {
			d.Rule.Done, d.Rule.Failed = nil, nil
		}
		if e.Actor.Kind == rejoin.ByUser {
			e.Actor.Name = ""
		}
		err = u.SetEvent(e)
	}
	return err
}

// eraseUser erases the profile, unless there is a conversation that is not done: then nothing changes, and ErasedAt is zero.
func (s *Privacy) eraseUser(ctx context.Context, a rejoin.Agent, userID string, done map[string]bool, gone *[]string) (h Held, err error) {
	var files []string
	err = s.write(ctx, func(u *unit) error {
		user, err := u.LockUser(userID)
		if err != nil {
			return err
		}
		if fresh, err := u.hasOthers(userID, done); err != nil || fresh {
			h = Held{User: user}
			return err
		}
		if h, err = u.heldOn(user); err != nil || h.ErasedAt > 0 {
			return err
		}
		addresses, err := u.AddressesOf(userID)
		for _, address := range addresses {
			if err == nil {
				err = u.eraseAddress(user, address)
			}
		}
		if err != nil {
			return err
		}
		if files, err = u.CondemnUnsentOf(userID); err != nil {
			return err
		}
		if err := u.EraseUser(user, u.now); err != nil {
			return err
		}
		if err := u.audit(a, rejoin.UserErased, user.ID); err != nil {
			return err
		}
		if user, err = u.User(userID); err != nil {
			return err
		}
		h, err = u.heldOn(user)
		return err
	})
	*gone = append(*gone, files...)
	return h, err
}

// hasOthers reports whether the user has conversations that are not in the set.
func (u *unit) hasOthers(userID string, set map[string]bool) (bool, error) {
	for after := ""; ; {
		ids, err := u.IssueIDsOf(userID, after, 1000)
		if err != nil || len(ids) == 0 {
			return false, err
		}
		for _, id := range ids {
			if !set[id] {
				return true, nil
			}
		}
		after = ids[len(ids)-1]
	}
}

// erasedMark begins what stands in the place of an erased address. It has no @, which every address has.
const erasedMark = "erased:"

// fingerprint stands for an address that wants no mail, so that the wish is found should the address be told again. It cannot be turned back; who has an
// address can compare it.
func fingerprint(domainID, address string) string {
	sum := sha256.Sum256([]byte(domainID + "\n" + address))
	return erasedMark + hex.EncodeToString(sum[:16])
}

// eraseAddress puts something else wherever an address of the user stands: its fingerprint if it wants no mail, else chance. The wishes of an address that
// another user has stay as they are, for them.
func (u *unit) eraseAddress(user rejoin.User, address string) error {
	if strings.HasPrefix(address, erasedMark) {
		return nil
	}
	others, err := u.AddressIsOthers(user, address)
	if err != nil {
		return err
	}
	wishes, err := u.WishesOf(user.DomainID, address)
	if err != nil {
		return err
	}
	instead := erasedMark + strings.ToLower(rand.Text())
	if len(wishes) > 0 && !others {
		instead = fingerprint(user.DomainID, address)
		if err := u.EraseWishes(user.DomainID, address, instead); err != nil {
			return err
		}
	}
	return u.EraseAddress(user, address, instead)
}

// recallWishes makes wishes of an address whose user was erased hold again in plain words: the address is known again.
func (u *unit) recallWishes(user rejoin.User) error {
	if user.Email == "" {
		return nil
	}
	wishes, err := u.WishesOf(user.DomainID, fingerprint(user.DomainID, user.Email))
	for _, w := range wishes {
		if err != nil {
			return err
		}
		if err := u.DropSuppression(w); err != nil {
			return err
		}
		w.Address = user.Email
		added, err := u.AddSuppression(w)
		if err != nil {
			return err
		}
		if added {
			if err := u.noteWish(w, true); err != nil {
				return err
			}
		}
	}
	return err
}

// dropFiles takes bytes away. What fails is tried again within the hour, with everything that was never sent.
func (s *Privacy) dropFiles(ctx context.Context, ids []string) {
	kept := &Attachments{env: s.env}
	var failed error
	for _, id := range ids {
		if err := kept.discard(context.WithoutCancel(ctx), rejoin.Attachment{ID: id}); err != nil {
			failed = errors.Join(failed, err)
		}
	}
	if failed != nil {
		s.Log.Error("files of an erased user are still to be removed", "error", failed)
	}
}
