package core

import (
	"strings"

	"rejoin"
)

// recognise is find for whoever logs in: a signature that may be somebody else's is refused.
func (u *unit) recognise(appID string, p person) (user rejoin.User, fresh, stolen bool, err error) {
	user, err = u.find(appID, p)
	if fresh = rejoin.CodeOf(err) == rejoin.NotFound; err != nil && !fresh {
		return user, fresh, false, err
	}
	stolen, err = u.borrowed(appID, p, user)
	return user, fresh, stolen, err
}

// find returns the profile of the person, as reference §3.1 matches it. NotFound means that there is none yet. An address that is signed finds
// no profile whose address was only asserted: anybody could have asserted it.
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
	user, err = u.UserByToldEmail(appID, p.email, p.verdict == ClaimVerified)
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
		presence, err := u.firstPresence(platform.AppID)
		if err != nil {
			return user, err
		}
		user = rejoin.User{ID: newID("usr"), DomainID: platform.DomainID, AppID: platform.AppID, Presence: presence, PresenceSince: u.now,
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
	if fresh {
		before = rejoin.User{}
	}
	if err := u.noteAddress(before, user); err != nil {
		return user, err
	}
	if _, err := u.addIdentities(user.ID, p.identities); err != nil { // too many are left out: the login goes on without them
		return user, err
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
	if before.ID == "" || before.Email == after.Email && before.EmailSource == after.EmailSource {
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
