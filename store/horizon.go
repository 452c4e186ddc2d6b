package store

import (
	"context"
	"fmt"

	"rejoin"
)

// WriteAt is [Store.Write] for what happens at a moment that f reads from the clock, and stores. Readers are told that it is under way: see [Store.Horizon].
func (s *Store) WriteAt(ctx context.Context, clock rejoin.Clock, f func(*Tx) error) error {
	return s.engine.write(ctx, clock, f)
}

// Horizon returns a moment before which everything has happened: what a [Store.Read] that begins after this does not see will bear that moment or a later
// one, if it is written by [Store.WriteAt]. It is now, or when the oldest such transaction that is under way has begun.
func (s *Store) Horizon(ctx context.Context, clock rejoin.Clock) (horizon rejoin.Millis, err error) {
	if s.dialect.begun == "" {
		// Everybody writes one after the other: whoever reads the clock in their turn knows all moments before it to be stored.
		err = s.Write(ctx, func(*Tx) error {
			horizon = clock.Now()
			return nil
		})
		return horizon, err
	}
	// The marks are no part of a snapshot: who read them from the same one as the list could miss what was committed in between.
	err = s.Read(ctx, func(tx *Tx) error {
		now := clock.Now()
		horizon = now
		return tx.each(tx.dialect.begun, nil, func(row scanner) error {
			var mark int64
			if err := row.Scan(&mark); err != nil {
				return err
			}
			if ago := int32(uint32(now) - uint32(mark)); ago > 0 {
				horizon = min(horizon, now-rejoin.Millis(ago))
			}
			return nil
		})
	})
	return horizon, err
}

// The mark of a transaction is a lock that it shares with everybody: its second half is the lower 32 bits of the moment, which is enough for 24 days. The
// server ends a transaction of which it hears nothing for a minute, so that no crawl stands still because a node has lost its power.
const markClass = "736428190"

func beginsAt(now rejoin.Millis) string {
	return fmt.Sprintf(`SELECT pg_advisory_xact_lock_shared(%s, %d), set_config('idle_in_transaction_session_timeout', '60000', true)`, markClass, int32(uint32(now)))
}

// marksUnderWay selects the second halves of all marks.
const marksUnderWay = `SELECT CAST(objid AS BIGINT) FROM pg_locks WHERE locktype = 'advisory' AND classid = ` + markClass + ` AND objsubid = 2
	AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
