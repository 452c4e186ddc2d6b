package core

import (
	"context"
	"slices"
	"strings"

	"rejoin"
)

// IssueEdit is what a program changes about an issue. What is nil or empty stays as it is.
type IssueEdit struct {
	Title         *string
	State         string   // resolved, rejected or open
	AssigneeID    *string  // an agent; empty for nobody
	AssigneeEmail string   // instead of AssigneeID
	QueueID       *string  // a queue; empty for none
	Tags          []string // all that the issue is to have; nil to leave them, empty to take all away
	AddTags       []string
	RemoveTags    []string
	Fields        map[string]GivenField // an empty value unsets a field
	Meta          map[string]any        // merged; decoded JSON with [json.Number]
	Body          string                // a message to the user; [Programs.EditMany] only
}

// check returns the edit as it is done, or what is wrong with it whatever the issue is.
func (in IssueEdit) check() (_ IssueEdit, err error) {
	switch in.State = strings.ToLower(strings.TrimSpace(in.State)); in.State {
	case "", "open", string(rejoin.Resolved), string(rejoin.Rejected):
	default:
		return in, rejoin.InvalidField("status", "The states to set are resolved, rejected and open.")
	}
	if in.Title != nil {
		title, err := checkTitle(*in.Title)
		if err != nil {
			return in, err
		}
		if title == "" {
			return in, rejoin.InvalidField("title", "A title has 1 to %d characters.", maxTitle)
		}
		in.Title = &title
	}
	if in.Tags != nil && len(in.AddTags)+len(in.RemoveTags) > 0 {
		return in, rejoin.InvalidField("tags", "Give all tags in tags, or changes in add_tags and remove_tags.")
	}
	if len(in.Tags)+len(in.AddTags)+len(in.RemoveTags) > 3*maxGiven {
		return in, rejoin.InvalidField("tags", "A conversation carries at most %d tags.", maxGiven)
	}
	if in.AssigneeID != nil && in.AssigneeEmail != "" {
		return in, rejoin.InvalidField("assignee_email", "Give assignee_id or assignee_email.")
	}
	if in.Body != "" {
		if in.Body, err = rejoin.CheckBody(in.Body); err != nil {
			return in, about("message-body", err)
		}
	}
	if in.empty() {
		return in, rejoin.Errorf(rejoin.Invalid, "Say what to change: title, status, assignee_id, queue_id, tags, custom_fields or meta.")
	}
	return in, nil
}

func (in IssueEdit) empty() bool {
	return in.Title == nil && in.State == "" && in.AssigneeID == nil && in.AssigneeEmail == "" && in.QueueID == nil && in.Tags == nil &&
		len(in.AddTags)+len(in.RemoveTags)+len(in.Fields)+len(in.Meta) == 0 && in.Body == ""
}

// Edit changes an issue, in one transaction: where a part of it is wrong, nothing changes. What is so already stays so.
func (s *Programs) Edit(ctx context.Context, a rejoin.Agent, ref string, in IssueEdit) (w WrittenIssue, err error) {
	if in, err = in.check(); err != nil {
		return w, err
	}
	err = s.write(ctx, func(u *unit) error {
		i, err := u.programsIssue(a, ref)
		if err != nil {
			return err
		}
		ready, err := u.prepare(a, in)
		if err != nil {
			return err
		}
		if err := u.editFor(a, &i, ready); err != nil {
			return err
		}
		w, err = u.written(i)
		return err
	})
	return w, err
}

// readyEdit is an edit with what it names looked up in the domain.
type readyEdit struct {
	IssueEdit
	fields []filled
}

func (u *unit) prepare(a rejoin.Agent, in IssueEdit) (r readyEdit, err error) {
	r.IssueEdit = in
	if in.AssigneeEmail != "" {
		agent, err := u.AgentByEmail(strings.ToLower(strings.TrimSpace(in.AssigneeEmail)))
		if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && (agent.DomainID != a.DomainID || !agent.Active()) {
			return r, rejoin.InvalidField("assignee_email", "There is no agent with this address in your team.")
		}
		if err != nil {
			return r, err
		}
		r.AssigneeID = &agent.ID
	}
	if err := u.usable(a.DomainID, in.AddTags); err != nil {
		return r, about("add_tags", err)
	}
	if err := u.wrongForAll(a, in); err != nil {
		return r, err
	}
	r.fields, err = u.readFields(a.DomainID, in.Fields)
	return r, err
}

