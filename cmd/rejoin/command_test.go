package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"rejoin/store/storetest"
)

func TestVersionAndHelp(t *testing.T) {
	dir := t.TempDir()
	rejoinIn(t, dir, nil, "version").want(t, 0, "rejoin ", "go1.")
	rejoinIn(t, dir, nil, "help").want(t, 0, "serve", "demo", "setup", "migrate", "feature", "version")
	rejoinIn(t, dir, nil, "--help").want(t, 0, "serve")
	for _, args := range [][]string{{"serve", "--help"}, {"help", "serve"}} {
		rejoinIn(t, dir, []string{"REJOIN_SMTP=smtp://me:hunter2@localhost"}, args...).want(t, 0,
			"--listen", "(default 127.0.0.1:8080)", "--public-url", "--database", "(default data/rejoin.db)", "--smtp", "--mail-from",
			"--trusted-proxies", "--log-level", "(default info)", "--log-format", "(default text)", "REJOIN_PUBLIC_URL")
	}
	if o := rejoinIn(t, dir, []string{"REJOIN_SMTP=smtp://me:hunter2@localhost"}, "serve", "--help"); strings.Contains(o.out, "hunter2") {
		t.Error("the help shows a secret")
	}
}

func TestMistakesInTheCall(t *testing.T) {
	dir := t.TempDir()
	serve := []string{"serve", "--smtp", "smtp://localhost", "--mail-from", "chat@example.com"}
	for _, test := range []struct {
		name string
		env  []string
		args []string
		says []string
	}{
		{"nothing", nil, nil, []string{"rejoin demo"}},
		{"unknown command", nil, []string{"sevre"}, []string{`"sevre"`, "rejoin help"}},
		{"unknown flag", nil, append(serve, "--prot", "80"), []string{"--prot", "rejoin serve --help"}},
		{"flag without value", nil, append(serve, "--listen"), []string{"--listen needs a value"}},
		{"too many words", nil, append(serve, "now"), []string{`"now"`}},
		{"no mail server", nil, []string{"serve", "--mail-from", "chat@example.com"}, []string{"--smtp", "REJOIN_SMTP"}},
		{"bad mail server", []string{"REJOIN_SMTP=http://localhost"}, []string{"serve", "--mail-from", "chat@example.com"}, []string{"--smtp", "smtps://"}},
		{"no sender", []string{"REJOIN_SMTP=smtp://localhost"}, []string{"serve"}, []string{"--mail-from", "REJOIN_MAIL_FROM"}},
		{"bad public address", nil, append(serve, "--public-url", "chat.example.com/x"), []string{"--public-url"}},
		{"bad listen address", nil, append(serve, "--listen", "8080"), []string{"--listen"}},
		{"bad proxies", nil, append(serve, "--trusted-proxies", "10.0.0.0/8, me"), []string{"--trusted-proxies", `"me"`}},
		{"bad level", nil, append(serve, "--log-level", "loud"), []string{"--log-level", "debug"}},
		{"bad format", []string{"REJOIN_LOG_FORMAT=xml"}, serve, []string{"--log-format", "json"}},
		{"bad database", nil, append(serve, "--database", "mysql://localhost/x"), []string{"--database"}},
		{"secret twice", []string{"REJOIN_SMTP=smtp://localhost", "REJOIN_SMTP_FILE=/dev/null"}, serve, []string{"REJOIN_SMTP_FILE"}},
		{"secret file missing", []string{"REJOIN_SMTP_FILE=" + filepath.Join(dir, "none")}, serve, []string{"REJOIN_SMTP_FILE"}},
		{"single sign-on without a client", []string{"REJOIN_OIDC_CLIENT_SECRET=x"}, append(serve, "--oidc-issuer", "https://login.example.com"), []string{"--oidc-client-id"}},
		{"single sign-on without a provider", []string{"REJOIN_OIDC_CLIENT_SECRET=x"}, serve, []string{"--oidc-issuer"}},
		{"single sign-on in the clear", []string{"REJOIN_OIDC_CLIENT_ID=x", "REJOIN_OIDC_CLIENT_SECRET=x"}, append(serve, "--oidc-issuer", "http://login.example.com"), []string{"--oidc-issuer", "https://"}},
		{"setup without domain", nil, []string{"setup"}, []string{"--domain"}},
		{"feature without domain", nil, []string{"feature", "enable", "follow-up-email"}, []string{"--domain"}},
	} {
		t.Run(test.name, func(t *testing.T) { rejoinIn(t, dir, test.env, test.args...).want(t, 2, test.says...) })
	}
}

func TestEveryMistakeInTheSettingsIsNamed(t *testing.T) {
	o := rejoinIn(t, t.TempDir(), nil, "serve", "--public-url", "x", "--log-level", "loud")
	if n := strings.Count(o.err, "\n"); o.code != 2 || n != 4 {
		t.Errorf("exit code %d and %d lines, want 2 and 4:\n%s", o.code, n, o.err)
	}
}

