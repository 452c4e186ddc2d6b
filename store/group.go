package store

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
)

// maxGroup bounds how many functions share a commit, and so how long the first of them waits.
const maxGroup = 256

// group is the one writer of a SQLite database. It runs the functions that are waiting one after the other in the same
// transaction, each within a savepoint, and answers them all after one commit: with one wait for the disk instead of many.
//
// The first function of a transaction needs no savepoint: if it fails, there is nothing else to keep.
type group struct {
	conn    *sqliteConn
	queue   chan *write   // unbuffered: whoever is received has begun
	stopped chan struct{} // closed when the writer is gone
	members []*write      // those in the open transaction; none means that no transaction is open
}

// write is one function on its way through the group.
type write struct {
	f        func(*Tx) error
	err      error
	panicked *Panic
	exited   bool // f ended its goroutine
	done     chan struct{}
}

// Panic is what a panic in a write function on SQLite arrives as in the caller's goroutine: it happened in another one,
// whose stack it keeps.
type Panic struct {
	Value any
	Stack []byte
}

func (p *Panic) Error() string { return fmt.Sprintf("%v\n\n%s", p.Value, p.Stack) }

func newGroup(conn *sqliteConn) *group {
	g := &group{conn: conn, queue: make(chan *write), stopped: make(chan struct{})}
	go g.serve()
	return g
}

// do runs f and returns once its outcome is final. It must not be called after close.
func (g *group) do(ctx context.Context, f func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w := &write{f: f, done: make(chan struct{})}
	select {
	case g.queue <- w:
	case <-ctx.Done():
		return ctx.Err()
	}
	<-w.done
	switch {
	case w.panicked != nil:
		panic(w.panicked)
	case w.exited:
		runtime.Goexit()
	}
	return w.err
}

// close ends the writer. Nobody may be inside do.
func (g *group) close() error {
	close(g.queue)
	<-g.stopped
	return g.conn.close()
}

// serve is the writer's goroutine. When a function ends the goroutine, run starts the next one.
func (g *group) serve() {
	for {
		w, ok := g.next()
		if !ok {
			close(g.stopped)
			return
		}
		g.run(w)
	}
}

// next returns the function to run, and false at the end. It commits when nobody is waiting or the group is full.
func (g *group) next() (*write, bool) {
	if n := len(g.members); n > 0 && n < maxGroup {
		select {
		case w, ok := <-g.queue:
			return w, ok
		default:
		}
	}
	g.commit()
	w, ok := <-g.queue
	return w, ok
}

func (g *group) commit() {
	if len(g.members) == 0 {
		return
	}
	if err := g.sql("COMMIT"); err != nil {
		g.abort(err)
		return
	}
	g.answer()
}

// run runs w's function within the transaction, which it opens if need be.
func (g *group) run(w *write) {
	first := len(g.members) == 0
	begin := "SAVEPOINT f"
	if first {
		begin = "BEGIN IMMEDIATE"
	}
	g.members = append(g.members, w)
	if err := g.sql(begin); err != nil {
		g.abort(err)
		return
	}
	tx := &Tx{ctx: context.Background(), conn: g.conn, dialect: &sqliteDialect}
	returned := false
	defer func() {
		if returned {
			return
		}
		value := recover()
		tx.end(nil)
		w.exited = value == nil
		if value != nil {
			w.panicked = &Panic{value, debug.Stack()}
		}
		g.finish(first, false)
		if w.exited {
			go g.serve() // the goroutine cannot be kept, but its work goes on
		}
	}()
	w.err = tx.end(w.f(tx))
	returned = true
	g.finish(first, w.err == nil)
}

// finish keeps or undoes the work of the function that has just ended. One that failed is answered with the others, after
// the commit: what it failed for may be the uncommitted work of a neighbour.
func (g *group) finish(first, keep bool) {
	switch {
	case first && keep:
		return
	case first:
		if err := g.sql("ROLLBACK"); err != nil && g.members[0].err == nil {
			g.members[0].err = err
		}
		g.answer()
		return
	}
	if !keep {
		if err := g.sql("ROLLBACK TO f"); err != nil {
			g.abort(err)
			return
		}
	}
	if err := g.sql("RELEASE f"); err != nil {
		g.abort(err)
	}
}

// abort undoes the whole transaction and tells every member why.
func (g *group) abort(err error) {
	if e := g.sql("ROLLBACK"); e != nil {
		err = fmt.Errorf("%w (and %w)", err, e)
	}
	for _, w := range g.members {
		w.err = err
	}
	g.answer()
}

// answer lets the members go.
func (g *group) answer() {
	for _, w := range g.members {
		close(w.done)
	}
	clear(g.members)
	g.members = g.members[:0]
}

// sql runs a statement that steers the transaction.
func (g *group) sql(statement string) error {
	if _, err := g.conn.ExecContext(context.Background(), statement); err != nil {
		return fmt.Errorf("store: %s: %w", statement, err)
	}
	return nil
}
