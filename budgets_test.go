package rejoin_test

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// The budgets keep everything small enough to be read in one go.
const (
	funcP95, funcMax = 45, 80
	fileP95, fileMax = 400, 700
	methodsMax       = 30
	fieldsMax        = 20
	scriptMax        = 300
)

// Types that may be larger, and why.
var (
	manyMethods = map[string]string{
		"store.Tx":  "the catalogue of everything that can be stored and asked",
		"core.unit": "one open transaction: the parts that use cases compose, one file per noun",
	}
	manyFields = map[string]string{
		"rejoin.Issue":       "one row of the issues table",
		"rejoin.FollowUp":    "one row of the follow_ups table",
		"rejoin.IssueFilter": "one field for each thing to choose by",
		"core.Core":          "the use cases, by noun",
		"agentapi.Row":       "an issue with its user, as the dashboard shows it",
	}
)

// sized is something with a size and a place.
type sized struct {
	size int
	what string
}

func TestBudgets(t *testing.T) {
	var funcs, files []sized
	methods, fields := map[string]int{}, map[string]int{}
	for _, name := range goFiles(t) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		positions := token.NewFileSet()
		file, err := parser.ParseFile(positions, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		lines := func(n ast.Node) int { return positions.Position(n.End()).Line - positions.Position(n.Pos()).Line + 1 }
		files = append(files, sized{positions.File(file.Pos()).LineCount(), name})
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				funcs = append(funcs, sized{lines(d), fmt.Sprintf("%s: func %s", positions.Position(d.Pos()), d.Name.Name)})
				if d.Recv != nil {
					methods[typeName(name, file, receiver(d.Recv.List[0].Type))]++
				}
			case *ast.GenDecl:
				countFields(fields, name, file, d)
			}
		}
	}
	keep(t, "lines of a function", funcs, funcP95, funcMax)
	keep(t, "lines of a file", files, fileP95, fileMax)
	keepTypes(t, "methods", methods, methodsMax, manyMethods)
	keepTypes(t, "fields", fields, fieldsMax, manyFields)
}

// TestScriptBudget holds for the browser's programs; generated files are no one's to shorten.
func TestScriptBudget(t *testing.T) {
	for _, name := range sources(t, ".ts", ".tsx") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := bytes.Cut(text, []byte("\n"))
		if n := bytes.Count(text, []byte("\n")); n > scriptMax && !bytes.Contains(first, []byte("Do not edit")) {
			t.Errorf("%s has %d lines; at most %d fit", name, n, scriptMax)
		}
	}
}

// keep complains about what is above max, and about the largest ones if more than one in twenty is above p95.
func keep(t *testing.T, what string, list []sized, p95, limit int) {
	t.Helper()
	slices.SortFunc(list, func(a, b sized) int { return cmp.Compare(b.size, a.size) })
	for _, s := range list {
		if s.size > limit {
			t.Errorf("%s: %d %s; at most %d fit", s.what, s.size, what, limit)
		}
	}
	n := len(list) / 20
	if n >= len(list) || list[n].size <= p95 {
		return
	}
	t.Errorf("%d %s at the 95th percentile; at most %d fit. The largest:", list[n].size, what, p95)
	for _, s := range list[:n+1] {
		if s.size > p95 {
			t.Logf("%4d  %s", s.size, s.what)
		}
	}
}

func keepTypes(t *testing.T, what string, counts map[string]int, limit int, excepted map[string]string) {
	t.Helper()
	for name, n := range counts {
		if _, ok := excepted[name]; n > limit && !ok {
			t.Errorf("%s has %d %s; at most %d fit", name, n, what, limit)
		}
	}
}

func countFields(counts map[string]int, name string, file *ast.File, d *ast.GenDecl) {
	for _, spec := range d.Specs {
		ts, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		st, ok := ts.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, f := range st.Fields.List {
			counts[typeName(name, file, ts.Name.Name)] += max(1, len(f.Names))
		}
	}
}

// typeName names a type with its package; programs, which are all called main, by their folder.
func typeName(name string, file *ast.File, typ string) string {
	pkg := file.Name.Name
	if pkg == "main" {
		pkg = path.Dir(name)
	}
	return pkg + "." + typ
}

func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return "?"
}
