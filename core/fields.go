package core

import (
	"context"
	"slices"
	"strings"

	"rejoin"
)

// Fields returns the domain's custom issue fields in their order.
func (s *Labels) Fields(ctx context.Context, a rejoin.Agent) (list []rejoin.CustomField, err error) {
	err = s.read(ctx, func(u *unit) error {
		list, err = u.CustomFields(a.DomainID)
		return err
	})
	return list, err
}

// changeFields does something to the domain's fields, and returns all as they are then.
func (s *Labels) changeFields(ctx context.Context, a rejoin.Agent, change func(u *unit, list []rejoin.CustomField) error) (list []rejoin.CustomField, err error) {
	if err := administer(a); err != nil {
		return nil, err
	}
	err = s.write(ctx, func(u *unit) error {
		if err := u.LockText("fields " + a.DomainID); err != nil { // two at once must not both take the last place
			return err
		}
		was, err := u.CustomFields(a.DomainID)
		if err != nil {
			return err
		}
		if err := change(u, was); err != nil {
			return err
		}
		list, err = u.CustomFields(a.DomainID)
		return err
	})
	return list, err
}

// AddField defines a field, as the last one, and returns all.
func (s *Labels) AddField(ctx context.Context, a rejoin.Agent, f rejoin.CustomField) ([]rejoin.CustomField, error) {
	return s.AddFieldOnce(ctx, a, Once{}, f)
}

// AddFieldOnce is AddField for programs that may repeat their request.
func (s *Labels) AddFieldOnce(ctx context.Context, a rejoin.Agent, o Once, f rejoin.CustomField) ([]rejoin.CustomField, error) {
	if err := administer(a); err != nil {
		return nil, err
	}
	f, err := rejoin.CheckCustomField(f)
	if err != nil {
		return nil, err
	}
	return s.changeFields(ctx, a, func(u *unit, list []rejoin.CustomField) error {
		_, err := once(u, a, o, func() (string, error) { return f.Key, u.makeField(a, list, f) })
		return err
	})
}

func (u *unit) makeField(a rejoin.Agent, list []rejoin.CustomField, f rejoin.CustomField) error {
	if err := roomForField(list); err != nil {
		return err
	}
	if len(list) >= maxLabels {
		return rejoin.Errorf(rejoin.Limited, "A domain has at most %d custom issue fields, archived ones included. Take an archived one back into use.", maxLabels)
	}
	f.ID, f.DomainID, f.Place, f.CreatedAt = newID("cif"), a.DomainID, nextPlace(list), u.now
	added, err := u.AddCustomField(f)
	if err != nil {
		return err
	}
	if !added {
		return &rejoin.Error{Code: rejoin.Conflict, Field: "key", Text: "There is a field with this key already. It may be archived."}
	}
	return u.audit(a, rejoin.FieldMade, fieldName(f))
}

// roomForField refuses one field in use more than fit.
func roomForField(list []rejoin.CustomField) error {
	used := 0
	for _, f := range list {
		if f.ArchivedAt == 0 {
			used++
		}
	}
	if used >= rejoin.MaxFields {
		return rejoin.Errorf(rejoin.Limited, "A domain has at most %d custom issue fields in use. Archive one first; conversations keep its values.", rejoin.MaxFields)
	}
	return nil
}

func nextPlace(list []rejoin.CustomField) int64 {
	place := int64(0)
	for _, f := range list {
		place = max(place, f.Place+1)
	}
	return place
}

func fieldName(f rejoin.CustomField) string { return f.Label + " (" + f.Key + ")" }

func platformWords(f rejoin.CustomField) string {
	words := make([]string, len(f.Platforms))
	for n, k := range f.Platforms {
		words[n] = string(k)
	}
	return strings.Join(words, ", ")
}

func findField(list []rejoin.CustomField, id string) (rejoin.CustomField, error) {
	n := slices.IndexFunc(list, func(f rejoin.CustomField) bool { return f.ID == id })
	if n < 0 {
		return rejoin.CustomField{}, rejoin.Errorf(rejoin.NotFound, "There is no such field.")
	}
	return list[n], nil
}

// ChangeField gives a field another label, other options or other platforms; key and type stay. Options that are gone are retired: issues keep them.
func (s *Labels) ChangeField(ctx context.Context, a rejoin.Agent, id, label string, options []string, platforms []rejoin.PlatformKind) ([]rejoin.CustomField, error) {
	return s.changeFields(ctx, a, func(u *unit, list []rejoin.CustomField) error {
		f, err := findField(list, id)
		if err != nil {
			return err
		}
		if len(platforms) == 0 {
			return rejoin.InvalidField("platforms", "Choose at least one platform. A field that is not needed any more can be archived.")
		}
		was := f
		f.Label, f.Platforms = label, platforms
		if f.Type == rejoin.Dropdown {
			f = f.Offer(options)
		}
		if f, err = rejoin.CheckCustomField(f); err != nil {
			return err
		}
		if err := u.SaveCustomField(f); err != nil {
			return err
		}
		return u.audit(a, rejoin.FieldChanged, fieldName(f), changes("Label", was.Label, f.Label, "Options", strings.Join(was.Options, ", "), strings.Join(f.Options, ", "),
			"Platforms", platformWords(was), platformWords(f))...)
	})
}

// OrderFields puts the fields with the ids first, in that order; the others follow as they were.
func (s *Labels) OrderFields(ctx context.Context, a rejoin.Agent, ids []string) ([]rejoin.CustomField, error) {
	return s.changeFields(ctx, a, func(u *unit, list []rejoin.CustomField) error {
		ordered := make([]rejoin.CustomField, 0, len(list))
		for n, id := range ids {
			f, err := findField(list, id)
			if err != nil {
				return err
			}
			if slices.Contains(ids[:n], id) {
				return rejoin.InvalidField("ids", "The same field is there twice.")
			}
			ordered = append(ordered, f)
		}
		for _, f := range list {
			if !slices.Contains(ids, f.ID) {
				ordered = append(ordered, f)
			}
		}
		for n, f := range ordered {
			if f.Place = int64(n); f.Place != list[n].Place || f.ID != list[n].ID {
				if err := u.SaveCustomField(f); err != nil {
					return err
				}
			}
		}
		return u.audit(a, rejoin.FieldsOrdered, "Custom issue fields")
	})
}

// ArchiveField takes a field out of use, or back into it. Issues keep their values.
func (s *Labels) ArchiveField(ctx context.Context, a rejoin.Agent, id string, archived bool) ([]rejoin.CustomField, error) {
	return s.changeFields(ctx, a, func(u *unit, list []rejoin.CustomField) error {
		f, err := findField(list, id)
		if err != nil {
			return err
		}
		if !archived && f.ArchivedAt > 0 {
			if err := roomForField(list); err != nil {
				return err
			}
		}
		at, act := u.archive(archived, rejoin.FieldArchived, rejoin.FieldRestored)
		f.ArchivedAt = at
		if err := u.SaveCustomField(f); err != nil {
			return err
		}
		return u.audit(a, act, fieldName(f))
	})
}
