// Package files keeps the bytes of attachments, in a directory or in an S3-compatible store; tells what a file is by its content; and makes small
// previews of images.
//
// Files come from strangers. What guards those who look at them:
//
//   - Keys are made by us and never by those who send a file; [Store] checks them all the same.
//   - [Sniff] looks at the bytes and never at a name. Only what it calls an Image may be shown in place; everything else is for downloading, whatever
//     its type says.
//   - [CleanName] makes a sender's name for a file harmless to show and to put into a header.
//   - [Preview] draws an image anew, so that neither its metadata nor anything hidden in it is in the preview.
//
// What Put has acknowledged survives a crash, and no reader ever sees half a file.
package files

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
)

var (
	// ErrTooLarge is in the chain of Put's error if there was more to store than the limit allows.
	ErrTooLarge = errors.New("the file is larger than allowed")
	// ErrNotFound is in the chain of Get's error if nothing is stored under the key.
	ErrNotFound = errors.New("there is no such file")
)

// Store keeps files by key. It is safe for concurrent use, also by several processes on one place.
//
// A key is 1 to 512 characters of a-z, 0-9, "_" and "-", in parts of at most 200 with a slash between them. A key must not be the beginning of another
// one up to a slash ("a" and "a/b"): a directory cannot hold both.
type Store struct {
	place place
	name  string
}

// place is where files are kept. Keys have been checked before they get here.
type place interface {
	put(ctx context.Context, key string, src *source) error
	get(ctx context.Context, key string) (io.ReadSeekCloser, int64, error)
	remove(ctx context.Context, key string) error
	advise(err error) string // what a person can do about an error of Check
	close() error
}

// Open returns the store at rawURL: a directory, as a path or as file:///var/lib/rejoin/files, which is made if it is missing, for nobody else to read;
// or a bucket, as s3://ACCESS:SECRET@host:port/bucket/prefix?region=…&tls=false, which must exist. The prefix is optional, the region is asked for if it
// is not given, and tls is true if it is not given. Characters of ACCESS and SECRET may be percent-encoded; a percent sign must be.
//
// Open contacts nobody; see [Store.Check]. Errors say what to change and never show the secret. The store must be closed.
func Open(rawURL string) (*Store, error) {
	scheme, _, hasScheme := strings.Cut(rawURL, "://")
	switch {
	case rawURL == "":
		return nil, errors.New("files: no place is given: set a directory, such as /var/lib/rejoin/files, or an s3:// URL")
	case !hasScheme:
		return openStore(openDisk(rawURL))
	case scheme == "file":
		u, err := url.Parse(rawURL)
		if err != nil || u.Host != "" && u.Host != "localhost" || !strings.HasPrefix(u.Path, "/") || u.RawQuery != "" || u.Fragment != "" {
			return nil, errors.New("files: a file URL has three slashes and the whole path, such as file:///var/lib/rejoin/files")
		}
		return openStore(openDisk(u.Path))
	case scheme == "s3":
		return openStore(openBucket(rawURL))
	}
	return nil, fmt.Errorf("files: %.20q is not a kind of place: set a directory, such as /var/lib/rejoin/files, or an s3:// URL", scheme+"://")
}

func openStore(p place, name string, err error) (*Store, error) {
	if err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	return &Store{place: p, name: name}, nil
}

// String names the place, without any secret.
func (s *Store) String() string { return s.name }

// Close gives up what the store holds open. Files that Get returned stay open.
func (s *Store) Close() error { return s.place.close() }

// Put stores everything that r gives under the key and returns how much that was. If there is more than limit bytes, its error is ErrTooLarge; if r
// fails, it is r's. After an error nothing is left behind, and what was stored under the key before is as it was. It does not close r.
//
// For a bucket it holds up to 10 MiB in memory.
func (s *Store) Put(ctx context.Context, key string, r io.Reader, limit int64) (size int64, err error) {
	if err := checkKey(key); err != nil {
		return 0, err
	}
	src := &source{ctx: ctx, r: r, limit: max(limit, 0)}
	err = s.place.put(ctx, key, src)
	if src.err != nil {
		err = src.err
	}
	if err != nil {
		return 0, fmt.Errorf("files: put %s: %w", key, err)
	}
	return src.size, nil
}

// Get opens the file stored under the key and returns it with its size. It is read, also from the middle, while ctx lives; the caller closes it. A file that
// is deleted or replaced while it is read is read to its end from a directory; from a bucket the next read may fail.
func (s *Store) Get(ctx context.Context, key string) (io.ReadSeekCloser, int64, error) {
	if err := checkKey(key); err != nil {
		return nil, 0, err
	}
	f, size, err := s.place.get(ctx, key)
	if err != nil {
		return nil, 0, fmt.Errorf("files: get %s: %w", key, err)
	}
	return f, size, nil
}

// Delete removes the file stored under the key, if there is one.
func (s *Store) Delete(ctx context.Context, key string) error {
	if err := checkKey(key); err != nil {
		return err
	}
	if err := s.place.remove(ctx, key); err != nil {
		return fmt.Errorf("files: delete %s: %w", key, err)
	}
	return nil
}

// Check finds out whether files can be written, read and deleted, with a small one of its own. Its error says what to change.
func (s *Store) Check(ctx context.Context) error {
	if err := s.try(ctx); err != nil {
		return fmt.Errorf("files cannot be kept in %s: %s (%w)", s.name, s.place.advise(err), err)
	}
	return nil
}

func (s *Store) try(ctx context.Context) error {
	key, want := "check_"+strings.ToLower(rand.Text()), []byte("check")
	if _, err := s.Put(ctx, key, bytes.NewReader(want), int64(len(want))); err != nil {
		return err
	}
	f, _, err := s.Get(ctx, key)
	if err != nil {
		return err
	}
	got, err := io.ReadAll(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if !bytes.Equal(got, want) {
		return errors.New("what was read is not what was written")
	}
	return s.Delete(ctx, key)
}

func checkKey(key string) error {
	if !wellFormed(key) {
		return fmt.Errorf("files: %.100q is no key", key)
	}
	return nil
}

// wellFormed reports whether s can be a key, or the prefix of all keys.
func wellFormed(s string) bool {
	if len(s) > 512 {
		return false
	}
	for part := range strings.SplitSeq(s, "/") {
		if part == "" || len(part) > 200 || strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
			return false
		}
	}
	return true
}

// source is what is to be stored. It remembers why it stopped, and tells the place only that it did: a client that went away in the middle of its upload
// often shows as io.ErrUnexpectedEOF, and whoever fills blocks takes that for the end.
type source struct {
	ctx   context.Context
	r     io.Reader
	limit int64
	size  int64
	err   error // why it stopped before its end
}

var errStopped = errors.New("the source has stopped before its end")

func (s *source) Read(p []byte) (int, error) {
	if s.err == nil {
		s.err = s.ctx.Err()
	}
	if s.err != nil {
		return 0, errStopped
	}
	if room := s.limit - s.size; room < int64(len(p)) {
		p = p[:room+1] // the byte that does not fit tells a file that is too large from one that just fits
	}
	n, err := s.r.Read(p)
	s.size += int64(n)
	if err != nil && err != io.EOF {
		s.err = err
	}
	if s.size > s.limit {
		s.err = ErrTooLarge
	}
	if s.err != nil {
		return 0, errStopped
	}
	return n, err
}
