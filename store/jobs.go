package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"rejoin"
)

// DeadJob is a job that was given up, kept for people to see.
type DeadJob struct {
	ID      string
	Kind    rejoin.JobKind
	Key     string
	Payload string
	Attempt int64  // how often it was tried
	Error   string // of the last attempt
	DiedAt  rejoin.Millis
}

// PutJob arms j for j.RunAt. A job of the same kind and key is replaced and starts over with its attempts; if it is
// running at this moment, its end does not touch the new one.
func (tx *Tx) PutJob(j rejoin.Job) error {
	_, err := tx.exec(`INSERT INTO jobs (kind, key, payload, run_at, attempt, claim, error) VALUES ($1, $2, $3, $4, 0, '', '')
		ON CONFLICT (kind, key) DO UPDATE
		SET payload = excluded.payload, run_at = excluded.run_at, attempt = 0, claim = '', error = ''`,
		j.Kind, j.Key, j.Payload, j.RunAt)
	return err
}

// PutJobBy is PutJob for a job that is needed by j.RunAt at the latest: one that is armed for an earlier time stays as it is.
func (tx *Tx) PutJobBy(j rejoin.Job) error {
	_, err := tx.exec(`INSERT INTO jobs (kind, key, payload, run_at, attempt, claim, error) VALUES ($1, $2, $3, $4, 0, '', '')
		ON CONFLICT (kind, key) DO UPDATE
		SET payload = excluded.payload, run_at = excluded.run_at, attempt = 0, claim = '', error = ''
		WHERE jobs.claim <> '' OR jobs.run_at > excluded.run_at`, j.Kind, j.Key, j.Payload, j.RunAt)
	return err
}

// CancelJob removes the job, if there is one. An attempt that is running goes on.
func (tx *Tx) CancelJob(kind rejoin.JobKind, key string) error {
	_, err := tx.exec(`DELETE FROM jobs WHERE kind = $1 AND key = $2`, kind, key)
	return err
}

// Job returns the job as it is stored: RunAt is the end of the lease while it is claimed.
func (tx *Tx) Job(kind rejoin.JobKind, key string) (rejoin.Job, error) {
	return one(tx, "job", scanJob, `SELECT kind, key, payload, run_at, attempt, claim, error FROM jobs
		WHERE kind = $1 AND key = $2`, kind, key)
}

func scanJob(row scanner) (j rejoin.Job, err error) {
	err = row.Scan(&j.Kind, &j.Key, &j.Payload, &j.RunAt, &j.Attempt, &j.Claim, &j.Error)
	return j, err
}

// ClaimJobs takes up to limit jobs of the given kinds that are due at now, oldest first, and marks them with claim, which
// must be unique to this call. Each comes with the RunAt it was due at and with this attempt counted. Nobody else gets them
// before now+lease; after that, a job that was not finished is due again.
func (s *Store) ClaimJobs(ctx context.Context, now rejoin.Millis, lease time.Duration, kinds []rejoin.JobKind, limit int, claim string) ([]rejoin.Job, error) {
	var jobs []rejoin.Job
	err := s.Write(ctx, func(tx *Tx) error {
		var err error
		if jobs, err = tx.dueJobs(now, kinds, limit); err != nil || len(jobs) == 0 {
			return err
		}
		return tx.claimJobs(jobs, now.Add(lease), claim)
	})
	if err != nil {
		return nil, err
	}
	return jobs, nil
}

// dueJobs looks at each kind by itself: so the index leads to the first due job of a kind, however many timers of other kinds are armed.
func (tx *Tx) dueJobs(now rejoin.Millis, kinds []rejoin.JobKind, limit int) (due []rejoin.Job, err error) {
	for _, kind := range kinds {
		jobs, err := all(tx, scanJob, `SELECT kind, key, payload, run_at, attempt, claim, error FROM jobs
			WHERE kind = $1 AND run_at <= $2 ORDER BY run_at, key LIMIT $3`+tx.skipLocked(), kind, now, limit)
		if err != nil {
			return nil, err
		}
		due = append(due, jobs...)
	}
	slices.SortStableFunc(due, func(a, b rejoin.Job) int { return cmp.Compare(a.RunAt, b.RunAt) })
	return due[:min(limit, len(due))], nil
}

