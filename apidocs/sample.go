package apidocs

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// example is an answer as text: the one that the document has, or one made of the schema.
func (d document) example(m media) string {
	text := m.Example
	if text == nil {
		made, err := json.Marshal(d.sample(m.Schema, 3, true))
		if err != nil {
			return ""
		}
		text = made
	}
	var b bytes.Buffer
	if json.Indent(&b, text, "", "  ") != nil {
		return ""
	}
	return b.String()
}

// sample is a value that fits the schema, objects in it to a depth; all of their fields, or only those that must be there.
func (d document) sample(s schema, depth int, all bool) any {
	s, _ = d.named(s)
	switch {
	case len(s.Examples) > 0 && s.Type == "string":
		return s.Examples[0]
	case len(s.Enum) > 0:
		return s.Enum[0]
	case s.Type == "array" && s.Items != nil:
		if depth == 0 {
			return []any{}
		}
		return []any{d.sample(*s.Items, depth-1, all)}
	case s.Type == "object":
		out := map[string]any{}
		for name, p := range s.Properties {
			if depth > 0 && (all || slices.Contains(s.Required, name)) {
				out[name] = d.sample(p, depth-1, all)
			}
		}
		return out
	}
	return map[oneType]any{"string": "…", "integer": 1, "number": 1, "boolean": true}[s.Type]
}

// command is how a shell asks for it with curl. What is to be filled in is in capital letters, as variables of the shell.
func (d document) command(server, path, method string, op operation) string {
	if op.Socket != nil {
		return ""
	}
	call := "curl " + d.credentials(op)
	if method != "GET" && (method != "POST" || op.RequestBody == nil) {
		call += "-X " + method + " "
	}
	lines := append([]string{call + `"` + server + fillPath(path) + query(op) + `"`}, d.bodyOf(op)...)
	if len(lines[0]) > 60 {
		lines = append([]string{strings.TrimSpace(call)}, lines...)
		lines[1] = strings.TrimPrefix(lines[1], call)
	}
	return strings.Join(lines, " \\\n  ")
}

// fillPath puts variables of the shell into a path.
func fillPath(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if strings.HasPrefix(p, "{") {
			parts[i] = "$" + variable(strings.Trim(p, "{}"))
		}
	}
	return strings.Join(parts, "/")
}

// variable is what a shell calls a part of a path. USER is somebody else there: who has signed in to the computer.
func variable(name string) string {
	if name == "user" {
		return "USER_ID"
	}
	return strings.ToUpper(name)
}

// query holds the parameters that must be there.
func query(op operation) string {
	var list []string
	for _, p := range op.Parameters {
		if p.In == "query" && p.Required {
			list = append(list, p.Name+"="+valueOf(p.Schema))
		}
	}
	if list == nil {
		return ""
	}
	return "?" + strings.Join(list, "&")
}

func valueOf(s schema) string {
	switch {
	case len(s.Examples) > 0:
		return s.Examples[0]
	case len(s.Enum) > 0:
		return s.Enum[0]
	case s.Type == "integer":
		return "1"
	case s.Type == "boolean":
		return "true"
	}
	return "…"
}

// credentials are the options by which curl shows who asks.
func (d document) credentials(op operation) string {
	if signed(op) == "" {
		return ""
	}
	for _, name := range slices.Sorted(maps.Keys(op.Security[0])) {
		switch s := d.Components.SecuritySchemes[name]; {
		case s.Scheme == "basic":
			return `-u "$KEY:" `
		case s.Scheme == "bearer":
			return `-H "Authorization: Bearer $TOKEN" `
		case s.In == "cookie":
			return "-b cookies.txt "
		}
	}
	return ""
}

// bodyOf is the options by which curl sends what must be sent.
func (d document) bodyOf(op operation) []string {
	if op.RequestBody == nil {
		return nil
	}
	content := op.RequestBody.Content
	form, isForm := content["application/x-www-form-urlencoded"]
	if !isForm {
		form, isForm = content["multipart/form-data"]
	}
	if isForm {
		return formOf(form.Schema)
	}
	if m, ok := content["application/json"]; ok {
		body, err := json.Marshal(d.sample(m.Schema, 3, false))
		if err != nil {
			return nil
		}
		return []string{"--json '" + strings.ReplaceAll(string(body), "'", `'\''`) + "'"}
	}
	return []string{"--data-binary @FILE"}
}

// formOf sends what must be there, or where nothing must, the first one as an example.
func formOf(s schema) (out []string) {
	names := s.Order
	for _, name := range names {
		if slices.Contains(s.Required, name) {
			out = append(out, formField(name, s.Properties[name]))
		}
	}
	if out == nil && len(names) > 0 {
		out = append(out, formField(names[0], s.Properties[names[0]]))
	}
	return out
}

func formField(name string, s schema) string {
	if s.Format == "binary" {
		return "-F '" + name + "=@FILE'"
	}
	return "--data-urlencode '" + name + "=" + strings.ReplaceAll(valueOf(s), "'", `'\''`) + "'"
}
