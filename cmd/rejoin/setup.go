package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/caarlos0/env/v11"

	"rejoin"
	"rejoin/core"
)

func runSetup(ctx context.Context, p *program, args []string) (err error) {
	c, err := fromEnvironment(p.environ)
	if err != nil {
		return err
	}
	flags := newFlags("setup")
	var in core.First
	var origins list
	flags.StringVar(&in.Domain, "domain", "", "short name of the company: lower-case letters, digits and hyphens")
	flags.StringVar(&in.App, "app", "", "name of the product or shop; visitors see it")
	flags.Var(&origins, "origin", "a site that may carry the chat, for example https://www.example.com; may be repeated")
	flags.StringVar(&in.Name, "name", "", "name of the administrator; visitors see it")
	flags.StringVar(&in.Email, "email", "", "e-mail address of the administrator")
	flags.StringVar(&in.Password, "password", "", "password of the administrator; better: REJOIN_PASSWORD, REJOIN_PASSWORD_FILE or the question")
	c.define(flags, "database", "public-url", "listen")
	if err := p.parse(flags, args, "Makes a domain with its first app and administrator. What no flag gives is asked for.", ""); err != nil {
		return err
	}
	in.Origins = origins
	if !isBase(c.PublicURL) {
		return usagef("--public-url: %q is not the address of a server. Write it like https://chat.example.com, without a path.", c.PublicURL)
	}
	if in.Password == "" {
		if in.Password, err = secret(env.ToMap(p.environ), envPrefix+"PASSWORD"); err != nil {
			return err
		}
	}
	if err := p.ask(ctx, &in); err != nil {
		return err
	}
	s, err := openNew(ctx, c.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	made, err := operate(s, c).Setup.Create(ctx, in)
	if err != nil {
		return err
	}
	p.welcome(c.base(c.Listen), made)
	return nil
}

func (p *program) welcome(base string, m core.Made) {
	fmt.Fprintf(p.out, "The domain %s with the app %q is ready.\n\n  Dashboard  %s/\n  Sign in    %s\n  Platform   %s\n\n",
		m.Domain.Name, m.App.Name, base, m.Admin.Email, m.Platform.ID)
	fmt.Fprintf(p.out, "Put this on every page that shall carry the chat, before </body>:\n\n%s\n", core.EmbedCode(base, m.Domain.Name, m.Platform.ID))
	if len(m.Platform.AllowedOrigins) == 0 {
		fmt.Fprint(p.out, "\nNo site may carry it yet: add yours under Settings, App settings, Configure Web Chat.\n")
	}
	fmt.Fprint(p.out, "\nStart the server with \"rejoin serve\".\n")
}

// ask asks at the terminal for what is missing. Without a terminal it says which flag is missing.
func (p *program) ask(ctx context.Context, in *core.First) error {
	lines := bufio.NewReader(p.in)
	for _, q := range []struct {
		flag, question string
		value          *string
	}{
		{"domain", "Short name of the company (letters, digits, hyphens)", &in.Domain},
		{"app", "Name of the product or shop", &in.App},
		{"name", "Your name", &in.Name},
		{"email", "Your e-mail address", &in.Email},
		{"password", "A password", &in.Password},
	} {
		if *q.value != "" {
			continue
		}
		if !p.atTerminal() {
			return usagef("--%s is missing. \"rejoin setup --help\" explains it.", q.flag)
		}
		fmt.Fprintf(p.err, "%s: ", q.question)
		if q.flag == "password" {
			defer p.hideInput()()
		}
		line, err := answer(ctx, lines)
		if err != nil {
			return err
		}
		if *q.value = line; strings.TrimSpace(line) == "" {
			return rejoin.InvalidField(q.flag, "An answer is needed.")
		}
	}
	return nil
}

// atTerminal reports whether somebody can answer.
func (p *program) atTerminal() bool {
	in, err := p.in.Stat()
	if err != nil || in.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err == nil && !os.SameFile(in, null)
}

// answer reads one line, or gives up when ctx ends.
func answer(ctx context.Context, r *bufio.Reader) (string, error) {
	type read struct {
		line string
		err  error
	}
	done := make(chan read, 1)
	go func() {
		line, err := r.ReadString('\n')
		done <- read{line, err}
	}()
	select {
	case <-ctx.Done():
		return "", errors.New("nothing was made")
	case got := <-done:
		if got.err != nil && !errors.Is(got.err, io.EOF) {
			return "", fmt.Errorf("the answer cannot be read (%w)", got.err)
		}
		return strings.TrimRight(got.line, "\r\n"), nil
	}
}

// hideInput stops the terminal from showing what is typed, until the returned function is called. Where that is not possible it is shown.
func (p *program) hideInput() (show func()) {
	stty := func(arg string) error {
		cmd := exec.Command("stty", arg)
		cmd.Stdin = p.in
		return cmd.Run()
	}
	if stty("-echo") != nil {
		return func() {}
	}
	return func() {
		_ = stty("echo") // it worked a moment ago
		fmt.Fprintln(p.err)
	}
}
