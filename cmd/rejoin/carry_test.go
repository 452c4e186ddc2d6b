package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rejoin/store/storetest"
)

// carriedOver moves the demo's domain to PostgreSQL and back by the commands, and holds the files to each other.
func carriedOver(t *testing.T, dir string) {
	t.Helper()
	there := []string{"REJOIN_DATABASE=" + filepath.Join(dir, "data", "demo", "rejoin.db"), "REJOIN_FILES=" + filepath.Join(dir, "data", "demo", "files")}
	here := []string{"REJOIN_DATABASE=" + storetest.Postgres(t), "REJOIN_FILES=" + filepath.Join(dir, "files")}
	rejoinIn(t, dir, there, "export").want(t, 2, "--domain")
	rejoinIn(t, dir, there, "export", "--domain", "demon", "--out", "a.jsonl").want(t, 1, "no domain")
	rejoinIn(t, dir, there, "export", "--domain", "demo", "--out", "a.jsonl.gz", "--with-secrets").want(t, 0)
	rejoinIn(t, dir, there, "export", "--domain", "demo", "--out", "a.jsonl.gz").want(t, 2, "exists already")
	rejoinIn(t, dir, here, "import").want(t, 2, "--in")
	rejoinIn(t, dir, here, "import", "--in", "b.jsonl").want(t, 1, "b.jsonl")
	if done := rejoinIn(t, dir, here, "import", "--in", "a.jsonl.gz", "--domain", "pine", "--go-on"); done.code != 0 || !strings.Contains(done.err, "The domain pine is here") {
		t.Fatalf("import: %+v", done)
	}
	rejoinIn(t, dir, here, "import", "--in", "a.jsonl.gz").want(t, 1, "called pine")
	back := rejoinIn(t, dir, here, "export", "--domain", "pine", "--out", "-", "--with-secrets")
	if back.code != 0 {
		t.Fatalf("export: %+v", back)
	}
	f, err := os.Open(filepath.Join(dir, "a.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the archive: %v, %v", info.Mode(), err)
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	want, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	a, b := bytes.Split(want, []byte("\n")), strings.Split(back.out, "\n")
	if len(a) != len(b) || len(a) < 500 {
		t.Fatalf("%d lines there, %d here", len(a), len(b))
	}
	for n := 2; n < len(a)-2; n++ { // without the header, the domain's name and the sums
		if string(a[n]) != b[n] && !strings.HasPrefix(b[n], `{"table":"users"`) { // whose presence ends with the import
			t.Fatalf("line %d:\n%s\n%s", n+1, a[n], b[n])
		}
	}
}