// wrongForAll refuses what no issue could take, before 5,000 of them are asked one by one. What is out of use may be an issue's own already: that it keeps.
func (u *unit) wrongForAll(a rejoin.Agent, in IssueEdit) error {
	if in.QueueID != nil && *in.QueueID != "" {
		q, err := u.Queue(*in.QueueID)
		if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && q.DomainID != a.DomainID {
			return rejoin.InvalidField("queue_id", "There is no such queue.")
		}
		if err != nil {
			return err
		}
	}
	if in.AssigneeID != nil && *in.AssigneeID != "" {
		agent, err := u.Agent(*in.AssigneeID)
		if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && agent.DomainID != a.DomainID {
			return rejoin.InvalidField("assignee_id", "There is no such agent in your team.")
		}
		if err != nil {
			return err
		}
	}
	if err := u.knownTags(a.DomainID, in.Tags); err != nil {
		return about("tags", err)
	}
	_, err := withMeta(rejoin.Meta{}, in.Meta)
	return err
}

// knownTags refuses names that no tag has.
func (u *unit) knownTags(domainID string, names []string) error {
	if len(names) == 0 {
		return nil
	}
	tags, err := u.Tx.Tags(domainID)
	if err != nil {
		return err
	}
	for _, name := range names {
		if !slices.ContainsFunc(tags, func(t rejoin.Tag) bool { return t.Name == name }) {
			return noTag(name)
		}
	}
	return nil
}

// editFor does the edit, and saves the issue if something has changed.
func (u *unit) editFor(a rejoin.Agent, i *rejoin.Issue, in readyEdit) error {
	by, events, messages := byAgent(a), i.EventCount, i.LastSeq
	if in.QueueID != nil { // first: who comes into a queue has no agent
		if err := u.moveToQueue(i, *in.QueueID, by); err != nil {
			return err
		}
	}
	if in.AssigneeID != nil {
		if err := u.assign(i, *in.AssigneeID, by); err != nil {
			return about("assignee_id", err)
		}
	}
	if err := u.tagFor(i, in.IssueEdit, by); err != nil {
		return err
	}
	if err := u.fillAll(i, in.fields, by); err != nil {
		return err
	}
	described, err := u.describe(i, in.IssueEdit)
	if err != nil {
		return err
	}
	if err := u.moveAndSay(a, i, in.IssueEdit); err != nil {
		return err
	}
	if !described && i.EventCount == events && i.LastSeq == messages {
		return nil // every other change leaves an event
	}
	i.UpdatedAt = u.now
	return u.save(i)
}

// tagFor gives the issue its tags. Those of a whole list that it has already may be archived by now.
func (u *unit) tagFor(i *rejoin.Issue, in IssueEdit, by rejoin.Actor) error {
	if in.Tags == nil {
		if err := u.changeTags(i, in.AddTags, in.RemoveTags, by); err != nil {
			return aboutTags("add_tags", err)
		}
		return nil
	}
	var gone []string
	for _, name := range i.Tags {
		if !slices.Contains(in.Tags, name) {
			gone = append(gone, name)
		}
	}
	return aboutTags("tags", u.changeTags(i, in.Tags, gone, by))
}

// aboutTags names the parameter whose tag is wrong.
func aboutTags(field string, err error) error {
	if e, ok := err.(*rejoin.Error); ok && e.Field == "remove" {
		field = "remove_tags"
	}
	return about(field, err)
}

// describe writes the title and meta, and reports whether one has changed.
func (u *unit) describe(i *rejoin.Issue, in IssueEdit) (changed bool, err error) {
	if in.Title != nil && *in.Title != i.Title {
		i.Title, changed = *in.Title, true
		if err := u.SetTitle(i.ID, i.Title); err != nil {
			return changed, err
		}
	}
	if len(in.Meta) == 0 {
		return changed, nil
	}
	if i.Meta, err = withMeta(i.Meta, in.Meta); err != nil {
		return changed, err
	}
	return true, u.SetMeta(i.ID, i.Meta)
}

// moveAndSay closes or reopens the issue, and writes the message: before it is closed, or once it is open.
func (u *unit) moveAndSay(a rejoin.Agent, i *rejoin.Issue, in IssueEdit) error {
	if in.State == "open" || in.Body == "" {
		if err := u.bulkMove(a, i, rejoin.IssueState(in.State)); err != nil {
			return about("status", err)
		}
	}
	if in.Body == "" {
		return nil
	}
	if _, _, err := u.sayAsAgent(a, i, UserSend{ClientID: newID("api"), Body: in.Body}, 0); err != nil {
		return about("message-body", err)
	}
	if in.State == "open" {
		return nil
	}
	return about("status", u.bulkMove(a, i, rejoin.IssueState(in.State)))
}
