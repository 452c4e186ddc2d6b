package core

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"rejoin"
)

// Replies is saved replies. Everybody keeps their own, supervisors keep those that the whole team sees.
type Replies struct{ *env }

// maxReplies is how many saved replies an agent has at most, and how many a team shares.
const maxReplies = 500

// SetReply makes or changes a saved reply.
type SetReply struct {
	Title  string
	Body   string
	Shared bool
}

// check returns the reply as it is kept.
func (r SetReply) check() (SetReply, error) {
	r.Title = strings.Join(strings.Fields(r.Title), " ")
	if n := utf8.RuneCountInString(r.Title); n < 1 || n > 80 || !storable(r.Title) {
		return r, rejoin.InvalidField("title", "The title of a saved reply has 1 to 80 characters.")
	}
	var err error
	r.Body, err = rejoin.CheckBody(r.Body)
	return r, err
}

// List returns the replies that the agent sees, by title.
func (s *Replies) List(ctx context.Context, a rejoin.Agent) (list []rejoin.SavedReply, err error) {
	err = s.read(ctx, func(u *unit) error {
		list, err = u.SavedReplies(a.DomainID, a.ID)
		return err
	})
	return list, err
}

// Add makes a saved reply and returns those that the agent sees.
func (s *Replies) Add(ctx context.Context, a rejoin.Agent, in SetReply) ([]rejoin.SavedReply, error) {
	in, err := in.check()
	if err != nil {
		return nil, err
	}
	return s.keep(ctx, a, func(u *unit, list []rejoin.SavedReply) error {
		r := rejoin.SavedReply{ID: newID("rpl"), DomainID: a.DomainID, OwnerID: in.owner(a), Title: in.Title, Body: in.Body, CreatedAt: u.now, UpdatedAt: u.now}
		if err := mayKeep(a, r); err != nil {
			return err
		}
		if err := room(list, r.OwnerID); err != nil {
			return err
		}
		if err := u.AddSavedReply(r); err != nil {
			return err
		}
		return u.auditReply(a, rejoin.SavedReplyMade, r)
	})
}

// Change changes a saved reply and returns those that the agent sees.
func (s *Replies) Change(ctx context.Context, a rejoin.Agent, id string, in SetReply) ([]rejoin.SavedReply, error) {
	in, err := in.check()
	if err != nil {
		return nil, err
	}
	return s.keep(ctx, a, func(u *unit, list []rejoin.SavedReply) error {
		before, err := pick(a, list, id)
		if err != nil {
			return err
		}
		r := before
		r.OwnerID, r.Title, r.Body, r.UpdatedAt = in.owner(a), in.Title, in.Body, u.now
		if err := mayKeep(a, r); err != nil {
			return err
		}
		if r.OwnerID != before.OwnerID {
			if err := room(list, r.OwnerID); err != nil {
				return err
			}
		}
		if err := u.SaveSavedReply(r); err != nil {
			return err
		}
		switch {
		case before.OwnerID == r.OwnerID:
			return u.auditReply(a, rejoin.SavedReplyChanged, r)
		case r.OwnerID == "":
			return u.auditReply(a, rejoin.SavedReplyMade, r)
		}
		return u.auditReply(a, rejoin.SavedReplyDeleted, before)
	})
}

// Delete takes a saved reply away and returns those that the agent sees.
func (s *Replies) Delete(ctx context.Context, a rejoin.Agent, id string) ([]rejoin.SavedReply, error) {
	return s.keep(ctx, a, func(u *unit, list []rejoin.SavedReply) error {
		r, err := pick(a, list, id)
		if err != nil {
			return err
		}
		if err := u.DeleteSavedReply(id); err != nil {
			return err
		}
		return u.auditReply(a, rejoin.SavedReplyDeleted, r)
	})
}

// keep lets f change the replies that the agent sees, and returns them.
func (s *Replies) keep(ctx context.Context, a rejoin.Agent, f func(*unit, []rejoin.SavedReply) error) (list []rejoin.SavedReply, err error) {
	err = s.write(ctx, func(u *unit) error {
		if list, err = u.SavedReplies(a.DomainID, a.ID); err != nil {
			return err
		}
		if err := f(u, list); err != nil {
			return err
		}
		list, err = u.SavedReplies(a.DomainID, a.ID)
		return err
	})
	return list, err
}

func (r SetReply) owner(a rejoin.Agent) string {
	if r.Shared {
		return ""
	}
	return a.ID
}

// mayKeep reports whether the agent may make or change the reply.
func mayKeep(a rejoin.Agent, r rejoin.SavedReply) error {
	if r.OwnerID == "" && !a.Role.May(rejoin.Supervise) {
		return rejoin.Errorf(rejoin.Forbidden, "Shared saved replies are kept by supervisors. Keep it for yourself, or ask one of them.")
	}
	return nil
}

// pick returns the reply that the agent wants to change. Those of others do not exist for them.
func pick(a rejoin.Agent, list []rejoin.SavedReply, id string) (r rejoin.SavedReply, err error) {
	n := slices.IndexFunc(list, func(r rejoin.SavedReply) bool { return r.ID == id })
	if n < 0 {
		return r, rejoin.Errorf(rejoin.NotFound, "There is no such saved reply.")
	}
	return list[n], mayKeep(a, list[n])
}

// room is an error if the owner has as many replies as there may be.
func room(list []rejoin.SavedReply, ownerID string) error {
	n := 0
	for _, r := range list {
		if r.OwnerID == ownerID {
			n++
		}
	}
	switch {
	case n < maxReplies:
		return nil
	case ownerID == "":
		return rejoin.Errorf(rejoin.Limited, "A team shares at most %d saved replies. Delete one that nobody needs.", maxReplies)
	}
	return rejoin.Errorf(rejoin.Limited, "You have %d saved replies, which is as many as there may be. Delete one that you do not need.", n)
}

// auditReply notes what was done to a shared reply. What agents keep for themselves is theirs.
func (u *unit) auditReply(a rejoin.Agent, act rejoin.AuditAct, r rejoin.SavedReply) error {
	if r.OwnerID != "" {
		return nil
	}
	return u.audit(a, act, r.Title)
}
