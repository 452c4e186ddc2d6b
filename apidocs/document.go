package apidocs

import (
	"encoding/json"
	"path"
	"slices"
	"strings"
)

// document is what pages show of an OpenAPI document.
type document struct {
	Info struct{ Title, Description string }
	Tags []struct{ Name string }

	Order      []string `json:"x-order"` // of the operations, by id
	Paths      map[string]map[string]operation
	Webhooks   map[string]map[string]operation // what the server posts, by event
	Components struct {
		Schemas         map[string]schema
		SecuritySchemes map[string]scheme
	}
}

type scheme struct {
	Type, Scheme, In, Name, Description string
}

type operation struct {
	OperationID string
	Summary     string
	Tags        []string
	Permission  string `json:"x-permission"`
	Parameters  []parameter
	RequestBody *struct {
		Required bool
		Content  map[string]media
	}
	Responses map[string]struct {
		Description string
		Content     map[string]media
	}
	Security []map[string][]string
	Socket   *struct{ Client, Server schema } `json:"x-websocket"`
}

type parameter struct {
	Name, In, Description string
	Required              bool
	Schema                schema
}

type media struct {
	Schema  schema
	Example json.RawMessage
}

type schema struct {
	Ref                  string `json:"$ref"`
	Type                 oneType
	AnyOf                []schema // a schema, or null
	Format               string
	Description          string
	Enum, Examples       []string
	Items                *schema
	Properties           map[string]schema
	Required             []string
	Order                []string        `json:"x-order"` // of the properties
	AdditionalProperties json.RawMessage // false, or a schema
}

// oneType is a type of JSON Schema. That it may be null too is left out.
type oneType string

// UnmarshalJSON takes a name, or a list of which the first counts.
func (t *oneType) UnmarshalJSON(text []byte) error {
	var list []string
	if json.Unmarshal(text, &list) == nil && len(list) > 0 {
		*t = oneType(list[0])
		return nil
	}
	return json.Unmarshal(text, (*string)(t))
}

// named is the schema that a reference means, and its name; other schemas stand for themselves and have none.
func (d document) named(s schema) (schema, string) {
	if len(s.AnyOf) > 0 {
		return d.named(s.AnyOf[0])
	}
	if s.Ref == "" {
		return s, ""
	}
	name := path.Base(s.Ref)
	return d.Components.Schemas[name], name
}

// values is the schema of what an object of any keys holds, or nil.
func (s schema) values() *schema {
	var out schema
	if len(s.AdditionalProperties) == 0 || s.AdditionalProperties[0] != '{' || json.Unmarshal(s.AdditionalProperties, &out) != nil {
		return nil
	}
	return &out
}

// kind says in words what a value of the schema is. Name is the type to look up, with words before and after it.
type kind struct{ Before, Name, After string }

func (d document) kind(s schema) kind {
	s, name := d.named(s)
	if name != "" {
		return kind{Name: name}
	}
	switch {
	case s.Type == "array" && s.Items != nil:
		k := d.kind(*s.Items)
		k.Before = strings.TrimSpace("list of " + k.Before)
		return k
	case s.Type == "object" && s.values() != nil:
		k := d.kind(*s.values())
		k.After = strings.TrimSpace(k.After + " by name")
		return k
	case s.Format == "binary":
		return kind{Before: "file"}
	}
	words := map[oneType]string{"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "object": "object", "": "anything"}
	return kind{Before: words[s.Type]}
}

// field is one line of a table of parameters, of a body or of a type.
type field struct {
	Name, Says string
	Kind       kind
	Required   bool // has to be sent
	Absent     bool // need not be there
	Values     []string
}

// absentable is fields of what is received: those that are not always there say so.
func absentable(list []field) []field {
	for i := range list {
		list[i].Required, list[i].Absent = false, !list[i].Required
	}
	return list
}

// fields are the properties of an object.
func (d document) fields(s schema) (out []field) {
	s, _ = d.named(s)
	for _, name := range s.Order {
		p := s.Properties[name]
		out = append(out, field{Name: name, Says: p.Description, Kind: d.kind(p), Required: slices.Contains(s.Required, name), Values: p.choices()})
	}
	return out
}

// choices are the texts that are taken, also those of a list's items.
func (s schema) choices() []string {
	if s.Items != nil {
		return s.Items.choices()
	}
	return s.Enum
}
