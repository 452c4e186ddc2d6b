package rejointest_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"rejoin"
	"rejoin/store"
	"rejoin/store/storetest"
)

// What is acknowledged survives any end of the process, and what must happen does: once.
func TestPromise_SurvivesKill(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { survivesKill(t, filepath.Join(t.TempDir(), "rejoin.db"), 8) })
	t.Run("postgres", func(t *testing.T) { survivesKill(t, storetest.Postgres(t), 5) })
}

func survivesKill(t *testing.T, database string, rounds int) {
	l := newLab(t, database)
	p := l.start()
	l.configure(p.URL)
	l.automate(p.URL)
	talkers, quiet := l.known(6), l.known(4)
	crowd := l.crowd(talkers)
	db := l.opened()
	var orphans []string
	for range rounds {
		for range 2 { // their e-mails go out by the clock
			l.must(l.reply("quiet", quiet[rand.IntN(len(quiet))].issues[0], crowd.number()))
		}
		l.acked(l.count() + 20 + rand.IntN(120))
		l.kill(p)
		orphans = l.claimed(db, ids(talkers, quiet))
		p = l.start()
	}
	l.must(crowd.stop())
	if db.Engine() == "postgres" { // another node may live, so what the dead one had in hand waits for its lease; agents need not
		for _, id := range orphans {
			l.must(l.sendNow(id))
		}
	}
	l.settled(db, ids(talkers, quiet), orphans)
	list := l.load(db, l.issueIDs())
	l.checkMessages(list)
	f := l.checkMails(list, l.box.Messages())
	if f.waiting > 0 && db.Engine() == "sqlite" {
		t.Errorf("%d messages still wait for an e-mail after everything has settled", f.waiting)
	}
	l.checkRules(db, l.issueIDs())
	l.noneGivenUp(db)
	t.Logf("%d kills: %d messages in %d conversations, %d e-mails; of %d agents' messages %d shown, %d counted in an e-mail, %d read, %d unknown, %d left to a lease",
		rounds, len(l.acks), len(list), len(l.box.Messages()), crowd.n, f.mailed, f.folded, f.read, f.unknown, f.waiting)
}

func ids(groups ...[]*person) (list []string) {
	for _, g := range groups {
		for _, p := range g {
			list = append(list, p.issues[0])
		}
	}
	return list
}

// claimed returns whose follow-ups a server had in hand. It may be asked while none runs.
func (l *lab) claimed(db *store.Store, ids []string) (orphans []string) {
	l.Helper()
	l.must(db.Read(l.ctx, func(tx *store.Tx) error {
		orphans = nil
		for _, id := range ids {
			j, err := tx.Job("follow_up", id)
			if err == nil && j.Claim != "" {
				orphans = append(orphans, id)
			} else if err != nil && rejoin.CodeOf(err) != rejoin.NotFound {
				return err
			}
		}
		return nil
	}))
	return orphans
}

// settled waits until no follow-up has anything left to do. What a dead node was handing over on PostgreSQL is left to its lease.
func (l *lab) settled(db *store.Store, ids, orphans []string) {
	l.Helper()
	excused := map[string]bool{}
	for _, id := range orphans {
		excused[id] = db.Engine() == "postgres"
	}
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		left := 0
		for _, c := range l.load(db, ids) {
			switch {
			case excused[c.issue.ID] && c.newest.State == rejoin.FollowUpHandingOver:
			case c.newest.State.Live() && c.newest.State != rejoin.FollowUpSkipped:
				left++
			}
		}
		if left == 0 {
			return
		}
		select {
		case <-tick.C:
		case <-l.ctx.Done():
			l.Fatalf("%d follow-ups do not settle", left)
		}
	}
}

func (l *lab) noneGivenUp(db *store.Store) {
	l.Helper()
	l.must(db.Read(l.ctx, func(tx *store.Tx) error {
		dead, err := tx.DeadJobs(10)
		for _, j := range dead {
			l.Errorf("the job %s %s was given up: %s", j.Kind, j.Key, j.Error)
		}
		return err
	}))
}

// crowd is everybody who writes at once.
type crowd struct {
	l    *lab
	quit chan struct{}
	all  sync.WaitGroup
	mu   sync.Mutex
	n    int // numbered messages so far
	errs []error
}

// crowd lets the known visitors, some unknown ones and two agents' windows write until it is stopped.
func (l *lab) crowd(known []*person) *crowd {
	c := &crowd{l: l, quit: make(chan struct{})}
	for _, p := range known {
		c.join(func() error { return p.chat(c.quit, false) })
	}
	for range 3 {
		c.join(func() error { return l.person().chat(c.quit, true) })
	}
	for _, window := range []string{"left", "right"} {
		c.join(func() error { return c.answer(window, ids(known)) })
	}
	return c
}

func (c *crowd) join(f func() error) {
	c.all.Go(func() {
		if err := f(); err != nil {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.errs = append(c.errs, err)
		}
	})
}

// stop waits until everybody has the answer to what they sent last.
func (c *crowd) stop() error {
	close(c.quit)
	c.all.Wait()
	return errors.Join(c.errs...)
}

// number is the next numbered message.
func (c *crowd) number() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	return fmt.Sprintf("This is message [#%d#].", c.n)
}

// answer lets an agent reply here and there, and often ask for the e-mail at once.
func (c *crowd) answer(window string, ids []string) error {
	for {
		select {
		case <-c.quit:
			return nil
		default:
		}
		id := ids[rand.IntN(len(ids))]
		if err := c.l.reply(window, id, c.number()); err != nil {
			return err
		}
		if rand.IntN(2) == 0 {
			if err := c.l.sendNow(id); err != nil {
				return err
			}
		}
	}
}

// finish waits until everybody who has joined is done.
func (c *crowd) finish() error {
	c.all.Wait()
	return errors.Join(c.errs...)
}
