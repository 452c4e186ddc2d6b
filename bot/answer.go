package bot

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rejoin"
)

const (
	yes = "yes"
	no  = "no"

	maxText = 2000 // characters of an answer
)

// Given is what a user has given as an answer.
type Given struct {
	Body  string
	Files []string // names of what they have sent along
	Skip  bool     // they would not say
}

// Taken is an answer that fits.
type Taken struct {
	Step  rejoin.Step // the question
	Value string      // as the run keeps it; empty if it was skipped
	Body  string      // as people read it
	Stars int         // of a rating: 1 to 5, or 0 for "not now"
}

// InputOf is what a question asks for, in the user's language.
func InputOf(step rejoin.Step, r rejoin.BotRun, w World) rejoin.Input {
	if step.Kind == rejoin.StepRating {
		return rejoin.Input{Type: rejoin.InputStars, Skip: true}
	}
	in := rejoin.Input{Type: step.Input, Skip: step.Skip}
	switch step.Input {
	case rejoin.InputYesNo:
		in.Options = []rejoin.InputOption{{ID: yes, Text: w.Yes}, {ID: no, Text: w.No}}
	case rejoin.InputChoice:
		for n, text := range r.Lists[step.ID] {
			in.Options = append(in.Options, rejoin.InputOption{ID: listID(n), Text: text})
		}
		for _, o := range step.Options { // last: "None of these" makes sense below the list
			in.Options = append(in.Options, rejoin.InputOption{ID: o.ID, Text: o.Text.Of(w.Language)})
		}
	}
	return in
}

// listID is what clients answer with for the option n of a list that an external request has brought.
func listID(n int) string { return "list-" + strconv.Itoa(n+1) }

// Answer takes an answer to the question that the run asks, and returns the run after it. The error, of package rejoin about the field body, says
// what would fit; the run has not moved then.
func Answer(s rejoin.Script, r rejoin.BotRun, g Given, w World) (rejoin.BotRun, Taken, error) {
	n := index(s, r.Step)
	if n < 0 || r.State != rejoin.RunAsking {
		return r, Taken{}, rejoin.Errorf(rejoin.Conflict, "This question is not open any more.")
	}
	step := s.Steps[n]
	input := InputOf(step, r, w)
	t := Taken{Step: step}
	next := ""
	switch {
	case g.Skip && !input.Skip:
		return r, t, wrong("This question needs an answer.")
	case !g.Skip:
		var err error
		if t.Value, t.Body, err = read(input, g); err != nil {
			return r, t, err
		}
		for _, o := range step.Options {
			if o.ID == t.Value {
				next = o.Next
			}
		}
	}
	if step.Kind == rejoin.StepRating {
		t.Stars, _ = strconv.Atoi(t.Value)
	}
	if step.Name != "" {
		kept := t.Value
		if strings.HasPrefix(kept, "list-") && step.Input == rejoin.InputChoice && !isOption(step, kept) {
			kept = t.Body
		}
		r = keep(r, map[string]string{step.Name: kept})
		t.Value = kept
	}
	r.State, r.Step, r.Tries = rejoin.RunWaiting, after(s, n, next), 0
	return r, t, nil
}

func isOption(step rejoin.Step, id string) bool {
	for _, o := range step.Options {
		if o.ID == id {
			return true
		}
	}
	return false
}

func wrong(format string, args ...any) error { return rejoin.InvalidField("body", format, args...) }

// read returns an answer as it is kept and as people read it.
func read(in rejoin.Input, g Given) (value, body string, err error) {
	text := strings.TrimSpace(g.Body)
	if in.Type == rejoin.InputFile {
		if len(g.Files) == 0 {
			return "", "", wrong("Please attach a file.")
		}
		return cut(strings.Join(g.Files, ", "), 1000), text, nil
	}
	if text == "" {
		return "", "", wrong("Please answer with a text.")
	}
	switch in.Type {
	case rejoin.InputText:
		text, err = rejoin.CheckBody(text)
		if err == nil && utf8.RuneCountInString(text) > maxText {
			err = wrong("This answer is too long: at most %d characters fit.", maxText)
		}
		if err != nil {
			return "", "", err
		}
		return text, text, nil
	case rejoin.InputEmail:
		email, err := rejoin.CheckEmail(text)
		if err != nil {
			return "", "", wrong("%s", err.(*rejoin.Error).Text)
		}
		return email, email, nil
	case rejoin.InputNumber:
		value, ok := number(text)
		if !ok {
			return "", "", wrong("Please answer with a number, for example 12 or 3.5.")
		}
		return value, value, nil
	case rejoin.InputDate:
		value, ok := date(text)
		if !ok {
			return "", "", wrong("Please answer with a date as year-month-day, for example 2026-03-31.")
		}
		return value, value, nil
	case rejoin.InputStars:
		n, ok := stars(text)
		if !ok {
			return "", "", wrong("Please answer with 1 to 5 stars.")
		}
		return strconv.Itoa(n), strings.Repeat("★", n) + strings.Repeat("☆", 5-n), nil
	}
	return choose(in, text)
}

