package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/identity"
	"rejoin/rejointest"
	"rejoin/store/storetest"
)

// snippets is where the dashboard keeps the programs for the host's server.
const snippets = "../../ui/dashboard/settings/snippets"

// snippet is one of them: what to save it as, and how to build and run it.
type snippet struct {
	language, fence, file string
	build, run            []string
}

func allSnippets() []snippet {
	return []snippet{
		{"go", "go", "token.go", []string{"go", "build", "-o", "token", "token.go"}, []string{"./token"}},
		{"node", "js", "token.cjs", nil, []string{"node", "token.cjs"}},
		{"python", "python", "token.py", nil, []string{"python3", "token.py"}},
		{"php", "php", "token.php", nil, []string{"php", "token.php"}},
		{"ruby", "ruby", "token.rb", nil, []string{"ruby", "token.rb"}},
		{"java", "java", "UserAuthToken.java", []string{"javac", "UserAuthToken.java"}, []string{"java", "UserAuthToken"}},
	}
}

func (s snippet) text(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(snippets, s.language+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestSnippets runs every program that the dashboard offers with its real language, and logs in with what it prints.
func TestSnippets(t *testing.T) {
	server := rejointest.New(t, storetest.SQLite(t))
	page, err := server.Core.Verification.Page(t.Context(), server.Maya, server.Made.App.ID)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := server.Core.Verification.Reveal(t.Context(), server.Maya, server.Made.App.ID, page.Secrets[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	door := httptest.NewServer(server.Handler())
	t.Cleanup(door.Close)
	for _, s := range allSnippets() {
		t.Run(s.language, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, s.file), []byte(s.text(t)), 0o600); err != nil {
				t.Fatal(err)
			}
			if s.build != nil {
				execute(t, dir, "", s.build)
			}
			for _, who := range []chatapi.Identity{
				{UserID: "8f14e45f-ceea-4671-b5c3-d2a1c0ffee00", Email: "ada@example.org"},
				{UserID: "Jürgen Groß 100% +1", Email: "Jürgen+Chat%41@Example.org"},
				{UserID: `客户-7 /?&="'\`},
				{Email: "ada+only@example.org"},
			} {
				token := strings.TrimRight(execute(t, dir, secret, append(s.run, who.UserID, who.Email)), "\r\n")
				if want := identity.Sign(secret, who.UserID+who.Email); token != want {
					t.Errorf("for %q and %q it prints %q, want %q", who.UserID, who.Email, token, want)
				}
				who.AuthToken = token
				logIn(t, door, server.Made.Platform.ID, who)
			}
		})
	}
}

// execute runs a command and returns what it prints.
func execute(t *testing.T, dir, secret string, args []string) string {
	t.Helper()
	if _, err := exec.LookPath(args[0]); err != nil && !strings.HasPrefix(args[0], "./") {
		t.Fatalf("%s is missing. \"make test\" installs it on Debian; elsewhere install it with your package manager.", args[0])
	}
	cmd := exec.CommandContext(t.Context(), args[0], args[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "REJOIN_SECRET="+secret, "LC_ALL=C.UTF-8") // without it Java takes arguments for ASCII
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %v\n%s%s", args, err, out.String(), errs.String())
	}
	return out.String()
}

// logIn wants the server to take the person for who they are, and for nobody else.
func logIn(t *testing.T, door *httptest.Server, platform string, who chatapi.Identity) {
	t.Helper()
	for want, name := range map[string]string{"verified": who.UserID, "refused": who.UserID + "x"} {
		who.UserID = name
		visitor := rejointest.NewVisitor(door.Client())
		in := chatapi.Identify{PlatformID: platform, Session: visitor.Token, Identity: who}
		visitor.Token = ""
		var out chatapi.Identified
		if err := visitor.Do(t.Context(), http.MethodPost, door.URL+"/chat/v1/identify", in, &out); err != nil {
			t.Fatal(err)
		}
		if out.Result != want {
			t.Errorf("%q with %q is %s (%s), want %s", who.UserID, who.Email, out.Result, out.Reason, want)
		}
	}
}

// TestSnippetsInTheManual compares the manual with what the dashboard offers.
func TestSnippetsInTheManual(t *testing.T) {
	page, err := os.ReadFile("../../docs/login.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range allSnippets() {
		if want := "```" + s.fence + "\n" + s.text(t) + "```\n"; !strings.Contains(string(page), want) {
			t.Errorf("docs/login.md does not have the %s program of %s as it is. Copy it there:\n%s", s.language, snippets, want)
		}
	}
}

// TestAPIInTheManual looks for every key, command and event of the SDK's types, and for every language.
func TestAPIInTheManual(t *testing.T) {
	page, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	types, err := os.ReadFile("../../ui/sdk/rejoin.d.ts")
	if err != nil {
		t.Fatal(err)
	}
	names := slices.Clone(rejoin.Languages[:])
	for _, part := range []string{"RejoinConfig", "RejoinEvents"} {
		_, body, _ := strings.Cut(string(types), "interface "+part+" {")
		body, _, _ = strings.Cut(body, "\n}")
		for _, key := range regexp.MustCompile(`(?m)^  (\w+)\??:`).FindAllStringSubmatch(body, -1) {
			names = append(names, key[1])
		}
	}
	_, body, _ := strings.Cut(string(types), "interface RejoinApi {")
	body, _, _ = strings.Cut(body, "\n}")
	for _, command := range regexp.MustCompile(`"(\w+)"`).FindAllStringSubmatch(body, -1) {
		names = append(names, command[1])
	}
	if len(names) < 90 {
		t.Errorf("only %d names are found in the types", len(names))
	}
	for _, name := range names {
		if !regexp.MustCompile("`" + name + "[`.]").Match(page) {
			t.Errorf("docs/api.md does not have %s", name)
		}
	}
}
