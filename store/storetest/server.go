package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// serve is the shell that owns the server: when its standard input ends, because our process did, whatever the
// way, it stops the server at once and removes everything.
const serve = `cd "$3" || exit 1
"$1/postgres" -D "$3/data" -k "$3" -c listen_addresses= -c fsync="$4" -c full_page_writes="$4" \
	-c max_connections=300 -c shared_buffers=64MB -c log_lock_waits=off < /dev/null &
server=$!
cat
kill -QUIT $server
wait $server
cd / && rm -rf "$3"`

// initialise makes the cluster.
const initialise = `cd "$3" && exec "$1/initdb" -D "$3/data" -U "$2" -A trust -E UTF8 --locale=C.UTF-8 --no-sync`

const superuser = "rejoin"

// Start starts a temporary server on a Unix socket in a folder of its own, and returns the URL of a superuser. It is gone when
// this process is, however that ends. Only a durable one waits for the disk as a server in use does; tests need not survive a power cut.
func Start(durable bool) (*url.URL, error) {
	programs, err := findPrograms()
	if err != nil {
		return nil, err
	}
	credential, err := otherUser()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "rejoin-postgres-")
	if err != nil {
		return nil, err
	}
	if credential != nil {
		if err := os.Chown(dir, int(credential.Uid), int(credential.Gid)); err != nil {
			return nil, err
		}
	}
	fsync := "off"
	if durable {
		fsync = "on"
	}
	shell := func(script string) *exec.Cmd {
		cmd := exec.Command("/bin/sh", "-c", script, "sh", programs, superuser, dir, fsync)
		cmd.Dir = "/"
		// A group of its own: an interrupt from the terminal must not stop the shell before it has cleaned up.
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: credential, Setpgid: true}
		return cmd
	}
	if out, err := shell(initialise).CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("initdb: %w\n%s", err, out), os.RemoveAll(dir))
	}
	server := &url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/postgres",
		RawQuery: url.Values{"host": {dir}}.Encode()}
	return server, start(shell(serve), dir, server)
}

// start starts the server and waits until it answers.
func start(cmd *exec.Cmd, dir string, server *url.URL) error {
	log, err := os.OpenFile(filepath.Join(dir, "log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	// The writing end is never closed by us, but by the end of this process.
	if _, err := cmd.StdinPipe(); err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	go cmd.Wait() // keeps the pipe open as long as this process lives
	poll := time.NewTicker(20 * time.Millisecond)
	defer poll.Stop()
	for patience := time.After(30 * time.Second); ; {
		select {
		case <-poll.C:
			if err = run(server, "SELECT 1"); err == nil {
				return nil
			}
		case <-patience:
			text, _ := os.ReadFile(log.Name())
			return fmt.Errorf("the PostgreSQL server does not answer: %w\n%s", err, bytes.TrimSpace(text))
		}
	}
}

// findPrograms returns the folder of the newest installed server.
func findPrograms() (string, error) {
	if path, err := exec.LookPath("postgres"); err == nil {
		return filepath.Dir(path), nil
	}
	dirs, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil || len(dirs) == 0 {
		return "", errors.New("no PostgreSQL server is installed")
	}
	version := func(dir string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(dir))) // not a number: the least
		return n
	}
	return slices.MaxFunc(dirs, func(a, b string) int { return version(a) - version(b) }), nil
}

// otherUser returns whom to run the server as, since it refuses to run as root; nil means ourselves.
func otherUser() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody")
}
