package rejointest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"syscall"
)

// Build compiles the program into the file at path. It must be called from within the module.
func Build(ctx context.Context, path string) error {
	out, err := exec.CommandContext(ctx, "go", "build", "-o", path, "rejoin/cmd/rejoin").CombinedOutput()
	if err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
}

// Installation is a database that the program has set up and what all its servers are told.
type Installation struct {
	Program  string   // path of the built program
	Database string   // SQLite file or PostgreSQL URL
	SMTP     string   // where e-mails go
	Flags    []string // more flags of "rejoin serve"
	Env      []string // more variables of the servers, NAME=value; nil for none
	// Watch gets each line that a server logs, in order; nil for nobody.
	Watch func(line string)
}

// The first agent of an [Installation], and the page that may carry its chat.
const (
	AdminEmail    = "maya@example.com"
	AdminPassword = "correct horse"
)

// Setup makes the database with one app, as an operator does.
func (i *Installation) Setup(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, i.Program, "setup", "--database", i.Database, "--domain", "acme", "--app", "Acme",
		"--origin", Shop, "--name", "Maya", "--email", AdminEmail, "--password", AdminPassword)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("rejoin setup: %w\n%s", err, out)
	}
	return nil
}

// Process is a running server.
type Process struct {
	URL  string // where it listens, without a slash at the end
	cmd  *exec.Cmd
	log  *tail
	done chan struct{}
}

// Start starts a server on a free port and returns once it listens. The caller ends it with Kill or Stop.
func (i *Installation) Start(ctx context.Context) (*Process, error) {
	args := append([]string{"serve", "--listen", "127.0.0.1:0", "--public-url", "http://chat.example.com", "--database", i.Database,
		"--smtp", i.SMTP, "--mail-from", "chat@example.com"}, i.Flags...)
	p := &Process{cmd: exec.Command(i.Program, args...), log: &tail{}, done: make(chan struct{})}
	p.cmd.Env = append(p.cmd.Environ(), i.Env...)
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	listens := make(chan string, 1)
	go func() {
		p.follow(stderr, listens, i.Watch)
		_ = p.cmd.Wait() // its outcome is in ProcessState
		close(p.done)
	}()
	select {
	case p.URL = <-listens:
		return p, nil
	case <-p.done:
		return nil, fmt.Errorf("rejoin serve ended (%v):\n%s", p.cmd.ProcessState, p.log)
	case <-ctx.Done():
		p.Kill()
		return nil, fmt.Errorf("rejoin serve does not say that it serves: %w\n%s", context.Cause(ctx), p.log)
	}
}

// follow keeps what the server says and finds where it listens.
func (p *Process) follow(stderr io.Reader, listens chan<- string, watch func(string)) {
	lines := bufio.NewScanner(stderr)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		p.log.add(lines.Text())
		if watch != nil {
			watch(lines.Text())
		}
		if _, rest, ok := strings.Cut(lines.Text(), " listen="); ok && strings.Contains(lines.Text(), "rejoin serves") {
			addr, _, _ := strings.Cut(rest, " ")
			listens <- "http://" + addr
		}
	}
	_, _ = io.Copy(io.Discard, stderr) // a line too long for us must not stop the server
}

// PID is the process's id.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Ended is closed when the process has ended.
func (p *Process) Ended() <-chan struct{} { return p.done }

// Kill ends the process as a power cut would, and waits until it is gone.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill() // it may be gone already
	<-p.done
}

// Stop asks the process to stop, as an operator does, and returns its exit code. If ctx ends first it is killed, and that is the error.
func (p *Process) Stop(ctx context.Context) (code int, err error) {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return 0, err
	}
	select {
	case <-p.done:
		return p.cmd.ProcessState.ExitCode(), nil
	case <-ctx.Done():
		p.Kill()
		return 0, errors.Join(errors.New("the server did not stop"), context.Cause(ctx))
	}
}

// Log returns the newest lines that the server has logged.
func (p *Process) Log() string { return p.log.String() }

// tail keeps the end of a log. Safe for concurrent use.
type tail struct {
	mu   sync.Mutex
	text []byte
}

const tailSize = 64 << 10

func (t *tail) add(line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(append(t.text, line...), '\n')
	if len(t.text) > 2*tailSize {
		t.text = bytes.Clone(t.text[len(t.text)-tailSize:])
	}
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.text)
}
