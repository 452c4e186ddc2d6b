package main

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rejoin/core"
	"rejoin/files"
)

func runExport(ctx context.Context, p *program, args []string) (err error) {
	c, err := fromEnvironment(p.environ)
	if err != nil {
		return err
	}
	flags := newFlags("export")
	in := core.Export{}
	flags.StringVar(&in.Domain, "domain", "", "name of the domain")
	out := flags.String("out", "", "file to write, which must not exist; with .gz at the end it is compressed; - for standard output")
	flags.BoolVar(&in.Secrets, "with-secrets", false, "passwords' hashes, secrets, keys, sessions and links too, for a move: keep the file like a password")
	without := flags.Bool("without-files", false, "leaves the bytes of attachments out")
	c.define(flags, "database", "files")
	if err := p.parse(flags, args, "Writes everything that a domain has into one file of JSON Lines. The server may run meanwhile.", ""); err != nil {
		return err
	}
	if in.Domain == "" || *out == "" {
		return usagef("Write it like \"rejoin export --domain NAME --out NAME.jsonl.gz\".")
	}
	in.Files = !*without
	s, err := openReady(ctx, c.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	kept, err := files.Open(c.Files)
	if err != nil {
		return usagef("--files (REJOIN_FILES): %v", err)
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	var done core.Carried
	err = p.into(*out, func(w io.Writer) (err error) {
		done, err = operateWith(s, c, kept).Archive.Export(ctx, in, w, p.progress())
		return err
	})
	if err != nil {
		return stopped(err)
	}
	p.carried("is in "+*out, done)
	if done.Missing > 0 {
		fmt.Fprintf(p.err, "The bytes of %d files are missing in the place of attachments; what is known of them is in the file.\n", done.Missing)
	}
	return nil
}

// stopped says in a sentence that nothing has come of an interrupted work.
func stopped(err error) error {
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped: nothing was written")
	}
	return err
}

// into gives f a file that has its name only once it is whole, and is nobody else's to read.
func (p *program) into(name string, f func(io.Writer) error) (err error) {
	if name == "-" {
		return f(p.out)
	}
	if _, err := os.Lstat(name); err == nil {
		return usagef("--out: %s exists already. Name a file that does not.", name)
	}
	file, err := os.OpenFile(name+".part", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("the file %s cannot be written (%v). Name another one with --out", name, cause(err))
	}
	err = compressed(name, file, f)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), name)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(file.Name()))
	}
	return err
}

func compressed(name string, w io.Writer, f func(io.Writer) error) error {
	if filepath.Ext(name) != ".gz" {
		return f(w)
	}
	z := gzip.NewWriter(w)
	return errors.Join(f(z), z.Close())
}

func runImport(ctx context.Context, p *program, args []string) (err error) {
	c, err := fromEnvironment(p.environ)
	if err != nil {
		return err
	}
	flags := newFlags("import")
	in := core.Import{}
	source := flags.String("in", "", "file that \"rejoin export\" has made")
	flags.StringVar(&in.Domain, "domain", "", "name that the domain gets here; empty for the one that it had")
	flags.BoolVar(&in.GoOn, "go-on", false, "what was waiting goes on here: e-mails, bots, automations, webhooks; only if the old installation was stopped before the export")
	c.define(flags, "database", "files")
	intro := "Makes a domain of a file that \"rejoin export\" has made: all of it, or nothing. On SQLite no server may run meanwhile."
	if err := p.parse(flags, args, intro, ""); err != nil {
		return err
	}
	if *source == "" {
		return usagef("Write it like \"rejoin import --in NAME.jsonl.gz\".")
	}
	s, err := openNew(ctx, c.Database)
	if err != nil {
		return err
	}
	unlock, err := lockFile(c.Database)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	defer func() { err = errors.Join(err, s.Close(), unlock()) }()
	kept, err := openFiles(ctx, c.Files)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, kept.Close()) }()
	open := func() (io.ReadCloser, error) {
		f, err := os.Open(*source)
		if err != nil {
			err = fmt.Errorf("the file %s cannot be read (%v). Name another one with --in", *source, cause(err))
		}
		return f, err
	}
	done, err := operateWith(s, c, kept).Archive.Import(ctx, in, open, p.progress())
	if err != nil {
		return stopped(err)
	}
	p.carried("is here", done)
	p.afterImport(in, done)
	return nil
}

// carried says what an archive has brought, or holds.
func (p *program) carried(where string, done core.Carried) {
	rows := int64(0)
	for _, n := range done.Rows {
		rows += n
	}
	fmt.Fprintf(p.err, "The domain %s %s: %d conversations, %d messages, %d users, %d rows in all, %.1f MB of files.\n", done.Domain.Name, where,
		done.Rows["issues"], done.Rows["messages"], done.Rows["users"], rows, float64(done.Bytes)/1e6)
}

func (p *program) afterImport(in core.Import, done core.Carried) {
	var say []string
	if done.Rows["user_sessions"]+done.Rows["mail_tokens"] == 0 {
		say = append(say, "If it was exported without secrets: agents choose new passwords with \"Forgot password?\", and programs need new keys.")
	}
	if !in.GoOn {
		say = append(say, fmt.Sprintf("Webhooks are paused. Follow-up e-mails that were waiting are cancelled: %d.", done.Live))
	}
	if len(say) > 0 {
		fmt.Fprintln(p.err, strings.Join(say, "\n"))
	}
}

// progress says how far a long work is, every two seconds.
func (p *program) progress() core.Progress {
	last := time.Now()
	return func(table string, rows int64) {
		if time.Since(last) < 2*time.Second {
			return
		}
		last = time.Now()
		fmt.Fprintf(p.err, "%s: %d rows\n", strings.ReplaceAll(table, "_", " "), rows)
	}
}
