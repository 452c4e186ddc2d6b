package chatapi

import (
	"slices"
	"testing"
)

func TestOperationsDescribeEveryRoute(t *testing.T) {
	var described, routes, names []string
	for _, op := range Operations() {
		described, names = append(described, op.Pattern), append(names, op.Name)
		if op.Says == "" {
			t.Errorf("%s says nothing", op.Pattern)
		}
	}
	for _, r := range (&API{}).routes() {
		routes = append(routes, r.pattern)
	}
	slices.Sort(described)
	slices.Sort(routes)
	if !slices.Equal(described, routes) {
		t.Errorf("described are %v, routes are %v", described, routes)
	}
	slices.Sort(names)
	if len(slices.Compact(names)) != len(described) {
		t.Errorf("names repeat: %v", names)
	}
}
