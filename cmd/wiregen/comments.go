package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"strconv"
	"strings"
)

// comments is what the Go sources say about types, their fields and the values of named texts.
type comments struct {
	types  map[string]string            // by type
	fields map[string]map[string]string // by type and Go name
	values map[string][]string          // constants by type, in their order
}

// readComments reads the Go files of the folders, apart from tests. Names must not repeat between them.
func readComments(folders ...string) (comments, error) {
	c := comments{types: map[string]string{}, fields: map[string]map[string]string{}, values: map[string][]string{}}
	for _, folder := range folders {
		packages, err := parser.ParseDir(token.NewFileSet(), folder, func(f fs.FileInfo) bool { return !strings.HasSuffix(f.Name(), "_test.go") }, parser.ParseComments)
		if err != nil {
			return c, err
		}
		for _, p := range packages {
			for _, file := range p.Files {
				for _, d := range file.Decls {
					if g, ok := d.(*ast.GenDecl); ok {
						c.take(g)
					}
				}
			}
		}
	}
	return c, nil
}

func (c comments) take(g *ast.GenDecl) {
	for _, spec := range g.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			c.types[s.Name.Name] = words(g.Doc, s.Doc, s.Comment)
			if fields, ok := s.Type.(*ast.StructType); ok {
				c.takeFields(s.Name.Name, fields)
			}
		case *ast.ValueSpec:
			c.takeValue(s)
		}
	}
}

func (c comments) takeFields(name string, s *ast.StructType) {
	c.fields[name] = map[string]string{}
	for _, f := range s.Fields.List {
		for _, id := range f.Names {
			c.fields[name][id.Name] = words(f.Doc, f.Comment)
		}
	}
}

// takeValue notes a constant such as New IssueState = "new". The empty one says that there is none.
func (c comments) takeValue(s *ast.ValueSpec) {
	kind, ok := s.Type.(*ast.Ident)
	if !ok || len(s.Values) != 1 {
		return
	}
	if value, ok := s.Values[0].(*ast.BasicLit); ok && value.Kind == token.STRING {
		if text, err := strconv.Unquote(value.Value); err == nil && text != "" {
			c.values[kind.Name] = append(c.values[kind.Name], text)
		}
	}
}

// words joins comments to one line.
func words(groups ...*ast.CommentGroup) string {
	var parts []string
	for _, g := range groups {
		if text := strings.Join(strings.Fields(g.Text()), " "); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " ")
}
