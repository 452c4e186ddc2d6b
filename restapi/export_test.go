package restapi

// KeyIn is keyIn, for tests.
var KeyIn = keyIn

// Route is how a test sees a route.
type Route struct{ Pattern, Name string }

// Routes lists every route.
func Routes() (list []Route) {
	for _, r := range (&API{}).routes() {
		list = append(list, Route{r.Pattern, r.Name})
	}
	return list
}

// The parsers of filters, for tests.
var (
	ParseFields = parseFields
	ParseRating = parseRating
	ParseChoice = parseChoice
)
