package files

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"syscall"
	"time"
)

// incoming is where files are until they are whole. No key can have its dot.
const incoming = ".incoming"

// forgotten is when a file that is still not whole belongs to a process that has died.
const forgotten = 24 * time.Hour

// disk keeps files in a directory. Nothing outside of it can be reached, also not over a symbolic link.
type disk struct{ root *os.Root }

func openDisk(dir string) (place, string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, "", err
	}
	name := "the directory " + dir
	if err := makeDir(dir); err != nil {
		return nil, "", fmt.Errorf("%s cannot be made: name another one, or make it and let the user that runs Rejoin write there (%w)", name, err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, "", fmt.Errorf("%s cannot be used: name a directory that the user that runs Rejoin may read and write (%w)", name, err)
	}
	d := &disk{root}
	if err := d.tidy(); err != nil {
		return nil, "", errors.Join(fmt.Errorf("%s cannot be used: %s (%w)", name, d.advise(err), err), root.Close())
	}
	return d, name, nil
}

// makeDir makes a directory and those above it that are missing, so that they survive a crash.
func makeDir(dir string) error {
	err := os.Mkdir(dir, 0o700)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeDir(filepath.Dir(dir)); err != nil {
			return err
		}
		err = os.Mkdir(dir, 0o700)
	}
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return syncDir(os.Open(filepath.Dir(dir)))
}

// tidy makes the place for incoming files, and removes what a crash has left in it.
func (d *disk) tidy() error {
	if err := d.root.MkdirAll(incoming, 0o700); err != nil {
		return err
	}
	entries, err := fs.ReadDir(d.root.FS(), incoming)
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || time.Since(info.ModTime()) < forgotten {
			continue // gone meanwhile, or perhaps being written by another process
		}
		if err := d.root.Remove(incoming + "/" + e.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

func (d *disk) put(_ context.Context, key string, src *source) error {
	temp := incoming + "/" + rand.Text()
	f, err := d.root.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, src)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = d.move(temp, key)
	}
	if err != nil {
		return errors.Join(err, d.root.Remove(temp))
	}
	return d.sync(key)
}

func (d *disk) move(temp, key string) error {
	if err := d.root.MkdirAll(path.Dir(key), 0o700); err != nil {
		return err
	}
	return d.root.Rename(temp, key)
}

// sync makes what was done to the key, and to the directories on the way to it, survive a crash. It syncs every one of them: one that was already there may
// just have been made by somebody who has not synced it yet.
func (d *disk) sync(key string) error {
	for dir := path.Dir(key); ; dir = path.Dir(dir) {
		if err := syncDir(d.root.Open(dir)); err != nil || dir == "." {
			return err
		}
	}
}

func syncDir(dir *os.File, err error) error {
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

func (d *disk) get(ctx context.Context, key string) (io.ReadSeekCloser, int64, error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	f, err := d.root.Open(key)
	if absent(err) {
		return nil, 0, ErrNotFound
	}
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = ErrNotFound
	}
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, info.Size(), nil
}

func (d *disk) remove(ctx context.Context, key string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	info, err := d.root.Lstat(key)
	if absent(err) || err == nil && info.IsDir() {
		return nil
	}
	if err == nil {
		err = d.root.Remove(key)
	}
	if err != nil && !absent(err) {
		return err
	}
	return d.sync(key)
}

// absent reports whether err says that there is no such file: neither it, nor perhaps the directory that it would be in.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

func (d *disk) advise(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return "there is no space left; make some, or name another directory"
	case errors.Is(err, syscall.EROFS):
		return "it cannot be written to; name another directory"
	}
	return "let the user that runs Rejoin read and write there, or name another directory"
}

func (d *disk) close() error { return d.root.Close() }
