package core

import (
	"context"

	"rejoin"
)

// Assign gives the issue to an agent of the domain, or to nobody if agentID is empty. From is who the agent saw there, nil for no check: if
// somebody else is there by now, nothing changes and the conflict says who has done it.
func (s *Issues) Assign(ctx context.Context, a rejoin.Agent, issueID, agentID string, from *string) error {
	return s.write(ctx, func(u *unit) error {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil || issue.AssigneeID == agentID {
			return err
		}
		if from != nil && issue.AssigneeID != *from {
			return u.assignedMeanwhile(issue)
		}
		if err := u.assign(&issue, agentID, byAgent(a)); err != nil {
			return err
		}
		return u.save(&issue)
	})
}

// assign is Assign inside a transaction, if it is somebody else. The caller saves the issue.
func (u *unit) assign(i *rejoin.Issue, agentID string, by rejoin.Actor) error {
	if i.AssigneeID == agentID {
		return nil
	}
	var to rejoin.Agent
	if agentID != "" {
		var err error
		to, err = u.Agent(agentID)
		if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && (to.DomainID != i.DomainID || to.DeactivatedAt > 0) {
			return rejoin.InvalidField("agent_id", "There is no such agent in your team.")
		}
		if err != nil {
			return err
		}
	}
	if err := u.event(i, rejoin.EventAssigned, by, rejoin.EventData{Assignee: to.Name}); err != nil {
		return err
	}
	if err := u.setState(i, i.AfterAssign(agentID), by); err != nil {
		return err
	}
	before := i.AssigneeID
	i.AssigneeID, i.UpdatedAt = agentID, u.now
	if agentID != "" && (by.Kind == rejoin.ByAgent || by.Kind == rejoin.ByAPI) { // somebody takes over by hand
		if err := u.stopBot(i, by); err != nil {
			return err
		}
	}
	if err := u.route(*i); err != nil {
		return err
	}
	return u.routeTo(before)
}

// Close resolves or rejects the issue. A rejected issue is not followed up any more. From is the state that the agent saw, empty for no check: if it
// is another one by now, nothing changes and the conflict says who has done it.
func (s *Issues) Close(ctx context.Context, a rejoin.Agent, issueID string, to, from rejoin.IssueState) error {
	return s.changeState(ctx, a, issueID, from, func(i rejoin.Issue) (rejoin.IssueState, error) { return i.AfterClose(to) })
}

// Reopen opens a resolved or rejected issue again. From is as for [Issues.Close].
func (s *Issues) Reopen(ctx context.Context, a rejoin.Agent, issueID string, from rejoin.IssueState) error {
	return s.changeState(ctx, a, issueID, from, rejoin.Issue.AfterReopen)
}

func (s *Issues) changeState(ctx context.Context, a rejoin.Agent, issueID string, from rejoin.IssueState,
	next func(rejoin.Issue) (rejoin.IssueState, error)) error {
	return s.write(ctx, func(u *unit) error {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil {
			return err
		}
		if from != "" && issue.State != from {
			return u.movedMeanwhile(issue)
		}
		state, err := next(issue)
		if err != nil {
			return err
		}
		if err := u.close(&issue, state, byAgent(a)); err != nil {
			return err
		}
		return u.save(&issue)
	})
}

// close resolves, rejects or reopens the issue. The caller saves it.
func (u *unit) close(i *rejoin.Issue, to rejoin.IssueState, by rejoin.Actor) error {
	if err := u.setState(i, to, by); err != nil {
		return err
	}
	if err := u.stopBot(i, by); err != nil {
		return err
	}
	if err := u.beginEnding(i); err != nil {
		return err
	}
	i.UpdatedAt = u.now
	return u.rearm(i, factsChanged)
}

// beginEnding is called when somebody has closed or reopened the issue. A rating that was given stays until there is another.
func (u *unit) beginEnding(i *rejoin.Issue) error {
	if i.State.Open() {
		i.Ending.Closing = rejoin.NotClosing
		return nil
	}
	app, err := u.App(i.AppID)
	if err != nil {
		return err
	}
	i.Ending.Closing = closed(i.State, app.Settings.WebChat)
	if i.State == rejoin.Resolved && i.Ending.Closing != rejoin.AskHelped {
		return u.beginFeedback(i, app)
	}
	return nil
}

// assignedMeanwhile says whom the issue belongs to by now, and who has seen to it.
func (u *unit) assignedMeanwhile(i rejoin.Issue) error {
	e, ok, err := u.NewestEvent(i.ID, rejoin.EventAssigned)
	if err != nil {
		return err
	}
	who := actorName(e.Actor, ok)
	switch {
	case e.Data.Assignee == "":
		return rejoin.Errorf(rejoin.Conflict, "%s has taken the assignment away meanwhile. Nothing was changed.", who)
	case e.Data.Assignee == who:
		return rejoin.Errorf(rejoin.Conflict, "%s has taken this conversation meanwhile. Nothing was changed.", who)
	}
	return rejoin.Errorf(rejoin.Conflict, "%s has assigned this conversation to %s meanwhile. Nothing was changed.", who, e.Data.Assignee)
}

// movedMeanwhile says who has changed the issue's state.
func (u *unit) movedMeanwhile(i rejoin.Issue) error {
	e, ok, err := u.NewestEvent(i.ID, rejoin.EventStateChanged)
	if err != nil {
		return err
	}
	who := actorName(e.Actor, ok)
	switch i.State {
	case rejoin.Resolved, rejoin.Rejected:
		return rejoin.Errorf(rejoin.Conflict, "%s has %s this conversation meanwhile. Nothing was changed.", who, i.State)
	case rejoin.AgentReplied:
		return rejoin.Errorf(rejoin.Conflict, "%s has answered meanwhile. Look at the answer first.", who)
	}
	if e.Actor.Kind == rejoin.ByUser {
		return rejoin.Errorf(rejoin.Conflict, "%s has written meanwhile. Read it first.", who)
	}
	return rejoin.Errorf(rejoin.Conflict, "%s has changed the state of this conversation meanwhile. Nothing was changed.", who)
}

// actorName names who has done something, as the beginning of a sentence.
func actorName(a rejoin.Actor, known bool) string {
	switch {
	case known && a.Name != "":
		return a.Name
	case known && a.Kind == rejoin.ByUser:
		return "The visitor"
	}
	return "Somebody"
}
