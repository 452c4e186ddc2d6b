package rejoin_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floor is how high up a package stands: it imports only what stands below it, and nothing beside it.
type floor int

const (
	words floor = iota
	tools
	useCases
	doors
	wiring
	programs
)

// house gives every package of the module its floor, by the first part of its path below the module. A package below another one, such as
// mail/mailbox, belongs to it.
var house = map[string]floor{
	".":          words,
	"automation": tools, "store": tools, "jobs": tools, "live": tools, "followup": tools, "files": tools, "texts": tools, "identity": tools, "mail": tools, "web": tools, "sso": tools, "docs": tools, "bot": tools, "outbound": tools, "hours": tools, "webhook": tools, "archive": tools,
	"core":    useCases,
	"chatapi": doors, "agentapi": doors, "apidocs": doors, "restapi": doors,
	"serve": wiring,
	"cmd":   programs, "bench": programs, "examples": programs,
}

// helpers are for tests, the mailbox is also the demo's, and the receiver the examples': they import what they need, but only programs and tests import them.
var helpers = []string{"store/storetest", "mail/mailbox", "rejointest", "examples/receive"}

// TestImportsPointDown holds programs → wiring → doors → use cases → tools → words. Files of tests are free: they would rather meet the real
// neighbour than a mock.
func TestImportsPointDown(t *testing.T) {
	for _, file := range goFiles(t) {
		pkg := path.Dir(file)
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, spec := range parsed.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if complaint := judgeImport(pkg, name); complaint != "" {
				t.Errorf("%s imports %q: %s", file, name, complaint)
			}
		}
	}
}

// judgeImport says what is wrong with a package of ours importing name, or "".
func judgeImport(pkg, name string) string {
	own := name == "rejoin" || strings.HasPrefix(name, "rejoin/")
	if !own {
		if first, _, _ := strings.Cut(name, "/"); pkg == "." && strings.Contains(first, ".") {
			return "the words import only the standard library"
		}
		return ""
	}
	target := path.Clean(strings.TrimPrefix(strings.TrimPrefix(name, "rejoin"), "/"))
	if pkg == "ui" {
		return "ui only embeds the built files"
	}
	if slices.Contains(helpers, pkg) {
		return ""
	}
	from, known := house[room(pkg)]
	if !known {
		return pkg + " has no floor yet; give it one in imports_test.go"
	}
	if target == "ui" || slices.Contains(helpers, target) {
		if from != programs {
			return "only programs and tests may"
		}
		return ""
	}
	to, known := house[room(target)]
	switch {
	case !known:
		return target + " has no floor yet; give it one in imports_test.go"
	case room(target) == room(pkg) && from != programs:
		return ""
	case to == from:
		return "packages of one floor do not import each other; what both need belongs below, and what joins them above"
	case to > from:
		return "imports point down: cmd, serve, doors, core, tools, words"
	}
	return ""
}

// room is the first part of a package's path.
func room(pkg string) string {
	first, _, _ := strings.Cut(pkg, "/")
	return first
}

// goFiles returns the Go files of the module, with slashes.
func goFiles(t *testing.T) []string { return sources(t, ".go") }

// sources returns the files whose names end in one of the suffixes, apart from what is installed, built or data.
func sources(t *testing.T, suffixes ...string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if skip := d.Name() == "node_modules" || d.Name() == "testdata" || name == "ui/dist" || name == "data" || name == "bin" || name == "e2e/out" ||
				len(name) > 1 && strings.HasPrefix(d.Name(), "."); skip {
				return fs.SkipDir
			}
			return nil
		}
		if slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(name, s) }) {
			list = append(list, filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
