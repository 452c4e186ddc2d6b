package bot_test

import (
	"testing"

	"rejoin"
	"rejoin/bot"
)

func TestTextsWithWordsOfTheUserAreMarked(t *testing.T) {
	world := bot.World{Value: func(string) (string, bool) { return "x", true }, View: func(rejoin.BotRun) rejoin.View { return rejoin.View{} }}
	for text, want := range map[string]bool{"Hello from {{app.name}}": false, "Hello {{user.name}}": true, "So {{answer.order|it}} is late": true} {
		for _, kind := range []rejoin.StepKind{rejoin.StepMessage, rejoin.StepQuestion} {
			script := rejoin.Script{Steps: []rejoin.Step{{ID: "a", Kind: kind, Name: "a", Input: rejoin.InputText, Text: rejoin.LocalText{Text: text}}}}
			if _, e := bot.Next(script, rejoin.BotRun{}, world); e.Echo != want {
				t.Errorf("%s %q: marked %v, want %v", kind, text, e.Echo, want)
			}
		}
	}
}
