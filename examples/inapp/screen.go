package main

import (
	"fmt"
	"io"
)

// screen prints. A terminal that is gone takes nothing, which is no harm.
type screen struct{ out io.Writer }

func (s screen) hint(text string) { fmt.Fprintln(s.out, "·", text) }

func (s screen) problem(text string) { fmt.Fprintln(s.out, "!", text) }

// message prints one message, with the choices of a question.
func (s screen) message(m message, server string) {
	who := m.AuthorName
	if m.Origin == "end-user" {
		who = "You"
	}
	text := m.Body
	if m.DeletedAt > 0 {
		text = "(taken back)"
	}
	fmt.Fprintf(s.out, "%s: %s\n", who, text)
	for _, f := range m.Attachments {
		fmt.Fprintf(s.out, "  %s %s%s\n", f.Name, server, f.URL)
	}
	if m.Input == nil {
		return
	}
	for n, option := range m.Input.Options {
		fmt.Fprintf(s.out, "  %d) %s\n", n+1, option.Text)
	}
	switch {
	case m.Input.Skip:
		s.hint("Your answer (" + m.Input.Type + "), or /skip.")
	default:
		s.hint("Your answer (" + m.Input.Type + ").")
	}
}

// closing says what the end of the conversation asks.
func (s screen) closing(closing string) {
	switch closing {
	case "question":
		s.hint("Did we solve your question? Type yes or no.")
	case "feedback":
		s.hint("How was our help? Type 1 to 5.")
	case "ended":
		s.hint("This conversation has ended. What you write now begins a new one.")
	}
}
