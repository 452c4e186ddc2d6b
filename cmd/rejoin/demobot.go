package main

import (
	"context"

	"rejoin"
	"rejoin/core"
)

// addBot publishes the demo's example of a bot. Agents start it by hand; nothing else does.
func addBot(ctx context.Context, c *core.Core, admin rejoin.Agent) error {
	p, err := c.Bots.Make(ctx, admin, core.NewBot{Name: "Order help", Kind: rejoin.CustomBot})
	if err != nil {
		return err
	}
	p, err = c.Bots.Save(ctx, admin, p.ID, core.SaveBot{Name: p.Name, Draft: orderHelp(), Revision: p.Revision})
	if err == nil {
		_, err = c.Bots.Publish(ctx, admin, p.ID, p.Revision)
	}
	return err
}

// orderHelp asks what an order is about before people look at it.
func orderHelp() rejoin.Script {
	text := func(s string) rejoin.LocalText { return rejoin.LocalText{Text: s} }
	tag := func(id, name string) rejoin.Step {
		return rejoin.Step{ID: id, Kind: rejoin.StepAction, Action: &rejoin.Action{Kind: rejoin.DoAddTags, Tags: []string{name}}, Next: "closed"}
	}
	return rejoin.Script{Nickname: text("Pine"), Steps: []rejoin.Step{
		{ID: "hello", Kind: rejoin.StepMessage, Text: text("Hello {{user.name|there}}, I am Pine, the shop's bot. A few questions, and Maya or Jonas can help you faster.")},
		{ID: "topic", Kind: rejoin.StepQuestion, Name: "topic", Input: rejoin.InputChoice, Text: text("What is it about?"), Options: []rejoin.Option{
			{ID: "where", Text: text("Where is my order?")}, {ID: "return", Text: text("I want to return something")}, {ID: "other", Text: text("Something else"), Next: "thanks"}}},
		{ID: "number", Kind: rejoin.StepQuestion, Name: "order", Input: rejoin.InputText, Skip: true, SaveTo: "field:order_number",
			Text: text("Which order is it? The number begins with HP and stands in the e-mail that confirmed it.")},
		{ID: "sort", Kind: rejoin.StepBranch, Ways: []rejoin.Way{{Next: "returns",
			All: []rejoin.Condition{{Subject: rejoin.OnAnswer, Key: "topic", Op: rejoin.OpIs, Values: []string{"return"}}}}}, Next: "shipping"},
		tag("returns", "returns"),
		tag("shipping", "shipping"),
		{ID: "closed", Kind: rejoin.StepBranch, Ways: []rejoin.Way{{Next: "later",
			All: []rejoin.Condition{{Subject: rejoin.OnHours, Op: rejoin.OpIs, Values: []string{"closed"}}}}}, Next: "thanks"},
		{ID: "later", Kind: rejoin.StepMessage, Text: text("We are closed right now. You can leave: our answer finds you by e-mail."), Next: "people"},
		{ID: "thanks", Kind: rejoin.StepMessage, Text: text("Thank you. Maya or Jonas answers you here.")},
		{ID: "people", Kind: rejoin.StepHandOver},
	}}
}
