package core

import (
	"context"
	"errors"
	"slices"

	"rejoin"
)

// BulkEdit changes many issues in the same way. What is empty stays as it is.
type BulkEdit struct {
	ClientID   string // made by the sender
	IssueIDs   []string
	State      string  // resolved, rejected or open
	AssigneeID *string // an agent; empty means nobody
	QueueID    *string // a queue; empty means out of all
	AddTags    []string
	RemoveTags []string
}

// BulkResult is what became of the issues.
type BulkResult struct {
	Changed int // those that are now as they should be
	Failed  []BulkFailure
}

// BulkFailure is an issue that was not changed.
type BulkFailure struct {
	IssueID string
	Number  int64 // zero if there is no such issue
	Text    string
}

// maxBulk is how many issues are changed at once, and how many tags.
const maxBulk = 500

// Bulk changes issues one after the other, each in a transaction of its own. What is already as it should be counts as changed and stays untouched,
// so a repetition does nothing twice.
func (s *Inbox) Bulk(ctx context.Context, a rejoin.Agent, in BulkEdit) (r BulkResult, err error) {
	if in, err = in.check(); err != nil {
		return r, err
	}
	for _, id := range in.IssueIDs {
		var number int64
		err := s.write(ctx, func(u *unit) error {
			i, err := u.agentsIssue(a, id)
			if err != nil {
				return err
			}
			number = i.Number
			return u.bulkEdit(a, i, in)
		})
		var refused *rejoin.Error
		switch {
		case err == nil:
			r.Changed++
		case errors.As(err, &refused):
			r.Failed = append(r.Failed, BulkFailure{IssueID: id, Number: number, Text: refused.Text})
		default:
			return r, err
		}
	}
	return r, nil
}

func (in BulkEdit) check() (BulkEdit, error) {
	var err error
	if in.ClientID, err = rejoin.CheckClientID(in.ClientID); err != nil {
		return in, err
	}
	in.IssueIDs = slices.Compact(slices.Sorted(slices.Values(in.IssueIDs)))
	if n := len(in.IssueIDs); n < 1 || n > maxBulk {
		return in, rejoin.InvalidField("issue_ids", "Select 1 to %d conversations.", maxBulk)
	}
	if n := slices.IndexFunc(in.IssueIDs, func(id string) bool { return !storable(id) }); n >= 0 {
		return in, rejoin.InvalidField("issue_ids", "There is no such conversation.")
	}
	if in.AssigneeID != nil && !storable(*in.AssigneeID) {
		return in, rejoin.InvalidField("assignee_id", "There is no such agent in your team.")
	}
	if in.QueueID != nil && !storable(*in.QueueID) {
		return in, rejoin.InvalidField("queue_id", "There is no such queue.")
	}
	switch in.State {
	case "", "open", string(rejoin.Resolved), string(rejoin.Rejected):
	default:
		return in, rejoin.InvalidField("state", "The states to set are resolved, rejected and open.")
	}
	if in.State == "" && in.AssigneeID == nil && in.QueueID == nil && len(in.AddTags)+len(in.RemoveTags) == 0 {
		return in, rejoin.Errorf(rejoin.Invalid, "Say what to change: the state, the assignee, the queue or tags.")
	}
	return in, nil
}

// bulkEdit changes one issue, if it is not as it should be.
func (u *unit) bulkEdit(a rejoin.Agent, i rejoin.Issue, in BulkEdit) error {
	events := i.EventCount
	if in.QueueID != nil { // first: who comes into a queue has no agent
		if err := u.moveToQueue(&i, *in.QueueID, byAgent(a)); err != nil {
			return err
		}
	}
	if in.AssigneeID != nil {
		if err := u.assign(&i, *in.AssigneeID, byAgent(a)); err != nil {
			return err
		}
	}
	if len(in.AddTags)+len(in.RemoveTags) > 0 {
		if err := u.changeTags(&i, in.AddTags, in.RemoveTags, byAgent(a)); err != nil {
			return err
		}
	}
	if err := u.bulkMove(a, &i, rejoin.IssueState(in.State)); err != nil {
		return err
	}
	if i.EventCount == events {
		return nil // every change leaves an event
	}
	return u.save(&i)
}

func (u *unit) bulkMove(a rejoin.Agent, i *rejoin.Issue, to rejoin.IssueState) (err error) {
	switch {
	case to == "" || to == i.State || to == "open" && i.State.Open():
		return nil
	case to == "open":
		to, err = i.AfterReopen()
	default:
		to, err = i.AfterClose(to)
	}
	if err != nil {
		return err
	}
	return u.close(i, to, byAgent(a))
}
