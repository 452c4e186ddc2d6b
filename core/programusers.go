package core

import (
	"context"
	"maps"

	"rejoin"
)

// UserChange is what a program sets of a user; what is nil stays.
type UserChange struct {
	Name       *string
	Email      *string        // empty: nobody knows it any more
	Attributes map[string]any // of scope global (reference §3.3); null forgets one
	AppData    map[string]any // of scope app
}

// SetUser changes what is known of a user. The address of somebody whom a login has named counts as signed, since the company's own server tells it;
// anybody else's counts as typed: their conversation must not open for whoever logs in with it.
func (s *Directory) SetUser(ctx context.Context, a rejoin.Agent, id string, in UserChange) (entry UserEntry, err error) {
	if err := supervising(a); err != nil {
		return entry, err
	}
	if in, err = in.check(); err != nil {
		return entry, err
	}
	err = s.write(ctx, func(u *unit) error {
		if _, err := u.userEntry(a, id); err != nil {
			return err
		}
		ids, err := u.UnendedIssueIDs(id, maxOpenIssues)
		if err != nil {
			return err
		}
		issues, err := u.lockAll(ids)
		if err != nil {
			return err
		}
		if err := u.setUser(a, id, in, issues); err != nil {
			return err
		}
		entry, err = u.userEntry(a, id)
		return err
	})
	return entry, err
}

// supervising is the guard of programs' use cases about users and wishes.
func supervising(a rejoin.Agent) error {
	if err := answering(a); err != nil {
		return err
	}
	return supervise(a)
}

func (in UserChange) check() (UserChange, error) {
	if in.Name != nil && *in.Name != "" {
		name, err := rejoin.CheckName("name", *in.Name)
		if err != nil {
			return in, err
		}
		in.Name = &name
	}
	if in.Email != nil && *in.Email != "" {
		email, err := rejoin.CheckEmail(*in.Email)
		if err != nil {
			return in, err
		}
		in.Email = &email
	}
	for field, data := range map[string]map[string]any{"attributes": in.Attributes, "app_attributes": in.AppData} {
		if reason := checkData(data); reason != "" {
			return in, rejoin.InvalidField(field, "At most %d keys are taken, with at most %d characters each, and as many in a value.", maxKeys, maxKeyChars)
		}
	}
	return in, nil
}

// setUser changes the profile, and lets the conversations that are not over know. The caller has locked them.
func (u *unit) setUser(a rejoin.Agent, id string, in UserChange, issues []rejoin.Issue) error {
	user, err := u.LockUser(id)
	if err != nil {
		return err
	}
	if held, err := u.Held(user, u.now); err != nil || held.ErasedAt > 0 {
		if err == nil {
			err = rejoin.Errorf(rejoin.Conflict, "This user was erased. Should they write again, they are a new one.")
		}
		return err
	}
	before := user
	if in.Name != nil {
		user.Name = *in.Name
	}
	if in.Email != nil && *in.Email != user.Email {
		user.Email, user.EmailSource = *in.Email, rejoin.TypedEmail
		switch {
		case user.Email == "":
			user.EmailSource = rejoin.NoEmail
		case before.LoggedIn():
			user.EmailSource = rejoin.VerifiedEmail
		case before.EmailSource == rejoin.GivenEmail:
			user.EmailSource = rejoin.GivenEmail
		}
	}
	if before.LoggedIn() && !user.LoggedIn() { // without id and address nobody could find the profile again
		return rejoin.InvalidField("email", "This user is known by the address only. Give another one.")
	}
	if user.Attributes.Global, err = merged("attributes", user.Attributes.Global, in.Attributes); err != nil {
		return err
	}
	if user.Attributes.App, err = merged("app_attributes", user.Attributes.App, in.AppData); err != nil {
		return err
	}
	if err := u.SetProfile(user); err != nil {
		return err
	}
	if before.Name == user.Name && before.Email == user.Email {
		return nil
	}
	if err := u.noteAddress(before, user); err != nil {
		return err
	}
	for n := range issues {
		if err := u.tellProfile(&issues[n], a, before, user); err != nil {
			return err
		}
	}
	return u.tellAddresses(before, user)
}

// merged is what is known with what is told.
func merged(field string, known, told map[string]any) (map[string]any, error) {
	if len(told) == 0 {
		return known, nil
	}
	out := map[string]any{}
	maps.Copy(out, known)
	maps.Copy(out, told)
	maps.DeleteFunc(out, func(_ string, v any) bool { return v == nil })
	if len(out) > maxKeys {
		return nil, rejoin.InvalidField(field, "A user has at most %d of these. Forget one by setting it to null.", maxKeys)
	}
	return out, nil
}

// tellProfile notes in a conversation what was learned of its user.
func (u *unit) tellProfile(i *rejoin.Issue, a rejoin.Agent, before, now rejoin.User) error {
	data := rejoin.EventData{}
	if now.Name != before.Name {
		data.Name = now.Name
	}
	if now.Email != before.Email && !i.FullPrivacy {
		data.Email = now.Email
	}
	if data.Name != "" || data.Email != "" {
		if err := u.event(i, rejoin.EventProfile, byAgent(a), data); err != nil {
			return err
		}
	}
	if i.Bot.Asking == rejoin.AskName && now.Name != "" || i.Bot.Asking == rejoin.AskEmail && now.Email != "" {
		i.Bot.Asking = rejoin.NoQuestion
		if err := u.put(jobBot, i.ID, u.now); err != nil {
			return err
		}
	}
	if err := u.rearm(i, factsChanged); err != nil {
		return err
	}
	return u.save(i)
}
