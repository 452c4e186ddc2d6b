package core

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"rejoin"
)

const fieldsParam = "custom_fields"

// filled is a custom issue field with what a program writes into it, as an issue keeps it; empty unsets it.
type filled struct {
	field rejoin.CustomField
	value string
}

// readFields reads the custom issue fields that a program gives, by key. Values are decoded JSON with [json.Number]; a zero Type goes with any.
func (u *unit) readFields(domainID string, given map[string]GivenField) (list []filled, err error) {
	if len(given) == 0 {
		return nil, nil
	}
	if len(given) > maxGiven {
		return nil, rejoin.InvalidField(fieldsParam, "At most %d fields are taken at once.", maxGiven)
	}
	known, err := u.CustomFields(domainID)
	if err != nil {
		return nil, err
	}
	for _, key := range sortedKeys(given) {
		n := slices.IndexFunc(known, func(f rejoin.CustomField) bool { return f.Key == key })
		if n < 0 {
			return nil, rejoin.InvalidField(fieldsParam, "There is no custom issue field with the key %q.", rejoin.Preview(key, 64))
		}
		value, err := readField(known[n], given[key])
		if err != nil {
			return nil, err
		}
		list = append(list, filled{known[n], value})
	}
	return list, nil
}

// readField returns the value as an issue keeps it, once it is sure that the field takes it.
func readField(f rejoin.CustomField, in GivenField) (string, error) {
	if in.Type != "" && in.Type != f.Type {
		return "", rejoin.InvalidField(fieldsParam, "%s: the field has the type %s, not %q.", f.Key, f.Type, rejoin.Preview(string(in.Type), 20))
	}
	text, ok := fieldText(f.Type, in.Value)
	if ok && text == "" {
		return "", nil
	}
	if ok && f.ArchivedAt > 0 {
		return "", rejoin.InvalidField(fieldsParam, "%s: the field is archived: it can be emptied, not filled in.", f.Key)
	}
	if !ok {
		_, err := f.Take(f.Type, nil)
		return "", inFields(f, err)
	}
	v, err := f.Take(f.Type, typed(f.Type, text))
	return v.Value, inFields(f, err)
}

func inFields(f rejoin.CustomField, err error) error {
	e, ok := err.(*rejoin.Error)
	if !ok {
		return err
	}
	return rejoin.InvalidField(fieldsParam, "%s: %s", f.Key, e.Text)
}

// fieldText is what programs write, as text: they send numbers as texts and texts as numbers, and a day for a moment (reference §5).
func fieldText(t rejoin.FieldType, v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "", true
	case bool:
		return strconv.FormatBool(v), t == rejoin.Checkbox
	case json.Number:
		if n, err := v.Float64(); t == rejoin.Date && err == nil && n == float64(int64(n)) {
			return strconv.FormatInt(int64(n), 10), true // such as 1.7e12
		}
		return v.String(), t != rejoin.Checkbox
	case string:
		switch t {
		case rejoin.Checkbox:
			return strings.ToLower(strings.TrimSpace(v)), true
		case rejoin.Date:
			if day, err := time.Parse(time.DateOnly, strings.TrimSpace(v)); err == nil {
				return strconv.FormatInt(day.UnixMilli(), 10), true
			}
		}
		return v, true
	}
	return "", false
}

// fillAll writes the fields into the issue. The caller saves it.
func (u *unit) fillAll(i *rejoin.Issue, list []filled, by rejoin.Actor) error {
	for _, f := range list {
		if i.Fields[f.field.Key].Value == f.value {
			continue
		}
		if err := u.setField(i, f.field, f.value, by); err != nil {
			return about(fieldsParam, err)
		}
	}
	return nil
}
