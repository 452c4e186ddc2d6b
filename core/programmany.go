package core

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"

	"rejoin"
)

// ManyResult is what became of many issues.
type ManyResult struct {
	Updated int // those that are now as they should be
	Failed  []ManyFailure
}

// ManyFailure is an issue that was not changed.
type ManyFailure struct {
	Ref  string // as the program has named it
	Code rejoin.Code
	Text string
}

const (
	maxMany   = 5000 // issues of one edit
	manyAtOne = 50   // in one transaction: others who write wait for it
)

// EditMany changes issues in the same way, some in a transaction. What is wrong with the edit itself changes nothing; what is wrong with an issue is
// told of it, and stops no other. With a token a repeat goes on where an earlier call has stopped.
func (s *Programs) EditMany(ctx context.Context, a rejoin.Agent, refs []string, in IssueEdit, o Once) (r ManyResult, err error) {
	if err := answering(a); err != nil {
		return r, err
	}
	if in, err = in.check(); err != nil {
		return r, err
	}
	refs = unique(refs)
	if len(refs) < 1 || len(refs) > maxMany {
		return r, rejoin.InvalidField("issue-ids", "Name 1 to %d issues, as a JSON array of their ids.", maxMany)
	}
	n := 0
	for part := range slices.Chunk(refs, manyAtOne) {
		mine := o
		if o.Token != "" {
			mine.Token += "·" + strconv.Itoa(n) // in no token of a program
		}
		done, err := s.editPart(ctx, a, part, in, mine)
		if err != nil {
			return r, err
		}
		r.Updated += done.Updated
		r.Failed = append(r.Failed, done.Failed...)
		n++
	}
	return r, nil
}

// failedPart undoes a transaction because of one of its issues.
type failedPart struct {
	ref string
	err error
}

func (e failedPart) Error() string { return e.err.Error() }
func (e failedPart) Unwrap() error { return e.err }

// editPart changes issues in one transaction. Where one of them refuses, it is done again without that one, so that nothing is half done.
func (s *Programs) editPart(ctx context.Context, a rejoin.Agent, refs []string, in IssueEdit, o Once) (ManyResult, error) {
	refused := map[string]ManyFailure{}
	for {
		var done ManyResult
		err := s.write(ctx, func(u *unit) (err error) {
			done, err = once(u, a, o, func() (ManyResult, error) { return u.editEach(a, refs, in, refused) })
			return err
		})
		failed, ok := errors.AsType[failedPart](err)
		if !ok || rejoin.CodeOf(err) == "" {
			return done, err
		}
		refused[failed.ref] = failureOf(failed.ref, failed.err)
	}
}

// editEach does the edit in every issue that was not refused before.
func (u *unit) editEach(a rejoin.Agent, refs []string, in IssueEdit, refused map[string]ManyFailure) (r ManyResult, err error) {
	ready, err := u.prepare(a, in)
	if err != nil {
		return r, err
	}
	ids, named, err := u.issueIDs(a, refs)
	if err != nil {
		return r, err
	}
	failed := maps.Clone(refused)
	for _, id := range ids { // in this order they are locked
		ref := refOf(refs, named, id)
		if _, ok := failed[ref]; ok {
			continue
		}
		i, err := u.agentsIssue(a, id)
		if err != nil {
			return r, err
		}
		if _, closed := i.AfterAgentMessage(); closed != nil && in.Body != "" && in.State != "open" { // the usual refusal, before anything is changed
			failed[ref] = failureOf(ref, closed)
			continue
		}
		if err := u.editFor(a, &i, ready); err != nil {
			return r, failedPart{ref, err}
		}
	}
	for _, ref := range refs {
		if f, ok := failed[ref]; ok {
			r.Failed = append(r.Failed, f)
		} else if named[ref] == "" {
			r.Failed = append(r.Failed, ManyFailure{Ref: ref, Code: rejoin.NotFound, Text: "There is no such conversation."})
		} else {
			r.Updated++
		}
	}
	return r, nil
}

func failureOf(ref string, err error) ManyFailure {
	e, _ := errors.AsType[*rejoin.Error](err)
	return ManyFailure{Ref: ref, Code: e.Code, Text: e.Text}
}

// issueIDs returns the ids of the domain's issues that the names stand for, in order and each once.
func (u *unit) issueIDs(a rejoin.Agent, refs []string) (ids []string, named map[string]string, err error) {
	named = map[string]string{}
	for _, ref := range refs {
		id, err := u.issueID(a, ref)
		if err == nil {
			var i rejoin.Issue
			if i, err = u.Issue(id); err == nil && i.DomainID == a.DomainID {
				named[ref], ids = id, append(ids, id)
			}
		}
		if err != nil && rejoin.CodeOf(err) != rejoin.NotFound {
			return nil, nil, err
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), named, nil
}

// refOf is how the program has named the issue.
func refOf(refs []string, named map[string]string, id string) string {
	for _, ref := range refs {
		if named[ref] == id {
			return ref
		}
	}
	return id
}