// claimJobs marks jobs, rows the transaction has locked, in few statements: between nodes and server each costs a round trip.
func (tx *Tx) claimJobs(jobs []rejoin.Job, until rejoin.Millis, claim string) error {
	for i := range jobs {
		jobs[i].Attempt++
		jobs[i].Claim = claim
	}
	for rest := jobs; len(rest) > 0; {
		// Only three sizes, so that the texts stay few and prepared.
		n := 1
		for n < 64 && n*8 <= len(rest) {
			n *= 8
		}
		args := []any{until, claim}
		for _, j := range rest[:n] {
			args = append(args, j.Kind, j.Key)
		}
		if _, err := tx.exec(claimStatement(n), args...); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

func claimStatement(n int) string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = fmt.Sprintf("($%d, $%d)", 3+2*i, 4+2*i)
	}
	return `UPDATE jobs SET run_at = $1, claim = $2, attempt = attempt + 1
		WHERE (kind, key) IN (VALUES ` + strings.Join(rows, ", ") + `)`
}

// FinishJob removes a claimed job that is done. Like RetryJob and BuryJob it does nothing, without an error, if the job is
// no longer j's: it was put again or cancelled meanwhile, or its lease ran out and somebody else has it.
func (s *Store) FinishJob(ctx context.Context, j rejoin.Job) error {
	return s.Write(ctx, func(tx *Tx) error {
		_, err := tx.removeClaimed(j)
		return err
	})
}

func (tx *Tx) removeClaimed(j rejoin.Job) (removed int64, err error) {
	return tx.exec(`DELETE FROM jobs WHERE kind = $1 AND key = $2 AND claim = $3`, j.Kind, j.Key, j.Claim)
}

// RetryJob arms a claimed job again for runAt and keeps errText, the reason.
func (s *Store) RetryJob(ctx context.Context, j rejoin.Job, runAt rejoin.Millis, errText string) error {
	return s.Write(ctx, func(tx *Tx) error {
		_, err := tx.exec(`UPDATE jobs SET run_at = $1, claim = '', error = $2 WHERE kind = $3 AND key = $4 AND claim = $5`,
			runAt, errText, j.Kind, j.Key, j.Claim)
		return err
	})
}

// BuryJob moves a claimed job to the dead ones, as id.
func (s *Store) BuryJob(ctx context.Context, j rejoin.Job, now rejoin.Millis, id, errText string) error {
	return s.Write(ctx, func(tx *Tx) error {
		if removed, err := tx.removeClaimed(j); err != nil || removed == 0 {
			return err
		}
		_, err := tx.exec(`INSERT INTO dead_jobs (id, kind, key, payload, attempt, error, died_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`, id, j.Kind, j.Key, j.Payload, j.Attempt, errText, now)
		return err
	})
}

// NextJobAt returns when the earliest job of the given kinds is due, and false if there is none.
func (s *Store) NextJobAt(ctx context.Context, kinds []rejoin.JobKind) (at rejoin.Millis, ok bool, err error) {
	firsts, args := make([]string, len(kinds)), make([]any, len(kinds))
	for i, kind := range kinds {
		firsts[i], args[i] = fmt.Sprintf(`SELECT MIN(run_at) AS run_at FROM jobs WHERE kind = $%d`, i+1), kind
	}
	err = s.Read(ctx, func(tx *Tx) error {
		first, err := one(tx, "job", func(row scanner) (v sql.NullInt64, err error) {
			err = row.Scan(&v)
			return v, err
		}, `SELECT MIN(run_at) FROM (`+strings.Join(firsts, ` UNION ALL `)+`) AS firsts`, args...)
		at, ok = rejoin.Millis(first.Int64), first.Valid
		return err
	})
	return at, ok, err
}

// DeadJobs returns up to limit jobs that were given up, the newest first.
func (tx *Tx) DeadJobs(limit int) ([]DeadJob, error) {
	return all(tx, func(row scanner) (d DeadJob, err error) {
		err = row.Scan(&d.ID, &d.Kind, &d.Key, &d.Payload, &d.Attempt, &d.Error, &d.DiedAt)
		return d, err
	}, `SELECT id, kind, key, payload, attempt, error, died_at FROM dead_jobs ORDER BY died_at DESC, id DESC LIMIT $1`, limit)
}

// ReleaseJobs makes every claimed job due at once. Only the sole process on a database may do it, as it starts: whoever claimed them is dead.
func (tx *Tx) ReleaseJobs(now rejoin.Millis) error {
	_, err := tx.exec(`UPDATE jobs SET run_at = $1, claim = '' WHERE claim <> ''`, now)
	return err
}
