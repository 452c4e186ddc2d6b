package core

import (
	"context"
	"encoding/json"
	"errors"
	"io"

	"rejoin"
	"rejoin/archive"
	"rejoin/store"
)

// Import says how an archive comes in.
type Import struct {
	Domain string // the name it gets here; empty for the name that it had
	GoOn   bool   // what was waiting goes on here: e-mails, bots, automations, webhooks. The installation that it comes from must have been stopped.
}

// Import makes a domain of an archive, all of it or nothing. Ids stay as they are; the domain, and whatever is in it, must not exist here yet. Unless it
// goes on here, nothing happens by itself: e-mails that were waiting are cancelled, bots at work stop, webhooks are paused.
//
// open opens the archive at its beginning; it may be asked more than once. It is one transaction: on SQLite no server may run meanwhile.
func (s *Archive) Import(ctx context.Context, in Import, open func() (io.ReadCloser, error), tell Progress) (out Carried, err error) {
	kept := map[string]bool{} // keys of files; those of an attempt that is repeated are the same
	err = s.Store.Write(ctx, func(tx *store.Tx) error {
		source, err := open()
		if err != nil {
			return err
		}
		defer source.Close()
		u := &unit{Tx: tx, env: s.env, now: s.Clock.Now(), by: bySystem}
		out, err = u.importFrom(ctx, in, source, kept, tell)
		return err
	})
	if err != nil {
		err = errors.Join(err, s.discardImport(context.WithoutCancel(ctx), out.Domain.ID, kept))
	}
	return out, err
}

