package bot

import (
	"slices"

	"rejoin"
)

// ways are the steps that can follow the step n.
func ways(s rejoin.Script, n int) (list []string) {
	step := s.Steps[n]
	switch step.Kind {
	case rejoin.StepHandOver:
		return nil
	case rejoin.StepAction:
		if step.Action != nil && (step.Action.Kind == rejoin.DoResolve || step.Action.Kind == rejoin.DoReject) {
			return nil
		}
	case rejoin.StepBranch:
		for _, way := range step.Ways {
			list = append(list, after(s, n, way.Next))
		}
		if slices.ContainsFunc(step.Ways, func(w rejoin.Way) bool { return len(w.All) == 0 }) {
			return list // one always holds
		}
	case rejoin.StepQuestion:
		plain := step.Skip || step.Input != rejoin.InputChoice || listed(s, step.ID)
		for _, o := range step.Options {
			list = append(list, after(s, n, o.Next))
		}
		if !plain {
			return list
		}
	case rejoin.StepRequest:
		if step.Failed != "" {
			list = append(list, step.Failed)
		}
	}
	return append(list, after(s, n, ""))
}

// listed reports whether an external request brings options of the question.
func listed(s rejoin.Script, id string) bool {
	return slices.ContainsFunc(s.Steps, func(o rejoin.Step) bool { return o.Request != nil && o.Request.ListFor == id })
}

// circles looks for circles in which nobody is asked: they would never end.
func (c *checker) circles() {
	const fresh, open, done = 0, 1, 2
	s := c.script
	seen := make([]int, len(s.Steps))
	var visit func(n int) bool
	visit = func(n int) bool {
		if seen[n] != fresh {
			return seen[n] == open
		}
		seen[n] = open
		defer func() { seen[n] = done }()
		if k := s.Steps[n].Kind; k == rejoin.StepQuestion || k == rejoin.StepRating {
			return false
		}
		for _, id := range ways(s, n) {
			if next := index(s, id); next >= 0 && s.Steps[next].Kind != rejoin.StepQuestion && s.Steps[next].Kind != rejoin.StepRating && visit(next) {
				return true
			}
		}
		return false
	}
	for n := range s.Steps {
		if visit(n) {
			c.problems = append(c.problems, Problem{StepID: s.Steps[n].ID, Field: "next", Text: "From here the bot goes in a circle without asking anything. Let one way lead out of it."})
			return
		}
	}
}

// ends looks whether an end can be reached from everywhere.
func (c *checker) ends() {
	s := c.script
	good := make([]bool, len(s.Steps))
	for changed := true; changed; {
		changed = false
		for n := range s.Steps {
			list := ways(s, n)
			if !good[n] && (len(list) == 0 || slices.ContainsFunc(list, func(id string) bool { m := index(s, id); return m < 0 || good[m] })) {
				good[n], changed = true, true
			}
		}
	}
	if n := slices.Index(good, false); n >= 0 {
		c.problems = append(c.problems, Problem{StepID: s.Steps[n].ID, Field: "next", Text: "No way leads from here to an end. Let one lead to the end, or hand over."})
	}
}
