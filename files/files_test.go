package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestStore holds every kind of place to the same promises.
func TestStore(t *testing.T) {
	t.Run("directory", func(t *testing.T) { testStore(t, filepath.Join(t.TempDir(), "made", "when", "missing")) })
	t.Run("bucket", func(t *testing.T) {
		rawURL := newBucket(t)
		testStore(t, rawURL)
		t.Run("prefix", func(t *testing.T) { testPrefix(t, rawURL) })
		t.Run("advice", func(t *testing.T) { testBucketAdvice(t, rawURL) })
	})
}

func testStore(t *testing.T, rawURL string) {
	for name, test := range map[string]func(*testing.T, *Store){
		"check": testCheck, "round trip": testRoundTrip, "ranges": testRanges, "limit": testLimit, "failing reader": testFailingReader,
		"cancelled": testCancelled, "absent": testAbsent, "hostile keys": testHostileKeys,
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, rawURL)
			test(t, s)
			if left := leftovers(t, s); len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
}

func open(t *testing.T, rawURL string) *Store {
	t.Helper()
	s, err := Open(rawURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func put(t *testing.T, s *Store, key string, content []byte) {
	t.Helper()
	size, err := s.Put(t.Context(), key, bytes.NewReader(content), int64(len(content)))
	if err != nil || size != int64(len(content)) {
		t.Fatalf("put %s: %d, %v; want %d", key, size, err, len(content))
	}
}

func content(t *testing.T, s *Store, key string) []byte {
	t.Helper()
	f, size, err := s.Get(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(f)
	if err = errors.Join(err, f.Close()); err != nil || int64(len(got)) != size {
		t.Fatalf("get %s: %d of %d bytes, %v", key, len(got), size, err)
	}
	return got
}

func remove(t *testing.T, s *Store, key string) {
	t.Helper()
	if err := s.Delete(t.Context(), key); err != nil {
		t.Error(err)
	}
}

// noise returns n bytes that no compression or chunking makes alike.
func noise(n int) []byte {
	b := make([]byte, n)
	rand.NewChaCha8([32]byte{1}).Read(b)
	return b
}

// sizes are the ones at which something changes: nothing, one byte, a part, more than one part.
func sizes() []int { return []int{0, 1, partSize - 1, partSize, partSize + 1, 2*partSize + 17} }

func testCheck(t *testing.T, s *Store) {
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func testRoundTrip(t *testing.T, s *Store) {
	all := noise(3 * partSize)
	for _, size := range sizes() {
		key := fmt.Sprintf("app_1/iss-2/att_%d", size)
		put(t, s, key, []byte("what was there before"))
		put(t, s, key, all[:size])
		if !bytes.Equal(content(t, s, key), all[:size]) {
			t.Errorf("%d bytes come back as others", size)
		}
		remove(t, s, key)
		if _, _, err := s.Get(t.Context(), key); !errors.Is(err, ErrNotFound) {
			t.Errorf("deleted, but: %v", err)
		}
	}
}

// testRanges reads as a browser does that jumps in a video.
func testRanges(t *testing.T, s *Store) {
	whole := noise(1_000_000)
	put(t, s, "video", whole)
	for header, want := range map[string][]byte{"": whole, "bytes=0-0": whole[:1], "bytes=999990-": whole[999_990:], "bytes=500-99999": whole[500:100_000], "bytes=-7": whole[999_993:]} {
		f, _, err := s.Get(t.Context(), "video")
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Range", header)
		w := httptest.NewRecorder()
		http.ServeContent(w, r, "", time.Time{}, f)
		if err := f.Close(); err != nil || !bytes.Equal(w.Body.Bytes(), want) {
			t.Errorf("%q: status %d, %d bytes, %v; want %d", header, w.Code, w.Body.Len(), err, len(want))
		}
	}
	remove(t, s, "video")
}

// testLimit: what is too large is not stored, and does not harm what is.
func testLimit(t *testing.T, s *Store) {
	put(t, s, "kept", []byte("safe"))
	all := noise(3 * partSize)
	for _, size := range sizes()[1:] {
		for _, key := range []string{"kept", "new/one"} {
			if _, err := s.Put(t.Context(), key, bytes.NewReader(all[:size]), int64(size)-1); !errors.Is(err, ErrTooLarge) {
				t.Errorf("one byte more than %d: %v", size-1, err)
			}
		}
	}
	if _, err := s.Put(t.Context(), "new/one", strings.NewReader("x"), -1); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a negative limit: %v", err)
	}
	unharmed(t, s)
}

// unharmed expects that only the file "kept" is there, as it was, and removes it.
func unharmed(t *testing.T, s *Store) {
	t.Helper()
	if got := content(t, s, "kept"); string(got) != "safe" {
		t.Errorf("what was stored before has become %.20q", got)
	}
	if d := cmp.Diff([]string{"kept"}, leftovers(t, s)); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	remove(t, s, "kept")
}

// testFailingReader: a client that goes away in the middle leaves nothing, whatever its end looks like.
func testFailingReader(t *testing.T, s *Store) {
	put(t, s, "kept", []byte("safe"))
	all := noise(3 * partSize)
	for _, failure := range []error{errors.New("gone"), io.ErrUnexpectedEOF} {
		for _, size := range sizes() {
			for _, key := range []string{"kept", "new/one"} {
				r := io.MultiReader(bytes.NewReader(all[:size]), iotest.ErrReader(failure))
				if _, err := s.Put(t.Context(), key, r, 1<<30); !errors.Is(err, failure) {
					t.Errorf("%v after %d bytes: %v", failure, size, err)
				}
			}
		}
	}
	unharmed(t, s)
}

func testCancelled(t *testing.T, s *Store) {
	put(t, s, "kept", []byte("safe"))
	all := noise(3 * partSize)
	for _, size := range sizes() {
		ctx, cancel := context.WithCancel(t.Context())
		stop := readerFunc(func([]byte) (int, error) { cancel(); return 0, nil })
		r := io.MultiReader(bytes.NewReader(all[:size]), io.LimitReader(stop, 1))
		if _, err := s.Put(ctx, "kept", r, 1<<30); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled after %d bytes: %v", size, err)
		}
		if _, _, err := s.Get(ctx, "kept"); !errors.Is(err, context.Canceled) {
			t.Errorf("get: %v", err)
		}
		if err := s.Delete(ctx, "kept"); !errors.Is(err, context.Canceled) {
			t.Errorf("delete: %v", err)
		}
	}
	unharmed(t, s)
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func testAbsent(t *testing.T, s *Store) {
	put(t, s, "a/b", []byte("x"))
	for _, key := range []string{"a", "b", "a/c", "c/d"} {
		if _, _, err := s.Get(t.Context(), key); !errors.Is(err, ErrNotFound) {
			t.Errorf("get %s: %v", key, err)
		}
		remove(t, s, key)
	}
	if got := content(t, s, "a/b"); string(got) != "x" {
		t.Errorf("a/b has become %q", got)
	}
	remove(t, s, "a/b")
}

func testHostileKeys(t *testing.T, s *Store) {
	for _, key := range []string{"", "/", ".", "..", "../x", "a/../../x", "/etc/passwd", "a//b", "a/", "/a", "a/./b", ".incoming/x", "A", "a b", "a\x00", "a\\b", "ä", "a.b", "%2e%2e",
		"a\n", strings.Repeat("a", 201), strings.Repeat("a/", 256) + "a"} {
		_, errPut := s.Put(t.Context(), key, strings.NewReader("x"), 1)
		_, _, errGet := s.Get(t.Context(), key)
		for _, err := range []error{errPut, errGet, s.Delete(t.Context(), key)} {
			if err == nil || !strings.Contains(err.Error(), "is no key") {
				t.Errorf("%q: %v", key, err)
			}
		}
	}
	longest := strings.Repeat("a", 200) + "/" + strings.Repeat("b", 200)
	put(t, s, longest, []byte("x"))
	remove(t, s, longest)
}

// testPrefix: stores with different prefixes share a bucket and not a file.
func testPrefix(t *testing.T, rawURL string) {
	at := strings.Index(rawURL, "?")
	one, two := open(t, rawURL[:at]+"/one/"+rawURL[at:]), open(t, rawURL[:at]+"/two/2"+rawURL[at:])
	put(t, one, "a", []byte("x"))
	if _, _, err := two.Get(t.Context(), "a"); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
	if d := cmp.Diff([]string{"one/a"}, leftovers(t, open(t, rawURL))); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	remove(t, one, "a")
}

// testBucketAdvice: whoever sets a place up wrongly learns what to change, and the log learns no secret.
func testBucketAdvice(t *testing.T, rawURL string) {
	for change, want := range map[[2]string]string{
		{testBucket, "elsewhere"}:                     "there is no such bucket",
		{testAccess + ":", "somebody:"}:               "check access key",
		{testSecret, "guessed/secret"}:                "check both",
		{"?tls=false", ""}:                            "tls=false",
		{"?tls=false", "?tls=false&region=eu-west-9"}: "set region=",
	} {
		s := open(t, strings.Replace(rawURL, change[0], change[1], 1))
		err := s.Check(t.Context())
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret+") || strings.Contains(err.Error(), "guessed") {
			t.Errorf("%q: %v; want %q", change, err, want)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for rawURL, want := range map[string]string{
		"": "set a directory", "https://example.org/files": "not a kind of place", "file://files": "three slashes", "file:///files?x": "three slashes",
		file: "name a directory", file + "/below": "name another one",
		"s3://host/bucket": "no access key", "s3://ACCESS:@host/bucket": "lacks", "s3://ACCESS@host/bucket": "lacks", "s3://:hunter2@host/bucket": "lacks",
		"s3://ACCESS:hunter2%@host/bucket": "%25", "s3://ACCESS:hunter2@host": "name of a bucket", "s3://ACCESS:hunter2@host/B_": "name of a bucket",
		"s3://ACCESS:hunter2@/bucket": "not well formed", "s3://ACCESS:hunter2@host:port/bucket": "not well formed", "s3://ACCESS:hunter2@host/bucket/Übung": "prefix",
		"s3://ACCESS:hunter2@host/bucket?tls=maybe": "tls=true or tls=false", "s3://ACCESS:hunter2@host/bucket?key=1": "only region and tls",
		"s3://ACCESS:hunter2@ho_st!/bucket": "not the host",
	} {
		s, err := Open(rawURL)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v, %v; want %q", rawURL, s, err, want)
		}
	}
}

func TestParseS3(t *testing.T) {
	got, err := parseS3("s3://AK:a/b+c@%2525@s3.example.org:9000/bucket/pre/fix/?region=eu-1")
	want := s3URL{access: "AK", secret: "a/b+c@%25", host: "s3.example.org:9000", bucket: "bucket", prefix: "pre/fix/", region: "eu-1", tls: true}
	if d := cmp.Diff(want, got, cmp.AllowUnexported(s3URL{})); d != "" || err != nil {
		t.Errorf("%v, -want +got:\n%s", err, d)
	}
	s := open(t, "s3://AK:hunter2@s3.example.org/bucket")
	if shown := fmt.Sprintf("%v %+v %s", s, s, s); strings.Contains(shown, "hunter2") {
		t.Error(shown)
	}
}

// TestDirectory is about what only a directory can get wrong.
func TestDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "files")
	s := open(t, "file://"+dir)
	put(t, s, "a", []byte("x"))
	for name, want := range map[string]os.FileMode{"": 0o700, ".incoming": 0o700, "a": 0o600} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%q: %v, %v; want mode %o", name, info, err, want)
		}
	}

	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Get(t.Context(), "link/secret"); err == nil {
		t.Error("a link leads out")
	}
	if _, err := s.Put(t.Context(), "link/x", strings.NewReader("x"), 1); err == nil {
		t.Error("a link leads out")
	}
	if err := s.Delete(t.Context(), "link/secret"); err == nil {
		t.Error("a link leads out")
	}

	if _, err := s.Put(t.Context(), "a/b", strings.NewReader("x"), 1); err == nil {
		t.Error("a file has become a directory")
	}
	if err := os.Remove(filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"a"}, leftovers(t, s)); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "let the user that runs Rejoin") {
		t.Errorf("a directory that is gone: %v", err)
	}
}

// TestTidy: what a crash has left is removed, what another process is writing is not.
func TestTidy(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	for name, age := range map[string]time.Duration{"old": 25 * time.Hour, "new": time.Hour} {
		name = filepath.Join(dir, incoming, name)
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff([]string{".incoming/new"}, leftovers(t, open(t, dir))); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}
