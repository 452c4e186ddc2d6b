package agentapi

import "rejoin"

// Anybody is what routes state that are for people who are not signed in, too.
const Anybody = anybody

// Permissions is what every route of the API states, by pattern.
func Permissions() map[string]rejoin.Permission {
	list := map[string]rejoin.Permission{}
	for _, r := range new(API).routes() {
		list[r.pattern] = r.may
	}
	return list
}
