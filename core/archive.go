package core

import (
	"context"
	"encoding/json"
	"errors"
	"io"

	"rejoin"
	"rejoin/archive"
	"rejoin/files"
	"rejoin/store"
)

// Archive takes a domain's data out of an installation and puts it into another one. It is the operator's, at the command line, and asks nobody for permission.
type Archive struct{ *env }

// Export says what goes into an archive.
type Export struct {
	Domain  string // its name
	Secrets bool   // passwords' hashes, secrets, sessions and links too: for a move, and to be kept like a password
	Files   bool   // the bytes of attachments too
}

// Progress is told how many rows of a table were done so far, from time to time.
type Progress func(table string, rows int64)

// Carried is what an archive was made of, or brought.
type Carried struct {
	Domain  rejoin.Domain
	Rows    map[string]int64 // by table
	Bytes   int64            // of files
	Missing int64            // files whose bytes are not there
	Live    int64            // import: follow-ups that were waiting
}

// progressEvery is how many rows of a table make a progress worth telling.
const progressEvery = 1000

// Export writes an archive of the domain as it is at one moment, while the installation may go on. Memory does not grow with it.
func (s *Archive) Export(ctx context.Context, in Export, w io.Writer, tell Progress) (out Carried, err error) {
	err = s.read(ctx, func(u *unit) error {
		if out.Domain, err = u.domainNamed(in.Domain); err != nil {
			return err
		}
		schema, err := u.SchemaVersion()
		if err != nil {
			return err
		}
		a, err := archive.NewWriter(w, archive.Header{Schema: schema, DomainID: out.Domain.ID, Domain: out.Domain.Name, MadeAt: u.now, Secrets: in.Secrets, Files: in.Files})
		if err != nil {
			return err
		}
		for _, t := range store.ArchiveTables() {
			if err := u.exportTable(ctx, a, t, in, &out, tell); err != nil {
				return err
			}
		}
		out.Rows = a.Rows()
		return a.Close()
	})
	return out, err
}

func (u *unit) domainNamed(name string) (rejoin.Domain, error) {
	if !storable(name) {
		return rejoin.Domain{}, rejoin.InvalidField("domain", "There is no such domain.")
	}
	d, err := u.DomainByName(name)
	if rejoin.CodeOf(err) == rejoin.NotFound {
		err = rejoin.InvalidField("domain", "There is no domain %q.", name)
	}
	return d, err
}

func (u *unit) exportTable(ctx context.Context, a *archive.Writer, t store.ArchiveTable, in Export, out *Carried, tell Progress) error {
	n := int64(0)
	err := u.ArchiveRows(t, out.Domain.ID, in.Secrets, func(row map[string]json.RawMessage) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := a.Row(t.Name, row); err != nil {
			return err
		}
		if n++; n%progressEvery == 0 {
			tell(t.Name, n)
		}
		if t.Name != "attachments" || !in.Files {
			return nil
		}
		return u.env.exportFile(ctx, a, row, out)
	})
	if err == nil {
		tell(t.Name, n)
	}
	return err
}

// exportFile writes the bytes of an attachment, and those of its preview. Bytes that are missing are counted.
func (e *env) exportFile(ctx context.Context, a *archive.Writer, row archive.Row, out *Carried) error {
	kept := attachmentOf(row)
	if kept.Size == 0 {
		return nil // on its way out
	}
	for part, key := range partsOf(kept) {
		body, _, err := e.Files.Get(ctx, key)
		if errors.Is(err, files.ErrNotFound) {
			out.Missing++
			continue
		}
		if err != nil {
			return err
		}
		n, err := a.File(kept.ID, part, body)
		out.Bytes += n
		if err := errors.Join(err, body.Close()); err != nil {
			return err
		}
	}
	return nil
}

func attachmentOf(row archive.Row) rejoin.Attachment {
	return rejoin.Attachment{ID: row.Text("id"), Size: row.Number("size"), PreviewType: row.Text("preview_type")}
}

// partsOf are the keys under which the bytes of an attachment are kept.
func partsOf(a rejoin.Attachment) map[archive.Part]string {
	parts := map[archive.Part]string{archive.Original: a.ID}
	if a.PreviewType != "" {
		parts[archive.Preview] = previewKey(a)
	}
	return parts
}
