// Wiregen writes what is made from the Go structs that speak the wire: their TypeScript types (ui/shared/chat.ts and ui/shared/agent.ts), and the
// descriptions of the APIs in OpenAPI (docs/openapi). "make generate" runs it; "make test" fails when the files are out of date.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"rejoin/agentapi"
	"rejoin/chatapi"
)

func main() {
	list, err := files()
	for name, text := range list {
		if len(os.Args) > 1 {
			name = filepath.Join(os.Args[1], filepath.Base(name)) // all in one folder, to be compared
		}
		if err == nil {
			err = os.WriteFile(name, []byte(text), 0o644)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "wiregen:", err)
		os.Exit(1)
	}
}

// files returns every file by its name below the module's root, which is the working directory.
func files() (map[string]string, error) {
	out := map[string]string{
		"ui/shared/chat.ts":  generate("chatapi", chatapi.Wire()),
		"ui/shared/agent.ts": generate("agentapi", agentapi.Wire()),
	}
	for _, a := range apis() {
		said, err := readComments(a.folders...)
		if err != nil {
			return nil, err
		}
		if out[a.file], err = describe(a, said); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// generate renders the named types and every struct they mention, and fails loudly on what TypeScript has no word for here.
func generate(pkg string, roots []any) string {
	g := generator{seen: map[reflect.Type]bool{}}
	for _, r := range roots {
		g.visit(reflect.TypeOf(r))
	}
	slices.Sort(g.out)
	return "// Made by cmd/wiregen from package " + pkg + ". Do not edit: run \"make generate\".\n\n" + strings.Join(g.out, "\n")
}

type generator struct {
	seen map[reflect.Type]bool
	out  []string
}

func (g *generator) visit(t reflect.Type) {
	if g.seen[t] {
		return
	}
	g.seen[t] = true
	var b strings.Builder
	fmt.Fprintf(&b, "export interface %s {\n", t.Name())
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		optional := ""
		if strings.Contains(options, "omit") {
			optional = "?"
		}
		fmt.Fprintf(&b, "  %s%s: %s;\n", name, optional, g.word(f.Type, f.Name))
	}
	b.WriteString("}\n")
	g.out = append(g.out, b.String())
}

func (g *generator) word(t reflect.Type, field string) string {
	switch t.Kind() {
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int64, reflect.Float64:
		return "number"
	case reflect.Slice, reflect.Array:
		return g.word(t.Elem(), field) + "[]"
	case reflect.Pointer:
		return g.word(t.Elem(), field)
	case reflect.Interface:
		return "unknown"
	case reflect.Map:
		return "Record<string, " + g.word(t.Elem(), field) + ">"
	case reflect.Struct:
		g.visit(t)
		return t.Name()
	}
	panic("wiregen: no TypeScript word for " + t.String() + " of field " + field)
}
