package core

import (
	"context"
	"fmt"
	"slices"

	"rejoin"
)

// Labels is the tags and custom issue fields of a domain. Everybody of the domain may see them; supervisors change tags, administrators fields.
type Labels struct{ *env }

// maxLabels is how many tags, and how many fields, a domain has at most, archived ones included.
const maxLabels = 500

// Tags returns the domain's tags by name.
func (s *Labels) Tags(ctx context.Context, a rejoin.Agent) (list []rejoin.Tag, err error) {
	err = s.read(ctx, func(u *unit) error {
		list, err = u.Tx.Tags(a.DomainID)
		return err
	})
	return list, err
}

// AddTag makes a tag and returns all.
func (s *Labels) AddTag(ctx context.Context, a rejoin.Agent, name string) ([]rejoin.Tag, error) {
	return s.AddTagOnce(ctx, a, Once{}, name)
}

// AddTagOnce is AddTag for programs that may repeat their request.
func (s *Labels) AddTagOnce(ctx context.Context, a rejoin.Agent, o Once, name string) (list []rejoin.Tag, err error) {
	if err := supervise(a); err != nil {
		return nil, err
	}
	if name, err = rejoin.CheckTagName(name); err != nil {
		return nil, err
	}
	err = s.write(ctx, func(u *unit) error {
		if _, err := once(u, a, o, func() (string, error) { return name, u.makeTag(a, name) }); err != nil {
			return err
		}
		list, err = u.Tx.Tags(a.DomainID)
		return err
	})
	return list, err
}

func (u *unit) makeTag(a rejoin.Agent, name string) error {
	list, err := u.Tx.Tags(a.DomainID)
	if err != nil {
		return err
	}
	if len(list) >= maxLabels {
		return rejoin.Errorf(rejoin.Limited, "A domain has at most %d tags, archived ones included. Use one that exists, or take an archived one back into use.", maxLabels)
	}
	added, err := u.Tx.AddTag(rejoin.Tag{ID: newID("tag"), DomainID: a.DomainID, Name: name})
	if err != nil {
		return err
	}
	if !added {
		return &rejoin.Error{Code: rejoin.Conflict, Field: "name", Text: "There is a tag of this name already. It may be archived."}
	}
	return u.audit(a, rejoin.TagMade, name)
}

// ArchiveTag takes a tag out of use, or back into it. Issues that carry it keep it.
func (s *Labels) ArchiveTag(ctx context.Context, a rejoin.Agent, id string, archived bool) (list []rejoin.Tag, err error) {
	if err := supervise(a); err != nil {
		return nil, err
	}
	err = s.write(ctx, func(u *unit) error {
		if list, err = u.Tx.Tags(a.DomainID); err != nil {
			return err
		}
		n := slices.IndexFunc(list, func(t rejoin.Tag) bool { return t.ID == id })
		if n < 0 {
			return rejoin.Errorf(rejoin.NotFound, "There is no such tag.")
		}
		at, act := u.archive(archived, rejoin.TagArchived, rejoin.TagRestored)
		list[n].ArchivedAt = at
		if err := u.Tx.ArchiveTag(id, at); err != nil {
			return err
		}
		return u.audit(a, act, list[n].Name)
	})
	return list, err
}

func (u *unit) archive(archived bool, yes, no rejoin.AuditAct) (rejoin.Millis, rejoin.AuditAct) {
	if archived {
		return u.now, yes
	}
	return 0, no
}

// GivenField is a custom issue field as a page or a program gives it; Value is as decoded from JSON.
type GivenField struct {
	Type  rejoin.FieldType
	Value any
}

// maxGiven is how many tags, and how many fields, one conversation takes, and how many that it does not take are named.
const maxGiven = 100

// dropped is what a conversation does not take of what a page gives, in words.
type dropped struct {
	what  string // tag or field
	lines []string
	more  int // not named any more
}

func (d *dropped) add(name, why string) {
	if len(d.lines) == maxGiven {
		d.more++
		return
	}
	d.lines = append(d.lines, fmt.Sprintf("%s %q: %s", d.what, rejoin.Preview(name, 100), why))
}

// full reports whether nothing more is named, so that nothing more need be looked at.
func (d *dropped) full() bool { return len(d.lines) == maxGiven }

func (d *dropped) all() []string {
	if d.more > 0 {
		return append(d.lines, fmt.Sprintf("%d more %ss: at most %d are taken", d.more, d.what, maxGiven))
	}
	return d.lines
}

// takeTags keeps the tags that exist; the others are dropped, and named.
func (u *unit) takeTags(domainID string, given []string) (tags, lost []string, err error) {
	if len(given) == 0 {
		return nil, nil, nil
	}
	known, err := u.Tx.Tags(domainID)
	out := dropped{what: "tag"}
	for n, name := range given {
		if n >= maxGiven || out.full() {
			out.add(name, fmt.Sprintf("at most %d tags are taken", maxGiven))
			continue
		}
		exists := slices.ContainsFunc(known, func(t rejoin.Tag) bool { return t.Name == name && t.ArchivedAt == 0 })
		switch {
		case !exists:
			out.add(name, "there is no such tag")
		case !slices.Contains(tags, name):
			tags = append(tags, name)
		}
	}
	return tags, out.all(), err
}

// takeFields keeps the fields that are defined and fit; the others are dropped, with the reason.
func (u *unit) takeFields(domainID string, given map[string]GivenField) (values rejoin.FieldValues, lost []string, err error) {
	if len(given) == 0 {
		return nil, nil, nil
	}
	known, err := u.CustomFields(domainID)
	values = rejoin.FieldValues{}
	out := dropped{what: "field"}
	for _, key := range sortedKeys(given) {
		if len(values) == maxGiven || out.full() {
			out.add(key, fmt.Sprintf("at most %d fields are taken", maxGiven))
			continue
		}
		n := slices.IndexFunc(known, func(f rejoin.CustomField) bool { return f.Key == key && f.ArchivedAt == 0 })
		if n < 0 {
			out.add(key, "there is no such field")
			continue
		}
		v, bad := known[n].Take(given[key].Type, given[key].Value)
		if bad != nil {
			out.add(key, bad.(*rejoin.Error).Text)
			continue
		}
		values[key] = v
	}
	return values, out.all(), err
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
