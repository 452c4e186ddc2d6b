package main

import (
	"encoding/json"
	"maps"
	"reflect"
	"regexp"
	"strings"

	"rejoin/chatapi"
)

// object is a JSON object. Its keys are written in the order of the alphabet, so that the file changes only where something has changed.
type object = map[string]any

// describe returns the chat API in OpenAPI 3.1.
func describe() (string, error) {
	said, err := readComments(".", "chatapi")
	if err != nil {
		return "", err
	}
	d := describer{said: said, schemas: object{}, sent: map[reflect.Type]bool{}}
	paths := object{}
	for _, op := range chatapi.Operations() {
		method, path, _ := strings.Cut(op.Pattern, " ")
		at, ok := paths[path].(object)
		if !ok {
			at = object{}
			paths[path] = at
		}
		at[strings.ToLower(method)] = d.operation(op, path)
	}
	failure := d.schema(reflect.TypeFor[chatapi.Failure](), false)
	doc := object{
		"openapi": "3.1.0",
		"info": object{"title": "Rejoin chat API", "version": "1", "description": "What the end user's side of a conversation speaks: the chat widget, the hosted page, apps. " +
			"Times are Unix milliseconds. Ignore what you do not know in answers; what the server does not know in requests it refuses."},
		"servers": []any{object{"url": "/"}},
		"paths":   paths,
		"components": object{
			"schemas": d.schemas,
			"responses": object{"Failure": object{"description": "It was not done. The body says why, in a sentence for people.", "headers": object{"Retry-After": object{
				"description": "Of status 429: wait so many seconds.", "schema": object{"type": "integer"}}}, "content": content(failure)}},
			"securitySchemes": object{"session": object{"type": "http", "scheme": "bearer",
				"description": "A token of 32 random bytes in base64url, made by the client. It becomes a session with the first message, or by identify."}},
		},
	}
	return marshal(doc)
}

func marshal(doc object) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(doc)
	return b.String(), err
}

// describer collects the schemas of the types that operations mention.
type describer struct {
	said    comments
	schemas object
	sent    map[reflect.Type]bool // by clients
}

func content(schema any) object { return object{"application/json": object{"schema": schema}} }

var inPath = regexp.MustCompile(`\{(\w+)\}`)

func (d describer) operation(op chatapi.Operation, path string) object {
	out := object{"operationId": op.Name, "summary": op.Says, "responses": d.responses(op)}
	var parameters []any
	for _, name := range inPath.FindAllStringSubmatch(path, -1) {
		parameters = append(parameters, object{"name": name[1], "in": "path", "required": true, "schema": object{"type": "string"}, "description": "The " + name[1] + "'s id."})
	}
	for _, p := range op.Query {
		kind := object{"type": "string"}
		if p.Number {
			kind = object{"type": "integer", "format": "int64"}
		}
		q := object{"name": p.Name, "in": "query", "schema": kind, "description": p.Says}
		if p.Required {
			q["required"] = true
		}
		parameters = append(parameters, q)
	}
	if parameters != nil {
		out["parameters"] = parameters
	}
	if _, file := op.In.(chatapi.File); file {
		out["requestBody"] = object{"required": true, "content": object{"application/octet-stream": object{}}}
	} else if op.In != nil {
		out["requestBody"] = object{"required": true, "content": content(d.schema(reflect.TypeOf(op.In), true))}
	}
	switch op.Bearer {
	case chatapi.MustBearer:
		out["security"] = []any{object{"session": []any{}}}
	case chatapi.MayBearer:
		out["security"] = []any{object{"session": []any{}}, object{}}
	}
	return out
}

func (d describer) responses(op chatapi.Operation) object {
	failure := object{"$ref": "#/components/responses/Failure"}
	out := object{"default": failure}
	switch {
	case strings.HasSuffix(op.Pattern, "/socket"):
		out["101"] = object{"description": "The connection is a WebSocket now."}
		out["x-websocket"] = object{"client": d.schema(reflect.TypeFor[chatapi.Hello](), true), "server": d.schema(reflect.TypeFor[chatapi.Frame](), false)}
	case op.Out == nil:
		out["200"] = object{"description": "It is done.", "content": content(object{"type": "object"})}
	default:
		out["200"] = object{"description": "It is done.", "content": content(d.schema(reflect.TypeOf(op.Out), false))}
	}
	return out
}

// schema is what JSON of the type looks like. The server refuses what it does not know in what is sent.
func (d describer) schema(t reflect.Type, sent bool) object {
	switch t.Kind() {
	case reflect.String:
		if values := d.said.values[t.Name()]; values != nil && strings.HasPrefix(t.PkgPath(), "rejoin") {
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
		return d.reference(t, sent)
	}
	return object{}
}

// reference names the schema of a struct, and adds it if it is not there yet.
func (d describer) reference(t reflect.Type, sent bool) object {
	name := strings.ToUpper(t.Name()[:1]) + t.Name()[1:]
	ref := object{"$ref": "#/components/schemas/" + name}
	if _, there := d.schemas[name]; there {
		return ref
	}
	properties, required := object{}, []string{}
	s := object{"type": "object"}
	d.schemas[name] = s // before its fields: a type may mention itself
	for i := range t.NumField() {
		f := t.Field(i)
		key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		property := maps.Clone(d.schema(f.Type, sent))
		if text := d.said.fields[t.Name()][f.Name]; text != "" {
			property["description"] = text
		}
		properties[key] = property
		if !strings.Contains(options, "omit") {
			required = append(required, key)
		}
	}
	s["properties"] = properties
	if text := d.said.types[t.Name()]; text != "" {
		s["description"] = text
	}
	if len(required) > 0 {
		s["required"] = required
	}
	if sent {
		s["additionalProperties"] = false
	}
	return ref
}
