package restapi

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"rejoin"
)

// fieldOp is an operator of the language in which programs choose by custom issue fields (reference §7.4).
type fieldOp struct {
	name string
	as   rejoin.FieldOp
	list bool // takes several values
}

var (
	opSet     = fieldOp{name: "is_set"} // true or false, which says what it becomes
	opIs      = fieldOp{name: "is", as: rejoin.FieldIs}
	opIsNot   = fieldOp{name: "is_not", as: rejoin.FieldIsNot}
	textOps   = []fieldOp{opSet, {"contains", rejoin.FieldContains, true}, {"does_not_contain", rejoin.FieldContainsNot, true}}
	numberOps = []fieldOp{opIs, opIsNot, {"is_greater_than", rejoin.FieldAbove, false}, {"is_smaller_than", rejoin.FieldBelow, false}, opSet}
)

var fieldOps = map[rejoin.FieldType][]fieldOp{
	rejoin.SingleLine: textOps,
	rejoin.MultiLine:  textOps,
	rejoin.Number:     numberOps,
	rejoin.Dropdown:   {opIs, opIsNot, {"is_one_of", rejoin.FieldOneOf, true}, {"is_none_of", rejoin.FieldIsNot, true}, opSet},
	rejoin.Date:       {opIs, opIsNot, {"is_after", rejoin.FieldAbove, false}, {"is_before", rejoin.FieldBelow, false}, opSet},
	rejoin.Checkbox:   {opIs, opIsNot, opSet},
}

// parseFields reads {"<type>":{"and"|"or"|"nor":{"<key>":{"<operator>":<value>}}}}. Types, and what stands beside each other in one, must all match. The value of a
// checkbox may stand for itself.
func parseFields(text string) (list []rejoin.Comparisons, err error) {
	const name = "custom_fields"
	var types map[string]map[string]map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &types); err != nil {
		return nil, unlike(name, `{"number":{"and":{"size":{"is_greater_than":"3"}}}}`, err)
	}
	for _, t := range keysOf(types) {
		c := rejoin.Comparisons{Type: rejoin.FieldType(strings.ToLower(t))}
		ops, ok := fieldOps[c.Type]
		if !ok {
			return nil, rejoin.InvalidField(name, "The types of custom_fields are singleline, multiline, number, dropdown, date and checkbox; %q is none of them.", rejoin.Preview(t, 40))
		}
		for _, joint := range keysOf(types[t]) {
			var tests [][]rejoin.FieldFilter
			for _, key := range keysOf(types[t][joint]) {
				test, err := parseTest(name, key, c.Type, ops, types[t][joint][key])
				if err != nil {
					return nil, err
				}
				tests = append(tests, test)
			}
			if err := join(&c, name, joint, tests); err != nil {
				return nil, err
			}
		}
		list = append(list, c)
	}
	return list, nil
}

// parseRating reads {"and"|"or"|"nor":[{"<operator>":<value>}]}, with the operators of numbers.
func parseRating(text string) (c rejoin.Comparisons, err error) {
	const name = "feedback-rating"
	c.Type = rejoin.Number
	var joints map[string][]json.RawMessage
	if err := json.Unmarshal([]byte(text), &joints); err != nil {
		return c, unlike(name, `{"and":[{"is_greater_than":"3"}]}`, err)
	}
	for _, joint := range keysOf(joints) {
		var tests [][]rejoin.FieldFilter
		for _, raw := range joints[joint] {
			test, err := parseTest(name, "", c.Type, numberOps, raw)
			if err != nil {
				return c, err
			}
			for _, f := range test {
				for _, v := range f.Value {
					if n, err := strconv.Atoi(v); err != nil || n < 0 || n > 5 {
						return c, rejoin.InvalidField(name, "A rating is a whole number from 1 to 5.")
					}
				}
			}
			tests = append(tests, test)
		}
		if err := join(&c, name, joint, tests); err != nil {
			return c, err
		}
	}
	return c, nil
}

// join puts tests where they belong.
func join(c *rejoin.Comparisons, name, joint string, tests [][]rejoin.FieldFilter) error {
	switch strings.ToLower(joint) {
	case "and":
		c.All = append(c.All, slices.Concat(tests...)...)
	case "or":
		c.Any = append(c.Any, tests...)
	case "nor":
		c.None = append(c.None, tests...)
	default:
		return rejoin.InvalidField(name, "%s joins by and, or and nor; %q is none of them.", name, rejoin.Preview(joint, 40))
	}
	return nil
}

