package chatapi

import (
	"rejoin"
	"rejoin/core"
)

// views shows what core returns as it goes on the wire.
type views struct{ attachments *core.Attachments }

// answer is what the POSTs about an issue answer.
func (a views) answer(up core.Update, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return a.updateOf(up), nil
}

func (a views) updateOf(up core.Update) Update {
	out := Update{Type: "update", Issue: issueOf(up), Messages: make([]Message, 0, len(up.Messages)), More: up.More, Dropped: up.Dropped}
	for _, m := range up.Messages {
		out.Messages = append(out.Messages, a.messageOf(m))
	}
	for _, m := range up.Changed {
		out.Changed = append(out.Changed, a.messageOf(m))
	}
	return out
}

func (a views) updatesOf(list []core.Update) (out []Update) {
	for _, up := range list {
		out = append(out, a.updateOf(up))
	}
	return out
}

// frameOf is an update as a frame.
func (a views) frameOf(up core.Update) Frame {
	u := a.updateOf(up)
	return Frame{Type: u.Type, Issue: &u.Issue, Messages: u.Messages, Changed: u.Changed, More: u.More}
}

func issueOf(up core.Update) Issue {
	i := up.Issue
	out := Issue{ID: i.ID, Number: i.Number, Version: i.Version, State: i.State, LastSeq: i.LastSeq, ReadSeq: i.UserReadSeq,
		AgentReadSeq: i.AgentReadSeq, Unread: up.Unread, Closing: i.Ending.Closing, Rating: i.Ending.Rating, FullPrivacy: i.FullPrivacy,
		CreatedAt: i.CreatedAt}
	if i.Bot.Asking != rejoin.NoQuestion {
		out.Asking, out.AskedSeq = i.Bot.Asking, i.Bot.AskedSeq
	}
	return out
}

// messageOf shows the client_id to its maker only: those of agents are nobody's business.
func (a views) messageOf(m rejoin.Message) Message {
	out := Message{ID: m.ID, Seq: m.Seq, Origin: m.Origin, AuthorName: m.AuthorName, Body: m.Body, Ask: m.Ask, Input: m.Input, Kind: m.Kind,
		EditedAt: m.Change.EditedAt, DeletedAt: m.Change.DeletedAt, CreatedAt: m.CreatedAt}
	for _, f := range m.Files {
		out.Attachments = append(out.Attachments, a.attachmentOf(f))
	}
	if m.Origin == rejoin.FromUser {
		out.ClientID = m.ClientID
	}
	return out
}

func userOf(u rejoin.User) User { return User{Name: u.Name, Email: u.Email, LoggedIn: u.LoggedIn()} }
