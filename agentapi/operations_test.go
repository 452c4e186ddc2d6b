package agentapi

import (
	"slices"
	"testing"
)

func TestOperationsDescribeEveryRoute(t *testing.T) {
	var described, routes, names []string
	for _, op := range Operations() {
		described, names = append(described, op.Pattern), append(names, op.Name)
		if op.Says == "" || op.Group == "" || op.Needs == "" {
			t.Errorf("%s lacks words, a group or a permission: %+v", op.Pattern, op)
		}
	}
	for _, r := range (&API{}).routes() {
		routes = append(routes, r.pattern)
	}
	for _, p := range routes {
		if !slices.Contains(described, p) {
			t.Errorf("no operation describes the route %s", p)
		}
	}
	if len(described) != len(routes) {
		t.Errorf("%d operations describe %d routes", len(described), len(routes))
	}
	slices.Sort(names)
	if len(slices.Compact(names)) != len(described) {
		t.Errorf("names repeat: %v", names)
	}
}
