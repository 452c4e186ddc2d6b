package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
)

// comments is what the Go sources say about types, their fields and the values of named texts. A type has its package before it: rejoin.Issue.
type comments struct {
	types  map[string]string            // by type
	fields map[string]map[string]string // by type and Go name
	values map[string][]string          // constants by type, in their order, but for the empty one
	none   map[string]bool              // types with an empty one
}

// readComments reads the Go files of the folders, apart from tests.
func readComments(folders ...string) (comments, error) {
	c := comments{types: map[string]string{}, fields: map[string]map[string]string{}, values: map[string][]string{}, none: map[string]bool{}}
	for _, folder := range folders {
		packages, err := parser.ParseDir(token.NewFileSet(), folder, func(f fs.FileInfo) bool { return !strings.HasSuffix(f.Name(), "_test.go") }, parser.ParseComments)
		if err != nil {
			return c, err
		}
		for _, p := range packages {
			for _, file := range p.Files {
				c.takeFile(file)
			}
		}
	}
	return c, nil
}

func (c comments) takeFile(file *ast.File) {
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range g.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				name := file.Name.Name + "." + s.Name.Name
				c.types[name] = words(g.Doc, s.Doc, s.Comment)
				if fields, ok := s.Type.(*ast.StructType); ok {
					c.takeFields(name, fields)
				}
			case *ast.ValueSpec:
				c.takeValue(file.Name.Name, s)
			}
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
func (c comments) takeValue(pkg string, s *ast.ValueSpec) {
	kind, ok := s.Type.(*ast.Ident)
	if !ok || len(s.Values) != 1 {
		return
	}
	value, ok := s.Values[0].(*ast.BasicLit)
	if !ok || value.Kind != token.STRING {
		return
	}
	name := pkg + "." + kind.Name
	switch text, err := strconv.Unquote(value.Value); {
	case err != nil:
	case text == "":
		c.none[name] = true
	default:
		c.values[name] = append(c.values[name], text)
	}
}

// sources is where a comment says what it goes by, which readers of the API do not have.
var sources = regexp.MustCompile(`,? reference §[\d.]+| \(reference [^)]*\)`)

// words joins comments to one line.
func words(groups ...*ast.CommentGroup) string {
	var parts []string
	for _, g := range groups {
		if text := strings.Join(strings.Fields(g.Text()), " "); text != "" {
			parts = append(parts, text)
		}
	}
	return sources.ReplaceAllString(strings.Join(parts, " "), "")
}
