package chatapi_test

import (
	"slices"
	"testing"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/core"
)

// TestAnswers is a bot's questions on the wire: what they ask for, answers that fit and others, a question that is left unanswered, and repeats.
func TestAnswers(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		ctx := t.Context()
		p, err := d.Core.Bots.Make(ctx, d.Maya, core.NewBot{Name: "Asks", Kind: rejoin.CustomBot})
		if err != nil {
			t.Fatal(err)
		}
		text := func(s string) rejoin.LocalText { return rejoin.LocalText{Text: s} }
		p, err = d.Core.Bots.Save(ctx, d.Maya, p.ID, core.SaveBot{Name: p.Name, Revision: p.Revision, Draft: rejoin.Script{Steps: []rejoin.Step{
			{ID: "color", Kind: rejoin.StepQuestion, Name: "color", Input: rejoin.InputChoice, Text: text("Which colour?"),
				Options: []rejoin.Option{{ID: "r", Text: text("Red")}, {ID: "b", Text: text("Blue")}}},
			{ID: "day", Kind: rejoin.StepQuestion, Name: "day", Input: rejoin.InputDate, Skip: true, Text: text("When?")},
			{ID: "bye", Kind: rejoin.StepMessage, Text: text("{{answer.color}} it is.")}}}})
		if err == nil {
			_, err = d.Core.Bots.Publish(ctx, d.Maya, p.ID, p.Revision)
		}
		if err != nil {
			t.Fatal(err)
		}
		v := d.VisitKnown("Hi", "Ada", "ada@example.org")
		if err := d.Core.Bots.StartOn(ctx, d.Maya, v.Issue.ID, p.ID); err != nil {
			t.Fatal(err)
		}
		path := "/issues/" + v.Issue.ID + "/messages"
		page := func() chatapi.Update {
			t.Helper()
			return decode[chatapi.Update](t, d.do(get(path, v.Token)))
		}
		now := page()
		asked := now.Messages[len(now.Messages)-1]
		if now.Issue.Asking != rejoin.AskAnswer || now.Issue.AskedSeq != asked.Seq || asked.Ask != rejoin.AskAnswer || asked.Input == nil || asked.Input.Type != rejoin.InputChoice ||
			!slices.Equal(asked.Input.Options, []rejoin.InputOption{{ID: "r", Text: "Red"}, {ID: "b", Text: "Blue"}}) || asked.AuthorName != "Acme" {
			t.Errorf("the question is %+v in %+v", asked, now.Issue)
		}
		send := func(in chatapi.Send) response { return d.do(post(path, v.Token, in)) }
		d.unchanged(func() {
			d.failure(send(chatapi.Send{ClientID: d.NewClientID(), Body: "green", Answers: asked.Seq}), 400, rejoin.Invalid, "body")
			d.failure(send(chatapi.Send{ClientID: d.NewClientID(), Answers: asked.Seq, Skip: true}), 400, rejoin.Invalid, "body")
			d.failure(send(chatapi.Send{ClientID: d.NewClientID(), Skip: true}), 400, rejoin.Invalid, "skip")
			d.failure(send(chatapi.Send{ClientID: d.NewClientID(), Body: "r", Answers: asked.Seq, Skip: true}), 400, rejoin.Invalid, "skip")
			d.failure(send(chatapi.Send{ClientID: d.NewClientID(), Body: "r", Answers: asked.Seq - 1}), 409, rejoin.Conflict, "answers")
		})
		first := chatapi.Send{ClientID: d.NewClientID(), Body: "b", Answers: asked.Seq}
		for range 2 { // the answer stands in words, and a repeat is no answer to the next question
			up := decode[chatapi.Update](t, send(first))
			if up.Messages[0].Body != "Blue" || up.Issue.ReadSeq < asked.Seq {
				t.Errorf("the answer is %+v in %+v", up.Messages, up.Issue)
			}
		}
		asked = page().Messages[len(page().Messages)-1]
		if asked.Body != "When?" || !asked.Input.Skip {
			t.Errorf("the next question is %+v", asked)
		}
		if up := decode[chatapi.Update](t, send(chatapi.Send{ClientID: d.NewClientID(), Answers: asked.Seq, Skip: true})); up.Messages[0].Body != "I would rather not answer this." {
			t.Errorf("left unanswered: %+v", up.Messages)
		}
		if now := page(); now.Messages[len(now.Messages)-1].Body != "Blue it is." || now.Issue.Asking != "" {
			t.Errorf("in the end there is %+v", now.Messages)
		}
	})
}
