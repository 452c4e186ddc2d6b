package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
)

// The gateway is a program of a module of its own, so that what it needs does not get into ours.
const (
	gatewayModule  = "testdata/versitygw"
	gatewayPackage = "github.com/versity/versitygw/cmd/versitygw"
)

const (
	testAccess = "rejoin"
	testSecret = "a/secret+with=slashes" // as those of S3 often are
	testBucket = "attachments"
)

// serveGateway is the shell that owns the server: when its standard input ends, because the test did, whatever the way, it stops the server.
const serveGateway = `"$@" < /dev/null > log 2>&1 &
server=$!
cat
kill $server
wait $server`

// newBucket returns the URL of an empty bucket of a real S3 server, without a prefix and options: the server at REJOIN_TEST_S3, which is such a URL with a
// prefix that nobody else uses, or one that is started from a temporary directory and stopped with the test.
func newBucket(t *testing.T) string {
	t.Helper()
	if given := os.Getenv("REJOIN_TEST_S3"); given != "" {
		return given
	}
	program := buildGateway(t)
	dir := t.TempDir()
	for _, sub := range []string{"objects/" + testBucket, "meta"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	host := freePort(t)
	cmd := exec.Command("/bin/sh", "-c", serveGateway, "sh", program, "--quiet", "--port", host, "posix",
		"--sidecar", filepath.Join(dir, "meta"), filepath.Join(dir, "objects"))
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "ROOT_ACCESS_KEY_ID="+testAccess, "ROOT_SECRET_ACCESS_KEY="+testSecret)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stdin.Close()
		cmd.Wait() // its exit code says that it was killed
	})
	rawURL := fmt.Sprintf("s3://%s:%s@%s/%s?tls=false", testAccess, testSecret, host, testBucket)
	waitForBucket(t, rawURL, filepath.Join(dir, "log"))
	return rawURL
}

func waitForBucket(t *testing.T, rawURL, log string) {
	t.Helper()
	u, err := url.Parse(strings.Replace(rawURL, testSecret, "", 1))
	if err != nil {
		t.Fatal(err)
	}
	poll := time.NewTicker(10 * time.Millisecond)
	defer poll.Stop()
	for patience := time.After(30 * time.Second); ; {
		select {
		case <-poll.C:
			if conn, err := net.Dial("tcp", u.Host); err == nil {
				conn.Close()
				return
			}
		case <-patience:
			text, _ := os.ReadFile(log)
			t.Fatalf("the S3 server does not answer\n%s", text)
		}
	}
}

// buildGateway returns the program. It is built once for each version, into the user's cache: a minute and a half on two cores.
func buildGateway(t *testing.T) string {
	t.Helper()
	sums, err := os.ReadFile(filepath.Join(gatewayModule, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	hash := sha256.Sum256(append(sums, runtime.Version()...))
	program := filepath.Join(cache, "rejoin-test", "versitygw-"+hex.EncodeToString(hash[:8]))
	if _, err := os.Stat(program); err == nil {
		return program
	}
	if err := os.MkdirAll(filepath.Dir(program), 0o700); err != nil {
		t.Fatal(err)
	}
	begun := fmt.Sprintf("%s.%d", program, os.Getpid())
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", begun, gatewayPackage)
	build.Dir = gatewayModule
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("These tests need an S3 server: let go build %s, or set REJOIN_TEST_S3 to s3://ACCESS:SECRET@host:port/bucket/prefix. (%v)\n%s",
			gatewayPackage, err, out)
	}
	if err := os.Rename(begun, program); err != nil {
		t.Fatal(err)
	}
	return program
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// leftovers lists everything that a store holds, also what is not whole.
func leftovers(t *testing.T, s *Store) (list []string) {
	t.Helper()
	switch p := s.place.(type) {
	case *disk:
		err := filepath.WalkDir(p.root.Name(), func(name string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				list = append(list, strings.TrimPrefix(name, p.root.Name()+"/"))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	case *bucket:
		for o := range p.client.ListObjects(context.Background(), p.name, minio.ListObjectsOptions{Prefix: p.prefix, Recursive: true}) {
			if o.Err != nil {
				t.Fatal(o.Err)
			}
			list = append(list, strings.TrimPrefix(o.Key, p.prefix))
		}
		for o := range p.client.ListIncompleteUploads(context.Background(), p.name, p.prefix, true) {
			if o.Err != nil {
				t.Fatal(o.Err)
			}
			list = append(list, "incomplete: "+strings.TrimPrefix(o.Key, p.prefix))
		}
	}
	return list
}
