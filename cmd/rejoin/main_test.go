package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// binary is the program under test, built once.
var binary string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "rejoin-cmd-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		binary = filepath.Join(dir, "rejoin")
		if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
			return 1
		}
		return m.Run()
	}())
}

// prepare prepares the program with no settings from the environment but those given.
func prepare(ctx context.Context, dir string, env, args []string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Dir = dir
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir}, env...)
	return cmd
}

// outcome is what a finished command left.
type outcome struct {
	code     int
	out, err string
}

// rejoinIn runs the program in a folder until it ends.
func rejoinIn(t *testing.T, dir string, env []string, args ...string) outcome {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := prepare(ctx, dir, env, args)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) || ctx.Err() != nil {
		t.Fatalf("rejoin %v: %v", args, errors.Join(err, ctx.Err()))
	}
	return outcome{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
}

// want complains unless the command ended with the code and said the words, in one sentence and without a stack trace.
func (o outcome) want(t *testing.T, code int, words ...string) {
	t.Helper()
	said := o.err
	if code == 0 {
		said = o.out
	}
	if o.code != code {
		t.Errorf("exit code %d, want %d\n%s%s", o.code, code, o.out, o.err)
	}
	for _, w := range words {
		if !strings.Contains(said, w) {
			t.Errorf("it does not say %q:\n%s", w, said)
		}
	}
	if strings.Contains(o.err, "goroutine ") {
		t.Errorf("a stack trace:\n%s", o.err)
	}
	if code != 0 && (strings.Count(o.err, "\n") != 1 || !strings.HasSuffix(o.err, ".\n")) {
		t.Errorf("not one sentence:\n%s", o.err)
	}
}

// process is a program that runs.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	lines chan string // of the output that was asked for
	done  chan struct{}
	other bytes.Buffer // the other output; read it after done
}

// startIn starts the program; fromStderr says which output to read lines from. It is killed at the end of the test if it still runs.
func startIn(t *testing.T, dir string, fromStderr bool, env []string, args ...string) *process {
	t.Helper()
	p := &process{t: t, cmd: prepare(context.Background(), dir, env, args), lines: make(chan string, 10000), done: make(chan struct{})}
	r, w := io.Pipe()
	p.cmd.Stdout, p.cmd.Stderr = w, io.Writer(&p.other)
	if fromStderr {
		p.cmd.Stdout, p.cmd.Stderr = &p.other, w
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(p.lines)
		for s := bufio.NewScanner(r); s.Scan(); {
			p.lines <- s.Text()
		}
	}()
	go func() {
		_ = p.cmd.Wait() // the tests look at the exit code
		w.Close()
		close(p.done)
	}()
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill() // it may have ended
		<-p.done
	})
	return p
}

// line waits for the first line that ok accepts.
func (p *process) line(ok func(string) bool) {
	p.t.Helper()
	patience := time.After(time.Minute)
	var seen []string
	for {
		select {
		case l, more := <-p.lines:
			if !more {
				<-p.done
				p.t.Fatalf("it ended (%v) after:\n%s\n%s", p.cmd.ProcessState, strings.Join(seen, "\n"), p.other.String())
			}
			if seen = append(seen, l); ok(l) {
				return
			}
		case <-patience:
			p.t.Fatalf("it did not say what was waited for, but:\n%s", strings.Join(seen, "\n"))
		}
	}
}

// stop asks it to end and wants exit code 0.
func (p *process) stop(with syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(with); err != nil {
		p.t.Fatal(err)
	}
	select {
	case <-p.done:
	case <-time.After(time.Minute):
		p.t.Fatal("it does not stop")
	}
	if code := p.cmd.ProcessState.ExitCode(); code != 0 {
		p.t.Errorf("exit code %d after %v\n%s", code, with, p.other.String())
	}
}

// served starts "rejoin serve" on a free port and returns where it is.
func served(t *testing.T, dir, database string) (*process, string) {
	t.Helper()
	p := startIn(t, dir, true, []string{"REJOIN_DATABASE=" + database}, "serve", "--listen", "127.0.0.1:0", "--smtp", "smtp://127.0.0.1:1",
		"--mail-from", "chat@example.com", "--log-format", "json")
	var started struct {
		Msg       string `json:"msg"`
		PublicURL string `json:"public-url"`
	}
	p.line(func(l string) bool {
		return json.Unmarshal([]byte(l), &started) == nil && started.Msg == "rejoin serves"
	})
	return p, started.PublicURL
}

// TestFirstRun sets an empty installation up by the address that the server prints.
func TestFirstRun(t *testing.T) {
	dir := t.TempDir()
	rejoinIn(t, dir, []string{"REJOIN_DATABASE=rejoin.db"}, "migrate").want(t, 0, "schema version")
	p, base := served(t, dir, "rejoin.db")
	var told struct{ Address string }
	p.line(func(l string) bool {
		return json.Unmarshal([]byte(l), &told) == nil && strings.Contains(told.Address, "/setup#")
	})
	page, token, _ := strings.Cut(told.Address, "#")
	if _, resp := get(t, page); page != base+"/setup" || resp.StatusCode != http.StatusOK {
		t.Errorf("the page %s answers %d", page, resp.StatusCode)
	}
	body := `{"token":"` + token + `","domain":"acme","app":"Acme","name":"Maya","email":"maya@acme.example","password":"correct horse"}`
	for _, want := range []int{http.StatusOK, http.StatusNotFound} { // it works once
		resp, err := http.Post(base+"/agent/v1/setup", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want || want == http.StatusOK && len(resp.Cookies()) != 1 {
			t.Errorf("setting up: %d with the cookies %v, want %d", resp.StatusCode, resp.Cookies(), want)
		}
	}
}

func get(t *testing.T, url string) (string, *http.Response) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body), resp
}

func takenPort(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	return ln.Addr().String()
}
