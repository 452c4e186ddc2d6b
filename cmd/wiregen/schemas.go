package main

import (
	"encoding/json"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
)

// nameOf is how the comments call a type: with its package before it.
func nameOf(t reflect.Type) string { return path.Base(t.PkgPath()) + "." + t.Name() }

// schema is what JSON of the type looks like. sent says that clients send it.
func (d describer) schema(t reflect.Type, sent bool) object {
	if t == reflect.TypeFor[json.RawMessage]() {
		return object{}
	}
	if other, ok := d.api.standsFor[t]; ok {
		return orNull(d.schema(other, sent))
	}
	switch t.Kind() {
	case reflect.String:
		if values := d.said.values[nameOf(t)]; values != nil && strings.HasPrefix(t.PkgPath(), "rejoin") {
			return object{"type": "string", "enum": values}
		}
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return object{"type": "integer", "format": "int64"}
	case reflect.Float64:
		return object{"type": "number"}
	case reflect.Slice, reflect.Array:
		return object{"type": "array", "items": d.schema(t.Elem(), sent)}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": d.schema(t.Elem(), sent)}
	case reflect.Pointer:
		return d.schema(t.Elem(), sent)
	case reflect.Struct:
		if t.Name() == "" { // an object that says nothing
			return object{"type": "object"}
		}
		return d.reference(t, sent)
	}
	return object{}
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// reference names the schema of a struct, and adds it if it is not there yet.
func (d describer) reference(t reflect.Type, sent bool) object {
	name := capital(t.Name())
	if known, there := d.types[name]; there && known != t { // another package's
		name = capital(path.Base(t.PkgPath())) + name
	}
	ref := object{"$ref": "#/components/schemas/" + name}
	if _, there := d.types[name]; there {
		return ref
	}
	properties, required, order := object{}, []string{}, []string{}
	s := object{"type": "object", "properties": properties}
	d.types[name], d.schemas[name] = t, s // before its fields: a type may mention itself
	for _, f := range reflect.VisibleFields(t) {
		key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if key == "-" || f.Anonymous && key == "" || !f.IsExported() {
			continue
		}
		owner, always := ownerOf(t, f)
		properties[key] = d.property(owner, f, sent)
		order = append(order, key)
		if always && !strings.Contains(options, "omit") {
			required = append(required, key)
		}
	}
	s["x-order"] = order // for readers
	if text := d.said.types[nameOf(t)]; text != "" {
		if name != t.Name() { // it has another name among those of other packages
			text = strings.Replace(text, t.Name()+" ", name+" ", 1)
		}
		s["description"] = text
	}
	if len(required) > 0 {
		s["required"] = required
	}
	if sent && d.api.strict {
		s["additionalProperties"] = false
	}
	return ref
}

// orNull is the schema of what is null where it is nothing.
func orNull(s object) object {
	if kind, ok := s["type"].(string); ok && s["enum"] == nil {
		s["type"] = []string{kind, "null"}
		return s
	}
	return object{"anyOf": []any{s, object{"type": "null"}}}
}

// ownerOf is the struct that declares the field, t or one that t embeds, and whether it is always there.
func ownerOf(t reflect.Type, f reflect.StructField) (owner reflect.Type, always bool) {
	owner, always = t, true
	for _, i := range f.Index[:len(f.Index)-1] {
		owner = owner.Field(i).Type
		if owner.Kind() == reflect.Pointer {
			owner, always = owner.Elem(), false
		}
	}
	return owner, always
}

// property is the schema of a field, with what is said of it where it is declared.
func (d describer) property(owner reflect.Type, f reflect.StructField, sent bool) object {
	p := maps.Clone(d.schema(f.Type, sent))
	_, options, _ := strings.Cut(f.Tag.Get("json"), ",")
	switch values, isEnum := p["enum"].([]string); {
	case strings.Contains(options, "omit"):
	case f.Type.Kind() == reflect.Pointer:
		p = orNull(p)
	case isEnum && d.said.none[nameOf(f.Type)]:
		p["enum"] = append(slices.Clone(values), "")
	}
	if text := d.said.fields[nameOf(owner)][f.Name]; text != "" {
		p["description"] = text
	}
	return p
}