// choose finds an option by its id, its words or its number.
func choose(in rejoin.Input, text string) (value, body string, err error) {
	for _, o := range in.Options {
		if o.ID == text {
			return o.ID, o.Text, nil
		}
	}
	plain := fold(text)
	for _, o := range in.Options {
		if fold(o.Text) == plain || in.Type == rejoin.InputYesNo && o.ID == plain {
			return o.ID, o.Text, nil
		}
	}
	if n, err := strconv.Atoi(digits(text)); err == nil && n >= 1 && n <= len(in.Options) && in.Type == rejoin.InputChoice {
		return in.Options[n-1].ID, in.Options[n-1].Text, nil
	}
	return "", "", wrong("Please choose one of the options.")
}

// fold is a text for comparing: what people type in front of, behind and between words does not matter, nor upper and lower case.
func fold(s string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	}), " "))
}

// number reads a decimal number, also with a decimal comma and with other scripts' digits.
func number(text string) (string, bool) {
	s := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, digits(text))
	if strings.Count(s, ",") == 1 && !strings.Contains(s, ".") {
		s = strings.Replace(s, ",", ".", 1)
	}
	if len(s) > 40 || strings.Trim(s, "0123456789.+-") != "" {
		return "", false
	}
	if _, err := strconv.ParseFloat(s, 64); err != nil {
		return "", false
	}
	return strings.TrimPrefix(s, "+"), true
}

// digits writes every script's decimal digits as 0 to 9.
func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 || !unicode.Is(unicode.Nd, r) {
			return r
		}
		for _, t := range unicode.Nd.R16 {
			if r >= rune(t.Lo) && r <= rune(t.Hi) {
				return '0' + (r-rune(t.Lo))%10
			}
		}
		for _, t := range unicode.Nd.R32 {
			if r >= rune(t.Lo) && r <= rune(t.Hi) {
				return '0' + (r-rune(t.Lo))%10
			}
		}
		return r
	}, text)
}

// date reads a day of the years 1 to 9999 that can mean only one: with the year first, with dots, or with slashes where one number can be no month.
func date(text string) (string, bool) {
	s := digits(strings.TrimRight(strings.TrimSpace(text), "."))
	for _, layout := range [...]string{time.DateOnly, "2006-1-2", "2006/1/2", "2.1.2006", "2. 1. 2006"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1 {
			return t.Format(time.DateOnly), true
		}
	}
	dayFirst, errDay := time.Parse("2/1/2006", s)
	monthFirst, errMonth := time.Parse("1/2/2006", s)
	switch {
	case errDay == nil && (errMonth != nil || dayFirst.Equal(monthFirst)) && dayFirst.Year() >= 1:
		return dayFirst.Format(time.DateOnly), true
	case errMonth == nil && errDay != nil && monthFirst.Year() >= 1:
		return monthFirst.Format(time.DateOnly), true
	}
	return "", false
}

// stars reads 1 to 5: as a number, out of five, or as stars.
func stars(text string) (int, bool) {
	s := strings.TrimSpace(digits(text))
	if n := strings.Count(s, "★"); n > 0 && strings.Trim(s, "★☆ ") == "" {
		return n, n <= 5
	}
	s = strings.TrimSuffix(strings.ReplaceAll(s, " ", ""), "/5")
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 1 && n <= 5
}

// cut is the beginning of a text, at most n characters.
func cut(s string, n int) string {
	if list := []rune(s); len(list) > n {
		return string(list[:n])
	}
	return s
}
