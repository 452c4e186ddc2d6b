package rejointest

import (
	"bufio"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// Blocks yields the commands of a page of the manual: what is fenced as sh.
func Blocks(page string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, part := range strings.Split(page, "\n```sh\n")[1:] {
			if block, _, _ := strings.Cut(part, "\n```\n"); !yield(block + "\n") {
				return
			}
		}
	}
}

// Shell is one bash that keeps its variables from block to block.
type Shell struct {
	t   *testing.T
	in  io.Writer
	out *bufio.Reader
}

// NewShell starts bash in a folder of its own, with variables set by lines such as SERVER=…. It ends with the test.
func NewShell(t *testing.T, variables string) *Shell {
	t.Helper()
	for _, name := range [...]string{"bash", "curl", "openssl"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Fatalf("%s is missing. \"make test\" installs it on Debian; elsewhere install it with your package manager.", name)
		}
	}
	cmd := exec.CommandContext(t.Context(), "bash")
	cmd.Dir = t.TempDir()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	s := &Shell{t, in, bufio.NewReader(out)}
	s.Run("export no_proxy=127.0.0.1 LC_ALL=C.UTF-8\n" + variables + "\n")
	return s
}

// Set sets a variable.
func (s *Shell) Set(name, value string) { s.Run(name + "='" + value + "'\n") }

// Run runs the commands and returns what they print, and whether each of them worked.
func (s *Shell) Run(block string) (string, bool) {
	s.t.Helper()
	const end = "--the end of the block--"
	if _, err := fmt.Fprintf(s.in, "FAILED=\ntrap 'FAILED=yes' ERR\nset -o pipefail\n%strap - ERR\necho; echo %s$FAILED\n", block, end); err != nil {
		s.t.Fatal(err)
	}
	var printed strings.Builder
	for {
		line, err := s.out.ReadString('\n')
		if failed, ok := strings.CutPrefix(line, end); ok {
			return printed.String(), strings.TrimSpace(failed) == ""
		}
		if err != nil {
			s.t.Fatalf("the shell has ended: %v\n%s", err, printed.String())
		}
		printed.WriteString(line)
	}
}
