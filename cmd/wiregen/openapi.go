package main

import (
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rejoin/web"
)

// object is a JSON object. Its keys are written in the order of the alphabet, so that the file changes only where something has changed.
type object = map[string]any

// describer collects the schemas of the types that the operations of an API mention.
type describer struct {
	api     api
	said    comments
	schemas object
	types   map[string]reflect.Type // by schema
}

// describe returns an API in OpenAPI 3.1.
func describe(a api, said comments) (string, error) {
	d := describer{api: a, said: said, schemas: object{}, types: map[string]reflect.Type{}}
	paths, groups, order := object{}, []any{}, []string{}
	told := map[string]bool{"": true}
	for _, op := range a.operations {
		method, path, _ := strings.Cut(strings.ReplaceAll(op.Pattern, "...}", "}"), " ")
		at, ok := paths[path].(object)
		if !ok {
			at = object{}
			paths[path] = at
		}
		at[strings.ToLower(method)] = d.operation(op, path)
		order = append(order, op.Name)
		if !told[op.Group] {
			told[op.Group] = true
			groups = append(groups, object{"name": op.Group})
		}
	}
	failure := d.schema(reflect.TypeOf(a.failure), false)
	doc := object{
		"openapi": "3.1.0",
		"info":    object{"title": a.title, "version": "1", "description": a.says},
		"servers": []any{object{"url": "/"}},
		"paths":   paths,
		"tags":    groups,
		"x-order": order, // of the operations, for readers
		"components": object{
			"schemas": d.schemas,
			"responses": object{"Failure": object{"description": "It was not done. The body says why, in a sentence for people.", "headers": object{"Retry-After": object{
				"description": "Of status 429: wait so many seconds.", "schema": object{"type": "integer"}}}, "content": content(failure)}},
			"securitySchemes": a.schemes,
		},
	}
	if a.webhooks != nil {
		events := object{}
		for _, e := range a.webhooks {
			events[e.name] = object{"post": object{"operationId": e.name, "summary": e.says, "tags": []any{"Webhooks"},
				"requestBody": object{"required": true, "content": d.event(e)},
				"responses":   object{"2XX": object{"description": "The event has arrived. Whatever else comes back, and no answer within 15 seconds, has it sent again later."}}}}
		}
		doc["webhooks"] = events
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

// event is the body of what the server posts, with an example of the tests.
func (d describer) event(e event) object {
	out := content(d.schema(reflect.TypeOf(d.api.body), false))
	if text, err := os.ReadFile(e.example); err == nil {
		out["application/json"].(object)["example"] = json.RawMessage(text)
	}
	return out
}

func content(schema any) object { return object{"application/json": object{"schema": schema}} }

var inPath = regexp.MustCompile(`\{(\w+)\}`)

func (d describer) operation(op web.Operation, path string) object {
	out := object{"operationId": op.Name, "summary": op.Says, "responses": d.responses(op)}
	if op.Group != "" {
		out["tags"] = []any{op.Group}
	}
	if op.Needs != "" {
		out["x-permission"] = op.Needs
	}
	var parameters []any
	for _, name := range inPath.FindAllStringSubmatch(path, -1) {
		says := d.api.inPath[name[1]]
		if says == "" {
			says = "The " + name[1] + "'s id."
		}
		parameters = append(parameters, object{"name": name[1], "in": "path", "required": true, "schema": object{"type": "string"}, "description": says})
	}
	for _, p := range op.Query {
		q := object{"name": p.Name, "in": "query", "schema": schemaOf(p), "description": p.Says}
		if p.Required {
			q["required"] = true
		}
		parameters = append(parameters, q)
	}
	if parameters != nil {
		out["parameters"] = parameters
	}
	if body := d.body(op); body != nil {
		out["requestBody"] = body
	}
	if security := d.security(op.Bearer); security != nil {
		out["security"] = security
	}
	return out
}

// security says what an operation wants, each alternative by itself.
func (d describer) security(want web.Bearer) []any {
	if d.api.always != "" {
		want = d.api.always
	}
	if want == web.NoBearer {
		return nil
	}
	var out []any
	for _, name := range slices.Sorted(maps.Keys(d.api.schemes)) {
		out = append(out, object{name: []any{}})
	}
	if want == web.MayBearer {
		out = append(out, object{})
	}
	return out
}

// body is what an operation is sent, or nil.
func (d describer) body(op web.Operation) any {
	if file, ok := op.In.(web.File); ok {
		return object{"required": true, "content": bytesOf(file)}
	}
	if op.In != nil {
		return object{"required": true, "content": content(d.schema(reflect.TypeOf(op.In), true))}
	}
	if op.Form == nil {
		return nil
	}
	properties, required, order := object{}, []string{}, []string{}
	for _, p := range op.Form {
		property := schemaOf(p)
		property["description"] = p.Says
		properties[p.Name] = property
		order = append(order, p.Name)
		if p.Required {
			required = append(required, p.Name)
		}
	}
	schema := object{"type": "object", "properties": properties, "x-order": order}
	if len(required) > 0 {
		schema["required"] = required
	}
	kinds := object{}
	for _, name := range []string{"application/x-www-form-urlencoded", "multipart/form-data", "application/json"} {
		kinds[name] = object{"schema": schema}
	}
	return object{"content": kinds, "required": len(required) > 0}
}

func bytesOf(f web.File) object {
	if f.Type == "" {
		f.Type = "application/octet-stream"
	}
	return object{f.Type: object{}}
}

// schemaOf is what a parameter takes.
func schemaOf(p web.Parameter) object {
	out := object{"type": "string"}
	switch p.Kind {
	case web.Number:
		out = object{"type": "integer", "format": "int64"}
	case web.Flag, web.Object:
		out["type"] = string(p.Kind)
	case web.List:
		out = object{"type": "array", "items": object{"type": "string"}}
	case web.Bytes:
		out = object{"type": "string", "format": "binary"}
	}
	if p.Values != nil {
		out["enum"] = p.Values
	}
	if p.Example != "" {
		out["examples"] = []string{p.Example}
	}
	return out
}

func (d describer) responses(op web.Operation) object {
	out := object{"default": object{"$ref": "#/components/responses/Failure"}}
	status := "200"
	if op.Status != 0 {
		status = strconv.Itoa(op.Status)
	}
	file, isFile := op.Out.(web.File)
	switch {
	case strings.HasSuffix(op.Pattern, "/socket"):
		out["101"] = object{"description": "The connection is a WebSocket now."}
		out["x-websocket"] = object{"client": d.schema(reflect.TypeOf(d.api.client), true), "server": d.schema(reflect.TypeOf(d.api.server), false)}
	case op.Status >= 300:
		out[status] = object{"description": "Go to the address in the header Location."}
	case isFile:
		out[status] = object{"description": "It is done.", "content": bytesOf(file)}
	case op.Out == nil:
		out[status] = object{"description": "It is done.", "content": content(object{"type": "object"})}
	default:
		answer := content(d.schema(reflect.TypeOf(op.Out), false))
		if example := d.api.example(op.Name); example != nil {
			answer["application/json"].(object)["example"] = example
		}
		out[status] = object{"description": "It is done.", "content": answer}
	}
	return out
}
