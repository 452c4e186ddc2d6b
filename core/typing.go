package core

import (
	"context"

	"rejoin"
	"rejoin/live"
)

// TypingAsUser tells the agents that the user is typing. Nothing is stored.
func (m *Messages) TypingAsUser(ctx context.Context, token, issueID string) error {
	var issue rejoin.Issue
	var user rejoin.User
	err := m.read(ctx, func(u *unit) error {
		s, err := u.visitor(token)
		if err != nil {
			return err
		}
		if issue, err = u.Issue(issueID); err != nil {
			return err
		}
		if err = reach(s, issue); err != nil {
			return err
		}
		user, err = u.User(s.UserID)
		return err
	})
	if err == nil {
		m.Hub.Publish(typing(live.IssueTopic(issue.ID), issue, user.ID, user.Name, rejoin.FromUser))
	}
	return err
}

// TypingAsAgent tells the colleagues who look at the issue that the agent is typing, and the user too unless it is a note or the app's typing
// indicator is off. Nothing is stored.
func (m *Messages) TypingAsAgent(ctx context.Context, a rejoin.Agent, issueID string, note bool) error {
	var issue rejoin.Issue
	var app rejoin.App
	err := m.read(ctx, func(u *unit) (err error) {
		if issue, err = u.seenByAgent(a, issueID); err != nil {
			return err
		}
		app, err = u.App(issue.AppID)
		return err
	})
	if err != nil {
		return err
	}
	if !note && app.Settings.WebChat.TypingIndicator {
		m.Hub.Publish(typing(live.IssueTopic(issue.ID), issue, a.ID, a.PublicName(), rejoin.FromAgent))
	}
	m.Hub.Publish(typing(live.AgentsTopic(issue.ID), issue, a.ID, a.Name, rejoin.FromAgent))
	return nil
}

func typing(topic string, i rejoin.Issue, actorID, name string, origin rejoin.Origin) live.Signal {
	return live.Signal{Topic: topic, Kind: live.Typing, IssueID: i.ID, ActorID: actorID, Name: name, Origin: origin}
}

// seenByAgent returns an issue of the agent's domain.
func (u *unit) seenByAgent(a rejoin.Agent, issueID string) (rejoin.Issue, error) {
	i, err := u.Issue(issueID)
	if err == nil && i.DomainID != a.DomainID {
		err = rejoin.Errorf(rejoin.NotFound, "There is no such conversation.")
	}
	return i, err
}
