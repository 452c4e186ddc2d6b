package core

import (
	"html"

	"rejoin"
	"rejoin/webhook"
)

// toldSteps are the steps of follow-ups that webhooks tell of (reference §9, decision 4).
var toldSteps = map[string]bool{"sent": true, "unknown": true, "failed": true, "skipped": true, "opened": true, "returned": true, "replied": true}

// hookScene is what webhooks tell of an issue besides what happened.
type hookScene struct {
	scene
	domain   rejoin.Domain
	queue    *webhook.Ref
	assignee *webhook.Ref
	agents   []rejoin.Agent
}

// hookScene loads it.
func (u *unit) hookScene(i rejoin.Issue) (k hookScene, err error) {
	if k.scene, err = u.scene(i); err != nil {
		return k, err
	}
	if k.domain, err = u.Domain(i.DomainID); err != nil {
		return k, err
	}
	if k.agents, err = u.Tx.Agents(i.DomainID); err != nil {
		return k, err
	}
	if i.AssigneeID != "" {
		k.assignee = &webhook.Ref{ID: i.AssigneeID, Name: k.agent(i.AssigneeID).Name}
	}
	if i.QueueID != "" {
		q, err := u.Queue(i.QueueID)
		if err != nil {
			return k, err
		}
		k.queue = &webhook.Ref{ID: q.ID, Name: q.Name}
	}
	return k, nil
}

func (k hookScene) agent(id string) rejoin.Agent {
	if a := find(k.agents, func(a rejoin.Agent) bool { return a.ID == id }); a != nil {
		return *a
	}
	return rejoin.Agent{}
}

// data is the issue as it stands.
func (k hookScene) data(i rejoin.Issue) webhook.Data {
	return webhook.Data{ID: i.Number, Domain: k.domain.Name, CreatedAt: i.CreatedAt, AuthorName: k.User.Name, AuthorEmail: k.User.Email, Queue: k.queue,
		Assignee: k.assignee, CustomIssueFields: webhook.FieldsOf(i.Fields)}
}

// created is what a new issue says besides.
func (k hookScene) created(i rejoin.Issue, m moment) *webhook.Created {
	c := &webhook.Created{Title: i.Title, Messages: k.messages(i, m.messages), Meta: webhook.MetaOf(i.Meta, k.View.Platform, k.User.ExternalID),
		StateData: webhook.StateData{ChangedAt: i.StateChangedAt, State: i.State}}
	if k.assignee != nil {
		c.AssigneeName = &k.assignee.Name
	}
	return c
}

// messages are those that stand. In the place of a file's address stands what the address is made of when it is sent.
func (k hookScene) messages(i rejoin.Issue, list []rejoin.Message) []webhook.Message {
	out := []webhook.Message{}
	for _, m := range list {
		if !m.Standing() {
			continue
		}
		by := webhook.UserAuthor(k.User)
		if m.Origin != rejoin.FromUser {
			by = webhook.CompanyAuthor(m, k.agent(m.AuthorID).Email)
		}
		out = append(out, webhook.MessageOf(i.Title, m, by, func(a rejoin.Attachment) string { return a.ID + " " + a.Name }))
	}
	return out
}

// updates is what the moment has changed.
func (t *teller) updates(m moment, tags []string) (*webhook.Updates, error) {
	out := &webhook.Updates{Messages: t.known.messages(t.issue, m.messages)}
	for _, e := range m.events {
		switch e.Kind {
		case rejoin.EventStateChanged:
			out.StateData = &webhook.StateData{ChangedAt: e.CreatedAt, State: e.Data.State}
		case rejoin.EventAssigned:
			out.Assignee = webhook.ChangedTo(t.assignedTo(e.Data.Assignee))
		case rejoin.EventQueued:
			to, err := t.queuedIn(e.Data.Queue)
			if err != nil {
				return nil, err
			}
			out.Queue = webhook.ChangedTo(to)
		case rejoin.EventTagsChanged:
			out.Tags = append([]string{}, tags...)
		case rejoin.EventFieldChanged:
			out.CustomIssueFields = webhook.FieldsOf(t.issue.Fields)
		case rejoin.EventNote:
			out.Notes = append(out.Notes, webhook.Note{Author: webhook.NoteAuthor(e.Actor.ID, e.Actor.Name, t.known.agent(e.Actor.ID).Email),
				Body: html.EscapeString(e.Data.Note), CreatedAt: e.CreatedAt, ID: e.Data.NoteID})
		case rejoin.EventFeedback:
			out.Feedback = &webhook.Feedback{Rating: e.Data.Rating, Comment: e.Data.Comment}
			if out.Feedback.Rating == 0 { // a comment that came after the stars
				out.Feedback.Rating = t.issue.Ending.Rating
			}
		case rejoin.EventFollowUp:
			var err error
			if out.FollowUp, err = t.followedUp(e.Data.FollowUp); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// assignedTo is the agent whom the timeline names so; whoever has the issue now goes before others of the same name.
func (t *teller) assignedTo(name string) *webhook.Ref {
	if name == "" {
		return nil
	}
	if now := t.known.assignee; now != nil && now.Name == name {
		return now
	}
	if a := find(t.known.agents, func(a rejoin.Agent) bool { return a.Name == name }); a != nil {
		return &webhook.Ref{ID: a.ID, Name: name}
	}
	return t.known.assignee // renamed since
}

// queuedIn is the queue that the timeline names so.
func (t *teller) queuedIn(name string) (*webhook.Ref, error) {
	if name == "" {
		return nil, nil
	}
	if now := t.known.queue; now != nil && now.Name == name {
		return now, nil
	}
	queues, err := t.Tx.Queues(t.issue.DomainID)
	if q := find(queues, func(q rejoin.Queue) bool { return q.Name == name }); q != nil {
		return &webhook.Ref{ID: q.ID, Name: name}, err
	}
	return t.known.queue, err
}

// followedUp is a step of a follow-up, or nil if it is not told.
func (t *teller) followedUp(step *rejoin.FollowUpStep) (*webhook.FollowUp, error) {
	if step == nil || !toldSteps[step.Step] {
		return nil, nil
	}
	f, err := t.FollowUp(step.ID)
	if err != nil {
		return nil, err
	}
	messages, err := t.Outbound(t.issue.ID, step.FromSeq, step.ToSeq)
	if err != nil {
		return nil, err
	}
	out := &webhook.FollowUp{ID: f.ID, State: step.Step, Reason: step.Reason, FromSeq: step.FromSeq, ToSeq: step.ToSeq, MessageIDs: []string{},
		DueAt: step.DueAt, SentAt: f.SentAt, OpenedAt: f.OpenedAt, ReturnedAt: f.ReturnedAt, RepliedAt: f.RepliedAt}
	for _, m := range messages {
		out.MessageIDs = append(out.MessageIDs, m.ID)
	}
	return out, nil
}
