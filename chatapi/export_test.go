package chatapi

// Patterns is every route of the API, for the table of who may do what.
func Patterns() (list []string) {
	for _, r := range new(API).routes() {
		list = append(list, r.pattern)
	}
	return list
}
