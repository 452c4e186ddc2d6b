// Rejoin is the program: the server, its demo, and what operators do at the command line. "rejoin help" lists the commands.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	_ "time/tzdata" // e-mails tell the time in the user's zone, also where the machine knows no zones

	"rejoin"
)

func main() {
	// The first signal asks to stop. After it signals have their usual effect: the second one ends the process at once.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	p := &program{in: os.Stdin, out: os.Stdout, err: os.Stderr, environ: os.Environ()}
	os.Exit(p.run(ctx, os.Args[1:]))
}

// program is where a command reads and writes.
type program struct {
	in       *os.File
	out, err io.Writer
	environ  []string // NAME=value
}

// command is one word after "rejoin".
type command struct {
	name, help string
	run        func(ctx context.Context, p *program, args []string) error
}

func commands() []command {
	return []command{
		{"serve", "run the server", runServe},
		{"demo", "run everything with a sample shop, a mailbox and sample data", runDemo},
		{"setup", "make a domain with its first app and administrator", runSetup},
		{"migrate", "bring the database to what this program needs", runMigrate},
		{"feature", "switch a feature on or off for a domain", runFeature},
		{"export", "write everything that a domain has into a file", runExport},
		{"import", "make a domain of such a file", runImport},
		{"version", "print the version", runVersion},
		{"help", "print this, or what a command does: rejoin help serve", runHelp},
	}
}

// usageError is a mistake in how the program was called. It ends with exit code 2.
type usageError string

func (e usageError) Error() string { return string(e) }

func usagef(format string, args ...any) error { return usageError(fmt.Sprintf(format, args...)) }

// run runs one command and returns the exit code: 0, 1 if it failed, 2 if it was called in a wrong way.
func (p *program) run(ctx context.Context, args []string) int {
	err := p.command(ctx, args)
	var usage usageError
	switch {
	case err == nil || errors.Is(err, flag.ErrHelp):
		return 0
	case errors.As(err, &usage):
		fmt.Fprintln(p.err, sentences(err))
		return 2
	}
	fmt.Fprintln(p.err, sentences(err))
	return 1
}

func (p *program) command(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return usagef("Say what to do, for example \"rejoin demo\". \"rejoin help\" lists the commands.")
	}
	name := args[0]
	if name == "-h" || name == "-help" || name == "--help" {
		name = "help"
	}
	for _, c := range commands() {
		if c.name == name {
			return c.run(ctx, p, args[1:])
		}
	}
	return usagef("There is no command %q. \"rejoin help\" lists the commands.", name)
}

func runHelp(ctx context.Context, p *program, args []string) error {
	if len(args) > 0 && args[0] != "help" {
		return p.command(ctx, []string{args[0], "--help"})
	}
	fmt.Fprint(p.out, "Rejoin is asynchronous web chat: a visitor leaves, an e-mail brings them back.\n\n  rejoin COMMAND [flags]\n\n")
	for _, c := range commands() {
		fmt.Fprintf(p.out, "  %-9s %s\n", c.name, c.help)
	}
	fmt.Fprint(p.out, "\n\"rejoin COMMAND --help\" lists the flags of a command. Begin with \"rejoin demo\".\n")
	return nil
}

// sentences is an error as people read it: each line begins with a capital letter and ends with a full stop.
func sentences(err error) string {
	var known *rejoin.Error
	text := err.Error()
	if errors.As(err, &known) {
		text = known.Text
		if known.Field != "" {
			text = "--" + strings.ReplaceAll(known.Field, "_", "-") + ": " + text
		}
	}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i, line := range lines {
		if r, size := utf8.DecodeRuneInString(line); !strings.HasPrefix(line, "mail:") {
			line = string(unicode.ToUpper(r)) + line[size:]
		}
		if !strings.HasSuffix(line, ".") {
			line += "."
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}
