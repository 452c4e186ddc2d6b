package chatapi

import (
	"rejoin"
	"rejoin/core"
)

// answer is what the POSTs about an issue answer.
func answer(up core.Update, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return updateOf(up), nil
}

func updateOf(up core.Update) Update {
	out := Update{Type: "update", Issue: issueOf(up), Messages: make([]Message, 0, len(up.Messages)), More: up.More}
	for _, m := range up.Messages {
		out.Messages = append(out.Messages, messageOf(m))
	}
	return out
}

func updatesOf(list []core.Update) (out []Update) {
	for _, up := range list {
		out = append(out, updateOf(up))
	}
	return out
}

// frameOf is an update as a frame.
func frameOf(up core.Update) Frame {
	u := updateOf(up)
	return Frame{Type: u.Type, Issue: &u.Issue, Messages: u.Messages, More: u.More}
}

func issueOf(up core.Update) Issue {
	i := up.Issue
	out := Issue{ID: i.ID, Number: i.Number, Version: i.Version, State: i.State, LastSeq: i.LastSeq, ReadSeq: i.UserReadSeq,
		AgentReadSeq: i.AgentReadSeq, Unread: up.Unread, CreatedAt: i.CreatedAt}
	if i.Bot.Asking != rejoin.NoQuestion {
		out.Asking, out.AskedSeq = i.Bot.Asking, i.Bot.AskedSeq
	}
	return out
}

// messageOf shows the client_id to its maker only: those of agents are nobody's business.
func messageOf(m rejoin.Message) Message {
	out := Message{ID: m.ID, Seq: m.Seq, Origin: m.Origin, AuthorName: m.AuthorName, Body: m.Body, Ask: m.Ask, CreatedAt: m.CreatedAt}
	if m.Origin == rejoin.FromUser {
		out.ClientID = m.ClientID
	}
	return out
}

func userOf(u rejoin.User) User { return User{Name: u.Name, Email: u.Email} }