// parseTest reads what is said of one field: at least one operator with its value.
func parseTest(name, key string, t rejoin.FieldType, ops []fieldOp, raw json.RawMessage) (list []rejoin.FieldFilter, err error) {
	var object map[string]json.RawMessage
	if t == rejoin.Checkbox && !bytes.HasPrefix(raw, []byte("{")) {
		object = map[string]json.RawMessage{"is": raw}
	} else if err := json.Unmarshal(raw, &object); err != nil || len(object) == 0 {
		return nil, unlike(name, `{"`+ops[0].name+`":…}`, err)
	}
	for _, op := range keysOf(object) {
		n := slices.IndexFunc(ops, func(o fieldOp) bool { return o.name == strings.ToLower(op) })
		if n < 0 {
			var names []string
			for _, o := range ops {
				names = append(names, o.name)
			}
			return nil, rejoin.InvalidField(name, "%s compares a %s by %s; %q is none of them.", name, t, strings.Join(names, ", "), rejoin.Preview(op, 40))
		}
		f, err := parseValue(name, key, t, ops[n], object[op])
		if err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, nil
}

func parseValue(name, key string, t rejoin.FieldType, op fieldOp, raw json.RawMessage) (f rejoin.FieldFilter, err error) {
	f = rejoin.FieldFilter{Key: key, Op: op.as}
	values, ok := scalars(raw)
	if !ok || len(values) == 0 || len(values) > 1 && !op.list {
		return f, rejoin.InvalidField(name, "%s takes a text, a number, true or false; contains, does_not_contain, is_one_of and is_none_of take an array of such.", op.name)
	}
	if op == opSet {
		switch strings.ToLower(values[0]) {
		case "true":
			f.Op = rejoin.FieldSet
		case "false":
			f.Op = rejoin.FieldNotSet
		default:
			return f, rejoin.InvalidField(name, "is_set is true or false.")
		}
		return f, nil
	}
	for n, v := range values {
		if values[n], ok = comparedAs(t, v); !ok {
			return f, rejoin.InvalidField(name, "%s", valueHints[t])
		}
	}
	f.Value = values
	return f, nil
}

var valueHints = map[rejoin.FieldType]string{
	rejoin.SingleLine: "A text to look for must not be empty.",
	rejoin.MultiLine:  "A text to look for must not be empty.",
	rejoin.Dropdown:   "An option must not be empty.",
	rejoin.Number:     `A number is compared with a number, such as "12.5".`,
	rejoin.Date:       `A date is compared with a moment in milliseconds since 1970, such as "1700000000000".`,
	rejoin.Checkbox:   "A checkbox is true or false.",
}

// comparedAs is the value as values of the type are kept.
func comparedAs(t rejoin.FieldType, v string) (string, bool) {
	switch t {
	case rejoin.Number:
		n, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
		return strings.TrimSpace(v), err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
	case rejoin.Date:
		_, err := strconv.ParseInt(strings.TrimSpace(v), 10, 64)
		return strings.TrimSpace(v), err == nil
	case rejoin.Checkbox:
		v = strings.ToLower(v)
		return v, v == "true" || v == "false"
	}
	return v, v != ""
}

// scalars are the texts of a JSON text, number, true or false, or of an array of such.
func scalars(raw json.RawMessage) (list []string, ok bool) {
	var entries []any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if !bytes.HasPrefix(raw, []byte("[")) {
		entries = make([]any, 1)
		ok = d.Decode(&entries[0]) == nil
	} else {
		ok = d.Decode(&entries) == nil
	}
	for _, e := range entries {
		switch e := e.(type) {
		case string:
			list = append(list, e)
		case json.Number:
			list = append(list, e.String())
		case bool:
			list = append(list, strconv.FormatBool(e))
		default:
			return nil, false
		}
	}
	return list, ok
}

// parseChoice reads {"and"|"or"|"nor":["…"],"exists":true}.
func parseChoice(name, text string) (c rejoin.Choice, err error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &object); err != nil {
		return c, unlike(name, `{"or":["…","…"],"nor":["…"]}`, err)
	}
	for _, key := range keysOf(object) {
		values, ok := scalars(object[key])
		if !ok {
			return c, unlike(name, `{"or":["…","…"],"nor":["…"]}`, nil)
		}
		switch strings.ToLower(key) {
		case "and":
			c.All = append(c.All, values...)
		case "or":
			c.Any = append(c.Any, values...)
		case "nor":
			c.None = append(c.None, values...)
		case "exists":
			exists, err := strconv.ParseBool(strings.ToLower(strings.Join(values, " ")))
			if err != nil {
				return c, rejoin.InvalidField(name, "exists is true or false.")
			}
			c.Exists = &exists
		default:
			return c, rejoin.InvalidField(name, "%s takes and, or, nor and exists; %q is none of them.", name, rejoin.Preview(key, 40))
		}
	}
	return c, nil
}

// unlike says what a parameter has to look like.
func unlike(name, like string, err error) error {
	return &rejoin.Error{Code: rejoin.Invalid, Field: name, Text: name + " is JSON such as " + like + ".", Err: err}
}

func keysOf[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
