package core_test

import (
	"testing"

	"rejoin"
	"rejoin/rejointest"
	"rejoin/store"
)

// TestArchivedQueueKeepsNothing is about a conversation that comes in while its queue is taken out of use: whoever moved it had still found it in use.
func TestArchivedQueueKeepsNothing(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		q := queue(s, rejoin.Queue{Name: "Old", AutoAssign: true})
		v := s.Visit("Hello")
		if _, err := s.Core.Queues.Archive(t.Context(), s.Maya, q, true); err != nil {
			t.Fatal(err)
		}
		s.Settle()
		err := s.Store.Write(t.Context(), func(tx *store.Tx) error {
			i, err := tx.LockIssue(v.Issue.ID)
			if err != nil {
				return err
			}
			i.QueueID = q
			if err := tx.SaveIssue(i); err != nil {
				return err
			}
			return tx.PutJob(rejoin.Job{Kind: "queue", Key: q, RunAt: s.Clock.Now()})
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Settle()
		if got := s.Load(v.Issue.ID).Issue.QueueID; got != "" {
			t.Errorf("it stays in the archived queue %s, where nobody gets it", got)
		}
	})
}
