package rejointest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"rejoin/web"
)

// Described holds what goes over the wire to the description of an API in OpenAPI, and counts what was used. Safe for concurrent use.
type Described struct {
	t          *testing.T
	doc        map[string]any
	operations []web.Operation
	root       string // what every address begins with, such as /agent/v1/

	mu   sync.Mutex
	seen map[string]int // by name
}

// Describe takes the OpenAPI document of an API, and the operations that it was made of.
func Describe(t *testing.T, document string, operations []web.Operation) *Described {
	t.Helper()
	d := &Described{t: t, operations: operations, seen: map[string]int{}}
	if err := json.Unmarshal([]byte(document), &d.doc); err != nil {
		t.Fatal(err)
	}
	for _, op := range operations {
		_, path, _ := strings.Cut(op.Pattern, " ")
		d.root = commonRoot(cmp.Or(d.root, path), path)
	}
	return d
}

// commonRoot is what two paths begin with, up to a slash.
func commonRoot(a, b string) string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return a[:strings.LastIndex(a[:n], "/")+1]
}

// Seen is how often an operation was used, by its name.
func (d *Described) Seen(name string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.seen[name]
}

// Watch holds every answer, and every request that was not refused, to the description.
func (d *Described) Watch(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") != "" {
			h.ServeHTTP(w, r)
			return
		}
		sent, err := io.ReadAll(r.Body)
		if err != nil {
			d.t.Error(err)
		}
		r.Body = io.NopCloser(bytes.NewReader(sent))
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, r)
		d.look(r, sent, answer)
		maps.Copy(w.Header(), answer.Header())
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes()) // the client may be gone
	})
}

func (d *Described) look(r *http.Request, sent []byte, answer *httptest.ResponseRecorder) {
	op, ok := d.operation(r.Method, r.URL.Path)
	if !ok {
		if answer.Code < http.StatusBadRequest && strings.HasPrefix(r.URL.Path, d.root) && !strings.HasSuffix(r.URL.Path, "/") && !strings.Contains(r.URL.Path, "//") {
			d.t.Errorf("%s %s is not described", r.Method, r.URL.Path)
		}
		return
	}
	d.mu.Lock()
	d.seen[op.Name]++
	d.mu.Unlock()
	method, pattern, _ := strings.Cut(op.Pattern, " ")
	at := d.at("paths", pattern, strings.ToLower(method))
	if body := d.resolve(d.under(at, "requestBody", "content", "application/json", "schema")); body["additionalProperties"] == false && answer.Code < http.StatusBadRequest {
		d.check(op.Pattern+" sends", true, body, sent)
	}
	response := d.under(at, "responses", fmt.Sprint(answer.Code))
	if response == nil {
		if response = d.at("components", "responses", "Failure"); answer.Code < http.StatusBadRequest {
			d.t.Errorf("%s answers %d, which is not described", op.Pattern, answer.Code)
		}
	}
	kind, _, _ := strings.Cut(answer.Header().Get("Content-Type"), ";")
	switch content := d.under(response, "content"); {
	case content == nil:
	case content[kind] == nil:
		d.t.Errorf("%s answers %d as %q, which is not described", op.Pattern, answer.Code, kind)
	case kind == "application/json":
		d.check(fmt.Sprint(op.Pattern, " answers ", answer.Code), false, d.under(content, kind, "schema"), answer.Body.Bytes())
	}
}

// operation finds the operation of an address: that with the fewest parts that may be anything.
func (d *Described) operation(method, path string) (found web.Operation, ok bool) {
	for _, op := range d.operations {
		m, pattern, _ := strings.Cut(op.Pattern, " ")
		if m == method && matches(pattern, path) && (!ok || strings.Count(op.Pattern, "{") < strings.Count(found.Pattern, "{")) {
			found, ok = op, true
		}
	}
	return found, ok
}

func matches(pattern, path string) bool {
	p, q := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(p) != len(q) {
		return false
	}
	for i := range p {
		if p[i] != q[i] && (q[i] == "" || !strings.HasPrefix(p[i], "{")) {
			return false
		}
	}
	return true
}

// resolve follows a reference.
func (d *Described) resolve(schema map[string]any) map[string]any {
	ref, ok := schema["$ref"].(string)
	if !ok {
		return schema
	}
	schema = d.at(strings.Split(strings.TrimPrefix(ref, "#/"), "/")...)
	if schema == nil {
		d.t.Errorf("there is no %s", ref)
	}
	return schema
}

func (d *Described) at(path ...string) map[string]any { return d.under(d.doc, path...) }

func (d *Described) under(from map[string]any, path ...string) map[string]any {
	for _, name := range path {
		from, _ = from[name].(map[string]any)
	}
	return from
}

// check holds a body to a schema. Of what is sent, everything may be left out.
func (d *Described) check(where string, sent bool, schema map[string]any, body []byte) {
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		d.t.Errorf("%s: %v", where, err)
		return
	}
	fitting{d, sent}.fits(where, schema, value)
}

// fitting holds values to schemas.
type fitting struct {
	*Described
	sent bool
}

// fits holds a value to a schema: of JSON Schema it knows what the description uses.
func (d fitting) fits(where string, schema map[string]any, value any) {
	if either, ok := schema["anyOf"].([]any); ok { // or null
		if value == nil {
			return
		}
		schema, _ = either[0].(map[string]any)
	}
	schema = d.resolve(schema)
	kinds := map[string]bool{"": true}
	switch v := value.(type) {
	case map[string]any:
		kinds["object"] = true
		d.fitsObject(where, schema, v)
	case []any:
		kinds["array"] = true
		items, _ := schema["items"].(map[string]any)
		for i, item := range v {
			d.fits(fmt.Sprintf("%s[%d]", where, i), items, item)
		}
	case string:
		kinds["string"] = true
		if values, ok := schema["enum"].([]any); ok && !slices.Contains(values, any(v)) {
			d.t.Errorf("%s: %q is not one of %v", where, v, values)
		}
	case float64:
		kinds["number"], kinds["integer"] = true, v == float64(int64(v))
	case bool:
		kinds["boolean"] = true
	}
	kind, _ := schema["type"].(string)
	if either, ok := schema["type"].([]any); ok { // or null
		kind, _ = either[0].(string)
		kinds[kind] = kinds[kind] || value == nil
	}
	if !kinds[kind] {
		d.t.Errorf("%s: %v is no %s", where, value, kind)
	}
}

func (d fitting) fitsObject(where string, schema, value map[string]any) {
	properties, _ := schema["properties"].(map[string]any)
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if _, ok := value[name.(string)]; !ok && !d.sent {
			d.t.Errorf("%s: %s is missing", where, name)
		}
	}
	for name, v := range value {
		switch property, known := properties[name].(map[string]any); {
		case known:
			d.fits(where+"."+name, property, v)
		case properties != nil:
			d.t.Errorf("%s: %s is not described", where, name)
		default:
			if more, ok := schema["additionalProperties"].(map[string]any); ok {
				d.fits(where+"."+name, more, v)
			}
		}
	}
}
