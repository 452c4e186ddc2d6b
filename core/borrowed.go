package core

import (
	"strings"
	"unicode/utf8"

	"rejoin"
)

// maxLocal is how many bytes stand before the @ of an address at most (RFC 5321 §4.5.3.1).
const maxLocal = 64

// borrowed reports whether the signature may be another user's: nothing stands between id and address in what is signed (reference §3.2), so that
// the token of 77 with x@shop.example is also one of 7 with 7x@shop.example. An id and an address that do not stand together in the profile yet are
// not taken if what is signed divides another way into somebody the app knows. Only a JWT says for certain whose it is.
func (u *unit) borrowed(appID string, p person, user rejoin.User) (bool, error) {
	if p.signed == "" || user.ID != "" && user.ExternalID == p.userID && user.Email == p.email {
		return false, nil
	}
	at := strings.LastIndexByte(p.signed, '@')
	addresses := map[string]string{} // by the id before it
	var ids []string
	for n := max(0, at-maxLocal); n < at; n++ {
		if id := p.signed[:n]; id != p.userID && utf8.RuneStart(p.signed[n]) {
			addresses[id] = strings.ToLower(p.signed[n:])
			ids = append(ids, id)
		}
	}
	others, err := u.UsersByExternalIDs(appID, ids)
	if err != nil {
		return false, err
	}
	if alone, ok := addresses[""]; ok { // somebody whom the site names by the address only
		other, err := u.UserByToldEmail(appID, alone, false)
		if err != nil && rejoin.CodeOf(err) != rejoin.NotFound {
			return false, err
		}
		if err == nil {
			others = append(others, other)
		}
	}
	for _, o := range others {
		if o.Email != "" && o.Email == addresses[o.ExternalID] && o.EmailSource.Told() {
			return true, nil
		}
	}
	return false, nil
}
