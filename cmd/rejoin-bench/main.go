// Rejoin-bench measures the program on this machine and prints what it found, and on what.
//
// The server is the real program in a process of its own. So is the load: this program runs itself again as "rejoin-bench load" and reads
// the result, so that what the server costs can be told from what asking it costs.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// options is what the command line chooses.
type options struct {
	program  string
	dir      string
	parts    string
	engines  string
	out      string
	senders  int
	duration time.Duration
	sockets  int
	armed    int
	issues   int
	full     bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var err error
	if len(os.Args) > 1 && os.Args[1] == "load" {
		err = runLoad(ctx, os.Stdin, os.Stdout)
	} else {
		err = run(ctx)
	}
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// parts are what can be measured, in order.
func parts() []part {
	return []part{
		{"messages", "acknowledged messages", measureMessages, nil},
		{"delivery", "from a sender to the other party's socket", measureDelivery, nil},
		{"sockets", "memory of idle sockets", measureSockets, []string{"sqlite"}},
		{"timers", "follow-ups with many armed", measureTimers, nil},
		{"lists", "pages of the REST API as issues grow", measureLists, nil},
		{"crawl", "a crawl by the REST API while issues change", measureCrawl, nil},
		{"webhooks", "webhooks to a receiver on a bad day", measureWebhooks, nil},
		{"start", "start of the program", measureStart, nil},
	}
}

type part struct {
	name, title string
	measure     func(context.Context, *bench) error
	engines     []string // nil means all
}

func run(ctx context.Context) error {
	var o options
	flags := flag.NewFlagSet("rejoin-bench", flag.ContinueOnError)
	flags.StringVar(&o.program, "rejoin", "bin/rejoin", "the program to measure; \"make build\" makes it")
	flags.StringVar(&o.dir, "dir", "", "folder for the databases, on the disk to measure; empty means the system's temporary folder")
	flags.StringVar(&o.parts, "parts", "", "what to measure, separated by commas: messages, delivery, sockets, timers, lists, crawl, webhooks, start; empty means all")
	flags.StringVar(&o.engines, "engines", "sqlite,postgres", "databases to measure with")
	flags.StringVar(&o.out, "out", "", "also write the results as a Markdown table to this file")
	flags.IntVar(&o.senders, "senders", 64, "senders at once")
	flags.DurationVar(&o.duration, "duration", 8*time.Second, "how long the senders are measured")
	flags.IntVar(&o.sockets, "sockets", 10_000, "idle sockets")
	flags.IntVar(&o.armed, "armed", 1_000_000, "armed timers on SQLite; PostgreSQL gets a fifth unless -full")
	flags.IntVar(&o.issues, "issues", 1_000_000, "issues that are listed, on SQLite; PostgreSQL gets a tenth unless -full")
	flags.BoolVar(&o.full, "full", false, "all armed timers and listed issues on PostgreSQL too")
	if err := flags.Parse(os.Args[1:]); err != nil {
		return err
	}
	if _, err := os.Stat(o.program); err != nil {
		return fmt.Errorf("there is no program at %s; run \"make build\" first", o.program)
	}
	dir, err := os.MkdirTemp(o.dir, "rejoin-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	o.dir = dir
	if o.program, err = filepath.Abs(o.program); err != nil {
		return err
	}
	report := &report{}
	if err := measureAll(ctx, o, report); err != nil {
		return err
	}
	if o.out != "" {
		return os.WriteFile(o.out, []byte(report.markdown()), 0o644)
	}
	return nil
}

func measureAll(ctx context.Context, o options, r *report) error {
	m, err := describe(o)
	if err != nil {
		return err
	}
	r.machine = m
	fmt.Println(m)
	engines := strings.Split(o.engines, ",")
	var servers servers
	for _, p := range parts() {
		if o.parts != "" && !slices.Contains(strings.Split(o.parts, ","), p.name) {
			continue
		}
		for _, engine := range engines {
			if p.engines != nil && !slices.Contains(p.engines, engine) {
				continue
			}
			before := len(r.rows)
			if err := p.run(ctx, o, engine, &servers, r); err != nil {
				return fmt.Errorf("%s on %s: %w", p.name, engine, err)
			}
			r.print(before)
		}
	}
	return nil
}

// run measures one part on a database of its own.
func (p part) run(ctx context.Context, o options, engine string, s *servers, r *report) error {
	b := &bench{options: o, engine: engine, part: p, report: r}
	if err := b.open(ctx, s); err != nil {
		return err
	}
	return errors.Join(p.measure(ctx, b), b.close())
}
