package core

import (
	"context"
	"time"

	"rejoin"
)

const (
	jobUnsent  rejoin.JobKind = "unsent_files" // key: empty
	unsentPage                = 100
)

// DropUnsent takes away what was uploaded more than a day ago and never sent, and comes back in an hour. A file that cannot be removed stops no other,
// and is tried again then. It is the handler of a job.
func (s *Attachments) DropUnsent(ctx context.Context, _ rejoin.Job) error {
	last := rejoin.Attachment{}
	for {
		var list []rejoin.Attachment
		err := s.read(ctx, func(u *unit) (err error) {
			list, err = u.UnsentBefore(u.now.Add(-day), last, unsentPage)
			return err
		})
		if err != nil {
			return err
		}
		for _, a := range list {
			if err := s.dropUnsent(ctx, a); err != nil {
				if ctx.Err() != nil {
					return err
				}
				s.Log.Error("a file that was never sent cannot be removed", "file", a.ID, "error", err)
			}
		}
		if len(list) < unsentPage {
			break
		}
		last = list[len(list)-1]
	}
	return s.write(ctx, func(u *unit) error { return u.put(jobUnsent, "", u.now.Add(time.Hour)) })
}

// DropAsAgent takes files away that the agent has uploaded, unless a message has taken them.
func (s *Attachments) DropAsAgent(ctx context.Context, a rejoin.Agent, ids []string) error {
	for _, id := range ids {
		var file rejoin.Attachment
		err := s.read(ctx, func(u *unit) (err error) {
			file, err = u.Attachment(id)
			return err
		})
		if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && file.Owner != a.ID {
			continue
		}
		if err != nil {
			return err
		}
		if err := s.dropUnsent(ctx, file); err != nil {
			return err
		}
	}
	return nil
}

// dropUnsent drops the file unless a message has taken it meanwhile.
func (s *Attachments) dropUnsent(ctx context.Context, a rejoin.Attachment) error {
	condemned := false
	err := s.write(ctx, func(u *unit) (err error) {
		condemned, err = u.CondemnUnsent(a.ID)
		return err
	})
	if err != nil || !condemned {
		return err
	}
	return s.discard(ctx, a)
}