// discardImport takes the files of a failed import away, unless it turns out that it is there: the answer to a commit may be lost.
func (s *Archive) discardImport(ctx context.Context, domainID string, kept map[string]bool) error {
	err := s.read(ctx, func(u *unit) error {
		_, err := u.Domain(domainID)
		return err
	})
	if rejoin.CodeOf(err) != rejoin.NotFound {
		return err
	}
	for key := range kept {
		if err := s.Files.Delete(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// importing is an import within its transaction.
type importing struct {
	*unit
	in   Import
	rows *store.Import
	out  Carried
	last rejoin.Attachment // the newest that came in: its bytes follow
	kept map[string]bool
	tell Progress
}

func (u *unit) importFrom(ctx context.Context, in Import, source io.Reader, kept map[string]bool, tell Progress) (Carried, error) {
	im := &importing{unit: u, in: in, kept: kept, tell: tell, out: Carried{Rows: map[string]int64{}}}
	from, err := archive.NewReader(source)
	if err != nil {
		return im.out, err
	}
	head := from.Header()
	if err := im.begin(head); err != nil {
		return im.out, err
	}
	for {
		item, err := from.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = im.take(ctx, item)
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return im.out, err
		}
	}
	if err := im.rows.Check(); err != nil {
		return im.out, err
	}
	im.out.Domain, err = u.Domain(head.DomainID)
	if rejoin.CodeOf(err) == rejoin.NotFound {
		return im.out, rejoin.Errorf(rejoin.Invalid, "The archive is damaged: it has no domain.")
	}
	if err != nil {
		return im.out, err
	}
	return im.out, im.comeToRest(head)
}

// begin is an error unless the archive fits here.
func (im *importing) begin(head archive.Header) error {
	schema, err := im.SchemaVersion()
	if err != nil {
		return err
	}
	if head.Schema != schema {
		return rejoin.Errorf(rejoin.Invalid, "The archive has schema version %d, and this installation has %d. Bring both to the same version of Rejoin, and export again.", head.Schema, schema)
	}
	if im.in.Domain == "" {
		im.in.Domain = head.Domain
	}
	if im.in.Domain, err = rejoin.CheckDomainName(im.in.Domain); err != nil {
		return err
	}
	if !storable(head.DomainID) || head.DomainID == "" {
		return rejoin.Errorf(rejoin.Invalid, "The archive is damaged: its domain has no id.")
	}
	im.out.Domain.ID = head.DomainID
	if there, err := im.Domain(head.DomainID); rejoin.CodeOf(err) != rejoin.NotFound {
		if err == nil {
			err = rejoin.Errorf(rejoin.Conflict, "This installation has this domain already: it is called %s here. Nothing was imported.", there.Name)
		}
		return err
	}
	if _, err := im.DomainByName(im.in.Domain); rejoin.CodeOf(err) != rejoin.NotFound {
		if err == nil {
			err = rejoin.InvalidField("domain", "There is a domain %s here already. Give another name with --domain.", im.in.Domain)
		}
		return err
	}
	im.rows, err = im.NewImport(head.DomainID)
	return err
}

func (im *importing) take(ctx context.Context, item archive.Item) error {
	if item.File != "" {
		return im.takeFile(ctx, item)
	}
	switch item.Table {
	case "domains":
		name, err := json.Marshal(im.in.Domain)
		if err != nil {
			return err
		}
		item.Row["name"] = name
	case "attachments":
		im.last = attachmentOf(item.Row)
	}
	if err := im.rows.Add(item.Table, item.Row); err != nil {
		return err
	}
	im.out.Rows[item.Table]++
	if n := im.out.Rows[item.Table]; n%progressEvery == 0 {
		im.tell(item.Table, n)
	}
	return nil
}

// takeFile keeps bytes. They belong to the row that came just before, so that nothing that is here already is overwritten.
func (im *importing) takeFile(ctx context.Context, item archive.Item) error {
	key, known := partsOf(im.last)[item.Part]
	if !known || item.File != im.last.ID {
		return rejoin.Errorf(rejoin.Invalid, "The archive is damaged: the file %s does not follow its row.", rejoin.Preview(item.File, 60))
	}
	im.kept[key] = true
	n, err := im.env.Files.Put(ctx, key, item.Body, MaxFile)
	im.out.Bytes += n
	return err
}

// comeToRest ends, or takes up again, what was going on when the archive was made.
func (im *importing) comeToRest(head archive.Header) error {
	for _, f := range []func() error{im.everybodyLeaves, im.settleFollowUps, im.settleBots} {
		if err := f(); err != nil {
			return err
		}
	}
	if !im.in.GoOn || !head.Secrets {
		return im.PauseWebhooks(head.DomainID, "import", im.now)
	}
	return nil
}

// everybodyLeaves notes that nobody has a connection to here.
func (im *importing) everybodyLeaves() error {
	users, err := im.OnlineUsers(im.out.Domain.ID)
	for _, user := range users {
		if err == nil {
			err = im.notePresence(user, rejoin.Offline)
		}
		if err == nil {
			err = im.SetPresence(user.ID, rejoin.Offline, im.now)
		}
	}
	return err
}

// settleFollowUps cancels the e-mails that were waiting, or plans them here. One that was being handed over may have gone out: its job finds out that nobody
// knows, and sends nothing.
func (im *importing) settleFollowUps() error {
	list, err := im.PendingFollowUps(im.out.Domain.ID)
	for _, f := range list {
		if err != nil {
			return err
		}
		im.out.Live++
		if im.in.GoOn || f.State == rejoin.FollowUpHandingOver {
			err = im.put(jobFollowUp, f.IssueID, max(f.DueAt, im.now))
			continue
		}
		err = im.onIssue(f.IssueID, func(i *rejoin.Issue) error {
			f.State, f.Reason, f.DueAt, f.UpdatedAt = rejoin.FollowUpCancelled, rejoin.ReasonImported, 0, im.now
			if err := im.SaveFollowUp(f); err != nil {
				return err
			}
			return im.followUpEvent(i, f, string(f.State), bySystem)
		})
	}
	return err
}

// settleBots stops the bots that wait for a job, or puts it here, with what else goes on by itself. Those that wait for the user go on in any case.
func (im *importing) settleBots() error {
	runs, err := im.BusyBotRuns(im.out.Domain.ID)
	for _, run := range runs {
		switch {
		case err != nil:
			return err
		case !im.in.GoOn:
			err = im.onIssue(run.IssueID, func(i *rejoin.Issue) error { return im.stopBot(i, bySystem) })
		case run.State == rejoin.RunCalling:
			err = im.put(jobBotCall, run.IssueID, im.now)
		default:
			err = im.put(jobBot, run.IssueID, im.now)
		}
	}
	if err != nil || !im.in.GoOn {
		return err
	}
	if err := im.retime(im.out.Domain.ID); err != nil {
		return err
	}
	queues, err := im.Tx.Queues(im.out.Domain.ID)
	for _, q := range queues {
		if err == nil {
			err = im.put(jobQueue, q.ID, im.now)
		}
	}
	return err
}

func (im *importing) onIssue(id string, f func(*rejoin.Issue) error) error {
	i, err := im.LockIssue(id)
	if err != nil {
		return err
	}
	if err := f(&i); err != nil {
		return err
	}
	return im.save(&i)
}
