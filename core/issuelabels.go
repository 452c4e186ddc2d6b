package core

import (
	"context"
	"slices"
	"strconv"

	"rejoin"
)

// Tag adds tags to the issue and takes others away. Only tags that exist and are in use can be added. What is so already stays so.
func (s *Issues) Tag(ctx context.Context, a rejoin.Agent, issueID string, add, remove []string) error {
	return s.write(ctx, func(u *unit) error {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil {
			return err
		}
		events := issue.EventCount
		if err := u.changeTags(&issue, add, remove, byAgent(a)); err != nil || issue.EventCount == events {
			return err
		}
		return u.save(&issue)
	})
}

// changeTags is Tag inside a transaction: a change leaves an event. The caller saves the issue.
func (u *unit) changeTags(i *rejoin.Issue, add, remove []string, by rejoin.Actor) error {
	var data rejoin.EventData
	for _, name := range add {
		if slices.Contains(remove, name) {
			return rejoin.InvalidField("remove", "The tag %q is to be added and removed at once.", rejoin.Preview(name, 100))
		}
		if !slices.Contains(i.Tags, name) && !slices.Contains(data.Added, name) {
			data.Added = append(data.Added, name)
		}
	}
	if err := u.usable(i.DomainID, data.Added); err != nil {
		return err
	}
	tags := slices.DeleteFunc(slices.Clone(i.Tags), func(name string) bool {
		gone := slices.Contains(remove, name)
		if gone {
			data.Removed = append(data.Removed, name)
		}
		return gone
	})
	if len(data.Added)+len(data.Removed) == 0 {
		return nil
	}
	if tags = append(tags, data.Added...); len(tags) > maxGiven {
		return rejoin.Errorf(rejoin.Limited, "A conversation carries at most %d tags. Remove one first.", maxGiven)
	}
	i.Tags = tags
	if err := u.SetTags(i.ID, i.Tags); err != nil {
		return err
	}
	i.UpdatedAt = u.now
	return u.event(i, rejoin.EventTagsChanged, by, data)
}

// usable is an error if one of the tags does not exist or is archived.
func (u *unit) usable(domainID string, names []string) error {
	if len(names) == 0 {
		return nil
	}
	known, err := u.Tx.Tags(domainID)
	if err != nil {
		return err
	}
	for _, name := range names {
		n := slices.IndexFunc(known, func(t rejoin.Tag) bool { return t.Name == name })
		switch {
		case n < 0:
			return noTag(name)
		case known[n].ArchivedAt > 0:
			return rejoin.InvalidField("add", "The tag %q is archived and is given no more.", name)
		}
	}
	return nil
}

func noTag(name string) error {
	return rejoin.InvalidField("add", "There is no tag %q. A supervisor can make one.", rejoin.Preview(name, 100))
}

// SetField is what an agent writes into a custom issue field.
type SetField struct {
	Key   string
	Value string // as an issue keeps it: a date in Unix milliseconds, a checkbox as true or false; empty unsets the field
	Was   string // what the agent saw: if it is something else by now, nothing changes
}

// SetField changes one custom issue field of the issue. An archived field can only be unset.
func (s *Issues) SetField(ctx context.Context, a rejoin.Agent, issueID string, in SetField) error {
	return s.write(ctx, func(u *unit) error {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil {
			return err
		}
		before := issue.Fields[in.Key]
		if before.Value == in.Value {
			return nil
		}
		if before.Value != in.Was {
			return u.filledMeanwhile(issue, in.Key)
		}
		known, err := u.CustomFields(issue.DomainID)
		if err != nil {
			return err
		}
		n := slices.IndexFunc(known, func(f rejoin.CustomField) bool { return f.Key == in.Key })
		if n < 0 {
			return rejoin.InvalidField("key", "There is no such field.")
		}
		if err := u.setField(&issue, known[n], in.Value, byAgent(a)); err != nil {
			return err
		}
		return u.save(&issue)
	})
}

// setField gives the issue a value, or takes it away if it is empty. The caller saves the issue.
func (u *unit) setField(i *rejoin.Issue, f rejoin.CustomField, value string, by rejoin.Actor) error {
	data := rejoin.EventData{Key: f.Key, Label: f.Label}
	values := rejoin.FieldValues{}
	for key, v := range i.Fields {
		values[key] = v
	}
	delete(values, f.Key)
	if value != "" {
		if f.ArchivedAt > 0 {
			return rejoin.InvalidField("key", "The field %s is archived: it can be emptied, not filled in.", f.Label)
		}
		v, err := f.Take(f.Type, typed(f.Type, value))
		if err != nil {
			return &rejoin.Error{Code: rejoin.Invalid, Field: "value", Text: err.(*rejoin.Error).Text}
		}
		if len(values) >= maxGiven {
			return rejoin.Errorf(rejoin.Limited, "A conversation holds at most %d custom issue fields. Empty one first.", maxGiven)
		}
		values[f.Key] = v
		data.Value = rejoin.Preview(v.Words(), 200)
	}
	i.Fields, i.UpdatedAt = values, u.now
	if err := u.SetFields(i.ID, values); err != nil {
		return err
	}
	return u.event(i, rejoin.EventFieldChanged, by, data)
}

// typed is a value as JSON would give it to [rejoin.CustomField.Take].
func typed(t rejoin.FieldType, value string) any {
	switch t {
	case rejoin.Checkbox:
		if b, err := strconv.ParseBool(value); err == nil && strconv.FormatBool(b) == value {
			return b
		}
	case rejoin.Date:
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			return float64(n)
		}
	}
	return value
}

// filledMeanwhile says who has changed the field, and to what.
func (u *unit) filledMeanwhile(i rejoin.Issue, key string) error {
	list, err := u.NewestEvents(i.ID, rejoin.EventFieldChanged, maxGiven)
	if err != nil {
		return err
	}
	var last rejoin.Event
	n := slices.IndexFunc(list, func(e rejoin.Event) bool { return e.Data.Key == key })
	if n >= 0 {
		last = list[n]
	}
	who := actorName(last.Actor, n >= 0)
	if last.Data.Value == "" {
		return rejoin.Errorf(rejoin.Conflict, "%s has emptied or changed this field meanwhile. Look at it first.", who)
	}
	return rejoin.Errorf(rejoin.Conflict, "%s has set this field to “%s” meanwhile. Look at it first.", who, last.Data.Value)
}

// form is the custom issue fields that agents can fill in on the issue: those in use of its platform, in their order, and those it has set.
func (u *unit) form(i rejoin.Issue) ([]rejoin.CustomField, error) {
	known, err := u.CustomFields(i.DomainID)
	if err != nil || len(known) == 0 {
		return known, err
	}
	platform, err := u.Platform(i.PlatformID)
	return slices.DeleteFunc(known, func(f rejoin.CustomField) bool {
		_, set := i.Fields[f.Key]
		return !set && (f.ArchivedAt > 0 || !f.On(platform.Kind))
	}), err
}

// Previous returns the user's other issues, newest first, at most 50.
func (s *Issues) Previous(ctx context.Context, a rejoin.Agent, issueID string) (list []rejoin.Issue, err error) {
	err = s.read(ctx, func(u *unit) error {
		i, err := u.seenByAgent(a, issueID)
		if err != nil {
			return err
		}
		list, err = u.UserIssues(i.UserID)
		list = slices.DeleteFunc(list, func(o rejoin.Issue) bool { return o.ID == issueID })
		return err
	})
	return list, err
}