func TestWhatStopsAStart(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("This is no database, but it is longer than the header of one, so that it is read.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	setup := func(database string) []string {
		return []string{"setup", "--domain", "acme", "--app", "Acme", "--name", "Ann", "--email", "ann@example.com", "--password", "long enough", "--database", database}
	}
	serve := func(more ...string) []string {
		return append([]string{"serve", "--smtp", "smtp://localhost", "--mail-from", "chat@example.com"}, more...)
	}
	rejoinIn(t, dir, nil, setup("good.db")...).want(t, 0, "Dashboard", "http://127.0.0.1:8080/")
	for _, test := range []struct {
		name string
		args []string
		says []string
	}{
		{"folder is a file", setup(filepath.Join(file, "rejoin.db")), []string{file}},
		{"no database", serve("--database", "none/rejoin.db"), []string{"none/rejoin.db", "rejoin setup"}},
		{"no database for a feature", []string{"feature", "enable", "follow-up-email", "--domain", "acme", "--database", "none.db"}, []string{"none.db"}},
		{"not a database", serve("--database", file), []string{file, "not a database"}},
		{"port taken", serve("--database", "good.db", "--listen", takenPort(t)), []string{"is taken", "--listen"}},
		{"domain exists", setup("good.db"), []string{"acme"}},
		{"short password", append(setup("good.db"), "--password", "short"), []string{"password"}},
		{"unknown feature", []string{"feature", "enable", "teleport", "--domain", "acme", "--database", "good.db"}, []string{"teleport", "follow-up-email"}},
		{"unknown domain", []string{"feature", "enable", "follow-up-email", "--domain", "acne", "--database", "good.db"}, []string{"acne"}},
		{"demo folder is a file", []string{"demo", "--data", file}, []string{file}},
		{"demo port taken", []string{"demo", "--data", "demo", "--listen", "127.0.0.1:0", "--shop-listen", takenPort(t)}, []string{"is taken", "--shop-listen"}},
	} {
		t.Run(test.name, func(t *testing.T) { rejoinIn(t, dir, nil, test.args...).want(t, 1, test.says...) })
	}
	if _, err := os.Stat(filepath.Join(dir, "none")); err == nil {
		t.Error("serving a database that is not there made a folder")
	}
}

// TestOperate sets an installation up, serves it, and works beside the server, on both engines.
func TestOperate(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { operateOn(t, filepath.Join(t.TempDir(), "new", "rejoin.db")) })
	t.Run("postgres", func(t *testing.T) { operateOn(t, storetest.Postgres(t)) })
}

func operateOn(t *testing.T, database string) {
	dir := t.TempDir()
	env := []string{"REJOIN_DATABASE=" + database}
	if sqliteFile(database) == "" {
		rejoinIn(t, dir, env, "serve", "--smtp", "smtp://localhost", "--mail-from", "chat@example.com").want(t, 1, "rejoin migrate")
	}
	rejoinIn(t, dir, env, "migrate").want(t, 0, "from schema version 0 to")
	rejoinIn(t, dir, env, "migrate").want(t, 0, "as it should")

	password := filepath.Join(dir, "password")
	if err := os.WriteFile(password, []byte("correct horse\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	setup := rejoinIn(t, dir, append(env, "REJOIN_PASSWORD_FILE="+password), "setup", "--domain", "acme", "--app", "Acme Shop", "--origin", "https://www.example.com",
		"--origin", "https://shop.example.com", "--name", "Ann", "--email", "ann@example.com", "--public-url", "https://chat.example.com/")
	setup.want(t, 0, "https://chat.example.com/\n", "ann@example.com", "acme_platform_", `"https://chat.example.com/webchat.js"`)

	p, url := served(t, dir, database)
	if body, resp := get(t, url+"/healthz"); resp.StatusCode != 200 || body != "ok\n" {
		t.Errorf("healthz answers %d %q", resp.StatusCode, body)
	}
	feature := func(word string) outcome {
		return rejoinIn(t, dir, env, "feature", word, "follow-up-email", "--domain", "acme")
	}
	list := func() outcome { return rejoinIn(t, dir, env, "feature", "list", "--domain", "acme") }
	list().want(t, 0, "follow-up-email      on")
	feature("disable").want(t, 0, "disabled")
	list().want(t, 0, "follow-up-email      off")
	feature("enable").want(t, 0, "enabled")
	list().want(t, 0, "follow-up-email      on")
	if sqliteFile(database) != "" {
		rejoinIn(t, dir, env, "serve", "--listen", "127.0.0.1:0", "--smtp", "smtp://localhost", "--mail-from", "chat@example.com").
			want(t, 1, "serves", database)
	} else {
		other, url := served(t, dir, database)
		get(t, url+"/healthz")
		other.stop(syscall.SIGINT)
	}
	p.stop(syscall.SIGTERM)
	again, _ := served(t, dir, database)
	again.stop(syscall.SIGINT)
}

func TestSecretsAreMaskedInTheLog(t *testing.T) {
	c := config{Database: "postgres://me:hunter2@localhost/x", SMTP: "smtp://me:hunter2@localhost", OIDCSecret: "hunter2"}
	for _, a := range c.masked() {
		if text := a.(interface{ String() string }).String(); strings.Contains(text, "hunter2") {
			t.Errorf("the log shows %s", text)
		}
	}
}
