package core_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/archive"
	"rejoin/core"
	"rejoin/files"
	"rejoin/identity"
	"rejoin/live"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/store/storetest"
)

// place is an installation without a domain.
type place struct {
	*core.Core
	t     *testing.T
	store *store.Store
	files *files.Store
	dir   string
}

func newPlace(t *testing.T, st *store.Store) *place {
	t.Helper()
	p := &place{t: t, store: st, dir: t.TempDir()}
	var err error
	if p.files, err = files.Open(p.dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.files.Close() })
	log := slog.New(slog.DiscardHandler)
	p.Core = core.New(core.Deps{Config: core.Config{PublicURL: "https://chat.example.com", NodeID: "node"}, Store: st, Clock: rejointest.NewClock(),
		Hub: live.NewHub(nil, log), Log: log, Files: p.files, Wake: func() {}})
	return p
}

func exported(t *testing.T, c *core.Core, domain string, secrets bool) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := c.Archive.Export(t.Context(), core.Export{Domain: domain, Secrets: secrets, Files: true}, &b, func(string, int64) {}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (p *place) imports(data []byte, in core.Import) (core.Carried, error) {
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
	return p.Archive.Import(p.t.Context(), in, open, func(string, int64) {})
}

// rows counts everything that is stored, apart from the schema's version, and the files.
func (p *place) rows() (n int) {
	p.t.Helper()
	err := p.store.Read(p.t.Context(), func(tx *store.Tx) error {
		for _, t := range store.ArchiveTables() {
			for _, domain := range []string{"acme", "moved"} {
				d, err := tx.DomainByName(domain)
				if rejoin.CodeOf(err) == rejoin.NotFound {
					continue
				}
				err = tx.ArchiveRows(t, d.ID, true, func(map[string]json.RawMessage) error { n++; return nil })
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		p.t.Fatal(err)
	}
	err = filepath.Walk(p.dir, func(_ string, i os.FileInfo, err error) error {
		if err == nil && i.Mode().IsRegular() {
			n++
		}
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return n
}

// inside is the archive's lines without the header, the name of the domain, and the sums at the end.
func inside(data []byte, but ...string) (lines []string) {
	all := strings.Split(string(data), "\n")
	for _, line := range all[2 : len(all)-2] {
		table, _, _ := strings.Cut(strings.TrimPrefix(line, `{"table":"`), `"`)
		if !slices.Contains(but, table) {
			lines = append(lines, line)
		}
	}
	return lines
}

// A domain moves to an installation on the other engine, and is there as it was; a copy of it is at rest.
func TestArchive(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		s, ctx := rejointest.New(t, st), t.Context()
		token, list := markedLife(t, s)
		secret := s.Secret()
		data := exported(t, s.Core, "acme", true)

		other := storetest.SQLite(t)
		if st.Engine() == "sqlite" {
			other = storetest.Open(t, storetest.Postgres(t))
		}
		moved := newPlace(t, other)
		if out, err := moved.imports(data, core.Import{GoOn: true}); err != nil || out.Live != 1 || out.Rows["messages"] == 0 || out.Bytes == 0 {
			t.Fatalf("import: %+v, %v", out, err)
		}
		again := exported(t, moved.Core, "acme", true)
		if diff := cmp.Diff(inside(data), inside(again)); diff != "" {
			t.Errorf("the domain is not what it was (-there +here):\n%s", diff)
		}
		if whose, err := moved.Messages.Whose(ctx, token); err != nil || len(whose.IDs) != 2 {
			t.Errorf("a browser comes back: %+v, %v", whose, err)
		}
		found := func(c *core.Core, text string) (ids []string) {
			page, err := c.Inbox.Page(ctx, s.Maya, core.InboxQuery{Limit: 10, View: string(store.ViewAll), Filter: rejoin.IssueFilter{Text: text}})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range page.Rows {
				ids = append(ids, r.Issue.ID)
			}
			return ids
		}
		for text, want := range map[string]int{mark[:5]: 2, "are you there": 1, "like " + mark: 1, mark + "@": 2} {
			if there, here := found(s.Core, text), found(moved.Core, text); len(there) != want || !cmp.Equal(there, here) {
				t.Errorf("%q finds %v there and %v here", text, there, here)
			}
		}
		if j, err := jobOf(t, other, "follow_up", list[1].Issue.ID); err != nil || j.RunAt == 0 {
			t.Errorf("the e-mail does not wait here: %v", err)
		}

		for _, secrets := range []bool{true, false} {
			data := exported(t, s.Core, "acme", secrets)
			copied := newPlace(t, storetest.SQLite(t))
			out, err := copied.imports(data, core.Import{Domain: "copy"})
			if err != nil || out.Domain.Name != "copy" || out.Live != 1 {
				t.Fatalf("a copy: %+v, %v", out, err)
			}
			row, err := copied.Issues.Row(ctx, s.Maya, list[1].Issue.ID)
			if err != nil || row.FollowUp.State != rejoin.FollowUpCancelled || row.FollowUp.Reason != rejoin.ReasonImported {
				t.Errorf("the e-mail that waited: %+v, %v", row.FollowUp, err)
			}
			hooks, err := copied.Webhooks.List(ctx, s.Maya)
			if err != nil || len(hooks) != 1 || hooks[0].Webhook.Pause.Since == 0 {
				t.Errorf("the webhook: %+v, %v", hooks, err)
			}
			if at, any, err := copied.store.NextJobAt(ctx, s.Kinds()); any || err != nil {
				t.Errorf("something happens in the copy at %d, %v", at, err)
			}
			back := exported(t, copied.Core, "copy", secrets)
			if diff := cmp.Diff(inside(data, "issues", "events", "follow_ups", "webhooks", "bot_runs"), inside(back, "issues", "events", "follow_ups", "webhooks", "bot_runs")); diff != "" {
				t.Errorf("the copy is another one (-there +here):\n%s", diff)
			}
			for _, hidden := range []string{secret, "whsec_", identity.Hash(token), s.Maya.PasswordHash} {
				if there := bytes.Contains(data, []byte(hidden)); there != secrets {
					t.Errorf("with secrets %v the archive holds %q: %v", secrets, hidden, there)
				}
			}
		}
	})
}

func jobOf(t *testing.T, st *store.Store, kind rejoin.JobKind, key string) (j rejoin.Job, err error) {
	err = st.Read(t.Context(), func(tx *store.Tx) error {
		j, err = tx.Job(kind, key)
		return err
	})
	return j, err
}

// rewritten is the archive with other rows, as somebody may have made it by hand.
func rewritten(t *testing.T, data []byte, change func(table string, row archive.Row)) []byte {
	t.Helper()
	r, err := archive.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w, err := archive.NewWriter(&b, r.Header())
	for err == nil {
		var item archive.Item
		if item, err = r.Next(); err != nil {
			break
		}
		if item.Table == "" {
			_, err = w.File(item.File, item.Part, item.Body)
			continue
		}
		change(item.Table, item.Row)
		err = w.Row(item.Table, item.Row)
	}
	if !errors.Is(err, io.EOF) || w.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestImportRefused(t *testing.T) {
	t.Parallel()
	s := rejointest.New(t, storetest.SQLite(t))
	markedLife(t, s)
	data := exported(t, s.Core, "acme", true)
	set := func(table, column, value string) []byte {
		return rewritten(t, data, func(of string, row archive.Row) {
			if of == table {
				row[column] = json.RawMessage(value)
			}
		})
	}
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		p := newPlace(t, st)
		rival, err := p.Setup.Create(t.Context(), core.First{Domain: "rival", App: "Rival", Name: "Rita", Email: "rita@rival.example", Password: "correct horse"})
		if err != nil {
			t.Fatal(err)
		}
		before := p.rows()
		for name, c := range map[string]struct {
			data   []byte
			domain string
			want   rejoin.Code
		}{
			"no archive":                  {[]byte("{}\n"), "", rejoin.Invalid},
			"a name that is taken":        {data, "rival", rejoin.Invalid},
			"a name that cannot be":       {data, "R!", rejoin.Invalid},
			"cut":                         {data[:len(data)-200], "", rejoin.Invalid},
			"changed":                     {bytes.Replace(data, []byte("I come from"), []byte("I came from"), 1), "", rejoin.Invalid},
			"another schema":              {bytes.Replace(data, []byte(`"schema":`), []byte(`"schema":9`), 1), "", rejoin.Invalid},
			"an agent of somebody else":   {set("agents", "email", `"rita@rival.example"`), "", rejoin.Conflict},
			"a user of another app":       {set("users", "app_id", `"`+rival.App.ID+`"`), "", rejoin.Invalid},
			"a tag of another domain":     {set("tags", "domain_id", `"`+rival.Domain.ID+`"`), "", rejoin.Invalid},
			"a column that nobody knows":  {set("tags", "colour", `"red"`), "", rejoin.Invalid},
			"a number that is a text":     {set("issues", "number", `"one"`), "", rejoin.Invalid},
			"a text with NUL":             {set("issues", "title", `"a\u0000b"`), "", rejoin.Invalid},
			"tags that are no list":       {set("issues", "tags", `{"a":1}`), "", rejoin.Invalid},
			"a file of a row that is not": {set("attachments", "id", `"fil_other"`), "", rejoin.Invalid},
		} {
			if _, err := p.imports(c.data, core.Import{Domain: c.domain}); rejoin.CodeOf(err) != c.want {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
			if after := p.rows(); after != before {
				t.Fatalf("%s leaves %d rows or files", name, after-before)
			}
		}
		if _, err := p.imports(data, core.Import{}); err != nil {
			t.Fatal(err)
		}
		if _, err := p.imports(data, core.Import{Domain: "second"}); rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("the same domain twice: %v", err)
		}
		if _, err := p.Archive.Export(t.Context(), core.Export{Domain: "nobody"}, io.Discard, nil); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("a domain that is not: %v", err)
		}
	})
}
