package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// newFlags makes the flag set of a command.
func newFlags(command string) *flag.FlagSet {
	fs := flag.NewFlagSet(command, flag.ContinueOnError)
	fs.SetOutput(io.Discard) // parse speaks
	return fs
}

// parse reads the flags of a command; --help prints intro and all of them. rest names what may follow the flags, for the help; if it is
// empty nothing may.
func (p *program) parse(fs *flag.FlagSet, args []string, intro, rest string) error {
	err := fs.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		p.help(fs, intro, rest)
		return err
	case err != nil:
		return flagError(fs.Name(), err)
	case rest == "" && fs.NArg() > 0:
		return usagef("\"rejoin %s\" does not understand %q. \"rejoin %[1]s --help\" lists its flags.", fs.Name(), fs.Arg(0))
	}
	return nil
}

func (p *program) help(fs *flag.FlagSet, intro, rest string) {
	fmt.Fprintf(p.out, "%s\n\n  rejoin %s", intro, fs.Name())
	if rest != "" {
		fmt.Fprint(p.out, " ", rest)
	}
	fmt.Fprint(p.out, " [flags]\n\n")
	width := 0
	fs.VisitAll(func(f *flag.Flag) { width = max(width, len(f.Name)) })
	fs.VisitAll(func(f *flag.Flag) {
		text := f.Usage
		if f.DefValue != "" && f.DefValue != "false" {
			text += " (default " + f.DefValue + ")"
		}
		fmt.Fprintf(p.out, "  --%-*s  %s\n", width, f.Name, text)
	})
}

// flagError says in a sentence what the flag package found.
func flagError(command string, err error) error {
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: -"); ok {
		return usagef("\"rejoin %s\" has no flag --%s. \"rejoin %[1]s --help\" lists its flags.", command, strings.TrimLeft(name, "-"))
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: -"); ok {
		return usagef("--%s needs a value. \"rejoin %s --help\" explains it.", name, command)
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, " flag -", " --"), ": parse error", "")
	return usagef("There is a mistake in the flags of \"rejoin %s\" (%s). \"rejoin %[1]s --help\" explains them.", command, text)
}

// list is a flag that may be repeated.
type list []string

func (l *list) String() string { return strings.Join(*l, ", ") }

func (l *list) Set(v string) error {
	*l = append(*l, v)
	return nil
}
