package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/configuration.md again")

// The page of settings in the manual is made from the settings themselves.
func TestConfigurationPage(t *testing.T) {
	const page = "../../docs/configuration.md"
	want := configurationPage()
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error(`docs/configuration.md is out of date: run "make generate"`)
	}
}

func configurationPage() string {
	var b strings.Builder
	b.WriteString("# Configuration\n\n<!-- Made from cmd/rejoin/config.go. Do not edit: run \"make generate\". -->\n\n" +
		"Each setting is an environment variable and a flag of the same name; the flag wins. Where a file is named, the setting can be read from it, which\n" +
		"keeps secrets out of process lists. `rejoin serve` checks all of them when it starts, names each mistake in a sentence, and logs them with\n" +
		"secrets masked.\n\n| Variable | Flag | Default | Meaning |\n|---|---|---|---|\n")
	var c config
	for _, s := range c.settings() {
		name := "`" + s.variable + "`"
		if s.secret {
			name += ", `" + s.variable + "_FILE`"
		}
		standard := "—"
		if s.standard != "" {
			standard = "`" + s.standard + "`"
		}
		fmt.Fprintf(&b, "| %s | `--%s` | %s | %s |\n", name, s.name, standard, s.usage)
	}
	return b.String()
}
