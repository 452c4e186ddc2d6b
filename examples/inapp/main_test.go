package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/rejointest"
	"rejoin/store/storetest"
)

// terminal is where the program runs: somebody types, and waits for what appears.
type terminal struct {
	t     *testing.T
	in    *io.PipeWriter
	lines chan string
	ended chan error
}

func open(t *testing.T, c config) *terminal {
	t.Helper()
	in, typing := io.Pipe()
	screen, out := io.Pipe()
	term := &terminal{t: t, in: typing, lines: make(chan string, 1000), ended: make(chan error, 1)}
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(stop)
	go func() {
		term.ended <- run(ctx, c, in, out)
		_ = out.Close()
	}()
	go func() {
		defer close(term.lines)
		for s := bufio.NewScanner(screen); s.Scan(); {
			term.lines <- s.Text()
		}
	}()
	return term
}

func (term *terminal) types(line string) {
	term.t.Helper()
	if _, err := fmt.Fprintln(term.in, line); err != nil {
		term.t.Fatal(err)
	}
}

// reads waits for lines with the texts, in this order; others may stand between them.
func (term *terminal) reads(texts ...string) {
	term.t.Helper()
	var seen []string
	for _, text := range texts {
		for found := false; !found; {
			line, more := <-term.lines
			if seen = append(seen, line); !more {
				term.t.Fatalf("waited for %q after\n%s", text, strings.Join(seen, "\n"))
			}
			found = strings.Contains(line, text)
		}
	}
}

func (term *terminal) quits() {
	term.t.Helper()
	term.types("/quit")
	if err := <-term.ended; err != nil {
		term.t.Error(err)
	}
}

// TestApp lives through a conversation as somebody with a telephone does.
func TestApp(t *testing.T) {
	s := rejointest.New(t, storetest.SQLite(t))
	s.Use(rejoin.Android)
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	c := config{server: server.URL, platform: s.Made.Platform.ID, session: filepath.Join(t.TempDir(), "session.json"), language: "en", zone: "Europe/Berlin",
		meta: meta{Device: "phone", App: map[string]string{"name": "Shop", "version": "7.4.0"}, Hardware: map[string]any{"model": "Pixel 9", "battery": 81}}}

	app := open(t, c)
	app.reads("Write something")
	app.types("My parcel is late.")
	app.reads("You: My parcel is late.")
	s.Settle()
	app.reads("What is your name?")
	app.types("Nora")
	app.reads("You: Nora")
	s.Settle()
	app.reads("At which e-mail address")
	app.types("nora at home")
	app.reads("! ")
	app.types("nora@example.com")
	app.reads("You: nora@example.com")
	s.Settle()
	app.reads("Thank you.")
	v := s.Newest()
	s.Reply(v, "It is on its way.")
	app.reads("Maya: It is on its way.")

	app.types("/offline")
	app.reads("Offline")
	issue := s.Load(v.Issue.ID).Issue
	if issue.UserReadSeq != issue.LastSeq {
		t.Errorf("read up to %d of %d", issue.UserReadSeq, issue.LastSeq)
	}
	if m := issue.Meta; m.App.Version != "7.4.0" || m.Hardware.Battery != 81 || m.Device != "phone" || m.Browser.Name != "" || m.TimeZone != "Europe/Berlin" {
		t.Errorf("%+v", m)
	}
	s.Reply(v, "Tomorrow at ten.")
	app.types("Thank you, and the receipt?")
	app.types("/online")
	app.reads("Maya: Tomorrow at ten.", "You: Thank you, and the receipt?")
	receipt := filepath.Join(t.TempDir(), "receipt.txt")
	if err := os.WriteFile(receipt, []byte("Order 1042\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	app.types("/file " + receipt)
	app.reads("You: ", "receipt.txt")

	s.End(v, rejoin.Resolved)
	app.reads("Did we solve")
	app.types("yes")
	app.reads("Type 1 to 5")
	app.types("5")
	app.reads("has ended")
	app.quits()
	if e := s.Load(v.Issue.ID).Issue.Ending; e.Closing != rejoin.Ended || e.Rating != 5 {
		t.Errorf("%+v", e)
	}

	again := open(t, c)
	again.reads("You: My parcel is late.", "Maya: Tomorrow at ten.", "has ended")
	again.types("One more thing.")
	again.reads("You: One more thing.")
	ask(s, s.Newest())
	again.reads("Which colour?", "1) Red", "2) Blue", "/skip")
	again.types("2")
	again.reads("You: Blue", "Blue it is.")
	again.quits()
	if n := s.Load(s.Newest().Issue.ID).Issue.Number; n != issue.Number+1 {
		t.Errorf("it is conversation %d after %d", n, issue.Number)
	}
}

// ask lets a bot ask for a choice.
func ask(s *rejointest.Server, v *rejointest.Visitor) {
	s.T.Helper()
	text := func(words string) rejoin.LocalText { return rejoin.LocalText{Text: words} }
	steps := []rejoin.Step{{ID: "ask", Kind: rejoin.StepQuestion, Name: "colour", Input: rejoin.InputChoice, Skip: true, Text: text("Which colour?"),
		Options: []rejoin.Option{{ID: "red", Text: text("Red")}, {ID: "blue", Text: text("Blue")}}},
		{ID: "say", Kind: rejoin.StepMessage, Text: text("{{answer.colour}} it is.")}}
	bots, ctx := s.Core.Bots, s.T.Context()
	p, err := bots.Make(ctx, s.Maya, core.NewBot{Name: "Colours", Kind: rejoin.CustomBot})
	if err == nil {
		p, err = bots.Save(ctx, s.Maya, p.ID, core.SaveBot{Name: p.Name, Draft: rejoin.Script{Steps: steps}, Revision: p.Revision})
	}
	if err == nil {
		p, err = bots.Publish(ctx, s.Maya, p.ID, p.Revision)
	}
	if err == nil {
		err = bots.StartOn(ctx, s.Maya, v.Issue.ID, p.ID)
	}
	if err != nil {
		s.T.Fatal(err)
	}
	s.Settle()
}
